# ruff: noqa: E501
"""Flags goals that stand under no objective in a list that names objectives. Knows nothing about which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.goalset import GoalSet, Member
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DOERR, KAPLAN_NORTON

RULE = Rule(
    name="orphan",
    id="O707",
    group="okr",
    severity="warning",
    marks={"relevant": "warn"},
    pages={
        "en": Page(
            flags="A key result or goal that stands under no objective or parent goal, in a list in which others do.",
            why="Nobody can say what it is for; it is usually left over from an older plan.",
            example="KR1: Monthly churn from 4% to 3%\nO2: Customers recommend us\nKR2: NPS from 45 to 55\nKR3: Complaints from 40 to 30 a month",
            better="O1: Customers stay\nKR1: Monthly churn from 4% to 3%\nKR2: Renewal rate from 80% to 86%",
            fix="Name the objective that it serves, or drop it.",
        ),
        "zh-Hans": Page(
            flags="清单里别的条目有上级目标，这一条没有，或者写的上级目标不在清单里。",
            why="没人说得清它为了什么，多半是旧计划留下来的。",
            example="KR1：月流失率从4%降到3%\nO2：客户愿意推荐我们\nKR2：NPS从45提升到55\nKR3：每月投诉从40件降到30件",
            better="O1：老客户留得住\nKR1：月流失率从4%降到3%\nKR2：续约率从80%提升到86%",
            fix="写明它支持哪个上级目标，或者删掉。",
        ),
        "zh-Hant": Page(
            flags="清單裡其他項目有上層目標，這一條沒有，或者寫的上層目標不在清單裡。",
            why="沒有人說得清楚它是為了什麼，多半是舊計畫留下來的。",
            example="KR1：月流失率從4%降到3%\nO2：顧客願意推薦我們\nKR2：NPS從45提升到55\nKR3：每月客訴從40件降到30件",
            better="O1：老客戶留得住\nKR1：月流失率從4%降到3%\nKR2：續約率從80%提升到86%",
            fix="寫明它支持哪個上層目標，或者刪掉。",
        ),
    },
    says={
        "": {
            "en": Say(
                "This stands under no objective or parent goal, though others in the list do.",
                "Name the one that it serves.",
            ),
            "zh-Hans": Say("清单里别的条目有上级目标，这一条没有。", "写明它支持哪个上级目标。"),
            "zh-Hant": Say("清單裡其他項目有上層目標，這一條沒有。", "寫明它支持哪個上層目標。"),
        },
        "unknown": {
            "en": Say(
                "It names {parent} as its parent, which the list does not have.", "Correct the mark, or add that goal."
            ),
            "zh-Hans": Say("它的上级目标写的是{parent}，清单里没有这一条。", "更正编号，或者补上这个上级目标。"),
            "zh-Hant": Say("它的上層目標寫的是{parent}，清單裡沒有這一條。", "更正編號，或者補上這個上層目標。"),
        },
    },
    sources=(DOERR, KAPLAN_NORTON),
)


_NUMBERED = re.compile(r"[a-z]{0,4}[-_ ]?\d{1,4}(?:\.\d{1,3})*", re.I)


@RULE.checks_set
def check_set(goals: GoalSet) -> Iterator[tuple[Member, Hit]]:
    """Report rows with an empty or unknown parent, and key results before the first objective."""
    has_objective = any(member.kind == "objective" for member in goals.members) or bool(goals.heads)
    named = any(member.record.parent for member in goals.members)
    levels = {_level(member) for member in goals.members if member.index in goals.heads} - {""}
    for member in goals.members:
        parent = member.record.parent
        if member.kind == "objective" or member.parent is not None or member.index in goals.heads:
            continue
        if parent is None:
            if has_objective and member.kind == "key_result":
                yield member, Hit(*member.unit.body)
        elif not parent.strip():
            if named and (member.kind == "key_result" or _level(member) not in levels):
                yield member, Hit(*member.unit.body)
        elif parent.strip() in goals.strays:
            yield member, Hit(*member.unit.body, {"parent": parent.strip()}, say="unknown")


def _level(member: Member) -> str:
    """Return the form of an id, alike for those of one level (O1 and O2, 1.1 and 1.2), '' where there is none."""
    id = (member.record.own_id or member.record.id).strip()
    return re.sub(r"\d+", "0", id) if _NUMBERED.fullmatch(id) else ""
