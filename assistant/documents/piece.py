"""What the readers of all formats hand on: pieces of text in order, each with its place. Knows nothing about files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from assistant.documents.document import Format, Notice, Place, PlaceKind

Role: TypeAlias = Literal["text", "row", "code"]


@dataclass(slots=True)
class Piece:
    """A line, paragraph or row.

    Attributes:
        text: one or more lines.
        first: the place where it begins.
        last: the place where it ends.
        level: level of the heading, from 1; 0 where it is none.
        sheet: the sheet it stands in.
        restarts: whether another text begins here, such as the next answer on a page: headings above no longer hold.
        role: prose, a row of a table, or code; page chrome is looked for in prose only.
    """

    text: str
    first: int
    last: int
    level: int = 0
    sheet: str = ""
    role: Role = "text"
    restarts: bool = False


@dataclass(slots=True)
class Source:
    """A file as its reader left it.

    Attributes:
        format: what the file is.
        kind: what its places count.
        pieces: its text, in order; blank pieces mark blank lines.
        title: a title that stands outside the text, such as a web page's.
        encoding: Python's name of the encoding; '' where the format settles it.
        notices: what was told while reading.
    """

    format: Format
    kind: PlaceKind
    pieces: list[Piece]
    title: str = ""
    encoding: str = ""
    notices: list[Notice] = field(default_factory=list)

    def place(self, piece: Piece) -> Place:
        """Return where a piece stands."""
        return Place(self.kind, piece.first, piece.last, piece.sheet)
