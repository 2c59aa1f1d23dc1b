"""A department's year and a person's development: what was said in its place, figures worked out only from figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.goals import Team
from assistant.plans import outlining, parting, pipeline
from assistant.render.plan.markdown import plan_markdown
from assistant.service import Assistant, make_aim
from tests.plans.made import TODAY


def planned(kind, text, *context, end=None, **team):
    aim = make_aim(text, today=TODAY, context=context, team=Team(**team))
    return pipeline.plan(kind, aim, Assistant().draft(parting.for_goals(aim), llm="offline"), end=end)


@pytest.fixture(scope="module")
def support():
    """The year of technical support that the fourth source document describes."""
    return planned(
        "annual",
        "把客户满意度从80%提升到90%，首次解决率从70%提升到85%",
        "使命：用可靠的技术支持让业务少停顿。第一季度：优化基础架构，升级老旧系统；第二季度：搭建新产品支持体系；第三季度：提升自动化水平",
        "年度预算120万元，培训费20万元",
        end=date(2027, 12, 31),
        profile="技术支持部，25人",
        org_goals=("提升客户满意度",),
    )


def test_mission_company_goal_and_budget_are_the_persons_and_the_vision_is_asked_for(support):
    body = support.body
    assert support.status == "ready"
    assert (body.mission.text, body.mission.origin) == ("用可靠的技术支持让业务少停顿", "stated")
    assert body.vision.blank
    assert body.alignment[0].wanted.text == "提升客户满意度"
    assert body.budget[0].amount.value == Decimal(1200000)


def test_quarters_have_their_focus_and_lead_to_the_target(support):
    rows = support.body.quarters
    told = {row.end.day: row.focus.text for row in rows if row.focus.origin == "stated"}
    assert told[date(2027, 3, 31)].startswith("优化基础架构")
    assert told[date(2027, 6, 30)].startswith("搭建新产品支持体系")
    assert rows[-1].targets[0].text == "90%"
    way = [Decimal(row.targets[0].figures[0].value) for row in rows]
    assert way == sorted(way)
    assert all(figure.tentative for row in rows[:-1] for figure in row.targets[0].figures)
    assert [row.start.day for row in rows[1:]] == [date.fromordinal(row.end.day.toordinal() + 1) for row in rows[:-1]]


def test_a_year_is_not_planned_for_its_last_month():
    plan = planned("annual", "Raise customer satisfaction from 80% to 90% this year")
    assert (plan.window.end.day - plan.window.start.day).days > 180


@pytest.fixture(scope="module")
def engineer():
    """The engineer's plan that the fourth source document describes."""
    return planned(
        "career",
        "Read 2 professional books a month within a year",
        "Position: software engineer. Strengths: Python, learns fast; weaknesses: little architecture experience. "
        "Vision: within five years a full-stack expert who leads the design of large projects. Mentor: Mr. Li",
    )


def test_a_career_plan_speaks_of_one_person_only(engineer):
    shown = plan_markdown(outlining.outline(engineer)).casefold()
    body = engineer.body
    assert {task.owner.text for task in body.tasks} == {"myself"}
    assert not body.watch.alerts
    for words in ("head of department", "our team", "team members", "the team"):
        assert words not in shown


def test_what_the_person_said_of_themselves_is_placed(engineer):
    body = engineer.body
    assert [each.text for each in body.swot.strengths] == ["Python", "learns fast"]
    assert body.swot.opportunities[0].blank
    assert body.position.text == "software engineer"
    assert body.visions[1].state.text.startswith("within five years")
    assert "little architecture experience" in [each.ability.text for each in body.gaps]
    assert body.network[0].owner.origin == "stated"


def test_a_vision_is_no_second_deadline(engineer):
    assert engineer.status == "ready"
