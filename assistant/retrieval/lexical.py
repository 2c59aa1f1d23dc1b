"""Ranks passages by their words (BM25). Knows nothing about meaning or language preference."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import bm25s
import numpy as np

from assistant.retrieval.passages import Piece
from assistant.retrieval.tokens import tokens

# The library sets its own logger to the lowest level.
logging.getLogger("bm25s").setLevel(logging.WARNING)


def _words(piece: Piece) -> tuple[str, ...]:
    """Return all by which a piece is found: what it says and how people ask for it."""
    return (piece.passage.title, piece.heading, piece.passage.text, *piece.asked)


class LexicalIndex:
    """BM25 over title, heading, text and questions; built in memory in a fraction of a second."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Index the pieces; results are their positions in this sequence."""
        corpus = [tokens("\n".join(_words(piece))) for piece in pieces]
        self._known = frozenset(token for document in corpus for token in document)
        self._bm25 = bm25s.BM25()
        if self._known:
            self._bm25.index(corpus, show_progress=False)

    def rank(self, question: str, count: int) -> list[int]:
        """Return positions of the best passages that share a word with the question, best first."""
        words = [token for token in tokens(question) if token in self._known]
        if not words or count < 1:
            return []
        scores = self._bm25.get_scores(words)
        best = np.argsort(-scores, kind="stable")[:count]
        return [int(position) for position in best if scores[position] > 0]
