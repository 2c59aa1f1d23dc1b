"""Serves the page on this machine. Knows nothing about what the page holds.

The server is our own uvicorn around the page, so that every answer passes through the guard.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
import time
import webbrowser
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import paths
from assistant.errors import SettingsError
from assistant.render.plan.html import style as plan_style
from assistant.web import stubs
from assistant.web.backend import Backend, ServiceBackend
from assistant.web.connecting.connections import Connections
from assistant.web.connecting.looking import Connector
from assistant.web.connecting.permission import Permission
from assistant.web.security import Application, Event, Guard, is_loopback
from assistant.web.store import Store
from assistant.web.visitor import Recognition, Visitor

if TYPE_CHECKING:
    from starlette.responses import Response

_FOLDER = Path(__file__).parent
_STYLES = (
    "style.css",
    "editor.css",
    "connecting/connect.css",
    "evals/evals.css",
    "batch/batch.css",
    "check/check.css",
    "library/library.css",
    "plans/plans.css",
)
_SCRIPTS = ("popover.js", "page.js", "editor.js", "connecting/connect.js", "check/check.js", "library/library.js")
_KEEP_ALIVE_SECONDS = 30
_LOGIN_CHECK = "/gradio_api/login_check"


def accounts(value: str | None) -> list[tuple[str, str]]:
    """Read `user:password` pairs, comma-separated.

    Raises:
        SettingsError: a pair lacks its name or its password.
    """
    pairs = []
    for place, pair in enumerate((part for part in (value or "").split(",") if part.strip()), 1):
        name, colon, password = pair.strip().partition(":")
        if not (name and colon and password):
            raise SettingsError(
                f"Pair {place} of GOALS_WEB_AUTH is not of the form user:password.",
                "Write user:password pairs with commas between them.",
            )
        pairs.append((name, password))
    return pairs


def application(
    backend: Backend, host: str, port: int, auth: list[tuple[str, str]], *, api: bool = False, connect: str = "auto"
) -> Application:
    """Return the guarded page as an ASGI application.

    Args:
        backend: the assistant.
        host: the address at which the page is served.
        port: the port.
        auth: names and passwords of the accounts.
        api: open the endpoints for programs.
        connect: who may connect a model, as the setting `web_connect` has it.

    Raises:
        SettingsError: `host` can be reached from other machines and no account is set; or `connect` names no hosts.
    """
    if not is_loopback(host) and not auth:
        raise SettingsError(
            f"The address {host!r} can be reached from other machines, and the page has no accounts.",
            "Set GOALS_WEB_AUTH to user:password, or serve on 127.0.0.1.",
        )
    permission = Permission(connect, host)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    folder = os.environ["GRADIO_TEMP_DIR"] = tempfile.mkdtemp(prefix="goals-web-")

    stubs.leave_alone()
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError
    from starlette.routing import Mount

    from assistant.web.api import tools
    from assistant.web.app import Page
    from assistant.web.arrivals import Arrivals, add_arrivals
    from assistant.web.batch.desks import Desks
    from assistant.web.batch.transfer import add_transfer
    from assistant.web.evals.report import add_report
    from assistant.web.exports import add_exports
    from assistant.web.keeping import Keeper
    from assistant.web.theme import theme

    @contextlib.asynccontextmanager
    async def tidy(_: FastAPI) -> AsyncIterator[None]:
        yield
        shutil.rmtree(folder, ignore_errors=True)
        desks.close()

    kept = paths.home(create=False) / "web"
    connector = Connector(backend, Connections(kept / "connections"), permission)
    desks = Desks(backend, lambda owner: connector.over(Visitor(owner=owner), backend))
    arrivals = Arrivals()
    page = Page(backend, arrivals, connector, Keeper(Store(kept)), desks, tools(backend) if api else None)
    outer = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=tidy)
    add_report(outer, backend, lambda request: lets_in(outer, request.headers.raw))
    add_exports(outer, backend, lambda request: lets_in(outer, request.headers.raw))
    add_transfer(outer, desks, lambda request: lets_in(outer, request.headers.raw))
    add_arrivals(outer, arrivals, lambda request: lets_in(outer, request.headers.raw))
    app = gr.mount_gradio_app(
        outer,
        page.blocks,
        "/",
        server_name=host,
        server_port=port,
        footer_links=[],
        auth=auth or None,
        allowed_paths=[],
        show_error=False,
        max_file_size="10mb",
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=theme(),
        head=f"<style>{_styles()}</style>",
        js="() => {\n" + "".join((_FOLDER / name).read_text(encoding="utf-8") for name in _SCRIPTS) + "}",
    )
    for each in (outer, *(route.app for route in outer.routes if isinstance(route, Mount))):
        if isinstance(each, FastAPI):
            each.add_exception_handler(RequestValidationError, _unreadable)
    return Guard(Recognition(app), host, api=api)


def _unreadable(_: object, error: Exception) -> Response:
    """Answer a request that is not of the right form, without repeating it: it may hold what cannot be written."""
    from starlette.responses import PlainTextResponse

    return PlainTextResponse("This request cannot be read.", HTTPStatus.UNPROCESSABLE_ENTITY)


def _styles() -> str:
    return "".join((_FOLDER / name).read_text(encoding="utf-8") for name in _STYLES) + plan_style()


async def lets_in(page: Application, headers: list[tuple[bytes, bytes]]) -> bool:
    """Ask the page whether it is open to a browser that sends these headers, as the page's own script asks."""
    status = 0

    async def receive() -> Event:
        return {"type": "http.request", "body": b""}

    async def send(event: Event) -> None:
        nonlocal status
        status = event.get("status", status)

    await page(
        {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": _LOGIN_CHECK, "raw_path": _LOGIN_CHECK.encode(), "query_string": b"", "root_path": "",
            "headers": headers, "client": None, "server": None,
        },
        receive,
        send,
    )  # fmt: skip
    return status == HTTPStatus.OK


def serve(
    host: str,
    port: int,
    auth: list[tuple[str, str]],
    *,
    open_browser: bool = False,
    api: bool = False,
    connect: str = "auto",
    backend: Backend | None = None,
    ready: Callable[[str], None] = print,
) -> None:
    """Serve until interrupted; `ready` gets the address once requests are answered.

    With `api`, programs may call the page's endpoints; `connect` is the setting `web_connect`.

    Raises:
        SettingsError: the address needs accounts or cannot be bound.
    """
    import socket

    import uvicorn

    backend = backend or ServiceBackend()
    app = application(backend, host, port, auth, api=api, connect=connect)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise SettingsError(
            f"The page cannot be served at {host}:{port} ({error.strerror}).",
            "Choose another port with --port, or end what uses this one.",
        ) from error
    named = f"[{host}]" if ":" in host else host
    address = f"http://{named}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=2,
        ws="none",
    )
    server = uvicorn.Server(config)

    def greet() -> None:
        while not server.started:
            time.sleep(0.02)
        ready(address)
        if open_browser:
            webbrowser.open(address)
        _warm(backend)

    threading.Thread(target=greet, name="greet", daemon=True).start()
    server.run(sockets=[listener])


def _warm(backend: Backend) -> None:
    """Load ahead of the first request; what fails here is told where a person sees it, with that request."""
    with contextlib.suppress(Exception):
        backend.warm()
