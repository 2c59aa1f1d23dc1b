"""Flags multiples with two readings. Knows nothing about which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.later import later
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import USAGE
from assistant.lint.unit import Unit

RULE = Rule(
    name="ambiguous-multiple",
    id="M205",
    group="measurable",
    severity="warning",
    marks={"measurable": "warn"},
    pages={
        "en": Page(
            flags="A multiple with two readings: 3x growth, grow 3 times, three times more.",
            why="“Grow 3 times” is ×3 to some readers and ×4 to others.",
            example="Achieve 3x growth in qualified leads in 2027",
            better="Bring qualified leads to 3 times the 2026 figure in 2027",
            fix="Write the multiple to reach (“to 3 times”), or the value.",
        ),
        "zh-Hans": Page(
            flags="有两种读法的倍数：增长3倍、提高了2倍。",
            why="“增长3倍”严格说是原来的4倍，不少人写的是3倍。",
            example="2027年线索量增长3倍",
            better="2027年线索量达到2026年的3倍",
            fix="写成“达到原来的几倍”，或者直接写数值。",
        ),
        "zh-Hant": Page(
            flags="有兩種讀法的倍數：成長3倍、提高了2倍。",
            why="「成長3倍」嚴格說是原來的4倍，不少人寫的是3倍。",
            example="2027年潛在客戶數成長3倍",
            better="2027年潛在客戶數達到2026年的3倍",
            fix="寫成「達到原來的幾倍」，或者直接寫數值。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” can be read in two ways.",
                "Write the multiple to reach (“to 3 times”), or the value.",
            ),
            "zh-Hans": Say(
                "“{words}”有两种读法。",
                "写成“达到原来的几倍”，或者直接写数值。",
            ),
            "zh-Hant": Say(
                "「{words}」有兩種讀法。",
                "寫成「達到原來的幾倍」，或者直接寫數值。",
            ),
        },
    },
    sources=(USAGE,),
)

_NUMBER = r"(?:\d+(?:\.\d+)?|[二两三四五六七八九十]|two|three|four|five|six|ten)"
_MULTIPLE = later(
    rf"(?:增长|提升|提高|增加|成长|上升|扩大|翻)(?:了)?\s*{_NUMBER}\s*倍"
    rf"|(?<![a-z0-9]){_NUMBER}\s*(?:x|-fold|fold|times)\s+(?:growth|increase|improvement|more|higher)"
    rf"|(?:grow|increase|raise|improve)[a-z]*\s+(?:[a-z-]+\s+){{0,5}}(?:by\s+)?{_NUMBER}\s*(?:x|-fold|fold|times)(?![a-z])",
    needs=("倍", "x", "fold", "times"),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report "grow n times" and the like where no pair of values settles it."""
    if unit.baselines and unit.targets:
        return
    for match in _MULTIPLE.finditer(unit.plain, unit.start, unit.end):
        if not re.search(r"(?<![a-z])to\s", match[0]):
            yield Hit(match.start(), match.end(), {"words": unit.text[match.start() : match.end()]})
