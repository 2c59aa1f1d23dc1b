"""Flags change verbs and slogans that nothing measures. Knows nothing about what could measure them."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import DORAN, LOCKE_LATHAM
from assistant.lint.unit import Unit

RULE = Rule(
    name="vague-verb",
    id="S101",
    group="specific",
    severity="warning",
    marks={"specific": "fail"},
    pages={
        "en": Page(
            flags=(
                "A verb of change or a slogan (improve, strengthen, foster) in a goal that names no metric and "
                "no figure."
            ),
            why=(
                "Everybody can agree to “improve” and mean different things; specific goals are the ones that "
                "raise performance."
            ),
            example="Improve collaboration with the warehouse",
            better="Cut orders sent back by the warehouse from 40 to 15 a week by 30 June 2027",
            fix="Name what will be different and how it is measured, or name the thing that will be delivered.",
        ),
        "zh-Hans": Page(
            flags="只有“提升、加强、优化”一类动词或口号，整条目标里没有指标也没有数。",
            why="谁都同意要“提升”，各人想的却不一样；具体的目标才会带来改变。",
            example="加强与仓储部的协作",
            better="2027年6月底前把仓储部退回的订单从每周40单减到15单",
            fix="写出什么会变、用什么衡量，或者写出要交付的东西。",
        ),
        "zh-Hant": Page(
            flags="只有「提升、加強、改善」一類動詞或口號，整條目標裡沒有指標也沒有數字。",
            why="誰都同意要「提升」，每個人想的卻不一樣；具體的目標才會帶來改變。",
            example="加強與倉儲部的合作",
            better="2027年6月底前把倉儲部退回的訂單從每週40筆減到15筆",
            fix="寫出什麼會變、用什麼衡量，或者寫出要交付的東西。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” says that something should change, but not what will be seen to change.",
                "Name the metric that moves, or the thing that will be delivered.",
            ),
            "zh-Hans": Say("“{words}”只说要变，没说看什么变。", "写出会变的指标，或者要交付的东西。"),
            "zh-Hant": Say("「{words}」只說要變，沒說看什麼變。", "寫出會變的指標，或者要交付的東西。"),
        }
    },
    sources=(DORAN, LOCKE_LATHAM),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report the first verb of change in a unit without metric, quantity or deliverable."""
    if (
        unit.kind in ("objective", "initiative")
        or unit.hard_metrics
        or unit.names_measure
        or unit.facts.quantities
        or unit.services
    ):
        return
    match = next(unit.find("change"), None)
    if match is None or (unit.deliverables and (unit.deadlines or unit.kind == "key_result")):
        return
    yield Hit(match.start(), match.end(), {"words": unit.text[match.start() : match.end()]})
