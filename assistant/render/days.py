"""Writes days in the calendar that a draft's own words use. Knows nothing about file formats."""

from __future__ import annotations

import re
from datetime import date

from assistant.goals import DraftResult

_REPUBLIC = re.compile(r"民[國国] ?\d")
_OFFSET = 1911
"""Years between the calendar of the Republic of China and the Gregorian one."""


def day_writer(result: DraftResult) -> DayWriter:
    """Return how days are written beside a draft's sentences: in years of the Republic where those are, else ISO."""
    words = (text for goal in result.goals for text in (goal.statement, goal.time_bound))
    return DayWriter(republic=any(_REPUBLIC.search(text) for text in words))


class DayWriter:
    """Writes days in one calendar."""

    def __init__(self, *, republic: bool) -> None:
        """Take whether years are counted from the founding of the Republic of China."""
        self._republic = republic

    def __call__(self, day: date) -> str:
        """Return a day as written."""
        if self._republic and day.year > _OFFSET:
            return f"民國{day.year - _OFFSET}年{day.month}月{day.day}日"
        return day.isoformat()

    def within(self, text: str, day: date) -> str:
        """Return a text in which the day's ISO form is written as the draft writes days."""
        return text.replace(day.isoformat(), self(day))
