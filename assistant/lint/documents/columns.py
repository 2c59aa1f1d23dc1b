"""Finds the heading rows of a table and chooses the columns: which holds the goals, which stand beside them.

Knows nothing about records or file formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.files.document import Row, Table
from assistant.goals.findings import GoalKind
from assistant.lint.documents.headings import BESIDE, GROUPS, Heading, Role, heading

_ABOVE = 30
"""Rows in which the first heading is looked for: titles, remarks and blanks may stand above it."""
_GOALS: frozenset[Role] = frozenset(("goal", "objective", "result", "text", "metric"))
_VALUE = re.compile(
    r"\s*(?:[≥≤<>=~≈约]|不低于|不超过|不高于|低于|高于|at least|at most|up to)*\s*[¥$€£]?"
    r"\s*[-+]?\d[\d,.]*\s*(?:[-–~至到]\s*\d[\d,.]*)?\s*\S{0,4}\s*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, from 1; None where there is none.

    Attributes:
        goals: columns whose cells are goals; several where key results stand side by side.
        kind: kind of the goals as the heading says, or None.
        beside: columns read with the goal, with their headings.
        shared: columns whose merged cells hold for all rows they span.
        groups: columns that say which part of the table a row belongs to, with their headings.
    """

    goals: tuple[int, ...]
    kind: GoalKind | None
    parent: int | None
    id: int | None
    kinds: int | None
    weight: int | None
    beside: tuple[tuple[int, str], ...]
    shared: frozenset[int]
    groups: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the rows under it."""

    columns: Columns
    rows: tuple[Row, ...]


def sections(table: Table, name: str) -> list[Section]:
    """Return the parts of a table that have a column of goals; none where no heading is recognised.

    Raises:
        InputError: two columns of goals have the same heading.
    """
    first = _first_heading(table.rows)
    if first is None:
        return []
    cuts = [first]
    cuts += [
        at
        for at in range(first + 1, len(table.rows))
        if _score(table.rows[at], table.rows[at + 1 : at + 2], exact=True)
    ]
    ends = [*cuts[1:], len(table.rows)]
    return [
        Section(_columns(table.rows[cut], rows, table, name), rows)
        for cut, end in zip(cuts, ends, strict=True)
        for rows in [table.rows[cut + 1 : end]]
    ]


def recognises(heads: Sequence[str]) -> bool:
    """Tell whether cells are the heading of a table of goals: a goal column and at least one more known one."""
    known = [found for head in heads if (found := heading(head)) and found.grade >= 2]
    roles = {found.role for found in known}
    return len(roles) > 1 and bool(roles & _GOALS)


def _first_heading(rows: Sequence[Row]) -> int | None:
    scores = [(_score(row, rows[at + 1 : at + 4]), -at) for at, row in enumerate(rows[:_ABOVE])]
    if not scores or (best := max(scores))[0] == 0:
        return None
    return -best[1]


def _score(row: Row, below: Sequence[Row], *, exact: bool = False) -> int:
    """Return how surely a row is a heading with a goal column, 0 where it is none; `exact`: every cell is known."""
    if exact and not all(heading(text) for text in row.cells.values()):
        return 0
    found = {column: known for column, text in row.cells.items() if (known := heading(text))}
    roles = {known.role for known in found.values()}
    if not roles & _GOALS:
        return 0
    sure = sum(known.grade >= 2 for known in found.values())
    if exact:
        return sum(known.grade for known in found.values()) if len(roles) >= 2 and sure == len(row.cells) else 0
    if len(row.cells) == 1:
        grade = next(iter(found.values())).grade
        alone = all(len(other.cells) <= 1 for other in below)
        return grade if grade == 3 or (grade == 2 and alone) else 0
    goals = any(known.role in _GOALS and known.grade >= 2 for known in found.values())
    if not goals and not (sure and len(roles) > 1):
        return 0
    return sum(known.grade for known in found.values())


def _columns(head: Row, rows: Sequence[Row], table: Table, name: str) -> Columns:
    known = {column: found for column, text in sorted(head.cells.items()) if (found := heading(text))}
    parent: int | None = None
    kind: GoalKind | None = None
    results = _all(known, "result")
    goal, objective, metric = _best(known, "goal"), _best(known, "objective"), _best(known, "metric")
    if results:
        goals, kind, parent = results, "key_result", goal or objective
    elif goal and metric and _mostly_values(rows, goal):
        goals, parent = (metric,), objective
        known[goal] = Heading("target", 2)
    elif goal and metric and any(span.column == goal and head.number < span.top for span in table.merged):
        goals, parent = (metric,), goal
    elif goal:
        _refuse_twins(head, rows, known, goal, name)
        goals, parent = (goal,), objective
    else:
        goals = tuple(filter(None, [objective or _best(known, "text") or metric]))
    taken = {*goals, parent}
    beside = tuple(
        (column, " ".join(head.cells[column].split()).rstrip(":："))
        for column, found in known.items()
        if found.role in BESIDE and column not in taken
    )
    shared = frozenset(
        column for column, found in known.items() if found.role in ("owner", "start", "deadline", "status")
    )
    groups = tuple(
        (column, " ".join(text.split()))
        for column, text in sorted(head.cells.items())
        if column not in goals and (column == parent or column not in known or known[column].role in GROUPS)
    )
    return Columns(
        goals, kind, parent, _best(known, "id"), _best(known, "kind"), _best(known, "weight"), beside, shared, groups
    )


def _all(known: dict[int, Heading], role: Role) -> tuple[int, ...]:
    return tuple(column for column, found in known.items() if found.role == role)


def _best(known: dict[int, Heading], role: Role) -> int | None:
    columns = _all(known, role)
    return max(columns, key=lambda column: (known[column].grade, -column)) if columns else None


def _mostly_values(rows: Sequence[Row], column: int) -> bool:
    """Tell whether a column headed as goals holds figures only, as the 目标 column of a table of metrics does."""
    texts = [row.cells[column].strip()[:40] for row in rows[:200] if column in row.cells]
    return bool(texts) and 2 * sum(_VALUE.fullmatch(text) is not None for text in texts) > len(texts)


def _refuse_twins(head: Row, rows: Sequence[Row], known: dict[int, Heading], goal: int, name: str) -> None:
    label = head.cells[goal].strip()
    twins = [column for column in _all(known, "goal") if head.cells[column].strip() == label]
    if len(twins) > 1 and all(any(column in row.cells for row in rows) for column in twins):
        raise InputError(
            f"{name}:{head.number}: columns {' and '.join(map(str, twins))} are both headed {label!r}.",
            "Rename the one that holds no goals.",
            name=name,
        )
