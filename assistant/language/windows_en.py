# ruff: noqa: E501
"""Resolves lengths of time and rhythms in English: goal windows, service windows, offsets, recurrences.

Knows what stands before and after a length of time; dates are resolved elsewhere.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.language.numerals import english
from assistant.language.patterns_en import ISO, MANY, SERVICE_VERB, VALUE_BEFORE
from assistant.language.periods import Clock, Moment, later

_VALUE_LATER = re.compile(
    r"[^.;\n]{0,60}(?:down from|up from|currently|today|now|at present)[^.;\n]{0,12}\d+ (?:working |business )?(?:day|hour|minute|week)s?"
)
"""What follows a length of time that is a value: today's value in the same sort of unit."""


_SERVED = re.compile(rf"{SERVICE_VERB.pattern}[^,;.]{{0,12}}$")
"""Right before a length of time in which each case is dealt with: applications decided within 8 weeks."""


def every(match: re.Match[str]) -> Moment:
    """A rhythm."""
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
    iso = ISO.get(unit) or ISO.get(unit.rstrip("s")) or "P1W"
    count = match["n"]
    number = int(count) if count and count.isdigit() else int(english([count]) or 1) if count else 1
    if "other " in text or "second " in text:
        number = 2
    if number > 1:
        iso = f"P{int(iso[1]) * number}{iso[2]}"
    return Moment(*match.span(), "recurrence", iso=f"R/{iso}")


def next_one(match: re.Match[str], clock: Clock) -> Moment | None:
    """Over the next year, in the past month."""
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


def count(text: str) -> Decimal | None:
    """The number that a length of time is written with."""
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


def window(match: re.Match[str], low: str, clock: Clock) -> Moment | None:
    """A length of time as window, service window or offset; None where it is a value."""
    start, end = match.span()
    prep, which, unit, tail = (
        match["prep"] or "",
        (match["next"] or "").strip(),
        match["unit"],
        (match["tail"] or "").strip(),
    )
    value = count(match["n2"] or match["n"])
    if value is None:
        return None
    which = which.removeprefix("the ")
    stem = unit.rstrip("s") if unit not in ("h",) else "hour"
    sort = {
        "working day": "workday",
        "business day": "workday",
        "school day": "workday",
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
    if _VALUE_LATER.match(low, end) and prep in ("in", "within"):
        return None
    clause = re.split(r"[.;!?\n]", ahead)[-1]
    if (
        prep in ("within", "inside", "in")
        and not future
        and not match["noun"]
        and VALUE_BEFORE.search(clause)
        and not clause.endswith(("days ", "%"))
        and (
            not re.search(r"\d[^a-z]{0,3}[a-z%]{0,12} $", clause)
            or (prep == "within" and VALUE_BEFORE.search(clause[-14:]))
        )
    ):
        return None
    event = tail.startswith(("after", "of", "following")) or (
        re.match(r"[ ](?:of|after|from)[ ](?!now|today)", after) is not None and not future
    )
    serving = SERVICE_VERB.search(clause) is not None or MANY.search(clause) is not None
    if short:
        if prep in ("within", "in", "inside") and (prep != "in" or serving) and not future:
            letter = {"hour": "H", "minute": "M", "second": "S"}[sort]
            if match["n3"]:
                value, letter = value * 60 + Decimal(match["n3"]), "M"
            if prep == "in" and not SERVICE_VERB.search(clause):
                return None
            return Moment(start, end, "service", iso=f"PT{format(value.normalize(), 'f')}{letter}")
        return None
    if (
        sort in ("day", "workday")
        and prep in ("within", "in", "inside")
        and not future
        and SERVICE_VERB.search(clause)
        and (MANY.search(clause) or event or sort == "workday")
    ):
        return Moment(start, end, "service", iso=f"P{format(value.normalize(), 'f')}D")
    if sort == "week" and prep == "within" and not future and MANY.search(clause) and _SERVED.search(clause):
        return Moment(start, end, "service", iso=f"P{format(value.normalize(), 'f')}W")
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
