"""Flags blanks that somebody forgot to fill. Knows nothing about what should stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.goals.findings import Mark
from assistant.lint.rule import Hit, Letter, Page, Rule, Say
from assistant.lint.sources import DORAN
from assistant.lint.unit import Unit

RULE = Rule(
    name="placeholder",
    id="S105",
    group="specific",
    severity="error",
    marks={"measurable": "fail"},
    pages={
        "en": Page(
            flags="A blank left over from a template: X%, TBD, [value], owner A.",
            why="Nobody can work towards a value that was never filled in, and a template that scores well hides it.",
            example="Increase trial sign-ups by X% by 30 June 2027",
            better="Increase trial sign-ups from 400 to 460 a month by 30 June 2027",
            fix="Fill in the value. Where it is not known yet, say so and say by when it will be measured.",
        ),
        "zh-Hans": Page(
            flags="模板里没填的空：百分之X、Y万、TBD、[数值]、负责人A。",
            why="没填的值没人能去做，套着模板看上去却很完整。",
            example="2027年6月底前把响应时间缩短百分之X",
            better="2027年6月底前把响应时间从40秒缩短到30秒",
            fix="把值填上；还不知道就写明未知，并写清何时测出。",
        ),
        "zh-Hant": Page(
            flags="範本裡沒填的空格：百分之X、Y萬、TBD、[數值]、負責人A。",
            why="沒填的值沒有人能去做，套著範本看起來卻很完整。",
            example="2027年6月底前把回覆時間縮短百分之X",
            better="2027年6月底前把回覆時間從40秒縮短到30秒",
            fix="把值填上；還不知道就寫明未知，並寫清楚何時測出。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” is a blank that was never filled in.",
                "Put the value here, or write that it is unknown and when it will be measured.",
            ),
            "zh-Hans": Say("“{words}”是还没填的空。", "填上具体的值；暂时不知道，就写明未知和何时测出。"),
            "zh-Hant": Say("「{words}」是還沒填的空格。", "填上具體的值；暫時不知道，就寫明未知和何時測出。"),
        }
    },
    sources=(DORAN,),
)
_TIME = re.compile(r"[月年日季]|date|quarter|month|year|day|deadline|time|期限|\bq[xyn]\b")
_OWNER = re.compile(r"负责人|owner|责任人|name|姓名|人员")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report every placeholder with the letter that it leaves open."""
    for blank in unit.facts.placeholders:
        words = unit.text[blank.start : blank.end]
        seen = unit.plain[blank.start : blank.end]
        marks: Mapping[Letter, Mark] | None = None
        if _OWNER.search(seen):
            marks = {"specific": "warn"}
        elif _TIME.search(seen):
            marks = {"time_bound": "fail"}
        yield Hit(blank.start, blank.end, {"words": words}, marks=marks)
