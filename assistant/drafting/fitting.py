"""Tells which values can be of one measure, by their units. Knows nothing about where they stand in a text."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from assistant.goals import Metric, Quantity, Source, Stated
from assistant.language.units import MONEY

_WHOLE = 100
OF_SO_MANY = re.compile(
    r"每(?:一?[集篇单單件台个個次份张張批]|[百千万萬])|\b(?:per|in (?:every|each)|out of(?: every)?)\b", re.I
)
"""Words that count something of so many others."""
PEOPLE = frozenset(
    {"人", "名", "位", "个人", "people", "person", "agent", "engineer", "nurse", "colleague", "employee", "hire"}
)
TIME_UNITS = frozenset({"ms", "s", "min", "h", "day", "workday", "week", "month", "year"})


def fits_level(quantity: Quantity, metric: Metric) -> bool:
    """Whether a quantity can be a level of a metric, not only a difference."""
    if metric.kind == "duration":
        return quantity.unit in TIME_UNITS
    if quantity.unit in MONEY:
        return metric.kind in {"money", "ratio"}
    if quantity.unit in TIME_UNITS or (quantity.unit in {"%", "pp", "x"} and metric.kind in {"count", "money"}):
        return False
    return quantity.unit not in {"pp", "x"} and fits(quantity, metric)


def fits(quantity: Quantity, metric: Metric) -> bool:
    """Whether a quantity's unit can belong to a metric that it was not named beside."""
    unit = quantity.unit
    if metric.kind == "percent":
        value = decimal(quantity.value)
        return unit in {"%", "pp", "x"} or (unit == "" and value is not None and value <= _WHOLE)
    if metric.kind == "duration":
        return unit in TIME_UNITS | {"%", "x"}
    if unit in MONEY:
        return metric.kind in {"money", "ratio"}
    if unit in TIME_UNITS and (metric.kind == "money" or (metric.kind == "count" and metric.unit not in TIME_UNITS)):
        return False
    if unit in {"%", "pp"}:
        return quantity.role in {"change", "other"} or metric.kind in {"score", "ratio"}
    return unit not in PEOPLE or metric.unit in PEOPLE


def of_one_thing(source: Source, figures: list[Quantity]) -> bool:
    """Whether figures can be of one measure: not a number of wards and of days, nor the items of a list."""
    for first, last in pairwise(figures):
        units = {first.unit, last.unit}
        if len(units) > 1 and not units & {"", "%", "pp", "x"} and not units <= TIME_UNITS and not units <= MONEY:
            return False
        if "、" in source.text[first.end : last.start]:
            return False
    return True


def level(stated: Stated) -> Decimal | None:
    """Return a stated value as a number that levels of one metric can be compared by: a third is 33.33 of a hundred."""
    value = decimal(stated.value)
    return value * _WHOLE if value is not None and stated.unit == "x" and value < 1 else value


def decimal(text: str | None) -> Decimal | None:
    """Return a stated value as a number; None for ranges, ratios and nothing."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
