"""Gives a dense index over texts: from disk when it is there and whole, else newly built.

Knows nothing about questions. Texts and vectors of an index stand in files of our own beside the Chroma store, which
can be built again from them at any time.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant import paths
from assistant.errors import StorageError
from assistant.retrieval import dense, folder
from assistant.retrieval import vectors as vectors_of
from assistant.retrieval.embedding import Embedding
from assistant.retrieval.passages import Row, fingerprint
from assistant.retrieval.vectors import Vectors

FORMAT = 2
"""Raise it whenever the files of an index change their meaning."""
WAIT_SECONDS = 180.0
"""How long a process waits for another one that is building the same index."""

_TEXTS, _VECTORS, _CHROMA = "passages.jsonl", "vectors.npy", "chroma"
_LOG = logging.getLogger(__name__)


def shipped_vectors(name: str) -> Path:
    """Return the file of vectors that come with the knowledge; it may be missing or partly out of date.

    Args:
        name: what was embedded: `methods`, `questions` or `metrics`.
    """
    return paths.resource("knowledge") / "vectors" / f"{name}.npz"


def open_index(rows: Sequence[Row], embedding: Embedding, name: str = "methods") -> tuple[dense.DenseIndex, str]:
    """Return a dense index over the rows, and a warning for people, empty where all is well.

    Without a data folder that can be written the index lives in memory and is built again by every process.

    Args:
        rows: what is embedded.
        embedding: by what.
        name: folder of the index below the data folder, and file of the vectors that come along.

    Raises:
        EmbeddingError: vectors are needed and cannot be had.
    """
    mark = fingerprint(rows, f"{embedding.identity}\n{_shipped_digest(name)}", FORMAT)
    vectors: Vectors | None = None
    try:
        root = paths.home() / "index" / name
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        built = root / mark
        if not folder.is_whole(built, mark):
            with folder.writer(root, WAIT_SECONDS):
                if not folder.is_whole(built, mark):
                    vectors = _embed(rows, embedding, _known(root, embedding), name)
                    with folder.new_folder(root, mark) as new:
                        _write(new, rows, embedding, vectors)
                folder.sweep(root, keep=mark)
        vectors = np.load(built / _VECTORS, allow_pickle=False) if vectors is None else vectors
        return _open_chroma(root, built, vectors)
    except (OSError, ValueError, StorageError) as error:
        _LOG.info("the index is kept in memory: %s", error)
        if vectors is None:
            vectors = _embed(rows, embedding, {}, name)
        cause = str(error) if isinstance(error, StorageError) else f"The index cannot be kept on disk ({error})."
        return dense.ExactIndex(vectors), f"{cause} Search works from memory and starts more slowly."


def _open_chroma(root: Path, built: Path, vectors: Vectors) -> tuple[dense.DenseIndex, str]:
    try:
        return dense.ChromaIndex(root, built / _CHROMA, vectors), ""
    except (OSError, dense.StoreError) as error:
        _LOG.info("Chroma cannot open the index: %s", error)
        return dense.ExactIndex(vectors), f"The vector store cannot be opened ({error}). Search works from memory."


def _write(new: Path, rows: Sequence[Row], embedding: Embedding, vectors: Vectors) -> None:
    lines = [
        json.dumps({"digest": row.digest, "embedding": embedding.identity, **row.model_dump()}, ensure_ascii=False)
        for row in rows
    ]
    (new / _TEXTS).write_text("\n".join(lines) + "\n", "utf-8")
    buffer = io.BytesIO()
    np.save(buffer, vectors, allow_pickle=False)
    (new / _VECTORS).write_bytes(buffer.getvalue())
    try:
        (new / _CHROMA).mkdir()
        dense.build(new / _CHROMA, vectors)
    except dense.StoreError as error:
        # Texts and vectors are worth keeping without Chroma: opening falls back on exact search over them.
        _LOG.warning("Chroma cannot build the index: %s", error)


def _embed(rows: Sequence[Row], embedding: Embedding, known: dict[str, Vectors], name: str) -> Vectors:
    """Return the vectors of all rows, computing only those that are not known by their digest."""
    # Shipped vectors win, so that every machine finds the same passages in the same order.
    known = {**known, **vectors_of.read(shipped_vectors(name), embedding.identity)}
    missing = {row.digest: row.text for row in rows if row.digest not in known}
    if missing:
        _LOG.info("embedding %d of %d texts", len(missing), len(rows))
        known.update(zip(missing, embedding.passages(list(missing.values())), strict=True))
    return np.stack([known[row.digest] for row in rows]).astype(np.float32)


def _shipped_digest(name: str) -> str:
    try:
        return hashlib.sha256(shipped_vectors(name).read_bytes()).hexdigest()
    except OSError:
        return ""


def _known(root: Path, embedding: Embedding) -> dict[str, Vectors]:
    """Return the vectors of earlier indexes made with the same embedding, by digest of what was embedded."""
    found: dict[str, Vectors] = {}
    for earlier in root.iterdir():
        if not folder.is_whole(earlier, earlier.name):
            continue
        try:
            rows = [json.loads(line) for line in (earlier / _TEXTS).read_text("utf-8").splitlines()]
            vectors = np.load(earlier / _VECTORS, allow_pickle=False)
            for row, vector in zip(rows, vectors, strict=True):
                if row["embedding"] == embedding.identity:
                    found[row["digest"]] = vector
        except (OSError, ValueError, KeyError):
            _LOG.info("the vectors of %s cannot be used again", earlier.name)
    return found


def write_shipped(file: Path, rows: Sequence[Row], embedding: Embedding, name: str) -> None:
    """Write the vectors of all rows as the file that comes with the knowledge."""
    vectors_of.write(file, embedding.identity, [row.digest for row in rows], _embed(rows, embedding, {}, name))
