import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from assistant.errors import StorageError
from assistant.web import drafts, handlers, versions
from assistant.web.session import Form, Session
from tests.web.sample import AIMS, FakeBackend


def run(states: AsyncIterator[Session]) -> list[Session]:
    async def collect() -> list[Session]:
        return [state async for state in states]

    return asyncio.run(collect())


def started(backend: FakeBackend, text: str = AIMS["zh-Hans"]) -> Session:
    session = Session(language="zh-Hans", drafter=backend.drafter_line())
    return run(handlers.send(backend, session, text, Form()))[-1]


def test_a_vague_aim_becomes_cards_and_one_question() -> None:
    backend = FakeBackend()
    states = run(handlers.send(backend, Session(drafter=backend.drafter_line()), AIMS["en"], Form()))
    steps = [state.steps for state in states if state.steps]
    assert steps[-1] == ("read", "brief", "search", "write", "check")
    last = states[-1]
    assert last.version is not None and last.version.result.language == "en"
    assert last.pending is not None and [t.kind for t in last.turns] == ["text", "text", "question"]
    assert not last.at_work
    assert [state.box for state in states] == ["", *[None] * (len(states) - 1)]


def test_a_model_is_asked_only_when_the_questions_are_through() -> None:
    backend = FakeBackend(kind="llm")
    session = started(backend)
    assert session.version is None and session.pending is not None
    session = run(handlers.pass_over(backend, session, all_of_them=False))[-1]
    assert session.version is None and session.pending is not None
    session = run(handlers.pass_over(backend, session, all_of_them=False))[-1]
    assert len(session.versions) == 1 and session.pending is None


def test_answers_are_kept_as_context_and_questions_never_repeat() -> None:
    backend = FakeBackend()
    session = started(backend)
    first = session.pending
    session = run(handlers.answer(backend, session, 1, Form()))[-1]
    assert backend.drafts[-1].context == ("大约 60%",)
    assert session.pending is not None and session.pending != first
    session = run(handlers.send(backend, session, "支撑老客户续约", Form()))[-1]
    assert session.pending is None and backend.drafts[-1].context == ("大约 60%", "支撑老客户续约")
    assert len(session.versions) == 3 and session.shown == 2
    assert [each.instruction for each in session.versions] == ["", "大约 60%", "支撑老客户续约"]
    assert [each.parent for each in session.versions] == [0, 1, 2]


def test_at_most_three_questions_are_asked() -> None:
    class Curious(FakeBackend):
        def questions(self, aim: Any) -> Any:
            base = super().questions(aim)[0]
            return tuple(base.model_copy(update={"metric_id": f"m{i}"}) for i in range(9))

    backend = Curious()
    session = started(backend)
    for _ in range(8):
        if session.pending is not None:
            session = run(handlers.pass_over(backend, session, all_of_them=False))[-1]
    assert sum(turn.kind == "question" for turn in session.turns) == 3


def test_a_question_left_open_leads_to_the_next_without_the_same_draft_again() -> None:
    backend = FakeBackend()
    session = run(handlers.pass_over(backend, started(backend), all_of_them=False))[-1]
    assert len(backend.drafts) == 1 and session.pending is not None
    assert [turn.number for turn in session.turns if turn.kind == "question"] == [1, 2]


def test_no_more_questions_means_none() -> None:
    backend = FakeBackend()
    session = run(handlers.pass_over(backend, started(backend), all_of_them=True))[-1]
    assert session.pending is None and session.muted and session.turns[-1].key == "chat.enough"
    session = run(handlers.send(backend, session, "目标改为 88%", Form()))[-1]
    assert session.pending is None and backend.followed == ["目标改为 88%"]


@pytest.mark.parametrize(
    ("text", "key"), [("", "error.empty"), ("  \n", "error.empty"), ("长" * 100_000, "error.too_long")]
)
def test_unusable_text_is_answered_and_stays_in_the_box(text: str, key: str) -> None:
    backend = FakeBackend()
    states = run(handlers.send(backend, Session(language="zh-Hans"), text, Form()))
    assert len(states) == 1 and states[0].turns[-1].key == key
    assert states[0].box == text and not states[0].started and states[0].turns[-1].kind == "error"


def test_a_failed_draft_loses_nothing_and_can_be_sent_again() -> None:
    backend = FakeBackend()
    session = started(backend)
    backend.failure = RuntimeError("secret detail")
    failed = run(handlers.send(backend, session, "目标改为 88%", Form()))[-1]
    assert failed.turns[-1].key == "error.internal" and failed.box == "目标改为 88%"
    assert failed.versions == session.versions and failed.context == session.context and not failed.at_work
    backend.failure = None
    backend.failure = RuntimeError("once more")
    reply = run(handlers.answer(backend, session, 0, Form()))
    assert all(state.box is None for state in reply) and reply[-1].pending == session.pending
    backend.failure = None
    again = run(handlers.send(backend, failed, "目标改为 88%", Form()))[-1]
    assert again.context == () and len(again.versions) == 2 and again.versions[-1].instruction == "目标改为 88%"


def test_errors_for_people_are_named_by_their_code() -> None:
    backend = FakeBackend()
    backend.failure = StorageError("The data folder '/x' cannot be written.", folder="/x")
    session = started(backend)
    assert session.turns[-1].key == "error.storage" and session.box == AIMS["zh-Hans"] and not session.started


def test_a_team_without_an_aim_is_drafted_from_the_form() -> None:
    backend = FakeBackend()
    form = Form(profile="客服 14 人", improve="响应慢\n\n 满意度低 ", resources="两名晚班", count=5)
    session = run(handlers.send(backend, Session(language="zh-Hant", drafter=backend.drafter_line()), "", form))[-1]
    aim = backend.drafts[-1]
    assert aim.team.improve == ("响应慢", "满意度低") and aim.count == 5 and aim.language == "zh-Hant"
    assert session.turns[0].key == "chat.from_form"


@pytest.mark.parametrize(
    ("form", "key"), [(Form(count=99), "error.usage"), (Form(profile="x" * 50_000), "error.too_long")]
)
def test_the_form_is_checked_on_the_server(form: Form, key: str) -> None:
    states = run(handlers.send(FakeBackend(), Session(), AIMS["en"], form))
    assert states[-1].turns[-1].key == key


def test_a_changed_form_drafts_again_and_an_unchanged_one_asks_for_words() -> None:
    backend = FakeBackend()
    session = started(backend)
    same = run(handlers.send(backend, session, "", Form()))[-1]
    assert same.turns[-1].key == "error.empty" and len(backend.drafts) == 1
    changed = run(handlers.send(backend, session, "", Form(resources="两名晚班")))[-1]
    assert len(changed.versions) == 2 and backend.drafts[-1].team.resources == ("两名晚班",)


def test_contradictions_are_settled_by_the_persons_choice() -> None:
    backend = FakeBackend()
    session = run(handlers.send(backend, started(backend), "78%", Form()))[-1]
    assert session.version is not None and session.version.result.conflicts
    settled = run(handlers.settle(backend, session, 0, 1, Form()))[-1]
    assert settled.context[-1] == "78%"
    assert run(handlers.settle(backend, session, 5, 5, Form())) == []


def test_versions_stop_and_new_session() -> None:
    backend = FakeBackend()
    session = run(handlers.answer(backend, started(backend), 0, Form()))[-1]
    assert versions.open_version(session, 1).shown == 0
    assert versions.open_version(session, 9).shown == 1
    busy = session.model_copy(update={"steps": ("read",), "run": "a"})
    assert run(handlers.send(backend, busy, "x", Form())) == []
    assert drafts.stop(busy).turns[-1].key == "chat.stopped" and not drafts.stop(busy).at_work
    fresh = handlers.start_anew(session)
    assert fresh == Session(language="zh-Hans", drafter=backend.drafter_line(), box="")


def test_sessions_do_not_share_words() -> None:
    backend = FakeBackend()

    async def both() -> list[Session]:
        async def one(text: str) -> Session:
            start = Session(drafter=backend.drafter_line())
            return [state async for state in handlers.send(backend, start, text, Form())][-1]

        return list(await asyncio.gather(*(one(AIMS[language]) for language in ("zh-Hans", "en") * 5)))

    for place, session in enumerate(asyncio.run(both())):
        assert session.aim == AIMS[("zh-Hans", "en")[place % 2]] and len(session.versions) == 1
