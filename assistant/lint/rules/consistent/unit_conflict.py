"""Flags from→to pairs in units that cannot be compared. Knows nothing about which unit is right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.arithmetic import is_duration
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ARITHMETIC
from assistant.lint.unit import Unit

RULE = Rule(
    name="unit-conflict",
    id="C606",
    group="consistent",
    severity="error",
    marks={"consistent": "fail"},
    contradiction=True,
    pages={
        "en": Page(
            flags="The two values of a pair stand in units that cannot be compared: from 8% to 200 orders.",
            why="No change can be worked out between them, so one of the units is a slip.",
            example="Raise conversion from 8% to 200 orders by 30 June 2027",
            better="Raise conversion from 8% to 10% by 30 June 2027",
            fix="Write both values in the same unit.",
        ),
        "zh-Hans": Page(
            flags="前后两个值的单位没法比：从8%到200单。",
            why="两个值之间算不出变化，其中一个单位写错了。",
            example="2027年6月底前把转化率从8%提升到200单",
            better="2027年6月底前把转化率从8%提升到10%",
            fix="两个值用同一个单位写。",
        ),
        "zh-Hant": Page(
            flags="前後兩個值的單位沒辦法比：從8%到200筆。",
            why="兩個值之間算不出變化，其中一個單位寫錯了。",
            example="2027年6月底前把轉換率從8%提升到200筆",
            better="2027年6月底前把轉換率從8%提升到10%",
            fix="兩個值用同一個單位寫。",
        ),
    },
    says={
        "": {
            "en": Say(
                "{frm} and {to} cannot be compared.",
                "Write both values in the same unit.",
            ),
            "zh-Hans": Say(
                "{frm}和{to}的单位没法比。",
                "两个值用同一个单位写。",
            ),
            "zh-Hant": Say(
                "{frm}和{to}的單位沒辦法比。",
                "兩個值用同一個單位寫。",
            ),
        },
    },
    sources=(ARITHMETIC,),
)

_MONEY = re.compile(r"[A-Z]{3}$")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report pairs of which one value is a percentage, a duration or money and the other is not."""
    for change in unit.facts.changes:
        frm, to = unit.quantity(change.frm), unit.quantity(change.to)
        if frm is None or to is None or change.relative_to_level or not frm.unit or not to.unit:
            continue
        one, other = _sort(frm.unit), _sort(to.unit)
        if one == other or "x" in (one, other):
            continue
        start, end = unit.span_of(frm, to)
        values = {"frm": unit.text[frm.start : frm.end].strip(), "to": unit.text[to.start : to.end].strip()}
        yield Hit(start, end, values)


def _sort(unit: str) -> str:
    if unit in ("%", "pp"):
        return "%"
    if is_duration(unit):
        return "time"
    if unit == "x":
        return "x"
    return "money" if _MONEY.match(unit) else "count"
