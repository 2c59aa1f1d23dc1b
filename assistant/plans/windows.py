"""Decides the first and last day of a plan and lays days out between them. Knows nothing about what is done on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from assistant.drafting.lines import Figure
from assistant.drafting.offline.holidays import closed
from assistant.drafting.offline.schedule import month_end, working_day
from assistant.drafting.voice import Voice
from assistant.errors import UsageError
from assistant.goals import DraftResult, Evidence, Language
from assistant.goals.plan import PlanKind
from assistant.plans.ground import Span

Rhythm = Literal["weekly", "biweekly", "monthly", "quarterly"]
_LONGEST_QUARTER = 120
"""Days that a quarter's plan may have to take the goals' own last day."""
_LEAST_LEFT = 30
"""Days that a running quarter or year must still have to be planned."""
_MOST_DAYS = 400
_YEARLY = frozenset({"annual", "sales-marketing"})
_LEAST_YEAR = 180
"""Days that the goals' own last day must leave to be the end of a year's plan."""


def decide(kind: PlanKind, result: DraftResult, book: Voice, today: date, start: date | None, end: date | None) -> Span:
    """Return the window: as told, else up to the goals' last day, else the period that the kind is about.

    Raises:
        UsageError: the end lies before the start.
    """
    first = start or today
    if end and end < first:
        raise UsageError(f"The plan cannot end on {end} before it starts on {first}.", "Give a later --end.")
    shown_start = (
        _option("start", start)
        if start
        else Figure(
            today.isoformat(), today.isoformat(), None, "computed", Evidence(source="calendar", formula="today")
        )
    )
    if end:
        return Span(first, end, shown_start, _option("end", end))
    last, origin = _last_of_goals(result)
    if last is not None and last > first and _fits(kind, first, last):
        return Span(first, last, shown_start, origin or _figure(last, book, "schedule"))
    chosen = _period(kind, first)
    return Span(first, chosen, shown_start, _figure(chosen, book, "period"))


def _option(name: str, day: date) -> Figure:
    text = day.isoformat()
    return Figure(text, text, None, "stated", Evidence(source=f"option:{name}", start=0, end=len(text)))


def _figure(day: date, book: Voice, why: str) -> Figure:
    evidence = Evidence(source="rule", formula=book.get(f"plan.why.{why}"))
    return Figure(day.isoformat(), day.isoformat(), None, "proposed", evidence)


def _last_of_goals(result: DraftResult) -> tuple[date | None, Figure | None]:
    """Return the last deadline of the goals with its figure."""
    last, figure = None, None
    fields = {number.field: number for number in result.numbers}
    for index, goal in enumerate(result.goals):
        for at, each in enumerate(goal.key_results):
            if each.deadline is None or (last is not None and each.deadline <= last):
                continue
            last = each.deadline
            number = fields.get(f"/goals/{index}/key_results/{at}/deadline")
            figure = None
            if number is not None and number.origin in {"computed", "proposed"}:
                figure = Figure(
                    last.isoformat(), last.isoformat(), None, number.origin, number.evidence, number.tentative
                )
            elif number is not None:
                formula = f"{number.text} → {last.isoformat()}"
                evidence = Evidence(source="calendar", formula=formula)
                figure = Figure(last.isoformat(), last.isoformat(), None, "computed", evidence)
    return last, figure


def _fits(kind: PlanKind, first: date, last: date) -> bool:
    days = (last - first).days
    return days <= _LONGEST_QUARTER if kind == "quarterly" else kind not in _YEARLY or days >= _LEAST_YEAR


def _period(kind: PlanKind, first: date) -> date:
    """Return the end of the quarter or year that is to be planned."""
    if kind in {"annual", "sales-marketing", "career"}:
        year = date(first.year, 12, 31)
        return year if (year - first).days >= 6 * _LEAST_LEFT else date(first.year + 1, 12, 31)
    quarter = month_end(first.replace(month=(first.month - 1) // 3 * 3 + 3, day=1), 0)
    return quarter if (quarter - first).days >= 1.5 * _LEAST_LEFT else month_end(quarter, 3)


def share(span: Span, part: float, language: Language) -> date:
    """Return the working day that lies a part of the way (0 to 1) into the window, never outside it."""
    days = (span.end - span.start).days
    return inside(span, span.start + timedelta(days=round(days * part)), language)


def inside(span: Span, day: date, language: Language) -> date:
    """Return a working day in the window on or after `day`, before it where none is left."""
    is_closed = closed(language)
    found = working_day(max(day, span.start), is_closed)
    while found > span.end:
        found -= timedelta(days=1)
        while is_closed(found) and found > span.start:
            found -= timedelta(days=1)
    return max(found, span.start)


def rhythm(span: Span, every: Rhythm, language: Language, *, weekday: int = 4, day: int = 15) -> tuple[date, ...]:
    """Return the days of a rhythm inside the window: Fridays, mid-months, or ends of quarters, on working days.

    Args:
        span: the window.
        every: the rhythm.
        language: whose holidays are free.
        weekday: 0 for Monday, for weekly rhythms.
        day: day of the month, for monthly ones.
    """
    is_closed = closed(language)
    found = [working_day(each, is_closed) for each in _raw(span, every, weekday, day)]
    return tuple(dict.fromkeys(each for each in found if span.start < each <= span.end))[:_MOST_DAYS]


def _raw(span: Span, every: Rhythm, weekday: int, day: int) -> Iterator[date]:
    if every in {"weekly", "biweekly"}:
        step = 7 if every == "weekly" else 14
        at = span.start + timedelta(days=(weekday - span.start.weekday()) % 7 or 7)
        while at <= span.end:
            yield at
            at += timedelta(days=step)
        return
    months = 1 if every == "monthly" else 3
    for n in range(0, (span.end.year - span.start.year + 1) * 12 + 1, months):
        last = month_end(span.start, n)
        at = (
            last.replace(day=min(day, last.day))
            if every == "monthly"
            else month_end(span.start.replace(month=(span.start.month - 1) // 3 * 3 + 3, day=1), n)
        )
        if at > span.end:
            return
        yield at
