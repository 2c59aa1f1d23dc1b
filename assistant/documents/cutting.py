"""Cuts cleaned text into chunks: what stands under one heading path, in runs of a few sentences.

Knows nothing about file formats or how the text was cleaned.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from assistant.documents.document import Chunk, Place, PlaceKind
from assistant.documents.piece import Piece
from assistant.language import detect

LONGEST_CHINESE = 240
LONGEST_LATIN = 600
SHORTEST = 40
"""A shorter rest joins its neighbour."""
JOINED_BY = " › "
LONGEST_HEADING = 80
_HAN = re.compile(r"[\u3400-\u9fff]")
_SEPARATORS = [
    "\n", "。”", "。」", "。", "！", "？", "；", ". ", "! ", "? ", "?", "!", ";", "; ", "，", ", ", ",", "、", " ", "",
]  # fmt: skip


@dataclass(slots=True)
class Section:
    """Pieces that stand together under one heading path."""

    heading: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the section's text, one piece a line."""
        return "\n".join(piece.text for piece in self.pieces)


class _Outline:
    """Follows the headings and gathers what stands under them."""

    def __init__(self) -> None:
        self.path: list[Piece] = []
        self.waiting: Piece | None = None
        self.done: list[Section] = []

    def add(self, piece: Piece) -> None:
        waiting = self.waiting
        if waiting and (
            (piece.restarts and waiting.level > 1) or piece.sheet != waiting.sheet or 0 < piece.level <= waiting.level
        ):
            self.settle()
        self.waiting = None
        while piece.restarts and self.path and self.path[-1].level > 1:
            self.path.pop()
        while self.path and (self.path[-1].sheet != piece.sheet or 0 < piece.level <= self.path[-1].level):
            self.path.pop()
        if piece.level:
            self.path.append(piece)
            self.waiting = piece
        if not piece.level or len(piece.text) > LONGEST_HEADING:
            self.put(piece)

    def settle(self) -> None:
        """A heading with nothing under it is text under the headings above it."""
        if self.waiting:
            self.path.pop()
            if len(self.waiting.text) <= LONGEST_HEADING:
                self.put(self.waiting)
            self.waiting = None

    def put(self, piece: Piece) -> None:
        heading = JOINED_BY.join(shortened(above.text) for above in self.path)
        last = self.done[-1] if self.done else None
        if last is None or piece.restarts or last.heading != heading or last.pieces[-1].sheet != piece.sheet:
            self.done.append(Section(heading, [piece]))
        else:
            last.pieces.append(piece)


def sections(pieces: Sequence[Piece]) -> list[Section]:
    """Return the sections in order; a heading with nothing under it is text itself, and so is one of many words."""
    outline = _Outline()
    for piece in pieces:
        if piece.text.strip():
            outline.add(piece)
    outline.settle()
    return outline.done


def chunks(section: Section, kind: PlaceKind) -> Iterator[Chunk]:
    """Yield the section's chunks, each a run of its text."""
    text = section.text
    starts = [0, *accumulate(len(piece.text) + 1 for piece in section.pieces)][:-1]
    for start, end in _runs(text):
        first = section.pieces[bisect_right(starts, start) - 1]
        last = section.pieces[bisect_right(starts, end - 1) - 1]
        words = text[start:end]
        place = Place(kind, first.first, max(last.last, first.first), first.sheet)
        yield Chunk(words, section.heading, place, detect(words))


def longest(text: str) -> int:
    """Return how many characters a chunk of such a text may have."""
    return LONGEST_CHINESE if len(_HAN.findall(text)) * 5 > len(text) else LONGEST_LATIN


def _runs(text: str) -> list[tuple[int, int]]:
    """Return where the chunks of a text begin and end."""
    limit = longest(text)
    if len(text) <= limit:
        return [(0, len(text))] if text.strip() else []
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=limit - SHORTEST,
        chunk_overlap=0,
        separators=_SEPARATORS,
        keep_separator="end",
        add_start_index=True,
    )
    runs: list[tuple[int, int]] = []
    for document in splitter.create_documents([text]):
        start: int = document.metadata["start_index"]
        end = start + len(document.page_content)
        small = end - start < SHORTEST or (runs and runs[-1][1] - runs[-1][0] < SHORTEST)
        if small and runs and end - runs[-1][0] <= limit:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def shortened(heading: str) -> str:
    """Return a heading on one line and not too long."""
    words = " ".join(heading.split())
    return words if len(words) <= LONGEST_HEADING else words[: LONGEST_HEADING - 1] + "…"
