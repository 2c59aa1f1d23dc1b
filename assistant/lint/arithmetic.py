"""Compares the values of quantities: ranges, shared units, rounding. Knows nothing about rules or texts."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from assistant.goals.facts import Quantity

_HOURS = {
    "ms": Decimal(1) / 3_600_000,
    "s": Decimal(1) / 3_600,
    "min": Decimal(1) / 60,
    "h": Decimal(1),
    "workday": Decimal(24),
    "day": Decimal(24),
    "week": Decimal(168),
    "month": Decimal(730),
    "year": Decimal(8_760),
}


def ends(quantity: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return lowest and highest value, or None for a ratio or anything that is no number."""
    low, _, high = quantity.value.partition("..")
    try:
        first = Decimal(low)
        last = Decimal(high) if high else first
    except InvalidOperation:
        return None
    return (first, last) if first.is_finite() and last.is_finite() else None


def single(quantity: Quantity | None) -> Decimal | None:
    """Return the value where it is one number, else None."""
    both = None if quantity is None else ends(quantity)
    return both[0] if both and both[0] == both[1] else None


def is_duration(unit: str) -> bool:
    """Tell whether the unit is one of time."""
    return unit in _HOURS


def comparable(first: Quantity, second: Quantity) -> bool:
    """Tell whether two values can be compared: the same unit, units of time, or one of them written without a unit."""
    one, other = first.unit, second.unit
    return one == other or not one or not other or (one in _HOURS and other in _HOURS)


def as_unit(value: Decimal, unit: str, target: str) -> Decimal:
    """Return the value in the target unit where both are units of time, else unchanged."""
    if unit == target or unit not in _HOURS or target not in _HOURS:
        return value
    return value * _HOURS[unit] / _HOURS[target]


def step(frm: Quantity, to: Quantity) -> Decimal | None:
    """Return how far `to` lies from `frm`, in `frm`'s unit, by the nearest ends of ranges; None where unclear.

    A range that overlaps the other value gives 0.
    """
    first, second = ends(frm), ends(to)
    if first is None or second is None or not comparable(frm, to):
        return None
    if {frm.unit, to.unit} in ({"workday", "week"}, {"workday", "day"}, {"workday", "month"}):
        return None
    low, high = (as_unit(value, to.unit, frm.unit) for value in second)
    if low > first[1]:
        return low - first[1]
    if high < first[0]:
        return high - first[0]
    return Decimal(0)


def tolerance(value: Decimal, approximate: bool = False) -> Decimal:
    """Return half a unit of the last written digit; for an approximate value a twentieth of it where that is more."""
    exponent = value.as_tuple().exponent
    half = Decimal("0.5").scaleb(exponent if isinstance(exponent, int) else 0)
    return max(half, abs(value) / 20) if approximate else half
