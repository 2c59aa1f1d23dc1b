"""The tab of whole lists in a real browser, over the real reading, judging and rewriting."""

from __future__ import annotations

import csv
import io
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.web import test_evals_page as evals
from tests.web.conftest import Pictures, Server
from tests.web.test_batch_desk import LIST
from tests.web.test_page import Tab, tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

TABS = {"zh-Hans": "批量", "zh-Hant": "批次", "en": "Lists"}
LABELS = {
    "zh-Hans": ("核对列的对应", "由谁来写", "全部完成", "下载 CSV", "已改写", "不读"),
    "zh-Hant": ("核對欄位", "由誰來寫", "全部完成", "下載 CSV", "已改寫", "不讀"),
    "en": ("Check the columns", "Who writes", "rows are done", "Download CSV", "Rewritten", "Not read"),
}
_CHECKS = [
    script.replace("#evals-right", "#batch").replace("#evals", "#batch")
    for script in (evals._UNLABELLED, evals._SMALL, evals._TWICE, evals._PALE)
]
_ROWS = ".list-rows > tbody > tr:not(.inside)"


@pytest.fixture(scope="module")
def lists_page(serve: Callable[..., Server], indexed_copy: Path) -> Server:
    return serve(sys.executable, "-m", "tests.web.page_server", "PORT", "0.05", GOALS_HOME=str(indexed_copy))


def open_tab(at: Tab, language: str = "en") -> Any:
    at.page.click(f"role=tab[name={TABS[language]}]")
    at.page.wait_for_selector(".drop")
    return at.page


def hand_in(page: Any, raw: str | bytes, name: str = "goals.csv") -> None:
    data = raw if isinstance(raw, bytes) else raw.encode()
    page.set_input_files("input[data-upload]", {"name": name, "mimeType": "text/plain", "buffer": data})


def run(page: Any) -> None:
    page.click("[data-act=start]")
    page.wait_for_selector(_ROWS)


def sound(page: Any) -> None:
    for script in _CHECKS:
        assert page.evaluate(script) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def downloaded(page: Any, output: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.click(f".downloads a[href$='/{output}']")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [
        ("zh-Hant", 390, "light"),
        pytest.param("zh-Hans", 1360, "light", marks=pytest.mark.wide),
        pytest.param("en", 1024, "dark", marks=pytest.mark.wide),
    ],
)
def test_a_list_is_looked_at_run_and_taken_home(
    chromium: Any, lists_page: Server, pictures: Pictures, language: str, width: int, theme: str
) -> None:
    name = f"{language}-{theme}-{width}"
    with tab(chromium, lists_page, language, width=width, theme=theme) as at:
        page = open_tab(at, language)
        pictures.take(page, f"list-empty-{name}.png", full_page=True)
        sound(page)
        hand_in(page, LIST, "年度目标.csv")
        page.wait_for_selector(".cols")
        assert page.input_value("#role-0-2") == "0:2:goal" and page.input_value("#role-0-5") == "0:5:weight"
        page.select_option("#role-0-3", "0:3:ignore")
        page.wait_for_function("document.querySelectorAll('.cols .on').length === 4")
        page.select_option("#role-0-3", "0:3:owner")
        page.wait_for_function("document.querySelectorAll('.cols .on').length === 5")
        pictures.take(page, f"list-columns-{name}.png", full_page=True)
        sound(page)
        seen = page.inner_text("#batch")
        run(page)
        assert page.locator(_ROWS).count() == 4
        page.locator("[data-act=open]").nth(0).click()
        page.wait_for_selector("tr.inside .origins .num[data-origin=proposed]")
        page.locator("[data-act=open]").nth(2).click()
        page.wait_for_function("document.querySelectorAll('tr.inside').length === 2")
        assert '<img src=x onerror="window.hit=1">尽快提升员工能力 ${window.hit=2} {{{x}}}' in page.inner_text(
            f"{_ROWS} >> nth=2"
        )
        assert page.locator("#batch img").count() == 0 and page.evaluate("window.hit") is None
        pictures.take(page, f"list-rows-{name}.png", full_page=True)
        sound(page)
        seen += page.inner_text("#batch")
        assert [label for label in LABELS[language] if label not in seen] == []
        file, raw = downloaded(page, "own")
        table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
        assert file == "年度目标-goals.csv" and len(table[0]) > 5
        assert [row[:5] for row in table] == list(csv.reader(io.StringIO(LIST)))


def test_rows_are_filtered_searched_and_opened_by_keyboard(chromium: Any, lists_page: Server) -> None:
    with tab(chromium, lists_page, "en") as at:
        page = open_tab(at)
        hand_in(page, LIST)
        page.wait_for_selector(".cols")
        run(page)
        page.click("[data-act=outcome][data-value=kept]")
        page.wait_for_function(f"document.querySelectorAll('{_ROWS}').length === 1")
        page.click("[data-act=outcome][data-value='']")
        page.wait_for_function(f"document.querySelectorAll('{_ROWS}').length === 4")
        page.click("#batch-find")
        page.keyboard.type("员工")
        page.wait_for_function(f"document.querySelectorAll('{_ROWS}').length === 1")
        page.keyboard.type("能力")
        page.wait_for_timeout(700)
        assert page.input_value("#batch-find") == "员工能力" and page.locator(_ROWS).count() == 1
        page.fill("#batch-find", "")
        page.wait_for_function(f"document.querySelectorAll('{_ROWS}').length === 4")
        page.click(".between [data-act=only] >> nth=0")
        page.wait_for_selector("[data-act=all]")
        assert 0 < page.locator(_ROWS).count() < 4
        page.click("[data-act=all]")
        page.wait_for_function(f"document.querySelectorAll('{_ROWS}').length === 4")
        page.locator("[data-act=open]").nth(1).focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("tr.inside")
        page.wait_for_function("document.activeElement.dataset.act === 'open'")
        assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
        page.locator(f"{_ROWS} .num").first.hover()
        page.wait_for_selector("#pop:not([hidden]) .from")
        page.click("[data-act=language][data-value=zh-Hans]")
        page.wait_for_selector(".sums >> text=前后对照")
        assert page.locator("tr.inside").count() == 1


def test_files_that_cannot_be_read_say_why_and_the_next_one_is(
    chromium: Any, lists_page: Server, tmp_path: Path
) -> None:  # fmt: skip
    (tmp_path / "a.csv").write_bytes(b"x" * 10_000_001)
    with tab(chromium, lists_page, "zh-Hans") as at:
        page = open_tab(at, "zh-Hans")
        for raw, name, said in (
            (b"%PDF-1.4", "a.pdf", "不支持这种文件"),
            (b"%PDF-1.4", "a.xlsx", "内容和名称不符"),
            (b"", "a.txt", "没有目标"),
        ):
            hand_in(page, raw, name)
            page.wait_for_selector(f"[role=alert] >> text={said}")
        page.set_input_files("input[data-upload]", tmp_path / "a.csv")
        page.wait_for_selector("[role=alert] >> text=超过 10 MB")
        hand_in(page, LIST)
        page.wait_for_selector(".cols")
        assert page.locator("[role=alert]").count() == 0
        page.select_option("#role-0-2", "0:2:ignore")
        page.wait_for_selector("[role=alert] >> text=至少指定一列为目标")
        page.wait_for_function("document.querySelector('#role-0-2').value === '0:2:goal'")


def test_a_workbook_is_cancelled_found_again_gone_on_with_and_comes_back_as_one(
    chromium: Any, lists_page: Server
) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "2027"
    sheet.append(["目标", "负责人", "期限"])
    for place in range(160):
        sheet.append([f"提高第{place}区客户满意度", "客服经理", "2027-06-30"])
    book.create_sheet("其他").append(["目标"])
    book["其他"].append(["降低成本"])
    raw = io.BytesIO()
    book.save(raw)
    with tab(chromium, lists_page, "en") as at, tab(chromium, lists_page, "en") as another:
        page = open_tab(at)
        hand_in(page, raw.getvalue(), "kpi.xlsx")
        page.wait_for_selector("#pick-sheet")
        page.select_option("#pick-sheet", "2027")
        page.wait_for_selector(".mapping >> text=Goals: 160")
        page.click("[data-act=start]")
        page.wait_for_function("parseInt(document.querySelector('.far-on b')?.textContent) > 0")
        page.click("[data-act=cancel]")
        page.wait_for_selector(".doing-list >> text=are done and kept")
        page.wait_for_selector("[data-act=outcome][data-value=pending]")
        page.reload()
        page.click(f"role=tab[name={TABS['en']}]")
        page.wait_for_selector("[data-act=go-on]")
        page.click("[data-act=go-on]")
        page.wait_for_selector(".doing-list >> text=All 160 rows are done")
        page.wait_for_selector(_ROWS)
        assert page.locator(_ROWS).count() == 50
        page.click(".pager [data-act=page] >> nth=1")
        page.wait_for_selector(".pager >> text=51 to 100 of 160")
        file, data = downloaded(page, "own")
        made = openpyxl.load_workbook(io.BytesIO(data))
        assert file == "kpi-goals.xlsx" and [made["2027"].cell(161, at).value for at in (1, 2)] == [
            "提高第159区客户满意度",
            "客服经理",
        ]
        assert made["2027"].max_column > 3 and "其他" in made.sheetnames
        assert json.loads(downloaded(page, "json")[1]) and b"<html" in downloaded(page, "html")[1]
        link = page.get_attribute(".downloads a", "href")
        assert open_tab(another).locator(".cols, .list-rows").count() == 0
        page.click("[data-act=clear]")
        page.wait_for_selector(".drop")
    for path in (link, "/batch/file/" + "a" * 32 + "/own"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{lists_page.address}{path}")
        assert refused.value.code == 404
        refused.value.close()


def test_a_server_with_accounts_gives_nothing_to_those_who_have_not_logged_in(
    serve: Callable[..., Server], tmp_path: Path
) -> None:
    server = serve(
        sys.executable, "-m", "tests.web.page_server", "PORT", GOALS_HOME=str(tmp_path), GOALS_WEB_AUTH="ann:secret"
    )
    asked = urllib.request.Request(f"{server.address}/batch/list/any", data=b"x", headers={"x-file-name": "a.csv"})
    for request in (asked, urllib.request.Request(f"{server.address}/batch/file/any/own")):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        assert refused.value.code == 404
        refused.value.close()
    assert not (tmp_path / "web" / "lists").exists()
