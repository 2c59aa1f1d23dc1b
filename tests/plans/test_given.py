"""What a person says for a plan is read where it stands and put where it belongs."""

from __future__ import annotations

import pytest

from assistant.goals import Team
from assistant.service import Assistant, make_aim
from tests.plans.made import TODAY


@pytest.fixture(scope="module")
def plan():
    aim = make_aim(
        "3个月内把客户满意度从82%提升到90%", today=TODAY, language="zh-Hans",
        team=Team(
            profile="运营部，15人，熟悉工单系统", org_goals=("全年续约率提升到80%",),
            resources=("活动经费上限20万元", "现有CRM系统"),
        ),
        context=(
            "需求调研（12.7-12.18）：产品经理主导，输出《需求白皮书》；上线（1.4-1.29）：运维团队保障。",
            "销售部提供客户反馈，财务部审批预算",
        ),
    )  # fmt: skip
    return Assistant().plan("quarterly", aim, llm="offline")


def test_phases_keep_their_days_owners_and_deliverables(plan):
    first, second = plan.body.tasks[:2]
    assert (first.name.text, first.owner.text, first.deliverable.text) == ("需求调研", "产品经理", "《需求白皮书》")
    assert (first.start.text, first.end.text) == ("2026-12-07", "2026-12-18")
    assert (second.owner.text, second.needs) == ("运维团队", (first.id,))
    assert {first.end.origin, first.name.origin} == {"computed", "stated"}


def test_phases_are_no_second_deadline(plan):
    assert plan.status == "ready" and plan.draft.conflicts == ()


def test_means_stand_as_given_or_as_limits(plan):
    rows = {(row.given.text, row.limit.text) for row in plan.body.resources}
    assert ("", "活动经费上限20万元") in rows
    assert ("现有CRM系统", "") in rows and ("熟悉工单系统", "") in rows and ("15人", "") in rows


def test_partners_are_consulted_and_named_in_the_cooperation(plan):
    assert [(each.partner.text, each.need.text) for each in plan.body.cooperation[:2]] == [
        ("销售部", "提供客户反馈"), ("财务部", "审批预算"),
    ]  # fmt: skip
    assert {"销售部", "财务部"} <= {role.text for role in plan.body.raci.roles}
    for row in plan.body.raci.rows:
        assert sum(entry.letters.count("A") for entry in row.entries) == 1


def test_the_goal_above_is_quoted(plan):
    assert [each.wanted.text for each in plan.body.alignment] == ["全年续约率提升到80%"]
