"""Ranks catalogue metrics for an aim by meaning as well as by words. Knows nothing about goals or figures.

The wordings of every metric (its name and the wishes it answers) stand as vectors; a wish is near a metric when one of
its wordings is. Chinese is compared with Chinese, in simplified characters, and English with English, each around the
middle of its own wordings: what all texts of a language share says nothing. Without the local embedding the words alone
decide.
"""

from __future__ import annotations

import logging
import re
import threading
from functools import lru_cache

import numpy as np

from assistant import catalogue
from assistant.catalogue import Suggestion
from assistant.language import to_hans
from assistant.retrieval import embedding
from assistant.retrieval import vectors as vectors_of
from assistant.retrieval.embedding import EmbeddingError, LocalEmbedding
from assistant.retrieval.index import shipped_vectors
from assistant.retrieval.vectors import Vectors
from assistant.settings import Settings

_BY_ALL_WORDS, _BY_ONE_WORDING = 0.25, 0.5
"""Weights of the words that a text shares with all texts of a metric and with its nearest wording, beside the cosine of
meanings. Set, like the scale below, on the labelled aims of the development split."""
_FAVOUR = 0.08
"""How much a metric of the team's own function is preferred."""
_UNRELATED = 0.114
"""Score that texts without anything in common reach; it counts as nothing."""
_SCALE = 0.62
"""Brings the scores to those of the ranking by words, so that both are held against the same thresholds."""
_LEAST_WORDS = {True: 0.06, False: 0.13}
_WORDLESS = 0.75
"""A text that shares next to no word with any wording of a metric, in Chinese or not, is near to it by its tone alone:
what is left of the score then."""
_REMEMBERED = 512
"""Texts whose nearness is kept: a talk comes back to the same words with every answer."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LOG = logging.getLogger(__name__)


class MetricRanker:
    """Ranks metrics; loads the embedding when first used. Safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        """Remember which embedding is wanted; nothing is loaded yet."""
        self._settings = settings
        self._lock = threading.Lock()
        self._near = lru_cache(maxsize=_REMEMBERED)(self._nearness)
        self._loaded = False
        self._embedding: LocalEmbedding | None = None
        self._ids: tuple[str, ...] = ()
        self._groups: dict[bool, _Group] = {}

    def suggest(self, text: str, functions: tuple[str, ...] = (), k: int = 8) -> list[Suggestion]:
        """Return up to `k` metrics near `text`, best first; scores compare with those of `Lookup.suggest`.

        Args:
            text: an aim or a part of one.
            functions: functions the team belongs to; their metrics are preferred.
            k: how many, at least 1.
        """
        lookup = catalogue.default()
        near = self._near(text)
        if near is None:
            return lookup.suggest(text, functions, k)
        metrics = catalogue.load().metrics
        by_all = {each.metric: each.score for each in lookup.suggest(text, k=len(self._ids))}
        by_one = lookup.by_wording(text)
        least = _LEAST_WORDS[_CHINESE.search(text) is not None]
        scores = {}
        for id, nearness in zip(self._ids, near, strict=True):
            words = _BY_ALL_WORDS * by_all.get(id, 0.0) + _BY_ONE_WORDING * by_one.get(id, 0.0)
            favour = _FAVOUR if metrics[id].function in functions else 0.0
            score = _SCALE * (float(nearness) + words + favour - _UNRELATED)
            scores[id] = score if by_one.get(id, 0.0) >= least else _WORDLESS * score
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [Suggestion(id, min(1.0, score)) for id, score in ranked[:k] if score > 0]

    def warm(self) -> None:
        """Load or compute the vectors now."""
        with self._lock:
            if not self._loaded:
                self._load()
                self._loaded = True

    def _nearness(self, text: str) -> Vectors | None:
        """Return for each metric the similarity of its nearest wording, or None without an embedding."""
        self.warm()
        if self._embedding is None:
            return None
        group = self._groups[_CHINESE.search(text) is not None]
        try:
            asked = self._embedding.query(to_hans(text)) - group.middle
        except EmbeddingError as error:
            _LOG.info("metrics are ranked by words: %s", error)
            return None
        similar = group.vectors @ (asked / (float(np.linalg.norm(asked)) or 1.0))
        nearest: Vectors = np.maximum.reduceat(similar, group.starts)
        return nearest

    def _load(self) -> None:
        chosen, why = embedding.choose(self._settings)
        if not isinstance(chosen, LocalEmbedding):
            _LOG.info("metrics are ranked by words: %s", why or "the embedding is not local")
            return
        texts, owner, ids = wordings()
        try:
            vectors = _vectors(texts, chosen)
        except EmbeddingError as error:
            _LOG.info("metrics are ranked by words: %s", error)
            return
        chinese = np.array([_CHINESE.search(text) is not None for text in texts])
        places = np.array(owner, dtype=np.int64)
        self._groups = {kind: _Group(vectors[chinese == kind], places[chinese == kind]) for kind in (True, False)}
        self._ids, self._embedding = ids, chosen


_rankers: dict[tuple[object, ...], MetricRanker] = {}
_rankers_lock = threading.Lock()


def shared(settings: Settings) -> MetricRanker:
    """Return the process's ranker for the embedding of these settings; it loads when first used."""
    with _rankers_lock:
        return _rankers.setdefault(settings.about_embedding, MetricRanker(settings))


class _Group:
    """The wordings of one writing: their vectors around the middle of all, each of length 1, metric by metric."""

    def __init__(self, vectors: Vectors, owner: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
        """Move the vectors to their middle; `owner` rises from metric to metric, none without a wording."""
        self.starts = np.searchsorted(owner, np.arange(int(owner[-1]) + 1))
        self.middle: Vectors = vectors.mean(axis=0)
        moved = vectors - self.middle
        self.vectors: Vectors = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)


def wordings() -> tuple[list[str], list[int], tuple[str, ...]]:
    """Return all wordings, the Chinese ones simplified, for each the position of its metric, and the metric ids."""
    texts: list[str] = []
    owner: list[int] = []
    metrics = catalogue.load().metrics
    for position, metric in enumerate(metrics.values()):
        words = [text for each in metric.text.values() for text in (each.name, *each.outcomes)]
        for text in dict.fromkeys(map(to_hans, words)):
            texts.append(text)
            owner.append(position)
    return texts, owner, tuple(metrics)


def write_shipped() -> int:
    """Write the vectors of all wordings as the file that comes with the catalogue; return how many."""
    chosen = LocalEmbedding()
    texts, _, _ = wordings()
    unique = list(dict.fromkeys(texts))
    vectors_of.write(
        shipped_vectors("metrics"),
        chosen.identity,
        [vectors_of.digest(each) for each in unique],
        chosen.passages(unique),
    )
    return len(unique)


def _vectors(texts: list[str], chosen: LocalEmbedding) -> Vectors:
    """Return one row for each wording, computing only those that did not come with the catalogue."""
    known = vectors_of.read(shipped_vectors("metrics"), chosen.identity)
    missing = [text for text in dict.fromkeys(texts) if vectors_of.digest(text) not in known]
    if missing:
        known.update(zip(map(vectors_of.digest, missing), chosen.passages(missing), strict=True))
    return np.stack([known[vectors_of.digest(text)] for text in texts])
