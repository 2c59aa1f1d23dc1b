"""One event loop for the model calls of many threads. Knows nothing about endpoints or what is asked."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Any

from assistant.llm.types import Model, Outcome, Request


class SharedLoop:
    """A model whose calls from any thread run in one event loop, so that connections are kept between them."""

    def __init__(self, model: Model, *, at_once: int | None = None) -> None:
        """Take the model; the loop starts with the first call.

        Args:
            model: the model.
            at_once: calls under way at the same time, None for any number; more threads than that keep the endpoint
                busy, since one can prepare its question while others wait for answers.
        """
        self._model = model
        self._at_once = at_once
        self._slots: asyncio.Semaphore | None = None
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._model.name

    async def complete(self, request: Request) -> Outcome:
        """Return the model's outcome."""
        asked = asyncio.run_coroutine_threadsafe(self._in_turn(request), self._running())
        return await asyncio.wrap_future(asked)

    async def _in_turn(self, request: Request) -> Outcome:
        if self._at_once is None:
            return await self._model.complete(request)
        self._slots = self._slots or asyncio.Semaphore(self._at_once)
        async with self._slots:
            return await self._model.complete(request)

    def close(self) -> None:
        """Close the model's connections and end the loop, with whatever is still under way."""
        if self._loop is None or self._thread is None:
            return
        with contextlib.suppress(Exception):
            asyncio.run_coroutine_threadsafe(self._ended(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
        self._loop = self._thread = None

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="model-loop", daemon=True)
                self._thread.start()
            return self._loop

    async def _ended(self) -> None:
        """Cancel what is under way and close the connections."""
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        close: Any = getattr(self._model, "aclose", None)
        if close is not None:
            await close()
        await asyncio.get_running_loop().shutdown_default_executor()
