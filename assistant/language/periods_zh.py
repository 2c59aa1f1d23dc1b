"""Places Chinese periods: what their edge and suffix make of them, and the periods named relative to today.

Knows periods, not how they were found.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.language import calendar as cal
from assistant.language.calendar import Period
from assistant.language.numerals import chinese
from assistant.language.patterns_zh import COMPARE, DEADLINE_BEFORE, FROM_BEFORE, PARTS, WEEKDAY
from assistant.language.periods import Clock, Moment, before, part_of


def whole_number(text: str | None) -> int | None:
    """A written numeral as an integer, None where it is none."""
    value = chinese(text) if text else None
    return int(value) if value is not None else None


def suffixed(
    start: int,
    end: int,
    low: str,
    period: Period,
    grain: str,
    suffix: str,
    clock: Clock,
    note: str | None,
    certainty: str,
) -> Moment:
    """Kind and resolution of a period by its edge, what follows it and what stands before it."""
    first, last = period
    ahead = low[max(0, start - 8) : start]
    after = low[end : end + 4]
    if grain == "yearmid" or (grain == "mid" and (last - first).days > 300):
        first, last = date(first.year, 6, 1), date(first.year, 6, 30)
    elif grain == "mid":
        first, last = part_of(period, "mid")
    elif grain == "yearstart":
        first, last = date(first.year, 1, 1), date(first.year, 1, 31)
    elif grain == "start":
        first, last = part_of(period, "early")
    sure = certainty
    compared = suffix in ("同期", "相比", "基线", "基准") or (
        COMPARE.search(ahead) is not None and suffix in ("", "末", "底")
    )
    if compared and ahead.endswith(("低于", "高于", "超过")) and last >= clock.today:
        compared = False
    if compared and ahead.endswith(("于", "以", "与", "和")) and not after.startswith(("为基", "相比", "基准", "持平")):
        compared = suffix in ("同期", "相比", "基线", "基准")
    if compared or after.startswith(("为基准", "为基期", "相比", "同期", "基准", "的基")):
        if certainty == "inferred" and grain in ("quarter", "month", "half") and first > clock.today:
            return made(start, end, "past", (first, last), note, sure)
        return made(start, end, "past", (first, last), note, sure)
    ends = grain in ("monthend", "yearend")
    if suffix in ("前", "之前", "以前", "到来前", "到来之前", "来临前", "来临之前", "开始前", "开始之前"):
        inclusive = grain in (
            "day",
            "part",
            "monthend",
            "yearend",
            "yearmid",
            "mid",
            "yearin",
        ) and not suffix.startswith("开始")
        return made(start, end, "deadline", (None, last if inclusive else before(first)), note, sure)
    if suffix in ("止", "为止", "截止", "结束前", "结束之前") or ends or DEADLINE_BEFORE.search(ahead):
        return made(start, end, "deadline", (None, last), note, sure)
    dates_figure = re.match(r"的?(?:约|近)?[\d一二三四五六七八九十百]", after) is not None
    if suffix in ("起", "以来", "开始", "起至") or (FROM_BEFORE.search(ahead) and not suffix and not dates_figure):
        return made(start, end, "window", (first, None), note, sure)
    if suffix in ("后", "之后", "以后"):
        return made(start, end, "window", (last if grain == "day" else last + timedelta(days=1), None), note, sure)
    if grain in ("day", "yearmid"):
        return made(start, end, "deadline", (first, last), note, sure)
    return made(start, end, "window", (first, last), note, sure)


def made(
    start: int, end: int, kind: str, resolved: tuple[date | None, date | None], note: str | None, certainty: str
) -> Moment:
    """A moment of the given kind."""
    return Moment(start, end, kind, resolved, None, note, certainty)  # type: ignore[arg-type]


def relative(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    """This, next, last week, month, quarter; ISO dates; school terms; five-year plans."""
    start, end = match.span()
    suffix = match["suf"] or ""
    today = clock.today
    group = match.groupdict()
    period: Period | None = None
    grain, note, certainty, past = "", None, "exact", False
    if text := group["rm"]:
        shift = -1 if text.startswith("上") else (1 if text[0] in "下次" else 0)
        past = shift < 0
        base = cal.add_months(today.replace(day=1), shift) or today
        period, grain = cal.month_span(base.year, base.month), "month"
        if daytext := group["rd"] or group["rdz"]:
            moment = cal.day(base.year, base.month, whole_number(daytext.replace("廿", "二十")) or 0)
            if moment is None:
                return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
            period, grain = (moment, moment), "day"
        elif group["rw"] and period:
            first = period[0] + timedelta(weeks=(whole_number(group["rw"]) or 1) - 1)
            period, grain = (first, min(first + timedelta(days=6), period[1])), "part"
        elif (part := group["rpart"]) and period:
            period, grain = (part_of(period, PARTS[part]), "part") if part in PARTS else (period, "monthend")
    elif text := group["rq"]:
        shift = -1 if text.startswith("上") else (1 if text.startswith("下") else 0)
        past = shift < 0
        base = cal.add_months(today.replace(day=1), 3 * shift) or today
        period, grain = cal.quarter_span(base.year, (base.month + 2) // 3), "quarter"
    elif group["rh"]:
        period, grain = cal.half_span(today.year, 1 if today.month < 7 else 2), "half"
    elif (text := group["rwk"]) or group["wd2"]:
        shift = {"下": 1, "下下": 2, "上": -1, "上上": -2}.get(text or "", 0)
        past = shift < 0
        period, grain = cal.week_span(today, shift), "week"
        if name := group["wd"] or group["wd2"]:
            moment = period[0] + timedelta(days=WEEKDAY[name])
            if not text and moment < today:
                moment += timedelta(weeks=1)
            period, grain = (moment, moment), "day"
    elif text := group["bare"]:
        return bare(text, start, end, low, suffix, clock)
    elif (text := group["iso"]) or group["md"] or group["isom"]:
        parts = [int(part) for part in re.split(r"[-/.]", text or group["md"] or group["isom"] or "")]
        if group["isom"]:
            period, grain = cal.month_span(parts[0], parts[1]), "month"
        elif group["md"]:
            return day_moment(start, end, parts[0], parts[1], suffix, clock, "by")
        else:
            moment = cal.day(*parts)
            period, grain = ((moment, moment) if moment else None), "day"
        if period is None:
            return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
    elif text := group["term"]:
        period = term(text, group["termy"] == "年", today)
        grain, note, certainty, past = (
            "monthend" if group["termend"] in ("末", "期末", "结束") else "quarter",
            clock.phrase("term"),
            "inferred",
            text.startswith("上"),
        )
    elif text := group["plan"]:
        index = "二三四五六七".index(text.strip('"')[1])
        first_year = 2011 + 5 * index
        period, grain = (date(first_year, 1, 1), date(first_year + 4, 12, 31)), "quarter"
    if period is None:
        return None
    if group["rm"] and not suffix and grain == "month" and low.startswith(("第",), end):
        return None
    moment_made = suffixed(start, end, low, period, grain, suffix, clock, note, certainty)
    return moment_made._replace(kind="past") if past else moment_made


def bare(text: str, start: int, end: int, low: str, suffix: str, clock: Clock) -> Moment | None:
    """Whole year, quarter end, month end, today and the like."""
    today = clock.today
    quarter = cal.quarter_span(today.year, (today.month + 2) // 3)
    month = cal.month_span(today.year, today.month)
    year = cal.year_span(clock.year if clock.year and clock.year >= today.year else today.year)
    if text in ("今日", "今天", "今晚", "当天", "当日", "明天", "明日", "后天", "昨天", "昨日"):
        if text in ("当天", "当日"):
            return None
        shift = {"明": 1, "后": 2, "昨": -1}.get(text[0], 0)
        moment = today + timedelta(days=shift)
        return Moment(start, end, "past" if shift < 0 else "deadline", (None if suffix else moment, moment))
    if text.startswith(("全年", "年度内")):
        period, sort = year, "period"
    elif text.startswith("季"):
        period, sort = quarter, text[-1]
    elif text.startswith("月"):
        period, sort = month, text[-1]
    else:
        period, sort = cal.week_span(today), "末"
    if period is None:
        return None
    note = clock.phrase("current", year=period[0].year)
    if sort in "末底":
        return Moment(start, end, "deadline", (None, period[1]), None, note, "inferred")
    if sort == "初":
        nearby = part_of(period, "early")
        return Moment(start, end, "window", nearby, None, note, "inferred")
    if sort == "中":
        return Moment(start, end, "window", part_of(period, "mid"), None, note, "inferred")
    return Moment(start, end, "window", period, None, note, "inferred")


def term(which: str, whole_year: bool, today: date) -> Period:
    """The school term or year that is meant, counted from today."""
    starts = [
        date(year, month, 1)
        for year in (today.year - 1, today.year, today.year + 1, today.year + 2)
        for month in ((9,) if whole_year else (2, 9))
    ]
    current = max(index for index, moment in enumerate(starts) if moment <= today)
    index = current + (1 if which[0] in "下新" else -1 if which[0] == "上" else 0)
    index = min(max(index, 0), len(starts) - 2)
    return starts[index], before(starts[index + 1])


def day_moment(start: int, end: int, month: int, number: int, suffix: str | None, clock: Clock, sort: str) -> Moment:
    """A day of a month without a year."""

    def one(year: int) -> Period | None:
        moment = cal.day(year, month, number)
        return (moment, moment) if moment else None

    period, note = clock.roll(one)
    if period is None:
        return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
    if suffix in ("起",):
        return Moment(start, end, "window", (period[0], None), None, note, "inferred")
    return Moment(start, end, "deadline", (period[0] if sort == "on" else None, period[1]), None, note, "inferred")
