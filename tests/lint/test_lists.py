"""What rules find between the goals of a list: weights, duplicates, parents, opposing measures, and their marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import perf_counter

import openpyxl
import pytest

from assistant.files import open_document
from assistant.lint import Record, document_records, lint_records, read_records
from assistant.lint.profile import GOAL
from tests.files.made import workbook_bytes

TODAY = date(2026, 11, 21)


def judged(document, name="list.md", **given):
    return lint_records(read_records(document, name), today=TODAY, **given)


def places(report, rule):
    """Return the places of the goals, from 0, at which the rule found something."""
    return [at for at, goal in enumerate(report.goals) for finding in goal.findings if finding.rule == rule]


def sheet(head, *rows):
    return "\n".join((head, *rows))


@pytest.mark.parametrize(
    ("head", "rows", "wrong"),
    [
        ("部门,指标,权重,目标值", ["销售,营收,50%,1", "销售,毛利率,50%,2", "客服,投诉,50%,3", "客服,满意度,50%,4"], []),
        ("员工,指标,权重", ["甲岗,营收,60", "甲岗,回款率,40", "乙岗,投诉数,70", "乙岗,满意度,30"], []),
        ("Owner,KPI,Weight", ["Sales,Revenue,60%", "Sales,Margin,40%", "Support,Complaints,100%"], []),
        ("維度,指標,權重", ["財務,營收,40%", ",毛利率,20%", "顧客,滿意度,40%"], []),
        ("部门,指标,权重", ["销售,营收,0.5", "销售,毛利率,0.5", "客服,投诉,0.4", "客服,满意度,0.6"], []),
        ("部门,指标,权重", ["销售,营收,50", ",毛利率,50", "客服,投诉,50", ",满意度,40"], [3]),
        ("部门,指标,权重", ["销售,营收,50", "销售,毛利率,30", "客服,投诉,50", "客服,满意度,50"], [1]),
        ("Team,KPI,Weight", ["Sales,Revenue,60%", "Support,Complaints,100%", "Sales,Margin,30%"], [2]),
        ("Team,KPI,Weight", ["Sales,Revenue,60%", "Sales,Margin,50%", "Support,Complaints,50%"], [2]),
        ("指标,权重,部门", ["营收,40%,销售", "毛利率,30%,财务", "投诉,40%,客服"], [2]),
        ("指标,权重", ["营收,1", "毛利率,2", "投诉,1"], []),
        ("指标,权重", ["营收,40%", "毛利率,", "投诉,40%"], []),
        (
            "季度,员工,指标,权重",
            [f"{quarter},{who},{goal}" for quarter in "一二" for who in "甲乙" for goal in ("营收,60", "投诉,40")],
            [],
        ),
    ],
)  # fmt: skip
def test_weights_of_a_sheet(head, rows, wrong):
    assert places(judged(sheet(head, *rows), "kpi.csv"), "weights-not-100") == wrong


def test_each_markdown_table_has_its_own_sum():
    row = "| {} | {} |\n"
    head = "| Goal | Weight |\n|--|--|\n"
    first = head + row.format("Cut returns", "60%") + row.format("Raise NPS", "40%")
    second = head + row.format("Raise margin", "70%") + row.format("Cut costs", "20%")
    assert places(judged(f"{first}\n{first}"), "weights-not-100") == []
    assert places(judged(f"{first}\n{second}"), "weights-not-100") == [3]


def test_two_tables_that_share_one_whole():
    head = "| Goal | Weight |\n|--|--|\n"
    document = f"{head}| Cut returns | 60% |\n\n{head}| Raise NPS | 30% |\n| Cut costs | 10% |\n"
    assert places(judged(document), "weights-not-100") == []


def test_each_sheet_of_a_workbook_has_its_own_sum():
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, weights in (("销售", (0.5, 0.5)), ("客服", (0.5, 0.6))):
        page = book.create_sheet(title)
        page.append(["指标", "权重"])
        for name, weight in zip(("营收", "毛利率"), weights, strict=True):
            page.append([name, weight])
    records = document_records(open_document(workbook_bytes(book), "kpi.xlsx"), "kpi.xlsx")
    assert places(lint_records(records, today=TODAY), "weights-not-100") == [3]


def test_each_part_of_a_list_has_its_own_sum():
    def part(*weights):
        return "\n".join(f"- 指标{at}达到90%（权重{weight}%）" for at, weight in enumerate(weights))

    document = "## 销售\n{}\n\n## 客服\n{}\n"
    assert places(judged(document.format(part(60, 40), part(50, 50))), "weights-not-100") == []
    assert places(judged(document.format(part(60, 40), part(50, 60))), "weights-not-100") == [3]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (["Stay,a,60", "Stay,b,40", "Grow,c,100"], []),
        (["Stay,a,30", "Stay,b,30", "Grow,c,40"], []),
        (["Stay,a,50", "Stay,b,40", "Grow,c,50", "Grow,d,50"], [1]),
        (["Stay,a,50", "Stay,b,40", "Grow,c,50", "Grow,d,40"], [1, 3]),
    ],
)
def test_weights_under_objectives(rows, wrong):
    assert places(judged(sheet("Objective,Key result,Weight", *rows), "okr.csv"), "weights-not-100") == wrong


@pytest.mark.parametrize(("hidden", "wrong"), [(None, 1), (4, 0)])
def test_weights_are_not_summed_where_rows_are_hidden(hidden, wrong):
    book = openpyxl.Workbook()
    page = book.active
    for row in (("目标", "权重"), ("营收增长 5%", 40), ("毛利率达到 30%", 30), ("回款率达到 90%", 20)):
        page.append(row)
    if hidden:
        page.row_dimensions[hidden].hidden = True
    records = document_records(open_document(workbook_bytes(book), "kpi.xlsx"), "kpi.xlsx")
    assert len(records) == (2 if hidden else 3)
    assert len(places(lint_records(records, today=TODAY), "weights-not-100")) == wrong


def test_results_may_share_out_the_weight_of_their_objective():
    rows = ["O1,Objective,Stay,,60", "K1,KR,a,O1,40", "K2,KR,b,O1,20"]
    rows += ["O2,Objective,Grow,,40", "K3,KR,c,O2,30", "K4,KR,d,O2,20"]
    assert places(judged(sheet("ID,Type,Goal,Parent,Weight", *rows), "okr.csv"), "weights-not-100") == [5]


DIFFERENT = [
    "Raise NPS from 45 to 55 by 30 June 2027 in the German market",
    "Raise NPS from 45 to 55 by 30 June 2027 in the French market",
    "Raise NPS from 45 to 55 by 30 June 2027",
    "2027年6月底前北京分公司退货率从6%降到4%",
    "2027年6月底前南京分公司退货率从6%降到4%",
    "2027年6月底前退货率从6%降到4%",
    "Raise the trial conversion rate from 10% to 15% by 30 June 2027",
    "Raise the trial retention rate from 10% to 15% by 30 June 2027",
    "营收从1000万提升到1200万，2027年底前",
    "营收从1200万降到1000万，2027年底前",
    "2027年6月底前每月省水10%",
    "2027年6月底前每月省电10%",
    "Add 3 stores by 30 June 2027",
    "Expand 3 stores by 30 June 2027",
    "Close 3 stores by 30 June 2027",
    "2027年6月底前A产品线合格率从90%提升到95%",
    "2027年6月底前产品线合格率从90%提升到95%",
    "Ship faster",
    "Move faster",
    "新客户的老产品销售额2027年6月底前提高10%",
    "老客户的新产品销售额2027年6月底前提高10%",
    "提升客户满意度",
    "降低客户满意度",
    "Cut costs by 10% by June 2027",
    "Cut costs to 10% by June 2027",
    "Move two staff from Berlin to Paris by 30 June 2027",
    "Move two staff from Paris to Berlin by 30 June 2027",
    "2027年6月底前把仓库从上海搬到苏州",
    "2027年6月底前把仓库从苏州搬到上海",
    "P95响应时间2027年6月底前降到300毫秒",
    "P99响应时间2027年6月底前降到300毫秒",
    "Cut wait in chat from 9 to 4 minutes and in mail from 8 to 3 hours by June 2027",
    "Cut wait in mail from 9 to 4 minutes and in chat from 8 to 3 hours by June 2027",
    "2027年6月30日前招聘2名护士",
    "2027年6月30日前招聘2名医生",
    "目标客户满意度2027年6月底前达到90%",
    "2027年6月底前客户满意度达到90%",
    "2027年6月底前客户满意度不低于90%",
]


def test_different_goals_with_the_same_figures_are_no_duplicates():
    report = judged("\n".join(f"- {goal}" for goal in DIFFERENT))
    assert len(report.goals) == len(DIFFERENT)
    assert places(report, "duplicate-goals") == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Raise NPS from 45 to 55 by 30 June 2027 in the German market",
         "In our German market, raise the NPS from 45 to 55 by 30 June 2027."),
        ("Cut the return rate from 6% to 4% by 30 June 2027",
         "We will reduce the return rate from 6% to 4% by 30 June 2027"),
        ("2027年6月底前北京分公司退货率从6%降到4%", "把北京分公司的退货率在2027年6月底前由6%降低至4%"),
        ("提升客户满意度", "我们提高客户满意度。"),
        ("2027年6月30日前上線顧客入口網站", "顧客入口網站2027年6月30日前上線"),
        ("Launch the customer portal by 30 June 2027", "By 30 June 2027, launch the customer portal"),
    ],
)  # fmt: skip
def test_order_and_filler_make_no_difference(one, two):
    assert places(judged(f"- {one}\n- Hire a nurse\n- {two}"), "duplicate-goals") == [2]


@pytest.mark.parametrize("head", ["部门", "负责人", "Region", "备注"])
def test_rows_that_differ_in_another_cell_are_no_duplicates(head):
    rows = ["客服,首次响应时长从9小时降到4小时", "售后,首次响应时长从9小时降到4小时"]
    assert places(judged(sheet(f"{head},目标", *rows), "kpi.csv"), "duplicate-goals") == []
    assert places(judged(sheet(f"{head},目标", *rows, rows[0]), "kpi.csv"), "duplicate-goals") == [2]


def test_rows_that_differ_in_weight_or_number_are_duplicates():
    rows = ["1,退货率从6%降到4%,40%", "2,退货率从6%降到4%,60%"]
    assert places(judged(sheet("序号,目标,权重", *rows), "kpi.csv"), "duplicate-goals") == [1]


CASCADE = "编号,目标,上级目标"


def test_a_parent_is_no_orphan():
    rows = [
        "G1,公司营收从1亿提升到1.2亿,",
        "G1.1,华东营收从4000万提升到5000万,G1",
        "G1.2,华南营收从6000万提升到7000万,G1",
    ]
    assert places(judged(sheet(CASCADE, *rows), "kpi.csv"), "orphan") == []
    assert places(judged(sheet(CASCADE, *rows, "G2,离职率从12%降到8%,"), "kpi.csv"), "orphan") == []
    assert places(judged(sheet(CASCADE, *rows, "G2.1,离职率从12%降到8%,"), "kpi.csv"), "orphan") == [3]


OKR = ["O1,Customers recommend us (Q1 2027),", "KR1,NPS from 45 to 55,O1", "KR2,Complaints from 40 to 30 a month,O1"]


GOALS = [row.replace("KR", "1.").replace("O1", "1") for row in OKR]


@pytest.mark.parametrize("rows", [OKR, OKR[::-1], GOALS, GOALS[::-1]])
def test_a_parent_lends_its_cycle_wherever_it_stands(rows):
    report = judged(sheet("ID,Goal,Parent", *rows), "okr.csv")
    assert places(report, "no-deadline") == places(report, "orphan") == []
    parent = rows[0].rsplit(",", 1)[1] or rows[1].rsplit(",", 1)[1]
    late = f"X3,Lead time from 9 to 5 days by 31 August 2027,{parent}"
    report = judged(sheet("ID,Goal,Parent", *rows, late), "okr.csv")
    assert places(report, "date-outside-cycle") == [3]


def test_a_parent_named_by_its_words_or_its_mark():
    goals = ["O1: Customers stay (Q1 2027)", "NPS from 45 to 55"]
    for name in ("O1", goals[0]):
        records = [Record("b", goals[1], parent=name), Record("a", goals[0], parent="")]
        assert [goal.traits.time_bound for goal in lint_records(records, today=TODAY).goals] == [True, True]


def test_parents_in_a_circle_and_in_a_long_line():
    circle = [Record("A1", "退货率降到4%", parent="A2"), Record("A2", "投诉率降到3%", parent="A1")]
    assert len(lint_records(circle, today=TODAY).goals) == 2
    line = [Record(f"A{at}", "退货率降到4%", parent=f"A{at + 1}") for at in range(1500)]
    line.append(Record("A1500", "2027年6月底前退货率降到4%", parent=""))
    assert all(goal.traits.time_bound for goal in lint_records(line, today=TODAY).goals)


def test_an_unknown_parent_is_told_once():
    head = "ID,Type,Goal,Parent"
    rows = [
        "O1,Objective,Customers stay,",
        "K1,Key result,NPS from 45 to 55,O1",
        "K2,Key result,Churn from 5% to 3%,O9",
    ]
    report = judged(sheet(head, *rows), "okr.csv")
    assert places(report, "orphan") == [2]
    assert places(report, "too-many-key-results") == []
    assert places(judged(sheet(head, *rows[:2]), "okr.csv"), "too-many-key-results") == [0]


def test_a_blank_below_an_id_of_a_parent_names_none():
    rows = ["O1,Customers stay,", "K1,NPS from 45 to 55,O1", "K2,Churn from 5% to 3%,"]
    assert [record.parent for record in read_records(sheet("ID,Goal,Parent", *rows), "okr.csv")] == ["", "O1", ""]


UP = "Raise inventory days from 30 to 40{}"
DOWN = "Cut inventory days from 40 to 30{}"


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (" by 30 June 2027", " by 30 June 2027", [1]),
        ("", "", [1]),
        (" by 30 June 2027", " by 31 December 2027", []),
        (" by 30 June 2027", "", []),
        ("", " by 30 June 2027", []),
    ],
)
def test_goals_due_on_different_days_are_stages(first, second, found):
    assert places(judged(f"- {UP.format(first)}\n- {DOWN.format(second)}"), "opposing-metrics") == found


def test_results_in_different_cycles_are_stages():
    rows = ["O1,O,Build up stock (Q1 2027),", f"K1,KR,{UP.format('')},O1", "O2,O,{} ,", f"K2,KR,{DOWN.format('')},O2"]
    same, other = (
        sheet("ID,Type,Goal,Parent", *rows).format(f"Free cash ({quarter} 2027)") for quarter in ("Q1", "Q2")
    )
    assert places(judged(same, "okr.csv"), "opposing-metrics") == [3]
    assert places(judged(other, "okr.csv"), "opposing-metrics") == []


WEIGHTED = "- 2027年6月底前合格率达到90%（权重40%）\n- 2027年6月底前退货率降到4%（权重40%）"


@pytest.mark.parametrize("select", [None, {"no-deadline"}])
def test_findings_between_goals_reach_the_scorecard(select):
    first, last = judged(WEIGHTED, select=select).goals
    assert (last.traits.consistent, last.scorecard.consistent, last.scorecard.ready) == (False, "fail", False)
    assert last.scorecard.score < first.scorecard.score
    assert first.scorecard.ready
    assert [finding.rule for finding in last.findings] == (
        [] if select else ["weights-not-100", "current-value-missing"]
    )


def test_severities_of_a_profile_count_between_goals():
    soft = replace(GOAL, severities={"weights-not-100": "info"})
    last = judged(WEIGHTED, profile=soft).goals[1]
    assert last.findings[0].severity == "info"
    assert last.traits.consistent is False
    strict = replace(GOAL, severities={"duplicate-goals": "error"})
    document = "- Hire 2 nurses by 30 June 2027\n- Hire 2 nurses by 30 June 2027"
    assert [goal.scorecard.ready for goal in judged(document).goals] == [True, True]
    assert [goal.scorecard.ready for goal in judged(document, profile=strict).goals] == [True, False]


def test_ignored_rules_change_no_scorecard():
    assert all(goal.scorecard.ready for goal in judged(WEIGHTED, ignore={"weights-not-100"}).goals)


def test_marks_of_warnings_between_goals():
    rows = ["O1,O,Customers stay (Q1 2027),", "K1,KR,NPS from 45 to 55,O1", "K2,KR,Churn from 5% to 3%,O9"]
    report = judged(sheet("ID,Type,Goal,Parent", *rows), "okr.csv")
    assert [goal.scorecard.relevant for goal in report.goals] == ["todo", "pass", "warn"]


@pytest.mark.slow
def test_long_lists_are_judged_in_time_linear_in_their_length():
    def seconds(count):
        rows = [f"部门{at % 40},区域{at % 7},班组{at % 11},指标{at}达到90%,{at % 50 + 10}%" for at in range(count)]
        records = read_records(sheet("部门,区域,班组,目标,权重", *rows), "kpi.csv")
        start = perf_counter()
        lint_records(records, today=TODAY)
        return perf_counter() - start

    seconds(100)
    assert seconds(1600) < 12 * seconds(400) + 1


def test_ids_that_start_again_in_each_table_name_parents_of_their_own_table():
    head = "| ID | Goal | Parent |\n|--|--|--|\n"
    rows = (
        "| O1 | Customers stay ({} 2027) | |",
        "| KR1 | NPS from 45 to 55 | O1 |",
        "| KR2 | Churn from 5% to 4% | O1 |",
    )
    table = head + "\n".join(rows) + "\n"
    report = judged("\n".join(table.format(quarter) for quarter in ("Q1", "Q2")))
    assert [finding.rule for goal in report.goals for finding in goal.findings] == []
    assert all(goal.traits.time_bound for goal in report.goals)


@pytest.mark.parametrize(("head", "found"), [("部门", []), ("Region", []), ("负责人", [1]), ("备注", [1])])
def test_measures_of_different_departments_do_not_oppose(head, found):
    rows = ["客服,离职率从20%降到15%,2027-12-31", "销售,离职率从10%升到12%,2027-12-31"]
    assert places(judged(sheet(f"{head},目标,截止日期", *rows), "kpi.csv"), "opposing-metrics") == found


def test_ids_of_objectives_and_key_results_tell_kinds_where_both_stand():
    def kinds(*ids):
        rows = [f"{id},退货率降到4%" for id in ids]
        return [record.kind for record in read_records(sheet("编号,目标", *rows), "okr.csv")]

    assert kinds("O1", "KR1", "O1-KR2", "7") == ["objective", "key_result", "key_result", None]
    assert kinds("O1", "O2") == [None, None]


@pytest.mark.parametrize(("teams", "found"), [(("华东", "华南"), []), (("华东", "华东"), [1])])
def test_targets_of_different_departments_do_not_conflict(teams, found):
    goals = ("营收从1000万提升到1200万", "营收从1000万提升到1300万")
    rows = [f"{team},{goal},2027-12-31" for team, goal in zip(teams, goals, strict=True)]
    assert places(judged(sheet("大区,目标,截止日期", *rows), "kpi.csv"), "conflicting-targets") == found
