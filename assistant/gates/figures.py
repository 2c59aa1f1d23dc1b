"""Finds every figure and date of a text, so that none escapes the question where it comes from.

Knows nothing about origins. A rhythm (every two weeks) is no figure, nor is the week or month that a reader is in (this
week, 当月), nor a pair as a way of speaking (两种, both ways); a lone "one" is none either, but what one is a part or a
multiple of (a third, 一半, 一倍) is.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from assistant.goals import Span, Time
from assistant.language import read

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*%?")
_DATE = re.compile(r"\d{4}|\d ?(?:月|日|号|號)")
_RUNNING = re.compile(
    r"(?:本|当|當|这|這)(?:周|週|日|天)"
    r"|[当當本]月(?:度)?|[当當本这這](?:个|個)?季(?:度)?|this (?:month|quarter)"
    r"|(?:这|這)(?:一|个|個)(?:周|週|星期|礼拜|禮拜)|(?:当月|當月|月)(?:底|末|初)"
    r"|(?:下|次)(?:一)?(?:个|個)?(?:周|週|星期|礼拜|禮拜|日)|隔[天日週周]|[本这這下](?:周|週)起"
    r"|(?:(?:in|within|during|for|over) )?(?:this|the (?:next|following|coming|same)|next) (?:week|day)"
    r"|(?:the )?(?:month|quarter|year)[- ]end|(?:the )?(?:whole |full )?year|this year"
    r"|(?:(?:on|from|by) )?(?:(?:next|this) )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|[本这這下]?(?:周|週|星期|礼拜|禮拜)[一二三四五六日天](?:起|开始|開始)?"
    r"|[今本](?:年|年度)|全年(?:度)?|[岁歲年](?:末|终|終)",
    re.IGNORECASE,
)
"""Periods that move with the reader, and seasons of the year; with a bound at them (月底前, by year-end) they are
dates."""
_PAIR = re.compile(
    r"(?:两|兩|二)(?:种|種|项|項|类|類|层|層|样|樣|方面|部分|步|头|頭|边|邊|者|端|条线|條線)"
    r"|two (?:kinds|sorts|ways|sides|parts|steps|things)",
    re.IGNORECASE,
)
_BOTH_ENDS = re.compile(r"(?:首末|首尾|前后|前後)$")
"""Before a pair: the first and the last."""
_PER = re.compile(r"(?:每|(?<![a-z])(?:per|each|every|a) )$", re.IGNORECASE)
_POWER = frozenset(("100", "1000", "10000"))
"""Sizes of a unit that things are counted in: complaints per 1,000 tickets, 每千张工单."""
_ONE = re.compile(r"^[一壹]\S?$|^(?:one|a|an)\b(?!.*(?:%|percent|per cent))", re.IGNORECASE)


@lru_cache(maxsize=8_192)
def find(text: str, today: date) -> tuple[Span, ...]:
    """Return the places of all figures and dates, longest first at each place, none overlapping, in order."""
    facts = read(text, today)
    units = [(q.start, q.end) for q in facts.quantities if q.value in _POWER and _PER.search(text, 0, q.start)]
    spans = [
        (q.start, q.end)
        for q in facts.quantities
        if (q.start, q.end) not in units and not _spoken(text, q.start, q.end, q.value)
    ]
    spans += [(time.start, time.end) for time in facts.times if _names_a_time(text, time)]
    # A day that is past is no deadline, and still one date rather than three numbers.
    spans += [
        (time.start, time.end)
        for time in facts.times
        if time.kind == "past" and _DATE.search(text, time.start, time.end)
    ]
    rhythms = [(time.start, time.end) for time in facts.times if time.kind == "recurrence"]
    spans += [
        match.span()
        for match in _DIGITS.finditer(text)
        if not any(start <= match.start() < end for start, end in (*rhythms, *units))
    ]
    found: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if found and start < found[-1].end:
            continue
        found.append(Span(start=start, end=end))
    return tuple(found)


def _spoken(text: str, start: int, end: int, value: str) -> bool:
    """Whether a quantity is a way of speaking."""
    words = text[start:end]
    if (value == "1" and _ONE.match(words) is not None) or _PAIR.fullmatch(words) is not None:
        return True
    return value == "2" and _BOTH_ENDS.search(text, 0, start) is not None


def _names_a_time(text: str, time: Time) -> bool:
    """Whether a time is one that somebody has to have said: a date, a period that does not move, an allowed time."""
    if time.kind == "service" or (time.kind in {"deadline", "window"} and not any(time.resolved)):
        return _DIGITS.search(text, time.start, time.end) is not None
    dated = time.kind in {"deadline", "window"} and any(time.resolved)
    return dated and not _RUNNING.fullmatch(text[time.start : time.end])
