"""Tells the traits of a goal unit, by the definitions. Knows nothing about severities or scores."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.goals.findings import Traits
from assistant.goals.made import made
from assistant.lint.deliverables import names_object, only_papers
from assistant.lint.unit import Unit


def traits_of(unit: Unit, *, contradicts: bool, impossible: bool) -> Traits:
    """Return the traits of one unit.

    Args:
        unit: the goal unit.
        contradicts: a rule found a contradiction of direction, arithmetic, time or weights.
        impossible: a rule found an impossible value.
    """
    done = bool(unit.deliverables) or bool(unit.activity_counts) or bool(unit.services)
    open_blank = bool(unit.facts.placeholders) and not unit.values
    has_target = not open_blank and (bool(unit.values) or done or (unit.ordinal and bool(unit.facts.metrics)))
    qualitative = unit.kind == "objective" and not unit.values
    return made(
        Traits,
        specific=bool(unit.hard_metrics or unit.result_values or unit.names_measure or done) or names_object(unit),
        measurable=None if qualitative else _measurable(unit, has_target),
        time_bound=_time_bound(unit),
        has_baseline=None if qualitative else _has_baseline(unit),
        has_target=None if qualitative else has_target,
        has_metric=_has_metric(unit),
        outcome_not_activity=_outcome(unit),
        consistent=False if contradicts else None if impossible else True,
    )


def _time_bound(unit: Unit) -> bool | None:
    """A key result or objective without a time of its own has that of its cycle, which the text does not show."""
    if unit.scope.inherited_deadline or any(
        time.certainty != "impossible" or time.resolved[1] for time in unit.deadlines
    ):
        return True
    return None if unit.kind in ("objective", "key_result") and not unit.deadlines else False


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
    if unit.result_values and all(unit.counts_result(value) for value in unit.result_values):
        return None
    return None if unit.services and not unit.values else False


def _has_metric(unit: Unit) -> bool | None:
    if unit.hard_metrics or unit.result_values or unit.names_measure or unit.baselines:
        return True
    if unit.activity_counts or unit.services or unit.milestone:
        return None
    return None if unit.has("soft") or (unit.kind == "objective" and not unit.values) else False


def _outcome(unit: Unit) -> bool | None:
    if unit.only_activity:
        return False
    if unit.milestone:
        return None if only_papers(unit) else True
    if not unit.values and not unit.hard_metrics and unit.has("conduct"):
        return None
    return True


def combined(parts: Iterable[Traits]) -> Traits:
    """Return the traits of a record of several parts: what holds of all of them, where it applies."""
    given = list(parts)

    def both(name: str) -> bool | None:
        values = [value for value in (getattr(part, name) for part in given) if value is not None]
        return all(values) if values else None

    return Traits(**{name: both(name) for name in Traits.model_fields})
