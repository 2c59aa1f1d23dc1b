"""Flags targets that today's value meets. Knows nothing about which figure is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.goals.facts import Change, Quantity
from assistant.lint.arithmetic import ends
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ARITHMETIC
from assistant.lint.unit import Unit

RULE = Rule(
    name="already-met",
    id="C604",
    group="consistent",
    severity="error",
    marks={"consistent": "fail"},
    contradiction=True,
    pages={
        "en": Page(
            flags="The target equals the starting value, or is worse than it.",
            why="The goal is met before work begins, or it asks for a step back.",
            example="Reduce handling time from 25 minutes to 25 minutes by 30 June 2027",
            better="Cut handling time from 25 to 20 minutes by 30 June 2027",
            fix="Check both figures; if the level is to be kept, say so.",
        ),
        "zh-Hans": Page(
            flags="目标值和现值一样，或者比现值还差。",
            why="还没动手就已达成，或者等于要求退步。",
            example="2027年6月底前把处理时长从25分钟降到25分钟",
            better="2027年6月底前把处理时长从25分钟降到20分钟",
            fix="核对两个数；如果是要保持，就写“保持”。",
        ),
        "zh-Hant": Page(
            flags="目標值和現值一樣，或者比現值還差。",
            why="還沒動手就已達成，或者等於要求退步。",
            example="2027年6月底前把處理時間從25分鐘降到25分鐘",
            better="2027年6月底前把處理時間從25分鐘降到20分鐘",
            fix="核對兩個數字；如果是要保持，就寫「維持」。",
        ),
    },
    says={
        "": {
            "en": Say(
                "The target {to} is met by today's value {frm}.",
                "Check both figures; if the level is to be kept, say so.",
            ),
            "zh-Hans": Say(
                "现值{frm}已经达到目标{to}。",
                "核对两个数；如果是要保持，就写明“保持”。",
            ),
            "zh-Hant": Say(
                "現值{frm}已經達到目標{to}。",
                "核對兩個數字；如果是要保持，就寫明「維持」。",
            ),
        },
    },
    sources=(ARITHMETIC,),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Compare targets with the starting values."""
    for change in unit.facts.changes:
        frm, to = unit.quantity(change.frm), unit.quantity(change.to)
        if frm is None or to is None or change.relative_to_level or frm is to:
            continue
        if "approx" in (frm.bound, to.bound) or not _met(unit, change, frm, to):
            continue
        start, end = unit.span_of(frm, to)
        values = {"frm": unit.text[frm.start : frm.end].strip(), "to": unit.text[to.start : to.end].strip()}
        yield Hit(start, end, values)


def _met(unit: Unit, change: Change, frm: Quantity, to: Quantity) -> bool:
    """Tell whether today's value reaches the target: equal to it, within its bound, or on the measure's good side."""
    first, second = ends(frm), ends(to)
    if first is None or second is None or (frm.unit and to.unit and frm.unit != to.unit):
        return False
    if first == second and first[0] == first[1]:
        return change.direction in ("up", "down") or not unit.maintains
    if unit.maintains or unit.written_as_move(frm, to) or unit.asks_against(change, frm, to):
        return False
    metric = unit.metric_of(change)
    side = {"le": "down", "ge": "up"}.get(to.bound) or change.direction or (metric.polarity if metric else None)
    return (side == "down" and first[1] <= second[0]) or (side == "up" and first[0] >= second[1])
