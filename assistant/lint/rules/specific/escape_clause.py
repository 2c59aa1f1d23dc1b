"""Flags words that let a goal lapse without anybody saying so. Knows nothing about the conditions that are meant."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.later import later
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import LOCKE_LATHAM
from assistant.lint.unit import Unit
from assistant.lint.words import pattern

RULE = Rule(
    name="escape-clause",
    id="S103",
    group="specific",
    severity="warning",
    marks={"specific": "warn"},
    pages={
        "en": Page(
            flags="Words that leave the way out open: as appropriate, where possible, in principle.",
            why="A goal that holds only “where possible” can never be missed, so it commits nobody.",
            example="Answer all tickets within 4 hours where possible by 30 June 2027",
            better="Answer 95% of tickets within 4 hours by 30 June 2027; outages are counted apart",
            fix="Name the exception with its limit, or drop the words.",
        ),
        "zh-Hans": Page(
            flags="留退路的字眼：原则上、视情况、条件允许时。",
            why="“视情况”的目标永远不会没达成，也就没有约束力。",
            example="2027年6月底前，原则上4小时内答复所有工单",
            better="2027年6月底前，95%的工单4小时内答复，系统故障期间另计",
            fix="写明例外是什么、允许多少，或者删掉这几个字。",
        ),
        "zh-Hant": Page(
            flags="留退路的字眼：原則上、視情況、條件允許時。",
            why="「視情況」的目標永遠不會沒達成，也就沒有約束力。",
            example="2027年6月底前，原則上4小時內回覆所有案件",
            better="2027年6月底前，95%的案件4小時內回覆，系統故障期間另計",
            fix="寫明例外是什麼、允許多少，或者刪掉這幾個字。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” leaves a way out, so the goal can never be missed.",
                "Name the exception and its limit, or drop the words.",
            ),
            "zh-Hans": Say(
                "“{words}”留了退路，目标就永远不会没达成。",
                "写明例外和允许的限度，或者删掉。",
            ),
            "zh-Hant": Say(
                "「{words}」留了退路，目標就永遠不會沒達成。",
                "寫明例外和允許的限度，或者刪掉。",
            ),
        },
    },
    sources=(LOCKE_LATHAM,),
)


_PERMITTING = later(
    r"(?<![a-z])(?:[a-z]{3,} (?:permitting|allowing)|if (?:the )?[a-z]+ (?:permits?|allows?))(?=\s*(?:[,.;)]|$))",
    needs=("permit", "allow"),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report escape clauses."""
    for hedge in unit.facts.hedges:
        escape = hedge.kind == "escape" or pattern("escape").fullmatch(unit.plain, hedge.start, hedge.end)
        if escape and not pattern("weak_escape").fullmatch(unit.plain, hedge.start, hedge.end):
            yield Hit(hedge.start, hedge.end, {"words": unit.text[hedge.start : hedge.end]})
    for match in _PERMITTING.finditer(unit.plain, unit.start, unit.end):
        if not any(hedge.start <= match.start() < hedge.end for hedge in unit.facts.hedges if hedge.kind == "escape"):
            yield Hit(match.start(), match.end(), {"words": unit.text[match.start() : match.end()]})
