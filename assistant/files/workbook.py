"""Reads the visible cells of an .xlsx workbook, piece by piece. Knows nothing about goals or headings.

Formulas are never evaluated: the value that the program stored last counts.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from assistant.files.archive import Archive, local
from assistant.files.characters import cleaned
from assistant.files.document import Row, Span, Table, Workbook
from assistant.files.numbers import format_code, shown
from assistant.files.sheet import Places, column_letters, corners, unescaped

MAX_ROWS = 100_000
MAX_COLUMNS = 1_000
MAX_CELL = 100_000
_MAX_CELLS = 1_000_000
_NAMED = 5


@dataclass(slots=True)
class _Book:
    """What holds for all sheets."""

    strings: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    from_1904: bool = False


@dataclass(slots=True)
class _Told:
    """Counts of what was left out in a sheet."""

    rows: int = 0
    columns: int = 0
    uncomputed: list[str] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)


def read_workbook(archive: Archive, only: str = "", most_rows: int = MAX_ROWS) -> Workbook:
    """Return the visible sheets.

    Args:
        archive: the workbook.
        only: name of the only sheet to read; '' for all.
        most_rows: how many rows a sheet may have.

    Raises:
        InputError: a part is damaged, a sheet has too many rows or columns, or there is no visible sheet `only`.
    """
    sheets, from_1904 = sheet_parts(archive)
    if only:
        sheets = [_chosen(archive, sheets, only)]
    book = _Book(_strings(archive), _codes(archive), from_1904)
    tables, notices = [], []
    hidden = [name for name, _, state in sheets if state != "visible"]
    if hidden:
        notices.append(f"Hidden sheets left out: {', '.join(map(repr, hidden))}.")
    for name, part, state in sheets:
        if state == "visible":
            table, told = _table(archive, part, name, book, most_rows)
            tables.append(table)
            notices += _notices(name, told)
    return Workbook(tuple(tables), tuple(notices))


def _chosen(archive: Archive, sheets: list[tuple[str, str, str]], only: str) -> tuple[str, str, str]:
    """Return the sheet of a name, without regard to case and blanks around it."""
    wanted = only.strip().casefold()
    found = next((sheet for sheet in sheets if sheet[0].strip().casefold() == wanted), None)
    visible = ", ".join(repr(name) for name, _, state in sheets if state == "visible")
    if found is None:
        raise archive.refused(f"has no sheet {only!r}; its visible sheets are {visible}", "Name one of these.")
    if found[2] != "visible":
        raise archive.refused(f"has sheet {only!r} hidden", "Show it and save the workbook, or name another sheet.")
    return found


def sheet_parts(archive: Archive) -> tuple[list[tuple[str, str, str]], bool]:
    """Return name, part and state (`visible` or not) of every sheet, and whether dates count from 1904."""
    targets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id", "")] = posixpath.normpath(
                posixpath.join("/xl", attributes.get("Target", ""))
            ).lstrip("/")

    sheets: list[tuple[str, str, str]] = []
    from_1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        if tag == "sheet":
            id = next((value for key, value in attributes.items() if key != "sheetId" and local(key) == "id"), "")
            part = targets.get(id)
            if part:
                sheets.append((attributes.get("name", ""), part, attributes.get("state", "visible")))
        elif tag == "workbookPr":
            from_1904 = attributes.get("date1904", "0") in ("1", "true")

    archive.parse("xl/_rels/workbook.xml.rels", relation)
    archive.parse("xl/workbook.xml", start)
    return sheets, from_1904


def _strings(archive: Archive) -> list[str]:
    strings: list[str] = []
    pieces: list[str] = []
    wanted = aside = False
    size = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal wanted, aside, size
        if tag == "si":
            pieces.clear()
            size = 0
        aside = aside or tag == "rPh"
        wanted = tag == "t" and not aside

    def end(tag: str) -> None:
        nonlocal wanted, aside
        wanted = False
        if tag == "rPh":
            aside = False
        elif tag == "si":
            strings.append(cleaned(unescaped("".join(pieces))))

    def text(piece: str) -> None:
        nonlocal size
        if wanted:
            pieces.append(piece)
            size += len(piece)
            if size > MAX_CELL:
                raise archive.refused(f"has a cell of more than {MAX_CELL:,} characters", "Shorten it.")

    archive.parse("xl/sharedStrings.xml", start, end, text)
    return strings


def _codes(archive: Archive) -> list[str]:
    """Return the number format of every cell style."""
    own: dict[int, str] = {}
    styles: list[int] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if tag == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            own[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            number = attributes.get("numFmtId", "0")
            styles.append(int(number) if number.isdecimal() else 0)

    def end(tag: str) -> None:
        nonlocal inside
        if tag == "cellXfs":
            inside = False

    archive.parse("xl/styles.xml", start, end)
    return [format_code(number, own) for number in styles]


class _SheetReader:
    """Gathers the rows of one sheet from its elements."""

    def __init__(self, archive: Archive, name: str, book: _Book, most_rows: int) -> None:
        self.archive, self.name, self.book, self.most_rows = archive, name, book, most_rows
        self.places, self.told = Places(), _Told()
        self.rows: list[Row] = []
        self.merged: list[Span] = []
        self.cells: dict[int, str] = {}
        self.columns: set[int] = set()
        self.hidden: list[tuple[int, int]] = []
        self.row_hidden = self.formula = self.aside = False
        self.column = self.count = self.size = 0
        self.attributes: dict[str, str] = {}
        self.pieces: list[str] = []
        self.wanted = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self.count += 1
            if self.count > _MAX_CELLS:
                raise self.archive.refused(f"has more than {_MAX_CELLS:,} cells in sheet {self.name!r}", "Split it.")
            _, self.column = self.places.next_cell(attributes)
            self.attributes, self.formula, self.aside = attributes, False, False
            self.pieces.clear()
            self.size = 0
        elif tag == "row":
            self.places.next_row(attributes)
            self.row_hidden = attributes.get("hidden") in ("1", "true")
            self.cells = {}
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.aside = True
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            self.hidden.append((int(attributes.get("min", 0)), int(attributes.get("max", 0))))
        elif tag == "mergeCell" and (place := corners(attributes.get("ref", ""))):
            top, left, bottom, _ = place
            if bottom > top:
                self.merged.append(Span(left, top, bottom))
        self.wanted = tag == "v" or (tag == "t" and not self.aside)

    def text(self, text: str) -> None:
        if self.wanted:
            self.pieces.append(text)
            self.size += len(text)
            if self.size > MAX_CELL:
                raise self.archive.refused(f"has a cell of more than {MAX_CELL:,} characters", "Shorten it.")

    def end(self, tag: str) -> None:
        self.wanted = False
        if tag == "c":
            self._cell()
        elif tag == "rPh":
            self.aside = False
        elif tag == "row" and self.cells:
            if self.row_hidden:
                self.told.rows += 1
                return
            self.rows.append(Row(self.places.row, self.cells))
            self.columns.update(self.cells)
            if len(self.rows) > self.most_rows:
                raise self.archive.refused(
                    f"has more than {self.most_rows:,} rows in sheet {self.name!r}",
                    "Save the sheet as CSV, which may be longer, or split it.",
                )
            if len(self.columns) > MAX_COLUMNS:
                raise self.archive.refused(f"has more than {MAX_COLUMNS:,} columns in sheet {self.name!r}", "Split it.")

    def _cell(self) -> None:
        if any(first <= self.column <= last for first, last in self.hidden):
            if self.pieces:
                self.told.columns += 1
            return
        raw = "".join(self.pieces)
        kind = self.attributes.get("t", "n")
        if kind == "e":
            self.told.faulty.append(self._place())
            return
        if not raw:
            if self.formula:
                self.told.uncomputed.append(self._place())
            return
        value = self._value(raw, kind)
        if value.strip():
            self.cells[self.column] = value

    def _value(self, raw: str, kind: str) -> str:
        if kind == "s":
            at = int(raw) if raw.strip().isdecimal() else -1
            return self.book.strings[at] if 0 <= at < len(self.book.strings) else ""
        if kind == "b":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        if kind in ("str", "inlineStr"):
            return cleaned(unescaped(raw))
        if kind == "d":
            return raw[:10]
        style = self.attributes.get("s", "0")
        at = int(style) if style.isdecimal() else 0
        return shown(raw, self.book.codes[at] if at < len(self.book.codes) else "", self.book.from_1904)

    def _place(self) -> str:
        return f"{column_letters(self.column)}{self.places.row}"


def _table(archive: Archive, part: str, name: str, book: _Book, most_rows: int) -> tuple[Table, _Told]:
    reader = _SheetReader(archive, name, book, most_rows)
    archive.parse(part, reader.start, reader.end, reader.text)
    reader.rows.sort(key=lambda row: row.number)
    return Table(tuple(reader.rows), name, tuple(reader.merged), reader.told.rows > 0), reader.told


def _notices(name: str, told: _Told) -> list[str]:
    notices = []
    if told.rows:
        notices.append(f"Sheet {name!r}: {told.rows} hidden row{'s' if told.rows > 1 else ''} left out.")
    if told.columns:
        notices.append(f"Sheet {name!r}: hidden columns left out.")
    for places, why in ((told.uncomputed, "formula, no value"), (told.faulty, "error value")):
        if places:
            more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
            notices.append(f"Sheet {name!r}: cells left out ({why}): {', '.join(places[:_NAMED])}{more}.")
    return notices
