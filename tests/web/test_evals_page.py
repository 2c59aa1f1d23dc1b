"""The tab of evaluation runs in a real browser, over real run folders."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import TimeoutError

from tests.web.conftest import Pictures, Server
from tests.web.eval_runs import BEFORE, MODEL, NOW, OTHER_CASES, write_all
from tests.web.sample import AIMS
from tests.web.test_page import Tab, tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TABS = {"zh-Hans": "评测", "zh-Hant": "評測", "en": "Evals"}
BETTER = {"zh-Hans": "变好", "zh-Hant": "變好", "en": "Better"}


@pytest.fixture(scope="module")
def evals_page(serve: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    home = tmp_path_factory.mktemp("evals-page")
    write_all(home)
    return serve(sys.executable, "-m", "tests.web.page_server", "PORT", "0.5", GOALS_HOME=str(home))


def open_tab(at: Tab, language: str = "en") -> Any:
    # On a busy machine a click can come before the page listens to its tabs; a person would click again.
    for _ in range(3):
        at.page.click(f"role=tab[name={TABS[language]}]")
        try:
            at.page.wait_for_selector(".one", timeout=20_000)
            return at.page
        except TimeoutError:
            at.page.locator("role=tab").first.click()
    raise AssertionError("the tab of runs stays empty")


_UNLABELLED = """() => [...document.querySelectorAll('#evals :is(button, a, select, summary, table, section)')]
  .filter((node) => node.checkVisibility()).filter((node) => {
    const named = node.getAttribute('aria-labelledby');
    const words = named ? document.getElementById(named)?.innerText
      : node.tagName === 'TABLE' ? node.caption?.textContent
      : node.tagName === 'SELECT' ? node.labels[0]?.innerText : node.innerText;
    return !(words || '').trim();
  }).map((node) => node.outerHTML.slice(0, 120))"""
_SMALL = """() => [...document.querySelectorAll('#evals :is(button, a, select, summary)')]
  .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 24)
  .map((node) => node.outerHTML.slice(0, 120))"""
_TWICE = """() => { const ids = [...document.querySelectorAll('#evals [id]')].map((node) => node.id);
  return ids.filter((id, place) => ids.indexOf(id) !== place); }"""
_OUTSIDE = """() => [...document.querySelectorAll('#evals-right *')].filter((node) => node.checkVisibility()
  && !node.closest('.vh, .wide, option') && node.getBoundingClientRect().right > innerWidth - 8)
  .map((node) => node.outerHTML.slice(0, 120))"""
_PALE = """() => {
  const lights = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const glow = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const under = (node) => {
    for (; node; node = node.parentElement) {
      const found = lights(getComputedStyle(node).backgroundColor);
      if (found[3] === undefined || found[3] > .99) return found;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('#evals *')].filter((node) => node.checkVisibility()
    && [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim())).filter((node) => {
    const [a, b] = [glow(lights(getComputedStyle(node).color)), glow(under(node))].sort((x, y) => y - x);
    return (a + .05) / (b + .05) < 4.5;
  }).map((node) => node.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [
        ("zh-Hans", 1360, "light"),
        ("zh-Hant", 390, "light"),
        pytest.param("en", 1024, "dark", marks=pytest.mark.wide),
        pytest.param("zh-Hans", 390, "dark", marks=pytest.mark.wide),
        pytest.param("zh-Hant", 1360, "dark", marks=pytest.mark.wide),
        pytest.param("en", 1360, "light", marks=pytest.mark.wide),
        pytest.param("en", 390, "light", marks=pytest.mark.wide),
    ],
)
def test_runs_are_listed_shown_and_compared(
    chromium: Any, evals_page: Server, pictures: Pictures, language: str, width: int, theme: str
) -> None:
    name = f"{language}-{theme}-{width}"
    with tab(chromium, evals_page, language, width=width, theme=theme) as at:
        page = open_tab(at, language)
        assert page.locator(".run").count() == 5
        assert page.get_attribute(".run[aria-pressed=true]", "data-value") == NOW
        pictures.take(page, f"evals-run-{name}.png", full_page=True)
        page.select_option("#pick-against", BEFORE)
        page.wait_for_selector(".diff")
        assert page.inner_text(".suite .pill") == BETTER[language]
        assert BETTER[language] in page.inner_text(".voice")
        pictures.take(page, f"evals-compared-{name}.png", full_page=True)
        while page.locator(".fold:not([open])").count():
            page.locator(".fold:not([open]) > summary").first.click()
        for script in (_UNLABELLED, _SMALL, _TWICE, _OUTSIDE, _PALE):
            assert page.evaluate(script) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.click(f".run[data-value='{MODEL}']")
        page.wait_for_selector("text=local-8b/freehand")
        page.wait_for_selector(".against .say")
        pictures.take(page, f"evals-models-{name}.png", full_page=True)
        for script in (_UNLABELLED, _SMALL, _TWICE, _OUTSIDE, _PALE):
            assert page.evaluate(script) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("language", "width"),
    [
        ("zh-Hant", 390),
        pytest.param("zh-Hans", 1360, marks=pytest.mark.wide),
        pytest.param("en", 1360, marks=pytest.mark.wide),
    ],
)
def test_the_report_opens_in_a_tab_of_its_own_and_asks_for_nothing(
    chromium: Any, evals_page: Server, language: str, width: int
) -> None:
    with tab(chromium, evals_page, language, width=width) as at:
        page = open_tab(at, language)
        asked: list[str] = []
        said: list[str] = []
        page.context.on("request", lambda request: asked.append(request.url))
        page.context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.context.on("weberror", lambda error: said.append(str(error.error)))
        with page.context.expect_page() as waiting:
            page.click(".rh a.btn")
        opened = waiting.value
        opened.wait_for_selector("#report section")
        opened.wait_for_timeout(300)
        assert opened.url == f"{evals_page.address}/evals/report/{NOW}"
        assert NOW in opened.inner_text("h1, header")
        assert opened.evaluate("[origin, window.opener]") == ["null", None]
        assert [url for url in asked if not url.startswith("data:")] == [opened.url] and said == []


def test_what_cannot_be_compared_says_why_and_variants_can_be_chosen(
    chromium: Any, evals_page: Server, pictures: Pictures
) -> None:
    with tab(chromium, evals_page, "en") as at:
        page = open_tab(at)
        page.select_option("#pick-against", OTHER_CASES)
        page.wait_for_selector(".against .say >> text=made with different cases (15 before, 42 now)")
        page.click(f".run[data-value='{MODEL}']")
        page.wait_for_selector(".against .say >> text=no variant is in both runs")
        page.select_option("#pick-against", BEFORE)
        page.wait_for_selector(f".run[data-value='{BEFORE}'] .ab")
        page.wait_for_selector(".against .say >> text=no variant is in both runs")
        page.select_option("#pick-old", "offline")
        page.wait_for_selector(".suite >> text=offline → local-8b/draft-v5")
        assert page.input_value("#pick-new") == "local-8b/draft-v5"
        page.select_option("#pick-new", "local-8b/freehand")
        page.wait_for_selector(".pill >> text=Worse")
        page.click("text=Swap")
        page.wait_for_selector(".suite >> text=local-8b/freehand → offline")
        assert page.get_attribute(".run[aria-pressed=true]", "data-value") == BEFORE
        assert page.input_value("#pick-against") == MODEL and page.input_value("#pick-old") == "local-8b/freehand"
        page.select_option("#pick-against", "")
        page.wait_for_selector("text=Choose a second run above")


def test_the_tab_is_worked_by_keyboard(chromium: Any, evals_page: Server) -> None:
    with tab(chromium, evals_page, "en") as at:
        page = open_tab(at)
        page.locator(f".run[data-value='{BEFORE}']").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(f".run[data-value='{BEFORE}'][aria-pressed=true]")
        page.wait_for_function(f"document.activeElement.dataset.value === '{BEFORE}'")
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        assert page.locator(".run").count() == 5
        page.locator("#pick-against").focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(".diff")
        page.wait_for_function("document.activeElement.id === 'pick-against'")
        page.locator(".fold > summary").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".fold[open] .ev.small")
        page.locator("[data-act=refresh]").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.dataset.act === 'refresh'")


def test_the_words_follow_the_language_and_the_choice_stays(chromium: Any, evals_page: Server) -> None:
    with tab(chromium, evals_page, "zh-Hans") as at:
        page = open_tab(at, "zh-Hans")
        page.select_option("#pick-against", BEFORE)
        page.wait_for_selector(".diff")
        page.click("[data-act=language][data-value=en]")
        page.wait_for_selector(".against >> text=Paired by case")
        page.wait_for_selector(".runs >> text=Passed")
        assert page.input_value("#pick-against") == BEFORE


def test_a_machine_without_runs_is_told_how_to_make_one(
    chromium: Any, serve: Callable[..., Server], tmp_path: Path, pictures: Pictures
) -> None:
    server = serve(sys.executable, "-m", "tests.web.page_server", "PORT", GOALS_HOME=str(tmp_path))
    with tab(chromium, server, "en") as at:
        page = at.page
        page.click(f"role=tab[name={TABS['en']}]")
        empty = (("en", "No evaluation run"), ("zh-Hans", "还没有评测记录"), ("zh-Hant", "還沒有評測紀錄"))
        for language, words in (*empty, empty[0]):
            page.click(f"[data-act=language][data-value={language}]")
            page.wait_for_selector(f"text={words}")
            assert page.inner_text(".no-runs code") == "goals eval run"
            pictures.take(page, f"evals-empty-{language}.png", full_page=True)
        write_all(tmp_path)
        page.click("[data-act=refresh]")
        page.wait_for_selector(".run")
        shown = page.locator(".run").count()
        (tmp_path / "evals" / "runs" / OTHER_CASES).rename(tmp_path / "elsewhere")
        page.click("[data-act=refresh]")
        page.wait_for_function(f"document.querySelectorAll('.run').length === {shown - 1}")


def test_a_press_that_changes_nothing_leaves_the_page_as_it_is(chromium: Any, evals_page: Server) -> None:
    """Asking for a draft while one is under way once emptied the whole page."""
    with tab(chromium, evals_page, "en") as at:
        page = at.page
        at.send(AIMS["en"])
        page.wait_for_selector(".prog .now")
        page.click("#form > button")
        page.click("#again")
        page.wait_for_timeout(700)
        assert page.locator("header.top").count() == 1 and page.locator(".msg.me").count() == 1
        page.wait_for_selector(".kr")


def test_a_draft_under_way_can_be_stopped(chromium: Any, evals_page: Server) -> None:
    with tab(chromium, evals_page, "en") as at:
        page = at.page
        at.send(AIMS["en"])
        page.wait_for_selector(".prog .now")
        page.click("#box .stop-button")
        page.wait_for_selector("text=Everything you said is kept")
        page.wait_for_timeout(3500)
        assert page.locator(".kr").count() == 0
        page.wait_for_selector("#box .submit-button")
