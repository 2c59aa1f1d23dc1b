"""Reads goals from lines of JSON with `text` and optional `id`, `kind`, `today`. Knows nothing about other formats."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, get_args

from assistant.errors import InputError
from assistant.files.characters import cleaned
from assistant.goals.findings import GoalKind
from assistant.lint.documents.record import Record

_KINDS: tuple[str, ...] = get_args(GoalKind)


def looks_like(document: str) -> bool:
    """Tell whether the first line is a JSON object with a text."""
    first = document.lstrip("\ufeff \t\r\n").split("\n", 1)[0].strip()
    if not (first.startswith("{") and first.endswith("}")):
        return False
    try:
        return "text" in json.loads(first)
    except ValueError:
        return False


def read(document: str, name: str) -> list[Record]:
    """Return one record a line; blank lines are skipped.

    Raises:
        InputError: lines that are no such object; all are named in one message.
    """
    records, faults = [], []
    for number, line in enumerate(document.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            records.append(_record(json.loads(line), number, name))
        except (ValueError, RecursionError) as error:
            faults.append(f"{name}:{number}: {_why(error)}")
    if faults:
        more = f" and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise InputError(
            f"These lines cannot be read: {'; '.join(faults[:5])}{more}.",
            'Write one JSON object a line: {"id": "…", "text": "…"}, with "kind" and "today" where needed.',
            name=name,
        )
    return records


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
