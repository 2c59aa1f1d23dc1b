"""Flags different targets for one metric and one period. Knows nothing about which target is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.goals.facts import Quantity
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ARITHMETIC
from assistant.lint.unit import Unit, within

RULE = Rule(
    name="conflicting-targets",
    id="C605",
    group="consistent",
    severity="error",
    marks={"consistent": "fail"},
    preview=True,
    contradiction=True,
    pages={
        "en": Page(
            flags="The same metric with different targets for the same period. Staged targets are fine.",
            why="A result between the two is met for one reader and missed for the other.",
            example="Raise the pass rate to 90% by 30 June 2027, so that the pass rate is 85%",
            better="Raise the pass rate to 90% by 30 June 2027",
            fix="Keep one target, or say which is the stage and which the end.",
        ),
        "zh-Hans": Page(
            flags="同一个指标、同一个时期写了不同的目标值。分阶段的目标不算。",
            why="结果落在两个值之间，有人说达成，有人说没达成。",
            example="2027年6月底前合格率达到90%，确保合格率85%",
            better="2027年6月底前合格率达到90%",
            fix="只留一个，或者写明哪个是阶段、哪个是最终。",
        ),
        "zh-Hant": Page(
            flags="同一個指標、同一個期間寫了不同的目標值。分階段的目標不算。",
            why="結果落在兩個值之間，有人說達成，有人說沒達成。",
            example="2027年6月底前合格率達到90%，確保合格率85%",
            better="2027年6月底前合格率達到90%",
            fix="只留一個，或者寫明哪個是階段、哪個是最終。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{metric}” is to be {first} and {second} in the same period.",
                "Keep one, or say which is the stage and which the end.",
            ),
            "zh-Hans": Say(
                "“{metric}”在同一时期既要{first}又要{second}。",
                "只留一个，或者写明哪个是阶段、哪个是最终。",
            ),
            "zh-Hant": Say(
                "「{metric}」在同一期間既要{first}又要{second}。",
                "只留一個，或者寫明哪個是階段、哪個是最終。",
            ),
        },
    },
    sources=(ARITHMETIC,),
)

_STAGED = re.compile(
    r"先|逐步|阶段|首|再|最终|底线|挑战|争取|力争|上半年|第[一二三四]|first|then|stage|later|stretch|eventually|finally|minimum|floor|q[1-4]|h[12]"
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Compare the targets of changes that name the same metric."""
    if len(unit.deadlines) > 1 or _STAGED.search(unit.plain, unit.start, unit.end):
        return
    known: dict[str, Quantity] = {}
    for to in unit.values:
        before = within(unit.facts.metrics, unit.clause(to.start)[0], to.start)
        if not before or to.role != "target" or to.bound == "approx" or to.start - before[-1].end > 14:
            continue
        metric = before[-1]
        name = unit.plain[metric.start : metric.end]
        other = known.setdefault(name, to)
        if other is to or other.unit != to.unit or other.value == to.value or ".." in other.value + to.value:
            continue
        start, end = unit.span_of(other, to)
        words = {
            "metric": unit.text[metric.start : metric.end],
            "first": unit.text[other.start : other.end].strip(),
            "second": unit.text[to.start : to.end].strip(),
        }
        yield Hit(start, end, words)
