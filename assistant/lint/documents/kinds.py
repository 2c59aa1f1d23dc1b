"""Tells kinds of goals from the cells of a column: Objective, 关键结果, O1, KR1.2. Knows nothing about tables."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.goals.findings import GoalKind
from assistant.lint.plain import plain

_OKR_ID = re.compile(
    r"(?:o[-_ ]?\d{0,2}[-_. ]?)?kr[-_ ]?\d{1,2}(?:[-.]\d{1,2})?|关键[结成]果 ?[\d一二三四五]{1,2}|key result ?\d{1,2}"
    r"|(?P<objective>o[-_ ]?\d{1,2}|objective ?\d{1,2})"
)
_KIND_WORDS: dict[GoalKind, str] = {
    "aim": "aim|愿景",
    "objective": "o|objective|目标(o)|okr目标",
    "key_result": "kr|key result|key_result|关键结果|关键成果|关键结果(kr)",
    "smart_goal": "smart|smart goal|smart_goal|smart目标",
    "initiative": "initiative|举措|关键举措|行动|行动计划",
}
_KINDS: dict[str, GoalKind] = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split("|")}
"""What a column of kinds says, folded."""


def kind_of(cell: str, *, beside_results: bool = False) -> GoalKind | None:
    """Return the kind that a cell names; 目标 `beside_results` means the objective."""
    word = " ".join(plain(cell).split())
    return "objective" if beside_results and word in ("目标", "goal") else _KINDS.get(word)


def kind_of_id(cell: str) -> GoalKind | None:
    """Return the kind that an id such as O1 or KR1 means."""
    match = _OKR_ID.fullmatch(plain(cell).strip())
    if match is None:
        return None
    return "objective" if match["objective"] else "key_result"


def kinds_of(cells: Mapping[int, str]) -> dict[int, GoalKind]:
    """Return the kinds that cells name, by their places; 目标 beside 关键结果 means the objective."""
    results = any(kind_of(cell) == "key_result" for cell in cells.values())
    return {place: kind for place, cell in cells.items() if (kind := kind_of(cell, beside_results=results))}


def kinds_of_ids(cells: Mapping[int, str]) -> dict[int, GoalKind]:
    """Return the kinds that ids such as O1 and KR1 mean where both stand together."""
    found = {place: kind for place, cell in cells.items() if (kind := kind_of_id(cell))}
    return found if len(set(found.values())) > 1 else {}


def only_kind(cell: str) -> bool:
    """Tell whether a cell says no more than a kind or an id of one, as `Key Result` and KR1 do."""
    words = " ".join(plain(cell).split())
    return words in _KINDS or words in ("目标", "goal") or _OKR_ID.fullmatch(words) is not None
