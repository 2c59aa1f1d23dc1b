"""Opens the model that the settings name, and tries it out.

Knows nothing about what the model is used for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from assistant.llm.failures import Fault, failure
from assistant.llm.gateway import Gateway
from assistant.llm.types import Completion, Failure, Message, Model, Request

if TYPE_CHECKING:
    from assistant.llm.provider import ProviderModel
    from assistant.settings import Settings

    Live: TypeAlias = Gateway | ProviderModel

PROVIDERS = frozenset(
    {
        "anthropic",
        "anthropic_bedrock",
        "azure_ai",
        "bedrock",
        "bedrock_converse",
        "cohere",
        "google_anthropic_vertex",
        "google_genai",
        "google_vertexai",
        "huggingface",
        "ibm",
        "mistralai",
    }
)
"""Prefixes in `provider:model` names that go through LangChain; others are part of a model's own name."""


def open_model(settings: Settings, model: str | None = None) -> Live | None:
    """Return the model named by `model`, else by the settings; None where neither names one.

    A configured endpoint takes every name as it is, `qwen2.5:7b` included. Without one, `provider:model` with a
    provider of `PROVIDERS` goes through LangChain and that provider's own key, and anything else to OpenAI.
    """
    name = (model or settings.llm_model or "").strip()
    if not name or name == "offline":
        return None
    provider, colon, rest = name.partition(":")
    if settings.llm_base_url is None and colon and rest:
        if provider in PROVIDERS:
            from assistant.llm.provider import ProviderModel

            return ProviderModel(
                name,
                deadline=settings.llm_deadline,
                retries=settings.llm_retries,
                max_tokens=settings.llm_max_tokens,
            )
        if provider == "openai":
            name = rest
    return Gateway(
        name,
        base_url=settings.llm_base_url,
        api_key=settings.llm_api_key,
        deadline=settings.llm_deadline,
        retries=settings.llm_retries,
        mode=settings.llm_mode,
        max_tokens=settings.llm_max_tokens,
    )


async def check(settings: Settings, *, deadline: float = 15.0) -> Completion | Failure:
    """Ask the configured model for one word, once and within `deadline` seconds.

    A `Completion` means that key, address and model work. A test answer that was cut off or left empty proves as
    much, since small limits do that to thinking models.
    """
    tried = settings.model_copy(
        update={"llm_deadline": min(deadline, settings.llm_deadline), "llm_retries": 0, "llm_max_tokens": 256}
    )
    model = open_model(tried)
    if model is None:
        return failure(Fault("not_configured"))
    try:
        outcome = await ask(model)
    finally:
        await model.aclose()
    if isinstance(outcome, Failure) and outcome.kind in {"truncated", "empty"}:
        return Completion("", model.name, outcome.kind, calls=outcome.calls, seconds=outcome.seconds)
    return outcome


async def ask(model: Model) -> Completion | Failure:
    """Ask `model` for one word."""
    question = Message("user", "Reply with the single word: ready")
    return await model.complete(Request((question,), max_tokens=256))
