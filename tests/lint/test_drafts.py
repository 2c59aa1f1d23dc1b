"""A draft's fields are judged together, and honest blanks are not held against it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.lint import lint_draft_goal

TODAY = date(2026, 11, 21)
GOOD = {
    "statement": "售后客服组在2027年2月5日前，把月度CSAT从82%提高到86%",
    "specific": "管在线聊天和电话两个渠道的全部已关闭工单",
    "measurable": "CSAT＝评为满意的评价数÷有效评价数",
    "achievable": "12名一线客服，不加人",
    "relevant": "支持公司的续约目标",
    "time_bound": "2026年11月23日开工，2027年2月5日截止；1月的数在2027年2月9日读取",
    "key_results/0/statement": "月度CSAT从82%提高到86%",
    "key_results/1/statement": "每千张工单投诉数：基线未知（待测），目标比基线低15%",
}


def judge(fields, **given):
    return lint_draft_goal(fields, today=TODAY, **{"has_org_goal": False, "has_resources": False, **given})


def test_good_draft_has_no_findings():
    card, findings, traits = judge(GOOD)
    assert [(f.rule, f.field, f.text) for f in findings if f.severity != "info"] == []
    assert card.ready
    assert (card.achievable, card.relevant) == ("todo", "todo")
    assert traits.time_bound


def test_letters_follow_what_is_given():
    card, _, _ = judge(GOOD, has_org_goal=True, has_resources=True)
    assert (card.achievable, card.relevant) == ("pass", "pass")


@pytest.mark.parametrize(
    "blank", ["未知（待测）", "待确认", "待定", "to be named", "not known yet", "負責人待確認", "TBD"]
)
def test_marked_blanks_are_no_placeholders(blank):
    _, findings, _ = judge({**GOOD, "key_results/2/statement": f"邀评覆盖率不低于11月的水平，现值{blank}"})
    assert [finding.rule for finding in findings if finding.rule == "placeholder"] == []


def test_findings_carry_field_and_place():
    _, findings, _ = judge({**GOOD, "measurable": "CSAT提升X%"})
    (finding,) = [finding for finding in findings if finding.rule == "placeholder"]
    assert finding.field == "/measurable"
    assert GOOD["measurable"] != finding.text
    assert "CSAT提升X%"[finding.start : finding.end] == finding.text


def test_contradiction_in_a_key_result():
    card, findings, _ = judge({**GOOD, "/key_results/0/statement": "投诉率从5%降低到8%"})
    assert [f.field for f in findings if f.rule == "direction-contradiction"] == ["/key_results/0/statement"]
    assert not card.ready


def test_empty_draft():
    card, findings, _ = judge({"statement": ""})
    assert not card.ready
    assert findings
