"""Goals while a model writes them: shown as text, marked as unchecked, replaced by the judged draft."""

import asyncio
import html
import re
from collections.abc import AsyncIterator

import pytest

from assistant.goals import PartialGoal
from assistant.web import drafts, handlers
from assistant.web.board import board
from assistant.web.session import Form, Session
from assistant.web.texts import texts
from tests.web.sample import AIMS, LEAKS, FakeBackend
from tests.web.test_board import TAG
from tests.web.test_escape import HOSTILE

LANGUAGES = ["zh-Hans", "zh-Hant", "en"]


def writing(*goals: PartialGoal, language: str = "en") -> str:
    return board(Session(language=language, steps=("read", "write"), writing=goals, written_in=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_partial_goals_are_marked_as_not_checked(language: str) -> None:
    markup = writing(PartialGoal(title="T", statement="S", key_results=("one", "two")), language=language)
    assert texts(language).html("board.writing") in markup and texts(language).html("board.writing_why") in markup
    assert 'aria-busy="true"' in markup and 'data-origin="' not in markup and 'class="score"' not in markup
    assert "/ 100" not in markup and "data-act=" not in markup
    assert re.search(rf'<h3 lang="{language}">T</h3>', markup) and markup.count("caret") == 1


@pytest.mark.parametrize("poison", [*HOSTILE, *LEAKS])
def test_partial_text_is_text(poison: str) -> None:
    for length in (len(poison), len(poison) // 2, 3):
        part = poison[:length]
        markup = writing(PartialGoal(title=part, statement=part, key_results=(part, part)))
        assert not re.search(r"[\\`$]|\{\{|\u2028", markup)
        clean = [re.sub(r'"[^"]*"', '""', tag) for tag in TAG.findall(markup)]
        assert not any(re.search(r"<(script|img|svg|iframe|a|form|style|link|base|meta)\b|\son\w+=", t) for t in clean)
        assert html.unescape(TAG.sub("", markup)).count(part) >= 4


def test_growing_text_keeps_the_elements_that_stand() -> None:
    """What grows changes text inside elements; the elements before it stay the same, so nothing jumps."""
    states = [
        PartialGoal(title="A title", statement="", key_results=()),
        PartialGoal(title="A title", statement="A state", key_results=()),
        PartialGoal(title="A title", statement="A statement", key_results=("one",)),
        PartialGoal(title="A title", statement="A statement", key_results=("one", "two")),
    ]
    heads = {re.search(r"<section.*?<h3", writing(each))[0] for each in states}  # type: ignore[index]
    assert len(heads) == 1
    shapes = [re.findall(r"<(h3|p class=.state.|ol class=.pkr.)", writing(each)) for each in states]
    assert all(shape == shapes[0] for shape in shapes)


def test_a_model_shows_its_goals_and_the_judged_draft_takes_their_place() -> None:
    backend = FakeBackend(pause=0.4, kind="llm")
    backend.written = tuple(
        (PartialGoal(title="Happy customers"[:size], statement="", key_results=()),) for size in (5, 10, 15)
    )
    session = Session(language="en", drafter=backend.drafter_line(), muted=True)

    async def collect() -> list[Session]:
        return [state async for state in handlers.send(backend, session, AIMS["en"], Form())]

    states = asyncio.run(collect())
    seen = [state.writing[0].title for state in states if state.writing]
    assert seen[:1] == ["Happy"] and "Happy customers" in seen and all(s.at_work for s in states if s.writing)
    assert states[-1].writing == () and states[-1].version is not None and not states[-1].at_work
    assert 'class="kr"' in board(states[-1]) and texts("en").html("board.writing") not in board(states[-1])


def test_a_restarted_stream_goes_back_to_the_outline() -> None:
    assert "sk big" in writing() and "caret" not in writing()


def revised(backend: FakeBackend, *, ended: RuntimeError | None = None) -> list[Session]:
    """The states of a follow-up on a model's draft; the model writes in three steps, then goes on or fails."""
    session = Session(language="en", drafter=backend.drafter_line(), muted=True)
    backend.failure = None

    async def collect(states: AsyncIterator[Session]) -> list[Session]:
        return [state async for state in states]

    session = asyncio.run(collect(handlers.send(backend, session, AIMS["en"], Form())))[-1]
    backend.pause = 0.4
    backend.written = tuple(
        (PartialGoal(title="A better title"[:size], statement="", key_results=(), language="zh-Hant"),)
        for size in (5, 10, 14)
    )
    backend.failure = ended
    return [session, *asyncio.run(collect(handlers.send(backend, session, "More ambitious", Form())))]


def test_a_follow_up_shows_the_next_version_as_it_grows_and_keeps_the_one_that_stands() -> None:
    before, *states = revised(FakeBackend(kind="llm"))
    seen = [state for state in states if state.writing]
    assert [state.writing[0].title for state in seen][:1] == ["A bet"] and all(state.at_work for state in seen)
    shown, words = board(seen[-1]), texts("en")
    assert "A better title" in shown and words.html("board.rewriting_why", n=1) in shown
    assert words.html("board.writing") in shown and words.html("board.changing") in shown and 'lang="zh-Hant"' in shown
    assert 'class="kr"' not in shown and 'data-act="version" data-value="1"' in shown
    assert shown.count('role="status"') == 1
    undo = re.search(r'<button[^>]*data-act="undo"[^>]*>', shown)
    assert undo is not None and "aria-disabled" in undo[0]
    assert seen[-1].versions == before.versions
    last = states[-1]
    assert len(last.versions) == 2 and not last.writing and 'class="kr"' in board(last)
    assert words.html("board.writing") not in board(last)


def test_a_follow_up_that_fails_while_it_is_written_leaves_the_version_that_stands() -> None:
    before, *states = revised(FakeBackend(kind="llm"), ended=RuntimeError("cut"))
    assert any(state.writing for state in states)
    last = states[-1]
    assert last.versions == before.versions and not last.at_work and last.writing == ()
    assert last.box == "More ambitious" and last.turns[-1].kind == "error"
    assert 'class="kr"' in board(last) and board(last) == board(before)


def test_a_follow_up_can_be_stopped_while_it_is_written() -> None:
    backend = FakeBackend(kind="llm")
    before = revised(backend)[0]

    async def until_stopped() -> tuple[Session, list[Session]]:
        late: list[Session] = []
        stopped: Session | None = None
        async for state in handlers.send(backend, before, "More ambitious", Form()):
            if stopped is not None:
                late.append(state)
            elif state.writing:
                stopped = drafts.stop(state)
        assert stopped is not None
        return stopped, late

    backend.followed.clear()
    stopped, late = asyncio.run(until_stopped())
    assert late == [] and not stopped.at_work and stopped.versions == before.versions
    assert stopped.turns[-1].key == "chat.stopped" and board(stopped) == board(before)
    assert backend.followed == []
