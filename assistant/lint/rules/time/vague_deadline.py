"""Flags soft words in place of a date. Knows nothing about which date is meant."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.blanks import dated
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DORAN
from assistant.lint.unit import Unit
from assistant.lint.words import pattern

RULE = Rule(
    name="vague-deadline",
    id="T502",
    group="time",
    severity="warning",
    marks={"time_bound": "fail"},
    pages={
        "en": Page(
            flags="A soft word where a date belongs: soon, as soon as possible, in the near future.",
            why="“Soon” never falls due, so nobody has to say that it was missed.",
            example="Fill the two open positions as soon as possible",
            better="Fill the two open positions by 31 March 2027",
            fix="Replace the word by a date.",
        ),
        "zh-Hans": Page(
            flags="用“尽快、近期、早日”代替日期。",
            why="“尽快”没有到期的那一天，也就没有人要说没完成。",
            example="尽快补齐两个空缺岗位",
            better="2027年3月31日前补齐两个空缺岗位",
            fix="换成日期。",
        ),
        "zh-Hant": Page(
            flags="用「盡快、近期、早日」代替日期。",
            why="「盡快」沒有到期的那一天，也就沒有人要說沒完成。",
            example="盡快補齊兩個職缺",
            better="2027年3月31日前補齊兩個職缺",
            fix="換成日期。",
        ),
    },
    says={
        "": {
            "en": Say("“{words}” is not a date.", "Say by which day."),
            "zh-Hans": Say("“{words}”不是日期，哪天算到期没有说。", "写出哪一天之前。"),
            "zh-Hant": Say("「{words}」不是日期，哪天算到期沒有說。", "寫出哪一天之前。"),
        }
    },
    sources=(DORAN,),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report soft deadlines in a unit that no time binds."""
    if unit.deadlines or unit.scope.inherited_deadline:
        return
    for hedge in unit.facts.hedges:
        if hedge.kind == "deadline" and not pattern("weak_deadline").fullmatch(unit.plain, hedge.start, hedge.end):
            words = {"words": unit.text[hedge.start : hedge.end]}
            yield Hit(hedge.start, hedge.end, words, fix=dated(unit, hedge.start, hedge.end))
