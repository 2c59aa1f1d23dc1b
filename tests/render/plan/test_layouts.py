"""Every layout of a plan, read by a real reader of its format."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.goals import LANGUAGES, Language
from assistant.render.plan.calendar import plan_ics
from assistant.render.plan.docx import plan_docx
from assistant.render.plan.export import PLAN_FORMATS, export_plan, plan_format_of
from assistant.render.plan.html import plan_html
from assistant.render.plan.markdown import plan_markdown
from assistant.render.plan.workbook import plan_xlsx
from tests.render.plan.outlines import HOSTILE, outline

TODAY = date(2026, 12, 1)
WORDS = st.text(min_size=1, max_size=60)


class _Page(HTMLParser):
    """Collects elements and words."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_layout_holds_every_section(language: Language) -> None:
    from docx import Document
    from openpyxl import load_workbook

    plan = outline(language=language)
    document = Document(io.BytesIO(plan_docx(plan, TODAY)))
    book = load_workbook(io.BytesIO(plan_xlsx(plan, TODAY)))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    first = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    markdown, page = plan_markdown(plan), "".join(_read(plan_html(plan)).words)
    for at, section in enumerate(plan.sections, 1):
        assert f"{at}. {section.title}" in headings
        for shown in (markdown, page, first):
            assert f"{at}. {section.title}" in shown
    assert {"任务分解", "进度", "责任矩阵", "评分表", "每周看板"} <= set(book.sheetnames)
    assert plan.notices[0] in page and plan.notices[0] in first


def test_word_has_contents_that_lead_to_the_headings() -> None:
    raw = plan_docx(outline(), TODAY)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        body = package.read("word/document.xml").decode("utf-8")
    for at in (1, 2, 3):
        assert f'w:anchor="_Toc{at:08d}"' in body
        assert f'w:name="_Toc{at:08d}"' in body
    assert 'TOC \\o "1-1"' in body
    assert body.count('w:orient="landscape"') == 1


def test_blanks_stand_out() -> None:
    from openpyxl import load_workbook

    plan = outline()
    assert "*谁负责？*〔缺〕" in plan_markdown(plan)
    assert any(attributes.get("class") == "plan-blank" for _, attributes in _read(plan_html(plan)).elements)
    sheet = load_workbook(io.BytesIO(plan_xlsx(plan, TODAY)))["任务分解"]
    assert sheet["D2"].fill.fgColor.rgb == "FFFFF4CC"
    assert sheet["C2"].fill.fgColor.rgb != "FFFFF4CC"


def test_the_gantt_chart_of_the_workbook_shades_the_weeks_of_a_bar() -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(plan_xlsx(outline(), TODAY)))["进度"]
    weeks = [cell.value.date() for cell in sheet[1][4:]]
    shaded = [
        day for day, cell in zip(weeks, sheet[2][4:], strict=True) if cell.fill.fgColor.rgb in {"FF2F6FBD", "FF9DBFE6"}
    ]
    assert shaded == [date(2027, 1, 4), date(2027, 1, 11)]


def test_nothing_of_the_words_is_live() -> None:
    from openpyxl import load_workbook

    plan = outline(HOSTILE)
    page = _read(plan_html(plan))
    assert not [tag for tag, _ in page.elements if tag in {"img", "script", "iframe", "form", "link"}]
    assert all(
        not (value or "").startswith(("http", "//"))
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name in {"src", "href"}
    )
    book = load_workbook(io.BytesIO(plan_xlsx(plan, TODAY)))
    live = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert live, "the score sheets compute"
    assert all("1+2" not in str(cell.value) for cell in live)
    assert "\u202e" not in plan_html(plan)
    assert all(line.count(" | ") <= 12 for line in plan_markdown(plan).splitlines())
    assert r"\<img" in plan_markdown(plan)


def test_the_calendar_repeats_and_keeps_its_names() -> None:
    from icalendar import Calendar

    read = Calendar.from_ical(plan_ics(outline(), TODAY)).walk("VEVENT")
    later = Calendar.from_ical(plan_ics(outline("改了字"), date(2026, 12, 9))).walk("VEVENT")
    assert [each["uid"] for each in read] == [each["uid"] for each in later]
    assert read[0]["rrule"]["FREQ"] == ["WEEKLY"]
    assert read[1]["dtstart"].dt == date(2027, 2, 3)


@settings(max_examples=12)
@given(words=WORDS)
def test_any_words_can_be_laid_out(words: str) -> None:
    plan = outline(words)
    for format in PLAN_FORMATS:
        made = export_plan(plan, plan, format, today=TODAY)
        assert made.data
        assert made.name == f"quarterly-2026-12-01.{format}"


def test_formats_are_told_by_their_ending() -> None:
    assert plan_format_of("计划.DOCX") == "docx"
    with pytest.raises(UsageError, match="pdf"):
        plan_format_of("plan.pdf")


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: the formulas are not computed"
)
def test_the_score_sheet_computes(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(plan_xlsx(outline(), TODAY)))
    scores, board = book["评分表"], book["每周看板"]
    scores["F2"], scores["F3"], scores["F4"] = 41, 90, 1
    for column, time, rate in zip("DEFG", (50, 60, 60, 35), (70, 50, 75, 85), strict=True):
        board[f"{column}3"], board[f"{column}7"] = time, rate
    book.save(tmp_path / "filled.xlsx")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"), str(tmp_path / "filled.xlsx")]  # fmt: skip  # noqa: E501
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = load_workbook(tmp_path / "out" / "filled.xlsx", data_only=True)
    scores, board = read["评分表"], read["每周看板"]
    assert [scores[f"G{row}"].value for row in (2, 3, 4)] == [50, 100, 100]
    assert scores["E5"].value == 100
    assert scores["H5"].value == pytest.approx(50 * 0.6 + 30 + 10)
    alerts = {column: (board[f"{column}5"].value, board[f"{column}9"].value) for column in "DEFG"}
    assert alerts["F"][0] == "预警" and alerts["E"][0] in (None, "") and alerts["G"][0] in (None, "")
    assert all(each[1] in (None, "") for each in alerts.values()), "one value behind raises no alert"
