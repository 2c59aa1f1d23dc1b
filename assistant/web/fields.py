"""Names the fields of a draft in words, by their JSON pointer. Knows nothing about markup."""

from __future__ import annotations

from datetime import date

from assistant.goals import DraftResult
from assistant.web.texts import Texts

_RANK = ("target", "baseline", "deadline", "owner", "metric", "title", "statement")
DATES = ("deadline", "readout", "date")


def value(result: DraftResult, pointer: str) -> str | None:
    """Return the text of a field of a goal, a day in ISO form; None where it is blank or there is no such field."""
    found: object = result
    for part in pointer.strip("/").split("/"):
        if isinstance(found, tuple):
            found = found[int(part)] if part.isdecimal() and int(part) < len(found) else None
        else:
            found = getattr(found, part, None) if part in getattr(type(found), "model_fields", {}) else None
    return str(found) if isinstance(found, str | date) else None


def short_name(rest: str, texts: Texts) -> str:
    """Return where in a goal a finding stands: a key result or a part; `rest` is the pointer within the goal."""
    parts = rest.split("/")
    if (result := _result(parts)) is not None:
        return result
    key = f"letter.{parts[0]}"
    return texts.plain(key) if key in texts else texts.plain("card.statement")


def name(pointer: str, texts: Texts, goals: int) -> str:
    """Return the name of a field; the goal is named where the draft has several."""
    parts = pointer.strip("/").split("/")
    if parts[0] != "goals" or len(parts) < 3:
        return texts.plain(f"field.{parts[0]}")
    joint = texts.plain("card.joint")
    shown = [texts.plain("card.goal_n", n=int(parts[1]) + 1)] if goals > 1 else []
    rest = parts[2:]
    if (result := _result(rest)) is not None:
        shown.append(result)
        rest = [{"statement": "wording"}.get(part, part) for part in rest[2:]] or ["wording"]
    elif rest[0] in ("initiatives", "milestones"):
        rest = rest[:1]
    key = f"field.{rest[0]}"
    shown.append(texts.plain(key) if key in texts else rest[0])
    return joint.join(shown)


def rank(pointer: str) -> int:
    """Return how much a field of a goal matters to somebody who looks for what changed; small is much."""
    last = pointer.rsplit("/", 1)[-1]
    return _RANK.index(last) if last in _RANK else len(_RANK)


def _result(parts: list[str]) -> str | None:
    if parts[0] == "key_results" and len(parts) > 1 and parts[1].isdigit():
        return f"KR{int(parts[1]) + 1}"
    return None
