"""Resolves lengths of time in Chinese: goal windows, service windows, offsets, or values that are left to the amounts.

Knows what stands before and after a length of time; dates are resolved elsewhere.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.language.numerals import chinese
from assistant.language.patterns_zh import EVENT, SERVICE_AFTER, SERVICE_BEFORE, SERVICE_RATE, UNITS, VALUE_BEFORE
from assistant.language.periods import Clock, Moment, before, later

_NAMES_RATE = re.compile(r"的[^,;。\d]{0,8}?(?:率|比例|占比)")
"""What follows a length of time that is part of a measure's name: 90天内的离职率."""


def half_year(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    """Half a year as window or offset."""
    return span(*match.span(), low, match["pre"] or "", Decimal("6"), "month", match["suf"] or "", clock)


def window(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    """A length of time as window, service window or offset; None where it is a value."""
    start, end = match.span()
    pre, suffix, unit = (match["pre"] or "").rstrip("的"), match["suf"] or "", match["unit"].lstrip("个")
    first = amount(match["n"])
    second = amount(match["n2"]) if match["n2"] else None
    value = second if second is not None else first
    if value is None or (match["n"] == "半" and unit == "年"):
        return None
    sort = UNITS.get(unit) or UNITS.get(unit[:2]) or UNITS.get(unit[:4], "day")
    if match["half"] or unit in ("年半", "半月"):
        value += Decimal("0.5")
    if (
        unit == "月"
        and not match["unit"].startswith("个")
        and not (match["n2"] or pre in ("未来", "近", "过去") or match["n"] in ("两", "几", "数", "半"))
    ):
        return None
    if unit in ("日", "年") and match["n"].isdigit() and len(match["n"]) == 4:
        return None
    if match["n"] in ("几", "数") and not pre:
        return None
    if sort == "second" and low[start - 1 : start] == "分" and low[start - 2 : start - 1].isdecimal():
        return None
    if match["hours"] and sort == "minute":
        value += 60 * (chinese(match["hours"]) or 0)
    return span(start, end, low, pre, value, sort, suffix, clock)


def amount(text: str) -> Decimal | None:
    """The number that a length of time is written with."""
    if text in ("几", "数"):
        return Decimal(3)
    if text == "半":
        return Decimal("0.5")
    if len(text) == 2 and not set(text) - set("一二三四五六七八九"):
        return chinese(text[1])
    if text.startswith("半") or (text.endswith("半") and len(text) > 2):
        return None
    if text.endswith("半"):
        base = chinese(text[:-1])
        return base + Decimal("0.5") if base is not None else None
    return chinese(text)


def span(
    start: int, end: int, low: str, pre: str, value: Decimal, sort: str, suffix: str, clock: Clock
) -> Moment | None:
    """Kind and resolution of a length of time by what stands around it."""
    today = clock.today
    short = sort in ("hour", "minute", "second")
    ahead = low[max(0, start - 14) : start]
    if pre in ("每", "每隔", "为期", "历时", "满", "提前", "上", "下", "头", "首"):
        return None
    if pre == "第":
        if short or sort in ("day", "year", "workday", "quarter") or suffix in ("前",):
            return None
        first = later(today, value - 1, sort)
        last = later(today, value, sort)
        if first is None or last is None or value < 1:
            return None
        return Moment(start, end, "window", (first, before(last)), None, clock.phrase("today"), "inferred")
    if pre in ("过去", "近", "最近", "前") and suffix not in ("内", "后", "之内", "以内", "之后"):
        first = later(today, -value, sort)
        if short or first is None or (pre == "前" and sort in ("day", "workday")):
            return None
        return Moment(start, end, "past", (first, today))
    future = pre in ("未来", "今后", "接下来", "往后", "此后")
    if suffix in ("前", "之前", "以前"):
        first = later(today, -value, sort)
        if short or first is None or pre:
            return None
        return Moment(start, end, "past", (first, first))
    if suffix in ("后", "之后", "以后"):
        moment = later(today, value, sort)
        if short or moment is None:
            return None
        if pre == "再过" or EVENT.search(ahead):
            return Moment(start, end, "deadline", certainty="open")
        return Moment(start, end, "deadline", (None, moment))
    if pre == "再过":
        return Moment(start, end, "deadline", certainty="open")
    if suffix.endswith(("时间", "努力")) and not (future or pre in ("用", "花", "通过", "经过", "利用")):
        return None
    if not suffix and not future:
        return None
    after = low[end : end + 16]
    event = EVENT.search(ahead) is not None and not ahead.endswith(("今后", "往后"))
    if not future and VALUE_BEFORE.search(ahead) and not (event and not short):
        return None
    if short:
        if suffix in ("里", "期间", "间", "之间") or not suffix:
            return None
        letter = {"hour": "H", "minute": "M", "second": "S"}[sort]
        return Moment(start, end, "service", iso=f"PT{format(value.normalize(), 'f')}{letter}")
    if (
        sort in ("day", "workday")
        and not future
        and (SERVICE_AFTER.match(after))
        and (event or SERVICE_BEFORE.search(ahead) or sort == "workday")
    ):
        return Moment(start, end, "service", iso=f"P{format(value.normalize(), 'f')}D")
    if not future and suffix.endswith("内") and _NAMES_RATE.match(after):
        return None
    if sort == "day" and not future and SERVICE_RATE.match(after):
        return Moment(start, end, "service", iso=f"P{format(value.normalize(), 'f')}D")
    last = later(today, value, sort)
    if last is None:
        return None
    if event:
        return Moment(start, end, "window", certainty="open")
    return Moment(start, end, "window", (today, last))
