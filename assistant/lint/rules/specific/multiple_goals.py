# ruff: noqa: E501
"""Flags unrelated goals in one unit. Knows nothing about which of them matters more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.slices import within
from assistant.lint.sources import DORAN
from assistant.lint.unit import Unit
from assistant.lint.words import pattern

RULE = Rule(
    name="multiple-goals",
    id="S108",
    group="specific",
    severity="warning",
    marks={"specific": "warn"},
    pages={
        "en": Page(
            flags=(
                "Unrelated goals in one sentence. Several measures of one goal, a limit beside a target, a means with "
                "its end, or two results of one piece of work are fine."
            ),
            why="When one half is met and the other missed, the goal can be called neither; nor has it one owner.",
            example="Cut the return rate from 6% to 4% and move into the new office by 30 June 2027",
            better="Cut the return rate from 6% to 4% by 30 June 2027",
            fix="Make a goal of each.",
        ),
        "zh-Hans": Page(
            flags="一句话里写了互不相干的目标。同一目标的几个指标、目标加底线、做法加结果、一件事的两个结果都不算。",
            why="一半达成、一半没达成时说不清算不算完成，也不是同一个人能负责的。",
            example="2027年6月底前把退货率从6%降到4%，并完成新办公室搬迁",
            better="2027年6月底前把退货率从6%降到4%",
            fix="拆成几条，各写各的。",
        ),
        "zh-Hant": Page(
            flags="一句話裡寫了互不相干的目標。同一目標的幾個指標、目標加底線、做法加結果、一件事的兩個結果都不算。",
            why="一半達成、一半沒達成時說不清楚算不算完成，也不是同一個人能負責的。",
            example="2027年6月底前把退貨率從6%降到4%，並完成新辦公室搬遷",
            better="2027年6月底前把退貨率從6%降到4%",
            fix="拆成幾條，各寫各的。",
        ),
    },
    says={
        "": {
            "en": Say("“{first}” and “{second}” are goals of their own.", "Make a goal of each."),
            "zh-Hans": Say("“{first}”和“{second}”是两个目标。", "拆成两条，各写各的。"),
            "zh-Hant": Say("「{first}」和「{second}」是兩個目標。", "拆成兩條，各寫各的。"),
        },
    },
    sources=(DORAN,),
)

_JOIN = re.compile(
    r"(?:(?<!\d),|,(?!\d)|[，;；、。])\s{0,3}(?:并且|并|同时|以及|另外|此外|还要|还|且|也要|再)?|(?:并且|并|同时|以及|另外|此外)"
    r"|[,;]?\s{1,3}(?:and|as well as|plus|also)\s|\n"
)
_APART = re.compile(r"另外|此外|以及|as well as|plus|also")
"""Words that set a goal beside the one before it, where a bare comma or "and" can also lead from a means to its end."""
_WORD = 8
_MOST = 12
"""Clauses of one unit that are compared with each other."""
_AREAS = (
    "people",
    "money",
    "customers",
    "quality",
    "technology",
    "premises",
    "publicity",
    "safety",
    "recognition",
    "product",
)
_SCORECARD = re.compile(r"权重|考核|清单|(?<![a-z])weight|scorecard|action list|\|")
_MEANS = re.compile(
    r"从而|配合|协助|以便|以(?=[^下上内外前后来及])|使|让|来(?=[提降增减缩])|为了|通过|借助|藉由|透过|确保|因此|支持|带动|贡献|不低于|不超过|不高于|不影响|前提|底线|保持|维持|控制在"
    r"|(?<![a-z])(?:so that|in order to|thereby|which|through|by [a-z]+ing|to support|while|without|keeping|maintaining|contributing|using|via|as measured|at or|no more than|at least|at most|below|holding|resulting|leading to)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that is a goal by itself.

    Attributes:
        areas: what it is about.
        measured: True where a value is to move, False where something is to be handed over.
        apart: True where it is said to be something else than what stands before it.
    """

    start: int
    end: int
    areas: frozenset[str]
    measured: bool
    apart: bool


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report two joined clauses that each have a result of their own, in areas that have nothing to do with each other."""
    if unit.kind in ("objective", "key_result") or unit.scope.labelled or unit.scope.draft or unit.scope.results:
        return
    places = list(islice(_complete_places(unit), _MOST))
    if len(places) < 2:
        return
    if _MEANS.search(unit.plain, unit.start, unit.end) or _SCORECARD.search(unit.plain, unit.start, unit.end):
        return
    found = [clause for place in places if (clause := _clause(unit, *place)).areas]
    for at, clause in enumerate(found):
        for before in found[:at]:
            if not clause.areas & before.areas and not _means_and_end(before, clause):
                words = {
                    "first": unit.text[before.start : before.end].strip(" ,，、;；。."),
                    "second": unit.text[clause.start : clause.end].strip(" ,，、;；。."),
                }
                yield Hit(clause.start, clause.end, words)
                return


def _means_and_end(first: _Clause, second: _Clause) -> bool:
    """Tell whether something is handed over first and a value moves after it: the usual way to write how and what for."""
    return not first.measured and second.measured and not second.apart


def _complete_places(unit: Unit) -> Iterator[tuple[int, int, int]]:
    """Yield where clauses that are goals by themselves are joined to what stands before them, begin and end."""
    at = joined = unit.body[0]
    for match in (*_JOIN.finditer(unit.plain, at, unit.body[1]), None):
        end = match.start() if match else unit.body[1]
        if end > at and _complete(unit, at, end):
            yield joined, at, end
        joined, at = match.span() if match else (end, end)


def _clause(unit: Unit, joined: int, start: int, end: int) -> _Clause:
    apart = _APART.search(unit.plain, joined, min(start + _WORD, end)) is not None
    return _Clause(start, end, _areas(unit, start, end), _measured(unit, start, end), apart)


def _complete(unit: Unit, start: int, end: int) -> bool:
    """Tell whether the clause is a goal by itself: something is to move or to be handed over."""
    moves = any(start <= value.start < end for value in unit.values)
    if moves and within(unit.facts.actions, start, end):
        return True
    return _hands_over(unit, start, end)


def _measured(unit: Unit, start: int, end: int) -> bool:
    """Tell whether a value moves in the clause; a count of what is handed over does not."""
    if any(action.direction for action in within(unit.facts.actions, start, end)):
        return any(start <= value.start < end for value in unit.values)
    return not _hands_over(unit, start, end)


def _hands_over(unit: Unit, start: int, end: int) -> bool:
    return any(start <= first and last <= end for first, last in unit.deliverables)


def _areas(unit: Unit, start: int, end: int) -> frozenset[str]:
    return frozenset(area for area in _AREAS if pattern(f"area_{area}").search(unit.plain, start, end))
