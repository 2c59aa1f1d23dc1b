"""Lays out a plan as an Excel workbook: its words, a sheet a table, a Gantt chart in cells, score sheets that compute.

The only formulas are those written here; what a person or a model wrote is stored as text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from assistant.goals.outline import (
    Branch,
    Gantt,
    Grid,
    Listing,
    Outline,
    Paragraph,
    Raci,
    ScoreSheet,
    Table,
    Text,
    Tracker,
    Tree,
    Weights,
)
from assistant.render.draft_xlsx import put_text
from assistant.render.plan.wording import Words, alert_rule, heads, pieces, weeks

_HEAD, _INPUT, _BAR, _PROPOSED, _POINT, _ALERT = "DDE6F3", "FFF4CC", "2F6FBD", "9DBFE6", "C77700", "F4B6B6"
_UNFIT = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
_MOST_NAME = 31
"""Characters of a sheet's name that Excel takes."""


def plan_xlsx(outline: Outline, today: date) -> bytes:
    """Return the workbook.

    Args:
        outline: the plan.
        today: the day that the file's properties name.
    """
    from openpyxl import Workbook

    book = Workbook()
    writer = _Book(book, Words(outline.language))
    writer.overview(outline)
    for section in outline.sections:
        for block in section.blocks:
            match block:
                case Table():
                    writer.table(block, block.name or section.title)
                case Gantt():
                    writer.gantt(block)
                case Raci():
                    writer.raci(block)
                case ScoreSheet():
                    writer.scores(block)
                case Tracker():
                    writer.tracker(block)
                case _:
                    pass
    book.properties.title = outline.title
    book.properties.creator = "goal-assistant"
    book.properties.created = book.properties.modified = datetime(today.year, today.month, today.day)
    # The scores are computed when the file is opened: no program has computed them yet.
    book.calculation.fullCalcOnLoad = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Book:
    """Writes one sheet after another."""

    def __init__(self, book: Any, said: Words) -> None:
        self.book = book
        self.said = said
        self.first = True

    def overview(self, outline: Outline) -> None:
        """Write the words of the plan, section by section."""
        sheet = self._sheet(self.said["sheet_plan"])
        row = _Row(sheet)
        row.line(outline.title, bold=True, size=16)
        for line in outline.status:
            row.line(line)
        if legend := self.said.legend(outline):
            row.line(f"{self.said['legend']}{self.said.colon}{legend}")
        for at, line in enumerate(outline.notices):
            row.pair(self.said["first"] if not at else "", line, fill=_INPUT)
        for at, section in enumerate(outline.sections, 1):
            row.skip()
            row.line(f"{at}. {section.title}", bold=True, size=13, fill=_HEAD)
            for block in section.blocks:
                match block:
                    case Paragraph():
                        row.pair(block.name, self._words(block.text))
                    case Listing():
                        for number, item in enumerate(block.items):
                            row.pair(block.name if not number else "", self._words(item))
                    case Tree():
                        row.pair(block.name, "")
                        for root in block.roots:
                            self._branch(row, root, 0)
                    case Weights():
                        for number, part in enumerate(block.parts):
                            row.pair(
                                part.words if number else f"{block.name}{self.said.colon}{part.words}", part.percent
                            )
                    case Grid():
                        for quadrant in block.quadrants:
                            lines = [self._words(line) for line in quadrant.lines] or [quadrant.lack]
                            for number, line in enumerate(lines):
                                row.pair(quadrant.name + self.said.tag(quadrant.mark) if not number else "", line)
                    case _:
                        row.pair(block.name or section.title, f"→ {self._name(block.name or section.title, new=False)}")
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90

    def table(self, block: Table, name: str) -> None:
        """Write a table."""
        sheet = self._sheet(name)
        rows = [[self._words(cell) for cell in row] for row in block.rows]
        blanks = {(r, c) for r, row in enumerate(block.rows) for c, cell in enumerate(row) if cell.blank}
        _fill(sheet, heads(block, self.said), rows, blanks)

    def gantt(self, chart: Gantt) -> None:
        """Write a chart with a column a week."""
        from openpyxl.styles import PatternFill

        sheet = self._sheet(chart.name)
        days = list(weeks(chart))
        headings = [self.said["what"], self.said["who"], self.said["from"], self.said["to"], *days]
        rows = [[bar.words, bar.lane, bar.start, bar.end, *("" for _ in days)] for bar in chart.bars]
        _fill(sheet, headings, rows, set(), widths={5 + at: 6.5 for at in range(len(days))})
        for r, bar in enumerate(chart.bars, 2):
            colour = _POINT if bar.start == bar.end else _PROPOSED if bar.proposed else _BAR
            for at, monday in enumerate(days):
                if bar.start <= monday + timedelta(days=6) and bar.end >= monday:
                    sheet.cell(r, 5 + at).fill = PatternFill("solid", fgColor=f"FF{colour}")
        for at in range(len(days)):
            sheet.cell(1, 5 + at).number_format = "m/d"
        sheet.freeze_panes = "B2"

    def raci(self, block: Raci) -> None:
        """Write who does what."""
        sheet = self._sheet(block.name)
        rows = [[duty.task, *duty.codes] for duty in block.duties]
        _fill(sheet, [self.said["task"], *block.people], rows, set())
        put_text(sheet.cell(len(rows) + 3, 1), self.said["codes"])

    def scores(self, block: ScoreSheet) -> None:
        """Write a score sheet; a score is the share of the way from the floor to the target, within 0 and the cap."""
        sheet = self._sheet(block.name)
        keys = ("line", "unit", "floor", "target", "weight", "actual", "score", "weighted")
        rows: list[list[Any]] = [
            [
                line.name, line.unit,
                self.said["held"] if line.direction == "keep" else line.floor,
                Decimal(1) if line.direction == "keep" else line.target,
                line.weight, "", "", "",
            ]
            for line in block.lines
        ]  # fmt: skip
        inputs = {(r, 5) for r in range(len(rows))}
        inputs |= {(r, c) for r, row in enumerate(rows) for c in (2, 3, 4) if row[c] is None}
        _fill(sheet, [self.said[key] for key in keys], rows, inputs)
        for r, line in enumerate(block.lines, 2):
            score = (
                f"IF(F{r}=1,100,0)"
                if line.direction == "keep"
                else f"MAX(0,MIN({line.cap},(F{r}-C{r})/(D{r}-C{r})*100))"
            )
            known = f'F{r}=""' if line.direction == "keep" else f'OR(F{r}="",C{r}="",D{r}="",C{r}=D{r})'
            sheet.cell(r, 7).value = f'=IF({known},"",{score})'
            sheet.cell(r, 8).value = f'=IF(OR(G{r}="",E{r}=""),"",G{r}*E{r}/100)'
            sheet.cell(r, 7).number_format = sheet.cell(r, 8).number_format = "0.0"
        last = len(rows) + 1
        put_text(sheet.cell(last + 1, 1), self.said["total"])
        sheet.cell(last + 1, 5).value = f"=SUM(E2:E{last})"
        sheet.cell(last + 1, 8).value = f"=SUM(H2:H{last})"
        sheet.cell(last + 1, 8).number_format = "0.0"
        put_text(sheet.cell(last + 3, 1), self.said["fill"])

    def tracker(self, block: Tracker) -> None:
        """Write a tracker: for each figure its plan, the actual values, the share reached and the alert."""
        from openpyxl.formatting.rule import CellIsRule
        from openpyxl.styles import Border, PatternFill, Side
        from openpyxl.utils import get_column_letter

        sheet = self._sheet(block.name)
        headings = [self.said["line"], self.said["unit"], "", *block.days]
        rows: list[list[Any]] = []
        inputs: set[tuple[int, int]] = set()
        for line in block.lines:
            inputs |= {(len(rows) + 1, 3 + at) for at in range(len(block.days))}
            rows += [
                [line.name, line.unit, self.said["planned"], *line.planned],
                ["", "", self.said["actual"], *("" for _ in block.days)],
                ["", "", self.said["reached"], *("" for _ in block.days)],
                ["", "", self.said["alert"], *("" for _ in block.days)],
            ]
        _fill(sheet, headings, rows, inputs, widths={4 + at: 12 for at in range(len(block.days))})
        share = block.threshold / 100
        for number, line in enumerate(block.lines):
            plan = 2 + 4 * number
            for at in range(len(block.days)):
                column = get_column_letter(4 + at)
                p, a, reached = f"{column}{plan}", f"{column}{plan + 1}", f"{column}{plan + 2}"
                ratio = f"{p}/{a}" if line.direction == "down" else f"{a}/{p}"
                low = a if line.direction == "down" else p
                sheet[reached].value = f'=IF(OR({a}="",{p}="",{low}=0),"",{ratio})'
                sheet[reached].number_format = "0%"
                last = [f"{get_column_letter(4 + each)}{plan + 2}" for each in range(at - block.running + 1, at + 1)]
                if at >= block.running - 1:
                    behind = ",".join(f'{cell}<>"",{cell}<{share}' for cell in last)
                    alert = sheet[f"{column}{plan + 3}"]
                    alert.value = f'=IF(AND({behind}),"{self.said["alert"]}","")'
            edge = Side(style="medium", color="FF8A97A6")
            for column_number in range(1, len(headings) + 1):
                sheet.cell(plan + 3, column_number).border = Border(bottom=edge)
        span = f"D2:{get_column_letter(3 + len(block.days))}{len(rows) + 1}"
        warn = CellIsRule(
            operator="equal", formula=[f'"{self.said["alert"]}"'], fill=PatternFill(bgColor=f"FF{_ALERT}")
        )
        sheet.conditional_formatting.add(span, warn)
        put_text(sheet.cell(len(rows) + 3, 1), alert_rule(block, self.said, "watch"))
        sheet.freeze_panes = "D2"

    def _branch(self, row: _Row, branch: Branch, depth: int) -> None:
        note = f"{self.said.open}{branch.note}{self.said.close}" if branch.note else ""
        row.pair("", f"{'    ' * depth}{branch.words}{self.said.tag(branch.mark)}{note}")
        for each in branch.branches:
            self._branch(row, each, depth + 1)

    def _words(self, line: Text) -> str:
        return "".join(words + tag for words, tag in pieces(line, self.said))

    def _sheet(self, name: str) -> Any:
        if self.first:
            self.first = False
            sheet = self.book.active
            sheet.title = self._name(name)
        else:
            sheet = self.book.create_sheet(self._name(name))
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        return sheet

    def _name(self, words: str, *, new: bool = True) -> str:
        """Return a sheet's name that Excel takes; a new one differs from those there are."""
        base = _UNFIT.sub(" ", words).strip().strip("'")[:_MOST_NAME] or self.said["sheet_plan"]
        taken = {sheet.title.casefold() for sheet in self.book.worksheets} if new else set()
        name, number = base, 2
        while name.casefold() in taken:
            tail = f" {number}"
            name, number = base[: _MOST_NAME - len(tail)] + tail, number + 1
        return name


class _Row:
    """Writes line by line into two columns."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.at = 0

    def skip(self) -> None:
        self.at += 1

    def line(self, words: str, *, bold: bool = False, size: float = 11, fill: str = "") -> None:
        from openpyxl.styles import Font, PatternFill

        self.at += 1
        cell = self.sheet.cell(self.at, 1)
        put_text(cell, words)
        cell.font = Font(bold=bold, size=size)
        if fill:
            for column in (1, 2):
                self.sheet.cell(self.at, column).fill = PatternFill("solid", fgColor=f"FF{fill}")

    def pair(self, name: str, value: str | Decimal | None, *, fill: str = "") -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        self.at += 1
        left, right = self.sheet.cell(self.at, 1), self.sheet.cell(self.at, 2)
        put_text(left, name)
        left.font = Font(bold=True)
        if isinstance(value, Decimal):
            right.value = value
        else:
            put_text(right, value or "")
        for cell in (left, right):
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        if fill:
            right.fill = PatternFill("solid", fgColor=f"FF{fill}")


def _fill(
    sheet: Any,
    headings: Sequence[Any],
    rows: Sequence[Sequence[Any]],
    inputs: set[tuple[int, int]],
    widths: dict[int, float] | None = None,
) -> None:
    """Fill a sheet with a table; cells to fill in, by row and column from 0, are yellow."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="FFD9D9D9")
    for r, cells in enumerate((headings, *rows), 1):
        for c, value in enumerate(cells, 1):
            cell = sheet.cell(r, c)
            if isinstance(value, date):
                cell.value, cell.number_format = value, "yyyy-mm-dd"
            elif isinstance(value, Decimal):
                cell.value = value
            elif value is not None:
                put_text(cell, str(value))
            cell.alignment = Alignment(wrap_text=True, vertical="center" if r == 1 else "top")
            cell.border = Border(bottom=line)
            if r == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=f"FF{_HEAD}")
            elif (r - 2, c - 1) in inputs:
                cell.fill = PatternFill("solid", fgColor=f"FF{_INPUT}")
    for c, heading in enumerate(headings, 1):
        longest = max((len(str(row[c - 1])) for row in rows if row[c - 1] is not None), default=0)
        width = (widths or {}).get(c) or min(40.0, max(10.0, 1.7 * max(longest, len(str(heading))) + 2))
        sheet.column_dimensions[get_column_letter(c)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
