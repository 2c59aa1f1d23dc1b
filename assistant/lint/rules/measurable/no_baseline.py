"""Flags relative changes from an unknown start. Knows nothing about where the starting value could be found."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.goals.facts import Quantity
from assistant.lint.blanks import blank
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import DOERR, KAPLAN_NORTON
from assistant.lint.unit import Unit

RULE = Rule(
    name="no-baseline",
    id="M202",
    group="measurable",
    severity="warning",
    marks={"measurable": "warn"},
    pages={
        "en": Page(
            flags=(
                "A relative change (by 15%, twice, half of the present level) with neither a starting value nor "
                "a period to compare with."
            ),
            why="15% of what? Without a start the same sentence can be met or missed by choosing another month.",
            example="Cut complaints by 15% by 30 June 2027",
            better="Cut complaints from 40 to 34 a month by 30 June 2027",
            fix=(
                "Give today's value, or the period to compare with; where neither is known, make measuring it "
                "the first step."
            ),
        ),
        "zh-Hans": Page(
            flags="写了相对变化（提升15%、翻倍、减到现在的一半），没有现值，也没有对比的时期。",
            why="在什么基础上变15%？没有起点，换个月份比就能说达成或没达成。",
            example="2027年6月底前投诉量减少15%",
            better="2027年6月底前把月投诉量从40件减到34件",
            fix="写出现值或对比的时期；都不知道，就把测出现值作为第一步。",
        ),
        "zh-Hant": Page(
            flags="寫了相對變化（提升15%、加倍、減到現在的一半），沒有現值，也沒有比較的期間。",
            why="在什麼基礎上變15%？沒有起點，換個月份比就能說有沒有達成。",
            example="2027年6月底前客訴量減少15%",
            better="2027年6月底前把每月客訴從40件減到34件",
            fix="寫出現值或比較的期間；都不知道，就把測出現值當作第一步。",
        ),
    },
    says={
        "": {
            "en": Say(
                "A change of {words}, but from what is not said.", "Give today's value or the period to compare with."
            ),
            "zh-Hans": Say("要变{words}，但没说从多少变起。", "写出现值，或者和哪个时期比。"),
            "zh-Hant": Say("要變{words}，但沒說從多少變起。", "寫出現值，或者和哪個期間比。"),
        },
        "level": {
            "en": Say("{words} of the present level, but the present level is not given.", "Give today's value."),
            "zh-Hans": Say("要到现有水平的{words}，但现有水平是多少没写。", "写出现值。"),
            "zh-Hant": Say("要到現有水準的{words}，但現有水準是多少沒寫。", "寫出現值。"),
        },
    },
    sources=(DOERR, KAPLAN_NORTON),
)
_UNITS = frozenset({"%", "pp", "x"})


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report relative changes whose sentence names neither start nor period."""
    if unit.kind in ("objective", "initiative"):
        return
    seen: set[int] = set()
    for change in unit.facts.changes:
        value = unit.quantity(change.to if change.relative_to_level else change.stated)
        if value is None or value.start in seen:
            continue
        seen.add(value.start)
        if change.frm is not None or (change.to is not None and not change.relative_to_level):
            continue
        if change.relative_to_level:
            if not _start_given(unit, value):
                yield _hit(unit, value, "level")
        elif value.unit in _UNITS and not _compared(unit, value):
            yield _hit(unit, value)
    for value in unit.values:
        if value.role == "change" and value.unit in _UNITS and value.start not in seen and not _compared(unit, value):
            yield _hit(unit, value)


def _hit(unit: Unit, value: Quantity, say: str = "") -> Hit:
    words = {"words": unit.text[value.start : value.end].strip()}
    return Hit(value.start, value.end, words, say=say, fix=blank(unit, "baseline", value.end))


def _start_given(unit: Unit, value: Quantity) -> bool:
    """Tell whether today's value stands in the same sentence or in the one before."""
    start, end = unit.sentence(value.start)
    before = unit.sentence(max(start - 1, unit.start))[0]
    return bool(within(unit.baselines, before, end))


def _compared(unit: Unit, value: Quantity) -> bool:
    start, end = unit.sentence(value.start)
    if _start_given(unit, value) or unit.has("reference", start, end):
        return True
    return any(time.kind == "past" for time in within(unit.facts.times, start, end))
