"""Judges the rows of a source in order: the whole list together, or a long one in parts, on several processors.

Rows of one part are judged with what stands around them (an objective lends its key results its time). Knows nothing
about rewriting, and of journals only the form in which they hold a row.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import NamedTuple, TypeVar

from assistant.batch.journal import Kept, kept
from assistant.batch.standing import checked_row
from assistant.batch.together import Noted, noted
from assistant.goals.batch import BatchRow
from assistant.goals.findings import LintedGoal
from assistant.lint.check import lint_records
from assistant.lint.documents.record import Record

TOGETHER = 5_000
"""Rows up to which a list is judged as one."""
PART = 500
SHORT = 100
"""Rows up to which a list is judged before work on its first row begins."""
AHEAD = 50
"""Rows of a part where others wait for them."""
_LONGEST_PART = 2_000
"""Rows of a part at most, where no place to cut is found."""

Pair = tuple[BatchRow, Record]


class Judged(NamedTuple):
    """A row, how it stands, and what it adds to the list."""

    row: BatchRow
    goal: LintedGoal
    noted: Noted


class Checked(NamedTuple):
    """What is kept of a row that is judged and left as it is, and what it adds to the list."""

    kept: Kept
    noted: Noted


_Row = TypeVar("_Row", Judged, Checked)


def judged(pairs: Iterable[Pair], today: date) -> Iterator[tuple[list[Judged], bool]]:
    """Yield the rows in order, part by part, and whether the list had to be cut into parts.

    Args:
        pairs: the rows with their records.
        today: the day to judge by.
    """
    return _in_parts(pairs, partial(judge, today=today), 1)


def checked(pairs: Iterable[Pair], today: date, *, processes: int = 1) -> Iterator[tuple[list[Checked], bool]]:
    """Yield what is kept of rows that are judged and left as they are; see `judged`.

    Args:
        pairs: the rows with their records.
        today: the day to judge by.
        processes: how many may judge at the same time; a list that is judged as one takes one.
    """
    return _in_parts(pairs, partial(check, today=today), processes)


def _in_parts(
    pairs: Iterable[Pair], do: Callable[[list[Pair]], list[_Row]], processes: int
) -> Iterator[tuple[list[_Row], bool]]:
    rest = iter(pairs)
    first = list(islice(rest, TOGETHER + 1))
    if len(first) <= TOGETHER:
        if first:
            yield do(first), False
        return
    parts = _parts(chain(first, rest), PART)
    if processes <= 1:
        for part in parts:
            yield do(part), True
        return
    # Other start methods than fork: threads may be running, and a forked copy of their locks would hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_collect_seldom) as pool:
        ahead: deque[Future[list[_Row]]] = deque()
        for part in parts:
            ahead.append(pool.submit(do, part))
            if len(ahead) > 2 * processes:
                yield ahead.popleft().result(), True
        while ahead:
            yield ahead.popleft().result(), True


def _collect_seldom() -> None:
    """Look for rings of dead objects once a part rather than every 700 objects: judging makes none worth a search."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def judged_ahead(pairs: Iterable[Pair], today: date) -> Iterator[Judged]:
    """Yield the rows in order, judged a little ahead of whoever takes them, so that work on them begins at once.

    A short list, or one that names parents, is judged as one before its first row is given out; a longer one in small
    parts that end before a row that stands by itself.
    """
    rest = iter(pairs)
    first = list(islice(rest, SHORT + 1))
    if len(first) > SHORT and any(record.parent for _, record in first):
        first += islice(rest, TOGETHER - len(first))
        parts: Iterator[list[Pair]] = chain([first], _parts(rest, PART))
    elif len(first) > SHORT:
        parts = _parts(chain(first, rest), AHEAD)
    else:
        parts = iter([first] if first else [])
    for part in ahead((judge(part, today) for part in parts), 3):
        yield from part


T = TypeVar("T")


def ahead(values: Iterator[T], most: int) -> Iterator[T]:
    """Yield what an iterator yields, which runs in a thread of its own at most so many values ahead.

    What the iterator raises is raised here. Closing this generator ends the thread.
    """
    waiting: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(most)
    closed = threading.Event()

    def put(value: T | None, error: BaseException | None) -> bool:
        while not closed.is_set():
            with contextlib.suppress(queue.Full):
                waiting.put((value, error), timeout=0.1)
                return True
        return False

    def run() -> None:
        try:
            for value in values:
                if not put(value, None):
                    return
            put(None, StopIteration())
        except BaseException as error:
            put(None, error)

    thread = threading.Thread(target=run, name="judging", daemon=True)
    thread.start()
    try:
        while True:
            value, error = waiting.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield value  # type: ignore[misc]
    finally:
        closed.set()


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def judge(part: list[Pair], today: date) -> list[Judged]:
    """Return the rows of one part, judged together."""
    report = lint_records([record for _, record in part], today=today)
    return [Judged(row, goal, noted(row, goal)) for (row, _), goal in zip(part, report.goals, strict=True)]


def check(part: list[Pair], today: date) -> list[Checked]:
    """Return what is kept of the rows of one part, as text: it comes from another process at little cost."""
    return [Checked(kept(checked_row(row, goal)), noted) for row, goal, noted in judge(part, today)]


def _parts(pairs: Iterator[Pair], size: int) -> Iterator[list[Pair]]:
    """Yield parts that end before a row that stands by itself."""
    part: list[Pair] = []
    for pair in pairs:
        alone = pair[1].kind != "key_result" and pair[1].parent is None
        if len(part) >= size and (alone or len(part) >= _LONGEST_PART):
            yield part
            part = []
        part.append(pair)
    if part:
        yield part
