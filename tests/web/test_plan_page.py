"""The tab of plans in a real browser: one plan from the form to the file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def plan_page(serve: Callable[..., Server], index_home: Path) -> Server:
    return serve(
        sys.executable,
        "-m",
        "tests.web.page_server",
        "PORT",
        "0.05",
        GOALS_HOME=str(index_home),
        GOALS_EMBEDDING="lexical",
    )


def test_a_plan_is_made_filled_changed_and_fetched(plan_page: Server, chromium: Any) -> None:
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(90_000)
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(plan_page.address)
    page.wait_for_selector("#box textarea")
    page.get_by_role("tab", name="Plan", exact=True).click()
    page.fill("#plan-text", "Cut time to hire from 57 days to 40 days by 30 June 2027")
    page.click("#plan-form button[data-act=make]")
    page.wait_for_selector(".plan-in-page h1")
    assert "57 days" in page.inner_text(".plan-in-page")

    question = page.locator(".plan-open li", has_text="people").first
    question.locator("input").fill("Two recruiters, four days a week")
    question.locator("input").press("Enter")
    page.wait_for_function("document.querySelector('.plan-in-page').innerText.includes('Two recruiters')")

    page.click("[data-toggle=plan-editing]")
    value = page.locator("#plan-shown [data-field$='/deliverable']").first
    value.focus()
    value.press("Enter")
    page.keyboard.type("One page with the slowest stage")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.plan-in-page').innerText.includes('One page with the slowest')")
    page.click("button[data-act=undo]")
    page.wait_for_function("!document.querySelector('.plan-in-page').innerText.includes('One page with the slowest')")

    with page.expect_download() as fetched:
        page.click(".plan-tools a[href$='/docx']")
    assert fetched.value.suggested_filename.endswith(".docx")
    assert troubles == []
    context.close()
