"""The page in a real browser, over the sample drafts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from assistant.web.texts import texts
from tests.web.conftest import Pictures, Server
from tests.web.sample import AIMS, LEAKS
from tests.web.test_escape import HOSTILE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LOCALES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-GB"}


class Tab:
    """One browser tab with a log of what went wrong and of what it asked for."""

    def __init__(self, page: Any, base: str) -> None:
        self.page = page
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda r: r.url.startswith((base, "data:", "blob:")) or self.foreign.append(r.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("dialog", lambda dialog: (self.errors.append("dialog"), dialog.dismiss()))

    def send(self, text: str) -> None:
        self.page.fill("#box textarea", text)
        self.page.press("#box textarea", "Enter")


@contextmanager
def tab(
    browser: Any, server: Server, language: str = "zh-Hans", *, width: int = 1360, theme: str = "light"
) -> Iterator[Tab]:
    context = browser.new_context(
        viewport={"width": width, "height": 860}, locale=LOCALES[language], color_scheme=theme, accept_downloads=True
    )
    opened = Tab(context.new_page(), server.address)
    opened.page.set_default_timeout(60_000)
    opened.page.goto(server.address)
    opened.page.wait_for_selector(f"header[data-language={language}]")
    opened.page.wait_for_selector(".aim")
    yield opened
    context.close()
    assert opened.foreign == []
    assert opened.errors == []


@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [
        ("zh-Hans", 1360, "light"),
        ("en", 390, "dark"),
        pytest.param("zh-Hant", 1360, "dark", marks=pytest.mark.wide),
        pytest.param("zh-Hans", 390, "dark", marks=pytest.mark.wide),
        pytest.param("zh-Hant", 390, "light", marks=pytest.mark.wide),
        pytest.param("en", 1360, "light", marks=pytest.mark.wide),
    ],
)
def test_an_aim_becomes_cards(
    chromium: Any, sample_page: Server, pictures: Pictures, language: str, width: int, theme: str
) -> None:
    name = f"{language}-{theme}-{width}"
    with tab(chromium, sample_page, language, width=width, theme=theme) as at:
        page = at.page
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.body.classList.contains('dark')") == (theme == "dark")
        pictures.take(page, f"empty-{name}.png", full_page=True)
        at.send(AIMS[language])
        page.wait_for_selector(".prog .now", state="attached")
        page.wait_for_selector(".kr", state="attached")
        page.wait_for_selector(".replies button", state="attached")
        page.wait_for_function("document.querySelector('#box textarea').value === ''")
        pictures.take(page, f"draft-{name}.png", full_page=True)
        if width < 900:
            assert page.is_visible("#board .goal") and not page.is_visible("#said .msgs")
            page.click("[data-swap=talk]")
            page.wait_for_selector("#said .msgs", state="visible")
            pictures.take(page, f"talk-{name}.png", full_page=True)
        assert page.locator(".replies button").count() == 4
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if width < 900:
            page.click("[data-swap=board]")
        radar_stands_clear(page)


_CLASHES = """() => {
  const radar = document.querySelector('.radar'), frame = radar.getBoundingClientRect();
  for (const label of radar.querySelectorAll('text')) {
    label.classList.add('lw');
    label.style.fontFamily = 'DejaVu Sans, Verdana, sans-serif';
    label.textContent = label.textContent.replace(/ [!?]$/, '') + ' !';
  }
  const boxes = [...radar.querySelectorAll('text')].map((label) => [label.textContent, label.getBoundingClientRect()]);
  const rings = radar.querySelector('.ax:nth-of-type(2)').getBoundingClientRect();
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return boxes.filter(([, box], i) => meet(box, rings) || boxes.some(([, other], j) => i !== j && meet(box, other))
    || box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom)
    .map(([words]) => words);
}"""


def radar_stands_clear(page: Any) -> None:
    """No label touches another, with a sign on each and in a wide font: the reader's may be wider than ours."""
    for width in (1360, 1181, 1024, 390, 320):
        page.set_viewport_size({"width": width, "height": 860})
        page.wait_for_timeout(100)
        assert page.is_visible(".radar") and page.evaluate(_CLASHES) == [], width


def test_examples_and_an_enter_that_ends_chinese_input_fill_the_box_without_sending(
    chromium: Any, sample_page: Server
) -> None:
    with tab(chromium, sample_page) as at:
        for place in range(3):
            at.page.locator(".aim").nth(place).click()
            assert at.page.input_value("#box textarea") == at.page.locator(".aim").nth(place).get_attribute("data-fill")
        filled = at.page.input_value("#box textarea")
        at.page.evaluate(
            "document.querySelector('#box textarea').dispatchEvent(new KeyboardEvent('keydown',"
            "{key: 'Enter', bubbles: true, cancelable: true, isComposing: true}))"
        )
        at.page.wait_for_timeout(400)
        assert at.page.input_value("#box textarea") == filled and not at.page.is_visible(".msg")
        at.page.click("#box .submit-button")
        at.page.wait_for_selector(".kr")


def test_questions_come_one_at_a_time_and_the_keyboard_and_the_language_stay(
    chromium: Any, sample_page: Server
) -> None:  # fmt: skip
    with tab(chromium, sample_page) as at:
        page = at.page
        at.send(AIMS["zh-Hans"])
        page.wait_for_selector("#said .replies >> text=大约 60%")
        page.locator(".replies button").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("text=问题 2 / 3")
        page.wait_for_function("document.activeElement === document.querySelector('#box textarea')")
        assert page.locator("#said .replies").count() == 1
        page.wait_for_selector(".vers button >> nth=1")
        page.click(".replies [data-act=skip]")
        page.wait_for_selector("text=好，不再问了")
        page.wait_for_selector("#said .replies", state="detached")
        page.click(".vers button >> nth=0")
        page.wait_for_selector(".vers button[aria-pressed=true] >> text=第 1 版")

        page.locator("[data-act=language][data-value=en]").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("header[data-language=en]")
        page.wait_for_function("document.activeElement.dataset.value === 'en'")
        assert page.evaluate("document.documentElement.lang") == "en"
        page.wait_for_selector("text=Save Markdown")
        assert "客服团队在" in page.inner_text(".state") and page.get_attribute(".state", "lang") == "zh-Hans"
        assert page.get_attribute("#box textarea", "placeholder").startswith("Say what to change")
        page.reload()
        page.wait_for_selector("header[data-language=en]")


def test_explanations_open_by_mouse_and_keyboard(chromium: Any, sample_page: Server, pictures: Pictures) -> None:
    with tab(chromium, sample_page, "en") as at:
        page = at.page
        at.send(AIMS["en"])
        page.wait_for_selector(".kr")
        page.hover(".smart .find")
        page.wait_for_selector("#pop:visible")
        assert "sets no amount" in page.inner_text("#pop") and "S102" in page.inner_text("#pop")
        pictures.take(page, "finding-en.png")
        page.keyboard.press("Escape")
        page.wait_for_selector("#pop", state="hidden")
        page.locator(".state .num").first.focus()
        page.wait_for_selector("#pop:visible")
        page.keyboard.press("ArrowRight")
        assert "You said" in page.inner_text("#pop") and "CSAT is 82% today" in page.inner_text("#pop")
        page.keyboard.press("Escape")
        page.locator("[data-lit=proposed]").first.click()
        assert page.locator(".goal.dim .num.lit").count() > 3
        for name in ("committed", "lagging", "leading", "guardrail"):
            page.locator(f".goal .term[data-term='{texts('en').plain(f'term.{name}')}']").first.hover()
            page.wait_for_function(
                "words => document.querySelector('#pop').innerText.includes(words)",
                arg=texts("en").plain(f"term.{name}_why"),
            )


def test_a_new_session_forgets_and_the_theme_is_kept(chromium: Any, sample_page: Server) -> None:
    with tab(chromium, sample_page) as at:
        page = at.page
        page.click("[data-theme]")
        assert page.evaluate("document.body.classList.contains('dark')")
        at.send(AIMS["zh-Hans"])
        page.wait_for_selector(".kr")
        page.click("[data-act=new]")
        page.wait_for_selector(".hero:visible")
        assert page.locator(".msg").count() == 0 and page.locator(".kr").count() == 0
        page.reload()
        page.wait_for_selector(".aim")
        assert page.evaluate("document.body.classList.contains('dark')")


def test_unusable_text_is_answered_in_the_persons_language_and_kept(chromium: Any, sample_page: Server) -> None:
    with tab(chromium, sample_page, "zh-Hant") as at:
        page = at.page
        at.send("團" * 9_000)
        page.wait_for_selector(".msg.bad")
        assert "內容太長，最多 8,000 個字元" in page.inner_text(".msg.bad")
        page.wait_for_function("document.querySelector('#box textarea').value.length === 9000")


def test_hostile_aims_are_shown_and_never_run(chromium: Any, sample_page: Server) -> None:
    said = " / ".join(HOSTILE).replace("\u2028", " ")
    with tab(chromium, sample_page, "en") as at:
        at.send(said)
        at.page.wait_for_selector(".msg.me")
        at.page.wait_for_selector("#box .submit-button")
        assert at.page.locator(".msg.me").inner_text().strip() == said


def test_the_form_takes_a_team_without_an_aim(chromium: Any, sample_page: Server, pictures: Pictures) -> None:
    with tab(chromium, sample_page, "en") as at:
        page = at.page
        page.click("#form > button")
        fields = page.locator("#form textarea")
        fields.nth(0).fill("Support team of 14")
        fields.nth(2).fill("slow answers\nunhappy customers")
        page.locator("#form .field input, #form .field textarea").nth(4).fill("eleven")
        pictures.take(page, "form-en.png", full_page=True)
        page.click("#box .submit-button")
        page.wait_for_selector(".msg.bad >> text=cannot be used")
        page.locator("#form .field input, #form .field textarea").nth(4).fill("5")
        page.click("#box .submit-button")
        page.wait_for_selector("text=Please work from the form.")
        page.wait_for_selector(".kr")


def test_an_obedient_model_reaches_nobody_outside(
    chromium: Any, serve: Callable[..., Server], pictures: Pictures
) -> None:
    import sys

    server = serve(sys.executable, "-m", "tests.web.page_server", "PORT", "0", "obedient")
    with tab(chromium, server, "en") as at:
        page = at.page
        at.send(AIMS["en"])
        page.wait_for_selector(".kr")
        page.wait_for_selector("#box .submit-button")
        shown = page.inner_text(".state")
        for leak in LEAKS:
            assert " ".join(leak.split()) in " ".join(shown.split()), leak
        for details in page.locator("#board details > summary").all():
            details.click()
        for hot in page.locator(".state [data-hot]").all():
            hot.focus()
        page.click("[data-copy]")
        page.wait_for_timeout(1000)
        pictures.take(page, "obedient-en.png")
        foreign = "#board :is(img, iframe, script, form, video, audio, object, embed, link, a:not(.files a))"
        assert page.locator(foreign).count() == 0
        own = page.locator(".files a").evaluate_all("nodes => nodes.map((node) => node.getAttribute('href'))")
        assert len(own) == 6 and all(re.fullmatch(r"/export/[\w-]{22}/[a-z.]+", address) for address in own)
        assert page.evaluate("document.querySelectorAll('#pop img, #said img').length") == 0
