"""Turns a document into records, one a goal: chooses the reader by the kind, the file's name or the text's look.

Knows nothing about how a format is read (see `documents/`) or how goals are judged.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from assistant.errors import EmptyInput, TooLong
from assistant.files.document import Document, Text, Workbook
from assistant.lint.documents.chosen import NO_CHOICE, Choice
from assistant.lint.documents.record import Record

Reader = Callable[[str, str, Choice], list[Record]]
"""Takes a document's text, its name, and columns as a person named them."""
MAX_CHARACTERS = 20_000_000
_BLANK = "\ufeff \t\r\n\u3000\u200b"


def document_records(document: Document, name: str = "-", choice: Choice = NO_CHOICE) -> list[Record]:
    """Return the records of an opened file, in order.

    Args:
        document: what `assistant.files.open_document` returned.
        name: file name, for ids: `NAME:LINE` in texts, `NAME:SHEET:ROW` in workbooks, `NAME:PARAGRAPH` in Word
            documents, where a row has no id of its own.
        choice: columns as a person named them.

    Raises:
        InputError: the document is empty, too long, or has no column of goals where one is needed.
    """
    if isinstance(document, Text):
        return read_records(document.content, name, choice)
    if isinstance(document, Workbook):
        if not any(sheet.rows for sheet in document.sheets):
            raise EmptyInput(f"{name!r} has no visible cells.", "Give at least one goal.", name=name)
        from assistant.lint.documents.table import read_tables

        return read_tables(document.sheets, name, choice)
    if not document.blocks:
        raise EmptyInput(f"{name!r} has no words.", "Give at least one goal.", name=name)
    from assistant.lint.documents import word

    return word.read(document, name, choice)


def read_records(document: str, name: str = "-", choice: Choice = NO_CHOICE) -> list[Record]:
    """Return the records of a text, in order.

    Args:
        document: the whole text.
        name: file name, for the choice of the reader and for ids (`NAME:LINE`); `-` for a pipe or pasted text.
        choice: columns as a person named them; for tables.

    Raises:
        InputError: the document is empty, too long, or broken in its format.
    """
    if not document.strip(_BLANK):
        raise EmptyInput(f"{name!r} is empty.", "Give at least one goal.", name=name)
    if len(document) > MAX_CHARACTERS:
        raise TooLong(f"{name!r} has {len(document):,} characters; {MAX_CHARACTERS:,} are possible.", "Split it.")
    return reader_of(document, name)(document, name, choice)


def unread_lines(document: Document, name: str = "-") -> list[int]:
    """Return the numbers of lines or paragraphs that may be meant as goals but are not read as such.

    They stand by themselves beside lists, tables or labelled goals, where they are most often titles and remarks, or in
    a part headed as something else.

    Args:
        document: what `assistant.files.open_document` returned.
        name: file name.
    """
    return _unread(document, name)[0]


def unread_parts(document: Document, name: str = "-") -> list[str]:
    """Return the headings of the parts in which lines are not read since they hold something else than goals."""
    return _unread(document, name)[1]


def _unread(document: Document, name: str) -> tuple[list[int], list[str]]:
    if isinstance(document, Text):
        from assistant.lint.documents import text

        return text.unread(document.content) if reader_of(document.content, name) is text.read else ([], [])
    if isinstance(document, Workbook):
        return [], []
    from assistant.lint.documents import word

    return word.unread(document, name)


def reader_of(document: str, name: str) -> Reader:
    """Return the reader for a text by the ending of its name, else by how it begins."""
    # The readers and their patterns take a tenth of a second to load, and a goal of the command line needs none.
    from assistant.lint.documents import delimited, jsonl, text

    readers: dict[str, Reader] = {
        ".jsonl": jsonl.read,
        ".ndjson": jsonl.read,
        ".csv": delimited.read,
        ".tsv": delimited.read,
        ".md": text.read,
        ".markdown": text.read,
        ".txt": text.read,
    }
    reader = readers.get(PurePath(name).suffix.lower())
    if reader is not None:
        return reader
    if jsonl.looks_like(document):
        return jsonl.read
    return delimited.read if delimited.looks_like(document) else text.read
