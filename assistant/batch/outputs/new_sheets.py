"""Lays out a new sheet: rows of cells, widths, a heading that stays in sight, links inside the workbook, charts.

Knows nothing about what the cells say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from assistant.batch.outputs.cell_styles import MAIN, ON_ONE_LINE, Look, StyleSheet
from assistant.batch.outputs.heights import height
from assistant.batch.outputs.markup import Clipper, Value, cell, leads_formula, text_of
from assistant.batch.outputs.package import RELATIONS
from assistant.files.sheet import column_letters

_MOST_LINKS = 60_000
"""Excel repairs a sheet that has more than 65,530."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell: what it says, how it looks, and the place in the workbook that it leads to."""

    value: Value
    look: Look = "text"
    link: str = ""


@dataclass(slots=True)
class NewSheet:
    """A sheet as it is laid out, row by row.

    Attributes:
        name: its name, which no other sheet has.
        widths: of its columns, in characters.
        frozen: rows at the top that stay in sight.
        filtered: first row and last column of a table with filter buttons; the last row is the sheet's.
        table: it is a table, not a page of figures: rows have a line below them and are as high as their words need.
    """

    name: str
    widths: Sequence[float]
    frozen: int = 1
    filtered: tuple[int, int] | None = None
    table: bool = False
    tab: str = "FF8EA9DB"
    rows: dict[int, dict[int, Entry]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)

    def put(self, row: int, column: int, value: Value, look: Look = "text", link: str = "") -> None:
        """Put words or a number into a cell."""
        self.rows.setdefault(row, {})[column] = Entry(value, look, link)

    def merge(self, row: int, first: int, last: int) -> None:
        """Join the cells of a row from one column to another."""
        self.merged.append(f"{column_letters(first)}{row}:{column_letters(last)}{row}")

    def xml(self, styles: StyleSheet, clipper: Clipper, *, drawing: bool = False) -> bytes:
        """Return the sheet's part; its drawing, if any, is the relation `rId1`."""
        last_row, last_column = max(self.rows, default=1), max(len(self.widths), 1)
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width:g}" customWidth="1"/>'
            for at, width in enumerate(self.widths, start=1)
        )
        rows = "".join(self._row(number, styles, clipper) for number in sorted(self.rows))
        pane = (
            f'<pane ySplit="{self.frozen}" topLeftCell="A{self.frozen + 1}" activePane="bottomLeft" state="frozen"/>'
            '<selection pane="bottomLeft"/>'
            if self.frozen
            else ""
        )
        parts = [
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
            f'<sheetPr><tabColor rgb="{self.tab}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{column_letters(last_column)}{last_row}"/>'
            f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{rows}</sheetData>'
        ]
        if self.filtered and last_row > self.filtered[0]:
            parts.append(f'<autoFilter ref="A{self.filtered[0]}:{column_letters(self.filtered[1])}{last_row}"/>')
        if self.merged:
            spans = "".join(f'<mergeCell ref="{span}"/>' for span in self.merged)
            parts.append(f'<mergeCells count="{len(self.merged)}">{spans}</mergeCells>')
        parts.append(self._links())
        parts.append(
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        )
        parts.append('<drawing r:id="rId1"/>' if drawing else "")
        parts.append("</worksheet>")
        return "".join(parts).encode()

    def _row(self, number: int, styles: StyleSheet, clipper: Clipper) -> str:
        cells = "".join(
            cell(
                "",
                number,
                column,
                entry.value,
                styles.look(entry.look, quoted=leads_formula(entry.value), setting="table" if self.table else "page"),
                clipper,
                self.name,
            )
            for column, entry in sorted(self.rows[number].items())
        )
        tall = f' ht="{self.heights[number]:g}" customHeight="1"' if number in self.heights else ""
        if self.table and number not in self.heights:
            size = float(styles.font()[1])
            wrapped = [
                (text_of(entry.value), self.widths[column - 1])
                for column, entry in self.rows[number].items()
                if entry.look not in ON_ONE_LINE
            ]
            tall = f' ht="{height(wrapped, size):g}"'
        return f'<row r="{number}"{tall}>{cells}</row>'

    def _links(self) -> str:
        links = [
            f'<hyperlink ref="{column_letters(column)}{row}" location={quoteattr(entry.link)}/>'
            for row, entries in sorted(self.rows.items())
            for column, entry in sorted(entries.items())
            if entry.link
        ]
        return f"<hyperlinks>{''.join(links[:_MOST_LINKS])}</hyperlinks>" if links else ""


def place_in(sheet: str, row: int, column: int) -> str:
    """Return the place of a cell as a link inside the workbook names it."""
    return f"{quoted(sheet)}!{column_letters(column)}{row}"


def quoted(sheet: str) -> str:
    """Return the name of a sheet as a reference to its cells writes it."""
    return "'" + sheet.replace("'", "''") + "'"
