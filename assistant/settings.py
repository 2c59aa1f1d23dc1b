"""Every setting in one place, read from the environment. Knows nothing about what the settings do.

`GOALS_LLM_BASE_URL` and `GOALS_LLM_API_KEY` fall back on `OPENAI_BASE_URL` and `OPENAI_API_KEY`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError


class Settings(BaseSettings):
    """The settings of one process.

    Attributes:
        llm_base_url: address of an OpenAI-compatible endpoint; None means OpenAI's own when a key is set.
        llm_api_key: the key; many local servers take any.
        llm_model: model name; without one the offline drafter writes.
        llm_deadline: wall-clock seconds for one model call with its retries, 1 to 600.
        llm_retries: retries of one call after the first try, 0 to 5.
        llm_mode: structured output: `auto` detects once per endpoint.
        llm_max_tokens: most tokens of one answer, 256 to 32,000.
        llm_price_input, llm_price_output: price of a million tokens asked and answered, in the currency of your bill;
            without them no cost is shown and none can be capped.
        embedding: `local`, `openai` (the endpoint below) or `lexical`; `auto` takes local where it loads, else lexical.
        web_host, web_port: where the page is served; beyond loopback `web_auth` is needed.
        web_auth: `user:password` pairs, comma-separated.
        web_api: whether programs may call the page's endpoints.
        web_connect: who may connect a model from the page: `auto` (anybody where it is served on loopback), `off`, or
            the hosts that may be connected, comma-separated, wherever it is served.
    """

    model_config = SettingsConfigDict(env_prefix="GOALS_", extra="ignore", frozen=True, env_ignore_empty=True)

    llm_base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("GOALS_LLM_BASE_URL", "OPENAI_BASE_URL"), pattern=r"^https?://"
    )
    llm_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("GOALS_LLM_API_KEY", "OPENAI_API_KEY")
    )
    llm_model: str | None = None
    llm_deadline: float = Field(default=60.0, ge=1, le=600)
    llm_retries: int = Field(default=2, ge=0, le=5)
    llm_mode: Literal["auto", "json_schema", "json_object", "prompt"] = "auto"
    llm_max_tokens: int = Field(default=8_000, ge=256, le=32_000)
    llm_price_input: float | None = Field(default=None, ge=0)
    llm_price_output: float | None = Field(default=None, ge=0)
    embedding: Literal["auto", "local", "openai", "lexical"] = "auto"
    embedding_base_url: str | None = Field(default=None, pattern=r"^https?://")
    embedding_api_key: SecretStr | None = None
    embedding_model: str | None = None
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=7860, ge=0, le=65_535)
    web_auth: SecretStr | None = None
    web_api: bool = False
    web_connect: str = "auto"

    def cost(self, asked: int | None, given: int | None) -> float | None:
        """Return the price of tokens asked and answered; None where a count or a price is missing."""
        prices = (self.llm_price_input, self.llm_price_output)
        if asked is None or given is None or prices[0] is None or prices[1] is None:
            return None
        return (asked * prices[0] + given * prices[1]) / 1_000_000

    @property
    def about_embedding(self) -> tuple[object, ...]:
        """Return the values that decide how texts are embedded: where they agree, an index can be shared."""
        if self.embedding != "openai":
            return (self.embedding,)
        # An embedding endpoint may fall back on the model's address and key.
        return (
            self.embedding, self.embedding_base_url, self.embedding_api_key, self.embedding_model,
            self.llm_base_url, self.llm_api_key,
        )  # fmt: skip


def load() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: one or more settings have unusable values; all are named in one message.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = [f"{_variable(fault['loc'])}: {_said(fault['type'], fault['msg'])}" for fault in error.errors()]
        raise SettingsError(
            f"These settings cannot be used: {'; '.join(faults)}.", "Correct them in the environment and start again."
        ) from None


def _said(kind: str, message: str) -> str:
    """Return what is wrong with a value in a person's words."""
    if kind == "string_pattern_mismatch":
        return "an address has to start with http:// or https://"
    return message[:1].lower() + message[1:]


def _variable(location: tuple[int | str, ...]) -> str:
    """Return the environment variable behind a field, as a person would set it."""
    name = ".".join(str(part) for part in location)
    return name if name.isupper() else f"GOALS_{name.upper()}"
