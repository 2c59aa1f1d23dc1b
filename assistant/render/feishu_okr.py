"""Writes a draft in the shape of Feishu OKR: figures as numbers, blanks where unknown, notices for the rest.

Nothing is made up to fill a field: what the shape cannot hold is named in the notices, in the draft's language.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from assistant.goals import DraftResult, Goal, KeyResult, Number
from assistant.render.draft_markdown import words
from assistant.render.draft_rows import key_result_name
from assistant.render.legible import one_line
from assistant.render.okr_shape import (
    MOST_UNIT,
    MOST_VALUE,
    ContentBlock,
    Indicator,
    OkrDocument,
    OkrKeyResult,
    OkrObjective,
    Unit,
    even_weights,
)

_CHINA = timezone(timedelta(hours=8))
_PUBLIC = {"%": "PERCENT", "CNY": "YUAN", "USD": "DOLLAR"}
_NONE = Unit(unit_type=0, unit_value="NONE")
_DIFFERENCE = "pp"
"""Percentage points measure a change, never a level."""
_BOUND = re.compile(
    r"(?:at (?:least|most)|no (?:more|less|fewer) than|not (?:above|below)|above|below|under|over|[≥≤><]=?|"
    r"不低于|不低於|不高于|不高於|不少于|不少於|不超过|不超過|低于|低於|高于|高於|至少|最多|达到|達到)?\s*"
    r"\0\s*(?:or (?:more|less|fewer|higher|lower|above|below)|及?以上|及?以下|以内|以內)?",
    re.IGNORECASE,
)
"""What may stand around a figure that is a level by itself; the figure is `\\0`."""
_DIGITS = re.compile(r"(?:[¥$]\s*)?(-?\d[\d,]*(?:\.\d+)?)\s*(.*)", re.DOTALL)


class _Level(NamedTuple):
    value: Decimal
    unit: str
    """What tells one unit from another."""
    shown: str
    """The unit in the draft's language."""
    number: Number


def feishu_okr(result: DraftResult) -> tuple[bytes, tuple[str, ...]]:
    """Return the JSON, checked against Feishu's limits, and what it could not say.

    Raises:
        ValueError: the draft has no goals, or more than 100 goals or key results.
    """
    notices: list[str] = []
    label = words(result.language)
    weights = even_weights(max(len(result.goals), 1))
    objectives = tuple(
        _objective(at, goal, weights[at], result, label, notices) for at, goal in enumerate(result.goals)
    )
    if len(objectives) > 1 or any(len(each.key_results) > 1 for each in objectives):
        notices.insert(0, label["notices"]["weights"])
    notices += _owners(result, label)
    document = OkrDocument(objectives=objectives, notices=tuple(notices))
    text = json.dumps(document.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return f"{text}\n".encode(), document.notices


def _objective(
    index: int, goal: Goal, weight: float, result: DraftResult, label: dict[str, Any], notices: list[str]
) -> OkrObjective:
    measured = [(at, each) for at, each in enumerate(goal.key_results) if not each.guardrail]
    guards = [(at, each) for at, each in enumerate(goal.key_results) if each.guardrail] if measured else []
    measured = measured or list(enumerate(goal.key_results))
    notes = [one_line(goal.statement)]
    for at, each in guards:
        notes.append(f"{label['guardrail']}{label['colon']}{one_line(each.statement)}")
        notices.append(label["notices"]["guardrail"].format(id=key_result_name(index + 1, goal.id, at + 1, each)))
    shares = even_weights(len(measured))
    days = [each.deadline for _, each in measured if each.deadline]
    return OkrObjective(
        position=index + 1,
        content=ContentBlock.of(one_line(goal.objective.text)),
        notes=ContentBlock.of(*notes),
        weight=weight,
        deadline=_milliseconds(max(days)) if days else None,
        key_results=tuple(
            OkrKeyResult(
                position=place + 1,
                content=ContentBlock.of(one_line(each.statement)),
                weight=shares[place],
                deadline=_milliseconds(each.deadline) if each.deadline else None,
                indicator=_indicator(index, goal, at, result, label, notices),
            )
            for place, (at, each) in enumerate(measured)
        ),
    )


def _indicator(
    index: int, goal: Goal, at: int, result: DraftResult, label: dict[str, Any], notices: list[str]
) -> Indicator:
    each = goal.key_results[at]
    name = key_result_name(index + 1, goal.id, at + 1, each)
    root = f"/goals/{index}/key_results/{at}"
    said = label["notices"]

    def level(field: str, text: str | None, blank: str) -> _Level | None:
        if text is None:
            notices.append(said[blank].format(id=name))
            return None
        found = _level(f"{root}/{field}", text, result, label)
        title = label["headings"][field]
        if found is None or abs(found.value) > MOST_VALUE:
            key = "out_of_range" if found else "not_a_level"
            notices.append(_filled(said[key], id=name, text=one_line(text), field=title))
            return None
        if found.number.origin == "proposed" or found.number.tentative:
            notices.append(_filled(said["proposed"], id=name, text=one_line(text), field=title))
        return found

    start = level("baseline", each.baseline, "no_baseline")
    target = level("target", each.target, "no_target")
    if start and target and start.unit != target.unit:
        notices.append(said["unit_differs"].format(id=name))
        start = None
    return Indicator(
        start_value=float(start.value) if start else None,
        target_value=float(target.value) if target else None,
        unit=_unit(target or start, each, name, said, notices),
    )


def _unit(level: _Level | None, each: KeyResult, name: str, said: dict[str, str], notices: list[str]) -> Unit:
    """Return the unit of the figures that are there; where there are none, that of the metric."""
    key, shown = (level.unit, level.shown) if level else (each.unit, one_line(each.unit))
    if key in _PUBLIC:
        return Unit(unit_type=0, unit_value=_PUBLIC[key])
    if not shown:
        return _NONE
    if len(shown) > MOST_UNIT:
        notices.append(_filled(said["unit_too_long"], id=name, text=shown, most=str(MOST_UNIT)))
        return _NONE
    return Unit(unit_type=1, unit_value=shown)


def _level(field: str, text: str, result: DraftResult, label: dict[str, Any]) -> _Level | None:
    """Return the value where the text is one plain figure, perhaps with a bound; None for changes and comparisons."""
    found = [each for each in result.numbers if each.field == field and each.text]
    if len(found) != 1 or found[0].value is None or found[0].unit == _DIFFERENCE:
        return None
    (number,) = found
    if not _BOUND.fullmatch(f"{text[: number.start]}\0{text[number.end :]}".strip()):
        return None
    if number.text.lstrip().startswith(("+", "＋", "±")):
        return None
    try:
        value = Decimal(number.value or "")
    except InvalidOperation:
        return None
    unit = number.unit or ""
    return _Level(value, unit, _shown(number, value, unit, label), number) if value.is_finite() else None


def _shown(number: Number, value: Decimal, unit: str, label: dict[str, Any]) -> str:
    """Return the unit as the draft writes it, where value and words are on the same scale; else by its own name."""
    if named := label["units"].get(unit):
        return str(named)
    digits = _DIGITS.fullmatch(number.text.strip())
    if digits and Decimal(digits[1].replace(",", "")) == value:
        return one_line(digits[2]) or one_line(unit)
    return one_line(unit)


def _filled(pattern: str, **values: str) -> str:
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


def _owners(result: DraftResult, label: dict[str, Any]) -> list[str]:
    named: dict[str, list[str]] = {}
    for index, goal in enumerate(result.goals):
        for at, each in enumerate(goal.key_results):
            if each.owner:
                named.setdefault(one_line(each.owner), []).append(key_result_name(index + 1, goal.id, at + 1, each))
    between = label["export"]["joint"]
    return [_filled(label["notices"]["owner"], id=between.join(ids), text=owner) for owner, ids in named.items()]


def _milliseconds(day: date) -> str:
    """Return the beginning of a day in China, the clock by which Feishu keeps deadlines."""
    return str(int(datetime(day.year, day.month, day.day, tzinfo=_CHINA).timestamp() * 1000))
