"""Fuses rankings and chooses the language in which each section is shown.

Knows nothing about how the rankings came about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from assistant.goals import Language, TextLanguage
from assistant.retrieval.passages import Piece

RANK_CONSTANT = 20
"""Constant of reciprocal rank fusion: how little the first places outweigh the next ones. The usual 60 suits long lists
of documents; with a few hundred sections the first places say more."""
_WORDS = 2
"""How often the ranking by words counts: as much as both rankings by meaning, of texts and of questions, together."""
_MOST_OF_A_TOPIC = 2
"""Passages of one method topic that may stand before passages of other topics: a question has room for another cure."""

_LOOKED_AT = 10
"""How many times as many sections as are wanted are looked at, so that topics can be spread."""
_ENOUGH = 5
"""With fewer passages in a language their mean and spread say nothing."""

_NEXT_BEST: dict[Language, Language] = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}


def family(language: TextLanguage) -> str:
    """Return `zh` for every kind of Chinese, whose words lexical search matches with one another, else the language."""
    return language[:2]


class Sections:
    """The sections that pieces belong to, with their versions in several languages."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Group the pieces."""
        self._groups = [piece.group for piece in pieces]
        self._families = [family(piece.passage.language) for piece in pieces]
        self._topics = [None if piece.own else piece.passage.topic for piece in pieces]
        self._versions: dict[str, dict[str, int]] = {}
        for position, piece in enumerate(pieces):
            self._versions.setdefault(piece.group, {})[piece.passage.language] = position
        self._written = {group: {each[:2] for each in versions} for group, versions in self._versions.items()}
        self._asked = {piece.group for piece in pieces if piece.asked}

    def level(
        self, near: Sequence[tuple[int, float]], language: Language, own_near: Sequence[tuple[int, float]] = ()
    ) -> list[int]:
        """Return positions by similarity, put right for texts in other languages than the question.

        An embedding finds texts in the question's own language nearer, whatever they say. A section that exists only
        in another language is therefore placed by how it stands out among the texts of its language.

        Args:
            near: (position, similarity) of the nearest passages of the method texts, which stand in every language and
                so tell what is usual in each.
            language: the question's language.
            own_near: the same of the user's documents.
        """
        own, families, groups = family(language), self._families, self._groups
        ranked = [*near, *own_near]
        readable = {groups[position] for position, _ in ranked if families[position] == own}
        spread: dict[bool, tuple[float, float]] = {}
        for foreign in (False, True):
            values = np.array([score for position, score in near if (families[position] != own) == foreign])
            if len(values) < _ENOUGH:
                return [position for position, _ in sorted(ranked, key=lambda item: -item[1])]
            spread[foreign] = (float(values.mean()), float(values.std()) or 1.0)
        (own_mean, own_spread), (mean, deviation) = spread[False], spread[True]

        def levelled(item: tuple[int, float]) -> float:
            position, similarity = item
            if groups[position] in readable:
                return similarity
            return own_mean + own_spread * (similarity - mean) / deviation

        return [position for position, _ in sorted(ranked, key=levelled, reverse=True)]

    def fuse(
        self,
        near: Sequence[int] | None,
        matching: Sequence[int] | None,
        count: int,
        asked: Language,
        shown: Language,
        alike: Sequence[int] | None = None,
    ) -> list[tuple[int, float]]:
        """Return (position, score) of the best sections, best first, each section once.

        The versions of a section in several languages count as one: it takes the best place that any of them has in a
        ranking, and is shown in the wanted language where it exists in it. A section that exists only in other
        languages than the question's has no words in common with it: its place in the dense ranking counts for both.
        So it does for a section of which nobody wrote down how people ask for it.

        Args:
            near: dense ranking of texts, positions of pieces, best first; None where there is none.
            matching: lexical ranking, likewise.
            count: most results.
            asked: language of the question.
            shown: language to show.
            alike: dense ranking of the ways in which people ask; positions may repeat.
        """
        near_places, matching_places = self._places(near or ()), self._places(matching or ())
        alike_places = self._places(alike or ())
        both = near is not None and matching is not None
        own = family(asked)
        asked_of, written = self._asked, self._written
        scores: dict[str, float] = {}
        for group in [*near_places, *matching_places, *alike_places]:
            meant, said = near_places.get(group), matching_places.get(group)
            put = alike_places.get(group) if group in asked_of else meant if alike is not None else None
            if both and meant is not None and own not in written[group]:
                said = meant
            scores[group] = _share(meant) + _share(put) + _WORDS * _share(said)
        best = sorted(scores, key=lambda group: -scores[group])[: count * _LOOKED_AT]
        chosen = [(_version(self._versions[group], shown), scores[group]) for group in best]
        return self._spread(chosen)[:count]

    def _places(self, ranking: Sequence[int]) -> dict[str, int]:
        """Return the place of each section, counted from 1, by its first version."""
        places: dict[str, int] = {}
        for position in ranking:
            places.setdefault(self._groups[position], len(places) + 1)
        return places

    def _spread(self, ranked: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """Return the ranking with further passages of a method topic put behind those of other topics."""
        first: list[tuple[int, float]] = []
        later: list[tuple[int, float]] = []
        taken: Counter[str] = Counter()
        for position, score in ranked:
            topic = self._topics[position]
            if topic is not None:
                taken[topic] += 1
            crowded = topic is not None and taken[topic] > _MOST_OF_A_TOPIC
            (later if crowded else first).append((position, score))
        return first + later


def _share(place: int | None) -> float:
    """Return what a place in one ranking is worth."""
    return 0.0 if place is None else 1.0 / (RANK_CONSTANT + place)


def _version(versions: dict[str, int], language: Language) -> int:
    """Return the version in the wanted language, else its sister script, else any."""
    for each in (language, _NEXT_BEST.get(language, "en"), "en"):
        if each in versions:
            return versions[each]
    return next(iter(versions.values()))
