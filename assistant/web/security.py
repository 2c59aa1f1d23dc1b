"""Guards every request and answer of the page: who may ask, how much, and what a browser may do with it.

Knows nothing about what the page shows.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY_BYTES = 1_000_000
LOGIN_TRIES_A_MINUTE = 10
REPORT_PATH = "/evals/report/"
EXPORT_PATH = "/export/"
RUN_ID = "[A-Za-z0-9][A-Za-z0-9._-]*"
"""What names a run in an address."""
MAX_LIST_BYTES = 10_000_000
LIST_PATH = "/batch/list/"
"""Where a session sends its list."""
MAX_FILE_BYTES = 10_000_000
ARRIVAL_PATH = "/files/"
"""Where a session sends another file; lists and files are all that may be more than `MAX_BODY_BYTES`."""
OUTPUT_PATH = "/batch/file/"
_TICKET = "[A-Za-z0-9_-]{1,64}"
_OPEN = re.compile(
    r"/(|config/?|theme\.css|robots\.txt|manifest\.json|favicon\.ico|assets/.+|static/.+|login/?|logout/?"
    rf"|{REPORT_PATH[1:]}{RUN_ID}|{LIST_PATH[1:]}{_TICKET}|{OUTPUT_PATH[1:]}{_TICKET}/(own|html|json)"
    rf"|{ARRIVAL_PATH[1:]}{_TICKET}|{EXPORT_PATH[1:]}[A-Za-z0-9_-]{{22}}/[a-z]+(?:\.json)?"
    r"|gradio_api/(queue/(join|data)/?|heartbeat/\w+|reset/?|cancel/?|app_id/?|startup-events/?|login_check/?))"
)
API_PATH = "/gradio_api/info"
"""Where a program asks which endpoints there are."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_FOREIGN_META = re.compile(rb"\s*<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>", re.DOTALL)
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def policy(script_hashes: tuple[str, ...] = ()) -> str:
    """Return the content security policy; the page's components need `unsafe-eval`, inline scripts only their hash."""
    scripts = " ".join(("'self'", "'unsafe-eval'", *script_hashes))
    return (
        f"default-src 'self'; script-src {scripts}; script-src-attr 'none'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'none'; object-src 'none'; "
        "frame-src 'none'; worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'self'"
    )


_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=()"),
)


class Guard:
    """The outermost application: checks the request, then sees that every answer carries the headers."""

    def __init__(
        self, app: Application, host: str, *, api: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Guard `app`, which is served at the address `host`; with `api`, programs may ask for the endpoints."""
        self._app = app
        self._api = api
        self._hosts = _LOCAL_NAMES if is_loopback(host) else None
        if self._hosts is not None:
            self._hosts |= {host.lower()}
        self._clock = clock
        self._tries: dict[str, list[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "websocket":
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._refuse(scope, headers)
        if refused is not None:
            await _answer(send, *refused)
            return
        scope["headers"] = [(n, v) for n, v in scope["headers"] if not n.startswith(b"x-forwarded-")]
        reader = _Body(receive, _most(scope["path"]))
        await self._app(scope, reader.receive, _Answer(send, reader, scope["path"]).send)

    def _refuse(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        host = headers.get("host", "")
        name = host.rsplit(":", 1)[0].lower() if not host.endswith("]") else host.lower()
        if not host or (self._hosts is not None and name not in self._hosts):
            return 403, "This page is not served under that name."
        if scope["path"].rstrip("/") == API_PATH:
            if not self._api:
                return 404, "The endpoints for programs are off. Serve the page with: goals web --api"
        elif not _OPEN.fullmatch(scope["path"]):
            return 404, "There is nothing here."
        if scope["method"] not in _SAFE:
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
                return 403, "This request came from another page."
            if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
                return 403, "This request came from another page."
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > _most(scope["path"]):
                return 413, "That is too much for one request."
            if scope["path"].rstrip("/") == "/login" and self._too_often(scope):
                return 429, "Too many tries. Wait a minute and try again."
        return None

    def _too_often(self, scope: Scope) -> bool:
        now = self._clock()
        who = (scope.get("client") or ("?",))[0]
        self._tries = {key: kept for key, tries in self._tries.items() if (kept := [t for t in tries if now - t < 60])}
        recent = self._tries.setdefault(who, [])
        if len(recent) >= LOGIN_TRIES_A_MINUTE:
            return True
        recent.append(now)
        return False


class _Body:
    """Counts the bytes of a request and stops reading at the limit."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._read = 0
        self.too_long = False

    async def receive(self) -> Event:
        event = await self._receive()
        if event["type"] == "http.request":
            self._read += len(event.get("body", b""))
            if self._read > self._most:
                self.too_long = True
                return {"type": "http.disconnect"}
        return event


class _Answer:
    """Adds the headers; the page itself is held back until its inline scripts are hashed.

    A report brings a policy of its own, stricter than the page's; its answer passes as it is written.
    """

    def __init__(self, send: Send, body: _Body, path: str) -> None:
        self._send = send
        self._body = body
        self._report = path.startswith(REPORT_PATH)
        self._start: Event | None = None
        self._held = b""
        self._replaced = False

    async def send(self, event: Event) -> None:
        if self._replaced:
            return
        if event["type"] == "http.response.start":
            if self._body.too_long:
                self._replaced = True
                await _answer(self._send, 413, "That is too much for one request.")
                return
            own = _value(event, b"content-security-policy").decode("latin-1") if self._report else ""
            if not own and _value(event, b"content-type").startswith(b"text/html"):
                self._start = event
                return
            event = {**event, "headers": _guarded(event["headers"], own or policy(), apart=bool(own))}
        elif self._start is not None and event["type"] == "http.response.body":
            self._held += event.get("body", b"")
            if not event.get("more_body"):
                await self._page()
            return
        await self._send(event)

    async def _page(self) -> None:
        start = self._start or {}
        page = _FOREIGN_META.sub(b"", self._held)
        hashes = tuple(
            f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
            for script in _INLINE_SCRIPT.findall(page)
        )
        headers = [(n, v) for n, v in start["headers"] if n.lower() != b"content-length"]
        headers.append((b"content-length", str(len(page)).encode()))
        await self._send({**start, "headers": _guarded(headers, policy(hashes))})
        await self._send({"type": "http.response.body", "body": page})


def _most(path: str) -> int:
    if path.startswith(ARRIVAL_PATH):
        return MAX_FILE_BYTES
    return MAX_LIST_BYTES if path.startswith(LIST_PATH) else MAX_BODY_BYTES


def _value(event: Event, name: bytes) -> bytes:
    return next((value for key, value in event["headers"] if key.lower() == name), b"")


def _guarded(
    headers: list[tuple[bytes, bytes]], content_policy: str, *, apart: bool = False
) -> list[tuple[bytes, bytes]]:
    """Return the headers with ours; a document `apart` from the page's origin may carry no opener policy."""
    ours = {name for name, _ in _HEADERS} | {b"content-security-policy", b"server"}
    kept = [(name, value) for name, value in headers if name.lower() not in ours]
    added = [header for header in _HEADERS if not (apart and header[0] == b"cross-origin-opener-policy")]
    return [*kept, *added, (b"content-security-policy", content_policy.encode())]


async def _answer(send: Send, status: int, words: str) -> None:
    body = words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": _guarded(headers, policy())})
    await send({"type": "http.response.body", "body": body})
