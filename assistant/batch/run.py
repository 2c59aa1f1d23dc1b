"""Carries a list of rows through judging and rewriting into the journal, as fast as the endpoint and the limits allow.

Whatever is finished is in the journal; stopping or being killed loses only what was under way. Knows nothing about
file formats or how a row is rewritten.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from assistant.batch.engine import Done, Engine, ThreadEngine, Work
from assistant.batch.journal import Journal, Kept
from assistant.batch.judging import Pair, checked, judged_ahead
from assistant.batch.together import Together
from assistant.batch.watching import listening
from assistant.goals.batch import BatchRow, RowResult
from assistant.goals.findings import LintedGoal
from assistant.llm.closing import ends_all, parks
from assistant.llm.pacing import AdaptiveLimit, Breaker, Budget
from assistant.llm.types import Failure

_LOG = logging.getLogger(__name__)
_NOT_THE_ROWS = frozenset({"server", "rate_limited"})
"""Kinds of failure that say nothing of the row: it stays to be done."""
_PENDING_COMMIT = 500


class RowRewriter(Protocol):
    """Turns a judged row into its result."""

    def rewrite(self, row: BatchRow, before: LintedGoal) -> RowResult:
        """Return what becomes of a row; a model that fails makes the row fail, with the reason."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take.

    Attributes:
        at_once: rows under way at the same time.
        threads: hands that prepare and finish rows; more than `at_once` keep the endpoint busy.
        processes: how many may judge at the same time.
        most_cost: what may be spent on the list, earlier runs of the job included; None for no cap.
    """

    at_once: int = 6
    threads: int = 12
    processes: int = 1
    most_cost: float | None = None


@dataclass
class Progress:
    """How far a run is.

    Attributes:
        rows: rows of the whole list.
        before: those that were finished by an earlier run.
        done, failed: rows finished now, and those of them that failed.
        at_once: calls that may be under way.
        cost: what was spent, None where it is not known.
        stopped: why the run ended early, or ''.
    """

    rows: int
    before: int = 0
    done: int = 0
    failed: int = 0
    at_once: int = 1
    cost: float | None = 0.0
    stopped: str = ""
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Wall-clock time since the start."""
        return time.monotonic() - self.started

    @property
    def rate(self) -> float:
        """Rows finished a second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> int:
        """Rows still to be done."""
        return max(0, self.rows - self.before - self.done)

    @property
    def seconds_left(self) -> float | None:
        """Estimate of the time left, None before the first row."""
        return self.left / self.rate if self.done else None


Told = Callable[[Progress], None]
Cost = Callable[[int | None, int | None], float | None]


def judge_only(
    pairs: Iterable[Pair], journal: Journal, *, today: date, limits: Limits, rows: int, told: Told,
    stop: threading.Event,
) -> tuple[Progress, Together]:  # fmt: skip
    """Judge every row and keep how it stands; see `rewrite_all`."""
    progress, together = Progress(rows), Together()
    finished = journal.finished()
    progress.before = len(finished)
    waiting: list[Kept] = []
    for part, far in checked(pairs, today, processes=limits.processes):
        for kept, noted in part:
            together.add(kept.place, noted, far=far)
            if kept.place in finished:
                continue
            waiting.append(kept)
            progress.done += 1
            if len(waiting) >= _PENDING_COMMIT:
                journal.keep(waiting)
                waiting.clear()
                told(progress)
        if stop.is_set():
            progress.stopped = "interrupted"
            break
    journal.keep(waiting)
    told(progress)
    return progress, together


def rewrite_all(
    pairs: Iterable[Pair],
    journal: Journal,
    rewriter: RowRewriter,
    *,
    today: date,
    limits: Limits,
    rows: int,
    cost: Cost,
    told: Told,
    stop: threading.Event,
    engine: Engine | None = None,
    release: Callable[[], None] = lambda: None,
) -> Progress:
    """Rewrite every row that is not finished yet.

    Args:
        pairs: the rows with their records, in order.
        journal: where results are kept, one commit for all that are finished at a time.
        rewriter: does a row.
        today: the day to judge by.
        limits: what may be taken.
        rows: how many rows there are.
        cost: price of tokens asked and answered.
        told: hears of progress.
        stop: ends the run when set; what is finished is kept.
        engine: the hands; threads of this process where None.
        release: closes the model, which ends what is under way after a stop.

    Raises:
        StorageError: the journal cannot be written.
    """
    progress = Progress(rows)
    finished = journal.finished()
    progress.before = len(finished)
    pace, breaker, budget = AdaptiveLimit(limits.threads), Breaker(), Budget(limits.most_cost)
    if limits.most_cost is not None:
        # The cap holds for the list, not for each time that its run is gone on with.
        for result in journal.results():
            spent = result.usage
            budget.add(cost(spent.prompt_tokens, spent.completion_tokens), called=spent.calls > 0)
    progress.at_once = min(limits.at_once, pace.now)
    excuse = _Excuse()

    def work() -> Iterator[Work]:
        for row, goal, _ in judged_ahead(pairs, today):
            if row.index not in finished:
                yield Work(row, goal)

    def do(each: Work) -> Done:
        return done_by(rewriter, each)

    def may_start(under_way: int) -> bool:
        return under_way < pace.now and not (stop.is_set() or breaker.open or budget.used_up)

    told(progress)
    hands = _closable((engine or ThreadEngine(limits.threads)).run(work(), do, may_start))
    try:
        for batch in hands:
            kept = [each.result for each in batch if _counts(each, breaker, excuse)]
            journal.record(kept)
            for each in batch:
                usage = each.result.usage
                budget.add(cost(usage.prompt_tokens, usage.completion_tokens), called=usage.calls > 0)
                pace.note(busy=each.throttled)
            progress.done += len(kept)
            progress.failed += sum(result.state == "failed" for result in kept)
            progress.at_once = min(limits.at_once, pace.now)
            progress.cost = budget.spent if budget.known else None
            told(progress)
            if stop.is_set():
                break
    except KeyboardInterrupt:
        stop.set()
    finally:
        if stop.is_set():
            release()
        hands.close()
    if stop.is_set() and progress.left:
        progress.stopped = "interrupted"
    elif progress.left:
        progress.stopped = breaker.why or (budget.why if budget.used_up else excuse.why)
    return progress


def _closable(batches: Iterator[list[Done]]) -> Generator[list[Done], None, None]:
    yield from batches


def done_by(rewriter: RowRewriter, work: Work) -> Done:
    """Return what becomes of one row; a fault of our own makes the row fail and is logged, never raised."""
    row = work.row
    with listening() as heard:
        try:
            result = rewriter.rewrite(row, work.before)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{place.filename.rsplit('/', 1)[-1]}:{place.lineno}"
            _LOG.exception("row %d could not be done", row.index)
            reason = f"A fault of this software ({type(error).__name__} at {where}); the row is unchanged."
            result = RowResult(index=row.index, id=row.id, state="failed", reason=reason, owner=row.owner)
    return Done(result, heard.throttled, heard.failure if result.state == "failed" else None)


def _counts(done: Done, breaker: Breaker, excuse: _Excuse) -> bool:
    """Whether a result is kept; a row stays to be done where its failure says nothing of it."""
    fault = done.failure
    if fault is None:
        breaker.note(None)
        return done.result.state != "pending"
    if fault.kind in ("cancelled", "not_recorded"):
        return False
    if parks(fault) or ends_all(fault):
        breaker.why = breaker.why or (_parked(fault) if parks(fault) else str(fault))
        return False
    breaker.note(fault.kind, str(fault))
    if fault.kind in _NOT_THE_ROWS:
        excuse.why = str(fault)
        return False
    return True


@dataclass
class _Excuse:
    """Why rows stay to be done though the run went through, '' where none does."""

    why: str = ""


def _parked(fault: Failure) -> str:
    at = datetime.now() + timedelta(seconds=fault.retry_after or 0)
    return f"the endpoint asks to wait until {at:%H:%M}; go on then with --resume"
