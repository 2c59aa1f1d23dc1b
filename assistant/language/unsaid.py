# ruff: noqa: E501
"""Finds starting values and values to reach that no word marks: beside the one that is marked they are the other.

Knows amounts with their roles and what stands around them. Takes an amount only where nothing else can be meant.
"""

from __future__ import annotations

from bisect import bisect_left

from assistant.language.cues import TIME_UNITS
from assistant.language.later import later
from assistant.language.surroundings import Item, Places
from assistant.language.units import DURATIONS, MONEY

_REACH = 8
"""Amounts looked at on each side."""
_FARTHEST = 120
"""Characters between two values of one measure."""
_COUNTED = frozenset(("人", "people", "次", "time", "家", "场", "个", "名", "项", "shop", "store", "person", "point"))
"""Units that all sorts of things are counted in: alone they do not tell that two amounts are of one measure."""
_MEANS = later(
    r"(?:预算|经费|投入|费用上限|编列|补助|奖金|奖励|成本上限|相当于|预计|预估|可因此)[^,。;]{0,6}$|(?:第|每|每满|满|其中|共|覆盖)$"
    r"|(?<![a-z])(?:budget(?: of)?|costing|cost of|spend(?:ing)?|at a cost of|per|every|worth|for|with|of which|across|among|within|after|in under|invest(?:ing)?|bonus of|fund(?:ed|ing)? (?:with|of)) (?:up to |about |the )?$"
)
"""Before an amount that is a means, a part or a size and no level of the measure."""
_THIS = later(r"这个?(?:数字?|比例|指标)|该(?:指标|数字|比例)|(?<![a-z])(?:this|that) (?:figure|number|rate|share)")
"""Takes up the measure of the sentence before."""
_REACHED = ("target", "arrow")
_WORD = later(r"[a-z]{4,}")
_HAN = later(r"[\u4e00-\u9fff]{2,}")


def adopt_target(items: list[Item], index: int, places: Places) -> int | None:
    """The nearest amount of the same unit that says nothing of itself: beside today's value it is what to reach."""
    item = items[index]
    if item.amount.unit in ("人", "people"):
        return None
    for step in (index - 1, index + 1, index - 2):
        if not 0 <= step < len(items):
            continue
        other = items[step]
        if abs(other.sentence - item.sentence) > 1 or other.role != "other" or other.paired or other.whole:
            continue
        if item.amount.unit not in ("", other.amount.unit) or abs(other.amount.start - item.amount.start) > 120:
            continue
        if not item.amount.unit and other.amount.unit in ("%", "x", "pp", *TIME_UNITS):
            continue
        first, last = sorted((other.amount.end, item.amount.end))
        if places.metric(first, last) is None:
            other.role = "target"
            return step
    return None


def adopt_starts(low: str, items: list[Item], places: Places, breaks: list[int]) -> None:
    """Give the role of starting value to the one amount ahead of a value to reach that is of the same measure."""
    marked = [index for index, item in enumerate(items) if item.role == "baseline"]
    for index, item in enumerate(items):
        if item.role != "target" or item.level or not (item.cue in _REACHED or item.amount.bound in ("ge", "le")):
            continue
        first = max(index - _REACH, 0)
        found = [step for step in range(first, index) if _may_start(low, items, step, index)]
        near = marked[bisect_left(marked, first) : bisect_left(marked, index + _REACH)]
        if len(found) != 1 or any(items[found[0]].sentence <= items[each].sentence <= item.sentence for each in near):
            continue
        start = items[found[0]]
        between = [each for each in items[found[0] + 1 : index] if each.role == "target"]
        if start.amount.unit in _COUNTED or start.amount.unit in MONEY:
            continue
        if between or not of_one_measure(low, start, item, places, breaks):
            continue
        start.role, start.cue = "baseline", "base"


def _may_start(low: str, items: list[Item], step: int, target: int) -> bool:
    item, to = items[step], items[target]
    if item.role not in ("other", "target", "window") or item.whole or item.level or item.amount.bound != "eq":
        return False
    if item.role == "target" and (item.cue in _REACHED or item.way is not None):
        return False
    if item.role == "window" and item.amount.unit not in DURATIONS and item.amount.unit not in TIME_UNITS:
        return False
    one, two = item.amount.unit, to.amount.unit
    same = (one == two and one not in ("", "x", "pp")) or (one in DURATIONS and two in DURATIONS)
    if not same or to.sentence - item.sentence > 1 or to.amount.start - item.amount.end > _FARTHEST:
        return False
    return item.amount.value != to.amount.value and not _MEANS.search(
        low, max(item.amount.start - 24, 0), item.amount.start
    )


def of_one_measure(low: str, start: Item, to: Item, places: Places, breaks: list[int]) -> bool:
    """Whether both amounts speak of one measure: none is named between them, or one that the first words name too."""
    named = places.metric(start.amount.end, to.amount.start)
    if named is None or _THIS.search(low, max(to.amount.start - 16, start.amount.end), to.amount.start):
        return True
    floor = breaks[start.sentence - 1] + 1 if start.sentence else 0
    ahead = low[floor : start.amount.start]
    name = low[slice(*places.metrics[named][:2])]
    if any(word in ahead for word in _WORD.findall(name)):
        return True
    return any(run[at : at + 2] in ahead for run in _HAN.findall(name) for at in range(len(run) - 1))
