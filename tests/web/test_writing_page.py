"""A person writes a field of the draft in its place, in a real browser: by mouse and by keyboard, live and kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import Pictures, Server
from tests.web.sample import AIMS
from tests.web.test_page import tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WORSE = {
    "zh-Hans": "客服团队把满意度由 90% 大幅提升到 86%。",
    "zh-Hant": "客服團隊把滿意度由 90% 大幅提升到 86%。",
    "en": "The support team will significantly raise satisfaction from 90% to 86%.",
}
STATE = "[data-edit='/goals/0/statement']"
BASELINE = "[data-edit='/goals/0/key_results/1/baseline']"
_SHOWN = "document.querySelector('.state .ed').textContent"
AT_PEN = "([pointer]) => document.activeElement?.matches(`[data-edit='${pointer}'] [data-pen]`)"


def drafted(at: Any, language: str) -> Any:
    at.send(AIMS[language])
    at.page.wait_for_selector(".kr")
    at.page.wait_for_selector("#box .submit-button", state="attached")
    at.page.wait_for_selector(".replies button", state="attached")
    return at.page


@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [
        ("en", 1280, "light"),
        pytest.param("zh-Hans", 1280, "dark", marks=pytest.mark.slow),
        pytest.param("zh-Hant", 390, "light", marks=pytest.mark.slow),
    ],
)
def test_a_statement_is_written_checked_mended_and_saved(
    chromium: Any, sample_page: Server, pictures: Pictures, language: str, width: int, theme: str
) -> None:
    name = f"{language}-{theme}-{width}"
    with tab(chromium, sample_page, language, width=width, theme=theme) as at:
        page = drafted(at, language)
        before = page.inner_text(STATE).strip()
        page.locator(f"{STATE} [data-pen]").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".editor:visible")
        assert page.input_value(".editor textarea") == page.evaluate(_SHOWN)
        page.keyboard.press("Escape")
        page.wait_for_selector(".editor", state="hidden")
        page.wait_for_function(AT_PEN, arg=["/goals/0/statement"])
        page.keyboard.press("Enter")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(WORSE[language])
        page.wait_for_selector(".editor .find[data-sev=error]")
        assert page.evaluate("document.querySelector('.editor .under-ink').textContent.trim()") == WORSE[language]
        pictures.take(page, f"writing-{name}.png")
        page.click(".editor [data-put]")
        page.wait_for_function("document.querySelector('.editor textarea').value.length < arguments[0]".replace(
            "arguments[0]", str(len(WORSE[language]))
        ))  # fmt: skip
        mended = page.input_value(".editor textarea")
        page.wait_for_function("document.activeElement === document.querySelector('.editor textarea')")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".editor", state="hidden")
        page.wait_for_selector(".vers button >> nth=1", state="attached")
        page.wait_for_function(AT_PEN, arg=["/goals/0/statement"])
        shown = page.evaluate(_SHOWN)
        assert shown == mended and shown != before
        pictures.take(page, f"written-{name}.png", full_page=True)
        assert page.locator(f"{STATE} .num[data-origin=stated]").count() >= 1
        page.click("[data-act=undo]")
        page.wait_for_function("document.querySelector('.vers [aria-pressed=true]').dataset.value === '1'")
        assert page.inner_text(STATE).strip() == before
        page.click("[data-act=redo]")
        page.wait_for_function("document.querySelector('.vers [aria-pressed=true]').dataset.value === '2'")
        page.wait_for_timeout(1_000)
        page.reload()
        page.wait_for_selector(".vers button >> nth=1", state="attached")
        assert page.evaluate(_SHOWN) == mended
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_values_and_days_are_written_in_the_table_and_proposals_confirmed(chromium: Any, sample_page: Server) -> None:
    with tab(chromium, sample_page, "en") as at:
        page = drafted(at, "en")
        page.locator(f"{BASELINE} [data-hot]").focus()
        page.wait_for_selector("#pop:visible")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_selector(".editor:visible")
        assert page.input_value(".editor textarea") == ""
        page.keyboard.press("Enter")
        page.wait_for_selector(".editor", state="hidden")
        page.locator(f"{BASELINE} [data-pen]").focus()
        page.keyboard.press("Enter")
        page.keyboard.insert_text("about 60%")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"{BASELINE} .num[data-origin=stated] >> text=60%")
        page.locator("[data-edit='/goals/0/key_results/0/deadline'] [data-pen]").dispatch_event("click")
        page.wait_for_selector(".editor input[type=date]:visible")
        assert page.input_value(".editor input") == "2027-06-30"
        page.fill(".editor input", "2027-09-30")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-edit='/goals/0/key_results/0/deadline'] .num[data-origin=stated]")
        assert "30 September 2027" in page.inner_text("[data-edit='/goals/0/key_results/0/deadline']")
        target = "[data-edit='/goals/0/key_results/0/target']"
        page.locator(f"{target} .num[data-origin=proposed]").focus()
        page.wait_for_selector("#pop:visible")
        page.click("#pop .btn.pri")
        page.wait_for_selector(f"{target} .num[data-origin=stated]")
        assert page.locator(".msgs .msg.bot >> text=now yours").count() or "yours" in page.inner_text(".msgs")


def test_a_finding_is_mended_with_one_press(chromium: Any, sample_page: Server) -> None:
    with tab(chromium, sample_page, "en") as at:
        page = drafted(at, "en")
        field = "[data-edit='/goals/0/achievable']"
        assert "as far as possible" in page.inner_text(field)
        page.locator(f"{field} .find").focus()
        page.wait_for_selector("#pop:visible")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_selector(".vers button >> nth=1")
        assert "as far as possible" not in page.inner_text(field)
        page.click("[data-act=undo]")
        page.wait_for_selector(".chk [data-mend]")
        page.click(".chk [data-mend]")
        page.wait_for_selector(".vers button >> nth=2")
        assert "as far as possible" not in page.inner_text(field)


def test_what_cannot_be_saved_stays_open_with_its_words(chromium: Any, sample_page: Server) -> None:
    with tab(chromium, sample_page, "en") as at:
        page = drafted(at, "en")
        page.locator(f"{STATE} [data-pen]").focus()
        page.keyboard.press("Enter")
        page.fill(".editor textarea", "x" * 1_100)
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".editor [role=alert] >> text=1,000")
        assert len(page.input_value(".editor textarea")) == 1_100
        page.fill(".editor textarea", " ")
        page.wait_for_selector(".editor [role=alert] >> text=cannot be empty")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Save"
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Escape")
        page.wait_for_selector(".editor", state="hidden")
        assert page.locator(".vers button").count() == 1
