"""Notes simplified and traditional characters in one text. Knows nothing about vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.scripts import wrong_characters
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import UNICODE
from assistant.lint.unit import Unit

RULE = Rule(
    name="mixed-script",
    id="N003",
    group="text",
    severity="info",
    marks={},
    pages={
        "en": Page(
            flags="Simplified and traditional characters in one text.",
            why="It breaks search and comparison, and often shows a text converted by machine.",
            example="2027年6月底前把线索轉化率从8%升到10%",
            better="2027年6月底前把线索转化率从8%升到10%",
            fix="Write the whole text in one script.",
        ),
        "zh-Hans": Page(
            flags="简体和繁体混在一段里。",
            why="搜不到、对不上，而且往往是机器转换留下的。",
            example="2027年6月底前把线索轉化率从8%升到10%",
            better="2027年6月底前把线索转化率从8%升到10%",
            fix="统一成一种字。",
        ),
        "zh-Hant": Page(
            flags="繁體和簡體混在一段裡。",
            why="搜不到、對不上，而且往往是機器轉換留下的。",
            example="2027年6月底前把線索转換率從8%升到10%",
            better="2027年6月底前把線索轉換率從8%升到10%",
            fix="統一成一種字。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” is in the other script.",
                "Write the whole text in one script.",
            ),
            "zh-Hans": Say(
                "“{words}”是繁体字。",
                "统一成简体。",
            ),
            "zh-Hant": Say(
                "「{words}」是簡體字。",
                "統一成繁體。",
            ),
        },
    },
    sources=(UNICODE,),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report the first run of characters that the text's script does not have."""
    if unit.facts.language not in ("zh-Hans", "zh-Hant"):
        return
    wrong = [place for place, _ in wrong_characters(unit.text, unit.facts.language) if unit.start <= place < unit.end]
    if wrong:
        end = wrong[0] + 1
        places = set(wrong)
        while end in places:
            end += 1
        yield Hit(wrong[0], end, {"words": unit.text[wrong[0] : end]})
