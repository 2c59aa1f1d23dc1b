"""The tab of texts without a browser: shelves, pages, own documents, and whose they are."""

from __future__ import annotations

import asyncio
import html
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from assistant.goals import LANGUAGES, Team
from assistant.service import Assistant
from assistant.web.arrivals import Arrivals, Arrived, add_arrivals
from assistant.web.backend import ServiceBackend
from assistant.web.library import looking, shelves
from assistant.web.library.looking import Books, Looking
from assistant.web.library.page import page
from assistant.web.security import MAX_FILE_BYTES
from assistant.web.texts import texts
from assistant.web.workspaces import workspace_of
from tests.web.test_escape import HOSTILE

TAG = re.compile(r"<[^>]*>")
NOTE = "# 第三季度回顾\n\n2026年第三季度客户满意度为82%。\n\n来源代号 ZEBRA-7。\n"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALS_HOME", str(tmp_path))
    monkeypatch.setenv("GOALS_EMBEDDING", "lexical")


@pytest.fixture(scope="module")
def books() -> Books:
    return looking.books(Assistant())


def act(backend: ServiceBackend, books: Books, at: Looking, does: str, value: str = "", **more: Any) -> Looking:
    reading = backend.reading(more.get("workspace", "browser-a"))
    return looking.acted(reading, more.get("arrivals", Arrivals()), books, at, does, value, more.get("language", "en"))


def add(backend: ServiceBackend, books: Books, raw: bytes, name: str, workspace: str = "browser-a") -> Looking:
    arrivals = Arrivals()
    at = Looking(ticket=arrivals.ticket(), part="own")
    arrivals.put(at.ticket, Arrived(name, raw))
    return act(backend, books, at, "file", arrivals=arrivals, workspace=workspace)


def plain(markup: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_and_metric_can_be_read_in_every_language(books: Books, language: Any) -> None:
    words = texts(language)
    for text in books.topics(language):
        assert text.language == language
        shown = plain(page(Looking(topic=text.topic, language=language), books, words))
        assert text.title in shown and text.sections[-1].heading in shown and words.plain("library.sources") in shown
    for metric in books.metrics.values():
        shown = plain(page(Looking(part="metrics", metric=metric.id), books, words))
        said = metric.text[language]
        for part in (said.definition, said.formula, said.data_source, said.gaming):
            assert " ".join(part.split()) in shown, metric.id


def test_methods_and_metrics_are_searched(books: Books) -> None:
    backend = ServiceBackend(Assistant())
    found = act(backend, books, Looking(), "find", "how do weights add up to 100", language="en")
    assert found.hits and {hit.language for hit in found.hits} == {"en"}
    opened = act(backend, books, found, "topic", found.hits[0].id)
    assert (
        opened.topic == found.hits[0].topic and opened.section > 0 and "data-found" in page(opened, books, texts("en"))
    )
    listed = act(backend, books, Looking(part="metrics"), "find", "客户满意度", language="zh-Hans")
    assert listed.listed and "csat" in listed.listed[0]
    every = act(backend, books, Looking(part="metrics"), "function", "sales")
    assert every.listed and {books.metrics[id].function for id in every.listed} == {"sales"}
    nothing = act(backend, books, Looking(), "find", "  ")
    assert nothing.hits == () and "Topics: 27" in plain(shelves.listing(nothing, books, texts("en")))


@pytest.mark.parametrize(
    ("does", "value"),
    [("topic", "../../etc/passwd"), ("topic", "smart.xx#9999999"), ("metric", "nothing"), ("function", "nothing"),
     ("part", "x"), ("language", "fr"), ("remove", "abc"), ("other", "x"), ("file", "")],
)  # fmt: skip
def test_what_nobody_can_press_changes_nothing_and_breaks_nothing(books: Books, does: str, value: str) -> None:
    after = act(ServiceBackend(Assistant()), books, Looking(), does, value)
    assert after.metric == "" and after.function == "" and after.part == "methods" and after.documents == ()
    page(after, books, texts("en"))


def test_a_document_is_added_found_read_and_removed_without_trace(books: Books) -> None:
    backend = ServiceBackend(Assistant())
    at = add(backend, books, NOTE.encode(), "三季度.md")
    assert [each.name for each in at.documents] == ["三季度.md"] and at.told is not None and at.told.kind == "text"
    assert "ZEBRA-7" in plain(page(at, books, texts("zh-Hans")))
    found = act(backend, books, at, "find", "ZEBRA-7")
    assert found.hits and "ZEBRA-7" in found.hits[0].text
    asking = act(backend, books, found, "ask", at.documents[0].id)
    shown = shelves.listing(asking.model_copy(update={"query": ""}), books, texts("en"))
    assert 'data-act="remove"' in shown and "Remove 三季度.md?" in html.unescape(shown)
    kept = act(backend, books, asking, "remove", "another")
    assert len(kept.documents) == 1
    gone = act(backend, books, asking, "remove", at.documents[0].id)
    assert gone.documents == () and gone.document == "" and gone.pieces == ()
    assert act(backend, books, gone, "find", "ZEBRA-7").hits == ()


def test_no_workspace_sees_what_is_in_another(books: Books) -> None:
    backend = ServiceBackend(Assistant())
    mine, other = (workspace_of(None, owner) for owner in "ab")
    at = add(backend, books, NOTE.encode(), "三季度.md", mine)
    id = at.documents[0].id
    theirs = act(backend, books, Looking(part="own"), "find", "ZEBRA-7", workspace=other)
    assert theirs.hits == () and theirs.documents == ()
    read = act(backend, books, theirs, "document", id, workspace=other)
    assert read.pieces == () and read.told is not None
    act(backend, books, theirs.model_copy(update={"asking": id}), "remove", id, workspace=other)
    assert len(backend.reading(mine).documents()) == 1
    assert not any("ZEBRA" in hit.text for hit in backend.reading(other).search("ZEBRA-7", 20))
    assert backend.within(other) is backend and backend.within("") is backend and backend.within(mine) is not backend


def test_drafts_of_the_session_rest_on_its_documents_and_those_of_others_do_not(books: Books) -> None:
    backend = ServiceBackend(Assistant())
    add(backend, books, NOTE.encode(), "三季度.md", "browser-mine")

    def drafted(workspace: str) -> Any:
        one = backend.within(workspace)
        aim = one.make_aim("提升客户满意度", team=Team(), context=(), count=1, interface="zh-Hans")
        return one.draft(aim.model_copy(update={"today": date(2026, 12, 1)}))

    mine, theirs = drafted("browser-mine"), drafted("browser-other")
    assert any(number.origin == "document" and number.text == "82%" for number in mine.numbers)
    assert not any(number.origin == "document" for number in theirs.numbers) and "82%" not in theirs.model_dump_json()


def test_a_workspace_belongs_to_a_login_or_to_a_browser() -> None:
    assert workspace_of("team", "owner-1") == workspace_of("team", "owner-2") != workspace_of(None, "owner-1")
    assert workspace_of(None, "owner-1") != workspace_of(None, "owner-2")
    assert workspace_of("a", "o") != workspace_of("b", "o") and workspace_of("x", "") != workspace_of(None, "x")
    assert "owner-1" not in workspace_of(None, "owner-1") and len(workspace_of("login " * 40, "")) <= 64
    assert workspace_of(None, "") == workspace_of("", "") == ""


def test_a_browser_without_a_cookie_keeps_no_documents_and_is_told(books: Books) -> None:
    backend = ServiceBackend(Assistant())
    at = act(backend, books, Looking(), "part", "own", workspace="")
    assert at.part == "own" and at.told is not None and at.told.key == "library.no_cookie"
    assert add(backend, books, NOTE.encode(), "a.md", "").documents == ()
    assert act(backend, books, Looking(), "find", "weights", workspace="").hits
    assert act(backend, books, Looking(), "open", workspace="").told is None


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_documents_are_shown_and_never_read(books: Books, said: str) -> None:
    backend = ServiceBackend(Assistant())
    at = add(backend, books, f"# {said}\n\nwords {said} words\n".encode(), f"{said}.txt")
    found = act(backend, books, at, "find", said[:40])
    asking = at.model_copy(update={"asking": at.documents[0].id if at.documents else ""})
    for state in (at, found, asking):
        for write in (shelves.search, shelves.listing, page):
            markup = write(state, books, texts("en"))
            assert not re.search(r"[`$\\{}]", markup) and "<script" not in markup and "<img" not in markup
            assert not re.search(r"<[^>]*\son(error|load|mouseover)=", markup)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.pdf", b"%PDF-1.7 no"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.txt", b""),
    ],
)
def test_files_that_cannot_be_read_are_refused_with_the_reason(books: Books, name: str, raw: bytes) -> None:
    at = add(ServiceBackend(Assistant()), books, raw, name)
    assert at.documents == () and at.told is not None and at.told.key == "library.unreadable"
    for language in LANGUAGES:
        assert 'role="alert"' in shelves.search(at, books, texts(language))


def send(app: Starlette, path: str, chunks: list[bytes], name: str = "") -> int:
    sent: list[Any] = []
    queue = [{"type": "http.request", "body": c, "more_body": i + 1 < len(chunks)} for i, c in enumerate(chunks)]

    async def receive() -> Any:
        return queue.pop(0) if queue else {"type": "http.disconnect"}

    async def answer(event: Any) -> None:
        sent.append(event)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": None, "server": None,
        "headers": [(b"x-file-name", name.encode())],
    }  # fmt: skip
    asyncio.run(app(scope, receive, answer))
    return int(sent[0]["status"])


def test_files_arrive_only_with_a_ticket_and_a_login_and_up_to_their_limit() -> None:
    arrivals, doors = Arrivals(), [True]

    async def allowed(request: Request) -> bool:
        return doors[0]

    app = Starlette()
    add_arrivals(app, arrivals, allowed)
    ticket = arrivals.ticket()
    assert send(app, f"/files/{ticket}", [b"ab", b"cd"], "%E8%AE%A1%E5%88%92.md") == 204
    assert arrivals.take(ticket) == Arrived("计划.md", b"abcd")
    assert send(app, "/files/made-up", [b"ab"]) == 404
    half = bytes(MAX_FILE_BYTES // 2 + 1)
    assert send(app, f"/files/{ticket}", [half, half]) == 413 and arrivals.take(ticket) is None
    doors[0] = False
    assert send(app, f"/files/{ticket}", [b"ab"]) == 404 and arrivals.take(ticket) is None
