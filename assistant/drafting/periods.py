"""Tells which gone-by period a figure reports, such as 第三季度的11.5万. Knows nothing about metrics or slots."""

from __future__ import annotations

import re
from datetime import date

from assistant.drafting.clauses import Clause
from assistant.goals import Quantity, Source, Time
from assistant.language.calendar import add_months

_LAST_DAY = re.compile(r"[前底末内內]|\b(?:by|before|until|within|end)\b", re.I)
_AHEAD = re.compile(r"明|后年|後年|来年|來年|下[个個]?[季月周半]|\bnext\b", re.I)
"""In the words of a period they point at a last day, or ahead."""
_RUNNING = re.compile(r"今年|本[年季月周]|[这這][个個]?[季月周]|\bthis\b", re.I)
_BETWEEN = re.compile(r"\s*的?\s*(?:只有|就有|才|仅|僅|是|为|為|有|约|約)?\s*")
_BEHIND = re.compile(r"\s*\(?（?\s*")


def label(source: Source, quantity: Quantity) -> Time | None:
    """Return the period, gone by or running, that stands right before the figure or in English right behind it."""
    for time in source.facts.times:
        beside = (
            _BETWEEN.fullmatch(source.text, time.end, quantity.start) if time.end <= quantity.start else None
        ) or (_BEHIND.fullmatch(source.text, quantity.end, time.start) if quantity.end <= time.start else None)
        if beside and _gone(source, time) is not None:
            return time
    return None


def of(source: Source, clause: Clause, quantity: Quantity) -> date | None:
    """Return the last day of the period that labels the figure, else of the one nearest to it in its clause."""
    if (own := label(source, quantity)) is not None:
        return _gone(source, own)
    named = [
        (time.start <= quantity.start, time.start, day)
        for time in source.facts.times
        if clause.start <= time.start < clause.end and (day := _gone(source, time)) is not None
    ]
    return max(named)[2] if named else None


def ended(time: Time, today: date) -> date | None:
    """Return the last day of a period that has ended; one without its year is the last such gone by."""
    last = time.resolved[1]
    if last is None or time.kind in {"recurrence", "service"}:
        return None
    if last > today:
        if time.certainty != "inferred" or time.kind == "past":
            return None
        last = add_months(last, -12) or last
    return last if last <= today else None


def _gone(source: Source, time: Time) -> date | None:
    """Return the last day of a period gone by, today for a running one, None where its words point ahead."""
    words, today = source.text[time.start : time.end], source.facts.today
    if time.kind != "past" and (_AHEAD.search(words) or _LAST_DAY.search(words)):
        return None
    first, last = time.resolved
    running = first is not None or _RUNNING.match(words) is not None
    if last is not None and running and (first or today) <= today < last:
        return today
    return ended(time, today)
