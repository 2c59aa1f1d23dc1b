"""Flags different targets for one metric and one period. Knows nothing about which target is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.goals.facts import Quantity
from assistant.lint.arithmetic import single, step
from assistant.lint.goalset import Aimed, GoalSet, Member
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ARITHMETIC
from assistant.lint.unit import Unit

RULE = Rule(
    name="conflicting-targets",
    id="C605",
    group="consistent",
    severity="error",
    marks={"consistent": "fail"},
    contradiction=True,
    pages={
        "en": Page(
            flags="The same metric with different targets for the same period. Staged targets are fine.",
            why="A result between the two is met for one reader and missed for the other.",
            example="Raise the pass rate to 90% by 30 June 2027, so that the pass rate is 85%",
            better="Raise the pass rate to 90% by 30 June 2027",
            fix="Keep one target, or say which is the stage and which the end.",
        ),
        "zh-Hans": Page(
            flags="同一个指标、同一个时期写了不同的目标值。分阶段的目标不算。",
            why="结果落在两个值之间，有人说达成，有人说没达成。",
            example="2027年6月底前合格率达到90%，确保合格率85%",
            better="2027年6月底前合格率达到90%",
            fix="只留一个，或者写明哪个是阶段、哪个是最终。",
        ),
        "zh-Hant": Page(
            flags="同一個指標、同一個期間寫了不同的目標值。分階段的目標不算。",
            why="結果落在兩個值之間，有人說達成，有人說沒達成。",
            example="2027年6月底前合格率達到90%，確保合格率85%",
            better="2027年6月底前合格率達到90%",
            fix="只留一個，或者寫明哪個是階段、哪個是最終。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{metric}” is to be {first} and {second} in the same period.",
                "Keep one, or say which is the stage and which the end.",
            ),
            "zh-Hans": Say(
                "“{metric}”在同一时期既要{first}又要{second}。",
                "只留一个，或者写明哪个是阶段、哪个是最终。",
            ),
            "zh-Hant": Say(
                "「{metric}」在同一期間既要{first}又要{second}。",
                "只留一個，或者寫明哪個是階段、哪個是最終。",
            ),
        },
    },
    sources=(ARITHMETIC,),
)

_STAGED = re.compile(
    r"先|逐步|阶段|首|再|最终|底线|挑战|争取|力争|保底|基本目标|冲刺|挑战值|门槛"
    r"|(?<![a-z])(?:first|then|stages?|later|stretch|eventually|finally|minimum|floor|threshold|interim|milestone)(?![a-z])"
)
_NAME = re.compile(r"^同(?:季|期|月|年|一季度)|^(?:该|此|本)|目标|的|率?[\s,]|target|goal|[\s-]+")


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Compare the targets that stand behind the same measure for one and the same time."""
    ends = {time.resolved[1] for time in unit.deadlines}
    if len(ends) > 1 or unit.scope.results or _STAGED.search(unit.plain, unit.start, unit.end):
        return
    known: list[tuple[str, Quantity]] = []
    for to in unit.values:
        if to.role != "target" or to.bound == "approx" or ".." in to.value:
            continue
        name = _measure(unit, to)
        if not name:
            continue
        other = next((q for n, q in known if n.endswith(name) or name.endswith(n)), None)
        if other is None:
            known.append((name, to))
            continue
        if other.unit != to.unit or other.value == to.value or {other.bound, to.bound} == {"ge", "le"}:
            continue
        if _places(unit, other, to):
            continue
        if _difference(unit, other, to) or _difference(unit, to, other):
            continue
        metric = unit.measure_before(other)
        start, end = unit.span_of(other, to)
        words = {
            "metric": unit.text[metric.start : metric.end] if metric else name,
            "first": unit.text[other.start : other.end].strip(),
            "second": unit.text[to.start : to.end].strip(),
        }
        yield Hit(start, end, words)


def _places(unit: Unit, other: Quantity, to: Quantity) -> bool:
    """Tell whether each has a starting value of its own: one measure in two places, as in 52→30 east and 38→20 west."""
    starts = {}
    for change in unit.facts.changes:
        if change.frm is not None and change.to is not None:
            starts[id(unit.quantity(change.to))] = unit.quantity(change.frm)
    first, second = starts.get(id(other)), starts.get(id(to))
    return first is not None and second is not None and first is not second


def _difference(unit: Unit, value: Quantity, to: Quantity) -> bool:
    """Tell whether the value is how far the other's pair moves: 0.3 beside 1.8 to 1.5."""
    for change in unit.facts.changes:
        frm = unit.quantity(change.frm)
        if frm is not None and unit.quantity(change.to) is to and abs(step(frm, to) or 0) == single(value):
            return True
    return False


def _measure(unit: Unit, to: Quantity) -> str:
    metric = unit.measure_before(to)
    return _NAME.sub("", unit.plain[metric.start : metric.end]) if metric else ""


@RULE.checks_set
def check_set(goals: GoalSet) -> Iterator[tuple[Member, Hit]]:
    """Compare goals of a list that name the same measure of the same team or thing for the same day.

    Rows that differ in a cell such as department or owner, and those of different tables, have targets of their own.
    """
    known: dict[tuple[object, ...], tuple[Member, Aimed]] = {}
    for member in goals.members:
        record = member.record
        for aimed in member.aimed:
            if aimed.to is None or aimed.to.role != "target" or ".." in aimed.to.value:
                continue
            day = aimed.deadline.resolved[1] if aimed.deadline else None
            place = (record.sheet, record.table, record.groups, record.parent, member.parent)
            key = (aimed.name, aimed.scope, aimed.direction, day, aimed.to.unit, place)
            other, before = known.setdefault(key, (member, aimed))
            if other is member or before.to is None or before.to.value == aimed.to.value:
                continue
            unit, first = member.unit, other.unit
            words = {
                "metric": unit.text[slice(*aimed.place)],
                "first": f"{first.text[before.to.start : before.to.end].strip()} ({other.record.id})",
                "second": unit.text[aimed.to.start : aimed.to.end].strip(),
            }
            yield member, Hit(*unit.span_of(aimed.to), words)
