"""Flags stated changes that do not follow from their from→to pair. Knows nothing about which value is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.goals.facts import Change, Quantity
from assistant.language.later import later
from assistant.lint.arithmetic import as_unit, comparable, single, tolerance
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import ARITHMETIC
from assistant.lint.unit import Unit

RULE = Rule(
    name="arithmetic-mismatch",
    id="C602",
    group="consistent",
    severity="error",
    marks={"consistent": "fail"},
    contradiction=True,
    pages={
        "en": Page(
            flags="A stated change that differs from the one between the two values by more than rounding.",
            why="Three figures that cannot all be true leave three targets to choose from.",
            example="Raise market share from 8% to 10%, a 20% improvement, by 31 December 2027",
            better="Raise market share from 8% to 10%, 2 percentage points, by 31 December 2027",
            fix="Keep the two values and correct or drop the change, after checking which figure was meant.",
        ),
        "zh-Hans": Page(
            flags="写出的变化量和两个数之间的差对不上，超出四舍五入。",
            why="三个数不能同时成立，等于留下三个目标任人选。",
            example="2027年底前把市场份额从8%提高到10%，提升20%",
            better="2027年底前把市场份额从8%提高到10%，提升2个百分点",
            fix="先核对哪个数是本意，再改正或删掉变化量。",
        ),
        "zh-Hant": Page(
            flags="寫出的變化量和兩個數字之間的差對不上，超出四捨五入。",
            why="三個數字不能同時成立，等於留下三個目標任人選。",
            example="2027年底前把市占率從8%提高到10%，提升20%",
            better="2027年底前把市占率從8%提高到10%，提升2個百分點",
            fix="先核對哪個數字是本意，再改正或刪掉變化量。",
        ),
    },
    says={
        "": {
            "en": Say(
                "{frm} → {to} is a change of {actual}, not {stated}.",
                "Check which figure was meant and correct the others.",
            ),
            "zh-Hans": Say("{frm}→{to}的变化是{actual}，不是{stated}。", "核对哪个数是本意，改正其余的。"),
            "zh-Hant": Say("{frm}→{to}的變化是{actual}，不是{stated}。", "核對哪個數字是本意，改正其餘的。"),
        },
        "parts": {
            "en": Say("The parts add up to {actual}, not to {total}.", "Check which part or which total is mistyped."),
            "zh-Hans": Say("各部分相加是{actual}，不是{total}。", "核对是哪一部分或者总数写错了。"),
            "zh-Hant": Say("各部分相加是{actual}，不是{total}。", "核對是哪一部分或者總數寫錯了。"),
        },
    },
    sources=(ARITHMETIC,),
)
POINTS = {"en": "{} percentage points", "zh-Hans": "{}个百分点", "zh-Hant": "{}個百分點"}


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Recompute every stated change."""
    for change in unit.facts.changes:
        actual = mismatch(unit, change)
        parts = unit.quantity(change.frm), unit.quantity(change.to), unit.quantity(change.stated)
        if actual is None or None in parts:
            continue
        start, end = unit.span_of(*parts)
        words = [unit.text[part.start : part.end].strip() for part in parts if part is not None]
        yield Hit(start, end, {"frm": words[0], "to": words[1], "stated": words[2], "actual": actual})
    yield from _parts(unit)


def _parts(unit: Unit) -> Iterator[Hit]:
    """Yield totals whose listed parts do not add up to them; with 其中 or "including" the list may be incomplete."""
    quantities = unit.facts.quantities
    for index, total in enumerate(quantities):
        opens = _LISTS.match(unit.plain, total.end) or _LISTS_LATER.match(unit.plain, total.end)
        if opens is None or total.unit in ("%", "pp", "x") or single(total) is None:
            continue
        later = [quantity for quantity in quantities[index + 1 : index + 12] if quantity.start >= opens.end()]
        parts = _listed(unit, later, opens.end(), total)
        if len(parts) < 2 or within(unit.facts.times, parts[0].start, parts[-1].start):
            continue
        amount = sum((single(part) or Decimal(0) for part in parts), Decimal(0))
        whole = single(total) or Decimal(0)
        partial = opens["some"] is not None
        if amount == whole or (partial and amount < whole):
            continue
        words = {"total": unit.text[total.start : total.end].strip(), "actual": _short(amount)}
        yield Hit(total.start, parts[-1].end, words, say="parts")


def _listed(unit: Unit, quantities: Sequence[Quantity], at: int, total: Quantity) -> list[Quantity]:
    """Return the values of one list: same unit, each behind a short name, nothing but marks between them."""
    found: list[Quantity] = []
    for quantity in quantities:
        gap = unit.plain[at : quantity.start]
        if quantity.role == "baseline" or _SCALE.search(unit.plain, max(quantity.start - 4, 0), quantity.start):
            break
        if single(quantity) is None or quantity.unit not in (total.unit, "") or not _BETWEEN.fullmatch(gap):
            break
        if found and not _JOINS.match(gap):
            break
        found.append(quantity)
        at = quantity.end
    return found


_LISTS = later(
    r"[^,，。;；:(\d]{0,12}?\s{0,8}"
    r"(?:[:(]|[,，;；]?\s{0,8}(?P<some>其中|包括|包含|including|of which|among them)\s{0,8}:?)\s*+",
    needs=(":", "(", "其中", "包括", "包含", "including", "of which", "among them"),
)
_LISTS_LATER = later(
    r"[^。;；:(\d]{0,24}?(?:by|in|before)?[^.;:(]{0,24}?(?::|\()\s*+(?P<some>其中|including|of which)?\s*+",
    needs=(":", "("),
)
_BETWEEN = re.compile(r"[^。;；:!?]{0,32}")
_SCALE = re.compile(r"满分|out of $")
_JOINS = re.compile(r"[^、,，/+和与及]{0,26}(?:[、,，/+和与及]|\s+(?:and|plus)\s)")


def mismatch(unit: Unit, change: Change) -> str | None:
    """Return the true change in words where the stated one is wrong, else None."""
    frm, to, stated = unit.quantity(change.frm), unit.quantity(change.to), unit.quantity(change.stated)
    if frm is None or to is None or stated is None or change.relative_to_level or not comparable(frm, to):
        return None
    first, second, said = single(frm), single(to), single(stated)
    if first is None or second is None or said is None:
        return None
    difference = as_unit(second, to.unit, frm.unit) - first
    slack = tolerance(said, stated.bound == "approx")
    said = abs(said)
    if stated.unit == "%":
        if not first:
            return None
        relative = abs(difference / first * 100)
        return None if _near(relative, said, slack, stated) else _percent(relative, difference, frm, unit)
    if stated.unit == "pp":
        if frm.unit not in ("%", "") or _near(abs(difference), said, slack, stated):
            return None
        return POINTS[unit.language].format(_short(abs(difference)))
    if stated.unit == "x":
        if (
            not first
            or _near(second / first, said, slack, stated)
            or _near(abs(difference / first), said, slack, stated)
        ):
            return None
        return f"×{_short(second / first)}"
    if stated.unit != frm.unit or _near(abs(difference), said, slack, stated):
        return None
    return (
        f"{_short(abs(difference))}{unit.text[frm.end - 1 : frm.end] if frm.unit else ''}"
        if frm.unit == "%"
        else _short(abs(difference))
    )


def _near(actual: Decimal, said: Decimal, slack: Decimal, stated: Quantity) -> bool:
    if stated.bound == "ge":
        return actual >= said - slack
    if stated.bound == "le":
        return actual <= said + slack
    return abs(actual - said) <= slack


def _percent(relative: Decimal, difference: Decimal, frm: Quantity, unit: Unit) -> str:
    words = f"{_short(relative)}%"
    if frm.unit != "%":
        return words
    points = POINTS[unit.language].format(_short(abs(difference)))
    return f"{words} ({points})" if unit.language == "en" else f"{words}（{points}）"


def _short(value: Decimal) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
