"""What the tab of evaluation runs remembers, and what happens when a person picks: state in, states out.

Knows nothing about components or markup. Runs are named by their ids, which the backend looks up.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import PurePath

from assistant.errors import AssistantError, StorageError, UsageError
from assistant.evaluation.folder import RunInfo
from assistant.evaluation.results import RunComparison, RunSummary
from assistant.goals.base import Model
from assistant.web.backend import Backend
from assistant.web.session import Turn

logger = logging.getLogger(__name__)

SAME_NAMES = ""
"""Stands for comparing variants of the same name."""


class Looking(Model):
    """Everything of one browser tab; replaced, never changed.

    Attributes:
        runs: None before the list was read.
        unread: why the list cannot be read.
        shown: id of the run on show, '' for none.
        trouble: why the run on show cannot be read.
        report: whether that run has a report to open.
        against: id of the run that the one on show is compared with, '' for none; may be the same one.
        pair: the variant there and the variant of the run on show; both '' for those of the same name.
        doubt: why the two could not be compared at all; what the comparison itself refuses is in `comparison`.
        busy: True while the comparison is under way.
    """

    runs: tuple[RunInfo, ...] | None = None
    unread: Turn | None = None
    shown: str = ""
    summary: RunSummary | None = None
    trouble: Turn | None = None
    report: bool = False
    against: str = ""
    pair: tuple[str, str] = (SAME_NAMES, SAME_NAMES)
    comparison: RunComparison | None = None
    doubt: Turn | None = None
    busy: bool = False

    def info(self, id: str) -> RunInfo | None:
        """Return what the list says of a run."""
        return next((run for run in self.runs or () if run.id == id), None)


async def refresh(backend: Backend, at: Looking) -> AsyncIterator[Looking]:
    """Read the list anew; the run on show stays where it is still there, else the newest one is shown."""
    try:
        runs = await asyncio.to_thread(backend.eval_runs)
    except Exception as error:
        yield Looking(runs=(), unread=_complaint(error))
        return
    ids = [run.id for run in runs]
    shown = at.shown if at.shown in ids else next(iter(ids), "")
    against = at.against if at.against in ids and shown == at.shown else ""
    pair = at.pair if against else (SAME_NAMES, SAME_NAMES)
    at = await _shown(backend, Looking(runs=runs, shown=shown, against=against, pair=pair))
    async for state in _compared(backend, at):
        yield state


async def show(backend: Backend, at: Looking, id: str) -> AsyncIterator[Looking]:
    """Show another run; the run that it is compared with stays."""
    if id == at.shown or at.info(id) is None:
        return
    against = "" if id == at.against else at.against
    at = at.model_copy(update={"shown": id, "against": against, "pair": (SAME_NAMES, SAME_NAMES)})
    async for state in _compared(backend, await _shown(backend, at)):
        yield state


async def compare(backend: Backend, at: Looking, id: str) -> AsyncIterator[Looking]:
    """Compare the run on show with another one, or with none where `id` is ''."""
    if id and at.info(id) is None:
        return
    at = at.model_copy(update={"against": id, "pair": (SAME_NAMES, SAME_NAMES)})
    async for state in _compared(backend, at):
        yield state


async def swap(backend: Backend, at: Looking) -> AsyncIterator[Looking]:
    """Exchange the two runs, and the two variants."""
    if not at.against:
        return
    update = {"shown": at.against, "against": at.shown, "pair": (at.pair[1], at.pair[0])}
    async for state in _compared(backend, await _shown(backend, at.model_copy(update=update))):
        yield state


async def choose(backend: Backend, at: Looking, side: int, variant: str) -> AsyncIterator[Looking]:
    """Compare another variant on one side; where the other side has none chosen yet, the like of it is taken there."""
    names = variants(at, 0), variants(at, 1)
    if variant == SAME_NAMES:
        pair = (SAME_NAMES, SAME_NAMES)
    elif variant not in names[side]:
        return
    else:
        other = at.pair[1 - side] or _like(variant, names[1 - side], at)
        pair = (variant, other) if side == 0 else (other, variant)
    async for state in _compared(backend, at.model_copy(update={"pair": pair})):
        yield state


def variants(at: Looking, side: int) -> tuple[str, ...]:
    """Return the variants to choose from: of the run compared with where `side` is 0, of the run on show where 1."""
    run = at.info(at.shown if side else at.against)
    return run.variants if run else ()


async def _shown(backend: Backend, at: Looking) -> Looking:
    """Return the state with what there is to know of the run on show."""
    summary, trouble, report = None, None, False
    if at.shown:
        try:
            summary = await asyncio.to_thread(backend.eval_run, at.shown)
            report = await asyncio.to_thread(backend.eval_report, at.shown) is not None
        except Exception as error:
            trouble = _complaint(error)
    return at.model_copy(update={"summary": summary, "trouble": trouble, "report": report})


async def _compared(backend: Backend, at: Looking) -> AsyncIterator[Looking]:
    """Yield the state before and after the comparison that it asks for, or at once where it asks for none."""
    at = at.model_copy(update={"comparison": None, "doubt": None, "busy": False})
    pairs = () if SAME_NAMES in at.pair else (at.pair,)
    if not at.against or at.summary is None or (at.against == at.shown and not pairs):
        yield at
        return
    yield at.model_copy(update={"busy": True})
    try:
        found = await asyncio.to_thread(backend.compare_eval_runs, at.against, at.shown, pairs)
        yield at.model_copy(update={"comparison": found})
    except Exception as error:
        yield at.model_copy(update={"doubt": _complaint(error)})


def _like(variant: str, names: tuple[str, ...], at: Looking) -> str:
    """Return what to put beside a variant: one of the same name, or in the same run another one of its suites."""
    if at.against != at.shown:
        return variant if variant in names else next(iter(names), SAME_NAMES)
    parts = at.summary.variants if at.summary else ()
    suites = {part.suite for part in parts if part.variant == variant}
    peers = [part.variant for part in parts if part.suite in suites and part.variant != variant]
    return next(iter(peers), SAME_NAMES)


def _complaint(error: Exception) -> Turn:
    """Return an error as a message of the page; of a file only its own name is told, not where it lies."""
    if isinstance(error, StorageError):
        file = PurePath(error.values.get("file", "")).name or "–"
        line = error.values.get("line")
        values = {"file": file} | ({"line": line} if line else {})
        return Turn(role="assistant", kind="error", key="evals.broken_line" if line else "evals.broken", values=values)
    if isinstance(error, UsageError):
        return Turn(role="assistant", kind="error", key="evals.gone")
    if not isinstance(error, AssistantError):
        logger.error("The page could not read an evaluation run.", exc_info=error)
    return Turn(role="assistant", kind="error", key="evals.failed")
