"""What the tab of checks remembers, and what happens in it: state in, state out.

Knows nothing about components or markup. The text box in the browser is the master: every event brings its text along,
and a text for the box goes back only with `put`.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import Literal

from assistant.errors import AssistantError, InputError, NoGoalColumn
from assistant.goals.base import Model
from assistant.goals.checklist import CheckedList
from assistant.web.arrivals import Arrivals
from assistant.web.library.reading import Lists
from assistant.web.session import Turn

logger = logging.getLogger(__name__)

MAX_CHARACTERS = 40_000
_PASTED = "text"
_LONGEST_NAME = 80
Only = Literal["all", "error", "warning", "info"]


class Looking(Model):
    """Everything of one browser tab; replaced, never changed.

    Attributes:
        ticket: under which the browser sends a file.
        text: what stood in the box at the last event.
        name: the name by which the text is read; that of a file as long as its first line stands in the box.
        file: the file's own name, for showing; '' for what was pasted.
        checked: its judgement; None where there is nothing to judge or it could not be judged.
        trouble: why not.
        only: the severity that is shown.
        put: what is to stand in the box; None to leave it.
        step: counts what was put into the box, so that the page does so once.
        told: what a press came to, for the eye and for screen readers.
    """

    ticket: str = ""
    text: str = ""
    name: str = _PASTED
    file: str = ""
    checked: CheckedList | None = None
    trouble: Turn | None = None
    only: Only = "all"
    put: str | None = None
    step: int = 0
    told: Turn | None = None


def acted(lists: Lists, arrivals: Arrivals, at: Looking, act: str, value: str, text: str, today: date) -> Looking:
    """Return the state after a press, a pick or a pause in typing; `text` is what stands in the box."""
    if act == "lint" and text == at.text and (at.checked or at.trouble):
        return at.model_copy(update={"put": None})
    at = at.model_copy(update={"put": None, "told": None})
    match act:
        case "only" if value in ("all", "error", "warning", "info"):
            return at.model_copy(update={"only": value})
        case "refused":
            key = "check.too_large" if value == "413" else "check.not_arrived"
            return at.model_copy(update={"told": _trouble(key)})
        case "file":
            return _file(lists, arrivals, at, today)
        case "safe":
            return _mended(lists, at, text, today, None)
        case "fix":
            places = value.split(":")
            if len(places) == 2 and all(place.isdecimal() and len(place) < 6 for place in places):
                return _mended(lists, at, text, today, (int(places[0]), int(places[1])))
            return at
        case "lint":
            return judged(lists, at, text, today)
    return at


def judged(lists: Lists, at: Looking, text: str, today: date) -> Looking:
    """Return the state with a text and its judgement."""
    name, file = (at.name, at.file) if _first_line(text) == _first_line(at.text) else (_PASTED, "")
    at = at.model_copy(update={"text": text[: MAX_CHARACTERS + 1], "name": name, "file": file})
    if not text.strip():
        return at.model_copy(update={"checked": None, "trouble": None, "name": _PASTED, "file": ""})
    if len(text) > MAX_CHARACTERS:
        trouble = _trouble("check.too_long", limit=f"{MAX_CHARACTERS:,}")
        return at.model_copy(update={"checked": None, "trouble": trouble})
    try:
        found = lists.check_goals(text, today=today, name=name)
    except Exception as error:
        return at.model_copy(update={"checked": None, "trouble": complaint(error)})
    return at.model_copy(update={"checked": found, "trouble": None})


def complaint(error: Exception) -> Turn:
    """Return an error as a message of the tab; what is no fault of the person's goes into the log."""
    if isinstance(error, NoGoalColumn):
        return _trouble("check.no_column")
    if isinstance(error, InputError):
        if error.code in ("empty", "too_long"):
            key = "check.empty_file" if error.code == "empty" else "check.too_long"
            return _trouble(key, limit=f"{MAX_CHARACTERS:,}")
        return _trouble("check.unreadable", reason=str(error))
    if not isinstance(error, AssistantError):
        logger.error("The page could not check a list.", exc_info=error)
    return _trouble("check.failed")


def _mended(lists: Lists, at: Looking, text: str, today: date, only: tuple[int, int] | None) -> Looking:
    """Apply fixes to what stands in the box; where it is no longer what was judged, only judge it."""
    if text != at.text or at.checked is None:
        return judged(lists, at, text, today)
    try:
        fresh = lists.mend_goals(text, today=today, name=at.name, only=only)
    except Exception as error:
        return at.model_copy(update={"told": complaint(error)})
    if fresh == text:
        return at.model_copy(update={"told": _told("check.nothing_mended")})
    # A fix may stand in the first line, which says what the text is read as: the name stays all the same.
    kept = at.model_copy(update={"text": fresh})
    after = judged(lists, kept, fresh, today)
    told = _told("check.mended" if only is None else "check.mended_one")
    return after.model_copy(update={"put": fresh, "step": at.step + 1, "told": told})


def _file(lists: Lists, arrivals: Arrivals, at: Looking, today: date) -> Looking:
    arrived = arrivals.take(at.ticket)
    if arrived is None:
        return at.model_copy(update={"told": _trouble("check.not_arrived")})
    shown = arrived.name.replace("\\", "/").rsplit("/", 1)[-1][-_LONGEST_NAME:]
    try:
        text, name = lists.open_goals(arrived.raw, shown or _PASTED)
    except Exception as error:
        return at.model_copy(update={"told": complaint(error)})
    if len(text) > MAX_CHARACTERS:
        return at.model_copy(update={"told": _trouble("check.too_long", limit=f"{MAX_CHARACTERS:,}")})
    at = at.model_copy(update={"text": text, "name": name, "file": shown, "only": "all"})
    after = judged(lists, at, text, today)
    return after.model_copy(update={"put": text, "step": at.step + 1, "told": _told("check.opened", name=shown)})


def _first_line(text: str) -> str:
    return text.lstrip().split("\n", 1)[0]


def _told(key: str, **values: str) -> Turn:
    return Turn(role="assistant", key=key, values=values)


def _trouble(key: str, **values: str) -> Turn:
    return Turn(role="assistant", kind="error", key=key, values=values)
