"""Puts what a person wrote themselves back into a draft that was written anew. Knows nothing about why it was.

Their words go where the drafter writes what they had replaced; where only figures of it are others now, the words take
those. Where the drafter has something else to say, it is said: the person's words spoke of what no longer holds.
"""

from __future__ import annotations

from datetime import date

from assistant.drafting.editing import fields, figures
from assistant.goals import Aim, Draft, Edited, Followup, Goal, Number

KEY = "edit:"


def put_back(draft: Draft, numbers: tuple[Number, ...], aim: Aim) -> tuple[Draft, tuple[Number, ...]]:
    """Return a draft and its numbers with the fields of a request that the person wrote themselves."""
    for number, followup in enumerate(aim.followups, 1):
        edited = followup.edited
        if edited is None:
            continue
        field = _found(edited, draft.goals)
        if field is None:
            continue
        at, rest = field
        now = fields.get(draft.goals[at], rest)
        text = now if confirms(followup) and now == edited.after else _fitted(edited, now, aim.today)
        if text is None:
            continue
        draft, numbers = placed(draft, numbers, at, rest, text, followup, f"{KEY}{number}", aim.today)
    return draft, numbers


def stands(edited: Edited, goals: tuple[Goal, ...]) -> bool:
    """Tell whether a field still reads as the person wrote it."""
    field = _found(edited, goals)
    return field is not None and fields.get(goals[field[0]], field[1]) == edited.after


def near(edited: Edited, goals: tuple[Goal, ...], today: date) -> bool:
    """Tell whether a field reads as the person wrote it, or differs in figures alone."""
    field = _found(edited, goals)
    if field is None:
        return False
    now = fields.get(goals[field[0]], field[1])
    return now == edited.after or (now is not None and any(figures.differing(edited.after, now, today)))


def _found(edited: Edited, goals: tuple[Goal, ...]) -> tuple[int, str] | None:
    """Return the goal and the field that an edit was made in, wherever they stand now; None where they are gone."""
    _, _, number, rest = edited.field.split("/", 3)
    order = sorted(range(len(goals)), key=lambda at: at != int(number))
    at = next((at for at in order if fields.measure(goals[at].key_results[0]) == edited.goal), None)
    if at is None:
        return None
    goal, parts = goals[at], rest.split("/")
    if parts[0] == "key_results":
        row = next((i for i, each in enumerate(goal.key_results) if fields.measure(each) == edited.key_result), None)
        if row is None:
            return None
        parts[1] = str(row)
    elif len(parts) > 1 and parts[1].isdecimal() and int(parts[1]) >= len(getattr(goal, parts[0])):
        return None
    return at, "/".join(parts)


def _fitted(edited: Edited, now: str | None, today: date) -> str | None:
    """Return the person's words as they fit what the drafter writes now; None where they do not, or are there."""
    if now == edited.after:
        return None
    if now == edited.before:
        return edited.after
    if now is None or edited.before is None:
        return None
    moved = list(figures.differing(edited.before, now, today))
    if not moved:
        return None
    text = edited.after
    for old, new in moved:
        if old not in text and new not in text:
            return None
        text = text.replace(old, new)
    return text if text != now else None


def placed(
    draft: Draft, numbers: tuple[Number, ...], at: int, rest: str, text: str, followup: Followup, key: str, today: date,
) -> tuple[Draft, tuple[Number, ...]]:  # fmt: skip
    """Return a draft and its numbers with a person's text in a field.

    Args:
        draft: the draft.
        numbers: its numbers.
        at: index of the goal.
        rest: the field's pointer within the goal.
        text: what the field shall hold.
        followup: the edit that it comes from.
        key: the key of that edit among the sources.
        today: the day from which relative dates count.
    """
    pointer = f"/goals/{at}/{rest}"
    goals = list(draft.goals)
    goals[at] = fields.put(goals[at], rest, text)
    kept = [] if confirms(followup) else [each for each in numbers if each.field == pointer]
    others = tuple(each for each in numbers if each.field != pointer)
    found = figures.of(pointer, text, followup.text, key, today, kept)
    return draft.model_copy(update={"goals": tuple(goals)}), (*others, *found)


def confirms(followup: Followup) -> bool:
    """Tell whether a person took the figures of a field, as they were, for their own."""
    return followup.edited is not None and followup.edited.before == followup.edited.after
