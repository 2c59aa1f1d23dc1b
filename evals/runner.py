"""Runs the samples of a plan: as many at once as the endpoint bears, each written down as it is finished.

Knows nothing about any suite, or about how results are shown.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.errors import StorageError
from assistant.evaluation.samples import Sample, SampleError, Variant, sample_key
from assistant.llm.pacing import AdaptiveLimit, Breaker, Budget
from evals.store import RunStore
from evals.suite import Answer, Case, Suite

_LAST_SECONDS = 2.0
"""What a worker gets to end after an interruption."""
Cost = Callable[[int | None, int | None], float | None]


@dataclass(frozen=True)
class Task:
    """One sample to be made."""

    suite: Suite
    case: Case
    variant: Variant
    epoch: int
    key: str


@dataclass
class Tally:
    """How far a run is.

    Attributes:
        done: samples finished now, `before` those that were there already, `errors` those of `done` without an answer.
        at_once: samples that may be under way.
    """

    planned: int
    before: int = 0
    done: int = 0
    errors: int = 0
    stale: int = 0
    at_once: int = 1
    started: float = field(default_factory=time.monotonic)
    budget: Budget = field(default_factory=Budget)
    stopped: str = ""

    @property
    def seconds(self) -> float:
        """Wall-clock time since the start."""
        return time.monotonic() - self.started

    @property
    def left(self) -> int:
        """Samples still to be made."""
        return self.planned - self.before - self.done

    @property
    def seconds_left(self) -> float | None:
        """Estimate of the time left, None before the first sample."""
        return self.seconds / self.done * self.left if self.done else None


def plan(
    suites: Sequence[tuple[Suite, Sequence[Case], Sequence[Variant]]], epochs: int, parameters: dict[str, object]
) -> list[Task]:
    """Return the samples of a run: every epoch and case by every variant that takes it, case by case."""
    tasks = [
        Task(suite, case, variant, epoch, _key(suite, case, variant, epoch, parameters))
        for suite, cases, variants in suites
        for epoch in range(epochs)
        for case in cases
        for variant in variants
        if suite.takes(case, variant)
    ]
    return list({task.key: task for task in tasks}.values())


def _key(suite: Suite, case: Case, variant: Variant, epoch: int, parameters: dict[str, object]) -> str:
    return sample_key(
        suite=suite.name,
        case=case.id,
        fingerprint=case.fingerprint,
        variant=variant.name,
        kind=variant.kind,
        epoch=epoch,
        prompts=variant.prompts,
        parameters=parameters,
    )


def run(
    tasks: Sequence[Task],
    store: RunStore,
    *,
    at_once: int,
    ahead: int = 0,
    budget: Budget,
    cost: Cost,
    told: Callable[[Tally], None] = lambda tally: None,
    release: Callable[[], None] = lambda: None,
) -> Tally:
    """Make every sample that is not there yet; interrupting keeps what is done.

    Args:
        tasks: the whole plan.
        store: the open run folder.
        at_once: most samples under way.
        ahead: further samples that may be prepared or scored meanwhile; whoever asks the model keeps to `at_once`.
        budget: what may be spent.
        cost: price of tokens asked and answered.
        told: hears of every finished sample.
        release: closes the models, which ends what is still under way after an interruption.
    """
    there = store.finished()
    todo = [task for task in tasks if task.key not in there]
    tally = Tally(len(tasks), before=len(tasks) - len(todo), budget=budget)
    limit, breaker = AdaptiveLimit(at_once), Breaker()
    tally.at_once = limit.now
    waiting: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
    finished: queue.SimpleQueue[tuple[Sample, int]] = queue.SimpleQueue()

    def work() -> None:
        while (task := waiting.get()) is not None:
            finished.put(make(task, cost))

    threads = [
        threading.Thread(target=work, name=f"sample-{number}", daemon=True)
        for number in range(min(at_once + ahead, len(todo)))
    ]
    for thread in threads:
        thread.start()
    following = iter(todo)
    under_way = 0
    exhausted = False
    told(tally)
    try:
        while True:
            while (
                not exhausted
                and not breaker.open
                and not budget.used_up
                and under_way < limit.now + (ahead if limit.now == at_once else 0)
            ):
                task = next(following, None)
                exhausted = task is None
                if task is not None:
                    waiting.put(task)
                    under_way += 1
            if not under_way:
                break
            sample, throttled = finished.get()
            under_way -= 1
            store.append(sample)
            tally.done += 1
            tally.errors += sample.status == "error"
            tally.stale += sample.stale
            budget.add(sample.cost, called=sample.calls > 0)
            breaker.note(sample.error.kind if sample.error else None, sample.error.message if sample.error else "")
            limit.note(busy=throttled > 0)
            tally.at_once = limit.now
            told(tally)
        if not exhausted:
            tally.stopped = (breaker.why or budget.why) if tally.left else ""
    except KeyboardInterrupt:
        tally.stopped = "interrupted"
    finally:
        for _ in threads:
            waiting.put(None)
        release()
        for thread in threads:
            thread.join(_LAST_SECONDS)
    return tally


def make(task: Task, cost: Cost) -> tuple[Sample, int]:
    """Return the finished sample and how often the endpoint was busy; whatever fails becomes part of the sample."""
    started = time.perf_counter()
    answer = Answer()
    scores = {}
    try:
        answer = task.suite.answer(task.case, task.variant, task.epoch)
        if answer.error is None:
            scores = task.suite.score(task.case, answer.evidence)
    except asyncio.CancelledError:
        answer.error = SampleError(kind="cancelled", message="the run was interrupted")
    except StorageError as error:
        answer.error = SampleError(kind="storage", message=str(error))
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{place.filename.rsplit('/', 1)[-1]}:{place.lineno}"
        answer.error = SampleError(kind="crash", message=f"{type(error).__name__} at {where}: {error}"[:500])
    case = task.case
    return (
        Sample(
            key=task.key, suite=task.suite.name, case=case.id, case_version=case.version, variant=task.variant.name,
            epoch=task.epoch, language=case.language, cluster=case.cluster, split=case.split, tags=case.tags,
            status="error" if answer.error else "scored", scores=scores, error=answer.error, stale=answer.stale,
            rounds=answer.rounds, calls=answer.calls, prompt_tokens=answer.prompt_tokens,
            completion_tokens=answer.completion_tokens,
            cost=cost(answer.prompt_tokens, answer.completion_tokens) if answer.calls else 0.0,
            seconds=round(time.perf_counter() - started, 6), model_seconds=round(answer.model_seconds, 6),
            input=case.shown, output=answer.output if answer.error is None else None,
        ),
        answer.throttled,
    )  # fmt: skip
