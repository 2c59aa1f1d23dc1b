# ruff: noqa: E501
"""Flags goals that stand under no objective in a list that names objectives. Knows nothing about which one is meant."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.goalset import GoalSet, Member, looks_like_id
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
            flags="A key result or goal that stands under no objective, in a list in which the others do.",
            why="Nobody can say what it is for; it is usually left over from an older plan.",
            example="KR1: Monthly churn from 4% to 3%\nO2: Customers recommend us\nKR2: NPS from 45 to 55\nKR3: Complaints from 40 to 30 a month",
            better="O1: Customers stay\nKR1: Monthly churn from 4% to 3%\nKR2: Renewal rate from 80% to 86%",
            fix="Name the objective that it serves, or drop it.",
        ),
        "zh-Hans": Page(
            flags="清单里别的都挂在某个 O 下面，只有这一条没有。",
            why="没人说得清它为了什么，多半是旧计划留下来的。",
            example="KR1：月流失率从4%降到3%\nO2：客户愿意推荐我们\nKR2：NPS从45提升到55\nKR3：每月投诉从40件降到30件",
            better="O1：老客户留得住\nKR1：月流失率从4%降到3%\nKR2：续约率从80%提升到86%",
            fix="写明它支持哪个 O，或者删掉。",
        ),
        "zh-Hant": Page(
            flags="清單裡其他的都掛在某個 O 底下，只有這一條沒有。",
            why="沒有人說得清楚它是為了什麼，多半是舊計畫留下來的。",
            example="KR1：月流失率從4%降到3%\nO2：顧客願意推薦我們\nKR2：NPS從45提升到55\nKR3：每月客訴從40件降到30件",
            better="O1：老客戶留得住\nKR1：月流失率從4%降到3%\nKR2：續約率從80%提升到86%",
            fix="寫明它支持哪個 O，或者刪掉。",
        ),
    },
    says={
        "": {
            "en": Say(
                "This stands under no objective, though the list has objectives.", "Name the one that it serves."
            ),
            "zh-Hans": Say("清单里有 O，这一条却不属于任何一个。", "写明它支持哪个 O。"),
            "zh-Hant": Say("清單裡有 O，這一條卻不屬於任何一個。", "寫明它支持哪個 O。"),
        },
        "unknown": {
            "en": Say("It names {parent}, which the list does not have.", "Correct the mark, or add that objective."),
            "zh-Hans": Say("它写的是{parent}，清单里没有这个 O。", "更正编号，或者补上这个 O。"),
            "zh-Hant": Say("它寫的是{parent}，清單裡沒有這個 O。", "更正編號，或者補上這個 O。"),
        },
    },
    sources=(DOERR, KAPLAN_NORTON),
)


@RULE.checks_set
def check_set(goals: GoalSet) -> Iterator[tuple[Member, Hit]]:
    """Report rows with an empty or unknown parent, and key results before the first objective."""
    marks = {member.record.id.strip() for member in goals.members}
    has_objective = any(member.kind == "objective" for member in goals.members)
    named = any(member.record.parent for member in goals.members)
    for member in goals.members:
        parent = member.record.parent
        if member.kind == "objective" or member.parent is not None:
            continue
        if parent is None:
            if has_objective and member.kind == "key_result":
                yield member, Hit(*member.unit.body)
        elif not parent.strip():
            if named:
                yield member, Hit(*member.unit.body)
        elif looks_like_id(parent) and parent.strip() not in marks and any(map(looks_like_id, marks)):
            yield member, Hit(*member.unit.body, {"parent": parent.strip()}, say="unknown")
