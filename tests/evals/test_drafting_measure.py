"""The measure of the offline drafter: what its stricter checks ask, and what its table says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.goals import DraftResult
from assistant.service import Assistant
from evals import drafting
from evals.checks.drafted import Drafted
from evals.drafting_cases import DraftingCase

ROW: dict[str, Any] = {
    "id": "t-fill.en", "version": 1, "language": "en", "cluster": "t-fill", "split": "held", "tags": ["supply"],
    "today": "2026-12-01",
    "input": {
        "aim": "Raise order fill rate from 91% to 96% by the end of June 2027", "team": "", "org_goals": [],
        "improve": [], "resources": [], "context": [], "count": None,
    },
    "must_keep": ["91%", "96%"], "must_not_state": ["98%"], "families": [[]], "metrics": [[]], "goals": 1,
    "baseline": [{"metric": "order-fill-rate", "value": "91%"}],
    "target": [{"metric": "order-fill-rate", "value": "96%"}], "deadline": "2027-06-30", "conflicts": [],
}  # fmt: skip


def case(**changed: Any) -> DraftingCase:
    return DraftingCase.model_validate_json(json.dumps(ROW | changed))


@cache
def answer() -> Drafted:
    assistant, aim = Assistant(), case().aim()
    return Drafted(assistant.brief(aim), assistant.draft(aim, llm="offline"))


def spoilt(**main: Any) -> Drafted:
    """Return the draft with other values in its main result."""
    result = answer().result
    assert isinstance(result, DraftResult)
    goal = result.goals[0]
    results = (goal.key_results[0].model_copy(update=main), *goal.key_results[1:])
    goals = (goal.model_copy(update={"key_results": results}),)
    return Drafted(answer().brief, result.model_copy(update={"goals": goals}))


def test_a_baseline_and_a_target_have_to_meet_in_one_key_result() -> None:
    assert drafting.figures_in_field(case(), answer()).value == 1
    assert drafting.figures_in_field(case(), spoilt(baseline=None)).value == 0.5
    swapped = drafting.figures_in_field(case(), spoilt(baseline="96%", target="91%"))
    assert swapped.value == 0
    assert swapped.why == "not in its field: baseline 91%, target 96%"
    result = answer().result
    assert isinstance(result, DraftResult)
    other = result.goals[0].key_results[1].model_copy(update={"target": "96%"})
    goal = spoilt(target=None).result.goals[0]  # type: ignore[union-attr]
    apart = result.model_copy(
        update={"goals": (goal.model_copy(update={"key_results": (goal.key_results[0], other)}),)}
    )
    assert drafting.figures_in_field(case(), Drafted(answer().brief, apart)).value == 0.5


def test_steps_may_stand_in_the_statement_and_the_last_has_the_field() -> None:
    steps = case(target=[{"metric": "order-fill-rate", "value": value} for value in ("93%", "96%")])
    assert drafting.figures_in_field(steps, answer()).why == "not in its field: step 93%"
    assert drafting.figures_in_field(steps, spoilt(statement="first 93%, then 96%")).passed


@pytest.mark.parametrize("changed", [{"baseline": [], "target": []}, {"conflicts": ["target"]}])
def test_nothing_stated_and_contradictions_are_not_scored(changed: dict[str, Any]) -> None:
    assert drafting.figures_in_field(case(**changed), answer()).value is None


def test_a_deadline_is_that_of_some_key_result() -> None:
    assert drafting.deadline_kept(case(), answer()).passed
    assert drafting.deadline_kept(case(deadline="2027-07-31"), answer()).passed is False
    assert drafting.deadline_kept(case(deadline=None), answer()).value is None


def test_conflicts_are_counted_apart_where_there_are_any_and_where_none_are() -> None:
    assert drafting.conflict_false(case(), answer()).passed
    assert drafting.conflict_missed(case(), answer()).value is None
    assert drafting.conflict_missed(case(conflicts=["deadline"]), answer()).passed is False


def test_the_table_has_every_check_and_the_misses_say_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    file = tmp_path / "aims.jsonl"
    lost = ROW | {"id": "t-lost.en", "must_keep": ["17%"]}
    file.write_text(f"{json.dumps(ROW)}\n{json.dumps(lost)}\n", "utf-8")
    drafting.main([str(file), "--misses", "facts_kept"])
    shown = capsys.readouterr().out
    assert all(f"| {title} |" in shown for title, _ in drafting.CHECKS.values())
    assert "| stated facts kept verbatim |  |  | 0.500 (1/2) | 0.500 (1/2) |" in shown
    assert "1 of 2 aims fail a check" in shown
    assert "facts_kept: lost: 17%" in shown
    drafting.main([str(file), "--json", "--filter", "t-fill supply"])
    told = json.loads(capsys.readouterr().out)
    assert told["facts_kept"]["en"] == {"mean": 1.0, "passed": 1, "scored": 1}
    assert told["facts_kept"]["zh-Hans"]["mean"] is None


def test_a_file_that_holds_no_aims_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "aims.jsonl"
    file.write_text('{"id": "x"}\n', "utf-8")
    with pytest.raises(SystemExit) as stopped:
        drafting.main([str(file)])
    assert stopped.value.code == 2
    assert "aims.jsonl:1: `version`" in capsys.readouterr().err
