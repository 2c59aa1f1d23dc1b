"""Answers somebody who looks through the catalogue: by id, by name, by function, by wish.

Knows nothing about how answers are shown or about embeddings: the ranking by wording is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.catalogue.load import Catalogue
from assistant.catalogue.lookup import Lookup, Suggestion, fold
from assistant.errors import UsageError
from assistant.goals import Function, Language, Metric
from assistant.language import detect

Rank = Callable[[str, tuple[str, ...], int], list[Suggestion]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found.

    Attributes:
        metrics: best first, or all in the order of the catalogue where nothing was asked.
        exact: True where the query is the one metric's id, name or alias.
        language: language of the query; English where none was given.
        functions: all functions by id.
        known: all metrics by id.
    """

    metrics: tuple[Metric, ...]
    exact: bool
    language: Language
    functions: Mapping[str, Function]
    known: Mapping[str, Metric]


def browse(lookup: Lookup, rank: Rank, query: str, function: str, k: int) -> Found:
    """Return the metrics that a query means.

    Args:
        lookup: look-up over the catalogue.
        rank: ranks metrics by wording: text, preferred functions, how many.
        query: id, name, alias or a wish; '' for all.
        function: id or name of the one function wanted; '' for all.
        k: most metrics for a wish.

    Raises:
        UsageError: no function has that name.
    """
    catalogue = lookup.catalogue
    wanted = _function(catalogue, lookup, function)
    inside = [each for each in catalogue.metrics.values() if not wanted or each.function == wanted]
    detected = detect(query or function)
    language: Language = "zh-Hans" if detected == "zh" else detected
    asked = fold(query.strip())
    if not asked:
        return _found(catalogue, inside, False, language)
    exact = [each for each in inside if each.id == asked or asked in _names(each)]
    if len(exact) == 1:
        return _found(catalogue, exact, True, language)
    ranked = [each.metric for each in rank(query, (wanted,) if wanted else (), len(catalogue.metrics))]
    named = [id for hit in lookup.named(query) for id in hit.metrics]
    ids = dict.fromkeys([*(each.id for each in exact), *named, *ranked])
    chosen = [catalogue.metrics[id] for id in ids if not wanted or catalogue.metrics[id].function == wanted]
    return _found(catalogue, chosen[:k], False, language)


def _found(catalogue: Catalogue, metrics: list[Metric], exact: bool, language: Language) -> Found:
    return Found(tuple(metrics), exact, language, catalogue.functions, catalogue.metrics)


def _names(metric: Metric) -> set[str]:
    return {fold(name) for text in metric.text.values() for name in (text.name, *text.aliases)}


def _function(catalogue: Catalogue, lookup: Lookup, name: str) -> str:
    """Return the id of the function with that id or name, '' for none asked."""
    asked = fold(name.strip())
    if not asked or asked in catalogue.functions:
        return asked
    for each in catalogue.functions.values():
        known = [*each.name.values(), *(alias for aliases in each.aliases.values() for alias in aliases)]
        if asked in map(fold, known):
            return each.id
    near = lookup.functions(name)
    if near:
        return near[0]
    raise UsageError(f"No function is called {name!r}.", f"Use one of: {', '.join(catalogue.functions)}.", value=name)
