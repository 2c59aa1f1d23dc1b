"""Shows which column of a file holds what, as it was told from the headings or chosen by a person.

Knows nothing about how files are opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from assistant.errors import UsageError
from assistant.files.document import Row, Table
from assistant.files.sheet import column_letters
from assistant.goals.base import Model
from assistant.lint.documents.chosen import Choice, ChosenRole
from assistant.lint.documents.columns import Columns
from assistant.lint.documents.parts import ASIDE, Section

Role = ChosenRole
ROLES: tuple[Role, ...] = get_args(ChosenRole)
_SAMPLE = 60
"""Characters of a sample."""
_ROWS = 30
"""Rows in which a sample is looked for."""


class ColumnUse(Model):
    """What a column is read as.

    Attributes:
        table: name of the sheet; '' outside workbooks.
        line: line or row of the heading; 0 where there is none.
        column: number of the column from 1; of a key in lines of JSON its place among them.
        letter: the column's letters in a sheet; '' elsewhere.
        heading: the heading as it stands, or the key; '' where there is none.
        role: one of `ROLES`, or another thing that headings say: id, kind, unit, start, period, monitoring, status,
            standard, specific; None where the column is not read or only tells parts of the table apart.
        sample: the first value under it, cut short.
    """

    table: str = ""
    line: int = 0
    column: int
    letter: str = ""
    heading: str = ""
    role: str | None = None
    sample: str = ""


def choice_of(columns: Mapping[Role, str], *, letters: bool) -> Choice:
    """Return columns as a person gave them: several for goals, joined by commas, one for all else.

    Args:
        columns: role and the column's heading, letter or number.
        letters: whether the file has letters for its columns.

    Raises:
        UsageError: no such role, or no name of a column.
    """
    chosen: dict[Role, tuple[str, ...]] = {}
    for role, text in columns.items():
        if role not in ROLES:
            raise UsageError(f"{role!r} is no role of a column.", f"Choose one of {', '.join(ROLES)}.")
        names = _names(text) if role in ("goal", "ignore") else (text.strip(),)
        if not any(names):
            raise UsageError(f"No column is named for {role!r}.", f"Write {role}=HEADING or {role}=2.")
        chosen[role] = tuple(name for name in names if name)
    return Choice(chosen, letters)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace("，", ",").split(","))


def uses_of_part(part: Section, sheet: str) -> Iterator[ColumnUse]:
    """Yield the columns of a part of a table."""
    yield from uses_of(part.columns, part.head, part.rows[:_ROWS], sheet)


def uses_of(columns: Columns, head: Row, below: Sequence[Row], sheet: str) -> Iterator[ColumnUse]:
    """Yield the columns under a heading, each with a sample from the rows below."""
    roles = dict(columns.roles) | dict.fromkeys(columns.goals, "goal")
    heads = head.cells if head.number else {}
    places = sorted({*head.cells, *(column for row in below for column in row.cells)})
    for column in places:
        if column >= ASIDE:
            continue
        sample = next((row.cells[column] for row in below if column in row.cells), "")
        yield ColumnUse(
            table=sheet,
            line=head.number if column in heads else 0,
            column=column,
            letter=column_letters(column) if sheet else "",
            heading=" ".join(heads.get(column, "").split()),
            role=roles.get(column),
            sample=_short(sample),
        )


def uses_of_tables(tables: Iterable[tuple[Table, Sequence[Section]]]) -> tuple[ColumnUse, ...]:
    """Return the columns of tables; a heading that comes again in a table is told once."""
    found: list[ColumnUse] = []
    for table, parts in tables:
        seen: set[tuple[tuple[int, str], ...]] = set()
        for part in parts:
            heads = tuple(part.head.cells.items())
            if heads not in seen:
                seen.add(heads)
                found += uses_of_part(part, table.name)
    return tuple(found)


def uses_of_keys(seen: Mapping[str, str], samples: Mapping[str, str], goals: Sequence[str]) -> tuple[ColumnUse, ...]:
    """Return what the keys of JSON objects are read as.

    Args:
        seen: keys and what they hold.
        samples: a value of each key.
        goals: keys of the goals.
    """
    names = {"id": "id", "kind": "kind", "objective": "parent"}
    return tuple(
        ColumnUse(
            column=place,
            heading=key,
            role="goal" if key in goals else names.get(key) or names.get(role) or role or None,
            sample=_short(samples.get(key, "")),
        )
        for place, (key, role) in enumerate(seen.items(), start=1)
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SAMPLE else words[: _SAMPLE - 1] + "…"
