"""Tells what a goal says apart from its wording: its figures, dates and directions, and the words that are left.

Two goals say the same where both are equal. Knows nothing about lists or findings.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.goals.facts import Facts, Time
from assistant.language.later import later
from assistant.lint.goalset import Member, mark_of
from assistant.lint.once import once
from assistant.lint.unit import Unit

_GONE = "\n"
"""What stands where something was taken out: the end of a stretch of words."""
_FILLER = later(
    r"(?<![a-z])(?:the|our|of|in|on|at|for|by|to|from|and|we|will|shall|is|are|be|so that|make sure|ensure|aim"
    r"|reach(?:es)?|achieve|bring|get)(?![a-z])"
    r"|[将把使让的并且在从由到至]|我们|确保|力争|争取|实现|达到|完成(?![率度量数额比])"
)
_CHANGE = later(
    r"[提升高增加长成涨上调拉抬推跃攀回落降低下减少缩短压削跌滑至到为]+"
    r"|(?:increas|rais|grow|lift|boost|ris|climb|elevat|push|bring|mov|reduc|cut|lower|decreas|shorten|shrink|drop|slash"
    r"|trim|fall|declin|driv)[a-z]*(?: (?:up|down|to|by))?"
)
"""Verbs that say no more than which way; add, expand, save or 省水 say what is done too."""
_MOVE = later(r"(?:(?<![a-z])from (?:the |our )?|[从由])(?=[a-z\u4e00-\u9fff])")
"""What a move starts from keeps its mark, for from A to B is not from B to A."""
_TOKEN = later(r"←?(?:[^\W\u4e00-\u9fff_]+[+#]*|[\u4e00-\u9fff])")
_END = later(r"[\n,.;:!?\"()\[\]{}*|、。·「」]")


@dataclass(frozen=True)
class Gist:
    """What a goal says.

    Attributes:
        figures: quantities, times, from→to pairs and directions; equal where two goals aim at the same.
        pieces: the words that are left once figures, times, verbs of change and filler are gone, in stretches.
        several: whether there are more figures than one from→to pair or value, so that order tells whose they are.
        line: the goal without blanks and marks.
    """

    figures: tuple[object, ...]
    pieces: tuple[str, ...]
    several: bool
    line: str

    @once
    def words(self) -> tuple[str, ...]:
        """The words that are left, whatever their order."""
        return tuple(sorted(" ".join(self.pieces).split()))

    def same(self, other: Gist) -> bool:
        """Tell whether the words that are left are those of the other, with whole stretches of them in another order.

        Stretches keep their order inside, so that old customers' new orders are not new customers' old orders.
        """
        if self.several and self.line != other.line:
            return False
        return self.words == other.words and (self._within(other) or other._within(self))

    def _within(self, other: Gist) -> bool:
        line = f" {' '.join(other.pieces)} "
        return all(f" {piece} " in line for piece in self.pieces)


def gist(member: Member) -> Gist:
    """Return what a goal says, with the cells that are read with it."""
    facts = member.unit.facts
    used = {index for change in facts.changes[:1] for index in (change.frm, change.to, change.stated)} - {None}
    several = len(facts.changes) > 1 or len(facts.quantities) > max(len(used), 1)
    return Gist(figures(member), _pieces(member), several, member.words)


def figures(member: Member) -> tuple[object, ...]:
    """Return what a goal's figures, times and directions say: `Gist.figures`."""
    facts = member.unit.facts
    ways = {action.direction for action in facts.actions} | {change.direction for change in facts.changes}
    pairs = [[_value(facts, index) for index in (change.frm, change.to)] for change in facts.changes]
    return (
        tuple(sorted((quantity.value, quantity.unit, quantity.bound, quantity.role) for quantity in facts.quantities)),
        tuple(sorted(_day(facts, time) for time in facts.times)),
        tuple(sorted(map(str, pairs))),
        tuple(sorted(way for way in ways if way)),
    )


def _value(facts: Facts, index: int | None) -> str | None:
    return None if index is None else facts.quantities[index].value


def _day(facts: Facts, time: Time) -> str:
    """Return what a time means, its own words where nothing tells that."""
    known = time.iso or any(time.resolved)
    return f"{time.resolved} {time.iso}" if known else facts.text[time.start : time.end].lower()


def _pieces(member: Member) -> tuple[str, ...]:
    unit = member.unit
    mark = mark_of(member.record.text).lower()
    words = _without_facts(unit)
    words = words.replace(mark, _GONE, 1) if mark else words
    words = _FILLER.sub(_GONE, _MOVE.sub(f"{_GONE}←", words))
    pieces = (" ".join(_TOKEN.findall(piece)) for piece in _END.split(words))
    return tuple(piece for piece in pieces if piece)


def _without_facts(unit: Unit) -> str:
    """Return the unit's words with a break for each quantity, time and verb that only says which way."""
    facts = unit.facts
    moves = [
        action
        for action in facts.actions
        if action.direction and _CHANGE.fullmatch(unit.plain[action.start : action.end])
    ]
    kept, at = [], unit.start
    for part in sorted((*facts.quantities, *facts.times, *moves), key=lambda part: part.start):
        kept.append(unit.plain[at : max(part.start, at)])
        at = max(part.end, at)
    kept.append(unit.plain[at : unit.end])
    return _GONE.join(kept)
