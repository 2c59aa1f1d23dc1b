"""Flags goals that somebody judges by feeling. Knows nothing about better sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DORAN
from assistant.lint.unit import Unit

RULE = Rule(
    name="unverifiable-source",
    id="M211",
    group="measurable",
    severity="warning",
    marks={"measurable": "warn"},
    pages={
        "en": Page(
            flags="A source that nobody else can check: gut feeling, the boss decides, by impression.",
            why="Whoever judges by feeling can judge either way, and the team cannot see how it stands.",
            example="Team morale improves by December 2027, judged by the director's gut feeling",
            better="The team's score in the half-yearly survey rises from 3.4 to 3.9 by December 2027",
            fix="Name the record, system or survey from which the value is read.",
        ),
        "zh-Hans": Page(
            flags="别人查不了的依据：领导拍板、凭感觉、看印象。",
            why="凭感觉可以说达成也可以说没达成，团队也不知道做到了哪一步。",
            example="2027年底前团队士气提高，以领导感觉为准",
            better="2027年底前半年一次的团队调查得分从3.4分升到3.9分",
            fix="写出从哪个系统、记录或调查里取数。",
        ),
        "zh-Hant": Page(
            flags="別人查不了的依據：主管說了算、憑感覺、看印象。",
            why="憑感覺可以說達成也可以說沒達成，團隊也不知道做到了哪一步。",
            example="2027年底前團隊士氣提高，以主管感覺為準",
            better="2027年底前半年一次的團隊調查得分從3.4分升到3.9分",
            fix="寫出從哪個系統、紀錄或調查裡取數。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” cannot be checked by anybody else.",
                "Name the record, system or survey from which the value is read.",
            ),
            "zh-Hans": Say(
                "“{words}”别人查不了。",
                "写出从哪个系统、记录或调查里取数。",
            ),
            "zh-Hant": Say(
                "「{words}」別人查不了。",
                "寫出從哪個系統、紀錄或調查裡取數。",
            ),
        },
    },
    sources=(DORAN,),
)


_SURVEYED = re.compile(
    r"[\s的]{0,2}(?:评分|得分|打分表|分数|调查|问卷|指数|量表)|\s{0,3}(?:score|rating|survey|index|questionnaire)(?![a-z])"
)
"""After a word of impression: many people are asked, and the figure can be looked up."""


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report sources that nobody can check."""
    for start, end in unit.unverifiable:
        if unit.result_values and _SURVEYED.match(unit.plain, end, unit.end):
            continue
        yield Hit(start, end, {"words": unit.text[start:end]})
