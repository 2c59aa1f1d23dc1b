# ruff: noqa: E501
"""Finds the figures that a change is told with, and whether they only count the team itself.

Knows nothing about metrics or goals.
"""

from __future__ import annotations

import re

from assistant.drafting import fitting
from assistant.drafting.clauses import Clause, clauses
from assistant.drafting.wish_words import wishes_in
from assistant.goals import Change, Quantity, Source

_SHORT = 4
_HEADS = re.compile(
    r"(?:人[员員手]?|团队|團隊|(?:the |our )?(?:team|headcount|staff))(?:也|又)?(?:从|由|從|\s+(?:grew|went|has grown|doubled) from )?\s*$",
    re.I,
)
"""Before a figure: it counts the team."""
_OF_US = re.compile(r"\s*(?:[个個]?人|people\b|of us\b)", re.I)


def figures(source: Source, change: Change) -> list[Quantity]:
    """Return the figures of a change that say what is wanted, in order of place."""
    if change.to is None and change.stated is None:
        return []
    places = [place for place in (change.frm, change.to, change.stated) if place is not None]
    found = [source.facts.quantities[place] for place in sorted(places)]
    return found if fitting.of_one_thing(source, found) else []


def clause_of(source: Source, figure: Quantity) -> Clause:
    """Return the clause that a figure stands in, else the whole text."""
    parts = clauses(source.text)
    whole = Clause(0, len(source.text), source.text)
    return next((part for part in parts if part.start <= figure.start < part.end), whole)


def tells(source: Source, told: list[Quantity]) -> bool:
    """Whether figures tell how many the team itself are, before the text comes to what it wants."""
    clause = clause_of(source, told[0])
    behind = any(part.start >= clause.end and len(part.text) >= _SHORT for part in clauses(source.text))
    heads = _HEADS.search(source.text[clause.start : told[0].start]) or all(
        each.unit in fitting.PEOPLE or _OF_US.match(source.text[each.end :]) for each in told
    )
    return behind and bool(heads) and not wishes_in(clause.text)


def of_staff(source: Source, quantity: Quantity) -> bool:
    """Whether a figure is one of a change in the team's own number."""
    changes = [figures(source, change) for change in source.facts.changes]
    places = next((each for each in changes if quantity in each), [])
    return bool(places) and tells(source, places)
