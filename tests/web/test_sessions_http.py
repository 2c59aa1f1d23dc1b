"""Who sees which conversation, asked over HTTP as a browser's script and as a client without cookies ask."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.web.visitor import COOKIE
from tests.web.conftest import Server
from tests.web.sample import AIMS

pytestmark = pytest.mark.timeout(240)
ACCOUNTS = {"ann": "one-pass", "bob": "other-pass"}


class Caller:
    """A client of the page's own events."""

    def __init__(self, server: Server, tab: str, *, cookie: str = "", user: str = "") -> None:
        self.http = httpx.Client(base_url=server.address, timeout=60)
        if user:
            self.http.post("/login", data={"username": user, "password": ACCOUNTS[user]}).raise_for_status()
        if cookie:
            self.http.cookies.set(COOKIE, cookie)
        self.tab = tab
        config = self.http.get("/config").raise_for_status().json()
        self.names = {each["id"]: each["props"].get("elem_id") for each in config["components"]}
        self.events = config["dependencies"]

    def call(self, event: str, component: str, data: list[Any], event_data: Any = None) -> str:
        """Fire an event of a component and return all that the page would have been told."""
        found = next(
            each
            for each in self.events
            if any((self.names.get(target) or "") == component and name == event for target, name in each["targets"])
        )
        body = {"fn_index": found["id"], "data": data, "session_hash": self.tab, "trigger_id": None}
        if event_data is not None:
            body["event_data"] = event_data
        self.http.post("/gradio_api/queue/join", json=body).raise_for_status()
        told = ""
        with self.http.stream("GET", f"/gradio_api/queue/data?session_hash={self.tab}") as stream:
            for line in stream.iter_lines():
                message = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
                told += json.dumps(message, ensure_ascii=False)
                if message.get("msg") == "process_completed":
                    assert message["success"], message
                    break
        return told

    def load(self) -> str:
        return self.call("load", "", ["en", ""])

    def send(self, words: str) -> str:
        return self.call("submit", "box", [None, "", "", "", "", "", words])


def test_accounts_and_clients_without_cookies_see_only_their_own(serve: Callable[..., Server], tmp_path: Path) -> None:
    auth = ",".join(f"{name}:{word}" for name, word in ACCOUNTS.items())
    server = serve(
        sys.executable, "-m", "tests.web.page_server", "PORT", "0", GOALS_HOME=str(tmp_path), GOALS_WEB_AUTH=auth
    )
    stolen = "A" * 43
    ann = Caller(server, "anntab", cookie=stolen, user="ann")
    ann.load()
    assert "86%" in ann.send(AIMS["en"])
    assert AIMS["en"][:40] in Caller(server, "anntwo", cookie=stolen, user="ann").load()
    assert AIMS["en"][:40] not in Caller(server, "bobtab", cookie=stolen, user="bob").load()
    assert AIMS["en"][:40] not in Caller(server, "annelse", cookie="B" * 43, user="ann").load()
    kept = sum(file.stat().st_size for file in (tmp_path / "web").iterdir())

    plain = Caller(server, "plain", user="ann")
    plain.load()
    assert "86%" in plain.send(AIMS["zh-Hant"]) and AIMS["zh-Hant"] not in plain.load()
    assert COOKIE not in plain.http.cookies
    assert kept == sum(file.stat().st_size for file in (tmp_path / "web").iterdir())
    assert server.stop().strip() == ""
