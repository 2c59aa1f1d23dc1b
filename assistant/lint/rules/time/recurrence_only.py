"""Flags goals whose only time is a rhythm or a service window. Knows nothing about the date that is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.goals.findings import Mark
from assistant.lint.rule import Hit, Letter, Page, Rule, Say
from assistant.lint.sources import DORAN
from assistant.lint.unit import Unit

RULE = Rule(
    name="recurrence-only",
    id="T507",
    group="time",
    severity="error",
    marks={"time_bound": "fail"},
    pages={
        "en": Page(
            flags="The only time is a rhythm (every week) or a service window (within 24 hours).",
            why="A rhythm says how often, a window how fast; neither says until when it is to be true.",
            example="Answer complaints within 24 hours, reviewed every week",
            better="By 30 June 2027, 95% of complaints are answered within 24 hours, reviewed every week",
            fix="Add the date by which it holds, or the period over which it is measured.",
        ),
        "zh-Hans": Page(
            flags="唯一的时间是节奏（每周）或服务时限（24小时内）。",
            why="节奏只说多久一次，时限只说多快，都没说到什么时候为止。",
            example="客户投诉24小时内回复，每周开会检查",
            better="2027年6月底前，95%的客户投诉24小时内得到回复，每周检查一次",
            fix="补上从何时起做到，或者按哪个时期考核。",
        ),
        "zh-Hant": Page(
            flags="唯一的時間是節奏（每週）或服務時限（24小時內）。",
            why="節奏只說多久一次，時限只說多快，都沒說到什麼時候為止。",
            example="客訴24小時內回覆，每週開會檢討",
            better="2027年6月底前，95%的客訴在24小時內得到回覆，每週檢討一次",
            fix="補上何時要做到，或者按哪段期間評核。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” is a rhythm or a service window, not a date for the goal.",
                "Add the date by which it holds, or the period over which it is measured.",
            ),
            "zh-Hans": Say(
                "“{words}”是节奏或服务时限，不是目标的期限。",
                "补上何时之前做到，或者按哪个时期考核。",
            ),
            "zh-Hant": Say(
                "「{words}」是節奏或服務時限，不是目標的期限。",
                "補上何時之前做到，或者按哪段期間評核。",
            ),
        },
    },
    sources=(DORAN,),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report a unit that is timed by rhythms or service windows only."""
    if unit.deadlines or unit.scope.inherited_deadline or unit.kind in ("objective", "key_result"):
        return
    timed = [*unit.services, *unit.recurrences]
    if not timed:
        return
    first, last = min(timed, key=lambda time: time.start), max(timed, key=lambda time: time.end)
    words = unit.text[first.start : last.end].strip().replace("\n", " ")
    marks: Mapping[Letter, Mark] | None = None
    if unit.services and not unit.values:
        marks = {"time_bound": "fail", "measurable": "warn"}
    yield Hit(first.start, last.end, {"words": words}, marks=marks)
