"""Asks a model from code that is not asynchronous, such as a command.

Knows nothing about models; it only drives the event loop.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable, Coroutine
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


def run(make: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine to its end: in this thread, or in one of its own where a loop already runs here."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(make())
    results: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(asyncio.run(make()))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=contextvars.copy_context().run, args=(work,), name="model-call")
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]
