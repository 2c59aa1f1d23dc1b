"""Says how a judged row stands, as a person reads it. Knows nothing about rewriting, files or journals."""

from __future__ import annotations

from assistant.goals.base import Language
from assistant.goals.batch import BatchRow, RowFinding, RowResult, Standing
from assistant.goals.findings import LintedGoal


def standing_of(linted: LintedGoal, language: Language) -> Standing:
    """Return how a goal stands."""
    card = linted.scorecard
    findings = tuple(
        RowFinding(rule=each.rule, severity=each.severity, text=each.text, message=each.message)
        for each in linted.findings
    )
    return Standing(
        score=card.score, specific=card.specific, measurable=card.measurable, achievable=card.achievable,
        relevant=card.relevant, time_bound=card.time_bound, consistent=card.consistent, findings=findings,
    )  # fmt: skip


def language_of(goal: LintedGoal) -> Language:
    """Return the language in which a row is answered."""
    return "zh-Hans" if goal.language == "zh" else goal.language


def checked_row(row: BatchRow, goal: LintedGoal) -> RowResult:
    """Return the result of a row that is judged and left as it is."""
    language = language_of(goal)
    return RowResult(
        index=row.index, id=row.id, state="done", verdict="judged", language=language, owner=row.owner,
        before=standing_of(goal, language),
    )  # fmt: skip
