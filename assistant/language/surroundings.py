"""What stands around each amount: its sentence, its lead, the verbs and measures near it.

Knows places; assistant.language.relations draws the conclusions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from assistant.goals.facts import Direction, QuantityRole
from assistant.language.amounts import Amount
from assistant.language.cues import FOLLOWED, SMALL_WORDS, TIME_UNITS
from assistant.language.mentions import Words
from assistant.language.units import DURATIONS

_TAIL = 60
"""Characters behind an amount that may speak of it."""


@dataclass
class Item:
    """An amount with what its surroundings say."""

    amount: Amount
    sentence: int
    lead: str
    lead_start: int
    tail: str
    role: QuantityRole = "other"
    cue: str = ""
    cue_place: int = -1
    level: bool = False
    way: Direction | None = None
    metric: int | None = None
    paired: bool = False
    whole: bool = False


class Places:
    """Sorted places of verbs and measures, for look-up between two points."""

    def __init__(self, words: Words) -> None:
        self.verbs = [action for action in words.actions if action[4] != "do"]
        self.verb_starts = [action[0] for action in self.verbs]
        self.metrics = words.metrics
        self.metric_ends = [metric[1] for metric in words.metrics]

    def verb(self, start: int, end: int) -> tuple[int, Direction | None, str] | None:
        """The last verb with a direction that begins in [start, end)."""
        index = bisect_left(self.verb_starts, end) - 1
        best: tuple[int, Direction | None, str] | None = None
        while index >= 0 and self.verb_starts[index] >= start:
            action = self.verbs[index]
            if action[3] in ("up", "down"):
                return action[0], action[3], action[4]
            if best is None and action[4] in ("keep", "better"):
                best = action[0], action[3], action[4]
            index -= 1
        return best

    def metric(self, start: int, end: int) -> int | None:
        """The last measure that ends in (start, end]."""
        index = bisect_right(self.metric_ends, end) - 1
        if index >= 0 and self.metrics[index][0] >= start:
            return index
        return None

    def metric_after(self, start: int, end: int) -> int | None:
        """The first measure that begins in [start, end)."""
        index = bisect_left(self.metric_ends, start)
        while index < len(self.metrics) and self.metrics[index][0] < start:
            index += 1
        return index if index < len(self.metrics) and self.metrics[index][0] < end else None


def gather(low: str, cues: str, amounts: list[Amount], breaks: list[int]) -> list[Item]:
    """Every amount with its surroundings; in `cues` the times that are no reference are hidden."""
    items: list[Item] = []
    for index, amount in enumerate(amounts):
        sentence = bisect_left(breaks, amount.start)
        floor = breaks[sentence - 1] + 1 if sentence else 0
        if index and amounts[index - 1].end > floor:
            floor = amounts[index - 1].end
        start = max(floor, amount.start - 60)
        following = amounts[index + 1].start if index + 1 < len(amounts) else len(low)
        cut = index + 1 < len(amounts) and following <= amount.end + _TAIL
        items.append(
            Item(
                amount,
                sentence,
                cues[start : amount.start],
                start,
                cues[amount.end : min(following, amount.end + _TAIL)] + (FOLLOWED if cut else ""),
            )
        )
    return items


def directly(low: str, places: Places, verb: tuple[int, Direction | None, str], amount: Amount) -> bool:
    """Whether nothing but small words stands between a verb and the amount that it changes by."""
    index = bisect_left(places.verb_starts, verb[0])
    end = places.verbs[index][1]
    gap = low[end : amount.start]
    if SMALL_WORDS.fullmatch(gap):
        return True
    metric = places.metric(end, amount.start)
    if metric is None:
        return False
    name = places.metrics[metric]
    rest = low[end : name[0]] + low[name[1] : amount.start]
    if verb[2] == "down" and not low[end - 1].isascii() and low[end - 1] not in "到至为" and not rest.strip():
        return amount.bound == "eq"
    return (
        amount.unit in ("%", "pp", "x") and re.fullmatch(r"[ ]?(?:了|约|近|至少|the|our|by|[ ])*[ ]?", rest) is not None
    )


def compatible(one: str, other: str) -> bool:
    """Whether two units can stand in one pair without a conflict."""
    return one == other or (one in DURATIONS and other in DURATIONS) or {one, other} <= TIME_UNITS or "" in (one, other)
