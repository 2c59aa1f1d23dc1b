"""Keeps the goals that nobody asked to change exactly as they were, whoever wrote the rest.

Knows nothing about instructions: it is told which goals of the old draft stay, and at which place.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.goals import Citation, Draft, DraftResult, Goal, Number


@dataclass(frozen=True, slots=True)
class Keep:
    """Goals of an earlier draft that stay.

    Attributes:
        before: the earlier draft.
        offline: pairs of the place in the new draft and in the earlier one, where the offline drafter writes.
        model: the same where a model writes.
    """

    before: DraftResult
    offline: tuple[tuple[int, int], ...]
    model: tuple[tuple[int, int], ...]


def put_back(
    draft: Draft,
    numbers: tuple[Number, ...],
    citations: tuple[Citation, ...],
    before: DraftResult,
    pairs: tuple[tuple[int, int], ...],
) -> tuple[Draft, tuple[Number, ...], tuple[Citation, ...]]:
    """Return a new draft in which the goals of `pairs` read as before, with the origin of their figures."""
    goals = list(draft.goals)
    kept = [(new, old) for new, old in pairs if new < len(goals) and _same(goals[new], before.goals[old])]
    found = [each for each in numbers if _goal_of(each.field) not in {new for new, _ in kept}]
    quotes = {each.id: each for each in (*before.citations, *citations)}
    for new, old in kept:
        goals[new] = _numbered(before.goals[old], new)
        for number in before.numbers:
            if _goal_of(number.field) == old:
                rest = number.field.split("/", 3)[3]
                found.append(number.model_copy(update={"field": f"/goals/{new}/{rest}"}))
    cited = {id for goal in goals for id in goal.citations}
    used = tuple(each for id, each in quotes.items() if id in cited)
    return draft.model_copy(update={"goals": tuple(goals)}), tuple(found), used


def _same(one: Goal, other: Goal) -> bool:
    """Whether two goals measure the same."""
    first, second = one.key_results[0], other.key_results[0]
    if first.metric_id and second.metric_id:
        return first.metric_id == second.metric_id
    return first.metric.casefold() == second.metric.casefold()


def _goal_of(field: str) -> int | None:
    parts = field.split("/")
    return int(parts[2]) if parts[1] == "goals" else None


def _numbered(goal: Goal, place: int) -> Goal:
    results = tuple(
        each.model_copy(update={"id": f"G{place + 1}-KR{at}"}) for at, each in enumerate(goal.key_results, 1)
    )
    return goal.model_copy(update={"id": f"G{place + 1}", "key_results": results})
