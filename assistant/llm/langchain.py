"""Shows our models to LangChain: as a Runnable over typed outcomes, and as a chat model.

Knows nothing about endpoints; importing it loads langchain_core, so callers import it where they compose a chain.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.errors import AssistantError
from assistant.llm.blocking import complete_now, run
from assistant.llm.tracing import keep_local
from assistant.llm.types import Completion, Failure, Message, Model, Outcome, Request, Restarted, Role, StreamingModel

keep_local()

_ROLES: dict[str, Role] = {"system": "system", "human": "user", "ai": "assistant"}


class ModelFailedError(AssistantError):
    """A model gave no usable answer; raised only towards LangChain, which knows no typed outcomes.

    Attributes:
        failure: the typed failure.
    """

    code = "llm"

    def __init__(self, failure: Failure) -> None:
        """Take over the failure's words."""
        super().__init__(failure.what, failure.cure, **failure.values)
        self.failure = failure


def as_runnable(model: Model) -> Runnable[Request, Outcome]:
    """Return `model` as one link of a chain such as prompt, model, parse, gate.

    Failures travel along the chain as values. Use `ainvoke` in asynchronous code; `invoke` works everywhere.
    """

    def now(request: Request) -> Outcome:
        return complete_now(model, request)

    async def later(request: Request) -> Outcome:
        return await model.complete(request)

    return RunnableLambda(now, afunc=later, name=f"model {model.name}")


def as_streaming_runnable(model: StreamingModel, told: Callable[[str], None]) -> Runnable[Request, Outcome]:
    """Return `model` as a link of a chain that tells the answer so far while it grows, and then hands on the outcome.

    Args:
        model: a model that streams.
        told: hears the whole text so far; '' where a broken stream begins anew.
    """

    async def later(request: Request) -> Outcome:
        text, outcome = "", None
        async for piece in model.stream(request, restart=True):
            if isinstance(piece, str):
                text += piece
                told(text)
            elif isinstance(piece, Restarted):
                text = ""
                told(text)
            else:
                outcome = piece
        if outcome is None:
            raise RuntimeError("a stream ended without an outcome")
        return outcome

    def now(request: Request) -> Outcome:
        async def once() -> Outcome:
            try:
                return await later(request)
            finally:
                close = getattr(model, "aclose", None)
                if close is not None:
                    await close()

        return run(once)

    return RunnableLambda(now, afunc=later, name=f"model {model.name}, streamed")


class ChatModel(BaseChatModel):
    """One of our models as LangChain's chat model; a failure is raised as `ModelFailedError`."""

    model: Any
    """The model that answers: anything with `name` and `complete`."""

    @property
    def _llm_type(self) -> str:
        return "goal-assistant"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.model.name}

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return _result(complete_now(self.model, _request(messages, kwargs)))

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return _result(await self.model.complete(_request(messages, kwargs)))

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        request = _request(messages, kwargs)
        if not hasattr(self.model, "stream"):
            text = str(_result(await self.model.complete(request)).generations[0].message.content)
            yield ChatGenerationChunk(message=AIMessageChunk(content=text))
            return
        async for piece in self.model.stream(request):
            if isinstance(piece, str):
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
            elif isinstance(piece, Failure):
                raise ModelFailedError(piece)


def _request(messages: list[BaseMessage], options: dict[str, Any]) -> Request:
    """Return the request for LangChain's messages; only text can be sent."""
    read: list[Message] = []
    for message in messages:
        role = _ROLES.get(message.type)
        if role is None or not isinstance(message.content, str):
            raise AssistantError(f'A message of type "{message.type}" cannot be sent.', "Send text messages only.")
        read.append(Message(role, message.content))
    return Request(tuple(read), max_tokens=options.get("max_tokens"), temperature=options.get("temperature"))


def _result(outcome: Outcome) -> ChatResult:
    if isinstance(outcome, Failure):
        raise ModelFailedError(outcome)
    return ChatResult(generations=[ChatGeneration(message=_message(outcome))])


def _message(completion: Completion) -> AIMessage:
    asked, given = completion.prompt_tokens, completion.completion_tokens
    usage = None
    if asked is not None and given is not None:
        usage = UsageMetadata(input_tokens=asked, output_tokens=given, total_tokens=asked + given)
    metadata = {"model_name": completion.model, "finish_reason": completion.finish_reason}
    return AIMessage(content=completion.text, usage_metadata=usage, response_metadata=metadata)
