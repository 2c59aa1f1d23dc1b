# ruff: noqa: E501
"""Flags key results dated outside the cycle of their objective. Knows nothing about which of the two dates is right."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DOERR
from assistant.lint.unit import Unit

RULE = Rule(
    name="date-outside-cycle",
    id="O706",
    group="okr",
    severity="warning",
    marks={"time_bound": "warn"},
    contradiction=True,
    pages={
        "en": Page(
            flags="A key result whose date lies outside the cycle that its objective names.",
            why="At the end of the cycle it cannot be scored, so the objective can be neither met nor missed.",
            example="O: Customers recommend us (Q1 2027)\nKR1: NPS from 45 to 55\nKR2: Complaints from 40 to 30 a month by 31 August 2027",
            better="O: Customers recommend us (Q1 2027)\nKR1: NPS from 45 to 55\nKR2: Complaints from 40 to 35 a month by 31 March 2027",
            fix="Say what is to be reached by the end of the cycle, or move the key result to the cycle it belongs to.",
        ),
        "zh-Hans": Page(
            flags="关键结果的日期落在 O 所写的周期之外。",
            why="周期结束时这一条还没法打分，O 也就说不清达没达成。",
            example="O：客户愿意推荐我们（2027年第一季度）\nKR1：NPS从45提升到55\nKR2：2027年8月31日前每月投诉从40件降到30件",
            better="O：客户愿意推荐我们（2027年第一季度）\nKR1：NPS从45提升到55\nKR2：2027年3月31日前每月投诉从40件降到35件",
            fix="写出本周期末要做到多少；确实要更久的，移到对应的周期。",
        ),
        "zh-Hant": Page(
            flags="關鍵結果的日期落在 O 所寫的週期之外。",
            why="週期結束時這一條還無法評分，O 也就說不清楚有沒有達成。",
            example="O：顧客願意推薦我們（2027年第一季）\nKR1：NPS從45提升到55\nKR2：2027年8月31日前每月客訴從40件降到30件",
            better="O：顧客願意推薦我們（2027年第一季）\nKR1：NPS從45提升到55\nKR2：2027年3月31日前每月客訴從40件降到35件",
            fix="寫出本週期結束時要做到多少；確實需要更久的，移到對應的週期。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” lies outside the objective's cycle ({first} to {last}).",
                "Say what is to be reached within the cycle.",
            ),
            "zh-Hans": Say("“{words}”不在 O 的周期（{first}至{last}）之内。", "写出本周期内要做到多少。"),
            "zh-Hant": Say("「{words}」不在 O 的週期（{first}至{last}）之內。", "寫出本週期內要做到多少。"),
        },
    },
    sources=(DOERR,),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Compare each deadline of a key result with the first and last day of the cycle above it."""
    first, last = unit.scope.cycle
    if first is None or last is None:
        return
    for time in unit.deadlines:
        start, end = time.resolved
        if end is None or time.certainty not in ("exact", "inferred"):
            continue
        if end > last or end < first or (start is not None and start < first and time.kind == "window"):
            words = unit.text[time.start : time.end].strip()
            yield Hit(time.start, time.end, {"words": words, "first": first.isoformat(), "last": last.isoformat()})
