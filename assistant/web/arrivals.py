"""Takes files in over HTTP for sessions that can name their ticket, and hands each of them over once.

Knows nothing about what is in a file. Files stay in memory, few and for a short time; a ticket is known to its session
alone and to nobody by guessing.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from assistant.web.security import ARRIVAL_PATH, MAX_FILE_BYTES

MAX_WAITING_BYTES = 100_000_000
"""Bytes of files that wait at once; beyond them the oldest are let go."""
_TICKETS = 10_000
_KEEP_SECONDS = 300.0
_LONGEST_NAME = 600


class Arrived(NamedTuple):
    """A file as it came: its name as the browser told it, and its bytes."""

    name: str
    raw: bytes


class Arrivals:
    """The files that wait for their session. Safe to use from several threads."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none; `clock` returns seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._tickets: OrderedDict[str, None] = OrderedDict()
        self._waiting: OrderedDict[str, tuple[float, Arrived]] = OrderedDict()

    def ticket(self) -> str:
        """Return a new ticket, under which one file at a time can wait."""
        made = secrets.token_urlsafe(24)
        with self._lock:
            self._tickets[made] = None
            while len(self._tickets) > _TICKETS:
                self._tickets.popitem(last=False)
        return made

    def known(self, ticket: str) -> bool:
        """Tell whether a ticket was given out."""
        with self._lock:
            return ticket in self._tickets

    def put(self, ticket: str, file: Arrived) -> None:
        """Let a file wait; one that waits under the same ticket goes."""
        with self._lock:
            self._waiting.pop(ticket, None)
            self._waiting[ticket] = (self._clock(), file)
            self._let_go()

    def take(self, ticket: str) -> Arrived | None:
        """Return the file that waits, which then waits no longer."""
        with self._lock:
            self._let_go()
            found = self._waiting.pop(ticket, None)
        return found[1] if found else None

    def _let_go(self) -> None:
        now = self._clock()
        size = sum(len(file.raw) for _, file in self._waiting.values())
        while self._waiting:
            ticket, (since, file) = next(iter(self._waiting.items()))
            if now - since <= _KEEP_SECONDS and size <= MAX_WAITING_BYTES:
                return
            size -= len(file.raw)
            del self._waiting[ticket]


def add_arrivals(app: Starlette, arrivals: Arrivals, allowed: Callable[[Request], Awaitable[bool]]) -> None:
    """Take files from those whom `allowed` lets in; to others, and without a ticket, there is nothing."""

    async def receive(request: Request) -> Response:
        ticket = request.path_params["ticket"]
        if not await allowed(request) or not arrivals.known(ticket):
            return PlainTextResponse("There is nothing here.", 404)
        name = unquote(request.headers.get("x-file-name", ""), errors="replace")[:_LONGEST_NAME]
        raw = bytearray()
        try:
            async for piece in request.stream():
                raw += piece
                if len(raw) > MAX_FILE_BYTES:
                    return PlainTextResponse("The file is too large.", 413)
        except ClientDisconnect:
            return PlainTextResponse("The file did not arrive whole.", 413)
        arrivals.put(ticket, Arrived(name, bytes(raw)))
        return Response(status_code=204)

    app.add_route(f"{ARRIVAL_PATH}{{ticket}}", receive, methods=["POST"])
