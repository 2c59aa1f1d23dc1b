"""Checks: what the person stated is kept, verbatim and in its place. Know nothing about how goals were written."""

from __future__ import annotations

from assistant.evaluation.samples import Score
from evals.checks.drafted import Drafted
from evals.drafting_cases import DraftingCase, LabelledValue, has_token
from evals.suite import graded, met, unscored


def facts_kept(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when every labelled figure and date stands in the goals as typed, and the runtime gate agrees."""
    if answer.failure:
        return met(False, answer.failure)
    text = answer.goals_text()
    lost = [token for token in case.must_keep if not has_token(text, token)]
    gate = answer.gate("facts_kept")
    if lost:
        return met(False, "lost: " + ", ".join(lost))
    if gate is not None and not gate.passed:
        return met(False, gate.why)
    return met(True, f"{len(case.must_keep)} stated figures kept")


def figures_placed(case: DraftingCase, answer: Drafted) -> Score:
    """Grade the share of labelled baselines, targets and deadline that stand in their field of some key result."""
    if answer.failure:
        return met(False, answer.failure)
    if answer.result is None:
        return unscored("plain text has no fields")
    if case.conflicts:
        return unscored("what contradicts itself is not placed")
    results = [result for goal in answer.result.goals for result in goal.key_results]
    baselines = [f"{result.baseline or ''}" for result in results]
    targets = [f"{result.target or ''} {result.statement}" for result in results]
    wanted = [
        *((value, baselines) for value in case.baseline),
        *((value, targets) for value in case.target),
    ]
    wrong = [value.value for value, places in wanted if not _stands(value, places)]
    total = len(wanted)
    if case.deadline is not None:
        total += 1
        if not any(result.deadline == case.deadline for result in results):
            wrong.append(case.deadline.isoformat())
    if not total:
        return unscored("nothing was stated")
    return graded(1 - len(wrong) / total, "not in its place: " + ", ".join(wrong) if wrong else "all in their place")


def _stands(value: LabelledValue, places: list[str]) -> bool:
    return any(has_token(place, value.value) for place in places)


def no_baseline_made_up(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when no key result has a baseline where the person gave none."""
    if answer.failure:
        return met(False, answer.failure)
    if answer.result is None:
        return unscored("plain text has no fields")
    if case.baseline:
        return unscored("a baseline was stated")
    made = [
        f"{result.id}: {result.baseline}"
        for goal in answer.result.goals
        for result in goal.key_results
        if result.baseline is not None
    ]
    return met(not made, "; ".join(made[:3]))
