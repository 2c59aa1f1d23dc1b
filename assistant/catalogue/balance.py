"""Tells which area of the balance grid a goal belongs to: growth, efficiency, risk or team.

By the metric that it names where the catalogue knows it, else by its words. Knows nothing about files or runs. The
four areas are those of the balanced plan in the method texts, after Kaplan and Norton's four perspectives.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import cast, get_args

from assistant import catalogue
from assistant.goals.batch import Balance, BalanceArea
from assistant.goals.findings import LintedGoal

AREAS = cast("tuple[BalanceArea, ...]", get_args(BalanceArea))


def area_of(goal: LintedGoal) -> BalanceArea | None:
    """Return the area of a judged goal, None where neither its metric nor its words tell."""
    table = _table()
    lookup = catalogue.default()
    for mention in goal.facts.metrics:
        for hit in lookup.named(mention.name):
            id = hit.metrics[0]
            return table.of_metric.get(id) or table.of_function.get(lookup.catalogue.metrics[id].function)
    return area_of_words(goal.text)


def area_of_metric(id: str) -> BalanceArea | None:
    """Return the area of a metric of the catalogue, None where its function has none or there is no such metric."""
    table = _table()
    metric = catalogue.load().metrics.get(id)
    return None if metric is None else table.of_metric.get(id) or table.of_function.get(metric.function)


def area_of_words(text: str) -> BalanceArea | None:
    """Return the area that the words of a text speak of most, None where they speak of none."""
    counts = {area: len(pattern.findall(text)) for area, pattern in _table().words.items()}
    best = max(counts, key=lambda area: counts[area])
    return best if counts[best] else None


def added(balance: Balance, area: BalanceArea | None) -> Balance:
    """Return the grid with one more goal in an area."""
    key = area or "other"
    return balance.model_copy(update={key: getattr(balance, key) + 1})


class _Table:
    def __init__(self) -> None:
        data = tomllib.loads(Path(__file__).with_name("balance.toml").read_text("utf-8"))
        self.of_function = {id: area for area in AREAS for id in data["functions"].get(area, ())}
        self.of_metric = {id: area for area in AREAS for id in data["metrics"].get(area, ())}
        self.words = {
            cast("BalanceArea", area): re.compile(
                "|".join(rf"(?<![a-z]){re.escape(word)}" if word.isascii() else re.escape(word) for word in listed),
                re.I,
            )
            for area, listed in data["words"].items()
        }


@cache
def _table() -> _Table:
    return _Table()
