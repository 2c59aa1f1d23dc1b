"""What happens to the draft that stands: follow-ups, undo and redo, versions, comparison, "why?".

Knows nothing about components or markup.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from assistant.errors import AssistantError
from assistant.goals import LANGUAGES, History, Revised
from assistant.web import drafts, versions
from assistant.web.backend import Backend
from assistant.web.session import Session, Turn, Version, question_key
from assistant.web.texts import texts
from assistant.web.work import Watch, in_thread

FEWEST_RESULTS = 2
_VALUES = {"target", "baseline", "deadline", "owner"}
_BARE = re.compile(
    r"(?:大约|大約|大概|约|約|差不多|将近|將近|about|around|roughly|some|~)?\s*[\d.,]+\s*[^\W\d]{0,8}[%％]?\s*(?:percent)?"
    r"(?:左右|上下|吧)?[.。!！]?",
    re.IGNORECASE,
)
"""A figure and nothing else: what an answer looks like."""
_ORDER = re.compile(
    r"[改調调换換设設定延推提]|缩短|縮短|目标|目標|基线|基準|期限|截止|\b(?:target|baseline|deadline|owner|change|set|make|move"
    r"|push|raise|lower|bring|cut)\b",
    re.IGNORECASE,
)
"""Words of an order rather than of an answer."""

Done = tuple[History, Revised, Version | None]


async def follow_up(
    backend: Backend, session: Session, text: str, *, answering: bool = True
) -> AsyncIterator[Session | None]:
    """Do what was said about the draft; yields None at last where it answers the waiting question instead.

    Args:
        backend: the assistant.
        session: the session, with a draft.
        text: the words.
        answering: whether they may be an answer, as typed words may.
    """
    said, line = text.strip(), versions.history(session)
    if line is None or session.at_work:
        return
    answering = answering and session.pending is not None
    if answering and _BARE.fullmatch(said):
        yield None
        return
    session = session.saying(Turn(role="person", text=said)).model_copy(update={"box": ""})
    done: Done | None = None
    async for state in drafts.watch(
        session, lambda ear: _followed(backend, line, said, ear), line.version.aim.language
    ):
        if not isinstance(state, Session):
            done = state
            continue
        box = text if drafts.failed(state) else session.box
        yield state.model_copy(update={"box": box})
        session = state.model_copy(update={"box": None})
    if done is None:
        return
    if answering and _answers(done[1]):
        yield None
        return
    session = _told(session.resting(), *done)
    yield await asked_again(backend, session)


def instruction(session: Session, wish: str) -> str:
    """Return the words that a button stands for, in the interface language; '' where there is no such button."""
    words = texts(session.language)
    if wish in ("more", "less"):
        return words.plain(f"ask.{wish}")
    if wish == "fewer" and (most := most_results(session)) > FEWEST_RESULTS:
        return words.plain("ask.keep_results", n=most - 1)
    return words.plain(f"ask.to_{wish}") if wish in LANGUAGES else ""


def most_results(session: Session) -> int:
    """Return how many key results the fullest goal on the board has; 0 without a draft."""
    version = session.version
    return max((len(goal.key_results) for goal in version.result.goals), default=0) if version else 0


def step(session: Session, way: str) -> Session:
    """Undo or redo on the press of a button."""
    moved = versions.undo(session) if way == "undo" else versions.redo(session)
    if moved is session or moved.version is None:
        return session
    key = "chat.undone" if way == "undo" else "chat.redone"
    return moved.saying(_change(moved, key=key))


async def why(backend: Backend, session: Session, pointer: str) -> AsyncIterator[Session]:
    """Open the explanation of a value in its place, or close it."""
    version = session.version
    if version is None:
        return
    if pointer in session.asked_why:
        rest = tuple(each for each in session.asked_why if each != pointer)
        yield session.model_copy(update={"asked_why": rest})
        return
    opened = session.model_copy(update={"asked_why": (*session.asked_why, pointer)})
    if pointer in version.explanations:
        yield opened
        return
    try:
        found = await in_thread(lambda: backend.explain(version.result, pointer))
    except Exception as error:
        if not isinstance(error, AssistantError):
            drafts.complaint(error)
        yield session.saying(Turn(role="assistant", kind="error", key="error.why"))
        return
    known = version.model_copy(update={"explanations": {**version.explanations, pointer: found}})
    kept = tuple(known if each.number == version.number else each for each in opened.versions)
    yield opened.model_copy(update={"versions": kept})


def _followed(backend: Backend, line: History, said: str, ear: Watch) -> Done:
    history, revised = backend.follow_up(line, said, progress=ear.step, partial=ear.goals)
    made = None
    if revised.step is None and history.current != line.current:
        made = drafts.version_of(backend, revised.aim, revised.result, said)
    return history, revised, made


def _answers(revised: Revised) -> bool:
    """Whether words typed while a question waits are its answer rather than a follow-up."""
    if revised.not_understood:
        return True
    bare = all(each.kind in _VALUES and not each.named for each in revised.changes)
    return bool(revised.changes) and bare and not any(_ORDER.search(each.text) for each in revised.changes)


def _told(session: Session, history: History, revised: Revised, made: Version | None) -> Session:
    """Return the session after a follow-up, with what it did as a message."""
    if made is not None:
        moved = versions.add(session, made)
    elif revised.step is not None:
        moved = versions.undo(session) if revised.step == "undo" else versions.redo(session)
    else:
        moved = session
    language = revised.result.language
    if moved is not session:
        return moved.saying(_change(moved, lines=revised.told))
    answered = any(each.kind == "explain" for each in revised.changes) and not revised.refused
    turn = Turn(role="assistant", kind="text" if answered else "unchanged", lines=revised.told, language=language)
    return session.saying(turn)


def _change(moved: Session, *, key: str = "", lines: tuple[str, ...] = ()) -> Turn:
    """Return the message about a step from one version to another."""
    version = moved.version
    assert version is not None
    return Turn(
        role="assistant",
        kind="changed",
        key=key,
        lines=lines,
        language=version.result.language,
        fields=() if key else tuple(each.field for each in moved.changed if each.kind != "removed"),
        version=version.number,
        values={
            "version": str(version.number),
            "score": str(version.result.verdict.score),
            "goals": str(len(version.result.goals)),
        },
    )


async def asked_again(backend: Backend, session: Session) -> Session:
    """Return the session with the waiting question as the last message, if it is still worth asking."""
    waiting, version = session.pending, session.version
    if waiting is None or version is None:
        return session
    try:
        questions = await in_thread(lambda: backend.questions(version.aim))
    except Exception as error:
        drafts.complaint(error)
        questions = ()
    fresh = next((each for each in questions if question_key(each) == question_key(waiting)), None)
    if fresh is None:
        return session.model_copy(update={"pending": None})
    old = next((turn for turn in session.turns if turn.kind == "question" and turn.text == waiting.text), None)
    if old is None:
        return session
    turns = tuple(turn for turn in session.turns if turn is not old)
    again = old.model_copy(update={"text": fresh.text, "why": fresh.why})
    return session.model_copy(update={"turns": (*turns, again), "pending": fresh})
