"""What the assistant judges without drafting: pasted goals and whole lists, and runs of evaluations.

Knows nothing about settings, models or drafts. Heavy parts load on first use.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.goals import LintReport
from assistant.goals.checklist import CheckedList

if TYPE_CHECKING:
    from assistant.evaluation.folder import RunInfo
    from assistant.evaluation.results import RunComparison, RunSummary


class Judging:
    """Lints texts and lists, and reads what evaluation runs came to. Safe to use from several threads."""

    def lint(self, text: str, *, today: date, name: str = "text") -> LintReport:
        """Judge every goal of a text: a pasted goal, a list, a document."""
        from assistant.lint.check import lint_records
        from assistant.lint.records import read_records

        return lint_records(read_records(text, name), today=today)

    def open_goals(self, raw: bytes, name: str) -> tuple[str, str]:
        """Return a file's list of goals as text, and the name by which that is read; see `batch.checking`."""
        from assistant.batch import checking

        return checking.opened(raw, name)

    def check_goals(self, text: str, *, today: date, name: str = "text") -> CheckedList:
        """Judge a list of goals with what holds between them: objectives, weights, balance; see `batch.checking`."""
        from assistant.batch import checking

        return checking.checked(text, today=today, name=name)

    def mend_goals(self, text: str, *, today: date, name: str = "text", only: tuple[int, int] | None = None) -> str:
        """Return a list with all safe fixes applied, or only the one of a goal's finding; see `batch.checking`."""
        from assistant.batch import checking

        return checking.mended(text, today=today, name=name, only=only)

    def eval_runs(self) -> tuple[RunInfo, ...]:
        """Return this machine's evaluation runs, the newest first."""
        from assistant.evaluation import archive

        return archive.runs()

    def eval_run(self, id: str) -> RunSummary:
        """Return what an evaluation run amounts to so far; see `evaluation.archive` for this and the errors."""
        from assistant.evaluation import archive

        return archive.summary(id)

    def compare_eval_runs(self, a: str, b: str, pairs: Iterable[tuple[str, str]] = ()) -> RunComparison:
        """Return how the run `b` differs from the run `a`."""
        from assistant.evaluation import archive

        return archive.compared(a, b, pairs)

    def eval_report(self, id: str) -> Path | None:
        """Return the file of a run's report, None where there is none."""
        from assistant.evaluation import archive

        return archive.report(id)
