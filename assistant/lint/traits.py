"""Tells the traits of a goal unit, by the definitions. Knows nothing about severities or scores."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.goals.findings import Traits
from assistant.lint.unit import Unit


def traits_of(unit: Unit, *, contradicts: bool, impossible: bool) -> Traits:
    """Return the traits of one unit.

    Args:
        unit: the goal unit.
        contradicts: a rule found a contradiction of direction, arithmetic, time or weights.
        impossible: a rule found an impossible value.
    """
    has_metric = _has_metric(unit)
    done = bool(unit.deliverables) or bool(unit.activity_counts) or bool(unit.services)
    open_blank = bool(unit.facts.placeholders) and not unit.values
    has_target = not open_blank and (bool(unit.values) or done or (unit.ordinal and bool(unit.facts.metrics)))
    return Traits(
        specific=bool(has_metric or unit.hard_metrics or unit.result_values or done or unit.only_activity),
        measurable=_measurable(unit, has_target),
        time_bound=bool(unit.deadlines) or unit.scope.inherited_deadline,
        has_baseline=_has_baseline(unit),
        has_target=has_target,
        has_metric=has_metric,
        outcome_not_activity=_outcome(unit),
        consistent=False if contradicts else None if impossible else True,
    )


def _measurable(unit: Unit, has_target: bool) -> bool | None:
    if unit.unverifiable and not unit.result_values:
        return None
    return has_target


def _has_baseline(unit: Unit) -> bool | None:
    if unit.baselines:
        return True
    if unit.milestone or unit.only_activity or (unit.activity_counts and not unit.result_values):
        return None
    if unit.maintains and unit.values and not any(change.direction in ("up", "down") for change in unit.facts.changes):
        return None
    return None if unit.services and not unit.values else False


def _has_metric(unit: Unit) -> bool | None:
    if unit.hard_metrics or unit.result_values or unit.names_measure:
        return True
    if unit.milestone and not unit.activity_counts:
        return None
    return None if unit.has("soft") else False


def _outcome(unit: Unit) -> bool | None:
    if unit.only_activity:
        return False
    if unit.milestone:
        return True if unit.states else None
    return True


def combined(parts: Iterable[Traits]) -> Traits:
    """Return the traits of a record of several parts: what holds of all of them, where it applies."""
    given = list(parts)

    def both(name: str) -> bool | None:
        values = [value for value in (getattr(part, name) for part in given) if value is not None]
        return all(values) if values else None

    return Traits(**{name: both(name) for name in Traits.model_fields})
