"""The fields of a goal that a person can write themselves: their places, their texts, what each can hold.

Knows nothing about what follows from a new text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant import catalogue, language
from assistant.drafting import intake
from assistant.errors import EmptyInput, NotADay, TooLong, UsageError
from assistant.goals import MAX_EDIT_CHARACTERS, DraftResult, Goal, KeyResult

Kind = Literal["text", "line", "day"]

PROSE = ("statement", "specific", "measurable", "achievable", "relevant", "time_bound", "monitoring")
_GOAL = {"title": "line", "objective/text": "line"} | dict.fromkeys(PROSE, "text")
_RESULT = dict.fromkeys(("metric", "baseline", "target", "owner", "data_source", "cadence"), "line") | {
    "statement": "text", "deadline": "day", "readout": "day",
}  # fmt: skip
_POINTER = re.compile(r"/goals/(\d{1,2})/([a-z_]+(?:/[a-z0-9_]+){0,2})")
_BREAKS = re.compile(r"[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a goal.

    Attributes:
        pointer: its JSON pointer.
        goal: index of its goal.
        rest: the pointer within the goal, without its first slash.
        kind: `text` for several lines, `line` for one, `day` for a date.
        value: its text; a day in ISO form; None where it is blank.
        key_result: index of the key result that it belongs to; None for a field of the goal.
    """

    pointer: str
    goal: int
    rest: str
    kind: Kind
    value: str | None
    key_result: int | None = None

    @property
    def name(self) -> str:
        """The field's own name, such as `target`; `initiatives` and `milestones` for their rows."""
        first, *others = self.rest.split("/")
        return others[-1] if self.key_result is not None or (first == "milestones" and others[-1] == "date") else first


def place(result: DraftResult, pointer: str) -> Place:
    """Return the field at a pointer.

    Raises:
        UsageError: there is no such field, or no person writes it.
    """
    match = _POINTER.fullmatch(pointer)
    if match is None or int(match[1]) >= len(result.goals):
        raise _nowhere(pointer)
    at, rest = int(match[1]), match[2]
    goal, parts = result.goals[at], rest.split("/")
    kind: Any = None
    key_result = None
    row = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else None
    if rest in _GOAL:
        kind = _GOAL[rest]
    elif parts[0] == "key_results" and len(parts) == 3 and row is not None and row < len(goal.key_results):
        kind, key_result = _RESULT.get(parts[2]), row
    elif parts[0] == "initiatives" and len(parts) == 2 and row is not None and row < len(goal.initiatives):
        kind = "line"
    elif parts[0] == "milestones" and len(parts) == 3 and row is not None and row < len(goal.milestones):
        kind = {"text": "line", "date": "day"}.get(parts[2])
    if kind is None:
        raise _nowhere(pointer)
    return Place(pointer, at, rest, kind, get(goal, rest), key_result)


def get(goal: Goal, rest: str) -> str | None:
    """Return the text of a field of a goal; a day in ISO form."""
    found: Any = goal
    for part in rest.split("/"):
        found = found[int(part)] if part.isdecimal() else getattr(found, part)
    return None if found is None else str(found)


def put(goal: Goal, rest: str, text: str) -> Goal:
    """Return a goal with a text in one of its fields; for a day in ISO form."""
    parts = rest.split("/")
    value: Any = day(text) if parts[-1] in {"deadline", "readout", "date"} else text
    if len(parts) == 1:
        return goal.model_copy(update={parts[0]: value})
    if parts[0] == "objective":
        return goal.model_copy(update={"objective": goal.objective.model_copy(update={"text": value})})
    rows: list[Any] = list(getattr(goal, parts[0]))
    row = int(parts[1])
    if len(parts) > 2:
        update = {parts[2]: value} | ({"metric_id": _named(text, rows[row].metric_id)} if parts[2] == "metric" else {})
        value = rows[row].model_copy(update=update)
    rows[row] = value
    return goal.model_copy(update={parts[0]: tuple(rows)})


def read(place: Place, typed: str, today: date) -> tuple[str, str]:
    """Return the person's words, and what the field holds of them: the same, or the day that they name.

    Raises:
        EmptyInput: nothing is left of the words.
        TooLong: there are more than a field can hold.
        NotADay: the field holds a day, and the words name none.
    """
    if len(typed) > MAX_EDIT_CHARACTERS:
        raise TooLong(
            f"The field would have {len(typed):,} characters; at most {MAX_EDIT_CHARACTERS:,} fit.",
            "Shorten it to the part that matters.",
            length=f"{len(typed):,}",
            limit=f"{MAX_EDIT_CHARACTERS:,}",
        )
    words = intake.clean(typed)
    words = _BREAKS.sub("\n" if place.kind == "text" else " ", words)
    if not words:
        raise EmptyInput("A field cannot be left empty.", "Write what should stand there.")
    if place.kind != "day":
        return words, words
    day = _day(words, today)
    if day is None:
        raise NotADay(f"{words[:40]!r} names no day.", "Write a date, such as 2027-06-30.", text=words[:40])
    return words, day.isoformat()


def measure(result: KeyResult) -> str:
    """Return what tells a key result from the others."""
    return result.metric_id or result.metric


def _named(text: str, id: str | None) -> str | None:
    """Return the catalogue id of a measure by the name that a person gives it; the one it has while the name fits."""
    named = {metric for hit in catalogue.default().named(text) for metric in hit.metrics}
    if id in named:
        return id
    return named.pop() if len(named) == 1 else None


def day(text: str) -> date:
    """Return the day of an ISO date."""
    return date.fromisoformat(text)


def _day(words: str, today: date) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        pass
    for time in language.read(words, today).times:
        if time.certainty != "impossible" and (last := time.resolved[1] or time.resolved[0]):
            return last
    return None


def _nowhere(pointer: str) -> UsageError:
    return UsageError(f"The draft has no field {pointer[:80]!r} to write in.", "Name a field that it shows.")
