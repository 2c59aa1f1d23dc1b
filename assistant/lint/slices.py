"""Cuts facts and texts to places: items within a stretch, the facts of a part, clauses and sentences.

Knows places only; nothing about goals, rules or words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TypeVar

from assistant.goals.facts import Facts, Span

_Placed = TypeVar("_Placed", bound=Span)


def within(items: Sequence[_Placed], start: int, end: int) -> Sequence[_Placed]:
    """Return the items, which are in order of place, that start in `[start, end)`."""
    first = bisect_left(items, start, key=_start)
    return items[first : bisect_left(items, end, lo=first, key=_start)]


def _start(item: Span) -> int:
    return item.start


def split(mark: re.Pattern[str], plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of `[start, end)` that marks end; a mark between digits ends none."""
    spans, at = [], start
    for match in mark.finditer(plain, start, end):
        if (
            match.start() > at
            and match[0] in ",."
            and plain[match.start() - 1].isdigit()
            and plain[match.end() : match.end() + 1].isdigit()
        ):
            continue
        spans.append((at, match.end()))
        at = match.end()
    if at < end:
        spans.append((at, end))
    return spans or [(start, end)]


def part_of(facts: Facts, start: int, end: int) -> Facts:
    """Return the facts that lie in `[start, end)`; spans and text stay those of the whole record."""
    return _keeping(facts, lambda spans: [i for i in _started(spans, start, end) if spans[i].end <= end])


def without(facts: Facts, asides: Sequence[tuple[int, int]]) -> Facts:
    """Return the facts but for those in asides; blanks stay, since they matter everywhere."""
    if not asides:
        return facts

    def outside(spans: Sequence[Span]) -> list[int]:
        return [i for i, span in enumerate(spans) if not any(start <= span.start < end for start, end in asides)]

    kept = _keeping(facts, outside)
    return kept.model_copy(update={"placeholders": facts.placeholders})


def _started(spans: Sequence[Span], start: int, end: int) -> range:
    """Return the places of spans, which are in order, that start in `[start, end)`."""
    return range(bisect_left(spans, start, key=_start), bisect_left(spans, end, key=_start))


def _keeping(facts: Facts, wanted: Callable[[Sequence[Span]], list[int]]) -> Facts:
    """Return the facts at the places that `wanted` names for each kind."""
    keep = wanted(facts.quantities)
    index: dict[int | None, int] = {old: new for new, old in enumerate(keep)}
    metrics = wanted(facts.metrics)
    metric_index: dict[int | None, int] = {old: new for new, old in enumerate(metrics)}
    changes = tuple(
        change.model_copy(
            update={
                "frm": index.get(change.frm),
                "to": index.get(change.to),
                "stated": index.get(change.stated),
                "metric": metric_index.get(change.metric),
            }
        )
        for change in facts.changes
        if change.frm in index or change.to in index or change.stated in index
    )
    inside = {
        name: tuple(getattr(facts, name)[i] for i in wanted(getattr(facts, name)))
        for name in ("times", "owners", "actions", "hedges", "placeholders")
    }
    return facts.model_copy(
        update={
            "quantities": tuple(facts.quantities[i] for i in keep),
            "metrics": tuple(facts.metrics[i] for i in metrics),
            "changes": changes,
            **inside,
        }
    )
