"""Writes text into single cells of an .xlsx file and leaves every other byte of its parts alone.

Knows nothing about why a cell changes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias
from xml.parsers import expat
from xml.sax.saxutils import escape

from assistant.files.archive import Archive, local
from assistant.files.sheet import Places, escaped
from assistant.files.workbook import sheet_parts

_TYPE = re.compile(rb"""\s+t\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(rb"<([A-Za-z_][\w.-]*:)?c\b")
_LONGEST_TAG = 10_000
MAX_CELL = 32_767
"""Characters that a spreadsheet program keeps in a cell."""


CellPlace: TypeAlias = tuple[str, int, int]
"""Sheet name, row and column."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Bytes `[start, end)` of a cell element, and whether it holds a formula."""

    start: int
    end: int
    formula: bool


def with_cells(raw: bytes, name: str, cells: Mapping[CellPlace, str]) -> tuple[bytes, frozenset[CellPlace]]:
    """Return the workbook with new words in some cells, and which cells were written.

    The words are stored as text, never as a formula; a cell keeps its style. Cells with a formula and cells that are
    not there are left alone.

    Args:
        raw: the whole file.
        name: its name, for messages.
        cells: new words by place.

    Raises:
        InputError: the file is damaged, a sheet is not UTF-8, or the words are longer than a cell can be.
    """
    archive = Archive(raw, name)
    sheets, _ = sheet_parts(archive)
    parts = {title: part for title, part, _ in sheets}
    changed: dict[str, bytes] = {}
    written: set[CellPlace] = set()
    for title in sorted({place[0] for place in cells}):
        if title not in parts:
            continue
        wanted = {(row, column): text for (sheet, row, column), text in cells.items() if sheet == title}
        part = parts[title]
        sheet = b"".join(archive.chunks(part))
        places = _places(sheet, wanted, archive)
        pieces, at = [], 0
        for spot, place in places.items():
            if not place.formula:
                pieces += [sheet[at : place.start], _cell(sheet[place.start : place.end], wanted[spot], archive)]
                at = place.end
                written.add((title, *spot))
        changed[part] = b"".join([*pieces, sheet[at:]])
    return rezipped(raw, changed) if written else raw, frozenset(written)


def _places(sheet: bytes, wanted: Mapping[tuple[int, int], str], archive: Archive) -> dict[tuple[int, int], _Place]:
    """Return where the wanted cells stand in the sheet's bytes, in their order."""
    if sheet[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise archive.refused("has a sheet that is not UTF-8")
    found: dict[tuple[int, int], _Place] = {}
    places = Places()
    parser = expat.ParserCreate()
    spot: tuple[int, int] | None = None
    start, formula = 0, False

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal spot, start, formula
        name = local(tag)
        if name == "row":
            places.next_row(attributes)
        elif name == "c":
            place = places.next_cell(attributes)
            if place in wanted:
                spot, start, formula = place, parser.CurrentByteIndex, False
        elif name == "f":
            formula = True

    def closed(tag: str) -> None:
        nonlocal spot
        if spot is not None and local(tag) == "c":
            head = start + _tag_end(sheet[start : start + _LONGEST_TAG])
            empty = sheet[head - 2 : head] == b"/>"
            end = head if empty else sheet.index(b">", parser.CurrentByteIndex) + 1
            found[spot] = _Place(start, end, formula)
            spot = None

    def declared(_: str, encoding: str | None, __: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise archive.refused("has a sheet that is not UTF-8")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.XmlDeclHandler = declared
    try:
        parser.Parse(sheet, True)
    except expat.ExpatError as error:
        raise archive.refused(f"is damaged ({error})") from None
    return found


def _cell(element: bytes, text: str, archive: Archive) -> bytes:
    """Return the cell element with the text in place of what it held; its other attributes stay."""
    if len(text) > MAX_CELL:
        raise archive.refused(f"would get a cell of {len(text):,} characters; {MAX_CELL:,} are possible", "Shorten it.")
    head = element[: _tag_end(element)]
    name = _TAG.match(head)
    prefix = (name[1] or b"").decode() if name else ""
    attributes = _TYPE.sub(b"", head[name.end() if name else 2 :].rstrip(b"/> \t\r\n"))
    body = escape(escaped(text))
    inside = f'<{prefix}is><{prefix}t xml:space="preserve">{body}</{prefix}t></{prefix}is>'
    return f"<{prefix}c".encode() + attributes + f' t="inlineStr">{inside}</{prefix}c>'.encode()


def _tag_end(element: bytes) -> int:
    """Return where the start tag ends; a quoted value may hold the closing mark."""
    quote = 0
    for at, code in enumerate(element):
        if quote:
            quote = 0 if code == quote else quote
        elif code in b"\"'":
            quote = code
        elif code == ord(">"):
            return at + 1
    return len(element)


def rezipped(raw: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the archive with some parts replaced or added; order, dates and contents of the others stay."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = old.comment
        for entry in old.infolist():
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.compress_type, copy.external_attr = entry.compress_type, entry.external_attr
            copy.create_system, copy.comment = entry.create_system, entry.comment
            fresh = parts.get(entry.filename)
            new.writestr(copy, old.read(entry) if fresh is None else fresh)
        there = set(old.namelist())
        for name, data in parts.items():
            if name not in there:
                added = zipfile.ZipInfo(name)
                added.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(added, data)
    return out.getvalue()
