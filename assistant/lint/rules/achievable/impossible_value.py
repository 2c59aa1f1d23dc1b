# ruff: noqa: E501
"""Flags values outside the range of their metric. Knows nothing about what is ambitious."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.goals.facts import Quantity
from assistant.language.later import later
from assistant.lint.arithmetic import ends
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import ARITHMETIC
from assistant.lint.unit import Unit
from assistant.lint.words import pattern

RULE = Rule(
    name="impossible-value",
    id="A301",
    group="achievable",
    severity="error",
    marks={"achievable": "fail"},
    pages={
        "en": Page(
            flags=(
                "A value that the metric cannot have: a pass rate of 130%, a drop by more than 100%, an NPS of "
                "120. Legal: net revenue retention of 115%, a negative NPS, 120% of plan."
            ),
            why="It can never be met, so it is a slip, and the true target is unknown.",
            example="Reach a pass rate of 130% by 30 June 2027",
            better="Reach a pass rate of 93% by 30 June 2027",
            fix="Check the figure against the metric's range.",
        ),
        "zh-Hans": Page(
            flags=(
                "指标不可能取到的值：合格率130%、下降超过100%、NPS 120。"
                "净收入留存率115%、NPS为负、完成计划的120%都合法。"
            ),
            why="永远达不成，说明写错了，真正的目标不知道是多少。",
            example="2027年6月底前考试通过率达到130%",
            better="2027年6月底前考试通过率达到93%",
            fix="对照指标的取值范围核对。",
        ),
        "zh-Hant": Page(
            flags=(
                "指標不可能取到的值：合格率130%、下降超過100%、NPS 120。"
                "淨營收留存率115%、NPS為負、完成計畫的120%都合法。"
            ),
            why="永遠達不成，表示寫錯了，真正的目標不知道是多少。",
            example="2027年6月底前考試通過率達到130%",
            better="2027年6月底前考試通過率達到93%",
            fix="對照指標的值域核對。",
        ),
    },
    says={
        "": {
            "en": Say(
                "{value} is beyond what “{metric}” can be.",
                "Check the figure: this metric ends at {limit}.",
            ),
            "zh-Hans": Say(
                "“{metric}”不可能是{value}。",
                "核对数值，这个指标最高是{limit}。",
            ),
            "zh-Hant": Say(
                "「{metric}」不可能是{value}。",
                "核對數值，這個指標最高是{limit}。",
            ),
        },
        "drop": {
            "en": Say(
                "Nothing can fall by {value}.",
                "Check the figure: a fall ends at 100%.",
            ),
            "zh-Hans": Say(
                "不可能下降{value}。",
                "核对数值，最多下降100%。",
            ),
            "zh-Hant": Say(
                "不可能下降{value}。",
                "核對數值，最多下降100%。",
            ),
        },
    },
    sources=(ARITHMETIC,),
)

_DOWN = ("降", "减", "缩", "少", "压", "reduc", "cut", "lower", "decreas", "drop")
_LIMIT = Decimal(100)
_MOST_STARS = Decimal(5)
_STARS = ("星", "颗星", "顆星", "star", "stars")
_STARRED = re.compile(r"评论|评分|评价|星等|口碑|(?<![a-z])(?:review|rating|score)s?(?![a-z])")
"""Measures in stars that end at five; hotels and classes have stars without being rated by guests."""


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Compare values with the range of the metric that stands before them in the clause."""
    yield from _beyond_scale(unit)
    for value in (*unit.values, *unit.baselines):
        both = ends(value)
        if value.unit.startswith("/") and value.unit[1:].isdigit() and both and both[1] > Decimal(value.unit[1:]):
            words = unit.text[value.start : value.end].strip()
            yield Hit(value.start, value.end, {"value": words, "metric": words, "limit": value.unit[1:]})
    for value in (*unit.values, *unit.baselines):
        both = ends(value)
        limit = _MOST_STARS if value.unit in _STARS else _LIMIT
        if both is None or both[1] <= limit or value.unit not in ("%", "", "分", *_STARS):
            continue
        first, last = unit.clause(value.start)
        words = unit.text[value.start : value.end].strip()
        if value.unit == "%" and value.role == "change":
            actions = [a for a in within(unit.facts.actions, first, value.start) if a.direction]
            if actions and unit.plain[actions[-1].start : actions[-1].end].startswith(_DOWN):
                yield Hit(value.start, value.end, {"value": words}, say="drop")
            continue
        if unit.has("plan_rate", first, last):
            continue
        name = _bounded(unit, first, value)
        if name:
            yield Hit(name[0], value.end, {"value": words, "metric": unit.text[name[0] : name[1]], "limit": name[2]})


def _beyond_scale(unit: Unit) -> Iterator[Hit]:
    """Yield values above the top of the scale that the text itself names: 满分5分, out of 5, on a 5-point scale."""
    for scale in _SCALE.finditer(unit.plain, unit.start, unit.end):
        top = next(Decimal(group) for group in scale.groups() if group)
        first, last = unit.sentence(scale.start())
        for value in within(unit.facts.quantities, first, last):
            both = ends(value)
            inside = scale.start() <= value.start < scale.end()
            if both and not inside and both[1] > top and value.role in ("target", "baseline") and _scored(value, top):
                words = unit.text[value.start : value.end].strip()
                yield Hit(value.start, value.end, {"value": words, "metric": scale[0], "limit": f"{top}"})


def _scored(value: Quantity, top: Decimal) -> bool:
    """Tell whether the value is a score of that scale and no other figure beside it."""
    return value.unit in ("", "分", "point", "star", "stars", "星", "颗星", "顆星") or value.unit == f"/{top}"


def _bounded(unit: Unit, first: int, value: Quantity) -> tuple[int, int, str] | None:
    if value.unit == "%":
        last = None
        for last in pattern("bounded_rate").finditer(unit.plain, first, value.start):  # noqa: B007
            pass
        last = last or _ANY_RATE.search(unit.plain, first, value.start)
        metric = None if last else unit.measure_before(value)
        if metric and _ANY_RATE.search(unit.plain[max(0, metric.start - 6) : metric.end]):
            exempt = unit.has("plan_rate", metric.start - 6, metric.end)
            return None if exempt else (metric.start, metric.end, "100%")
        return (last.start(), last.end(), "100%") if last else None
    if value.unit in _STARS:
        match = _STARRED.search(unit.plain, unit.sentence(first)[0], value.start)
        return (match.start(), match.end(), "5") if match else None
    match = _NPS.search(unit.plain, first, value.start)
    return (match.start(), match.end(), "100") if match else None


_ANY_RATE = re.compile(r"[\u4e00-\u9fff]{2,6}[^效功速频费汇利税增]率")
_SCALE = later(
    r"满分(?:为|是|:)?\s*(\d{1,4})\s*分?|(\d{1,3})\s*分制|(?<![a-z])(?:out of|on a scale (?:of|from) (?:1|0) to|on a) (\d{1,3})(?:-point scale)?(?![\d%])|(\d{1,3})-point scale",
    needs=("满分", "分制", "out of ", "on a ", "-point scale"),
)
_NPS = later(r"(?<![a-z])nps(?![a-z])|净推荐值", needs=("nps", "净推荐值"))
