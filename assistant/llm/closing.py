"""Lets no more questions through once an answer says that all of them would fail alike.

Knows nothing about rows, threads or endpoints.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import Any

from assistant.llm.types import Failure, FailureKind, Model, Outcome, Request

PARKED_FROM = 60.0
"""Seconds of a wait asked for by the endpoint from which a job is parked rather than kept waiting."""
_HEAD_START = 5.0
"""Seconds that the first call has to itself: a refused key is told at once, and a slow model holds nobody up longer."""
ENDS_ALL: frozenset[FailureKind] = frozenset(
    {"auth", "forbidden", "quota", "not_configured", "blocked", "not_found", "redirect", "capped"}
)
"""Kinds of failure that every further call would meet as well."""


def parks(failure: Failure) -> bool:
    """Return whether the endpoint asks for a wait so long that the job had better go on later."""
    return failure.kind == "rate_limited" and (failure.retry_after or 0) > PARKED_FROM


def ends_all(failure: Failure) -> bool:
    """Return whether every further call would meet the same failure."""
    return failure.fatal or failure.kind in ENDS_ALL


class ClosingModel:
    """A model whose first call goes alone, and which answers for itself once a failure ends all.

    All calls run in one event loop.
    """

    def __init__(self, model: Model) -> None:
        """Take the model."""
        self._model = model
        self._tried: asyncio.Event | None = None
        self._shut: Failure | None = None

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._model.name

    async def complete(self, request: Request) -> Outcome:
        """Return the model's outcome, or without asking the failure that ended all."""
        first = self._tried is None
        tried = self._tried = self._tried or asyncio.Event()
        if not first:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_HEAD_START):
                    await tried.wait()
        if self._shut is not None:
            return self._shut
        try:
            outcome = await self._model.complete(request)
            if isinstance(outcome, Failure) and (ends_all(outcome) or parks(outcome)):
                self._shut = self._shut or replace(
                    outcome, calls=0, seconds=0.0, prompt_tokens=None, completion_tokens=None, throttled=0
                )
            return outcome
        finally:
            tried.set()

    async def aclose(self) -> None:
        """Close the model's connections."""
        close: Any = getattr(self._model, "aclose", None)
        if close is not None:
            await close()
