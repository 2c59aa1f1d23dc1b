"""Flags key results that say the same. Knows nothing about key results that merely overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.goalset import GoalSet, Member, alike
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import DOERR
from assistant.lint.unit import Unit

RULE = Rule(
    name="duplicate-results",
    id="O705",
    group="okr",
    severity="warning",
    marks={"specific": "warn"},
    pages={
        "en": Page(
            flags="Two key results of one objective with the same words.",
            why="It counts twice towards the objective and hides that one is missing.",
            example="O: Customers recommend us\nKR1: NPS from 45 to 55\nKR2: NPS from 45 to 55",
            better="O: Customers recommend us\nKR1: NPS from 45 to 55\nKR2: complaints from 40 to 30 a month",
            fix="Drop one, or write what the second was meant to be.",
        ),
        "zh-Hans": Page(
            flags="同一个 O 下面有两条一样的 KR。",
            why="重复计分，还掩盖了缺一条。",
            example="O：客户愿意推荐我们\nKR1：NPS从45提升到55\nKR2：NPS从45提升到55",
            better="O：客户愿意推荐我们\nKR1：NPS从45提升到55\nKR2：每月投诉从40件降到30件",
            fix="删掉一条，或者写出第二条本来要写的。",
        ),
        "zh-Hant": Page(
            flags="同一個 O 下面有兩條一樣的 KR。",
            why="重複計分，還掩蓋了缺一條。",
            example="O：顧客願意推薦我們\nKR1：NPS從45提升到55\nKR2：NPS從45提升到55",
            better="O：顧客願意推薦我們\nKR1：NPS從45提升到55\nKR2：每月客訴從40件降到30件",
            fix="刪掉一條，或者寫出第二條本來要寫的。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” stands twice.",
                "Drop one, or write what the second was meant to be.",
            ),
            "zh-Hans": Say(
                "“{words}”写了两遍。",
                "删掉一条，或者写出第二条本来要写的。",
            ),
            "zh-Hant": Say(
                "「{words}」寫了兩遍。",
                "刪掉一條，或者寫出第二條本來要寫的。",
            ),
        },
    },
    sources=(DOERR,),
)

_ALIKE = 0.3
"""Share of common character pairs (Dice) from which results with equal figures count as the same."""
_NOISE = re.compile(r"[\s，。,.;；:*_-]+")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Compare the key results of an objective word for word."""
    seen: list[tuple[str, list[tuple[str, str]]]] = []
    for start, end in unit.scope.results:
        words = _NOISE.sub("", unit.plain[start:end])
        figures = sorted((q.value, q.unit) for q in within(unit.whole.quantities, start, end))
        if any(_same(words, figures, other, others) for other, others in seen):
            yield Hit(start, end, {"words": unit.text[start:end].strip()})
        seen.append((words, figures))


def _same(words: str, figures: list[tuple[str, str]], other: str, others: list[tuple[str, str]]) -> bool:
    """Tell whether two results say the same: word for word, or with the same two figures in much the same words."""
    if not words:
        return False
    return words == other or (len(figures) >= 2 and figures == others and alike(words, other) >= _ALIKE)


@RULE.checks_set
def check_set(goals: GoalSet) -> Iterator[tuple[Member, Hit]]:
    """Compare the key results that stand under one objective as entries of their own."""
    for _, _, results in goals.families:
        seen: set[str] = set()
        for member in results:
            if member.words and member.words in seen:
                yield member, Hit(*member.unit.body, {"words": member.record.text.strip()})
            seen.add(member.words)
