"""The table of faults: what the server does, and what must come of it.

Each fault is served for ever; `RECOVERING` serves it once and then a good answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from assistant.llm import FailureKind
from tests.llm.server import EVENT_STREAM, Answer, Raw, Scripted, body_of, chunk, error, event, stream_of

HTML = b"<!doctype html><html><body>Bad gateway</body></html>"


@dataclass(frozen=True)
class Fault:
    """One row: the answer served, the kind expected, and the most calls that may be made with two retries."""

    name: str
    served: Scripted
    kind: FailureKind
    calls: int = 3
    slow: bool = False


def _json(value: object) -> Raw:
    return Raw([json.dumps(value).encode()])


def _text(content: bytes) -> Raw:
    return Raw([content])


EITHER = [
    Fault("401", error(401, "Incorrect API key provided: sk-test-1234567890"), "auth", 1),
    Fault("400 bad key", error(400, "API key not valid. Please pass a valid API key."), "auth", 1),
    Fault("403", error(403), "forbidden", 1),
    Fault("404", error(404, "The model `x` does not exist", "model_not_found"), "not_found", 1),
    Fault("404 HTML", Raw([HTML], 404, {"content-type": "text/html"}), "not_found", 1),
    Fault("402", error(402, "Insufficient Balance"), "quota", 1),
    Fault("429 insufficient_quota", error(429, "You exceeded your current quota", "insufficient_quota"), "quota", 1),
    Fault("429", error(429, "slow down"), "rate_limited"),
    Fault("429 Retry-After 300", error(429, "slow down", Retry_After="300"), "rate_limited", 1),
    Fault("429 Retry-After nonsense", error(429, "slow down", Retry_After="soon"), "rate_limited"),
    Fault("500", error(500), "server"),
    Fault("503 HTML", Raw([HTML], 503, {"content-type": "text/html"}), "server"),
    Fault("529", error(529, "overloaded"), "server"),
    Fault(
        "400 context_length",
        error(400, "maximum context length is 8192", "context_length_exceeded"),
        "context_length",
        1,
    ),
    Fault("413", Raw([HTML], 413, {"content-type": "text/html"}), "context_length", 1),
    Fault("400 content_filter", error(400, "filtered", "content_filter"), "filtered", 1),
    Fault("400 other", error(400, "messages: too odd"), "bad_request", 1),
    Fault("400 deep body", Raw([b"[" * 200_000], 400), "bad_request", 1),
    Fault("302", Raw([b""], 302, {"location": "https://example.org/v1/chat/completions"}), "redirect", 1),
    Fault("307", Raw([b""], 307, {"location": "/elsewhere"}), "redirect", 1),
    Fault("connection reset", Raw([b'{"id": '], length=500, then="reset"), "network"),
    Fault("shorter than Content-Length", Raw([b'{"id": 1'], length=500, then="close"), "network"),
    Fault("not HTTP", Raw([b""], status=999, then="end"), "server"),
    Fault("hang", Raw([], length=5, then="hang"), "timeout", 1, slow=True),
    Fault("drip", Raw([b" "] * 200, pause=0.05), "timeout", 1, slow=True),
    Fault("50 MB", Raw([b" " * 1_000_000] * 50), "too_large", 1),
    Fault("50 MB error", Raw([b" " * 1_000_000] * 50, status=500), "too_large", 1),
    Fault("compressed", Raw([b"x"], headers={"content-encoding": "gzip"}), "protocol", 1),
    Fault("200 HTML", Raw([HTML], headers={"content-type": "text/html"}), "protocol"),
    Fault("200 with an error", _json({"error": {"message": "model crashed", "type": "server_error"}}), "protocol"),
    Fault("200 with a quota error", _json({"error": {"code": "insufficient_quota", "message": "no"}}), "quota", 1),
]

PLAIN = [
    *EITHER,
    Fault("200 []", _json([]), "protocol"),
    Fault("200 null", _json(None), "protocol"),
    Fault("200 a string", _json("hello"), "protocol"),
    Fault("200 empty", _text(b""), "protocol"),
    Fault("200 truncated JSON", _text(b'{"choices": [{"message": {"content": "abc'), "protocol"),
    Fault("200 invalid UTF-8", _text(b'{"choices": "\xff\xfe"}'), "protocol"),
    Fault("200 deep JSON", _text(b"[" * 200_000), "protocol"),
    Fault("choices missing", _json({"id": "x"}), "protocol"),
    Fault("choices null", _json({"choices": None}), "protocol"),
    Fault("choices empty", _json({"choices": []}), "protocol"),
    Fault("choice is null", _json({"choices": [None]}), "protocol"),
    Fault("message null", _json({"choices": [{"message": None, "finish_reason": "stop"}]}), "protocol"),
    Fault("content is an object", Answer({"goals": []}), "protocol"),
    Fault("content is a number", Answer(5), "protocol"),
    Fault("content is a list", Answer([{"type": "text", "text": "a"}]), "protocol"),
    Fault("content null", Answer(None), "empty"),
    Fault("content empty", Answer(""), "empty"),
    Fault("content blank", Answer(" \n\t"), "empty"),
    Fault("content NUL", Answer("\x00\x00"), "empty"),
    Fault("refusal", Answer(None, message={"refusal": "I cannot help with that."}), "refusal", 1),
    Fault("tool call", Answer(None, "tool_calls", message={"tool_calls": [{"id": "1"}]}), "tool_call", 1),
    Fault("tool call with stop", Answer("text", message={"tool_calls": [{"id": "1"}]}), "tool_call", 1),
    Fault("function call", Answer(None, "function_call", message={"function_call": {"name": "x"}}), "tool_call", 1),
    Fault("content_filter", Answer("half", "content_filter"), "filtered", 1),
    Fault("length", Answer("half an ans", "length"), "truncated", 2),
    Fault("finish_reason missing", Answer("text", None), "protocol"),
    Fault("finish_reason unknown", Answer("text", "banana"), "protocol"),
    Fault("finish_reason is a list", Answer("text", ["stop"]), "protocol"),
    Fault("thinking never ends", Answer("<think>let me see"), "truncated", 2),
    Fault("nothing but thinking", Answer("<think>let me see</think>"), "empty"),
    Fault("endless text", Answer("a" * 500_000), "too_large", 1),
]

_A = chunk({"content": "a"})
_STOP = chunk({}, "stop")

STREAMED = [
    *EITHER,
    Fault("no events", stream_of(), "protocol"),
    Fault("only [DONE]", stream_of("[DONE]"), "protocol"),
    Fault("no finish", stream_of(_A, _A, "[DONE]"), "truncated"),
    Fault("no finish, no [DONE]", stream_of(_A, _A), "truncated"),
    Fault("reset", stream_of(_A, then="reset"), "network"),
    Fault("closed", stream_of(_A, then="close"), "network"),
    Fault("cut in an event", stream_of(_A, b'data: {"choices": [', then="close"), "network"),
    Fault("error event", stream_of(_A, {"error": {"message": "engine died"}}), "server"),
    Fault("filter event", stream_of(_A, {"error": {"code": "content_filter", "message": "no"}}), "filtered", 1),
    Fault("bad JSON", stream_of(_A, "{nonsense"), "protocol"),
    Fault("bad UTF-8", stream_of(_A, b'data: {"x": "\xff"}\n\n'), "protocol"),
    Fault("a list", stream_of(_A, [1, 2], _STOP), "protocol"),
    Fault("null", stream_of(_A, "null", _STOP), "protocol"),
    Fault("deep JSON", stream_of(_A, "[" * 200_000, _STOP), "protocol"),
    Fault("choices null", stream_of(_A, {"choices": None}, _STOP), "protocol"),
    Fault("content is an object", stream_of(chunk({"content": {"a": 1}}), _STOP), "protocol"),
    Fault("content empty", Answer(""), "empty"),
    Fault("content null", stream_of(chunk({"content": None}), _STOP, "[DONE]"), "empty"),
    Fault("refusal", stream_of(chunk({"refusal": "No"}), chunk({"refusal": ", sorry"}), _STOP, "[DONE]"), "refusal", 1),
    Fault("tool call", stream_of(chunk({"tool_calls": [{"index": 0}]}), chunk({}, "tool_calls")), "tool_call", 1),
    Fault("content_filter", stream_of(_A, chunk({}, "content_filter"), "[DONE]"), "filtered", 1),
    Fault("length", stream_of(_A, chunk({}, "length"), "[DONE]"), "truncated", 2),
    Fault("finish unknown", stream_of(_A, chunk({}, "banana"), "[DONE]"), "protocol"),
    Fault("thinking never ends", stream_of(chunk({"content": "<think>a"}), _STOP, "[DONE]"), "truncated", 2),
    Fault("slow tokens", stream_of(*[_A] * 200, pause=0.05), "timeout", 1, slow=True),
    Fault("only keep-alives", stream_of(*[b": ping\n\n"] * 200, pause=0.05), "timeout", 1, slow=True),
    Fault("silence after text", stream_of(_A, then="hang"), "timeout", 1, slow=True),
    Fault("endless events", stream_of(*[b": " + b"x" * 1_000_000 + b"\n\n"] * 20, _STOP), "too_large", 1),
    Fault("endless text", stream_of(*[chunk({"content": "a" * 100_000})] * 6, _STOP), "too_large", 1),
    Fault("HTML as events", Raw([HTML], headers=EVENT_STREAM), "protocol"),
    Fault("plain JSON that breaks", Raw([b'{"choices"']), "protocol"),
]

GOOD_STREAMS: dict[str, Scripted] = {
    "split UTF-8": Raw(
        [bytes([byte]) for byte in event(chunk({"content": "目标 👍🏽"}))] + [event(_STOP), b"data: [DONE]\n\n"],
        headers=EVENT_STREAM,
    ),
    "U+2028 inside": stream_of(chunk({"content": "a\u2028b"}), _STOP, "[DONE]"),
    "empty choices": stream_of(chunk({}) | {"choices": []}, chunk({"content": "ok"}), _STOP, "[DONE]"),
    "data after [DONE]": stream_of(chunk({"content": "ok"}), _STOP, "[DONE]", chunk({"content": "more"})),
    "CRLF": Raw([event(chunk({"content": "ok"})).replace(b"\n", b"\r\n"), event(_STOP)], headers=EVENT_STREAM),
    "no [DONE]": stream_of(chunk({"content": "ok"}), _STOP),
    "silence after the finish": stream_of(chunk({"content": "ok"}), _STOP, then="hang"),
    "comments": stream_of(b": hello\n\n", chunk({"content": "ok"}), b": bye\n\n", _STOP, "[DONE]"),
    "other choices": stream_of(
        chunk({"content": "ok"}),
        {"choices": [{"index": 1, "delta": {"content": "no"}, "finish_reason": None}]},
        _STOP,
    ),
    "not streamed at all": Raw([json.dumps(body_of(Answer("ok"))).encode()]),
}
