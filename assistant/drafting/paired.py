"""Keeps of the values stated for one wish those that belong together: one pair of one part of the organisation.

Knows nothing about metrics. What belongs to further parts contradicts nothing and stays in the draft as a fact.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from assistant.drafting.clauses import sentences
from assistant.drafting.slots import TELLS, Figures
from assistant.goals import Source, Stated
from assistant.language.units import DURATIONS, MONEY

_JOINED = re.compile(r"\s*(?:[、,，/&和与與及跟]|and\b|以及)\s*")
_SHARES = frozenset({"%", "pp", "x"})


def first(figures: Figures, source: Source) -> Figures:
    """Return the values of the first pair where several pairs, or two lists of values, are told of several parts.

    Args:
        figures: what is stated for one wish.
        source: the text of the wish.
    """
    return _of_one_kind(_of_first_pair(_of_lists(figures, source), source))


def _of_lists(figures: Figures, source: Source) -> Figures:
    """Of 从9%和4%降到6%和3% return the first of each list."""
    before, after = figures.baselines, figures.targets
    if len(before) < 2 or len(before) != len(after) or not (_listed(before, source) and _listed(after, source)):
        return figures
    return replace(figures, baselines=before[:1], targets=after[:1])


def _listed(stated: list[Stated], source: Source) -> bool:
    """Whether values stand in a row with nothing but marks of a list between them."""
    return all(
        one.source == other.source == source.key and _JOINED.fullmatch(source.text, one.end, other.start) is not None
        for one, other in itertools.pairwise(stated)
    )


def _of_first_pair(figures: Figures, source: Source) -> Figures:
    """Of several starting values that each have a value to reach return the first pair; two accounts stay two."""
    quantities = source.facts.quantities
    goes: dict[int, list[int]] = {}
    for change in source.facts.changes:
        if change.frm is not None and change.to is not None:
            goes.setdefault(quantities[change.frm].start, []).append(quantities[change.to].start)
    home = [each for each in figures.baselines if each.source == source.key]
    paired = [each for each in home if goes.get(each.start) and _known(goes[each.start], figures)]
    if len(paired) < 2 or len(home) < len(figures.baselines) or any(_told(each, source) for each in paired):
        return figures
    kept = paired[0]
    others = {place for each in paired[1:] for place in goes[each.start]}
    targets = [each for each in figures.targets if each.start not in others or each.start in goes[kept.start]]
    return replace(figures, baselines=[kept], targets=targets)


def _known(places: list[int], figures: Figures) -> bool:
    return any(each.start in places for each in figures.targets)


def _told(stated: Stated, source: Source) -> bool:
    """Whether somebody's account gives a value: finance says, 系统里显示."""
    sentence = next(part for part in sentences(source.text) if part.start <= stated.start < part.end)
    return TELLS.search(sentence.text) is not None


def _of_one_kind(figures: Figures) -> Figures:
    """Leave out starting values that cannot be of what the target is of, where another one can."""
    levels = [each for each in figures.targets if not each.is_change]
    alike = [each for each in figures.baselines if levels and _kind(each) == _kind(levels[0])]
    return replace(figures, baselines=alike) if alike and len(alike) < len(figures.baselines) else figures


def _kind(stated: Stated) -> str:
    unit = stated.unit or ""
    if unit in _SHARES:
        return "share"
    if unit in MONEY:
        return "money"
    return "time" if unit in DURATIONS or unit in {"month", "year", "workday"} else "count"
