"""Puts several places of one happening into one notice, so that a report stays short. Knows no formats."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.documents.document import Notice, NoticeKind, Place

NAMED = 5
"""So many places are named; the rest is counted."""
LONGEST_WORDS = 60


def glimpse(words: str) -> str:
    """Return words short enough for a sentence."""
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= LONGEST_WORDS else one_line[:LONGEST_WORDS].rstrip() + "…"


def together(kind: NoticeKind, what: str, places: Sequence[Place], words: str = "") -> Notice:
    """Return one notice for all places; `what` is the sentence without them: `3 page numbers were left out`."""
    return Notice(kind, f"{what} ({listed(places)}).", places[0], words)


def listed(places: Sequence[Place]) -> str:
    """Return the first places in words: `lines 3, 9, 12–14 and 20 more`."""
    distinct = list(dict.fromkeys(places))
    named = distinct[:NAMED]
    more = f" and {len(distinct) - NAMED} more" if len(distinct) > NAMED else ""
    if len(distinct) == 1:
        return distinct[0].shown("en")
    if any(place.sheet for place in named):
        return "; ".join(place.shown("en") for place in named) + more
    numbers = [str(place.first) if place.first == place.last else f"{place.first}–{place.last}" for place in named]
    return f"{named[0].kind}s {', '.join(numbers)}{more}"


def opened(place: Place) -> str:
    """Return the place as it begins a sentence: `Line 14`."""
    words = place.shown("en")
    return words[0].upper() + words[1:]
