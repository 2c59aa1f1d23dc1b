"""What happens when a person sends, answers, skips or starts anew: session in, sessions out.

Knows nothing about components or markup.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TypeVar

from assistant.errors import AssistantError, TooLong, UsageError
from assistant.goals import MAX_AIM_CHARACTERS, MAX_CONTEXT_CHARACTERS, Aim, DraftResult, LintReport, Passage, Scorecard
from assistant.web.backend import Backend
from assistant.web.session import MAX_QUESTIONS, Form, Session, Turn, Version, question_key

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

MAX_CHECKED_CHARACTERS = 40_000
MAX_GOALS = 10
_MAX_TURNS = 200
_MAX_VERSIONS = 20
_FIRST_STEP = "read"
_POOL = ThreadPoolExecutor(max_workers=16, thread_name_prefix="draft")


async def send(
    backend: Backend, session: Session, text: str, form: Form, *, typed: bool = True
) -> AsyncIterator[Session]:
    """Take an aim, an answer or an addition; yields the session at every step until the board is current.

    Text typed into the box leaves it once, with the first session, so that what is typed meanwhile stays; on an error
    the last session carries a message and `box` holds the text again.
    """
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
        aim = await _aim(backend, session, aim_text, context)
    except Exception as error:
        said = Turn(role="person", text=shown[:200] + ("…" if len(shown) > 200 else ""))
        turns = (said, _complaint(error)) if shown else (_complaint(error),)
        yield session.saying(*turns).model_copy(update={"box": text if typed else None})
        return
    turn = Turn(role="person", text=shown) if shown else Turn(role="person", key="chat.from_form")
    session = session.saying(turn).model_copy(
        update={"aim": aim_text, "started": True, "context": context, "pending": None}
    )
    async for state in _advance(backend, session, aim):
        if _failed(state):
            kept = {name: getattr(before, name) for name in ("aim", "started", "context", "pending")}
            state = state.model_copy(update=kept | {"box": text if typed else None})
        yield state.model_copy(update={"box": state.box or session.box})
        session = session.model_copy(update={"box": None})


async def answer(backend: Backend, session: Session, option: int, form: Form) -> AsyncIterator[Session]:
    """Answer the waiting question with one of its options, by place in the list."""
    question = session.pending
    if question is None or not 0 <= option < len(question.options):
        return
    async for state in send(backend, session, question.options[option], form, typed=False):
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
        aim = await _aim(backend, session, session.aim, session.context)
    except Exception as error:
        yield session.saying(_complaint(error))
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
        async for state in send(backend, session, words, form, typed=False):
            yield state


def show_version(session: Session, number: int) -> Session:
    """Put an earlier version on the board, by its place from 0."""
    if 0 <= number < len(session.versions):
        return session.model_copy(update={"shown": number})
    return session


def stop(session: Session) -> Session:
    """Give up the draft under way; what was said stays."""
    if not session.at_work:
        return session
    return session.saying(Turn(role="assistant", key="chat.stopped")).model_copy(update={"steps": ()})


def start_anew(session: Session) -> Session:
    """Forget the conversation; the interface language stays."""
    return Session(language=session.language, drafter=session.drafter, box="")


async def check(backend: Backend, text: str, today: date) -> LintReport | Turn | None:
    """Judge pasted goals; None for an empty text, a message where they cannot be judged."""
    if not text.strip():
        return None
    if len(text) > MAX_CHECKED_CHARACTERS:
        return Turn(
            role="assistant", kind="error", key="error.too_long", values={"limit": f"{MAX_CHECKED_CHARACTERS:,}"}
        )
    try:
        return await _in_thread(lambda: backend.lint(text, today=today))
    except Exception as error:
        return _complaint(error)


async def _aim(backend: Backend, session: Session, text: str, context: tuple[str, ...]) -> Aim:
    form = session.form
    if form.count is not None and not 1 <= form.count <= MAX_GOALS:
        raise UsageError(f"The number of goals {str(form.count)!r} is not between 1 and {MAX_GOALS}.")
    if sum(map(len, (*context, *form.model_dump(exclude={"count"}).values()))) > MAX_CONTEXT_CHARACTERS:
        raise TooLong("The additions are too long.", limit=f"{MAX_CONTEXT_CHARACTERS:,}")
    return await _in_thread(
        lambda: backend.make_aim(text, team=form.team(), context=context, count=form.count, interface=session.language)
    )


async def _advance(backend: Backend, session: Session, aim: Aim) -> AsyncIterator[Session]:
    """Draft what can be drafted and ask what is worth asking, in the order that costs the person least.

    The offline drafter is at hand at once, so the board follows every answer; a model is asked when the questions are
    through. What changes nothing is not drafted again.
    """
    try:
        asked = await _with_next_question(backend, session, aim)
    except Exception as error:
        yield session.saying(_complaint(error))
        return
    if session.versions and session.versions[-1].aim == aim:
        yield asked if asked.pending else session.saying(Turn(role="assistant", key="chat.enough"))
        return
    if asked.pending is not None and session.drafter is not None and session.drafter.kind == "llm":
        yield asked
        return
    async for state in _draft(backend, session, aim):
        session = state
        yield state
    if _failed(session) or asked.pending is None:
        return
    yield session.saying(asked.turns[-1]).model_copy(update={"asked": asked.asked, "pending": asked.pending})


async def _with_next_question(backend: Backend, session: Session, aim: Aim) -> Session:
    if session.muted or len(session.asked) >= MAX_QUESTIONS:
        return session
    questions = await _in_thread(lambda: backend.questions(aim))
    fresh = next((question for question in questions if question_key(question) not in session.asked), None)
    if fresh is None:
        return session
    number = len(session.asked) + 1
    turn = Turn(role="assistant", kind="question", text=fresh.text, why=fresh.why, number=number)
    return session.saying(turn).model_copy(update={"pending": fresh, "asked": (*session.asked, question_key(fresh))})


async def _draft(backend: Backend, session: Session, aim: Aim) -> AsyncIterator[Session]:
    loop = asyncio.get_running_loop()
    steps: asyncio.Queue[str | None] = asyncio.Queue()

    def tell(step: str) -> None:
        loop.call_soon_threadsafe(steps.put_nowait, step)

    session = session.model_copy(update={"steps": (_FIRST_STEP,)})
    yield session
    work = loop.run_in_executor(_POOL, lambda: _version(backend, aim, tell))
    work.add_done_callback(lambda _: steps.put_nowait(None))
    while (step := await steps.get()) is not None:
        if step not in session.steps and step != "done":
            session = session.model_copy(update={"steps": (*session.steps, step)})
            yield session
    session = session.model_copy(update={"steps": ()})
    try:
        version = await work
    except Exception as error:
        yield session.saying(_complaint(error))
        return
    versions = (*session.versions, version)[-_MAX_VERSIONS:]
    turns = (*session.turns, _announcement(version.result, len(versions)))[-_MAX_TURNS:]
    yield session.model_copy(update={"versions": versions, "shown": len(versions) - 1, "turns": turns})


def _version(backend: Backend, aim: Aim, tell: Callable[[str], None]) -> Version:
    result = backend.draft(aim, progress=tell)
    passages: list[Passage] = []
    for id in _cited(result):
        passage = backend.passage(id)
        if passage is not None:
            passages.append(passage)
    return Version(
        aim=aim,
        result=result,
        before=_before(backend, aim),
        passages=tuple(passages),
        markdown=backend.markdown(result),
    )


def _cited(result: DraftResult) -> Iterator[str]:
    seen: set[str] = set()
    ids = [citation.id for citation in result.citations]
    ids += [n.evidence.source.removeprefix("passage:") for n in result.numbers if n.evidence.source[:8] == "passage:"]
    for id in ids:
        if id not in seen:
            seen.add(id)
            yield id


def _before(backend: Backend, aim: Aim) -> Scorecard | None:
    """Return the scorecard of the person's own words, for the dashed line; the words of several goals have none."""
    if not aim.text.strip():
        return None
    try:
        goals = backend.lint(aim.text, today=aim.today).goals
    except AssistantError:
        return None
    return goals[0].scorecard if len(goals) == 1 else None


def _announcement(result: DraftResult, number: int) -> Turn:
    if result.status == "refused":
        return Turn(role="assistant", kind="error", key="chat.refused")
    key = {"ready": "chat.ready", "with_findings": "chat.with_findings", "needs_input": "chat.needs_input"}
    if not any(finding.severity in ("error", "warning") for finding in result.verdict.findings):
        key["with_findings"] = "chat.blocked"
    values = {"goals": str(len(result.goals)), "version": str(number), "score": str(result.verdict.score)}
    return Turn(role="assistant", key=key[result.status], values=values)


def _complaint(error: Exception) -> Turn:
    if isinstance(error, AssistantError):
        values = {"limit": f"{MAX_AIM_CHARACTERS:,}"} | {name: str(value) for name, value in error.values.items()}
        return Turn(role="assistant", kind="error", key=f"error.{error.code}", values=values)
    logger.error("The page could not finish a request.", exc_info=error)
    return Turn(role="assistant", kind="error", key="error.internal")


def _failed(session: Session) -> bool:
    return bool(session.turns) and session.turns[-1].kind == "error"


async def _in_thread(work: Callable[[], _T]) -> _T:
    return await asyncio.get_running_loop().run_in_executor(_POOL, work)
