"""Finds the nearest vectors: in Chroma on disk, or exactly in memory.

Knows nothing about texts or how vectors come about. Chroma is a cache: it is only ever given bytes that were checked.
"""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np

from assistant.retrieval.folder import PrivateCopy
from assistant.retrieval.vectors import Vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client

COLLECTION = "methods"
_LOG = logging.getLogger(__name__)
_CONFIGURATION: Any = {
    # Everything reaches the disk within the one upsert, so that an opened copy has nothing to replay.
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 400, "batch_size": 50, "sync_threshold": 100}
}
_LARGEST_BATCH = 5_000


class StoreError(Exception):
    """Chroma failed; what it holds can be built again."""


@contextmanager
def _guarded() -> Iterator[None]:
    """Turn whatever Chroma raises into a `StoreError`; its compiled part raises panics that are no `Exception`."""
    try:
        yield
    except (OSError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise StoreError(f"{type(error).__name__}: {error}") from error


EXACT_UP_TO = 5_000
"""Rows up to which comparing all of them is faster than Chroma's graph (0.15 ms against 2 ms at 579 rows)."""


class DenseIndex(Protocol):
    """Something that finds the nearest rows of a vector."""

    def nearest(self, vector: Vectors, count: int) -> list[tuple[int, float]]:
        """Return (position, cosine similarity) of the nearest rows, nearest first."""


class ExactIndex:
    """All vectors in memory, compared one by one."""

    def __init__(self, vectors: Vectors) -> None:
        """Keep the vectors, each of length 1."""
        self._vectors = vectors

    def nearest(self, vector: Vectors, count: int) -> list[tuple[int, float]]:
        """Return (position, cosine similarity) of the nearest rows, nearest first."""
        nearness = self._vectors @ vector
        return [(int(position), float(nearness[position])) for position in np.argsort(-nearness, kind="stable")[:count]]


class ChromaIndex:
    """A Chroma collection in a private copy of the built folder; exact search stands in when Chroma fails."""

    def __init__(self, root: Path, built: Path, vectors: Vectors) -> None:
        """Open a copy of the built folder.

        Raises:
            OSError: the folder cannot be copied.
            StoreError: Chroma cannot open it or finds too few vectors.
        """
        self._exact = ExactIndex(vectors)
        self._size = len(vectors)
        copy = PrivateCopy(root, built)
        self.close: Callable[[], object] = copy.close
        try:
            with _guarded():
                client = _client(copy.path)
                # Runs when the index is no longer used, and at the end of the process.
                self.close = weakref.finalize(self, _close, client, copy)
                self._collection = client.get_collection(COLLECTION, embedding_function=None)
                _check_size(self._collection.count(), self._size)
            self._query(vectors[0], 1)
        except BaseException:
            self.close()
            raise

    def nearest(self, vector: Vectors, count: int) -> list[tuple[int, float]]:
        """Return (position, cosine similarity) of the nearest rows, nearest first; few rows are compared one by one.

        Chroma's graph search is approximate and differs from build to build: over a few thousand rows exact search is
        faster, and every machine finds the same.
        """
        if self._size <= EXACT_UP_TO:
            return self._exact.nearest(vector, count)
        try:
            return self._query(vector, count)
        except (OSError, StoreError) as error:
            _LOG.warning("Chroma failed (%s); searching in memory", error)
            return self._exact.nearest(vector, count)

    def _query(self, vector: Vectors, count: int) -> list[tuple[int, float]]:
        with _guarded():
            answer = self._collection.query(
                query_embeddings=vector[np.newaxis], n_results=min(count, self._size), include=["distances"]
            )
            distances = answer["distances"] or [[]]
            return [(int(name), 1 - float(far)) for name, far in zip(answer["ids"][0], distances[0], strict=True)]


def _check_size(held: int, expected: int) -> None:
    if held != expected:
        raise ValueError(f"the collection holds {held} of {expected} vectors")


def _close(client: Client, copy: PrivateCopy) -> None:
    client.close()
    copy.close()


def build(folder: Path, vectors: Vectors) -> None:
    """Write a Chroma store of all vectors into an empty folder; ids are the positions.

    Raises:
        OSError: the disk is full or the folder cannot be written.
        StoreError: Chroma fails.
    """
    with _guarded():
        client = _client(folder)
        try:
            collection = client.create_collection(COLLECTION, configuration=_CONFIGURATION, embedding_function=None)
            for start in range(0, len(vectors), _LARGEST_BATCH):
                block = vectors[start : start + _LARGEST_BATCH]
                names = [str(position) for position in range(start, start + len(block))]
                collection.upsert(ids=names, embeddings=block)
            _check_size(collection.count(), len(vectors))
        finally:
            client.close()


def _client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    client: Any = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)
