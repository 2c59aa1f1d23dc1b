import asyncio
import re
from typing import Any

import pytest

from assistant.web.security import Guard
from assistant.web.visitor import COOKIE, Recognition, visitor
from tests.web.test_security import ask, inner

TOKEN = "A" * 42 + "-"
JOIN = "/gradio_api/queue/join"


def given(path: str = "/", method: str = "GET", **headers: Any) -> str:
    _, head, _ = ask(path, method, guard=Guard(Recognition(inner), "127.0.0.1"), **headers)
    return head.get("set-cookie", "")


def test_a_browser_gets_a_token_of_its_own_that_no_script_reads() -> None:
    cookies = [given() for _ in range(20)]
    assert len(set(cookies)) == 20
    for cookie in cookies:
        assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict", cookie), (
            cookie
        )
    assert given(cookie=f"{COOKIE}={TOKEN}").startswith(f"{COOKIE}={TOKEN}; Max-Age=")
    assert not given(cookie=f"{COOKIE}=short").startswith(f"{COOKIE}=short")


def test_a_link_from_elsewhere_does_not_replace_a_cookie() -> None:
    assert given(sec_fetch_site="cross-site") == "" and given(sec_fetch_site="none") != ""
    assert given(JOIN, "POST", sec_fetch_site="same-origin") != ""
    assert given(JOIN, "POST", sec_fetch_site="same-origin", cookie=f"{COOKIE}={TOKEN}") == ""
    assert given(JOIN, "POST") == "" and given("/config") == ""


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_over_tls_the_cookie_is_secure(scheme: str, secure: bool) -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    async def send(event: Any) -> None:
        sent.append(event)

    scope = {"type": "http", "path": "/", "method": "GET", "scheme": scheme, "headers": []}
    asyncio.run(Recognition(inner)(scope, receive, send))
    cookie = dict(sent[0]["headers"])[b"set-cookie"].decode()
    assert cookie.endswith("; Secure") == secure


def test_a_stolen_cookie_opens_nothing_of_another_account() -> None:
    cookie = f"a=b; {COOKIE}={TOKEN}; c=d"
    owners = {visitor(cookie, user, "t").owner for user in (None, "ann", "bob")}
    assert len(owners) == 3 and all(TOKEN not in owner and len(owner) == 64 for owner in owners)
    assert visitor(cookie, "ann", "t") == visitor(f"{COOKIE}={TOKEN}", "ann", "t")
    for bad in ("", f"{COOKIE}=", f"{COOKIE}={TOKEN}x", f"{COOKIE}={TOKEN[:-1]}", "\x00;;=", f'{COOKIE}="'):
        assert visitor(bad, "ann", "t").owner == ""
