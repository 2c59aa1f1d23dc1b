"""Ranks catalogue metrics for an aim by meaning as well as by words. Knows nothing about goals or figures.

The wordings of every metric (its name and the wishes it answers) stand as vectors; a wish is near a metric when one of
its wordings is. Without the local embedding the words alone decide.
"""

from __future__ import annotations

import logging
import threading
from functools import lru_cache

import numpy as np

from assistant import catalogue
from assistant.catalogue import Suggestion
from assistant.retrieval import embedding
from assistant.retrieval import vectors as vectors_of
from assistant.retrieval.embedding import EmbeddingError, LocalEmbedding
from assistant.retrieval.index import shipped_vectors
from assistant.retrieval.vectors import Vectors
from assistant.settings import Settings

_PER_DEVIATION = 0.05
"""Weight of one standard deviation above the mean nearness of all metrics, beside a cosine of words of 0 to 1."""
_FAVOUR = 1.35
"""How much a metric of the team's own function is preferred, as in the ranking by words."""
_CANDIDATES = 30
_REMEMBERED = 512
"""Texts whose nearness is kept: a talk comes back to the same words with every answer."""
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
        self._owner: np.ndarray[tuple[int], np.dtype[np.int64]] | None = None
        self._vectors: Vectors | None = None

    def suggest(self, text: str, functions: tuple[str, ...] = (), k: int = 8) -> list[Suggestion]:
        """Return up to `k` metrics near `text`, best first; scores compare with those of `Lookup.suggest`.

        Args:
            text: an aim or a part of one.
            functions: functions the team belongs to; their metrics are preferred.
            k: how many, at least 1.
        """
        by_words = {each.metric: each.score for each in catalogue.default().suggest(text, functions, _CANDIDATES)}
        near = self._near(text)
        if near is None:
            return [Suggestion(id, score) for id, score in by_words.items()][:k]
        spread = float(near.std()) or 1.0
        above = (near - float(near.mean())) / spread
        metrics = catalogue.load().metrics
        scores = {}
        for id, deviation in zip(self._ids, above, strict=True):
            favour = _FAVOUR if metrics[id].function in functions else 1.0
            scores[id] = by_words.get(id, 0.0) + _PER_DEVIATION * max(0.0, float(deviation) - 1.0) * favour
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
        if self._embedding is None or self._vectors is None or self._owner is None:
            return None
        try:
            similar = self._vectors @ self._embedding.query(text)
        except EmbeddingError as error:
            _LOG.info("metrics are ranked by words: %s", error)
            return None
        nearest = np.full(len(self._ids), -1.0, dtype=np.float32)
        np.maximum.at(nearest, self._owner, similar)
        return nearest

    def _load(self) -> None:
        chosen, why = embedding.choose(self._settings)
        if not isinstance(chosen, LocalEmbedding):
            _LOG.info("metrics are ranked by words: %s", why or "the embedding is not local")
            return
        texts, owner, ids = wordings()
        try:
            self._vectors = _vectors(texts, chosen)
        except EmbeddingError as error:
            _LOG.info("metrics are ranked by words: %s", error)
            return
        self._ids, self._owner, self._embedding = ids, np.array(owner, dtype=np.int64), chosen


def wordings() -> tuple[list[str], list[int], tuple[str, ...]]:
    """Return all wordings, for each the position of its metric, and the metric ids."""
    texts: list[str] = []
    owner: list[int] = []
    metrics = catalogue.load().metrics
    for position, metric in enumerate(metrics.values()):
        for words in metric.text.values():
            for text in (words.name, *words.outcomes):
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
