"""Finds times in Chinese plain text: dates, periods, windows, rhythms, service windows.

Knows no amounts: "24小时" as a value is left for the amounts, told apart by what stands before and after.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import islice

from assistant.language import calendar as cal
from assistant.language.calendar import Period
from assistant.language.lexicon import lexicon
from assistant.language.numerals import chinese
from assistant.language.patterns_zh import (
    COMPARE,
    DATE_PATTERN,
    DAY_LIST,
    DAY_RANGE,
    DEADLINE_BEFORE,
    DIGIT,
    EVERY,
    FIRST_PART,
    HALFYEAR,
    LINK,
    MONTH_RANGE,
    PARTS,
    PER,
    REL_YEAR,
    SCHOOL_YEAR,
    SLASHED,
    TRIGGER,
    WEEKDAYS,
    WINDOW,
    YEAR_RANGE,
)
from assistant.language.periods import MOST, Clock, Moment, arbitrate, before, part_of
from assistant.language.periods_zh import day_moment, made, relative, suffixed, whole_number
from assistant.language.rhythms_zh import every, per
from assistant.language.windows_zh import half_year, window


def find(low: str, clock: Clock) -> list[Moment]:
    """All times of a plain text, in order, not overlapping."""
    if TRIGGER.search(low) is None and "后" not in low:
        return []
    found: list[Moment | None] = []
    if "每" in low or "逐" in low:
        found += [every(match) for match in islice(EVERY.finditer(low), MOST)]
    if "周" in low or "星期" in low or "礼拜" in low:
        found += [Moment(*match.span(), "recurrence", iso="R/P1W") for match in islice(WEEKDAYS.finditer(low), MOST)]
    if "按" in low or "逐" in low or "度" in low:
        found += [per(match) for match in islice(PER.finditer(low), MOST)]
    if DIGIT.search(low) is not None or "月" in low or "季" in low:
        found += [_day_range(match, clock) for match in islice(DAY_RANGE.finditer(low), MOST)]
        found += [_month_range(match, low, clock) for match in islice(MONTH_RANGE.finditer(low), MOST)]
        found += [
            Moment(*match.span(), "window", (date(int(match["a"]), 1, 1), date(int(match["b"]), 12, 31)))
            for match in islice(YEAR_RANGE.finditer(low), MOST)
        ]
        found += [_first_part(match, clock) for match in islice(FIRST_PART.finditer(low), MOST)]
        found += [_listed(match, clock) for match in islice(DAY_LIST.finditer(low), MOST)]
    if "/" in low:
        found += [_slashed(match, clock) for match in islice(SLASHED.finditer(low), MOST)]
    if "学年" in low:
        found += [_school_year(match, clock) for match in islice(SCHOOL_YEAR.finditer(low), MOST)]
    found += _dates(low, clock)
    found += [_festival(match, low, clock) for match in islice(_festivals().finditer(low), MOST)]
    found += [window(match, low, clock) for match in islice(WINDOW.finditer(low), MOST)]
    if "半年" in low:
        found += [half_year(match, low, clock) for match in islice(HALFYEAR.finditer(low), MOST)]
    return arbitrate(found)


def _first_part(match: re.Match[str], clock: Clock) -> Moment | None:
    """The first months or quarters of a year: 2026年前三季度; behind us they are a reference."""
    year, _ = _year_of(match, clock, "")
    months = (whole_number(match["n"]) or 0) * (3 if match["unit"].startswith("季") else 1)
    ends = cal.month_span(year, months) if year is not None and 0 < months <= 12 else None
    if year is None or ends is None:
        return None
    period = (date(year, 1, 1), ends[1])
    return Moment(*match.span(), "past" if period[1] < clock.today else "window", period)


def _slashed(match: re.Match[str], clock: Clock) -> Moment:
    """03/04/2027: day or month first; read day first, as most of the world writes it."""
    one, two, year = (int(match[name]) for name in ("one", "two", "y"))
    moment, other = cal.day(year, two, one), cal.day(year, one, two)
    if moment is None and other is None:
        return Moment(*match.span(), "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
    unsure = moment is not None and other is not None and moment != other
    day = moment or other
    note = clock.phrase("dayfirst", day=day.isoformat()) if unsure and day else None
    return Moment(*match.span(), "deadline", (None, day), None, note, "ambiguous" if unsure else "exact")


def _school_year(match: re.Match[str], clock: Clock) -> Moment | None:
    """115学年度, 2026学年: from August (years of the Republic) or September to the summer after."""
    republic = match["roc"] is not None
    year = int(match["roc"]) + 1911 if republic else int(match["y"])
    first, last = (8, 7) if republic else (9, 8)
    begins, ends = cal.month_span(year, first), cal.month_span(year + 1, last)
    if begins is None or ends is None:
        return None
    period = (begins[0], ends[1])
    if match["term"]:
        middle = date(year + 1, 1, 31)
        second = match["term"] in ("下", "二", "2")
        period = (date(year + 1, 2, 1), period[1]) if second else (period[0], middle)
    if match["end"]:
        return Moment(*match.span(), "deadline", (None, period[1]), None, clock.phrase("term"), "inferred")
    return Moment(*match.span(), "window", period, None, clock.phrase("term"), "inferred")


def _listed(match: re.Match[str], clock: Clock) -> Moment:
    month, number = (int(part) for part in match.group().split("."))
    return day_moment(match.start(), match.end(), month, number, None, clock, "on")


def _year_of(match: re.Match[str], clock: Clock, prefix: str = "a") -> tuple[int | None, str]:
    """The year a match names and how: `exact`, `relative`, `fiscal`, or ''."""
    groups = match.groupdict()
    if text := groups.get(prefix + "y") or groups.get(prefix + "y2"):
        return int(text), "fiscal" if "财年" in match.group() else "exact"
    if text := groups.get(prefix + "roc") or groups.get(prefix + "roc2"):
        return int(text) + 1911, "exact"
    if text := groups.get(prefix + "cy"):
        value = chinese(text)
        return (int(value) if value else None), "exact"
    if text := groups.get(prefix + "ry"):
        if "财" in text:
            return clock.fiscal_year() + REL_YEAR[text[:2]], "fiscal"
        return clock.today.year + REL_YEAR[text[:2]], "relative"
    if text := groups.get(prefix + "fy"):
        digits = re.sub(r"\D", "", text)
        return int(digits) if len(digits) == 4 else 2000 + int(digits), "fiscal"
    return None, ""


def _sub_maker(match: re.Match[str], prefix: str) -> tuple[Callable[[int], Period | None] | None, str, bool]:
    """How to make the period below the year, its granularity, and whether such a period exists at all."""
    group = match.groupdict()
    if text := group[prefix + "half"]:
        half = 1 if text == "上" else 2
        return (lambda year: cal.half_span(year, half)), "half", True
    if text := group[prefix + "hn"]:
        half = int(text)
        return (lambda year: cal.half_span(year, half)), "half", half in (1, 2)
    text = group[prefix + "qz"] or group[prefix + "qz2"] or group[prefix + "qn"]
    if text or group[prefix + "qh"]:
        quarter = (1 if group[prefix + "qh"] == "首" else 4) if not text else whole_number(text) or 0
        return (lambda year: cal.quarter_span(year, quarter)), "quarter", 1 <= quarter <= 4
    if text := group[prefix + "m"] or group[prefix + "mz"]:
        month = 1 if text == "元" else whole_number(text) or 0
        daytext = group[prefix + "d"] or group[prefix + "dz"]
        if daytext:
            number = whole_number(daytext.replace("廿", "二十")) or 0

            def one(year: int) -> Period | None:
                moment = cal.day(year, month, number)
                return (moment, moment) if moment else None

            return one, "day", cal.day(2028, month, number) is not None
        part = group[prefix + "part"] or ""

        def whole(year: int) -> Period | None:
            period = cal.month_span(year, month)
            if period is None:
                return None
            if part in PARTS:
                return part_of(period, PARTS[part])
            return period

        return whole, "part" if part in PARTS else ("monthend" if part else "month"), 1 <= month <= 12
    if text := group[prefix + "edge"]:
        sort = {
            "年底": "yearend",
            "年末": "yearend",
            "年终": "yearend",
            "岁末": "yearend",
            "年中": "yearmid",
            "年初": "yearstart",
            "年内": "yearin",
        }[text]
        return cal.year_span, sort, True
    return None, "", True


def _dates(low: str, clock: Clock) -> list[Moment]:
    found: list[Moment] = []
    place = 0
    while len(found) < MOST and (match := DATE_PATTERN.search(low, place)):
        moment = _date(match, low, clock)
        place = max(match.end(), match.start() + 1)
        if moment is None:
            place = match.start() + 1
            continue
        suffix = match["suf"]
        if (suffix in (None, "起", "起至") and (link := LINK.match(low, match.end()))) or suffix == "起至":
            second = DATE_PATTERN.match(low, link.end() if suffix != "起至" and link else match.end())
            if second is None:
                second = _bare_day(match, low, link.end() if link else match.end())
            if second is not None:
                joined = _join(match, second, moment, low, clock)
                if joined:
                    found.append(joined)
                    place = joined.end
                    continue
        found.append(moment)
    return found


def _bare_day(first: re.Match[str], low: str, place: int) -> re.Match[str] | None:
    if not any(first.groupdict().get(name) for name in ("ad", "bd")):
        return None
    return re.compile(r"(?P<only>\d{1,2})[日号](?P<suf>)").match(low, place)


def _join(first: re.Match[str], second: re.Match[str], start: Moment, low: str, clock: Clock) -> Moment | None:
    if "only" in second.groupdict():
        begin = start.resolved[1]
        if begin is None:
            return None
        last = cal.day(begin.year, begin.month, int(second["only"]))
        return Moment(
            first.start(), second.end(), "window", (begin, last), assumption=start.assumption, certainty=start.certainty
        )
    end = _date(second, low, clock)
    if end is None:
        return None
    begin, last = start.resolved[0] or start.resolved[1], end.resolved[1]
    if begin is None or last is None:
        return Moment(first.start(), second.end(), "window", (None, None), certainty="impossible")
    own_year = _year_of(second, clock)[0] is not None or bool(second.groupdict().get("iso"))
    first_year = _year_of(first, clock)[0]
    if not own_year and first_year is not None:
        last = _same_or_next(last, begin)
    stated = own_year and first_year is not None
    while begin > last and not stated:
        earlier = cal.add_months(begin, -12)
        if earlier is None:
            return None
        begin = earlier
    exact = own_year or first_year is not None
    note = None if exact else clock.phrase("next", year=last.year)
    return Moment(
        first.start(),
        second.end(),
        "window",
        (begin, last),
        assumption=note,
        certainty="impossible" if begin > last else "exact" if exact else "inferred",
    )


def _same_or_next(last: date, begin: date) -> date:
    moved = cal.add_months(last, 12 * (begin.year - last.year)) or last
    return moved if moved >= begin else cal.add_months(moved, 12) or moved


def _date(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    start, end = match.span()
    suffix, edge2 = match["suf"] or "", (match["edge2"] or "").lstrip("的")
    ahead = low[max(0, start - 8) : start]
    year, how = _year_of(match, clock)
    prefix = "a" if year is not None else "b"
    make, grain, possible = _sub_maker(match, prefix)
    if year is None and make is None:
        return relative(match, low, clock)
    if how == "relative" and make is None and match["ary"] in ("当年",) and not suffix:
        return None
    note, certainty = None, "exact"
    if not possible:
        return Moment(
            start, end, "deadline", (None, None), assumption=clock.phrase("impossible"), certainty="impossible"
        )
    if year is not None:
        period = make(year) if make else cal.year_span(year)
        grain = grain or "year"
        if how == "fiscal" and period is not None:
            period, note, certainty = clock.fiscal(period)
        if (
            grain == "year"
            and not suffix
            and not edge2
            and not DEADLINE_BEFORE.search(ahead)
            and not COMPARE.search(ahead)
        ):
            clock.year = year
    elif make is not None and grain.startswith("year"):
        period = make(clock.year if clock.year and clock.year >= clock.today.year else clock.today.year)
        note, certainty = clock.phrase("current", year=period[0].year if period else clock.today.year), "inferred"
    elif make is not None:
        period, note = clock.roll(make)
        certainty = "inferred"
    else:
        return None
    if period is None:
        return Moment(
            start, end, "deadline", (None, None), assumption=clock.phrase("impossible"), certainty="impossible"
        )
    if edge2 and grain in ("year", "half", "quarter", "month"):
        grain = "monthend" if edge2[-1] in "底末" else ("mid" if edge2[-1] == "中" else "start")
    made = suffixed(start, end, low, period, grain, suffix, clock, note, certainty)
    if how == "relative" and period[1] < clock.today and not suffix.endswith(("前", "止")):
        return made._replace(kind="past", resolved=period)
    return made


def _day_range(match: re.Match[str], clock: Clock) -> Moment | None:
    m1, d1, m2, d2 = (int(match[name]) for name in ("m1", "d1", "m2", "d2"))
    if (m2, d2) <= (m1, d1) and m2 >= m1:
        return None

    def make(year: int) -> Period | None:
        first, last = cal.day(year if (m1, d1) <= (m2, d2) else year - 1, m1, d1), cal.day(year, m2, d2)
        return (first, last) if first and last else None

    period, note = clock.roll(make)
    if period is None:
        return None
    return Moment(*match.span(), "window", period, None, note, "inferred")


def _month_range(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    group = match.groupdict()
    if group["q1"] or group["w1"] or group["h"]:
        first = 1 if group["h"] else (whole_number(group["q1"] or group["w1"]) or 1) * 3 - 2
        last = 12 if group["h"] else (whole_number(group["q2"] or group["w2"]) or 1) * 3
    else:
        first, last = whole_number(group["m1"] or group["z1"]) or 0, whole_number(group["m2"] or group["z2"]) or 0
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None

    def make(year: int) -> Period | None:
        begin = cal.month_span(year if first <= last else year - 1, first)
        end = cal.month_span(year, last)
        return (begin[0], end[1]) if begin and end else None

    year = group["y"] or group["y2"]
    if year or group["ry"]:
        number = int(year) if year else clock.today.year + REL_YEAR[group["ry"] or "今年"]
        period, note, certainty = make(number if first <= last else number + 1), None, "exact"
    else:
        period, note = clock.roll(make)
        certainty = "inferred"
    if period is None:
        return None
    if match["suf"] in ("前", "末", "底"):
        return made(*match.span(), "deadline", (None, period[1]), note, certainty)
    return made(*match.span(), "window", period, note, certainty)


_FESTIVAL_CACHE: dict[str, re.Pattern[str]] = {}


def _festivals() -> re.Pattern[str]:
    if "zh" not in _FESTIVAL_CACHE:
        names = "|".join(sorted(map(re.escape, lexicon("zh").festivals), key=len, reverse=True))
        _FESTIVAL_CACHE["zh"] = re.compile(
            rf"(?P<year>今年|明年|后年|20\d\d年)?(?P<name>{names})\"?(?P<mid>节|假期|长假|小长假|连假|连休|大促|档|黄金周|购物节)?\"?(?P<suf>之前|以前|到来前|来临前|前(?!后|夕|期)|后(?!台|端)|之后|期间|当天|当日|假期|前夕)"
        )
    return _FESTIVAL_CACHE["zh"]


def _festival(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    name = lexicon("zh").festivals[match["name"]]
    start, end = match.span()
    if (
        match["name"] in ("十一", "五一", "六一", "七一", "八一")
        and start
        and low[start - 1] in "双〇零一二三四五六七八九十百年第"
    ):
        return None
    suffix = match["suf"]
    sale = match["name"] in ("618", "618大促", "双十一", "双11", "双十二", "双12")
    if sale and not suffix.endswith(("前", "前夕")) and not (match["year"] and suffix in ("当天", "当日", "期间")):
        return None
    if text := match["year"]:
        year = clock.today.year + REL_YEAR[text] if text in REL_YEAR else int(text[:4])
        moment, note, certainty = cal.festival(name, year), None, "exact"
    else:
        moment = cal.next_festival(name, clock.today)
        note = clock.phrase("next", year=moment.year) if moment else None
        certainty = "inferred"
    if moment is None:
        return None
    if "前" in suffix:
        return made(start, end, "deadline", (None, before(moment)), note, certainty)
    if "后" in suffix:
        return made(start, end, "window", (moment, None), note, certainty)
    return made(start, end, "window", (moment, moment), note, certainty)
