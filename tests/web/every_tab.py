"""Walks through all tabs of the page, each empty and at work, and stops where something is worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.web.texts import texts
from tests.web.eval_runs import BEFORE
from tests.web.sample import AIMS
from tests.web.test_batch_desk import LIST
from tests.web.test_check_page import LISTED, NOTE
from tests.web.test_page import Tab


def open_tab(page: Any, language: str, name: str, shown: str) -> None:
    """Open a tab by its word and wait for what it shows."""
    tab = page.get_by_role("tab", name=texts(language).plain(f"app.tab_{name}"), exact=True)  # type: ignore[arg-type]
    for _ in range(3):
        tab.click()
        try:
            page.wait_for_selector(shown, timeout=20_000)
            return
        except Exception:
            # On a busy machine a click can come before the page listens to its tabs; a person would click again.
            page.get_by_role("tab").first.click()
    page.wait_for_selector(shown)


def walk(at: Tab, language: str) -> Iterator[str]:
    """Yield the name of every state once it is on the page; the server has evaluation runs."""
    page = at.page
    yield "nothing drafted"
    page.click("#form > button")
    page.wait_for_selector("#form textarea", state="visible")
    at.send(AIMS[language])
    page.wait_for_selector(".kr", state="attached")
    page.wait_for_selector("#said .replies button", state="attached")
    page.wait_for_selector("#box .submit-button")
    page.eval_on_selector_all(
        "#board details.goal:not([open]) > summary", "nodes => nodes.forEach((node) => node.click())"
    )
    yield "a draft"
    page.locator("#board [data-hot]:visible").first.focus()
    page.wait_for_selector("#pop:visible")
    yield "an explanation"
    page.keyboard.press("Escape")

    open_tab(page, language, "check", "#check-top [data-ticket]:not([data-ticket=''])")
    yield "nothing checked"
    page.fill("#paste textarea", LISTED)
    page.wait_for_selector("#found [data-act=fix]")
    yield "a list with findings"

    open_tab(page, language, "batch", ".drop")
    yield "no list"
    page.set_input_files("#batch input[data-upload]", {"name": "g.csv", "mimeType": "", "buffer": LIST.encode()})
    page.wait_for_selector(".cols")
    yield "the columns of a list"
    page.click("[data-act=start]")
    page.wait_for_selector(".list-rows > tbody > tr")
    page.locator("#batch [data-act=open]").first.click()
    page.wait_for_selector("tr.inside")
    yield "a list rewritten"

    open_tab(page, language, "evals", ".one")
    yield "an evaluation run"
    page.select_option("#pick-against", BEFORE)
    page.wait_for_selector("#evals .diff")
    page.eval_on_selector_all("#evals .fold:not([open]) > summary", "nodes => nodes.forEach((node) => node.click())")
    yield "two runs compared"

    open_tab(page, language, "library", ".reading .prose")
    yield "a method text"
    page.click("[data-act=part][data-value=metrics]")
    page.wait_for_selector(".book[data-value='csat']")
    page.click(".book[data-value='csat']")
    page.wait_for_selector(".reading .fence")
    yield "a metric"
    page.click("[data-act=part][data-value=own]")
    page.wait_for_selector(".bring")
    page.set_input_files(
        "#library-search input[data-upload]", {"name": "n.md", "mimeType": "text/markdown", "buffer": NOTE.encode()}
    )
    page.wait_for_selector(".mine")
    page.wait_for_selector(".reading >> text=ZEBRA-7")
    yield "a document of one's own"
