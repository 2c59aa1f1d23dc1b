"""Pairs the goals of a file with what became of them. Knows nothing about formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.batch.cells import cells
from assistant.goals.base import Language
from assistant.goals.batch import BatchRow, RowResult


@dataclass(frozen=True, slots=True)
class Outcome:
    """A goal of the input and what became of it."""

    row: BatchRow
    result: RowResult

    @property
    def owner(self) -> str:
        """Return whose goal it is, or ''."""
        return (self.result.owner or self.row.owner).strip()

    def text(self, column: str, language: Language) -> str:
        """Return what stands in an added column."""
        return cells(self.result, language, self.row.text, (column,))[0]

    def scores(self) -> tuple[int | None, int | None]:
        """Return the scores before and after; None where there is none."""
        before, after = cells(self.result, "en", self.row.text, ("score_before", "score_after"))
        return (int(before) if before else None), (int(after) if after else None)


def outcomes(rows: Iterable[BatchRow], results: Iterable[RowResult]) -> Iterator[Outcome]:
    """Yield every goal with its result, both being in the order of their indexes; one without is pending."""
    waiting = iter(results)
    result = next(waiting, None)
    for row in rows:
        while result is not None and result.index < row.index:
            result = next(waiting, None)
        if result is not None and result.index == row.index:
            yield Outcome(row, result)
        else:
            yield Outcome(row, RowResult(index=row.index, id=row.id, state="pending", owner=row.owner))
