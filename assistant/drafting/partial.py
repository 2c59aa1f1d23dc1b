"""Reads what is there of an answer that is still being written, for a look ahead.

Knows nothing about where it comes from. Nothing in it is checked yet: it is shown as being written and replaced by the
judged draft.
"""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json

from assistant.goals import PartialGoal

_MOST_CHARACTERS = 200_000
_MOST_GOALS = 10


def read_partial(text: str) -> tuple[PartialGoal, ...]:
    """Return the goals as far as they are written; none before the first one begins, none of what is no JSON.

    Args:
        text: the answer so far; anything before its first brace, such as a fence, is passed over.
    """
    start = text.find("{")
    if start < 0 or len(text) > _MOST_CHARACTERS:
        return ()
    try:
        data = from_json(text[start:], allow_partial="trailing-strings")
    except ValueError:
        return ()
    goals = _list(data.get("goals")) if isinstance(data, dict) else []
    return tuple(_goal(each) for each in goals[:_MOST_GOALS] if isinstance(each, dict))


def _goal(data: dict[str, Any]) -> PartialGoal:
    results = [each for each in _list(data.get("key_results")) if isinstance(each, dict)]
    statements = [_text(each.get("statement")) for each in results]
    return PartialGoal(
        title=_text(data.get("title")),
        statement=_text(data.get("statement")),
        key_results=tuple(statement for statement in statements if statement),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
