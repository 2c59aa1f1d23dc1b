"""Asks a model from code that is not asynchronous, such as a command.

Knows nothing about models; it only drives the event loop.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from assistant.llm.types import Model, Outcome, Request

T = TypeVar("T")


def complete_now(model: Model, request: Request) -> Outcome:
    """Return the model's outcome; connections opened for it are closed again. Works inside a running loop as well."""

    async def once() -> Outcome:
        try:
            return await model.complete(request)
        finally:
            close: Callable[[], Coroutine[Any, Any, None]] | None = getattr(model, "aclose", None)
            if close is not None:
                await close()

    return run(once)


class _DaemonThreads(ThreadPoolExecutor):
    """Runs every piece of work in a thread that nobody waits for: a hanging name lookup must not outlast the call."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=work, name="model-lookup", daemon=True).start()
        return future


def _run_to_end(make: Callable[[], Coroutine[Any, Any, T]]) -> T:
    loop = asyncio.new_event_loop()
    loop.set_default_executor(_DaemonThreads(max_workers=1))
    try:
        return loop.run_until_complete(make())
    finally:
        rest = asyncio.all_tasks(loop)
        for task in rest:
            task.cancel()
        if rest:
            loop.run_until_complete(asyncio.wait(rest, timeout=1))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def run(make: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine to its end: in this thread, or in one of its own where a loop already runs here."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _run_to_end(make)
    results: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(_run_to_end(make))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=contextvars.copy_context().run, args=(work,), name="model-call")
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]
