"""The one live door to a model: an OpenAI-compatible endpoint behind typed outcomes, a deadline and one retry owner.

Knows nothing about goals, prompts or schemas beyond passing them on.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import weakref
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.llm import dialect, guard
from assistant.llm.cleaning import ThinkingFilter
from assistant.llm.failures import Fault, failure
from assistant.llm.retry import Tally, retrying
from assistant.llm.types import Completion, Outcome, Request, Restarted
from assistant.llm.wire import Answer, ChunkReader, read_body

if TYPE_CHECKING:
    from openai import AsyncOpenAI

OPENAI_BASE_URL = "https://api.openai.com/v1"
"""Address used when a key is set and no other endpoint is."""

_SHARED_PAUSE = 120.0
_TAIL = 1.0


class Gateway:
    """Calls one model at one endpoint; safe to share between tasks, and between event loops one after another.

    Calls are bounded: at most `1 + retries` tries, and the wall clock ends everything `deadline` seconds after the
    start. The first time a model refuses an optional part of the protocol the same try is sent again without it (at
    most five such refusals for ever, see `dialect.py`); the refusals count in `calls`. A pause that the endpoint
    asks for is shared by all calls of the gateway.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: SecretStr | None = None,
        deadline: float = 60.0,
        retries: int = 2,
        mode: str = "auto",
        max_tokens: int = 8_000,
        backoff: float = 0.5,
    ) -> None:
        """Store the settings; nothing is loaded or contacted before the first call.

        Args:
            model: the model's name at the endpoint.
            base_url: the endpoint; None means OpenAI's own.
            api_key: the key; None where the endpoint takes any.
            deadline: wall-clock seconds for one call with its retries.
            retries: tries after the first.
            mode: `auto`, or a fixed `json_schema`, `json_object` or `prompt`.
            max_tokens: most tokens of an answer unless the request says otherwise.
            backoff: first wait in seconds between tries; doubles up to 8 seconds.
        """
        self._model = model
        self._base_url = (base_url or OPENAI_BASE_URL).rstrip("/")
        self._key = api_key
        self._deadline = deadline
        self._retries = retries
        self._mode = mode
        self._max_tokens = max_tokens
        self._backoff = backoff
        self._resume_at = 0.0
        self._clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncOpenAI] = weakref.WeakKeyDictionary()

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._model

    @property
    def host(self) -> str:
        """Return host and port of the endpoint, without any user name or password."""
        parts = _split(self._base_url)
        return parts[0] if parts[1] is None else f"{parts[0]}:{parts[1]}"

    def __repr__(self) -> str:
        return f"Gateway(model={self._model!r}, host={self.host!r})"

    async def complete(self, request: Request) -> Outcome:
        """Return the model's whole answer, or the failure that all allowed tries ended in."""
        result: Answer | Fault | None = self._obstacle() or await self._unready()
        tally = self._tally(request)
        if result is None:
            try:
                async with asyncio.timeout(tally.left):
                    async for attempt in retrying(self._retries, self._backoff, tally):
                        result = self._note(tally.widen(await self._whole(request, tally)))
                        attempt.retry_state.set_result(result)
            except TimeoutError:
                result = Fault("timeout")
            except asyncio.CancelledError:
                if _cancelled_from_outside():
                    raise
                result = Fault("cancelled")
            except Exception as error:
                result = _fault_of(error)
        return self._outcome(result, tally)

    async def stream(
        self, request: Request, *, restart: bool = False
    ) -> AsyncGenerator[str | Restarted | Outcome, None]:
        """Yield pieces of the answer as they come, then one `Completion` with the whole text or one `Failure`.

        A stream that breaks before its first piece is tried again unseen. One that breaks later is a failure, unless
        `restart` is set: then `Restarted` tells the caller to drop the pieces so far and the answer begins anew.
        """
        result: Answer | Fault | None = self._obstacle() or await self._unready()
        tally = self._tally(request)
        if result is None:
            shown = False
            async for attempt in retrying(self._retries, self._backoff, tally):
                if shown:
                    yield Restarted()
                    shown = False
                pieces = self._pieces(request, tally)
                async with contextlib.aclosing(pieces):
                    async for piece in pieces:
                        if isinstance(piece, str):
                            shown = True
                            yield piece
                        else:
                            result = piece
                result = self._note(tally.widen(result))
                final = shown and not restart
                attempt.retry_state.set_result(None if final else result)
        yield self._outcome(result, tally)

    async def aclose(self) -> None:
        """Close the connections of the running event loop."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            with contextlib.suppress(Exception):
                await client.close()

    def _tally(self, request: Request) -> Tally:
        return Tally(self._deadline, request.max_tokens or self._max_tokens)

    def _obstacle(self) -> Fault | None:
        """Return why no call may be made at all."""
        host, _ = _split(self._base_url)
        key = self._key.get_secret_value() if self._key is not None else ""
        if not host or "@" in urlsplit(self._base_url).netloc:
            return Fault(
                "not_configured", cure="Correct the address in GOALS_LLM_BASE_URL; a key does not belong in it."
            )
        if host == "api.openai.com" and not key:
            return Fault("not_configured", cure="Set GOALS_LLM_API_KEY, or GOALS_LLM_BASE_URL for another endpoint.")
        if not (key.isascii() and (key.isprintable() or not key)) or key != key.strip():
            return Fault("auth", cure="The key holds characters that no key has: copy it again to GOALS_LLM_API_KEY.")
        if not guard.allows(host):
            return Fault("blocked")
        return None

    async def _unready(self) -> Fault | None:
        """Open the client before the clock of a call starts: loading the library is no wait for the endpoint."""
        try:
            await self._client()
        except asyncio.CancelledError:
            if _cancelled_from_outside():
                raise
            return Fault("cancelled")
        except Exception as error:
            return _fault_of(error)
        return None

    async def _client(self) -> AsyncOpenAI:
        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            # Loading the library takes half a second: in a thread, so that other tasks go on.
            module = await asyncio.to_thread(_client_module)
            key = self._key.get_secret_value() if self._key is not None else None
            client = self._clients.setdefault(loop, module.open_client(self._base_url, key, self._deadline))
        return client

    async def _paused(self, tally: Tally) -> Fault | None:
        """Wait out a pause that another call was told of; a pause beyond the deadline is a fault."""
        pause = self._resume_at - time.monotonic()
        if pause <= 0:
            return None
        if pause >= tally.left:
            return Fault("rate_limited", retry_after=pause, again=False)
        await asyncio.sleep(pause)
        return None

    def _note(self, result: Any) -> Any:
        if isinstance(result, Fault) and result.kind in {"rate_limited", "server"} and result.retry_after:
            self._resume_at = max(self._resume_at, time.monotonic() + min(result.retry_after, _SHARED_PAUSE))
        return result

    async def _whole(self, request: Request, tally: Tally) -> Answer | Fault:
        """Make one try of a plain call, in the dialect that the endpoint takes."""
        paused = await self._paused(tally)
        if paused is not None:
            return paused
        used = dialect.known(self._base_url, self._model, self._mode)
        while True:
            tally.calls += 1
            try:
                client = await self._client()
                sent = used.parameters(request, self._model, tally.max_tokens, streaming=False)
                response = await client.chat.completions.with_raw_response.create(**sent)
                result = read_body(response.http_response.content, tally.use, self._model)
            except Exception as error:
                result = _fault_of(error)
            learnt = used.learn(result, request, streaming=False) if isinstance(result, Fault) else None
            if learnt is None:
                return result
            used = dialect.remember(self._base_url, self._model, self._mode, used, learnt)

    async def _pieces(self, request: Request, tally: Tally) -> AsyncGenerator[str | Answer | Fault, None]:
        """Make one try of a streamed call: pieces, then what they amount to."""
        until = asyncio.get_running_loop().time() + tally.left
        used = dialect.known(self._base_url, self._model, self._mode)
        reader = ChunkReader(self._model, tally.use)
        stream: Any = None
        result: Answer | Fault
        try:
            while True:
                try:
                    async with asyncio.timeout_at(until):
                        paused = await self._paused(tally)
                        if paused is not None:
                            yield paused
                            return
                        tally.calls += 1
                        client = await self._client()
                        sent = used.parameters(request, self._model, tally.max_tokens, streaming=True)
                        stream = await client.chat.completions.create(**sent)
                    break
                except Exception as error:
                    result = _fault_of(error)
                    learnt = used.learn(result, request, streaming=True)
                    if learnt is None:
                        yield result
                        return
                    used = dialect.remember(self._base_url, self._model, self._mode, used, learnt)
            if not hasattr(stream, "response"):
                yield Fault("protocol", f"the answer is a {type(stream).__name__}")
                return
            if "json" in stream.response.headers.get("content-type", ""):
                async for piece in self._unstreamed(stream, tally, until):
                    yield piece
                return
            async for piece in _shown(stream, reader, until):
                yield piece
            yield reader.result()
        except asyncio.CancelledError:
            if _cancelled_from_outside():
                raise
            yield Fault("cancelled")
        except Exception as error:
            yield _fault_of(error)
        finally:
            if hasattr(stream, "close"):
                with contextlib.suppress(Exception):
                    async with asyncio.timeout(_TAIL / 2):
                        await stream.close()

    async def _unstreamed(self, stream: Any, tally: Tally, until: float) -> AsyncIterator[str | Answer | Fault]:
        """Take the answer of an endpoint that does not stream although asked to."""
        async with asyncio.timeout_at(until):
            body = await stream.response.aread()
        result = read_body(body, tally.use, self._model)
        if isinstance(result, Answer):
            yield result.text
        yield result

    def _outcome(self, result: Answer | Fault | None, tally: Tally) -> Outcome:
        result = tally.settle(result)
        if result is None:
            result = Fault("protocol", "no result")
        use = tally.use
        if isinstance(result, Answer):
            return Completion(
                result.text, result.model, result.finish_reason, use.prompt, use.completion, tally.calls, tally.seconds,
                throttled=tally.throttled,
            )  # fmt: skip
        made = failure(
            result,
            host=self.host,
            model=self._model,
            calls=tally.calls,
            seconds=tally.seconds,
            tokens=(use.prompt, use.completion),
            secret=self._key.get_secret_value() if self._key is not None else "",
        )
        return replace(made, throttled=tally.throttled)


async def _shown(stream: Any, reader: ChunkReader, until: float) -> AsyncIterator[str]:
    """Yield what may be shown of a stream; after the finish reason only a short tail with the usage is awaited."""
    loop = asyncio.get_running_loop()
    visible = ThinkingFilter()
    chunks = aiter(stream)
    while reader.fault is None:
        try:
            async with asyncio.timeout_at(until):
                chunk = await anext(chunks)
        except StopAsyncIteration:
            break
        except Exception:
            if reader.finish is None:
                raise
            break
        finished = reader.finish
        piece = visible.feed(reader.feed(chunk))
        if piece:
            yield piece
        if finished is None and reader.finish is not None:
            until = min(until, loop.time() + _TAIL)
    rest = visible.finish()
    if rest and reader.fault is None:
        yield rest


def _split(base_url: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(base_url)
        return parts.hostname or "", parts.port
    except ValueError:
        return "", None


def _cancelled_from_outside() -> bool:
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0


def _client_module() -> Any:
    from assistant.llm import client

    return client


def _fault_of(error: BaseException) -> Fault:
    fault: Fault = _client_module().fault_of(error)
    return fault
