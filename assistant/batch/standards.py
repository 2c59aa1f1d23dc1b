# ruff: noqa: E501
"""Tells the standard that each case is to meet from a deadline, and sessions held from results.

Knows nothing about how a row is cut or rewritten.
"""

from __future__ import annotations

import re

from assistant.batch.understanding import Piece, Understood
from assistant.goals import Quantity

_SHORT_WINDOW = re.compile(
    r"(?P<n>\d{1,2})\s*(?:个|個)?(?:工作日|工作天|天|日|小时|小時|分钟|分鐘)(?:之|以)?[内內]|\bwithin (?P<en>\d{1,2}) (?:business |working |calendar )?(?:days?|hours?|minutes?)\b",
    re.I,
)
"""A time allowed for each case, though by its form it could be a deadline."""
_LONGEST_WINDOW = 15
_SESSIONS = re.compile(
    r"\d+\s*(?:场次?|場次?|次|期|篇|节|節|堂|遍|轮|輪|梯次|个课时|sessions?|workshops?|meetings?|posts?|visits?|calls?|events?|trainings?|drills?|talks?|webinars?|newsletters?)",
    re.I,
)
_RESULTS = re.compile(
    r"[家名位件项項门門]|人(?!次)|patents?|papers?|customers?|suppliers?|people|hires?|accounts?|deals?|stores?", re.I
)


def standards(row: Understood) -> list[tuple[int, int]]:
    """Return where the row says how fast each case is to be served."""
    found = [(time.start, time.end) for time in row.unit.services]
    for match in _SHORT_WINDOW.finditer(row.source.text, 0, row.length):
        near = int(match["n"] or match["en"]) <= _LONGEST_WINDOW
        if near and not any(start < match.end() and match.start() < end for start, end in found):
            found.append(match.span())
    return sorted(found)


def misread(row: Understood) -> bool:
    """Whether the linter takes for a sound goal what only sets a standard for each case, counts sessions or wishes."""
    text = row.source.text[: row.length]
    windows = [match.span() for match in _SHORT_WINDOW.finditer(text)]
    others = [
        time for time in row.facts.times
        if time.kind in ("deadline", "window") and not any(start < time.end and time.start < end for start, end in windows)
    ]  # fmt: skip
    if windows and not others and not any(each.unit == "%" for each in row.facts.quantities):
        return True
    if not row.facts.quantities and any(_bare_wish(row, piece) for piece in row.pieces):
        return True
    counted = [each for each in row.facts.quantities if each.role != "window" and each.end <= row.length]
    sessions = all(_SESSIONS.fullmatch(row.words(each.start, each.end).strip()) for each in counted)
    return bool(counted) and sessions and any(piece.kind == "means" for piece in row.pieces)


def _bare_wish(row: Understood, piece: Piece) -> bool:
    """Whether a stretch wishes that something gets better and nothing tells how much: 导入系统，提升作业效率."""
    return piece.kind == "wish" and not piece.cell and row.unit.has("change", piece.start, piece.end)


def session(row: Understood, quantity: Quantity) -> bool:
    """Whether a quantity counts sessions, posts and the like."""
    return _SESSIONS.fullmatch(row.words(quantity.start, quantity.end).strip()) is not None


def counts_work(row: Understood, quantity: Quantity) -> bool:
    """Whether a count is one of work done rather than of what comes of it: 12 sessions, not 4 patents."""
    return _RESULTS.search(row.words(quantity.start, quantity.end)) is None


def slogan(row: Understood, piece: Piece) -> bool:
    """Whether a stretch of work names nothing that could be seen: 确保各项工作顺利开展."""
    named = re.search(r"[\dA-Z]", row.words(piece.start, piece.end)) is not None
    return not named and row.unit.has("construct", piece.start, piece.end)
