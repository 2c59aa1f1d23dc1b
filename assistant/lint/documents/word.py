"""Reads goals from a Word document: list items, labelled goals and tables, not headings or prose.

Knows nothing about the file; the marks of headings and lists are written as in Markdown and read by `text.py`.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.files.document import Paragraph, Table, Word
from assistant.lint.documents.chosen import NO_CHOICE, Choice
from assistant.lint.documents.lines import Line
from assistant.lint.documents.parts import lacks_chosen, lists_fields, sections
from assistant.lint.documents.record import Record
from assistant.lint.documents.text import read_lines, unread_lines
from assistant.lint.form import FIELD_LINE
from assistant.lint.plain import plain


def read(document: Word, name: str, choice: Choice = NO_CHOICE) -> list[Record]:
    """Return the goals of a document, in order; `line` is the number of the paragraph.

    A choice of columns holds for the tables that have them.
    """
    lines, text = _lines(document, name, choice)
    return [replace(record, start=None) for record in read_lines(lines, text, name, choice)]


def unread(document: Word, name: str) -> tuple[list[int], list[str]]:
    """Return the numbers of paragraphs that may be meant as goals but are not read, and the headings of parts apart."""
    return unread_lines(*_lines(document, name))


def _lines(document: Word, name: str, choice: Choice = NO_CHOICE) -> tuple[list[Line], str]:
    """Return the paragraphs as lines of Markdown, tables of goals in their places, and the text of the lines."""
    lines: list[Line] = []
    pieces: list[str] = []
    at = 0
    for block in document.blocks:
        if isinstance(block, Table) and _holds_goals(block, name, choice):
            lines.append(Line(at, at, block.rows[0].number, "", table=block))
            continue
        written = _labels(block) if isinstance(block, Table) else [(block.number, _marked(block))]
        for number, text in written:
            for piece in text.split("\n"):
                lines.append(Line(at, at + len(piece), number, piece))
                pieces.append(piece)
                at += len(piece) + 1
    return lines, "\n".join(pieces)


def _holds_goals(table: Table, name: str, choice: Choice) -> bool:
    if choice and not lacks_chosen(table, name, choice):
        return bool(sections(table, name, choice))
    return bool(sections(table, name)) and not lists_fields(table)


def _marked(paragraph: Paragraph) -> str:
    """Return a paragraph as Markdown would mark it; breaks inside an item become its further lines."""
    if paragraph.heading:
        return f"{'#' * min(paragraph.heading, 6)} {' '.join(paragraph.text.split())}"
    if paragraph.level is None:
        return paragraph.text
    indent = "  " * paragraph.level
    return f"{indent}- " + paragraph.text.replace("\n", f"\n{indent}  ")


def _labels(table: Table) -> list[tuple[int, str]]:
    """Return the labelled fields of a form in two columns: `Specific | …`."""
    rows = [(row.number, list(row.cells.values())) for row in table.rows]
    written = [
        (number, f"{cells[0].strip().rstrip(':：')}: {' '.join(cells[1].split())}")
        for number, cells in rows
        if len(cells) == 2
    ]
    return [(number, text) for number, text in written if FIELD_LINE.match(plain(text))]
