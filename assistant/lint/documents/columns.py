"""Tells a heading row and chooses the columns: which holds the goals, which stand beside them.

Knows nothing about records, file formats or where in a table headings stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from assistant.errors import InputError
from assistant.files.document import Row, Span
from assistant.goals.findings import GoalKind
from assistant.lint.documents.chosen import ChosenRole
from assistant.lint.documents.headings import (
    BESIDE,
    GROUPS,
    Heading,
    Role,
    heading,
    headings,
    is_dated,
    label,
    names_department,
    period,
    typed,
)
from assistant.lint.documents.kinds import only_kind

_SAMPLE = 40
"""Rows by which it is told whether cells are kinds of goals."""
_GOALS: frozenset[Role] = frozenset(("goal", "objective", "result", "work", "text", "metric"))
_WORDED: frozenset[Role] = frozenset(("goal", "objective", "result", "text"))
_VALUE = re.compile(
    r"\s*(?:[≥≤<>=~≈约]|不低于|不超过|不高于|低于|高于|at least|at most|up to)*\s*[¥$€£]?"
    r"\s*[-+]?\d[\d,.]*\s*(?:[-–~至到]\s*\d[\d,.]*)?\s*"
    r"(?:\S{0,4}|[a-z%]{0,12}(?: ?(?:/|per|an?) ?[a-z]{1,9})?)\s*",
    re.I,
)
_NUMBERED = re.compile(r"\d")
_SURE = 4
"""Grade of a column that a person named."""
_LABELS: dict[Role, tuple[str, str]] = {
    "owner": ("负责人", "owner"),
    "deadline": ("截止日期", "deadline"),
    "metric": ("指标", "metric"),
    "baseline": ("基线", "baseline"),
    "target": ("目标值", "target"),
}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CHOSEN: dict[str, Role] = {"parent": "objective"}
"""Roles that people choose and that have another name here."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, from 1; None where there is none.

    Attributes:
        goals: columns whose cells are goals; several where key results stand side by side.
        kind: kind of the goals as the heading says, or None.
        beside: columns read with the goal, with their headings.
        times: those of them that hold times.
        carried: those of them before the goals whose blank cells have the value above: quarters, months, years.
        shared: columns whose merged cells hold for all rows they span.
        groups: columns that say which part of the table a row belongs to, with their headings; those of owner and
            department are among them.
        owner: column of the person, team or department that answers for a row.
        department: column of the department.
        twins: columns of goals under one and the same heading.
        roles: what each known column holds, by column: roles of headings, `parent` and `department`.
    """

    goals: tuple[int, ...]
    kind: GoalKind | None
    parent: int | None
    id: int | None
    kinds: int | None
    weight: int | None
    beside: tuple[tuple[int, str], ...]
    times: frozenset[int]
    carried: frozenset[int]
    shared: frozenset[int]
    groups: tuple[tuple[int, str], ...]
    owner: int | None = None
    department: int | None = None
    twins: tuple[int, ...] = ()
    roles: tuple[tuple[int, str], ...] = ()


def known_headings(head: Row, below: Sequence[Row]) -> dict[int, Heading]:
    """Return what the columns hold; beside kinds such as Objective and 关键结果, one of descriptions holds goals."""
    found = headings(head.cells)
    kinds = _best(found, "kind")
    words = typed(head.cells)
    worded = {known.role for known in found.values()} & _WORDED
    if kinds and words and not worded and any(only_kind(row.cells.get(kinds, "")) for row in below[:_SAMPLE]):
        found[words] = Heading("goal", 3)
    return dict(sorted(found.items()))


def recognises(heads: Sequence[str]) -> bool:
    """Tell whether cells are the heading of a table of goals: a goal column and at least one more known one."""
    cells = dict(enumerate(heads))
    roles = {found.role for found in headings(cells).values() if found.grade >= 2}
    return len(roles) > 1 and (_has_goal(roles) or ("kind" in roles and typed(cells) is not None))


def _has_goal(roles: Set[Role]) -> bool:
    """Tell whether a column holds goals; one headed 具体 does where the other letters of SMART have columns too."""
    return bool(roles & _GOALS) or ("specific" in roles and "standard" in roles and bool(roles & {"aside", "deadline"}))


def score(row: Row, below: Sequence[Row], *, exact: bool = False) -> int:
    """Return how surely a row is a heading with a goal column, 0 where it is none; `exact`: every cell is known."""
    if exact and not all(heading(text) or len(text.strip()) == 1 for text in row.cells.values()):
        return 0
    found = known_headings(row, below)
    roles = {known.role for known in found.values()}
    if not _has_goal(roles) or _holds_kinds(row, found, below):
        return 0
    sure = sum(known.grade >= 2 for known in found.values())
    if exact:
        return sum(known.grade for known in found.values()) if len(roles) >= 2 and sure == len(row.cells) else 0
    if len(row.cells) == 1:
        grade = next(iter(found.values())).grade
        alone = all(len(other.cells) <= 1 for other in below)
        return grade if grade == 3 or (grade == 2 and alone) else 0
    goals = _has_goal({known.role for known in found.values() if known.grade >= 2})
    if not goals and not (sure and len(roles) > 1):
        return 0
    return sum(known.grade for known in found.values())


def _holds_kinds(row: Row, known: dict[int, Heading], below: Sequence[Row]) -> bool:
    """Tell whether what looks like headings of goals are kinds of goals, as those of the rows below: a row of data."""
    goals = [column for column, found in known.items() if found.role in _GOALS]
    return len(known) == len(goals) > 0 and all(
        only_kind(row.cells[column])
        and (
            any(only_kind(other.cells.get(column, "")) for other in below)
            or (not below and _NUMBERED.search(row.cells[column]))
        )
        for column in goals
    )


def columns_of(
    head: Row,
    below: Sequence[Row],
    merged: Sequence[Span] = (),
    *,
    known: dict[int, Heading] | None = None,
    chosen: Mapping[int, ChosenRole] = MappingProxyType({}),
) -> Columns:
    """Return the columns of a table or a part of one.

    Args:
        head: the row of headings.
        below: the rows under it; the first 200 count.
        merged: merged cells.
        known: what the headings say, where that is told already.
        chosen: what a person says that columns hold.
    """
    known = known_headings(head, below) if known is None else known
    forced = tuple(column for column, role in chosen.items() if role == "goal" and column in head.cells)
    results = bool(forced) and all(known.get(column, Heading("goal", 1)).role == "result" for column in forced)
    known = _with_chosen(known, chosen)
    _drop_results(head, known)
    kind: GoalKind | None
    twins: tuple[int, ...]
    if forced:
        parents = [_best(known, "objective"), _best(known, "goal") if results else None]
        parent = next((column for column in parents if column and column not in forced), None)
        goals, kind, twins = forced, ("key_result" if results else None), ()
    else:
        goals, kind, parent, twins = _goals(head, known, below, merged)
        parent = next((column for column, role in chosen.items() if role == "parent"), parent)
    known.update({column: Heading("goal", _SURE) for column in forced})
    taken = {*goals, parent}
    left_out = {column for column, role in chosen.items() if role == "ignore"}
    units = sorted(column for column, text in head.cells.items() if column not in taken and names_department(text))
    units = [column for column, role in chosen.items() if role == "department"] + [
        column for column in units if column not in chosen
    ]
    department = units[0] if units else None
    roles = {
        column: str(found.role)
        for column, found in known.items()
        if column not in taken and (found.role in BESIDE or found.role in ("id", "kind", "weight"))
    }
    if department:
        roles.setdefault(department, "department")
    roles.update(dict.fromkeys(goals, "goal") | ({parent: "parent"} if parent else {}))
    beside = tuple(
        (column, _label(head.cells[column], found, heading(head.cells[column])))
        for column, found in known.items()
        if found.role in BESIDE and column not in taken and column in head.cells
    )
    shared = frozenset(
        column for column, found in known.items() if found.role in ("owner", "start", "deadline", "period", "status")
    )
    times = frozenset(column for column, found in known.items() if found.role in ("start", "deadline", "period"))
    carried = frozenset(
        column for column, found in known.items() if found.role == "period" and column < min(goals, default=0)
    )
    groups = tuple(
        (column, " ".join(text.split()))
        for column, text in sorted(head.cells.items())
        if column not in goals
        and column not in left_out
        and (column == parent or column not in known or known[column].role in (*GROUPS, "work"))
    )
    return Columns(
        goals,
        kind,
        parent,
        _best(known, "id"),
        _best(known, "kind"),
        _best(known, "weight"),
        beside,
        times,
        carried,
        shared,
        groups,
        _owner(head, known, taken),
        department,
        twins,
        tuple(sorted(roles.items())),
    )


def _label(head: str, found: Heading, told: Heading | None) -> str:
    """Return the words before a column's values; its role where a person chose it and its heading does not tell."""
    if found.grade < _SURE or (told is not None and told.role == found.role):
        return label(head, found.role)
    return _LABELS.get(found.role, ("", ""))[0 if _HAN.search(head) else 1] or label(head, found.role)


def _with_chosen(known: dict[int, Heading], chosen: Mapping[int, ChosenRole]) -> dict[int, Heading]:
    """Return what columns hold when a person's words count: what they chose is surest, what they passed over stays."""
    left = {column: found for column, found in known.items() if column not in chosen}
    for column, role in chosen.items():
        if role not in ("goal", "department", "ignore"):
            left[column] = Heading(_CHOSEN.get(role) or cast("Role", role), _SURE)
    return dict(sorted(left.items()))


def _owner(head: Row, known: dict[int, Heading], taken: Set[int | None]) -> int | None:
    """Return the column of owners, a person's before a department's."""
    columns = [column for column in _all(known, "owner") if column not in taken and column in head.cells]
    return min(
        columns,
        key=lambda column: (known[column].grade < _SURE, names_department(head.cells[column]), column),
        default=None,
    )


def _goals(
    head: Row, known: dict[int, Heading], rows: Sequence[Row], merged: Sequence[Span]
) -> tuple[tuple[int, ...], GoalKind | None, int | None, tuple[int, ...]]:
    """Return the columns of goals, their kind, the column of parents, and goal columns under the same heading."""
    results = _all(known, "result")
    goal, objective, metric = _best(known, "goal"), _best(known, "objective"), _best(known, "metric")
    if results and goal and _mostly_values(rows, goal):
        known[goal] = Heading("target", 2)
        return results, "key_result", objective, ()
    if results:
        return results, "key_result", goal or objective, ()
    if goal and metric and _mostly_values(rows, goal):
        known[goal] = Heading("target", 2)
        return (metric,), None, objective, ()
    if goal and metric and any(span.column == goal and head.number < span.top for span in merged):
        return (metric,), None, goal, ()
    if goal:
        return (goal,), None, objective, _twins(head, known, goal)
    specific = _best(known, "specific")
    if metric and not _has_goal({found.role for found in known.values()} - _GOALS):
        specific = None
    work = _best(known, "work")
    return tuple(filter(None, [objective or _best(known, "text") or work or specific or metric]))[:1], None, None, ()


def _drop_results(head: Row, known: dict[int, Heading]) -> None:
    """Take out the actual figures of a year for which there is a target: they are no baseline."""
    due = {period(head.cells[column]) for column, found in known.items() if found.role in ("goal", "target")} - {""}
    for column, found in list(known.items()):
        if found.role == "baseline" and is_dated(head.cells[column]) and period(head.cells[column]) in due:
            del known[column]


def _all(known: dict[int, Heading], role: Role) -> tuple[int, ...]:
    return tuple(column for column, found in known.items() if found.role == role)


def _best(known: dict[int, Heading], role: Role) -> int | None:
    columns = _all(known, role)
    return max(columns, key=lambda column: (known[column].grade, -column)) if columns else None


def _mostly_values(rows: Sequence[Row], column: int) -> bool:
    """Tell whether a column headed as goals holds figures only, as the 目标 column of a table of metrics does."""
    return mostly(_VALUE, rows, column)


def mostly(pattern: re.Pattern[str], rows: Sequence[Row], column: int) -> bool:
    """Tell whether most cells of a column are of a form, by the first 200 rows."""
    texts = [row.cells[column].strip()[:40] for row in rows[:200] if column in row.cells]
    return bool(texts) and 2 * sum(pattern.fullmatch(text) is not None for text in texts) > len(texts)


def _twins(head: Row, known: dict[int, Heading], goal: int) -> tuple[int, ...]:
    words = head.cells[goal].strip()
    twins = tuple(column for column in _all(known, "goal") if head.cells[column].strip() == words)
    return twins if len(twins) > 1 else ()


def refuse_twins(head: Row, columns: Columns, full: Set[int], name: str) -> None:
    """Refuse a table with two columns of goals under one heading; `full` are the columns that hold anything.

    Raises:
        InputError: both hold something.
    """
    if columns.twins and full >= set(columns.twins):
        raise InputError(
            f"{name}:{head.number}: columns {' and '.join(map(str, columns.twins))} are both headed "
            f"{head.cells[columns.twins[0]].strip()!r}.",
            "Rename the one that holds no goals.",
            name=name,
        )
