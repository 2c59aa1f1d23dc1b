"""Opens long tables, lines of JSON and plain texts so that their goals can be read row by row.

Knows nothing about workbooks and Word documents, which are read whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.batch.mapping import ColumnUse, uses_of, uses_of_keys
from assistant.errors import InputError
from assistant.files import open_document
from assistant.files.delimited import Streamed, streamed
from assistant.files.document import Row, Text
from assistant.files.streaming import Encoding, RawLine, encoding_of, first_bytes, raw_lines
from assistant.lint.documents import delimited, jsonl
from assistant.lint.documents.chosen import Choice
from assistant.lint.documents.record import Record
from assistant.lint.documents.streamed import long_table, table_rows, unique_ids
from assistant.lint.documents.windows import windows
from assistant.lint.records import reader_of

LongKind = Literal["delimited", "jsonl", "text"]
MAX_BYTES = 300_000_000
MAX_ROWS = 500_000
_TOLD = 8
_MARKDOWN = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class LongFile:
    """A long text and how it is written.

    Attributes:
        state: size and time of its last change, by which a change is noticed.
        any_end: whether a lone carriage return ends a line.
    """

    path: Path
    name: str
    kind: LongKind
    encoding: Encoding
    state: tuple[int, int]
    any_end: bool
    separator: str = ""
    declared: int = 0

    def lines(self) -> Iterator[RawLine]:
        """Yield the lines; a fresh pass each time.

        Raises:
            InputError: the file was changed, cannot be read, or holds a byte that does not fit.
        """
        try:
            with self.path.open("rb") as stream:
                if _state(os.fstat(stream.fileno())) != self.state:
                    raise changed(self.name)
                yield from raw_lines(stream, self.encoding, self.name, any_end=self.any_end)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise InputError(f"{self.name!r} cannot be read ({why}).", "Check the path.", path=str(self.path)) from None

    def texts(self) -> Iterator[str]:
        """Yield the lines' characters."""
        return (line.text for line in self.lines())

    def table(self) -> Iterator[Streamed]:
        """Yield the rows of a delimited table behind a line that declares the separator."""
        coming = self.texts()
        first = next(coming, None)
        if first is None:
            return
        if self.declared:
            yield from streamed(coming, self.separator, self.name, first=2, most_rows=MAX_ROWS)
            return

        def with_first() -> Iterator[str]:
            yield first.removeprefix("\ufeff")
            yield from coming

        yield from streamed(with_first(), self.separator, self.name, most_rows=MAX_ROWS)


@dataclass(frozen=True, slots=True)
class LongList:
    """The goals of a long text; `records` gives a fresh pass each time."""

    file: LongFile
    count: int
    notices: tuple[str, ...]
    mapping: tuple[ColumnUse, ...]
    records: Callable[[], Iterator[Record]]


def changed(name: str) -> InputError:
    """Return the error that a file is no longer what it was when it was opened."""
    return InputError(f"{name!r} was changed while it was being read.", "Start again.", name=name)


def long_file(path: Path, name: str) -> LongFile | None:
    """Return a text that can be read row by row; None for files of other kinds, which are read whole.

    Raises:
        InputError: the file is too long, or what `assistant.files.open_document` raises for its beginning.
    """
    status = path.stat()
    sample = first_bytes(path)
    if sample.startswith(b"PK"):
        return None
    if status.st_size > MAX_BYTES:
        raise InputError(f"{name!r} has {status.st_size:,} bytes; {MAX_BYTES:,} are possible.", "Split it.", name=name)
    document = open_document(sample, name)
    if not isinstance(document, Text):
        return None
    reader = reader_of(document.content, name)
    kind: LongKind = "jsonl" if reader is jsonl.read else "delimited" if reader is delimited.read else "text"
    if kind == "text" and name.lower().endswith(_MARKDOWN):
        return None
    encoding = encoding_of(path, name)
    separator, start = delimited.separator_of(document.content, name) if kind == "delimited" else ("", 0)
    any_end = kind == "delimited" or (kind == "text" and "\n" not in document.content)
    return LongFile(path, name, kind, encoding, _state(status), any_end, separator, start if start > 1 else 0)


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def long_list(file: LongFile, choice: Choice) -> LongList:
    """Return the goals of a long text after a first pass over all of it.

    Raises:
        NotStreamed: it is a table that can only be read whole.
        InputError: as for short files, or it has too many rows.
    """
    told = (file.encoding.notice,) if file.encoding.notice else ()
    if file.kind == "delimited":

        def rows() -> Iterator[Row]:
            return table_rows(file.table(), file.separator, file.name)

        table = long_table(rows, file.name, choice)
        mapping: list[ColumnUse] = []
        for part in table.parts:
            if not any(use.line == part.head.number for use in mapping) and part.columns.goals:
                known = {use.heading for use in mapping}
                found = list(uses_of(part.columns, part.head, part.sample, ""))
                mapping += found if not known.issuperset(use.heading for use in found) else []
        return LongList(file, table.count, told, tuple(mapping), table.records)
    if file.kind == "jsonl":
        keys = jsonl.Keys(choice)

        def objects() -> Iterator[Record]:
            return jsonl.read_lines(_first_without_mark(file.texts()), file.name, keys)

        count, records = unique_ids(lambda: _at_most(objects(), file.name), file.name)
        told = (*told, *without_goal(keys))
        return LongList(file, count, told, uses_of_keys(keys.seen, keys.samples, tuple(keys.goals)), records)
    count, unread, left = 0, list[int](), 0
    for window in windows(file.texts(), file.name):
        count += len(window.records)
        left += len(window.unread)
        unread += window.unread[: _TOLD - len(unread)]
        if count > MAX_ROWS:
            raise _too_many(file.name)

    def goals() -> Iterator[Record]:
        for window in windows(file.texts(), file.name):
            yield from window.records

    return LongList(file, count, (*told, *left_out(unread, left)), (), goals)


def left_out(numbers: list[int], count: int, what: str = "Lines") -> Iterator[str]:
    """Yield the notice that lines beside the goals were left out, if there are any."""
    if count:
        more = f" and {count - _TOLD} more" if count > _TOLD else ""
        places = ", ".join(map(str, numbers[:_TOLD]))
        yield f"{what} that stand beside the goals and were left out: {places}{more}."


def without_goal(keys: jsonl.Keys) -> Iterator[str]:
    """Yield the notice that lines of JSON hold no goal, if there are any."""
    if keys.bare_count:
        more = f" and {keys.bare_count - len(keys.bare)} more" if keys.bare_count > len(keys.bare) else ""
        yield f"Lines without a goal: {', '.join(map(str, keys.bare))}{more}."


def _first_without_mark(texts: Iterator[str]) -> Iterator[str]:
    first = next(texts, None)
    if first is not None:
        yield first.removeprefix("\ufeff")
        yield from texts


def _at_most(records: Iterator[Record], name: str) -> Iterator[Record]:
    for count, record in enumerate(records):
        if count >= MAX_ROWS:
            raise _too_many(name)
        yield record


def _too_many(name: str) -> InputError:
    return InputError(f"{name!r} has more than {MAX_ROWS:,} rows.", "Split it.", name=name)
