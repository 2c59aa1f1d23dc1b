"""Judges one goal: reads it, runs the rules on its units, settles what speaks for what, marks the scorecard.

Knows nothing about files, records or output, and has no clock: `today` is an argument.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.goals.facts import Change, Direction, Facts, Quantity, Time
from assistant.goals.findings import (
    Finding,
    GoalKind,
    LintedGoal,
    Mark,
    Part,
    Scorecard,
    Severity,
    ShownChange,
    ShownFacts,
    Traits,
)
from assistant.goals.made import made
from assistant.language import read
from assistant.lint.arithmetic import step
from assistant.lint.arrows import with_arrows
from assistant.lint.documents.record import Record
from assistant.lint.form import Outline, outline
from assistant.lint.plain import plain
from assistant.lint.profile import GOAL, Profile
from assistant.lint.registry import all_rules
from assistant.lint.rule import Hit, Letter, Rule, no_check
from assistant.lint.scope import Scope
from assistant.lint.scorecard import scorecard
from assistant.lint.slices import part_of, without
from assistant.lint.subsumption import settle
from assistant.lint.suppression import readable, remarks
from assistant.lint.traits import combined, traits_of
from assistant.lint.unit import Unit

LONGEST = 20_000
"""Code points of one goal that are read; what lies behind belongs to no goal that anybody could keep."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the objective above a record lends it: the first and last day of its cycle, and whether it has any time."""

    cycle: tuple[date | None, date | None] = (None, None)
    timed: bool = False


@dataclass(frozen=True)
class Judged:
    """A record's judgement before it is shown."""

    text: str
    facts: Facts
    units: tuple[Unit, ...]
    traits: Traits
    unit_traits: tuple[Traits, ...]
    scorecard: Scorecard
    findings: tuple[Finding, ...]


def lint_text(
    text: str,
    *,
    today: date,
    kind: GoalKind | None = None,
    id: str = "",
    select: Collection[str] | None = None,
    ignore: Collection[str] = (),
    profile: Profile = GOAL,
) -> LintedGoal:
    """Judge one record by itself.

    Args:
        text: the goal, as written; several lines where it has labelled fields or key results.
        today: the day from which dates are judged.
        kind: kind of the goal; told from the text where None.
        id: the record's id in the result.
        select: names of the rules to report; None for all that are on. The scorecard rests on all rules that are on.
        ignore: names of rules to leave out altogether.
        profile: how the document it stands in is judged.
    """
    return lint_record(
        Record(id, text, kind), Surroundings(), today=today, select=select, ignore=ignore, profile=profile
    )[0]


def lint_record(
    record: Record,
    surroundings: Surroundings,
    *,
    today: date,
    select: Collection[str] | None = None,
    ignore: Collection[str] = (),
    profile: Profile = GOAL,
) -> tuple[LintedGoal, tuple[Unit, ...]]:
    """Judge one record in its surroundings; return the judgement and the units it was made of.

    The words beside a goal are read with it; what is found there is placed on the goal as a whole.
    """
    text, kind = record.text[:LONGEST], record.kind
    whole = f"{text}\n{record.beside}" if record.beside else text
    view = plain(text)
    shape = outline(view)
    words = readable(whole)
    facts = with_arrows(read(words, today, profile.fiscal_start))
    scope = Scope(
        kind=kind or shape.kind,
        inherited_deadline=profile.cycle or surroundings.timed,
        has_org_goal="relevant" in shape.fields or bool(record.parent),
        has_resources="achievable" in shape.fields,
        labelled=bool(shape.fields),
        cycle=surroundings.cycle,
        fiscal_start=profile.fiscal_start,
        own=len(text) if record.beside else None,
    )
    units = _units(whole, len(text), facts, view if words == text else plain(words), shape, scope)
    judged = judge(whole, facts, units, select=select, ignore=ignore, profile=profile, length=len(text))
    if record.beside:
        facts = part_of(facts, 0, len(text))
    return made(
        LintedGoal,
        id=record.id,
        text=record.text,
        language=facts.language,
        kind=kind or shape.kind or _kind(judged, units),
        traits=judged.traits,
        facts=shown(facts, units),
        scorecard=judged.scorecard,
        findings=judged.findings,
        parts=_parts(judged, units, shape),
    ), units


def judge(
    text: str,
    facts: Facts,
    units: tuple[Unit, ...],
    *,
    select: Collection[str] | None = None,
    ignore: Collection[str] = (),
    profile: Profile = GOAL,
    length: int | None = None,
) -> Judged:
    """Run the rules on units of one record and fold what they find into one judgement.

    Args:
        text: the record's words, with what stands beside it.
        facts: all that was read from them.
        units: the goal units of the record.
        select: names of the rules to report.
        ignore: names of rules to leave out altogether.
        profile: how the document is judged.
        length: where the record's own text ends in `text`; None where nothing stands beside it.
    """
    silenced = remarks(text)
    own = len(text) if length is None else length
    rules = _rules(frozenset(select) if select is not None else None, frozenset(ignore) | profile.off)
    kept: dict[tuple[str, int, int], Finding] = {}
    marks: list[tuple[Letter, Mark]] = []
    counted: list[Severity] = []
    unit_traits: list[Traits] = []
    for unit in units:
        found: list[Finding] = []
        marks_of: dict[int, tuple[tuple[Letter, Mark], ...]] = {}
        contradicts = impossible = False
        for rule in rules:
            for hit in rule.check(unit):
                finding = finding_of(rule, hit, unit, text, own, profile)
                if silenced and any(remark.covers(rule.name, rule.id, finding.start) for remark in silenced):
                    continue
                contradicts = contradicts or rule.contradiction
                impossible = impossible or rule.name == "impossible-value"
                found.append(finding)
                marks_of[id(finding)] = marks_from(rule, hit, finding)
        settled = settle(found)
        for finding in settled:
            marks.extend(marks_of[id(finding)])
            counted.append(finding.severity)
        if select is not None:
            settled = settle([finding for finding in found if finding.rule in select])
        for finding in settled:
            kept.setdefault((finding.rule, finding.start, finding.end), finding)
        unit_traits.append(traits_of(unit, contradicts=contradicts, impossible=impossible))
    findings = sorted(kept.values(), key=lambda finding: (finding.start, finding.end, finding.id))
    judged_traits = unit_traits[1:] if len(unit_traits) > 1 and units[0].kind == "objective" else unit_traits
    traits = judged_traits[0] if len(judged_traits) == 1 else combined(judged_traits)
    scope = units[0].scope
    lone = len(units) == 1
    return Judged(
        text=text,
        facts=facts,
        units=units,
        traits=traits,
        unit_traits=tuple(unit_traits),
        scorecard=scorecard(
            traits,
            marks,
            counted,
            has_org_goal=scope.has_org_goal,
            has_resources=scope.has_resources,
            qualitative=lone and scope.kind == "objective",
            cycle_elsewhere=scope.kind in ("objective", "key_result"),
        ),
        findings=tuple(findings),
    )


@lru_cache(maxsize=64)
def _rules(select: frozenset[str] | None, ignore: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules to run: those that are on, and preview ones that are selected by name."""
    return tuple(
        rule
        for rule in all_rules()
        if rule.check is not no_check and rule.name not in ignore and (not rule.preview or rule.name in (select or ()))
    )


def marks_from(rule: Rule, hit: Hit, finding: Finding) -> tuple[tuple[Letter, Mark], ...]:
    """Return what a finding puts on the letters of the scorecard; one for information puts nothing."""
    if hit.marks is not None:
        return tuple(hit.marks.items())
    return () if finding.severity == "info" else tuple(rule.marks.items())


def finding_of(rule: Rule, hit: Hit, unit: Unit, text: str, length: int, profile: Profile) -> Finding:
    """Return what a hit says of the record whose own text is `text[:length]`; beside it, the whole goal is meant."""
    say = rule.says[hit.say][unit.language]
    values = {name: value if len(value) <= 60 else value[:59] + "…" for name, value in hit.values.items()}
    start = min(max(hit.start, 0), len(text))
    end = min(max(hit.end, start), len(text))
    if start >= length and length < len(text):
        start, end = 0, length
    end = min(end, length)
    return made(
        Finding,
        rule=rule.name,
        id=rule.id,
        severity=profile.severities.get(rule.name) or hit.severity or rule.severity,
        start=start,
        end=end,
        text=text[start:end],
        message=say.message.format(**values),
        help=say.help.format(**values),
        fix=hit.fix,
        field=None,
    )


def _units(whole: str, length: int, facts: Facts, view: str, shape: Outline, scope: Scope) -> tuple[Unit, ...]:
    """Return the units of a record whose own text is `whole[:length]`."""
    results = [part for part in shape.parts if part[2] == "key_result"]
    if not results:
        start = 0 if shape.fields else min(shape.start, length)
        return (Unit(without(facts, shape.aside), view, start, len(whole), scope),)
    head_end = whole.rfind("\n", 0, results[0][0]) + 1 or results[0][0]
    times = [time for time in facts.times if time.kind in ("deadline", "window") and time.end <= head_end]
    timed = scope.inherited_deadline or bool(times)
    cycle = cycle_of(times) if times else scope.cycle
    places = tuple((start, end) for start, end, _ in results)
    head = replace(scope, kind="objective", inherited_deadline=timed, labelled=False, results=places)
    units = [Unit(part_of(facts, shape.start, head_end), view, shape.start, max(head_end, shape.start), head, facts)]
    for start, end, part_kind in results:
        below = Scope(kind=part_kind, inherited_deadline=timed, cycle=cycle, fiscal_start=scope.fiscal_start)
        units.append(Unit(part_of(facts, start, end), view, start, end, below))
    return tuple(units)


def cycle_of(times: Iterable[Time]) -> tuple[date | None, date | None]:
    """Return the first and last day that an objective's own times give its cycle, (None, None) where they do not."""
    spans = [time.resolved for time in times if time.kind in ("deadline", "window") and time.resolved[1] is not None]
    return spans[0] if len(spans) == 1 else (None, None)


def _parts(judged: Judged, units: tuple[Unit, ...], shape: Outline) -> tuple[Part, ...]:
    if len(units) > 1:
        return tuple(
            Part(start=unit.body[0], end=unit.body[1], kind=unit.kind or "key_result", traits=traits)
            for unit, traits in zip(units[1:], judged.unit_traits[1:], strict=True)
        )
    parts = []
    for start, end, kind in shape.parts:
        unit = Unit(part_of(judged.facts, start, end), units[0].plain, start, end, units[0].scope)
        traits = traits_of(unit, contradicts=judged.traits.consistent is False, impossible=False)
        parts.append(Part(start=unit.body[0], end=unit.body[1], kind=kind, traits=traits))
    return tuple(parts)


def _kind(judged: Judged, units: tuple[Unit, ...]) -> GoalKind:
    unit = units[0]
    if unit.only_activity:
        return "initiative"
    if unit.values or unit.deliverables or unit.deadlines or unit.services:
        return "smart_goal"
    return "aim"


def shown(facts: Facts, units: Sequence[Unit] = ()) -> ShownFacts:
    """Return the part of the facts that results show.

    A count that is the result or the work of its unit is shown as the target that it is, and a pair without a word
    for its way has that of its values.
    """
    counted = {
        (quantity.start, quantity.end)
        for unit in units
        for quantity in unit.facts.quantities
        if quantity.role == "other" and unit.counts(quantity)
    }

    def role(quantity: Quantity) -> Quantity:
        if (quantity.start, quantity.end) not in counted:
            return quantity
        return quantity.model_copy(update={"role": "target"})

    def value(index: int | None) -> str | None:
        return None if index is None else facts.quantities[index].value

    return made(
        ShownFacts,
        quantities=tuple(role(quantity) for quantity in facts.quantities) if counted else facts.quantities,
        times=facts.times,
        metrics=facts.metrics,
        owners=facts.owners,
        changes=tuple(
            made(ShownChange, frm=value(c.frm), to=value(c.to), direction=_way(facts, c), stated=value(c.stated))
            for c in facts.changes
        ),
    )


def _way(facts: Facts, change: Change) -> Direction | None:
    if change.frm is None or change.to is None or change.direction in ("up", "down"):
        return change.direction
    moved = step(facts.quantities[change.frm], facts.quantities[change.to])
    return change.direction if not moved else "up" if moved > 0 else "down"
