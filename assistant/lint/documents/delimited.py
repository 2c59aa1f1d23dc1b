"""Reads goals from CSV, TSV and their relatives. Knows nothing about the columns of a table."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import islice

from assistant.errors import InputError
from assistant.files.delimited import MAX_COLUMNS, Line, lines
from assistant.files.document import Row, Table
from assistant.lint.documents.chosen import NO_CHOICE, Choice
from assistant.lint.documents.columns import recognises
from assistant.lint.documents.headings import heading
from assistant.lint.documents.record import Record
from assistant.lint.documents.table import read_tables

_PLAIN = "\t,;"
_SEPARATORS = _PLAIN + "|，"
"""Marks that may cut a row; a bar or a full-width comma only where the heading makes sense with it."""
_DECLARED = re.compile(r"\ufeff?\"?sep=(.)\"?[ \t]*(?:\r\n|\r|\n|$)", re.I)
_SAMPLE = 60
_NAMED = 5


def read(document: str, name: str, choice: Choice = NO_CHOICE) -> list[Record]:
    """Return one record a row that has a goal.

    Raises:
        InputError: no column is recognised, a quote stays open, or a row has more cells than the heading.
    """
    return read_tables([table_of(document, name)], name, choice)


def table_of(document: str, name: str) -> Table:
    """Return the rows that hold anything.

    Raises:
        InputError: a quote stays open, or a row has more cells than the heading.
    """
    separator, rows = cut(document, name)
    table = Table(
        tuple(
            Row(line.number, {at: cell.value for at, cell in enumerate(line.cells, start=1) if cell.value.strip()})
            for line in rows
            if any(cell.value.strip() for cell in line.cells)
        )
    )
    _refuse_ragged(rows, separator, name)
    return table


def cut(document: str, name: str) -> tuple[str, list[Line]]:
    """Return the separator, '' in a table of one column, and the rows."""
    separator, start = separator_of(document, name)
    return separator, list(lines(document, separator, name, start))


def separator_of(document: str, name: str) -> tuple[str, int]:
    """Return the separator, '' in a table of one column, and the place of the first row; the first rows tell it."""
    declared = _DECLARED.match(document)
    start = declared.end() if declared else 1 if document.startswith("\ufeff") else 0
    return declared[1] if declared else _separator(document, start, name), start


def looks_like(document: str) -> bool:
    """Tell whether a text without a name is a table, such as rows copied from a spreadsheet."""
    head = document.removeprefix("\ufeff").lstrip("\r\n").split("\n", 1)[0]
    return len(head) < 2000 and any(mark in head and recognises(head.split(mark)) for mark in "\t,;")


def _separator(document: str, start: int, name: str) -> str:
    """Return the mark that cuts the rows into columns.

    The mark that yields known headings wins; without any, the one that cuts most rows into equally many cells.
    """
    samples = {mark: _sample(document, mark, start, name) for mark in _SEPARATORS if mark in document}
    for mark, sample in samples.items():
        if any(recognises([cell.value for cell in line.cells]) for line in sample[:10]):
            return mark
    first = next((line for line in document[start:].splitlines() if line.strip()), "")
    if crowded := next((mark for mark in _PLAIN if first.count(mark) >= MAX_COLUMNS), ""):
        return crowded
    if not any(mark in first for mark in _PLAIN) and heading(first.strip().strip('"')):
        return ""
    best, most = "", 0.8
    for mark in _PLAIN:
        widths = [len(line.cells) for line in samples.get(mark, ())]
        usual = max(set(widths), key=widths.count, default=1)
        even = widths.count(usual) / max(len(widths), 1)
        if usual > 1 and even > most:
            best, most = mark, even
    return best


def _sample(document: str, mark: str, start: int, name: str) -> list[Line]:
    """Return the first full rows as this mark cuts them, as far as it can."""
    sample: list[Line] = []
    with suppress(InputError):
        for line in islice(lines(document, mark, name, start), _SAMPLE):
            sample.append(line)
    return [line for line in sample if any(cell.value.strip() for cell in line.cells)]


def _refuse_ragged(rows: list[Line], separator: str, name: str) -> None:
    full = [line for line in rows if any(cell.value.strip() for cell in line.cells)]
    if not separator or not full:
        return
    width = len(next((line for line in full if recognises([cell.value for cell in line.cells])), full[0]).cells)
    wide = [line for line in full if any(cell.value.strip() for cell in line.cells[width:])]
    if wide and len(full) > 1 and width > 1:
        raise too_wide([line.number for line in wide], len(wide[0].cells), width, separator, name)


def too_wide(numbers: list[int], cells: int, width: int, separator: str, name: str) -> InputError:
    """Return the error that rows have more cells than the heading.

    Args:
        numbers: the numbers of these rows.
        cells: how many cells the first of them has.
        width: how many the heading has.
        separator: what cuts the rows.
        name: the file's name.
    """
    places = ", ".join(map(str, numbers[:_NAMED])) + (" …" if len(numbers) > _NAMED else "")
    return InputError(
        f"{name}:{numbers[0]}: the row has {cells} cells, the heading {width} (lines {places}).",
        f"Put a cell that holds {separator!r} in double quotes.",
        name=name,
    )
