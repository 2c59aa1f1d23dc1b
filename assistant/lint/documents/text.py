"""Reads goals from plain text and Markdown: lines, list items, tables, labelled goals, objectives with key results.

Headings, prose, page chrome, code, comments and front matter are not goals. Knows nothing about how goals are judged.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import groupby, pairwise

from assistant.files.document import Row, Table
from assistant.lint.documents.blocks import Block, cut_blocks
from assistant.lint.documents.chapters import Chapter, chapters, mark_titles, purpose_of
from assistant.lint.documents.chosen import NO_CHOICE, Choice
from assistant.lint.documents.furniture import asks
from assistant.lint.documents.heads import does, lends_time, mark_head
from assistant.lint.documents.lines import BOLD, Line, cut_lines, mark_length, tell_sorts
from assistant.lint.documents.record import Record
from assistant.lint.documents.table import read_table, with_own_ids

_ABOUT_GOALS = re.compile(r"目标|计划|指标|okr|kpi|goal|target|objective|plan(?![a-z])")
_Read = tuple[Block, list[Record]]
_MARKED = frozenset(("labelled", "okr", "item", "row", "whole"))
"""Sorts of blocks that are goals wherever goals stand."""
_BAR = re.compile(r"(?<!\\)\|")


def read(document: str, name: str, choice: Choice = NO_CHOICE) -> list[Record]:
    """Return the goals of a text, in order; a choice of columns holds for its tables that have them."""
    return read_lines(list(cut_lines(document)), document, name, choice)


def read_with_unread(document: str, name: str, choice: Choice = NO_CHOICE) -> tuple[list[Record], list[int], list[str]]:
    """Return the goals of a text, and what `unread` returns, in one go."""
    lines = list(cut_lines(document))
    found, passed = _sorted_out(lines, document, name, choice)
    return _titled(lines, found, name), *_told(passed)


def tables_of(document: str) -> list[Table]:
    """Return the tables of a text, whatever they hold."""
    return [_table(lines)[0] for lines in _table_runs(document)]


def table_lines(document: str) -> list[list[int]]:
    """Return the numbers of the lines of each table of a text."""
    return [[line.number for line in lines] for lines in _table_runs(document)]


def _table_runs(document: str) -> list[list[Line]]:
    if "|" not in document:
        return []
    lines = list(cut_lines(document))
    tell_sorts(lines)
    return [list(run) for sort, run in groupby(lines, key=lambda line: line.sort) if sort == "row"]


def read_lines(lines: list[Line], document: str, name: str, choice: Choice = NO_CHOICE) -> list[Record]:
    """Return the goals of lines; `document` holds their text at their places."""
    return _titled(lines, _sorted_out(lines, document, name, choice)[0], name)


def _titled(lines: list[Line], read: list[_Read], name: str) -> list[Record]:
    records = [record for _, found in read for record in found]
    above = _titles(lines, records[0].line if records else 0)
    return with_own_ids([replace(record, title=above.get(record.line, "")) for record in records], name)


def _titles(lines: list[Line], first_goal: int) -> dict[int, str]:
    """Return for each line, by number, what above it speaks of the goals' time: a heading, a lead-in, a form's period.

    Such a period (`Period: Q1 2027`) stands above the first goal.
    """
    titles: dict[int, str] = {}
    first = next((line for line in lines if line.sort not in ("blank", "aside", "rule")), None)
    title, level = "", 0
    for line in lines:
        if line.sort in ("heading", "bold", "prose", "title"):
            own = 0 if line is first and line.sort != "heading" else line.level or BOLD
            if len(line.text) < 80 and _ABOUT_GOALS.search(line.view) and re.search(r"\d", line.view):
                title, level = line.text, own
            elif line.sort == "heading" and own <= level:
                title, level = "", 0
        elif line.number < first_goal and lends_time(line, first):
            title, level = line.text, 0
        titles[line.number] = title
    return titles


def unread(document: str) -> tuple[list[int], list[str]]:
    """Return the numbers of lines that may be meant as goals but are not read, and the headings of parts set aside.

    Such lines stand beside a list, or in a part headed as something else.
    """
    return unread_lines(list(cut_lines(document)), document)


def unread_lines(lines: list[Line], document: str) -> tuple[list[int], list[str]]:
    """Return what `unread` does, for lines."""
    return _told(_sorted_out(lines, document, "")[1])


def _told(passed: list[Block]) -> tuple[list[int], list[str]]:
    apart = dict.fromkeys(block.chapter.title for block in passed if block.chapter.purpose not in ("goals", None))
    return sorted({block.lines[0].number for block in passed}), [title for title in apart if title]


def _sorted_out(
    lines: list[Line], document: str, name: str, choice: Choice = NO_CHOICE
) -> tuple[list[_Read], list[Block]]:
    """Return the blocks that are goals, and those that may be meant as such and are not."""
    tell_sorts(lines)
    mark_head(lines)
    mark_titles(lines)
    cut = [block for block in cut_blocks(lines, chapters(lines)) if block.sort != "meta"]
    read = {id(block): (block, records) for block in cut if (records := _records(block, document, name, choice))}
    blocks = [block for block, _ in read.values()]
    marked = [block for block in blocks if block.sort in _MARKED]
    candidates = [block for block in blocks if block.sort in _MARKED or block.sort == "line"]
    headed = any(block.chapter.purpose == "goals" for block in candidates)
    others = [block for block in candidates if not _stands_apart(block, beside_goals=headed)]
    goals = [block for block in others if block.sort in _MARKED]
    loose = [block for block in others if block.sort == "line"]
    chosen = goals + _lines_as_goals(lines, goals, loose)
    if not chosen:
        chosen = [block for block in marked if block.chapter.purpose == "actions"]
    if not chosen:
        return [(block, _records(block, document, name, choice)) for block in _alone(lines)], blocks
    kept = set(map(id, chosen))
    title = next((line for line in lines if line.sort not in ("blank", "aside", "rule")), None)
    passed = [
        block
        for block in blocks
        if id(block) not in kept and not _is_prose(block) and not (block.lines[0] is title and purpose_of(title.view))
    ]
    return [pair for key, pair in read.items() if key in kept], passed


def _stands_apart(block: Block, *, beside_goals: bool = False) -> bool:
    """Tell whether a block without labels of a goal stands in a part that holds something else.

    Decisions are goals but `beside_goals`, where another part is headed as such.
    """
    purpose = block.chapter.purpose
    else_ = purpose in ("apart", "actions") or (beside_goals and purpose == "decisions")
    return else_ and block.lines[0].sort in ("item", "line")


def _is_prose(block: Block) -> bool:
    """Tell whether a block that is no goal needs no mention: prose in a part that holds none."""
    return block.sort == "line" and _stands_apart(block)


def _lines_as_goals(lines: list[Line], goals: list[Block], loose: list[Block]) -> list[Block]:
    """Return those of the lines without any mark that are goals.

    In a plain list all are. Beside lists, headings, forms of address and the like they are where they stand in a part
    headed as goals that has no list, where they say what is to be done beside another line that is a goal, or where
    there are no goals else.
    """
    laid_out = any(line.level or line.sort == "furniture" for line in lines) or any(line.meta for line in lines)
    sorts = Counter(block.sort for block in goals)
    if not laid_out and not sorts["labelled"] and len(loose) + sorts["whole"] > len(goals) - sorts["whole"]:
        return loose
    held = set[int]()
    for block in (block for block in goals if block.sort != "whole"):
        chapter: Chapter | None = block.chapter
        while chapter is not None and id(chapter) not in held:
            held.add(id(chapter))
            chapter = chapter.above
    plain = {id(block.chapter) for block in goals if block.sort == "whole"}
    named = [
        block
        for block in loose
        if not asks(block.lines[0].view)
        and (
            (block.chapter.purpose in ("goals", "decisions") and id(block.chapter) not in held)
            or (id(block.chapter) in plain and does(block.lines[0].view))
        )
    ]
    if named or goals:
        return named
    return [block for block in loose if not asks(block.lines[0].view)] or loose


def _alone(lines: list[Line]) -> list[Block]:
    """Return what is read where nothing else is a goal: lines in bold, or the only line there is."""
    full = [line for line in lines if line.sort not in ("blank", "rule", "aside", "furniture")]
    whole = [line for line in full if line.sort == "bold"] or (full if len(full) == 1 else [])
    return [Block("line", [line], Chapter()) for line in whole if line.sort != "heading"]


def _records(block: Block, document: str, name: str, choice: Choice) -> list[Record]:
    if block.sort == "row":
        return _from_table(block.lines, name, choice)
    record = _record(document, block.lines, name)
    return [record] if record else []


def _from_table(lines: list[Line], name: str, choice: Choice) -> list[Record]:
    """Return the goals of a table: one that stands in place of a line, or rows of Markdown with their places."""
    if lines[0].table is not None:
        return read_table(lines[0].table, name, choice)
    table, places = _table(lines)
    return [replace(record, start=places[record.line, record.column]) for record in read_table(table, name, choice)]


def _table(lines: list[Line]) -> tuple[Table, dict[tuple[int, int], int]]:
    """Return the rows of a table of Markdown, and where each cell's words begin by line and column."""
    rows: list[Row] = []
    places: dict[tuple[int, int], int] = {}
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
    return Table(tuple(row for row in rows if row.cells)), places


def _record(document: str, lines: list[Line], name: str) -> Record | None:
    start, end = lines[0].start, lines[-1].end
    if len(lines) == 1 or lines[0].sort in ("item", "heading"):
        mark = mark_length(lines[0])
        start += mark
    text = document[start:end]
    start += len(text) - len(text.lstrip("\ufeff \t\u3000"))
    text = document[start:end].rstrip()
    if lines[0].sort == "goal" and text.endswith("**") and text.count("**") % 2:
        text = text[:-2].rstrip()
    return Record(f"{name}:{lines[0].number}", text, None, None, lines[0].number, start) if text else None
