"""Fuses rankings and chooses the language in which each section is shown.

Knows nothing about how the rankings came about.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals import Language
from assistant.retrieval.passages import Piece

RANK_CONSTANT = 60
"""The usual constant of reciprocal rank fusion: how little the very first places outweigh the next ones."""

_NEXT_BEST: dict[Language, Language] = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}


def fuse(
    rankings: Sequence[Sequence[int]], pieces: Sequence[Piece], count: int, language: Language
) -> list[tuple[int, float]]:
    """Return (position, score) of the best sections, best first, each section once.

    The versions of a section in several languages count as one: it takes the best place that any of them has in a
    ranking, and is shown in the asked language where it exists in it.

    Args:
        rankings: positions into `pieces`, best first; one list each from lexical and dense search.
        pieces: all passages.
        count: most results.
        language: language to prefer.
    """
    scores: dict[str, float] = {}
    first: dict[str, int] = {}
    for ranking in rankings:
        place = 0
        seen: set[str] = set()
        for position in ranking:
            group = pieces[position].group
            if group in seen:
                continue
            seen.add(group)
            place += 1
            scores[group] = scores.get(group, 0.0) + 1.0 / (RANK_CONSTANT + place)
            first.setdefault(group, position)
    best = sorted(scores, key=lambda group: -scores[group])[:count]
    wanted = set(best)
    versions: dict[str, dict[str, int]] = {}
    for position, piece in enumerate(pieces):
        if piece.group in wanted:
            versions.setdefault(piece.group, {})[piece.passage.language] = position
    return [(_version(versions[group], first[group], language), scores[group]) for group in best]


def _version(versions: dict[str, int], first: int, language: Language) -> int:
    """Return the version in the asked language, else its sister script, else the one that was found."""
    if language in versions:
        return versions[language]
    return versions.get(_NEXT_BEST.get(language, ""), first)
