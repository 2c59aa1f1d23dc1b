"""Flags goals in which only effort or output counts. Knows nothing about which result is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DOERR, GROVE
from assistant.lint.unit import Unit

RULE = Rule(
    name="activity-not-outcome",
    id="S104",
    group="specific",
    severity="warning",
    marks={"specific": "warn", "measurable": "warn"},
    pages={
        "en": Page(
            flags=(
                "Only effort or output is counted: sessions held, posts published, calls made. Silent when a "
                "result follows, or a deliverable with a date."
            ),
            why="All of it can be done and nothing need change. Method plus result is fine; method alone is not.",
            example="Hold 5 promotions in Q1 2027",
            better="Hold 5 promotions in Q1 2027 that bring 30% of the quarter's sales",
            fix="Add what is to change because of it, with a value; keep the activity as the means.",
        ),
        "zh-Hans": Page(
            flags="只数做了多少事：办几场、发几篇、打几个电话。后面跟着结果，或者是有日期的交付物，就不报。",
            why="事情全做完了，情况可以一点没变。“做法加结果”很好，只有做法不够。",
            example="2027年一季度举办5场促销",
            better="2027年一季度举办5场促销，带来当季销售额的30%",
            fix="补上这样做要带来什么变化、多少；原来的活动保留为做法。",
        ),
        "zh-Hant": Page(
            flags="只數做了多少事：辦幾場、發幾篇、打幾通電話。後面跟著結果，或者是有日期的交付物，就不報。",
            why="事情全做完了，情況可以一點沒變。「做法加結果」很好，只有做法不夠。",
            example="2027年第一季舉辦5場促銷",
            better="2027年第一季舉辦5場促銷，帶來當季業績的30%",
            fix="補上這樣做要帶來什麼變化、多少；原來的活動保留為做法。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” counts what is done, not what changes because of it.",
                "Add the result it is to bring, with a value; keep this as the means.",
            ),
            "zh-Hans": Say(
                "“{words}”数的是做了什么，没说要带来什么变化。",
                "补上要带来的结果和数值，这一条留作做法。",
            ),
            "zh-Hant": Say(
                "「{words}」數的是做了什麼，沒說要帶來什麼變化。",
                "補上要帶來的結果和數值，這一條留作做法。",
            ),
        },
    },
    sources=(
        DOERR,
        GROVE,
    ),
)

_OUTPUT = re.compile(
    r"(?:launch|build|create|write|publish|implement|develop|set up|introduce|draft|design|roll out|organi[sz]e)\b"
    r"|(?:上线|发布|搭建|建立|制定|编写|推出|撰写|开发|设计|组织)"
)
"""Verbs of output with which a key result begins that is a task: what comes of it is not said."""


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report a unit whose success is effort or output only."""
    if unit.kind in ("objective", "initiative"):
        return
    start, end = unit.body
    bare = unit.kind == "key_result" and not unit.values and not unit.deadlines
    launch = bare and _OUTPUT.match(unit.plain, start)
    if not unit.only_activity and not launch:
        return
    yield Hit(start, end, {"words": unit.text[start:end].replace("\n", " ")})
