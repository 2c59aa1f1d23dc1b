"""Reads a goal text into facts: the one entry of this room.

Knows the order of the steps and how places map back to the text; each step knows its own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from functools import lru_cache

from assistant.goals.facts import (
    Action,
    Direction,
    Facts,
    Hedge,
    HedgeKind,
    MetricMention,
    OwnerMention,
    Placeholder,
    Quantity,
    QuantityRole,
    Time,
)
from assistant.goals.made import made
from assistant.language import mentions, quantities
from assistant.language.amounts import Amount
from assistant.language.consumed import consumed, hide, idioms
from assistant.language.cues import REFERENCE
from assistant.language.normalise import Plain
from assistant.language.periods import Clock, Moment
from assistant.language.relations import relate
from assistant.language.scripts import detect
from assistant.language.settled import settle

_TAIWAN_MONEY = re.compile(r"台币|nt\$|twd|ntd")
_MAINLAND_MONEY = re.compile(r"人民币|rmb|cny|¥|港币|港元|hk\$|美元|us\$")


_LIST_MARKS = frozenset("、,;:。")
_DURATION_NAME = re.compile(r"(?:时间|时长|周期|时效|时数|天数|time|times|latency|cycle|duration)$")


def _moments(seen: str, cased: str, clock: Clock) -> list[Moment]:
    """The times of the text; the patterns of a language are compiled when its first text comes."""
    if clock.language == "en":
        from assistant.language import times_en

        return times_en.find(seen, cased, clock)
    from assistant.language import times_zh

    return times_zh.find(seen, clock)


def _refers(moment: Moment, today: date) -> bool:
    """Whether a time can only be a reference: it lies in the past."""
    last = moment.resolved[1]
    return moment.kind == "past" or (moment.kind == "window" and last is not None and last < today)


def _attributive(amount: Amount, words: mentions.Words, low: str) -> bool:
    """Whether a length of time is part of a measure's name (30天留存率, 30-day readmission rate)."""
    if amount.unit not in ("day", "week", "month", "year", "h", "workday"):
        return False
    place = amount.end + (low[amount.end : amount.end + 1] == " ")
    if low[place : place + 1] in _LIST_MARKS:
        return False
    index = bisect_left(words.metrics, (place,))
    if index >= len(words.metrics) or words.metrics[index][0] > place + 1:
        return False
    hyphened = "-" in low[amount.start : amount.end] or not low[place].isascii()
    return hyphened and _DURATION_NAME.search(words.metrics[index][3]) is None


def read(text: str, today: date, fiscal_start: int | None = None) -> Facts:
    """Everything that `text` says about quantities, times, measures, owners, verbs, hedges and blanks.

    Any string is accepted. The answer depends on the arguments alone; places count code points of `text`.
    `fiscal_start` is the first month of the fiscal year, 1 to 12; where it is None, FY27 stays ambiguous.
    """
    # A field of a draft is read for its origins, its figures and its verdict: once is enough.
    known = _read_once if len(text) <= _LONGEST_REMEMBERED else _read
    return known(text, today, fiscal_start)


_REMEMBERED = 4_096
"""Texts of which the facts are kept."""
_LONGEST_REMEMBERED = 2_000
"""Characters up to which the facts of a text are kept, so that long documents fill no memory."""


def _read(text: str, today: date, fiscal_start: int | None) -> Facts:
    language = detect(text)
    chinese = language != "en"
    plain = Plain(text)
    low, cased, span = plain.low, plain.cased, plain.span
    blanks = mentions.blanks(low)
    seen = hide(low, consumed(low, cased))
    if blanks:
        seen = hide(seen, blanks)
    clock = Clock(today, language, fiscal_start=fiscal_start)
    moments = settle(_moments(seen, cased, clock), low, clock)
    seen = hide(seen, [*((moment.start, moment.end) for moment in moments), *idioms(low, chinese=chinese)])
    amounts = quantities.find(low, seen, chinese_text=chinese)
    if chinese and (_TAIWAN_MONEY.search(low) or (language == "zh-Hant" and not _MAINLAND_MONEY.search(low))):
        amounts = [
            item._replace(unit="TWD") if item.unit == "CNY" and low[item.end - 1] == "元" else item for item in amounts
        ]
    masked = hide(hide(low, [(item.start, item.end) for item in moments]), [(item.start, item.end) for item in amounts])
    words = mentions.find(low, masked, chinese_text=chinese)
    amounts = [item for item in amounts if not _attributive(item, words, low)]
    cues = hide(low, [(item.start, item.end) for item in moments if not _refers(item, today)])
    cues = hide(cues, [(item.start, item.end) for item in moments if _refers(item, today)], REFERENCE)
    relations = relate(low, cues, amounts, words, chinese_text=chinese)

    def part(start: int, end: int) -> str:
        first, last = span(start, end)
        return text[first:last]

    def mention(start: int, end: int, head: int, polarity: Direction | None) -> MetricMention:
        first, last = span(start, end)
        return made(
            MetricMention, start=first, end=last, name=text[first:last], head=part(head, end), polarity=polarity
        )

    def owner(start: int, end: int, vague: bool) -> OwnerMention:
        first, last = span(start, end)
        return made(OwnerMention, start=first, end=last, name=text[first:last], vague=vague)

    def action(start: int, end: int, direction: Direction | None) -> Action:
        first, last = span(start, end)
        return made(Action, start=first, end=last, verb=text[first:last], direction=direction)

    def hedge(start: int, end: int, kind: HedgeKind) -> Hedge:
        first, last = span(start, end)
        return made(Hedge, start=first, end=last, kind=kind)

    def blank(start: int, end: int) -> Placeholder:
        first, last = span(start, end)
        return made(Placeholder, start=first, end=last)

    def quantity(index: int, item: Amount, role: QuantityRole) -> Quantity:
        first, last = span(item.start, item.end)
        unit = relations.units.get(index, item.unit)
        return made(Quantity, start=first, end=last, value=item.value, unit=unit, bound=item.bound, role=role)

    def time(item: Moment) -> Time:
        first, last = span(item.start, item.end)
        return made(
            Time, start=first, end=last, kind=item.kind, resolved=item.resolved, iso=item.iso,
            assumption=item.assumption, certainty=item.certainty,
        )  # fmt: skip

    return made(
        Facts,
        text=text,
        language=language,
        today=today,
        quantities=tuple(
            [
                quantity(index, item, role)
                for index, (item, role) in enumerate(zip(amounts, relations.roles, strict=True))
            ]
        ),
        times=tuple([time(item) for item in moments]),
        metrics=tuple([mention(start, end, head, polarity) for start, end, head, _, polarity in words.metrics]),
        owners=tuple([owner(*each) for each in words.owners]),
        actions=tuple([action(start, end, direction) for start, end, _, direction, _ in words.actions]),
        hedges=tuple([hedge(*each) for each in words.hedges]),
        placeholders=tuple([blank(*each) for each in blanks]),
        changes=tuple(relations.changes),
    )


_read_once = lru_cache(maxsize=_REMEMBERED)(_read)
