"""Lets in a provider that does not speak OpenAI's protocol, through LangChain, behind the same typed outcomes.

Knows nothing about any single provider: what they raise and return is sorted by its shape.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from assistant.llm import guard
from assistant.llm.failures import Fault, classify, failure
from assistant.llm.retry import Tally, retrying
from assistant.llm.scripted import in_pieces
from assistant.llm.tracing import keep_local
from assistant.llm.types import Completion, Outcome, Request, Restarted
from assistant.llm.wire import Answer, judge, outgoing


class ProviderModel:
    """A `provider:model` of LangChain; the schema is written into the prompt, the rest is as in the gateway."""

    def __init__(
        self,
        name: str,
        *,
        deadline: float = 60.0,
        retries: int = 2,
        max_tokens: int = 8_000,
        backoff: float = 0.5,
        chat: Any = None,
    ) -> None:
        """Store the settings; `chat` is a ready LangChain chat model, by default one is opened at the first call."""
        self._name = name
        self._deadline = deadline
        self._retries = retries
        self._max_tokens = max_tokens
        self._backoff = backoff
        self._chat = chat
        self._live = chat is None

    @property
    def name(self) -> str:
        """Return the name with its provider, such as `anthropic:claude`."""
        return self._name

    def __repr__(self) -> str:
        return f"ProviderModel({self._name!r})"

    async def complete(self, request: Request) -> Outcome:
        """Return the model's whole answer, or the failure that all allowed tries ended in."""
        tally = Tally(self._deadline, request.max_tokens or self._max_tokens)
        result: Answer | Fault = Fault("protocol")
        if self._live and not guard.allows(self._name.partition(":")[0]):
            return self._outcome(Fault("blocked"), tally)
        try:
            async with asyncio.timeout(tally.left):
                async for attempt in retrying(self._retries, self._backoff, tally):
                    result = tally.widen(await self._once(request, tally))
                    attempt.retry_state.set_result(result)
        except TimeoutError:
            result = Fault("timeout")
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is None or task.cancelling() > 0:
                raise
            result = Fault("cancelled")
        except Exception as error:
            result = _fault_of(error)
        return self._outcome(result, tally)

    async def stream(
        self, request: Request, *, restart: bool = False
    ) -> AsyncGenerator[str | Restarted | Outcome, None]:
        """Yield the whole outcome in pieces once it is there."""
        async for piece in in_pieces(await self.complete(request)):
            yield piece

    async def aclose(self) -> None:
        """Do nothing: LangChain's models close themselves."""

    async def _once(self, request: Request, tally: Tally) -> Answer | Fault:
        try:
            if self._chat is None:
                self._chat = await asyncio.to_thread(_open, self._name)
            messages = [(row["role"], row["content"]) for row in outgoing(request, with_schema=True)]
            options: dict[str, Any] = {"max_tokens": tally.max_tokens} if self._live else {}
            if self._live and request.temperature is not None:
                options["temperature"] = request.temperature
            tally.calls += 1
            message = await self._chat.ainvoke(messages, **options)
        except ImportError:
            provider = self._name.partition(":")[0].replace("_", "-")
            return Fault("not_configured", cure=f"Install LangChain's package for this provider: {provider}.")
        except Exception as error:
            return _fault_of(error)
        return _read(message, tally, self._name)

    def _outcome(self, result: Any, tally: Tally) -> Outcome:
        result = tally.settle(result)
        use = tally.use
        if isinstance(result, Answer):
            return Completion(
                result.text, result.model, result.finish_reason, use.prompt, use.completion, tally.calls, tally.seconds
            )
        return failure(
            result,
            host=self._name.partition(":")[0],
            model=self._name,
            calls=tally.calls,
            seconds=tally.seconds,
            tokens=(use.prompt, use.completion),
        )


def _open(name: str) -> Any:
    from langchain.chat_models import init_chat_model

    keep_local()
    return init_chat_model(name, max_retries=0)


def _read(message: Any, tally: Tally, asked: str) -> Answer | Fault:
    """Return what LangChain's message amounts to."""
    metadata = getattr(message, "response_metadata", None)
    metadata = metadata if isinstance(metadata, dict) else {}
    usage = getattr(message, "usage_metadata", None)
    if isinstance(usage, dict):
        tally.use.add({"prompt_tokens": usage.get("input_tokens"), "completion_tokens": usage.get("output_tokens")})
    content = getattr(message, "content", None)
    if isinstance(content, list):
        texts = [part.get("text") if isinstance(part, dict) else part for part in content if not _is_thinking(part)]
        content = "".join(text for text in texts if isinstance(text, str)) if None not in texts else {}
    reasons = (metadata.get(name) for name in ("finish_reason", "stop_reason", "stopReason", "done_reason"))
    reason = next((value for value in reasons if isinstance(value, str) and value), "stop")
    if reason.lower() in {"complete", "finish_reason_unspecified"}:
        reason = "stop"
    model = metadata.get("model_name") or metadata.get("model")
    return judge(content, reason, model, tools=getattr(message, "tool_calls", None), asked=asked)


def _is_thinking(part: Any) -> bool:
    return isinstance(part, dict) and part.get("type") in {"thinking", "reasoning", "redacted_thinking"}


def _fault_of(error: Exception) -> Fault:
    """Sort a provider's exception by its status and type name; its text is never quoted."""
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    if isinstance(status, int) and 300 <= status < 600:
        headers = getattr(getattr(error, "response", None), "headers", None) or {}
        try:
            return classify(status, headers, getattr(error, "body", None))
        except Exception:
            return classify(status, {}, None)
    kind = type(error).__name__
    if isinstance(error, TimeoutError) or "Timeout" in kind:
        return Fault("timeout")
    if isinstance(error, OSError) or "Connect" in kind or "Network" in kind:
        return Fault("network")
    if isinstance(error, ValueError) and "alidation" in kind:
        return Fault("not_configured", cure="Set the key of this provider in its own environment variable.")
    return Fault("protocol", kind)
