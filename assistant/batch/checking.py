"""Judges a list that stands in a text box, mends it there, and makes such a text of a file.

Knows nothing about the page. A workbook becomes what copying its cells would paste, a Word document Markdown; where a
list would not be read from that as from the file, its goals alone are taken, one a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from assistant.catalogue.balance import area_of
from assistant.errors import InputError
from assistant.files import Document, Paragraph, Table, Text, Word, Workbook, open_document
from assistant.goals.checklist import CheckedList, ListedGoal, Weighed
from assistant.goals.findings import LintReport
from assistant.lint import Record, document_records, fixed_document, lint_records, read_records, unread_lines
from assistant.lint.check import lint_list
from assistant.lint.goalset import GoalSet, Member
from assistant.lint.weights import total, whole_of, wrong_groups

_ROUNDS = 5
"""How often a list is mended again, since one fix can uncover another."""
_PIPE = str.maketrans({"|": "\\|", "\n": " ", "\r": " "})


class Opened(NamedTuple):
    """A file as text: what stands in it, and the name by which it is read as what it is."""

    text: str
    name: str


def opened(raw: bytes, name: str) -> Opened:
    """Return a file's list as text.

    Raises:
        InputError: the file cannot be read as a list of goals.
    """
    document = open_document(raw, name)
    if isinstance(document, Text):
        content = document.content.replace("\r\n", "\n").replace("\r", "\n")
        read_records(content, name)
        return Opened(content, name)
    records = document_records(document, name)
    written, kind = (
        (_cells(document), "list.tsv") if isinstance(document, Workbook) else (_markdown(document), "list.md")
    )
    if not _reads_alike(written, kind, records):
        return Opened("\n".join(" ".join(record.text.split()) for record in records), "text")
    return Opened(written, kind)


def checked(text: str, *, today: date, name: str) -> CheckedList:
    """Return a list's judgement with what holds between its goals.

    Raises:
        InputError: the text cannot be read as a list of goals.
    """
    records = read_records(text, name)
    judged = lint_list(records, today=today)
    members = {member.index: member for member in judged.together.members}
    found: dict[int, list[object]] = {}
    for index, finding in judged.between:
        found.setdefault(index, []).append(finding)
    goals = []
    places = _places(text, records)
    for index, (record, goal) in enumerate(zip(records, judged.report.goals, strict=True)):
        member = members.get(index)
        weight = member.weight if member is not None else None
        parent = member.parent if member is not None else None
        one = ListedGoal(
            judged=goal,
            line=record.line,
            start=places[index],
            parent=parent,
            under=(record.parent or "") if parent is None else "",
            weight=None if weight is None else _plain(weight),
            area=area_of(goal),
            between=tuple(i for i, finding in enumerate(goal.findings) if finding in found.get(index, ())),
        )
        goals.append(one)
    return CheckedList(
        today=today,
        text=text,
        goals=tuple(goals),
        uneven=tuple(_weighed(group) for group in wrong_groups(judged.together)),
        total=_sum(judged.together),
        unread=tuple(unread_lines(Text(text), name)),
    )


def mended(text: str, *, today: date, name: str, only: tuple[int, int] | None = None) -> str:
    """Return a list with fixes applied.

    Args:
        text: the list.
        today: the day to judge by.
        name: the name by which it is read.
        only: index of a goal and of one of its findings, whose fix alone is applied; None for all that are safe.

    Raises:
        InputError: the text cannot be read as a list of goals, or the table cannot be cut.
    """
    for _ in range(_ROUNDS):
        records = read_records(text, name)
        report = lint_records(records, today=today)
        if only is not None:
            return _with_one(text, records, report, *only)
        text, count = fixed_document(text, records, report.goals)
        if not count:
            break
    return text


def _places(text: str, records: Sequence[Record]) -> list[int | None]:
    """Return where each goal's words stand in the text, also inside cells and lines of JSON that hold them verbatim."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    places: list[int | None] = []
    for record in records:
        place = record.start
        if place is None and 1 <= record.line < len(starts):
            first = starts[record.line - 1]
            last = starts[min(record.line + record.text.count("\n"), len(starts) - 1)]
            place = text.find(record.text, first, last)
        places.append(None if place is None or place < 0 else place)
    return places


def _with_one(text: str, records: Sequence[Record], report: LintReport, goal: int, finding: int) -> str:
    if not (0 <= goal < len(report.goals) and 0 <= finding < len(report.goals[goal].findings)):
        return text
    chosen = report.goals[goal].findings[finding]
    if chosen.fix is None:
        return text
    goals = [
        each.model_copy(update={"findings": (chosen,) if index == goal else ()})
        for index, each in enumerate(report.goals)
    ]
    return fixed_document(text, records, goals, {chosen.fix.safety})[0]


def _weighed(group: tuple[Member, ...]) -> Weighed:
    weight = total(group) or Decimal(0)
    return Weighed(goals=tuple(member.index for member in group), total=_plain(weight), whole=_plain(whole_of(weight)))


def _sum(goals: GoalSet) -> str | None:
    weight = total(member for member in goals.members if member.index not in goals.heads)
    return None if weight is None else _plain(weight)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _reads_alike(text: str, name: str, records: Sequence[Record]) -> bool:
    def told(each: Sequence[Record]) -> list[tuple[object, ...]]:
        return [(" ".join(record.text.split()), record.kind, record.parent, record.weight) for record in each]

    try:
        return told(read_records(text, name)) == told(records)
    except InputError:
        return False


def _cells(document: Workbook) -> str:
    sheets = []
    for sheet in document.sheets:
        widest = max((column for row in sheet.rows for column in row.cells), default=0)
        down = {(row, span.column): span.top for span in sheet.merged for row in range(span.top + 1, span.bottom + 1)}
        by_number = {row.number: row.cells for row in sheet.rows}
        lines = []
        for row in sheet.rows:
            cells = []
            for column in range(1, widest + 1):
                top = down.get((row.number, column))
                value = row.cells.get(column, "") or (by_number.get(top, {}).get(column, "") if top else "")
                cells.append(_cell(value))
            lines.append("\t".join(cells).rstrip("\t"))
        if lines:
            sheets.append("\n".join(lines))
    return "\n\n".join(sheets)


def _cell(value: str) -> str:
    return f'"{value.replace(chr(34), chr(34) * 2)}"' if any(sign in value for sign in '\t\n\r"') else value


def _markdown(document: Document) -> str:
    lines: list[str] = []
    for block in document.blocks if isinstance(document, Word) else ():
        lines += _table(block) if isinstance(block, Table) else [_line(block)]
    return "\n".join(lines).strip("\n")


def _line(block: Paragraph) -> str:
    words = " ".join(block.text.split())
    if block.heading:
        return f"\n{'#' * block.heading} {words}\n"
    return words if block.level is None else f"{'  ' * block.level}- {words}"


def _table(block: Table) -> list[str]:
    widest = max((column for row in block.rows for column in row.cells), default=0)
    rows = [
        "| " + " | ".join(row.cells.get(column, "").translate(_PIPE) for column in range(1, widest + 1)) + " |"
        for row in block.rows
    ]
    return ["", *rows[:1], "|" + " --- |" * widest, *rows[1:], ""]
