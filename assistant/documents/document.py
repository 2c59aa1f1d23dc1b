"""What a document holds once it is read: chunks with their places, and what a person should know about the reading.

Knows nothing about how files are read or what the words mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from assistant.goals.base import TextLanguage

PlaceKind: TypeAlias = Literal["line", "page", "row", "paragraph"]
NoticeKind: TypeAlias = Literal["encoding", "hidden", "gloss", "mojibake", "chrome", "repeated", "left_out", "cut"]
Format: TypeAlias = Literal["markdown", "text", "word", "pdf", "workbook", "csv", "html"]

_HANS = {"line": "行", "page": "页", "row": "行", "paragraph": "段"}
_HANT = {"line": "行", "page": "頁", "row": "列", "paragraph": "段"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where words begin and end in the file, counted from 1.

    Attributes:
        kind: what is counted; rows are those of a sheet, or of a table with separators.
        first: where the words begin.
        last: where they end, included.
        sheet: the sheet's name; '' outside workbooks.
    """

    kind: PlaceKind
    first: int
    last: int
    sheet: str = ""

    def shown(self, language: TextLanguage) -> str:
        """Return the place as people write it: `line 12`, `sheet 'KPI', rows 5–9`, `第 3 頁`."""
        numbers = str(self.first) if self.first == self.last else f"{self.first}–{self.last}"
        if language == "en":
            words = f"{self.kind}{'' if self.first == self.last else 's'} {numbers}"
            return f"sheet {self.sheet!r}, {words}" if self.sheet else words
        if language == "zh-Hant":
            return f"{f'工作表「{self.sheet}」' if self.sheet else ''}第 {numbers} {_HANT[self.kind]}"
        return f"{f'工作表“{self.sheet}”' if self.sheet else ''}第 {numbers} {_HANS[self.kind]}"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person should know about how the file was read.

    Attributes:
        kind: what happened.
        text: a plain English sentence with the places in it.
        place: the first of these places; None where the whole file is meant.
        words: what it is about, as it stands in the file.
    """

    kind: NoticeKind
    text: str
    place: Place | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A citable piece.

    Attributes:
        text: a run of the cleaned text, word for word.
        heading: the headings above it, outermost first, joined by ` › `; '' where there are none.
        place: where it stands.
        language: the language of its text.
    """

    text: str
    heading: str
    place: Place
    language: TextLanguage


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    Attributes:
        name: the file's name as it may be shown: no folders, no control or direction characters, at most 120 long.
        format: what the file is.
        title: its first heading or title, else the name without the ending.
        language: the language of most of its text.
        encoding: Python's name of the encoding; '' where the format settles it.
        chunks: its text, in order.
        notices: what was chosen, cleaned or left out while reading.
    """

    name: str
    format: Format
    title: str
    language: TextLanguage
    encoding: str
    chunks: tuple[Chunk, ...]
    notices: tuple[Notice, ...]
