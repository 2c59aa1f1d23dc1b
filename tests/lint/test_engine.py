"""How findings are settled, suppressed, folded from parts and worded; and what peers get wrong."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.errors import UsageError
from assistant.lint import all_rules, choose, find_rule, lint_text
from assistant.lint.docs import HEADINGS, page
from assistant.lint.engine import _rules

TODAY = date(2026, 11, 21)


def rules(text, **given):
    return [finding.rule for finding in lint_text(text, today=TODAY, **given).findings]


def test_one_cause_gives_one_finding():
    assert sorted(rules("大幅提升客户满意度，尽快见效")) == [
        "no-metric",
        "vague-deadline",
        "vague-quantifier",
        "vague-verb",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "把投诉率从5%降到3% <!-- goals: ignore no-deadline -->",
        "把投诉率从5%降到3%（goals: ignore no-deadline）",
        "把投诉率从5%降到3% # goals: ignore T501",
        "Cut churn from 5% to 3% [goals: ignore]",
    ],
)
def test_suppression_in_the_line(text):
    assert rules(text) == []


def test_suppression_is_for_the_named_rule_only():
    assert rules("把投诉率从5%降到3% <!-- goals: ignore no-metric -->") == ["no-deadline"]


def test_select_and_ignore():
    text = "大幅提升客户满意度，尽快见效"
    assert rules(text, select={"vague-deadline"}) == ["vague-deadline"]
    assert "vague-deadline" not in rules(text, ignore={"vague-deadline"})


def test_preview_rules_are_off_unless_named(monkeypatch):
    text = "2027年6月底前合格率达到90%，确保合格率达到85%"
    assert "conflicting-targets" in rules(text)
    monkeypatch.setattr(find_rule("conflicting-targets"), "preview", True)
    _rules.cache_clear()
    try:
        assert "conflicting-targets" not in rules(text)
        assert rules(text, select={"conflicting-targets"}) == ["conflicting-targets"]
    finally:
        _rules.cache_clear()


def test_unknown_rule_gets_a_suggestion():
    with pytest.raises(UsageError, match="no-metric"):
        choose(["no-metrics"])
    assert find_rule("t501").name == "no-deadline"
    assert choose(["no-metric,T501"]) == {"no-metric", "no-deadline"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("把投诉率从5%降到3%", "没有写期限。"),
        ("把客訴率從5%降到3%", "沒有寫期限。"),
        ("Cut churn from 5% to 3%", "No date says when this is due."),
    ],
)
def test_messages_are_in_the_texts_language(text, word):
    assert [finding.message for finding in lint_text(text, today=TODAY).findings] == [word]


def test_objective_with_key_results():
    text = (
        "Objective: Delight 10,000 customers\nKR1: Launch the newsletter\nKR2: Weekly "
        "content meeting\nKR3: Better open rates"
    )
    goal = lint_text(text, today=TODAY)
    assert [(f.rule, f.text) for f in goal.findings] == [
        ("number-in-objective", "10,000 customers"),
        ("activity-not-outcome", "Launch the newsletter"),
        ("result-without-number", "Weekly content meeting"),
        ("result-without-number", "Better open rates"),
    ] or [f.rule for f in goal.findings] == [
        "number-in-objective",
        "activity-not-outcome",
        "result-without-number",
        "result-without-number",
    ]
    assert goal.kind == "objective"
    assert [part.kind for part in goal.parts] == ["key_result"] * 3
    assert text[goal.parts[0].start : goal.parts[0].end] == "Launch the newsletter"


def test_key_results_inherit_the_cycle():
    goal = lint_text("2027年Q1 OKR\nO：客户愿意推荐我们\nKR1：NPS从45提升到55\nKR2：投诉率从5%降到3%", today=TODAY)
    assert goal.findings == ()


def test_labelled_goal_is_one_unit():
    text = (
        "目标1：缩短退款时间\n- 具体：重排退款审核的两道关口\n- 可衡量：平均退款时间从72小时降到48小时\n"
        "- 可实现：利用现有的审核系统，不加人\n- 相关性：支持公司98%的履约目标\n"
        "- 时间框架：2027年3月31日前\n- 监控方式：每周看报表"
    )
    goal = lint_text(text, today=TODAY)
    assert goal.findings == ()
    assert goal.scorecard.ready
    assert (goal.scorecard.achievable, goal.scorecard.relevant) == ("pass", "pass")


# What other tools were seen to get wrong.


def test_reversed_numbers_are_caught():
    assert "direction-contradiction" in rules("Reduce churn 5% → 8%")


def test_a_year_is_no_baseline():
    goal = lint_text("NPS to 50 by 2027", today=TODAY)
    assert goal.traits.has_baseline is False
    assert "current-value-missing" in [finding.rule for finding in goal.findings]


def test_length_is_not_counted_in_spaces():
    assert lint_text("客服组在2027年3月31日前将首次响应时间从90秒缩短到45秒", today=TODAY).scorecard.ready


def test_shipping_cost_is_no_task():
    goal = lint_text("Shipping cost per order down from $6.40 to $5.80 by 31 March 2027", today=TODAY)
    assert goal.findings == ()
    assert goal.traits.outcome_not_activity is True


def test_placeholders_do_not_score_well():
    assert not lint_text("Increase sign-ups by X% by [date], owner: TBD", today=TODAY).scorecard.ready


def test_repeating_a_figure_does_not_help():
    assert not lint_text("50% 50% 50%", today=TODAY).scorecard.ready


@pytest.mark.parametrize("text", ["Reduce churn from 8% to 5% by 30 June 2027", "2027年6月底前把投诉率从5%降到3%"])
def test_decrease_goals_are_not_warned(text):
    assert rules(text) == []


def test_activity_with_a_result_is_fine():
    assert "activity-not-outcome" not in rules("2027年一季度举办5次促销，贡献总销售目标的30%")


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_rule_page_has_all_headings(rule, language):
    text = page(rule, language)
    for heading in HEADINGS[language].values():
        assert f"## {heading}\n\n" in text
    assert rule.sources
