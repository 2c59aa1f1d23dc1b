"""Finds the measure that a person names beside figures and that the catalogue does not know.

Knows nothing about goals. What the person counts comes before what the catalogue would guess: a guess keeps its place
only where it is firm, its unit can carry the figures and it moves the way the person wants.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import catalogue
from assistant.drafting import slots
from assistant.drafting.clauses import Clause, clauses
from assistant.drafting.outcomes import Suggest, Wish
from assistant.goals import Change, Direction, Quantity, Source

_FIRM = 0.3
"""Score from which a guess may carry figures that were given for a measure in other words."""
_LONGEST_NAME = 12
_HANDLED = re.compile(r"[把将將]")
_NOUN = re.compile(
    r"^(?:我们|我們|请|請)?(?:要|想|希望|争取|爭取)?(?:把|将|將|让|讓|使)?(?:提升|提高|增加|降低|减少|減少|缩短|縮短|压缩|壓縮)?"
    r"(?P<zh>[\u3400-\u9fffA-Za-z]{2,16}?)(?:要|能)?(?:从|由|目前|现在|現在)"
    r"|\b(?:raise|cut|reduce|improve|bring|move|get|take|grow|increase|lower|shorten|lift)\s+(?:the\s+|our\s+)?"
    r"(?P<verb>[a-z][a-z' -]{2,50}?)\s+(?:from|to|by)\b|^(?:our\s+|the\s+)?(?P<lead>[a-z][a-z' -]{2,50}?)\s+from\b",
    re.IGNORECASE,
)


def settle(wishes: list[Wish], source: Source, functions: tuple[str, ...], suggest: Suggest) -> list[Wish]:
    """Return the wishes of a text, each measured by what the person named beside its figures.

    Args:
        wishes: as found by name and by meaning.
        source: their text.
        functions: functions of the team.
        suggest: ranks catalogue metrics for a text.
    """
    settled = list(wishes)
    hits = catalogue.default().named(source.text)
    for change in source.facts.changes:
        figures = _figures(source, change)
        if not figures:
            continue
        clause = _clause(source, figures[0])
        noun = _noun(source, change, figures[0], clause)
        if noun is None or any(hit.start < noun.end and noun.start < hit.end for hit in hits):
            continue
        direction = change.direction or _way(source, change)
        own = Wish(source, clause, None, noun.text, noun.start, direction)
        guess = next((at for at, wish in enumerate(settled) if not wish.name), None)
        if guess is None:
            if all(wish.name != noun.text for wish in settled):
                settled.append(own)
        elif not _holds(settled[guess], figures, direction, functions, suggest):
            settled[guess] = replace(own, start=min(settled[guess].start, own.start))
    return sorted(settled, key=lambda wish: wish.start)


def _figures(source: Source, change: Change) -> list[Quantity]:
    """Return the figures of a change that say what is wanted, in order of place."""
    if change.to is None and change.stated is None:
        return []
    places = [place for place in (change.frm, change.to, change.stated) if place is not None]
    return [source.facts.quantities[place] for place in sorted(places)]


def _clause(source: Source, figure: Quantity) -> Clause:
    parts = clauses(source.text)
    whole = Clause(0, len(source.text), source.text)
    return next((part for part in parts if part.start <= figure.start < part.end), whole)


def _noun(source: Source, change: Change, figure: Quantity, clause: Clause) -> Clause | None:
    """Return the words that name what the figures measure: a measure read before them, else the clause's subject."""
    before = [
        mention for mention in source.facts.metrics if clause.start <= mention.start and mention.end <= figure.start
    ]
    if change.metric is not None and source.facts.metrics[change.metric].end <= figure.start:
        before.append(source.facts.metrics[change.metric])
    match = _NOUN.search(source.text[clause.start : figure.start])
    subject = None
    if match is not None:
        name = next(name for name in ("zh", "verb", "lead") if match[name])
        start, end = match.span(name)
        start = max([start, *(mark.end() for mark in _HANDLED.finditer(match.string, start, end))])
        subject = Clause(clause.start + start, clause.start + end, match.string[start:end])
    if not before:
        return subject
    nearest = before[-1]
    if subject is not None and subject.end == nearest.end and len(subject.text) <= _LONGEST_NAME:
        return subject
    return Clause(nearest.start, nearest.end, source.text[nearest.start : nearest.end])


def _way(source: Source, change: Change) -> Direction | None:
    """Return the direction that two levels give."""
    if change.frm is None or change.to is None:
        return None
    first, last = (slots.decimal(source.facts.quantities[place].value) for place in (change.frm, change.to))
    if first is None or last is None or first == last:
        return None
    return "up" if last > first else "down"


def _holds(
    wish: Wish, figures: list[Quantity], direction: Direction | None, functions: tuple[str, ...], suggest: Suggest
) -> bool:
    """Whether a guessed metric may keep the figures."""
    if wish.metric is None:
        return False
    if not all(slots.fits(figure, wish.metric) for figure in figures):
        return False
    if direction and wish.metric.direction != "keep" and direction != wish.metric.direction:
        return False
    scores = [offer.score for offer in suggest(wish.source.text, functions) if offer.metric == wish.metric.id]
    return bool(scores) and scores[0] >= _FIRM
