"""Flags percent changes of metrics that are percentages themselves. Knows nothing about which reading is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.goals.facts import Change, Quantity
from assistant.lint.arithmetic import single
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.rules.consistent.arithmetic_mismatch import mismatch
from assistant.lint.slices import within
from assistant.lint.sources import USAGE
from assistant.lint.unit import Unit

RULE = Rule(
    name="percent-or-points",
    id="M204",
    group="measurable",
    severity="warning",
    marks={"measurable": "warn"},
    pages={
        "en": Page(
            flags="A change in % on a metric that is itself a percentage: relative, or percentage points?",
            why="From 40%, “up 5%” is 42% or 45%: two targets in one sentence.",
            example="Raise the open rate, now 40%, by 5% by 30 June 2027",
            better="Raise the open rate by 5 percentage points, from 40% to 45%, by 30 June 2027",
            fix="Write “percentage points”, or give the value to reach.",
        ),
        "zh-Hans": Page(
            flags="指标本身是百分比，变化又写成百分之几：是相对变化，还是百分点？",
            why="从40%“提升5%”，可以是42%，也可以是45%，一句话两个目标。",
            example="2027年6月底前把打开率（现为40%）提升5%",
            better="2027年6月底前把打开率提升5个百分点，从40%到45%",
            fix="写成“百分点”，或者直接写要达到的值。",
        ),
        "zh-Hant": Page(
            flags="指標本身是百分比，變化又寫成百分之幾：是相對變化，還是百分點？",
            why="從40%「提升5%」，可以是42%，也可以是45%，一句話兩個目標。",
            example="2027年6月底前把開信率（現為40%）提升5%",
            better="2027年6月底前把開信率提升5個百分點，從40%到45%",
            fix="寫成「百分點」，或者直接寫要達到的值。",
        ),
    },
    says={
        "": {
            "en": Say(
                "A change of {words} on a rate: relative, or percentage points?",
                "Write “percentage points”, or give the value to reach.",
            ),
            "zh-Hans": Say(
                "比率变化{words}：是相对变化，还是百分点？",
                "写成“百分点”，或者直接写要达到的值。",
            ),
            "zh-Hant": Say(
                "比率變化{words}：是相對變化，還是百分點？",
                "寫成「百分點」，或者直接寫要達到的值。",
            ),
        },
    },
    sources=(USAGE,),
)

_RATE = re.compile(
    r"(?:[^效功速频费汇利税增速]率|占比|份额|(?<![a-z])(?:rate|percentage|share|margin|occupancy|uptime))$"
)
_SHARE_OF = re.compile(r"(?<![a-z])(?:share|percentage|proportion|rate) of(?![a-z])")
_SAYS_WHICH = re.compile(r"相对|百分点|relative|percentage point|\bpp\b|\bpts?\b|points|同比|环比|year over year|yoy")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report percent changes next to a starting value in percent that the values do not settle."""
    for change in unit.facts.changes:
        stated, frm, to = unit.quantity(change.stated), unit.quantity(change.frm), unit.quantity(change.to)
        if stated is None or stated.unit != "%":
            continue
        start, end = unit.sentence(stated.start)
        if frm is None:
            before = unit.sentence(max(start - 1, unit.start))[0]
            if unit.scope.draft:
                # The line before is another field, with a starting value of its own.
                before = max(before, unit.plain.rfind("\n", 0, stated.start) + 1)
            frm = next(iter(within(unit.baselines, before, end)), None)
        if frm is None and not _rate(unit, change, start, stated.start):
            continue
        if frm is not None and frm.unit != "%":
            continue
        if _SAYS_WHICH.search(unit.plain, start, end):
            continue
        if (
            frm is not None
            and to is not None
            and (mismatch(unit, change) is None or not _could_be_points(frm, to, stated))
        ):
            continue
        yield Hit(stated.start, stated.end, {"words": unit.text[stated.start : stated.end].strip()})


def _rate(unit: Unit, change: Change, start: int, end: int) -> bool:
    """Tell whether the change is of a measure that is itself a percentage."""
    metric = unit.metric_of(change)
    if metric is None:
        metric = next(reversed(within(unit.facts.metrics, start, end)), None)
    if _SHARE_OF.search(unit.plain, start, end):
        return True
    return metric is not None and _RATE.search(unit.plain[metric.start : metric.end]) is not None


def _could_be_points(frm: Quantity, to: Quantity, stated: Quantity) -> bool:
    """Tell whether the stated change is near enough to the difference in points to be meant as such."""
    first, second, said = single(frm), single(to), single(stated)
    if first is None or second is None or said is None:
        return False
    return 2 * abs(said) <= 3 * abs(second - first)
