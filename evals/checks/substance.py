"""Checks: the right metric, the number of goals, conflicts raised, sound structure. Know nothing about wording."""

from __future__ import annotations

from assistant import catalogue
from assistant.evaluation.samples import Score
from assistant.goals import Goal
from evals.checks.drafted import Drafted
from evals.checks.numbers import from_gate
from evals.drafting_cases import DraftingCase
from evals.suite import graded, met, unscored


def metric_family(case: DraftingCase, answer: Drafted) -> Score:
    """Grade the share of labelled outcomes whose family leads some goal; each goal counts for one outcome only."""
    if answer.failure:
        return met(False, answer.failure)
    wanted = [set(families) for families in case.families if families]
    if not wanted:
        return unscored("nothing in the catalogue fits, and none is asked for")
    if answer.result is None:
        return unscored("plain text names no metric of its own")
    led = [_families(goal) for goal in answer.result.goals]
    right = _matched(wanted, led)
    shown = "; ".join(", ".join(sorted(families)) or "none" for families in led)
    return graded(right / len(wanted), f"{right} of {len(wanted)} right; led by {shown}")


def _families(goal: Goal) -> set[str]:
    """Return the families of a goal's main result, by its catalogue id or by the name it is given.

    Drafters order their results differently: the main one is that whose metric the goal's statement names.
    """
    results = [result for result in goal.key_results if not result.guardrail] or list(goal.key_results)
    named = [result for result in results if _core(result.metric) in goal.statement]
    leading = (named or results)[0]
    metrics = catalogue.load().metrics
    if leading.metric_id is not None and leading.metric_id in metrics:
        return set(metrics[leading.metric_id].families)
    hits = catalogue.default().named(leading.metric) or catalogue.default().named(leading.statement)
    return {family for hit in hits[:1] for id in hit.metrics for family in metrics[id].families}


def _core(metric: str) -> str:
    """Return a metric's name without what stands in brackets behind it."""
    return metric.split("（")[0].split("(")[0].strip() or metric


def _matched(wanted: list[set[str]], led: list[set[str]]) -> int:
    """Return how many of `wanted` can each be given a goal of their own (augmenting paths)."""
    taken: dict[int, int] = {}

    def place(index: int, seen: set[int]) -> bool:
        for goal, families in enumerate(led):
            if goal in seen or not wanted[index] & families:
                continue
            seen.add(goal)
            if goal not in taken or place(taken[goal], seen):
                taken[goal] = index
                return True
        return False

    return sum(place(index, set()) for index in range(len(wanted)))


def goals_counted(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when there are as many goals as were asked for, or as outcomes that the aim names."""
    if answer.failure:
        return met(False, answer.failure)
    wanted = case.input.count or case.goals
    if wanted is None or answer.result is None:
        return unscored("no number of goals is right or wrong here")
    return met(len(answer.result.goals) == wanted, f"{len(answer.result.goals)} goals, {wanted} expected")


def conflict_raised(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when each labelled conflict is raised, and none where the request has none."""
    if answer.failure:
        return met(False, answer.failure)
    if answer.result is None:
        return unscored("plain text raises nothing by name")
    raised = {conflict.slot for conflict in answer.result.conflicts}
    missed, false = set(case.conflicts) - raised, raised if not case.conflicts else set()
    why = [f"missed: {', '.join(sorted(missed))}"] if missed else []
    why += [f"raised without one: {', '.join(sorted(false))}"] if false else []
    return met(not why, "; ".join(why))


def schema(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when the answer has the asked form: complete goals with 2 to 5 key results."""
    return from_gate(answer, "schema")


def citation_valid(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when every quote stands word for word in the passage it names."""
    return from_gate(answer, "citation_valid")


def dates_in_order(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when no milestone lies after the last read-out and no date is impossible."""
    return from_gate(answer, "dates_in_order")


def no_invented_owners(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when nobody is named whom the person did not name."""
    return from_gate(answer, "no_invented_owners")


def goals_as_stated(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when a stated pair of values is taken up by a key result."""
    return from_gate(answer, "goals_as_stated")
