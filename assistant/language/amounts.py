# ruff: noqa: E501
"""Patterns and types of written amounts.

Knows forms only; assistant.language.quantities decides what counts.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assistant.goals.facts import Bound
from assistant.language.numerals import EN_DIGITS, EN_TENS

CN = r"[零〇一二两三四五六七八九十百千]"
ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}(?![\d])(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?|(?<![\d])\.\d{1,4})(?!\d)"
CURRENCY = r"(?:nt\$|hk\$|us\$|sg\$|au\$|s\$|a\$|[$£€¥₩₹]|(?<![a-z])(?:usd|rmb|cny|twd|ntd|hkd|eur|gbp|jpy|sgd|aud|inr|chf|sek|nok|dkk|pln|cad|nzd|myr|thb)(?![a-z])|人民币|新台币|台币|港币|港元|美元|美金|欧元|日元|英镑)"
EN_WORDS = "|".join(sorted([*EN_DIGITS, *EN_TENS, "hundred", "thousand", "million", "dozen"], key=len, reverse=True))
AMOUNT = re.compile(
    rf"""(?=(?<!\d)\d|[a-z$£€¥₩₹人新台港美欧日英百千万零〇一二两三四五六七八九十]|[-+±][\d.$£€¥nhua]|\.\d)(?:(?<![a-z])|(?![a-z]))(?P<cur>{CURRENCY}[ ]?)?(?P<sign>(?<![\d%a-z)）])[-+±])?(?:
      (?P<per>[百千万]分之)(?P<pernum>{ARABIC}|{CN}{{1,6}}(?:点[零〇一二三四五六七八九]{{1,4}})?|百)
    | (?P<den>{CN}{{1,3}}|\d{{1,2}})分之(?P<nom>{CN}{{1,3}}|\d{{1,2}})
    | (?P<cheng>{CN}|\d{{1,2}}(?:\.\d)?)成(?P<chengrest>[一二三四五六七八九半](?![个家名位人年月天]))?(?![立功本交长果效绩单员都熟品衣语])
    | (?<![\d.a-z_\#&])(?<!\d,)(?P<num>{ARABIC})(?P<scale>[ ]?(?:万亿|百万|千万|十万|百亿|千亿|十亿|亿|万|千(?![克瓦米卡字兆])|百(?![分度]))(?:(?P<rest>\d{{1,4}})(?P<restscale>[万千百]))?|[ ]?(?:million|billion|thousand|crores?|lakhs?|bn|mn|mio)(?![a-z])|[kmbw](?![a-z\d/])|[ ](?:[mbk])(?=[ ](?:rmb|usd|eur|gbp|cny|twd|hkd|dollars|euros)))?
    | (?P<cn>(?<![第零〇一二两三四五六七八九十百千万亿]){CN}[零〇一二两三四五六七八九十百千万亿]{{0,14}}(?:点[零〇一二三四五六七八九]{{1,4}}(?:万|亿|千万|百万)?)?)
    | (?<![a-z'-])(?P<word>(?:{EN_WORDS})(?:[ -](?:and[ ])?(?:{EN_WORDS}|billion)){{0,5}})(?![a-z'])
    )""",
    re.VERBOSE,
)
SPECIAL = re.compile(
    r"(?=[a-z一二三四五六七八半翻倍两减砍腰数几上近成百千十零])(?:(?<![a-z])|(?![a-z]))(?:(?P<half>一半(?!是|以上的时间)|半数(?!据))|(?P<twice>翻一?番|翻一?倍|翻两番|翻两倍|翻三番|翻[三四五六七八九十\d]{1,2}倍|倍增|减半|砍半|腰斩)|(?P<about>(?:数|几|上|近|成)(?:十|百|千|万|亿)(?:余|多)?(?P<big>万|亿)?|十(?:几|余|多)|几个|百余|千余|数以[十百千万]计)|(?P<halfunit>半个?(?=小时|钟头|月|学期|天(?!班)|工作日)(?:小时|钟头|月|天|工作日))|(?P<null>(?<=[至到为])零(?![售星散部件碎食工钱\d])|零(?=事故|投诉|缺陷|差错|延误|故障|违规|容忍|伤亡|客诉|漏检|逾期|失误|死亡|工伤|泄漏|泄露|重大|积压|退货|遗漏|中断|感染|误报|宕机|障碍))"
    r"|(?P<pair>(?<![第零〇一二两三四五六七八九十百千万亿])(?:一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?=[个家名位人次场项天周年件款份]))"
    r"|(?P<en>(?<![a-z-])(?:by half|in half|half of|half(?=[ ](?:our|my|their|these|those)[ ])|to half|halv(?:e|es|ed|ing)|doubl(?:e|es|ed|ing)(?![ -](?:digit|check|bottom|down|blind|click|standard|sided|entry|loop|materiality))|tripl(?:e|es|ed|ing)(?![ -]bottom)|quadrupl(?:e|es|ed|ing)|two-?fold|three-?fold|four-?fold|five-?fold|ten-?fold|twice(?=[ ]as|[ ]the|[ ]our|[ ]its|[ ]today)|(?:a|one)[ -]third|two[ -]thirds|(?:a|one)[ -]quarter(?=[ ]of|[ ]fewer|[ ]less|[ ]more|[ ]by|[,.;]|$)|three[ -]quarters(?=[ ]of)|a fifth|one[ -]fifth|one in (?:two|three|four|five|ten)|a tenth|one[ -]tenth|a dozen|no more than one)(?![a-z])))"
)
EN_FACTORS = {
    "by half": "0.5", "in half": "0.5", "half of": "0.5", "to half": "0.5", "hal": "0.5", "dou": "2", "tri": "3", "qua": "4", "twi": "2", "two-fold": "2", "twofold": "2",
    "threefold": "3", "three-fold": "3", "fourfold": "4", "four-fold": "4", "fivefold": "5", "five-fold": "5", "tenfold": "10", "ten-fold": "10",
    "a third": "0.3333", "one third": "0.3333", "one-third": "0.3333", "two thirds": "0.6667", "two-thirds": "0.6667", "a quarter": "0.25", "one quarter": "0.25", "one-quarter": "0.25",
    "three quarters": "0.75", "three-quarters": "0.75", "a fifth": "0.2", "one fifth": "0.2", "one-fifth": "0.2", "a tenth": "0.1", "one tenth": "0.1", "one-tenth": "0.1",
    "one in two": "0.5", "one in three": "0.3333", "one in four": "0.25", "one in five": "0.2", "one in ten": "0.1",
}  # fmt: skip
SCALES = {"k": 1000, "m": 10**6, "b": 10**9, "w": 10**4, "thousand": 1000, "million": 10**6, "mn": 10**6, "mio": 10**6, "billion": 10**9, "bn": 10**9, "crore": 10**7, "crores": 10**7, "lakh": 10**5, "lakhs": 10**5, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
ABOUT_PAIR = re.compile(r"[一二三四五六七八九]{2}")
PAIR_BEFORE = re.compile(
    r"(?:从|由|自|将|把|为|是)[^,;。]{0,10}$|(?<![a-z])(?:from|increase|reduce|raise|cut|grow|lower|improve|lift|boost|decrease|shorten|drop)[ ][a-z ]{0,40}$"
)
REACHED_BEFORE = re.compile(
    r"(?:调整|调|改|变|定|设定|设|控制|保持|维持|稳定|降|升|缩短|提高|提升|减)(?:为|到|至|在)(?:约)?$|(?:达到|介于)$"
)
"""Before the first of two figures that are both to be reached: 调整为24至26度 is a range and no pair."""
RANGE = re.compile(r"[ ]?(?:-|~|--)[ ]?|至|到|[ ](?:to|and)[ ]")
CLOCK = re.compile(r":[0-5]\d(?![\d:])")
RATIO = re.compile(r"[ ]?(?::(?! )|比)[ ]?(\d{1,4}(?:\.\d{1,3})?)(?![\d:%])")
SLASH = re.compile(r"[ ]?/[ ]?(\d{1,3})(?![\d./%])")
OUT_OF = re.compile(
    r"[ ](?:out of|in)[ ](?:every[ ])?(?P<den>\d{1,4}|ten|five|four|three|hundred|twenty|seven)(?![a-z\d%])(?P<of>[ ](?:[a-z]))?"
)
VERB_BEFORE = re.compile(
    r"(?:至|到|为|成|达|达到|是|等于|破|超过|突破|低于|高于|不少于|至少|[:=≥≤<>]|共|计|合计|累计)[ ]?$"
)
SMALLER = {"year": "month", "month": "day", "week": "day", "day": "h", "h": "min", "min": "s", "s": "ms"}
STEPS = {
    ("year", "month"): 12,
    ("week", "day"): 7,
    ("day", "h"): 24,
    ("h", "min"): 60,
    ("min", "s"): 60,
    ("s", "ms"): 1000,
    ("month", "day"): 30,
}


MOST = 10_000
"""Amounts read from one text; what lies behind is no goal and is left unread."""


class Amount(NamedTuple):
    """An amount in plain text; `low` and `high` are equal unless it is a range."""

    start: int
    end: int
    value: str
    unit: str
    bound: Bound
    low: Decimal
    high: Decimal
    approximate: bool = False


class Number(NamedTuple):
    """A numeral before its unit is known; `fixed` is a unit that the numeral itself brings (百分之八)."""

    start: int
    end: int
    value: Decimal
    money: str
    written: bool
    fixed: str
