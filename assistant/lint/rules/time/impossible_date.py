"""Flags dates that no calendar has. Knows nothing about which date is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.later import later
from assistant.lint.rule import Hit, Page, Rule, Say
from assistant.lint.sources import ISO_8601
from assistant.lint.unit import Unit

RULE = Rule(
    name="impossible-date",
    id="T505",
    group="time",
    severity="error",
    marks={"time_bound": "fail"},
    pages={
        "en": Page(
            flags="A date that no calendar has: 30 February, a 13th month, Q5.",
            why="Every reader repairs it differently.",
            example="Obtain the certificate by 30 February 2027",
            better="Obtain the certificate by 28 February 2027",
            fix="Write a date that exists.",
        ),
        "zh-Hans": Page(
            flags="日历上没有的日期：2月30日、13月、第五季度。",
            why="每个人会改成不同的日子。",
            example="2027年2月30日前取得证书",
            better="2027年2月28日前取得证书",
            fix="写一个存在的日期。",
        ),
        "zh-Hant": Page(
            flags="日曆上沒有的日期：2月30日、13月、第五季。",
            why="每個人會改成不同的日子。",
            example="2027年2月30日前取得證書",
            better="2027年2月28日前取得證書",
            fix="寫一個存在的日期。",
        ),
    },
    says={
        "": {
            "en": Say(
                "There is no “{words}”.",
                "Write a date that exists.",
            ),
            "zh-Hans": Say(
                "没有“{words}”这个日期。",
                "写一个存在的日期。",
            ),
            "zh-Hant": Say(
                "沒有「{words}」這個日期。",
                "寫一個存在的日期。",
            ),
        },
    },
    sources=(ISO_8601,),
)

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ZH = later(r"(?:(?P<year>20\d\d)\s*年\s*)?(?<!\d)(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]", needs=("月",))
_ISO = later(r"(?<![\d-])(?P<year>20\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\d-])", needs=("-", "/", "."))
_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_EN = later(
    rf"(?<![a-z0-9])(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{'|'.join(_NAMES)})[a-z]*"
    rf"|(?P<name2>{'|'.join(_NAMES)})[a-z]*\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]))(?:,?\s+(?P<year>20\d\d))?",
    needs=tuple(_NAMES),
)
_MONTH = later(
    r"(?<![\d.])(?:1[3-9]|[2-9]\d)\s*月(?:份|底|初|中旬|末|前)|(?<![\d.])0\s*月(?:份|底|初|中旬|末|前)", needs=("月",)
)
_QUARTER = later(
    r"(?<![a-z0-9])q[5-9](?![a-z0-9])|第[五六七八九5-9]\s*季度|(?<![a-z])h[3-9](?:\s+20\d\d)(?!\d)",
    needs=("q5", "q6", "q7", "q8", "q9", "h3", "h4", "h5", "h6", "h7", "h8", "h9", "季"),
)


@RULE.checks
def check(unit: Unit) -> Iterator[Hit]:
    """Report days, months and quarters that do not exist."""
    for form in (_ZH, _ISO, _EN):
        for match in form.finditer(unit.plain, unit.start, unit.end):
            got = match.groupdict()
            name = got.get("name") or got.get("name2")
            month = _NAMES.index(name) + 1 if name else int(got["month"])
            day = int(got.get("day") or got.get("day2") or 0)
            if not _exists(int(got["year"]) if got["year"] else None, month, day):
                yield _hit(unit, match)
    for form in (_MONTH, _QUARTER):
        for match in form.finditer(unit.plain, unit.start, unit.end):
            yield _hit(unit, match)


def _hit(unit: Unit, match: re.Match[str]) -> Hit:
    return Hit(match.start(), match.end(), {"words": unit.text[match.start() : match.end()].strip()})


def _exists(year: int | None, month: int, day: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        return False
    leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return leap or (month, day) != (2, 29)
