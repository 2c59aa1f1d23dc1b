"""A model connected from the page: in a real browser, and as the page's own script asks over HTTP."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.service import Assistant, make_aim
from evals.answers import answer_of
from tests.llm.server import Answer, ModelServer, Scripted, error
from tests.web.conftest import Pictures, Server
from tests.web.sample import AIMS
from tests.web.test_page import tab
from tests.web.test_sessions_http import Caller

pytestmark = pytest.mark.timeout(300)
KEY = "sk-secret-0123456789abcdef"


class Endpoint:
    """Answers the test call with a word, and drafts as told."""

    def __init__(self) -> None:
        self.draft: Scripted = "ready"

    def __call__(self, body: dict[str, Any]) -> Scripted:
        return "ready" if len(json.dumps(body)) < 400 else self.draft


@pytest.fixture
def script() -> Endpoint:
    return Endpoint()


@pytest.fixture
def endpoint(script: Endpoint) -> Iterator[ModelServer]:
    with ModelServer(script) as server:
        yield server


def start(serve: Callable[..., Server], home: Path, **environment: str) -> Server:
    command = str(Path(sys.executable).with_name("goals"))
    return serve(command, "web", "--port", "PORT", "--no-open", GOALS_HOME=str(home), **environment)


def holds_the_key(home: Path) -> list[str]:
    found = []
    for path in home.rglob("*"):
        # The index is being built meanwhile, and its first folder goes.
        with contextlib.suppress(FileNotFoundError, IsADirectoryError):
            if KEY.encode() in path.read_bytes():
                found.append(str(path))
    return found


@pytest.mark.browser
def test_a_model_is_connected_from_the_line_that_names_the_drafter(
    chromium: Any, serve: Callable[..., Server], tmp_path: Path, endpoint: ModelServer, script: Endpoint,
    pictures: Pictures,
) -> None:  # fmt: skip
    server = start(serve, tmp_path)
    drafted = Assistant().draft(make_aim(AIMS["en"]), llm="offline")
    script.draft = Answer(json.dumps(answer_of(drafted), ensure_ascii=False))
    with tab(chromium, server, "en") as at:
        page = at.page
        page.wait_for_selector("#head .drafter[data-act]")
        line = page.locator("#head .drafter")
        assert "Offline drafter at work" in line.inner_text() and "Connect a model" in line.inner_text()
        line.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.id === 'connect-address'")
        page.keyboard.press("Escape")
        page.wait_for_selector(".connecting", state="detached")
        page.wait_for_function("document.activeElement.matches('#head .drafter')")
        page.click("#promises .drafter")
        page.wait_for_selector(".connecting form")
        page.click("[data-address='http://127.0.0.1:8080/v1']")
        assert page.input_value("#connect-address") == "http://127.0.0.1:8080/v1" and endpoint.requests == []
        page.fill("#connect-address", endpoint.base_url.replace("/v1", "x/v1"))
        page.fill("#connect-model", "scripted")
        page.fill("#connect-key", KEY)
        page.click("[data-act=try]")
        page.wait_for_selector("#connect-told .say.error >> text=The address cannot be used")
        pictures.take(page, "connect-refused-en.png")
        page.fill("#connect-address", endpoint.base_url)
        assert page.input_value("#connect-key") == KEY, "what was typed is still there to be tried again"
        page.click("[data-act=try]")
        page.wait_for_selector("#connect-told .say.ok >> text=It works")
        assert "Offline drafter" in line.inner_text()
        page.locator("#connect-key").press("Enter")
        page.wait_for_selector("#head .drafter.on >> text=scripted at work")
        page.wait_for_selector(".connecting >> text=writes your drafts, in this browser only")
        assert page.locator("#connect-key").count() == 0
        pictures.take(page, "connected-en.png")
        page.click("[data-act=close]")
        at.send(AIMS["en"])
        page.wait_for_selector("#said .replies [data-act=skip]")
        page.click("#said .replies [data-act=skip]")
        page.wait_for_selector("#board .kr")
        assert "scripted" in page.inner_text("#board") and "in place of" not in page.inner_text("#board")
        asked = endpoint.requests[-1]
        assert asked.headers["authorization"] == f"Bearer {KEY}" and AIMS["en"] in json.dumps(asked.body)
        with tab(chromium, server, "zh-Hans", width=390, theme="dark") as other:
            assert "离线起草器" in other.page.inner_text("#head .drafter")
            other.page.click("#head .drafter")
            other.page.wait_for_selector(".connecting form")
            pictures.take(other.page, "connect-zh-Hans-dark-390.png", full_page=True)
            assert other.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.reload()
        page.wait_for_selector("#head .drafter.on >> text=scripted at work")
        script.draft = error(401, f"Incorrect API key provided: {KEY}", "invalid_api_key")
        page.click("[data-act=new]")
        page.wait_for_selector(".hero:visible")
        at.send(AIMS["en"])
        page.wait_for_selector("#said .replies [data-act=skip]")
        page.click("#said .replies [data-act=skip]")
        page.wait_for_selector("#board .kr")
        assert "Written by the offline drafter in place of scripted." in page.inner_text("#board")
        assert KEY not in page.content() and KEY not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
        page.click("#head .drafter")
        page.wait_for_selector("[data-act=drop]")
        page.click("[data-act=drop]")
        page.wait_for_selector("#head .drafter:not(.on) >> text=Offline drafter at work")
        page.wait_for_selector("#connect-told >> text=The key is forgotten")
    assert holds_the_key(tmp_path) == []
    assert KEY not in server.stop()


class Visitor(Caller):
    """A client that presses the form's buttons; its connections end with it."""

    def __del__(self) -> None:
        self.http.close()

    def press(self, **data: Any) -> str:
        return self.call("click", "connect-form", [None, None], event_data=data)


def test_the_key_is_told_to_nobody_and_stored_only_if_asked(
    serve: Callable[..., Server], tmp_path: Path, endpoint: ModelServer, script: Endpoint
) -> None:
    server = start(serve, tmp_path)
    ann, bob = Visitor(server, "ann", cookie="A" * 43), Visitor(server, "bob", cookie="B" * 43)
    typed = {"address": endpoint.base_url, "model": "scripted", "key": KEY, "keep": False}
    told = ann.load() + ann.press(act="connect") + ann.press(act="use", **typed)
    assert "scripted at work" in told and "in memory only" in told and holds_the_key(tmp_path) == []
    told += ann.load()
    script.draft = error(401, f"Incorrect API key provided: {KEY}", "invalid_api_key")
    told += ann.send(AIMS["zh-Hans"])
    assert "scripted at work" not in bob.load() + bob.press(act="connect")
    told += ann.press(act="use", **typed | {"keep": True})
    (file,) = holds_the_key(tmp_path)
    assert Path(file).stat().st_mode & 0o777 == 0o600
    told += bob.load() + bob.press(act="connect") + Visitor(server, "new").load()
    told += server.stop()

    again = start(serve, tmp_path)
    back = Visitor(again, "annagain", cookie="A" * 43)
    loaded = back.load()
    assert "scripted at work" in loaded
    told += loaded
    assert "scripted at work" not in Visitor(again, "bobagain", cookie="B" * 43).load()
    told += back.press(act="drop")
    assert holds_the_key(tmp_path) == []
    told += again.stop()
    assert KEY not in told and KEY[:12] not in told


def test_where_it_is_not_allowed_the_form_says_why_and_calls_nothing(
    serve: Callable[..., Server], tmp_path: Path, endpoint: ModelServer
) -> None:
    server = start(serve, tmp_path, GOALS_WEB_CONNECT="off")
    ann = Visitor(server, "ann", cookie="A" * 43)
    ann.load()
    told = ann.press(act="connect")
    told += ann.press(act="use", address=endpoint.base_url, model="scripted", key=KEY, keep=True)
    assert "GOALS_WEB_CONNECT" in told and told.count("Models cannot be connected from this page") > 1
    assert endpoint.requests == []
    assert holds_the_key(tmp_path) == [] and KEY not in told + server.stop()
