"""Turns a document into records, one a goal: chooses the reader by the file's name or the text's look.

Knows nothing about how a format is read (see `documents/`) or how goals are judged.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from assistant.errors import InputError
from assistant.lint.documents import jsonl, table, text
from assistant.lint.documents.record import Record

READERS: dict[str, Callable[[str, str], list[Record]]] = {
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".csv": table.read,
    ".tsv": table.read,
    ".md": text.read,
    ".markdown": text.read,
    ".txt": text.read,
}
"""Reader per file ending; each takes the document's text and its name."""
MAX_CHARACTERS = 20_000_000


def read_records(document: str, name: str = "-") -> list[Record]:
    """Return the records of a document, in order.

    Args:
        document: the whole text.
        name: file name, for the choice of the reader and for ids (`NAME:LINE`); `-` for a pipe or pasted text.

    Raises:
        InputError: the document is empty, too long, or broken in its format.
    """
    if not document.strip("\ufeff \t\r\n\u3000\u200b"):
        raise InputError(f"{name!r} is empty.", "Give at least one goal.", name=name)
    if len(document) > MAX_CHARACTERS:
        raise InputError(f"{name!r} has {len(document):,} characters; {MAX_CHARACTERS:,} are possible.", "Split it.")
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        reader = jsonl.read if jsonl.looks_like(document) else text.read
    return reader(document, name)
