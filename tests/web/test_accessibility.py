"""What axe-core finds on every tab, and a walk without a mouse; both also hold that nothing comes from outside."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from assistant.web.texts import texts
from tests.web.conftest import Pictures, Server
from tests.web.eval_runs import write_all
from tests.web.every_tab import NOWHERE, connecting, open_tab, planning, walk
from tests.web.sample import AIMS
from tests.web.test_check_page import BOX
from tests.web.test_page import tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

_FOUND = """async (rules) => (await axe.run(document, { resultTypes: ['violations'], ...rules })).violations
  .filter((each) => ['serious', 'critical'].includes(each.impact))
  .map((each) => [each.id, each.nodes.map((node) => [node.html.slice(0, 160), node.failureSummary.slice(0, 240)])])"""


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


_COLOURS = {"runOnly": ["color-contrast"]}
"""What a theme changes; all else is asked once a state."""


def serious(page: Any, rules: dict[str, Any]) -> list[Any]:
    """Return what axe-core calls serious or critical on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found: list[Any] = page.evaluate(_FOUND, rules)
    return found


@pytest.fixture(scope="module")
def whole_page(serve: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    home = tmp_path_factory.mktemp("whole-page")
    write_all(home)
    return serve(
        sys.executable, "-m", "tests.web.page_server", "PORT", "0.05", GOALS_HOME=str(home), GOALS_EMBEDDING="lexical"
    )


@pytest.mark.parametrize(
    ("language", "width"),
    [
        ("zh-Hans", 1360),
        pytest.param("en", 1360, marks=pytest.mark.wide),
        pytest.param("zh-Hant", 1360, marks=pytest.mark.wide),
        pytest.param("en", 390, marks=pytest.mark.wide),
    ],
)
def test_axe_finds_nothing_serious_on_any_tab_in_light_or_dark(
    chromium: Any, whole_page: Server, language: Any, width: int
) -> None:
    with tab(chromium, whole_page, language, width=width) as at:
        at.page.emulate_media(reduced_motion="reduce")
        states = []
        for name in walk(at, language) if width > 900 else _narrow(at, language):
            states.append(name)
            for theme, rules in (("light", {}), ("dark", _COLOURS)):
                assert at.page.evaluate("document.body.classList.contains('dark')") == (theme == "dark")
                assert serious(at.page, rules) == [], (name, theme)
                at.page.evaluate("document.querySelector('[data-theme]').click()")
        assert len(states) == (18 if width > 900 else 7)


def _narrow(at: Any, language: Any) -> Any:
    """On a phone, the form of a model, plans, and drafts, where talk and board take turns; other tabs are alike."""
    yield "nothing drafted"
    yield from connecting(at)
    at.send(AIMS[language])
    at.page.wait_for_selector(".kr", state="attached")
    at.page.wait_for_selector("#box .submit-button", state="attached")
    yield "a draft"
    yield from planning(at, language)


_STOP = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const ring = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none' || style.boxShadow !== 'none'
    || at.matches('textarea, input');
  const labels = [...(at.labels || [])].map((label) => label.innerText).join(' ');
  const named = (at.ariaLabel || labels || at.innerText || at.title || at.placeholder || '').trim();
  return { body: at === document.body, ring, named, seen: box.width > 0 && box.height > 0,
    html: at.outerHTML.slice(0, 160) };
}"""


def go(page: Any, wanted: str, *, key: str = "Tab", most: int = 60) -> None:
    """Press a key until the focus is on what is wanted; every stop is visible, named and shows that it has focus."""
    for _ in range(most):
        if page.evaluate(f"document.activeElement.matches({wanted!r})"):
            return
        page.keyboard.press(key)
        stop = page.evaluate(_STOP)
        if not stop["body"]:
            assert stop["ring"] and stop["named"] and stop["seen"], stop
    raise AssertionError(f"{wanted} cannot be reached by {key}")


def test_a_goal_is_drafted_looked_into_mended_and_exported_without_a_mouse(
    chromium: Any, whole_page: Server, pictures: Pictures
) -> None:
    words = texts("en")
    with tab(chromium, whole_page, "en") as at:
        page = at.page
        page.emulate_media(reduced_motion="reduce")
        page.wait_for_function("document.activeElement === document.querySelector('#box textarea')")
        page.keyboard.type(AIMS["en"])
        page.keyboard.press("Enter")
        page.wait_for_selector("#said .replies button")
        page.wait_for_selector("#box .submit-button")
        go(page, "#said .replies [data-act=answer]", key="Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"text={words.plain('chat.question', n=2, most=3)}")
        page.wait_for_function("document.activeElement === document.querySelector('#box textarea')")
        page.wait_for_selector("#box .submit-button")

        go(page, "#board .goal [data-hot]")
        page.wait_for_selector("#pop:visible")
        for _ in range(60):
            if page.evaluate("document.activeElement.matches('.find')"):
                break
            page.keyboard.press("ArrowRight")
        if not page.evaluate("document.activeElement.matches('.find')"):
            go(page, "#board .find")
        page.wait_for_selector("#pop:visible h4")
        assert page.inner_text("#pop").strip()
        pictures.take(page, "keyboard-finding-en.png")
        page.keyboard.press("Escape")
        page.wait_for_selector("#pop", state="hidden")

        go(page, ".files summary", key="Shift+Tab", most=120)
        page.keyboard.press("Enter")
        page.wait_for_selector(".files[open]")
        go(page, ".files a[href$='/docx']")
        with page.expect_download() as waiting:
            page.keyboard.press("Enter")
        assert waiting.value.suggested_filename.endswith(".docx")

        go(page, "[role=tab][aria-selected=true]", key="Shift+Tab", most=120)
        for _ in range(4):
            if page.evaluate("document.activeElement.innerText.trim()") == words.plain("app.tab_check"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("#check-top [data-ticket]:not([data-ticket=''])", state="attached")
        go(page, BOX)
        page.keyboard.insert_text("Raise new-customer conversion from 2% to 3%, up 1%, by the end of June 2027.")
        page.wait_for_selector("#found [data-act=fix]")
        go(page, "#found [data-act=fix]")
        page.keyboard.press("Enter")
        page.wait_for_function("document.querySelector('#paste textarea').value.includes('percentage point')")
        page.wait_for_selector("#check-top [data-news]", state="attached")
        assert not page.evaluate("document.activeElement === document.body")
        moving = "document.getAnimations().filter((each) => each.playState === 'running').length"
        assert page.evaluate(moving) == 0
        open_tab(page, "en", "draft", ".state")


def test_a_model_is_tried_and_a_plan_is_made_filled_and_changed_without_a_mouse(
    chromium: Any, whole_page: Server, pictures: Pictures
) -> None:
    words = texts("en")
    with tab(chromium, whole_page, "en") as at:
        page = at.page
        page.emulate_media(reduced_motion="reduce")
        page.wait_for_function("document.activeElement === document.querySelector('#box textarea')")
        go(page, "#head .drafter[data-act]", key="Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.id === 'connect-address'")
        page.keyboard.type(NOWHERE)
        go(page, "#connect-model")
        page.keyboard.type("none")
        go(page, ".connecting input[name=keep]")
        go(page, ".connecting [data-act=try]")
        page.keyboard.press("Enter")
        page.wait_for_selector("#connect-told [role=alert]")
        page.keyboard.press("Escape")
        page.wait_for_selector(".connecting", state="detached")
        page.wait_for_function("document.activeElement.matches('#head .drafter')")

        go(page, "[role=tab][aria-selected=true]")
        for _ in range(6):
            if page.evaluate("document.activeElement.innerText.trim()") == words.plain("app.tab_plan"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("#plan-form", state="visible")
        go(page, "[name=plan-kind]")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.matches('[name=plan-kind]:checked')")
        go(page, "#plan-text")
        page.keyboard.insert_text("Cut time to hire from 57 days to 40 days by 30 June 2027")
        go(page, "#plan-form [data-act=make]")
        page.keyboard.press("Enter")
        page.wait_for_selector(".plan-in-page h1")
        assert not page.evaluate("document.activeElement === document.body")
        page.fill(".plan-open input >> nth=1", "half a thought")
        thought = page.get_attribute(".plan-open li >> nth=1 >> button", "data-value")
        go(page, ".plan-open li:first-child input", key="Shift+Tab")
        page.keyboard.type("Two recruiters, four days a week")
        page.keyboard.press("Enter")
        page.wait_for_function("document.querySelector('.plan-in-page').innerText.includes('Two recruiters')")
        page.wait_for_selector("#plan-told [role=status] >> text=" + words.plain("plans.filled"))
        assert not page.evaluate("document.activeElement === document.body")
        page.wait_for_function("(key) => document.querySelector(`.plan-open [data-value='${key}']`).parentElement"
            ".querySelector('input').value === 'half a thought'", arg=thought)  # fmt: skip
        assert page.locator(".plan-open input").evaluate_all("all => all.filter((each) => each.value).length") == 1
        go(page, "[data-toggle=plan-editing]", key="Shift+Tab")
        page.keyboard.press("Enter")
        go(page, "#plan-shown .plan-in-page [data-field]")
        page.keyboard.press("Enter")
        page.wait_for_selector(".plan-editor textarea:focus")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("Nobody waits for an answer")
        page.keyboard.press("Enter")
        page.wait_for_function("document.querySelector('.plan-in-page').innerText.includes('Nobody waits')")
        page.wait_for_selector("#plan-told [role=status] >> text=" + words.plain("plans.changed"))
        page.wait_for_selector("[data-field][tabindex='0']:focus >> text=Nobody waits for an answer")
        assert page.get_attribute("[data-toggle=plan-editing]", "aria-pressed") == "true"
        pictures.take(page, "keyboard-plan-en.png")
