"""Finds every figure and date of a text, so that none escapes the question where it comes from.

Knows nothing about origins. A rhythm (every two weeks) is no figure; a lone "one" is none either,
but what one is a part or a multiple of (a third, 一半, 一倍) is.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from assistant.goals import Span
from assistant.language import read

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*%?")
_ONE = re.compile(r"^[一壹]\S?$|^(?:one|a|an)\b(?!.*(?:%|percent|per cent))", re.IGNORECASE)


@lru_cache(maxsize=8_192)
def find(text: str, today: date) -> tuple[Span, ...]:
    """Return the places of all figures and dates, longest first at each place, none overlapping, in order."""
    facts = read(text, today)
    spans = [(q.start, q.end) for q in facts.quantities if q.value != "1" or not _ONE.match(text[q.start : q.end])]
    spans += [(time.start, time.end) for time in facts.times if time.kind in {"deadline", "window"} and _dated(time)]
    rhythms = [(time.start, time.end) for time in facts.times if time.kind == "recurrence"]
    spans += [
        match.span()
        for match in _DIGITS.finditer(text)
        if not any(start <= match.start() < end for start, end in rhythms)
    ]
    found: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if found and start < found[-1].end:
            continue
        found.append(Span(start=start, end=end))
    return tuple(found)


def _dated(time: object) -> bool:
    return any(getattr(time, "resolved", (None, None)))
