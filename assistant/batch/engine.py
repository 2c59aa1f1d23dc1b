"""The seam where rows meet the hands that do them: an engine takes work and hands back results in any order.

The engine here uses threads of this process, which suits rows that wait for a model. Another, such as a distributed
one, only needs `run`: rows and results are plain pydantic values, and the journal stays with whoever drives it.
Knows nothing about files, journals or what is done with a row.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from assistant.goals.batch import BatchRow, RowResult
from assistant.goals.findings import LintedGoal
from assistant.llm.types import Failure

_LAST_SECONDS = 2.0
"""What a worker gets to end after an interruption."""
_LOOK_UP = 0.2
"""Seconds after which the caller is asked again whether to go on, though no row is finished."""


@dataclass(frozen=True, slots=True)
class Work:
    """A row with its judgement."""

    row: BatchRow
    before: LintedGoal


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a row, and what its model calls were like."""

    result: RowResult
    throttled: bool = False
    failure: Failure | None = None


class Engine(Protocol):
    """Does rows."""

    def run(
        self, work: Iterator[Work], do: Callable[[Work], Done], may_start: Callable[[int], bool]
    ) -> Iterator[list[Done]]:
        """Yield the results of all work as they come, several or none at a time, until work or permission ends.

        Args:
            work: the rows, taken one by one as there is room.
            do: does one row; raises nothing.
            may_start: asked with the number of rows under way before each further one is taken.
        """
        ...


class ThreadEngine:
    """Does rows in threads."""

    def __init__(self, threads: int) -> None:
        """Take the most rows under way, at least 1."""
        self._threads = max(1, threads)

    def run(
        self, work: Iterator[Work], do: Callable[[Work], Done], may_start: Callable[[int], bool]
    ) -> Iterator[list[Done]]:
        """See `Engine.run`; when the caller stops taking results, workers end after the row at hand."""
        waiting: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        finished: queue.SimpleQueue[Done] = queue.SimpleQueue()

        def hand() -> None:
            while (each := waiting.get()) is not None:
                finished.put(do(each))

        threads: list[threading.Thread] = []
        under_way, exhausted = 0, False
        try:
            while True:
                while not exhausted and under_way < self._threads and may_start(under_way):
                    each = next(work, None)
                    exhausted = each is None
                    if each is not None:
                        waiting.put(each)
                        under_way += 1
                        if len(threads) < under_way:
                            threads.append(threading.Thread(target=hand, name=f"row-{len(threads)}", daemon=True))
                            threads[-1].start()
                if not under_way:
                    return
                batch: list[Done] = []
                with contextlib.suppress(queue.Empty):
                    batch.append(finished.get(timeout=_LOOK_UP))
                while not finished.empty():
                    batch.append(finished.get())
                under_way -= len(batch)
                yield batch
        finally:
            for _ in threads:
                waiting.put(None)
            for thread in threads:
                thread.join(_LAST_SECONDS)
