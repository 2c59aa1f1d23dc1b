"""Reads goals from lines of JSON with `text` and optional `id`, `kind`, `today`, or with keys like a table's headings.

Knows nothing about other formats.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast, get_args

from assistant.errors import InputError
from assistant.files.characters import cleaned
from assistant.goals.findings import GoalKind
from assistant.lint.documents.chosen import NO_CHOICE, Choice
from assistant.lint.documents.headings import BESIDE, Role, heading, label, names_department
from assistant.lint.documents.record import Record

_KINDS: tuple[str, ...] = get_args(GoalKind)
_GOAL_ROLES = ("text", "goal", "result", "objective", "work", "metric")
_NAMED = 5
_NAMED_BARE = 8
_MOST_KEYS = 1_000
_LONGEST_SAMPLE = 200


def looks_like(document: str) -> bool:
    """Tell whether the first line is a JSON object with a text."""
    first = document.lstrip("\ufeff \t\r\n").split("\n", 1)[0].strip()
    if not (first.startswith("{") and first.endswith("}")):
        return False
    try:
        return "text" in json.loads(first)
    except ValueError:
        return False


def read(document: str, name: str, choice: Choice = NO_CHOICE) -> list[Record]:
    """Return one record a line; blank lines are skipped. Without a choice only `text` is read as a goal.

    Raises:
        InputError: lines that are no such object; all are named in one message.
    """
    keys = Keys(choice) if choice else None
    return list(read_lines(document.removeprefix("\ufeff").split("\n"), name, keys))


def read_lines(lines: Iterable[str], name: str, keys: Keys | None = None) -> Iterator[Record]:
    """Yield the records of lines in order, and go on behind a fault to name all of them at the end.

    With keys, a line without a goal is passed over like a blank cell of a table, unless no line has one.

    Args:
        lines: the lines from the first one on.
        name: the file's name.
        keys: what the keys of the objects hold; None where only `text`, `id`, `kind` and `today` count.

    Raises:
        InputError: lines that are no such object; raised at the end.
    """
    faults: list[str] = []
    count = 0
    empty = ""
    any_goal = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found = [_record(row, number, name)] if keys is None else keys.records(row, number, name)
        except NoGoalError as error:
            empty = empty or f"{name}:{number}: {error}"
            continue
        except (ValueError, RecursionError) as error:
            count += 1
            if count <= _NAMED:
                faults.append(f"{name}:{number}: {_why(error)}")
            continue
        any_goal = True
        if not count:
            yield from found
    if empty and not any_goal and not faults:
        count, faults = 1, [empty]
    if faults:
        more = f" and {count - _NAMED} more" if count > _NAMED else ""
        raise InputError(
            f"These lines cannot be read: {'; '.join(faults)}{more}.",
            'Write one JSON object a line: {"id": "…", "text": "…"}, with "kind" and "today" where needed.',
            name=name,
        )


class NoGoalError(ValueError):
    """An object that holds no goal."""


class Keys:
    """What the keys of objects hold, told as by the headings of a table or as a person chose."""

    def __init__(self, choice: Choice = NO_CHOICE) -> None:
        """Start without any key seen.

        `seen` says what each key holds, `samples` has a value of each, `goals` the keys of goals; `bare` are the
        first lines without a goal, of `bare_count`.
        """
        self._chosen = {key: role for role, keys in choice.columns.items() for key in keys}
        self._goals = tuple(choice.columns.get("goal", ()))
        self.seen: dict[str, str] = {}
        self.samples: dict[str, str] = {}
        self.goals: dict[str, None] = {}
        self.bare: list[int] = []
        self.bare_count = self._last_bare = 0

    def role(self, key: str) -> str:
        """Return what a key holds: the role of a heading, `department`, `parent`, `ignore`, or ''."""
        if key not in self.seen:
            known = heading(key)
            named = "department" if names_department(key) else known.role if known and known.grade >= 2 else ""
            role = "text" if key == "text" else "" if key in ("id", "kind", "today") else named
            if len(self.seen) >= _MOST_KEYS:
                return self._chosen.get(key, role)
            self.seen[key] = self._chosen.get(key, role)
        return self.seen[key]

    def goal_keys(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the keys of an object's goals: those that were chosen, else `text`, else the first that names goals.

        Raises:
            NoGoalError: there is none.
        """
        if self._goals:
            found = tuple(key for key in self._goals if key in row)
        else:
            roles = {self.role(key): key for key in reversed(list(row))}
            found = tuple(roles[role] for role in _GOAL_ROLES if role in roles)[:1]
        if not found:
            keys = ", ".join(repr(key[:30]) for key in list(row)[:10]) or "none"
            where = f" in {', '.join(map(repr, self._goals))}" if self._goals else ""
            raise NoGoalError(f"no goal{where}; its keys are {keys}")
        return found

    def records(self, row: Any, number: int, name: str) -> list[Record]:
        """Return the goals of an object.

        Raises:
            NoGoalError: it holds no goal.
            ValueError: it is no object, or its goal is no text.
        """
        if not isinstance(row, dict):
            raise ValueError("not an object")
        for key in row:
            self.role(key)
        try:
            goals = self.goal_keys(row)
        except NoGoalError:
            self._note_bare(number)
            raise
        if all(row[key] is None or row[key] == "" for key in goals):
            self._note_bare(number)
        self.goals.update(dict.fromkeys(goals))
        for key, value in row.items():
            self.role(key)
            if key in self.seen and key not in self.samples and _words(value):
                self.samples[key] = _words(value)[:_LONGEST_SAMPLE]
        found = []
        for place, key in enumerate(goals, start=1):
            if row[key] is None or row[key] == "":
                continue
            if not isinstance(row[key], str):
                raise ValueError(f"{key!r} is no text")
            base = _record(
                {**{each: row.get(each) for each in ("id", "kind", "today")}, "text": row[key]}, number, name
            )
            nth = f".{place}" if len(goals) > 1 else ""
            found.append(
                replace(
                    base,
                    id=f"{base.id}{nth}",
                    own_id=cleaned(str(row["id"])) + nth if row.get("id") is not None else "",
                    column=place if len(goals) > 1 else 0,
                    beside=self._beside(row, goals),
                    parent=self._first(row, goals, ("objective", "parent")) or None,
                    owner=self._first(row, goals, ("owner",)) or self._first(row, goals, ("department",)),
                )
            )
        return found

    def _note_bare(self, number: int) -> None:
        if number > self._last_bare:  # a long list is read several times
            self._last_bare = number
            self.bare_count += 1
            self.bare += [number] if len(self.bare) < _NAMED_BARE else []

    def _beside(self, row: Mapping[str, Any], goals: tuple[str, ...]) -> str:
        lines = []
        for key, value in row.items():
            known = self.role(key) in BESIDE and key not in goals
            words = " ".join(_words(value).split()) if known else ""
            if words:
                lines.append(f"{label(key, cast('Role', self.role(key)))}: {words}")
        return cleaned("\n".join(lines))

    def _first(self, row: Mapping[str, Any], goals: tuple[str, ...], roles: tuple[str, ...]) -> str:
        keys = (key for key in row if key not in goals and self.role(key) in roles)
        return next((cleaned(" ".join(words.split())) for key in keys if (words := _words(row[key]))), "")


def _words(value: object) -> str:
    """Return a value as words; nothing for what is no word or figure."""
    if isinstance(value, str):
        return value
    return "" if isinstance(value, bool) or not isinstance(value, (int, float)) else str(value)


def _why(error: Exception) -> str:
    return f"not JSON ({error.msg})" if isinstance(error, json.JSONDecodeError) else str(error) or "nested too deeply"


def _day(value: object) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise ValueError(f"today {value!r} is no date like 2027-03-31")
    return day


def _record(row: Any, number: int, name: str) -> Record:
    if not isinstance(row, dict):
        raise ValueError("not an object")
    text = row.get("text")
    if not isinstance(text, str):
        raise ValueError('no "text"')
    kind = row.get("kind")
    if kind is not None and kind not in _KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(_KINDS)}")
    today = row.get("today")
    if today is not None:
        today = _day(today)
    id = row.get("id")
    return Record(f"{name}:{number}" if id is None else cleaned(str(id)), cleaned(text), kind, today, number)
