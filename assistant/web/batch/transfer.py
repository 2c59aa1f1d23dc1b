"""Takes lists in and gives results out over HTTP, to sessions that can name their desk. Knows nothing about lists."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from assistant.errors import AssistantError
from assistant.web.batch.desk import ENDINGS, Desk, Output
from assistant.web.batch.desks import Desks
from assistant.web.security import LIST_PATH, MAX_LIST_BYTES, OUTPUT_PATH

_PIECE = 262_144
_LONGEST_NAME = 600
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def add_transfer(app: Starlette, desks: Desks, allowed: Callable[[Request], Awaitable[bool]]) -> None:
    """Serve both ways for those whom `allowed` lets in; to others, and without a desk's ticket, there is nothing."""

    async def receive(request: Request) -> Response:
        desk = desks.find(request.path_params["ticket"]) if await allowed(request) else None
        if desk is None:
            return PlainTextResponse("There is nothing here.", 404)
        if desk.busy:
            return PlainTextResponse("A run is under way.", 409)
        name = unquote(request.headers.get("x-file-name", ""), errors="replace")[:_LONGEST_NAME]
        ending = PurePosixPath(name.strip().replace("\\", "/")).suffix.lower()
        if ending not in ENDINGS:
            return PlainTextResponse("Lists of this kind cannot be read.", 415)
        file = await run_in_threadpool(desk.place, ending)
        if not await _kept(request, file):
            return PlainTextResponse("The list did not arrive whole, or is too large.", 413)
        await run_in_threadpool(desk.receive, file, name)
        return Response(status_code=204)

    async def send(request: Request) -> Response:
        desk = desks.find(request.path_params["ticket"]) if await allowed(request) else None
        made = await run_in_threadpool(_opened, desk, request.path_params["output"]) if desk else None
        if made is None:
            return PlainTextResponse("There is nothing here.", 404)
        file, name = made
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(_UNSAFE.sub('_', name), safe='')}",
            "content-length": str(os.fstat(file.fileno()).st_size),
            "cache-control": "no-store",
        }
        return StreamingResponse(_pieces(file), headers=headers, media_type="application/octet-stream")

    app.add_route(f"{LIST_PATH}{{ticket}}", receive, methods=["POST"])
    app.add_route(f"{OUTPUT_PATH}{{ticket}}/{{output}}", send, methods=["GET"])


async def _kept(request: Request, file: Path) -> bool:
    """Write the body into a file; False, and no file, where it is too large or was cut off."""
    size, whole = 0, False
    try:
        with await run_in_threadpool(_made, file) as stream:
            async for piece in request.stream():
                size += len(piece)
                if size > MAX_LIST_BYTES:
                    break
                await run_in_threadpool(stream.write, piece)
            else:
                whole = True
    except (ClientDisconnect, OSError):
        whole = False
    if not whole:
        file.unlink(missing_ok=True)
    return whole


def _made(file: Path) -> BinaryIO:
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _opened(desk: Desk, output: str) -> tuple[BinaryIO, str] | None:
    try:
        made = desk.write(cast("Output", output))
        return (made[0].open("rb"), made[1]) if made else None
    except (AssistantError, OSError):
        return None


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
