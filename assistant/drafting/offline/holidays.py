"""Tells the days on which offices are closed where a language is written. Knows nothing about goals or schedules.

Only holidays that recur every year are known, with the days around them that are always free; days that a government
moves from year to year are not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from assistant.goals import Language
from assistant.language.calendar import festival

_FREE: dict[Language, tuple[tuple[str, int, int], ...]] = {
    "zh-Hans": (
        ("01-01", 0, 0), ("spring", -1, 7), ("qingming", 0, 0), ("05-01", 0, 4), ("dragon", 0, 0),
        ("mid-autumn", 0, 0), ("10-01", 0, 6),
    ),
    "zh-Hant": (
        ("01-01", 0, 0), ("spring", -2, 4), ("02-28", 0, 0), ("04-04", 0, 0), ("qingming", 0, 0), ("05-01", 0, 0),
        ("dragon", 0, 0), ("mid-autumn", 0, 0), ("09-28", 0, 0), ("10-10", 0, 0), ("10-25", 0, 0),
        ("12-25", 0, 0),
    ),
    "en": (("01-01", 0, 0), ("easter", -2, 1), ("12-25", -1, 1)),
}  # fmt: skip
"""First day of each holiday as `calendar.festival` names it, and the free days around it."""

_SATURDAY = 5


def closed(language: Language) -> Callable[[date], bool]:
    """Return whether offices are closed on a day, by the usual calendar where `language` is written."""

    def is_closed(day: date) -> bool:
        if day.weekday() >= _SATURDAY:
            return True
        for name, before, after in _FREE[language]:
            first = festival(name, day.year)
            if first is None:
                continue
            if first + timedelta(days=before) <= day <= first + timedelta(days=after) or day == _moved(language, first):
                return True
        return False

    return is_closed


def _moved(language: Language, first: date) -> date:
    """Return the working day that is free in place of a holiday on a weekend; the holiday itself where it is not."""
    if first.weekday() == _SATURDAY and language == "zh-Hant":
        return first - timedelta(days=1)
    return first + timedelta(days=7 - first.weekday()) if first.weekday() >= _SATURDAY else first
