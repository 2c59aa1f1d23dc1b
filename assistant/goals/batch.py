"""What a batch run works on and yields, row by row. Knows nothing about files, journals or how rows are rewritten."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.goals.base import Language, Model
from assistant.goals.draft import Drafter, Origin, Usage
from assistant.goals.findings import GoalKind, Mark, Severity

RowState = Literal["pending", "done", "failed", "skipped"]
"""`done` is final; `failed` is tried again by a resumed run; `skipped` holds nothing that could be a goal."""

RowVerdict = Literal["rewritten", "kept", "asked", "judged"]
"""What became of a row that is done.

`kept`: good as it is, not a character changed. `asked`: its readings differ in what the team would do, or every
rewrite would lose something; the text stays, questions are put. `judged`: linted only.
"""


class RowField(Model):
    """A labelled cell of the row beside the goal: heading and value as they stand in the file."""

    label: str
    value: str


class BatchRow(Model):
    """A goal of the input with where it stands.

    Attributes:
        index: place among the goals of the file, from 0.
        id: the row's own id, else its place (`NAME:LINE`).
        text: the goal's words, unchanged.
        kind: kind as the file gives it, or None.
        owner: who the row says the goal belongs to (person, team or department), or ''.
        beside: labelled cells that are read with the goal (baseline, target, deadline …).
        parent: words or id of the objective above, or '' where there is none.
        title: heading above the goal that lends it its period, or ''.
        sheet: name of the sheet, '' outside workbooks.
        line: line, sheet row or paragraph number, from 1.
        column: column of the goal's cell, from 1; 0 outside tables.
        start: place of `text` in a text document in code points; None elsewhere or where it is not there verbatim.
    """

    index: int = Field(ge=0)
    id: str
    text: str
    kind: GoalKind | None = None
    owner: str = ""
    beside: tuple[RowField, ...] = ()
    parent: str = ""
    title: str = ""
    sheet: str = ""
    line: int = 1
    column: int = 0
    start: int | None = None


class RowFinding(Model):
    """A finding as a person reads it, in the row's language."""

    rule: str
    severity: Severity
    text: str
    message: str


class Standing(Model):
    """How a goal stands with the linter: score from 0 to 100, a mark per letter, and what was found."""

    score: int = Field(ge=0, le=100)
    specific: Mark
    measurable: Mark
    achievable: Mark
    relevant: Mark
    time_bound: Mark
    consistent: Mark
    findings: tuple[RowFinding, ...] = ()


class NewNumber(Model):
    """A figure or date that the rewrite has and the row had not, with where it comes from and why."""

    text: str
    origin: Origin
    why: str


class Rewrite(Model):
    """One goal that takes the place of the row's text; a row that held several goals has several.

    Attributes:
        id: the row's id, with a letter behind it where there are several.
        standing: how it stands with the linter.
        numbers: every figure or date that is not the row's own.
    """

    id: str
    text: str
    standing: Standing
    numbers: tuple[NewNumber, ...] = ()


class RowResult(Model):
    """What became of a row.

    Attributes:
        reason: why a row failed or was skipped, in plain words; '' otherwise.
        before: how the row's own text stands; None where it was skipped.
        rewrites: one for a rewritten row, several for a split one, none otherwise.
        changes: what was changed and why, or why nothing was, for whoever wrote the row, in its language.
        questions: what to ask the owner, the weightiest first.
    """

    index: int = Field(ge=0)
    id: str
    state: RowState
    verdict: RowVerdict | None = None
    reason: str = ""
    language: Language = "en"
    owner: str = ""
    before: Standing | None = None
    rewrites: tuple[Rewrite, ...] = ()
    changes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    drafter: Drafter | None = None
    usage: Usage = Usage()


class SetFinding(Model):
    """What was found between the goals of the whole list: duplicates, conflicts, orphans, weights, balance.

    Attributes:
        rule: name of the linter's rule, or `balance`.
        rows: indexes of the rows that it concerns, in order.
    """

    rule: str
    severity: Severity
    rows: tuple[int, ...]
    message: str


BalanceArea = Literal["growth", "efficiency", "risk", "team"]


class Balance(Model):
    """How many goals of the list aim at each area of the balance grid; `other` could not be told."""

    growth: int = 0
    efficiency: int = 0
    risk: int = 0
    team: int = 0
    other: int = 0


class BatchSummary(Model):
    """What a run amounts to.

    Attributes:
        score_before, score_after: means over the rows that are done and have a score; None where there are none.
            A row that was kept or asked counts with its own text after as before.
        set_findings_more: findings between the goals beyond those that are told one by one.
        stopped: why the run stopped early (a limit was reached, the endpoint refuses), or ''.
    """

    rows: int
    done: int
    failed: int
    skipped: int
    pending: int
    rewritten: int = 0
    kept: int = 0
    asked: int = 0
    judged: int = 0
    score_before: float | None = None
    score_after: float | None = None
    errors_before: int = 0
    errors_after: int = 0
    questions: int = 0
    set_findings: tuple[SetFinding, ...] = ()
    set_findings_more: int = 0
    balance: Balance = Balance()
    usage: Usage = Usage()
    stopped: str = ""
