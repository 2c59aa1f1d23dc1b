"""Every export is read back by the library that its readers use, with plain drafts and with hostile ones."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from icalendar import Calendar
from pydantic import ValidationError

from assistant.errors import UsageError
from assistant.files.patching import MAX_CELL
from assistant.goals import LANGUAGES, DraftResult, Evidence, Number
from assistant.render.draft_markdown import words
from assistant.render.export import FORMATS, export, format_of
from assistant.render.okr_shape import Indicator, OkrDocument, OkrKeyResult, OkrObjective, Unit, even_weights
from assistant.service import Assistant, make_aim
from tests.web.sample import poisoned, result

TODAY = date(2026, 12, 1)
AIMS = {
    "zh-Hans": "客服团队想提升客户满意度，现在CSAT是82%，希望明年上半年见效",
    "zh-Hant": "我們想讓新人更快上手，目前需要 3.5 個月",
    "en": "Cut first response time from 52 minutes to 30 minutes by June 2027",
}
LEADS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1")
HOSTILE = (
    "<script>alert(1)</script>&amp;\x00\x07\x1b\x85\ufffe\u202egnp.exe\u2066x; a, b\\n\nEND:VEVENT\r\nBEGIN:X _x0041_ "
)


@pytest.fixture(scope="module")
def drafts() -> dict[str, DraftResult]:
    assistant = Assistant()
    return {language: assistant.draft(make_aim(aim, today=TODAY), llm="offline") for language, aim in AIMS.items()}


def leading(lead: str) -> DraftResult:
    """A draft whose free texts begin like a formula."""
    made = result("en")
    goal = made.goals[0]
    bad = goal.model_copy(
        update={
            "title": lead,
            "statement": lead,
            "milestones": tuple(each.model_copy(update={"text": lead}) for each in goal.milestones),
            "key_results": tuple(
                each.model_copy(update=dict.fromkeys(("metric", "target", "owner", "data_source", "statement"), lead))
                for each in goal.key_results
            ),
        }
    )
    return made.model_copy(
        update={"goals": (bad,), "questions": tuple(q.model_copy(update={"text": lead}) for q in made.questions)}
    )


def hostile(language: str = "en") -> DraftResult:
    return DraftResult.model_validate(poisoned(result(language, conflict=True).model_dump(), HOSTILE))


def long() -> DraftResult:
    made = result("zh-Hans")
    first = made.goals[0].model_copy(update={"statement": "目标𠀀" * 13_400})
    return made.model_copy(update={"goals": (first, *made.goals[1:]), "numbers": ()})


def book(made: DraftResult) -> Any:
    return openpyxl.load_workbook(io.BytesIO(export(made, "xlsx", today=TODAY).data))


def document(made: DraftResult) -> Any:
    return docx.Document(io.BytesIO(export(made, "docx", today=TODAY).data))


def body(made: DraftResult) -> str:
    """The visible words of the document, tables included."""
    read = document(made)
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in read.element.body.iter(qn("w:p"))
    )


def events(made: DraftResult, today: date = TODAY) -> list[Any]:
    return list(Calendar.from_ical(export(made, "ics", today=today).data).walk("VEVENT"))


def okr(made: DraftResult) -> Any:
    return json.loads(export(made, "feishu.json", today=TODAY).data)


# the façade


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_names_its_file_and_is_the_same_every_time(format: Any, drafts: dict[str, DraftResult]) -> None:
    one, other = (export(drafts["en"], format, today=TODAY) for _ in range(2))
    assert one.name == f"goals-2026-12-01.{format}" and format_of(one.name.upper()) == format
    assert "/" in one.media_type and one.notices == other.notices
    if format in ("docx", "xlsx"):
        parts = [zipfile.ZipFile(io.BytesIO(made.data)) for made in (one, other)]
        assert [parts[0].read(name) for name in parts[0].namelist() if name != "docProps/core.xml"] == [
            parts[1].read(name) for name in parts[1].namelist() if name != "docProps/core.xml"
        ]
    else:
        assert one.data == other.data


def test_the_facade_exports() -> None:
    made = Assistant().export(result("en"), "json", today=TODAY)
    assert DraftResult.model_validate_json(made.data) == result("en")


@pytest.mark.parametrize("name", ["goals.pdf", "goals", "docx", "goals.json.bak", "a.docx/goals"])
def test_other_endings_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match=re.escape(name)):
        format_of(name)


@pytest.mark.parametrize("format", ["xlsx", "csv", "ics", "feishu.json"])
def test_a_draft_without_goals_has_no_table_of_them(format: Any) -> None:
    nothing = result("en").model_copy(update={"goals": (), "numbers": (), "status": "refused"})
    with pytest.raises(UsageError, match="no goals"):
        export(nothing, format, today=TODAY)
    assert export(nothing, "docx", today=TODAY).data


def test_labels_are_the_same_in_every_language() -> None:
    def keys(table: dict[str, Any], at: str = "") -> set[str]:
        found: set[str] = set()
        for key, value in table.items():
            found |= keys(value, f"{at}{key}.") if isinstance(value, dict) else {f"{at}{key}"}
        return found

    assert keys(words("en")) == keys(words("zh-Hans")) == keys(words("zh-Hant"))


def test_json_writes_marks_that_turn_text_as_escapes() -> None:
    made = export(hostile(), "json", today=TODAY).data
    assert b"\\u202e" in made and "\u202e" not in made.decode()
    assert DraftResult.model_validate_json(made) == hostile()


# Word


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_has_headings_tables_and_every_text(language: str, drafts: dict[str, DraftResult]) -> None:
    made, label = drafts[language], words(language)
    read = document(made)
    shape = [(each.style.name, each.text) for each in read.paragraphs]
    assert shape[0] == ("Title", label["title"])
    first = [text for style, text in shape if style == "Heading 1"]
    assert made.goals[0].title in first[0] and {label["strategy"], label["questions"], label["sources"]} <= set(first)
    assert [text for style, text in shape if style == "Heading 2"][:4] == [
        "SMART", label["export"]["key_results"], label["guardrails"], label["export"]["milestones"],
    ]  # fmt: skip
    said = body(made)
    goal = made.goals[0]
    results = [each for each in goal.key_results if not each.guardrail]
    wanted = [each.metric for each in results] + [each.data_source for each in results] + list(goal.initiatives)
    wanted += [each.text for each in made.questions] + [each.quote for each in made.citations]
    wanted += [label["statuses"][made.status], label["objective"], "2026-12-01"]
    for text in wanted:
        assert text in said, text
    parts, measured, steps = read.tables
    assert (
        len(parts.rows) == 7 and len(measured.rows) == 1 + len(results) and len(steps.rows) == 1 + len(goal.milestones)
    )


def test_figures_carry_their_origin_as_raised_marks(drafts: dict[str, DraftResult]) -> None:
    read = document(drafts["zh-Hans"])
    statement = next(each for each in read.paragraphs if each.style.name == "Intense Quote")
    marks = {run.text for run in statement.runs if run.style.name == "Origin mark"}
    assert marks == {"〔述〕", "〔拟〕", "〔算〕"} and read.styles["Origin mark"].font.superscript
    plain = "".join(run.text for run in statement.runs if run.style.name != "Origin mark")
    assert plain == drafts["zh-Hans"].goals[0].statement
    legend = next(each.text for each in read.paragraphs if "〔述〕 你说的" in each.text)
    assert "〔拟〕 建议值，待确认" in legend and "〔缺〕 还不知道" in legend


@pytest.mark.parametrize(
    ("language", "font", "tongue"),
    [("zh-Hans", "Microsoft YaHei", "zh-CN"), ("zh-Hant", "Microsoft JhengHei", "zh-TW")],
)
def test_the_document_sets_chinese_fonts(language: str, font: str, tongue: str) -> None:
    read = document(result(language))
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        fonts = read.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font and fonts.get(qn("w:eastAsiaTheme")) is None, name
    assert {each.get(qn("w:eastAsia")) for each in read.styles.element.iter(qn("w:lang"))} == {tongue}


def test_headings_of_tables_are_repeated_and_pages_are_numbered() -> None:
    read = document(result("en"))
    assert read.tables
    for table in read.tables:
        assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True] + [False] * (
            len(table.rows) - 1
        )
    foot = read.sections[0].footer._element
    assert [each.get(qn("w:instr")) for each in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_the_document_holds_hostile_text_as_words() -> None:
    said = body(hostile())
    assert "<script>alert(1)</script>" in said and "␦gnp.exe" in said
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", said)
    with zipfile.ZipFile(io.BytesIO(export(hostile(), "docx", today=TODAY).data)) as parts:
        assert b"<script" not in parts.read("word/document.xml")
        assert not [name for name in parts.namelist() if "media" in name or "embed" in name]


def test_the_document_holds_40000_characters() -> None:
    assert long().goals[0].statement in body(long())


# Excel


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_one_row_a_key_result_and_every_number(language: str, drafts: dict[str, DraftResult]) -> None:
    made, label = drafts[language], words(language)
    read = book(made)
    assert read.sheetnames == [
        label["export"][f"sheet_{each}"] for each in ("goals", "milestones", "numbers", "questions")
    ]
    goals, steps, numbers, questions = ([list(row) for row in sheet.values] for sheet in read)
    results = made.goals[0].key_results
    assert [row[goals[0].index(label["headings"]["metric"])] for row in goals[1:]] == [each.metric for each in results]
    assert goals[1][goals[0].index(label["headings"]["deadline"])].date() == results[0].deadline
    assert [row[2].date() for row in steps[1:]] == [each.date for each in made.goals[0].milestones]
    assert [row[-1] for row in numbers[1:]] == [each.field for each in made.numbers]
    assert [row[1] for row in numbers[1:]] == [each.text or label["unknown"] for each in made.numbers]
    assert [row[4] for row in numbers[1:]] == [each.evidence.formula for each in made.numbers]
    assert {row[2] for row in numbers[1:]} <= set(label["origins"].values())
    assert [row[0] for row in questions[1:]] == [each.text for each in made.questions]


def test_numbers_say_where_they_stand() -> None:
    numbers = [list(row) for row in book(result("en")).worksheets[2].values]
    where = {row[-1]: row[0] for row in numbers[1:]}
    assert where["/goals/1/key_results/0/target"] == "Goal 2 · g2-kr1 · Target"
    assert where["/goals/0/milestones/1/text"] == "Goal 1 · Milestone 2 · Done means"
    assert where["/assumptions/0"] == "Assumption 1"


def test_the_sheets_are_made_for_reading() -> None:
    read = book(result("zh-Hans"))
    for sheet in read:
        assert sheet.freeze_panes in ("B2", "C2") and sheet.auto_filter.ref
        assert all(cell.font.bold and cell.alignment.wrap_text for cell in sheet[1])
        assert all(9 <= each.width <= 48 for each in sheet.column_dimensions.values())
        assert all(cell.alignment.wrap_text for cell in sheet[2])


@pytest.mark.parametrize("lead", LEADS)
def test_no_cell_is_a_formula(lead: str) -> None:
    made = export(leading(lead), "xlsx", today=TODAY)
    with zipfile.ZipFile(io.BytesIO(made.data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 4 and not any(re.search(rb"<f[ >/]", sheet) for sheet in sheets)
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(made.data)) for row in sheet for cell in row]
    risky = [cell for cell in cells if str(cell.value or "").startswith(("=", "+", "-", "@", "\t", "＝"))]
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in risky)
    assert len(risky) > 10 or lead.startswith("\r")
    assert not any(cell.data_type == "f" for cell in cells)


def test_the_workbook_holds_hostile_text_as_words() -> None:
    cells = [str(cell.value) for sheet in book(hostile()) for row in sheet for cell in row if cell.value]
    assert any("<script>alert(1)</script>" in each and "␦gnp.exe" in each for each in cells)
    assert any("_x005F_x0041_" in each for each in cells)
    assert not any(re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", each) for each in cells)


def test_cells_are_cut_at_the_limit_and_it_is_told() -> None:
    made = export(long(), "xlsx", today=TODAY)
    assert len(made.notices) == 1 and "JSON" in made.notices[0] and "3" in made.notices[0]
    cell = next(book(long()).worksheets[0].iter_rows(min_row=2))[2].value
    assert cell.endswith(words("zh-Hans")["export"]["cut"]) and cell.startswith("目标𠀀目标")
    assert MAX_CELL - 2 <= len(cell.encode("utf-16-le")) // 2 <= MAX_CELL


# CSV


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_reads_as_it_was_written(language: str, drafts: dict[str, DraftResult]) -> None:
    made = export(drafts[language], "csv", today=TODAY).data
    assert made.startswith(b"\xef\xbb\xbf") and b"\r\n" in made
    heads, *rows = csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))
    label = words(language)["headings"]
    results = drafts[language].goals[0].key_results
    assert [row[heads.index(label["baseline"])] for row in rows] == [each.baseline or "" for each in results]
    assert [row[heads.index(label["deadline"])] for row in rows] == [str(each.deadline) for each in results]
    assert [row[heads.index(label["key_result"])] for row in rows] == [each.statement for each in results]


@pytest.mark.parametrize("lead", LEADS)
def test_formula_leads_are_escaped_in_csv(lead: str) -> None:
    made = export(leading(lead), "csv", today=TODAY).data.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(made, newline="")) for cell in row]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in cells)
    assert sum(cell.startswith("'") for cell in cells) > 10


def test_the_table_holds_hostile_text_as_words() -> None:
    made = export(hostile(), "csv", today=TODAY).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(made, newline="")))
    assert len({len(row) for row in rows}) == 1 and len(rows) == 1 + 6
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", made)


# iCalendar


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_has_check_ins_milestones_and_deadlines(language: str, drafts: dict[str, DraftResult]) -> None:
    made = drafts[language]
    goal, found = made.goals[0], events(drafts[language])
    assert all(type(each.decoded("dtstart")) is date for each in found)
    assert all(each.decoded("dtend") - each.decoded("dtstart") == timedelta(days=1) for each in found)
    assert all(str(each.decoded("dtstamp")) == "2026-12-01 00:00:00+00:00" for each in found)
    check_ins = [each for each in found if "rrule" in each]
    assert len(check_ins) == len({each.cadence for each in goal.key_results})
    for each in check_ins:
        assert each["rrule"]["until"] == [goal.key_results[0].deadline]
        assert TODAY <= each.decoded("dtstart") <= goal.key_results[0].deadline
    steps = {each.decoded("dtstart"): str(each["description"]) for each in found if "rrule" not in each}
    assert all(steps.get(each.date) == each.text for each in goal.milestones)
    assert goal.statement in steps[goal.key_results[0].deadline]


@pytest.mark.parametrize(
    ("cadence", "rule", "first"),
    [
        ("每天", {"FREQ": ["WEEKLY"], "BYDAY": ["MO", "TU", "WE", "TH", "FR"]}, date(2026, 12, 1)),
        ("weekly", {"FREQ": ["WEEKLY"], "BYDAY": ["MO"]}, date(2026, 12, 7)),
        ("每兩週", {"FREQ": ["WEEKLY"], "INTERVAL": [2], "BYDAY": ["MO"]}, date(2026, 12, 7)),
        ("biweekly", {"FREQ": ["WEEKLY"], "INTERVAL": [2], "BYDAY": ["MO"]}, date(2026, 12, 7)),
        ("every month", {"FREQ": ["MONTHLY"], "BYDAY": ["1MO"]}, date(2026, 12, 7)),
        ("每季", {"FREQ": ["MONTHLY"], "INTERVAL": [3], "BYDAY": ["1MO"]}, date(2027, 1, 4)),
        ("每季度", {"FREQ": ["MONTHLY"], "INTERVAL": [3], "BYDAY": ["1MO"]}, date(2027, 1, 4)),
        ("every half-year", {"FREQ": ["MONTHLY"], "INTERVAL": [6], "BYDAY": ["1MO"]}, date(2027, 1, 4)),
        ("每年", {"FREQ": ["YEARLY"], "BYMONTH": [1], "BYDAY": ["1MO"]}, date(2027, 1, 4)),
    ],
)
def test_rhythms(cadence: str, rule: dict[str, Any], first: date) -> None:
    check_in = next(each for each in events(of_rhythm(cadence)) if "rrule" in each)
    written = {name: value for name, value in check_in["rrule"].items() if name != "UNTIL"}
    assert written == rule and check_in.decoded("dtstart") == first


def of_rhythm(cadence: str) -> DraftResult:
    made = result("en", goals=1)
    goal = made.goals[0]
    results = tuple(each.model_copy(update={"cadence": cadence}) for each in goal.key_results)
    return made.model_copy(update={"goals": (goal.model_copy(update={"key_results": results}),)})


def test_a_rhythm_that_cannot_repeat_is_told() -> None:
    made = export(of_rhythm("when needed"), "ics", today=TODAY)
    assert len(made.notices) == 3 and "when needed" in made.notices[0]
    assert not any("rrule" in each for each in events(of_rhythm("when needed")))
    late = export(of_rhythm("monthly"), "ics", today=date(2027, 6, 29))
    assert len(late.notices) == 3 and "no check-in" in late.notices[0]


def test_an_event_stays_the_same_event(drafts: dict[str, DraftResult]) -> None:
    before = {str(each["uid"]): each for each in events(drafts["en"])}
    goal = drafts["en"].goals[0]
    moved = goal.model_copy(
        update={
            "title": "Other words",
            "key_results": tuple(
                each.model_copy(update={"deadline": date(2027, 9, 30), "target": "25 minutes"})
                for each in goal.key_results
            ),
        }
    )
    changed = drafts["en"].model_copy(update={"goals": (moved,)})
    after = {str(each["uid"]): each for each in events(changed, date(2026, 12, 3))}
    assert before.keys() == after.keys() and len(before) == len(events(drafts["en"]))
    assert all(after[uid]["dtstamp"].dt > before[uid]["dtstamp"].dt for uid in before)
    two = [str(each["uid"]) for each in events(result("en"))]
    assert len(set(two)) == len(two)


def test_lines_are_folded_between_characters() -> None:
    goal = result("zh-Hans").goals[0]
    wide = goal.model_copy(update={"statement": "目标𠀀é" * 10_000, "title": "标题" * 300})
    made = result("zh-Hans").model_copy(update={"goals": (wide,)})
    data = export(made, "ics", today=TODAY).data
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines) and max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")
    assert any("目标𠀀é" * 10_000 in str(each["description"]) for each in events(made))


def test_hostile_text_opens_no_component() -> None:
    found = events(hostile())
    assert len(found) == len(events(result("en")))
    data = export(hostile(), "ics", today=TODAY).data
    assert data.count(b"\r\nBEGIN:VEVENT\r\n") == data.count(b"\r\nEND:VEVENT\r\n") == len(found)
    assert b"\r\nBEGIN:X" not in data and not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f]", data)
    said = " ".join(str(each["description"]) for each in found)
    assert "; a, b\\n\nEND:VEVENT" in said and "␦gnp.exe" in said


# Feishu


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_okr_shape_keeps_its_limits(language: str, drafts: dict[str, DraftResult]) -> None:
    made = okr(drafts[language])
    OkrDocument.model_validate_json(json.dumps(made))
    (objective,) = made["objectives"]
    assert objective["content"]["blocks"][0]["paragraph"]["elements"][0]["text_run"]["text"] == (
        drafts[language].goals[0].objective.text
    )
    assert [each["weight"] for each in objective["key_results"]] == [0.334, 0.333, 0.333]
    assert objective["weight"] == 1 and objective["deadline"] == "1814284800000"
    assert tuple(made["notices"]) == export(drafts[language], "feishu.json", today=TODAY).notices


def indicators(made: DraftResult) -> list[Any]:
    return [each["indicator"] for objective in okr(made)["objectives"] for each in objective["key_results"]]


def test_figures_come_out_as_numbers_and_blanks(drafts: dict[str, DraftResult]) -> None:
    percent, months = {"unit_type": 0, "unit_value": "PERCENT"}, {"unit_type": 1, "unit_value": "個月"}
    assert indicators(drafts["zh-Hans"])[0] == {"start_value": 82.0, "target_value": 86.0, "unit": percent}
    assert indicators(drafts["zh-Hans"])[1] == {"start_value": None, "target_value": None, "unit": percent}
    first = indicators(drafts["zh-Hant"])[0]
    assert first["start_value"] == 3.5 and first["unit"] == months
    assert indicators(drafts["en"])[0] == {
        "start_value": 52.0, "target_value": 30.0, "unit": {"unit_type": 1, "unit_value": "min"}
    }  # fmt: skip


def test_what_cannot_be_said_is_listed(drafts: dict[str, DraftResult]) -> None:
    told = "\n".join(okr(drafts["en"])["notices"])
    for words_ in (
        "Nobody gave weights",
        "G1-KR4 is a guardrail",
        "G1-KR2: the start value",
        "“tickets”",
        "baseline minus 30%",
    ):
        assert words_ in told, words_
    assert "G1-KR1：目标值“86%”是建议值" in "\n".join(okr(drafts["zh-Hans"])["notices"])


def with_figures(
    baseline: tuple[str, str | None, str | None] | None, target: tuple[str, str | None, str | None], text: str
) -> DraftResult:
    """A draft of one key result; figures are words, value and unit, `text` is what stands in the target's field."""
    made = result("en", goals=1)
    goal = made.goals[0]
    numbers = []
    for field, figure, whole in (("baseline", baseline, baseline and baseline[0]), ("target", target, text)):
        if figure and whole is not None and (at := whole.find(figure[0])) >= 0:
            numbers.append(
                Number(
                    text=figure[0],
                    value=figure[1],
                    unit=figure[2],
                    field=f"/goals/0/key_results/0/{field}",
                    start=at,
                    end=at + len(figure[0]),
                    origin="stated",
                    evidence=Evidence(source="aim", start=0, end=1),
                )
            )
    each = goal.key_results[0].model_copy(update={"baseline": baseline and baseline[0], "target": text, "unit": ""})
    return made.model_copy(
        update={"goals": (goal.model_copy(update={"key_results": (each,)}),), "numbers": tuple(numbers)}
    )


@pytest.mark.parametrize(
    ("target", "text", "value", "unit"),
    [
        (("90%", "90", "%"), "at least 90%", 90.0, (0, "PERCENT")),
        (("90%", "90", "%"), "90%以上", 90.0, (0, "PERCENT")),
        (("1,200 件", "1200", "件"), "1,200 件", 1200.0, (1, "件")),
        (("1.2 万件", "12000", "件"), "1.2 万件", 12000.0, (1, "件")),
        (("¥3万", "30000", "CNY"), "¥3万", 30000.0, (0, "YUAN")),
        (("$40", "40", "USD"), "$40", 40.0, (0, "DOLLAR")),
        (("47", "47", ""), "47", 47.0, (0, "NONE")),
        (("26 tickets", "26", "tickets"), "26 tickets", 26.0, (0, "NONE")),
        (("+8 points", "8", "points"), "+8 points", None, (0, "NONE")),
        (("4 percentage points", "4", "pp"), "4 percentage points", None, (0, "NONE")),
        (("30%", "30", "%"), "30% below today", None, (0, "NONE")),
        (("18-20%", "18..20", "%"), "18-20%", None, (0, "NONE")),
        (("1:3", "1:3", ""), "1:3", None, (0, "NONE")),
        (("half", None, None), "half", None, (0, "NONE")),
        (("1" * 12, "1" * 12, ""), "1" * 12, None, (0, "NONE")),
        (("NaN", "NaN", ""), "NaN", None, (0, "NONE")),
    ],
)  # fmt: skip
def test_only_a_plain_figure_becomes_a_value(
    target: Any, text: str, value: float | None, unit: tuple[int, str]
) -> None:
    (found,) = indicators(with_figures(None, target, text))
    assert found["target_value"] == value and found["start_value"] is None
    assert (found["unit"]["unit_type"], found["unit"]["unit_value"]) == unit


def test_values_of_different_units_do_not_stand_together() -> None:
    made = with_figures(("2 hours", "2", "h"), ("30 minutes", "30", "min"), "30 minutes")
    (found,) = indicators(made)
    assert found["start_value"] is None and found["target_value"] == 30.0 and found["unit"]["unit_value"] == "min"
    assert any("different units" in each for each in okr(made)["notices"])


@pytest.mark.parametrize("count", [1, 2, 3, 6, 7, 10, 100])
def test_even_weights_sum_to_one(count: int) -> None:
    weights = even_weights(count)
    assert sum(Decimal(str(each)) for each in weights) == 1 and max(weights) - min(weights) < 0.0011


def test_the_shape_refuses_what_feishu_refuses(drafts: dict[str, DraftResult]) -> None:
    made = okr(drafts["en"])
    objective = made["objectives"][0]
    parts = objective["key_results"]
    with pytest.raises(ValidationError, match="sum to"):
        OkrObjective.model_validate_json(
            json.dumps(objective | {"key_results": [parts[0] | {"weight": 0.5}, *parts[1:]]})
        )
    with pytest.raises(ValidationError, match="positions"):
        OkrObjective.model_validate_json(json.dumps(objective | {"key_results": [parts[1], parts[0], parts[2]]}))
    with pytest.raises(ValidationError, match="1 to 5"):
        Unit(unit_type=1, unit_value="tickets")
    with pytest.raises(ValidationError, match="own units"):
        Unit(unit_type=0, unit_value="EURO")
    with pytest.raises(ValidationError):
        Indicator(start_value=1e12, target_value=None, unit=Unit(unit_type=0, unit_value="NONE"))
    with pytest.raises(ValidationError):
        OkrKeyResult.model_validate_json(json.dumps(parts[0] | {"weight": 1.5}))


def test_hostile_text_keeps_the_shape() -> None:
    made = okr(hostile())
    OkrDocument.model_validate_json(json.dumps(made))
    said = json.dumps(made, ensure_ascii=False)
    assert "<script>" in said and "␦gnp.exe" in said and "\u202e" not in said
    assert OkrDocument.model_validate_json(json.dumps(okr(long())))
