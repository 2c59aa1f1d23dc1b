"""Judges a list of records. Knows nothing about single rules or about how records are read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from assistant.goals.findings import GoalKind, LintReport
from assistant.lint.documents.record import Record
from assistant.lint.engine import lint_text


def lint_records(
    records: Sequence[Record],
    *,
    today: date,
    kind: GoalKind | None = None,
    select: Collection[str] | None = None,
    ignore: Collection[str] = (),
) -> LintReport:
    """Judge records, in order, each by its own kind and day where it has them.

    Args:
        records: the goals.
        today: the day from which dates are judged.
        kind: kind of all goals that do not say theirs; told from each text where None.
        select: names of the rules to report; None for all that are on.
        ignore: names of rules to leave out.
    """
    return LintReport(
        today=today,
        goals=tuple(
            lint_text(
                record.text,
                today=record.today or today,
                kind=record.kind or kind,
                id=record.id,
                select=select,
                ignore=ignore,
            )
            for record in records
        ),
    )
