"""Serves the report of a run: one file that asks for nothing, under a policy of its own.

Knows nothing about what a report shows. The file may have come from elsewhere, so its script runs only where it is the
one that the file names by its hash, without access to the page's origin.
"""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from assistant.web.backend import Backend
from assistant.web.security import REPORT_PATH, RUN_ID

_ID = re.compile(RUN_ID)
_META = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
_SCRIPTS = re.compile(rb"script-src ([^;]*)")
_HASH = re.compile(rb"'sha256-[A-Za-z0-9+/]{43}='")
_NOTHING = "'none'"
_HEAD_BYTES = 4_096
_PIECE = 262_144


def can_be_served(id: str) -> bool:
    """Tell whether the name of a run can stand in an address."""
    return _ID.fullmatch(id) is not None


def add_report(app: Starlette, backend: Backend, allowed: Callable[[Request], Awaitable[bool]]) -> None:
    """Serve reports at `REPORT_PATH` to those whom `allowed` lets in; to others there is nothing to learn."""

    async def report(request: Request) -> Response:
        if not await allowed(request):
            return PlainTextResponse("Log in first.", 401)
        id = request.path_params["id"]
        file = await run_in_threadpool(_opened, backend.eval_report(id)) if can_be_served(id) else None
        if file is None:
            return PlainTextResponse("There is nothing here.", 404)
        headers = {
            "content-security-policy": policy(file.read(_HEAD_BYTES)),
            "content-length": str(os.fstat(file.fileno()).st_size),
            "cache-control": "no-store",
        }
        file.seek(0)
        return StreamingResponse(_pieces(file), headers=headers, media_type="text/html; charset=utf-8")

    app.add_route(f"{REPORT_PATH}{{id}}", report, methods=["GET"])


def policy(head: bytes) -> str:
    """Return the policy for a report that begins with `head`: of its scripts only those that its own policy hashes."""
    own = _META.search(head)
    named = _SCRIPTS.search(own[1]) if own else None
    hashes = b" ".join(_HASH.findall(named[1])) if named else b""
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src {hashes.decode() or _NOTHING}; "
        "img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox allow-scripts"
    )


def _opened(path: Path | None) -> BinaryIO | None:
    try:
        return path.open("rb") if path else None
    except OSError:
        return None


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
