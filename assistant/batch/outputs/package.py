"""Adds sheets, drawings and charts to the parts of a workbook: content types, relations and the list of sheets.

Knows nothing about what the sheets show.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from assistant.batch.outputs.splicing import appended, outline, spliced
from assistant.files.archive import Archive, local

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
BOOK = "xl/workbook.xml"
_TYPES = "[Content_Types].xml"
_CONTENT = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    "worksheet": f"{_CONTENT}.spreadsheetml.worksheet+xml",
    "styles": f"{_CONTENT}.spreadsheetml.styles+xml",
    "drawing": f"{_CONTENT}.drawing+xml",
    "chart": f"{_CONTENT}.drawingml.chart+xml",
}
_STRICT = "http://purl.oclc.org/ooxml/"
_IN_STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": f"{_STRICT}spreadsheetml/main",
    RELATIONS: f"{_STRICT}officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": f"{_STRICT}drawingml/main",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": f"{_STRICT}drawingml/chart",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": f"{_STRICT}drawingml/spreadsheetDrawing",
}
"""Names of the strict form of the format for those of the usual one."""
MAX_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


class Package:
    """The parts of a workbook that change or are new."""

    def __init__(self, archive: Archive) -> None:
        """Start with no part changed.

        Raises:
            InputError: the list of sheets or of relations is no XML or is not UTF-8.
        """
        self.archive = archive
        self.parts: dict[str, bytes] = {}
        self._taken = {name.lower() for name in archive.names}
        book = outline(self.read(BOOK), archive, 1)
        self._strict = any(value.startswith(_STRICT) for value in book.attributes.values())
        self._relations = {
            each.attributes.get("Type", "").rpartition("/")[2]: each.attributes.get("Target", "")
            for each in outline(self.read(relations_of(BOOK)), archive, 2).children
        }

    def read(self, part: str) -> bytes:
        """Return a part as it stands now; nothing where there is none."""
        return self.parts[part] if part in self.parts else self.archive.read(part)

    def related(self, part: str, kind: str) -> list[str]:
        """Return the parts to which a part has a relation of a kind, as `drawing`."""
        data = self.read(relations_of(part))
        if not data:
            return []
        return [
            _part(part, each.attributes.get("Target", ""))
            for each in outline(data, self.archive, 2).children
            if each.attributes.get("Type", "").endswith(f"/{kind}") and each.attributes.get("TargetMode") != "External"
        ]

    def styles(self) -> str:
        """Return the part of the formats; where the workbook has none, the one that it gets."""
        target = self._relations.get("styles")
        return _part(BOOK, target) if target else "xl/styles.xml"

    def set_styles(self, data: bytes) -> None:
        """Put the formats in place; a workbook without any gets the part and a relation to it."""
        part = self.styles()
        self.parts[part] = data if "styles" in self._relations else self._own_form(data)
        if "styles" not in self._relations:
            self._declare(part, "styles")
            self._relate(BOOK, "styles", part)

    def sheet_names(self) -> list[str]:
        """Return the names of all sheets, hidden ones included."""
        book = outline(self.read(BOOK), self.archive, 3)
        return [
            sheet.attributes.get("name", "")
            for child in book.children
            if local(child.tag) == "sheets"
            for sheet in child.children
        ]

    def new_part(self, kind: str) -> str:
        """Return the name of a part that is not there yet and take it: `worksheet`, `drawing` or `chart`."""
        folder = {"worksheet": "worksheets/sheet", "drawing": "drawings/drawing", "chart": "charts/chart"}[kind]
        number = 1
        while f"xl/{folder}{number}.xml" in self._taken:
            number += 1
        name = f"xl/{folder}{number}.xml"
        self._taken.add(name)
        return name

    def add(self, part: str, kind: str, data: bytes) -> None:
        """Add a part."""
        self.parts[part] = self._own_form(data)
        self._declare(part, kind)

    def relate(self, part: str, targets: Iterable[tuple[str, str]]) -> None:
        """Add the relations of a new part: kind and part of each, `rId1` being the first."""
        lines = "".join(
            f'<Relationship Id="rId{at}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
            for at, (kind, target) in enumerate(targets, start=1)
        )
        data = f'<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'
        self.parts[relations_of(part)] = self._own_form(data.encode())

    def add_sheet(self, name: str, part: str, data: bytes) -> None:
        """Add a sheet behind the others."""
        self.add(part, "worksheet", data)
        id = self._relate(BOOK, "worksheet", part)
        raw = self.read(BOOK)
        sheets = next(child for child in outline(raw, self.archive, 3).children if local(child.tag) == "sheets")
        numbers = [int(each.attributes.get("sheetId", "0")) for each in sheets.children]
        element = (
            f'<{sheets.prefix}sheet xmlns:rel="{RELATIONS}" name={quoteattr(name)} '
            f'sheetId="{max(numbers, default=0) + 1}" rel:id="{id}"/>'
        )
        splice = appended(raw, sheets, self._own_form(element.encode()).decode())
        self.parts[BOOK] = spliced(raw, [splice])

    def _relate(self, part: str, kind: str, target: str) -> str:
        name = relations_of(part)
        raw = self.read(name)
        root = outline(raw, self.archive, 2)
        ids = {each.attributes.get("Id", "") for each in root.children}
        number = len(ids) + 1
        while f"rId{number}" in ids:
            number += 1
        element = f'<{root.prefix}Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
        self.parts[name] = spliced(raw, [appended(raw, root, self._own_form(element.encode()).decode())])
        return f"rId{number}"

    def _declare(self, part: str, kind: str) -> None:
        raw = self.read(_TYPES)
        root = outline(raw, self.archive, 2)
        element = f'<{root.prefix}Override PartName="/{part}" ContentType="{CONTENT_TYPES[kind]}"/>'
        self.parts[_TYPES] = spliced(raw, [appended(raw, root, element)])

    def _own_form(self, data: bytes) -> bytes:
        """Return a part in the strict form of the format where the workbook is in it."""
        if self._strict:
            for usual, strict in _IN_STRICT.items():
                data = data.replace(usual.encode(), strict.encode())
        return data


def relations_of(part: str) -> str:
    """Return the part that holds the relations of a part."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a name for a sheet that no other has, whatever the case, and that every program takes."""
    others = {name.casefold() for name in taken}
    base = _FORBIDDEN.sub(" ", wanted).strip("' ")[:MAX_SHEET_NAME]
    name, number = base, 1
    while name.casefold() in others:
        number += 1
        end = f" ({number})"
        name = base[: MAX_SHEET_NAME - len(end)] + end
    return name


def _part(owner: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), target)).lstrip("/")
