"""What contradicts itself, does not fit or is far too much: named in findings, and nothing of it dropped."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.errors import UsageError
from assistant.goals import DraftResult
from assistant.plans import editing, outlining, pipeline
from assistant.render.plan.markdown import plan_markdown
from assistant.service import Assistant, make_aim, make_surroundings, read_goals
from tests.plans.made import TODAY, drafted, planned


def rules(plan):
    return {each.rule for each in plan.verdict.findings if each.severity == "error"}


def test_facts_that_contradict_are_asked_about_and_both_stand():
    aim = make_aim("把客户满意度从80%提升到85%，另有人说现在是70%；3个月内做到", today=TODAY, language="zh-Hans")
    plan = Assistant().plan("quarterly", aim, llm="offline")
    shown = plan_markdown(outlining.outline(plan))
    assert "80%" in shown and "70%" in shown
    if plan.draft.conflicts:
        assert plan.status == "needs_input"
        assert plan.draft.conflicts[0].message.split("：")[0] in shown.replace("\\", "")


@pytest.mark.parametrize("kind", ["quarterly", "service-loop", "kpi-contract"])
def test_a_window_of_two_days_is_too_short_and_loses_no_work(kind):
    aim, result = drafted("zh-Hans")
    start = date(2026, 12, 7)
    short = pipeline.plan(kind, aim, result, start=start, end=start + timedelta(days=1))
    usual = pipeline.plan(kind, aim, result)
    tasks = getattr(short.body, "tasks", ())
    assert [task.name for task in tasks] == [task.name for task in getattr(usual.body, "tasks", ())]
    assert ("window-too-short" in rules(short)) == bool(tasks)
    assert "date-outside-window" not in rules(short)
    assert not tasks or short.status == "with_findings"


def test_a_window_that_ends_before_it_starts_is_refused():
    aim, result = drafted("en")
    for start, end in ((date(2027, 3, 1), date(2027, 2, 1)), (None, TODAY - timedelta(days=1))):
        with pytest.raises(UsageError, match="before it starts"):
            pipeline.plan("quarterly", aim, result, start=start, end=end)


def test_a_window_shorter_than_the_goals_is_said():
    aim, result = drafted("zh-Hans")
    plan = pipeline.plan("quarterly", aim, result, end=date(2027, 1, 31))
    assert "goal-beyond-window" in {each.rule for each in plan.verdict.findings}
    assert not [task for task in plan.body.tasks if task.end.day > date(2027, 1, 31)]


def test_one_person_under_two_spellings_is_noticed():
    plan = planned("quarterly", "zh-Hans")
    once = editing.edit(plan, "/body/tasks/0/owner", "张伟")
    assert "张伟" in {role.text for role in once.body.raci.roles}
    twice = editing.edit(once, "/body/tasks/1/owner", "张 伟（客服）")
    found = [each for each in twice.verdict.findings if each.rule == "same-person-twice"]
    assert found and "张 伟（客服）" in found[0].message and "张伟" in found[0].message
    assert "same-person-twice" not in {each.rule for each in once.verdict.findings}


def test_weights_that_cannot_sum_stand_as_told():
    aim = make_aim(
        "3个月内把客户满意度从80%提升到85%；首次解决率提升到90%", today=TODAY, language="zh-Hans",
        context=("客户满意度权重60%，首次解决率权重70%",),
    )  # fmt: skip
    plan = Assistant().plan("kpi-contract", aim, llm="offline")
    assert [row.weight.text for row in plan.body.indicators] == ["60%", "70%"]
    assert "weights-not-100" in rules(plan) and plan.status == "with_findings"
    watched = [step for step in plan.body.guardrails if "观察" in step.name.text]
    results = [each for goal in plan.goals for each in goal.key_results if not each.guardrail]
    assert len(watched) + len(plan.body.indicators) >= len({each.metric for each in results})
    assert "130%" in plan_markdown(outlining.outline(plan))


STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉"


def many(count):
    """Return a draft of many goals, each its own."""
    _, result = drafted("zh-Hans")
    data = json.loads(result.model_dump_json())
    goals, numbers = [], []
    for at in range(count):
        goal = json.loads(json.dumps(data["goals"][at % len(data["goals"])]))
        goal["id"] = f"G{at + 1}"
        for place, each in enumerate(goal["key_results"]):
            each["id"] = f"G{at + 1}-KR{place + 1}"
            each["metric_id"] = None
            each["metric"] = (
                f"{each['metric']}之{'甲乙丙丁戊己庚辛壬癸'[at // 10 % 10]}{'子丑寅卯辰巳午未申酉'[at % 10]}"
            )
        goals.append(goal)
        old = f"/goals/{at % len(data['goals'])}/"
        numbers += [
            {**n, "field": n["field"].replace(old, f"/goals/{at}/", 1)}
            for n in data["numbers"]
            if n["field"].startswith(old)
        ]
    rest = [n for n in data["numbers"] if not n["field"].startswith("/goals/")]
    return DraftResult.model_validate_json(json.dumps({**data, "goals": goals, "numbers": numbers + rest}))


def test_two_hundred_goals_all_stand_in_the_plan():
    result = many(200)
    aim = make_surroundings(result, today=TODAY)
    began = time.process_time()
    plan = pipeline.plan("kpi-contract", aim, result, from_file=True)
    outline = outlining.outline(plan)
    assert time.process_time() - began < 40
    assert sum(row.weight.value for row in plan.body.indicators) == 100
    assert all(row.weight.value > 0 for row in plan.body.indicators)
    mains = {goal.key_results[0].id for goal in plan.goals}
    assert len(mains) == 200 and mains <= {row.key_result for row in plan.body.indicators}
    assert len(outline.sections[0].blocks) > 0
    assert not [gate for gate in plan.verdict.gates[-7:] if not gate.passed]


def test_goals_from_a_file_keep_their_origins_and_what_was_typed_into_it_is_stated():
    _, result = drafted("zh-Hans")
    data = json.loads(result.model_dump_json())
    data["goals"][1]["key_results"][0]["target"] = "93%"
    data["numbers"] = [n for n in data["numbers"] if n["field"] != "/goals/1/key_results/0/target"]
    given = read_goals(json.dumps(data))
    plan = Assistant().plan("quarterly", make_surroundings(given, today=TODAY), given)
    row = next(each for each in plan.body.status if each.wanted.text == "93%")
    assert row.wanted.origin == "stated" and row.wanted.evidence.source == "goals"
    assert {figure.origin for each in plan.body.status for figure in each.wanted.figures} >= {"stated", "proposed"}
    assert not [gate for gate in plan.verdict.gates[-7:] if not gate.passed]


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", '{"goals": []}', "\x00"])
def test_a_file_that_is_no_draft_is_refused_in_a_line(text, tmp_path):
    path = tmp_path / "goals.json"
    path.write_text(text, "utf-8")
    ran = CliRunner().invoke(app, ["plan", "quarterly", "--goals", str(path)])
    assert ran.exit_code != 0 and "Traceback" not in ran.output
    assert ran.exception is not None and "goals draft" in str(ran.exception)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense", "Raise NPS from 31 to 40"], "kind of plan"),
        (["quarterly"], "aim"),
        (["quarterly", "Raise NPS from 31 to 40", "--start", "tomorrow"], "--start"),
        (["quarterly", "Raise NPS from 31 to 40", "-o", "plan.exe"], "format"),
        (["quarterly", "--goals", "nowhere.json"], "cannot be read"),
    ],
)
def test_wrong_usage_says_what_and_how(words, said):
    ran = CliRunner().invoke(app, ["plan", *words])
    assert ran.exit_code != 0 and said in f"{ran.output}{ran.exception}"
