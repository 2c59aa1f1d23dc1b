"""The one owner of retries: how often, after which wait, and never past the deadline.

Knows nothing about what is retried; a try hands back a result and says whether another may help.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assistant.llm.failures import Fault
from assistant.llm.wire import Use

if TYPE_CHECKING:
    from tenacity import AsyncRetrying, RetryCallState

MOST_TOKENS = 32_000
"""Ceiling of the one repetition with more tokens after a truncated answer."""

_LONGEST_BACKOFF = 8.0


@dataclass(slots=True)
class Tally:
    """What one call has used so far: time, tries, tokens.

    Attributes:
        deadline: seconds allowed for everything.
        max_tokens: limit of the next try's answer.
        truncated: the fault that led to a repetition with more tokens.
        throttled: tries turned away because the endpoint was busy.
    """

    deadline: float
    max_tokens: int
    started: float = field(default_factory=time.monotonic)
    calls: int = 0
    use: Use = field(default_factory=Use)
    truncated: Fault | None = None
    throttled: int = 0

    @property
    def seconds(self) -> float:
        """Return the seconds since the call began."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """Return the seconds left until the deadline, never below 0."""
        return max(0.0, self.deadline - self.seconds)

    def widen(self, result: Any) -> Any:
        """Allow one repetition with twice the tokens where `result` was cut off by the limit."""
        if isinstance(result, Fault) and result.kind == "rate_limited":
            self.throttled += 1
        cut = isinstance(result, Fault) and result.kind == "truncated" and not result.retryable
        if not cut or self.truncated is not None or self.max_tokens >= MOST_TOKENS:
            return result
        self.truncated = result
        self.max_tokens = min(MOST_TOKENS, 2 * self.max_tokens)
        return Fault("truncated", result.detail, retry_after=0.0, again=True)

    def settle(self, result: Any) -> Any:
        """Return the result to report: a refused wider limit counts as the truncation that asked for it."""
        refused = isinstance(result, Fault) and result.kind in {"bad_request", "context_length"}
        return self.truncated if refused and self.truncated is not None else result


def retrying(retries: int, backoff: float, tally: Tally) -> AsyncRetrying:
    """Return the loop over tries: at most `1 + retries`, waits as asked by the endpoint or growing from `backoff`.

    A wait that would end after the deadline is not begun: the last result stands.
    """
    from tenacity import AsyncRetrying, retry_if_result, stop_after_attempt

    def again(result: Any) -> bool:
        return isinstance(result, Fault) and result.retryable

    def wait(state: RetryCallState) -> float:
        result = state.outcome.result() if state.outcome is not None else None
        if isinstance(result, Fault) and result.retry_after is not None:
            return result.retry_after
        grown: float = min(_LONGEST_BACKOFF, backoff * 2 ** (state.attempt_number - 1))
        return grown * random.uniform(0.75, 1.25)  # noqa: S311 - spreads retries, guards nothing

    def out_of_time(state: RetryCallState) -> bool:
        return state.upcoming_sleep >= tally.left

    def last(state: RetryCallState) -> Any:
        return state.outcome.result() if state.outcome is not None else None

    return AsyncRetrying(
        retry=retry_if_result(again),
        wait=wait,
        stop=stop_after_attempt(1 + retries) | out_of_time,  # type: ignore[operator]
        retry_error_callback=last,
    )
