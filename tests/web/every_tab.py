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


NOWHERE = "http://127.0.0.1:9/v1"
"""An endpoint on this machine at which nobody listens."""


def connecting(at: Tab) -> Iterator[str]:
    """Yield the states of the form that connects a model, and close it; one call that reaches nobody is made."""
    page = at.page
    page.click("#head .drafter[data-act]")
    page.wait_for_selector(".connecting form")
    page.wait_for_function("document.activeElement.id === 'connect-address'")
    yield "a model to connect"
    page.fill("#connect-address", NOWHERE)
    page.fill("#connect-model", "none")
    page.fill("#connect-key", "sk-none")
    page.click(".connecting [data-act=try]")
    page.wait_for_selector("#connect-told .say.error")
    yield "a model that does not answer"
    page.click(".connecting [data-act=close]")
    page.wait_for_selector(".connecting", state="detached")


def make_plan(page: Any, words: str) -> None:
    """Write an aim into the form of plans, whatever draft there is, and wait for the plan."""
    step = page.evaluate("document.querySelector('#plan-step')?.dataset.step || ''")
    if page.locator("[name=plan-source][value=aim]").count():
        page.check("[name=plan-source][value=aim]")
    page.fill("#plan-text", words)
    page.click("#plan-form button[data-act=make]")
    page.wait_for_function("(step) => (document.querySelector('#plan-step')?.dataset.step || '') !== step", arg=step)
    page.wait_for_selector(".plan-in-page h1")


def edit_value(page: Any) -> None:
    """Turn editing on and open the first value that can be changed."""
    if not page.locator("[data-toggle=plan-editing][aria-pressed=true]").count():
        page.click("[data-toggle=plan-editing]")
    value = page.locator("#plan-shown .plan-in-page [data-field]:visible").first
    value.focus()
    value.press("Enter")
    page.wait_for_selector(".plan-editor textarea")


def planning(at: Tab, language: str) -> Iterator[str]:
    """Yield the states of the tab of plans, each once it is on the page."""
    page = at.page
    open_tab(page, language, "plan", "#plan-form")
    yield "nothing planned"
    make_plan(page, AIMS[language])
    yield "a plan"
    edit_value(page)
    yield "a plan being edited"
    page.keyboard.press("Escape")
    page.wait_for_selector(".plan-editor", state="detached")


def walk(at: Tab, language: str) -> Iterator[str]:
    """Yield the name of every state once it is on the page; the server has evaluation runs."""
    page = at.page
    yield "nothing drafted"
    yield from connecting(at)
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

    yield from planning(at, language)

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
