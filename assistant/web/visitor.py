"""Tells browsers apart by a random token in a cookie. Knows nothing about what is kept for them."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from assistant.web.security import Application, Event, Receive, Scope, Send

COOKIE = "goals-browser"
_SECONDS = 30 * 24 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 random bits."""
_JOIN = re.compile(r"/gradio_api/queue/join/?")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Attributes:
        owner: names the browser, and with accounts the person at it; '' for a client without a cookie.
        tab: names the loaded page.
    """

    owner: str = ""
    tab: str = ""


def visitor(cookie: str, user: str | None, tab: str | None) -> Visitor:
    """Return who sent a `Cookie` header as the account `user`; the token itself goes no further."""
    token = _token(cookie)
    if not token:
        return Visitor(tab=tab or "")
    owner = hashlib.sha256(json.dumps([user or "", token]).encode()).hexdigest()
    return Visitor(owner=owner, tab=tab or "")


class Recognition:
    """Gives every browser its cookie, and renews it with every load of the page.

    A visit that comes by a link on another site brings no strict cookie even where the browser has one: it is given
    one only with the first request of the page itself, so that the old one is not lost.
    """

    def __init__(self, app: Application) -> None:
        """Stand before `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        token = _given(scope) if scope["type"] == "http" else ""
        if not token:
            await self._app(scope, receive, send)
            return
        cookie = f"{COOKIE}={token}; Max-Age={_SECONDS}; Path=/; HttpOnly; SameSite=Strict"
        if scope.get("scheme") == "https":
            cookie += "; Secure"

        async def sent(event: Event) -> None:
            if event["type"] == "http.response.start":
                event = {**event, "headers": [*event.get("headers", []), (b"set-cookie", cookie.encode())]}
            await send(event)

        await self._app(scope, receive, sent)


def _given(scope: Scope) -> str:
    """Return the token to set with the answer; '' for none."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    token, site = _token(headers.get("cookie", "")), headers.get("sec-fetch-site", "")
    if scope["path"] == "/" and scope["method"] == "GET":
        return token or ("" if site in ("cross-site", "same-site") else secrets.token_urlsafe(32))
    if _JOIN.fullmatch(scope["path"]) and not token and site == "same-origin":
        return secrets.token_urlsafe(32)
    return ""


def _token(cookie: str) -> str:
    try:
        found = SimpleCookie(cookie).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None and _TOKEN.fullmatch(found.value) else ""
