"""Flags figures inside an objective. Knows nothing about key results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.goals.facts import Quantity
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DOERR
from assistant.lint.unit import Unit

RULE = Rule(
    name="number-in-objective",
    id="O703",
    group="okr",
    severity="warning",
    marks={"specific": "warn"},
    pages={
        "en": Page(
            flags="A target inside an OKR objective.",
            why=(
                "The objective says where to go, the key results how far; a figure in it makes one key result "
                "swallow the rest."
            ),
            example="Objective: Delight 10,000 customers",
            better="Objective: Customers look forward to hearing from us",
            fix="Move the figure to a key result.",
        ),
        "zh-Hans": Page(
            flags="OKR 的 O 里写了目标数值。",
            why="O 说往哪里去，KR 说走多远；数写进 O，一个 KR 就把其余的盖住了。",
            example="O：让10000名客户满意",
            better="O：客户愿意把我们推荐给同行",
            fix="把数移到关键结果里。",
        ),
        "zh-Hant": Page(
            flags="OKR 的 O 裡寫了目標數值。",
            why="O 說往哪裡去，KR 說走多遠；數字寫進 O，一個 KR 就把其餘的蓋住了。",
            example="O：讓10000名顧客滿意",
            better="O：顧客願意把我們推薦給同業",
            fix="把數字移到關鍵結果裡。",
        ),
    },
    says={
        "": {
            "en": Say(
                "{words} is a target; it belongs to a key result.",
                "Move the figure to a key result and say in words where to go.",
            ),
            "zh-Hans": Say(
                "{words}是目标数值，应写进关键结果。",
                "把数移到关键结果里，O 用一句话说往哪里去。",
            ),
            "zh-Hant": Say(
                "{words}是目標數值，應寫進關鍵結果。",
                "把數字移到關鍵結果裡，O 用一句話說往哪裡去。",
            ),
        },
    },
    sources=(DOERR,),
)


_LABEL = re.compile(
    r"[\s>#*_+•·-]*(?:\d{1,2}[.)、][ ]?)?[*_]*(?:(?:company|team|annual|key|strategic) )?"
    r"(?:objective|goal|okr|aim|o|目标|战略目标|方向|目的)[ ]?(?:no\.? ?|number |#|第)?[ (]?$"
)
_QUOTED = re.compile(r"「[^」\n]{2,30}」|“[^”\n]{2,30}”|\"[^\"\n]{2,30}\"|《[^》\n]{2,30}》|『[^』\n]{2,30}』")
_ENDS = re.compile(r"[)*_]*[ ]?(?:[:.、)\-–—|]|$|\s)")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report quantities of an objective that are no window."""
    if unit.kind != "objective":
        return
    for quantity in unit.facts.quantities:
        if quantity.role != "window" and not _is_label(unit, quantity) and not _in_a_name(unit, quantity):
            words = unit.text[quantity.start : quantity.end].strip()
            yield Hit(quantity.start, quantity.end, {"words": words})


def _in_a_name(unit: Unit, quantity: Quantity) -> bool:
    """Tell whether the number stands in a quoted name: 「365天低温宅配」."""
    return any(
        match.start() < quantity.start and quantity.end < match.end()
        for match in _QUOTED.finditer(unit.text, unit.start, unit.end)
        if len(match[0]) < 0.7 * (unit.end - unit.start)
    )


def _is_label(unit: Unit, quantity: Quantity) -> bool:
    """Tell whether the number counts the objective itself: Objective 1: …, 目标1：…."""
    bare = unit.plain[quantity.start : quantity.end].strip()
    opens = _LABEL.fullmatch(unit.plain, unit.plain.rfind("\n", 0, quantity.start) + 1, quantity.start)
    return bool(opens) and bare.isdecimal() and _ENDS.match(unit.plain, quantity.end) is not None
