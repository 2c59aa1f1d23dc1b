"""Cuts text with separators (RFC 4180) into cells with their places. Knows nothing about headings or encodings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assistant.errors import InputError

MAX_ROWS = 100_000
MAX_COLUMNS = 1_000
MAX_CELL = 100_000
_LINE_END = re.compile(r"\r\n|\r|\n")
_INSIDE = re.compile(r'(?:[^"]++|"")*+')


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
                raise _open_quote(f"{name}:{number}", len(cells) + 1, name)
            cell = _cell(match)
            cells.append(cell)
            if len(cells) > MAX_COLUMNS:
                raise _wide_row(f"{name}:{first}", name)
            if len(cell.value) > MAX_CELL:
                raise _long_cell(f"{name}:{number}", f"{len(cell.value):,}", name)
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


class Streamed(NamedTuple):
    """A row: the line on which it starts, from 1, how many lines it takes, and the values of its cells."""

    number: int
    lines: int
    values: list[str]


def streamed(
    texts: Iterable[str], separator: str, name: str, *, first: int = 1, most_rows: int = MAX_ROWS
) -> Iterator[Streamed]:
    """Yield the rows as `lines` does, from lines that come one by one.

    Args:
        texts: the lines with their line ends, the last one perhaps without.
        separator: one character, or '' for a table of one column.
        name: the file's name, for messages.
        first: number of the first line.
        most_rows: how many rows there may be.

    Raises:
        InputError: a quote is never closed, or there are too many rows, columns or characters in a cell.
    """
    bare = re.compile(f"[^{re.escape(separator)}\\r\\n]*")
    coming = iter(texts)
    number = first
    for count, text in enumerate(coming, start=1):
        start, at = number, 0
        values: list[str] = []
        while True:
            begun = number
            if text.startswith('"', at):
                value, text, at, taken = _quoted(coming, text, at + 1, f"{name}:{number}", len(values) + 1, name)
                number += taken
                rest = bare.match(text, at)
            else:
                value, rest = "", bare.match(text, at)
            assert rest is not None
            value, at = value + rest[0], rest.end()
            if len(value) > MAX_CELL:
                raise _long_cell(f"{name}:{begun}", f"{len(value):,}", name)
            values.append(value)
            if len(values) > MAX_COLUMNS:
                raise _wide_row(f"{name}:{start}", name)
            if not separator or not text.startswith(separator, at):
                break
            at += 1
        number += 1
        yield Streamed(start, number - start, values)
        if count > most_rows:
            raise InputError(f"{name!r} has more than {most_rows:,} rows.", "Split it.", name=name)


def _quoted(coming: Iterator[str], text: str, at: int, place: str, column: int, name: str) -> tuple[str, str, int, int]:
    """Return what stands between quotes, the line that holds the closing one, the place behind it, and lines taken."""
    pieces: list[str] = []
    size = taken = 0
    while True:
        match = _INSIDE.match(text, at)
        assert match is not None
        pieces.append(match[0].replace('""', '"'))
        if match.end() < len(text):
            return "".join(pieces), text, match.end() + 1, taken
        size += len(pieces[-1])
        if size > MAX_CELL:
            raise _long_cell(place, f"more than {MAX_CELL:,}", name)
        following = next(coming, None)
        if following is None:
            raise _open_quote(place, column, name)
        text, at, taken = following, 0, taken + 1


def written(value: str, separator: str, quoted: bool) -> str:
    """Return a value as it stands in the file, in quotes where it was or has to be."""
    needed = value.startswith('"') or any(mark in value for mark in "\r\n") or (separator and separator in value)
    if quoted or needed:
        return '"' + value.replace('"', '""') + '"'
    return value


def _open_quote(place: str, column: int, name: str) -> InputError:
    cure = 'Close it, or write "" for a quote inside a cell.'
    return InputError(f"{place}: a quote in column {column} is never closed.", cure, name=name)


def _wide_row(place: str, name: str) -> InputError:
    return InputError(f"{place}: the row has more than {MAX_COLUMNS:,} cells.", "Split it.", name=name)


def _long_cell(place: str, size: str, name: str) -> InputError:
    what = f"{place}: a cell has {size} characters; {MAX_CELL:,} are possible."
    return InputError(what, "Shorten it, or close the quote with which it begins.", name=name)


def _pattern(separator: str) -> re.Pattern[str]:
    bare = f"[^{re.escape(separator)}\\r\\n]*"
    return re.compile(f'"((?:[^"]++|"")*+)"({bare})|(?!")({bare})')


def _cell(match: re.Match[str]) -> Cell:
    if match[1] is None:
        return Cell(match.start(), match.end(), match[3])
    return Cell(match.start(), match.end(), match[1].replace('""', '"') + match[2])


def _line_ends(content: str, start: int, end: int) -> int:
    return sum(1 for _ in _LINE_END.finditer(content, start, end))
