"""Writes a draft as an Excel workbook: goals, milestones, figures with origin, questions. No cell is a formula."""

from __future__ import annotations

import io
import unicodedata
from datetime import date, datetime
from typing import Any

from assistant.files.patching import MAX_CELL
from assistant.files.sheet import escaped
from assistant.goals import DraftResult
from assistant.render.draft_markdown import words
from assistant.render.draft_rows import Cell, Table, goal_rows, milestone_rows, number_rows, question_rows
from assistant.render.legible import FORMULA_LEADS, legible

_WIDEST, _NARROWEST = 36, 8
_LINE = 15.0
_MOST_LINES = 26
"""A row may be 409 points high, no more."""


def draft_xlsx(result: DraftResult, today: date) -> tuple[bytes, tuple[str, ...]]:
    """Return the workbook and what to tell about it: cells that were cut at Excel's limit.

    Args:
        result: the draft.
        today: the day that the file's properties name.
    """
    from openpyxl import Workbook

    label = words(result.language)
    book = Workbook()
    book.remove(book.active)
    names = label["export"]
    tables = (
        (names["sheet_goals"], goal_rows(result), 2),
        (names["sheet_milestones"], milestone_rows(result), 1),
        (names["sheet_numbers"], number_rows(result), 1),
        (names["sheet_questions"], question_rows(result), 1),
    )
    cut = sum(_sheet(book.create_sheet(name), table, fixed, names["cut"]) for name, table, fixed in tables)
    book.properties.title = label["title"]
    book.properties.creator = "goal-assistant"
    book.properties.created = book.properties.modified = datetime(today.year, today.month, today.day)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), ((label["notices"]["cut"].format(n=cut),) if cut else ())


def _sheet(sheet: Any, table: Table, fixed: int, mark: str) -> int:
    """Fill a sheet and return how many cells were cut; `fixed` columns stay in sight."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    headings, rows = table
    line = Side(style="thin", color="FFD9D9D9")
    cut = 0
    for row, cells in enumerate((headings, *rows), 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            cut += _put(cell, value, mark)
            cell.alignment = Alignment(wrap_text=True, vertical="center" if row == 1 else "top")
            cell.border = Border(bottom=line)
            if row == 1:
                cell.font = Font(bold=True, color="FF1F3864")
                cell.fill = PatternFill("solid", fgColor="FFDDE6F3")
    widths = [_width(headings, rows, at) for at in range(len(headings))]
    for at, width in enumerate(widths):
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
    for row, cells in enumerate(rows, 2):
        lines = max(_lines(cell, width) for cell, width in zip(cells, widths, strict=True))
        sheet.row_dimensions[row].height = _LINE * min(lines, _MOST_LINES)
    sheet.freeze_panes = sheet.cell(2, fixed + 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    return cut


def _put(cell: Any, value: Cell, mark: str) -> bool:
    """Store words as words and dates as dates; tell whether the words were cut."""
    if isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
        return False
    return put_text(cell, value, mark)


def put_text(cell: Any, words: str, mark: str = "…") -> bool:
    """Store words as words, never as a formula; tell whether they were cut at Excel's limit, behind a mark."""
    text = escaped(legible(words))
    long = len(text.encode("utf-16-le")) // 2 > MAX_CELL
    if long:
        room = MAX_CELL - len(mark)
        text = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + mark
    if text:
        cell.value = text
        # openpyxl takes a leading = for a formula; the type is set after it, and the prefix keeps it so when edited.
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA_LEADS)
    return long


def _width(headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], at: int) -> float:
    longest = max((_columns(str(row[at])) for row in rows), default=0)
    return float(min(max(longest, _columns(headings[at]) + 4, _NARROWEST) + 1, _WIDEST))


def _lines(cell: Cell, width: float) -> int:
    return sum(1 + int(_columns(part) / max(width - 1, 1)) for part in str(cell)[:MAX_CELL].split("\n"))


def _columns(text: str) -> int:
    """Return how wide a text is, in digits; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text[:4_000])
