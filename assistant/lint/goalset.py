"""A list of goals as set-level rules see it: who stands under which objective, and what each is about.

Knows nothing about rules, files or output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.goals.facts import Action, Change, Direction, Quantity, Time
from assistant.goals.findings import GoalKind
from assistant.lint.documents.record import Record
from assistant.lint.once import once
from assistant.lint.plain import plain
from assistant.lint.slices import within
from assistant.lint.unit import Unit

_MARKS = re.compile(r"[\s,.;:!?\"'()\[\]{}*_|、。·“”「」-]+")
_SHARE = re.compile(
    r"(?:权重|占比权重|比重|(?<![a-z])weight(?:ing)?)\s*(?:为|是|占|:|of|=|at)?\s*\(?(?P<value>\d+(?:\.\d+)?)\s*%?"
)
_ID = re.compile(r"(?i)[a-z]{1,4}[-_ ]?\d{1,4}(?:\.\d{1,3})?")
_MARK = re.compile(r"[\s*_#-]*((?:[OoGg]|KR|kr)[-_ ]?\d{1,3}(?:\.\d{1,3})*)[*_]{0,2}\s*[:：.、]")
_REMARKS = re.compile(r"备注|说明|(?<![a-z])(?:remarks?|notes?|comments?)(?![a-z])")
_FILLER = re.compile(
    r"将|把|使|让|的|并|且|全年|年度|本|我们|团队|目标|确保|实现|力争|完成|争取"
    r"|(?<![a-z])(?:the|our|a|an|of|in|for|by|to|and|we|will|team|goal)(?![a-z])"
)


@dataclass(frozen=True)
class Aimed:
    """One measure that a goal moves: its name, the words that say whose, the way, and the value to reach.

    `due` holds the last days of all its goal's deadlines and windows, of the cycle above where it has none.
    """

    name: str
    scope: str
    direction: Direction | None
    to: Quantity | None
    place: tuple[int, int]
    deadline: Time | None
    due: tuple[date, ...] = ()


@dataclass
class Member:
    """One goal of a list: its record, its unit, and the member under which it stands.

    Attributes:
        index: place of the record in the list.
        record: the record.
        kind: kind as given or recognised.
        unit: the goal's (first) unit.
        parent: index of the objective's record in the list, or None.
    """

    index: int
    record: Record
    kind: GoalKind
    unit: Unit
    parent: int | None = None

    @once
    def words(self) -> str:
        """The goal without blanks and marks, for comparing."""
        return _MARKS.sub("", self.unit.plain[: len(self.record.text)])

    @once
    def part(self) -> tuple[object, ...]:
        """The part of the document that the goal stands in: its table and its team, product or the like.

        Owners, dates and remarks tell no parts.
        """
        from assistant.lint.documents.headings import heading

        told = tuple(
            cell for cell in self.record.groups if heading(cell[0]) is None and not _REMARKS.search(plain(cell[0]))
        )
        return self.record.sheet, self.record.table, told

    @once
    def owned(self) -> bool:
        """True where somebody answers for it by name, role or unit."""
        return any(not owner.vague for owner in self.unit.facts.owners)

    @once
    def weight(self) -> Decimal | None:
        """The goal's share of its list as given in a column or in its words, on the scale of the list."""
        if self.record.weight is not None:
            return self.record.weight
        found = list(_SHARE.finditer(self.unit.plain, self.unit.start, self.unit.end))
        return Decimal(found[0]["value"]) if len(found) == 1 else None

    @once
    def aimed(self) -> tuple[Aimed, ...]:
        """The measures that the goal moves, each with its value."""
        return tuple(self._aimed())

    def _aimed(self) -> Iterator[Aimed]:
        unit = self.unit
        deadline = unit.deadlines[0] if len(unit.deadlines) == 1 else None
        due = _due(unit)
        for change in unit.facts.changes:
            metric = unit.metric_of(change)
            to = unit.quantity(change.to)
            if metric is None or (to is None and change.stated is None):
                continue
            start, _ = unit.clause(metric.start)
            name = _MARKS.sub("", unit.plain[metric.start : metric.end])
            scope = _scope(unit, start, metric.start)
            yield Aimed(name, scope, _way(unit, change, to), to, (metric.start, metric.end), deadline, due)


def _due(unit: Unit) -> tuple[date, ...]:
    ends = unit.scope.cycle[1:] if not unit.deadlines else [time.resolved[1] for time in unit.deadlines]
    return tuple(sorted({end for end in ends if end is not None}))


def _way(unit: Unit, change: Change, to: Quantity | None) -> Direction | None:
    """The way in which the goal moves its measure; a bound alone tells it too (at most: down, at least: up)."""
    if change.direction is not None:
        return change.direction
    if to is None:
        return None
    return {"ge": "up", "le": "down"}.get(to.bound)  # type: ignore[return-value]


def _scope(unit: Unit, start: int, end: int) -> str:
    """The words before a measure that say whose it is, without times, verbs and filler."""
    words = unit.plain[start:end]
    gone: Iterable[Time | Action] = (*within(unit.facts.times, start, end), *within(unit.facts.actions, start, end))
    for part in gone:
        words = words.replace(unit.plain[part.start : min(part.end, end)], " ", 1)
    return _MARKS.sub("", _FILLER.sub("", words))


@dataclass(frozen=True)
class GoalSet:
    """The goals of one document, in order."""

    members: Sequence[Member]

    @once
    def families(self) -> tuple[tuple[Member | None, str, tuple[Member, ...]], ...]:
        """Objectives with the members under them: the objective where it is a record, its words, the results."""
        groups: dict[tuple[int | None, str], list[Member]] = {}
        for member in self.members:
            if member.parent is not None:
                groups.setdefault((member.parent, ""), []).append(member)
            elif member.record.parent:
                groups.setdefault((None, member.record.parent), []).append(member)
        by_index = {member.index: member for member in self.members}
        return tuple(
            (by_index.get(parent) if parent is not None else None, name, tuple(results))
            for (parent, name), results in groups.items()
        )

    @once
    def heads(self) -> frozenset[int]:
        """Indexes of the members under which others stand."""
        return frozenset(member.parent for member in self.members if member.parent is not None)

    @once
    def strays(self) -> frozenset[str]:
        """Ids that are named as parents and that no goal has, in a list whose goals have ids."""
        records = [member.record for member in self.members]
        ids = {name.strip() for record in records for name in (record.id, record.own_id, mark_of(record.text))}
        if not any(map(looks_like_id, ids)):
            return frozenset()
        named = {(member.record.parent or "").strip() for member in self.members if member.parent is None}
        return frozenset(name for name in named - ids if looks_like_id(name))


def mark_of(text: str) -> str:
    """Return the mark with which a goal's words begin (O1 in `O1: Customers stay`), '' where there is none."""
    found = _MARK.match(text)
    return found[1] if found else ""


def looks_like_id(words: str) -> bool:
    """Tell whether the words are a short mark such as O3 or OBJ-12 and no sentence."""
    return _ID.fullmatch(words.strip()) is not None


def alike(one: str, two: str) -> float:
    """Return the share of common character pairs of two texts, 0 to 1 (Dice's coefficient over sets of bigrams).

    Source: Dice, L. R. (1945): Measures of the amount of ecologic association between species. Ecology 26(3).
    """
    first, second = ({words[i : i + 2] for i in range(len(words) - 1)} for words in (one, two))
    return 2 * len(first & second) / max(len(first) + len(second), 1)
