"""Writes the rows of sheets and tables as lines: `heading: value; heading: value`. Knows nothing about file formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.documents.piece import Piece
from assistant.files import Row, Table

_LOOKED_AT = 6
"""Rows at the top of a table among which its heading row may stand."""
_LONGEST_KEY = 40
_FIGURE = re.compile(r"[\d\s.,:/%％+\-–—~～¥$€年月日季度Qq]*\d[\d\s.,:/%％+\-–—~～¥$€年月日季度Qq]*")


def row_pieces(table: Table, sheet: str = "", level: int = 1) -> Iterator[Piece]:
    """Yield a piece for every row; a title above the heading row becomes a heading."""
    rows = _filled(table)
    top = _heading_row([cells for _, cells in rows])
    for number, cells in rows[: top if top is not None else 0]:
        words = _joined(cells)
        yield Piece(words, number, number, level if len(cells) == 1 and len(words) <= _LONGEST_KEY else 0, sheet, "row")
    if top is None:
        for number, cells in rows:
            yield Piece(_joined(cells), number, number, 0, sheet, "row")
        return
    keys = {column: _one_line(value).rstrip(":：") for column, value in rows[top][1].items()}
    if top == len(rows) - 1:
        yield Piece(_joined(rows[top][1]), rows[top][0], rows[top][0], 0, sheet, "row")
    for number, cells in rows[top + 1 :]:
        named = [
            f"{keys[column]}: {_one_line(value)}" if column in keys else _one_line(value)
            for column, value in sorted(cells.items())
        ]
        yield Piece("; ".join(named), number, number, 0, sheet, "row")


def _filled(table: Table) -> list[tuple[int, dict[int, str]]]:
    """Return the rows, with the value of cells that are merged downwards in each row they cover."""
    rows = [(row.number, dict(row.cells)) for row in table.rows]
    if table.merged:
        at = dict(rows)
        budget = 200_000
        for span in table.merged:
            value = at.get(span.top, {}).get(span.column)
            budget -= span.bottom - span.top
            if value and budget > 0:
                for number in range(span.top + 1, span.bottom + 1):
                    if number in at:
                        at[number].setdefault(span.column, value)
    return rows


def _heading_row(rows: Sequence[Mapping[int, str]]) -> int | None:
    """Return the place of the heading row: the first of several short words, all different, over rows that fit."""
    for at, cells in enumerate(rows[:_LOOKED_AT]):
        if len(cells) < 2:
            continue
        words = [_one_line(value) for value in cells.values()]
        plain = all(len(word) <= _LONGEST_KEY and not _FIGURE.fullmatch(word) for word in words)
        if not plain or len(set(words)) < len(words):
            return None
        below = rows[at + 1 : at + 21]
        fits = sum(len(row.keys() & cells.keys()) * 2 >= len(row) for row in below)
        return at if not below or (fits * 2 >= len(below) and _heads(words, below)) else None
    return None


def _heads(words: Sequence[str], below: Sequence[Mapping[int, str]]) -> bool:
    """Tell whether the words name what stands below: shorter than it, or over figures; none of them comes again."""
    values = [value for row in below for value in row.values()]
    again = set(words) & {_one_line(value) for value in values}
    average = sum(map(len, values)) / max(len(values), 1)
    return not again and (sum(map(len, words)) / len(words) <= average or any(_FIGURE.fullmatch(v) for v in values))


def _joined(cells: Mapping[int, str]) -> str:
    return " | ".join(_one_line(value) for _, value in sorted(cells.items()))


def _one_line(value: str) -> str:
    return " ".join(value.split())


def row_of(number: int, values: Sequence[str]) -> Row:
    """Return a row of values from the first column on."""
    return Row(number, {column: value for column, value in enumerate(values, start=1) if value.strip()})
