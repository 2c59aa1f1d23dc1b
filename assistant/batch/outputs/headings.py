"""Finds the heading rows above the goals of a workbook. Knows nothing about how they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.batch.outputs.outcome import Outcome
from assistant.errors import InputError
from assistant.files import Workbook, open_document
from assistant.files.document import Row, Table
from assistant.lint.documents.columns import sections
from assistant.lint.documents.headings import headings as known_headings


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


def goal_tables(raw: bytes, name: str, goals: Mapping[str, Sequence[Outcome]]) -> dict[str, list[GoalTable]]:
    """Return the goals of every sheet by the heading above them.

    Args:
        raw: the workbook.
        name: its name, for messages.
        goals: what became of the goals of each sheet, in order.

    Raises:
        InputError: the workbook cannot be read.
    """
    document = open_document(raw, name)
    sheets = document.sheets if isinstance(document, Workbook) else ()
    by_name = {table.name: table for table in sheets}
    return {sheet: _parted(by_name.get(sheet, Table(())), name, found) for sheet, found in goals.items()}


def _parted(table: Table, name: str, goals: Sequence[Outcome]) -> list[GoalTable]:
    heads = _heads(table, name) or _row_above(table, goals[0])
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


def _heads(table: Table, name: str) -> list[Row]:
    """Return the headings that are known by their words."""
    numbers = {row.number: at for at, row in enumerate(table.rows)}
    found = []
    try:
        parts = sections(table, name)
    except InputError:
        return []
    for part in parts:
        at = numbers[part.rows[0].number] if part.rows else 0
        if at == 0:
            continue
        row = table.rows[at - 1]
        known = known_headings(row.cells)
        if any(goal in known or (goal in row.cells and len(known) > 1) for goal in part.columns.goals):
            found.append(row)
    return found


def _row_above(table: Table, first: Outcome) -> list[Row]:
    """Return the row above the first goal where it has words over it: the heading of a column chosen by hand."""
    above = [row for row in table.rows if row.number < first.row.line]
    return above[-1:] if above and first.row.column in above[-1].cells else []
