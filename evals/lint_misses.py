"""Shows where the linter and the labels of a goal differ: the working tool of whoever writes a rule.

Knows nothing about which goals are set aside; whoever calls it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar

from assistant.goals import Quantity, Span, Time
from evals.lint_cases import Case, LabelledQuantity, Place, places
from evals.lint_scoring import Comparison, binds, overlap, same_days, same_direction, same_role

INDENT = "    "
Read = TypeVar("Read", bound=Span)


def show(item: Comparison) -> str:
    """Return a goal with all that differs from its labels, a line each."""
    case = item.case
    facts = [case.id, case.class_, f"today {case.today}", *([case.kind] if case.kind else [])]
    lines = [f"── {' · '.join(facts)}", *(f"   {line}" for line in case.text.splitlines())]
    lines += [INDENT + line for line in (*_rules(item), *_traits(item), *_quantities(item), *_times(item))]
    lines += [INDENT + line for line in _changes(item)]
    return "\n".join(lines)


def _rules(item: Comparison) -> Iterator[str]:
    missed = item.defects.missed | item.infos.missed
    false = item.defects.false | item.infos.false | item.stray
    open_ = item.defects.open | item.infos.open
    for name in sorted(missed):
        yield f"missed    {name}"
    for found in item.goal.findings:
        if found.rule in false:
            yield f"false     {found.rule} ({found.severity}) at “{found.text}”: {found.message}"
    right = sorted(item.defects.right | item.infos.right)
    if missed or false:
        yield f"right     {', '.join(right) or '–'}" + (f"; open: {', '.join(sorted(open_))}" if open_ else "")


def _traits(item: Comparison) -> Iterator[str]:
    for name in item.traits:
        label, read = getattr(item.case.traits, name), getattr(item.goal.traits, name)
        yield f"trait     {name}: label {_trait(label)}, linter {_trait(read)}"


def _quantities(item: Comparison) -> Iterator[str]:
    spots = places(item.case)[0]
    left = list(item.quantities.false)
    for label in item.quantities.missed:
        near = _near(_spot(item.case.quantities, label, spots), left)
        yield f"quantity  {_said(label)} {_read_as(_quantity(item.case, near) if near else None)}"
        left = [read for read in left if read is not near]
    for read in left:
        yield f"quantity  false: {_quantity(item.case, read)}"
    for pair in item.quantities.pairs:
        if not same_role(pair):
            yield f"role      “{pair[0].text}”: label {pair[0].role}, linter {pair[1].role}"


def _times(item: Comparison) -> Iterator[str]:
    spots = places(item.case)[1]
    left = list(item.times.false)
    for label in item.times.missed:
        near = _near(_spot(item.case.times, label, spots), left)
        said = f"“{label.text}” {label.kind} {_days(label.resolved)}"
        yield f"time      {said} {_read_as(_time(item.case, near) if near else None)}"
        left = [read for read in left if read is not near]
    for read in left:
        yield f"time      false: {_time(item.case, read)}"
    for pair in item.times.pairs:
        if binds(pair) and not same_days(pair):
            days = f"label {_days(pair[0].resolved)}, linter {_days(pair[1].resolved)}"
            yield f"days      “{pair[0].text}”: {days}"


def _changes(item: Comparison) -> Iterator[str]:
    for label in item.changes.missed:
        yield f"pair      missed: {label.frm} → {label.to}, {label.direction}"
    for read in item.changes.false:
        yield f"pair      false: {read.frm} → {read.to}, {read.direction}"
    for pair in item.changes.pairs:
        if not same_direction(pair):
            yield f"pair      {pair[0].frm} → {pair[0].to}: label {pair[0].direction}, linter {pair[1].direction}"


def _spot(labels: Sequence[object], label: object, spots: Sequence[Place]) -> Place:
    return next(spot for other, spot in zip(labels, spots, strict=True) if other is label)


def _near(spot: Place, read: Sequence[Read]) -> Read | None:
    return next((item for item in read if overlap(spot, item)), None)


def _read_as(text: str | None) -> str:
    return f"read as {text}" if text else "not found"


def _said(label: LabelledQuantity) -> str:
    return f"“{label.text}” = {label.value} {label.unit or '(no unit)'} {label.role}"


def _quantity(case: Case, read: Quantity) -> str:
    return f"“{case.text[read.start : read.end]}” = {read.value} {read.unit or '(no unit)'} {read.role}"


def _time(case: Case, read: Time) -> str:
    return f"“{case.text[read.start : read.end]}” {read.kind} {_days(read.resolved)}"


def _days(resolved: tuple[date | None, date | None]) -> str:
    return f"[{resolved[0] or '–'}, {resolved[1] or '–'}]"


def _trait(value: bool | None) -> str:
    return "null" if value is None else str(value).lower()
