# ruff: noqa: E501
"""Flags goals of a list that say the same. Knows nothing about goals that merely touch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from assistant.lint.gist import Gist, figures, gist
from assistant.lint.goalset import GoalSet, Member
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import KAPLAN_NORTON

RULE = Rule(
    name="duplicate-goals",
    id="L801",
    group="list",
    severity="warning",
    marks={},
    pages={
        "en": Page(
            flags="Two goals of one list that say the same: the same figures, dates and words, in whatever order.",
            why="It counts twice, is reported twice, and hides that another goal is missing.",
            example="- Cut the return rate from 6% to 4% by 30 June 2027\n- By 30 June 2027, cut the return rate from 6% to 4%",
            better="- Cut the return rate from 6% to 4% by 30 June 2027\n- Ship 95% of orders the same day by 30 June 2027, up from 88%",
            fix="Drop one, or write what the second was meant to be.",
        ),
        "zh-Hans": Page(
            flags="同一份清单里两条目标说的是同一件事：数字、日期和说法都一样，最多换了语序。",
            why="重复计分、重复汇报，还让人看不出少了一条。",
            example="- 2027年6月30日前退货率从6%降到4%\n- 退货率2027年6月30日前从6%降到4%",
            better="- 2027年6月30日前退货率从6%降到4%\n- 2027年6月30日前当日发货率从88%提升到95%",
            fix="删掉一条，或者写出第二条本来要写的。",
        ),
        "zh-Hant": Page(
            flags="同一份清單裡兩條目標說的是同一件事：數字、日期和說法都一樣，頂多換了語序。",
            why="重複計分、重複報告，還讓人看不出少了一條。",
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

_NEIGHBOURS = 50
"""Goals with equal figures and words that are compared with each other; more of them in other orders are not looked
for."""


@RULE.checks_set
def check_set(goals: GoalSet) -> Iterator[tuple[Member, Hit]]:
    """Compare each goal with earlier ones of its table with the same figures, dates, words and neighbouring cells.

    Key results under an objective have a rule of their own.
    """
    known: dict[tuple[object, ...], list[tuple[Member, Gist]]] = defaultdict(list)
    results = {member.index for _, _, results in goals.families for member in results if member.kind == "key_result"}
    placed: list[tuple[Member, tuple[object, ...]]] = []
    for member in goals.members:
        if len(member.words) >= 4 and member.index not in results:
            record = member.record
            place = (record.sheet, record.table, record.groups, record.parent, member.parent)
            placed.append((member, (figures(member), place)))
    # Most goals share their figures with no other one, and their words need not be looked at.
    shared = Counter(key for _, key in placed)
    for member, key in placed:
        if shared[key] < 2:
            continue
        says = gist(member)
        if not says.words:
            continue
        near = known[says.words, key]
        other = next((earlier for earlier, said in near if says.same(said)), None)
        if other is not None:
            yield member, Hit(*member.unit.body, {"other": other.record.id})
        elif len(near) < _NEIGHBOURS:
            near.append((member, says))
