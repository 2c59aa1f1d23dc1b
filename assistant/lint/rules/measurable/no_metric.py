# ruff: noqa: E501
"""Flags goals without any measurable quantity or verifiable deliverable. Knows nothing about suitable metrics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DOERR, DORAN
from assistant.lint.unit import Unit

RULE = Rule(
    name="no-metric",
    id="M201",
    group="measurable",
    severity="error",
    marks={"specific": "fail", "measurable": "fail"},
    pages={
        "en": Page(
            flags=(
                "A goal with no measurable quantity and nothing verifiable to deliver. Never on a qualitative "
                "objective, which its key results measure, nor on an action item with a day."
            ),
            why="At the end nobody can say whether it was met.",
            example="Improve customer satisfaction",
            better="Raise the CSAT score of closed tickets from 82% to 86% by 30 June 2027",
            fix="Choose the figure that would move if the goal were met, with today's value and the value to reach.",
        ),
        "zh-Hans": Page(
            flags="没有可以量的指标，也没有可以验收的成果。定性的 O 不在此列，由它的关键结果来衡量；写明日期的行动项也不算。",
            why="到期时谁也判不了达成没达成。",
            example="提升客户满意度",
            better="2027年6月底前把已关闭工单的CSAT从82%提高到86%",
            fix="选一个目标达成时会动的数，写出现值和要达到的值。",
        ),
        "zh-Hant": Page(
            flags="沒有可以量的指標，也沒有可以驗收的成果。質化的 O 不在此列，由它的關鍵結果來衡量；寫明日期的行動項目也不算。",
            why="到期時誰也判斷不了有沒有達成。",
            example="提升顧客滿意度",
            better="2027年6月底前把已結案件的CSAT從82%提高到86%",
            fix="選一個目標達成時會動的數字，寫出現值和要達到的值。",
        ),
    },
    says={
        "": {
            "en": Say(
                "Nothing here can be measured or checked off: “{words}”.",
                "Name the figure that will show it (which score, rate or count), or the deliverable.",
            ),
            "zh-Hans": Say(
                "“{words}”没说用哪个数来量，到期判不了达没达成。",
                "写出用哪个指标（哪个分数、比率或数量），或者要交付什么。",
            ),
            "zh-Hant": Say(
                "「{words}」沒說用哪個數字來量，到期判斷不了有沒有達成。",
                "寫出用哪個指標（哪個分數、比率或數量），或者要交付什麼。",
            ),
        }
    },
    sources=(DORAN, DOERR),
)


_NONE = re.compile(
    r"(?:have |keep |leave |ensure )?no (?:[a-z-]+ ){1,6}(?:(?:is|are|stays?|remains?|left|open) )?"
    r"(?:for )?(?:older|longer|later|larger|bigger|higher|more|over|above|beyond|past|exceed(?:s|ing)?) (?:than )?"
    r"|(?:没有|无|不存在|不留|不出现)[^,，。;；]{0,4}(?:超过|大于|高于|多于|逾)"
)
"""None beyond a limit is a count of nil: no open finding older than 30 days."""


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report a unit in which nothing can be measured."""
    if unit.kind in ("objective", "initiative"):
        return
    if (
        unit.hard_metrics
        or unit.names_measure
        or unit.values
        or unit.baselines
        or unit.deliverables
        or unit.activity_counts
        or unit.services
    ):
        return
    if unit.only_activity or _none_beyond(unit):
        return
    start, end = _span(unit)
    yield Hit(start, end, {"words": unit.text[start : min(end, unit.scope.own or end)].replace("\n", " ")})


def _none_beyond(unit: Unit) -> bool:
    found = _NONE.match(unit.plain, *unit.body)
    if found is None and unit.facts.language != "en":
        found = _NONE.search(unit.plain, unit.start, unit.end)
    if found is None:
        return False
    return any(not unit.plain[found.end() : quantity.start].strip() for quantity in unit.facts.quantities)


def _span(unit: Unit) -> tuple[int, int]:
    if unit.facts.metrics:
        return unit.facts.metrics[0].start, unit.facts.metrics[0].end
    return unit.body
