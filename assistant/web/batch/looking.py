"""What the tab of whole lists remembers for a browser tab, and what happens when a person presses or picks something.

Knows nothing about components or markup; the list itself and its run are on the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from assistant.goals.base import Model
from assistant.web.batch.desk import Desk, Who
from assistant.web.batch.desks import Desks

PAGE = 50
"""Rows shown at a time."""
_LONGEST_SEARCH = 200
_MOST_ONLY = 1_000
_REFUSALS = {"413": "size", "415": "ending", "409": "busy", "404": "gone"}


class Looking(Model):
    """Everything of one browser tab but the desk; replaced, never changed.

    Attributes:
        ticket: names the desk.
        outcome: only rows of this outcome are shown, '' for all.
        text: only rows that hold these words are shown.
        only: only these rows are shown, () for all.
        page: number of the page of rows, from 0.
        opened: indexes of the rows whose details are open.
        shown: what the page shows now, part by part, as fingerprints, so that only what changed is sent.
    """

    ticket: str = ""
    outcome: str = ""
    text: str = ""
    only: tuple[int, ...] = ()
    page: int = 0
    opened: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()


def afresh(at: Looking, ticket: str) -> Looking:
    """Return a look at a desk with nothing chosen."""
    return Looking(ticket=ticket, shown=at.shown)


def found(desks: Desks, at: Looking, value: str, owner: str) -> Looking:
    """Return a look at the desk that a reloaded page remembers; the look as it was where that desk is no more."""
    desk = desks.find(value, owner)
    return afresh(at, value) if desk is not None and value != at.ticket else at


def acted(desks: Desks, desk: Desk, at: Looking, act: str, value: str) -> Looking:
    """Do what a press or pick asks for; may take a while. What is not understood changes nothing."""
    if act in _ON_DESK:
        _ON_DESK[act](desk, value, desks)
        return afresh(at, at.ticket) if act in ("uploaded", "start", "go-on", "reopen", "clear") else at
    if act in _ON_LOOK:
        return _ON_LOOK[act](at, value)
    return at


def _role(desk: Desk, value: str, desks: Desks) -> None:
    table, _, rest = value.partition(":")
    column, _, role = rest.partition(":")
    if table.isdecimal() and column.isdecimal():
        desk.choose_role(int(table), int(column), role)


def _who(desk: Desk, value: str, desks: Desks) -> None:
    if not desk.busy and value in ("configured", "offline", "lint"):
        desk.who = cast("Who", value)


def _start(desk: Desk, value: str, desks: Desks) -> None:
    _goals(desk, value, desks)
    desk.start(desks.slots)


def _goals(desk: Desk, value: str, desks: Desks) -> None:
    if not desk.busy:
        desk.org_goals = value


_ON_DESK: dict[str, Callable[[Desk, str, Desks], None]] = {
    "uploaded": lambda desk, value, desks: None,
    "refused": lambda desk, value, desks: desk.refuse(_REFUSALS.get(value, "transfer")),
    "role": _role,
    "sheet": lambda desk, value, desks: desk.choose_sheet(value),
    "who": _who,
    "goals": _goals,
    "start": _start,
    "go-on": lambda desk, value, desks: desk.go_on(desks.slots),
    "cancel": lambda desk, value, desks: desk.cancel(),
    "reopen": lambda desk, value, desks: desk.reopen(),
    "clear": lambda desk, value, desks: desk.clear(),
}


def _outcome(at: Looking, value: str) -> Looking:
    return at.model_copy(update={"outcome": value, "page": 0, "opened": ()})


def _find(at: Looking, value: str) -> Looking:
    return at.model_copy(update={"text": value[:_LONGEST_SEARCH], "page": 0, "opened": ()})


def _only(at: Looking, value: str) -> Looking:
    indexes = tuple(int(each) for each in value.split(",")[:_MOST_ONLY] if each.isdecimal() and len(each) < 9)
    return at.model_copy(update={"only": indexes, "outcome": "", "text": "", "page": 0, "opened": ()})


def _page(at: Looking, value: str) -> Looking:
    return at.model_copy(update={"page": int(value), "opened": ()}) if value.isdecimal() and len(value) < 7 else at


def _open(at: Looking, value: str) -> Looking:
    if not value.isdecimal() or len(value) > 8:
        return at
    index = int(value)
    opened = tuple(each for each in at.opened if each != index) if index in at.opened else (*at.opened, index)
    return at.model_copy(update={"opened": opened[-PAGE:]})


_ON_LOOK: dict[str, Callable[[Looking, str], Looking]] = {
    "outcome": _outcome, "find": _find, "only": _only, "page": _page, "open": _open,
    "all": lambda at, value: _only(at, ""),
}  # fmt: skip
