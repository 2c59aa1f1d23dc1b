"""Figures that no verb labels: a day ahead, a wish or the clause before tells what they are."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.goals import Outcome
from assistant.service import Assistant, make_aim

TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant()


def only(assistant: Assistant, text: str) -> Outcome:
    brief = assistant.brief(make_aim(text, today=TODAY))
    assert not brief.conflicts
    assert len(brief.outcomes) == 1
    return brief.outcomes[0]


@pytest.mark.parametrize(
    ("text", "baseline", "target"),
    [
        ("barely 40% of our letters get answered, 70% in eight months please", "40%", "70%"),
        ("老客复购率太低，今年18%，明年26%", "18%", "26%"),
        ("客座率62%，明年第二季75%", "62%", "75%"),
        ("上月接待1200人，好评率78%，明年90%", "78%", "90%"),
        ("Suppliers are taking 21 days to reply to us, need 10 by the end of May", "21 days", "10"),
        ("We win 1 in 9 of the tenders we enter, would like that to be 1 in 5 next year.", "1 in 9", "1 in 5"),
        ("30 new clients next year (we did 19 this year)", "19", "30 new clients"),
    ],
)
def test_a_figure_with_a_day_ahead_is_the_target(assistant: Assistant, text: str, baseline: str, target: str) -> None:
    outcome = only(assistant, text)
    assert outcome.baseline is not None and outcome.baseline.text == baseline
    assert outcome.target is not None and outcome.target.text == target


@pytest.mark.parametrize("text", ["会员退会率每月5%，半年内降到3%", "會員退會率每月5%，半年內降到3%"])
def test_members_who_leave_are_churn(assistant: Assistant, text: str) -> None:
    assert only(assistant, text).metric_id == "churn-rate"


def test_a_plan_measures_nothing(assistant: Assistant) -> None:
    outcome = only(assistant, "Get invoices out faster. Plan is to bring on 3 clerks.")
    assert outcome.metric_name.lower() != "plan" and outcome.target is None
