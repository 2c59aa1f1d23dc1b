"""Notes targets without today's value. Knows nothing about where that value stands."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.blanks import blank
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import KAPLAN_NORTON
from assistant.lint.unit import Unit

RULE = Rule(
    name="current-value-missing",
    id="M203",
    group="measurable",
    severity="info",
    marks={},
    pages={
        "en": Page(
            flags="An absolute target without today's value.",
            why="Without it nobody sees how far the way is, or whether the target is met already.",
            example="Bring the return rate below 9% by 30 June 2027",
            better="Bring the return rate from 12% to below 9% by 30 June 2027",
            fix="Add today's value, or say by when it is measured.",
        ),
        "zh-Hans": Page(
            flags="写了要达到的值，没写现在的值。",
            why="不知道现在是多少，就看不出差多远，也看不出是不是早就达到了。",
            example="2027年6月底前把退货率降到9%以下",
            better="2027年6月底前把退货率从12%降到9%以下",
            fix="补上现值，或者写明何时测出。",
        ),
        "zh-Hant": Page(
            flags="寫了要達到的值，沒寫現在的值。",
            why="不知道現在是多少，就看不出差多遠，也看不出是不是早就達到了。",
            example="2027年6月底前把退貨率降到9%以下",
            better="2027年6月底前把退貨率從12%降到9%以下",
            fix="補上現值，或者寫明何時測出。",
        ),
    },
    says={
        "": {
            "en": Say(
                "{words} is the target; today's value is not given.",
                "Add today's value, or say by when it is measured.",
            ),
            "zh-Hans": Say(
                "目标是{words}，现在是多少没写。",
                "补上现值，或者写明何时测出。",
            ),
            "zh-Hant": Say(
                "目標是{words}，現在是多少沒寫。",
                "補上現值，或者寫明何時測出。",
            ),
        },
    },
    sources=(KAPLAN_NORTON,),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report the first absolute target of a unit in which no starting value stands."""
    if unit.kind in ("objective", "initiative") or unit.baselines or unit.maintains or unit.scope.draft:
        return
    if not unit.hard_metrics or unit.has("reference"):
        return
    for value in unit.result_values:
        if value.role == "target":
            words = unit.text[value.start : value.end].strip()
            yield Hit(value.start, value.end, {"words": words}, fix=blank(unit, "baseline", value.end))
            return
