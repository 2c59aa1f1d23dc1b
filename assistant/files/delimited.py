"""Cuts text with separators (RFC 4180) into cells with their places. Knows nothing about headings or encodings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.errors import InputError

MAX_ROWS = 100_000
MAX_COLUMNS = 1_000
MAX_CELL = 100_000
_LINE_END = re.compile(r"\r\n|\r|\n")


class Cell(NamedTuple):
    """A cell: its place `[start, end)` in the text, quotes included, and its value without them."""

    start: int
    end: int
    value: str


class Line(NamedTuple):
    """A row: the line on which it starts, from 1, and its cells."""

    number: int
    cells: list[Cell]


def lines(content: str, separator: str, name: str, start: int = 0) -> Iterator[Line]:
    r"""Yield the rows, blank ones included, as Python's `csv` module reads them.

    Args:
        content: the table.
        separator: one character, or '' for a table of one column whose cells may hold any mark.
        name: the file's name, for messages.
        start: place of the first row, right behind a line end.

    Raises:
        InputError: a quote is never closed, or there are too many rows, columns or characters in a cell.
    """
    pattern = _pattern(separator)
    number = 1 + _line_ends(content, 0, start)
    at, count = start, 0
    while at < len(content):
        first = number
        cells: list[Cell] = []
        while True:
            match = pattern.match(content, at)
            if match is None:
                raise InputError(
                    f"{name}:{number}: a quote in column {len(cells) + 1} is never closed.",
                    'Close it, or write "" for a quote inside a cell.',
                    name=name,
                )
            cell = _cell(match)
            cells.append(cell)
            if len(cells) > MAX_COLUMNS:
                raise InputError(
                    f"{name}:{first}: the row has more than {MAX_COLUMNS:,} cells.", "Split it.", name=name
                )
            if len(cell.value) > MAX_CELL:
                raise InputError(
                    f"{name}:{number}: a cell has {len(cell.value):,} characters; {MAX_CELL:,} are possible.",
                    "Shorten it.",
                    name=name,
                )
            if match[1] is not None:
                number += _line_ends(content, cell.start, cell.end)
            at = cell.end
            if not separator or at >= len(content) or content[at] != separator:
                break
            at += 1
        yield Line(first, cells)
        count += 1
        if count > MAX_ROWS:
            raise InputError(f"{name!r} has more than {MAX_ROWS:,} rows.", "Split it.", name=name)
        ending = _LINE_END.match(content, at)
        at = ending.end() if ending else at
        number += 1


def written(value: str, separator: str, quoted: bool) -> str:
    """Return a value as it stands in the file, in quotes where it was or has to be."""
    needed = value.startswith('"') or any(mark in value for mark in "\r\n") or (separator and separator in value)
    if quoted or needed:
        return '"' + value.replace('"', '""') + '"'
    return value


def _pattern(separator: str) -> re.Pattern[str]:
    bare = f"[^{re.escape(separator)}\\r\\n]*"
    return re.compile(f'"((?:[^"]++|"")*+)"({bare})|(?!")({bare})')


def _cell(match: re.Match[str]) -> Cell:
    if match[1] is None:
        return Cell(match.start(), match.end(), match[3])
    return Cell(match.start(), match.end(), match[1].replace('""', '"') + match[2])


def _line_ends(content: str, start: int, end: int) -> int:
    return sum(1 for _ in _LINE_END.finditer(content, start, end))
