# ruff: noqa: E501
"""Flags goals of a list that pull one measure two ways. Knows nothing about which of them should win."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from assistant.lint.goalset import Aimed, GoalSet, Member
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import KAPLAN_NORTON

RULE = Rule(
    name="opposing-metrics",
    id="L802",
    group="list",
    severity="warning",
    marks={},
    pages={
        "en": Page(
            flags="Two goals of one list that move the same measure in opposite directions by the same day.",
            why="Whoever meets the one misses the other; the team ends up arguing about which counts.",
            example="- Raise inventory days from 30 to 40 by 30 June 2027\n- Cut inventory days from 30 to 22 by 30 June 2027",
            better="- Raise shelf availability from 91% to 96% by 30 June 2027\n- Cut inventory days from 30 to 26 by 30 June 2027",
            fix="Decide which way counts, and make the other a limit (“at most …”) or drop it.",
        ),
        "zh-Hans": Page(
            flags="同一份清单里两条期限相同的目标要把同一个指标往相反的方向推。",
            why="达成一条就达不成另一条，最后变成争论哪条算数。",
            example="- 2027年6月底前库存周转天数从30天提高到40天\n- 2027年6月底前库存周转天数从30天降到22天",
            better="- 2027年6月底前货架有货率从91%提高到96%\n- 2027年6月底前库存周转天数从30天降到26天",
            fix="定下往哪边走，另一条改成底线（不超过……）或者删掉。",
        ),
        "zh-Hant": Page(
            flags="同一份清單裡兩條期限相同的目標要把同一個指標往相反的方向推。",
            why="達成一條就達不成另一條，最後變成爭論哪條算數。",
            example="- 2027年6月底前庫存週轉天數從30天提高到40天\n- 2027年6月底前庫存週轉天數從30天降到22天",
            better="- 2027年6月底前貨架有貨率從91%提高到96%\n- 2027年6月底前庫存週轉天數從30天降到26天",
            fix="決定往哪邊走，另一條改成底線（不超過……）或者刪掉。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{metric}” is to go the other way in {other}.",
                "Decide which way counts; make the other a limit or drop it.",
            ),
            "zh-Hans": Say("“{metric}”在{other}里要往相反的方向走。", "定下往哪边走，另一条改成底线或者删掉。"),
            "zh-Hant": Say("「{metric}」在{other}裡要往相反的方向走。", "決定往哪邊走，另一條改成底線或者刪掉。"),
        },
    },
    sources=(KAPLAN_NORTON,),
)


@RULE.checks_set
def check_set(goals: GoalSet) -> Iterator[tuple[Member, Hit]]:
    """Compare goals of one table that name the same measure of the same team or thing and are due on the same day.

    Goals due on different days are stages, and what is due on no day may be one.
    """
    known: dict[tuple[object, ...], list[tuple[Member, Aimed]]] = defaultdict(list)
    for member in goals.members:
        for aimed in member.aimed:
            if aimed.direction not in ("up", "down"):
                continue
            key = (aimed.name, aimed.scope, aimed.due, member.part)
            against = next((m for m, a in known[key] if m is not member and a.direction != aimed.direction), None)
            if against is not None:
                words = {"metric": member.unit.text[slice(*aimed.place)], "other": against.record.id}
                yield member, Hit(*aimed.place, words)
                break
            if len(known[key]) < 20:
                known[key].append((member, aimed))
