"""Plans that stand are changed in one place, and all that hangs on it follows; nothing else moves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.errors import UsageError
from assistant.goals import Team
from assistant.goals.plan import Plan
from assistant.plans import editing, outlining, walking
from assistant.service import Assistant, make_aim
from tests.plans.made import TODAY, planned


def changed(before, after):
    """Return the pointers whose values differ."""
    old, new = dict(walking.values(before)), dict(walking.values(after))
    return {pointer for pointer in old.keys() | new.keys() if old.get(pointer) != new.get(pointer)}


def test_one_value_is_replaced_by_the_persons_words():
    plan = planned("quarterly", "zh-Hans")
    field = "/body/tasks/0/owner"
    new = editing.edit(plan, field, "陈主管")
    value = dict(walking.values(new))[field]
    assert (value.text, value.origin, value.evidence.source) == ("陈主管", "stated", "edit:1")
    moved = changed(plan, new)
    assert field in moved and all(each == field or each.startswith("/body/raci/roles/") for each in moved)
    assert "陈主管" in {role.text for role in new.body.raci.roles}
    assert new.status == "ready" and not [gate for gate in new.verdict.gates if not gate.passed]
    assert Plan.model_validate_json(new.model_dump_json()) == new


def test_a_day_outside_the_window_is_found_and_one_inside_is_not():
    plan = planned("quarterly", "en")
    late = editing.edit(plan, "/body/tasks/0/end", "2028-01-31")
    assert [each.rule for each in late.verdict.findings if each.severity == "error"] == ["date-outside-window"]
    assert late.status == "with_findings"
    mended = editing.edit(late, "/body/tasks/0/end", "15 January 2027")
    assert mended.body.tasks[0].end.text == "2027-01-15"
    assert mended.status == "ready" and len(mended.edits) == 2


def test_weights_by_hand_are_added_up_and_never_scaled():
    plan = planned("kpi-contract", "zh-Hant")
    new = editing.edit(plan, "/body/indicators/0/weight", "60%")
    assert new.body.indicators[0].weight.value == Decimal(60)
    assert [row.weight for row in new.body.indicators[1:]] == [row.weight for row in plan.body.indicators[1:]]
    assert "weights-not-100" in {each.rule for each in new.verdict.findings}
    assert new.status == "with_findings"
    bare = editing.edit(plan, "/body/indicators/0/weight", "60").body.indicators[0].weight
    assert (bare.value, bare.unit) == (Decimal(60), "%")


def test_a_blank_is_emptied_and_filled_again():
    plan = planned("kpi-contract", "en")
    filled = editing.answer(plan, "reviewer", "Head of operations")
    assert filled.body.reviewer.text == "Head of operations"
    assert "reviewer" not in {each.key for each in filled.questions}
    emptied = editing.edit(filled, "/body/reviewer", "")
    assert not emptied.body.reviewer and emptied.body.reviewer.origin == "unknown"


def test_an_answer_fills_all_its_blanks():
    plan = planned("quarterly", "zh-Hans")
    (question,) = [each for each in plan.questions if each.key == "money"]
    new = editing.answer(plan, "money", "20万元，用于培训")
    assert set(question.fields) <= changed(plan, new)
    assert "20万元" in {number.text for number in new.numbers}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("/body/tasks/999/owner", "x"), ("/body/nothing", "x"), ("/body", "x"), ("/body/tasks/0", "x"),
        ("/body/tasks/0/end", "someday"), ("/verdict/ready", "true"), ("/draft/goals/0/title", "x"),
        ("/body/risks/0/likelihood", "enormous"), ("", "x"), ("/body/tasks/-1/owner", "x"),
        ("/body/tasks/0/owner", "x" * 3000),
    ],
)  # fmt: skip
def test_what_does_not_fit_changes_nothing_and_says_so(field, text):
    with pytest.raises(UsageError) as caught:
        editing.edit(planned("quarterly", "en"), field, text)
    assert caught.value.cure


def test_a_goals_figure_is_changed_with_the_goal_alone():
    with pytest.raises(UsageError, match="of the goals"):
        editing.edit(planned("quarterly", "zh-Hans"), "/body/status/0/wanted", "90%")


def test_a_section_is_written_anew_with_what_was_added():
    plan = planned("quarterly", "zh-Hans")
    hand = editing.edit(plan, "/body/risks/0/owner", "陈主管")
    new = editing.redo(hand, "tasks", ["试点阶段（12.7-12.18）：王组长牵头，输出《试点方案》"])
    assert new.body.tasks[0].name.text == "试点阶段"
    assert new.body.tasks[0].owner.text == "王组长"
    assert {row.task for row in new.body.raci.rows} == {task.id for task in new.body.tasks}
    assert new.body.risks == hand.body.risks
    assert new.draft == hand.draft
    assert new.status == "ready", new.verdict
    assert editing.redo(new, "risks").body.risks[0].owner.text != "陈主管"
    with pytest.raises(UsageError, match="no section"):
        editing.redo(plan, "nowhere")


def test_every_section_that_shows_a_part_can_be_written_anew():
    plan = planned("service-loop", "en")
    keys = [each.key for each in outlining.outline(plan).sections if editing.parts_of(plan, each.key)]
    assert len(keys) > 5
    for key in keys:
        again = editing.redo(plan, key)
        assert again.body == plan.body


def test_the_plan_follows_its_goals():
    aim = make_aim(
        "3个月内把客户满意度从80%提升到85%", today=TODAY, language="zh-Hans", team=Team(profile="客服团队，12人"),
    )  # fmt: skip
    assistant = Assistant()
    plan = assistant.plan("quarterly", aim, llm="offline")
    plan = assistant.edit_plan(plan, "/body/tasks/0/owner", "陈主管")
    new, revised = assistant.revise_plan(plan, "把目标改成88%", llm="offline")
    assert revised.changes
    assert new.draft.goals[0].key_results[0].target == "88%"
    assert new.body.status[0].wanted.text == "88%"
    assert "8 个百分点" in new.body.status[0].gap.text
    assert new.body.tasks[0].owner.text == "陈主管"
    assert new.status == "ready"
    same, told = assistant.revise_plan(new, "天气不错", llm="offline")
    assert same is new and told.not_understood
