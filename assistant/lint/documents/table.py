"""Reads goals from a recognised column of a CSV or TSV table. Knows nothing about other formats."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import zip_longest

from assistant.errors import InputError
from assistant.lint.documents.record import Record

GOAL_COLUMNS = (
    "smart目标",
    "smart目標",
    "目标内容",
    "目標內容",
    "目标描述",
    "目標描述",
    "目标陈述",
    "年度目标",
    "年度目標",
    "季度目标",
    "工作目标",
    "工作目標",
    "绩效目标",
    "績效目標",
    "目标",
    "目標",
    "关键结果",
    "關鍵結果",
    "goal statement",
    "smart goal",
    "goal description",
    "goal text",
    "goal",
    "goals",
    "objective",
    "objectives",
    "key result",
    "key results",
    "kr",
    "okr",
    "text",
    "statement",
    "target",
    "改前",
    "原目标",
    "原目標",
    "before",
    "指标",
    "指標",
    "kpi",
)
"""Headings of the goal column, best first; compared in lower case without blanks at the ends."""  # fmt: skip
ID_COLUMNS = ("id", "编号", "編號", "序号", "序號", "no", "no.", "#", "goal id", "key", "目标编号", "目標編號")


def goal_column(heads: Sequence[str]) -> int | None:
    """Return the index of the column that holds goals, or None."""
    plain = [head.strip().strip("*").strip().lower() for head in heads]
    return next((plain.index(name) for name in GOAL_COLUMNS if name in plain), None)


def id_column(heads: Sequence[str]) -> int | None:
    """Return the index of the column that holds ids, or None."""
    plain = [head.strip().strip("*").strip().lower() for head in heads]
    return next((plain.index(name) for name in ID_COLUMNS if name in plain), None)


def read(document: str, name: str) -> list[Record]:
    """Return one record a row that has a goal.

    Raises:
        InputError: no column is recognised, or the table is broken.
    """
    document = document.removeprefix("\ufeff")
    first = document.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count) if any(mark in first for mark in ",;\t") else ","
    reader = csv.reader(io.StringIO(document, newline=""), delimiter=delimiter)
    try:
        heads = next(reader)
        goal, own = goal_column(heads), id_column(heads)
        if goal is None:
            raise InputError(
                f"{name!r} has no column of goals; its columns are {', '.join(repr(head) for head in heads)}.",
                "Name one column `goal` or `目标`.",
                name=name,
            )
        records = []
        line = reader.line_num + 1
        for row in reader:
            cells = dict(zip_longest(range(len(heads)), row, fillvalue=""))
            text = (cells.get(goal) or "").strip()
            id = (cells.get(own) or "").strip() if own is not None else ""
            if text:
                records.append(Record(id or f"{name}:{line}", text, None, None, line))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{name}:{reader.line_num}: the table is broken ({error}).", "Save it as CSV again."
        ) from error
    return records
