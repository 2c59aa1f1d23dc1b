"""The offline drafter end to end: real catalogue, real index, three languages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.goals import DraftResult, Team
from assistant.service import Assistant, make_aim
from tests.conftest import tries

TODAY = date(2026, 11, 21)
ROOT = Path(__file__).resolve().parent.parent.parent
MAIN = {
    "zh-Hans": "客服团队想提升客户满意度，现在CSAT是82%，希望明年上半年见效",
    "zh-Hant": "客服團隊想提升顧客滿意度，目前 CSAT 是 82%，希望明年上半年看到成效",
    "en": "The support team wants happier customers; CSAT is 82% today, and it should show by 30 June 2027",
}


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant()


def drafted(assistant: Assistant, text: str, **more: object) -> DraftResult:
    return assistant.draft(make_aim(text, today=TODAY, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", MAIN)
def test_the_main_job(assistant: Assistant, language: str) -> None:
    result = drafted(assistant, MAIN[language])
    assert result.status == "ready", result.verdict
    assert result.language == language
    assert result.drafter.kind == "offline"
    (goal,) = result.goals
    main = goal.key_results[0]
    assert main.metric_id == "csat"
    assert main.baseline == "82%"
    assert main.deadline == date(2027, 6, 30)
    assert 2 <= len(goal.key_results) <= 5
    assert {each.kind for each in goal.key_results} == {"leading", "lagging"}
    assert any(each.guardrail for each in goal.key_results)
    origins = {
        number.field.rsplit("/", 1)[-1]: number for number in result.numbers if "/key_results/0/" in number.field
    }
    assert origins["baseline"].origin == "stated"
    assert origins["target"].origin == "proposed"
    assert origins["target"].evidence.formula
    assert all(gate.passed for gate in result.verdict.gates)
    assert result.citations
    assert len(result.questions) <= 3
    assert result.monitoring_strategy
    assert "baseline" not in {question.slot for question in result.questions}


def test_every_number_points_at_its_place(assistant: Assistant) -> None:
    for text in MAIN.values():
        result = drafted(assistant, text)
        data = result.model_dump(mode="json")
        for number in result.numbers:
            value: object = data
            for part in number.field.strip("/").split("/"):
                value = value[int(part)] if isinstance(value, list) else value[part]  # type: ignore[index]
            if number.origin == "unknown":
                assert value is None
            else:
                assert str(value)[number.start : number.end] == number.text


@pytest.mark.parametrize("text", MAIN.values())
def test_the_same_request_gives_the_same_draft(assistant: Assistant, text: str) -> None:
    first, second = (drafted(assistant, text).model_copy(update={"timings": {}}) for _ in range(2))
    assert first == second


def test_different_aims_get_different_goals(assistant: Assistant) -> None:
    first = drafted(assistant, "降低退货率").goals[0]
    second = drafted(assistant, "降低员工主动离职率").goals[0]
    for name in ("specific", "measurable", "achievable"):
        assert getattr(first, name) != getattr(second, name)
    assert set(first.initiatives).isdisjoint(second.initiatives)


def test_an_unknown_baseline_becomes_a_measured_first_step(assistant: Assistant) -> None:
    result = drafted(assistant, "提升店铺的复购")
    goal = result.goals[0]
    assert goal.key_results[0].baseline is None
    assert goal.milestones[1].date < date(2026, 12, 31)
    blanks = [number for number in result.numbers if number.origin == "unknown"]
    assert blanks
    assert all(number.evidence.formula for number in blanks)
    assert result.status == "ready"


def test_two_baselines_are_a_conflict_and_asked_about(assistant: Assistant) -> None:
    result = drafted(assistant, "提升客户满意度，现在CSAT是82%", context=("10月的报告里 CSAT 是 78%。",))
    assert result.status == "needs_input"
    (conflict,) = result.conflicts
    assert conflict.slot == "baseline"
    assert {value.text for value in conflict.values} == {"82%", "78%"}
    assert result.questions[0].slot == "baseline"
    assert result.goals


def test_a_target_worse_than_today_is_a_conflict(assistant: Assistant) -> None:
    result = drafted(assistant, "把退货率从12%降到15%")
    assert result.status == "needs_input"
    assert result.conflicts[0].slot == "target"


def test_a_deadline_in_the_past_is_a_conflict(assistant: Assistant) -> None:
    result = drafted(assistant, "Raise CSAT from 82% to 86% by 30 June 2025")
    assert "deadline" in {conflict.slot for conflict in result.conflicts}


@pytest.mark.parametrize(
    ("text", "metric", "baseline", "target", "direction"),
    [
        ("三個月內將App評分由3.8提升到4.5", "App評分", "3.8", "4.5", "up"),
        ("志愿讲解场次从8场增加到15场，2027年7月底前", "志愿讲解场次", "8场", "15场", "up"),
        ("降低线上事故数量，每月不超过2起，目前每月6起", "线上事故数量", "6起", "2起", "down"),
        ("Raise sponsor interviews from 8 to 15 by 30 June 2027", "sponsor interviews", "8", "15", "up"),
    ],
)
def test_a_measure_of_the_persons_own_keeps_its_figures(
    assistant: Assistant, text: str, metric: str, baseline: str, target: str, direction: str
) -> None:
    result = drafted(assistant, text)
    main = result.goals[0].key_results[0]
    assert (main.metric, main.metric_id) == (metric, None)
    assert (main.baseline, main.target, main.direction) == (baseline, target, direction)
    assert result.status == "ready", result.verdict


def test_figures_never_move_to_a_metric_whose_unit_cannot_carry_them(assistant: Assistant) -> None:
    result = drafted(assistant, "公众号粉丝从3.5万到5万，国庆前")
    main = result.goals[0].key_results[0]
    assert (main.metric, main.target) == ("公众号粉丝", "5万")
    assert "1.5万" in result.goals[0].achievable


def test_last_years_aim_is_history(assistant: Assistant) -> None:
    result = drafted(assistant, "去年目标是90%，实际做到82%，明年把满意度做到88%")
    main = result.goals[0].key_results[0]
    assert (main.baseline, main.target) == ("82%", "88%")
    assert not result.conflicts


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("提升客户满意度到90%，负责人王芳", "王芳"),
        ("把退货率降下来，由售后组长负责", "售后组长"),
        ("Raise NPS to 45, owner: Dana", "Dana"),
    ],
)
def test_a_named_owner_owns_the_key_results(assistant: Assistant, text: str, owner: str) -> None:
    assert {each.owner for each in drafted(assistant, text).goals[0].key_results} == {owner}


def test_a_greeting_is_asked_what_should_get_better(assistant: Assistant) -> None:
    result = drafted(assistant, "hello there")
    assert result.status == "needs_input"
    assert result.questions[0].slot == "outcome"
    assert result.goals


@pytest.mark.parametrize("line", (ROOT / "evals/cases/teams.jsonl").read_text("utf-8").splitlines())
def test_a_teams_profile_gives_five_goals_and_a_strategy(assistant: Assistant, line: str) -> None:
    given_ = json.loads(line)["input"]
    team = Team(
        profile=given_["team"],
        org_goals=tuple(given_["org_goals"]),
        improve=tuple(given_["improve"]),
        resources=tuple(given_["resources"]),
    )
    result = drafted(assistant, "", team=team)
    assert len(result.goals) == 5
    assert len({goal.title for goal in result.goals}) == 5
    assert len(result.monitoring_strategy) >= 4
    assert result.status == "ready", [finding for finding in result.verdict.findings if finding.severity == "error"]
    assert not result.conflicts
    everything = result.model_dump_json()
    for goal in team.org_goals:
        assert goal.rstrip("。") in everything
    for means in team.resources:
        assert means.rstrip("。") in everything


def test_the_count_is_kept(assistant: Assistant) -> None:
    for count in (1, 3):
        assert len(drafted(assistant, "提升客户满意度", count=count).goals) == count


@settings(max_examples=tries(10), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=60))
def test_any_aim_gives_a_checked_draft(text: str) -> None:
    assistant = SHARED
    try:
        aim = make_aim(text, today=TODAY)
    except InputError:
        return
    result = assistant.draft(aim)
    assert result.goals
    failed = [gate for gate in result.verdict.gates if not gate.passed]
    assert not (result.status == "ready" and failed)


SHARED = Assistant()


@pytest.mark.parametrize(
    "text", ["把 {aim} 做好 ${x} {{7*7}} %s", "<script>alert(1)</script> 提升满意度", "提升满意度\u202e倒过来"]
)
def test_hostile_text_is_only_text(assistant: Assistant, text: str) -> None:
    assert drafted(assistant, text).goals
