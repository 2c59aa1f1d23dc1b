"""A real HTTP server on loopback that speaks the chat protocol from a script, faults included.

Knows nothing about the code under test. Runs in a thread of its own, so that synchronous tests can use it too.

    with ModelServer(["first answer", {"an": "object"}]) as server:
        Settings(llm_base_url=server.base_url, llm_model="scripted")

An answer is text, an object (sent as JSON text), `Answer` (with finish reason, usage, delay …) or `Raw` (any bytes).
A list is given out in order and its last item repeats; a function gets the request's body.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True)
class Answer:
    """A well-formed answer, plain or streamed as the request asks."""

    content: Any = "ready"
    finish_reason: Any = "stop"
    usage: Any = field(default_factory=lambda: {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15})
    model: Any = "served-model"
    message: dict[str, Any] = field(default_factory=dict)
    delay: float = 0.0
    piece_delay: float = 0.0
    pieces: int = 4


@dataclass(frozen=True)
class Raw:
    """Bytes as they are, cut into chunks.

    `length` overrides Content-Length; `then` says what happens after the last chunk: a proper end, a closed or reset
    connection, or silence.
    """

    chunks: Sequence[bytes] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    pause: float = 0.0
    delay: float = 0.0
    length: int | None = None
    then: Literal["end", "close", "reset", "hang"] = "end"


Scripted: TypeAlias = str | dict[str, Any] | Answer | Raw
Answers: TypeAlias = Sequence[Scripted] | Callable[[dict[str, Any]], Scripted]


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float


def body_of(answer: Answer) -> dict[str, Any]:
    """Return the plain answer's body."""
    message = {"role": "assistant", "content": answer.content} | answer.message
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": answer.model,
        "choices": [{"index": 0, "message": message, "finish_reason": answer.finish_reason}],
    }
    if answer.usage is not None:
        body["usage"] = answer.usage
    return body


def event(data: Any) -> bytes:
    """Return one server-sent event."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return f"data: {text}\n\n".encode("utf-8", "surrogatepass")


def chunk(delta: dict[str, Any], finish: Any = None, **more: Any) -> dict[str, Any]:
    """Return one chunk of a streamed answer."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "served-model",
        "choices": [choice],
    } | more


def events_of(answer: Answer, usage: bool) -> list[bytes]:
    """Return the events of a streamed answer."""
    content = answer.content
    parts: list[Any] = [content]
    if isinstance(content, str) and content:
        size = max(1, -(-len(content) // answer.pieces))
        parts = [content[start : start + size] for start in range(0, len(content), size)]
    events = [event(chunk({"role": "assistant", "content": ""}))]
    events += [event(chunk({"content": part} | answer.message)) for part in parts]
    events.append(event(chunk({}, answer.finish_reason)))
    if usage and answer.usage is not None:
        events.append(event(chunk({}, usage=answer.usage) | {"choices": []}))
    return [*events, b"data: [DONE]\n\n"]


EVENT_STREAM = {"content-type": "text/event-stream"}


def stream_of(*events: Any, **options: Any) -> Raw:
    """Return a raw stream of events given as data, or as bytes."""
    chunks = [item if isinstance(item, bytes) else event(item) for item in events]
    return Raw(chunks, headers=EVENT_STREAM, **options)


class ModelServer:
    """Serves scripted answers under `base_url` and keeps what was asked in `requests`."""

    def __init__(self, answers: Answers = ("ready",)) -> None:
        self._answers = answers
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._stop: asyncio.Event | None = None
        self._port = 0
        self.requests: list[Seen] = []
        self.connections = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    def __enter__(self) -> ModelServer:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="model-server", daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *exc_info: object) -> None:
        assert self._loop is not None and self._stop is not None and self._thread is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        tasks: set[asyncio.Task[None]] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            tasks.add(task)
            self.connections += 1
            try:
                with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                    while await self._one(reader, writer):
                        pass
            finally:
                tasks.discard(task)
                writer.transport.abort()

        server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=2**22)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines) if name}
        content = await reader.readexactly(int(headers.get("content-length", "0")))
        body = json.loads(content) if content else {}
        self.requests.append(Seen(first.split()[1], headers, body, time.monotonic()))
        raw = self._raw(self._pick(body), body)
        await asyncio.sleep(raw.delay)
        return await _send(raw, writer)

    def _pick(self, body: dict[str, Any]) -> Scripted:
        if callable(self._answers):
            return self._answers(body)
        return self._answers[min(len(self.requests), len(self._answers)) - 1]

    def _raw(self, answer: Scripted, body: dict[str, Any]) -> Raw:
        if isinstance(answer, Raw):
            return answer
        if isinstance(answer, dict):
            answer = json.dumps(answer, ensure_ascii=False)
        if isinstance(answer, str):
            answer = Answer(answer)
        if body.get("stream"):
            usage = bool((body.get("stream_options") or {}).get("include_usage"))
            return Raw(events_of(answer, usage), headers=EVENT_STREAM, pause=answer.piece_delay, delay=answer.delay)
        # json.dumps writes NaN and lone surrogates as a sloppy server would.
        return Raw([json.dumps(body_of(answer)).encode()], delay=answer.delay)


async def _send(raw: Raw, writer: asyncio.StreamWriter) -> bool:
    """Send one answer; return whether the connection can be used again."""
    chunked = raw.pause > 0 or raw.headers == EVENT_STREAM
    headers = {"content-type": "application/json"} | raw.headers
    if chunked:
        headers["transfer-encoding"] = "chunked"
    else:
        headers["content-length"] = str(sum(map(len, raw.chunks)) if raw.length is None else raw.length)
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"HTTP/1.1 {raw.status} X\r\n{lines}\r\n".encode("latin-1"))
    for part in raw.chunks:
        writer.write(b"%x\r\n%s\r\n" % (len(part), part) if chunked else part)
        await writer.drain()
        await asyncio.sleep(raw.pause)
    if raw.then == "hang":
        await asyncio.sleep(60)
    if raw.then == "reset":
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if raw.then != "end":
        return False
    if chunked:
        writer.write(b"0\r\n\r\n")
    await writer.drain()
    return True


def error(status: int, message: str = "no", code: str = "", param: str = "", **headers: str) -> Raw:
    """Return an error answer in OpenAI's shape; header names take `_` for `-`."""
    body = {"error": {"message": message, "type": "invalid_request_error", "code": code, "param": param}}
    sent = {"content-type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return Raw([json.dumps(body).encode()], status=status, headers=sent)
