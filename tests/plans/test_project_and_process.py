"""Projects and process improvements hold what was said in its place, and nothing in the place of what was not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.goals import Team
from assistant.plans import pipeline
from assistant.service import Assistant, make_aim
from tests.plans.made import TODAY


def planned(kind, text, *context, team="", resources=()):
    aim = make_aim(text, today=TODAY, context=context, team=Team(profile=team, resources=resources))
    return pipeline.plan(kind, aim, Assistant().draft(aim, llm="offline"))


def texts(values, origin=None):
    return [each.text for each in values if origin is None or each.origin == origin]


@pytest.fixture(scope="module")
def platform():
    """The learning platform that the fourth source document describes."""
    return planned(
        "project",
        "6个月内上线新版在线教育平台，课程完成率从60%提升到75%",
        "新版在线教育平台包含课程发布、学员管理、在线学习和互动交流，初期不包含直播功能和社交模块。"
        "交付物：源代码、部署文档、用户操作手册、测试报告、培训材料、项目总结报告。验收标准：响应时间不超过2秒",
        "项目经理负责进度和风险，产品经理负责需求定义",
        "预算：软件12万元，培训费3万元，总预算20万元",
        resources=("后端开发工程师3人全职，UI设计师1人半职",),
    )


def test_scope_deliverables_and_criteria_are_the_persons(platform):
    body = platform.body
    assert platform.status == "ready"
    assert texts([each.text for each in body.scope if each.inside]) == ["课程发布", "学员管理", "在线学习", "互动交流"]
    assert "直播功能和社交模块" in texts([each.text for each in body.scope if not each.inside], "stated")
    assert [each.name.text for each in body.deliverables][:3] == ["源代码", "部署文档", "用户操作手册"]
    assert body.acceptance[0].content.text == "响应时间不超过2秒"
    assert body.acceptance[0].content.origin == "stated"


def test_whoever_was_named_takes_the_place_of_the_usual_role(platform):
    body = platform.body
    owners = {task.owner.text for task in body.tasks}
    assert {"项目经理", "产品经理"} <= owners
    assert "需求负责人" not in owners | {each.name.text for each in body.roles}
    assert next(each for each in body.roles if each.name.text == "产品经理").name.origin == "stated"


def test_the_budget_holds_the_sums_given_and_blanks(platform):
    lines = platform.body.budget
    assert lines[0].amount.value == Decimal(200000)
    assert {each.item.text: each.amount.value for each in lines if each.amount.origin == "stated"} == {
        lines[0].item.text: Decimal(200000), "软件": Decimal(120000), "培训费": Decimal(30000)
    }  # fmt: skip
    assert all(each.amount.blank for each in lines if each.amount.origin != "stated")
    assert "培训" not in {each.item.text for each in lines}


def test_no_work_starts_before_what_it_needs(platform):
    ends = {task.id: task.end.day for task in platform.body.tasks}
    for task in platform.body.tasks:
        assert all(ends[need] < task.start.day for need in task.needs)


def test_own_phases_take_the_place_of_the_usual_course():
    body = planned(
        "project",
        "Launch the new learning platform and raise course completion from 60% to 75% within 6 months",
        "Design, 4 Jan to 29 Jan: product manager leads, delivers the requirements paper. "
        "Build, 1 Feb to 30 Apr: engineering lead leads, delivers the platform.",
    ).body
    assert [task.name.text for task in body.tasks][:2] == ["Design", "Build"]
    assert body.tasks[1].needs == ("P1",)
    assert len(body.tasks) == 4
    assert min(task.start.day for task in body.tasks[2:]) > body.tasks[1].end.day
    assert "requirements paper" in [each.name.text for each in body.deliverables]


@pytest.fixture(scope="module")
def orders():
    """The order process and the chain of whys that the fourth source document describes."""
    return planned(
        "process-improvement",
        "8个月内把订单处理周期从48小时缩短到24小时",
        "为什么客户投诉率高？因为问题解决不及时。为什么解决不及时？因为技术支持响应慢。"
        "为什么响应慢？因为工单流转环节多且没有自动化。",
        "现有流程：接单→登记→审批→派单→处理。痛点：每个订单要手动录入3次",
        "措施：多级审批改为单级（影响高，难度低）、引入RPA机器人（影响高，难度高）、换座位。人：新人没有培训",
        team="订单处理组，8人",
    )


def test_the_chain_of_whys_goes_on_where_the_person_stopped(orders):
    (chain,) = orders.body.whys
    assert [each.answer.text for each in chain.steps] == [
        "问题解决不及时", "技术支持响应慢", "工单流转环节多且没有自动化", "", ""
    ]  # fmt: skip
    assert chain.root.blank


def test_process_problem_and_causes_are_placed(orders):
    body = orders.body
    assert [each.name.text for each in body.process] == ["接单", "登记", "审批", "派单", "处理"]
    assert texts(body.problems) == ["每个订单要手动录入3次"]
    stated = [(each.kind, each.text.text) for each in body.causes if each.text.origin == "stated"]
    assert stated == [("man", "新人没有培训")]
    assert {each.kind for each in body.causes} == {
        "man", "machine", "material", "method", "environment", "measurement"
    }  # fmt: skip


def test_measures_rank_by_impact_and_ease_and_an_unjudged_one_has_no_place(orders):
    ranked = {each.name.text: each for each in orders.body.ranking}
    assert ranked["多级审批改为单级（影响高，难度低）"].rank == 1
    robot = ranked["引入RPA机器人（影响高，难度高）"]
    assert (robot.impact, robot.ease) == ("high", "low")
    assert ranked["换座位"].rank is None
    places = sorted(each.rank for each in orders.body.ranking if each.rank)
    assert places == list(range(1, len(places) + 1))


def test_before_and_after_has_figures_of_the_person_and_a_blank_for_what_is_measured(orders):
    row = orders.body.comparison[0]
    assert (row.before.text, row.after.text) == ("48小时", "24小时")
    assert row.actual.blank
    assert "24小时" in row.gain.text


@pytest.mark.parametrize("kind", ["project", "process-improvement"])
def test_nothing_said_leaves_blanks_that_ask(kind):
    plan = planned(kind, "Cut order processing time from 48 hours to 24 hours within 6 months")
    asked = {question.key for question in plan.questions}
    assert plan.status == "ready"
    assert asked >= ({"background", "outside", "criteria"} if kind == "project" else {"steps", "problem", "why"})
