"""What a line of a document is: title, section, prose, furniture of mails, mark, label, fragment or goal."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.errors import InputError
from assistant.files import open_document
from assistant.lint import lint_records, lint_text, read_records, unread_lines, unread_parts

TODAY = date(2026, 11, 21)
ZH = "1. 2027年5月底前，把漏检率从4%降到2%\n2. 2027年8月底前，把返修时长从6天缩短到3天\n"
TW = "1. 2027年5月底前，將漏檢率由4%降至2%\n2. 2027年8月底前，將返修時間由6天縮短至3天\n"
EN = "1. Cut rework from 4% to 2% by 31 May 2027\n2. Raise yield from 91% to 95% by 31 August 2027\n"


def places(document, name="plan.md"):
    """Return the lines on which the goals of a document begin."""
    return [record.line for record in read_records(document, name)]


def passed(document, name="plan.md"):
    opened = open_document(document.encode(), name)
    return unread_lines(opened, name), unread_parts(opened, name)


def rules(document, name="plan.md"):
    report = lint_records(read_records(document, name), today=TODAY)
    return [[finding.rule for finding in goal.findings if finding.severity == "error"] for goal in report.goals]


@pytest.mark.parametrize(
    "head",
    [
        "# 2027年背景调查组目标",
        "## 监控室",
        "说明：下列各项已经确认。",
        "备注: 数字取自报表。",
        "2027年风险管理部目标：",
        "**附件加工车间**",
        "## 監控課",
        "# 參考資料室目標",
        "# Notes app goals",
        "## Risk and monitoring team",
        "# Introduction service",
        "## Context search",
        "# Review of open questions 2027",
    ],
)
def test_a_word_inside_a_heading_sets_no_section_apart(head):
    goals = EN if head.isascii() else TW if any(mark in head for mark in "課參") else ZH
    assert places(f"{head}\n\n{goals}") == [3, 4]


@pytest.mark.parametrize(
    "head",
    [
        "## 三、保障措施",
        "## 重点举措",
        "## 執行方式",
        "## 背景与现状",
        "風險與對策：",
        "**行动计划**",
        "（三）工作要求",
        "## 3. How we will do it",
        "## Action plan",
        "Next steps:",
        "**Risks and assumptions**",
        "## Discussion",
    ],
)
def test_a_section_of_something_else_is_not_read_but_named(head):
    document = f"# Goals\n\n{EN}\n{head}\n\n- weekly round\n- two new colleagues\n"
    assert places(document) == [3, 4]
    assert passed(document) == ([8, 9], [head])


def test_numbered_parts_of_three_levels():
    goals = "一、2027年5月底前，將漏檢率由4%降至2%\n二、大幅縮短返修時間\n"
    document = f"壹、年度目標\n{goals}\n貳、推動作法\n一、每班抽檢\n二、教育訓練\n\n參、附件\n"
    assert places(document, "x.txt") == [2, 3]
    assert passed(document, "x.txt") == ([6, 7], ["貳、推動作法"])


@pytest.mark.parametrize("title", ["措施", "其他说明", "會議議程", "Next steps", "Notes"])
def test_a_section_may_be_headed_by_a_line(title):
    document = f"- Cut rework from 4% to 2%\n- Raise yield\n\n{title}\n\n- weekly round\n"
    assert places(document, "x.txt") == [1, 2]
    assert passed(document, "x.txt") == ([6], [title])


@pytest.mark.parametrize(
    "title", ["2027 goals – Hall 2", "Q1 2027 OKRs - Quality team", "2027年目标（质量部）", "2027年度目標 - 品保課"]
)
def test_titles_of_plain_texts(title):
    assert places(f"{title}\n\nCut rework from 4% to 2% by May 2027\n\nRaise yield\n", "x.txt") == [3, 5]


def test_a_named_goal_may_be_stated_below_its_name():
    document = "目标1 减少漏检\n2027年5月底前，漏检率从4%降到2%\n目标2 减少返修\n2027年8月底前，返修从6天降到3天\n"
    assert places(document, "x.txt") == [1, 3]
    assert places("## Goal 1: Less rework\n\nCut rework from 4% to 2% by May 2027.\n\n- Owner: Lena\n") == [1]


def test_marks_of_bold_and_struck_goals():
    document = "**Goal 1: Cut rework from 4% to 2%**\n\n**Goal 2: Raise yield**\n"
    assert [record.text for record in read_records(document, "x.md")] == ["Cut rework from 4% to 2%", "Raise yield"]
    assert places("- ~~减少漏检~~（已取消）\n- 减少返修\n") == [2]


def test_numbered_goals_may_be_explained():
    assert places("一、减少漏检\n2027年5月底前从4%降到2%\n二、减少返修\n2027年8月底前从6天降到3天\n", "x.txt") == [1, 3]
    assert places("一、减少漏检\n让客户放心。\n二、减少返修\n让交货更准时。\n", "x.txt") == [1, 3]


def test_a_label_over_a_list_is_no_objective():
    assert places("背景：\n漏检偏多。\n\n目标：\n- 减少漏检\n- 减少返修\n\n风险：\n- 人手不足\n", "x.txt") == [5, 6]


def test_a_document_of_actions_only_is_read():
    assert places("# Action plan\n\n- Ana: update the price list\n- Ben: call the ten oldest customers\n") == [3, 4]


def test_what_a_section_says_holds_below_it():
    document = "# Plan\n\n## Background\n\n### Market\n\n- prices rise\n\n## Goals\n\n### Shops\n\n- Open 3 shops\n"
    assert places(document) == [13]
    assert places("# Overview\n\n## Shops\n\n- Open 3 shops by May 2027\n") == [5]


SMART_LETTERS = """
S（具体）：减少漏检|M（可衡量）：从4%降到2%|A（可实现）：两台新设备|R（相关）：支持质量方针|T（时限）：2027年5月底
S：減少漏檢|M：由4%降至2%|A：兩台新設備|R：支持品質方針|T：2027年5月底
S (Specific): less rework|M (Measurable): from 4% to 2%|A (Attainable): two men|R (Reason): cost|T (Time): May 2027
S - less rework in hall 2|M - from 4% to 2%|A - two machines|R - saves cost|T - by 31 May 2027
**S**pecific: less rework|**M**easurable: from 4% to 2%|**A**chievable: two men|**T**ime-bound: by May 2027
"""


@pytest.mark.parametrize("lines", SMART_LETTERS.strip().split("\n"))
@pytest.mark.parametrize("mark", ["", "- "])
def test_letters_of_smart_are_one_goal(lines, mark):
    document = "\n".join(mark + line for line in lines.split("|")) + "\n"
    assert places(document) == [1]
    (record,) = read_records(document, "plan.md")
    goal = lint_text(record.text, today=TODAY)
    assert (goal.kind, [finding.rule for finding in goal.findings if finding.severity == "error"]) == ("smart_goal", [])


@pytest.mark.parametrize("mark", ["**{}**", "#### {}", "**{}**\n"])
def test_headings_may_name_the_fields_of_smart(mark):
    for labels, values in (
        ("Specific Measurable Relevant Time-bound", ["less rework in hall 2", "from 4% to 2%", "cost", "by May 2027"]),
        ("具体（S） 可衡量（M） 相关性（R） 时限（T）", ["减少一车间漏检", "从4%降到2%", "成本", "2027年5月底前"]),
        ("具體 可衡量 相關性 時限", ["減少一廠漏檢", "由4%降至2%", "成本", "2027年5月底前"]),
    ):
        goal = "\n\n".join(
            f"{mark.format(label)}\n{value}" for label, value in zip(labels.split(), values, strict=True)
        )
        assert places(goal) == [1]
        assert places(f"## 目标1：少返工\n\n{goal}\n\n## 目标2：少漏检\n\n{goal}\n") == [1, goal.count("\n") + 5]
        assert not any(rules(goal))


def test_two_letters_are_no_fields():
    assert places("- M: cut rework\n- T: raise yield\n") == [1, 2]


@pytest.mark.parametrize("mark", ["（{}）", "({})", "{}、", "{}. "])
def test_numbered_fields_are_no_key_results(mark):
    fields = ["具体：减少一车间漏检", "可衡量：从4%降到2%", "可实现：两台新设备", "时间框架：2027年5月底前"]
    goal = "\n".join(mark.format(at) + field for at, field in enumerate(fields, start=1))
    document = f"目标一：减少漏检\n{goal}\n\n目标二：减少返修\n{goal}\n"
    assert places(document, "x.txt") == [1, 7]
    assert rules(document, "x.txt") == [[], []]


MAIL = """From: Lena Brandt <lena@example.org>
To: All shift leads
Date: Fri, 20 Nov 2026
Subject: Plans

Hello everyone,

it was good to see you. These are the points we agreed on:

- Cut rework from 4% to 2% by 31 May 2027
- Buy a second scanner by 15 March 2027

Let me know what you think.

Kind regards
Lena
Quality
"""
LETTER = """主旨：明年目標

各位同仁：

您好！經討論，目標如下：

一、2027年5月底前，將漏檢率由4%降至2%
二、2027年8月底前完成兩條產線改造

以上，如有意見請告知，謝謝。

品保課 陳大明 敬上
"""
MINUTES = """例会纪要

时间：2026年11月20日 9:00
地点：二楼
主持人：赵工
出席：赵工、钱工、孙工

讨论事项：
1. 漏检率偏高，客户有意见。
2. 设备老化。

决议：
1. 2027年5月底前，把漏检率从4%降到2%，由钱工负责。
2. 2027年8月底前，完成两条产线改造，由孙工负责。

散会时间：10:30
"""
NOTICE = """关于下达2027年质量工作任务的通知

各车间：

为了加强质量管理，现将有关事项通知如下：

一、总体目标
（一）产品质量
1．2027年漏检率控制在2%以内
2．2027年底前，返修时长从6天缩短到3天
（二）现场管理
1．2027年底前，整改完成率达到98%

二、工作要求
（一）提高认识。
（二）加强检查。

特此通知。

质量部
2026年11月20日
"""
WISH = """Dear Jo,

Next year I want to cut the rework of my team from 4% to 2% by 31 May 2027.

Would that suit you?

Cheers
Kim
"""


@pytest.mark.parametrize(
    ("document", "goals"),
    [(MAIL, [10, 11]), (LETTER, [7, 8]), (MINUTES, [13, 14]), (NOTICE, [9, 10, 12]), (WISH, [3])],
)
def test_mails_minutes_and_notices(document, goals):
    assert places(document, "note.txt") == goals


@pytest.mark.parametrize(
    "document",
    [
        "Team: hire two inspectors\nMe: learn Spanish\n",
        "Company: cut rework from 4% to 2%\nTeam: hire two men\n",
    ],
)
def test_labels_of_heads_before_goals_hide_none(document):
    assert places(document, "x.txt") == [1, 2]


def test_front_matter_lays_out_no_list():
    assert places("---\nteam: quality\ndate: 2026-11-20\n---\n\nCut rework\nRaise yield\n- Hire two men\n") == [6, 7, 8]


@pytest.mark.parametrize(
    "head", ["Team: Quality\nManager: Lena\n", "部门：质量部\n填表人：钱工\n", "日期：2026/11/20\n出席：陳\n"]
)
def test_heads_of_forms(head):
    document = f"{head}\n- Cut rework\n"
    assert places(document, "x.txt") == [4]
    assert passed(document, "x.txt") == ([], [])


def test_furniture_is_not_named_as_passed_over():
    assert passed(MAIL, "mail.txt")[0] == [13]
    assert passed(MINUTES, "minutes.txt") == ([9, 10], ["讨论事项："])


def test_lines_under_a_lead_in_of_a_mail_are_goals():
    document = "Hi all,\n\nour goals for 2027:\n\nCut rework from 4% to 2%\nHire two inspectors\n\nThanks\nLena\n"
    assert places(document, "mail.txt") == [5, 6]


def test_thanks_amid_a_plain_list_end_nothing():
    assert places("减少漏检\n谢谢\n减少返修\n", "list.txt") == [1, 3]


@pytest.mark.parametrize(
    "marks",
    [
        "1.|2.|3.",
        "(1)|(2)|(3)",
        "（1）|（2）|（3）",
        "一、|二、|三、",
        "（一）|（二）|（三）",
        "1．|2．|3．",
        "①|②|③",
        "1️⃣ |2️⃣ |3️⃣ ",
        "→ |→ |→ ",
        "a) |b) |c) ",
    ],
)
def test_marks_of_lists(marks):
    goals = ["2027年5月底前，把漏检率从4%降到2%", "大幅缩短返修时长", "2027年完成12台设备改造"]
    items = [mark + goal for mark, goal in zip(marks.split("|"), goals, strict=True)]
    document = "# 目标\n" + "\n".join(items) + "\n\n# 其他\n\n- 上线看板\n"
    records = read_records(document, "plan.md")
    assert [record.text for record in records] == [*goals, "上线看板"]


@pytest.mark.parametrize(
    "line", ["1.5 million users by June 2027", "一、二线城市门店数达到80家", "5%的返修由一车间承担", "2027.6月底前完成"]
)
def test_figures_and_words_are_no_marks(line):
    assert [record.text for record in read_records(f"{line}\n减少漏检\n", "x.txt")] == [line, "减少漏检"]


@pytest.mark.parametrize("indent", ["", "   "])
def test_numbers_of_several_levels_are_marks(indent):
    document = (
        f"1. Quality\n{indent}1.1 Cut rework from 4% to 2% by May 2027\n{indent}1.2 Raise yield from 91% to 95%\n"
        f"2. People\n{indent}2.1 Hire 2 inspectors by May 2027\n"
    )
    assert [record.text[:5] for record in read_records(document, "x.txt")] == ["Cut r", "Raise", "Hire "]


@pytest.mark.parametrize(
    "goal",
    [
        "1. Cut rework\n   - From 4% to 2%\n   - By 31 May 2027\n   - Owner: Lena\n",
        "- **减少漏检**\n  - 2027年5月底前，从4%降到2%\n",
        "1. **減少漏檢**\n   - 由4%降至2%\n   - 2027年5月31日前\n   - 負責人：陳\n",
        "- Cut rework from 4% to 2% by May 2027\n  - Owner: Lena\n  - Counted at the end of each shift\n",
        "1. 2027年5月底前，把漏检率从4%降到2%\n   - 每班抽检\n   - 培训新员工\n",
        "1. **减少漏检**\n   - 目标：2027年5月底前漏检率从4%降到2%\n   - 举措：两台新设备\n",
        "1. 2027年5月底前，把漏检率从4%降到2%\n   - 行动：每班抽检\n   - 行动：培训新员工\n   - 负责人：钱工\n",
        "- 2027年5月底前，將漏檢率由4%降至2%\n  措施：\n  - 每班抽檢\n  - 培訓\n",
    ],
)
def test_what_stands_under_a_goal_belongs_to_it(goal):
    lines = goal.count("\n")
    assert places(goal + goal) == [1, lines + 1]
    assert not any(rules(goal))


@pytest.mark.parametrize(
    ("document", "goals"),
    [
        ("- Quality\n  - Cut rework\n  - Raise yield\n", [2, 3]),
        ("- Improve the quality of hall 2\n  - Cut rework from 4% to 2% by May 2027\n", [1, 2]),
        ("1. Buy a second scanner by May 2027\n- Hire two inspectors\n", [1, 2]),
        ("- Goals of our hall\n  - Goal: Cut rework\n  - Goal: Raise yield\n", [2, 3]),
    ],
)
def test_goals_under_a_title_stay_goals(document, goals):
    assert places(document) == goals


@pytest.mark.parametrize(
    "mark", ["O{}: ", "O{}. ", "O{}、", "O{}） ", "O-{}: ", "目标O{}：", "【O{}】", "O{} - ", "O{} "]
)
@pytest.mark.parametrize(
    "result", ["KR{}：", "KR{}、", "KR-{}: ", "KR1-{}：", "关键结果{}：", "结果{}：", "【KR{}】", "KR{} "]
)
def test_marks_of_okrs(mark, result):
    okr = "\n".join(
        [mark + "让质检更可靠", result.format(1) + "漏检率从4%降到2%", result.format(2) + "返修从6天降到3天"]
    )
    document = f"{okr.format(1)}\n\n{okr.format(2)}\n"
    assert places(document, "okr.txt") == [1, 5]
    goal = lint_text(read_records(document, "okr.txt")[0].text, today=TODAY)
    assert (goal.kind, len(goal.parts)) == ("objective", 2)


@pytest.mark.parametrize(
    "document",
    [
        "Objective 1 - Reliable checks\nKR1: rework from 4% to 2%\nKR2: yield from 91% to 95%\n",
        "Objective 1. Reliable checks\nKR1. rework from 4% to 2%\nKR2. yield from 91% to 95%\n",
        "Objective\nReliable checks\n\nKey results\n- rework from 4% to 2%\n- yield from 91% to 95%\n",
        "## 目標\n\n讓檢驗更可靠\n\n## 關鍵結果\n\n1. 漏檢率由4%降至2%\n2. 返修由6天降至3天\n",
        "**Objective:** Reliable checks\n**Key results:**\n- rework from 4% to 2%\n- yield from 91% to 95%\n"
        "\n**Owner:** Lena\n**Deadline:** 31 May 2027\n",
        "- Reliable checks\n  - KR1: rework from 4% to 2%\n  - KR2: yield from 91% to 95%\n",
        "**O1 让质检更可靠**\n\n- 漏检率从4%降到2%\n- 返修从6天降到3天\n",
        "- O1：让质检更可靠\n  - KR1：漏检率从4%降到2%\n    - 行动：抽检\n    - 行动：培训\n"
        "  - KR2：返修从6天降到3天\n",
        "### 目标：让质检更可靠\n\n- 关键结果：\n  - 漏检率从4%降到2%\n  - 返修从6天降到3天\n- 负责人：钱工\n",
    ],
)
def test_shapes_of_okrs(document):
    (record,) = read_records(document, "okr.md")
    goal = lint_text(record.text, today=TODAY)
    assert (goal.kind, len(goal.parts)) == ("objective", 2)


def test_lists_of_goals_and_of_results_make_no_objective():
    assert places("## 目标\n- 减少漏检\n- 减少返修\n\n## 关键结果\n- 上线看板\n") == [2, 3, 6]


def test_numbered_measures_are_goals_of_their_own():
    document = "KPI 1：漏检率从4%降到2%\nKPI 2：返修从6天降到3天\nKPI 3：合格率从91%提升到95%\n"
    assert [record.text[:3] for record in read_records(document, "x.txt")] == ["漏检率", "返修从", "合格率"]


@pytest.mark.parametrize(
    "goal",
    [
        "目标名称：减少漏检\n目标描述：减少一车间漏检\n衡量标准：从4%降到2%\n负责人：钱工\n截止日期：2027-05-31\n",
        "目標：減少漏檢\n具體：減少一廠漏檢\n衡量標準：由4%降至2%\n行動計畫：每班抽檢\n完成時間：2027年5月31日\n負責人：陳\n",
        "Goal: Less rework\nMeasure: from 4% to 2%\nObstacle: old machines\nDeadline: 31 May 2027\nOwner: Lena\n",
        "【目标】减少漏检\n【具体】减少一车间漏检\n【可衡量】从4%降到2%\n【时间框架】2027年5月31日前\n",
        "目标一：减少漏检\n衡量指标：漏检率从4%降到2%\n期限：2027年5月31日\n权重：50%\n",
    ],
)
def test_fields_of_one_goal_stay_together(goal):
    assert places(f"{goal}\n{goal}", "x.txt") == [1, goal.count("\n") + 2]
    assert not any(rules(goal, "x.txt"))


@pytest.mark.parametrize(
    ("head", "goals"),
    [
        ("**Team:** Quality\n**Period:** Q1 2027\n", "- Cut rework from 4% to 2%\n"),
        ("姓名：钱工\n部门：质量部\n考核周期：2027年上半年\n", "- 漏检率从4%降到2%\n"),
        ("姓名：陳\n職稱：工程師\n考核期間：2027年上半年\n", "- 漏檢率由4%降至2%\n"),
    ],
)
def test_the_head_of_a_form_is_no_goal_but_lends_its_period(head, goals):
    document = f"{head}\n{goals}"
    assert places(document) == [head.count("\n") + 2]
    assert rules(document) == [[]]


def test_measures_under_headed_goals():
    document = (
        "# 2027年目标\n\n### 1. 2027年5月底前把漏检率从4%降到2%\n\n**措施**：\n- 每班抽检\n- 培训\n\n"
        "### 2. 2027年8月底前完成两条产线改造\n\n**措施**：\n- 招标\n"
    )
    assert [record.text for record in read_records(document, "plan.md")] == [
        "2027年5月底前把漏检率从4%降到2%",
        "2027年8月底前完成两条产线改造",
    ]
    assert passed(document)[0] == [6, 7, 12]


@pytest.mark.parametrize(
    ("document", "goals"),
    [
        ("# Goals\n\nMake checks more reliable.\nOpen the test hall.\n\n# Next steps\n\n- Book a room\n", [3, 4]),
        ("# 目標\n\n大幅減少漏檢\n\n# 後續\n\n- 訂會議室\n", [3, 7]),
        ("# Goals\n\nWe met in May.\n\n- Cut rework\n- Raise yield\n", [5, 6]),
        ("# Goals\n\nWe met in May.\n\n## Hall 1\n\n- Cut rework\n", [7]),
    ],
)
def test_lines_under_a_heading_of_goals_are_goals_where_no_list_is(document, goals):
    assert places(document) == goals


def csv(*lines):
    return read_records("\n".join(lines) + "\n", "goals.csv")


@pytest.mark.parametrize(
    "rows",
    [
        ("Type,ID,Description,Owner", "Objective,O1,Reliable checks,Lena", "Key Result,KR1,Rework from 4% to 2%,Lena"),
        ("类型,内容,负责人", "目标,让质检更可靠,钱工", "关键结果,漏检率从4%降到2%,钱工"),
        ("層級,名稱,期限", "目標,讓檢驗更可靠,2027-05-31", "關鍵結果,漏檢率由4%降至2%,2027-05-31"),
    ],
)
def test_kinds_beside_descriptions_are_no_goals(rows):
    first, second = csv(*rows)
    assert (first.line, first.kind, second.kind) == (2, "objective", "key_result")
    assert second.parent == first.text


@pytest.mark.parametrize(
    ("document", "goals"),
    [
        (
            "Improve customer satisfaction significantly\n\nReduce churn from 6% to 4% by 30 June 2027\n\n"
            "Objective: Become the leading platform\nKR1: 100 new customers\nKR2: Launch v2\n",
            [1, 3, 5],
        ),
        (
            "大幅提升客户满意度\n\n2027年6月底前把漏检率从4%降到2%\n\n目标：成为首选\nKR1：新增100家\nKR2：上线新版\n",
            [1, 3, 5],
        ),
        (
            "We met in May\n\nReduce churn from 6% to 4% by 30 June 2027\n\n"
            "Objective: Become the leading platform\nKR1: 100 new customers\nKR2: Launch v2\n",
            [3, 5],
        ),
    ],
)
def test_a_line_that_says_what_is_to_be_done_is_a_goal_beside_others(document, goals):
    assert [record.line for record in read_records(document, "list.txt")] == goals


def test_rows_of_okrs_without_heading():
    rows = ["O1,Reliable checks,", "KR1,Rework from 4% to 2%,2027-05-31"]
    rows += ["O2,Happy people,", "KR1,Turnover from 9% to 6%,2027-05-31"]
    records = csv("Q2 plan,,", *rows)
    assert [record.text for record in records] == [row.split(",")[1] for row in rows]
    assert [record.parent for record in records[1::2]] == ["Reliable checks", "Happy people"]
    assert records[1].beside == "Due: 2027-05-31"


@pytest.mark.parametrize("rows", [("KR1,x", "KR2,y"), ("Words,Key Result", "x,y")])
def test_a_kind_alone_is_never_a_goal(rows):
    try:
        records = csv(*rows)
    except InputError:
        return
    assert "Key Result" not in [record.text for record in records]
    assert not {"KR1", "KR2"} & {record.text for record in records}


@pytest.mark.parametrize(
    ("head", "row", "goal"),
    [
        ("一级指标,二级指标,目标值,权重", "质量,漏检率,≤2%,60%", "漏检率"),
        ("一級指標,二級指標,三級指標,目標值", "品質,檢驗,漏檢率,≤2%", "漏檢率"),
        ("一级指标,目标值,权重", "漏检率,≤2%,60%", "漏检率"),
        ("項次,目標項目,衡量標準,完成期限", "1,減少漏檢,由4%降至2%,116/05/31", "減少漏檢"),
        ("重点工作,预期成果,完成时间", "减少漏检,漏检率从4%降到2%,2027-05-31", "减少漏检"),
        ("Initiative,Success metric,Target date", "Reliable checks,rework from 4% to 2%,2027-05-31", "Reliable checks"),
        ("重点工作,目标,完成时间", "质检,漏检率从4%降到2%,2027-05-31", "漏检率从4%降到2%"),
        ("目标,衡量,截止", "减少漏检,4% → 2%,2027-05-31", "减少漏检"),
    ],
)
def test_headings_of_columns(head, row, goal):
    (record,) = csv(head, row)
    assert record.text == goal


@pytest.mark.parametrize("day", ["116/05/31", "116.5.31", "116-05-31"])
def test_days_of_the_taiwanese_calendar(day):
    (goal,) = lint_records(csv("目標,期限", f"漏檢率由4%降至2%,{day}"), today=TODAY).goals
    assert not goal.findings
    assert goal.traits.time_bound


@pytest.mark.parametrize(
    "document",
    [
        "## 2027年目标\n- 漏检率由4%降至2%（负责人：孙主任）\n- 返修缩短到3天（截止日期：2027年8月31日）\n",
        "## 2027年目標\n- 漏檢率由4%降至2%（負責人：孫主任）\n- 返修滿意度（目標值：92%）\n",
        "## 2027年目标\n1、将漏检率从4%降到2%【责任人：孙】\n2、返修3天 负责人：孙\n",
        "## Goals for 2027\n- Open two halls (Owner: Lena)\n- Train welders [Due: 31 May 2027]\n",
    ],
)
def test_a_label_in_a_bracket_at_the_end_makes_no_field(document):
    assert places(document) == [2, 3]
    assert passed(document) == ([], [])


OKRS = "O1：减少漏检\nKR1：漏检率从4%降到2%\nKR2：返修从6天降到3天\n"


@pytest.mark.parametrize("mark", ["", "- "])
@pytest.mark.parametrize("sign", ["", "# "])
@pytest.mark.parametrize(
    ("title", "labels"),
    [
        ("2027年Q2 质量部OKR", "负责人：孙|周期：2027年4月1日—2027年6月30日"),
        ("質量部 2027 年第二季目標", "部門：品保課"),
        ("质量部晨会记录", "时间：2026年11月20日 9:00"),
        ("品保課月會紀錄（草稿）", "時間：2026/11/20 上午|地點：二樓"),
        ("2027年质量工作计划", "负责人：孙|时间：2027年"),
        ("Quality OKRs - Q2 2027", "Owner: Lena|Period: Q2 2027"),
        ("Weekly quality meeting", "Time: 20 November 2026, 9:00"),
    ],
)
def test_labels_under_a_title_are_the_head_of_a_document(title, labels, sign, mark):
    lines = [sign + title, *(mark + label for label in labels.split("|")), ""]
    assert places("\n".join(lines) + "\n" + OKRS) == [len(lines) + 1]
    assert passed("\n".join(lines) + "\n" + OKRS) == ([], [])


@pytest.mark.parametrize(("sign", "mark"), [("", ""), ("", "- "), ("# ", "- ")])
@pytest.mark.parametrize(
    "goals",
    [
        "减少漏检|负责人：孙|时间：2027年5月底||减少返修|负责人：李|时间：2027年8月底",
        "2027年检验计划|负责人：孙|时间：2027年5月底||2027年培训计划|负责人：李|时间：2027年8月底",
        "降低漏检目标|负责人：孙|截止日期：2027年5月||减少返修|负责人：李|截止日期：2027年8月",
        "Rework targets|Owner： Lena|Due： May 2027||Fewer returns|Owner： Tom|Due： June 2027",
        "完成质量目标|负责人：孙|周期：2027年||减少返修|负责人：李|周期：2027年",
    ],
)
def test_labels_under_a_goal_are_its_own(goals, sign, mark):
    lines = [mark + line if "：" in line else sign + line for line in goals.split("|")]
    lines[3] = ""
    assert places("\n".join(lines) + "\n") == [1, 5]


@pytest.mark.parametrize(
    "head",
    [
        "存在的问题",
        "问题与不足",
        "當前存在的問題",
        "经费预算",
        "預算",
        "所需資源",
        "资源保障",
        "决议",
        "會議決議",
        "實施對象",
        "組織分工",
        "Budget",
        "Decisions",
        "Resources needed",
        "Key risks",
    ],
)
def test_sections_beside_the_goals_hold_none(head):
    document = f"# Plan\n\n## 目标\n\n{ZH}\n## {head}\n\n- 两台新设备\n- 60万元\n"
    assert places(document) == [5, 6]
    assert passed(document) == ([10, 11], [f"## {head}"])


@pytest.mark.parametrize("head", ["## 决议", "## 會議決議事項", "## Decisions"])
def test_decisions_are_goals_where_no_part_is_headed_so(head):
    assert places(f"# 会议\n\n## 讨论\n\n- 漏检偏多\n\n{head}\n\n{ZH}\n## 待办\n\n- 孙：发通知\n") == [9, 10]


@pytest.mark.parametrize(
    "head", "预计完成日|預計完成日期|时间要求|時間要求|完成时限|Target completion|ETA|Due".split("|")
)
def test_columns_of_deadlines(head):
    table = f"| 目标 | {head} |\n|---|---|\n| 漏检率从4%降到2% | 2027-05-31 |\n"
    if head.isascii():
        table = f"| Goal | {head} |\n|---|---|\n| Cut rework from 4% to 2% | 2027-05-31 |\n"
    assert rules(table) == [[]]


@pytest.mark.parametrize("label", ["【时间框架】", "【時間框架】", "[Time frame]"])
def test_a_boxed_label_over_its_value_is_no_blank(label):
    goal = f"【具体】\n漏检率从4%降到2%\n{label}\n2027年5月31日前\n"
    assert rules(goal, "x.txt") == [[]]
    assert rules(goal.replace("2027年5月31日前\n", ""), "x.txt") != [[]]


@pytest.mark.parametrize("source", ["以ERP月末库存报表为准", "依月底盤點數字", "按季末结账余额计算"])
def test_what_is_counted_at_the_end_of_a_month_is_no_deadline(source):
    assert rules(f"- 具体：库存从6天降到3天\n- 可衡量：{source}\n- 时限：2027年5月31日前\n") == [[]]


@pytest.mark.parametrize(
    "title", ["Quality OKRs - Q2 2027", "Quality goals, Q2 2027", "质量部OKR 2027年Q2", "品保課目標－2027年第二季"]
)
@pytest.mark.parametrize("sign", ["", "# "])
def test_a_title_lends_its_time(title, sign):
    report = lint_records(read_records(f"{sign}{title}\n\n{OKRS}", "x.md"), today=TODAY)
    assert [goal.scorecard.time_bound for goal in report.goals] == ["pass"]
