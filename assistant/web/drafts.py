"""Has a draft written while the page looks on, and puts it on the board. Knows nothing about what was said."""

from __future__ import annotations

import logging
import secrets
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

from assistant.errors import AssistantError
from assistant.goals import MAX_AIM_CHARACTERS, Aim, DraftResult, Language, Passage, Scorecard
from assistant.web import exports, versions
from assistant.web.backend import Backend
from assistant.web.session import Session, Turn, Version
from assistant.web.work import Look, Watch, watched

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

_FIRST_STEP = "read"
_STOPPED: deque[str] = deque(maxlen=1_024)
"""Names of drafts that were stopped lately: their last look may still be on its way to the page."""
_RUNNING: set[str] = set()


async def draft(backend: Backend, session: Session, aim: Aim, instruction: str = "") -> AsyncIterator[Session]:
    """Draft a request; yields the session at every look, at last with the new version or a message."""
    made: Version | None = None
    async for state in watch(session, lambda ear: _drafted(backend, aim, ear, instruction), aim.language):
        if isinstance(state, Session):
            session = state
            yield state
        else:
            made = state
    if made is None:
        return
    session = versions.add(session.resting(), made)
    number = session.versions[-1].number
    yield session.saying(_announcement(made.result, number))


async def watch(session: Session, work: Callable[[Watch], _T], language: Language) -> AsyncIterator[Session | _T]:
    """Yield the session at every look at some work, then what the work returned.

    Where it failed, the last session is at rest and carries a message. Work that was stopped ends without a word.
    """
    run = secrets.token_hex(8)
    session = session.model_copy(update={"steps": (_FIRST_STEP,), "run": run, "written_in": language, "writing": ()})
    _RUNNING.add(run)
    try:
        yield session
        async for news in watched(work, lambda: run in _STOPPED):
            if isinstance(news, Look):
                steps = tuple(dict.fromkeys((_FIRST_STEP, *news.steps)))
                session = session.model_copy(update={"steps": steps, "writing": news.goals})
                yield session
            else:
                yield news
    except Exception as error:
        yield session.resting().saying(complaint(error))
    finally:
        _RUNNING.discard(run)


def running(run: str) -> bool:
    """Whether work of that name is under way in this process."""
    return run in _RUNNING


def give_up(run: str) -> None:
    """End work that no page waits for any longer."""
    if run:
        _STOPPED.append(run)


def stop(session: Session) -> Session:
    """Give up the draft under way; what was said stays."""
    if not session.at_work:
        return session
    _STOPPED.append(session.run)
    return session.resting().saying(Turn(role="assistant", key="chat.stopped"))


def version_of(backend: Backend, aim: Aim, result: DraftResult, instruction: str = "") -> Version:
    """Return a draft with all that the board shows beside it."""
    passages: list[Passage] = []
    for id in _cited(result):
        passage = backend.passage(id)
        if passage is not None:
            passages.append(passage)
    return Version(
        aim=aim,
        result=result,
        instruction=instruction,
        before=_before(backend, aim),
        passages=tuple(passages),
        markdown=backend.markdown(result),
        export_key=exports.keep(result),
    )


def complaint(error: Exception) -> Turn:
    """Return an error as a message; what is no fault of the person's goes into the log."""
    if isinstance(error, AssistantError):
        values = {"limit": f"{MAX_AIM_CHARACTERS:,}"} | {name: str(value) for name, value in error.values.items()}
        return Turn(role="assistant", kind="error", key=f"error.{error.code}", values=values)
    logger.error("The page could not finish a request.", exc_info=error)
    return Turn(role="assistant", kind="error", key="error.internal")


def failed(session: Session) -> bool:
    """Whether the last message is a complaint."""
    return bool(session.turns) and session.turns[-1].kind == "error"


def _drafted(backend: Backend, aim: Aim, ear: Watch, instruction: str) -> Version:
    return version_of(backend, aim, backend.draft(aim, progress=ear.step, partial=ear.goals), instruction)


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
