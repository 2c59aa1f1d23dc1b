"""Follow-ups, undo, comparison and explanations in a real browser, over the sample drafts and the real assistant."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.web.texts import texts
from tests.web.conftest import Pictures, Server
from tests.web.sample import AIMS
from tests.web.test_page import Tab, tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

MORE = {"zh-Hans": "更有挑战", "zh-Hant": "更有挑戰", "en": "More ambitious"}
SAID = {
    "zh-Hans": "把目标改到 90%，期限推到明年 9 月底",
    "zh-Hant": "把目標改到 90%，期限延到明年 9 月底",
    "en": "Make the target 90% and move the deadline to the end of September 2027",
}


def drafted(at: Tab, language: str) -> Any:
    page = at.page
    at.send(AIMS[language])
    page.wait_for_selector(".kr", state="attached")
    page.wait_for_selector("#said .replies", state="attached")
    return page


@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [
        ("zh-Hans", 1360, "light"),
        ("zh-Hant", 390, "light"),
        pytest.param("en", 1360, "dark", marks=pytest.mark.wide),
        pytest.param("zh-Hant", 1360, "dark", marks=pytest.mark.wide),
        pytest.param("zh-Hans", 390, "dark", marks=pytest.mark.wide),
        pytest.param("en", 390, "dark", marks=pytest.mark.wide),
    ],
)
def test_follow_up_undo_compare_explain(
    chromium: Any, sample_page: Server, pictures: Pictures, language: Any, width: int, theme: str
) -> None:
    words, name = texts(language), f"{language}-{theme}-{width}"
    phone = width < 900
    with tab(chromium, sample_page, language, width=width, theme=theme) as at:
        page = drafted(at, language)
        if phone:
            page.click("[data-swap=talk]")
        at.send(MORE[language])
        page.wait_for_selector(".chgs button")
        page.wait_for_selector("#box .submit-button")
        assert "88%" in page.inner_text(".told >> nth=-1")
        if phone:
            assert page.locator(".swap .fresh").count() == 1
        page.locator(".chgs button").first.click()
        page.wait_for_selector(".kr .shine", state="visible")
        pictures.take(page, f"follow-up-{name}.png", full_page=True)
        assert page.locator(".kr .ft .shine").first.inner_text().strip() == "88%"
        assert page.get_attribute("[data-act=redo]", "aria-disabled") == "true"

        page.click("[data-act=undo]")
        page.wait_for_selector(".vers button[aria-pressed=true][data-value='1']")
        assert "88%" not in page.inner_text(".kr") and page.get_attribute("[data-act=redo]", "aria-disabled") is None
        page.click("[data-act=redo]")
        page.wait_for_selector(".vers button[aria-pressed=true][data-value='2']")

        page.click(".bar [data-act=compare]")
        page.wait_for_selector(".vdiff")
        shown = page.inner_text(".cmp")
        assert MORE[language] in shown and words.plain("versions.first") in shown
        assert page.locator(".vdiff del").first.inner_text() == "86%"
        assert page.locator(".vdiff ins").first.inner_text() == "88%"
        pictures.take(page, f"compared-{name}.png", full_page=True)
        page.click(".cmp .ph [data-act=compare]")
        page.wait_for_selector(".cmp", state="detached")

        why = page.locator(".whyb").first
        why.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".expl")
        assert why.get_attribute("aria-expanded") == "true"
        assert page.evaluate("document.activeElement.className") == "whyb"
        assert page.locator(f"#{why.get_attribute('aria-controls')}").count() == 1
        told = page.get_attribute(".expl", "data-told")
        page.wait_for_function("told => document.querySelector('.voice').textContent === told", arg=told)
        pictures.take(page, f"why-{name}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Enter")
        page.wait_for_selector(".expl", state="detached")


def test_marks_fade_and_folded_goals_stay_open(chromium: Any, sample_page: Server) -> None:
    with tab(chromium, sample_page, "zh-Hans") as at:
        page = drafted(at, "zh-Hans")
        page.click("details.goal > summary")
        page.click("[data-act=wish][data-value=more]")
        page.wait_for_selector(".shine")
        page.wait_for_function("document.querySelector('details.goal').open")
        page.locator("details.goal .whyb").first.click()
        page.wait_for_selector(".msg.bad >> text=暂时说不清")
        assert page.evaluate("document.querySelector('details.goal').open")
        page.wait_for_selector(".shine", state="detached", timeout=60_000)
        page.click("[data-act=language][data-value=en]")
        page.wait_for_selector("header[data-language=en]")
        page.wait_for_timeout(300)
        assert page.locator(".shine").count() == 0 and page.locator(".chg").count() > 1
        assert page.evaluate("document.querySelector('details.goal').open")


def test_without_motion_nothing_moves(chromium: Any, sample_page: Server) -> None:
    with tab(chromium, sample_page, "en") as at:
        page = at.page
        page.emulate_media(reduced_motion="reduce")
        drafted(at, "en")
        page.click("[data-act=wish][data-value=more]")
        page.wait_for_selector(".shine")
        running = "document.getAnimations().filter((each) => each.playState === 'running').length"
        assert page.evaluate(running) == 0
        assert page.evaluate("getComputedStyle(document.querySelector('.shine')).transitionDuration") == "0s"


def test_two_tabs_keep_their_own_versions(chromium: Any, sample_page: Server) -> None:
    with tab(chromium, sample_page, "en") as one, tab(chromium, sample_page, "zh-Hans") as other:
        first, second = drafted(one, "en"), drafted(other, "zh-Hans")
        first.click("[data-act=wish][data-value=more]")
        first.wait_for_selector(".vers button >> nth=1")
        second.click("[data-act=wish][data-value=less]")
        second.wait_for_selector(".vers button >> nth=1")
        assert "88%" in first.inner_text(".kr") and "84%" not in first.inner_text(".kr")
        assert "84%" in second.inner_text(".kr") and "88%" not in second.inner_text(".kr")
        first.click("[data-act=new]")
        first.wait_for_selector(".hero:visible")
        assert second.locator(".kr").count() >= 1


@pytest.mark.parametrize(
    "language", ["zh-Hant", pytest.param("zh-Hans", marks=pytest.mark.wide), pytest.param("en", marks=pytest.mark.wide)]
)
def test_the_real_assistant_follows(chromium: Any, goals_web: Server, pictures: Pictures, language: Any) -> None:
    with tab(chromium, goals_web, language) as at:
        page = at.page
        page.set_default_timeout(60_000)
        at.send(AIMS[language])
        page.wait_for_selector(".kr")
        page.wait_for_selector("#box .submit-button")
        at.send(SAID[language])
        page.wait_for_selector(".chgs button")
        state = page.inner_text(".state")
        assert "90%" in state and ("2027 年 9 月 30 日" in state or "30 September 2027" in state)
        for wish in ("fewer", "en" if language != "en" else "zh-Hant"):
            before = page.locator(".msg").count()
            page.click(f"[data-act=wish][data-value={wish}]")
            page.wait_for_function(f"document.querySelectorAll('.msg').length >= {before + 2}")
            page.wait_for_selector("#box .submit-button")
        assert page.locator(".vers button").count() == 4
        assert page.get_attribute(".state", "lang") == ("en" if language != "en" else "zh-Hant")
        page.locator(".whyb").first.click()
        page.wait_for_selector(".expl")
        page.click(".bar [data-act=compare]")
        page.wait_for_selector(".vdiff")
        pictures.take(page, f"real-followed-{language}.png", full_page=True)
