"""The words spoken at the door to a model: request, completion, failure.

Knows nothing about any endpoint, client library or prompt file; importing it loads nothing heavy.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias, runtime_checkable

Role = Literal["system", "user", "assistant"]

FailureKind = Literal[
    "auth",
    "forbidden",
    "not_found",
    "redirect",
    "rate_limited",
    "quota",
    "bad_request",
    "context_length",
    "filtered",
    "refusal",
    "tool_call",
    "truncated",
    "empty",
    "too_large",
    "protocol",
    "server",
    "network",
    "tls",
    "timeout",
    "cancelled",
    "blocked",
    "not_configured",
    "not_recorded",
    "capped",
]
"""Why no answer came; each kind has its sentence and its cure in `failures.py`."""

NONCE_MARK = "0" * 16
"""Stands for the per-call delimiter wherever a request is digested."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a request is about, as the key under which its answer is recorded.

    Attributes:
        role: the prompt's role, such as `draft` or `repair`.
        prompt: id of the prompt file.
        version: version of the prompt file.
        case: id of the case, or any name that tells one aim from another.
        epoch: repetition of the case, from 0.
        round: repair round, 0 for the first answer.
    """

    role: str
    prompt: str
    version: int
    case: str
    epoch: int = 0
    round: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model.

    Attributes:
        messages: the conversation, static system part first.
        schema: JSON schema that the answer must fit; None asks for plain text.
        schema_name: name of the schema on the wire: letters, digits, `_` and `-`.
        max_tokens: most tokens of the answer; None takes the setting.
        temperature: 0 to 2; None leaves it to the endpoint.
        nonce: the per-call delimiter inside the messages, left out of the digest.
        label: key for recording and replaying; None where neither happens.
    """

    messages: tuple[Message, ...]
    schema: Mapping[str, Any] | None = None
    schema_name: str = "answer"
    max_tokens: int | None = None
    temperature: float | None = None
    nonce: str = ""
    label: Label | None = None

    @property
    def digest(self) -> str:
        """Return the SHA-256 of messages and schema, the same for every nonce."""
        return digest(self.messages, self.nonce, self.schema)


def digest(messages: tuple[Message, ...], nonce: str = "", schema: Mapping[str, Any] | None = None) -> str:
    """Return the SHA-256 of `messages` and `schema` in hexadecimal, with `nonce` replaced by a fixed mark."""
    rows = [
        [message.role, message.content.replace(nonce, NONCE_MARK) if nonce else message.content] for message in messages
    ]
    text = json.dumps([rows, schema], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole answer.

    Attributes:
        text: what the model said, without its thinking and without control characters; never empty.
        model: the model that says it answered, else the one asked.
        finish_reason: as the endpoint gave it.
        prompt_tokens, completion_tokens: sums over all tries that reported them; None when none did.
        calls: requests sent, refused and failed ones included.
        seconds: wall-clock time of the whole call.
        stale: True where a replayed answer belongs to another version of the prompt.
        throttled: tries that the endpoint turned away because it was busy (429).
    """

    text: str
    model: str
    finish_reason: str = "stop"
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    calls: int = 1
    seconds: float = 0.0
    stale: bool = False
    throttled: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """No usable answer, and why.

    Attributes:
        kind: stable key, also the key of the translated message.
        what: what happened, in English.
        cure: what the person can do about it.
        retryable: True where the same request may succeed later without any change.
        fatal: True where every further request of the same job would fail the same way.
        calls: requests sent.
        seconds: wall-clock time spent.
        retry_after: seconds the endpoint asked to wait, None when it did not.
        status: HTTP status, None where there was none.
        detail: the endpoint's own words, shortened, without keys and control characters.
        prompt_tokens, completion_tokens: what the tries have used, None when not reported.
        values: the values named in `what`, for translated messages.
        throttled: tries that the endpoint turned away because it was busy (429).
        stale: True where a replayed failure belongs to another version of the prompt.
    """

    kind: FailureKind
    what: str
    cure: str
    retryable: bool = False
    fatal: bool = False
    calls: int = 0
    seconds: float = 0.0
    retry_after: float | None = None
    status: int | None = None
    detail: str = ""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    throttled: int = 0
    stale: bool = False

    def __str__(self) -> str:
        """Return one line: what happened, then the cure."""
        return f"{self.what} {self.cure}".strip()


@dataclass(frozen=True, slots=True)
class Restarted:
    """A stream broke after it had begun and starts again: what was shown so far is void."""


Outcome: TypeAlias = Completion | Failure


@runtime_checkable
class Model(Protocol):
    """Anything that answers a request: a live endpoint, a script, a recording."""

    @property
    def name(self) -> str:
        """Return the model's name, as shown beside a draft."""
        ...

    async def complete(self, request: Request) -> Outcome:
        """Return the answer or a typed failure; raises nothing but the caller's own cancellation."""
        ...


@runtime_checkable
class StreamingModel(Model, Protocol):
    """A model that can also show its answer while it grows."""

    def stream(self, request: Request, *, restart: bool = False) -> AsyncIterator[str | Restarted | Outcome]:
        """Yield pieces of text, then one `Completion` or `Failure`; with `restart`, `Restarted` voids the pieces."""
        ...
