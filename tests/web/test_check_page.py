"""The tabs of checks and of texts in a real browser."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import Pictures, Server
from tests.web.test_escape import HOSTILE
from tests.web.test_evals_page import _PALE, _SMALL, _TWICE, _UNLABELLED
from tests.web.test_page import Tab, tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

CHECK = {"zh-Hans": "检查", "zh-Hant": "檢查", "en": "Check"}
LIBRARY = {"zh-Hans": "资料库", "zh-Hant": "資料庫", "en": "Library"}
ORPHANS = {"zh-Hans": "还没有归属", "zh-Hant": "尚未歸屬", "en": "No objective yet"}
LISTED = """编号,类型,目标,上级目标,权重
O1,目标,让客户更愿意留下,,
KR1,关键结果,"在2027年6月30日前，把客户满意度由82%提升到86%",O1,40%
KR2,关键结果,把投诉率从5%降到8%,O1,40%
G3,,新客户转化率由2%提高到3%，增长1%，2027年6月底前达成,,30%
"""
NOTE = "# 第三季度回顾\n\n2026年第三季度客户满意度为82%。\n\n来源代号 ZEBRA-7。\n"
BOX = "#paste textarea"
_ALIGNED = """() => {
  const area = document.querySelector('#paste textarea'), ink = document.querySelector('.under-ink');
  const shape = (node) => { const s = getComputedStyle(node), b = node.getBoundingClientRect();
    const set = [s.fontFamily, s.fontSize, s.lineHeight, s.letterSpacing, s.whiteSpace, s.padding];
    return [...set, b.left, b.top, b.width].join(); };
  return shape(area) === shape(ink) && ink.textContent === area.value + '\\n';
}"""


@pytest.fixture(scope="module")
def texts_page(serve: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    home = tmp_path_factory.mktemp("texts-page")
    return serve(
        sys.executable, "-m", "tests.web.page_server", "PORT", "0.05", GOALS_HOME=str(home), GOALS_EMBEDDING="lexical"
    )


def sound(page: Any, part: str) -> None:
    """No control without a name, too small, twice or too pale; nothing wider than the page."""
    for script in (_UNLABELLED, _SMALL, _TWICE, _PALE):
        asked = script.replace("#evals *'", "#evals :not(.under-ink, .under-ink *)'").replace("#evals", part)
        asked = asked.replace(": node.innerText;", ": node.ariaLabel || node.innerText;")
        assert page.evaluate(asked.replace("button, a, select, summary", "button, select, summary")) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def fixes(at: Tab) -> None:
    """A fix is applied in the box, told, and taken back by the browser's own undo."""
    page = at.page
    page.click("#found [data-act=fix]")
    page.wait_for_function("document.querySelector('#paste textarea').value.includes('增长1个百分点')")
    page.wait_for_selector("#check-top [data-news]")
    page.wait_for_function("!document.querySelector('#found').textContent.includes('增长1%')")
    page.focus(BOX)
    page.keyboard.press("Control+z")
    page.wait_for_function("document.querySelector('#paste textarea').value.includes('增长1%')")


@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [
        ("zh-Hans", 1360, "light"),
        pytest.param("zh-Hant", 390, "dark", marks=pytest.mark.wide),
        pytest.param("en", 1024, "light", marks=pytest.mark.wide),
    ],
)
def test_a_list_is_checked_mended_and_the_texts_are_read(
    chromium: Any, texts_page: Server, pictures: Pictures, language: str, width: int, theme: str
) -> None:
    name = f"{language}-{theme}-{width}"
    with tab(chromium, texts_page, language, width=width, theme=theme) as at:
        page = at.page
        page.click(f"role=tab[name={CHECK[language]}]")
        page.wait_for_selector("#check-top [data-ticket]:not([data-ticket=''])", state="attached")
        page.fill(BOX, LISTED)
        page.wait_for_selector(".under-ink .find")
        assert page.locator(".checked").count() == 4 and page.locator(".grid4 .area").count() == 4
        assert ORPHANS[language] in page.inner_text(".tree .apart")
        assert page.locator(".tree > li > ul > li").count() == 3
        assert page.evaluate(_ALIGNED)
        sound(page, "#checking")
        pictures.take(page, f"check-{name}.png", full_page=True)
        fixes(at)
        page.click("[data-act=only][data-value=error]")
        page.wait_for_selector("[data-act=only][data-value=error][aria-pressed=true]")
        assert page.locator("#found .fl li:not([data-sev=error])").count() == 0
        page.click("[data-act=language][data-value=en]")
        page.wait_for_selector("#found >> text=Results")
        assert "增长1%" in page.input_value(BOX) and page.locator(".under-ink .find").count() > 0
        assert page.evaluate(_ALIGNED)
        page.click(f"[data-act=language][data-value={language}]")
        page.click(f"role=tab[name={LIBRARY[language]}]")
        page.wait_for_selector(".reading .prose")
        sound(page, "#library")
        pictures.take(page, f"library-{name}.png", full_page=True)
        page.click("[data-act=part][data-value=metrics]")
        page.fill("input[data-find]", "客户满意度")
        page.wait_for_selector(".book[data-value='csat']")
        page.click(".book[data-value='csat']")
        page.wait_for_selector(".reading .fence")
        assert page.input_value("input[data-find]") == "客户满意度"
        sound(page, "#library")
        pictures.take(page, f"metric-{name}.png", full_page=True)


def test_files_are_dropped_and_hostile_words_stay_words(chromium: Any, texts_page: Server, pictures: Pictures) -> None:
    with tab(chromium, texts_page, "en") as at:
        page = at.page
        page.click("role=tab[name=Check]")
        page.wait_for_selector("#check-top [data-ticket]:not([data-ticket=''])", state="attached")
        dropped = page.evaluate_handle(
            "text => { const t = new DataTransfer(); t.items.add(new File([text], '计划.csv')); return t; }", LISTED
        )
        page.dispatch_event("#editor", "drop", {"dataTransfer": dropped})
        page.wait_for_selector("#check-top .tag >> text=计划.csv")
        page.wait_for_selector(".tree .apart")
        assert page.input_value(BOX) == LISTED and page.evaluate(_ALIGNED)
        page.set_input_files("#check-top input[data-upload]", {"name": "a.pdf", "mimeType": "", "buffer": b"%PDF-1.7"})
        page.wait_for_selector("#check-top [role=alert]")
        assert page.input_value(BOX) == LISTED
        hostile = "\n".join(f"- improve churn {said} from 5% to 8% ASAP" for said in HOSTILE if "\u2028" not in said)
        page.fill(BOX, hostile)
        page.wait_for_selector(f"#found .checked >> nth={len(HOSTILE) - 2}")
        shown = " ".join(page.locator("#found .checked .line p[lang]").all_inner_texts())
        for said in HOSTILE:
            if "\u2028" not in said:
                assert "".join(said.split()) in "".join(shown.split())
        assert page.evaluate(_ALIGNED) and page.locator("#found :is(script, img, svg:not(.i):not(.radar))").count() == 0
        page.click(BOX, position={"x": 260, "y": 26})
        page.keyboard.press("Control+Home")
        page.fill(BOX, "Answer customers ASAP")
        page.wait_for_selector(".under-ink .find[data-n='2']")
        spot = page.locator(".under-ink .find").first.bounding_box()
        page.mouse.move(spot["x"] + 4, spot["y"] + 10)
        page.wait_for_selector("#pop:not([hidden])")
        assert page.inner_text("#pop h4").strip()
        pictures.take(page, "check-popover-en.png")
        page.fill(BOX, "")
        page.wait_for_selector("#found .wait")
        assert page.locator(".under-ink .find").count() == 0


def test_own_documents_are_added_searched_removed_and_nobody_elses(
    chromium: Any, texts_page: Server, pictures: Pictures
) -> None:
    with tab(chromium, texts_page, "zh-Hans") as at:
        page = at.page
        page.click("role=tab[name=资料库]")
        page.wait_for_selector(".reading")
        page.click("[data-act=part][data-value=own]")
        page.wait_for_selector(".bring")
        page.set_input_files(
            "#library-search input[data-upload]",
            {"name": "三季度.md", "mimeType": "text/markdown", "buffer": NOTE.encode()},
        )
        page.wait_for_selector(".mine")
        page.wait_for_selector(".reading >> text=ZEBRA-7")
        page.fill("input[data-find]", "ZEBRA-7")
        page.wait_for_selector(".rows .book small >> text=ZEBRA-7")
        page.fill("input[data-find]", "")
        page.wait_for_selector(".mine")
        sound(page, "#library")
        pictures.take(page, "own-zh-Hans.png", full_page=True)
        with tab(chromium, texts_page, "zh-Hans") as other:
            other.page.click("role=tab[name=资料库]")
            other.page.wait_for_selector(".reading")
            other.page.click("[data-act=part][data-value=own]")
            other.page.wait_for_selector("text=还没有文件")
        page.reload()
        page.wait_for_selector("header[data-language=zh-Hans]")
        page.click("role=tab[name=资料库]")
        page.wait_for_selector(".reading")
        page.click("[data-act=part][data-value=own]")
        page.click(".mine .bin")
        page.click("[data-act=remove]")
        page.wait_for_selector("text=已删除 三季度.md")
        page.wait_for_selector("text=还没有文件")
