"""Flags deadlines that lie before today. Knows nothing about whether the work was done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.goals.facts import Time
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ISO_8601
from assistant.lint.unit import Unit

RULE = Rule(
    name="past-deadline",
    id="T504",
    group="time",
    severity="error",
    marks={"time_bound": "fail"},
    pages={
        "en": Page(
            flags="A deadline before today, where the goal has no later one.",
            why="Either the goal is done, late, or was never updated; each calls for something else.",
            example="Launch the new website by 31 October 2024",
            better="Launch the new website by 29 January 2027",
            fix="Say whether it was reached; if not, set a new date and keep the old one visible.",
        ),
        "zh-Hans": Page(
            flags="截止日期早于今天，而且没有更晚的日期。",
            why="可能已完成、已延误，也可能是旧清单没更新，处理办法各不相同。",
            example="2024年10月底前上线新官网",
            better="2027年1月29日前上线新官网",
            fix="先说明有没有达成；没有就定新日期，原日期保留可查。",
        ),
        "zh-Hant": Page(
            flags="截止日期早於今天，而且沒有更晚的日期。",
            why="可能已完成、已延誤，也可能是舊清單沒更新，處理方式各不相同。",
            example="2024年10月底前上線新官網",
            better="2027年1月29日前上線新官網",
            fix="先說明有沒有達成；沒有就定新日期，原日期保留可查。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” ended on {day}, before today ({today}).", "Say whether it was reached, or set a new date."
            ),
            "zh-Hans": Say("“{words}”到{day}为止，已早于今天（{today}）。", "说明是否已达成，或者定新的日期。"),
            "zh-Hant": Say("「{words}」到{day}為止，已早於今天（{today}）。", "說明是否已達成，或者定新的日期。"),
        }
    },
    sources=(ISO_8601,),
)

_FISCAL = re.compile(r"fy|fiscal|财年")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report the latest deadline of a unit when it is past."""
    if any(_FISCAL.search(unit.plain, time.start, time.end) for time in unit.deadlines):
        return
    binding = [time for time in unit.deadlines if not _dates_a_figure(unit, time)]
    dated = [(time.resolved[1], time) for time in binding if time.resolved[1] is not None]
    if not dated or len(dated) < len(binding):
        return
    day, time = max(dated, key=lambda pair: pair[0])
    if day < unit.today:
        words = unit.text[time.start : time.end].strip()
        yield Hit(time.start, time.end, {"words": words, "day": day.isoformat(), "today": unit.today.isoformat()})


def _dates_a_figure(unit: Unit, time: Time) -> bool:
    """Tell whether the date only says of when a figure is: as of, since, compared with."""
    if time.resolved[1] is None or time.resolved[1] >= unit.today:
        return False
    before = unit.plain[max(unit.start, time.start - 14) : time.start].rstrip()
    after = unit.plain[time.end : time.end + 6].lstrip()
    inside = unit.plain[time.start : time.end].lstrip()
    if inside.startswith(("by ", "before ", "until ", "no later")):
        return False
    if after.startswith(
        (
            "为基",
            "的基",
            "基准",
            "基线",
            "实绩",
            "均值",
            "平均",
            "同期",
            "数据",
            "以来",
            "起",
            "水平",
            "average",
            "baseline",
            "figure",
            "level",
            "data",
            "result",
        )
    ):
        return True
    ending = (
        ("截至", "截止", "自", "从", "较", "比", "于", "相比", "以", "相较", "基于", "对比", "参照", "同比")
        if time.kind == "window"
        else ("截至", "自", "从", "较", "比", "以", "相较", "对比", "参照")
    )
    words = (
        "as of",
        "since",
        "from",
        "than",
        "versus",
        "vs",
        "against",
        "relative to",
        "compared to",
        "compared with",
        "over",
        "of",
        "the",
        "measured in",
        "above",
        "below",
        "baseline",
    )
    return before.endswith(ending) or any(before.endswith(" " + word) or before == word for word in words)
