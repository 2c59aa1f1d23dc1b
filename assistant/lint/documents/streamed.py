"""Reads goals from long tables and lists row by row, with the same result as reading them whole.

What can be told only when all rows were seen (which ids come twice, whether weights are shares) is gathered in a first
pass. Knows nothing about files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from assistant.files.delimited import Streamed
from assistant.files.document import Row, Table
from assistant.lint.documents.chosen import NO_CHOICE, Choice
from assistant.lint.documents.columns import Columns, columns_of, recognises, refuse_twins, score
from assistant.lint.documents.delimited import too_wide
from assistant.lint.documents.kinds import kinds_of, kinds_of_ids, only_kind
from assistant.lint.documents.parts import Opening, may_be_form, opening
from assistant.lint.documents.record import Record
from assistant.lint.documents.table import Carried, Overview, goal_cells, no_goal_column, place_of, plain_record

_HEAD = 400
"""Rows at the beginning by which headings are found and columns told."""
_TOLD_BY = 200
"""Rows of a part by which its columns are told."""
_SHOWN = 30
_MOST_NAMED = 5


class NotStreamed(Exception):
    """The table is of a kind that can only be read whole: a form, or rows marked O1 and KR1 without heading."""


@dataclass(slots=True)
class Part:
    """A heading and what is known of the rows under it, without the rows."""

    head: Row
    columns: Columns
    overview: Overview
    table: int
    sample: tuple[Row, ...]


@dataclass(slots=True)
class LongTable:
    """A table of which only what all rows say together is known.

    Attributes:
        parts: its parts in order; none in a list of one column without heading.
        heads: numbers of the rows that are headings.
        count: how many goals it holds.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    first: Opening | None = None
    parts: list[Part] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    count: int = 0

    def records(self) -> Iterator[Record]:
        """Yield the goals in order; a fresh pass each time."""
        if self.first is None:
            for row in self.rows():
                for column, text in row.cells.items():
                    yield plain_record(row, column, text, "", self.name)
            return
        parts = iter(self.parts)
        carried: Carried | None = None
        rows: Iterator[Row] = islice(self.rows(), self.first.first, None)
        if not self.first.first:
            carried = self._carried(next(parts))
        else:
            rows = chain([self.first.head], rows)
        for row in rows:
            if row.number in self.heads:
                carried = self._carried(next(parts))
            elif carried is not None:
                for record in carried.records(row):
                    yield replace(record, id=place_of(self.name, "", row.number)) if record.id in self.twice else record

    def _carried(self, part: Part) -> Carried | None:
        return Carried(part.columns, part.overview, "", self.name, part.table) if part.columns.goals else None


def table_rows(lines: Iterable[Streamed], separator: str, name: str) -> Iterator[Row]:
    """Yield the rows that hold anything.

    Raises:
        InputError: a row has more cells than the heading.
    """
    full = (line for line in lines if any(value.strip() for value in line.values))
    head = list(islice(full, _HEAD))
    width = len(next((line for line in head if recognises(line.values)), head[0]).values) if head else 0
    alone = len(head) == 1
    wide: list[Streamed] = []
    for line in chain(head, full):
        if separator and width > 1 and not alone and any(value.strip() for value in line.values[width:]):
            wide.append(line)
            if len(wide) > _MOST_NAMED:
                break
        yield Row(line.number, {at: value for at, value in enumerate(line.values, start=1) if value.strip()})
    if wide:
        raise too_wide([line.number for line in wide], len(wide[0].values), width, separator, name)


def long_table(rows: Callable[[], Iterator[Row]], name: str, choice: Choice = NO_CHOICE) -> LongTable:
    """Return a table whose records can be read in a stream.

    Args:
        rows: gives a fresh pass over the rows that hold anything.
        name: the file's name.
        choice: columns as a person named them.

    Raises:
        NotStreamed: it can only be read whole.
        NoGoalColumn: it has no column of goals.
        InputError: as `read_tables` does.
    """
    coming = rows()
    head = list(islice(coming, _HEAD))
    if not choice and may_be_form(head):
        raise NotStreamed
    table = LongTable(name, rows, opening(head, name, choice))
    marks = _Marks()
    columns: set[int] = set()
    all_rows = chain(head, coming)

    def watched() -> Iterator[Row]:
        for row in all_rows:
            marks.see(row)
            columns.update(row.cells)
            yield row

    if table.first is not None:
        _look_over(table, watched())
    else:
        table.count = sum(len(row.cells) for row in watched())
    if not choice and marks.head_a_table(head):
        raise NotStreamed
    for part in table.parts:
        refuse_twins(part.head, part.columns, part.overview.full, name)
    if not any(part.columns.goals for part in table.parts):
        if len(columns) != 1:
            raise no_goal_column([Table(tuple(head))] if head else [], name)
        table.first, table.count = None, sum(len(row.cells) for row in rows())
    return table


def _look_over(table: LongTable, rows: Iterator[Row]) -> None:
    """Gather the parts of a table and what all rows of each say together."""
    first = table.first
    assert first is not None
    seen: set[str] = set()
    waiting: list[Row] = []
    part: Part | None = None
    head = first.head
    if first.first:
        table.heads.add(first.head.number)

    def settle() -> Part:
        columns = columns_of(head, waiting, chosen=first.chosen)
        number = waiting[0].number if waiting else 0
        made = Part(head, columns, Overview(columns), number, tuple(waiting[:_SHOWN]))
        table.parts.append(made)
        for row in waiting:
            see(made, row)
        waiting.clear()
        return made

    def see(part: Part, row: Row) -> None:
        part.overview.see(row)
        own = row.cells.get(part.columns.id or 0, "").strip()
        several = len(part.columns.goals) > 1
        for place, _, _ in goal_cells(row, part.columns):
            table.count += 1
            if own:
                id = f"{own}.{place}" if several else own
                (table.twice if id in seen else seen).add(id)

    rows = islice(rows, first.first, None)
    row = next(rows, None)
    while row is not None:
        following = next(rows, None)
        if first.again(row, [following] if following else []):
            if part is None:
                settle()
            head, part = row, None
            table.heads.add(row.number)
        elif part is not None:
            see(part, row)
        else:
            waiting.append(row)
            if len(waiting) >= _TOLD_BY:
                part = settle()
        row = following
    if part is None:
        settle()


class _Marks:
    """Watches for tables without heading whose rows begin with O1, KR1 and the like."""

    def __init__(self) -> None:
        self.full = 0
        self.firsts: dict[int, tuple[int, str]] = {}

    def see(self, row: Row) -> None:
        if len(row.cells) < 2:
            return
        self.full += 1
        column = min(row.cells)
        if only_kind(row.cells[column]):
            self.firsts[row.number] = column, row.cells[column]

    def head_a_table(self, head: list[Row]) -> bool:
        """Tell whether the rows are such a table, or may be one as far as can be told by its beginning."""
        cells = {number: cell for number, (_, cell) in self.firsts.items()}
        marks = kinds_of_ids(cells) or kinds_of(cells)
        if len(set(marks.values())) < 2 or 5 * len(marks) < 4 * self.full:
            return False
        if len({self.firsts[number][0] for number in marks}) > 1:
            return False
        rows = [row for row in head if row.number in marks][:3]
        above = [row for row in head if row.number < min(marks)]
        return not any(score(row, rows) for row in above)


def unique_ids(records: Callable[[], Iterator[Record]], name: str) -> tuple[int, Callable[[], Iterator[Record]]]:
    """Return how many records there are, and them with their place as id where an id comes twice.

    Raises:
        InputError: the records cannot be read.
    """
    seen: set[str] = set()
    twice: set[str] = set()
    count = 0
    for record in records():
        count += 1
        if record.own_id:
            (twice if record.id in seen else seen).add(record.id)

    def again() -> Iterator[Record]:
        for record in records():
            nth = f".{record.column}" if record.column else ""
            same = record.id in twice
            yield replace(record, id=f"{place_of(name, '', record.line)}{nth}") if same else record

    return count, again if twice else records
