"""Reads goals from tables of every kind of file: the goal's cell, what stands beside it, its parent and its weight.

Knows nothing about file formats; `columns.py` says which column is which.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.errors import NoGoalColumn
from assistant.files.document import Row, Span, Table
from assistant.goals.findings import GoalKind
from assistant.lint.documents.chosen import NO_CHOICE, Choice, listed
from assistant.lint.documents.columns import Columns, refuse_twins
from assistant.lint.documents.kinds import kind_of, kind_of_id, only_kind
from assistant.lint.documents.parts import Section, lacks_chosen, sections
from assistant.lint.documents.record import Record
from assistant.lint.form import KEY_RESULT
from assistant.lint.plain import plain

_NOTHING = frozenset(("-", "–", "—", "——", "--", "/", "\\"))
_TOTAL = re.compile(r"(?:合计|总计|小计|总分|total|sub-?total|sum)[:：]?", re.I)
_OBJECTIVE = re.compile(r"o ?\d{1,2}(?:[:.、\s]|$)")
_WEIGHT = re.compile(r"\s*(\d{1,3}(?:\.\d+)?)\s*([%％]?)\s*(?:分|points?)?\s*")
_YEAR = re.compile(r"20\d\d年?")
_PART = re.compile(
    rf"q[1-4]|h[12]|第?[一二三四1-4]季度?|[上下]半年|\d{{1,2}}月|{'|'.join(month_name[1:]).lower()}"
    rf"|{'|'.join(month_abbr[1:]).lower()}"
)
_PART_OF_YEAR = re.compile(r"(?P<part>q[1-4]|h[12])[ /-]?(?P<year>20\d\d)", re.I)
_ROC_DAY = re.compile(r"(?:民國|民国)?(1[0-4]\d)[/.-](\d{1,2})[/.-](\d{1,2})")
"""A day of Taiwan's calendar, whose year 116 is 2027."""
_HAN = re.compile(r"[\u4e00-\u9fff]")


def read_tables(tables: Sequence[Table], name: str, choice: Choice = NO_CHOICE) -> list[Record]:
    """Return the goals of a file's tables, in order; a file of one column without heading is a list of goals.

    Of a choice of columns, tables that lack some are left out where others have all.

    Raises:
        NoGoalColumn: no table has a column of goals.
        UnknownColumn: a column that was named is nowhere.
    """
    if choice and not all(lacks_chosen(table, name, choice) for table in tables):
        tables = [table for table in tables if not lacks_chosen(table, name, choice)]
    parts = [(table, sections(table, name, choice)) for table in tables]
    if any(found for _, found in parts):
        return with_own_ids(
            [record for table, found in parts for part in found for record in _section(part, table, name)], name
        )
    full = [table for table in tables if table.rows]
    if full and all(len({column for row in table.rows for column in row.cells}) == 1 for table in full):
        return [
            plain_record(row, column, text, table.name, name)
            for table in full
            for row in table.rows
            for column, text in row.cells.items()
        ]
    raise no_goal_column(full, name)


def no_goal_column(tables: Sequence[Table], name: str) -> NoGoalColumn:
    """Return the error that names the columns of tables that have none of goals."""
    heads = "; ".join(
        (f"sheet {table.name!r}: " if table.name else "") + listed(table.rows[0].cells.values()) for table in tables[:5]
    )
    return NoGoalColumn(
        f"{name!r} has no column of goals; its columns are {heads or 'all blank'}.",
        "Name one column `goal` or `目标`.",
        name=name,
    )


def read_table(table: Table, name: str, choice: Choice = NO_CHOICE) -> list[Record]:
    """Return one record a row that has a goal; none where no heading is recognised.

    A choice of columns holds only where the table has them all.
    """
    if choice and lacks_chosen(table, name, choice):
        choice = NO_CHOICE
    return with_own_ids(
        [record for part in sections(table, name, choice) for record in _section(part, table, name)], name
    )


def _section(section: Section, table: Table, name: str) -> Iterator[Record]:
    overview = Overview(section.columns)
    for row in section.rows:
        overview.see(row)
    refuse_twins(section.head, section.columns, overview.full, name)
    carried = Carried(section.columns, overview, table.name, name, section.table)
    carried.partial = table.partial
    if table.merged:
        carried.spread(section.rows, table.merged)
    for row in section.rows:
        yield from carried.records(row)


class Overview:
    """What is known of a part of a table only when all of its rows were seen.

    Attributes:
        full: columns that hold anything.
        repeats: whether a blank parent says that there is none: the column repeats its values on neighbouring rows, or
            holds ids of other rows.
    """

    def __init__(self, columns: Columns) -> None:
        """Start before the first row."""
        self._columns = columns
        self.full: set[int] = set()
        self._results = self._named = False
        self._levels: set[GoalKind] = set()
        self._ids: set[str] = set()
        self._parents: set[str] = set()
        self._last_parent, self._equal = "", False
        self._most, self._sum, self._fraction, self._bare = Decimal(0), Decimal(0), False, False

    def see(self, row: Row) -> None:
        """Take a row into account."""
        columns, cells = self._columns, row.cells
        self.full.update(cells)
        if columns.kinds or columns.id:
            if kind := kind_of(cells.get(columns.kinds or 0, "")):
                self._named = True
                self._results = self._results or kind == "key_result"
            if level := kind_of_id(cells.get(columns.kinds or columns.id or 0, "")):
                self._levels.add(level)
        if columns.parent:
            value = cells.get(columns.parent, "").strip()
            self._equal = self._equal or bool(value and value == self._last_parent)
            self._last_parent = value
            self._parents.add(value)
            self._ids.add(cells.get(columns.id or 0, "").strip())
        if columns.weight and (match := _WEIGHT.fullmatch(cells.get(columns.weight, ""))) and not match[2]:
            weight = Decimal(match[1])
            self._bare = True
            self._most, self._sum = max(self._most, weight), self._sum + weight
            self._fraction = self._fraction or weight % 1 != 0

    @property
    def repeats(self) -> bool:
        """Tell whether a blank parent says that there is none."""
        return self._equal or not (self._ids - {""}).isdisjoint(self._parents)

    def kind(self, row: Row) -> GoalKind | None:
        """Return the kind that a column of kinds gives, else an id such as O1 or KR1 where both stand there.

        目标 beside 关键结果 means the objective.
        """
        columns = self._columns
        if self._named:
            return kind_of(row.cells.get(columns.kinds or 0, ""), beside_results=self._results)
        return kind_of_id(row.cells.get(columns.kinds or columns.id or 0, "")) if len(self._levels) > 1 else None

    def weight(self, row: Row) -> Decimal | None:
        """Return the weight of a row on the scale to 100; a column of fractions is read as shares of 1."""
        column = self._columns.weight
        match = _WEIGHT.fullmatch(row.cells.get(column, "")) if column else None
        if match is None:
            return None
        shares = self._bare and self._most <= 1 and (self._sum <= Decimal("1.5") or self._fraction)
        return Decimal(match[1]) * 100 if shares and not match[2] else Decimal(match[1])


class Carried:
    """Makes the records of a part of a table row by row, and carries from row to row what blank cells take over."""

    def __init__(self, columns: Columns, overview: Overview, sheet: str, name: str, table: int) -> None:
        """Start before the first row; `partial` says whether rows of the table were left out."""
        self.partial = False
        self._columns, self._overview = columns, overview
        self._sheet, self._name, self._table = sheet, name, table
        self._repeats = overview.repeats
        self._parent = ""
        self._objective: str | None = None
        self._last = {column: "" for column, _ in columns.groups}
        self._spread: Mapping[tuple[int, int], str] = {}

    def spread(self, rows: Sequence[Row], merged: Sequence[Span]) -> None:
        """Note what merged cells hold for the rows below their first."""
        columns = self._columns
        wide = {
            *columns.shared,
            *(column for column, _ in columns.groups),
            *([columns.parent] if columns.parent else []),
        }
        self._spread = _spread(rows, merged, wide)

    def records(self, row: Row) -> Iterator[Record]:
        """Yield the goals of the next row."""
        columns, overview = self._columns, self._overview
        kind = overview.kind(row) or columns.kind
        parent = self._next_parent(row)
        groups = self._next_groups(row)
        beside: str | None = None
        several = len(columns.goals) > 1
        for place, column, text in goal_cells(row, columns):
            level = kind or _level(text)
            if level == "objective" and columns.parent is None:
                self._objective = text
            own = row.cells.get(columns.id or 0, "").strip()
            nth = f".{place}" if several else ""
            if beside is None:
                beside = _beside(row, columns, self._value, groups)
            yield replace(
                plain_record(row, column, text, self._sheet, self._name),
                id=f"{own or place_of(self._name, self._sheet, row.number)}{nth}",
                own_id=own and f"{own}{nth}",
                kind=kind,
                beside=beside,
                parent=parent if columns.parent else self._objective if level == "key_result" else None,
                weight=overview.weight(row),
                table=self._table,
                groups=groups,
                owner=self._owner(),
                partial=self.partial,
            )

    def _value(self, row: Row, column: int) -> str:
        """Return a cell's value, or what a merged cell holds for it, where its column is shared by the rows."""
        value = row.cells.get(column)
        if value or column not in self._columns.shared:
            return value or ""
        return self._spread.get((row.number, column), "")

    def _next_parent(self, row: Row) -> str:
        """Return the row's parent; a blank cell takes over the one above, unless it says that there is none."""
        column = self._columns.parent
        if column is None:
            return ""
        value = row.cells.get(column, "").strip() or self._spread.get((row.number, column), "").strip()
        self._parent = value or ("" if self._repeats else self._parent)
        return self._parent

    def _next_groups(self, row: Row) -> tuple[tuple[str, str], ...]:
        """Return the cells of the row that say which part of the table it belongs to."""
        for column in self._last:
            value = " ".join((row.cells.get(column) or self._spread.get((row.number, column), "")).split())
            self._last[column] = value or self._last[column]
        return tuple((label, self._last[column]) for column, label in self._columns.groups)

    def _owner(self) -> str:
        columns = self._columns
        owner = self._last.get(columns.owner or 0, "")
        return owner if owner and owner not in _NOTHING else self._last.get(columns.department or 0, "")


def goal_cells(row: Row, columns: Columns) -> Iterator[tuple[int, int, str]]:
    """Yield place among the columns of goals from 1, column and words of each goal of a row."""
    for place, column in enumerate(columns.goals, start=1):
        text = row.cells.get(column, "").strip()
        if text and text not in _NOTHING and not _TOTAL.fullmatch(text) and (len(text) >= 20 or not only_kind(text)):
            yield place, column, text


def plain_record(row: Row, column: int, text: str, sheet: str, name: str) -> Record:
    """Return a cell as a goal about which nothing else is known."""
    place = place_of(name, sheet, row.number)
    return Record(place, text.strip(), None, None, row.number, sheet=sheet, column=column)


def place_of(name: str, sheet: str, row: int) -> str:
    """Return the id of a row that has none of its own."""
    return f"{name}:{sheet}:{row}" if sheet else f"{name}:{row}"


def with_own_ids(records: list[Record], name: str) -> list[Record]:
    """Return the records with the place as id where an id comes twice, as numbers do that start again per table."""
    counts = Counter(record.id for record in records)
    return [
        record if counts[record.id] == 1 else replace(record, id=place_of(name, record.sheet, record.line))
        for record in records
    ]


def _level(text: str) -> GoalKind | None:
    folded = plain(text[:40])
    if KEY_RESULT.match(folded):
        return "key_result"
    return "objective" if _OBJECTIVE.match(folded) else None


def _beside(row: Row, columns: Columns, value_of: Callable[[Row, int], str], group: tuple[tuple[str, str], ...]) -> str:
    above = {column: value for (column, _), (_, value) in zip(columns.groups, group, strict=True)}
    lines: list[tuple[str, str]] = []
    year: tuple[str, str] | None = None
    for column, label in columns.beside:
        value = " ".join(value_of(row, column).split())
        if column in columns.carried:
            value = value or above[column]
        if not value or value in _NOTHING:
            continue
        if column in columns.times:
            value = _time(value, plain(label))
            year = (label, value) if _YEAR.fullmatch(value) else year
        lines.append((label, value))
    if year:
        lines = _with_year(lines, year)
    return "\n".join(f"{label}: {value}" for label, value in lines)


def _time(value: str, label: str) -> str:
    """Return a bare number in a column of years, quarters or months as a time."""
    if not value.isdecimal():
        if (day := _ROC_DAY.fullmatch(value)) and _HAN.search(label):
            return f"{day[1]}年{int(day[2])}月{int(day[3])}日"
        part = _PART_OF_YEAR.fullmatch(value) if _HAN.search(label) else None
        return f"{part['year']}年{part['part']}" if part else value
    if len(value) == 4:
        return f"{value}年" if _HAN.search(label) else value
    number = int(value) if len(value) < 3 else 0
    if 1 <= number <= 4 and ("季" in label or "quarter" in label):
        return f"第{number}季度" if "季" in label else f"Q{number}"
    if 1 <= number <= 12 and ("月" in label or "month" in label):
        return f"{number}月" if "月" in label else month_name[number]
    return value


def _with_year(lines: list[tuple[str, str]], year: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the lines with the year in those that name a part of a year only, where there are such."""
    joined = [
        (label, f"{year[1]}{value}" if year[1].endswith("年") else f"{value} {year[1]}")
        if _PART.fullmatch(plain(value))
        else (label, value)
        for label, value in lines
    ]
    return [line for line in joined if line != year] if joined != lines else lines


def _spread(rows: Iterable[Row], merged: Iterable[Span], columns: Collection[int]) -> dict[tuple[int, int], str]:
    """Return the values that merged cells hold for the rows below their first."""
    values: dict[tuple[int, int], str] = {}
    numbers = {row.number: row for row in rows}
    for span in merged:
        top = numbers.get(span.top)
        if span.column in columns and top is not None and (value := top.cells.get(span.column)):
            values.update(
                {(number, span.column): value for number in numbers if span.top < number <= span.bottom}
                if span.bottom - span.top > len(numbers)
                else {(number, span.column): value for number in range(span.top + 1, span.bottom + 1)}
            )
    return values
