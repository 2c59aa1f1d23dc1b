"""Flags dates and periods with two readings. Knows nothing about which reading is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.later import later
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ISO_8601
from assistant.lint.unit import Unit

RULE = Rule(
    name="ambiguous-period",
    id="T506",
    group="time",
    severity="warning",
    marks={"time_bound": "warn"},
    pages={
        "en": Page(
            flags=(
                "A date or period with two readings: 03/04/2027, FY27 where the fiscal year's start is not "
                "known, “by 2026” within 2026."
            ),
            why="Two teams can keep two different dates and both be right.",
            example="Launch the new website by 03/04/2027",
            better="Launch the new website by 3 April 2027",
            fix="Write the month as a word, or the period's first and last day.",
        ),
        "zh-Hans": Page(
            flags="有两种读法的日期或时期：03/04/2027、起始月份不明的财年、年内写的“2026年前”。",
            why="两个团队按两个日子做，都没错。",
            example="03/04/2027前上线新官网",
            better="2027年4月3日前上线新官网",
            fix="按年月日写，或者写出时期的起止日期。",
        ),
        "zh-Hant": Page(
            flags="有兩種讀法的日期或期間：03/04/2027、起始月份不明的會計年度、年內寫的「2026年前」。",
            why="兩個團隊照兩個日子做，都沒錯。",
            example="03/04/2027前上線新官網",
            better="2027年4月3日前上線新官網",
            fix="照年月日寫，或者寫出期間的起訖日期。",
        ),
    },
    says={
        "": {
            "en": Say(
                "“{words}” can be read in two ways.",
                "Write the month as a word, or the period's first and last day.",
            ),
            "zh-Hans": Say(
                "“{words}”有两种读法。",
                "按年月日写，或者写出时期的起止日期。",
            ),
            "zh-Hant": Say(
                "「{words}」有兩種讀法。",
                "照年月日寫，或者寫出期間的起訖日期。",
            ),
        },
    },
    sources=(ISO_8601,),
)

_SLASHED = later(r"(?<![\d/.])(?P<one>0?[1-9]|1[0-2])/(?P<two>0?[1-9]|1[0-2])/(?:20)\d\d(?![\d/])", needs=("/",))
_FISCAL = later(
    r"(?<![a-z0-9])fy\s*'?(?:20)?\d\d(?:\s*[hq][1-4])?(?![a-z0-9])|(?:20)?\d\d\s*财年(?:[上下]半年|第?[一二三四1-4]季度?)?",
    needs=("fy", "财年"),
)
_BY_YEAR = later(r"(?<![a-z])by (?P<year>20\d\d)(?![\d-]|[ ]*年)", needs=("by 20",))
_DATES = re.compile(
    r"20\d\d\s*[-/.年]\s*\d{1,2}|(?:january|february|march|april|june|july|august|september|october|november|december)\s+20\d\d"
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report slashed dates, fiscal periods without dates, and "by this year"."""
    for match in _SLASHED.finditer(unit.plain, unit.start, unit.end):
        if int(match["one"]) != int(match["two"]):
            yield _hit(unit, match)
    if unit.scope.fiscal_start is None and not _DATES.search(unit.plain, unit.start, unit.end):
        for match in _FISCAL.finditer(unit.plain, unit.start, unit.end):
            yield _hit(unit, match)
    for match in _BY_YEAR.finditer(unit.plain, unit.start, unit.end):
        if int(match["year"]) == unit.today.year:
            yield _hit(unit, match)


def _hit(unit: Unit, match: re.Match[str]) -> Hit:
    return Hit(match.start(), match.end(), {"words": unit.text[match.start() : match.end()]})
