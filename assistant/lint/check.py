"""Judges a list of records: each by itself, then all of them together.

Knows the order of the work and which goal stands under which; nothing about single rules or how records are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.goals.facts import Time
from assistant.goals.findings import Finding, GoalKind, LintedGoal, LintReport
from assistant.language import read
from assistant.lint.documents.record import Record
from assistant.lint.engine import Surroundings, cycle_of, finding_of, lint_record
from assistant.lint.goalset import GoalSet, Member
from assistant.lint.profile import GOAL, Profile
from assistant.lint.registry import all_rules
from assistant.lint.suppression import remarks
from assistant.lint.unit import Unit


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
        select: names of the rules to report; None for all that are on.
        ignore: names of rules to leave out.
        profile: how the document is judged.
    """
    goals: list[LintedGoal] = []
    members: list[Member] = []
    parents = _Parents(today, profile.fiscal_start)
    for index, record in enumerate(records):
        record = replace(record, kind=record.kind or kind)
        day = record.today or today
        above = parents.above(record)
        goal, units = lint_record(record, above, today=day, select=select, ignore=ignore, profile=profile)
        goals.append(goal)
        if len(records) > 1:
            members.append(Member(index, record, goal.kind, units[0], parents.place(index, record, goal, units)))
    if members:
        goals = _together(goals, GoalSet(members), select, frozenset(ignore) | profile.off, profile)
    return LintReport(today=today, goals=tuple(goals))


class _Parents:
    """Who stands under whom: by a named parent, or a key result under the objective before it."""

    def __init__(self, today: date, fiscal_start: int | None) -> None:
        self._today, self._fiscal_start = today, fiscal_start
        self._known: dict[str, int] = {}
        self._lends: dict[int, Surroundings] = {}
        self._named: dict[str, Surroundings] = {}
        self._objective: int | None = None

    def above(self, record: Record) -> Surroundings:
        """What the record's objective lends it."""
        if record.parent:
            index = self._known.get(record.parent.strip())
            if index is not None:
                return self._lends[index]
            if record.parent not in self._named:
                self._named[record.parent] = _lent(read(record.parent, self._today, self._fiscal_start).times)
            return self._named[record.parent]
        if record.kind == "key_result" and record.parent is None and self._objective is not None:
            return self._lends[self._objective]
        return Surroundings()

    def place(self, index: int, record: Record, goal: LintedGoal, units: Sequence[Unit]) -> int | None:
        """Take note of a judged record; return the index of its objective's record, or None."""
        parent = None
        if record.parent:
            parent = self._known.get(record.parent.strip())
        elif record.parent is None and goal.kind == "key_result":
            parent = self._objective
        if goal.kind == "objective":
            self._objective = index if len(units) == 1 else None
            self._lends[index] = _lent(goal.facts.times)
            self._known.update({record.id.strip(): index, record.text.strip(): index})
        elif goal.kind != "key_result":
            self._objective = None
        return parent


def _lent(times: Iterable[Time]) -> Surroundings:
    binding = [time for time in times if time.kind in ("deadline", "window")]
    return Surroundings(cycle_of(binding), bool(binding))


def _together(
    goals: list[LintedGoal], goal_set: GoalSet, select: Collection[str] | None, ignore: frozenset[str], profile: Profile
) -> list[LintedGoal]:
    """Return the goals with what the rules for lists find between them."""
    added: dict[int, list[Finding]] = {}
    for member, finding in _between(goal_set, select, ignore, profile):
        added.setdefault(member.index, []).append(finding)
    return [_with(goal, added[index]) if index in added else goal for index, goal in enumerate(goals)]


def _between(
    goal_set: GoalSet, select: Collection[str] | None, ignore: frozenset[str], profile: Profile
) -> Iterator[tuple[Member, Finding]]:
    for rule in all_rules():
        named = select is not None and rule.name in select
        if rule.check_set is None or rule.name in ignore or (select is not None and not named):
            continue
        if rule.preview and not named:
            continue
        for member, hit in rule.check_set(goal_set):
            text = member.record.text
            finding = finding_of(rule, hit, member.unit, text, len(text), profile)
            if not any(remark.covers(rule.name, rule.id, finding.start) for remark in remarks(text)):
                yield member, finding


def _with(goal: LintedGoal, findings: list[Finding]) -> LintedGoal:
    known = {(finding.rule, finding.start, finding.end) for finding in goal.findings}
    fresh = [finding for finding in findings if (finding.rule, finding.start, finding.end) not in known]
    merged = sorted((*goal.findings, *fresh), key=lambda finding: (finding.start, finding.end, finding.id))
    ready = goal.scorecard.ready and not any(finding.severity == "error" for finding in fresh)
    return goal.model_copy(
        update={"findings": tuple(merged), "scorecard": goal.scorecard.model_copy(update={"ready": ready})}
    )
