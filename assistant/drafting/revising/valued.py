"""Reads new targets, baselines and deadlines. Knows nothing about whether they can hold."""

from __future__ import annotations

from typing import Any

from assistant.drafting.fitting import decimal, fits
from assistant.drafting.revising import figures
from assistant.drafting.revising.piece import Piece
from assistant.goals import Change, Correction, CorrectionKind, Quantity, Slot, Stated

_REST = 2
"""Han characters, or twice the words, that may be left unread."""
_REST_OF_NAMED = 5
"""The same where a noun says what the figure is: target, baseline, deadline."""


def correction(piece: Piece, kind: CorrectionKind, **fields: Any) -> Correction:
    """Return a correction in the words of the clause."""
    return Correction(
        kind=kind, text=piece.typed[piece.start : piece.end].strip(), start=piece.start, end=piece.end, **fields
    )


def deadline(piece: Piece) -> list[Correction]:
    """Return the new last day that a clause names, as a date or as a length by which it moves."""
    noun, later, earlier = piece.has("slot.deadline"), piece.has("cue.later"), piece.has("cue.earlier")
    groups = ("slot.deadline", "cue.later", "cue.earlier", "cue.set", "cue.done", "slot.goal")
    goal, _ = piece.meant
    day = figures.day(piece)
    if day is not None and (noun or not all(time.kind == "past" for time in piece.times)):
        spans = [(time.start, time.end) for time in piece.times]
        if _measured(piece, spans):
            return []
        done = noun or later or earlier or piece.has("cue.done") or piece.has("cue.set")
        allowed = _REST_OF_NAMED if noun or later or earlier else _REST if done else 0
        if piece.leftover(spans, *groups) > allowed:
            return []
        return [correction(piece, "deadline", value=day, goal=_day_goal(piece), named=goal is not None)]
    by = figures.shift(piece)
    if by is None or not (later or earlier):
        return []
    words = [*piece.places("cue.later"), *piece.places("cue.earlier"), by.place]
    if piece.leftover(words, *groups) > _REST_OF_NAMED or _measured(piece, [by.place]):
        return []
    which = _day_goal(piece)
    old = piece.standing[which or 0].deadline if (which or 0) < len(piece.standing) else None
    said = (min(start for start, _ in words), max(end for _, end in words))
    moved = figures.shifted(piece, by, old, said, later=not earlier) if old else None
    return [correction(piece, "deadline", value=moved, goal=which, named=goal is not None)]


def _measured(piece: Piece, spans: list[tuple[int, int]]) -> bool:
    """Whether a figure of a measure stands beside the days: then the clause is about a value."""
    return any(not any(start <= each.start < end for start, end in spans) for each in piece.quantities)


def _day_goal(piece: Piece) -> int | None:
    """Return the goal whose day is meant: the one named, all where they end together, else the first."""
    goal, _ = piece.meant
    if goal is not None or len(piece.standing) == 1:
        return goal if goal is not None else 0
    days = {each.deadline for each in piece.standing}
    return None if len(days) == 1 or piece.pointed.everything else 0


def pair(piece: Piece) -> list[Correction]:
    """Return the baseline and the target that "from 80% to 86%" names."""
    if piece.times and not piece.quantities:
        return []
    change = _change(piece)
    if change is None or change.frm is None or change.to is None:
        return []
    first, last = piece.facts.quantities[change.frm], piece.facts.quantities[change.to]
    goal, result, sure = _goal_for(piece, last)
    spans = [(first.start, first.end), (last.start, last.end)]
    allowed = _REST_OF_NAMED + _REST
    if piece.leftover(spans, "slot.target", "slot.baseline", "cue.set", "cue.raise", "cue.lower") > allowed:
        return []
    about = {"goal": goal, "key_result": result, "named": sure}
    if piece.has("slot.baseline"):
        return [correction(piece, "baseline", value=figures.level(piece, "baseline", last), **about)]
    old = piece.standing[goal].level("target", result or 0) if goal < len(piece.standing) else None
    new = correction(piece, "target", value=figures.level(piece, "target", last), **about)
    if piece.has("slot.target") or decimal(first.value) == old:
        return [new]
    now = piece.standing[goal].level("baseline", result or 0) if goal < len(piece.standing) else None
    if decimal(first.value) == now:
        return [new]
    return [correction(piece, "baseline", value=figures.level(piece, "baseline", first), **about), new]


def _change(piece: Piece) -> Change | None:
    for change in piece.facts.changes:
        places = [place for place in (change.frm, change.to) if place is not None]
        if all(piece.start <= piece.facts.quantities[place].start < piece.end for place in places):
            return change
    return None


def value(piece: Piece) -> list[Correction]:
    """Return the new target or baseline that a clause names."""
    if not piece.quantities:
        return []
    quantity = piece.quantities[-1]
    slot = _slot(piece, quantity)
    spans = [(each.start, each.end) for each in (*piece.quantities, *piece.times)]
    noun = piece.has(f"slot.{slot}")
    set_ = piece.has("cue.set") or piece.has("cue.raise") or piece.has("cue.lower")
    allowed = _REST_OF_NAMED if noun else _REST if set_ or piece.pointed.anything or piece.has("cue.now") else 0
    groups = (
        "slot.target", "slot.baseline", "slot.metric", "cue.set", "cue.now", "cue.raise", "cue.lower", "cue.again",
        "cue.only", *(("cue.done",) if piece.times else ()),
    )  # fmt: skip
    if piece.leftover(spans, *groups) > allowed:
        return []
    goal, result, sure = _goal_for(piece, quantity)
    about = {"goal": goal, "key_result": result, "named": sure}
    if slot == "baseline":
        return [correction(piece, "baseline", value=figures.level(piece, slot, quantity), **about)]
    new = figures.level(piece, "target", quantity)
    if figures.is_difference(quantity):
        new = _difference(piece, quantity, goal, result or 0)
    found = [correction(piece, "target", value=new, **about)]
    day = figures.day(piece)
    if day is not None and any(time.kind == "deadline" for time in piece.times):
        found.append(correction(piece, "deadline", value=day, goal=goal, named=sure))
    return found


def _difference(piece: Piece, quantity: Quantity, goal: int, result: int) -> Stated:
    """Return a target given as a difference: from the present target where that is meant, else from the baseline."""
    beyond = piece.has("slot.target") or piece.has("cue.again")
    if beyond and goal < len(piece.standing) and result < len(piece.standing[goal].goal.key_results):
        standing = piece.standing[goal]
        figure = standing.figure("target", result)
        if figure is not None and figures.same_measure(quantity, figure.unit):
            up, down = len(piece.places("cue.raise")), len(piece.places("cue.lower"))
            rising = up > 0 if up != down else standing.direction == "up"
            if (moved := figures.moved(piece, quantity, goal, result, rising)) is not None:
                return moved
    return figures.level(piece, "target", quantity, is_change=True)


def _slot(piece: Piece, quantity: Quantity) -> Slot:
    """Return whether a figure is said to be where things stand or where they shall go."""
    if piece.has("slot.target"):
        return "target"
    if piece.has("slot.baseline"):
        return "baseline"
    if quantity.role in {"target", "change"}:
        return "target"
    return "baseline" if quantity.role == "baseline" or piece.has("cue.now") else "target"


def _goal_for(piece: Piece, quantity: Quantity) -> tuple[int, int | None, bool]:
    """Return which result a figure is for: the one pointed at, else the first goal whose unit it fits.

    Whether it can be no other is told, too.
    """
    goal, result = piece.meant
    if goal is not None:
        return goal, result, True
    if result is not None:
        return 0, result, len(piece.standing) == 1
    fitting = [index for index, each in enumerate(piece.standing) if each.metric is None or fits(quantity, each.metric)]
    return (fitting or [0])[0], None, len(fitting) == 1
