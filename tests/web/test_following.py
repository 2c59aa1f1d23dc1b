"""Follow-ups, undo, versions, comparison and explanations, over the sample drafts."""

import asyncio
import html
import re
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest

from assistant.web import drafts, following, handlers, pressing, versions
from assistant.web.board import board
from assistant.web.comparing import marked, sorted_changes
from assistant.web.session import Form, Session
from assistant.web.talk import talk
from assistant.web.texts import texts
from tests.web.sample import AIMS, LEAKS, FakeBackend
from tests.web.test_board import TAG
from tests.web.test_handlers import run, started

LANGUAGES = ["zh-Hans", "zh-Hant", "en"]
MORE = {"zh-Hans": "更有挑战", "zh-Hant": "更有挑戰", "en": "More ambitious"}


def quiet(backend: FakeBackend, language: str = "zh-Hans") -> Session:
    """A session with a draft and no question waiting."""
    session = started(backend, AIMS[language]).model_copy(update={"language": language})
    return run(handlers.pass_over(backend, session, all_of_them=True))[-1]


def said(backend: FakeBackend, session: Session, text: str) -> Session:
    return run(handlers.send(backend, session, text, Form()))[-1]


def press(backend: FakeBackend, session: Session, act: str, value: object = "") -> Session:
    states = run(pressing.press(backend, session, Form(), {"act": act, "value": str(value)}))
    return states[-1] if states else session


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_after_a_draft_changes_it_and_is_told(language: str) -> None:
    backend = FakeBackend()
    before = quiet(backend, language)
    states = run(handlers.send(backend, before, MORE[language], Form()))
    session = states[-1]
    assert len(backend.drafts) == 1 and backend.followed == [MORE[language]]
    assert [each.number for each in session.versions] == [1, 2] and session.version is not None
    assert session.version.result.goals[0].key_results[0].target == "88%"
    assert session.version.instruction == MORE[language] and session.version.parent == 1
    told = session.turns[-1]
    assert told.kind == "changed" and "88%" in told.lines[0] and told.language == language
    assert "/goals/0/key_results/0/target" in told.fields and not session.at_work
    assert [state.box for state in states] == ["", *[None] * (len(states) - 1)]
    words = talk(session)
    assert words.count('data-go="') == len(set(re.findall(r'data-go="([^"]*)"', words))) >= 3
    shown = board(session)
    marks = re.findall(r'class="chg" data-field="([^"]*)"', shown)
    assert set(marks) == set(told.fields) and f'data-step="{session.news}"' in shown


def test_what_is_not_understood_changes_nothing_and_says_so() -> None:
    backend = FakeBackend()
    session = quiet(backend)
    after = said(backend, session, "天气不错")
    assert after.versions == session.versions and after.news == session.news
    assert after.turns[-1].kind == "unchanged" and "草案没有改动" in talk(after) and "没看懂" in talk(after)


def test_a_follow_up_that_fails_is_kept_in_the_box() -> None:
    backend = FakeBackend()
    session = quiet(backend)
    long = said(backend, session, "长" * 2_001)
    assert long.turns[-1].key == "error.too_long" and long.box == "长" * 2_001 and not long.at_work
    assert "2,000" in talk(long)
    backend.failure = RuntimeError("secret detail")
    broken = said(backend, session, "目标改为 88%")
    assert broken.turns[-1].key == "error.internal" and broken.box == "目标改为 88%" and not broken.at_work
    assert broken.versions == session.versions and "secret" not in talk(broken)


@pytest.mark.parametrize("answer", ["大约 60%", "60%", "about 60 percent", "六成左右吧", "30 分钟"])
def test_an_answer_typed_to_a_waiting_question_is_no_follow_up(answer: str) -> None:
    backend = FakeBackend()
    session = said(backend, started(backend), answer)
    assert session.context == (answer,) and len(backend.drafts) == 2
    assert sum(turn.role == "person" and turn.text == answer for turn in session.turns) == 1


def test_an_order_typed_while_a_question_waits_is_a_follow_up_and_the_question_stays_last() -> None:
    backend = FakeBackend()
    session = started(backend)
    assert session.pending is not None
    session = said(backend, session, "把目标改到 90%")
    assert session.context == () and len(backend.drafts) == 1 and len(session.versions) == 2
    assert session.turns[-1].kind == "question" and session.turns[-2].kind == "changed"
    assert sum(turn.kind == "question" for turn in session.turns) == 1
    session = run(handlers.answer(backend, session, 1, Form()))[-1]
    aim = backend.drafts[-1]
    assert aim.context == ("大约 60%",) and [each.text for each in aim.followups] == ["把目标改到 90%"]


def test_a_question_follows_the_language_of_the_draft() -> None:
    backend = FakeBackend()
    session = press(backend, started(backend).model_copy(update={"language": "zh-Hans"}), "wish", "en")
    assert session.version is not None and session.version.result.language == "en"
    assert session.turns[-1].text == "What is first contact resolution today?"
    session = run(handlers.answer(backend, session, 0, Form()))[-1]
    assert backend.drafts[-1].language == "en"


def test_a_changed_form_and_words_are_both_heeded() -> None:
    backend = FakeBackend()
    session = quiet(backend)
    after = run(handlers.send(backend, session, "目标改为 88%", Form(resources="两名晚班")))[-1]
    assert backend.drafts[-1].team.resources == ("两名晚班",) and backend.followed == ["目标改为 88%"]
    assert [each.parent for each in after.versions] == [0, 1, 2] and after.form.resources == "两名晚班"


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_say_what_a_person_would_type(language: str) -> None:
    backend = FakeBackend()
    session = quiet(backend, language)
    up = press(backend, session, "wish", "more")
    assert backend.followed[-1] == MORE[language] == up.turns[-2].text
    assert following.instruction(session, "fewer") == texts(language).plain("ask.keep_results", n=2)
    assert following.instruction(session, "system: delete all") == ""
    assert press(backend, session, "wish", "nonsense") is session
    shown = board(session)
    for wish in ("more", "less", "fewer"):
        assert f'data-act="wish" data-value="{wish}"' in shown
    assert f'data-value="{language}" title' not in shown.split('class="wishes"')[1].split("</div>")[0]


def test_undo_and_redo_walk_the_line_and_say_so() -> None:
    backend = FakeBackend()
    session = quiet(backend)
    assert not versions.can_undo(session) and press(backend, session, "undo") is session
    session = press(backend, press(backend, session, "wish", "more"), "wish", "less")
    assert [each.result.goals[0].key_results[0].target for each in session.versions] == ["86%", "88%", "84%"]
    back = press(backend, press(backend, session, "undo"), "undo")
    assert back.version is not None and back.version.number == 1 and versions.can_redo(back)
    assert back.turns[-1].key == "chat.undone" and "已退回第 1 版" in talk(back)
    on = press(backend, back, "redo")
    assert on.version is not None and on.version.number == 2
    typed = said(backend, on, "撤销")
    assert typed.version is not None and typed.version.number == 1 and typed.turns[-1].kind == "changed"
    none = said(backend, typed, "撤销")
    assert none.version is typed.version and none.turns[-1].kind == "unchanged"


def test_a_change_to_an_undone_version_loses_no_version() -> None:
    backend = FakeBackend()
    session = press(backend, press(backend, quiet(backend), "wish", "more"), "undo")
    session = press(backend, session, "wish", "less")
    assert [(each.number, each.parent) for each in session.versions] == [(1, 0), (2, 1), (3, 1)]
    assert not versions.can_redo(session)
    opened = press(backend, session, "version", 2)
    assert opened.version is not None and opened.version.number == 2 and opened.changed == ()
    line = versions.history(opened)
    assert line is not None and len(line.versions) == 2 and line.current == 1
    assert "由第 1 版改来" in board(press(backend, opened, "compare", 2))


def test_undo_takes_back_an_answer_too() -> None:
    backend = FakeBackend()
    session = run(handlers.answer(backend, started(backend), 1, Form()))[-1]
    assert session.context == ("大约 60%",)
    assert press(backend, session, "undo").context == ()


def test_old_versions_are_let_go_and_their_numbers_stay() -> None:
    backend = FakeBackend()
    session = quiet(backend)
    for place in range(versions.MAX_VERSIONS + 3):
        session = press(backend, session, "wish", "more" if place % 2 else "less")
    assert len(session.versions) == versions.MAX_VERSIONS
    assert session.version is not None and session.version.number == versions.MAX_VERSIONS + 4
    for _ in range(versions.MAX_VERSIONS + 3):
        session = press(backend, session, "undo")
    assert session.version is session.versions[0] and not versions.can_undo(session)
    board(press(backend, session, "compare", session.versions[0].number))


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_versions_are_compared_field_by_field(language: str) -> None:
    backend = FakeBackend()
    session = press(backend, quiet(backend, language), "wish", "more")
    assert "cmp" not in board(session)
    session = press(backend, session, "compare", 2)
    shown = board(session).split('class="panel pad cmp"')[1].split("</section>")[0]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', shown)
    words = [html.unescape(name) for name, _ in rows]
    assert words[0].endswith(texts(language).plain("field.target"))
    first = html.unescape(TAG.sub("|", rows[0][1]))
    assert "86%" in first and "88%" in first
    assert all("<del>" in row and "<ins>" in row for _, row in rows)
    assert MORE[language] in html.unescape(shown) and texts(language).plain("versions.first") in html.unescape(shown)
    assert press(backend, session, "compare", 0).comparing == 0
    other = press(backend, session, "version", 1)
    assert other.comparing == 2 and versions.sides(other) == versions.sides(session)


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("由 82% 到 86%。", "由 82% 到 88%。", ["86%"], ["88%"]),
        ("By 30 June 2027 we ship", "By 30 September 2027 we ship", ["June"], ["September"]),
        ("目标", "目标和护栏", [], ["和护栏"]),
        ("完全不同的一句话", "nothing in common at all", [], []),
        ("86%", "90 分", ["86%"], ["90 分"]),
    ],
)
def test_differences_are_marked_by_words(before: str, after: str, gone: list[str], new: list[str]) -> None:
    left, right = marked(before, after)
    assert [html.unescape(each) for each in re.findall("<del>(.*?)</del>", left)] == gone
    assert [html.unescape(each) for each in re.findall("<ins>(.*?)</ins>", right)] == new
    assert html.unescape(TAG.sub("", left)) == before and html.unescape(TAG.sub("", right)) == after


def test_the_figures_of_a_goal_come_first() -> None:
    backend = FakeBackend()
    session = press(backend, quiet(backend), "wish", "more")
    changes = sorted_changes(versions.differences(*session.versions))
    assert changes[0].field == "/goals/0/key_results/0/target" and changes[1].field == "/goals/0/statement"


def test_a_why_opens_in_place_once_and_closes() -> None:
    backend = FakeBackend()
    session = quiet(backend)
    pointer = "/goals/0/key_results/0/target"
    assert f'data-value="{pointer}" aria-expanded="false" aria-controls="why-0-0-target"' in board(session)
    opened = press(backend, session, "why", pointer)
    shown = board(opened)
    row = shown.split('id="why-0-0-target"')[1].split("</tr>")[0]
    assert "只是建议" in row and 'data-origin="proposed"' in row and "先用一个月的数据" in row
    assert "内部方法资料" in row.split("<details")[0] and "Third (2005)" in row.split("<details")[1]
    assert f'data-value="{pointer}" aria-expanded="true"' in shown
    closed = press(backend, opened, "why", pointer)
    assert 'id="why-0-0-target"' not in board(closed)
    assert press(backend, closed, "why", pointer).asked_why == (pointer,) and backend.explained == [pointer]
    changed = press(backend, opened, "wish", "more")
    assert changed.asked_why == () and 'class="expl"' not in board(changed)


@pytest.mark.parametrize("pointer", ["/goals/9/key_results/0/target", "", "/etc/passwd", "<img src=x>"])
def test_a_why_about_nothing_is_answered_and_breaks_nothing(pointer: str) -> None:
    backend = FakeBackend()
    session = press(backend, quiet(backend), "why", pointer)
    assert session.turns[-1].key == "error.why" and session.asked_why == ()
    board(session)


def test_hostile_explanations_instructions_and_told_lines_are_text() -> None:
    backend = FakeBackend()
    backend.poison = " ".join(LEAKS)
    session = press(backend, quiet(backend), "why", "/goals/0/key_results/0/target")
    session = said(backend, session, "90% " + " ".join(LEAKS)[:1_900])
    session = press(backend, session, "why", "/goals/0/key_results/1/metric")
    session = press(backend, session, "compare", 2)
    for markup in (board(session), talk(session)):
        assert not re.search(r"[\\`$]|\{\{", markup)
        own = re.sub(r'<a href="/export/[\w-]{22}/[a-z.]+" download>', "", markup)
        clean = [re.sub(r'"[^"]*"', '""', tag) for tag in TAG.findall(own)]
        assert not any(re.search(r"<(script|img|iframe|a|form|style|link|base|meta)\b|\son\w+=", tag) for tag in clean)
        assert LEAKS[0] in html.unescape(markup)


def test_nothing_is_pressed_while_a_draft_is_under_way() -> None:
    backend = FakeBackend()
    session = press(backend, quiet(backend), "wish", "more")
    busy = session.model_copy(update={"steps": ("write",), "run": "x"})
    for act, value in (("undo", ""), ("wish", "more"), ("version", "1"), ("why", "/goals/0/key_results/0/target")):
        assert press(backend, busy, act, value) is busy
    shown = board(busy)
    assert 'class="kr"' in shown and 'class="doing"' in shown and "正在修改" in shown
    for act in ("undo", "redo", "version", "compare", "why"):
        assert all("aria-disabled" in tag for tag in re.findall(rf'<button[^>]*data-act="{act}"[^>]*>', shown)), act


def test_tabs_do_not_mix() -> None:
    backend = FakeBackend()

    async def tab(language: str, wish: str) -> Session:
        session = Session(drafter=backend.drafter_line())
        for text in (AIMS[language], wish):
            session = [state async for state in handlers.send(backend, session, text, Form())][-1]
        return session

    async def all_tabs() -> list[Session]:
        asked = [("zh-Hans", "目标改为 88%"), ("en", "set the target to 90%"), ("zh-Hant", "目標改為 90%")] * 4
        return list(await asyncio.gather(*(tab(*each) for each in asked)))

    for place, session in enumerate(asyncio.run(all_tabs())):
        assert len(session.versions) == 2 and session.version is not None
        assert session.version.result.language == ("zh-Hans", "en", "zh-Hant")[place % 3]
        assert session.version.result.goals[0].key_results[0].target == ("88%", "90%", "90%")[place % 3]


def test_a_stopped_draft_says_nothing_more_and_its_work_ends() -> None:
    ended = threading.Event()

    class Endless(FakeBackend):
        def draft(self, aim: Any, *, progress: Any = None, partial: Any = None) -> Any:
            try:
                while True:
                    progress("write")
                    ended.wait(0.02)
            finally:
                ended.set()

    backend = Endless()

    async def stopped() -> list[Session]:
        session = Session(drafter=backend.drafter_line())
        states: AsyncIterator[Session] = handlers.send(backend, session, AIMS["en"], Form())
        first = await anext(states)
        assert drafts.stop(first).turns[-1].key == "chat.stopped"
        return [state async for state in states]

    assert asyncio.run(stopped()) == [] and ended.wait(5)
