"""Writes a draft as CSV, one row a key result, for spreadsheet programs in any language."""

from __future__ import annotations

import csv
import io

from assistant.goals import DraftResult
from assistant.render.draft_rows import Cell, goal_rows
from assistant.render.legible import FORMULA_LEADS

_BOM = b"\xef\xbb\xbf"
"""Without it Excel reads the bytes in the system's own encoding, and Chinese turns into rubbish."""


def draft_csv(result: DraftResult) -> bytes:
    """Return the table in UTF-8; a cell that a spreadsheet program would read as a formula begins with `'`."""
    headings, rows = goal_rows(result)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return _BOM + out.getvalue().encode("utf-8")


def _safe(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else cell.isoformat()
    return f"'{text}" if text.lstrip(" \n").startswith(FORMULA_LEADS) else text
