"""Stops a job's model calls at a limit of calls or tokens.

Knows nothing about prices; tokens that an endpoint does not report are estimated from the text.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator

from assistant.llm.failures import Fault, failure
from assistant.llm.scripted import in_pieces
from assistant.llm.types import Completion, Model, Outcome, Request, Restarted


class CappedModel:
    """Passes requests on until a limit is reached, then answers with a failure of kind `capped`.

    Attributes:
        calls: requests sent so far, retries included, and those under way.
        tokens: tokens used so far, reported or estimated at one for each two characters.
    """

    def __init__(self, model: Model, *, max_calls: int | None = None, max_tokens: int | None = None) -> None:
        """Take the model and the limits; None sets no limit.

        A call is begun only while its first try fits the limit, so retries of the last calls can exceed `max_calls`
        by the gateway's number of retries for each call under way.
        """
        self._inner = model
        self._max_calls = max_calls
        self._max_tokens = max_tokens
        self.calls = 0
        self.tokens = 0

    @property
    def name(self) -> str:
        """Return the name of the model asked."""
        return self._inner.name

    async def complete(self, request: Request) -> Outcome:
        """Return the inner model's outcome, or the failure that tells which limit is reached."""
        if self._max_calls is not None and self.calls >= self._max_calls:
            return failure(Fault("capped"), model=self.name, limit=f"{self._max_calls} calls")
        if self._max_tokens is not None and self.tokens >= self._max_tokens:
            return failure(Fault("capped"), model=self.name, limit=f"{self._max_tokens} tokens")
        self.calls += 1
        outcome = await self._inner.complete(request)
        self.calls += max(0, outcome.calls - 1)
        self.tokens += _tokens(request, outcome)
        return outcome

    async def stream(
        self, request: Request, *, restart: bool = False
    ) -> AsyncGenerator[str | Restarted | Outcome, None]:
        """Yield the whole outcome in pieces once it is there."""
        async for piece in in_pieces(await self.complete(request)):
            yield piece


def _tokens(request: Request, outcome: Outcome) -> int:
    asked = outcome.prompt_tokens
    given = outcome.completion_tokens
    if asked is None:
        asked = sum(len(message.content) for message in request.messages) // 2 if outcome.calls else 0
    if given is None:
        given = len(outcome.text) // 2 if isinstance(outcome, Completion) else 0
    return asked + given
