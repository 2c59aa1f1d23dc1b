"""Lays out a plan as a Word document that can be filed: contents, tables, pictures made of shaded cells.

Pictures are tables, so that they can be edited and need no font or graphics program. Pages are laid out in `docx_page`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assistant.goals.outline import (
    Block,
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
from assistant.render.docx_page import Page
from assistant.render.plan.wording import Words, alert_rule, heads, number, percent, pieces, plain, shown_days, steps

_UPRIGHT, _LYING = 17.0, 25.7
"""Room for a table in centimetres, between the margins of an upright and a lying page."""
_MOST_UPRIGHT = 6
"""Columns that an upright page has room for."""
_STEPS = 13
_BAR, _PROPOSED, _POINT = "2F6FBD", "9DBFE6", "C77700"
_CODES = {"A": "9DBFE6", "R": "DDE6F3"}
_MOST_DAYS = 6
Pieces = Sequence[tuple[str, str]]


def plan_docx(outline: Outline, today: date) -> bytes:
    """Return the document.

    Args:
        outline: the plan.
        today: the day that the document names as its own.
    """
    said = Words(outline.language)
    page = Page(outline.language, outline.title, said["page"], today)
    page.header(outline.title)
    page.title(outline.title)
    for line in outline.status:
        page.note([(line, "")])
    if legend := said.legend(outline):
        page.note([(f"{said['legend']}{said.colon}{legend}", "")])
    if outline.notices:
        page.labelled(said["first"], said.colon, [])
        for line in outline.notices:
            page.item([(line, "")])
    titles = [f"{at}. {section.title}" for at, section in enumerate(outline.sections, 1)]
    page.contents(said["contents"], titles)
    for title, section in zip(titles, outline.sections, strict=True):
        page.turn(landscape=_lies(section.blocks[0]) if section.blocks else False)
        page.heading(title, 1)
        for block in section.blocks:
            page.turn(landscape=_lies(block))
            _Layout(page, said).block(block)
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def _lies(block: Block) -> bool:
    match block:
        case Table(headings=headings):
            return len(headings) > _MOST_UPRIGHT
        case Raci(people=people):
            return len(people) > _STEPS
        case _:
            return False


class _Layout:
    """Lays out one block."""

    def __init__(self, page: Page, said: Words) -> None:
        self.page = page
        self.said = said

    def block(self, block: Block) -> None:
        match block:
            case Paragraph():
                if block.name:
                    self.page.labelled(block.name, self.said.colon, self._words(block.text))
                else:
                    self.page.paragraph(self._words(block.text))
            case Listing():
                self._caption(block.name)
                for item in block.items:
                    self.page.item(self._words(item), numbered=block.numbered)
            case Table():
                self._table(block)
            case Tree():
                self._caption(block.name)
                for root in block.roots:
                    self._branch(root, 0)
            case Gantt():
                self._gantt(block)
            case Weights():
                self._weights(block)
            case Raci():
                self._raci(block)
            case Grid():
                self._grid(block)
            case ScoreSheet():
                self._scores(block)
            case Tracker():
                self._tracker(block)

    def _words(self, line: Text) -> Pieces:
        shown = pieces(line, self.said)
        if not line.blank:
            return shown
        return [("＿＿＿＿", ""), (f"{self.said.open}{line.plain}{self.said.close}", self.said.tag("unknown"))]

    def _caption(self, name: str) -> None:
        if name:
            self.page.heading(name, 2)

    def _table(self, block: Table) -> None:
        self._caption(block.name)
        room = _LYING if _lies(block) else _UPRIGHT
        shares = block.widths or (1.0,) * len(block.headings)
        widths = [room * share / sum(shares) for share in shares]
        rows = [[self._words(cell) for cell in row] for row in block.rows]
        self.page.table(heads(block, self.said), rows, widths, names_first=block.names_first)

    def _branch(self, branch: Branch, depth: int) -> None:
        note = f"{self.said.open}{branch.note}{self.said.close}" if branch.note else ""
        self.page.item([(branch.words, self.said.tag(branch.mark)), (note, "")], depth=depth)
        for each in branch.branches:
            self._branch(each, depth + 1)

    def _gantt(self, chart: Gantt) -> None:
        self._caption(chart.name)
        spans = steps(chart, _STEPS)
        rows: list[list[Pieces]] = []
        fills: dict[tuple[int, int], str] = {}
        for row, bar in enumerate(chart.bars):
            once = bar.start == bar.end
            when = _day(bar.start) if once else f"{_day(bar.start)}–{_day(bar.end)}"
            rows.append(
                [
                    [(bar.words, "")],
                    [(bar.lane, "")],
                    [(when, self.said.tag("proposed") if bar.proposed else "")],
                    *([] for _ in spans),
                ]
            )
            colour = _POINT if once else _PROPOSED if bar.proposed else _BAR
            for at, (first, last) in enumerate(spans):
                if bar.start <= last and bar.end >= first:
                    fills[row, 3 + at] = colour
        headings = (self.said["what"], self.said["who"], self.said["when"], *(_day(first) for first, _ in spans))
        widths = (4.0, 2.0, 2.5, *(8.5 / len(spans) for _ in spans))
        self.page.table(headings, rows, widths, names_first=True, fills=fills)

    def _weights(self, block: Weights) -> None:
        self._caption(block.name)
        rows: list[list[Pieces]] = []
        fills: dict[tuple[int, int], str] = {}
        for row, part in enumerate(block.parts):
            rows.append(
                [
                    [(part.words, "")],
                    [(percent(part.percent, self.said), self.said.tag(part.mark))],
                    *([] for _ in range(10)),
                ]
            )
            tenths = round(part.percent / 10) if part.percent is not None else 0
            for at in range(max(0, min(10, tenths))):
                fills[row, 2 + at] = _BAR
        weights = [part.percent for part in block.parts if part.percent is not None]
        if block.whole and len(weights) == len(block.parts):
            total = f"{plain(sum(weights, Decimal(0)))}%"
            rows.append([[(self.said["sum"], "")], [(total, "")], *([] for _ in range(10))])
        headings = (self.said["what"], self.said["weight" if block.whole else "share"], *("",) * 10)
        self.page.table(headings, rows, (6.5, 2.5, *(0.8,) * 10), names_first=True, fills=fills)

    def _raci(self, block: Raci) -> None:
        self._caption(block.name)
        rows = [[[(duty.task, "")], *([(codes, "")] for codes in duty.codes)] for duty in block.duties]
        fills = {
            (row, 1 + at): _CODES["A" if "A" in codes else "R"]
            for row, duty in enumerate(block.duties)
            for at, codes in enumerate(duty.codes)
            if set(codes) & set(_CODES)
        }
        room = (_LYING if _lies(block) else _UPRIGHT) - 5.0
        widths = (5.0, *(room / len(block.people) for _ in block.people))
        self.page.table((self.said["task"], *block.people), rows, widths, names_first=True, fills=fills)
        self.page.note([(self.said["codes"], "")])

    def _grid(self, block: Grid) -> None:
        self._caption(block.name)
        for at in range(0, len(block.quadrants), 2):
            pair = block.quadrants[at : at + 2]
            cells: list[list[tuple[str, str]]] = []
            for quadrant in pair:
                cell: list[tuple[str, str]] = []
                for place, line in enumerate(quadrant.lines):
                    cell += [("\n• " if place else "• ", ""), *self._words(line)]
                cells.append(cell or [(quadrant.lack, "")])
            width = _UPRIGHT / len(pair)
            self.page.table(
                [quadrant.name + self.said.tag(quadrant.mark) for quadrant in pair], [cells], [width] * len(pair)
            )

    def _scores(self, sheet: ScoreSheet) -> None:
        self._caption(sheet.name)
        keys = ("line", "unit", "floor", "target", "weight", "actual", "score")
        rows: list[list[Pieces]] = [
            [
                [(line.name, "")],
                [(line.unit, "")],
                [(self.said["held"] if line.direction == "keep" else number(line.floor), "")],
                [("1" if line.direction == "keep" else number(line.target), "")],
                [(percent(line.weight, self.said), "")],
                [],
                [],
            ]
            for line in sheet.lines
        ]
        self.page.table([self.said[key] for key in keys], rows, (4.5, 1.8, 2.6, 2.3, 1.8, 2.2, 1.8), names_first=True)

    def _tracker(self, tracker: Tracker) -> None:
        self._caption(tracker.name)
        shown = shown_days(tracker, _MOST_DAYS)
        rows: list[list[Pieces]] = [
            [[(line.name, "")], [(line.unit, "")], *([(number(line.planned[at]), "")] for at in shown)]
            for line in tracker.lines
        ]
        headings = (self.said["line"], self.said["unit"], *(_day(tracker.days[at]) for at in shown))
        room = _UPRIGHT - 6.5
        self.page.table(headings, rows, (4.5, 2.0, *(room / len(shown) for _ in shown)), names_first=True)
        self.page.note([(alert_rule(tracker, self.said), "")])


def _day(day: date) -> str:
    return f"{day.month}/{day.day}"
