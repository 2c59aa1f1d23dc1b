"""Runs the assistant's work in threads and hears how it comes along. Knows nothing about sessions or the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from assistant.goals import PartialGoal

_T = TypeVar("_T")

DRAFTS_AT_ONCE = 48
"""Drafts under way at the same time; each mostly waits for its model."""

_DRAFTS = ThreadPoolExecutor(max_workers=DRAFTS_AT_ONCE, thread_name_prefix="draft")
_OTHERS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="work")
"""For all other work, which so never waits behind drafts."""
_LOOK_SECONDS = 0.25
"""Time between two looks at a draft under way."""


class GivenUp(Exception):
    """Nobody waits for the work any more; raised inside it at its next sign of life."""


@dataclass(frozen=True, slots=True)
class Look:
    """How far the work is.

    Attributes:
        steps: keys of the steps begun, in order.
        goals: the goals as far as a model has written them.
    """

    steps: tuple[str, ...] = ()
    goals: tuple[PartialGoal, ...] = ()


class Watch:
    """Hears from the thread that works; every call of it ends the work once nobody waits."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self.look = Look()
        self._given_up = False

    def step(self, key: str) -> None:
        """Take the key of a step that begins."""
        self._alive()
        if key != "done" and key not in self.look.steps:
            self.look = Look((*self.look.steps, key), self.look.goals)

    def goals(self, goals: tuple[PartialGoal, ...]) -> None:
        """Take the goals as far as they are written."""
        self._alive()
        self.look = Look(self.look.steps, goals)

    def give_up(self) -> None:
        """End the work at its next sign of life."""
        self._given_up = True

    def _alive(self) -> None:
        if self._given_up:
            raise GivenUp


async def watched(work: Callable[[Watch], _T], stopped: Callable[[], bool]) -> AsyncIterator[Look | _T]:
    """Yield what is new a few times a second and at last what the work returned.

    Args:
        work: runs in a thread of its own and tells the watch.
        stopped: asked at every look; where it is true, the work is given up and nothing more comes.

    Raises:
        Exception: whatever the work raised.
    """
    watch = Watch()
    task = asyncio.get_running_loop().run_in_executor(_DRAFTS, work, watch)
    seen = watch.look
    try:
        while True:
            done, _ = await asyncio.wait({task}, timeout=_LOOK_SECONDS)
            if stopped():
                return
            if watch.look is not seen:
                seen = watch.look
                yield seen
            if done:
                break
        yield task.result()
    finally:
        watch.give_up()
        task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())


async def in_thread(work: Callable[[], _T]) -> _T:
    """Return what `work` returns, without holding up the page."""
    return await asyncio.get_running_loop().run_in_executor(_OTHERS, work)
