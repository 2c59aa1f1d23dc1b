"""Places English periods: what their preposition and edge make of them, and the periods named without a number.

Knows periods, not how they were found.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.language import calendar as cal
from assistant.language.calendar import Period
from assistant.language.patterns_en import COMPARE, PAST_WORDS
from assistant.language.periods import Clock, Moment, before, part_of


def year_text(text: str | None, clock: Clock) -> tuple[int | None, bool]:
    """A year from what follows a period: 2027, FY27, next year, '27; and whether it is fiscal."""
    if not text:
        return None, False
    digits = re.sub(r"\D", "", text.split("/")[0] if text.startswith("fy") else text)
    if digits:
        year = int(digits[:4]) if len(digits) >= 4 else 2000 + int(digits[:2])
        return year, text.startswith(("fy", "fis", "fin"))
    shift = 1 if text.startswith(("next", "the coming")) else -1 if text.startswith("last") else 0
    return clock.today.year + shift, "fiscal" in text or "financial" in text


def current_mid(clock: Clock) -> int:
    """The year whose middle is meant by "mid-year"."""
    year = clock.year if clock.year and clock.year >= clock.today.year else clock.today.year
    return year if date(year, 6, 30) >= clock.today else year + 1


def placed(
    start: int,
    end: int,
    low: str,
    prep: str,
    edge: str,
    period: Period,
    grain: str,
    note: str | None,
    certainty: str,
    clock: Clock,
) -> Moment:
    """Kind and resolution of a period by its preposition and edge."""
    first, last = period
    whole = edge == ""
    if edge:
        word = edge.replace("-", " ").split()[0]
        if word in ("end", "close", "last", "very"):
            first = last - timedelta(days=6) if "week" in edge else last
        elif word in ("start", "beginning", "first"):
            last = first + timedelta(days=6) if "week" in edge else first
        elif word in ("middle", "mid", "midpoint") and grain == "year":
            first = last = date(first.year, 6, 30)
        elif word in ("middle", "mid", "midpoint"):
            first, last = part_of(period, "mid")
        elif word in ("early", "late"):
            first, last = part_of(period, word)

    def made(kind: str, resolved: tuple[date | None, date | None]) -> Moment:
        return Moment(start, end, kind, resolved, None, note, certainty)  # type: ignore[arg-type]

    if prep.split(" ")[0].rstrip(".") in COMPARE or low.startswith((" baseline", " level", " figure"), end):
        return made("past", (first, last))
    if prep in ("before", "ahead of", "prior to"):
        inclusive = grain == "day" or (
            not whole and edge.split("-")[0].split(" ")[0] in ("end", "close", "last", "late", "mid", "middle", "very")
        )
        if grain == "day" and last.day == 1:
            return made("deadline", (None, before(last)))
        return made("deadline", (None, last if inclusive else before(first)))
    if prep in (
        "by",
        "until",
        "till",
        "through",
        "no later than",
        "not later than",
        "on or before",
        "due",
        "due by",
        "due on",
        "at the latest by",
    ):
        return made("deadline", (None, last))
    if prep in ("from", "starting", "beginning", "since", "as of", "effective"):
        if last < clock.today and prep in ("from", "since"):
            return made("past", (first, last))
        return made("window", (first, None))
    if prep in ("after", "following"):
        return made("window", (last + timedelta(days=1), None))
    if grain == "day" or (edge and edge.split(" ")[0] in ("end", "close")):
        return made("deadline", (first, last))
    return made("window", (first, last))


def slash(match: re.Match[str], text: str, prep: str, clock: Clock) -> Moment:
    """A date written with slashes; day first where both orders are possible."""
    one, two, year = (int(part) for part in text.split("/"))
    year += 2000 if year < 100 else 0
    start, end = match.span()
    day_first, month_first = cal.day(year, two, one), cal.day(year, one, two)
    moment = day_first or month_first
    if moment is None:
        return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
    unsure = day_first is not None and month_first is not None and day_first != month_first
    note = clock.phrase("dayfirst", day=moment.isoformat()) if unsure else None
    made = placed(start, end, "", prep, "", (moment, moment), "day", note, "ambiguous" if unsure else "exact", clock)
    return made


def relative(match: re.Match[str], group: dict[str, str | None], prep: str, edge: str, clock: Clock) -> Moment | None:
    """This, next, last week, month, quarter, half, year, term."""
    which, what = group["relw"] or "", (group["relx"] or "").split()[-1]
    today = clock.today
    fiscal = (group["relx"] or "").startswith(("fiscal", "financial"))
    shift = (
        1 if which in ("next", "the coming", "the following") else -1 if which in PAST_WORDS or which == "same" else 0
    )
    note: str | None = None
    certainty = "exact"
    if which == "same":
        return None
    if what == "year":
        period, grain = cal.year_span((clock.fiscal_year() if fiscal else today.year) + shift), "year"
    elif what == "quarter":
        base = cal.add_months(today.replace(day=1), 3 * shift) or today
        period, grain = cal.quarter_span(base.year, (base.month + 2) // 3), "quarter"
    elif what == "month":
        base = cal.add_months(today.replace(day=1), shift) or today
        period, grain = cal.month_span(base.year, base.month), "month"
    elif what in ("week", "weekend"):
        period, grain = cal.week_span(today, shift), "week"
    elif what == "half":
        base = cal.add_months(today.replace(day=1), 6 * shift) or today
        period, grain = cal.half_span(base.year, 1 if base.month < 7 else 2), "half"
    elif what in ("semester", "term", "season"):
        base = cal.add_months(today, 6 * shift) or today
        if base.month >= 9 or base.month < 2:
            first = date(base.year if base.month >= 9 else base.year - 1, 9, 1)
            period = (first, date(first.year + 1, 1, 31))
        else:
            period = (date(base.year, 2, 1), date(base.year, 8, 31))
        grain, note, certainty = "half", clock.phrase("term"), "inferred"
    else:
        return Moment(*match.span(), "past" if shift < 0 else "window", certainty="open")
    if period is None:
        return None
    if fiscal:
        period, note, certainty = clock.fiscal(period)
    made = placed(*match.span(), "", prep, edge, period, grain, note, certainty, clock)
    return (
        made._replace(kind="past", resolved=(made.resolved[0] or period[0], made.resolved[1] or period[1]))
        if shift < 0
        else made
    )


def ends(match: re.Match[str], group: dict[str, str | None], prep: str, clock: Clock) -> Moment | None:
    """Year-end, EOQ, end of the month and the like."""
    today = clock.today
    year, fiscal = year_text(
        group["ye"]
        or group["rye"]
        or group["fye"]
        or group["sye"]
        or group["yn"]
        or group["ryn"]
        or group["fyn"]
        or group["syn"],
        clock,
    )
    what = group["eox"] or group["endx"] or (group["ofx"] or "")
    letter = what.removeprefix("the ").removeprefix("school ").removeprefix("calendar ")
    fiscal = fiscal or letter.startswith("f") or "fiscal" in match.group() or "financial" in match.group()
    named = year is not None
    if letter == "d":
        return None
    if letter.startswith(("y", "f")):
        current = clock.fiscal_year() if fiscal else today.year
        of = year or (clock.year if clock.year and clock.year >= current else current)
        period = cal.year_span(of)
    elif letter.startswith("q"):
        period = cal.quarter_span(today.year, (today.month + 2) // 3)
    elif letter.startswith("m"):
        period = cal.month_span(today.year, today.month)
    elif letter.startswith("w"):
        period = cal.week_span(today)
    elif letter.startswith("h"):
        period = cal.half_span(today.year, 1 if today.month < 7 else 2)
    else:
        first = (
            date(today.year, 2, 1)
            if 2 <= today.month < 9
            else date(today.year if today.month >= 9 else today.year - 1, 9, 1)
        )
        period = (first, date(first.year, 8, 31) if first.month == 2 else date(first.year + 1, 1, 31))
    if period is None:
        return None
    note = None if named else clock.phrase("current", year=period[1].year)
    certainty = "exact" if named else "inferred"
    if fiscal:
        period, note, certainty = clock.fiscal(period)
    return Moment(*match.span(), "deadline", (None, period[1]), None, note, certainty)  # type: ignore[arg-type]


def season(match: re.Match[str], group: dict[str, str | None], prep: str, edge: str, clock: Clock) -> Moment | None:
    """A season of a year."""
    name = group["sea1"] or group["sea2"] or group["sea4"] or ""
    months = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}[name]

    def make(year: int) -> Period | None:
        first, last = cal.month_span(year, months[0]), cal.month_span(year if months[0] < 12 else year + 1, months[1])
        return (first[0], last[1]) if first and last else None

    if group["seay"]:
        period = make(int(group["seay"]))
        note: str | None = clock.phrase("season")
    else:
        period, note = clock.roll(make)
    if period is None:
        return None
    return placed(*match.span(), "", prep, edge, period, "quarter", note, "inferred", clock)
