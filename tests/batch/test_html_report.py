"""The one-file report: complete, harmless, and cut with a notice where there is too much for a page."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Sequence
from typing import Any, get_args

import pytest

from assistant.batch.cells import words
from assistant.batch.outputs import report
from assistant.goals.base import Language
from assistant.goals.batch import BatchRow, RowField, RowResult, SetFinding
from tests.batch.rows import HOSTILE, File, asked, failed, kept, rewritten, standing, summary_of

LANGUAGES: tuple[Language, ...] = get_args(Language)
_WIDE = [pytest.param(1280, "dark", marks=pytest.mark.wide), pytest.param(390, "light", marks=pytest.mark.wide)]


def rows_of(count: int) -> list[BatchRow]:
    owners = ("Ana", "Bo", "")
    return [
        BatchRow(
            index=at, id=f"G{at}", text=f"Cut churn in region {at}", owner=owners[at % 3], line=at + 2, column=1,
            beside=(RowField(label="Weight", value="20%"),),
        )
        for at in range(count)
    ]  # fmt: skip


def results_of(rows: Sequence[BatchRow]) -> list[RowResult]:
    made = []
    for row in rows:
        text = f"Cut churn in region {row.index} to 80% by June"
        done = (rewritten(row, text), kept(row), asked(row, owner=row.owner), failed(row))
        made.append(done[row.index % 4])
    return made


def page_of(rows: Sequence[BatchRow], results: Sequence[RowResult], language: Language = "en", **given: Any) -> str:
    out = io.BytesIO()
    name = given.pop("name", "goals.xlsx")
    report.write(File(name, b"", "workbook", rows), iter(results), summary_of(results, **given), out, language=language)
    return out.getvalue().decode()


def data_of(page: str) -> dict[str, Any]:
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(data)
    return found


def test_the_page_may_run_its_own_script_and_nothing_else():
    page = page_of(rows_of(3), results_of(rows_of(3)))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    for kind, element in (("script-src", "<script>"), ("style-src", "<style>")):
        (text,) = re.findall(f"{element}(.*?)</{element[1:]}", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert set(re.findall(r"https?:?//[\w.%/-]+", page)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|\bfetch\(", page)
    assert not re.search(r"\s(?:on\w+|style)=", page.split("<script")[0])


def test_all_that_is_known_of_a_row_is_in_the_page():
    rows = rows_of(4)
    data = data_of(page_of(rows, results_of(rows)))
    first = data["rows"][0]
    assert first["text"] == rows[0].text and first["beside"] == [["Weight", "20%"]] and first["owner"] == "Ana"
    assert first["rewrites"][0]["numbers"] == [{"text": "80%", "origin": "proposed", "why": "as last year"}]
    assert first["before"] == {"score": 40, "marks": ["pass", "fail", "pass", "pass", "pass", "pass"]}
    assert first["findings"] == [["error", "no number tells when it is done"]]
    assert [row["outcome"] for row in data["rows"]] == ["rewritten", "kept", "asked", "failed"]
    assert data["summary"]["rewritten"] == 1 and data["shown"] == 4


def test_hostile_words_cannot_end_their_element():
    rows = [BatchRow(index=0, id=HOSTILE, text=HOSTILE, owner=HOSTILE, sheet=HOSTILE)]
    results = [rewritten(rows[0], HOSTILE, changes=(HOSTILE,), questions=(HOSTILE,))]
    page = page_of(rows, results, name=f"{HOSTILE}.csv", stopped=HOSTILE)
    assert page.count("</script>") == 2 and "<img" not in page and "\u202e" not in page.split('id="data"')[0]
    row = data_of(page)["rows"][0]
    assert row["text"] == HOSTILE and row["rewrites"][0]["text"] == HOSTILE and row["questions"] == [HOSTILE]


def test_too_many_rows_are_cut_and_told(monkeypatch):
    monkeypatch.setattr(report, "MOST_ROWS", 3)
    rows = rows_of(5)
    out = io.BytesIO()
    results = results_of(rows)
    notices = report.write(File("a.csv", b"", "delimited", rows), results, summary_of(results), out, language="en")
    assert notices == ("This report shows the first 3 of 5 goals. The table file has them all.",)
    data = data_of(out.getvalue().decode())
    assert [row["index"] for row in data["rows"]] == [0, 1, 2] and data["shown"] == 3 and data["summary"]["rows"] == 5


def test_too_much_text_is_cut_as_well(monkeypatch):
    monkeypatch.setattr(report, "_ROOM", 100_000)
    rows = [row.model_copy(update={"text": "长" * 20_000}) for row in rows_of(4)]
    assert data_of(page_of(rows, [kept(row) for row in rows]))["shown"] == 1


def test_the_words_of_all_languages_are_the_same_ones():
    def keys(value: Any) -> Any:
        return (
            {key: keys(each) for key, each in value.items()}
            if isinstance(value, dict)
            else set(re.findall(r"\{\w+\}", value))
        )

    for table in ("report", "word"):
        assert keys(words("zh-Hans")[table]) == keys(words("zh-Hant")[table]) == keys(words("en")[table])
    for language in LANGUAGES:
        told = json.dumps(words(language)["report"], ensure_ascii=False)
        if language != "en":
            assert not re.search(r"[\u4e00-\u9fff][,;:!?()][^ ]|[,;!?()][\u4e00-\u9fff]", told.replace('", "', ""))


def test_every_word_that_the_page_asks_for_is_there():
    page = page_of([], [])
    asked_for = set(re.findall(r"\b(?:words|WORDS\.report)\.(\w+)", page))
    assert asked_for and asked_for <= set(words("en")["report"])


# ---------- in a browser ----------


class Shown:
    """The report in a browser, with what it asked for and complained of."""

    def __init__(self, browser: Any, page: str, tmp_path: Any, **given: Any) -> None:
        file = tmp_path / "report.html"
        file.write_text(page, "utf-8")
        self.page = browser.new_page(**{"viewport": {"width": 1280, "height": 900}, **given})
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        self.page.wait_for_selector("#told")

    def close(self) -> None:
        assert self.said == []
        assert len([url for url in self.asked if not url.startswith("data:")]) == 1
        self.page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "language", ["zh-Hans", *(pytest.param(each, marks=pytest.mark.wide) for each in ("zh-Hant", "en"))]
)
def test_filters_lead_to_rows(chromium, tmp_path, language):
    rows = rows_of(60)
    finding = SetFinding(rule="duplicate", severity="warning", rows=(4, 8), message="two say the same")
    shown = Shown(chromium, page_of(rows, results_of(rows), language, set_findings=(finding,)), tmp_path)
    page, told = shown.page, words(language)
    count = lambda: page.locator(".card").count()  # noqa: E731
    assert page.locator("html").get_attribute("lang") == language
    assert told["report"]["title"] in page.inner_text("h1") and "goals.xlsx" in page.title()
    assert page.locator(".score .big").inner_text() == "50→80"
    assert count() == 25
    page.locator("#more button").click()
    assert count() == 50
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "G25"
    page.get_by_role("button", name=told["status"]["failed"]).click()
    assert count() == 15 and set(page.locator(".card .st").all_inner_texts()) == {told["status"]["failed"]}
    assert page.locator(".card").first.inner_text().count("the endpoint did not answer") == 1
    page.select_option("#f-owner", label="Bo")
    assert count() == 5
    page.fill("#f-text", "REGION 7")
    page.wait_for_function("document.querySelectorAll('.card').length === 1")
    page.get_by_role("button", name=told["report"]["clear"]).click()
    assert count() == 25 and page.input_value("#f-text") == ""
    page.locator("#whole .link").click()
    assert page.locator(".card .id").all_inner_texts() == ["G4", "G8"]
    page.fill("#f-text", "nothing has this")
    page.wait_for_function("!document.querySelector('.card')")
    assert told["report"]["nothing"] in page.inner_text("#cards")
    shown.close()


@pytest.mark.browser
def test_differences_and_figures_are_marked(chromium, tmp_path):
    rows = rows_of(1)
    shown = Shown(chromium, page_of(rows, results_of(rows)), tmp_path)
    page = shown.page
    halves = page.locator(".card .text")
    assert halves.nth(0).inner_text() == rows[0].text
    assert halves.nth(1).inner_text().replace("\n", "") == f"{rows[0].text} to 80% by June"
    assert "".join(halves.nth(1).locator("ins, .num").all_inner_texts()).split() == ["to", "80%", "by", "June"]
    chip = halves.nth(1).locator(".num")
    assert chip.get_attribute("data-origin") == "proposed"
    assert "proposal, to confirm" in chip.get_attribute("aria-label")
    chip.focus()
    assert page.inner_text(".pop").split("\n")[-1] == "as last year"
    page.keyboard.press("Escape")
    assert page.locator(".pop").count() == 0
    chip.hover()
    assert page.locator(".pop").count() == 1
    page.mouse.move(0, 0)
    assert page.locator(".pop").count() == 0
    assert [li.split(": ")[-1] for li in page.locator(".letters .vh").all_inner_texts()][:2] == [
        "passes",
        "fails → passes",
    ]
    shown.close()


@pytest.mark.browser
def test_figures_inside_longer_numbers_are_left_alone(chromium, tmp_path):
    row = BatchRow(index=0, id="a", text="x")
    result = rewritten(row, "40 of 140, 40% and 40.5, then 2040")
    number = result.rewrites[0].numbers[0].model_copy(update={"text": "40"})
    result = result.model_copy(update={"rewrites": (result.rewrites[0].model_copy(update={"numbers": (number,)}),)})
    shown = Shown(chromium, page_of([row], [result]), tmp_path)
    places = shown.page.evaluate(
        "[...document.querySelector('.text.new').childNodes].map(node => [node.nodeName, node.textContent])"
    )
    assert [text for name, text in places if name == "SPAN"] == ["40", "40"]
    assert "".join(text for _, text in places) == result.rewrites[0].text
    shown.close()


@pytest.mark.browser
def test_hostile_words_are_shown_as_words(chromium, tmp_path):
    rows = [
        BatchRow(index=0, id=HOSTILE, text=HOSTILE, owner=HOSTILE, beside=(RowField(label=HOSTILE, value=HOSTILE),)),
        BatchRow(index=1, id="long", text="长" * 100_000),
    ]
    results = [
        rewritten(rows[0], HOSTILE, changes=(HOSTILE,), questions=(HOSTILE,), before=standing(3, HOSTILE)),
        rewritten(rows[1], "长" * 99_999),
    ]
    shown = Shown(chromium, page_of(rows, results, name=f"{HOSTILE}.csv", stopped=HOSTILE), tmp_path)
    page = shown.page
    first = page.locator(".card").first
    assert "<script>alert(1)</script></script><img src=x onerror=alert(2)>" in first.inner_text()
    assert "\u2426evil\u2426" in first.inner_text() and "\u202e" not in page.locator("body").inner_text()
    assert page.locator("img").count() == 0 and page.locator("main script").count() == 0
    assert page.evaluate("document.querySelectorAll('.text')[3].textContent.length") == 99_999
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    shown.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark"), *_WIDE])
def test_it_fits_its_window(chromium, tmp_path, pictures, width, scheme):
    rows = rows_of(8)
    page = page_of(rows, results_of(rows), "zh-Hans")
    shown = Shown(chromium, page, tmp_path, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.page.locator(".chart").count() == 2 and shown.page.locator(".area").count() == 4
    pictures.take(shown.page, f"batch-report-{width}-{scheme}.png", full_page=True)
    shown.close()


@pytest.mark.browser
def test_a_run_that_only_judges(chromium, tmp_path):
    rows = rows_of(3)
    results = [
        RowResult(index=row.index, id=row.id, state="done", verdict="judged", before=standing(40, "no number"))
        for row in rows
    ]
    shown = Shown(chromium, page_of(rows, results, score_after=None), tmp_path)
    page = shown.page
    assert page.inner_text("h1").startswith("Goal check report")
    assert page.locator(".score .big").inner_text() == "50"
    assert page.locator(".chart .old").count() == 0 and page.locator(".keys").count() == 0
    assert "no number" in page.locator(".card").first.inner_text()
    assert "Text unchanged" not in page.locator("body").inner_text()
    shown.close()


@pytest.mark.browser
def test_five_thousand_rows_are_filtered_at_once(chromium, tmp_path):
    rows = rows_of(5000)
    shown = Shown(chromium, page_of(rows, results_of(rows)), tmp_path)
    seconds = shown.page.evaluate(
        """() => { const start = performance.now();
        const field = document.querySelector('#f-owner'); field.value = '=Bo'; field.dispatchEvent(new Event('change'));
        return (performance.now() - start) / 1000; }"""
    )
    assert shown.page.locator(".card").count() == 25 and "1,667" in shown.page.inner_text("#told")
    assert seconds < 1
    assert shown.page.locator(".asks").count() == 1 and shown.page.locator(".asks > li").count() == 31
    shown.page.locator(".asks > li > .link").last.click()
    assert "834" in shown.page.inner_text("#told")
    shown.close()
