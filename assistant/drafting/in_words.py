# ruff: noqa: E501
"""Finds levels that a text tells without a figure: how often, all of something, by the same day, a length of time.

Knows nothing about wishes or slots. The words are written simplified and in lower case; texts are folded before.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assistant import catalogue
from assistant.drafting.clauses import Clause, clauses
from assistant.goals import Source

_COUNT = "[一两二三四五六七八九十]|\\d+"
_RATE_ZH = re.compile(
    rf"(?:每|(?=[半两二三四]个?[周月年]一次))(?P<n>[半两二三四]|\d+)?个?(?P<p>小时|天|日|周|星期|礼拜|月|季度?|年)"
    rf"(?:[^，。；,;、\d]{{0,3}}?(?P<times>{_COUNT})[次回遍趟篇期场轮版]|(?=\s*(?:[，。；,;、]|$)))"
    rf"|一(?P<p1>天|周|星期|礼拜|月|季|年)(?P<times1>{_COUNT})[次回遍趟篇期场轮版]|(?P<paper>[日周月季年])报(?![表告销价名到])"
)
_TIMES_EN = r"once|twice|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) times"
_PERIOD_EN = r"hour|day|week|fortnight|month|quarter|year"
_RATE_EN = re.compile(
    rf"\b(?:(?P<times>{_TIMES_EN}) (?:an? |per |every |each |in an? )|every |each )(?:(?P<n>two|three|four|six|other|second|\d+) )?(?P<p>{_PERIOD_EN})s?\b"
    r"|\b(?P<word>hourly|daily|nightly|weekly|fortnightly|bi-?weekly|monthly|quarterly|yearly|annually)"
    r"(?=\s*(?:$|[.,;:!?)]|-+>|→|(?:to|by|from|before|instead|rather|but|now|within|until|and (?:i|we))\b))"
)
_NUMBERS = {
    "半": "0.5", "other": "2", "second": "2", "once": "1", "twice": "2",
    **{word: str(place) for place, word in enumerate("零一二三四五六七八九十")}, "两": "2",
    **{word: str(place) for place, word in enumerate("zero one two three four five six seven eight nine ten".split())},
}  # fmt: skip
_A_YEAR = {
    "小时": 8760, "天": 365, "日": 365, "周": 52, "星期": 52, "礼拜": 52, "月": 12, "季": 4, "季度": 4, "年": 1,
    "hour": 8760, "day": 365, "week": 52, "fortnight": 26, "month": 12, "quarter": 4, "year": 1, "hourly": 8760, "daily": 365,
    "nightly": 365, "weekly": 52, "fortnightly": 26, "biweekly": 26, "bi-weekly": 26, "monthly": 12, "quarterly": 4, "yearly": 1,
    "annually": 1,
}  # fmt: skip
_TURNED = re.compile(
    r"改|变成|变为|调整?[成为到]|做到|提[高升]?[到为至]|降[低]?[到为至]|[加减]到|到|至|→|-+>"
    r"|\b(?:to|make|want|need|go|move|should|instead|rather|become|get|aim)\b"
)
"""Between two rates, or before them: the one becomes the other."""
_NOT_MORE = re.compile(
    r"(?:instead of|rather than|not|up from|down from|而不是|而非|不再是?)\s*(?:just |only |the present )?$"
)
"""Right before the second of two rates: it is today's."""
_ALL = re.compile(
    r"全部|所有|全都|全员|全数|全覆盖|百分之?百|每一?[个台张份位名条家单件辆人次笔户间场](?=[^，。；,;]{0,12}都)|一[个台张份家条]不[少落漏]"
    r"|\bevery(?: single)? (?:one(?: of (?:them|these|those))?(?=\b)|(?!hour|day|week|fortnight|month|quarter|year|time|two|three|other|second|morning|night|evening)[a-z]+)"
    r"|(?<!at )(?<!in )(?<!after )(?<!not )\ball(?: of (?:them|these|those|our [a-z]+|the [a-z]+))?(?! the time| day| year| night| week| in all| right)\b|\b(?:everyone|everybody|each of them)\b"
)
_NONE = re.compile(
    r"(?:清|归)零|全部?都?(?:结清|清掉|清完|清空|处理完|解决|消化|补完)|清空|一[次起件个例宗张单份]都?(?:不(?:能|要|许|准|再|得)?(?:有|出|发生|出现|漏|留|剩)?|别(?:有|再有)?|没有)|零(?:失误|差错|投诉|事故|缺陷|延误|逾期|返工|遗漏)"
    r"|\b(?:none(?! of (?:us|the (?:staff|team)))|not (?:one|a single one)|zero)\b"
)
"""Behind a count of something unwanted: none of it shall be left."""
_DAY = re.compile(
    r"当[天日]|隔[天日]|第二天|次日|翌日|\b(?:same|next|following)[ -](?:working |business )?day\b|\bovernight\b"
)
_LENGTH = re.compile(
    r"(?<![第每])(?P<half>半)个?(?P<hp>小时|钟头|月|年)|(?<![第每])一个?(?P<p>星期|礼拜|周|月|季度|天|小时|钟头|年)(?![次回内以])"
    r"|\b(?P<half_en>half )?(?P<a>an?) (?P<pe>hour|day|week|fortnight|month|year)\b(?! (?:each|per)\b)"
)
_UNITS = {
    "天": ("day", 1), "星期": ("week", 1), "礼拜": ("week", 1), "周": ("week", 1), "月": ("month", 1), "季度": ("month", 3),
    "小时": ("h", 1), "钟头": ("h", 1), "年": ("year", 1), "hour": ("h", 1), "day": ("day", 1), "week": ("week", 1),
    "fortnight": ("week", 2), "month": ("month", 1), "year": ("year", 1),
}  # fmt: skip
_TAKES = re.compile(
    r"(?:要|得|需要?|花|等|拖|用|耗)(?:等|花|拖|上|掉|了|差不多|将近|大约|约|整整|近)*\s*$"
    r"|\b(?:takes?|taking|took|waits?|waiting|needs?|lasts?|spends?)(?: (?:about|around|over|up to|at least|almost|nearly|roughly|us|them|for))*\s*$"
)
"""Right before a length of time: so long it takes today."""
_WISHED = re.compile(
    r"(?:改成?|变[成为]|要|想|希望|做到|争取|力争|最好|能|得|应该?|必须|[缩压降提][短到至]?[到至]?|前|内)[^，。；,;]{0,12}$"
    r"|\b(?:want|should|make|get|to|be|like|need|must|have|by|on)\b[^.;,]{0,30}$"
)
_DEMANDED = re.compile(
    r"要|得(?!了)|须|应|都|完成|到位|前|内|好$|\b(?:needs?|must|should|want|has to|have to|by|get|done|to)\b"
)


class Level(NamedTuple):
    """A level told in words.

    Attributes:
        start, end: its place.
        value: a plain decimal where the words mean one: 100 of all, 1 of a week; else None.
        unit: unit of the value as in `Quantity`, None without a value.
        per_year: of a rate, how often a year.
    """

    start: int
    end: int
    value: str | None = None
    unit: str | None = None
    per_year: Decimal | None = None


def frequency(source: Source) -> tuple[Level, Level] | None:
    """Return how often something is done today and how often it shall be, where a text sets the one for the other."""
    folded = catalogue.fold(source.text)
    pattern = _RATE_EN if source.facts.language == "en" else _RATE_ZH
    found = [_rate(match) for match in pattern.finditer(folded)]
    if len(found) != 2 or found[0].per_year == found[1].per_year:
        return None
    first, second = found
    if _NOT_MORE.search(folded, 0, second.start):
        return second, first
    lead = max(0, first.start - 12)
    turned = _TURNED.search(folded, first.end, second.start) or _TURNED.search(folded, lead, first.start)
    return (first, second) if turned else None


def _rate(match: re.Match[str]) -> Level:
    named = {name: words for name, words in match.groupdict().items() if words}
    period = named.get("p") or named.get("p1") or named.get("paper") or named["word"]
    times = (named.get("times") or named.get("times1") or "1").removesuffix(" times")
    each = named.get("n") or "1"
    per_year = Decimal(_A_YEAR[period]) * Decimal(_NUMBERS.get(times, times)) / Decimal(_NUMBERS.get(each, each))
    return Level(match.start(), match.end(), per_year=per_year)


def whole(source: Source, share: int) -> Level | None:
    """Return where a text demands all of what it told a share of before.

    Args:
        source: the text.
        share: place of the share.
    """
    folded = catalogue.fold(source.text)
    for match in _ALL.finditer(folded):
        clause = _clause(source, match.start())
        if clause.start > share and _DEMANDED.search(folded, clause.start, clause.end):
            return Level(match.start(), match.end(), "100", "%")
    return None


def none(source: Source, after: int) -> Level | None:
    """Return where a text says, behind a place, that none of what it counted shall be left."""
    match = _NONE.search(catalogue.fold(source.text), after)
    return Level(match.start(), match.end(), "0", "") if match is not None else None


def day(source: Source) -> Level | None:
    """Return where a text wishes that something be done on the same or the next day."""
    folded = catalogue.fold(source.text)
    for match in _DAY.finditer(folded):
        clause = _clause(source, match.start())
        if _WISHED.search(folded[clause.start : match.start()]):
            return Level(match.start(), match.end(), "1", "day")
    return None


def length(source: Source) -> Level | None:
    """Return the length of time that a text says something takes: a week, 半个月."""
    folded = catalogue.fold(source.text)
    for match in _LENGTH.finditer(folded):
        if not _TAKES.search(folded, 0, match.start()):
            continue
        unit, size = _UNITS[match["hp"] or match["p"] or match["pe"]]
        value = Decimal(size) / 2 if match["half"] or match["half_en"] else Decimal(size)
        return Level(match.start(), match.end(), str(value), unit)
    return None


def _clause(source: Source, place: int) -> Clause:
    whole_text = Clause(0, len(source.text), source.text)
    return next((part for part in clauses(source.text) if part.start <= place < part.end), whole_text)


def wished(source: Source) -> list[Level]:
    """Return every level told in words that a text wishes for or sets against one that it wishes for, in order."""
    shares = [each.start for each in source.facts.quantities if each.unit in {"%", "x"} and each.role != "change"]
    found = [*(frequency(source) or ()), day(source), *(whole(source, share) for share in shares[:1])]
    return sorted(each for each in found if each is not None)
