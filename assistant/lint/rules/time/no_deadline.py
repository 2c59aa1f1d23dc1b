"""Flags goals without deadline, window or period. Knows nothing about which date would be right."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.blanks import blank
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DORAN
from assistant.lint.unit import Unit

RULE = Rule(
    name="no-deadline",
    id="T501",
    group="time",
    severity="error",
    marks={"time_bound": "fail"},
    pages={
        "en": Page(
            flags=(
                "No deadline, window or evaluation period in the goal or its parent. A key result inherits its cycle."
            ),
            why="Without a date there is no day on which the goal is met or missed, so it is always still under way.",
            example="Reduce the return rate from 12% to 9%",
            better="Reduce the return rate from 12% to 9% by 30 June 2027",
            fix="Write the date by which it is to be reached, or the period over which it is measured.",
        ),
        "zh-Hans": Page(
            flags="目标和它的上级里都没有截止日期、时间窗或考核周期。关键结果沿用所在周期。",
            why="没有日期，就没有哪一天能说达成或没达成，永远在进行中。",
            example="把退货率从12%降到9%",
            better="2027年6月30日前把退货率从12%降到9%",
            fix="写出何时之前达到，或者按哪个时期的数来算。",
        ),
        "zh-Hant": Page(
            flags="目標和它的上層裡都沒有截止日期、期間或評核週期。關鍵結果沿用所在週期。",
            why="沒有日期，就沒有哪一天能說達成或沒達成，永遠在進行中。",
            example="把退貨率從12%降到9%",
            better="2027年6月30日前把退貨率從12%降到9%",
            fix="寫出何時之前達到，或者按哪段期間的數字來算。",
        ),
    },
    says={
        "": {
            "en": Say(
                "No date says when this is due.",
                "Add the date by which it is to be reached, or the period over which it is measured.",
            ),
            "zh-Hans": Say("没有写期限。", "写出何时之前达到，或者按哪个时期来算。"),
            "zh-Hant": Say("沒有寫期限。", "寫出何時之前達到，或者按哪段期間來算。"),
        }
    },
    sources=(DORAN,),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report a unit that no time binds."""
    if unit.deadlines or unit.scope.inherited_deadline or unit.kind in ("objective", "key_result"):
        return
    yield Hit(*unit.body, fix=blank(unit, "deadline"))
