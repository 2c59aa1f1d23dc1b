"""Blanks are put where something is missing: visible, once, in the text's own script, and never a figure."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.lint import lint_text
from assistant.lint.fixes import edits_of, fixed

TODAY = date(2026, 11, 21)
ALL = frozenset({"safe", "suggested", "placeholder"})


def mended(text):
    for _ in range(6):
        edits = edits_of(lint_text(text, today=TODAY).findings, ALL)
        if not edits:
            return text
        text = fixed(text, edits)
    raise AssertionError(f"fixes do not settle: {text}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("提升合格率", "提升合格率（目标：【目标值】）（截止：【截止日期】）"),
        ("2027年6月底前投诉量减少15%", "2027年6月底前投诉量减少15%（目前：【现值】）"),
        ("提高續約率", "提高續約率（目標：【目標值】）（截止：【截止日期】）"),
        ("Cut churn by 20%", "Cut churn by 20% (now: [baseline]) (by [deadline])"),
        ("尽快把投诉率从5%降到3%", "在【截止日期】前把投诉率从5%降到3%"),
        ("Cut churn from 5% to 3% soon", "Cut churn from 5% to 3% by [deadline]"),
        (
            "To-do: replace the door locks by 15 January 2027",
            "To-do: replace the door locks by 15 January 2027 (owner: [owner])",
        ),
    ],
)
def test_blanks(text, expected):
    assert mended(text) == expected


@pytest.mark.parametrize("text", ["提升合格率", "Cut churn by 20%", "提高續約率", "To-do: replace the door locks"])
def test_no_figure_is_inserted(text):
    assert re.findall(r"\d+", mended(text)) == re.findall(r"\d+", text)


@pytest.mark.parametrize("text", ["提升合格率", "Cut churn by 20%"])
def test_a_blank_is_seen_and_keeps_the_goal_from_being_ready(text):
    goal = lint_text(mended(text), today=TODAY)
    assert "placeholder" in {finding.rule for finding in goal.findings}
    assert not goal.scorecard.ready


def test_blanks_are_not_safe():
    findings = lint_text("提升合格率", today=TODAY).findings
    assert {finding.fix.safety for finding in findings if finding.fix} == {"placeholder"}
