"""Listens to a model during a run: what each row's calls came to, so that a run knows when to slow down or stop.

Knows nothing about rows or prompts.
"""

from __future__ import annotations

import contextvars
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.llm import Completion, Failure, Model, Outcome, Request

_heard: contextvars.ContextVar[Heard | None] = contextvars.ContextVar("heard", default=None)


@dataclass
class Heard:
    """The outcomes of the calls that one row took."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def throttled(self) -> bool:
        """Whether the endpoint turned a try away because it was busy."""
        return any(outcome.throttled > 0 for outcome in self.outcomes)

    @property
    def failure(self) -> Failure | None:
        """The failure that ended the row's calls, None where they ended with an answer."""
        last = self.outcomes[-1] if self.outcomes else None
        return None if last is None or isinstance(last, Completion) else last


@contextmanager
def listening() -> Iterator[Heard]:
    """Gather the outcomes of all calls that are made inside."""
    heard = Heard()
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


class WatchedModel:
    """Passes requests on and lets whoever is listening know their outcomes."""

    def __init__(self, model: Model) -> None:
        """Take the model."""
        self._model = model

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._model.name

    async def complete(self, request: Request) -> Outcome:
        """Return the model's outcome."""
        heard = _heard.get()
        outcome = await self._model.complete(request)
        if heard is not None:
            heard.outcomes.append(outcome)
        return outcome
