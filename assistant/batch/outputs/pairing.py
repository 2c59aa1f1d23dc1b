"""What outputs need of a file of goals, and its rows beside their results. Knows nothing about formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from assistant.goals.batch import BatchRow, RowResult


class GoalFile(Protocol):
    """The part of a source that outputs of every kind ask for.

    Attributes:
        name: its name, for messages and ids.
        kind: its kind: delimited, jsonl, text, markdown, workbook or word.
        digest: SHA-256 of its bytes in hexadecimal digits.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def digest(self) -> str: ...  # noqa: D102

    def rows(self) -> Iterator[BatchRow]:
        """Yield the goals in order; can be asked again."""

    def raw(self) -> bytes:
        """Return the whole bytes."""


def paired(rows: Iterable[BatchRow], results: Iterable[RowResult]) -> Iterator[tuple[BatchRow, RowResult]]:
    """Yield each row with its result; a row without one is pending.

    Args:
        rows: the goals of the file, in order.
        results: results in order of index; some may be missing.
    """
    rest = iter(results)
    result = next(rest, None)
    for row in rows:
        while result is not None and result.index < row.index:
            result = next(rest, None)
        if result is not None and result.index == row.index:
            yield row, result
        else:
            yield row, RowResult(index=row.index, id=row.id, state="pending", owner=row.owner)
