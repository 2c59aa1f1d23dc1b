"""The rows of a run as they are looked through: counted by outcome, searched, and taken out a few at a time.

Knows nothing about the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Protocol

from assistant.goals.batch import BatchRow, RowResult

BANDS = 5
"""Bands of scores that are counted: 0 to 19, 20 to 39 and so on; 100 belongs to the last."""


class Kept(Protocol):
    """A run with its rows and their results."""

    def results(self) -> Iterator[RowResult]:
        """Yield a result for every row, in order."""
        ...

    def some(self, indexes: Collection[int]) -> dict[int, RowResult]:
        """Return what is known of some rows."""
        ...


class Listing:
    """A look at a run as it stood when this was made; one pass over it, then a byte a row.

    Attributes:
        counts: rows by outcome, in the order in which they first came.
        before, after: rows by band of their scores; those without a score are in neither.
    """

    def __init__(self, rows: Callable[[], Iterator[BatchRow]], kept: Kept) -> None:
        """Read the run once."""
        self._rows, self._kept = rows, kept
        self.counts: Counter[str] = Counter()
        self.before, self.after = [0] * BANDS, [0] * BANDS
        names: dict[str, int] = {}
        places = bytearray()
        for result in kept.results():
            outcome = outcome_of(result)
            self.counts[outcome] += 1
            places.append(names.setdefault(outcome, len(names)))
            if result.before is not None:
                self.before[_band(result.before.score)] += 1
            if (after := score_after(result)) is not None:
                self.after[_band(after)] += 1
        self._names, self._places = names, places

    def __len__(self) -> int:
        return len(self._places)

    def found(self, outcome: str = "", text: str = "", only: Collection[int] = ()) -> tuple[int, ...]:
        """Return the indexes of rows, in order.

        Args:
            outcome: only rows of this outcome, '' for all.
            text: only rows that hold all of these words, in any column that the run reads or writes.
            only: only rows among these, () for all.
        """
        wanted = self._names.get(outcome, -1)
        some = frozenset(only)
        chosen = [
            index
            for index, place in enumerate(self._places)
            if (not outcome or place == wanted) and (not some or index in some)
        ]
        words = text.casefold().split()
        if not words or not chosen:
            return tuple(chosen)
        left = frozenset(chosen)
        return tuple(
            row.index
            for row, result in zip(self._rows(), self._kept.results(), strict=False)
            if row.index in left and _holds(row, result, words)
        )

    def rows(self, indexes: Iterable[int]) -> tuple[tuple[BatchRow, RowResult], ...]:
        """Return rows with what became of them, in order of their indexes."""
        wanted = sorted(set(indexes))
        if not wanted:
            return ()
        known = self._kept.some(wanted)
        found = []
        for row in self._rows():
            if row.index in known or row.index in wanted:
                found.append((row, known.get(row.index) or _pending(row)))
            if row.index >= wanted[-1]:
                break
        return tuple(found)


def outcome_of(result: RowResult) -> str:
    """Return what became of a row: its verdict where it is done, else its state."""
    return result.verdict if result.state == "done" and result.verdict else result.state


def score_after(result: RowResult) -> int | None:
    """Return the score that a row has after the run, None where it has none or was only judged."""
    if result.verdict == "judged" or result.before is None or result.state != "done":
        return None
    scores = [each.standing.score for each in result.rewrites] or [result.before.score]
    return round(sum(scores) / len(scores))


def _pending(row: BatchRow) -> RowResult:
    return RowResult(index=row.index, id=row.id, state="pending", owner=row.owner)


def _band(score: int) -> int:
    return min(BANDS - 1, score * BANDS // 100)


def _holds(row: BatchRow, result: RowResult, words: list[str]) -> bool:
    parts = (
        row.id, row.text, row.owner, row.parent, result.reason, *(field.value for field in row.beside),
        *(each.text for each in result.rewrites), *result.questions, *result.changes,
        *(finding.message for finding in (result.before.findings if result.before else ())),
    )  # fmt: skip
    whole = "\n".join(parts).casefold()
    return all(word in whole for word in words)
