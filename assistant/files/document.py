"""What an opened file holds: text, sheets, or paragraphs and tables. Knows nothing about how files are read.

`notices` say in plain English what was chosen or left out while reading; they are meant to be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A file of plain text, Markdown, CSV or lines of JSON.

    Attributes:
        content: the characters without the byte order mark; control characters are replaced one by one with blanks,
            so that places in it are places in the file.
        encoding: Python's name of the encoding.
        bom: the byte order mark as it stands in the file, or nothing.
        notices: what was chosen or cleaned.
    """

    content: str
    encoding: str = "utf-8"
    bom: bytes = b""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number and its cells that are not blank, by column from 1.

    The number counts rows of a sheet, lines of a text, or paragraphs of a Word document (that of the first cell).
    """

    number: int
    cells: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells: rows `top` to `bottom` of one column, as row numbers; the value stands in `top`."""

    column: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of any file.

    Attributes:
        rows: the rows that hold anything, in order.
        name: name of the sheet; '' outside workbooks.
        merged: cells merged downwards; in `rows` only the first one has the value.
        partial: whether hidden rows were left out, so that sums over the rest say nothing.
    """

    rows: tuple[Row, ...]
    name: str = ""
    merged: tuple[Span, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets of a workbook, without hidden rows and columns."""

    sheets: tuple[Table, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a Word document, without deleted and hidden words.

    Attributes:
        number: place among all paragraphs of the body, those in tables included, from 1.
        heading: level of the heading from 1; 0 where it is none.
        level: depth of the list item from 0; None where it is none.
    """

    number: int
    text: str
    heading: int = 0
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """The body of a Word document, in order."""

    blocks: tuple[Paragraph | Table, ...]
    notices: tuple[str, ...] = ()


Document: TypeAlias = Text | Workbook | Word
