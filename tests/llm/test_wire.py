"""No body and no chunk, however odd, makes reading raise."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from openai.types.chat import ChatCompletionChunk

from assistant.llm.failures import Fault, classify_bytes, failure
from assistant.llm.types import Message, Request
from assistant.llm.wire import Answer, ChunkReader, Use, outgoing, read_body

NAMES = (
    "choices message delta content finish_reason index refusal tool_calls usage error model "
    "prompt_tokens completion_tokens code type detail msg"
)
KEYS = st.sampled_from(NAMES.split())
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["stop", "length"])
)
ODD = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
ENVELOPES = st.builds(
    lambda message, finish, usage: {"choices": [{"message": message, "finish_reason": finish}], "usage": usage},
    st.dictionaries(KEYS, ODD, max_size=4) | ODD,
    ODD,
    ODD,
)


def sound(result: Answer | Fault, use: Use) -> None:
    assert isinstance(result, Answer | Fault)
    if isinstance(result, Answer):
        assert result.text.strip() and result.model and isinstance(result.text, str)
        result.text.encode()
    else:
        assert str(failure(result, host="h", model="m"))
    assert all(count is None or (isinstance(count, int) and count >= 0) for count in (use.prompt, use.completion))


@given(st.binary(max_size=200) | (ODD | ENVELOPES).map(lambda value: json.dumps(value).encode()))
@example(b'{"choices": [{"message": {"content": "\\ud800"}, "finish_reason": "stop"}]}')
def test_bodies(body: bytes) -> None:
    use = Use()
    sound(read_body(body, use, "m"), use)


@given(st.lists(ODD | ENVELOPES, max_size=4))
def test_chunks(chunks: list[Any]) -> None:
    use = Use()
    reader = ChunkReader("m", use)
    for chunk in chunks:
        if isinstance(chunk, dict):
            chunk = ChatCompletionChunk.construct(**chunk)
        assert isinstance(reader.feed(chunk), str)
    sound(reader.result(), use)


@given(st.integers(300, 599), st.binary(max_size=200) | ODD.map(lambda value: json.dumps(value).encode()))
def test_error_bodies(status: int, body: bytes) -> None:
    sound(classify_bytes(status, {"retry-after": "x"}, body), Use())


@given(st.text(), st.text())
def test_what_is_sent_can_be_encoded(system: str, user: str) -> None:
    request = Request((Message("system", system), Message("user", user)), schema={"type": "object"})
    json.dumps(outgoing(request, with_schema=True), ensure_ascii=False).encode()
