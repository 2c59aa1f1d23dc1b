"""Which optional parts of the chat protocol an endpoint takes, learnt from what it refuses and then remembered.

Knows nothing about how a request is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant.llm.failures import Fault
from assistant.llm.types import Request
from assistant.llm.wire import outgoing

Mode = Literal["json_schema", "json_object", "prompt"]

_MODE_WORDS = re.compile(
    r"response_format|response format|json_schema|json_object|json schema|json mode|structured output"
    r"|guided_json|guided decoding|grammar|invalid schema"
)
_UNSUPPORTED = re.compile(
    r"unsupported|not supported|not support|unrecognized|unknown|unexpected|extra|not permitted|not allowed|unavailable"
    r"|only the default|use '?max_"
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The optional parts that one model at one endpoint takes.

    Attributes:
        mode: how structured output is asked for.
        fixed: True where the mode is configured and not to be changed.
        limit_field: name of the field that limits the answer.
        temperature: whether a temperature may be given.
        stream_usage: whether a stream may be asked for its token use.
    """

    mode: Mode = "json_schema"
    fixed: bool = False
    limit_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    limit_field_tried: bool = False
    temperature: bool = True
    stream_usage: bool = True

    def learn(self, fault: Fault, request: Request, streaming: bool) -> Dialect | None:
        """Return the dialect to try next after `fault`, or None where the fault is not about an optional part."""
        if fault.kind != "bad_request" or fault.status not in {400, 422}:
            return None
        said = f"{fault.code} {fault.detail}".lower()
        if request.schema is not None and not self.fixed and self.mode != "prompt" and _MODE_WORDS.search(said):
            return replace(self, mode="json_object" if self.mode == "json_schema" else "prompt")
        if not _UNSUPPORTED.search(said):
            return None
        if streaming and self.stream_usage and "stream_options" in said:
            return replace(self, stream_usage=False)
        if request.temperature is not None and self.temperature and "temperature" in said:
            return replace(self, temperature=False)
        if not self.limit_field_tried and re.search(rf"\b{self.limit_field}\b", said) and "too large" not in said:
            other: Literal["max_tokens", "max_completion_tokens"] = (
                "max_completion_tokens" if self.limit_field == "max_tokens" else "max_tokens"
            )
            return replace(self, limit_field=other, limit_field_tried=True)
        return None

    def parameters(self, request: Request, model: str, max_tokens: int, streaming: bool) -> dict[str, Any]:
        """Return the arguments of the chat call in this dialect."""
        sent: dict[str, Any] = {
            "model": model,
            "messages": outgoing(request, with_schema=self.mode != "json_schema"),
            self.limit_field: max_tokens,
        }
        if request.schema is not None and self.mode == "json_schema":
            shape = {"name": request.schema_name, "schema": dict(request.schema), "strict": True}
            sent["response_format"] = {"type": "json_schema", "json_schema": shape}
        elif request.schema is not None and self.mode == "json_object":
            sent["response_format"] = {"type": "json_object"}
        if request.temperature is not None and self.temperature:
            sent["temperature"] = request.temperature
        if streaming:
            sent["stream"] = True
            if self.stream_usage:
                sent["stream_options"] = {"include_usage": True}
        return sent


_known: dict[tuple[str, str, str], Dialect] = {}


def known(base_url: str, model: str, mode: str) -> Dialect:
    """Return what is known of `model` at `base_url`; `mode` is the setting, `auto` or a fixed mode."""
    found = _known.get((base_url, model, mode))
    if found is None:
        own = "//api.openai.com" in base_url
        found = Dialect(
            mode="json_schema" if mode == "auto" else mode,  # type: ignore[arg-type]
            fixed=mode != "auto",
            limit_field="max_completion_tokens" if own else "max_tokens",
        )
    return found


def remember(base_url: str, model: str, mode: str, used: Dialect, learnt: Dialect) -> Dialect:
    """Keep `learnt` unless another call has learnt something since `used`; return the dialect to go on with."""
    current = known(base_url, model, mode)
    if current != used:
        return current
    _known[(base_url, model, mode)] = learnt
    return learnt


def forget() -> None:
    """Drop everything learnt, as after the person changed the settings."""
    _known.clear()
