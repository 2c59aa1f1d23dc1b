"""A model that writes while the page looks on, in a real browser, over a scripted endpoint on loopback."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.service import Assistant, make_aim
from assistant.web.texts import texts
from evals.answers import answer_of
from tests.llm.server import Answer, ModelServer, Scripted, chunk, stream_of
from tests.web.conftest import Pictures, Server
from tests.web.sample import AIMS, LEAKS
from tests.web.test_page import tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

_LOADED = ":is(img, iframe, script, form, video, audio, object, embed, link, style, a)"


class Script:
    """What the endpoint answers next."""

    def __init__(self) -> None:
        self.answer: Scripted = "ready"


@pytest.fixture(scope="module")
def written(indexed: Path) -> dict[str, dict[str, Any]]:
    """Good answers in three languages: the offline drafts in the shape that a model gives."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOALS_HOME", str(indexed))
        assistant = Assistant()
        return {language: answer_of(assistant.draft(make_aim(aim), llm="offline")) for language, aim in AIMS.items()}


@pytest.fixture(scope="module")
def script() -> Script:
    return Script()


@pytest.fixture(scope="module")
def endpoint(script: Script) -> Iterator[ModelServer]:
    with ModelServer(lambda body: script.answer) as server:
        yield server


@pytest.fixture(scope="module")
def model_web(serve: Callable[..., Server], endpoint: ModelServer, indexed_copy: Path) -> Server:
    return serve(
        sys.executable, "-m", "assistant.cli.main", "web", "--port", "PORT", "--no-open", GOALS_HOME=str(indexed_copy),
        GOALS_LLM_BASE_URL=endpoint.base_url, GOALS_LLM_MODEL="scripted",
    )  # fmt: skip


def begin(at: Any, language: str) -> Any:
    page = at.page
    page.set_default_timeout(90_000)
    at.send(AIMS[language])
    page.wait_for_selector("#said .replies [data-act=skip]")
    page.click("#said .replies [data-act=skip]")
    return page


@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [
        ("zh-Hans", 1360, "light"),
        pytest.param("zh-Hant", 390, "light", marks=pytest.mark.wide),
        pytest.param("en", 1360, "dark", marks=pytest.mark.wide),
    ],
)
def test_goals_are_seen_while_they_are_written(
    chromium: Any, model_web: Server, script: Script, written: Any, pictures: Pictures, language: Any, width: int,
    theme: str,
) -> None:  # fmt: skip
    script.answer = Answer(_json(written[language]), pieces=60, piece_delay=0.08)
    with tab(chromium, model_web, language, width=width, theme=theme) as at:
        page = begin(at, language)
        page.wait_for_selector(".writing .part", state="attached")
        if width < 900:
            page.click("[data-swap=board]")
        words = texts(language)
        heights, statements, shot = [], [], False
        while page.locator(".writing .part").count():
            seen = page.evaluate(
                "() => { const at = document.querySelector('.writing'); return at && [at.offsetHeight, at.innerText,"
                " at.querySelector('.state')?.innerText || '', at.querySelectorAll('.pkr li').length] }"
            )
            if seen is None:
                break
            heights.append(seen[0])
            if not statements or statements[-1] != seen[2]:
                statements.append(seen[2])
            assert words.plain("board.writing") in seen[1]
            if seen[3] >= 2 and not shot:
                pictures.take(page, f"writing-{language}-{theme}-{width}.png", full_page=True)
                shot = True
            page.wait_for_timeout(60)
        assert shot and len(statements) >= 1 and heights == sorted(heights)
        page.wait_for_selector(".kr")
        assert page.locator(".writing").count() == 0
        assert written[language]["goals"][0]["statement"][:8] in page.inner_text(".state")
        assert "scripted" in page.inner_text(".over")


def test_hostile_text_is_text_while_it_is_written(
    chromium: Any, model_web: Server, script: Script, written: Any, endpoint: ModelServer
) -> None:
    bad = _json(written["en"] | {"goals": [_poisoned(goal) for goal in written["en"]["goals"]]})
    script.answer = Answer(bad, pieces=40, piece_delay=0.08)
    with tab(chromium, model_web, "en") as at:
        page = begin(at, "en")
        page.wait_for_selector(".writing .part")
        script.answer = Answer(_json(written["en"]))
        looks = 0
        loaded = f"() => document.querySelectorAll('#board .writing {_LOADED}').length"
        while page.locator(".writing .part").count():
            assert page.evaluate(loaded) == 0
            looks += 1
            page.wait_for_timeout(100)
        assert looks > 3
        page.wait_for_selector(".kr")


def test_what_is_being_written_can_be_stopped(
    chromium: Any, model_web: Server, script: Script, written: Any, endpoint: ModelServer
) -> None:
    script.answer = Answer(_json(written["en"]), pieces=60, piece_delay=0.25)
    with tab(chromium, model_web, "en") as at:
        page = begin(at, "en")
        page.wait_for_selector(".writing .part")
        asked = len(endpoint.requests)
        page.click("#box .stop-button")
        page.wait_for_selector("text=Everything you said is kept")
        page.wait_for_selector("#box .submit-button")
        page.wait_for_timeout(2_000)
        assert page.locator(".writing").count() == 0 and page.locator(".kr").count() == 0
        assert len(endpoint.requests) == asked
        script.answer = Answer(_json(written["en"]))
        at.send("Our survey goes out after every ticket.")
        page.wait_for_selector(".kr")


def test_a_follow_up_is_seen_while_it_is_written_can_be_stopped_and_outlives_a_broken_stream(
    chromium: Any, model_web: Server, script: Script, written: Any, pictures: Pictures, endpoint: ModelServer
) -> None:
    words = texts("en")
    script.answer = Answer(_json(written["en"]))
    with tab(chromium, model_web, "en") as at:
        page = begin(at, "en")
        page.wait_for_selector(".kr")
        page.wait_for_selector("#box .submit-button")
        stands = page.inner_text(".state")

        script.answer = Answer(_json(written["en"]), pieces=60, piece_delay=0.25)
        at.send("Please word the objective more warmly")
        page.wait_for_selector(".writing .pkr li")
        shown = page.inner_text("#board")
        assert words.plain("board.writing") in shown and words.plain("board.rewriting_why", n="1") in shown
        assert page.locator(".kr").count() == 0 and page.locator(".vers button").count() == 1
        assert page.evaluate(f"() => document.querySelectorAll('#board .writing {_LOADED}').length") == 0
        pictures.take(page, "rewriting-en-light-1360.png", full_page=True)
        asked = len(endpoint.requests)
        page.click("#box .stop-button")
        page.wait_for_selector("text=Everything you said is kept")
        page.wait_for_selector("#box .submit-button")
        page.wait_for_timeout(1_500)
        assert page.locator(".writing").count() == 0 and len(endpoint.requests) == asked
        assert page.inner_text(".state") == stands and page.locator(".vers button").count() == 1

        half = _json(written["en"])[:1200]
        script.answer = stream_of(*[chunk({"content": half[i : i + 100]}) for i in range(0, 1200, 100)],
                                  pause=0.15, then="reset")  # fmt: skip
        at.send("Please word the objective more warmly")
        page.wait_for_selector(".writing .part")
        page.wait_for_selector("#box .submit-button", timeout=60_000)
        page.wait_for_selector(".writing", state="detached")
        assert page.inner_text(".state") == stands and page.locator(".vers button").count() == 1
        assert words.plain("chat.unchanged") in page.inner_text(".msg.bot >> nth=-1")

        warm = _json(written["en"]).replace('"objective": "', '"objective": "Gladly: ', 1)
        script.answer = Answer(warm)
        at.send("Please word the objective more warmly")
        page.wait_for_selector(".vers button >> nth=1")
        assert "Gladly: " in page.inner_text("#board")


def _poisoned(goal: dict[str, Any]) -> dict[str, Any]:
    leak = " ".join(LEAKS)
    return goal | {"title": f"{goal['title']} {leak}", "statement": f"{goal['statement']} {leak}"}


def _json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)
