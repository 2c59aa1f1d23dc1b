"""Conversations that outlast a reload and the server, in a real browser over the sample drafts."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.web.texts import texts
from assistant.web.visitor import COOKIE
from tests.web.conftest import Pictures, Server
from tests.web.sample import AIMS
from tests.web.test_page import LOCALES, tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def page_over(serve: Callable[..., Server], home: Path, pause: str = "0.05") -> Server:
    return serve(sys.executable, "-m", "tests.web.page_server", "PORT", pause, GOALS_HOME=str(home))


def drafted(page: Any, language: str) -> None:
    page.fill("#box textarea", AIMS[language])
    page.press("#box textarea", "Enter")
    page.wait_for_selector(".kr", state="attached")
    page.wait_for_selector("#said .replies", state="attached")


def shown(page: Any) -> tuple[str, str]:
    """Return the conversation and the cards as they read."""
    return page.inner_text("#said .msgs"), page.inner_text("#board .state")


def kept(home: Path) -> list[tuple[str, str]]:
    db = sqlite3.connect(home / "web" / "sessions.sqlite3")
    try:
        return list(db.execute("SELECT title, body FROM sessions"))
    finally:
        db.close()


def test_a_conversation_outlasts_a_reload_and_the_server(
    chromium: Any, serve: Callable[..., Server], tmp_path: Path, pictures: Pictures
) -> None:
    server = page_over(serve, tmp_path)
    context = chromium.new_context(viewport={"width": 1360, "height": 860}, locale=LOCALES["en"])
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(server.address)
    page.wait_for_selector(".aim")
    drafted(page, "en")
    page.click("[data-act=wish][data-value=more]")
    page.wait_for_selector(".vers button[aria-pressed=true][data-value='2']")
    page.wait_for_selector("#box .submit-button")
    page.click("#form > button")
    page.locator("#form textarea").first.fill("Support, 14 people")
    before = shown(page)
    cookie = next(each for each in context.cookies() if each["name"] == COOKIE)
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["path"] == "/"

    page.reload()
    page.wait_for_selector(".vers button[aria-pressed=true][data-value='2']")
    assert shown(page) == before
    page.click("[data-act=undo]")
    page.wait_for_selector(".vers button[aria-pressed=true][data-value='1']")
    assert "88%" not in page.inner_text(".kr")
    page.locator(".replies [data-act=answer]").first.click()
    page.wait_for_selector(".vers button[aria-pressed=true][data-value='3']")
    page.wait_for_selector("#box .submit-button")
    before = shown(page)

    server.stop()
    again = page_over(serve, tmp_path)
    page.goto(again.address)
    page.wait_for_selector(".vers button[aria-pressed=true][data-value='3']")
    assert shown(page) == before
    assert page.locator(".vers button").count() == 3

    with tab(chromium, again, "zh-Hans") as other:
        assert other.page.locator(".msg").count() == 0 and other.page.locator(".earlier").count() == 0
        drafted(other.page, "zh-Hans")
    assert sorted(title for title, _ in kept(tmp_path)) == sorted((AIMS["en"], AIMS["zh-Hans"]))

    page.click("[data-act=new]")
    page.wait_for_selector(".hero:visible")
    page.click(".earlier > summary")
    assert page.locator(".past b").all_inner_texts() == [AIMS["en"]]
    pictures.take(page, "earlier-en.png", full_page=True)
    page.click(".past")
    page.wait_for_selector(".vers button[aria-pressed=true][data-value='3']")
    assert shown(page) == before

    page.click(f".sure > summary >> text={texts('en').plain('earlier.forget')}")
    pictures.take(page, "forget-en.png", full_page=True)
    page.click("[data-act=forget]")
    page.wait_for_selector(".hero:visible")
    page.wait_for_selector(".earlier", state="detached")
    page.reload()
    page.wait_for_selector(".aim:visible")
    page.wait_for_timeout(500)
    assert page.locator(".msg").count() == 0 and page.locator(".earlier").count() == 0
    assert [title for title, _ in kept(tmp_path)] == [AIMS["zh-Hans"]]
    for file in (tmp_path / "web").iterdir():
        assert AIMS["en"].encode() not in file.read_bytes() and file.stat().st_mode & 0o077 == 0
    context.close()


def test_a_draft_cut_off_is_told_and_two_tabs_stay_apart(
    chromium: Any, serve: Callable[..., Server], tmp_path: Path
) -> None:
    server = page_over(serve, tmp_path, "0.6")
    context = chromium.new_context(viewport={"width": 1360, "height": 860}, locale=LOCALES["zh-Hant"])
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(server.address)
    page.wait_for_selector(".aim")
    page.fill("#box textarea", AIMS["zh-Hant"])
    page.press("#box textarea", "Enter")
    page.wait_for_selector(".prog .now", state="attached")

    page.reload()
    page.wait_for_selector(f".msg.bad >> text={texts('zh-Hant').plain('chat.cut_off')}")
    assert page.input_value("#box textarea") == AIMS["zh-Hant"] and page.locator(".kr").count() == 0
    page.press("#box textarea", "Enter")
    page.wait_for_selector(".kr")
    page.wait_for_selector("#said .replies")
    before = shown(page)

    second = context.new_page()
    second.set_default_timeout(60_000)
    second.goto(server.address)
    second.wait_for_selector(".earlier")
    assert second.locator(".msg").count() == 0
    drafted(second, "en")
    assert shown(page) == before
    second.click(".earlier > summary")
    second.locator(".past").click()
    second.wait_for_selector("#said .msgs >> text=滿意度")
    second.click("[data-act=wish][data-value=more]")
    second.wait_for_selector(".vers button >> nth=1")
    second.wait_for_selector("#box .submit-button")
    page.click("[data-act=wish][data-value=less]")
    page.wait_for_selector(f".notice >> text={texts('zh-Hant').plain('earlier.notice_conflict')}")
    page.wait_for_selector("#box .submit-button")

    page.click(".earlier > summary")
    page.click(f".sure > summary >> text={texts('zh-Hant').plain('earlier.erase')}")
    page.click("[data-act=erase]")
    page.wait_for_selector(".hero:visible")
    second.click("[data-act=undo]")
    second.wait_for_selector(f".notice >> text={texts('zh-Hant').plain('earlier.notice_gone')}")
    assert kept(tmp_path) == []
    context.close()
    told = server.stop()
    assert "滿意度" not in told and "CSAT" not in told
