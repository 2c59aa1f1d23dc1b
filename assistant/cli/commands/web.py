"""`goals web`: serves the page. Knows nothing about the page."""

from __future__ import annotations

from typing import Annotated

import typer


def web(
    host: Annotated[str | None, typer.Option(help="Address; beyond loopback GOALS_WEB_AUTH is needed.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65_535, help="Port to serve at; 0 takes a free one.")] = None,
    api: Annotated[
        bool, typer.Option("--api", help="Let programs call the page's endpoints; see docs/api.md. Or: GOALS_WEB_API.")
    ] = False,
    open: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = False,
) -> None:
    """Serve the web page on this machine."""
    from assistant import settings
    from assistant.web import launch

    chosen = settings.load()
    auth = launch.accounts(chosen.web_auth.get_secret_value() if chosen.web_auth else None)
    launch.serve(
        host or chosen.web_host,
        chosen.web_port if port is None else port,
        auth,
        open_browser=open,
        api=api or chosen.web_api,
        connect=chosen.web_connect,
        ready=lambda address: typer.echo(f"The page is at {address} (Ctrl+C ends it)."),
    )


COMMAND = web
