"""Finds the heading rows of a table and chooses the columns: which holds the goals, which stand beside them.

Knows nothing about records or file formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from assistant.errors import InputError
from assistant.files.document import Row, Table
from assistant.goals.findings import GoalKind
from assistant.lint.documents.headings import (
    BESIDE,
    GROUPS,
    Heading,
    Role,
    fields,
    heading,
    headings,
    is_dated,
    is_remark,
    label,
    period,
    typed,
)
from assistant.lint.documents.kinds import kinds_of, kinds_of_ids, only_kind

_ABOVE = 30
"""Rows in which the first heading is looked for: titles, remarks and blanks may stand above it."""
_SAMPLE = 40
"""Rows by which a form is told from other tables."""
_ASIDE = 100_000
"""Where the columns begin into which the rows of a form are turned: beyond those of any sheet."""
_LAST_NUMBER = re.compile(r"[ #]*(?:\d{1,3}|[一二三四五六七八九十]{1,3})$")
_GOALS: frozenset[Role] = frozenset(("goal", "objective", "result", "work", "text", "metric"))
_WORDED: frozenset[Role] = frozenset(("goal", "objective", "result", "text"))
_VALUE = re.compile(
    r"\s*(?:[≥≤<>=~≈约]|不低于|不超过|不高于|低于|高于|at least|at most|up to)*\s*[¥$€£]?"
    r"\s*[-+]?\d[\d,.]*\s*(?:[-–~至到]\s*\d[\d,.]*)?\s*"
    r"(?:\S{0,4}|[a-z%]{0,12}(?: ?(?:/|per|an?) ?[a-z]{1,9})?)\s*",
    re.I,
)


_DAY = re.compile(r"(?:20\d\d|1[0-4]\d) ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?|20\d\d ?年.{1,8}")
_NUMBERED = re.compile(r"\d")
_HAN = re.compile(r"[\u4e00-\u9fff]")


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
        groups: columns that say which part of the table a row belongs to, with their headings.
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


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the rows under it; `table` is the number of the first row that holds goals of the same table."""

    columns: Columns
    rows: tuple[Row, ...]
    table: int


def sections(table: Table, name: str) -> list[Section]:
    """Return the parts of a table that have a column of goals; none where no heading is recognised.

    Raises:
        InputError: two columns of goals have the same heading.
    """
    if forms := _forms(table, name):
        return forms
    if marked := _marked(table):
        return [marked]
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
        Section(
            _columns(table.rows[cut], _known(table.rows[cut], rows), rows, table, name),
            rows,
            rows[0].number if rows else 0,
        )
        for cut, end in zip(cuts, ends, strict=True)
        for rows in [table.rows[cut + 1 : end]]
    ]


def _known(head: Row, below: Sequence[Row]) -> dict[int, Heading]:
    """Return what the columns hold; beside kinds such as Objective and 关键结果, one of descriptions holds goals."""
    found = headings(head.cells)
    kinds = _best(found, "kind")
    words = typed(head.cells)
    worded = {known.role for known in found.values()} & _WORDED
    if kinds and words and not worded and any(only_kind(row.cells.get(kinds, "")) for row in below[:_SAMPLE]):
        found[words] = Heading("goal", 3)
    return dict(sorted(found.items()))


def _marked(table: Table) -> Section | None:
    """Return a table without heading whose rows begin with O1, KR1 and the like as one part; None for others."""
    full = [row for row in table.rows if len(row.cells) > 1]
    firsts = {row.number: row.cells[min(row.cells)] for row in full}
    marks = kinds_of_ids(firsts) or kinds_of(firsts)
    rows = [row for row in full if row.number in marks]
    if len(set(marks.values())) < 2 or 5 * len(rows) < 4 * len(full) or len({min(row.cells) for row in rows}) > 1:
        return None
    above = [row for row in table.rows if row.number < rows[0].number]
    if any(_score(row, rows[:3]) for row in above):
        return None
    kinds = min(rows[0].cells)
    words = min((column for row in rows for column in row.cells if column != kinds), default=0)
    others = sorted({column for row in rows for column in row.cells} - {kinds, words})
    due = tuple(column for column in others if _mostly(_DAY, rows, column))
    label = "截止日期" if any(_HAN.search(row.cells.get(words, "")) for row in rows) else "Due"
    columns = Columns(
        (words,), None, None, None, kinds, None, tuple((at, label) for at in due), frozenset(due), frozenset(),
        frozenset(), (),
    )  # fmt: skip
    return Section(columns, tuple(rows), rows[0].number)


def lists_fields(table: Table) -> bool:
    """Tell whether a table is a form of a goal's fields in which no label names the goal itself."""
    form = _form(table.rows)
    return form is not None and not {found.role for found in form.known.values()} & _GOALS


@dataclass(frozen=True, slots=True)
class _Form:
    """A table in two columns, labels and what they stand for; `known` by number of the row."""

    left: int
    right: int
    known: dict[int, Heading]


def _form(rows: Sequence[Row]) -> _Form | None:
    """Return the labels of a form; a title or a heading of its own may stand above them."""
    return _form_of(rows) if len(rows) <= _SAMPLE or _form_of(rows[:_SAMPLE]) else None


def _form_of(rows: Sequence[Row]) -> _Form | None:
    full = [row for row in rows if len(row.cells) > 1]
    columns = sorted({column for row in full for column in row.cells})
    if len(columns) != 2:
        return None
    left, right = columns
    known = fields({row.number: row.cells[left] for row in full})
    roles = {found.role for found in known.values()}
    goals_only = roles == {"goal"} and len(full) == len(known) > 1
    if (len(roles) < 2 and not goals_only) or not roles & (_GOALS | {"specific"}):
        return None
    headed = full[0].number in known and len(fields(full[0].cells)) == 2
    other = sum(row.number not in known and not is_remark(row.cells[left]) for row in full)
    return None if headed or 4 * other > len(known) + other + 1 else _Form(left, right, known)


def _forms(table: Table, name: str) -> list[Section]:
    """Return the goals of a form as sections of one row each, its labels being the heading."""
    form = _form(table.rows)
    if form is None:
        return []
    rows = [row for row in table.rows if row.number in form.known]
    found = []
    for part in _parted(rows, form.left, form.known):
        head = Row(part[0].number, {_ASIDE + at: row.cells[form.left] for at, row in enumerate(part)})
        cells = {_ASIDE + at: row.cells[form.right] for at, row in enumerate(part)}
        roles = {_ASIDE + at: form.known[row.number] for at, row in enumerate(part)}
        columns = _columns(head, roles, [Row(part[0].number, cells)], Table(()), name)
        for goal in columns.goals:
            row = Row(part[goal - _ASIDE].number, {**cells, form.right: cells[goal]})
            found.append(
                Section(replace(columns, goals=(form.right,), carried=frozenset(), groups=()), (row,), rows[0].number)
            )
    return found


def _parted(rows: Sequence[Row], left: int, known: dict[int, Heading]) -> list[list[Row]]:
    """Return the rows of each goal of a form: the next begins where the first label, or the goal's, comes again."""
    labels = [_LAST_NUMBER.sub("", " ".join(row.cells[left].split()).rstrip(" :：")) for row in rows]
    goals = [label for label, row in zip(labels, rows, strict=True) if known[row.number].role in ("goal", "objective")]
    again = labels[0] if labels.count(labels[0]) > 1 or not goals else goals[0]
    cuts = [at for at, label in enumerate(labels) if label == again][1:]
    return [list(rows[cut:end]) for cut, end in zip([0, *cuts], [*cuts, len(rows)], strict=True)]


def recognises(heads: Sequence[str]) -> bool:
    """Tell whether cells are the heading of a table of goals: a goal column and at least one more known one."""
    cells = dict(enumerate(heads))
    roles = {found.role for found in headings(cells).values() if found.grade >= 2}
    return len(roles) > 1 and (_has_goal(roles) or ("kind" in roles and typed(cells) is not None))


def _has_goal(roles: Set[Role]) -> bool:
    """Tell whether a column holds goals; one headed 具体 does where the other letters of SMART have columns too."""
    return bool(roles & _GOALS) or ("specific" in roles and "standard" in roles and bool(roles & {"aside", "deadline"}))


def _first_heading(rows: Sequence[Row]) -> int | None:
    scores = [(_score(row, rows[at + 1 : at + 4]), -at) for at, row in enumerate(rows[:_ABOVE])]
    if not scores or (best := max(scores))[0] == 0:
        return None
    return -best[1]


def _score(row: Row, below: Sequence[Row], *, exact: bool = False) -> int:
    """Return how surely a row is a heading with a goal column, 0 where it is none; `exact`: every cell is known."""
    if exact and not all(heading(text) or len(text.strip()) == 1 for text in row.cells.values()):
        return 0
    found = _known(row, below)
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


def _columns(head: Row, known: dict[int, Heading], rows: Sequence[Row], table: Table, name: str) -> Columns:
    _drop_results(head, known)
    parent: int | None = None
    kind: GoalKind | None = None
    results = _all(known, "result")
    goal, objective, metric = _best(known, "goal"), _best(known, "objective"), _best(known, "metric")
    if results and goal and _mostly_values(rows, goal):
        goals, kind, parent = results, "key_result", objective
        known[goal] = Heading("target", 2)
    elif results:
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
        specific = _best(known, "specific")
        if metric and not _has_goal({found.role for found in known.values()} - _GOALS):
            specific = None
        work = _best(known, "work")
        goals = tuple(filter(None, [objective or _best(known, "text") or work or specific or metric]))
    taken = {*goals, parent}
    beside = tuple(
        (column, label(head.cells[column], found.role))
        for column, found in known.items()
        if found.role in BESIDE and column not in taken
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
        if column not in goals and (column == parent or column not in known or known[column].role in (*GROUPS, "work"))
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
    )


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
    return _mostly(_VALUE, rows, column)


def _mostly(pattern: re.Pattern[str], rows: Sequence[Row], column: int) -> bool:
    texts = [row.cells[column].strip()[:40] for row in rows[:200] if column in row.cells]
    return bool(texts) and 2 * sum(pattern.fullmatch(text) is not None for text in texts) > len(texts)


def _refuse_twins(head: Row, rows: Sequence[Row], known: dict[int, Heading], goal: int, name: str) -> None:
    words = head.cells[goal].strip()
    twins = [column for column in _all(known, "goal") if head.cells[column].strip() == words]
    if len(twins) > 1 and all(any(column in row.cells for row in rows) for column in twins):
        raise InputError(
            f"{name}:{head.number}: columns {' and '.join(map(str, twins))} are both headed {words!r}.",
            "Rename the one that holds no goals.",
            name=name,
        )
