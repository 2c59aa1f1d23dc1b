"""Says what each button of the page does. Knows nothing about components or markup."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from typing import Any

from assistant.web import following, handlers, versions, writing
from assistant.web.backend import Backend
from assistant.web.session import Form, Session

_LONGEST_PLACE = 6


async def press(backend: Backend, session: Session, form: Form, data: dict[str, Any]) -> AsyncIterator[Session]:
    """Do what a button on the page stands for; while a draft is under way, none does anything."""
    if session.at_work:
        return
    value = str(data.get("value", ""))
    places = [int(part) for part in value.split(":") if part.isdecimal() and len(part) < _LONGEST_PLACE]
    match data.get("act"), places:
        case "answer", [option]:
            states = handlers.answer(backend, session, option, form)
        case "unknown" | "skip", _:
            states = handlers.pass_over(backend, session, all_of_them=data["act"] == "skip")
        case "settle", [conflict, choice]:
            states = handlers.settle(backend, session, conflict, choice, form)
        case "wish", _:
            states = _wished(backend, session, value)
        case "why", _:
            states = following.why(backend, session, value)
        case "edit", _:
            pointer, words = writing.readable(value, data.get("text", ""))
            number = data.get("version")
            states = _later(writing.save(backend, session, pointer, words, number if isinstance(number, int) else 0))
        case "version", [number]:
            states = _at_once(versions.open_version(session, number))
        case "compare", [number]:
            states = _at_once(versions.compare(session, number))
        case "undo" | "redo" as way, _:
            states = _at_once(following.step(session, way))
        case _:
            return
    async for state in states:
        yield state


async def _later(session: Awaitable[Session]) -> AsyncIterator[Session]:
    yield await session


async def _at_once(session: Session) -> AsyncIterator[Session]:
    yield session


async def _wished(backend: Backend, session: Session, wish: str) -> AsyncIterator[Session]:
    """Say what a button stands for as if it were typed; the box keeps what is in it."""
    words = following.instruction(session, wish)
    if words:
        async for state in following.follow_up(backend, session, words, answering=False):
            if state is not None:
                yield state.model_copy(update={"box": None})
