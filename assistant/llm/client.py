"""Opens the HTTP client of one endpoint: capped answers, no redirects, no other host.

Knows nothing about prompts, retries or what an answer means.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2
import openai

from assistant.llm.failures import Fault, classify, classify_bytes
from assistant.llm.guard import is_loopback

if TYPE_CHECKING:
    from openai import AsyncOpenAI

MAX_BODY_BYTES = 4_000_000
"""Most bytes read of a plain answer; 400,000 characters, all escaped, have 2.4 million."""

MAX_STREAM_BYTES = 16_000_000
"""Most bytes read of a streamed answer; one of 32,000 tokens has about 10 million."""

_NO_KEY = "none"
_DROPPED = (ssl.SSLEOFError, ssl.SSLZeroReturnError)


class AnswerTooLargeError(Exception):
    """More bytes came than an answer can have."""


class AnswerUnreadableError(Exception):
    """The answer is compressed although that was not offered, so its size cannot be bounded."""


class OtherHostError(Exception):
    """Something tried to reach another host than the configured one."""


class _CappedStream(httpx2.AsyncByteStream):
    def __init__(self, inner: Any, limit: int) -> None:
        self._inner = inner
        self._left = limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._inner:
            self._left -= len(chunk)
            if self._left < 0:
                raise AnswerTooLargeError
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


def open_client(base_url: str, key: str | None, deadline: float) -> AsyncOpenAI:
    """Return a client for `base_url` that neither retries nor follows redirects and stops reading at the caps."""
    host = urlsplit(base_url).hostname or ""

    async def only_host(request: httpx2.Request) -> None:
        if request.url.host != host.lower():
            raise OtherHostError

    async def capped(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
            raise AnswerUnreadableError
        streamed = "event-stream" in response.headers.get("content-type", "")
        response.stream = _CappedStream(response.stream, MAX_STREAM_BYTES if streamed else MAX_BODY_BYTES)

    here = is_loopback(host)
    # Reading the certificates takes 30 ms; plain calls to this machine need none.
    plain = here and base_url.lower().startswith("http://")
    transport = httpx2.AsyncClient(
        verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if plain else True,
        timeout=httpx2.Timeout(deadline + 5, connect=min(15.0, deadline)),
        follow_redirects=False,
        # A proxy of the environment is for the outside: calls to this machine must not leave it.
        trust_env=not here,
        headers={"accept-encoding": "identity"},
        event_hooks={"request": [only_host], "response": [capped]},
    )
    headers: dict[str, Any] = {}
    if host != "api.openai.com":
        headers = {"OpenAI-Organization": openai.Omit(), "OpenAI-Project": openai.Omit()}
    return openai.AsyncOpenAI(
        api_key=key or _NO_KEY, base_url=base_url, max_retries=0, http_client=transport, default_headers=headers
    )


def fault_of(error: BaseException) -> Fault:
    """Return the fault that an exception of the client stands for; its text is never quoted, it may hold the key."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and len(chain) < 10:
        chain.append(link)
        link = link.__cause__ or link.__context__
    if any(isinstance(item, AnswerTooLargeError | MemoryError) for item in chain):
        return Fault("too_large")
    if any(isinstance(item, AnswerUnreadableError) for item in chain):
        return Fault("protocol", "the answer is compressed although that was not offered", again=False)
    if any(isinstance(item, OtherHostError) for item in chain):
        return Fault("redirect")
    # A connection that the other side drops in the middle may be well the next time; these are not.
    if any(isinstance(item, ssl.SSLError) and not isinstance(item, _DROPPED) for item in chain):
        return Fault("tls")
    if isinstance(error, openai.APIStatusError):
        response = error.response
        try:
            return classify_bytes(response.status_code, response.headers, response.content)
        except Exception:
            return classify(response.status_code, response.headers, None)
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        return Fault("timeout")
    if any(isinstance(item, httpx2.LocalProtocolError) for item in chain):
        return Fault("auth", cure="The key holds characters that cannot be sent: check GOALS_LLM_API_KEY.")
    if any(isinstance(item, httpx2.UnsupportedProtocol | httpx2.InvalidURL) for item in chain):
        return Fault("not_configured", cure="Correct the address in GOALS_LLM_BASE_URL.")
    if isinstance(error, openai.APIConnectionError | httpx2.RequestError | OSError):
        return Fault("network")
    if isinstance(error, openai.APIError):
        return classify(None, {}, error.body)
    if isinstance(error, json.JSONDecodeError):
        return Fault("protocol", "the answer is not JSON")
    if isinstance(error, UnicodeDecodeError):
        return Fault("protocol", "the answer is not UTF-8")
    if isinstance(error, RecursionError):
        return Fault("protocol", "the answer is nested too deeply")
    return Fault("protocol", type(error).__name__)
