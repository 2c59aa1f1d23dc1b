"""Cuts a table into parts, each with its heading; forms and tables without heading are parts, too.

Knows where in a table headings stand; nothing about what they mean, records or file formats.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from assistant.files.document import Row, Table
from assistant.lint.documents.chosen import NO_CHOICE, Choice, ChosenRole, UnknownColumn, found_columns
from assistant.lint.documents.columns import Columns, columns_of, mostly, refuse_twins, score
from assistant.lint.documents.headings import Heading, Role, fields, heading, is_remark, names_department
from assistant.lint.documents.kinds import kinds_of, kinds_of_ids

_ABOVE = 30
"""Rows in which the first heading is looked for: titles, remarks and blanks may stand above it."""
_SAMPLE = 40
"""Rows by which a form is told from other tables."""
ASIDE = 100_000
"""Where the columns begin into which the rows of a form are turned: beyond those of any sheet."""
_LAST_NUMBER = re.compile(r"[ #]*(?:\d{1,3}|[一二三四五六七八九十]{1,3})$")
_GOALS: frozenset[Role] = frozenset(("goal", "objective", "result", "work", "text", "metric"))
_DAY = re.compile(r"(?:20\d\d|1[0-4]\d) ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?|20\d\d ?年.{1,8}")
_DIGIT = re.compile(r"\d")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_HEAD = 20


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a table.

    Attributes:
        columns: what its columns hold.
        rows: the rows under its heading.
        table: number of the first row that holds goals of the same table.
        head: its heading; of number 0, without cells or made up of roles, where it has none.
    """

    columns: Columns
    rows: tuple[Row, ...]
    table: int
    head: Row


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the first part of a table begins.

    Attributes:
        head: its heading; made up of roles, and of number 0, where there is none.
        first: how many rows of the table stand before the first one under it.
        chosen: what a person says that columns hold.
    """

    head: Row
    first: int
    chosen: Mapping[int, ChosenRole]

    def again(self, row: Row, below: Sequence[Row]) -> bool:
        """Tell whether a further row is a heading, too; `below` is the row under it."""
        return row.cells == self.head.cells if self.chosen else score(row, below, exact=True) > 0


def sections(table: Table, name: str, choice: Choice = NO_CHOICE) -> list[Section]:
    """Return the parts of a table that have a column of goals; none where no heading is recognised.

    Args:
        table: the table.
        name: the file's name, for messages.
        choice: columns as a person named them; a table without any of them has no parts.

    Raises:
        UnknownColumn: the table has some of the columns that were named, but not all.
        InputError: a form names two goals alike.
    """
    if not choice:
        if forms := _forms(table, name):
            return forms
        if marked := _marked(table):
            return [marked]
    first = opening(table.rows, name, choice)
    if first is None:
        return []
    cuts = [first.first]
    cuts += [
        at + 1 for at in range(first.first, len(table.rows)) if first.again(table.rows[at], table.rows[at + 1 : at + 2])
    ]
    ends = [*(cut - 1 for cut in cuts[1:]), len(table.rows)]
    parts = []
    for cut, end in zip(cuts, ends, strict=True):
        rows = table.rows[cut:end]
        head = first.head if cut == first.first else table.rows[cut - 1]
        columns = columns_of(head, rows, table.merged, chosen=first.chosen)
        if columns.goals:
            parts.append(Section(columns, rows, rows[0].number if rows else 0, head))
    return parts


def opening(rows: Sequence[Row], name: str, choice: Choice = NO_CHOICE) -> Opening | None:
    """Return where the goals of a table without forms begin, by its first rows; None where no heading is recognised.

    Raises:
        UnknownColumn: a column that was named is not there.
    """
    if not choice:
        first = _first_heading(rows)
        return None if first is None else Opening(rows[first], first + 1, {})
    at, columns = found_columns(choice, rows, name)
    if at is None:
        at = _first_heading(rows)
    if at is None and rows and _looks_headed(rows, columns):
        at = 0
    if at is not None:
        return Opening(rows[at], at + 1, columns)
    made = Row(0, {column: role for column, role in columns.items() if role != "ignore"})
    return Opening(made, 0, columns) if "goal" in columns.values() else None


def _looks_headed(rows: Sequence[Row], chosen: Mapping[int, ChosenRole]) -> bool:
    """Tell whether the first row holds headings rather than goals: known words, or few beside those below it."""
    first = rows[0]
    if any((known := heading(text)) and known.grade >= 2 for text in first.cells.values()):
        return True
    if any(names_department(text) for text in first.cells.values()):
        return True
    for column in (column for column, role in chosen.items() if role == "goal"):
        text = first.cells.get(column, "").strip()
        below = [len(row.cells[column].strip()) for row in rows[1:_ABOVE] if column in row.cells]
        if text and below and not _DIGIT.search(text):
            return len(text) <= _LONGEST_HEAD and 2 * len(text) <= median(below)
    return False


def lacks_chosen(table: Table, name: str, choice: Choice) -> bool:
    """Tell whether a table lacks a column that was named, as further sheets of a workbook may."""
    try:
        found_columns(choice, table.rows, name)
    except UnknownColumn:
        return True
    return False


def _marked(table: Table) -> Section | None:
    """Return a table without heading whose rows begin with O1, KR1 and the like as one part; None for others."""
    full = [row for row in table.rows if len(row.cells) > 1]
    firsts = {row.number: row.cells[min(row.cells)] for row in full}
    marks = kinds_of_ids(firsts) or kinds_of(firsts)
    rows = [row for row in full if row.number in marks]
    if len(set(marks.values())) < 2 or 5 * len(rows) < 4 * len(full) or len({min(row.cells) for row in rows}) > 1:
        return None
    above = [row for row in table.rows if row.number < rows[0].number]
    if any(score(row, rows[:3]) for row in above):
        return None
    kinds = min(rows[0].cells)
    words = min((column for row in rows for column in row.cells if column != kinds), default=0)
    others = sorted({column for row in rows for column in row.cells} - {kinds, words})
    due = tuple(column for column in others if mostly(_DAY, rows, column))
    label = "截止日期" if any(_HAN.search(row.cells.get(words, "")) for row in rows) else "Due"
    columns = Columns(
        (words,), None, None, None, kinds, None, tuple((at, label) for at in due), frozenset(due), frozenset(),
        frozenset(), (),
    )  # fmt: skip
    return Section(columns, tuple(rows), rows[0].number, Row(0, {}))


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


def may_be_form(rows: Sequence[Row]) -> bool:
    """Tell whether a table that begins so may be a form."""
    return _form_of(rows[:_SAMPLE]) is not None


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
        head = Row(part[0].number, {ASIDE + at: row.cells[form.left] for at, row in enumerate(part)})
        cells = {ASIDE + at: row.cells[form.right] for at, row in enumerate(part)}
        roles = {ASIDE + at: form.known[row.number] for at, row in enumerate(part)}
        columns = columns_of(head, [Row(part[0].number, cells)], known=roles)
        refuse_twins(head, columns, cells.keys(), name)
        for goal in columns.goals:
            row = Row(part[goal - ASIDE].number, {**cells, form.right: cells[goal]})
            found.append(
                Section(
                    replace(columns, goals=(form.right,), carried=frozenset(), groups=()), (row,), rows[0].number, head
                )
            )
    return found


def _parted(rows: Sequence[Row], left: int, known: dict[int, Heading]) -> list[list[Row]]:
    """Return the rows of each goal of a form: the next begins where the first label, or the goal's, comes again."""
    labels = [_LAST_NUMBER.sub("", " ".join(row.cells[left].split()).rstrip(" :：")) for row in rows]
    goals = [label for label, row in zip(labels, rows, strict=True) if known[row.number].role in ("goal", "objective")]
    again = labels[0] if labels.count(labels[0]) > 1 or not goals else goals[0]
    cuts = [at for at, label in enumerate(labels) if label == again][1:]
    return [list(rows[cut:end]) for cut, end in zip([0, *cuts], [*cuts, len(rows)], strict=True)]


def _first_heading(rows: Sequence[Row]) -> int | None:
    scores = [(score(row, rows[at + 1 : at + 4]), -at) for at, row in enumerate(rows[:_ABOVE])]
    if not scores or (best := max(scores))[0] == 0:
        return None
    return -best[1]
