"""Divides a list of weighted goals into the groups whose weights should each make a whole.

Sheets are divided in many ways: all rows together, each department or employee by itself, each objective's results.
The list tells which way it means by its sums: the division that comes out right. Knows nothing about findings.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from assistant.lint.goalset import GoalSet, Member

WHOLE = Decimal(100)
_SLACK = Decimal("0.5")
_MOST_COLUMNS = 8
"""Columns that are tried, one by one and two together."""
_HIGHEST_RANK = 5
"""Whole numbers up to this one order goals by importance (1 to 5); they are no shares."""
Group = tuple[Member, ...]
Key = Callable[[Member], Hashable]
_LEVELS: tuple[Key, ...] = (
    lambda member: member.record.sheet,
    lambda member: (member.record.sheet, member.record.table),
)
"""The parts of a document, coarse to fine, each of which may be a sheet of weights by itself."""


@dataclass(frozen=True, slots=True)
class _Division:
    """How many groups of a division make a whole, and those that do not.

    Groups without a sum are neither, nor are those of a table whose hidden rows are not read.
    """

    right: int
    wrong: tuple[Group, ...]


def wrong_groups(goals: GoalSet) -> list[Group]:
    """Return the groups whose weights do not make a whole, by the division that fits the list best."""
    if sum(member.weight is not None for member in goals.members) < 2:
        return []
    return _wrong(goals, tuple(goals.members), _LEVELS)


def total(group: Iterable[Member]) -> Decimal | None:
    """Return the sum of a group's weights, None where one is missing or they are ranks."""
    weights = [member.weight for member in group]
    known = [weight for weight in weights if weight is not None]
    if not known or len(known) < len(weights):
        return None
    if len(known) > 1 and all(weight <= _HIGHEST_RANK and not weight % 1 for weight in known):
        return None
    return sum(known, Decimal(0))


def whole_of(total: Decimal) -> Decimal:
    """Return what a sum of weights should be: 100, or 1 where the weights are fractions."""
    return WHOLE if total > 2 else Decimal(1)


def _wrong(goals: GoalSet, members: Group, levels: Sequence[Key]) -> list[Group]:
    divisions = list(_divisions(goals, members))
    if not divisions or any(division.right and not division.wrong for division in divisions):
        return []
    if levels:
        return [group for part in _by(levels[0], members) for group in _wrong(goals, part, levels[1:])]
    return list(max(divisions, key=lambda division: division.right).wrong)


def _divisions(goals: GoalSet, members: Group) -> Iterator[_Division]:
    """Yield the ways to divide a part of a document, the most natural first and otherwise the coarser first."""
    leaves = tuple(m for m in members if m.kind != "objective" and m.index not in goals.heads)
    sum_of_all = total(leaves)
    families = _families(goals, members)
    together = [_division([leaves])]
    if len(families) > 1 and (sum_of_all is None or sum_of_all > WHOLE + _SLACK):
        together.insert(0, _division(families, goals))
    elif len(families) > 1:
        together.append(_division(families, goals))
    yield from together
    for groups in sorted((*_by_columns(leaves), *_by_gaps(leaves)), key=len):
        yield _division(groups, singles=True)


def _division(groups: Sequence[Group], goals: GoalSet | None = None, *, singles: bool = False) -> _Division:
    """Return how a division comes out.

    Args:
        groups: the groups.
        goals: the list, for results whose weights may also share out the weight of their objective.
        singles: whether one goal alone can be wrong; a lone weight of a whole table says nothing.
    """
    right, wrong = 0, []
    for group in groups:
        weight = None if any(member.record.partial for member in group) else total(group)
        if weight is None:
            continue
        if _makes(weight, whole_of(weight)) or (goals is not None and _shares_out(goals, group, weight)):
            right += 1
        elif singles or len(group) > 1:
            wrong.append(group)
    return _Division(right, tuple(wrong))


def _makes(weight: Decimal, whole: Decimal) -> bool:
    return abs(weight - whole) <= whole / 200


def _shares_out(goals: GoalSet, group: Group, weight: Decimal) -> bool:
    above = {member.parent for member in group}
    parent = above.pop() if len(above) == 1 else None
    whole = None if parent is None else goals.members[parent].weight
    return whole is not None and _makes(weight, whole)


def _families(goals: GoalSet, members: Group) -> list[Group]:
    """Return the goals under each parent, and at last those under none."""
    inside = {member.index for member in members}
    families = [tuple(m for m in results if m.index in inside) for _, _, results in goals.families]
    under = {member.index for results in families for member in results}
    rest = tuple(m for m in members if m.index not in under and m.kind != "objective")
    return [group for group in (*families, rest) if group]


def _by_columns(members: Group) -> Iterator[list[Group]]:
    """Yield the divisions by the values of a column, or of two, that repeat."""
    cells = {member.index: dict(member.record.groups) for member in members}
    labels = list(dict.fromkeys(label for member in members for label in cells[member.index]))
    keys = [label for label in labels if 1 < len({cells[m.index].get(label) for m in members}) < len(members)]
    keys = keys[:_MOST_COLUMNS]
    for chosen in (*((label,) for label in keys), *combinations(keys, 2)):
        groups = _by(lambda member: tuple(map(cells[member.index].get, chosen)), members)  # noqa: B023
        if len(groups) < len(members):
            yield groups


def _by_gaps(members: Group) -> Iterator[list[Group]]:
    """Yield the divisions of a list of lines at the headings or blanks between them."""
    if any(member.record.table for member in members):
        return
    for widest in (1, 2):
        groups: list[list[Member]] = [list(members[:1])]
        for last, member in pairwise(members):
            if member.record.line - last.record.line - last.record.text.count("\n") > widest:
                groups.append([])
            groups[-1].append(member)
        if 1 < len(groups) < len(members):
            yield [tuple(group) for group in groups]


def _by(key: Key, members: Group) -> list[Group]:
    groups: dict[Hashable, list[Member]] = {}
    for member in members:
        groups.setdefault(key(member), []).append(member)
    return [tuple(group) for group in groups.values()]
