"""Writes the results of a run into a copy of an .xlsx workbook: columns beside the goals, and sheets at the end.

Every part, cell, format and byte that was there stays, but for what is said in `grafting.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from assistant.batch.cells import cells, words
from assistant.batch.outputs.cell_styles import Look, StyleSheet
from assistant.batch.outputs.charts import Chart, chart_part, drawing_part
from assistant.batch.outputs.difference import runs
from assistant.batch.outputs.footprint import last_column
from assistant.batch.outputs.grafting import Survey, grafted, survey
from assistant.batch.outputs.headings import GoalTable, goal_tables
from assistant.batch.outputs.heights import height
from assistant.batch.outputs.markup import Clipper, Value, cell, leads_formula, text_of
from assistant.batch.outputs.new_sheets import NewSheet
from assistant.batch.outputs.outcome import Outcome, outcomes
from assistant.batch.outputs.overview import (
    findings_sheet,
    questions_sheet,
    score_look,
    status_look,
    summary_sheet,
)
from assistant.batch.outputs.package import Package, free_name
from assistant.files.archive import Archive
from assistant.files.document import Document
from assistant.files.patching import MAX_CELL, rezipped
from assistant.files.sheet import column_letters
from assistant.files.workbook import sheet_parts
from assistant.goals.base import Language
from assistant.goals.batch import BatchRow, BatchSummary, RowResult
from assistant.lint.documents.chosen import Choice

_WIDTHS = {
    "rewritten": 52.0, "difference": 52.0, "status": 14.0, "score_before": 10.0, "score_after": 10.0, "standing": 30.0,
    "findings": 44.0, "changes": 48.0, "questions": 44.0, "numbers": 36.0, "reason": 30.0,
}  # fmt: skip
_MOST_FROZEN = 12
_NAMED = 5


class WorkbookSource(Protocol):
    """What is needed of an opened workbook."""

    @property
    def name(self) -> str:
        """Return the file's name."""
        ...

    @property
    def document(self) -> Document | None:
        """Return its visible cells."""
        ...

    @property
    def choice(self) -> Choice:
        """Return the columns that a person named."""
        ...

    def rows(self) -> Iterator[BatchRow]:
        """Return its goals, in order."""
        ...

    def raw(self) -> bytes:
        """Return its bytes."""
        ...


@dataclass(slots=True)
class _Writer:
    """What holds for all sheets of one workbook."""

    archive: Archive
    package: Package
    styles: StyleSheet
    clipper: Clipper
    language: Language
    columns: tuple[str, ...]
    notices: list[str]

    def value(self, outcome: Outcome, key: str, text: str, base: int) -> tuple[Value, Look]:
        """Return what a cell of an added column holds and how it looks; `text` is its words in other formats."""
        if key in ("score_before", "score_after"):
            return (int(text), score_look(int(text))) if text else ("", "text")
        if key == "status":
            return text, status_look(outcome)
        if key == "difference":
            name, size = self.styles.font(base)
            return runs(outcome.row.text, outcome.text("rewritten", self.language), name, size), "text"
        return text, "text"

    def graft(self, sheet: str, part: str, tables: list[GoalTable]) -> None:
        """Add the columns to one sheet."""
        data = b"".join(self.archive.chunks(part))
        goals = {each.row.line: each for table in tables for each in table.goals}
        heads = {table.head or min(each.row.line for each in table.goals) - 1: table for table in tables}
        heads = {row: table for row, table in heads.items() if row > 0 and (table.head or row not in goals)}
        found = survey(data, {*goals, *heads}, self.archive)
        blocks = max(len(table.columns) for table in tables)
        widths = [_WIDTHS[key] for key in self.columns] * blocks
        also = last_column(self.package, part, min([*goals, *heads]), max(goals))
        first = found.first_free({*goals, *heads}, also, len(widths))
        if first is None:
            raise self.archive.refused(f"has no free columns in sheet {sheet!r}", "Clear the columns at its far right.")
        new: dict[int, dict[int, str]] = defaultdict(dict)
        for row, table in heads.items():
            self._heads(new[row], row, table, first, found, sheet)
        heights: dict[int, float] = {}
        for table in tables:
            for outcome in table.goals:
                line = outcome.row.line
                block = first + table.columns.index(outcome.row.column) * len(self.columns)
                needed = self._cells(new[line], outcome, block, found, sheet)
                there = self._there(found, line, table.texts[line])
                heights[line] = max(heights.get(line, 0.0), needed, there)
        rows = {row: _joined(new.pop(row)) for row in list(new)}
        alone = len(heads) == 1 and len(tables) == 1 and tables[0].head <= _MOST_FROZEN
        freeze = tables[0].head if alone else 0
        self.package.parts[part] = grafted(data, found, first, widths, rows, heights, freeze)
        self._tell(sheet, tables, heads, found, goals)

    def _heads(
        self,
        new: dict[int, str],
        row: int,
        table: GoalTable,
        first: int,
        found: Survey,
        sheet: str,
    ) -> None:
        words_ = words(self.language)
        names = {**words_["columns"], "difference": words_["sheets"]["difference"]}
        own = found.rows[row].style if row in found.rows and table.head else 0
        style = own or self.styles.look("head")
        for block, column in enumerate(table.columns):
            for at, key in enumerate(self.columns, start=first + block * len(self.columns)):
                name = names[key]
                if len(table.columns) > 1:
                    goal = " ".join(table.labels.get(column, "").split()) or column_letters(column)
                    name = words_["sheets"]["of"].replace("{column}", name).replace("{goal}", goal)
                new[at] = cell(found.prefix, row, at, name, style, self.clipper, sheet)

    def _cells(self, new: dict[int, str], outcome: Outcome, block: int, found: Survey, sheet: str) -> float:
        """Put down the cells of one goal and return the height that they need."""
        row = outcome.row
        base = found.rows[row.line].formats.get(row.column, 0) if row.line in found.rows else 0
        keys = tuple(key for key in self.columns if key != "difference")
        texts = dict(zip(keys, cells(outcome.result, self.language, row.text, keys), strict=True))
        wrapped = []
        for at, key in enumerate(self.columns, start=block):
            value, look = self.value(outcome, key, texts.get(key, ""), base)
            style = self.styles.look(look, base, quoted=leads_formula(value))
            new[at] = cell(found.prefix, row.line, at, value, style, self.clipper, sheet)
            wrapped.append((text_of(value), _WIDTHS[key]))
        return height(wrapped, float(self.styles.font(base)[1]))

    def _there(self, found: Survey, line: int, texts: Mapping[int, str]) -> float:
        """Return the height that the row's own cells need, where the sheet does not say it."""
        place = found.rows.get(line)
        if place is None or place.height is not None or place.fixed:
            return 0.0
        wrapped = [
            (texts[column], found.width(column))
            for column, style in place.formats.items()
            if column in texts and not found.joined(line, column) and self.styles.wraps(style)
        ]
        return height(wrapped, float(self.styles.font(place.style)[1])) if wrapped else 0.0

    def _tell(
        self, sheet: str, tables: list[GoalTable], heads: dict[int, GoalTable], found: Survey, goals: dict[int, Outcome]
    ) -> None:
        if len(heads) < len(tables):
            self.notices.append(f"Sheet {sheet!r}: no row for headings above the goals; the new columns have none.")
        fixed = [row for row in goals if row in found.rows and found.rows[row].fixed]
        if fixed:
            self.notices.append(
                f"Sheet {sheet!r}: {len(fixed)} row{'s' if len(fixed) > 1 else ''} with a height set by hand kept it; "
                "long texts in them show in part."
            )


def _joined(cells_: dict[int, str]) -> str:
    return "".join(cells_[column] for column in sorted(cells_))


def write(
    source: WorkbookSource,
    results: Iterable[RowResult],
    summary: BatchSummary,
    target: BinaryIO,
    *,
    language: Language,
    columns: tuple[str, ...],
    as_diff: bool = False,
) -> tuple[str, ...]:
    """Write the workbook with the results and return what the reader should be told.

    Args:
        source: the opened workbook.
        results: what became of its goals, in order.
        summary: what the run amounts to.
        target: open for writing bytes.
        language: language of headings and fixed words.
        columns: keys of the added columns, in order.
        as_diff: one more column shows what was taken out of the goal and what is new in it.

    Raises:
        InputError: the workbook is damaged, has a part that is not UTF-8, or no free columns.
    """
    raw = source.raw()
    archive = Archive(raw, source.name)
    package = Package(archive)
    done = tuple(outcomes(source.rows(), results))
    if as_diff and "rewritten" in columns:
        at = columns.index("rewritten") + 1
        columns = (*columns[:at], "difference", *columns[at:])
    sheet_words = words(language)["sheets"]
    styles = StyleSheet(package.read(package.styles()), archive)
    writer = _Writer(archive, package, styles, Clipper(sheet_words["cut"]), language, columns, [])
    parts = {name: part for name, part, _ in sheet_parts(archive)[0]}
    by_sheet: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in done:
        if outcome.row.sheet in parts:
            by_sheet[outcome.row.sheet].append(outcome)
    for sheet, tables in goal_tables(source.document, source.name, source.choice, by_sheet).items():
        writer.graft(sheet, parts[sheet], tables)
    _add_sheets(writer, source.name, done, summary)
    package.set_styles(styles.rendered())
    target.write(rezipped(raw, package.parts))
    return (*writer.notices, *_told(writer))


def _add_sheets(writer: _Writer, file: str, done: Sequence[Outcome], summary: BatchSummary) -> None:
    """Add the sheets at the end."""
    say, package = words(writer.language)["sheets"], writer.package
    taken = package.sheet_names()

    def name(key: str) -> str:
        taken.append(free_name(say[key], taken))
        return taken[-1]

    first, charts = summary_sheet(name("summary"), file, done, summary, writer.language, writer.columns)
    _add_sheet(writer, first, charts)
    if (asked := questions_sheet(name("questions"), done, writer.language)) is not None:
        _add_sheet(writer, asked, ())
    _add_sheet(writer, findings_sheet(name("findings"), done, summary, writer.language), ())


def _add_sheet(writer: _Writer, sheet: NewSheet, charts: Sequence[Chart]) -> None:
    package = writer.package
    part = package.new_part("worksheet")
    if charts:
        drawing = package.new_part("drawing")
        parts = [package.new_part("chart") for _ in charts]
        for chart, place in zip(charts, parts, strict=True):
            package.add(place, "chart", chart_part(chart))
        package.add(drawing, "drawing", drawing_part(charts))
        package.relate(drawing, [("chart", place) for place in parts])
        package.relate(part, [("drawing", drawing)])
    package.add_sheet(sheet.name, part, sheet.xml(writer.styles, writer.clipper, drawing=bool(charts)))


def _told(writer: _Writer) -> Iterator[str]:
    cut = writer.clipper.cut
    if cut:
        more = f" and {len(cut) - _NAMED} more" if len(cut) > _NAMED else ""
        yield (
            f"Cut at {MAX_CELL:,} characters, the most that a cell holds: {', '.join(cut[:_NAMED])}{more}. "
            "The JSON output has the whole texts."
        )
    if any(name.startswith("_xmlsignatures/") for name in writer.archive.names):
        yield "The workbook was signed; the copy has changed and its signature no longer holds."
