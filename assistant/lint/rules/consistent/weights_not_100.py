"""Flags weights that do not sum to the whole. Knows nothing about which weight is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.lint.goalset import GoalSet, Member
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ARITHMETIC
from assistant.lint.unit import Unit
from assistant.lint.weights import total, whole_of, wrong_groups

RULE = Rule(
    name="weights-not-100",
    id="C611",
    group="consistent",
    severity="error",
    marks={"consistent": "fail"},
    contradiction=True,
    pages={
        "en": Page(
            flags="Weights that do not sum to 100% (or 1).",
            why="The score that follows from them cannot be right.",
            example="KPI 2027: revenue weight 40%, margin weight 30%, complaints weight 40%",
            better="KPI 2027: revenue weight 40%, margin weight 30%, complaints weight 30%",
            fix="Check which weight is mistyped or which entry is missing.",
        ),
        "zh-Hans": Page(
            flags="各项权重加起来不是100%（或1）。",
            why="照这样算出来的总分不可能对。",
            example="2027年KPI：营收权重40%，毛利权重30%，投诉权重40%",
            better="2027年KPI：营收权重40%，毛利权重30%，投诉权重30%",
            fix="核对哪一项写错，或者漏了哪一项。",
        ),
        "zh-Hant": Page(
            flags="各項權重加起來不是100%（或1）。",
            why="照這樣算出來的總分不可能對。",
            example="2027年KPI：營收權重40%，毛利權重30%，客訴權重40%",
            better="2027年KPI：營收權重40%，毛利權重30%，客訴權重30%",
            fix="核對哪一項寫錯，或者漏了哪一項。",
        ),
    },
    says={
        "": {
            "en": Say(
                "The weights sum to {total}, not to {whole}.",
                "Check which weight is mistyped or which entry is missing.",
            ),
            "zh-Hans": Say(
                "权重合计{total}，不是{whole}。",
                "核对哪一项写错，或者漏了哪一项。",
            ),
            "zh-Hant": Say(
                "權重合計{total}，不是{whole}。",
                "核對哪一項寫錯，或者漏了哪一項。",
            ),
        },
    },
    sources=(ARITHMETIC,),
)

_WEIGHT = re.compile(
    r"(?:权重|占比权重|比重|(?<![a-z])weight(?:ed|ing)?)\s*(?:为|是|占|:|of|=|at)?\s*\(?(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>%)?"
)
_LABELLED = re.compile(r"(?:kr|关键结果|key result)\s*\d+\s*\((?P<value>\d+(?:\.\d+)?)\s*(?P<unit>%)\)")
_BRACKETED = re.compile(
    r"\d[^(\d\n]{0,12}\((?:占|weight )?(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>%)\)(?=\s*(?:[,，;；、.。\n]|$))"
)
_SCORECARD = re.compile(r"考核|(?<![a-z])(?:scorecard|bonus|kpi sheet|kpis)(?![a-z])")
_BEFORE = re.compile(r"(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>%)\s*(?:weight(?:ing)?(?![a-z])|的?权重)")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Sum weights of which there are at least two."""
    weighted = any(word in unit.plain for word in ("权重", "比重", "weight"))
    if not weighted and not unit.scope.results and _SCORECARD.search(unit.plain, unit.start, unit.end) is None:
        return
    end = unit.scope.results[-1][1] if unit.scope.results else unit.end
    for form in (_WEIGHT, _BEFORE) if weighted else (_LABELLED, _BRACKETED):
        found = list(form.finditer(unit.plain, unit.start, end))
        if len(found) < 2 or len(found) > 40:
            continue
        percent = any(match["unit"] for match in found)
        total = sum((Decimal(match["value"]) for match in found), Decimal(0))
        whole = Decimal(100) if percent or total > 2 else Decimal(1)
        if abs(total - whole) > whole / 200:
            mark = "%" if percent else ""
            words = {"total": f"{total.normalize():f}{mark}", "whole": f"{whole}{mark}"}
            yield Hit(found[0].start(), found[-1].end(), words)
        return


@RULE.checks_set
def check_set(goals: GoalSet) -> Iterator[tuple[Member, Hit]]:
    """Report the groups of a list whose weights do not make a whole, each at its last goal."""
    for group in wrong_groups(goals):
        sum_of_all = total(group) or Decimal(0)
        words = {"total": f"{sum_of_all.normalize():f}", "whole": f"{whole_of(sum_of_all)}"}
        yield group[-1], Hit(*group[-1].unit.body, words)
