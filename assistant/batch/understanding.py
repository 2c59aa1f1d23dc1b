# ruff: noqa: E501
"""A row as understood: its language, what surrounds it, how it stands with the linter.

Knows nothing about what its stretches do or how it is rewritten. Every place counts code points of the row's own text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.goals import Aim, Brief, Facts, Language, Outcome, Source, Team
from assistant.goals.batch import BatchRow
from assistant.goals.findings import LintedGoal
from assistant.language import detect
from assistant.lint.documents.record import Record
from assistant.lint.engine import Surroundings, lint_record
from assistant.lint.unit import Unit

PieceKind = Literal["measured", "wish", "delivery", "means", "service", "watch", "remark"]
_TELLING = 3
"""Letters from which a text tells its language by itself; "N/A" in a Chinese list is no English."""
_OWNER_LABEL = re.compile(
    r"负责|負責|责任|責任|主责|部门|部門|单位|單位|团队|團隊|科室|承办|承辦|主办|主辦|owner|department|team|responsible|lead|assignee|unit|dri",
    re.I,
)
_COMPARED = re.compile(
    r"\b(?:on|over|vs\.?|versus|against|compared (?:to|with)) (?:20\d\d|last (?:year|quarter|month)|the (?:previous|prior) )",
    re.I,
)
_SOURCE = re.compile(
    r"数据|數據|資料來源|取自|来源|來源|口径|口徑|以.{2,14}[为為][准準]|(?:系统|系統)(?:导出|導出|记录|紀錄|报表|報表)|月报|月報|由.{1,8}(?:统计|統計|公布|提供)|\b(?:source|measured by|according to|from the|ledger|survey)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the row's text that does one thing.

    Attributes:
        lead: it stands before a colon and leads to the rest.
        cell: a cell beside the row names its measure.
    """

    kind: PieceKind
    start: int
    end: int
    outcome: Outcome | None = None
    lead: bool = False
    cell: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """A row as understood.

    Attributes:
        length: where the row's own text ends in `source.text`; beside cells stand behind it.
        pieces: the stretches of the row's text, in order; none for a set of key results.
        unit: the text as the linter reads it.
    """

    row: BatchRow
    language: Language
    aim: Aim
    brief: Brief
    source: Source
    length: int
    unit: Unit
    pieces: tuple[Piece, ...]

    @property
    def facts(self) -> Facts:
        """What was read in the row and beside it."""
        return self.source.facts

    @property
    def today(self) -> date:
        """The day from which dates count."""
        return self.aim.today

    def words(self, start: int, end: int) -> str:
        """Return a stretch of the row's text."""
        return self.source.text[start:end]


def language_of(row: BatchRow, before: LintedGoal, fallback: Language = "zh-Hans") -> Language:
    """Return the language to write in: the text's own, else what stands around it tells the script."""
    if before.language != "zh" and sum(map(str.isalpha, row.text)) > _TELLING:
        return before.language
    around = (row.owner, row.parent, row.title, *(f"{each.label}{each.value}" for each in row.beside))
    for words in around:
        found = detect(words) if any("\u3400" <= letter <= "\u9fff" for letter in words) else None
        if found in ("zh-Hans", "zh-Hant"):
            return found
    return before.language if before.language != "zh" else fallback


def beside(row: BatchRow) -> str:
    """Return the cells that are read with the goal, one a line; who owns it is told apart."""
    return "\n".join(f"{each.label}: {each.value}" for each in row.beside if each.value.strip())


def record(row: BatchRow, text: str, id: str = "") -> Record:
    """Return a text as the linter judges it in the row's place."""
    return Record(
        id or row.id, text, row.kind, line=row.line, beside=beside(row), parent=row.parent or None, sheet=row.sheet,
        column=row.column,
    )  # fmt: skip


def judged(
    row: BatchRow, text: str, today: date, timed: Surroundings, id: str = ""
) -> tuple[LintedGoal, tuple[Unit, ...]]:
    """Return how a text stands in the row's place, and its units."""
    return lint_record(record(row, text, id), timed, today=today)


def aim_text(row: BatchRow) -> str:
    """Return what the drafter is told: the row's text with the cells that speak of the same goal."""
    told = "\n".join(
        f"{each.label}: {each.value}"
        for each in row.beside
        if each.value.strip() and not _OWNER_LABEL.search(each.label)
    )
    return f"{row.text}\n{told}" if told else row.text


def team_of(row: BatchRow, org_goals: tuple[str, ...], resources: tuple[str, ...]) -> Team:
    """Return who and what surrounds the row."""
    above = (row.parent,) if len(row.parent.strip()) > 3 else ()
    return Team(profile=row.owner, org_goals=(*above, *org_goals), resources=resources)


def compares(words: str) -> bool:
    """Whether words say against which period a change is counted."""
    return _COMPARED.search(words) is not None


def tells_source(words: str) -> bool:
    """Whether a remark says where a figure comes from or who keeps it."""
    return _SOURCE.search(words) is not None
