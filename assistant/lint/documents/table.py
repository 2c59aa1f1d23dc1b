"""Reads goals from tables of every kind of file: the goal's cell, what stands beside it, its parent and its weight.

Knows nothing about file formats; `columns.py` says which column is which.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.errors import NoGoalColumn
from assistant.files.document import Row, Span, Table
from assistant.goals.findings import GoalKind
from assistant.lint.documents.columns import Columns, Section, sections
from assistant.lint.documents.kinds import kinds_of, kinds_of_ids, only_kind
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


def read_tables(tables: Sequence[Table], name: str) -> list[Record]:
    """Return the goals of a file's tables, in order; a file of one column without heading is a list of goals.

    Raises:
        NoGoalColumn: no table has a column of goals.
    """
    found = [record for table in tables for record in read_table(table, name)]
    if found or any(sections(table, name) for table in tables):
        return with_own_ids(found, name)
    full = [table for table in tables if table.rows]
    if full and all(len({column for row in table.rows for column in row.cells}) == 1 for table in full):
        return [
            _record(row, column, text, table.name, name)
            for table in full
            for row in table.rows
            for column, text in row.cells.items()
        ]
    heads = "; ".join(
        (f"sheet {table.name!r}: " if table.name else "")
        + ", ".join(repr(head.strip()[:30]) for head in list(table.rows[0].cells.values())[:20])
        for table in full[:5]
    )
    raise NoGoalColumn(
        f"{name!r} has no column of goals; its columns are {heads or 'all blank'}.",
        "Name one column `goal` or `目标`.",
        name=name,
    )


def read_table(table: Table, name: str) -> list[Record]:
    """Return one record a row that has a goal; none where no heading is recognised."""
    return with_own_ids([record for part in sections(table, name) for record in _section(part, table, name)], name)


def _section(section: Section, table: Table, name: str) -> Iterator[Record]:
    columns = section.columns
    parents = _parents(section, table.merged)
    weights = _weights(section)
    spread = _spread(section.rows, table.merged, columns.shared)
    kinds = _kinds(section)
    groups = _groups(section, table.merged)
    several = len(columns.goals) > 1
    last: str | None = None
    for row in section.rows:
        kind = kinds.get(row.number, columns.kind)
        for place, column in enumerate(columns.goals, start=1):
            text = row.cells.get(column, "").strip()
            if not text or text in _NOTHING or _TOTAL.fullmatch(text) or (len(text) < 20 and only_kind(text)):
                continue
            level = kind or _level(text)
            if level == "objective" and columns.parent is None:
                last = text
            own = row.cells.get(columns.id or 0, "").strip()
            nth = f".{place}" if several else ""
            yield replace(
                _record(row, column, text, table.name, name),
                id=f"{own or _place(name, table.name, row.number)}{nth}",
                own_id=own and f"{own}{nth}",
                kind=kind,
                beside=_beside(row, columns, spread, groups[row.number]),
                parent=parents.get(row.number, "") if columns.parent else last if level == "key_result" else None,
                weight=weights.get(row.number),
                table=section.table,
                groups=groups[row.number],
            )


def _kinds(section: Section) -> dict[int, GoalKind]:
    """Return the kinds that a column of kinds gives, else ids such as O1 and KR1 that stand together.

    目标 beside 关键结果 means the objective.
    """
    columns = section.columns
    named = kinds_of({row.number: row.cells.get(columns.kinds or 0, "") for row in section.rows})
    ids = kinds_of_ids({row.number: row.cells.get(columns.kinds or columns.id or 0, "") for row in section.rows})
    return named or ids


def _record(row: Row, column: int, text: str, sheet: str, name: str) -> Record:
    place = _place(name, sheet, row.number)
    return Record(place, text.strip(), None, None, row.number, sheet=sheet, column=column)


def _place(name: str, sheet: str, row: int) -> str:
    return f"{name}:{sheet}:{row}" if sheet else f"{name}:{row}"


def with_own_ids(records: list[Record], name: str) -> list[Record]:
    """Return the records with the place as id where an id comes twice, as numbers do that start again per table."""
    counts = Counter(record.id for record in records)
    return [
        record if counts[record.id] == 1 else replace(record, id=_place(name, record.sheet, record.line))
        for record in records
    ]


def _level(text: str) -> GoalKind | None:
    folded = plain(text[:40])
    if KEY_RESULT.match(folded):
        return "key_result"
    return "objective" if _OBJECTIVE.match(folded) else None


def _beside(row: Row, columns: Columns, spread: dict[tuple[int, int], str], group: tuple[tuple[str, str], ...]) -> str:
    above = {column: value for (column, _), (_, value) in zip(columns.groups, group, strict=True)}
    lines: list[tuple[str, str]] = []
    year: tuple[str, str] | None = None
    for column, label in columns.beside:
        value = " ".join((row.cells.get(column) or spread.get((row.number, column), "")).split())
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


def _spread(rows: Iterable[Row], merged: Iterable[Span], columns: frozenset[int]) -> dict[tuple[int, int], str]:
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


def _parents(section: Section, merged: Sequence[Span]) -> dict[int, str]:
    """Return the parent of each row that has one.

    A blank cell takes over the one above, unless the column repeats its values on neighbouring rows or holds ids of
    other rows: then a blank says that there is no parent.
    """
    column = section.columns.parent
    if column is None:
        return {}
    written = [row.cells.get(column, "").strip() for row in section.rows]
    ids = {row.cells.get(section.columns.id or 0, "").strip() for row in section.rows} - {""}
    repeats = not ids.isdisjoint(written) or any(value and value == above for above, value in pairwise(written))
    spread = _spread(section.rows, merged, frozenset((column,)))
    parents: dict[int, str] = {}
    last = ""
    for row, value in zip(section.rows, written, strict=True):
        value = value or spread.get((row.number, column), "").strip() or ("" if repeats else last)
        last = value
        parents[row.number] = value
    return parents


def _groups(section: Section, merged: Sequence[Span]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return the cells of each row that say which part of the table it belongs to."""
    columns = section.columns.groups
    spread = _spread(section.rows, merged, frozenset(column for column, _ in columns))
    last = {column: "" for column, _ in columns}
    found = {}
    for row in section.rows:
        for column in last:
            value = " ".join((row.cells.get(column) or spread.get((row.number, column), "")).split())
            last[column] = value or last[column]
        found[row.number] = tuple((label, last[column]) for column, label in columns)
    return found


def _weights(section: Section) -> dict[int, Decimal]:
    """Return the weight of each row on the scale to 100; a column of fractions is read as shares of 1."""
    column = section.columns.weight
    found: dict[int, tuple[Decimal, bool]] = {}
    for row in section.rows:
        if column and (match := _WEIGHT.fullmatch(row.cells.get(column, ""))):
            found[row.number] = Decimal(match[1]), bool(match[2])
    bare = [value for value, percent in found.values() if not percent]
    shares = bool(bare) and max(bare) <= 1 and (sum(bare) <= Decimal("1.5") or any(value % 1 for value in bare))
    return {number: value * 100 if shares and not percent else value for number, (value, percent) in found.items()}
