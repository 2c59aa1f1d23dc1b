"""Tells where goals and findings stand in files, from 1 and in code points. Knows nothing about formats of output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from assistant.lint.documents.record import Record


class Span(NamedTuple):
    """Lines and columns from 1; the end column is the one after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a goal's text begins.

    Attributes:
        file: path as given, `-` for a pipe, '' for a goal of the command line.
        line: line of a text file.
        column: column in that line.
        verbatim: True where the goal's text stands in the file letter by letter, so that columns can be told.
        inside: the place in a file that has no lines, `Sheet!B7` or `paragraph 12`; '' in a text file.
    """

    file: str = ""
    line: int = 1
    column: int = 1
    verbatim: bool = False
    inside: str = ""

    @property
    def in_file(self) -> bool:
        """True where it stands in a file, not in a pipe or on the command line."""
        return self.file not in ("", "-")

    def span(self, text: str, start: int, end: int) -> Span | None:
        """Return where `text[start:end]` of the goal's text stands in the file; None where only the line is known."""
        if not self.verbatim:
            return None
        return Span(*self._spot(text, start), *self._spot(text, end))

    def shown(self, text: str, start: int) -> str:
        """Return the place of `text[start]` as terminals and editors know it: `FILE:LINE:COL`, `FILE:Sheet!B7`."""
        if not self.file:
            return ""
        if self.inside:
            return f"{self.file}:{self.inside}"
        line, column = self._spot(text, start) if self.verbatim else (self.line, 1)
        return f"{self.file}:{line}:{column}"

    def _spot(self, text: str, at: int) -> tuple[int, int]:
        breaks = text.count("\n", 0, at)
        column = at - text.rfind("\n", 0, at) if breaks else self.column + at
        return self.line + breaks, column


def place_of(record: Record, file: str, document: str | None) -> Place:
    """Return where a record stands.

    Args:
        record: the goal.
        file: the file's path.
        document: the characters of the file, without a byte order mark; None where it is no text.
    """
    if record.sheet:
        return Place(file, inside=f"{record.sheet}!{letters(record.column)}{record.line}")
    if document is None:
        return Place(file, inside=f"paragraph {record.line}")
    if record.start is None:
        return Place(file, record.line)
    return Place(file, record.line, record.start - document.rfind("\n", 0, record.start), verbatim=True)


def letters(column: int) -> str:
    """Return a column's letters: A for 1, AA for 27."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
