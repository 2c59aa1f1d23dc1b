"""Writes a run's results into new columns at the end of a CSV or TSV file; all that stood there stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import BinaryIO

from assistant.batch.cells import cells, heads
from assistant.batch.outputs.encoded import Texts, rendered
from assistant.batch.source import Source
from assistant.files.characters import cleaned
from assistant.files.delimited import Streamed, streamed
from assistant.files.streaming import RawLine
from assistant.goals.base import Language
from assistant.goals.batch import BatchRow, BatchSummary, RowResult

_LEADS = ("=", "+", "-", "@", "\t", "\r", "\x00", "＝", "＋", "－", "＠")
"""What makes a spreadsheet program read a cell as a formula."""
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
_SEPARATORS = ",\t;|"


def write(
    source: Source,
    results: Iterable[RowResult],
    summary: BatchSummary,
    target: BinaryIO,
    *,
    language: Language,
    columns: tuple[str, ...],
    as_diff: bool = False,
) -> tuple[str, ...]:
    """Write the table with the added columns and return what to tell about it.

    Rows without a goal get empty cells, blank lines stay blank. A cell that a spreadsheet program would read as a
    formula begins with `'`.

    Args:
        source: the input.
        results: what became of its rows, in order.
        summary: not used; a table has no place for it.
        target: where to write.
        language: language of the headings and fixed words.
        columns: keys of the columns to add.
        as_diff: not used; columns stand side by side.
    """
    del summary, as_diff
    names = {(use.line, use.column): use.heading for use in source.mapping}
    labels = {column: heading for (_, column), heading in names.items()}
    titles = heads(language, columns)
    out, texts = rendered(
        source, results, lambda row, result: cells(result, language, row.text, columns), (*titles, *labels.values())
    )
    width, separator, quote_all = _shape(source)
    headings = {line for line, _ in names}
    by_line = groupby(texts, key=lambda pair: pair[0].line)
    following = next(by_line, None)
    ours = _joined(following, labels, len(columns))
    none = ("",) * len(columns)
    target.write(out.bom)
    for row, lines in _with_lines(source, separator):
        for line in lines[:-1]:
            target.write(out.original(line))
        body, end = out.split(lines[-1])
        added = none
        if following is not None and following[0] == row.number:
            added = ours
            following = next(by_line, None)
            ours = _joined(following, labels, len(columns))
        elif row.number in headings:
            added = titles
        blank = row.lines == 0 or row.values == [""]
        if quote_all and not blank and not lines[0].text.startswith('"'):
            body = b"".join(out.bytes_of(part) for part in ('"', row.values[0].replace('"', '""'), '"'))
        target.write(body)
        if not blank:
            filled = ("",) * (width - len(row.values)) + tuple(_safe(value) for value in added)
            target.write(out.bytes_of("".join(separator + _cell(value, separator) for value in filled)))
        target.write(end)
    if quote_all:
        out = replace(out, notices=(*out.notices, "Goals were put in quotes, since every separator occurs in them."))
    told = () if headings - {0} else ("The table has no heading, so the added columns have none either.",)
    return (*out.notices, *told)


def _shape(source: Source) -> tuple[int, str, bool]:
    """Return how many cells the widest row has, what cuts cells in the output, and whether single cells need quotes."""
    if source.separator:
        return (
            max((len(row.values) for row, _ in _with_lines(source, source.separator)), default=1),
            source.separator,
            False,
        )
    free = list(_SEPARATORS)
    for line in source.lines():
        if not _QUOTED.fullmatch(line.text.rstrip("\r\n")):
            free = [mark for mark in free if mark not in line.text]
    return 1, (free or [","])[0], not free


def _with_lines(source: Source, separator: str) -> Iterator[tuple[Streamed, list[RawLine]]]:
    """Yield each row with its lines; a line that declares the separator is a row without cells."""
    seen: list[RawLine] = []

    def texts() -> Iterator[str]:
        for number, line in enumerate(source.lines()):
            seen.append(line)
            yield line.text.removeprefix("\ufeff") if not number else line.text

    coming = texts()
    if source.declared:
        next(coming, None)
        yield Streamed(1, 0, []), list(seen)
        seen.clear()
    first = 2 if source.declared else 1
    for row in streamed(coming, source.separator, source.name, first=first, most_rows=10**9):
        yield row, list(seen)
        seen.clear()


def _joined(group: tuple[int, Iterator[tuple[BatchRow, Texts]]] | None, labels: dict[int, str], count: int) -> Texts:
    """Return the added cells of a row; where it holds several goals, each is named by its column."""
    pairs = [] if group is None else [(row, texts) for row, texts in group[1] if texts]
    if len(pairs) <= 1:
        return pairs[0][1] if pairs else ("",) * count
    return tuple(
        "\n".join(f"{labels.get(row.column) or row.column}: {texts[at]}" for row, texts in pairs if texts[at])
        for at in range(count)
    )


def _safe(value: str) -> str:
    return f"'{cleaned(value)}" if value.startswith(_LEADS) else cleaned(value)


def _cell(value: str, separator: str) -> str:
    if any(mark in value for mark in ('"', "\r", "\n", separator)):
        return '"' + value.replace('"', '""') + '"'
    return value
