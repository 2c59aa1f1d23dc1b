"""What happens when a person sends, answers, skips or starts anew: session in, sessions out.

Knows nothing about components or markup.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from assistant.errors import TooLong, UsageError
from assistant.goals import MAX_CONTEXT_CHARACTERS, Aim
from assistant.web import drafts, following
from assistant.web.backend import Backend
from assistant.web.drafts import complaint, failed
from assistant.web.session import MAX_QUESTIONS, Form, Session, Turn, question_key
from assistant.web.work import in_thread

MAX_GOALS = 10
_SHOWN_OF_REFUSED = 200


async def send(backend: Backend, session: Session, text: str, form: Form) -> AsyncIterator[Session]:
    """Take what was typed: an aim before the first draft, afterwards a follow-up or the answer to a question.

    Text leaves the box once, with the first session, so that what is typed meanwhile stays; on an error the last
    session carries a message and `box` holds the text again.
    """
    if session.at_work:
        return
    if session.version is None or not text.strip():
        async for state in _add(backend, session, text, form, typed=True):
            yield state
        return
    if form != session.form:
        async for state in _add(backend, session, "", form, typed=False, asking=False):
            session = state
            yield state
        if failed(session) or session.at_work:
            return
    async for told in following.follow_up(backend, session, text):
        if told is not None:
            yield told
            continue
        async for state in _add(backend, session, text, form, typed=True):
            yield state


async def answer(backend: Backend, session: Session, option: int, form: Form) -> AsyncIterator[Session]:
    """Answer the waiting question with one of its options, by place in the list."""
    question = session.pending
    if question is None or not 0 <= option < len(question.options):
        return
    async for state in _add(backend, session, question.options[option], form, typed=False):
        yield state


async def pass_over(backend: Backend, session: Session, *, all_of_them: bool) -> AsyncIterator[Session]:
    """Leave the waiting question open, or all further ones."""
    if session.pending is None or session.at_work:
        return
    key = "chat.skip" if all_of_them else "chat.unknown"
    session = session.saying(Turn(role="person", key=key)).model_copy(
        update={"pending": None, "muted": session.muted or all_of_them}
    )
    try:
        aim = await _aim(backend, session, session.aim, session.context, session.form)
    except Exception as error:
        yield session.saying(complaint(error))
        return
    async for state in _advance(backend, session, aim):
        yield state


async def settle(backend: Backend, session: Session, conflict: int, value: int, form: Form) -> AsyncIterator[Session]:
    """Say which of two contradicting values holds, by their places in the version on the board."""
    version = session.version
    if version is None:
        return
    with contextlib.suppress(IndexError):
        words = version.result.conflicts[conflict].values[value].text
        async for state in _add(backend, session, words, form, typed=False):
            yield state


def start_anew(session: Session) -> Session:
    """Forget the conversation; the interface language stays."""
    return Session(language=session.language, drafter=session.drafter, box="")


async def _add(
    backend: Backend, session: Session, text: str, form: Form, *, typed: bool, asking: bool = True
) -> AsyncIterator[Session]:
    """Take an aim, an answer, an addition or a changed form into the request and draft it."""
    if session.at_work:
        return
    before = session
    session = session.model_copy(update={"form": form, "box": "" if typed else None})
    context, aim_text, shown = session.context, session.aim, text.strip()
    if session.started:
        if shown:
            context = (*context, shown)
        elif form == before.form:
            yield session.saying(Turn(role="assistant", kind="error", key="error.empty"))
            return
    else:
        aim_text = text
    try:
        aim = await _aim(backend, session, aim_text, context, before.form)
    except Exception as error:
        said = Turn(role="person", text=shown[:_SHOWN_OF_REFUSED] + ("…" if len(shown) > _SHOWN_OF_REFUSED else ""))
        turns = (said, complaint(error)) if shown else (complaint(error),)
        yield session.saying(*turns).model_copy(update={"box": text if typed else None})
        return
    turn = Turn(role="person", text=shown) if shown else Turn(role="person", key="chat.from_form")
    session = session.saying(turn).model_copy(
        update={"aim": aim_text, "started": True, "context": context, "pending": None}
    )
    async for state in _advance(backend, session, aim, shown if before.started else "", asking=asking):
        if failed(state):
            kept = {name: getattr(before, name) for name in ("aim", "started", "context", "pending")}
            state = state.model_copy(update=kept | {"box": text if typed else None})
        yield state.model_copy(update={"box": state.box or session.box})
        session = session.model_copy(update={"box": None})


async def _aim(backend: Backend, session: Session, text: str, context: tuple[str, ...], before: Form) -> Aim:
    """Return the request with all that was said; what follow-ups asked for stays, in the language of the draft."""
    form = session.form
    if form.count is not None and not 1 <= form.count <= MAX_GOALS:
        raise UsageError(f"The number of goals {str(form.count)!r} is not between 1 and {MAX_GOALS}.")
    if sum(map(len, (*context, *form.model_dump(exclude={"count"}).values()))) > MAX_CONTEXT_CHARACTERS:
        raise TooLong("The additions are too long.", limit=f"{MAX_CONTEXT_CHARACTERS:,}")
    aim = await in_thread(
        lambda: backend.make_aim(text, team=form.team(), context=context, count=form.count, interface=session.language)
    )
    if session.version is None:
        return aim
    stands = session.version.aim
    count = stands.count if form.count in (None, before.count) else aim.count
    return aim.model_copy(update={"followups": stands.followups, "language": stands.language, "count": count})


async def _advance(
    backend: Backend, session: Session, aim: Aim, instruction: str = "", *, asking: bool = True
) -> AsyncIterator[Session]:
    """Draft what can be drafted and ask what is worth asking, in the order that costs the person least.

    The offline drafter is at hand at once, so the board follows every answer; a model is asked when the questions are
    through. What changes nothing is not drafted again.
    """
    try:
        asked = await _with_next_question(backend, session, aim) if asking else session
    except Exception as error:
        yield session.saying(complaint(error))
        return
    if session.version is not None and session.version.aim == aim:
        yield asked if asked.pending else session.saying(Turn(role="assistant", key="chat.enough"))
        return
    if asked.pending is not None and session.drafter is not None and session.drafter.kind == "llm":
        yield asked
        return
    async for state in drafts.draft(backend, session, aim, instruction):
        session = state
        yield state
    if session.at_work or failed(session) or asked.pending is None:
        return
    yield session.saying(asked.turns[-1]).model_copy(update={"asked": asked.asked, "pending": asked.pending})


async def _with_next_question(backend: Backend, session: Session, aim: Aim) -> Session:
    if session.muted or len(session.asked) >= MAX_QUESTIONS:
        return session
    questions = await in_thread(lambda: backend.questions(aim))
    fresh = next((question for question in questions if question_key(question) not in session.asked), None)
    if fresh is None:
        return session
    number = len(session.asked) + 1
    turn = Turn(role="assistant", kind="question", text=fresh.text, why=fresh.why, number=number)
    return session.saying(turn).model_copy(update={"pending": fresh, "asked": (*session.asked, question_key(fresh))})
