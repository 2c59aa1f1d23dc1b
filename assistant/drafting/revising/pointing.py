"""Finds which goal or key result an instruction speaks of: by number, as the last one, or by what it measures.

Knows nothing about what is asked of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant import catalogue
from assistant.drafting.revising.lexicon import Lexicon, Place, load
from assistant.drafting.revising.standing import Standing

_ID = re.compile(r"(?<![a-z0-9])g(\d{1,2})(?:[-\s]*kr(\d{1,2}))?(?![a-z0-9])")
LAST = -1


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a stretch of an instruction points at.

    Attributes:
        goal: number of the goal from 1, `LAST` for the last one, None where none is named by number.
        key_result: the same for the key result.
        measure: index of the goal and of the key result whose measure is named, or None.
        spans: the words that point.
        everything: True where all goals are meant in so many words.
    """

    goal: int | None = None
    key_result: int | None = None
    measure: tuple[int, int] | None = None
    spans: tuple[Place, ...] = ()
    everything: bool = False

    @property
    def anything(self) -> bool:
        """Whether it points at all."""
        return self.goal is not None or self.key_result is not None or self.measure is not None


def find(typed: str, text: str, start: int, end: int, standing: tuple[Standing, ...]) -> Pointed:
    """Return what a stretch of an instruction points at.

    Args:
        typed: the instruction as typed.
        text: the same, folded.
        start: where the stretch begins.
        end: where it ends.
        standing: the draft.
    """
    spans: list[Place] = []
    numbers: dict[str, int | None] = {"goal": None, "key_result": None}
    if match := _ID.search(text, start, end):
        numbers["goal"] = int(match[1])
        numbers["key_result"] = int(match[2]) if match[2] else None
        spans.append(match.span())
    else:
        for noun in ("key_result", "goal"):
            for number, place in _numbered(text, start, end, noun):
                if not _inside(place, spans) and numbers[noun] is None:
                    numbers[noun] = number
                    spans.append(place)
    measure = None
    for place, goal, result in _measures(typed, start, end, standing):
        if numbers["goal"] is None and not _inside(place, spans):
            measure = measure or (goal, result)
            spans.append(place)
    lexicon = load()
    everything = not any(numbers.values()) and measure is None and lexicon.has("count.other", text, start, end)
    if everything:
        spans += lexicon.places("count.other", text, start, end)
    return Pointed(numbers["goal"], numbers["key_result"], measure, tuple(spans), everything)


def _inside(place: Place, spans: list[Place]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in spans)


def _numbered(text: str, start: int, end: int, noun: str) -> list[tuple[int, Place]]:
    lexicon = load()
    found = []
    for pattern in _patterns(noun):
        for match in pattern.finditer(text, start, end):
            said = match.groupdict().get("number")
            found.append((lexicon.numbers[re.sub(r"\s+", " ", said)] if said else LAST, match.span()))
    return found


@cache
def _patterns(noun: str) -> tuple[re.Pattern[str], ...]:
    """Return the ways of naming one of several: the second goal, goal 2, the last goal, 第二个目标, 目标2."""
    lexicon: Lexicon = load()
    number = "(?P<number>" + "|".join(sorted(map(re.escape, lexicon.numbers), key=len, reverse=True)) + ")"
    nouns = lexicon.open(f"slot.{noun}")
    measure = lexicon.groups["count.measure"].pattern
    ordinal, last = lexicon.groups["count.ordinal"].pattern, lexicon.groups["count.last"].pattern
    return (
        re.compile(rf"第\s*{number}\s*(?:{measure})?\s*(?:{nouns})"),
        re.compile(rf"(?=(?:{ordinal})\s){number}\s+(?:{nouns})"),
        re.compile(
            rf"(?:{nouns})\s*(?:no\.?\s*|#\s*|number\s+)?{number}(?![a-z0-9%.])(?!\s*(?:{measure}))(?!\s*[\u4e00-\u9fff%])"
        ),
        re.compile(rf"(?:{nouns})\s*#?\s*(?P<number>[1-9])(?=[:：]|[\u4e00-\u9fff])(?!\s*(?:{measure}))"),
        re.compile(rf"(?:the\s+)?(?:{last})\s*(?:{measure})?的?\s*(?:{nouns})"),
    )


def _measures(typed: str, start: int, end: int, standing: tuple[Standing, ...]) -> list[tuple[Place, int, int]]:
    """Return measures of the draft that are named, a goal's own before those beside it."""
    found: list[tuple[Place, int, int]] = []
    stretch = typed[start:end]
    hits = [((start + hit.start, start + hit.end), set(hit.metrics)) for hit in catalogue.default().named(stretch)]
    for place in range(max((len(each.goal.key_results) for each in standing), default=0)):
        for index, each in enumerate(standing):
            if place >= len(each.goal.key_results):
                continue
            result = each.goal.key_results[place]
            ids = {result.metric_id} | ({each.metric.id} if each.metric and not place else set())
            found += [(span, index, place) for span, metrics in hits if metrics & ids]
            names = {result.metric} | ({each.outcome.metric_name} if each.outcome and not place else set())
            for name in filter(None, names):
                at = stretch.find(name)
                if at >= 0 and len(name) > 1:
                    found.append(((start + at, start + at + len(name)), index, place))
    return found
