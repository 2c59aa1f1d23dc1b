"""Turns a request into the chat protocol's messages, and what came back into an answer or a fault.

Trusts nothing in an answer: every field is checked for its type. Does not know how bytes travel.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from assistant.llm.cleaning import scrub, without_thinking
from assistant.llm.failures import Fault, classify
from assistant.llm.types import Message, Request

MAX_ANSWER_CHARACTERS = 400_000
"""Most characters of one answer; 32,000 tokens are far fewer."""

_DONE = frozenset({"stop", "eos", "eos_token", "stop_sequence", "end_turn"})
_CUT = frozenset({"length", "max_tokens", "model_length"})
_TOOL = frozenset({"tool_calls", "function_call", "tool_use"})
_FILTERED = frozenset({"content_filter", "safety", "sensitive", "recitation", "blocklist", "prohibited_content"})
_SERVER = frozenset({"insufficient_system_resource", "network_error", "error", "abort"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A usable answer of one try."""

    text: str
    finish_reason: str
    model: str


@dataclass(slots=True)
class Use:
    """Tokens reported by an endpoint, summed over tries; None until something is reported."""

    prompt: int | None = None
    completion: int | None = None

    def add(self, usage: Any) -> None:
        """Add what `usage`, an object or mapping of unknown quality, reports; anything but counts is ignored."""
        prompt = _count(_get(usage, "prompt_tokens"))
        completion = _count(_get(usage, "completion_tokens"))
        if prompt is not None:
            self.prompt = (self.prompt or 0) + prompt
        if completion is not None:
            self.completion = (self.completion or 0) + completion


def _count(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # NaN and infinity fail the comparison too.
    return int(value) if 0 <= value < 1_000_000_000 else None


def _get(thing: Any, name: str) -> Any:
    if isinstance(thing, dict):
        return thing.get(name)
    return getattr(thing, name, None) if hasattr(type(thing), "model_fields") else None


def outgoing(request: Request, with_schema: bool) -> list[dict[str, str]]:
    """Return the messages as they are sent; `with_schema` writes the schema into the first message."""
    messages = list(request.messages)
    if request.schema is not None and with_schema:
        shape = json.dumps(request.schema, ensure_ascii=False, separators=(",", ":"))
        order = f"Answer with one JSON object and nothing else. It must fit this JSON schema:\n{shape}"
        if messages and messages[0].role == "system":
            messages[0] = Message("system", f"{messages[0].content}\n\n{order}")
        else:
            messages.insert(0, Message("system", order))
    return [{"role": message.role, "content": scrub(message.content)} for message in messages]


def judge(
    content: Any, finish: Any, model: Any, *, refusal: Any = None, tools: Any = None, asked: str
) -> Answer | Fault:
    """Return the answer where content and finish reason make one, else the fault that they show."""
    reason = finish.lower() if isinstance(finish, str) else ""
    if isinstance(refusal, str) and refusal.strip():
        return Fault("refusal", refusal)
    if reason in _FILTERED:
        return Fault("filtered")
    if tools or reason in _TOOL:
        return Fault("tool_call")
    if reason in _CUT:
        return Fault("truncated", again=False)
    if reason in _SERVER:
        return Fault("server", f"finish_reason {reason}")
    if reason == "refusal":
        return Fault("refusal")
    if content is not None and not isinstance(content, str):
        return Fault("protocol", f"content is of type {type(content).__name__}")
    if reason not in _DONE:
        said = f"finish_reason is {finish!r:.60}" if finish is not None else "finish_reason is missing"
        return Fault("protocol", said)
    text = content or ""
    if len(text) > MAX_ANSWER_CHARACTERS:
        return Fault("too_large", f"the answer has {len(text)} characters")
    shown = without_thinking(scrub(text))
    if shown is None:
        return Fault("truncated", "the thinking never ends", again=False)
    if not shown:
        return Fault("empty")
    named = scrub(model)[:200].strip() if isinstance(model, str) else ""
    return Answer(shown, reason, named or asked)


def read_body(body: bytes, use: Use, asked: str) -> Answer | Fault:
    """Return what a whole answer's body says; its token use goes into `use`."""
    try:
        data = json.loads(body.decode("utf-8"))
    except UnicodeDecodeError:
        return Fault("protocol", "the answer is not UTF-8")
    except RecursionError:
        return Fault("protocol", "the answer is nested too deeply")
    except ValueError:
        return Fault("protocol", "the answer is empty" if not body.strip() else "the answer is not JSON")
    if not isinstance(data, dict):
        return Fault("protocol", f"the answer is a JSON {type(data).__name__}")
    if data.get("error"):
        return _as_protocol(classify(None, {}, data))
    use.add(data.get("usage"))
    choices = data.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        return Fault("protocol", "the answer has no choices")
    message = choices[0].get("message")
    if not isinstance(message, dict):
        return Fault("protocol", "the answer has no message")
    tools = message.get("tool_calls") or message.get("function_call")
    return judge(
        message.get("content"),
        choices[0].get("finish_reason"),
        data.get("model"),
        refusal=message.get("refusal"),
        tools=tools,
        asked=asked,
    )


def _as_protocol(fault: Fault) -> Fault:
    """An error inside a successful answer: keep what it clearly says, else call it a broken answer."""
    return Fault("protocol", fault.detail, code=fault.code) if fault.kind == "server" else fault


@dataclass(slots=True)
class ChunkReader:
    """Puts a streamed answer together; only the first choice counts."""

    asked: str
    use: Use
    model: Any = None
    finish: Any = None
    refusal: str = ""
    tools: bool = False
    seen: bool = False
    fault: Fault | None = None
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _usage: Any = None

    def feed(self, chunk: Any) -> str:
        """Take one chunk and return its text; a broken chunk sets `fault`."""
        if not hasattr(type(chunk), "model_fields"):
            self.fault = Fault("protocol", f"a chunk is a JSON {type(chunk).__name__}")
            return ""
        self.seen = True
        self.model = self.model or _get(chunk, "model")
        self._usage = _get(chunk, "usage") or self._usage
        choices = _get(chunk, "choices")
        if choices is None and _get(chunk, "usage") is not None:
            choices = []
        if not isinstance(choices, list):
            self.fault = Fault("protocol", "a chunk has no choices")
            return ""
        text = ""
        for choice in choices:
            if _get(choice, "index") in (0, None):
                text += self._choice(choice)
        self._length += len(text)
        if self._length > MAX_ANSWER_CHARACTERS:
            self.fault = Fault("too_large", f"the answer has more than {MAX_ANSWER_CHARACTERS} characters")
        self._parts.append(text)
        return text

    def _choice(self, choice: Any) -> str:
        self.finish = _get(choice, "finish_reason") or self.finish
        delta = _get(choice, "delta")
        refusal = _get(delta, "refusal")
        if isinstance(refusal, str):
            self.refusal += refusal[:2_000]
        self.tools = self.tools or bool(_get(delta, "tool_calls") or _get(delta, "function_call"))
        content = _get(delta, "content")
        if content is not None and not isinstance(content, str):
            self.fault = Fault("protocol", f"content is of type {type(content).__name__}")
            return ""
        return content or ""

    def result(self) -> Answer | Fault:
        """Return what the whole stream amounts to; one without a finish reason was cut."""
        self.use.add(self._usage)
        if self.fault is not None:
            return self.fault
        if self.finish is None and not self.refusal:
            if not self.seen:
                return Fault("protocol", "the stream holds no chunks")
            return Fault("truncated", "the stream ended before the answer did", again=True)
        finish = self.finish if self.finish is not None else "stop"
        return judge("".join(self._parts), finish, self.model, refusal=self.refusal, tools=self.tools, asked=self.asked)
