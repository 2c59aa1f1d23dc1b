"""Adds columns to the right of a sheet's cells, in the bytes of the sheet; what was there stays as it is.

Knows places, widths and formats; nothing about goals.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from assistant.batch.outputs.splicing import (
    Splice,
    closes_itself,
    parse,
    refuse_other_encodings,
    spliced,
    tag_end,
    with_attribute,
)
from assistant.files.archive import Archive, local
from assistant.files.sheet import Places, column_letters, corners

MAX_COLUMNS = 16_384
MAX_ROWS = 1_048_576
_GAP = 8
"""Blank columns with formats only that may stay between the sheet's cells and the new ones."""
_AFTER_VIEWS = ("sheetFormatPr", "cols", "sheetData")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,20})?")
_CONTENT = frozenset(("v", "f", "is"))


@dataclass(slots=True)
class RowPlace:
    """Where a row stands: its start tag, its end tag, and its cells at the end that hold nothing but a format.

    Attributes:
        tail: column and first byte of those cells, and of what follows the last one.
        fixed: its height was set by hand.
        height: in points, where the row says so.
        formats: formats of its cells with content by column.
        style: format of the last of them.
    """

    start: int
    inside: int
    close: int = 0
    tail: list[tuple[int, int]] = field(default_factory=list)
    after_cells: int = 0
    fixed: bool = False
    height: float | None = None
    formats: dict[int, int] = field(default_factory=dict)
    style: int = 0


@dataclass(slots=True)
class ColumnPlace:
    """A `col` element: the columns it is for, their width in characters, and where it stands."""

    first: int
    last: int
    width: float
    start: int
    end: int


@dataclass(slots=True)
class Survey:
    """What a sheet has and where.

    Attributes:
        prefix: of its elements, with the colon, or ''.
        used: last column with content.
        formatted: last column with any cell.
        rows: the rows asked for.
        missing: those of them that are not there, with the first byte of the row after each.
        row_height: of rows that do not say their own, in points.
        column_width: of columns that do not say their own, in characters.
        merged: corners of its merged cells.
    """

    prefix: str = ""
    used: int = 0
    formatted: int = 0
    rows: dict[int, RowPlace] = field(default_factory=dict)
    missing: dict[int, int] = field(default_factory=dict)
    row_height: float = 15.0
    column_width: float = 8.43
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    columns: list[ColumnPlace] = field(default_factory=list)
    dimension: tuple[int, int, str] | None = None
    view: tuple[int, int, Mapping[str, str]] | None = None
    views: bool = False
    has_pane: bool = False
    format_start: int = 0
    data_start: int = 0
    data_close: int = 0
    _widths: dict[int, float] = field(default_factory=dict)
    _spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def width(self, column: int) -> float:
        """Return the width of a column that is there, in characters."""
        if column not in self._widths:
            own = (each.width for each in self.columns if each.first <= column <= each.last)
            self._widths[column] = next(own, self.column_width)
        return self._widths[column]

    def joined(self, row: int, column: int) -> bool:
        """Tell whether a cell with content is joined to others."""
        if not self._spans:
            for top, left, bottom, _ in sorted(self.merged):
                self._spans.setdefault(left, []).append((top, bottom))
        spans = self._spans.get(column, [])
        at = bisect_right(spans, (row, MAX_ROWS)) - 1
        return at >= 0 and spans[at][1] >= row

    def first_free(self, rows: Collection[int], also: int, count: int) -> int | None:
        """Return the first of `count` columns that are free to the right of everything; None where there is no room.

        Args:
            rows: the rows that get cells; merged cells in them are no free room.
            also: last column that something else than cells takes up.
            count: how many columns are needed.
        """
        low, high = min(rows), max(rows)
        merged = [right for top, _, bottom, right in self.merged if top <= high and bottom >= low]
        used = max([self.used, also, *(right for right in merged if right < MAX_COLUMNS - count)])
        first = self.formatted + 1 if used < self.formatted <= used + _GAP else used + 1
        return first if first + count - 1 <= MAX_COLUMNS else None


class _Surveyor:
    """Notes the places while a sheet is read."""

    def __init__(self, sheet: bytes, rows: Collection[int]) -> None:
        self.sheet = sheet
        self.waiting = sorted(rows, reverse=True)
        self.found = Survey()
        self.places = Places()
        self.parser = expat.ParserCreate()
        self.depth = 0
        self.row: RowPlace | None = None
        self.row_place: RowPlace | None = None
        self.column = self.style = self.cell_start = 0
        self.filled = self.in_data = False
        self.col: ColumnPlace | None = None
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        name = local(tag)
        if self.in_data:
            if name == "c" and self.depth == 4:
                _, self.column = self.places.next_cell(attributes)
                style = attributes.get("s", "0")
                self.style = int(style) if style.isdecimal() else 0
                self.cell_start, self.filled = self.parser.CurrentByteIndex, False
            elif self.depth == 5 and name in _CONTENT:
                self.filled = True
            elif name == "row" and self.depth == 3:
                self._row(attributes)
            elif self.depth == 4 and self.row is not None and not self.row.after_cells:
                self.row.after_cells = self.parser.CurrentByteIndex
            return
        self._around(tag, name, attributes)

    def _row(self, attributes: dict[str, str]) -> None:
        self.places.next_row(attributes)
        at, number = self.parser.CurrentByteIndex, self.places.row
        while self.waiting and self.waiting[-1] < number:
            self.found.missing[self.waiting.pop()] = at
        self.row = None
        if self.waiting and self.waiting[-1] == number:
            self.waiting.pop()
            fixed = attributes.get("customHeight") in ("1", "true")
            tall = float(attributes["ht"]) if _NUMBER.fullmatch(attributes.get("ht", "")) else None
            self.row = RowPlace(at, tag_end(self.sheet, at), fixed=fixed, height=tall)
            self.found.rows[number] = self.row

    def _around(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        found, at = self.found, self.parser.CurrentByteIndex
        if self.depth == 1:
            found.prefix = tag[: len(tag) - len(name)]
        elif self.depth == 2:
            if name == "sheetData":
                self.in_data, found.data_start = True, at
            elif name == "dimension":
                found.dimension = at, tag_end(self.sheet, at), attributes.get("ref", "")
            elif name == "sheetViews":
                found.views = True
            elif name == "sheetFormatPr":
                if _NUMBER.fullmatch(attributes.get("defaultRowHeight", "")):
                    found.row_height = float(attributes["defaultRowHeight"])
                if _NUMBER.fullmatch(attributes.get("defaultColWidth", "")):
                    found.column_width = float(attributes["defaultColWidth"])
            if name in _AFTER_VIEWS and not found.format_start:
                found.format_start = at
        elif name == "col" and self.depth == 3 and attributes.get("min", "").isdecimal():
            last = attributes.get("max", "")
            first = int(attributes["min"])
            width = float(attributes["width"]) if _NUMBER.fullmatch(attributes.get("width", "")) else found.column_width
            self.col = ColumnPlace(first, int(last) if last.isdecimal() else first, width, at, 0)
        elif name == "sheetView" and self.depth == 3 and found.view is None:
            found.view = at, tag_end(self.sheet, at), attributes
        elif name == "pane":
            found.has_pane = True
        elif name == "mergeCell" and (place := corners(attributes.get("ref", ""))):
            found.merged.append(place)

    def end(self, tag: str) -> None:
        self.depth -= 1
        name = local(tag)
        at = self.parser.CurrentByteIndex
        if self.in_data:
            if self.depth == 3 and name == "c":
                self._cell()
            elif self.depth == 2 and name == "row":
                if self.row is not None:
                    self.row.close = at
                self.row = None
            elif self.depth == 1:
                self.in_data, self.found.data_close = False, at
                while self.waiting:
                    self.found.missing[self.waiting.pop()] = at
        elif name == "col" and self.col is not None:
            inside = tag_end(self.sheet, self.col.start)
            self.col.end = inside if closes_itself(self.sheet, inside) else self.sheet.index(b">", at) + 1
            self.found.columns.append(self.col)
            self.col = None

    def _cell(self) -> None:
        found = self.found
        found.formatted = max(found.formatted, self.column)
        if self.filled:
            found.used = max(found.used, self.column)
        if self.row is not None:
            if self.filled:
                self.row.tail.clear()
                self.row.style = self.style
                self.row.formats[self.column] = self.style
            else:
                self.row.tail.append((self.column, self.cell_start))


def survey(sheet: bytes, rows: Collection[int], archive: Archive) -> Survey:
    """Return what a sheet has and where.

    Args:
        sheet: the part's bytes.
        rows: numbers of the rows that get cells.
        archive: the workbook, for messages.

    Raises:
        InputError: the part is no XML or is not UTF-8.
    """
    refuse_other_encodings(sheet, archive)
    surveyor = _Surveyor(sheet, rows)
    parse(surveyor.parser, sheet, archive)
    return surveyor.found


def grafted(
    sheet: bytes,
    found: Survey,
    first: int,
    widths: Sequence[float],
    cells: Mapping[int, str],
    heights: Mapping[int, float],
    freeze: int = 0,
) -> bytes:
    """Return the sheet with the new columns.

    Args:
        sheet: the part's bytes.
        found: what `survey` returned for them.
        first: first new column.
        widths: of the new columns, in characters.
        cells: new cells of each row, as XML in the order of columns.
        heights: points that rows need; a row that is higher, or whose height was set by hand, keeps its own.
        freeze: last row that stays in sight, where the sheet has no panes yet; 0 for none.
    """
    last = first + len(widths) - 1
    splices = _pane(sheet, found, freeze) if freeze else []
    for number, new in sorted(cells.items()):
        place = found.rows.get(number)
        if place is None:
            at = found.missing[number]
            row = f'<{found.prefix}row r="{number}">{new}</{found.prefix}row>'
            splices.append(Splice(at, at, row.encode()))
            continue
        tag = _row_tag(sheet[place.start : place.inside], last)
        now = found.row_height if place.height is None else place.height
        if not place.fixed and heights.get(number, 0.0) > now:
            tag = with_attribute(tag, "ht", f"{heights[number]:g}")
        splices.append(Splice(place.start, place.inside, tag))
        splices.append(_tail(place, first, last, new))
    splices += _widths(sheet, found, first, widths)
    if found.dimension:
        start, end, reference = found.dimension
        tag = with_attribute(sheet[start:end], "ref", _spanned(reference, min(cells), first, max(cells), last))
        splices.append(Splice(start, end, tag))
    return spliced(sheet, splices)


def _tail(place: RowPlace, first: int, last: int, new: str) -> Splice:
    """Return the splice that puts the new cells behind the row's own; formats under the new ones give way."""
    stop = place.after_cells or place.close
    starts = [start for column, start in place.tail if first <= column <= last]
    beyond = [start for column, start in place.tail if column > last]
    end = beyond[0] if beyond else stop
    return Splice(starts[0] if starts else end, end, new.encode())


def _row_tag(tag: bytes, last: int) -> bytes:
    """Return the row's start tag with its hint of columns widened."""
    spans = re.search(rb"""\sspans\s*=\s*["'](\d+):(\d+)["']""", tag)
    return with_attribute(tag, "spans", f"{int(spans[1])}:{last}") if spans and int(spans[2]) < last else tag


def _widths(sheet: bytes, found: Survey, first: int, widths: Sequence[float]) -> list[Splice]:
    last = first + len(widths) - 1
    p = found.prefix
    new = "".join(
        f'<{p}col min="{at}" max="{at}" width="{width:g}" customWidth="1"/>' for at, width in enumerate(widths, first)
    )
    if not found.columns:
        return [Splice(found.data_start, found.data_start, f"<{p}cols>{new}</{p}cols>".encode())]
    splices = []
    before = [place.end for place in found.columns if place.last < first]
    at = before[-1] if before else found.columns[0].start
    over = [place for place in found.columns if place.first <= last and place.last >= first]
    pieces = [new.encode()]
    for place in over:
        element = sheet[place.start : place.end]
        if place.first < first:
            pieces.insert(0, _for_columns(element, place.first, first - 1))
        if place.last > last:
            pieces.append(_for_columns(element, last + 1, place.last))
    if over:
        splices.append(Splice(over[0].start, over[-1].end, b"".join(pieces)))
    else:
        splices.append(Splice(at, at, new.encode()))
    return splices


def _for_columns(element: bytes, first: int, last: int) -> bytes:
    end = tag_end(element, 0)
    tag = with_attribute(with_attribute(element[:end], "min", str(first)), "max", str(last))
    return tag + element[end:]


def _spanned(reference: str, top: int, left: int, bottom: int, right: int) -> str:
    place = corners(reference)
    if place is not None:
        top, left = min(top, place[0]), min(left, place[1])
        bottom, right = max(bottom, place[2]), max(right, place[3])
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


def _pane(sheet: bytes, found: Survey, rows: int) -> list[Splice]:
    """Return the splices that keep the heading in sight, unless the view is arranged already."""
    p = found.prefix
    pane = f'<{p}pane ySplit="{rows}" topLeftCell="A{rows + 1}" activePane="bottomLeft" state="frozen"/>'
    pane += f'<{p}selection pane="bottomLeft"/>'
    if found.view is None:
        if found.views:
            return []
        view = f'<{p}sheetViews><{p}sheetView workbookViewId="0">{pane}</{p}sheetView></{p}sheetViews>'
        return [Splice(found.format_start, found.format_start, view.encode())]
    start, inside, attributes = found.view
    if found.has_pane or "topLeftCell" in attributes or attributes.get("view") == "pageLayout":
        return []
    if closes_itself(sheet, inside):
        opened = sheet[start:inside].rstrip(b">").rstrip().rstrip(b"/").rstrip() + b">"
        name = re.match(rb"<([^\s/>]+)", opened)
        close = b"</" + (name[1] if name else b"sheetView") + b">"
        return [Splice(start, inside, opened + pane.encode() + close)]
    return [Splice(inside, inside, pane.encode())]
