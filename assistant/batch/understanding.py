# ruff: noqa: E501
"""Understands a row: its language, what surrounds it, and which stretches of it are results, work, deliverables, standards.

Knows nothing about how a row is rewritten. Every place counts code points of the row's own text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from assistant.drafting.clauses import Clause, clauses
from assistant.goals import Aim, Brief, Facts, Language, Outcome, Source, Team
from assistant.goals.batch import BatchRow
from assistant.goals.findings import LintedGoal
from assistant.language import detect
from assistant.lint.documents.record import Record
from assistant.lint.engine import Surroundings, lint_record
from assistant.lint.slices import within
from assistant.lint.unit import Unit
from assistant.lint.words import pattern

PieceKind = Literal["measured", "wish", "delivery", "means", "service", "watch", "remark"]
_LEAD = re.compile(r"(?<=[^\d])[:：](?!\d)\s*")
_LABEL = re.compile(r"^(?:KPI|OKR|目标|目標|指标|指標|工作目标|工作目標|goal|target|objective|aim)$", re.I)
_OWNER_LABEL = re.compile(
    r"负责|負責|责任|責任|主责|部门|部門|单位|單位|团队|團隊|科室|承办|承辦|主办|主辦|owner|department|team|responsible|lead|assignee|unit|dri",
    re.I,
)
_GATHERING = re.compile(
    r"会议|會議|例会|例會|周会|週會|月会|月會|开会|開會|检讨|檢討|复盘|復盤|通报|通報|汇报|匯報|公布|跟进|追踪|追蹤|抽查|meeting|review|stand-?up|report(?:ed)?\b|check-?in",
    re.I,
)
_SOURCE = re.compile(
    r"数据|數據|資料來源|数字取自|取自|来源|來源|口径|口徑|系统|系統|由.{1,8}(?:统计|統計|公布|提供)|\b(?:source|measured by|according to|from the|ledger|survey)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the row's text that does one thing."""

    kind: PieceKind
    start: int
    end: int
    outcome: Outcome | None = None


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
    if before.language != "zh":
        return before.language
    around = (row.owner, row.parent, row.title, *(f"{each.label}{each.value}" for each in row.beside))
    for words in around:
        found = detect(words) if any("\u3400" <= letter <= "\u9fff" for letter in words) else None
        if found in ("zh-Hans", "zh-Hant"):
            return found
    return fallback


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


def understand(
    row: BatchRow, language: Language, aim: Aim, brief_of: Callable[[Aim], Brief], timed: Surroundings
) -> Understood:
    """Return the row as understood.

    Args:
        row: the row.
        language: its language.
        aim: the request made of it.
        brief_of: understands a request.
        timed: the time that its surroundings lend it.
    """
    brief = brief_of(aim)
    source = next(each for each in brief.sources if each.key == "aim")
    unit = judged(row, row.text, aim.today, timed)[1][0]
    length = min(len(row.text), len(source.text))
    found = Understood(row, language, aim, brief, source, length, unit, ())
    return replace(found, pieces=tuple(_pieces(found)))


def _pieces(row: Understood) -> list[Piece]:
    left = list(row.brief.outcomes)
    found: list[Piece] = []
    for clause in _clauses(row):
        mine = [each for each in left if clause.start <= _place(each, row) < clause.end]
        left = [each for each in left if each not in mine]
        found += _kinds(row, clause, mine)
    return _merged(found)


def _place(outcome: Outcome, row: Understood) -> int:
    """Return where an outcome speaks: at its metric's name where the row names one, else at its clause's start."""
    at = row.source.text.find(outcome.metric_name, outcome.start) if outcome.metric_stated else -1
    return at if outcome.start <= at < max(outcome.end, outcome.start + 1) else outcome.start


def _clauses(row: Understood) -> list[Clause]:
    """Return the clauses of the row's own text, a lead before a colon apart from what it leads to."""
    found: list[Clause] = []
    for clause in clauses(row.source.text[: row.length]):
        at = clause.start
        lead = _LEAD.search(clause.text)
        if lead is not None and not _LABEL.match(clause.text[: lead.start()].strip()):
            found.append(Clause(at, at + lead.start(), clause.text[: lead.start()]))
            at += lead.end()
        elif lead is not None:
            at += lead.end()
        if at < clause.end:
            found.append(Clause(at, clause.end, row.source.text[at : clause.end]))
    return found


def _kinds(row: Understood, clause: Clause, outcomes: list[Outcome]) -> list[Piece]:
    """Return what a clause is: one piece, or one an outcome where several stand in it."""
    unit, (start, end) = row.unit, (clause.start, clause.end)
    firm = [each for each in outcomes if each.metric_stated or _figured(each)]
    services = [time for time in unit.services if start <= time.start < end]
    if services and not any(each.metric_stated for each in firm):
        return [Piece("service", start, end)]
    if firm and not _only_counts(row, clause, firm):
        places = [_place(each, row) for each in firm]
        borders = [start, *(_border(row, one, two) for one, two in pairwise(places)), end]
        return [
            Piece("measured", left, right, each) for (left, right), each in zip(pairwise(borders), firm, strict=True)
        ]
    rhythm = any(time.kind == "recurrence" for time in within(row.facts.times, start, end))
    if rhythm and _GATHERING.search(clause.text):
        return [Piece("watch", start, end)]
    counts = [each for each in unit.activity_counts if start <= each.start < end]
    made = [place for place in unit.deliverables if start <= place[0] < end]
    if counts or (unit.has("activity", start, end) and not made and _acts(row, clause)):
        return [Piece("means", start, end, next(iter(outcomes), None))]
    if made and len(row.words(start, end).strip()) > 3:
        return [Piece("delivery", start, end)]
    if outcomes:
        return [Piece("wish", start, end, outcomes[0])]
    return [Piece("remark", start, end)]


def _figured(outcome: Outcome) -> bool:
    return outcome.baseline is not None or outcome.target is not None


def _only_counts(row: Understood, clause: Clause, outcomes: list[Outcome]) -> bool:
    """Whether all figures of a clause count work, so that what it names is no result to reach."""
    counted = {(each.start, each.end) for each in row.unit.activity_counts}
    figures = [
        part for each in outcomes for part in (each.baseline, each.target)
        if part is not None and clause.start <= part.start < clause.end
    ]  # fmt: skip
    return bool(figures) and all((each.start, each.end) in counted for each in figures)


def _acts(row: Understood, clause: Clause) -> bool:
    """Whether a clause opens with work rather than with a wish that something gets better."""
    first = pattern("activity").search(row.unit.plain, clause.start, clause.end)
    wish = pattern("change").search(row.unit.plain, clause.start, clause.end)
    return first is not None and (wish is None or first.start() < wish.start())


def _border(row: Understood, first: int, second: int) -> int:
    """Return where a clause with two outcomes is cut: behind the last joining word before the second."""
    joint = None
    for joint in re.finditer(r"、|和|及|与|與|并|並|\band\b|;|；", row.source.text[first:second]):  # noqa: B007
        pass
    return first + joint.end() if joint is not None else second


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Join neighbouring stretches of work, of remarks and of vague wishes."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.kind == piece.kind and piece.kind in ("means", "remark", "watch"):
            found[-1] = replace(last, end=piece.end, outcome=last.outcome or piece.outcome)
        else:
            found.append(piece)
    return found


def tells_source(words: str) -> bool:
    """Whether a remark says where a figure comes from or who keeps it."""
    return _SOURCE.search(words) is not None
