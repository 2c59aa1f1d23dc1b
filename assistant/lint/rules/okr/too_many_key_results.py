"""Flags objectives with too many or too few key results. Knows nothing about which ones to drop."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.goalset import GoalSet, Member
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DOERR
from assistant.lint.unit import Unit

RULE = Rule(
    name="too-many-key-results",
    id="O704",
    group="okr",
    severity="warning",
    marks={"specific": "warn"},
    pages={
        "en": Page(
            flags="More than five key results under one objective, or only one.",
            why="Beyond five nobody remembers them; a single one is easily gamed, since nothing balances it.",
            example="O: Customers recommend us\nKR1: NPS from 45 to 55",
            better="O: Customers recommend us\nKR1: NPS from 45 to 55\nKR2: complaints from 40 to 30 a month",
            fix="Keep the two to five that show the objective best; the rest is work or monitoring.",
        ),
        "zh-Hans": Page(
            flags="一个 O 下面超过五条 KR，或者只有一条。",
            why="超过五条没人记得住；只有一条容易被钻空子，没有别的来平衡。",
            example="O：客户愿意推荐我们\nKR1：NPS从45提升到55",
            better="O：客户愿意推荐我们\nKR1：NPS从45提升到55\nKR2：每月投诉从40件降到30件",
            fix="留下最能说明 O 的二到五条，其余归到做法或监控。",
        ),
        "zh-Hant": Page(
            flags="一個 O 下面超過五條 KR，或者只有一條。",
            why="超過五條沒人記得住；只有一條容易被鑽漏洞，沒有別的來平衡。",
            example="O：顧客願意推薦我們\nKR1：NPS從45提升到55",
            better="O：顧客願意推薦我們\nKR1：NPS從45提升到55\nKR2：每月客訴從40件降到30件",
            fix="留下最能說明 O 的二到五條，其餘歸到做法或監控。",
        ),
    },
    says={
        "": {
            "en": Say(
                "{count} key results under one objective.",
                "Keep the two to five that show the objective best.",
            ),
            "zh-Hans": Say(
                "一个 O 下面有{count}条 KR。",
                "留下最能说明 O 的二到五条。",
            ),
            "zh-Hant": Say(
                "一個 O 下面有{count}條 KR。",
                "留下最能說明 O 的二到五條。",
            ),
        },
        "one": {
            "en": Say(
                "Only one key result under the objective.",
                "Add a second one that balances it.",
            ),
            "zh-Hans": Say(
                "O 下面只有一条 KR。",
                "再加一条能与它平衡的。",
            ),
            "zh-Hant": Say(
                "O 下面只有一條 KR。",
                "再加一條能與它平衡的。",
            ),
        },
    },
    sources=(DOERR,),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Count the key results of an objective."""
    count = len(unit.scope.results)
    if unit.kind == "objective" and (count == 1 or count > 5):
        yield Hit(*unit.body, {"count": str(count)}, say="one" if count == 1 else "")


@RULE.checks_set
def check_set(goals: GoalSet) -> Iterator[tuple[Member, Hit]]:
    """Count the key results that stand under an objective as entries of their own.

    Where one names an objective that is not there, it may belong to any: then no objective has too few.
    """
    few = 0 if goals.strays else 1
    for objective, _, results in goals.families:
        count = len(results)
        if all(member.kind == "key_result" for member in results) and (count == few or count > 5):
            place = objective or results[0]
            yield place, Hit(*place.unit.body, {"count": str(count)}, say="one" if count == 1 else "")
