"""What the tab of evaluation runs writes: figures, words, and nothing that a run's files could smuggle in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.comparison import compare
from assistant.evaluation.samples import SUITES, CheckInfo, Manifest, Variant
from assistant.goals import LANGUAGES
from assistant.web.backend import ServiceBackend
from assistant.web.evals import figures, looking, names
from assistant.web.evals.compared import compared
from assistant.web.evals.listing import listing
from assistant.web.evals.looking import Looking
from assistant.web.evals.refusals import refusal
from assistant.web.evals.run import run
from assistant.web.session import Turn
from assistant.web.texts import short_time, texts
from tests.web.eval_runs import (
    BEFORE,
    CHECKS,
    DRAFTING,
    HOSTILE,
    KILLED,
    MODEL,
    NOW,
    OFFLINE,
    OTHER_CASES,
    manifest,
    samples,
    write,
    write_all,
)  # fmt: skip
from tests.web.test_evals_looking import states

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("markup")
    write_all(home)
    return home


@pytest.fixture
def backend(home: Path, monkeypatch: pytest.MonkeyPatch) -> ServiceBackend:
    monkeypatch.setenv("GOALS_HOME", str(home))
    local = names.local
    monkeypatch.setattr(names, "local", lambda created: (moment := local(created)) and moment.astimezone(UTC))
    monkeypatch.setattr(names, "this_year", lambda: 2026)
    return ServiceBackend()


def at_run(backend: ServiceBackend, id: str = NOW, against: str = "") -> Looking:
    at = states(looking.refresh(backend, Looking()))[-1]
    if id != at.shown:
        at = states(looking.show(backend, at, id))[-1]
    return states(looking.compare(backend, at, against))[-1] if against else at


class Outline(HTMLParser):
    """Notes what a reader of the markup would find wrong."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.named: list[str] = []
        self.feed(markup)
        self.close()
        self.wrong += self.open
        self.wrong += [f"twice {id}" for id in self.ids if self.ids.count(id) > 1]
        self.wrong += [f"no {id}" for id in (*self.labels, *self.named) if id not in self.ids]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in ("img", "script", "iframe", "style", "link", "form", "object"):
            self.wrong.append(tag)
        self.wrong += [name for name in found if name.startswith("on")]
        if "id" in found:
            self.ids.append(found["id"] or "")
        if tag == "label":
            self.labels.append(found["for"] or "")
        if "aria-labelledby" in found:
            self.named.append(found["aria-labelledby"] or "")
        if tag == "select" and found["id"] not in self.labels:
            self.wrong.append("select without label")
        if tag == "th" and "scope" not in found:
            self.wrong.append("th without scope")
        if tag == "a" and found.get("rel") != "noopener noreferrer":
            self.wrong.append("open link")
        if tag not in ("path", "input", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "path" and (not self.open or self.open.pop() != tag):
            self.wrong.append(f"/{tag}")


def shown(at: Looking, language: Any) -> tuple[str, str, str]:
    words = texts(language)
    return listing(at, words), run(at, words), compared(at, words)


def read(markup: str) -> str:
    """Return the words of markup, without those for screen readers."""
    without = re.sub(r'<span class="vh">.*?</span>', "", markup)
    return " ".join(re.sub(r"<[^>]+>", " ", without).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("id", "against"), [(NOW, BEFORE), (NOW, NOW), (MODEL, BEFORE), (NOW, OTHER_CASES), (KILLED, BEFORE), (BEFORE, "")]
)
def test_markup_is_whole_and_labelled(backend: ServiceBackend, language: str, id: str, against: str) -> None:
    at = at_run(backend, id, against)
    assert Outline("".join(shown(at, language))).wrong == []
    for state in (Looking(), Looking(runs=()), at.model_copy(update={"busy": True, "comparison": None})):
        assert Outline("".join(shown(state, language))).wrong == []


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_chinese_pages_have_chinese_words_only(backend: ServiceBackend, language: str) -> None:
    """But for names: variants, ids of checks and cases, revisions, and a check that has no Chinese name yet."""
    for id, against in ((NOW, BEFORE), (MODEL, BEFORE), (NOW, OTHER_CASES)):
        markup = "".join(shown(at_run(backend, id, against), language))
        own = re.sub(r'<(\w+)[^>]* lang="en">.*?</\1>', "", markup)
        own = re.sub(r'<option value="[^"]*"[^>]*>[^<]*</option>|<span class="mono"[^>]*>[^<]*</span>', "", own)
        left = re.sub(r"goals eval score|local-8b/\S+?(?=[,、。])|offline|\b(A|B|p|token)\b", "", read(own))
        assert not re.search(r"[A-Za-z]{2,}", left), re.findall(r"[A-Za-z]{2,}", left)


def test_the_list_says_what_a_run_was(backend: ServiceBackend) -> None:
    rows = listing(at_run(backend, NOW, BEFORE), texts("en")).split("<li>")[1:]
    assert [bool(re.search('aria-pressed="true"', row)) for row in rows] == [True, False, False, False, False]
    now, model, before, killed, other = map(read, rows)
    assert now.startswith("Passed B 21 Nov") and "Drafting, Search offline, hybrid, +1 4f1c9a2be7 with changes" in now
    assert "126 of 126 samples" in now and "Passed A 19 Nov" in before and "with changes" not in before
    assert "Gate failed" in model and "No answer: 3" in model
    assert "Not gated" in killed and "42 samples planned, none summed up" in killed
    assert "Inconclusive" in other and "12 Nov 2025" in other


def test_an_empty_list_names_the_command(backend: ServiceBackend) -> None:
    for language in LANGUAGES:
        markup = listing(Looking(runs=()), texts(language))
        assert "goals eval run" in markup and 'data-act="refresh"' in markup
        assert run(Looking(runs=()), texts(language)) == compared(Looking(runs=()), texts(language)) == ""


def test_a_run_shows_scores_checks_languages_cost_and_time(backend: ServiceBackend) -> None:
    at = at_run(backend, MODEL)
    markup = run(at, texts("en"))
    row = read(markup.split("<tr>")[2])
    assert at.summary is not None
    score = at.summary.variants[0].checks[0]
    assert score.check == "smart_score" and score.language == "all" and score.mean is not None and score.interval
    assert f"{score.mean:.3f} {score.interval[0]:.3f} to 1.000" in row and "4 of 4 fail" in row
    assert "No answer: 3" in row and "0.0882 52,500 tokens" in row and "900 ms 95% under 1.2 s" in row
    hard = read(markup.split("<details")[1])
    assert "Language and script language_fidelity 6 of 42 3 of 42 3 of 42" in hard
    assert '<details class="fold" open>' in markup and f'href="/evals/report/{MODEL}"' in markup
    assert "Replayed answers, recorded 21 November 2026" in read(markup)
    calm = run(at_run(backend, BEFORE), texts("en"))
    assert '<details class="fold"><summary>' in calm and "no model calls" in calm and "None fails" in calm
    assert "/evals/report/" not in run(at_run(backend, KILLED), texts("en"))


def test_a_comparison_shows_every_check_and_the_worst_five(backend: ServiceBackend) -> None:
    at = at_run(backend, NOW, BEFORE)
    assert at.comparison is not None
    markup = compared(at, texts("en"))
    main = at.comparison.checks[0]
    assert main.interval is not None and main.before is not None and main.after is not None and main.p is not None
    row = read(markup.split("<tr class=main>")[1].split("</tr>")[0])
    assert f"{main.before:.3f} → {main.after:.3f}" in row and f"+{main.delta:.3f} +{main.interval[0]:.3f} to" in row
    assert f"{main.p:.3f}" in row and f"▲ {main.up} ▼ {main.down} = {main.tie}" in row and row.endswith("Better")
    for check in at.comparison.checks:
        assert f">{check.check}<" in markup
    assert markup.count('class="cases"') == sum(bool(check.worst) for check in at.comparison.checks)
    for case in main.worst:
        assert case.case in markup and figures.signed(case.after - case.before) in markup
    assert "Unchanged checks: 4" in markup and "Better: 4" in markup and "No case was scored on both sides" in markup


def test_reasons_are_given_in_the_interface_language(backend: ServiceBackend) -> None:
    at = at_run(backend, NOW, OTHER_CASES)
    assert "用例不同（对照 15 个，本次 42 个）" in read(compared(at, texts("zh-Hans")))
    assert "案例不同（對照 15 個，本次 42 個）" in read(compared(at, texts("zh-Hant")))
    at = at_run(backend, MODEL, BEFORE)
    assert "Before: offline. Now: local-8b/draft-v5, local-8b/freehand" in read(compared(at, texts("en")))


def test_every_reason_that_the_comparison_gives_is_known() -> None:
    """Each way to be refused, made by the comparison itself, so that new wording there is noticed here."""

    def side(about: Manifest, seed: int = 1) -> Any:
        return about, list(samples(about, seed))

    plain = side(manifest("a", "2026-11-19T10:00:00Z"))
    later = {**DRAFTING, "smart_score": CheckInfo(version=3, primary=True)}
    search = side(manifest("b", "2026-11-19T10:00:00Z", ("retrieval",), (Variant(name="hybrid", kind="search"),)))
    twice = plain[0], [*plain[1], plain[1][0].model_copy(update={"key": "x"})]
    alike = plain[0], [*plain[1], plain[1][0].model_copy(update={"key": "x", "epoch": 1, "cluster": "y"})]
    moved = plain[0], [plain[1][0].model_copy(update={"language": "en"}), *plain[1][1:]]
    model = Variant(name="m/o'del", kind="model", model="m")
    others = manifest("c", "2026-11-19T10:00:00Z", variants=(OFFLINE, model))
    renamed = others, [each.model_copy(update={"variant": model.name}) for each in plain[1]]
    refused = [
        *compare(plain, side(manifest("d", "", digest="z"))).refused,
        *compare(plain, side(manifest("e", "", checks={**CHECKS, "drafting": later}))).refused,
        *compare(plain, search).refused,
        *compare(plain, twice).refused,
        *compare(plain, alike).refused,
        *compare(plain, moved).refused,
        *compare(plain, renamed).refused,
        *compare(plain, renamed, pairs=[("offline", "offline")]).refused,
    ]
    assert len(set(refused)) >= 8
    for why in refused:
        for language in LANGUAGES:
            assert 'lang="en"' not in refusal(why, texts(language)), why
    unknown = refusal("Something <new>.", texts("zh-Hant"))
    assert unknown == '<span lang="en">Something &#60;new&#62;.</span>'


def test_what_files_say_is_shown_and_never_run(
    backend: ServiceBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOALS_HOME", str(tmp_path))
    bad = Variant(name=f"offline {HOSTILE}", kind="offline", model=HOSTILE)
    checks: Any = {"drafting": {f"c{HOSTILE}": CheckInfo(version=1, primary=True, hard=True, title=HOSTILE)}}
    for id, seed in (("a", 1), ("b", 2)):
        about = manifest(id, HOSTILE, variants=(OFFLINE,), checks=checks).model_copy(
            update={"revision": HOSTILE, "variants": (bad,)}
        )
        made = [
            each.model_copy(
                update={"case": f"{HOSTILE}{i}", "variant": bad.name, "language": "x<y", "scores": {
                    f"c{HOSTILE}": next(iter(each.scores.values())).model_copy(
                        update={"value": 0.9 - 0.1 * seed, "why": HOSTILE})
                }}
            )
            for i, each in enumerate(samples(about.model_copy(update={"variants": (OFFLINE,)}), seed))
        ]  # fmt: skip
        write(tmp_path, about, iter(made), report=False)
    folder = tmp_path / "evals" / "runs" / 'x"onmouseover=alert(1)'
    (tmp_path / "evals" / "runs" / "a").rename(folder)
    at = at_run(backend, folder.name, "b")
    assert at.comparison is not None and at.comparison.checks
    for language in LANGUAGES:
        markup = "".join(shown(at, language))
        assert Outline(markup).wrong == []
        assert not re.search(r"[`\\]|\$|\{", markup)
    assert "/evals/report/" not in run(at.model_copy(update={"report": True}), texts("en"))


def test_complaints_are_shown_in_words() -> None:
    for language in LANGUAGES:
        words = texts(language)
        turn = Turn(role="assistant", kind="error", key="evals.broken_line", values={"file": "s.jsonl", "line": "7"})
        at = Looking(runs=(), trouble=turn)
        assert 'role="alert"' in run(at, words) and "s.jsonl" in run(at, words) and "7" in run(at, words)
        unread = listing(Looking(runs=(), unread=turn), words)
        assert 'role="alert"' in unread and 'data-act="refresh"' in unread


def test_every_suite_and_check_of_the_project_has_a_name() -> None:
    known = re.findall(
        r'Check\(\s*"(\w+)"', "".join(p.read_text("utf-8") for p in (ROOT / "evals/suites").glob("*.py"))
    )
    assert len(known) > 25
    for language in LANGUAGES:
        assert [name for name in known if f"measure.{name}" not in texts(language)] == []
        assert [name for name in SUITES if f"suite.{name}" not in texts(language)] == []
        kinds = Variant.model_fields["kind"].annotation.__args__  # type: ignore[union-attr]
        assert [kind for kind in kinds if f"kind.{kind}" not in texts(language)] == []


def test_figures_are_written_for_readers() -> None:
    en, hant = texts("en"), texts("zh-Hant")
    assert [figures.signed(x) for x in (0.0434, -0.05, 0.0, -0.0001, None)] == [
        "+0.043",
        "−0.050",
        "0.000",
        "0.000",
        "–",
    ]
    assert figures.span((-0.012, 1.004), en) == "0.000 to 1.000"
    assert figures.span((-0.012, 0.0741), hant, difference=True) == "−0.012 至 +0.074"
    assert [figures.chance(p) for p in (0.0002, 0.0361, 0.21, None)] == ["< 0.001", "0.036", "0.21", "–"]
    assert [figures.money(x) for x in (0.0, 0.00213, 1234.5, None)] == ["0.00", "0.0021", "1,234.50", "–"]
    times = [figures.duration(s, en) for s in (0.0421, 0.9999, 12.34, 59.97, 400, 7260)]
    assert times == ["42 ms", "1.0 s", "12.3 s", "1 min 0 s", "6 min 40 s", "2 h 1 min"]
    assert figures.floor_of([0.944, 0.963]) == 0.8 and figures.floor_of([]) == 0.0 and figures.floor_of([1.0]) == 0.9
    assert [figures.bound_of(x) for x in ([], [0.02, -0.14], [7.0])] == [0.1, 0.15, 1.0]
    assert "--a:0.0;--z:100.0" in figures.mean_rail(0.5, (-1.0, 2.0), 0.4)
    assert "--a:0.0;--z:100.0" in figures.change_rail(0.0, (-3.0, 3.0), bound=0.1, band=0.05, primary=True)


def test_times_are_this_machines() -> None:
    moment = datetime(2026, 11, 21, 14, 32, tzinfo=UTC)
    assert short_time(moment, "en", 2026) == "21 Nov, 14:32" and short_time(moment, "en", 2027) == "21 Nov 2026, 14:32"
    assert short_time(moment, "zh-Hant", 2026) == "11 月 21 日 14:32"
    assert short_time(moment, "zh-Hans", 2025) == "2026 年 11 月 21 日 14:32"
    assert names.local("2026-11-21T14:32:00Z") == moment and names.local("2026-11-21T14:32:00") == moment
    assert names.when("once <upon>", texts("en")) == "<span>once &#60;upon&#62;</span>"
