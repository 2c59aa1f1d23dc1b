"""Flags metrics without a value to reach. Knows nothing about which value would be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.lint.blanks import blank
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import DORAN, LOCKE_LATHAM
from assistant.lint.unit import Unit

RULE = Rule(
    name="no-target",
    id="M210",
    group="measurable",
    severity="error",
    marks={"measurable": "fail"},
    pages={
        "en": Page(
            flags="A named metric with no value to reach.",
            why="A direction without a value is met by any change, however small.",
            example="Reduce the return rate by 30 June 2027",
            better="Reduce the return rate from 12% to 9% by 30 June 2027",
            fix=(
                "Write the value to reach. Where today's value is unknown, write the step from it and by when it "
                "is measured."
            ),
        ),
        "zh-Hans": Page(
            flags="写了指标，没写要达到的值。",
            why="只有方向没有值，动一点点也算达成。",
            example="2027年6月底前降低退货率",
            better="2027年6月底前把退货率从12%降到9%",
            fix="写出要达到的值；现值未知，就写比现值变多少、何时测出现值。",
        ),
        "zh-Hant": Page(
            flags="寫了指標，沒寫要達到的值。",
            why="只有方向沒有值，動一點點也算達成。",
            example="2027年6月底前降低退貨率",
            better="2027年6月底前把退貨率從12%降到9%",
            fix="寫出要達到的值；現值未知，就寫比現值變多少、何時測出現值。",
        ),
    },
    says={
        "": {
            "en": Say("“{words}” has no value to reach.", "Write which value counts as met."),
            "zh-Hans": Say("“{words}”没有要达到的值。", "写出到多少算达成。"),
            "zh-Hant": Say("「{words}」沒有要達到的值。", "寫出到多少算達成。"),
        }
    },
    sources=(DORAN, LOCKE_LATHAM),
)

_TO_DAY = re.compile(r"[^,，。;；\n\d]{0,10}(?:到|至|为|→|->)[ ]?$|(?<![a-z])to (?:the )?$")
_ALSO = re.compile(r"[,，;；、]\s*(?:并?同时|另外|此外|还要|(?:and )?(?:also|at the same time|in addition))(?![a-z])")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report the first metric of a unit in which no value is to be reached."""
    if unit.kind in ("objective", "initiative") or not (unit.hard_metrics or unit.names_measure):
        return
    if unit.values and not unit.scope.labelled:
        yield from _added(unit)
    if unit.values or unit.services or unit.activity_counts or unit.ordinal:
        return
    if _moves_a_day(unit):
        return
    moving = any(action.direction for action in unit.facts.actions) or unit.has("change")
    if not moving:
        return
    start, end = unit.names_measure or unit.body
    if unit.hard_metrics:
        start, end = unit.hard_metrics[0].start, unit.hard_metrics[0].end
    yield Hit(start, end, {"words": unit.text[start:end]}, fix=blank(unit, "target", end))


def _moves_a_day(unit: Unit) -> bool:
    """Tell whether a day of a rhythm is to move to another: 从每月10日提前到每月5日."""
    return any(
        _TO_DAY.search(unit.plain, first.end, second.start) is not None for first, second in pairwise(unit.recurrences)
    )


def _added(unit: Unit) -> Iterator[Hit]:
    """Yield metrics of a clause that is added to a goal with values and has none itself."""
    for match in _ALSO.finditer(unit.plain, unit.start, unit.end):
        first, last = unit.clause(match.end())
        _, beyond = unit.clause(min(last, unit.end - 1))
        metrics = within(unit.hard_metrics, match.end() - 1, last)
        moving = any(action.direction in ("up", "down") for action in within(unit.facts.actions, first, last))
        if metrics and moving and not within(unit.facts.quantities, first, beyond):
            metric = metrics[0]
            yield Hit(metric.start, metric.end, {"words": unit.text[metric.start : metric.end]})
