"""A list in a text box: judged together, mended in place, made of files."""

from __future__ import annotations

import csv
import io
from datetime import date

import docx
import pytest
from openpyxl import Workbook

from assistant.batch import checking
from assistant.errors import EmptyInput, NoGoalColumn

TODAY = date(2026, 12, 1)
TABLE = """编号,类型,目标,上级目标,权重
O1,目标,让客户更愿意留下,,
KR1,关键结果,"在2027年6月30日前，把客户满意度由82%提升到86%",O1,40%
KR2,关键结果,把投诉率从5%降到8%,O1,40%
G3,,2026年10月底前上线新系统,,20%
"""


def test_a_table_shows_its_tree_weights_areas_and_places() -> None:
    found = checking.checked(TABLE, today=TODAY, name="list.csv")
    assert [goal.parent for goal in found.goals] == [None, 0, 0, None]
    assert [goal.weight for goal in found.goals] == [None, "40", "40", "20"]
    assert found.goals[1].area == "growth" and found.goals[2].area == "risk"
    for goal in found.goals:
        assert goal.start is not None
        assert TABLE[goal.start : goal.start + len(goal.judged.text)] == goal.judged.text
    rules = {goal.judged.findings[place].rule for goal in found.goals for place in goal.between}
    assert "orphan" in rules and "direction-contradiction" not in rules


def test_weights_that_do_not_make_a_whole_are_told_with_their_sum() -> None:
    found = checking.checked(TABLE.replace("O1,40%\nKR2", "O1,30%\nKR2"), today=TODAY, name="list.csv")
    assert [(group.total, group.whole) for group in found.uneven] == [("90", "100")]
    assert found.uneven[0].goals == (1, 2, 3)


def test_what_is_said_of_the_list_is_part_of_what_is_said_of_the_goals() -> None:
    from assistant.lint import lint_records, read_records

    found = checking.checked(TABLE, today=TODAY, name="list.csv")
    assert (
        tuple(goal.judged for goal in found.goals) == lint_records(read_records(TABLE, "list.csv"), today=TODAY).goals
    )


def test_only_the_chosen_fix_is_applied_and_only_there() -> None:
    text = "新客户转化率由2%提高到3%，增长1%，2027年6月底前达成\n退货率从5%降到3%，3月底前完成"
    found = checking.checked(text, today=TODAY, name="text")
    findings = found.goals[0].judged.findings
    place = next(i for i, finding in enumerate(findings) if finding.fix)
    mended = checking.mended(text, today=TODAY, name="text", only=(0, place))
    assert mended == text.replace("增长1%", "增长1个百分点")
    assert checking.mended(text, today=TODAY, name="text", only=(7, 0)) == text
    assert checking.mended(text, today=TODAY, name="text", only=(0, 99)) == text


def test_a_fix_stays_inside_its_cell() -> None:
    text = '编号,目标\n1,"新客户转化率由2%提高到3%，增长1%，2027年6月底前达成"\n2,退货率从5%降到3%\n'
    found = checking.checked(text, today=TODAY, name="a.csv")
    place = next(i for i, finding in enumerate(found.goals[0].judged.findings) if finding.fix)
    mended = checking.mended(text, today=TODAY, name="a.csv", only=(0, place))
    assert mended == text.replace("增长1%", "增长1个百分点")


def test_safe_fixes_leave_the_rest_of_the_text_alone() -> None:
    text = "a line\n\n退货率从 ５% 降到 3%，2027 年 3 月 31 日前完成\n"
    assert checking.mended(text, today=TODAY, name="text").count("\n") == text.count("\n")


def workbook(rows: list[list[str]], *more: list[list[str]]) -> bytes:
    book = Workbook()
    sheets = [book.active, *(book.create_sheet() for _ in more)]
    for sheet, lines in zip(sheets, (rows, *more), strict=True):
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_becomes_what_copying_its_cells_would_paste() -> None:
    raw = workbook(list(csv.reader(io.StringIO(TABLE))), [["目标", "权重"], ["把缺货率由8%降到4%", "100"]])
    text, name = checking.opened(raw, "plan.xlsx")
    assert name == "list.tsv" and "KR1\t关键结果\t在2027年6月30日前" in text
    found = checking.checked(text, today=TODAY, name=name)
    assert [goal.judged.text for goal in found.goals][-1] == "把缺货率由8%降到4%"
    assert [goal.parent for goal in found.goals][:4] == [None, 0, 0, None]


def test_cells_with_line_breaks_and_quotes_survive() -> None:
    raw = workbook([["目标"], ['把"缺货率"由8%降到4%'], ["第一行\n把退货率从5%降到3%"]])
    text, name = checking.opened(raw, "plan.xlsx")
    goals = checking.checked(text, today=TODAY, name=name).goals
    assert goals[0].judged.text == '把"缺货率"由8%降到4%' and len(goals) == 2


def test_a_word_document_becomes_markdown() -> None:
    document = docx.Document()
    document.add_heading("2027 年目标", 1)
    document.add_paragraph("在2027年6月30日前，把客户满意度由82%提升到86%", style="List Bullet")
    document.add_paragraph("把投诉率从5%降到3%", style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    text, name = checking.opened(out.getvalue(), "plan.docx")
    assert len(checking.checked(text, today=TODAY, name=name).goals) == 2 and "- 把投诉率" in text


def test_texts_are_taken_as_they_are_and_what_holds_no_goals_is_refused() -> None:
    assert checking.opened("目标\r\n把投诉率从5%降到3%".encode("gb18030"), "a.csv").text == "目标\n把投诉率从5%降到3%"
    with pytest.raises(EmptyInput):
        checking.opened(b"", "a.txt")
    with pytest.raises(NoGoalColumn):
        checking.opened(workbook([["姓名", "电话"], ["甲", "1"], ["乙", "2"]]), "a.xlsx")


def test_goals_that_name_each_other_as_parents_do_not_hang() -> None:
    text = "编号,目标,上级目标\nA1,把投诉率从5%降到3%,A2\nA2,把退货率从5%降到3%,A1\n"
    assert len(checking.checked(text, today=TODAY, name="a.csv").goals) == 2
