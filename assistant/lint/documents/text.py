"""Reads goals from plain text and Markdown: lines, list items, tables, labelled goals, objectives with key results.

Headings, prose, page chrome, code, comments and front matter are not goals. Knows nothing about how goals are judged.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from assistant.files.document import Row, Table
from assistant.lint.documents.blocks import cut_blocks
from assistant.lint.documents.lines import Line, cut_lines, mark_length, tell_sorts
from assistant.lint.documents.record import Record
from assistant.lint.documents.table import read_table, with_own_ids

_ABOUT_GOALS = re.compile(r"目标|计划|指标|okr|kpi|goal|target|objective|plan(?![a-z])")
_BAR = re.compile(r"(?<!\\)\|")


def read(document: str, name: str) -> list[Record]:
    """Return the goals of a text, in order."""
    return read_lines(list(cut_lines(document)), document, name)


def read_lines(lines: list[Line], document: str, name: str) -> list[Record]:
    """Return the goals of lines; `document` holds their text at their places."""
    tell_sorts(lines)
    blocks = [(sort, _records(sort, block, document, name)) for sort, block in cut_blocks(lines)]
    chosen = _chosen(lines, blocks)
    records = [record for sort, records in blocks if sort in chosen for record in records]
    if not records:
        full = [line for line in lines if line.sort not in ("blank", "rule", "aside")]
        whole = [line for line in full if line.sort == "bold"] or (full if len(full) == 1 else [])
        records = [record for line in whole for record in _records("line", [line], document, name)]
    above = _titles(lines)
    return with_own_ids([replace(record, title=above.get(record.line, "")) for record in records], name)


def _titles(lines: list[Line]) -> dict[int, str]:
    """Return for each line, by number, the heading or lead-in above it that speaks of goals and of a time."""
    titles: dict[int, str] = {}
    title, level = "", 0
    for line in lines:
        if line.sort in ("heading", "bold", "prose"):
            own = len(line.view) - len(line.view.lstrip("# \t")) if line.sort == "heading" else 7
            if len(line.text) < 80 and _ABOUT_GOALS.search(line.view) and re.search(r"\d", line.view):
                title, level = line.text, own
            elif line.sort == "heading" and own <= level:
                title, level = "", 0
        titles[line.number] = title
    return titles


def unread(document: str) -> list[int]:
    """Return the numbers of lines that may be meant as goals but are not read: beside a list, or in a section apart."""
    return unread_lines(list(cut_lines(document)), document)


def unread_lines(lines: list[Line], document: str) -> list[int]:
    """Return what `unread` does, for lines."""
    tell_sorts(lines)
    blocks = [(sort, block, _records(sort, block, document, "")) for sort, block in cut_blocks(lines)]
    chosen = _chosen(lines, [(sort, records) for sort, _, records in blocks])
    passed = {"line", "skipped"} - chosen
    return sorted({block[0].number for sort, block, records in blocks if sort in passed and records})


def _chosen(lines: list[Line], blocks: list[tuple[str, list[Record]]]) -> set[str]:
    """Return the sorts of blocks that are goals.

    Beside lists, tables and labelled goals a line of its own is a title or a remark, unless such lines are the bulk of
    a text without headings: a list in which somebody put a mark before one goal.
    """
    count: Counter[str] = Counter()
    for sort, records in blocks:
        count[sort] += len(records)
    marked = count["item"] + count["okr"] + count["row"]
    headed = any(line.sort == "heading" for line in lines)
    if count["line"] + count["whole"] > marked and not count["labelled"] and not headed:
        return {"line", "whole", "item", "okr", "row"}
    if marked or count["labelled"]:
        return {"labelled", "whole", "item", "okr", "row"}
    return {"line", "whole"}


def _records(sort: str, block: list[Line], document: str, name: str) -> list[Record]:
    if sort == "row":
        return _from_table(block, name)
    record = _record(document, block, name)
    return [record] if record else []


def _from_table(lines: list[Line], name: str) -> list[Record]:
    """Return the goals of a table: one that stands in place of a line, or rows of Markdown with their places."""
    if lines[0].table is not None:
        return read_table(lines[0].table, name)
    rows, places = [], {}
    for line in lines:
        if not set(line.text) - set("|-: \t"):
            continue
        bars = [match.start() for match in _BAR.finditer(line.text)]
        if not bars or line.text[: bars[0]].strip():
            bars.insert(0, -1)
        if line.text[bars[-1] + 1 :].strip():
            bars.append(len(line.text))
        cells = {}
        for column, (left, right) in enumerate(pairwise(bars), start=1):
            cell = line.text[left + 1 : right]
            if cell.strip():
                cells[column] = cell
                places[line.number, column] = line.start + left + 1 + len(cell) - len(cell.lstrip())
        rows.append(Row(line.number, cells))
    return [
        replace(record, start=places[record.line, record.column])
        for record in read_table(Table(tuple(row for row in rows if row.cells)), name)
    ]


def _record(document: str, lines: list[Line], name: str) -> Record | None:
    start, end = lines[0].start, lines[-1].end
    if len(lines) == 1 or lines[0].sort in ("item", "heading"):
        mark = mark_length(lines[0])
        start += mark
    text = document[start:end]
    start += len(text) - len(text.lstrip("\ufeff \t\u3000"))
    text = document[start:end].rstrip()
    return Record(f"{name}:{lines[0].number}", text, None, None, lines[0].number, start) if text else None
