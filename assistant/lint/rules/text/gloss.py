"""Notes pronunciation glosses inside words. Knows nothing about what they explain."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.goals.findings import Edit, Fix
from assistant.language.later import later
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import UNICODE
from assistant.lint.unit import Unit

RULE = Rule(
    name="gloss",
    id="N001",
    group="text",
    severity="info",
    marks={},
    pages={
        "en": Page(
            flags="A pronunciation gloss left inside a word by a web page: 战(zhàn)略.",
            why="It breaks search and comparison of goal texts.",
            example="2027年6月底前把线索转(zhuǎn)化率从8%升到10%",
            better="2027年6月底前把线索转化率从8%升到10%",
            fix="Remove the gloss; the fix does it.",
        ),
        "zh-Hans": Page(
            flags="网页留在词中间的注音：战(zhàn)略。",
            why="有了它，目标文本就搜不到、对不上。",
            example="2027年6月底前把线索转(zhuǎn)化率从8%升到10%",
            better="2027年6月底前把线索转化率从8%升到10%",
            fix="删掉注音，可自动修复。",
        ),
        "zh-Hant": Page(
            flags="網頁留在詞中間的注音：戰(zhàn)略。",
            why="有了它，目標文字就搜不到、對不上。",
            example="2027年6月底前把線索轉(zhuǎn)化率從8%升到10%",
            better="2027年6月底前把線索轉化率從8%升到10%",
            fix="刪掉注音，可自動修復。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” is a pronunciation gloss.",
                "Remove it.",
            ),
            "zh-Hans": Say(
                "“{words}”是注音。",
                "删掉它。",
            ),
            "zh-Hant": Say(
                "「{words}」是注音。",
                "刪掉它。",
            ),
        },
    },
    sources=(UNICODE,),
)

_GLOSS = later(
    r"(?<=[\u4e00-\u9fff])[(（](?=[a-zü]{0,6}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,8}[)）]",
    needs=("(", "（"),
)
_TITLE = {"en": "Remove the gloss", "zh-Hans": "删掉注音", "zh-Hant": "刪掉注音"}


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report tone-marked pinyin in brackets behind a character, with a safe fix."""
    for match in _GLOSS.finditer(unit.text, unit.start, unit.end):
        edit = Edit(start=match.start(), end=match.end(), replacement="")
        fix = Fix(title=_TITLE[unit.language], edits=(edit,), safety="safe")
        yield Hit(match.start(), match.end(), {"words": match[0]}, fix=fix)
