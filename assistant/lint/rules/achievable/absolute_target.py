"""Flags targets of everything or nothing. Knows nothing about whether the area allows them."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.arithmetic import ends
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ORDONEZ
from assistant.lint.unit import Unit

RULE = Rule(
    name="absolute-target",
    id="A302",
    group="achievable",
    severity="warning",
    marks={"achievable": "warn"},
    pages={
        "en": Page(
            flags="A target of 100%, zero or never. Only a note where safety or compliance is meant.",
            why="One case breaks it, and from then on nobody works for it; near 100% each point costs more.",
            example="Cut avoidable rework to zero by 30 June 2027",
            better="Cut avoidable rework from 14 to at most 3 cases a month by 30 June 2027",
            fix="Say how many cases are tolerable, or why none is.",
        ),
        "zh-Hans": Page(
            flags="要求100%、零、杜绝的目标。安全、合规方面只作提示。",
            why="出一例就破了，破了就没人再管；越接近100%，每一步代价越大。",
            example="2027年6月底前把可避免的返工降为零",
            better="2027年6月底前把可避免的返工从每月14次减到3次以内",
            fix="写明能容忍几例，或者说明为什么一例都不行。",
        ),
        "zh-Hant": Page(
            flags="要求100%、零、杜絕的目標。安全、法遵方面只作提示。",
            why="出一例就破了，破了就沒人再管；越接近100%，每一步代價越大。",
            example="2027年6月底前把可避免的重工降為零",
            better="2027年6月底前把可避免的重工從每月14次減到3次以內",
            fix="寫明能容忍幾例，或者說明為什麼一例都不行。",
        ),
    },
    says={
        "": {
            "en": Say(
                "{words} leaves no room: one case breaks the goal.",
                "Say how many cases are tolerable, or why none is.",
            ),
            "zh-Hans": Say(
                "{words}不留余地，出一例目标就破了。",
                "写明能容忍几例，或者说明为什么一例都不行。",
            ),
            "zh-Hant": Say(
                "{words}不留餘地，出一例目標就破了。",
                "寫明能容忍幾例，或者說明為什麼一例都不行。",
            ),
        },
    },
    sources=(ORDONEZ,),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report targets of 100 % and of zero."""
    if unit.kind in ("objective", "initiative"):
        return
    for value in unit.targets:
        both = ends(value)
        if both is None or both[0] != both[1]:
            continue
        everything = value.unit == "%" and both[0] == 100
        if not everything and both[0] != 0:
            continue
        first, last = unit.sentence(value.start)
        if everything and (unit.has("plan_rate", first, last) or unit.milestone):
            continue
        safe = unit.has("safety", first, last)
        words = unit.text[value.start : value.end].strip()
        yield Hit(value.start, value.end, {"words": words}, severity="info" if safe else None)
