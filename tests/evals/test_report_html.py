"""The HTML report: one file that asks for nothing, shows hostile text as text, and can be worked with in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.results import (
    CaseChange,
    CheckComparison,
    CheckSummary,
    GateVerdict,
    Reason,
    RunComparison,
    RunSummary,
    VariantSummary,
)
from assistant.evaluation.samples import (
    CheckInfo,
    EvidenceSpan,
    Manifest,
    Recording,
    Sample,
    SampleError,
    Score,
    SuiteInfo,
    Variant,
    sample_key,
)
from evals.report import html as report
from tests.web import conftest as web
from tests.web.sample import AIMS, result

chromium = web.chromium
pictures = web.pictures

ROOT = Path(__file__).parents[2]
HERE = ROOT / "evals" / "report"
HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>alert(1)//",
    "a\u2028b\u2029c",
    "${alert(1)} `${alert(1)}` {{x}}",
    '" onmouseover="alert(1)',
    "\u202etxt.exe &lt;b&gt; &amp;",
    "half \ud800 pair",
    "![](https://evil.example/x) javascript:alert(1)",
)
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
CHECKS = {
    "smart_score": CheckInfo(version=1, primary=True, title="the linter's score"),
    "facts_kept": CheckInfo(version=1, hard=True, title="stated facts kept"),
    "conflict_raised": CheckInfo(version=1),
}


def scores(value: float, *, kept: bool = True) -> dict[str, Score]:
    span = EvidenceSpan(field="/goals/0/statement", start=0, end=4, text="word")
    lost = Score(value=0.0, passed=False, why="the figure 82% is missing", spans=(span,))
    return {
        "smart_score": Score(value=value, passed=value > 0.7, why=f"{100 * value:.0f} of 100"),
        "facts_kept": Score(value=1.0, passed=True) if kept else lost,
        "conflict_raised": Score(value=None, passed=None, why="nothing to raise"),
    }


def sample(number: int, variant: str = "offline", **given: Any) -> Sample:
    language = LANGUAGES[number % 3]
    base: dict[str, Any] = {
        "key": sample_key(case=number, variant=variant, **{"epoch": given.get("epoch", 0)}),
        "suite": "drafting",
        "case": f"case-{number // 3:03}.{language}",
        "variant": variant,
        "language": language,
        "cluster": f"case-{number // 3:03}",
        "split": "dev",
        "tags": ("vague",) if number % 2 else ("full-facts",),
        "scores": scores(0.9 - 0.001 * number),
        "seconds": 0.1 * (number + 1),
        "input": {"aim": AIMS[language], "team": "", "context": []},
        "output": {"kind": "draft", "result": result(language, goals=1).model_dump(mode="json"), "passages": ["x#1"]},
    }
    return Sample(**{**base, **given})


def summary_of(samples: Sequence[Sample], *, run: str = "run-1", epochs: int = 1) -> RunSummary:
    suites, variants, parts = {}, [], []
    for suite in dict.fromkeys(each.suite for each in samples):
        own = [each for each in samples if each.suite == suite]
        suites[suite] = SuiteInfo(cases=len({each.case for each in own}), clusters=8, digest="d" * 64, checks=CHECKS)
        for name in dict.fromkeys(each.variant for each in own):
            group = [each for each in own if each.variant == name]
            parts.append(part_of(suite, name, group))
    recording = Recording(models=("local-8b",), first="2026-11-20T09:00:00Z", last="2026-11-21T09:00:00Z")
    for name in dict.fromkeys(each.variant for each in samples):
        model = name.partition("/")[0] if "/" in name else None
        prompts = {name.partition("/")[2]: "a" * 64} if model else {}
        kind: Any = "model" if model else "offline"
        variants.append(
            Variant(name=name, kind=kind, model=model, prompts=prompts, recording=recording if model else None)
        )
    errors = sum(each.status == "error" for each in samples)
    return RunSummary(
        manifest=Manifest(
            id=run, created="2026-11-21T14:32:00Z", revision="b50bd9a1f0c2", dirty=True, suites=suites,
            variants=tuple(variants), epochs=epochs, seed=7, knowledge="k" * 64, planned=len(samples), digest="r" * 64,
        ),
        finished=len(samples), errors=errors, stale=0, seconds=12.5, variants=tuple(parts),
    )  # fmt: skip


def part_of(suite: Any, name: str, group: Sequence[Sample]) -> VariantSummary:
    checks = []
    for language in ("all", *LANGUAGES):
        for check in CHECKS:
            judged = [each for each in group if language in ("all", each.language) and each.scores]
            scored = [each.scores[check] for each in judged if each.scores[check].value is not None]
            values = [score.value or 0.0 for score in scored]
            mean = sum(values) / len(values) if values else None
            passed = sum(bool(score.passed) for score in scored)
            checks.append(
                CheckSummary(
                    check=check, language=language, cases=len(values), clusters=8, mean=mean,
                    interval=None if mean is None else (mean - 0.05, mean + 0.2), passed=passed, total=len(values),
                    pass_interval=(0.5, 1.0) if values else None,
                    bound=3 / len(values) if values and passed == len(values) else None, unscored=0,
                )
            )  # fmt: skip
    return VariantSummary(
        suite=suite, variant=name, samples=len(group), errors=sum(each.status == "error" for each in group), stale=0,
        calls=0, prompt_tokens=None, completion_tokens=None, cost=None, seconds=(0.1, 0.4), checks=tuple(checks),
    )  # fmt: skip


def comparison(variant: str = "offline", **given: Any) -> RunComparison:
    base: dict[str, Any] = {
        "suite": "drafting", "check": "smart_score", "reference": variant, "candidate": variant, "cases": 30,
        "clusters": 10, "epochs": (1, 1), "before": 0.80, "after": 0.86, "delta": 0.06, "interval": (0.02, 0.10),
        "p": 0.008, "up": 20, "down": 4, "tie": 6, "mde": 0.04, "errors": (0, 1), "unpaired": 0, "outcome": "better",
        "worst": (CaseChange(case="case-000.en", language="en", before=0.9, after=0.6, why="two goals"),),
    }  # fmt: skip
    check = CheckComparison(**{**base, **given})
    hard = check.model_copy(update={"check": "facts_kept", "delta": 0.0, "p": None, "outcome": "same", "worst": ()})
    return RunComparison(reference="run-0", candidate="run-1", tolerance=0.05, checks=(check, hard))


def verdict(*cases: str) -> GateVerdict:
    reason = Reason(
        level="fail", suite="drafting", variant="offline", check="facts_kept", text="A stated figure is lost.",
        cases=cases,
    )  # fmt: skip
    return GateVerdict(run="run-1", outcome="fail", reasons=(reason,), comparisons=(comparison(),))


class Reader(HTMLParser):
    """Collects the elements of a file, with the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self.elements.append(("", {}, ""))

    def handle_data(self, data: str) -> None:
        if self.elements:
            tag, attrs, text = self.elements[-1]
            self.elements[-1] = (tag, attrs, text + data)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attrs, text) for name, attrs, text in self.elements if name == tag]

    def blocks(self) -> dict[str, Any]:
        found = [(attrs, text) for attrs, text in self.all("script") if attrs.get("type") == "application/json"]
        return {str(attrs["id"]): json.loads(text) for attrs, text in found}


def written(samples: Sequence[Sample], **given: Any) -> Reader:
    text = report.write_html(
        summary_of(samples), samples, given.pop("verdict", None), given.pop("baseline", None), **given
    )
    return Reader(text)


def test_one_file_that_can_ask_for_nothing() -> None:
    page = written([sample(i) for i in range(6)], verdict=verdict("case-000.en"), baseline=comparison())
    metas = [attrs["content"] or "" for attrs, _ in page.all("meta") if "http-equiv" in attrs]
    rules = dict(rule.strip().split(" ", 1) for rule in metas[0].split(";"))
    assert rules["default-src"] == "'none'" and rules["img-src"] == "data:" and len(metas) == 1
    (script,) = [text for attrs, text in page.all("script") if "type" not in attrs]
    (style,) = [text for _, text in page.all("style")]
    for text, rule in ((script, "script-src"), (style, "style-src")):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    for _, attrs, _ in page.elements:
        assert "style" not in attrs and not any(name.startswith("on") for name in attrs)
        for name in ("src", "href", "action", "srcset"):
            assert (attrs.get(name) or "#").startswith(("#", "data:"))
    assert not re.search(r"https?://|@import|url\(\s*[^\"d]", script + style)


def test_the_script_makes_text_and_no_markup() -> None:
    for file in HERE.glob("*.js"):
        text = file.read_text("utf-8")
        found = re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttributeNS", text
        )
        assert not found, f"{file.name}: {found}"


def test_hostile_text_stays_text() -> None:
    rows = [
        sample(
            i, tags=(said,), input={"aim": said}, cluster=said, output={"kind": "text", "text": said},
            scores={"smart_score": Score(value=0.0, passed=False, why=said)},
        )
        for i, said in enumerate(HOSTILE)
    ]  # fmt: skip
    text = report.write_html(summary_of([sample(0)], run=HOSTILE[0]), rows, None, None)
    text.encode("utf-8")
    assert "\u2028" not in text and "\u202e" in text
    page = Reader(text)
    assert not page.all("img")
    blocks = page.blocks()
    assert [blocks["data"]["cases"][row["case"]]["input"]["aim"] for row in blocks["data"]["samples"]] == [
        each.input["aim"] for each in sorted(rows, key=lambda each: each.case)
    ]
    assert {blocks[f"answer-{i}"]["text"] for i in range(len(HOSTILE))} == set(HOSTILE)
    raw = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert len(raw) == len(HOSTILE) + 1 and not any(re.search("[<>&]", each) for each in raw)


def test_numbers_that_json_does_not_know_do_no_harm() -> None:
    page = written([sample(0, output={"kind": "odd", "values": [float("nan"), float("inf")]})])
    assert page.blocks()["answer-0"] == {"kind": "odd", "values": ["nan", "inf"]}


def test_colours_are_those_of_the_page() -> None:
    def tokens(path: Path) -> list[dict[str, str]]:
        text = path.read_text("utf-8")
        blocks = re.findall(r"(?::root|body\.dark) \{(.*?)\n\s*\}", text, re.DOTALL)
        return [dict(re.findall(r"--(g-[\w-]+): ([^;]+);", block)) for block in blocks[:2]]

    for own, theirs in zip(tokens(HERE / "report.css"), tokens(ROOT / "assistant/web/style.css"), strict=True):
        shared = set(own) & set(theirs)
        assert {f"g-{name}{part}" for name in ("stated", "document", "knowledge", "computed", "proposed", "unknown")
                for part in ("", "-bg", "-ed")} <= shared  # fmt: skip
        assert {name: own[name] for name in shared} == {name: theirs[name] for name in shared}


def test_a_file_that_would_grow_too_large_keeps_the_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [sample(i, scores=scores(0.9, kept=i != 7)) for i in range(9)]
    whole = written(rows)
    assert whole.blocks()["data"]["left_out"] == 0
    size = len(json.dumps(whole.blocks()["data"], ensure_ascii=False).encode())
    monkeypatch.setattr(report, "_ROOM", size + 30_000)
    data = written(rows).blocks()["data"]
    answers = {row["case"]: row["answer"] for row in data["samples"]}
    failing = next(at for at, case in enumerate(data["cases"]) if case["case"] == rows[7].case)
    assert data["left_out"] > 0 and answers[failing] >= 0
    assert sum(answer == -1 for answer in answers.values()) == data["left_out"]


def test_drafts_keep_what_is_shown_and_lose_what_is_not() -> None:
    draft = written([sample(2)]).blocks()["answer-0"]
    whole = result("en", goals=1).model_dump(mode="json")
    assert draft["result"]["goals"][0]["statement"] == whole["goals"][0]["statement"]
    assert len(draft["result"]["numbers"]) == len(whole["numbers"])
    assert [each["id"] for each in draft["result"]["verdict"]["findings"]] == ["S102", "M203"]
    assert "timings" not in draft["result"] and draft["passages"] == ["x#1"]
    zero = sample(2).output or {}
    zero["result"]["verdict"]["score"] = 0
    assert written([sample(2, output=zero)]).blocks()["answer-0"]["result"]["verdict"]["score"] == 0


def test_samples_know_how_far_they_moved() -> None:
    now = [
        sample(0),
        sample(1),
        sample(2, status="error", scores={}, output=None, error=SampleError(kind="timeout", message="late")),
    ]
    before = [sample(i, scores=scores(0.9 if i else 0.8)) for i in range(3)]
    data = written(now, before=before).blocks()["data"]
    rows = {data["cases"][row["case"]]["case"]: row for row in data["samples"]}
    first, second, third = (rows[each.case] for each in now)
    assert first["moves"]["smart_score"] == [0.8, 0.9] and first["changed"] and "was" in first
    assert second["moves"]["facts_kept"] == [1.0, 1.0]
    assert third["moves"]["smart_score"] == [0.9, 0.0] and third["was"]["answer"] >= 0 and third["answer"] is None
    assert data["compared"]


def test_epochs_are_averaged_before_they_are_compared() -> None:
    now = [sample(0, scores=scores(0.8)), sample(0, epoch=1, scores=scores(1.0))]
    data = written(now, before=[sample(0, scores=scores(0.9))]).blocks()["data"]
    assert [row["changed"] for row in data["samples"]] == [False, False]


def test_without_the_earlier_samples_only_the_worst_cases_count_as_changed() -> None:
    data = written([sample(i) for i in range(6)], baseline=comparison()).blocks()["data"]
    changed = [data["cases"][row["case"]]["case"] for row in data["samples"] if row["changed"]]
    assert changed == ["case-000.en"] and not data["compared"]


def test_a_variant_is_held_against_the_one_it_was_compared_with() -> None:
    now, old = sample(0, "m/draft-v2"), sample(0, "m/draft-v1", scores=scores(0.5))
    given = comparison("m/draft-v2", reference="m/draft-v1", worst=())
    (row,) = written([now], baseline=given, before=[old]).blocks()["data"]["samples"]
    assert row["moves"]["smart_score"] == [0.5, 0.9] and row["was"]["variant"] == "m/draft-v1"


def run_of(many: int) -> tuple[list[Sample], list[Sample]]:
    """Return a run of two variants over `many` cases with all kinds of answers, and what it was before."""
    samples = [sample(i, name) for i in range(many) for name in ("offline", "m/draft-v2")]
    lost, late, hostile = samples[4], samples[5], samples[7]
    samples[4] = lost.model_copy(update={"scores": scores(0.4, kept=False)})
    error = SampleError(kind="timeout", message="No answer within 120 s.")
    samples[5] = late.model_copy(update={"status": "error", "scores": {}, "output": None, "error": error})
    samples[7] = hostile.model_copy(
        update={"input": {"aim": " ".join(HOSTILE)}, "output": {"kind": "text", "text": "\n".join(HOSTILE)}}
    )
    kinds: list[dict[str, Any]] = [
        {"kind": "passages", "passages": [{"id": "smart.en#1", "topic": "smart", "score": 0.03}]},
        {
            "kind": "goal",
            "goal": {
                "text": "Answer soon",
                "language": "en",
                "findings": [
                    {"id": "S1", "severity": "error", "start": 7, "end": 11, "message": "no day", "help": "name one"}
                ],
            },
        },
        {"kind": "parity", "seen": {"en": {"ready": True}, "zh-Hans": {"ready": False}}},
        {"kind": "draft", "result": None, "failure": "not of the asked form"},
        {"kind": "draft", "result": {"goals": "broken"}},
        {"kind": "novel", "anything": [1, {"b": None}]},
    ]
    for place, output in enumerate(kinds):
        at = 8 + 2 * place
        samples[at] = samples[at].model_copy(update={"output": output})
    before = [each.model_copy(update={"scores": scores(0.8)}) for each in samples[:8] if each.scores]
    return samples, before


@contextmanager
def opened(
    browser: Any, folder: Path, samples: Sequence[Sample], *, width: int = 1360, theme: str = "light", **given: Any
) -> Iterator[Any]:
    """Open the report from a file; afterwards nothing may have been asked for and nothing gone wrong."""
    path = folder / "report.html"
    text = report.write_html(
        summary_of(samples), samples, given.pop("verdict", None), given.pop("baseline", None), **given
    )
    path.write_text(text, encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 860}, color_scheme=theme)
    page = context.new_page()
    page.set_default_timeout(60_000)
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda r: r.url.startswith((path.as_uri(), "data:")) or asked.append(r.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
    page.goto(path.as_uri())
    page.wait_for_selector("#samples")
    yield page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
    assert asked == [] and wrong == []


def cases(page: Any) -> list[str]:
    return page.locator(".samples .row .turn").all_inner_texts()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "theme"),
    [
        (1360, "light"),
        (390, "dark"),
        pytest.param(1360, "dark", marks=pytest.mark.wide),
        pytest.param(390, "light", marks=pytest.mark.wide),
    ],
)
def test_the_report_in_a_browser(chromium: Any, tmp_path: Path, pictures: web.Pictures, width: int, theme: str) -> None:
    samples, before = run_of(60)
    given = {"verdict": verdict(samples[4].case), "baseline": comparison(), "before": before}
    with opened(chromium, tmp_path, samples, width=width, theme=theme, **given) as page:
        assert "Failed" in page.inner_text("#verdict") and "A stated figure is lost." in page.inner_text("#verdict")
        assert "Answers recorded on 20 to 21 Nov 2026 from local-8b" in page.inner_text("#verdict")
        assert "with uncommitted changes" in page.inner_text("#verdict")
        assert "smart_score rose by 0.060, from 0.800 to 0.860." in page.inner_text("#changes")
        assert "about 1 in 125 comparisons" in page.inner_text("#changes")
        assert page.locator("#chart svg[role=img] title").count() == 1
        assert page.locator(".samples .row").count() == 100
        pictures.take(page, f"report-{theme}-{width}.png", full_page=True)
        page.check("text=Only failures")
        assert page.locator(".samples .row").count() == 2
        assert "2 of 120 samples" in page.inner_text("#samples [role=status]")
        page.click(f".samples .row .turn >> text={samples[4].case} >> nth=-1")
        page.wait_for_selector(".columns article")
        assert "the figure 82% is missing" in page.inner_text(".detail")
        assert page.locator(".columns article").count() == (3 if width > 900 else 1)
        assert page.locator(".columns .num[data-origin=stated]").count() > 0
        assert page.locator(".columns .find[data-sev=warning]").count() > 0
        pictures.take(page.locator("#samples"), f"report-detail-{theme}-{width}.png")


@pytest.mark.browser
def test_sorting_paging_and_search(chromium: Any, tmp_path: Path) -> None:
    samples, _ = run_of(60)
    with opened(chromium, tmp_path, samples) as page:
        page.click("[data-sort=seconds] button")
        times = [float(text.removesuffix(" s")) for text in page.locator("[data-col=seconds]").all_inner_texts()]
        assert times == sorted(times, reverse=True) and times[0] == 6.0
        assert page.get_attribute("[data-sort=seconds]", "aria-sort") == "descending"
        page.click("[data-sort=seconds] button")
        assert page.get_attribute("[data-sort=seconds]", "aria-sort") == "ascending"
        page.click("[data-sort=case] button")
        assert cases(page) == sorted(cases(page))
        page.click(".pager >> nth=0 >> text=Next")
        assert page.locator(".samples .row").count() == 20
        page.select_option(".filters [name=variant]", "offline")
        assert "60 of 120" in page.inner_text("#samples [role=status]") and page.locator(".samples .row").count() == 60
        page.select_option(".filters [name=tag]", "vague")
        page.select_option(".filters [name=language]", "en")
        assert len(cases(page)) == 10
        page.click("text=Clear")
        page.fill("#search", "first contact")
        page.wait_for_selector("#samples [role=status]:text('of 120')")
        assert len(cases(page)) > 0 and all(case.endswith(".en") for case in cases(page))
        page.fill("#search", "no such words")
        page.wait_for_selector("text=No sample is like this.")


@pytest.mark.browser
def test_only_changed(chromium: Any, tmp_path: Path) -> None:
    samples, before = run_of(12)
    with opened(chromium, tmp_path, samples, before=before) as page:
        page.check("text=Only changed since the reference")
        assert len(cases(page)) == len({(each.case, each.variant) for each in before})
        page.click(".samples .row .turn >> nth=0")
        assert page.locator(".columns article").count() >= 2
        assert "reference" in page.inner_text(".columns")


@pytest.mark.browser
def test_by_keyboard(chromium: Any, tmp_path: Path) -> None:
    samples, _ = run_of(12)
    with opened(chromium, tmp_path, samples, verdict=verdict(samples[4].case)) as page:
        page.locator(".reasons .link").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".columns article")
        assert page.input_value("#search") == samples[4].case
        assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
        page.locator(".columns .state .num").first.focus()
        page.wait_for_selector("#pop:visible")
        first = page.inner_text("#pop")
        page.keyboard.press("ArrowRight")
        page.wait_for_selector("#pop:visible")
        assert page.inner_text("#pop") != first
        assert page.get_attribute(".num.open, .find.open", "aria-describedby") == "pop"
        page.keyboard.press("Escape")
        page.wait_for_selector("#pop", state="hidden")
        page.click("[type=reset]")
        page.locator(".samples .row .turn").nth(1).focus()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement === document.querySelectorAll('.row .turn')[2]")
        page.keyboard.press("Space")
        assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"


@pytest.mark.browser
def test_a_case_is_found_among_many_of_its_kind(chromium: Any, tmp_path: Path) -> None:
    samples = [sample(3 * i + 2, case=f"case-1{i or ''}", language="en", cluster="one") for i in range(130)]
    with opened(chromium, tmp_path, samples, verdict=verdict("case-1")) as page:
        page.click(".reasons .link")
        page.wait_for_selector(".columns article")
        assert cases(page) == ["case-1"]
        page.fill("#search", "case-1 ")
        page.wait_for_selector("#samples [role=status]:text-is('130 samples')")


@pytest.mark.browser
def test_an_empty_run_says_so(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, []) as page:
        assert "0 of 0 done" in page.inner_text("#verdict") and "No reference was given" in page.inner_text("#changes")
        assert "0 samples" in page.inner_text("#samples")


@pytest.mark.browser
def test_stated_numbers_quote_their_source(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, [sample(2)]) as page:
        page.click(".samples .row .turn")
        page.hover(".state .num[data-origin=stated]")
        page.wait_for_selector("#pop:visible")
        assert "Stated in the input" in page.inner_text("#pop") and "CSAT is 82% today" in page.inner_text("#pop")
        page.hover(".smart .find[data-sev=warning]")
        page.wait_for_selector("#pop:has-text('S102')")


@pytest.mark.browser
def test_hostile_and_broken_answers_in_a_browser(chromium: Any, tmp_path: Path) -> None:
    samples, _ = run_of(12)
    with opened(chromium, tmp_path, samples) as page:
        for place in range(page.locator(".samples .row").count()):
            page.locator(".samples .row .turn").nth(place).click()
        shown = page.inner_text("#samples")
        for said in (*HOSTILE[:2], *HOSTILE[3:5], HOSTILE[7]):
            assert said in shown
        assert "\u202e" not in shown and "\u2426txt.exe" in shown
        assert (
            page.locator("main :is(img, iframe, script, object, embed, link, video, a[href^='javascript'])").count()
            == 0
        )
        for words in (
            "not of the asked form",
            "Not of the form that its kind says",
            '"anything"',
            "differs",
            "smart.en#1",
        ):
            assert words in shown
