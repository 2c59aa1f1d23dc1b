"""Flags degree and hedge words in place of a value. Knows nothing about which value is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.goals.findings import Edit, Fix
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import DORAN, LOCKE_LATHAM
from assistant.lint.unit import Unit
from assistant.lint.words import pattern

RULE = Rule(
    name="vague-quantifier",
    id="S102",
    group="specific",
    severity="warning",
    marks={"measurable": "fail"},
    pages={
        "en": Page(
            flags=(
                "A word of degree or a hedge where a value belongs: significantly, as much as possible. Beside "
                "a value it is only noise (info)."
            ),
            why=(
                "“Significantly” is judged after the event, by whoever is asked. “Do your best” goals do worse "
                "than specific ones."
            ),
            example="Significantly reduce late deliveries by 30 June 2027",
            better="Reduce late deliveries from 9% to 4% by 30 June 2027",
            fix="Replace the word by the value to reach; where a value is there already, drop the word.",
        ),
        "zh-Hans": Page(
            flags="用“大幅、显著、尽量”代替数值；旁边已有数值时只是多余（提示级）。",
            why="多少算“大幅”，事后各说各话；“尽力而为”的目标效果不如具体的目标。",
            example="2027年6月底前大幅减少延迟配送",
            better="2027年6月底前把延迟配送率从9%降到4%",
            fix="换成要达到的数值；已经有数值的，把这个词删掉。",
        ),
        "zh-Hant": Page(
            flags="用「大幅、顯著、盡量」代替數值；旁邊已有數值時只是多餘（提示級）。",
            why="多少算「大幅」，事後各說各話；「盡力而為」的目標效果不如具體的目標。",
            example="2027年6月底前大幅減少延遲配送",
            better="2027年6月底前把延遲配送率從9%降到4%",
            fix="換成要達到的數值；已經有數值的，把這個詞刪掉。",
        ),
    },
    says={
        "": {
            "en": Say("“{words}” stands where a value should.", "Say how much: the value to reach, and today's value."),
            "zh-Hans": Say("“{words}”占了数值的位置，多少算达到没有说。", "写出要达到的数值和现在的数值。"),
            "zh-Hant": Say("「{words}」佔了數值的位置，多少算達到沒有說。", "寫出要達到的數值和現在的數值。"),
        },
        "beside": {
            "en": Say("“{words}” adds nothing to the value that is given.", "Drop the word."),
            "zh-Hans": Say("已经有数值，“{words}”可以不写。", "删掉这个词。"),
            "zh-Hant": Say("已經有數值，「{words}」可以不寫。", "刪掉這個詞。"),
        },
    },
    sources=(DORAN, LOCKE_LATHAM),
)
_COMPARATIVE = re.compile(r"更|较|more|less|faster|higher|fewer|better|lower")
_TITLE = {"en": "Drop “{}”", "zh-Hans": "删掉“{}”", "zh-Hant": "刪掉「{}」"}


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report hedges of degree; as info where the sentence has a value."""
    if unit.kind in ("objective", "initiative"):
        return
    for hedge in unit.facts.hedges:
        if hedge.kind != "quantifier" or pattern("weak").fullmatch(unit.plain, hedge.start, hedge.end):
            continue
        if pattern("escape").fullmatch(unit.plain, hedge.start, hedge.end):
            continue
        if unit.values and (unit.scope.labelled or _COMPARATIVE.match(unit.plain, hedge.start)):
            continue
        words = unit.text[hedge.start : hedge.end]
        first, last = unit.sentence(hedge.start)
        if not within(unit.values, first, last) and not within(unit.services, first, last):
            if not unit.milestone or not unit.deadlines:
                yield Hit(hedge.start, hedge.end, {"words": words})
            continue
        end = hedge.end + (unit.text[hedge.end : hedge.end + 1] in (" ", "地"))
        fix = Fix(
            title=_TITLE[unit.language].format(words),
            edits=(Edit(start=hedge.start, end=end, replacement=""),),
            safety="suggested",
        )
        yield Hit(hedge.start, hedge.end, {"words": words}, severity="info", say="beside", fix=fix)
