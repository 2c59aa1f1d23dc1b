"""How documents become records: one goal, one record, nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.errors import InputError
from assistant.lint import read_records


def texts(document, name="list.md"):
    return [record.text for record in read_records(document, name)]


def test_one_goal_a_line():
    records = read_records("提升客户满意度\n\n降低投诉率\n", "list.txt")
    assert [(record.id, record.text) for record in records] == [
        ("list.txt:1", "提升客户满意度"),
        ("list.txt:3", "降低投诉率"),
    ]


def test_list_items_not_headings_or_prose():
    document = (
        "# Goals 2027\n\nWe met in March and agreed on these. They follow the plan. Questions go to the office.\n\n"
        "- Reduce churn from 6% to 5% by May\n* [ ] Launch the site\n  by 30 June\n"
        "1. Hire two nurses\n\n## Notes\n- printed on Friday\n"
    )
    assert texts(document) == ["Reduce churn from 6% to 5% by May", "Launch the site\n  by 30 June", "Hire two nurses"]


def test_page_chrome_is_no_goal():
    assert texts("提升客户满意度\n2个月前 0条评论\n共4条回复 我来回复\n登录\n降低投诉率\n") == [
        "提升客户满意度",
        "降低投诉率",
    ]


LABELLED = """以下是门店团队的目标列表。

### **目标1：缩短结账等候**
- **具体**：调整高峰期的收银排班
- **可衡量**：平均等候时间从6分钟缩短到4分钟
- **可实现**：现有收银员12名，不加人
- **相关性**：支持公司的客流目标
- **时间框架**：2027年6月30日前
- **监控方式**：每周看一次排队记录

---

### **目标2：减少商品过期**
- **具体**：先进先出，临期商品提前调拨
- **可衡量**：过期损耗率从2.1%降到1.4%
- **时间框架**：2027年9月30日前

### **监控策略**
- **例会**：每两周一次
- **复盘**：季度末

通过以上目标，门店会更好。
"""


def test_labelled_goals_are_one_unit_each():
    records = read_records(LABELLED, "plan.md")
    assert [record.line for record in records] == [3, 13]
    assert "监控方式" in records[0].text
    assert "例会" not in records[1].text


def test_labelled_goals_in_one_line():
    flat = " ".join(line for line in LABELLED.split("\n") if line)
    records = read_records(flat, "plan.md")
    assert len(records) == 2
    assert records[0].text.endswith("每周看一次排队记录")


def test_labelled_goals_in_english_and_traditional_chinese():
    english = (
        "Specific: fewer queues\nMeasurable: from 6 to 4 minutes\nTime-bound: by "
        "June\n\nSpecific: less waste\nMeasurable: 3%\n"
    )
    chinese = (
        "目標一：減少等候\n具體：調整排班\n可衡量：6分鐘降到4分鐘\n時限：2027年6月底\n"
        "目標二：減少報廢\n具體：先進先出\n可衡量：1.4%\n"
    )
    assert len(texts(english)) == 2
    assert len(texts(chinese)) == 2


def test_objective_and_key_results_are_one_record():
    assert texts("O: Delight customers\nKR1: NPS to 50\nKR2: churn to 3%\n\nO2: Grow\n- KR1: 20 partners\n") == [
        "O: Delight customers\nKR1: NPS to 50\nKR2: churn to 3%",
        "O2: Grow\n- KR1: 20 partners",
    ]
    assert len(texts("目标：客户满意\n关键结果1：CSAT到90%\n关键结果2：投诉率降到3%\n")) == 1


def test_numbered_goals_without_fields():
    assert texts("目标1：降低投诉率\n目标2：提升转化率\n") == ["降低投诉率", "提升转化率"]


def test_markdown_table():
    document = "| 编号 | 目标 | 负责人 |\n|---|---|---|\n| 1 | 降低投诉率 | 组长 |\n| 2 | 提升转化率 | 主管 |\n"
    assert texts(document) == ["降低投诉率", "提升转化率"]


def test_json_lines():
    rows = '{"id": "a", "text": "降低投诉率", "kind": "key_result", "today": "2027-01-01"}\n\n{"text": "x"}\n'
    records = read_records(rows, "goals.jsonl")
    assert (records[0].id, records[0].kind, records[0].today) == ("a", "key_result", date(2027, 1, 1))
    assert records[1].id == "goals.jsonl:3"
    assert read_records(rows, "-")[0].id == "a"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        ("{}", "text"),
        ('{"text":"a","kind":"b"}', "kind 'b'"),
        ('{"text":"a","today":"x"}', "today 'x'"),
    ],
)
def test_broken_json_lines_are_named(row, why):
    with pytest.raises(InputError, match=r"goals\.jsonl:2") as error:
        read_records(f'{{"text":"ok"}}\n{row}\n', "goals.jsonl")
    assert why in str(error.value)


def test_csv_with_a_recognised_column():
    rows = '﻿编号,目标内容,负责人\nG1,"把投诉率从5%降到3%\n2027年6月前",组长\n,降低离职率,主管\n,,\n'
    records = read_records(rows, "kpi.csv")
    assert [(record.id, record.line) for record in records] == [("G1", 2), ("kpi.csv:4", 4)]


def test_csv_without_a_goal_column():
    with pytest.raises(InputError, match="'owner'"):
        read_records("id,owner\n1,a\n", "kpi.csv")


@pytest.mark.parametrize("document", ["", "  \n\t", "﻿"])
def test_empty_document(document):
    with pytest.raises(InputError, match="empty"):
        read_records(document, "list.txt")
