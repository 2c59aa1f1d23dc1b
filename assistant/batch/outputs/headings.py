"""Finds the heading rows above the goals of a workbook. Knows nothing about how they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.batch.outputs.outcome import Outcome
from assistant.errors import InputError
from assistant.files.document import Document, Row, Table, Workbook
from assistant.lint.documents.chosen import Choice
from assistant.lint.documents.parts import Section, sections


@dataclass(frozen=True, slots=True)
class GoalTable:
    """Goals under one heading.

    Attributes:
        head: row of the heading; 0 where there is none.
        labels: headings by column.
        columns: columns of goals, in order.
        goals: what became of them.
        texts: the cells of every row that has goals, by column.
    """

    head: int
    labels: Mapping[int, str]
    columns: tuple[int, ...]
    goals: tuple[Outcome, ...]
    texts: Mapping[int, Mapping[int, str]]


def goal_tables(
    document: Document | None, name: str, choice: Choice, goals: Mapping[str, Sequence[Outcome]]
) -> dict[str, list[GoalTable]]:
    """Return the goals of every sheet by the heading above them.

    Args:
        document: the workbook.
        name: its name, for messages.
        choice: columns as a person named them.
        goals: what became of the goals of each sheet, in order.
    """
    sheets = document.sheets if isinstance(document, Workbook) else ()
    by_name = {table.name: table for table in sheets}
    return {sheet: _parted(by_name.get(sheet, Table(())), name, choice, found) for sheet, found in goals.items()}


def _parted(table: Table, name: str, choice: Choice, goals: Sequence[Outcome]) -> list[GoalTable]:
    heads = _heads(table, name, choice) or _row_above(table, goals[0])
    parts: dict[int, list[Outcome]] = {}
    for outcome in goals:
        above = [row.number for row in heads if row.number < outcome.row.line]
        parts.setdefault(max(above, default=0), []).append(outcome)
    labels = {row.number: row.cells for row in heads}
    texts = {row.number: row.cells for row in table.rows}
    return [
        GoalTable(
            head,
            labels.get(head, {}),
            tuple(sorted({each.row.column for each in part})),
            tuple(part),
            {each.row.line: texts.get(each.row.line, {}) for each in part},
        )
        for head, part in sorted(parts.items())
    ]


def _heads(table: Table, name: str, choice: Choice) -> list[Row]:
    """Return the headings by which the goals were found."""
    try:
        parts = sections(table, name, choice)
    except InputError:
        return []
    rows = {row.number: row for row in table.rows}
    return [rows[number] for number in sorted({part.head.number for part in parts}) if _is_heading(number, parts, rows)]


def _is_heading(number: int, parts: Sequence[Section], rows: Mapping[int, Row]) -> bool:
    """Tell whether a row is a heading; that of a form is made up of the labels beside its values."""
    return number in rows and all(part.head.cells == rows[number].cells for part in parts if part.head.number == number)


def _row_above(table: Table, first: Outcome) -> list[Row]:
    """Return the row above the first goal where it has words over it: the heading of a column chosen by hand."""
    above = [row for row in table.rows if row.number < first.row.line]
    return above[-1:] if above and first.row.column in above[-1].cells else []
