"""Judges a list of records: each by itself, then all of them together.

Knows the order of the work and which goal stands under which; nothing about single rules or how records are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.goals.facts import Time
from assistant.goals.findings import Finding, GoalKind, LintedGoal, LintReport
from assistant.language import read
from assistant.lint.documents.record import Record
from assistant.lint.engine import Surroundings, cycle_of, finding_of, lint_record, marks_from
from assistant.lint.goalset import GoalSet, Member, mark_of
from assistant.lint.profile import GOAL, Profile
from assistant.lint.registry import all_rules
from assistant.lint.rule import Hit, Rule
from assistant.lint.scorecard import marked_further
from assistant.lint.suppression import remarks
from assistant.lint.unit import Unit

Judgement = tuple[LintedGoal, tuple[Unit, ...]]


def lint_records(
    records: Sequence[Record],
    *,
    today: date,
    kind: GoalKind | None = None,
    select: Collection[str] | None = None,
    ignore: Collection[str] = (),
    profile: Profile = GOAL,
) -> LintReport:
    """Judge records, in order, each by its own kind and day where it has them.

    Args:
        records: the goals of one document.
        today: the day from which dates are judged.
        kind: kind of all goals that do not say theirs; told from each text where None.
        select: names of the rules to report; None for all that are on. The scorecards rest on all that are on.
        ignore: names of rules to leave out.
        profile: how the document is judged.
    """
    return lint_list(records, today=today, kind=kind, select=select, ignore=ignore, profile=profile).report


@dataclass(frozen=True, slots=True)
class JudgedList:
    """The judgement of a list.

    Attributes:
        report: the judgement of every record, in order.
        together: the list as the rules for lists saw it; empty for one record.
        between: what these rules found, each with the index of the goal that it stands at; a part of the report.
    """

    report: LintReport
    together: GoalSet
    between: tuple[tuple[int, Finding], ...]


def lint_list(
    records: Sequence[Record],
    *,
    today: date,
    kind: GoalKind | None = None,
    select: Collection[str] | None = None,
    ignore: Collection[str] = (),
    profile: Profile = GOAL,
) -> JudgedList:
    """Judge records like `lint_records`, and tell what holds between them."""
    if kind is not None:
        records = [replace(record, kind=record.kind or kind) for record in records]

    def judge(record: Record, above: Surroundings) -> Judgement:
        day = record.today or today
        return lint_record(record, above, today=day, select=select, ignore=ignore, profile=profile)

    goals: list[LintedGoal] = []
    members: list[Member] = []
    parents = _Parents(records, judge, lambda words: read(words, today, profile.fiscal_start).times)
    for index, record in enumerate(records):
        goal, units, parent = parents.judged(index)
        goals.append(goal)
        if len(records) > 1:
            members.append(Member(index, record, goal.kind, units[0], parent))
    goal_set = GoalSet(members)
    added = _together(goal_set, select, frozenset(ignore) | profile.off, profile) if members else {}
    goals = [_with(goal, added[index], select) if index in added else goal for index, goal in enumerate(goals)]
    between = tuple((index, each.finding) for index, found in added.items() for each in found)
    return JudgedList(LintReport(today=today, goals=tuple(goals)), goal_set, between)


class _Parents:
    """Who stands under whom: under the parent that it names, or as a key result under the objective before it.

    Records are judged in order, but a named parent before its children, since it lends them its time.
    """

    def __init__(
        self,
        records: Sequence[Record],
        judge: Callable[[Record, Surroundings], Judgement],
        times: Callable[[str], Iterable[Time]],
    ) -> None:
        self._records, self._judge, self._times = records, judge, times
        self._known, self._nearby = _names(records, lambda record: ()), _names(records, _table)
        self._done: dict[int, Judgement] = {}
        self._lends: dict[int, Surroundings] = {}
        self._named: dict[str, Surroundings] = {}
        self._objective: int | None = None

    def judged(self, index: int) -> tuple[LintedGoal, tuple[Unit, ...], int | None]:
        """Return the judgement of the next record in order and the index of its parent's record, or None."""
        self._settle_above(index)
        if index not in self._done:
            self._settle(index, self._objective)
        goal, units = self._done[index]
        record = self._records[index]
        parent = self._parent(index)
        if record.parent is None and goal.kind == "key_result":
            parent = self._objective
        if goal.kind == "objective":
            self._objective = index if len(units) == 1 else None
        elif goal.kind != "key_result":
            self._objective = None
        return goal, units, parent

    def _settle_above(self, index: int) -> None:
        """Judge the named parents of a record that are not yet judged, the uppermost first."""
        line: dict[int, None] = {}
        above = self._parent(index)
        while above is not None and above not in self._done and above not in line and above != index:
            line[above] = None
            above = self._parent(above)
        for each in reversed(line):
            self._settle(each, None)

    def _settle(self, index: int, objective: int | None) -> None:
        record = self._records[index]
        above = Surroundings()
        if record.parent:
            above = self._lent_by_name(index, record.parent)
        elif record.kind == "key_result" and record.parent is None and objective is not None:
            above = self._lends[objective]
        if record.title and not above.timed:
            above = replace(above, timed=self._lent_by_words(record.title).timed)
        _, units = self._done[index] = self._judge(record, above)
        own = _lent(units[0].facts.times)
        self._lends[index] = own if own.timed else above

    def _lent_by_name(self, index: int, name: str) -> Surroundings:
        parent = self._parent(index)
        if parent is not None:
            return self._lends.get(parent, Surroundings())
        return self._lent_by_words(name)

    def _lent_by_words(self, words: str) -> Surroundings:
        if words not in self._named:
            self._named[words] = _lent(self._times(words))
        return self._named[words]

    def _parent(self, index: int) -> int | None:
        """Return the record that is meant by a record's parent: one of the same table before others."""
        record = self._records[index]
        name = (record.parent or "").strip()
        found = self._nearby.get((_table(record), name), self._known.get(((), name)))
        return None if found == index else found


def _names(
    records: Sequence[Record], part: Callable[[Record], tuple[object, ...]]
) -> dict[tuple[tuple[object, ...], str], int]:
    """Return which record a name means in each part of a document.

    A name is an id, else the words of a goal, else the mark with which they begin; a mark or an id of a row that
    comes twice in the part means none.
    """
    parts = [part(record) for record in records]
    known: dict[tuple[tuple[object, ...], str], int] = {}
    for names, unique in (
        ([record.id.strip() for record in records], False),
        ([record.own_id.strip() for record in records], True),
        ([record.text.strip() for record in records], False),
        ([mark_of(record.text) for record in records], True),
    ):
        keys = list(zip(parts, names, strict=True))
        times = Counter(keys)
        for index, key in enumerate(keys):
            if key[1] and not (unique and times[key] > 1):
                known.setdefault(key, index)
    return known


def _table(record: Record) -> tuple[object, ...]:
    return record.sheet, record.table


def _lent(times: Iterable[Time]) -> Surroundings:
    binding = [time for time in times if time.kind in ("deadline", "window")]
    return Surroundings(cycle_of(binding), bool(binding))


@dataclass(frozen=True, slots=True)
class _Found:
    """What a rule for lists found at one goal."""

    rule: Rule
    hit: Hit
    finding: Finding


def _together(
    goal_set: GoalSet, select: Collection[str] | None, ignore: frozenset[str], profile: Profile
) -> dict[int, list[_Found]]:
    """Return what the rules for lists find, by goal; `select` only says what is reported."""
    added: dict[int, list[_Found]] = {}
    for member, found in _between(goal_set, select, ignore, profile):
        added.setdefault(member.index, []).append(found)
    return added


def _between(
    goal_set: GoalSet, select: Collection[str] | None, ignore: frozenset[str], profile: Profile
) -> Iterator[tuple[Member, _Found]]:
    for rule in all_rules():
        if rule.check_set is None or rule.name in ignore or (rule.preview and rule.name not in (select or ())):
            continue
        for member, hit in rule.check_set(goal_set):
            text = member.record.text
            finding = finding_of(rule, hit, member.unit, text, len(text), profile)
            if not any(remark.covers(rule.name, rule.id, finding.start) for remark in remarks(text)):
                yield member, _Found(rule, hit, finding)


def _with(goal: LintedGoal, found: Sequence[_Found], select: Collection[str] | None) -> LintedGoal:
    known = {(finding.rule, finding.start, finding.end) for finding in goal.findings}
    fresh = [
        each.finding
        for each in found
        if (select is None or each.rule.name in select)
        and (each.finding.rule, each.finding.start, each.finding.end) not in known
    ]
    traits = goal.traits
    if any(each.rule.contradiction for each in found):
        traits = traits.model_copy(update={"consistent": False})
    card = marked_further(
        goal.scorecard,
        traits,
        [mark for each in found for mark in marks_from(each.rule, each.hit, each.finding)],
        [each.finding.severity for each in found],
    )
    merged = sorted((*goal.findings, *fresh), key=lambda finding: (finding.start, finding.end, finding.id))
    return goal.model_copy(update={"traits": traits, "scorecard": card, "findings": tuple(merged)})
