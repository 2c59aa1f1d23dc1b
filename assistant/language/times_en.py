"""Finds times in English plain text: dates, periods, windows, rhythms, service windows.

Knows no amounts: "two hours" as a value is left for the amounts, told apart by what stands before and after.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from assistant.language import calendar as cal
from assistant.language.calendar import Period
from assistant.language.lexicon import lexicon
from assistant.language.patterns_en import (
    AFTER_YEAR,
    DATE,
    DAY_PAIR,
    DIGIT,
    EVERY,
    FESTIVAL,
    LINK,
    MONTH_PAIR,
    MONTHS,
    NEXT_ONE,
    QUARTER_PAIR,
    TAIL,
    TRIGGER,
    WEEKDAYS,
    WINDOW,
    YEAR_RANGE,
)
from assistant.language.periods import MOST, Clock, Moment, arbitrate, before
from assistant.language.periods_en import current_mid, ends, placed, relative, season, slash, year_text
from assistant.language.windows_en import every, next_one, window

NAMED_DAY = re.compile(
    r"(?<![A-Za-z])(?:by|before|until|in time for) (?:the )?(?:[A-Z][a-z’']+ ){1,3}(?P<y>20[2-6]\d)(?!\d)"
)
"""A deadline by the name of an event; months, seasons and festivals are known and found first."""


def find(low: str, cased: str, clock: Clock) -> list[Moment]:
    """All times of a plain text, in order, not overlapping."""
    if TRIGGER.search(low) is None:
        return []
    found: list[Moment | None] = [every(match) for match in islice(EVERY.finditer(low), MOST)]
    digits = DIGIT.search(low) is not None
    found += [_pair(match, 1, clock) for match in islice(MONTH_PAIR.finditer(low), MOST)]
    if digits:
        found += [_pair(match, 3, clock) for match in islice(QUARTER_PAIR.finditer(low), MOST)]
        found += [
            Moment(*match.span(), "window", (date(int(match["a"]), 1, 1), date(int(match["b"]), 12, 31)))
            for match in islice(YEAR_RANGE.finditer(low), MOST)
        ]
        found += [_day_pair(match, clock) for match in islice(DAY_PAIR.finditer(low), MOST)]
    found += [next_one(match, clock) for match in islice(NEXT_ONE.finditer(low), MOST)]
    found += [_festival(match, clock) for match in islice(_festivals().finditer(low), MOST)]
    found += [window(match, low, clock) for match in islice(WINDOW.finditer(low), MOST)]
    done = 0
    for match in islice(DATE.finditer(low), MOST):
        if match.start() < done:
            continue
        moment = _date(match, low, cased, clock)
        if moment is None:
            continue
        joined = _range(match, moment, low, cased, clock)
        if joined:
            done = joined.end
        found.append(joined or moment)
    found += [_named_day(match) for match in islice(NAMED_DAY.finditer(cased), MOST)]
    return [
        moment._replace(end=moment.end - 1) if low[moment.end - 1] == "." else moment for moment in arbitrate(found)
    ]


def _named_day(match: re.Match[str]) -> Moment:
    """By Guy Fawkes Night 2027: a day whose name we do not know, in a year that is given."""
    last = date(int(match["y"]), 12, 31)
    return Moment(*match.span(), "deadline", (None, last), None, None, "open")


def _month_number(text: str) -> int:
    return MONTHS[text[:3]]


def _pair(match: re.Match[str], width: int, clock: Clock) -> Moment | None:
    names = ("m1", "m2") if width == 1 else ("q1", "q2")
    one, two = match[names[0]], match[names[1]]
    if width == 1:
        first, last = _month_number(one), _month_number(two)
    else:
        first, last = int(one) * 3 - 2, int(two) * 3

    def make(year: int) -> Period | None:
        begin, end = cal.month_span(year if first <= last else year - 1, first), cal.month_span(year, last)
        return (begin[0], end[1]) if begin and end else None

    if match["y"]:
        period, note, certainty = make(int(match["y"])), None, "exact"
    else:
        period, note = clock.roll(make)
        certainty = "inferred"
    return Moment(*match.span(), "window", period, None, note, certainty) if period else None  # type: ignore[arg-type]


def _day_pair(match: re.Match[str], clock: Clock) -> Moment | None:
    month = _month_number(match["am"] or match["bm"])
    first, last = (int(re.sub(r"\D", "", text)) for text in (match["a1"] or match["b1"], match["a2"] or match["b2"]))
    if first >= last:
        return None

    def make(year: int) -> Period | None:
        begin, end = cal.day(year, month, first), cal.day(year, month, last)
        return (begin, end) if begin and end else None

    if match["y"]:
        period, note, certainty = make(int(match["y"])), None, "exact"
    else:
        period, note = clock.roll(make)
        certainty = "inferred"
    return Moment(*match.span(), "window", period, None, note, certainty) if period else None  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _festivals() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, lexicon("en").festivals), key=len, reverse=True))
    return re.compile(FESTIVAL.replace("NAMES", names))


def _festival(match: re.Match[str], clock: Clock) -> Moment | None:
    name = lexicon("en").festivals[match["name"]]
    if match["y"]:
        moment, note, certainty = cal.festival(name, int(match["y"])), None, "exact"
    else:
        moment = cal.next_festival(name, clock.today)
        note = clock.phrase("next", year=moment.year) if moment else None
        certainty = "inferred"
    if moment is None:
        return None
    prep = match["prep"]
    span = match.span()
    if prep in ("before", "ahead of", "prior to", "in time for"):
        return Moment(*span, "deadline", (None, before(moment)), None, note, certainty)  # type: ignore[arg-type]
    if prep in ("by", "until", "no later than"):
        return Moment(*span, "deadline", (None, moment), None, note, certainty)  # type: ignore[arg-type]
    if prep == "after":
        return Moment(*span, "window", (moment, None), None, note, certainty)  # type: ignore[arg-type]
    return Moment(*span, "window", (moment, moment), None, note, certainty)  # type: ignore[arg-type]


def _range(match: re.Match[str], first: Moment, low: str, cased: str, clock: Clock) -> Moment | None:
    prep = (match["prep"] or "").strip()
    link = LINK.match(low, match.end())
    if link is None or (
        ("to" in link.group() or "and" in link.group())
        and prep not in ("from", "between", "during", "starting", "over", "")
    ):
        return None
    if "and" in link.group() and prep != "between":
        return None
    second = DATE.match(low, link.end())
    if second is None or second["prep"]:
        return None
    end = _date(second, low, cased, clock)
    if end is None:
        return None
    begin, last = first.resolved[0] or first.resolved[1], end.resolved[1]
    if begin is None or last is None:
        return None
    if begin > last and "exact" == first.certainty == end.certainty:
        return Moment(match.start(), second.end(), "window", (begin, last), certainty="impossible")
    if begin > last:
        moved = cal.add_months(begin, -12)
        while moved is not None and moved > last:
            moved = cal.add_months(moved, -12)
        begin = moved or begin
    elif first.certainty == "inferred" and end.certainty == "exact":
        while (moved := cal.add_months(begin, 12)) is not None and moved <= last:
            begin = moved
    return Moment(match.start(), second.end(), "window", (begin, last), None, end.assumption, end.certainty)


def _date(match: re.Match[str], low: str, cased: str, clock: Clock) -> Moment | None:
    group = match.groupdict()
    prep = (group["prep"] or "").strip()
    edge = (group["edge"] or "").strip()
    start, end = match.span()
    if not prep and (edge or group["clock"]):
        start = match.start()
    period: Period | None = None
    grain, note, certainty, year, fiscal = "", None, "exact", None, False
    impossible = False
    if text := group["iso"]:
        moment = cal.day(*(int(part) for part in re.split(r"[-/.]", text)))
        period, grain, impossible = ((moment, moment) if moment else None), "day", moment is None
    elif text := group["isom"]:
        period, grain = cal.month_span(*(int(part) for part in text.split("-"))), "month"
    elif text := group["slash"]:
        return slash(match, text, prep, clock)
    elif text := group["dots"]:
        day, month, number = (int(part) for part in text.split("."))
        moment = cal.day(number, month, day)
        period, grain, impossible = ((moment, moment) if moment else None), "day", moment is None
    elif group["dm"] or group["md"]:
        suffix = "1" if group["dm"] else "2"
        month = _month_number(group["m" + suffix])
        if month == 5 and group["md"] and not cased[match.start("m2") : match.start("m2") + 1].isupper() and not prep:
            return None
        number = int(re.sub(r"\D", "", group["d" + suffix]))
        written = group["ydm"] or group["ymd"]

        def one(of: int) -> Period | None:
            moment = cal.day(of, month, number)
            return (moment, moment) if moment else None

        grain = "day"
        if written:
            period = one(int(written))
        else:
            period, note = clock.roll(one)
            certainty = "inferred"
        impossible = period is None
    elif group["my"]:
        return_month = _month_of(match, cased, prep, edge)
        if return_month is None:
            return None
        year, fiscal = year_text(group["ym"] or group["rym"] or group["fym"] or group["sym"], clock)
        period, note, certainty = _rolled(lambda of: cal.month_span(of, return_month), year, clock)
        grain = "month"
    elif group["q"]:
        words = {
            "first": 1,
            "1st": 1,
            "second": 2,
            "2nd": 2,
            "third": 3,
            "3rd": 3,
            "fourth": 4,
            "4th": 4,
            "final": 4,
            "last": 4,
        }
        if group["qw"] == "last" and not group["yq"] and not group["ryq"]:
            year_q = cal.add_months(clock.today.replace(day=1), -3) or clock.today
            period = cal.quarter_span(year_q.year, (year_q.month + 2) // 3)
            return Moment(start, end, "past", period or (None, None))
        quarter = int(group["qn"] or group["qn2"] or 0) or words.get(group["qw"] or "", 0)
        year, fiscal = year_text(
            group["yq0"] or group["yq"] or group["ryq"] or group["fyq"] or group["syq"] or group["qy"], clock
        )
        if not 1 <= quarter <= 4:
            return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
        period, note, certainty = _rolled(lambda of: cal.quarter_span(of, quarter), year, clock)
        grain = "quarter"
    elif group["h"]:
        half = int(group["hn"] or group["hn2"] or 0) or (1 if group["hw"] in ("first", "1st") else 2)
        year, fiscal = year_text(
            group["yh0"] or group["yh"] or group["ryh"] or group["fyh"] or group["syh"] or group["hy"], clock
        )
        if half not in (1, 2):
            return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
        period, note, certainty = _rolled(lambda of: cal.half_span(of, half), year, clock)
        grain = "half"
    elif text := group["fy"]:
        year, fiscal = year_text(text, clock)
        fiscal = not text.startswith("cy")
        period, grain = cal.year_span(year or clock.today.year), "year"
    elif group["rel"]:
        return relative(match, group, prep, edge, clock)
    elif group["relwd"]:
        if not (
            prep
            in (
                "by",
                "before",
                "on",
                "until",
                "no later than",
                "due",
                "due on",
                "due by",
                "not later than",
                "on or before",
                "till",
            )
            or group["relwdw"]
        ):
            return None
        moment = clock.today + timedelta(days=(WEEKDAYS[group["wd3"][:3]] - clock.today.weekday()) % 7)
        if group["relwdw"] == "next" and moment <= cal.week_span(clock.today)[1]:
            moment += timedelta(weeks=1)
        period, grain, note, certainty = (moment, moment), "day", None, "exact"
    elif group["eo"] or group["end"] or group["ofthe"]:
        return ends(match, group, prep, clock)
    elif group["midy"]:
        of = int(group["midyn"]) if group["midyn"] else current_mid(clock)
        edge_note = None if group["midyn"] else clock.phrase("current", year=of)
        return Moment(
            start, end, "deadline", (None, date(of, 6, 30)), None, edge_note, "exact" if group["midyn"] else "inferred"
        )
    elif group["season"]:
        return season(match, group, prep, edge, clock)
    elif text := group["y"]:
        if not (prep or edge or AFTER_YEAR.match(low[end : end + 14])):
            return None
        year = int(text)
        period, grain = cal.year_span(year), "year"
        if (
            prep in ("in", "for", "during", "throughout", "")
            and not edge
            and low[end : end + 9] not in (" baseline", " level")
        ):
            clock.year = year if year >= clock.today.year else clock.year
    elif text := group["today"]:
        if not prep or prep in (
            "from",
            "as of",
            "than",
            "for",
            "at",
            "in",
            "compared to",
            "compared with",
            "relative to",
            "versus",
            "vs",
            "against",
            "over",
        ):
            return None
        moment = clock.today + timedelta(days=1 if text == "tomorrow" else 0)
        period, grain = (moment, moment), "day"
    if impossible:
        return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
    if period is None:
        return None
    if fiscal:
        period, note, certainty = clock.fiscal(period)
    tail = TAIL.match(low, end)
    end = tail.end() if tail else end
    return placed(start, end, low, prep, edge, period, grain, note, certainty, clock)


def _month_of(match: re.Match[str], cased: str, prep: str, edge: str) -> int | None:
    name = match["m3"]
    month = _month_number(name)
    upper = cased[match.start("m3") : match.start("m3") + 1].isupper()
    named = bool(match["ym"] or match["rym"] or match["fym"])
    if (
        name.rstrip(".")
        in ("may", "march", "mar", "sep", "sept", "dec", "jan", "jun", "jul", "oct", "nov", "apr", "feb", "aug")
        and not named
    ):
        dated = (
            prep
            in (
                "by",
                "in",
                "before",
                "until",
                "till",
                "from",
                "through",
                "since",
                "during",
                "for",
                "after",
                "starting",
                "throughout",
                "no later than",
            )
            or edge
        )
        if not (upper and (dated or name.rstrip(".") not in ("may", "march", "mar", "sep", "jan", "dec"))):
            return month if dated and not upper and name.rstrip(".") not in ("mar", "dec", "sep") else None
    return month


def _rolled(make, year: int | None, clock: Clock) -> tuple[Period | None, str | None, str]:  # type: ignore[no-untyped-def]
    if year is not None:
        return make(year), None, "exact"
    period, note = clock.roll(make)
    return period, note, "inferred"
