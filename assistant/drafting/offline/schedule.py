"""Sets the dates of a goal between today and its deadline. Knows nothing about words or metrics."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONDAY, _FRIDAY = 0, 4
HALF_YEAR = 6


@dataclass(frozen=True, slots=True)
class Schedule:
    """The dates of one goal, each on a working day but for a deadline that was given.

    Attributes:
        start: first day of work, at the latest the day after today.
        measure_by: day by which an unknown baseline is measured, at most three weeks on.
        midpoint: halfway check.
        deadline: last day of the goal.
        readout: day on which the last period's figure can be read.
        months: whole months from start to deadline, at least 1.
    """

    start: date
    measure_by: date
    midpoint: date
    deadline: date
    readout: date
    months: int


def month_end(day: date, months: int) -> date:
    """Return the last day of the month that lies `months` after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def weekend(day: date) -> bool:
    """Return whether a day falls on a weekend."""
    return day.weekday() > _FRIDAY


def working_day(day: date, closed: Callable[[date], bool] = weekend) -> date:
    """Return `day`, or the first working day after it."""
    while closed(day):
        day += timedelta(days=1)
    return day


def plan(
    today: date, deadline: date, readout_lag_days: int, closed: Callable[[date], bool] = weekend
) -> Schedule:  # fmt: skip
    """Return the schedule between `today` and `deadline`; the order of its dates always holds.

    Args:
        today: the day of drafting.
        deadline: last day; may lie close to or before `today`.
        readout_lag_days: days from the end of a period until its figure is known.
        closed: tells the days on which nobody works.
    """
    span = max((deadline - today).days, 0)
    start = min(working_day(today + timedelta(days=(7 - today.weekday()) % 7 or 7), closed), max(deadline, today))
    measure_by = _friday(today + timedelta(days=min(24, span // 3)), closed)
    midpoint = _friday(today + timedelta(days=span // 2), closed)
    measure_by = min(max(measure_by, start), max(deadline, start))
    midpoint = min(max(midpoint, measure_by), max(deadline, measure_by))
    readout = working_day(deadline + timedelta(days=readout_lag_days), closed)
    months = max(1, round((deadline - start).days / 30.44))
    return Schedule(start, measure_by, midpoint, deadline, readout, months)


def _friday(day: date, closed: Callable[[date], bool]) -> date:
    """Return the last Friday up to `day`, or the last working day before it where that one is free."""
    day -= timedelta(days=(day.weekday() - _FRIDAY) % 7)
    while closed(day):
        day -= timedelta(days=1)
    return day
