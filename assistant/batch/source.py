"""Opens a list of goals for a run: which file it is, which column holds what, and its rows as often as they are asked.

Small files are read whole; long tables, lines of JSON and plain texts row by row, so that memory stays flat. Knows
nothing about how goals are judged or rewritten.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from assistant.batch.long_lists import MAX_BYTES as LONGEST
from assistant.batch.long_lists import changed, left_out, long_file, long_list, without_goal
from assistant.batch.mapping import ColumnUse, Role, choice_of, uses_of_keys, uses_of_tables
from assistant.batch.rows import row_of, rows_of
from assistant.documents.naming import shown_name
from assistant.errors import EmptyInput, InputError, NoGoalColumn, UsageError
from assistant.files import Document, Text, Workbook, open_document
from assistant.files.document import Table
from assistant.files.opening import MAX_BYTES
from assistant.files.streaming import Encoding, RawLine, raw_lines
from assistant.goals.batch import BatchRow
from assistant.lint import unread_lines, unread_parts
from assistant.lint.documents import delimited, jsonl, text
from assistant.lint.documents.chosen import Choice
from assistant.lint.documents.parts import lacks_chosen, sections
from assistant.lint.documents.record import Record
from assistant.lint.documents.streamed import NotStreamed, unique_ids
from assistant.lint.records import MAX_CHARACTERS, document_records, reader_of

Kind = Literal["delimited", "jsonl", "text", "markdown", "workbook", "word"]
MAX_SHEET_ROWS = 20_000
_TOLD = 8
WHOLE = 2_000_000
"""Bytes up to which texts are read whole."""
_MARKDOWN = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Source:
    """A list of goals.

    Attributes:
        path: the file.
        name: its name as it may be shown, which stands in ids.
        kind: how it is read and written.
        digest: SHA-256 of its bytes, in hex.
        count: how many rows it has.
        notices: what was chosen or left out, to be shown.
        mapping: what its columns are read as; empty for plain text.
        document: what it holds, None where it is read row by row.
        encoding: how a text is written.
        separator: what cuts the rows of a delimited table into cells; '' for one column.
        choice: columns as a person named them.
        declared: whether the first line of a delimited table only declares the separator.
    """

    path: Path
    name: str
    kind: Kind
    digest: str
    count: int
    notices: tuple[str, ...]
    mapping: tuple[ColumnUse, ...]
    document: Document | None
    encoding: Encoding = field(default_factory=lambda: Encoding("utf-8"))
    separator: str = ""
    choice: Choice = field(default_factory=Choice)
    declared: bool = False
    _records: Callable[[], Iterator[Record]] = field(default=lambda: iter(()), repr=False)
    _lines: Callable[[], Iterator[RawLine]] | None = field(default=None, repr=False)

    def records(self) -> Iterator[Record]:
        """Yield the goals, for the linter; a fresh pass each time.

        Raises:
            InputError: the file is no longer what it was.
        """
        return self._records()

    def rows(self) -> Iterator[BatchRow]:
        """Yield the goals, as rows of a run; a fresh pass each time.

        Raises:
            InputError: the file is no longer what it was.
        """
        return rows_of(self._records())

    def pairs(self) -> Iterator[tuple[BatchRow, Record]]:
        """Yield each row with its record, in one pass."""
        for index, record in enumerate(self._records()):
            yield row_of(index, record), record

    def lines(self) -> Iterator[RawLine]:
        r"""Yield the lines of a text with their bytes, without the byte order mark.

        A lone `\r` ends a line in tables, and in texts that have no other line ends.

        Raises:
            InputError: the file is no longer what it was.
        """
        if self._lines is not None:
            return self._lines()
        content = self.document.content if isinstance(self.document, Text) else ""
        any_end = self.kind == "delimited" or (self.kind != "jsonl" and "\n" not in content)
        return raw_lines(io.BytesIO(self.raw()), self.encoding, self.name, any_end=any_end)

    def raw(self) -> bytes:
        """Return the file's bytes.

        Raises:
            InputError: the file is gone, or no longer what it was.
        """
        data = _read(self.path, self.name, LONGEST)
        if hashlib.sha256(data).hexdigest() != self.digest:
            raise changed(self.name)
        return data


def open_source(
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    columns: Mapping[Role, str] = MappingProxyType({}),
    sheet: str = "",
) -> Source:
    """Open a list of goals.

    Args:
        path: the file.
        name: the name to show and to tell the kind by; that of the path where None.
        columns: role and heading, letter (in workbooks) or number of columns that the headings do not tell; several
            for `goal` and `ignore`, joined by commas.
        sheet: the only sheet to read; '' for all visible ones that have a column of goals.

    Raises:
        EmptyInput: there is no goal in it at all.
        NoGoalColumn: it is a table without a column of goals; the columns stand in the message.
        UnknownColumn: it has no column that was named so.
        UsageError: a role that there is not, or a sheet of a file that has none.
        InputError: it cannot be read, or is damaged, hostile, protected or too long.
    """
    place = Path(path)
    shown = shown_name(place.name if name is None else name)
    if source := _row_by_row(place, shown, columns, sheet):
        return source
    raw = _read(place, shown, MAX_BYTES)
    document = open_document(raw, shown, sheet=sheet, sheet_rows=MAX_SHEET_ROWS)
    if not isinstance(document, Workbook):
        _refuse_sheet(sheet, shown)
    choice = choice_of(columns, letters=isinstance(document, Workbook))
    try:
        return _whole(place, shown, raw, document, choice)
    except NoGoalColumn as error:
        raise _name_a_column(error, shown) from None


def _name_a_column(error: NoGoalColumn, name: str) -> NoGoalColumn:
    return NoGoalColumn(
        error.what, "Name the column that holds the goals by its heading or number: --column goal=…", name=name
    )


def _row_by_row(path: Path, name: str, columns: Mapping[Role, str], sheet: str) -> Source | None:
    """Return a long list that is read row by row; None for short files and those that are read whole."""
    with _told(path, name):
        if path.stat().st_size <= WHOLE or not path.is_file():
            return None
        file = long_file(path, name)
    if file is None:
        return None
    _refuse_sheet(sheet, name)
    choice = choice_of(columns, letters=False)
    digest = hashlib.sha256()
    with _told(path, name), path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    try:
        found = long_list(file, choice)
    except NotStreamed:
        return None
    except NoGoalColumn as error:
        raise _name_a_column(error, name) from None
    if choice and file.kind == "text":
        raise _no_table(name)
    if not found.count:
        return None
    return Source(
        path=path,
        name=name,
        kind=file.kind,
        digest=digest.hexdigest(),
        count=found.count,
        notices=found.notices,
        mapping=found.mapping,
        document=None,
        encoding=file.encoding,
        separator=file.separator,
        choice=choice,
        declared=bool(file.declared),
        _records=found.records,
        _lines=file.lines,
    )


def _refuse_sheet(sheet: str, name: str) -> None:
    if sheet:
        raise UsageError(f"{name!r} has no sheets, so there is none named {sheet!r}.", "Leave the sheet out.")


def _no_table(name: str) -> UsageError:
    return UsageError(f"{name!r} has no table, so it has no columns to name.", "Leave the columns out.")


@contextmanager
def _told(path: Path, name: str) -> Iterator[None]:
    """Tell what a path's owner can do where it cannot be read.

    Raises:
        InputError: in place of what the system raises.
    """
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(f"{name!r} cannot be read ({why}).", "Check the path.", path=str(path)) from None
    except ValueError:
        raise InputError(f"{name!r} is no path.", "Check the path.", path=str(path)) from None


def _read(path: Path, name: str, most: int) -> bytes:
    with _told(path, name):
        size = path.stat().st_size
        if size > most:
            raise InputError(f"{name!r} has {size:,} bytes; {most:,} are possible.", "Split it.", name=name)
        return path.read_bytes()


def _whole(path: Path, name: str, raw: bytes, document: Document, choice: Choice) -> Source:
    kind = _kind(document, name)
    keys: jsonl.Keys | None = None
    passed: tuple[str, ...] = ()
    if isinstance(document, Text) and kind == "jsonl":
        if not document.content.strip():
            raise EmptyInput(f"{name!r} is empty.", "Give at least one goal.", name=name)
        keys = jsonl.Keys(choice)
        found = list(jsonl.read_lines(document.content.split("\n"), name, keys))
        _, numbered = unique_ids(lambda: iter(found), name)
        records = list(numbered())
        passed = tuple(without_goal(keys))
    elif isinstance(document, Text) and kind != "delimited" and 0 < len(document.content.strip()) <= MAX_CHARACTERS:
        records, lines, parts = text.read_with_unread(document.content, name, choice)
        passed = (*left_out(lines, len(lines)), *_parts_left_out(parts))
    else:
        records = document_records(document, name, choice)
        passed = tuple(_unread(document, name))
    tables = _tables(document, kind, name)
    separator, start = "", 0
    if isinstance(document, Text) and kind == "delimited":
        separator, start = delimited.separator_of(document.content, name)
    return Source(
        path=path,
        name=name,
        kind=kind,
        digest=hashlib.sha256(raw).hexdigest(),
        count=len(records),
        notices=(*document.notices, *passed),
        mapping=uses_of_keys(keys.seen, keys.samples, tuple(keys.goals))
        if keys is not None
        else _mapped(tables, name, choice),
        document=document,
        encoding=Encoding(document.encoding, document.bom) if isinstance(document, Text) else Encoding("utf-8"),
        separator=separator,
        declared=start > 1,
        choice=choice,
        _records=lambda: iter(records),
    )


def _kind(document: Document, name: str) -> Kind:
    if isinstance(document, Workbook):
        return "workbook"
    if not isinstance(document, Text):
        return "word"
    reader = reader_of(document.content, name)
    if reader is jsonl.read:
        return "jsonl"
    if reader is delimited.read:
        return "delimited"
    return "markdown" if name.lower().endswith(_MARKDOWN) else "text"


def _tables(document: Document, kind: Kind, name: str) -> list[Table]:
    if isinstance(document, Workbook):
        return list(document.sheets)
    if not isinstance(document, Text):
        return [block for block in document.blocks if isinstance(block, Table)]
    if kind == "delimited":
        return [delimited.table_of(document.content, name)]
    return [] if kind == "jsonl" else text.tables_of(document.content)


def _mapped(tables: list[Table], name: str, choice: Choice) -> tuple[ColumnUse, ...]:
    if choice and tables and all(lacks_chosen(table, name, choice) for table in tables):
        sections(tables[0], name, choice)
    if choice and not tables:
        raise _no_table(name)
    fitting = [table for table in tables if not (choice and lacks_chosen(table, name, choice))]
    return uses_of_tables((table, sections(table, name, choice)) for table in fitting)


def _unread(document: Document, name: str) -> Iterator[str]:
    lines = unread_lines(document, name)
    yield from left_out(lines, len(lines), "Lines" if isinstance(document, Text) else "Paragraphs")
    yield from _parts_left_out(unread_parts(document, name))


def _parts_left_out(parts: list[str]) -> Iterator[str]:
    if parts:
        titles = ", ".join(repr(part.strip("#*_:： ")) for part in parts[:_TOLD])
        yield f"Parts left out by their headings: {titles}."
