"""Reads how many goals or key results are asked for. Knows nothing about which of them stay."""

from __future__ import annotations

import re
from functools import cache

from assistant.drafting.revising.lexicon import Place, load
from assistant.drafting.revising.piece import Piece
from assistant.drafting.revising.valued import correction
from assistant.goals import Correction

_REST = 2
_READ = (
    "cue.only", "cue.again", "cue.add", "cue.drop", "slot.goal", "slot.key_result", "count.measure", "count.amount",
)  # fmt: skip


def counts(piece: Piece) -> list[Correction]:
    """Return the number of goals or key results that a clause asks for."""
    for noun in ("key_result", "goal"):
        found = _counted(piece, noun)
        if found is None:
            continue
        number, place = found
        if piece.leftover([place], *_READ) > _REST:
            continue
        goal, _ = piece.meant
        less = _takes_away(piece)
        if less and noun == "goal":
            return [correction(piece, "drop_goal")]
        if less:
            number = len(piece.standing[min(goal or 0, len(piece.standing) - 1)].goal.key_results) - number
        if noun == "key_result":
            return [correction(piece, "key_results", number=number, goal=goal, named=goal is not None)]
        if goal is None:
            more = piece.has("cue.add") and not piece.has("cue.set")
            return [correction(piece, "goals", number=number + len(piece.standing) if more else number)]
    return []


def _takes_away(piece: Piece) -> bool:
    """Whether the number says how many go, not how many stay: 去掉一个, but not cut down to two."""
    only = piece.places("cue.only")
    return any(not any(start <= place[0] < end for start, end in only) for place in piece.places("cue.drop"))


def _counted(piece: Piece, noun: str) -> tuple[int, Place] | None:
    """Return the number and its place: two key results, 关键结果减到3个, key results: 3."""
    for pattern in _patterns(noun):
        for match in pattern.finditer(piece.folded, piece.start, piece.end):
            if not any(match.start() < end and start < match.end() for start, end in piece.pointed.spans):
                said = re.sub(r"\s+", " ", match["number"])
                return load().numbers.get(said) or int(said), match.span()
    return None


@cache
def _patterns(noun: str) -> tuple[re.Pattern[str], ...]:
    lexicon = load()
    words = sorted(map(re.escape, lexicon.numbers), key=len, reverse=True)
    number = rf"(?P<number>\d{{1,2}}|{'|'.join(words)})"
    nouns = lexicon.groups[f"slot.{noun}"].pattern
    measure, amount = lexicon.groups["count.measure"].pattern, lexicon.groups["count.amount"].pattern
    only = lexicon.groups["cue.only"].pattern
    again = lexicon.groups["cue.again"].pattern
    before = rf"(?<![a-z0-9第]){number}\s*(?:{measure})?\s*(?:{again})?\s*(?:{nouns})(?!\s*(?:数|值))"
    behind = rf"[:：]?\s*(?:{only})?\s*{number}\s*(?:{measure})?(?![a-z0-9%])"
    if noun == "key_result":
        ways = [before, rf"(?:{nouns})\s*的?(?:{amount})?\s*{behind}"]
    else:
        ways = [before, rf"(?:{nouns})\s*的?(?:{amount})\s*{behind}"]
        ways.append(rf"(?:{amount})\s*(?:{nouns})\s*(?:is|:|=)?\s*(?:{only})?\s*{number}(?![a-z0-9%])")
    return tuple(map(re.compile, ways))
