"""Rewriters and rows for the tests of runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date

from assistant.goals.batch import BatchRow, Rewrite, RowResult, Standing
from assistant.goals.findings import LintedGoal
from assistant.lint.documents.record import Record

TODAY = date(2026, 11, 21)
GOOD = Standing(
    score=100, specific="pass", measurable="pass", achievable="todo", relevant="todo", time_bound="pass",
    consistent="pass",
)  # fmt: skip


def pairs(count: int, text: str = "Improve delivery {n}") -> list[tuple[BatchRow, Record]]:
    """Return rows with their records."""
    made = []
    for index in range(count):
        words = text.format(n=index)
        record = Record(f"list.csv:{index + 2}", words, line=index + 2, column=1)
        made.append((BatchRow(index=index, id=record.id, text=words, line=record.line, column=1), record))
    return made


def done(row: BatchRow, text: str = "") -> RowResult:
    """Return a result that says what its row said."""
    rewrite = Rewrite(id=row.id, text=text or f"{row.text}!", standing=GOOD)
    return RowResult(index=row.index, id=row.id, state="done", verdict="rewritten", before=GOOD, rewrites=(rewrite,))


class Waiting:
    """A rewriter that does nothing but wait, and counts."""

    def __init__(self, seconds: float = 0.0, answer: Callable[[BatchRow], RowResult] = done) -> None:
        self.seconds, self.answer = seconds, answer
        self.asked: list[int] = []
        self.most = self._now = 0
        self._lock = threading.Lock()

    def rewrite(self, row: BatchRow, before: LintedGoal) -> RowResult:
        """Wait, then answer."""
        with self._lock:
            self.asked.append(row.index)
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(self.seconds)
        with self._lock:
            self._now -= 1
        return self.answer(row)
