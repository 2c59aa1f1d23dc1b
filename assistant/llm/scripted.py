"""A model that answers from a script, in process: for tests, demonstrations and pipelines without an endpoint.

Knows nothing about endpoints; it can fail in every way that a live model can.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from assistant.llm.cleaning import scrub, without_thinking
from assistant.llm.failures import Fault, failure
from assistant.llm.types import Completion, Failure, FailureKind, Outcome, Request, Restarted

Line: TypeAlias = str | Mapping[str, Any] | Completion | Failure
"""One scripted answer: text, an object to be written as JSON, or a whole outcome."""

Script: TypeAlias = Iterable[Line] | Callable[[Request], Line | Awaitable[Line]]

_PIECE = 16


class ScriptedModel:
    """Gives the lines of a script in order, or what a function makes of each request.

    Attributes:
        requests: every request so far, in order.
    """

    def __init__(self, script: Script, *, name: str = "scripted") -> None:
        """Take the script; a list that runs out answers with a failure of kind `not_recorded`."""
        self._answer = script if callable(script) else None
        self._lines = iter(()) if callable(script) else iter(script)
        self._name = name
        self.requests: list[Request] = []

    @property
    def name(self) -> str:
        """Return the name given at the start."""
        return self._name

    async def complete(self, request: Request) -> Outcome:
        """Return the next line as an outcome."""
        self.requests.append(request)
        if self._answer is None:
            line = next(self._lines, None)
        else:
            made = self._answer(request)
            line = await made if inspect.isawaitable(made) else made
        if line is None:
            count = len(self.requests) - 1
            return failed("not_recorded", f"the script has {count} answers", model=self._name)
        if isinstance(line, Completion | Failure):
            return line
        text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
        shown = without_thinking(scrub(text))
        if not shown:
            return failed("truncated" if shown is None else "empty", model=self._name, calls=1)
        asked = sum(len(message.content) for message in request.messages)
        return Completion(shown, self._name, prompt_tokens=asked // 3, completion_tokens=len(shown) // 3)

    async def stream(
        self, request: Request, *, restart: bool = False
    ) -> AsyncGenerator[str | Restarted | Outcome, None]:
        """Yield the next line in short pieces, then as an outcome."""
        async for piece in in_pieces(await self.complete(request)):
            yield piece


async def in_pieces(outcome: Outcome) -> AsyncGenerator[str | Outcome, None]:
    """Yield the text of `outcome` in pieces of 16 characters, then `outcome` itself."""
    if isinstance(outcome, Completion):
        for start in range(0, len(outcome.text), _PIECE):
            yield outcome.text[start : start + _PIECE]
    yield outcome


def failed(kind: FailureKind, detail: str = "", *, model: str = "scripted", calls: int = 0, **changes: Any) -> Failure:
    """Return a failure of `kind` as the gateway words it, with any field replaced by `changes`."""
    made = failure(Fault(kind, detail), host="localhost", model=model, calls=calls)
    return replace(made, **changes) if changes else made
