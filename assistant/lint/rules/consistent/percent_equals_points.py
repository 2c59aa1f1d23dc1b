"""Flags percentages that are in truth percentage points. Knows nothing about other slips."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.goals.findings import Edit, Fix
from assistant.lint.arithmetic import single, tolerance
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import USAGE
from assistant.lint.unit import Unit

RULE = Rule(
    name="percent-equals-points",
    id="C603",
    group="consistent",
    severity="warning",
    marks={"consistent": "warn"},
    contradiction=True,
    pages={
        "en": Page(
            flags="The stated percentage equals the difference in points: from 41% to 44%, “a 3% increase”.",
            why="41% plus 3% is 42.2%; whoever reads only the 3% works towards another target.",
            example="Raise the margin by 3% from 41% to 44% by 31 December 2027",
            better="Raise the margin by 3 percentage points, from 41% to 44%, by 31 December 2027",
            fix="Write “percentage points”.",
        ),
        "zh-Hans": Page(
            flags="写的百分之几其实是百分点：从41%到44%，“提升3%”。",
            why="41%提升3%是42.2%，只看到3%的人会按另一个目标去做。",
            example="2027年底前把毛利率从41%提升3%到44%",
            better="2027年底前把毛利率从41%提升3个百分点到44%",
            fix="写成“百分点”。",
        ),
        "zh-Hant": Page(
            flags="寫的百分之幾其實是百分點：從41%到44%，「提升3%」。",
            why="41%提升3%是42.2%，只看到3%的人會照另一個目標去做。",
            example="2027年底前把毛利率從41%提升3%到44%",
            better="2027年底前把毛利率從41%提升3個百分點到44%",
            fix="寫成「百分點」。",
        ),
    },
    says={
        "": {
            "en": Say(
                "{stated} is the difference in percentage points; as a percentage the change is {actual}%.",
                "Write “percentage points”.",
            ),
            "zh-Hans": Say(
                "{stated}是百分点的差；按百分比算是{actual}%。",
                "写成“百分点”。",
            ),
            "zh-Hant": Say(
                "{stated}是百分點的差；按百分比算是{actual}%。",
                "寫成「百分點」。",
            ),
        },
    },
    sources=(USAGE,),
)

_POINTS = {"en": " percentage points", "zh-Hans": "个百分点", "zh-Hant": "個百分點"}
_TITLE = {"en": "Write “percentage points”", "zh-Hans": "改成“百分点”", "zh-Hant": "改成「百分點」"}


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report stated percentages that equal the difference of two percentages but not their ratio."""
    for change in unit.facts.changes:
        frm, to, stated = unit.quantity(change.frm), unit.quantity(change.to), unit.quantity(change.stated)
        if frm is None or to is None or stated is None or {frm.unit, to.unit, stated.unit} != {"%"}:
            continue
        first, second, said = single(frm), single(to), single(stated)
        if first is None or second is None or not first or said is None:
            continue
        said = abs(said)
        slack = tolerance(said)
        relative = abs((second - first) / first * 100)
        if abs(abs(second - first) - said) > slack or abs(relative - said) <= slack:
            continue
        words = unit.text[stated.start : stated.end]
        bare = words.rstrip().rstrip("%％")
        edit = Edit(start=stated.start, end=stated.end, replacement=bare.rstrip() + _POINTS[unit.language])
        yield Hit(
            stated.start,
            stated.end,
            {"stated": words.strip(), "actual": f"{relative:.1f}".rstrip("0").rstrip(".")},
            fix=Fix(title=_TITLE[unit.language], edits=(edit,), safety="suggested") if words != bare else None,
        )
