"""Calendar arithmetic: months, quarters, halves, festivals, school terms.

Knows dates only: not how people write them. Every function is pure; a date outside the supported range gives None.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

Period = tuple[date, date]
FIRST_YEAR, LAST_YEAR = 1950, 2200
_LUNAR = ("spring", "lantern", "qingming", "dragon", "qixi", "mid-autumn", "double-ninth", "laba")


def day(year: int, month: int, number: int) -> date | None:
    """The date, None where no such day exists or the year is out of range."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_span(year: int, first: int, last: int | None = None) -> Period | None:
    """First day of month `first` to last day of month `last` of one year."""
    last = last or first
    if not (1 <= first <= 12 and 1 <= last <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        return None
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def quarter_span(year: int, quarter: int) -> Period | None:
    """The calendar quarter 1 to 4."""
    return month_span(year, quarter * 3 - 2, quarter * 3) if 1 <= quarter <= 4 else None


def half_span(year: int, half: int) -> Period | None:
    """The calendar half-year 1 or 2."""
    return month_span(year, half * 6 - 5, half * 6) if half in (1, 2) else None


def year_span(year: int) -> Period | None:
    """1 January to 31 December."""
    return month_span(year, 1, 12)


def add_months(start: date, months: int) -> date | None:
    """The same day `months` later, or the last day of that month where it is shorter."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def add_days(start: date, days: int) -> date | None:
    """`days` later."""
    if abs(days) > 80_000:
        return None
    return start + timedelta(days=days)


def add_workdays(start: date, days: int) -> date | None:
    """`days` Mondays to Fridays later; public holidays are not known."""
    if abs(days) > 20_000:
        return None
    weeks, rest = divmod(abs(days), 5)
    step = 1 if days >= 0 else -1
    while start.weekday() > 4:
        start -= timedelta(days=step)
    moment = start + timedelta(weeks=weeks * step)
    while rest:
        moment += timedelta(days=step)
        if moment.weekday() < 5:
            rest -= 1
    return moment


def week_span(moment: date, weeks: int = 0) -> Period:
    """Monday to Sunday of the week that holds `moment`, `weeks` later."""
    monday = moment - timedelta(days=moment.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


@lru_cache(maxsize=1)
def _lunar_table() -> dict[tuple[str, int], date]:
    raw = files("assistant.language").joinpath("data/lunar.txt").read_text(encoding="utf-8")
    table: dict[tuple[str, int], date] = {}
    for line in raw.splitlines():
        if line.startswith("#"):
            continue
        year, *days = line.split()
        for name, written in zip(_LUNAR, days, strict=True):
            full = written if len(written) == 10 else f"{year}-{written}"
            table[name, int(year)] = date.fromisoformat(full)
    return table


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    shift = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * shift) // 451
    month, number = divmod(epact + shift - 7 * correction + 114, 31)
    return date(year, month, number + 1)


def festival(name: str, year: int) -> date | None:
    """First day of a festival in a year: `MM-DD` for a fixed one, a name for a lunar or movable one."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if name[0].isdigit():
        month, number = name.split("-")
        return day(year, int(month), int(number))
    if name == "easter":
        return _easter(year)
    if name == "thanksgiving":
        return _nth_weekday(year, 11, 3, 4)
    if name == "black-friday":
        return _nth_weekday(year, 11, 3, 4) + timedelta(days=1)
    if name == "labor-day":
        return _nth_weekday(year, 9, 0, 1)
    if name == "eve":
        spring = _lunar_table().get(("spring", year))
        return spring - timedelta(days=1) if spring else None
    return _lunar_table().get((name, year))


def next_festival(name: str, today: date) -> date | None:
    """The next first day of a festival, `today` included."""
    for year in (today.year, today.year + 1):
        moment = festival(name, year)
        if moment and moment >= today:
            return moment
    return None
