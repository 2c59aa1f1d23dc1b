"""Turns texts into vectors by an OpenAI-compatible endpoint, with a wall-clock deadline for every call.

Knows nothing about what the vectors are for.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.retrieval.embedding import LONGEST_QUERY, LONGEST_TEXT, EmbeddingError
from assistant.retrieval.passages import scrub
from assistant.retrieval.vectors import Vectors

if TYPE_CHECKING:
    from assistant.settings import Settings

QUERY_SECONDS = 10.0
BATCH_SECONDS = 60.0
BATCH = 64
RETRIES = 1
REST_SECONDS = 30.0
"""After a failure the endpoint is left alone for this long, so that not every question waits for it."""


class EndpointEmbedding:
    """Embedding by the configured endpoint and by nothing else."""

    def __init__(self, settings: Settings) -> None:
        """Read address, key and model; nothing is sent yet.

        Raises:
            EmbeddingError: no model is named.
        """
        if not settings.embedding_model:
            raise EmbeddingError("GOALS_EMBEDDING is openai, but GOALS_EMBEDDING_MODEL names no model")
        key = settings.embedding_api_key
        if key is None and settings.embedding_base_url in (None, settings.llm_base_url):
            # The model's key goes to the model's own host only.
            key = settings.llm_api_key
        if key is None and settings.embedding_base_url is None:
            raise EmbeddingError("GOALS_EMBEDDING is openai, but neither GOALS_EMBEDDING_BASE_URL nor a key is set")
        self._key = key.get_secret_value() if key else "none"
        self._base_url = settings.embedding_base_url or "https://api.openai.com/v1"
        self._model = settings.embedding_model
        # Models of the E5 family are trained with these prefixes; for others they are noise.
        self._prefixes = ("query: ", "passage: ") if "e5" in self._model.lower() else ("", "")
        self.identity = f"endpoint {self._base_url} {self._model}"
        self.name = f"embedding endpoint, {self._model}"
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: Any = None
        self._failed_at = -math.inf
        self._why = ""

    def query(self, text: str) -> Vectors:
        """Return the vector of a question, of its first 400 characters."""
        rows = self._call([self._prefixes[0] + scrub(text)[:LONGEST_QUERY]], QUERY_SECONDS)
        return np.asarray(rows[0], dtype=np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text, asked for in batches."""
        prepared = [self._prefixes[1] + scrub(text)[:LONGEST_TEXT] for text in texts]
        blocks = [
            self._call(prepared[start : start + BATCH], BATCH_SECONDS) for start in range(0, len(prepared), BATCH)
        ]
        if len({block.shape[1] for block in blocks}) > 1:
            raise EmbeddingError(f"the embedding endpoint {self._base_url} answered vectors of different lengths")
        return np.concatenate(blocks) if blocks else np.empty((0, 1), dtype=np.float32)

    def _call(self, texts: list[str], seconds: float) -> Vectors:
        with self._lock:
            if time.monotonic() - self._failed_at < REST_SECONDS:
                raise EmbeddingError(self._why)
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="embedding endpoint", daemon=True).start()
            loop = self._loop
        try:
            answer = asyncio.run_coroutine_threadsafe(self._ask(texts, seconds), loop).result()
            return _rows(answer, len(texts))
        except Exception as error:
            reason = "no answer in time" if isinstance(error, TimeoutError) else f"{type(error).__name__}: {error}"
            why = f"the embedding endpoint {self._base_url} failed ({' '.join(reason.split())[:200]})"
            with self._lock:
                self._failed_at, self._why = time.monotonic(), why
            raise EmbeddingError(why) from error

    async def _ask(self, texts: list[str], seconds: float) -> Any:
        # The client's own timeout counts each read alone: a dripping answer would outlast it.
        async with asyncio.timeout(seconds):
            if self._client is None:
                from openai import AsyncOpenAI

                self._client = AsyncOpenAI(
                    api_key=self._key, base_url=self._base_url, max_retries=RETRIES, timeout=BATCH_SECONDS
                )
            return await self._client.embeddings.create(model=self._model, input=texts, encoding_format="float")


def _rows(answer: Any, count: int) -> Vectors:
    """Return the answer as checked rows of length 1, in the order asked.

    Raises:
        ValueError: the answer is no list of that many finite vectors of one length.
    """
    data = getattr(answer, "data", None)
    if not isinstance(data, list) or len(data) != count:
        raise ValueError(f"the answer holds no list of {count} vectors")
    places = [getattr(item, "index", None) for item in data]
    if sorted(place for place in places if isinstance(place, int)) == list(range(count)):
        data = sorted(data, key=lambda item: int(item.index))
    rows = np.asarray([item.embedding for item in data], dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True) if rows.ndim == 2 else np.zeros((1, 1))
    if rows.ndim != 2 or not np.isfinite(rows).all() or not (lengths > 0).all():
        raise ValueError("the vectors are not finite or differ in length")
    scaled: Vectors = rows / lengths
    return scaled
