"""Flags targets that are only about a value. Knows nothing about how exact a target can be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DORAN
from assistant.lint.unit import Unit

RULE = Rule(
    name="approximate-target",
    id="M206",
    group="measurable",
    severity="warning",
    marks={"measurable": "warn"},
    pages={
        "en": Page(
            flags="A target that is only about a value: around 20, dozens, some 30%.",
            why="Near the target the dispute begins whether it was met.",
            example="Sign around 20 distributors by 30 June 2027",
            better="Sign at least 20 distributors by 30 June 2027",
            fix="Write “at least”, “at most”, or a range.",
        ),
        "zh-Hans": Page(
            flags="只写了大概的目标值：20家左右、约30%、数十家。",
            why="差一点的时候，算不算达成就说不清了。",
            example="2027年6月底前签约经销商20家左右",
            better="2027年6月底前签约经销商不少于20家",
            fix="写成“不少于、不超过”，或者写一个范围。",
        ),
        "zh-Hant": Page(
            flags="只寫了大概的目標值：20家左右、約30%、數十家。",
            why="差一點的時候，算不算達成就說不清了。",
            example="2027年6月底前簽約經銷商20家左右",
            better="2027年6月底前簽約經銷商不少於20家",
            fix="寫成「不少於、不超過」，或者寫一個範圍。",
        ),
    },
    says={
        "": {
            "en": Say(
                "{words} is only about a value.",
                "Write “at least”, “at most”, or a range.",
            ),
            "zh-Hans": Say(
                "{words}只是个大概。",
                "写成“不少于、不超过”，或者写一个范围。",
            ),
            "zh-Hant": Say(
                "{words}只是個大概。",
                "寫成「不少於、不超過」，或者寫一個範圍。",
            ),
        },
    },
    sources=(DORAN,),
)

_SIGNED = re.compile(r"[签合续预履节缔邀]约")
_SOME = re.compile(
    r"(?:数十|数百|数千|上百|上千|几十|几百|若干|好几)(?:[万亿])?(?:个|家|人|名|件|单|场|条|款|项|次|万元|元|位)"
    r"|(?<![a-z])(?:dozens|hundreds|scores|several|a handful|a few) of(?![a-z])"
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report approximate values among those to reach."""
    if unit.kind in ("objective", "initiative"):
        return
    derived = {change.stated for change in unit.facts.changes if _exact(unit, change.frm) and _exact(unit, change.to)}
    for value in unit.values:
        if any(value is unit.quantity(index) for index in derived):
            continue
        if value.bound == "approx" and not _SIGNED.search(unit.plain, max(value.start - 2, 0), value.start + 1):
            yield Hit(value.start, value.end, {"words": unit.text[value.start : value.end].strip()})
    if not unit.values:
        for match in _SOME.finditer(unit.plain, unit.start, unit.end):
            yield Hit(match.start(), match.end(), {"words": unit.text[match.start() : match.end()]})


def _exact(unit: Unit, index: int | None) -> bool:
    value = unit.quantity(index)
    return value is not None and value.bound != "approx"
