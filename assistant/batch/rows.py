"""Makes rows of a run from the records that the readers of documents yield. Knows nothing about files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.goals.batch import BatchRow, RowField
from assistant.lint.documents.labels import label_of
from assistant.lint.documents.record import Record
from assistant.lint.plain import plain


def rows_of(records: Iterable[Record]) -> Iterator[BatchRow]:
    """Yield a row per record, numbered from 0."""
    return (row_of(index, record) for index, record in enumerate(records))


def row_of(index: int, record: Record) -> BatchRow:
    """Return a record as the row of this number."""
    return BatchRow(
        index=index,
        id=record.id,
        text=record.text,
        kind=record.kind,
        owner=record.owner or (_owner(record.text) if not record.column else ""),
        beside=tuple(_fields(record.beside)),
        parent=record.parent or "",
        title=record.title,
        sheet=record.sheet,
        line=record.line,
        column=record.column,
        start=record.start,
    )


def _fields(beside: str) -> Iterator[RowField]:
    for line in beside.split("\n"):
        label, found, value = line.partition(": ")
        if found:
            yield RowField(label=label, value=value)


def _owner(text: str) -> str:
    """Return the owner whom a line under a goal names: `负责人：王伟`, `- Owner: Sales`."""
    lines = text.split("\n")
    for line in lines[1:]:
        folded = plain(line)
        words = folded.lstrip(" \t-*+•")
        label = label_of(words, 0)
        if label is not None and label.role == "owner" and label.value:
            return line.rstrip(" *_\t\r")[-len(label.value) :]
    return ""
