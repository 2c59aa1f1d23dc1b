"""Reads what `files` opened as sheets, tables with separators and Word documents. Knows nothing about archives."""

from __future__ import annotations

import re

from assistant.documents.document import Notice
from assistant.documents.piece import Piece, Source
from assistant.documents.tables import row_of, row_pieces
from assistant.files import Paragraph, Table, Word, Workbook
from assistant.files.delimited import lines

_SEPARATORS = (",", "\t", ";", "，", "|")
_DECLARED = re.compile(r"sep=(.)\r?\n")
_DULL_SHEET = re.compile(r"(?:sheet|工作表|表)\s?\d*", re.I)
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')


def read_workbook(book: Workbook, source: Source) -> None:
    """Fill in the pieces of all sheets; a sheet's name is a heading where it says something."""
    for sheet in book.sheets:
        rows = list(row_pieces(sheet, sheet.name, 2))
        if rows and not _DULL_SHEET.fullmatch(sheet.name.strip()):
            source.pieces.append(Piece(sheet.name, rows[0].first, rows[0].first, 1, sheet.name, "row"))
        source.pieces += rows
    source.notices += [notice_of(text) for text in book.notices]


def read_delimited(text: str, name: str, ending: str, source: Source) -> None:
    """Fill in the pieces of a table with separators.

    Raises:
        InputError: a quote is never closed, or the table is too large.
    """
    declared = _DECLARED.match(text)
    separator = declared[1] if declared else "\t" if ending == ".tsv" else _separator(text)
    rows = []
    for number, line in enumerate(lines(text, separator, name, declared.end() if declared else 0), start=1):
        row = row_of(number + bool(declared), [cell.value for cell in line.cells])
        if row.cells:
            rows.append(row)
    source.pieces += row_pieces(Table(tuple(rows)))


def _separator(text: str) -> str:
    """Return the mark that most of the first lines hold equally often; a comma where none does.

    Chinese sentences are full of `，`: it separates cells only where several lines agree.
    """
    head = [line for line in _QUOTED.sub("", text[:20_000]).splitlines()[:20] if line.strip()]
    best, most = ",", 0
    for mark in _SEPARATORS:
        counts = [line.count(mark) for line in head]
        same = max((counts.count(count) for count in set(counts) if count), default=0)
        if same > most and (same > 1 or mark != "，"):
            best, most = mark, same
    return best


def read_word(word: Word, source: Source) -> None:
    """Fill in the pieces of a Word document."""
    deepest = 0
    deeper = int(_has_title(word))
    for at, block in enumerate(word.blocks):
        if isinstance(block, Paragraph):
            deepest = block.heading + deeper if block.heading else deepest
            mark = "- " if block.level is not None and not block.heading else ""
            for line in block.text.split("\n"):
                words = " ".join(line.split())
                text = f"{mark}{words}" if words else ""
                level = block.heading + (deeper if at else 0) if words and block.heading else 0
                source.pieces.append(Piece(text, block.number, block.number, level))
        else:
            source.pieces += row_pieces(block, level=deepest + 1)
    source.notices += [notice_of(text) for text in word.notices]


def _has_title(word: Word) -> bool:
    """Tell whether the document begins with a title: a heading of the first level right above another one."""
    first = [block for block in word.blocks[:20] if not isinstance(block, Paragraph) or block.text.strip()][:2]
    return len(first) == 2 and all(isinstance(block, Paragraph) and block.heading == 1 for block in first)


def notice_of(text: str) -> Notice:
    """Return the notice for a sentence that `files` tells."""
    if text.startswith("Read as"):
        return Notice("encoding", text)
    return Notice("hidden" if "hidden" in text.lower() or "control" in text else "left_out", text)
