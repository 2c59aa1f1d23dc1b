"""Finds times in English plain text: dates, periods, windows, rhythms, service windows.

Knows no amounts: "two hours" as a value is left for the amounts, told apart by what stands before and after.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from functools import lru_cache

from assistant.language import calendar as cal
from assistant.language.calendar import Period
from assistant.language.lexicon import lexicon
from assistant.language.numerals import english
from assistant.language.periods import MOST, Clock, Moment, arbitrate, before, part_of
from assistant.language.times_zh import later

_MONTHS = {name: index for index, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_WEEKDAYS = {name: index for index, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_MON = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])\.?"
_WD = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|thu|fri|sat|sun)(?![a-z])\.?"
_YR = r"(?:20[1-9]\d|19\d\d)(?![\d,.%]\d|\d|[ -]?(?:users|units|customers|people))"
_DAYN = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.:,]\d)"
_N = r"(?:\d{1,4}(?:\.\d)?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|twenty-four|thirty|forty-eight|forty|forty-five|sixty|ninety|half a|a half|a few|several|couple of|a couple of)"
_UNIT = r"(?:working days?|business days?|workdays?|calendar days?|days?|weeks?|wks?|months?|quarters?|years?|yrs?|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|sprints?|semesters?|terms?|fiscal years?|iterations?|cycles?)"
_OF = r"(?:[ ]of)?(?:[ ]the)?"
_Y_TAIL = rf"(?:(?:,|[ ]of|[ ]in)?[ ]?(?:(?P<y{{0}}>{_YR})|(?P<ry{{0}}>(?:this|next|last|the coming)[ ](?:fiscal |calendar |financial |school |academic )?year)|(?P<fy{{0}}>fy[ ]?'?(?:20)?\d\d(?:/\d\d)?(?!\d))|'(?P<sy{{0}}>\d\d)(?!\d)))?"
_CORE = (
    r"(?P<iso>(?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])[-/.](?:[12]\d|3[01]|0?[1-9])(?![\d]))"
    r"|(?P<isom>(?:19|20)\d\d-(?:1[0-2]|0[1-9])(?![\d-]))"
    r"|(?P<slash>(?<![\d/.])\d{1,2}/\d{1,2}/(?:20)?\d\d(?![\d/]))"
    r"|(?P<dots>(?<![\d.])(?:[12]\d|3[01]|0?[1-9])\.(?:1[0-2]|0?[1-9])\.20\d\d(?!\d))"
    rf"|(?P<dm>(?:(?P<wd1>{_WD}),?[ ](?:the[ ])?)?(?P<d1>{_DAYN})(?:[ ]of)?[ -]?(?P<m1>{_MON})(?:,?[ -]?(?P<ydm>{_YR}))?)"
    rf"|(?P<md>(?:(?P<wd2>{_WD}),?[ ])?(?P<m2>{_MON})[ ]?(?:the[ ])?(?P<d2>{_DAYN})(?:,?[ ](?P<ymd>{_YR}))?)"
    rf"|(?P<my>(?P<m3>{_MON})" + _Y_TAIL.format("m") + ")"
    r"|(?P<q>(?:(?P<yq0>20\d\d|fy[ ]?'?(?:20)?\d\d)[ -]?)?(?:q(?P<qn>\d)(?![\da-z])|(?P<qn2>[1-4])q(?=[ ']?\d\d|[^a-z\d]|$)|(?:the )?(?P<qw>first|second|third|fourth|1st|2nd|3rd|4th|final|last)[ ](?:calendar[ ]|fiscal[ ])?quarter(?![a-z]))"
    + _Y_TAIL.format("q")
    + r"(?P<qy>(?<=\dq)'?\d\d(?!\d))?)"
    r"|(?P<h>(?:(?P<yh0>20\d\d|fy[ ]?'?(?:20)?\d\d)[ -]?)?(?:h(?P<hn>\d)(?![\da-z])|(?P<hn2>[12])h(?=[ ']?2\d(?!\d)|[ ]20\d\d)|(?:the )?(?P<hw>first|second|1st|2nd)[ ]half(?![ -]?(?:marathon|hour|life|time)))"
    + _Y_TAIL.format("h")
    + r"(?P<hy>(?<=\dh)'?2\d(?!\d))?)"
    r"|(?P<fy>(?:fy|cy)[ ]?'?(?:20)?\d\d(?:[/-]\d\d)?(?![\d])|(?:fiscal|financial)[ ](?:year[ ])?(?:20\d\d(?:/\d\d)?))"
    r"|(?P<rel>(?P<relw>this|next|last|previous|prior|the coming|the current|current|the following|the previous|the past|the last|same)[ ](?P<relx>(?:fiscal |financial |calendar |school |academic )?(?:year|quarter|month|week|half|semester|term|sprint|cycle|season|weekend))(?!s|-to|[ ](?:to date|over year|on year)))"
    rf"|(?P<relwd>(?:(?P<relwdw>this|next|coming)[ ])?(?P<wd3>{_WD})(?!s))"
    r"|(?P<eo>eo(?P<eox>[yqmwd]|fy)(?![a-z])" + _Y_TAIL.format("e") + ")"
    r"|(?P<end>(?:(?:calendar|fiscal|financial|school|academic)[ -])?(?P<endx>year|quarter|month|week|semester|term|half)[ -]end(?![a-z]|[ ](?:close|closing|review|report|reporting|process|party|stock|accounts|bonus))"
    + _Y_TAIL.format("n")
    + ")"
    r"|(?P<ofthe>(?<=end of )(?P<ofx>year|quarter|month|week|the year|the quarter|the month|the week|the fiscal year|the financial year|the school year|fiscal year|the half|the half-year|the semester|the term)(?![a-z]))"
    r"|(?P<midy>mid-?(?:year|(?P<midyn>20\d\d))(?!\d|[ ](?:review|point)))"
    r"|(?P<decade>the (?:decade|year))(?<=of the decade)"
    r"|(?P<season>(?<![a-z])(?:(?P<sea1>spring|summer|autumn|fall|winter)(?:[ ]of)?[ ](?P<seay>20\d\d)|(?<=by )(?P<sea2>spring|summer|autumn|winter)(?![ a-z])|(?P<sea3>(?:this|next|the)[ ](?P<sea4>spring|summer|autumn|winter))(?![ ](?:festival|break|camp|intake|school|season))))"
    rf"|(?P<y>(?<![\d$€£.,/#])(?<!\d-)(?:20[1-6]\d)(?!\d|[.,]\d|[/%-]\d|%|[ ]?[-–][ ]?\d)(?![ ]?(?:users|units|customers|people|members|items|orders|tickets|km|kg|kwh|leads|visitors|new|hours|employees|students|jobs|trees|tonnes|tons|calls|homes|meals|copies|downloads)))"
    r"|(?P<today>today|tomorrow|tonight)"
)
_PREP = (
    r"(?P<prep>(?:on or before|no later than|not later than|at the latest by|by|before|ahead of|prior to|until|till|through(?! the)|due(?: on| by)?|in|during|throughout|within|over|from|starting|beginning|since|as of|for|on|after|following|effective|at|between|compared (?:with|to)|relative to|versus|vs\.?|against|than|over|from)[ ])?"
    r"(?:(?:the[ ])?(?:(?P<clock>(?:\d{1,2}(?::\d\d)?[ ]?(?:am|pm)|\d{1,2}:\d\d|noon|midnight|close of business|cob|eod|end of day|end of business)(?: [a-z]{2,4})?(?:[ ]on|,)?[ ])))?"
    r"(?:(?:the[ ])?(?P<edge>(?:very )?(?:end|close|start|beginning|middle|mid|early|late|last day|first day|first week|last week|mid-?point|first month|last month)(?:[ -]of)?(?:[ ]the(?![ ]year(?:[^a-z-]|$)|[ ]quarter(?:[^a-z-]|$)|[ ]month|[ ]week|[ ]fiscal|[ ]financial|[ ]school|[ ]half(?:[^a-z]|$)|[ ]semester|[ ]term|[ ]half-year))?[ -]))?(?:the[ ](?=[q]\d|20\d\d|[a-z]+day|fiscal|financial|\d))?"
)
_DATE = re.compile(rf"(?=[a-z0-9])(?<![a-z0-9])(?:{_PREP})(?:{_CORE})")
_TAIL = re.compile(
    r"(?:,?[ ](?:at|by)?[ ]?\d{1,2}(?::\d\d)?[ ]?(?:am|pm)?(?![\d%a-z])(?=[ ]?(?:am|pm))|[ ]at the latest)?"
)
_LINK = re.compile(r"[ ]?(?:-|~|to|and|through|until|till)[ ]?(?:the[ ]end[ ]of[ ]|end[ ]of[ ]|the[ ])?")
_MONTH_PAIR = re.compile(
    rf"(?<![a-z])(?:(?:between|from|in|over|during|for)[ ])?(?P<m1>{_MON})[ ]?(?:-|to|and|through|until)[ ]?(?:the end of )?(?P<m2>{_MON})(?![ ]?\d{{1,2}}(?![\d]))(?:,?[ ](?:of )?(?P<y>{_YR}))?"
)
_QUARTER_PAIR = re.compile(
    r"(?<![a-z0-9])(?:(?:between|from|in|over|during|across)[ ])?q(?P<q1>[1-4])[ ]?(?:-|to|and|through|&)[ ]?q(?P<q2>[1-4])(?:[ ](?P<y>20\d\d))?(?![\d%])"
)
_DAY_PAIR = re.compile(
    rf"(?<![a-z0-9])(?:(?:between|from)[ ])?(?:(?P<a1>{_DAYN})[ ]?(?:-|to|and)[ ]?(?P<a2>{_DAYN})[ ](?P<am>{_MON})|(?P<bm>{_MON})[ ](?P<b1>{_DAYN})[ ]?(?:-|to|and)[ ]?(?P<b2>{_DAYN}))(?:,?[ ](?P<y>{_YR}))?"
)
_WINDOW = re.compile(
    rf"(?<![a-z0-9.])(?:(?P<prep>within|in|over|during|for|across|throughout|by|inside|after)[ ])?(?:(?:a|the)[ ](?:period|span|window)[ ]of[ ])?(?P<next>(?:the[ ])?(?:next|coming|following|first|upcoming|last|past|previous|preceding|trailing|final|remaining)[ ])?(?:(?:about|roughly|at most|no more than|the|a maximum of)[ ])?(?P<n>{_N})(?:[ ]?(?:-|to|or)[ ]?(?P<n2>{_N}))?[ -]?(?P<unit>{_UNIT})(?![a-z])(?P<rest>(?<=hour|ours)[ ](?:and[ ])?(?P<n3>\d{{1,2}})[ ]minutes?(?![a-z]))?(?P<noun>[ ](?:period|window|timeframe|time frame|cycle))?(?P<tail>[ ](?:from (?:now|today|launch|signing|go-live|kick-?off|start)|after (?:launch|go-live|release|signing|hire|joining|kick-?off|the (?:launch|release|go-live|start|event|training))|of (?:launch|go-live|release|signing|hire|joining|receipt|receiving|kick-?off|starting|being|the (?:launch|release|request|order|report|complaint|start|event)|a (?:request|report|complaint)|purchase|order|submission|contact|delivery)|following|ago|later))?"
)
_NEXT_ONE = re.compile(
    r"(?<![a-z])(?:over|in|within|during|for)[ ]the[ ](?P<which>next|coming|following|past|last)[ ](?P<unit>year|quarter|month|week|decade|half-year|half year|fiscal year|semester|term|sprint)(?![a-z])"
)
_EVERY = re.compile(
    rf"(?<![a-z])(?:(?:(?:once|twice)[ ]|(?<=[ ]times[ ]))(?:a|per|every|each)[ ](?:day|week|month|quarter|year|fortnight|sprint)(?![a-z])|(?:every|each)[ ](?:other[ ]|second[ ]|single[ ])?(?:(?P<n>\d{{1,2}}|two|three|four|five|six|ten|twelve)[ ])?(?P<unit>working day|business day|workday|days?|weeks?|months?|quarters?|years?|fortnight|sprints?|semester|term|half-year|{_WD}|morning|evening)(?![a-z])|on a (?:daily|weekly|fortnightly|monthly|quarterly|yearly|annual|regular) basis|bi-?weekly(?=[ ]?(?:[,.;)]|$))|fortnightly|(?:monthly|weekly|quarterly|daily|annually|yearly)(?=[ ]?(?:[,.;:)]|$|basis|by|to|in|at|from|with|until|through|and)))"
)
_RHYTHM = re.compile(r"(?<![a-z])(?:per|a|each)[ ](?P<unit>day|week|month|quarter|year)(?![a-z-])")
_ISO = {"day": "P1D", "week": "P1W", "month": "P1M", "quarter": "P3M", "year": "P1Y", "fortnight": "P2W", "sprint": "P2W", "semester": "P6M", "term": "P6M", "half-year": "P6M", "working day": "P1D", "business day": "P1D", "workday": "P1D", "morning": "P1D", "evening": "P1D"}  # fmt: skip
_TRIGGER = re.compile(
    r"\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|day|week|month|quarter|year|half|hour|minute|eo[yqmw]|end of|today|tomorrow|spring|summer|autumn|fall|winter|ly(?![a-z])|christmas|xmas|easter|hallo|sprint|semester|term|mon|tue|wed|thu|fri|decade"
)
_VALUE_BEFORE = re.compile(
    r"(?:time|times|latency|duration|cycle|delay|turnaround|length|ttr|mttr|wait|downtime|age|backlog|stay|dso|outage|lag)(?: (?:is|are|stays?|be|remains?|kept|held|down|to|within|under|at|of|averages?|drops?|falls?))*(?: (?:to|at|below|under))? ?$|(?:to|at|under|below|than|from|of|least|most|exceed(?:ing)?|keep|hold|reduce|cut|shorten|stay|stays|kept|remain|remains) $"
)
_SERVICE_VERB = re.compile(
    r"(?<![a-z])(?:respond(?:ed|ing|s)?|repl(?:y|ied|ies|ying)|resolv(?:e|ed|es|ing)|answer(?:ed|s|ing)?|acknowledg(?:e|ed|es|ing)|handl(?:e|ed|es|ing)|clos(?:e|ed|es|ing)|process(?:ed|es|ing)?|ship(?:ped|s|ping)?|return(?:ed|s|ing)?|escalat(?:e|ed|es|ing)|approv(?:e|ed|es|ing)|confirm(?:ed|s|ing)?|review(?:ed|s|ing)?|fix(?:ed|es|ing)?|restor(?:e|ed|es|ing)|deliver(?:ed|s|ing)?|dispatch(?:ed|es|ing)?|refund(?:ed|s|ing)?|contact(?:ed|s|ing)?|call(?:ed|s|ing)?|follow(?:ed|s)? up|triag(?:e|ed|es|ing)|pick(?:ed|s)? up|complet(?:e|ed|es|ing)|paid|pay|patch(?:ed|es|ing)?|notif(?:y|ied|ies)|issued?|sent|send|receiv(?:e|ed|es|ing)|seen|see|provid(?:e|ed|es|ing)|process|serve[ds]?|assign(?:ed|s)?|remediat(?:e|ed|es)|log(?:ged)?|submitted|discharged|admitted|triaged|onboarded|recover(?:ed|y)?|install(?:ed)?)(?![a-z])"
)
_MANY = re.compile(
    r"%|percent|(?<![a-z])(?:all|every|each|any|tickets|complaints|requests|calls|emails|orders|inquiries|enquiries|queries|incidents|claims|cases|patients|customers|vulnerabilities|invoices|bugs|issues|applications|applicants|candidates|leads|questions|messages|alerts|parcels|deliveries|refunds|repairs|payments)(?![a-z])"
)
_YEAR_RANGE = re.compile(
    r"(?<![\d-])(?:(?:in|over|during|for|from|between)[ ])?(?P<a>20[1-6]\d)-(?P<b>20[1-6]\d)(?![\d-])"
)
_DIGIT = re.compile(r"\d")
_PAST_WORDS = ("last", "previous", "prior", "the previous", "the past", "the last")
_COMPARE = ("compared", "relative", "versus", "vs", "against", "than")


def find(low: str, cased: str, clock: Clock) -> list[Moment]:
    """All times of a plain text, in order, not overlapping."""
    if _TRIGGER.search(low) is None:
        return []
    found: list[Moment | None] = [_every(match) for match in islice(_EVERY.finditer(low), MOST)]
    digits = _DIGIT.search(low) is not None
    found += [_pair(match, 1, clock) for match in islice(_MONTH_PAIR.finditer(low), MOST)]
    if digits:
        found += [_pair(match, 3, clock) for match in islice(_QUARTER_PAIR.finditer(low), MOST)]
        found += [
            Moment(*match.span(), "window", (date(int(match["a"]), 1, 1), date(int(match["b"]), 12, 31)))
            for match in islice(_YEAR_RANGE.finditer(low), MOST)
        ]
        found += [_day_pair(match, clock) for match in islice(_DAY_PAIR.finditer(low), MOST)]
    found += [_next_one(match, clock) for match in islice(_NEXT_ONE.finditer(low), MOST)]
    found += [_festival(match, clock) for match in islice(_festivals().finditer(low), MOST)]
    found += [_window(match, low, clock) for match in islice(_WINDOW.finditer(low), MOST)]
    done = 0
    for match in islice(_DATE.finditer(low), MOST):
        if match.start() < done:
            continue
        moment = _date(match, low, cased, clock)
        if moment is None:
            continue
        joined = _range(match, moment, low, cased, clock)
        if joined:
            done = joined.end
        found.append(joined or moment)
    return [
        moment._replace(end=moment.end - 1) if low[moment.end - 1] == "." else moment for moment in arbitrate(found)
    ]


def _every(match: re.Match[str]) -> Moment:
    text = match.group()
    unit = match["unit"]
    if unit is None:
        for word, iso in (
            ("day", "P1D"),
            ("dai", "P1D"),
            ("fortnight", "P2W"),
            ("biweek", "P2W"),
            ("bi-week", "P2W"),
            ("week", "P1W"),
            ("month", "P1M"),
            ("quarter", "P3M"),
            ("year", "P1Y"),
            ("annual", "P1Y"),
            ("sprint", "P2W"),
        ):
            if word in text:
                return Moment(*match.span(), "recurrence", iso=f"R/{iso}")
        return Moment(*match.span(), "recurrence", iso="R/P1M")
    iso = _ISO.get(unit) or _ISO.get(unit.rstrip("s")) or "P1W"
    count = match["n"]
    number = int(count) if count and count.isdigit() else int(english([count]) or 1) if count else 1
    if "other " in text or "second " in text:
        number = 2
    if number > 1:
        iso = f"P{int(iso[1]) * number}{iso[2]}"
    return Moment(*match.span(), "recurrence", iso=f"R/{iso}")


def _month_number(text: str) -> int:
    return _MONTHS[text[:3]]


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


def _next_one(match: re.Match[str], clock: Clock) -> Moment | None:
    unit = match["unit"]
    amount, sort = {
        "decade": (10, "year"),
        "half-year": (6, "month"),
        "half year": (6, "month"),
        "fiscal year": (1, "year"),
    }.get(unit, (1, unit))
    past = match["which"] in ("past", "last")
    moment = later(clock.today, Decimal(-amount if past else amount), sort)
    if moment is None:
        return None
    period = (moment, clock.today) if past else (clock.today, moment)
    return Moment(*match.span(), "past" if past else "window", period)


def _count(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(text)
    if text in ("a", "an"):
        return Decimal(1)
    if text in ("half a", "a half"):
        return Decimal("0.5")
    if text in ("couple of", "a couple of"):
        return Decimal(2)
    if text in ("a few", "several"):
        return Decimal(3)
    return english(text.split("-"))


def _window(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    start, end = match.span()
    prep, which, unit, tail = (
        match["prep"] or "",
        (match["next"] or "").strip(),
        match["unit"],
        (match["tail"] or "").strip(),
    )
    value = _count(match["n2"] or match["n"])
    if value is None:
        return None
    which = which.removeprefix("the ")
    stem = unit.rstrip("s") if unit not in ("h",) else "hour"
    sort = {
        "working day": "workday",
        "business day": "workday",
        "calendar day": "day",
        "wk": "week",
        "yr": "year",
        "hr": "hour",
        "min": "minute",
        "sec": "second",
        "fiscal year": "year",
        "semester": "term",
        "iteration": "sprint",
        "cycle": "sprint",
    }.get(stem, stem)
    if sort == "sprint" and stem == "cycle":
        return None
    short = sort in ("hour", "minute", "second")
    past = which in ("last", "past", "previous", "preceding", "trailing")
    if tail == "ago":
        moment = later(clock.today, -value, sort)
        return None if short or moment is None else Moment(start, end, "past", (moment, moment))
    if past:
        moment = later(clock.today, -value, sort)
        if short or moment is None or (match["n"] in ("a", "an")):
            return None
        return Moment(start, end, "past", (moment, clock.today))
    future = which in ("next", "coming", "following", "upcoming", "remaining")
    hyphen = low[match.end("n")] == "-"
    if hyphen and not match["noun"]:
        return None
    if match["n"] in ("a", "an") and not (prep in ("within", "in") or future):
        return None
    if not (
        future or prep in ("within", "in", "over", "during", "inside", "across") or tail.startswith(("from", "later"))
    ):
        return None
    if which in ("first", "final"):
        return Moment(start, end, "window", certainty="open") if not short and prep else None
    if (
        prep in ("over", "for", "across", "throughout", "after")
        and not (future or match["noun"] or tail)
        and (prep != "over" or short)
    ):
        return None
    ahead, after = low[max(0, start - 60) : start], low[end : end + 40]
    clause = re.split(r"[.;!?\n]", ahead)[-1]
    if (
        prep in ("within", "inside", "in")
        and not future
        and not match["noun"]
        and _VALUE_BEFORE.search(clause)
        and not (clause.endswith(("days ", "%")))
    ):
        if (
            not re.search(r"\d[^a-z]{0,3}[a-z%]{0,12} $", clause)
            or prep == "within"
            and _VALUE_BEFORE.search(clause[-14:])
        ):
            return None
    event = (
        tail.startswith(("after", "of", "following"))
        or re.match(r"[ ](?:of|after|from)[ ](?!now|today)", after) is not None
        and not future
    )
    serving = _SERVICE_VERB.search(clause) is not None or _MANY.search(clause) is not None
    if short:
        if prep in ("within", "in", "inside") and (prep != "in" or serving) and not future:
            letter = {"hour": "H", "minute": "M", "second": "S"}[sort]
            if match["n3"]:
                value, letter = value * 60 + Decimal(match["n3"]), "M"
            if prep == "in" and not _SERVICE_VERB.search(clause):
                return None
            return Moment(start, end, "service", iso=f"PT{format(value.normalize(), 'f')}{letter}")
        return None
    if (
        sort in ("day", "workday")
        and prep in ("within", "in", "inside")
        and not future
        and _SERVICE_VERB.search(clause)
        and (_MANY.search(clause) or event or sort == "workday")
    ):
        return Moment(start, end, "service", iso=f"P{format(value.normalize(), 'f')}D")
    if event:
        return Moment(start, end, "window", certainty="open")
    last = later(clock.today, value, sort)
    if last is None:
        return None
    note = clock.phrase("sprint") if sort == "sprint" else None
    certainty = "inferred" if note else "exact"
    if tail.startswith(("from", "later")):
        return Moment(start, end, "deadline", (None, last), None, note, certainty)  # type: ignore[arg-type]
    return Moment(start, end, "window", (clock.today, last), None, note, certainty)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _festivals() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, lexicon("en").festivals), key=len, reverse=True))
    return re.compile(
        rf"(?<![a-z])(?P<prep>by|before|ahead of|until|prior to|after|on|over|in time for|no later than|for|at)[ ](?:the[ ])?(?P<name>{names})(?![a-z])(?:[ ](?P<y>20\d\d))?(?![ ](?:campaign|sale|party|gift|card|collection|season's))"
    )


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
    link = _LINK.match(low, match.end())
    if link is None or (
        ("to" in link.group() or "and" in link.group())
        and prep not in ("from", "between", "during", "starting", "over", "")
    ):
        return None
    if "and" in link.group() and prep != "between":
        return None
    second = _DATE.match(low, link.end())
    if second is None or second["prep"]:
        return None
    end = _date(second, low, cased, clock)
    if end is None:
        return None
    begin, last = first.resolved[0] or first.resolved[1], end.resolved[1]
    if begin is None or last is None:
        return None
    if begin > last:
        moved = cal.add_months(begin, -12)
        while moved is not None and moved > last:
            moved = cal.add_months(moved, -12)
        begin = moved or begin
    elif first.certainty == "inferred" and end.certainty == "exact":
        while (moved := cal.add_months(begin, 12)) is not None and moved <= last:
            begin = moved
    return Moment(match.start(), second.end(), "window", (begin, last), None, end.assumption, end.certainty)


def _year_text(text: str | None, clock: Clock) -> tuple[int | None, bool]:
    """A year from what follows a period: 2027, FY27, next year, '27; and whether it is fiscal."""
    if not text:
        return None, False
    digits = re.sub(r"\D", "", text.split("/")[0] if text.startswith("fy") else text)
    if digits:
        year = int(digits[:4]) if len(digits) >= 4 else 2000 + int(digits[:2])
        return year, text.startswith(("fy", "fis", "fin"))
    shift = 1 if text.startswith(("next", "the coming")) else -1 if text.startswith("last") else 0
    return clock.today.year + shift, "fiscal" in text or "financial" in text


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
        return _slash(match, text, prep, clock)
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
        year, fiscal = _year_text(group["ym"] or group["rym"] or group["fym"] or group["sym"], clock)
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
        year, fiscal = _year_text(
            group["yq0"] or group["yq"] or group["ryq"] or group["fyq"] or group["syq"] or group["qy"], clock
        )
        if not 1 <= quarter <= 4:
            return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
        period, note, certainty = _rolled(lambda of: cal.quarter_span(of, quarter), year, clock)
        grain = "quarter"
    elif group["h"]:
        half = int(group["hn"] or group["hn2"] or 0) or (1 if group["hw"] in ("first", "1st") else 2)
        year, fiscal = _year_text(
            group["yh0"] or group["yh"] or group["ryh"] or group["fyh"] or group["syh"] or group["hy"], clock
        )
        if half not in (1, 2):
            return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
        period, note, certainty = _rolled(lambda of: cal.half_span(of, half), year, clock)
        grain = "half"
    elif text := group["fy"]:
        year, fiscal = _year_text(text, clock)
        fiscal = not text.startswith("cy")
        period, grain = cal.year_span(year or clock.today.year), "year"
    elif group["rel"]:
        return _relative(match, group, prep, edge, clock)
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
        moment = clock.today + timedelta(days=(_WEEKDAYS[group["wd3"][:3]] - clock.today.weekday()) % 7)
        if group["relwdw"] == "next" and moment <= cal.week_span(clock.today)[1]:
            moment += timedelta(weeks=1)
        period, grain, note, certainty = (moment, moment), "day", None, "exact"
    elif group["eo"] or group["end"] or group["ofthe"]:
        return _ends(match, group, prep, clock)
    elif group["midy"]:
        of = int(group["midyn"]) if group["midyn"] else _current_mid(clock)
        edge_note = None if group["midyn"] else clock.phrase("current", year=of)
        return Moment(
            start, end, "deadline", (None, date(of, 6, 30)), None, edge_note, "exact" if group["midyn"] else "inferred"
        )
    elif group["season"]:
        return _season(match, group, prep, edge, clock)
    elif text := group["y"]:
        if not (
            prep
            or edge
            or re.match(
                r"[ ]?(?:$|[,.;:)\]]|(?:roadmap|plan|target|goal|budget|okr|objective|strategy|season|annual|fiscal|financial|baseline|level|revenue|sales|by|we|our|key|kpi|goals|okrs|targets|objectives|and|to|from|with|in|for|as|the|will|team|season|summit|marathon|edition|cohort|intake))",
                low[end : end + 14],
            )
        ):
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
        note, certainty = clock.phrase("fiscal"), "ambiguous"
    tail = _TAIL.match(low, end)
    end = tail.end() if tail else end
    return _placed(start, end, low, prep, edge, period, grain, note, certainty, clock)


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


def _current_mid(clock: Clock) -> int:
    year = clock.year if clock.year and clock.year >= clock.today.year else clock.today.year
    return year if date(year, 6, 30) >= clock.today else year + 1


def _placed(
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
            if "week" in edge:
                first, last = last - timedelta(days=6), last
            else:
                first = last
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

    if prep.split(" ")[0].rstrip(".") in _COMPARE or low.startswith((" baseline", " level", " figure"), end):
        return made("past", (first, last))
    if prep in ("before", "ahead of", "prior to"):
        inclusive = (
            grain == "day"
            or not whole
            and edge.split("-")[0].split(" ")[0] in ("end", "close", "last", "late", "mid", "middle", "very")
        )
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


def _slash(match: re.Match[str], text: str, prep: str, clock: Clock) -> Moment:
    one, two, year = (int(part) for part in text.split("/"))
    year += 2000 if year < 100 else 0
    start, end = match.span()
    day_first, month_first = cal.day(year, two, one), cal.day(year, one, two)
    moment = day_first or month_first
    if moment is None:
        return Moment(start, end, "deadline", assumption=clock.phrase("impossible"), certainty="impossible")
    unsure = day_first is not None and month_first is not None and day_first != month_first
    note = clock.phrase("dayfirst", day=moment.isoformat()) if unsure else None
    made = _placed(start, end, "", prep, "", (moment, moment), "day", note, "ambiguous" if unsure else "exact", clock)
    return made


def _relative(match: re.Match[str], group: dict[str, str | None], prep: str, edge: str, clock: Clock) -> Moment | None:
    which, what = group["relw"] or "", (group["relx"] or "").split()[-1]
    today = clock.today
    fiscal = (group["relx"] or "").startswith(("fiscal", "financial"))
    shift = (
        1 if which in ("next", "the coming", "the following") else -1 if which in _PAST_WORDS or which == "same" else 0
    )
    note: str | None = None
    certainty = "exact"
    if which == "same":
        return None
    if what == "year":
        period, grain = cal.year_span(today.year + shift), "year"
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
        note, certainty = clock.phrase("fiscal"), "ambiguous"
    made = _placed(*match.span(), "", prep, edge, period, grain, note, certainty, clock)
    return (
        made._replace(kind="past", resolved=(made.resolved[0] or period[0], made.resolved[1] or period[1]))
        if shift < 0
        else made
    )


def _ends(match: re.Match[str], group: dict[str, str | None], prep: str, clock: Clock) -> Moment | None:
    today = clock.today
    year, fiscal = _year_text(
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
        of = year or (clock.year if clock.year and clock.year >= today.year else today.year)
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
        note, certainty = clock.phrase("fiscal"), "ambiguous"
    return Moment(*match.span(), "deadline", (None, period[1]), None, note, certainty)  # type: ignore[arg-type]


def _season(match: re.Match[str], group: dict[str, str | None], prep: str, edge: str, clock: Clock) -> Moment | None:
    name = group["sea1"] or group["sea2"] or group["sea4"] or ""
    months = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}[name]

    def make(year: int) -> Period | None:
        first, last = cal.month_span(year, months[0]), cal.month_span(year if months[0] < 12 else year + 1, months[1])
        return (first[0], last[1]) if first and last else None

    if group["seay"]:
        period, note = make(int(group["seay"])), clock.phrase("season")
    else:
        period, note = clock.roll(make)
    if period is None:
        return None
    return _placed(*match.span(), "", prep, edge, period, "quarter", note, "inferred", clock)
