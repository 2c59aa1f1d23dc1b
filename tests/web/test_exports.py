"""Files of a draft: the list on the board, the route behind the login, downloads in the browser."""

from __future__ import annotations

import asyncio
import http.client
import io
import re
import sys
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.goals import LANGUAGES
from assistant.render.export import FORMATS
from assistant.web import drafts, exports, versions
from assistant.web.board import board
from assistant.web.exports import add_exports
from assistant.web.keeping import Keeper
from assistant.web.session import Session, Turn
from assistant.web.store import Store
from assistant.web.texts import texts
from assistant.web.visitor import Visitor
from tests.web.conftest import Server
from tests.web.sample import AIMS, FakeBackend, result
from tests.web.test_page import tab


def client(*, lets_in: bool = True) -> TestClient:
    app = Starlette()

    async def allowed(_: Any) -> bool:
        return lets_in

    add_exports(app, FakeBackend(), allowed)
    return TestClient(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_board_offers_every_format(language: Any) -> None:
    backend = FakeBackend()
    aim = backend.make_aim(AIMS[language], team=Session().form.team())
    version = drafts.version_of(backend, aim, backend.draft(aim))
    markup = board(Session(language=language, versions=(version,), shown=0))
    links = re.findall(r'<a href="/export/([\w-]{22})/([a-z.]+)" download>', markup)
    assert {key for key, _ in links} == {version.export_key}
    assert {format for _, format in links} | {"md"} == set(FORMATS)
    assert texts(language).html("export.ics") in markup
    nothing = version.model_copy(update={"result": version.result.model_copy(update={"goals": ()})})
    fewer = board(Session(language=language, versions=(nothing,), shown=0))
    assert re.findall(r"/export/[\w-]+/([a-z.]+)", fewer) == ["docx", "json"]


def test_every_format_is_served_as_a_file() -> None:
    key = exports.keep(result("zh-Hans"))
    for format in FORMATS:
        answer = client().get(f"/export/{key}/{format}")
        assert answer.status_code == 200 and answer.content
        assert re.fullmatch(
            rf'attachment; filename="goals-\d{{4}}-\d\d-\d\d\.{re.escape(format)}"',
            answer.headers["content-disposition"],
        )
        assert answer.headers["cache-control"] == "no-store" and "html" not in answer.headers["content-type"]


def test_who_may_not_enter_gets_nothing() -> None:
    key = exports.keep(result("en"))
    answer = client(lets_in=False).get(f"/export/{key}/json")
    assert answer.status_code == 401 and "Customer" not in answer.text


def test_unknown_drafts_and_formats_are_told() -> None:
    key = exports.keep(result("en"))
    assert client().get(f"/export/{'x' * 22}/docx").status_code == 404
    answer = client().get(f"/export/{key}/pdf")
    assert answer.status_code == 404 and "Choose one of md, docx" in answer.text
    empty = exports.keep(result("en").model_copy(update={"goals": ()}))
    assert client().get(f"/export/{empty}/csv").status_code == 404


def test_the_oldest_drafts_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_KEPT", 3)
    first, second, third = (exports.keep(result("en")) for _ in range(3))
    assert exports.kept(first) is not None
    exports.keep(result("en"))
    assert exports.kept(first) is not None and exports.kept(second) is None and exports.kept(third) is not None


def test_a_conversation_that_was_kept_has_its_files_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend, visitor = FakeBackend(), Visitor(owner="a" * 32, tab="one")
    aim = backend.make_aim(AIMS["en"], team=Session().form.team())
    session = versions.add(Session(id="b" * 32), drafts.version_of(backend, aim, backend.draft(aim)))
    session = session.saying(Turn(role="person", text="hello"))
    asyncio.run(Keeper(Store(tmp_path)).rest(visitor, session))
    monkeypatch.setattr(exports, "_kept", OrderedDict())
    back = asyncio.run(Keeper(Store(tmp_path)).arrive(visitor, Session(), "b" * 32))
    assert back.version is not None and session.version is not None
    assert back.version.export_key == session.version.export_key
    assert client().get(f"/export/{back.version.export_key}/csv").status_code == 200


def test_the_guard_and_the_login_stand_before_the_files(serve: Callable[..., Server]) -> None:
    server = serve(sys.executable, "-m", "tests.web.page_server", "PORT", GOALS_WEB_AUTH="owner:long-password")

    def ask(path: str, method: str = "GET") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request(method, path)
        status = connection.getresponse().status
        connection.close()
        return status

    assert ask(f"/export/{'x' * 22}/docx") == 401
    for path in ("/export/", f"/export/{'x' * 22}", f"/export/{'x' * 22}/../docx", f"/export/{'x' * 21}/docx"):
        assert ask(path) == 404, path


def test_the_draft_is_copied_saved_and_comes_down_as_files(
    chromium: Any, sample_page: Server, tmp_path: Path
) -> None:  # fmt: skip
    with tab(chromium, sample_page) as at:
        page = at.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        at.send(AIMS["zh-Hans"])
        page.wait_for_selector(".kr")
        page.click("[data-copy]")
        page.wait_for_selector("text=已复制")
        assert page.evaluate("navigator.clipboard.readText()").startswith("# 让客户求助一次就满意")
        with page.expect_download() as waiting:
            page.click("[data-save]")
        assert waiting.value.suggested_filename.endswith(".md")
        waiting.value.save_as(tmp_path / "goals.md")
        assert "客户满意度由82%提升到86%" in (tmp_path / "goals.md").read_text(encoding="utf-8")
        got = {}
        for ending in ("docx", "xlsx", "ics"):
            page.click(".files summary")
            with page.expect_download() as waiting:
                page.click(f".files a[href$='/{ending}']")
            assert waiting.value.suggested_filename.endswith(f".{ending}")
            got[ending] = waiting.value.path().read_bytes()
            page.wait_for_selector(".files:not([open])")
        headings = [
            each.text for each in docx.Document(io.BytesIO(got["docx"])).paragraphs if each.style.name == "Heading 1"
        ]
        assert "让客户求助一次就满意" in headings[0]
        assert openpyxl.load_workbook(io.BytesIO(got["xlsx"])).sheetnames[0] == "目标"
        assert len(Calendar.from_ical(got["ics"]).walk("VEVENT")) > 4
        page.click(".files summary")
        page.keyboard.press("Escape")
        page.wait_for_selector(".files:not([open])")
