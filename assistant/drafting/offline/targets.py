"""Works out the target of a goal: what was stated, else a proposal from the catalogue's rule of thumb.

Knows nothing about sentences. A proposal is a cautious step, never a benchmark.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from assistant.goals import Direction, Metric

_RELATIVE_STEP = Decimal(10)
_SHORT_MONTHS = 4


@dataclass(frozen=True, slots=True)
class Step:
    """A difference: `relative` in percent of the baseline, `points`, or `absolute` in the metric's unit."""

    kind: Literal["relative", "points", "absolute"]
    value: Decimal


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed target.

    Attributes:
        step: the step it rests on.
        level: the value to reach, or None where there is no baseline to start from.
        halved: True where the step was cut to half of what is left to the legal limit.
        short: True where the step was cut to half because the goal is short.
    """

    step: Step
    level: Decimal | None
    halved: bool = False
    short: bool = False


def propose(
    metric: Metric | None, direction: Direction, baseline: Decimal | None, unit: str, *, months: int = 6,
    ambition: int = 0,
) -> Proposal:  # fmt: skip
    """Return a target for `metric` that is better than `baseline` in `direction`.

    Args:
        metric: the catalogue entry; None for an aim outside the catalogue.
        direction: `up` or `down`.
        baseline: today's value in `unit`, or None.
        unit: unit in which the person gave the baseline; the catalogue's step is only used in its own unit.
        months: length of the goal; under four months half the step is proposed.
        ambition: steps towards more than the usual (each half as much again) or less (each half of it).
    """
    step = Step("relative", _RELATIVE_STEP)
    fits = metric is not None and (metric.unit == unit or baseline is None)
    if metric is not None and (fits or metric.step.kind == "relative"):
        step = Step(metric.step.kind, metric.step.value)
    short = months < _SHORT_MONTHS
    if short:
        step = Step(step.kind, step.value / 2)
    step = Step(step.kind, _scaled(step.value, ambition))
    if baseline is None:
        return Proposal(step, None, short=short)
    size = abs(baseline) * step.value / 100 if step.kind == "relative" else step.value
    halved = False
    limit = None
    if metric is not None and fits:
        limit = metric.maximum if direction == "up" else metric.minimum
    if limit is None and direction == "down":
        limit = Decimal(0)
    if limit is not None and size > abs(limit - baseline) / 2:
        size, halved = abs(limit - baseline) / 2, True
    level = baseline + size if direction == "up" else baseline - size
    return Proposal(step, rounded(level, baseline, size), halved, short)


def _scaled(value: Decimal, ambition: int) -> Decimal:
    """Return a step of more or less than the usual size, whole from ten on."""
    if not ambition:
        return value
    factor = 1 + Decimal(ambition) / 2 if ambition > 0 else Decimal(1) / 2**-ambition
    scaled = value * factor
    return scaled.quantize(Decimal(1), ROUND_HALF_UP) if scaled >= _RELATIVE_STEP else scaled


def rounded(level: Decimal, baseline: Decimal, size: Decimal) -> Decimal:
    """Round a level as coarsely as its size allows: to the baseline's decimals, finer only where the step needs it."""
    places = max(0, -_exponent(baseline))
    while places < 4 and size and abs(_at(level, places) - level) * 4 > size:
        places += 1
    digits = max(0, abs(level).adjusted() - 2) if places == 0 else 0
    if digits and size >= Decimal(10) ** digits * 2:
        unit = Decimal(10) ** digits
        return (level / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    return _at(level, places)


def _at(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _exponent(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
