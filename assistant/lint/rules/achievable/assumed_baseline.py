"""Flags starting values that somebody assumed. Knows nothing about the true value."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import KAPLAN_NORTON
from assistant.lint.unit import Unit

RULE = Rule(
    name="assumed-baseline",
    id="A304",
    group="achievable",
    severity="warning",
    marks={"achievable": "warn", "measurable": "warn"},
    pages={
        "en": Page(
            flags="A starting value that is assumed, not measured: “currently assumed to be 3 hours”.",
            why="If the assumption is off, the same effort meets the goal at once or never.",
            example="Cut handling time from 3 hours (assumed) to 2 hours by 30 June 2027",
            better="Cut handling time from 2.6 hours (October 2026, ticket system) to 2 hours by 30 June 2027",
            fix="Measure it first: say from which source and by when.",
        ),
        "zh-Hans": Page(
            flags="现值是假设的，不是测出来的：“假设为3小时”。",
            why="假设不准，同样的努力可能马上达成，也可能永远达不成。",
            example="2027年6月底前把处理时长从3小时（假设）缩短到2小时",
            better="2027年6月底前把处理时长从2.6小时（2026年10月，工单系统）缩短到2小时",
            fix="先测：写明从哪里取数、何时测出。",
        ),
        "zh-Hant": Page(
            flags="現值是假設的，不是測出來的：「假設為3小時」。",
            why="假設不準，同樣的努力可能馬上達成，也可能永遠達不成。",
            example="2027年6月底前把處理時間從3小時（假設）縮短到2小時",
            better="2027年6月底前把處理時間從2.6小時（2026年10月，案件系統）縮短到2小時",
            fix="先測：寫明從哪裡取數、何時測出。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}”: the starting value is assumed, not measured.",
                "Measure it first: say from which source and by when.",
            ),
            "zh-Hans": Say(
                "“{words}”：现值是假设的，没有测过。",
                "先测出现值，写明从哪里取数、何时测出。",
            ),
            "zh-Hant": Say(
                "「{words}」：現值是假設的，沒有測過。",
                "先測出現值，寫明從哪裡取數、何時測出。",
            ),
        },
    },
    sources=(KAPLAN_NORTON,),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report assumptions with a figure near by."""
    for hedge in unit.facts.hedges:
        if hedge.kind != "assumption":
            continue
        _, last = unit.clause(hedge.start)
        near = within(unit.facts.quantities, hedge.start - 20, max(hedge.end + 12, min(last, hedge.end + 60)))
        near = [quantity for quantity in near if quantity.role not in ("window", "change")]
        if near and not any(action.direction for action in within(unit.facts.actions, hedge.end, near[0].start)):
            after = [quantity for quantity in near if quantity.start >= hedge.end]
            end = after[0].end if after else hedge.end
            yield Hit(hedge.start, end, {"words": unit.text[hedge.start : end]})
