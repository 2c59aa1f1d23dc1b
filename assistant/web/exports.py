"""Serves drafts and plans as files: keeps the latest ones under names that cannot be guessed, writes each when asked.

Knows nothing about what a format holds.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.goals import DraftResult
from assistant.goals.plan import Plan
from assistant.web.backend import Backend
from assistant.web.escape import text
from assistant.web.icons import icon
from assistant.web.security import EXPORT_PATH
from assistant.web.texts import Texts

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from assistant.render.export import Export, Format

MOST_KEPT = 400
_KEY_BYTES = 16
_OFFERED: tuple[Format, ...] = ("docx", "xlsx", "csv", "ics", "json", "feishu.json")
_WITHOUT_GOALS: tuple[Format, ...] = ("docx", "json")
_kept: OrderedDict[str, DraftResult | Plan] = OrderedDict()
_lock = threading.Lock()


def keep(result: DraftResult | Plan, key: str = "") -> str:
    """Keep a draft or a plan for as long as there are not too many later ones, and return its name.

    Args:
        result: the draft or plan.
        key: the name that it had before the server began anew; '' for a new one.
    """
    key = key or secrets.token_urlsafe(_KEY_BYTES)
    with _lock:
        _kept[key] = result
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return key


def kept(key: str) -> DraftResult | Plan | None:
    """Return the draft or plan of a name, None where there is none any more; one that is asked for stays longer."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def menu(key: str, result: DraftResult, words: Texts) -> str:
    """Return the list of formats in which a draft can be had."""
    if not key:
        return ""
    offered = _OFFERED if result.goals else _WITHOUT_GOALS
    links = "".join(_link(f"{EXPORT_PATH}{key}/{format}", format, words) for format in offered)
    return (
        f'<details class="files"><summary class="btn">{words.html("export.more")}{icon("chevron", "s chev")}</summary>'
        f'<div class="list">{links}</div></details>'
    )


def _link(address: str, format: Format, words: Texts) -> str:
    name = words.html(f"export.{format.partition('.')[0]}")
    return f'<a href="{text(address)}" download>{name}<span class="mut mono">.{format}</span></a>'


def _made(backend: Backend, result: DraftResult | Plan, format: Any) -> Export:
    if isinstance(result, Plan):
        return backend.planning().export_plan(result, format, today=date.today())
    return backend.export(result, format, today=date.today())


def add_exports(app: Starlette, backend: Backend, allowed: Callable[[Request], Awaitable[bool]]) -> None:
    """Serve drafts at `EXPORT_PATH` to those whom `allowed` lets in; to others there is nothing to learn."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import PlainTextResponse, Response

    async def export(request: Request) -> Response:
        if not await allowed(request):
            return PlainTextResponse("Log in first.", 401)
        result = kept(request.path_params["key"])
        if result is None:
            return PlainTextResponse("This draft is not held any more. Reload the page and try again.", 404)
        format = request.path_params["format"]
        try:
            made = await run_in_threadpool(lambda: _made(backend, result, format))
        except AssistantError as error:
            return PlainTextResponse(str(error), 404)
        headers = {"content-disposition": f'attachment; filename="{made.name}"', "cache-control": "no-store"}
        return Response(made.data, headers=headers, media_type=made.media_type)

    app.add_route(f"{EXPORT_PATH}{{key}}/{{format}}", export, methods=["GET"])
