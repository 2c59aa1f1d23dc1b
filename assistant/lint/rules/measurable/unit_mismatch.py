# ruff: noqa: E501
"""Flags values whose unit cannot belong to their metric. Knows nothing about the right value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.arithmetic import is_duration
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import ARITHMETIC
from assistant.lint.unit import Unit

RULE = Rule(
    name="unit-mismatch",
    id="M208",
    group="measurable",
    severity="warning",
    marks={"measurable": "warn"},
    pages={
        "en": Page(
            flags="A unit that cannot belong to the metric: a duration in %, a rate in pieces.",
            why="Either the metric or the unit is a slip, and the two lead to different targets.",
            example="Bring the conversion rate to 300 orders by 30 June 2027",
            better="Bring the conversion rate to 3% by 30 June 2027",
            fix="Check whether the metric or the unit is meant, and correct the other.",
        ),
        "zh-Hans": Page(
            flags="单位和指标不配：时长写成%，比率写成个、件。",
            why="不是指标写错就是单位写错，改哪个目标都不一样。",
            example="2027年6月底前转化率达到300单",
            better="2027年6月底前转化率达到3%",
            fix="核对指标和单位哪个是本意，改正另一个。",
        ),
        "zh-Hant": Page(
            flags="單位和指標不配：時間寫成%，比率寫成個、件。",
            why="不是指標寫錯就是單位寫錯，改哪個目標都不一樣。",
            example="2027年6月底前轉換率達到300筆",
            better="2027年6月底前轉換率達到3%",
            fix="核對指標和單位哪個是本意，改正另一個。",
        ),
    },
    says={
        "": {
            "en": Say(
                "{value} cannot be a value of “{metric}”.",
                "Check whether the metric or the unit is meant.",
            ),
            "zh-Hans": Say(
                "{value}不像是“{metric}”的值。",
                "核对指标和单位哪个写错了。",
            ),
            "zh-Hant": Say(
                "{value}不像是「{metric}」的值。",
                "核對指標和單位哪個寫錯了。",
            ),
        },
    },
    sources=(ARITHMETIC,),
)

_DURATION = re.compile(r"(?:时长|时间|周期|时效|(?<![a-z])(?:time|duration|latency))$")
_RATE = re.compile(r"(?:[^效功速频费汇利税]率|占比|比例|(?<![a-z])(?:rate|percentage|share))$")
_TURNS = re.compile(r"(?:翻台|翻桌|翻床|周转|流转|复购|回购|换手|打开)率$|turn(?:over)? rate$")
"""Rates that are counted in turns and not in per cent."""
_OF_PLAN = re.compile(
    r"计划|标准|目标|预算|原来|现有|当前|目前|水平|(?<![a-z])(?:of (?:plan|target|budget|the)|today|current|baseline|by \d+ ?%)"
)
_COUNTS = frozenset("个人件单家名次条款项位台篇场户只辆笔")
_NOT_COUNTS = frozenset({"point", "points", "pt", "pts", "pp", "x", "percent", "percentage", "score", "star", "stars"})


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Compare target units with the kind of the metric right before them."""
    for to in unit.values:
        if to.role != "target":
            continue
        metric = unit.measure_before(to)
        if metric is None or metric.start < unit.clause(to.start)[0] or metric.end > to.start:
            continue
        starts = within(unit.baselines, metric.end, to.start)
        if (starts[0] if starts else to).start - metric.end > 30:
            continue
        if any(start.unit != to.unit for start in starts):
            continue
        name = unit.plain[metric.start : metric.end]
        duration = _DURATION.search(name) and to.unit == "%" and not _OF_PLAN.search(unit.plain, *unit.clause(to.start))
        turns = _TURNS.search(name) and to.unit in ("次", "轮", "time", "turn")
        rate = not turns and _RATE.search(name) and (_counts(to.unit) or is_duration(to.unit))
        if duration or rate:
            words = {
                "value": unit.text[to.start : to.end].strip(),
                "metric": unit.text[metric.start : metric.end],
            }
            yield Hit(metric.start, to.end, words)


def _counts(unit: str) -> bool:
    if unit in _COUNTS:
        return True
    return unit.isascii() and unit.isalpha() and unit.islower() and not is_duration(unit) and unit not in _NOT_COUNTS
