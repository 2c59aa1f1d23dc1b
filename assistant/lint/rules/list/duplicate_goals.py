# ruff: noqa: E501
"""Flags goals of a list that say the same. Knows nothing about goals that merely touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from assistant.lint.goalset import GoalSet, Member, alike
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import KAPLAN_NORTON
from assistant.lint.unit import Unit

RULE = Rule(
    name="duplicate-goals",
    id="L801",
    group="list",
    severity="warning",
    marks={},
    pages={
        "en": Page(
            flags="Two goals of one list that say the same: the same figures and dates in all but the same words.",
            why="It counts twice, is reported twice, and hides that another goal is missing.",
            example="- Cut the return rate from 6% to 4% by 30 June 2027\n- By 30 June 2027, cut the return rate from 6% to 4%",
            better="- Cut the return rate from 6% to 4% by 30 June 2027\n- Ship 95% of orders the same day by 30 June 2027, up from 88%",
            fix="Drop one, or write what the second was meant to be.",
        ),
        "zh-Hans": Page(
            flags="同一份清单里两条目标说的是同一件事：数字和日期一样，字面也几乎一样。",
            why="重复计分、重复汇报，还掩盖了缺一条。",
            example="- 2027年6月30日前退货率从6%降到4%\n- 退货率2027年6月30日前从6%降到4%",
            better="- 2027年6月30日前退货率从6%降到4%\n- 2027年6月30日前当日发货率从88%提升到95%",
            fix="删掉一条，或者写出第二条本来要写的。",
        ),
        "zh-Hant": Page(
            flags="同一份清單裡兩條目標說的是同一件事：數字和日期一樣，字面也幾乎一樣。",
            why="重複計分、重複報告，還掩蓋了缺一條。",
            example="- 2027年6月30日前退貨率從6%降到4%\n- 退貨率2027年6月30日前從6%降到4%",
            better="- 2027年6月30日前退貨率從6%降到4%\n- 2027年6月30日前當日出貨率從88%提升到95%",
            fix="刪掉一條，或者寫出第二條本來要寫的。",
        ),
    },
    says={
        "": {
            "en": Say("It says the same as {other}.", "Drop one, or write what this one was meant to be."),
            "zh-Hans": Say("和{other}说的是同一件事。", "删掉一条，或者写出这一条本来要写的。"),
            "zh-Hant": Say("和{other}說的是同一件事。", "刪掉一條，或者寫出這一條本來要寫的。"),
        },
    },
    sources=(KAPLAN_NORTON,),
)

_ALIKE = 0.8
"""Share of common character pairs (Dice) from which two goals with equal figures count as the same."""
_NEIGHBOURS = 50
"""Goals with equal figures that are compared with each other; a list of thousands of equal ones is told all the same."""


@RULE.checks_set
def check_set(goals: GoalSet) -> Iterator[tuple[Member, Hit]]:
    """Compare each goal with earlier ones of the same figures and dates; key results have a rule of their own."""
    same_words: dict[tuple[str, str | None], Member] = {}
    same_figures: dict[tuple[object, ...], list[Member]] = defaultdict(list)
    results = {member.index for _, _, results in goals.families for member in results if member.kind == "key_result"}
    for member in goals.members:
        if len(member.words) < 4 or member.index in results:
            continue
        key = (member.words, member.record.beside or None)
        other = same_words.setdefault(key, member)
        if other is member:
            figures = _figures(member.unit)
            near = same_figures[figures] if figures else []
            other = next((each for each in near if alike(member.words, each.words) >= _ALIKE), member)
            if len(near) < _NEIGHBOURS:
                near.append(member)
        if other is not member and member.record.parent == other.record.parent:
            yield member, Hit(*member.unit.body, {"other": other.record.id})


def _figures(unit: Unit) -> tuple[object, ...]:
    values = sorted((quantity.value, quantity.unit) for quantity in unit.facts.quantities)
    days = sorted(str(time.resolved) + str(time.iso) for time in unit.facts.times)
    return (*values, *days)
