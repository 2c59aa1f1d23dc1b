"""The page over the real assistant, as `goals web` serves it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import Pictures, Server
from tests.web.sample import AIMS
from tests.web.test_page import tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

SECONDS_TO_FIRST_BYTE = 8
MEGABYTES = 700


@pytest.mark.slow
def test_the_page_answers_soon_after_the_start(goals_web: Server) -> None:
    assert goals_web.seconds_to_first_byte < SECONDS_TO_FIRST_BYTE


@pytest.mark.parametrize(
    "language", ["zh-Hans", pytest.param("zh-Hant", marks=pytest.mark.wide), pytest.param("en", marks=pytest.mark.wide)]
)
def test_an_aim_becomes_goals(chromium: Any, goals_web: Server, pictures: Pictures, language: str) -> None:
    with tab(chromium, goals_web, language) as at:
        page = at.page
        page.set_default_timeout(60_000)
        at.send(AIMS[language])
        page.wait_for_selector(".kr")
        page.wait_for_selector("#box .submit-button")
        pictures.take(page, f"real-{language}.png", full_page=True)
        assert page.locator(".num[data-origin=stated]").count() >= 1
        assert "82%" in page.inner_text("#board")
        assert page.get_attribute(".state", "lang") == language
        assert page.locator(".src blockquote mark").count() >= 1
        while page.locator("#said .replies").count():
            asked = page.locator(".msg").count()
            page.click("#said .replies [data-act=unknown]")
            page.wait_for_function(f"document.querySelectorAll('.msg').length > {asked}")
            page.wait_for_selector("#box .submit-button")
        assert 1 <= page.locator(".msg .q").count() <= 3
        pictures.take(page, f"real-asked-{language}.png", full_page=True)
        with page.expect_download() as waiting:
            page.click("[data-save]")
        saved = Path(waiting.value.path()).read_text(encoding="utf-8")
        assert "82%" in saved and page.inner_text(".goal h2").split("\n")[0][:6] in saved


def test_a_team_gets_five_goals_and_a_strategy(chromium: Any, goals_web: Server, pictures: Pictures) -> None:
    with tab(chromium, goals_web, "zh-Hans") as at:
        page = at.page
        page.set_default_timeout(60_000)
        page.click("#form > button")
        fields = page.locator("#form textarea")
        fields.nth(0).fill("客服部，14 人，在线与电话双渠道，用工单系统")
        fields.nth(1).fill("把老客户留住，续约率提高到 90%")
        fields.nth(2).fill("首次响应慢\n客户满意度偏低\n新人上手慢\n重复来电多\n知识库更新不及时")
        fields.nth(3).fill("今年不增加编制，培训预算 5 万元")
        page.click("#box .submit-button")
        page.wait_for_selector(".kr")
        pictures.take(page, "real-team.png", full_page=True)
        assert page.locator("#board .goal").count() == 5
        assert page.locator("#board .dots").count() >= 1


def test_unusable_text_gets_an_answer_and_pasted_goals_are_judged(
    chromium: Any, goals_web: Server, pictures: Pictures
) -> None:  # fmt: skip
    with tab(chromium, goals_web, "zh-Hans") as at:
        page = at.page
        told = "看不出团队想做好什么"
        for place, (typed, words) in enumerate((("😀😀", told), ("啊", told), ("好" * 9_000, "内容太长"))):
            at.send(typed)
            page.wait_for_selector(f".msg.bad >> nth={place}")
            assert words in page.locator(".msg.bad").nth(place).inner_text()
            page.wait_for_function(
                f"document.querySelector('#box textarea').value.length === {len(typed.encode('utf-16-le')) // 2}"
            )
            page.wait_for_selector("#box .submit-button")
        page.click("role=tab[name=检查]")
        page.wait_for_timeout(500)
        page.fill(
            "#paste textarea", "大幅提升客户满意度\n在2027年6月30日前，把客户满意度由82%提升到86%\n把投诉率从5%降到8%"
        )
        page.wait_for_selector(".checked .find")
        pictures.take(page, "real-check.png", full_page=True)
        assert page.locator(".checked").count() == 3


def test_the_process_stays_small(goals_web: Server) -> None:
    assert goals_web.megabytes() < MEGABYTES
