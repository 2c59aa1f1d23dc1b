"""Makes the user's documents findable: reads a file onto the shelf, and gives its pieces with their vectors.

Knows nothing about file formats or how pieces are ranked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from assistant.goals import DocumentNotice, DocumentPart, Passage, UserDocument
from assistant.retrieval.embedding import Embedding, EmbeddingError
from assistant.retrieval.passages import Piece, text_rows
from assistant.retrieval.shelf import Shelf, document_id
from assistant.retrieval.vectors import Vectors

_AT_ONCE = 64
"""Texts embedded between two words about the progress."""
_LOG = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Told how many pieces of how many are done."""


class Added(NamedTuple):
    """A document as it is kept now, and the one whose place it took."""

    document: UserDocument
    replaced: UserDocument | None


def add(shelf: Shelf, raw: bytes, name: str, embedding: Embedding | None, progress: Progress | None = None) -> Added:
    """Read a file and keep it; a document of the same name or the same bytes is replaced.

    Args:
        shelf: the workspace's documents.
        raw: the whole file.
        name: its name; the ending helps to tell the format.
        embedding: what makes vectors; None keeps the texts alone, to be found by words.
        progress: told how far the embedding is.

    Raises:
        InputError: the file cannot be read as a document.
        UsageError: the workspace is full.
        StorageError: the shelf cannot be written.
    """
    from assistant.documents import read_document
    from assistant.files.encoding import encoding_name

    read = read_document(raw, name)
    parts = tuple(
        DocumentPart(
            number=number,
            heading=chunk.heading,
            place=chunk.place.shown(chunk.language),
            language=chunk.language,
            text=chunk.text,
        )
        for number, chunk in enumerate(read.chunks, start=1)
    )
    document = UserDocument(
        id=document_id(raw),
        name=read.name,
        format=read.format,
        title=read.title,
        language=read.language,
        encoding=encoding_name(read.encoding) if read.encoding else "",
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        size=len(raw),
        chunks=len(parts),
        notices=tuple(DocumentNotice(kind=each.kind, text=each.text, words=each.words) for each in read.notices),
    )
    rows = text_rows([piece(document, part) for part in parts])
    vectors: dict[str, Vectors] = {}
    if embedding is not None:
        try:
            missing = {row.digest: row.text for row in rows}
            vectors = _embed(missing, embedding, progress)
        except EmbeddingError as error:
            _LOG.info("kept without vectors: %s", error)
    identity = embedding.identity if embedding is not None else ""
    return Added(document, shelf.put(document, parts, [row.digest for row in rows], identity, vectors))


def _embed(texts: dict[str, str], embedding: Embedding, progress: Progress | None) -> dict[str, Vectors]:
    """Return the vectors of texts, by their digests."""
    marks = list(texts)
    vectors: dict[str, Vectors] = {}
    for start in range(0, len(marks), _AT_ONCE):
        block = marks[start : start + _AT_ONCE]
        vectors.update(zip(block, embedding.passages([texts[mark] for mark in block]), strict=True))
        if progress is not None:
            progress(len(vectors), len(marks))
    return vectors


def piece(document: UserDocument, part: DocumentPart) -> Piece:
    """Return a part of a document as it can be found."""
    id = f"{document.id}#{part.number}"
    passage = Passage(
        id=id,
        topic=document.name,
        title=part.heading if part.heading.startswith(document.title) else _titled(document, part),
        language=part.language,
        score=0.0,
        source=f"{document.name}, {part.place}",
        text=part.text,
    )
    return Piece(passage=passage, heading=part.heading, group=id, own=True)


def _titled(document: UserDocument, part: DocumentPart) -> str:
    return " · ".join(filter(None, (document.title, part.heading)))


class Own:
    """The pieces of a workspace as they were at one moment, with a vector each where there is an embedding.

    Attributes:
        generation: the shelf's generation at that moment.
        pieces: all pieces, in order.
        vectors: one row a piece; None without an embedding.
    """

    def __init__(self, shelf: Shelf | None, embedding: Embedding | None) -> None:
        """Read the shelf, if any, and compute the vectors that are missing, as after a change of the embedding.

        Raises:
            StorageError: the shelf cannot be read.
        """
        self.generation, entries = shelf.everything() if shelf is not None else (0, [])
        self.pieces = tuple(piece(document, part) for document, part in entries)
        self.vectors: Vectors | None = None
        if shelf is None or embedding is None or not self.pieces:
            return
        rows = text_rows(self.pieces)
        known = shelf.vectors(embedding.identity)
        missing = {row.digest: row.text for row in rows if row.digest not in known}
        try:
            fresh = _embed(missing, embedding, None) if missing else {}
        except EmbeddingError as error:
            _LOG.info("documents are found by words: %s", error)
            return
        if fresh:
            shelf.keep_vectors(embedding.identity, fresh)
        known = {**known, **fresh}
        self.vectors = np.stack([known[row.digest] for row in rows]).astype(np.float32)

    def nearest(self, vector: Vectors, count: int) -> list[tuple[int, float]]:
        """Return (position, cosine similarity) of the nearest pieces, nearest first and none missed."""
        if self.vectors is None or self.vectors.shape[1:] != vector.shape:
            return []
        nearness = self.vectors @ vector
        count = min(count, len(nearness))
        best = np.argpartition(-nearness, count - 1)[:count]
        return [(int(at), float(nearness[at])) for at in best[np.argsort(-nearness[best], kind="stable")]]
