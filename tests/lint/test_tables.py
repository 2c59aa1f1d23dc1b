"""Which columns of a table are read, and as what: figures of years, times, measures, forms in two columns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.files import open_document
from assistant.lint import document_records, lint_records, read_records
from assistant.lint.documents.headings import heading, label
from tests.files.made import new_word, sheet_bytes, word_bytes

TODAY = date(2026, 11, 30)


def csv(*lines):
    return read_records("\n".join(lines) + "\n", "goals.csv")


def beside(*lines):
    return [record.beside.split("\n") if record.beside else [] for record in csv(*lines)]


@pytest.mark.parametrize(
    ("head", "row", "read"),
    [
        ("关键结果,当前,目标", "首周激活率,34%,48%", ["当前: 34%", "目标: 48%"]),
        ("KR,Baseline,Goal", "Tickets,310,150 per month", ["Baseline: 310", "Goal: 150 per month"]),
    ],
)
def test_a_goal_column_of_figures_beside_key_results_is_their_target(head, row, read):
    (record,) = csv(head, row)
    assert (record.kind, record.parent, record.beside.split("\n")) == ("key_result", None, read)


def test_a_goal_column_of_words_beside_key_results_is_their_parent():
    assert [record.parent for record in csv("目标,关键结果", "更快上手,激活率从34%提升到48%", ",工单150件")] == [
        "更快上手"
    ] * 2


@pytest.mark.parametrize(
    ("head", "read"),
    [
        ("KPI,Baseline (2026),Target (2027)", ["2026 Baseline: 90%", "2027 Target: 96%"]),
        ("KPI,Baseline 2026,Target 2027", ["2026 Baseline: 90%", "2027 Target: 96%"]),
        ("KPI,FY26 Actual,FY27 Target", ["FY26 Actual: 90%", "FY27 Target: 96%"]),
        ("KPI,Baseline,Target (by 30 June 2027)", ["Baseline: 90%", "Target (by 30 June 2027): 96%"]),
        ("指标,现状(2026年),目标值(2027年)", ["2026年现状: 90%", "2027年目标值: 96%"]),
        ("指标,现状2026,目标2027", ["2026年现状: 90%", "2027年目标: 96%"]),
        ("指標,2026實績,2027目標", ["2026年現狀: 90%", "2027年目標: 96%"]),
        ("指标,2026年实际,2027年目标", ["2026年现状: 90%", "2027年目标: 96%"]),
        ("指标,2027年实际,2027年目标", ["2027年目标: 96%"]),
        ("指标,实际,目标值", ["目标值: 96%"]),
    ],
)
def test_a_year_in_a_heading_leaves_its_figure_and_its_meaning(head, read):
    assert beside(head, "On-time delivery,90%,96%") == [read]


def test_figures_of_years_are_measurable_and_dated():
    for head in ("KPI,Baseline (2026),Target (2027)", "指標,2026實績,2027目標", "指标,现状(2026年),目标值(2027年)"):
        name = "On-time delivery" if head.startswith("KPI") else "離職率"
        (goal,) = lint_records(csv(head, f"{name},18%,13%"), today=TODAY).goals
        traits = goal.traits
        assert (traits.measurable, traits.time_bound, traits.has_baseline, traits.has_target) == (True,) * 4, head


@pytest.mark.parametrize(
    ("head", "cell", "read"),
    [
        ("Quarter", "Q1 2027", "Quarter: Q1 2027"),
        ("Quarter", "1", "Quarter: Q1"),
        ("季度", "Q1 2027", "季度: 2027年Q1"),
        ("季度", "2027年第一季度", "季度: 2027年第一季度"),
        ("月份", "3", "月份: 3月"),
        ("Month", "3", "Month: March"),
        ("Year", "2027", "Year: 2027"),
        ("年度", "2027", "年度: 2027年"),
        ("期間", "2027", "期間: 2027年"),
        ("達成日", "2027/6/30", "達成日: 2027/6/30"),
        ("By when", "June 2027", "By when: June 2027"),
        ("Due by", "June 2027", "Due by: June 2027"),
    ],
)
def test_columns_of_times_are_read_with_the_goal(head, cell, read):
    assert beside(f"{head},Goal", f"{cell},Win 5 partners") == [[read]]


def test_a_year_joins_the_part_of_a_year_beside_it():
    assert beside("Year,Quarter,Goal", "2027,Q1,Win 5 partners") == [["Quarter: Q1 2027"]]
    assert beside("年度,季度,目标", "2027,一季度,新签5家伙伴") == [["季度: 2027年一季度"]]
    assert beside("Year,Goal,Due", "2027,Win 5 partners,30 June 2027") == [["Year: 2027", "Due: 30 June 2027"]]


def test_a_blank_quarter_before_the_goal_is_the_one_above():
    assert beside("Quarter,Goal", "Q1 2027,Win 5 partners", ",Cut returns") == [["Quarter: Q1 2027"]] * 2
    assert beside("Goal,Quarter", "Win 5 partners,Q1 2027", "Cut returns,") == [["Quarter: Q1 2027"], []]


@pytest.mark.parametrize("head", ["季度目标", "年度目标", "月目标", "Goals 2027", "目标2027", "Quarterly goal"])
def test_goals_of_a_period_are_goals(head):
    assert [record.text for record in csv(f"{head},负责人", "新签5家伙伴,王")] == ["新签5家伙伴"]


def test_weights_still_go_by_quarter():
    first, second = csv("季度,目标,权重", "Q1 2027,新签5家伙伴,100%", "Q2 2027,新签8家伙伴,100%")
    assert (first.groups, second.groups) == ((("季度", "Q1 2027"),), (("季度", "Q2 2027"),))


@pytest.mark.parametrize(
    "head",
    ["Success measure", "Measure of success", "Success criteria", "How measured", "衡量方式", "衡量方法", "成功標準"],
)
def test_what_shows_success_is_read_with_the_goal(head):
    read = "CSAT from 4.1 to 4.5"
    assert beside(f"Goal,{head}", f"Happier customers,{read}") == [[f"{head}: {read}"]]


def test_letters_are_read_beside_the_goal():
    row = "Fewer damage claims,from 120 to 70 a month,two packers added,claims cost 310k,30 June 2027"
    (record,) = csv("SMART Goal,S,M,A,R,T", f"Claims,{row}")
    assert record.text == "Claims"
    assert record.beside.split("\n") == [
        "S: Fewer damage claims",
        "M: from 120 to 70 a month",
        "T: 30 June 2027",
    ]
    for head in (
        "Specific,Measurable,Achievable,Relevant,Time-bound",
        "S,M,A,R,T",
        "S (Specific),M (Measurable),A (Achievable),R (Relevant),T (Time-bound)",
        "具体,可衡量,可实现,相关,时限",
    ):
        (record,) = csv(head, row)
        assert record.text == "Fewer damage claims", head
        assert [line.partition(": ")[2] for line in record.beside.split("\n")] == [
            "from 120 to 70 a month",
            "30 June 2027",
        ]


def test_a_weight_in_kilograms_is_no_share():
    assert [csv(f"Goal,{head}", "Raise it,28")[0].weight for head in ("Weight (kg)", "Weight [t]")] == [
        None,
        None,
    ]
    for head in ("Weight (%)", "Weight", "权重(必填)"):
        assert csv(f"Goal,{head}", "Raise it,28")[0].weight == Decimal(28), head


FORM = [
    ("目标", "降低报损"),
    ("具体", "减少苏州仓的报损件数"),
    ("可衡量", "由120件降到70件"),
    ("时限", "2027年6月30日"),
]
READ = "具体: 减少苏州仓的报损件数\n可衡量: 由120件降到70件\n时限: 2027年6月30日"


def markdown(form):
    first, *rest = (f"| {left} | {right} |\n" for left, right in form)
    return f"{first}|---|---|\n{''.join(rest)}"


def word_table(form):
    document = new_word()
    table = document.add_table(len(form), 2)
    for row, cells in zip(table.rows, form, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return word_bytes(document)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("form.md", markdown(FORM).encode()),
        ("form.csv", "".join(f"{left},{right}\n" for left, right in FORM).encode()),
        ("form.xlsx", sheet_bytes(*FORM)),
        ("form.docx", word_table(FORM)),
    ],
)
def test_a_form_in_two_columns_is_one_goal(name, data):
    (record,) = document_records(open_document(data, name), name)
    assert (record.text, record.beside) == ("降低报损", READ)


def test_a_goal_of_a_form_stands_where_its_cell_is():
    document = "Our plan\n\n" + markdown([("Owner", "Ben"), ("Goal", "Win 5 partners"), ("Deadline", "30 June 2027")])
    (record,) = read_records(document, "form.md")
    assert (record.line, record.column, record.beside) == (5, 2, "Owner: Ben\nDeadline: 30 June 2027")
    assert record.start is not None and document[record.start :].startswith("Win 5 partners")


def test_a_goal_label_begins_the_next_goal_of_a_form():
    rows = ["Goal,Win 5 partners", "Due,30 June 2027", "Weight,40%", "Goal,Cut returns", "Due,30 May 2027"]
    first, second = csv(*rows)
    assert (first.text, first.beside, first.weight) == ("Win 5 partners", "Due: 30 June 2027", Decimal(40))
    assert (second.text, second.beside, second.line) == ("Cut returns", "Due: 30 May 2027", 4)
    assert first.table == second.table == 1
    numbered = csv("目标1,新签5家伙伴", "截止日期,2027年6月", "目标2,降低报损", "截止日期,2027年5月")
    assert [record.text for record in numbered] == ["新签5家伙伴", "降低报损"]


def test_a_form_may_have_labels_that_say_nothing_of_the_goal():
    rows = ["项目,内容", "姓名,王", "部门,销售", "目标,新签5家", "期限,2027年6月", "备注,无"]
    assert [(record.text, record.beside) for record in csv(*rows)] == [("新签5家", "期限: 2027年6月")]
    assert [record.text for record in csv("Goal 1,Win 5 partners", "Goal 2,Cut returns")] == [
        "Win 5 partners",
        "Cut returns",
    ]


def test_key_results_of_a_form_stand_under_its_objective():
    records = csv("Objective,Delight teams", "KR1,NPS from 31 to 40", "KR2,5 partners", "Owner,Ana")
    assert [(record.text, record.parent, record.line) for record in records] == [
        ("NPS from 31 to 40", "Delight teams", 2),
        ("5 partners", "Delight teams", 3),
    ]


def test_a_form_without_goal_is_told_by_what_is_specific():
    (record,) = csv("项目,内容", *(f"{left},{right}" for left, right in FORM[1:]))
    assert (record.text, record.line) == ("减少苏州仓的报损件数", 2)


def test_a_form_may_have_a_title_and_stand_anywhere_in_a_sheet():
    data = sheet_bytes(
        ("2027 plan",), (None, "Goal", "Win 5 partners"), (None, "Owner", "Ben"), (None, "Due", "June 2027")
    )
    (record,) = document_records(open_document(data, "plan.xlsx"), "plan.xlsx")
    assert (record.text, record.column, record.line) == ("Win 5 partners", 3, 2)


@pytest.mark.parametrize(
    ("rows", "goals"),
    [
        (("Goal,Owner", "Win 5 partners,Ben", "Cut returns,Ana"), ["Win 5 partners", "Cut returns"]),
        (("层级,目标", "目标,更快上手", "关键结果,激活率48%"), ["更快上手", "激活率48%"]),
        (("姓名,目标", "王,新签5家", "李,降低报损"), ["新签5家", "降低报损"]),
        (("指标,目标", "营收,120万", "毛利率,30%"), ["营收", "毛利率"]),
    ],
)
def test_lists_in_two_columns_are_no_forms(rows, goals):
    assert [record.text for record in csv(*rows)] == goals


def test_headings_of_several_words():
    assert heading("Year/Goal") == ("goal", 2)
    assert heading("2026 actual") == ("baseline", 2)
    assert heading("actual") is None
    assert label("Goal (2027)", "goal") == "Goal (2027)"


def test_long_forms_are_read_in_one_pass(within):
    with within(5):
        records = csv(*["Goal,Win 5 partners", "Owner,Ben", "Due,June 2027"] * 5000)
    assert len(records) == 5000


@pytest.mark.parametrize("head", ["2026年实际", "2026實績", "2026 actual", "现状(2026年)", "Baseline (2026)"])
def test_the_year_of_a_present_figure_is_no_deadline(head):
    report = lint_records(csv(f"目标,{head},目标值,完成时间", "回款率,82%,92%,2027-12-31"), today=TODAY)
    assert not {finding.rule for goal in report.goals for finding in goal.findings} - {"mixed-script"}


@pytest.mark.parametrize("goal", ["Marketing", "12345", "Website", "Customer focus", "团队建设", "品牌升級"])
def test_words_beside_a_goal_make_it_no_milestone(goal):
    report = lint_records(csv("goal,owner,due", f"{goal},Sales team,2027-06-30"), today=TODAY)
    (judged,) = report.goals
    assert not judged.scorecard.ready
    assert "owner" not in next(finding.message for finding in judged.findings if finding.rule == "no-metric")
