"""Versions, comparison, explanation and the command line of follow-ups."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.errors import UsageError
from assistant.goals import DraftResult, History, Language
from tests.drafting.revising_scenes import AIMS, LANGUAGES, assistant, scene

HANS, HANT, EN = LANGUAGES


def history(language: Language, name: str, *instructions: str) -> tuple[History, list[str]]:
    aim, result = scene(language, name)
    versions, told = History.begin(aim, result), []
    for instruction in instructions:
        versions, revised = assistant().follow_up(versions, instruction, llm="offline")
        told += revised.told
    return versions, told


@pytest.mark.parametrize(
    ("language", "change", "undo", "redo"),
    [
        (HANS, "目标改成90%", "撤销", "重做"),
        (HANT, "目標改成 90%", "復原", "重做"),
        (EN, "make the target 90%", "undo", "redo"),
    ],
)
def test_undo_and_redo(language: Language, change: str, undo: str, redo: str) -> None:
    first = scene(language, "one")[1]
    versions, _ = history(language, "one", change, undo)
    assert versions.version.result == first
    assert (versions.can_undo, versions.can_redo) == (False, True)
    versions, _ = history(language, "one", change, undo, redo)
    assert versions.version.result.goals[0].key_results[0].target == "90%"
    versions, told = history(language, "one", undo)
    assert (versions.current, len(versions.versions), len(told)) == (0, 1, 1)


def test_a_change_after_undo_replaces_what_was_undone() -> None:
    versions, _ = history(EN, "one", "make the target 90%", "undo", "make the target 92%")
    assert [each.instruction for each in versions.versions] == ["", "make the target 92%"]
    assert not versions.can_redo


def test_what_changes_nothing_makes_no_version() -> None:
    versions, _ = history(HANS, "one", "今天天气不错", "为什么用这个指标", "目标改成10%", "用中文")
    assert len(versions.versions) == 1


def test_a_history_can_be_stored() -> None:
    versions, _ = history(EN, "one", "make the target 90%")
    assert History.model_validate_json(versions.model_dump_json()) == versions


def test_versions_are_compared_field_by_field() -> None:
    versions, _ = history(HANS, "three", "第二个目标不要了", "目标改成91%")
    changes = {each.field: each for each in versions.compare(1, 2)}
    assert (changes["/goals/0/key_results/0/target"].before, changes["/goals/0/key_results/0/target"].after) == (
        "88%",
        "91%",
    )
    assert not any(field.startswith("/goals/1") for field in changes)
    dropped = versions.compare(0, 1)
    assert {each.kind for each in dropped if each.field.startswith("/goals/1/")} == {"removed"}
    assert not any(each.field.startswith(("/goals/0", "/goals/2")) for each in dropped)
    assert versions.compare(1, 1) == ()


def pointers(result: DraftResult) -> list[str]:
    return [
        f"/goals/{at}/key_results/{place}/{slot}"
        for at, goal in enumerate(result.goals)
        for place in range(len(goal.key_results))
        for slot in ("target", "baseline", "deadline", "metric", "owner")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["one", "bare", "three"])
def test_every_value_is_explained(language: Language, name: str) -> None:
    result = scene(language, name)[1]
    for pointer in pointers(result):
        found = assistant().explain(result, pointer)
        assert found.text.strip()
        assert "{" not in found.text
        assert (found.quote == "") == (found.source == "")
        if found.quote:
            passages = assistant().search(found.quote, 8, language, "methods")
            cited = [each.quote for each in result.citations]
            assert found.quote in cited or any(found.quote in passage.text for passage in passages)


def test_an_explanation_says_where_a_value_comes_from() -> None:
    versions, _ = history(EN, "one", "make the target 90%")
    result = versions.version.result
    assert assistant().explain(result, "/goals/0/key_results/0/target").origin == "stated"
    assert "changed it to" in assistant().explain(result, "/goals/0/key_results/0/target").text
    first = scene(EN, "one")[1]
    assert "suggestion" in assistant().explain(first, "/goals/0/key_results/0/target").text
    assert "82%" in assistant().explain(first, "/goals/0/key_results/0/baseline").text
    metric = assistant().explain(first, "/goals/0/key_results/0/metric").text
    assert "survey response rate" in metric
    assert "guardrail" in assistant().explain(first, "/goals/0/key_results/3/metric").text


@pytest.mark.parametrize(
    "pointer", ["", "/goals/0", "/goals/9/key_results/0/target", "/goals/0/key_results/9/target", "/goals/0/title", "x"]
)
def test_a_pointer_to_nothing_is_refused(pointer: str) -> None:
    with pytest.raises(UsageError):
        assistant().explain(scene(EN, "one")[1], pointer)


def test_the_command_applies_follow_ups_in_order() -> None:
    run = CliRunner().invoke(
        app,
        ["draft", AIMS[HANS]["one"], "--today", "2026-11-21", "--llm", "offline", "--format", "json",
         "--then", "目标改成90%", "--then", "改用英文", "--then", "drop goal 7", "--then", "only two key results",
         "--then", "undo"],
    )  # fmt: skip
    assert run.exit_code == 0, run.stderr
    result = json.loads(run.stdout)
    assert result["language"] == EN
    assert result["goals"][0]["key_results"][0]["target"] == "90%"
    assert len(result["goals"][0]["key_results"]) == 4
    assert "There is no goal 7" in run.stderr
