"""Resolves what a date expression leaves open: the year of a bare month, the edge of a period, the phrase that says so.

Knows dates and the language of the phrase, not the words of the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from assistant.goals.base import TextLanguage
from assistant.goals.facts import TimeCertainty, TimeKind
from assistant.language import calendar as cal
from assistant.language.calendar import Period

_PHRASES = {
    "next": {"zh-Hans": "{year}年，即下一次", "zh-Hant": "{year}年，即下一次", "en": "{year}, its next occurrence"},
    "context": {"zh-Hans": "{year}年，从上文", "zh-Hant": "{year}年，依上文", "en": "{year}, from the text"},
    "fiscal": {
        "zh-Hans": "财年起始月未知，按自然年",
        "zh-Hant": "會計年度起始月未知，依曆年",
        "en": "fiscal year taken as the calendar year",
    },
    "dayfirst": {"zh-Hans": "日在前：{day}", "zh-Hant": "日在前：{day}", "en": "read day first: {day}"},
    "impossible": {"zh-Hans": "没有这个日期", "zh-Hant": "沒有這個日期", "en": "no such date"},
    "today": {"zh-Hans": "从今天算起", "zh-Hant": "從今天算起", "en": "counted from today"},
    "current": {"zh-Hans": "指{year}年", "zh-Hant": "指{year}年", "en": "taken as {year}"},
    "term": {
        "zh-Hans": "学期按9月、2月开始",
        "zh-Hant": "學期按9月、2月開始",
        "en": "terms taken to start in September and February",
    },
    "sprint": {"zh-Hans": "一个迭代按两周", "zh-Hant": "一個衝刺按兩週", "en": "a sprint taken as two weeks"},
    "season": {"zh-Hans": "按北半球季节", "zh-Hant": "按北半球季節", "en": "northern season"},
}


MOST = 4_000
"""Times of one form read from one text; what lies behind is no goal and is left unread."""


class Moment(NamedTuple):
    """A time found in plain text, before its place is mapped back."""

    start: int
    end: int
    kind: TimeKind
    resolved: tuple[date | None, date | None] = (None, None)
    iso: str | None = None
    assumption: str | None = None
    certainty: TimeCertainty = "exact"


@dataclass
class Clock:
    """Today, the language of phrases, the year that the text has named so far, and the fiscal year's first month."""

    today: date
    language: TextLanguage
    year: int | None = None
    fiscal_start: int | None = None
    notes: list[str] = field(default_factory=list)

    def phrase(self, key: str, **values: object) -> str:
        """The short phrase that says how something open was completed."""
        language = "zh-Hans" if self.language == "zh" else self.language
        return _PHRASES[key][language].format(**values)

    def fiscal_year(self) -> int:
        """The number of the fiscal year in which today lies; a fiscal year is named after the year in which it ends."""
        ahead = self.fiscal_start is not None and 1 < self.fiscal_start <= self.today.month
        return self.today.year + (1 if ahead else 0)

    def fiscal(self, period: Period) -> tuple[Period, str | None, TimeCertainty]:
        """The part of the calendar year that stands for a part of the fiscal year, moved to where that lies.

        Without a known first month the period stays, with a note, and is ambiguous.
        """
        if self.fiscal_start is None:
            return period, self.phrase("fiscal"), "ambiguous"
        back = self.fiscal_start - 13 if self.fiscal_start > 1 else 0
        first, beyond = cal.add_months(period[0], back), cal.add_months(period[1] + timedelta(days=1), back)
        return (period if first is None or beyond is None else (first, before(beyond))), None, "exact"

    def roll(self, make: Callable[[int], Period | None]) -> tuple[Period | None, str | None]:
        """The next period that `make` gives for a year, not over before today; or the one of the text's own year."""
        if self.year is not None and self.year >= self.today.year:
            period = make(self.year)
            if period and period[1] >= self.today:
                return period, self.phrase("context", year=self.year)
        for year in range(self.today.year, self.today.year + 9):
            period = make(year)
            if period and period[1] >= self.today:
                return period, self.phrase("next", year=period[1].year)
        return None, None


def before(moment: date) -> date:
    """The day before."""
    return moment - timedelta(days=1)


def part_of(period: Period, part: str) -> Period:
    """The early, middle or late part of a period: thirds of a month, quarters of longer ones."""
    first, last = period
    days = (last - first).days + 1
    if days <= 31:
        spans = {"early": (1, 10), "mid": (11, 20), "late": (21, days)}
        start, end = spans[part]
        return first + timedelta(days=start - 1), first + timedelta(days=end - 1)
    third = days // 3
    if part == "early":
        return first, first + timedelta(days=third - 1)
    if part == "mid":
        return first + timedelta(days=third), first + timedelta(days=days - third - 1)
    return first + timedelta(days=days - third), last


def arbitrate(found: list[Moment | None]) -> list[Moment]:
    """The moments that stay where several overlap: the first to begin, then the longest, then the first found."""
    chosen: list[Moment] = []
    done = 0
    order = sorted((moment.start, -moment.end, rank) for rank, moment in enumerate(found) if moment is not None)
    for start, _, rank in order:
        moment = found[rank]
        if moment is not None and start >= done and moment.end > start:
            chosen.append(moment)
            done = moment.end
    return chosen


def later(today: date, value: Decimal, sort: str) -> date | None:
    """The day that lies `value` units of `sort` after (or, negative, before) today."""
    if sort == "workday":
        return cal.add_workdays(today, int(value))
    if sort == "day":
        return cal.add_days(today, int(value))
    if sort in ("week", "sprint"):
        return cal.add_days(today, int(value * (7 if sort == "week" else 14)))
    months = {"month": 1, "quarter": 3, "year": 12, "term": 6}.get(sort)
    if months is None:
        return None
    total = value * months
    moved = cal.add_months(today, int(total))
    if moved is not None and total != int(total):
        moved = cal.add_days(moved, int((total - int(total)) * 30))
    return moved
