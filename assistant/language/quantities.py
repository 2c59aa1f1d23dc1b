"""Finds amounts in plain text: numerals with their units, ranges, ratios, multiples, and how each binds.

Knows no dates (they are hidden before) and not what an amount is for: the relations tell that.
Choices of form: a compound duration is one amount in its smallest unit (2分45秒 is 165 s); a share written in words
or as a fraction is a factor (一半 is 0.5 x, 1/3 is 0.3333 x); "nine out of ten" is 90 %; 4.2/5 is 4.2 with unit "/5";
1:3 keeps its colon; quarters become months; a plain 万 without a money noun is a count.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assistant.goals.facts import Bound
from assistant.language.numerals import (
    EN_DIGITS,
    EN_SCALES,
    EN_TENS,
    arabic,
    chinese,
    english,
    plain_decimal,
    written_decimal,
)
from assistant.language.units import CURRENCIES, DURATIONS, MONEY, Unit, chinese_unit, english_unit

_CN = r"[零〇一二两三四五六七八九十百千]"
_ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}(?![\d])(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?|(?<![\d])\.\d{1,4})(?!\d)"
_CURRENCY = r"(?:nt\$|hk\$|us\$|sg\$|au\$|s\$|a\$|[$£€¥₩₹]|(?<![a-z])(?:usd|rmb|cny|twd|ntd|hkd|eur|gbp|jpy|sgd|aud|inr)(?![a-z])|人民币|新台币|台币|港币|港元|美元|美金|欧元|日元|英镑)"
_EN_WORDS = "|".join(sorted([*EN_DIGITS, *EN_TENS, "hundred", "thousand", "million", "dozen"], key=len, reverse=True))
_AMOUNT = re.compile(
    rf"""(?=[\da-z$£€¥₩₹人新台港美欧日英百千万零〇一二两三四五六七八九十]|[-+±][\d.$£€¥nhua]|\.\d)(?:(?<![a-z])|(?![a-z]))(?P<cur>{_CURRENCY}[ ]?)?(?P<sign>(?<![\d%a-z)）])[-+±])?(?:
      (?P<per>[百千万]分之)(?P<pernum>{_ARABIC}|{_CN}{{1,6}}(?:点[零〇一二三四五六七八九]{{1,4}})?|百)
    | (?P<den>{_CN}{{1,3}}|\d{{1,2}})分之(?P<nom>{_CN}{{1,3}}|\d{{1,2}})
    | (?P<cheng>{_CN}|\d{{1,2}}(?:\.\d)?)成(?P<chengrest>[一二三四五六七八九半](?![个家名位人年月天]))?(?![立功本交长果效绩单员都熟品衣语])
    | (?<![\d.a-z_\#&])(?<!\d,)(?P<num>{_ARABIC})(?P<scale>[ ]?(?:万亿|百万|千万|十万|百亿|千亿|十亿|亿|万|千(?![克瓦米卡字兆])|百(?![分度]))(?:(?P<rest>\d{{1,4}})(?P<restscale>[万千百]))?|[ ]?(?:million|billion|thousand|bn|mn|mio)(?![a-z])|[kmbw](?![a-z\d/])|[ ](?:[mbk])(?=[ ](?:rmb|usd|eur|gbp|cny|twd|hkd|dollars|euros)))?
    | (?P<cn>(?<![第零〇一二两三四五六七八九十百千万亿]){_CN}[零〇一二两三四五六七八九十百千万亿]{{0,14}}(?:点[零〇一二三四五六七八九]{{1,4}}(?:万|亿|千万|百万)?)?)
    | (?<![a-z'-])(?P<word>(?:{_EN_WORDS})(?:[ -](?:and[ ])?(?:{_EN_WORDS}|billion)){{0,5}})(?![a-z'])
    )""",
    re.VERBOSE,
)
_SPECIAL = re.compile(
    r"(?=[a-z一二三四五六七八半翻倍两减腰数几上近成百千十零])(?:(?<![a-z])|(?![a-z]))(?:(?P<half>一半(?!是|以上的时间)|半数(?!据))|(?P<twice>翻一?番|翻一?倍|翻两番|翻两倍|翻三番|翻[三四五六七八九十\d]{1,2}倍|倍增|减半|腰斩)|(?P<about>(?:数|几|上|近|成)(?:十|百|千|万|亿)(?:余|多)?(?P<big>万|亿)?|十(?:几|余|多)|几个|百余|千余|数以[十百千万]计)|(?P<null>(?<=[至到为])零(?![售星散部件碎食工钱\d])|零(?=事故|投诉|缺陷|差错|延误|故障|违规|容忍|伤亡|客诉|漏检|逾期|失误|死亡|工伤|泄漏|泄露|重大|积压|退货|遗漏|中断|感染|误报|宕机|障碍))"
    r"|(?P<pair>(?<![第零〇一二两三四五六七八九十百千万亿])(?:一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?=[个家名位人次场项天周年件款份]))"
    r"|(?P<en>(?<![a-z-])(?:by half|in half|half of|to half|halv(?:e|es|ed|ing)|doubl(?:e|es|ed|ing)(?![ -](?:digit|check|bottom|down|blind|click|standard|sided|entry|loop|materiality))|tripl(?:e|es|ed|ing)(?![ -]bottom)|quadrupl(?:e|es|ed|ing)|two-?fold|three-?fold|four-?fold|five-?fold|ten-?fold|twice(?=[ ]as|[ ]the|[ ]our|[ ]its|[ ]today)|(?:a|one)[ -]third|two[ -]thirds|(?:a|one)[ -]quarter(?=[ ]of|[ ]fewer|[ ]less|[ ]more|[ ]by|[,.;]|$)|three[ -]quarters(?=[ ]of)|a fifth|one[ -]fifth|one in (?:two|three|four|five|ten)|a tenth|one[ -]tenth|a dozen|no more than one)(?![a-z])))"
)
_EN_FACTORS = {
    "by half": "0.5", "in half": "0.5", "half of": "0.5", "to half": "0.5", "hal": "0.5", "dou": "2", "tri": "3", "qua": "4", "twi": "2", "two-fold": "2", "twofold": "2",
    "threefold": "3", "three-fold": "3", "fourfold": "4", "four-fold": "4", "fivefold": "5", "five-fold": "5", "tenfold": "10", "ten-fold": "10",
    "a third": "0.3333", "one third": "0.3333", "one-third": "0.3333", "two thirds": "0.6667", "two-thirds": "0.6667", "a quarter": "0.25", "one quarter": "0.25", "one-quarter": "0.25",
    "three quarters": "0.75", "three-quarters": "0.75", "a fifth": "0.2", "one fifth": "0.2", "one-fifth": "0.2", "a tenth": "0.1", "one tenth": "0.1", "one-tenth": "0.1",
    "one in two": "0.5", "one in three": "0.3333", "one in four": "0.25", "one in five": "0.2", "one in ten": "0.1",
}  # fmt: skip
_SCALES = {"k": 1000, "m": 10**6, "b": 10**9, "w": 10**4, "thousand": 1000, "million": 10**6, "mn": 10**6, "mio": 10**6, "billion": 10**9, "bn": 10**9, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
_GE = re.compile(
    r"(?:至少(?:要|应|需)?(?:达到|完成|为|有|是)?|不低于|不少于|不小于|不下于|高于|大于|多于|超过|超出|超|突破|≥|>=|(?<![-=])>|最少|起码|逾|不亚于|最低|下限为?|(?<![a-z])(?:at least|no less than|not less than|no fewer than|more than|over|above|exceed(?:s|ing)?|minimum(?: of)?|min\.?|greater than|longer than|higher than|beyond|upwards of|north of|or more))[ :]?(?:an? |the |平均|以)?$"
)
_LE = re.compile(
    r"(?:不超过|不高于|不多于|不大于|不得超过|不得高于|不能超过|低于|少于|小于|不足|最多|至多|最高|最长|上限为?|≤|<=|<|(?:控制|限制|压缩|压降|压)(?:在|到|至)|(?<![a-z])(?:no more than|not more than|no greater than|no longer than|no higher than|at most|up to|below|under|less than|fewer than|within|maximum(?: of)?|max\.?|not exceed(?:ing)?|never exceed|not to exceed|lower than|shorter than|beneath|cap(?:ped)? at|not above))[ :]?(?:an? |the |平均)?$"
)
_NOT = re.compile(
    r"(?:不得|不能|不|不会|未|勿|(?<![a-z])(?:not|never|n't|without)[ ])[ ]?(?:超过|高于|大于|多于|突破|超|exceed(?:s|ing)?|go (?:above|over|beyond)|be (?:above|over))[ ]?(?:an? )?$"
)
_NO_LONGER = re.compile(r"(?<![a-z])no(?:body|ne| one)?[ ][a-z ]{2,32}(?:longer|more|higher|greater|later) than $")
_NOT_LESS = re.compile(
    r"(?:(?:不得?|不能|不应|不可|不会|未|不宜)(?:低于|少于|小于|下于|足于)|(?<![a-z])(?:no|not|never|nor) (?:be |fall |drop |go )?(?:less than|fewer than|below|under|lower than|beneath))[ :]?(?:an? )?$"
)
_APPROX = re.compile(
    r"(?:约|大约|大概|约为|近|将近|接近|差不多|左右|~|≈|(?<![a-z])(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|c\.|some|close to|in the region of))[ :]?(?:an? )?$"
)
_GE_AFTER = re.compile(
    r"[ ]?(?:\)|）)?(?:及以上|或以上|以上|起(?!草|点|步|来|到)|\+|(?:or|and) (?:more|above|higher|better|over)|or greater|plus(?![a-z])|minimum|at minimum)"
)
_LE_AFTER = re.compile(
    r"[ ]?(?:及以内|及以下|或以下|以内|之内|以下|内(?![部容控训外存销审测])|封顶|为限|(?:or|and) (?:less|fewer|below|lower|under|faster)|maximum|max(?![a-z])|at most)"
)
_APPROX_AFTER = re.compile(r"[ ]?(?:左右|上下|前后(?!端)|or so)")
_ABOUT_PAIR = re.compile(r"[一二三四五六七八九]{2}")
_RANGE = re.compile(r"[ ]?(?:-|~|--)[ ]?|至|到|[ ](?:to|and)[ ]")
_CLOCK = re.compile(r":[0-5]\d(?![\d:])")
_RATIO = re.compile(r"[ ]?(?::|比)[ ]?(\d{1,4}(?:\.\d{1,3})?)(?![\d:%])")
_SLASH = re.compile(r"[ ]?/[ ]?(\d{1,3})(?![\d./%])")
_OUT_OF = re.compile(
    r"[ ](?:out of|in)[ ](?:every[ ])?(?P<den>\d{1,4}|ten|five|four|three|hundred|twenty|seven)(?![a-z\d%])(?P<of>[ ](?:[a-z]))?"
)
_VERB_BEFORE = re.compile(
    r"(?:至|到|为|成|达|达到|是|等于|破|超过|突破|低于|高于|不少于|至少|[:=≥≤<>]|共|计|合计|累计)[ ]?$"
)
_SMALLER = {"year": "month", "month": "day", "week": "day", "day": "h", "h": "min", "min": "s", "s": "ms"}
_STEPS = {
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


class _Number(NamedTuple):
    start: int
    end: int
    value: Decimal
    money: str
    written: bool
    fixed: str


def find(low: str, seen: str, *, chinese_text: bool) -> list[Amount]:
    """All amounts of `seen` (plain text with dates and names hidden), in order; `low` is the text for context."""
    found: list[Amount] = []
    done = 0
    specials = [(match.start(), match) for match in _SPECIAL.finditer(seen)]
    next_special = tried = 0
    for match in _AMOUNT.finditer(seen):
        tried += 1
        if len(found) >= MOST or tried > 4 * MOST:
            return found
        while next_special < len(specials) and specials[next_special][0] <= match.start():
            start, special = specials[next_special]
            next_special += 1
            if start >= done and (amount := _special(special, low)):
                found.append(amount)
                done = amount.end
        if match.start() < done:
            continue
        number = _number(match, low)
        if number is None:
            continue
        amount = _amount(number, match, low, seen, chinese_text)
        if amount is not None:
            found.append(amount)
            done = amount.end
    for start, special in specials[next_special:]:
        if start >= done and (amount := _special(special, low)):
            found.append(amount)
            done = amount.end
    return found


def _special(match: re.Match[str], low: str) -> Amount | None:
    text, start, end = match.group(), match.start(), match.end()
    sort = match.lastgroup if match.lastgroup != "big" else "about"
    bound: Bound = "eq"
    if sort == "half":
        value, unit = "0.5", "x"
    elif sort == "twice":
        if text in ("减半", "腰斩"):
            value = "0.5"
        elif text.endswith("番"):
            value = {"翻两番": "4", "翻三番": "8"}.get(text, "2")
        elif len(text) == 3 and text not in ("翻一倍",):
            number = chinese(text[1])
            value = plain_decimal(number) if number is not None else "2"
        else:
            value = "2"
        unit = "x"
    elif sort == "null":
        value, unit = "0", ""
        after = chinese_unit(low, end) if not low.startswith(("缺陷", "事故"), end) else None
        if after and after.name in ("起", "次", "件"):
            unit, end = after.name, after.end
    elif sort == "pair":
        first_digit, last_digit = chinese(text[0]), chinese(text[1])
        counted = chinese_unit(low, end)
        if first_digit is None or last_digit is None or counted is None:
            return None
        return Amount(
            start, counted.end, f"{first_digit}..{last_digit}", counted.name, "approx", first_digit, last_digit
        )
    elif sort == "about":
        scale = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
        base = next((scale[char] for char in text if char in scale), 1)
        if match["big"]:
            base *= scale[match["big"]]
        unit_found = chinese_unit(low, end)
        if unit_found is None or text == "几个":
            return None
        if text.startswith(("十", "百", "千", "近", "上", "成")):
            value = str(base)
        else:
            value = f"{base}..{base * 9}"
        first, _, last = value.partition("..")
        return Amount(
            start, unit_found.end, value, unit_found.name, "approx", Decimal(first), Decimal(last or first), True
        )
    else:
        if text == "a dozen":
            noun = english_unit(low, end, plural=True)
            return Amount(
                start, noun.end if noun else end, "12", noun.name if noun else "", "eq", Decimal(12), Decimal(12)
            )
        if text == "no more than one":
            return None
        value, unit = _EN_FACTORS.get(text) or _EN_FACTORS.get(text[:3], "0.5"), "x"
        if text in ("by half", "in half", "to half", "half of"):
            start, end = (start, end - 3) if text == "half of" else (start + 3, end)
    number_value = Decimal(value)
    return Amount(
        start,
        end,
        value,
        unit,
        _bound(low, start, end)[0] if sort in ("half", "null", "en") else bound,
        number_value,
        number_value,
    )


def _number(match: re.Match[str], low: str) -> _Number | None:
    start, end = match.span()
    currency = (match["cur"] or "").strip()
    money = CURRENCIES.get(currency, "")
    fixed = ""
    written = False
    if match["per"]:
        inner = match["pernum"]
        value = arabic(inner) if inner[0].isdigit() else chinese("一百" if inner == "百" else inner)
        if value is None:
            return None
        value, fixed = value * {"百": 1, "千": Decimal("0.1"), "万": Decimal("0.01")}[match["per"][0]], "%"
    elif match["den"]:
        top, bottom = chinese(match["nom"]), chinese(match["den"])
        if not top or not bottom:
            return None
        value, fixed = (top / bottom).quantize(Decimal("0.0001")), "x"
    elif match["cheng"]:
        base = chinese(match["cheng"])
        rest = match["chengrest"]
        if base is None or base > 10:
            return None
        value, fixed = base * 10, "%"
        if rest:
            value += 5 if rest == "半" else (chinese(rest) or 0)
    elif match["num"]:
        base = arabic(match["num"])
        if base is None:
            return None
        value, written = base, True
        if scale := (match["scale"] or "").strip():
            text = scale
            if match["rest"]:
                text = scale[: scale.index(match["rest"])]
            if text in ("m", "b", "w") and not money and not _plain_scale(low, match):
                end = match.end("num")
            else:
                value, written = base * _SCALES[text], False
                if match["rest"]:
                    value += Decimal(match["rest"]) * _SCALES[match["restscale"]]
    elif match["cn"]:
        if _ABOUT_PAIR.fullmatch(match["cn"]):
            return None
        found = chinese(match["cn"])
        if found is None:
            return None
        value = found
    else:
        words = [word for word in re.split(r"[ -]", match["word"]) if word]
        found = english(words)
        if (
            found is None
            or words[0] in EN_SCALES
            and words[0] != "dozen"
            and not low[:start].endswith(("a ", "several "))
        ):
            return None
        value = found
    if match["sign"] == "-":
        value = -value
    return _Number(start, end, value, money, written, fixed)


def _plain_scale(low: str, match: re.Match[str]) -> bool:
    """Whether a bare m, b or w behind digits is a scale: upper-case use is lost here, so metres must say so."""
    return match["scale"].strip() != "m" or not re.match(
        r"[ ]?(?:deep|long|wide|high|tall|above|height)", low[match.end("scale") :]
    )


def _amount(number: _Number, match: re.Match[str], low: str, seen: str, chinese_text: bool) -> Amount | None:
    start, end, value = number.start, number.end, number.value
    before = low[max(0, start - 2) : start]
    if before.endswith("第") or (
        number.written and before[-1:].isascii() and before[-1:].isalpha() and not number.money
    ):
        return None
    approximate = False
    if number.fixed:
        return _finish(start, end, value, value, number.fixed, low, number.written)
    if number.written and (special := _punctuated(number, low, seen)) is not None:
        return special if special.end > special.start else None
    if share := _out_of(number, low, seen):
        return share
    plus = end < len(seen) and seen[end] == "+" and not (end + 1 < len(seen) and seen[end + 1].isdigit())
    unit_at = end + 1 if plus else end
    if (
        chinese_text
        and unit_at < len(low)
        and low[unit_at] in "余多来"
        and not low.startswith(("来自", "多个", "多种"), unit_at)
    ):
        unit_at += 1
        approximate = True
    half = chinese_text and low.startswith("个半", unit_at)
    unit = _unit(low, unit_at, value, chinese_text, match)
    if (
        half
        and low[unit_at + 2 : unit_at + 4] in ("小时", "钟头")
        or half
        and low[unit_at + 2 : unit_at + 3] in ("月",)
    ):
        value += Decimal("0.5")
        unit = Unit("h" if low[unit_at + 2] != "月" else "month", unit_at + (3 if low[unit_at + 2] == "月" else 4))
    elif (
        unit
        and chinese_text
        and unit.end < len(low)
        and low[unit.end] == "半"
        and unit.name in ("day", "week", "year", "h", "min", "x", "month", "s")
    ):
        value += Decimal("0.5")
        unit = unit._replace(end=unit.end + 1)
    ranged = _ranged(number, unit, end if not unit else unit.end, low, seen, chinese_text, match)
    if ranged is not None:
        return ranged
    if unit and unit.name in _SMALLER and (compound := _compound(value, unit, low, seen, chinese_text)):
        total, unit = compound
        return _finish(start, unit.end, total, total, unit.name, low, False)
    if not _wanted(number, unit, match, low, chinese_text):
        return None
    name = number.money or (unit.name if unit else "")
    stop = unit.end if unit and (not number.money or unit.name in MONEY) else (unit_at if plus else end)
    if not unit and low[max(0, start - 10) : start].endswith("factor of "):
        name = "x"
    if name == "time" and re.search(
        r"(?:grow|grew|increas|multipl|expand)[a-z]* [a-z ]{0,30}$", low[max(0, start - 44) : start]
    ):
        name = "x" if not re.match(r" (?:a|per|each|every) ", low[stop : stop + 7]) else name
    if unit and unit.name == "人" and low.startswith("次", unit.end):
        stop, name = unit.end + 1, "人次"
    if unit:
        value *= Decimal(unit.factor) if not number.money else 1
    if (
        unit
        and unit.name == "x"
        and value == 1
        and re.search(r"(?:增长|成长|增加|提升|提高|扩大|上升|增)(?:了|约|近|至少)?$", low[max(0, start - 6) : start])
    ):
        value = Decimal(2)
    written = number.written and not (unit and unit.factor != "1")
    amount = _finish(start, stop, value, value, name, low, written)
    if plus:
        amount = amount._replace(bound="ge")
    return amount._replace(approximate=True, bound="approx") if approximate else amount


def _unit(low: str, place: int, value: Decimal, chinese_text: bool, match: re.Match[str]) -> Unit | None:
    unit = None
    if chinese_text:
        unit = chinese_unit(low, place)
        if (
            unit
            and low[place : unit.end].strip() == "分"
            and re.match(r" ?\d{1,2} ?秒|[一二三四五六十]{1,3}秒", low[unit.end : unit.end + 8])
        ):
            return Unit("min", unit.end)
        if (
            unit
            and low[place : unit.end].strip() in ("点", "分")
            and re.match(
                r"前|半|整|钟|开|之一|别|成|析|享|配|工|店|公司|支|类|层|级|期|红|段|数线", low[unit.end : unit.end + 2]
            )
        ):
            unit = None
        if unit:
            return unit
    return english_unit(low, place, plural=value != 1, loose=not chinese_text)


def _punctuated(number: _Number, low: str, seen: str) -> Amount | None:
    """Clock times (an empty amount), ratios, scores and fractions; None where the number is plain."""
    start, end, value = number.start, number.end, number.value
    if _CLOCK.match(seen, end):
        if low[max(0, start - 3) : start].endswith(("比", "≥", "比例", "roi", "ltv")) or not (
            value == int(value) and value <= 24
        ):
            pass
        else:
            return Amount(end, end, "", "", "eq", value, value)
    if (ratio := _RATIO.match(seen, end)) and not low.startswith("比", end):
        text = f"{plain_decimal(value)}:{ratio.group(1)}"
        return _finish(start, ratio.end(), value, value, "", low, True)._replace(value=text)
    if slash := _SLASH.match(seen, end):
        scale = int(slash.group(1))
        if scale in (5, 7, 10, 100) and (value != int(value) or scale in (10, 100) or value >= 3):
            return _finish(start, slash.end(), value, value, f"/{scale}", low, True)
        if scale and value == int(value) and value < scale and scale <= 20:
            share = (value / scale).quantize(Decimal("0.0001"))
            return _finish(start, slash.end(), share, share, "x", low, False)
    return None


def _out_of(number: _Number, low: str, seen: str) -> Amount | None:
    """`9 out of 10 customers` is a share; `4.5 out of 5` a score."""
    match = _OUT_OF.match(seen, number.end)
    if match is None:
        return None
    written = match["den"]
    whole = Decimal(written) if written.isdigit() else english([written])
    if (
        not whole
        or number.value > whole
        or (" out " not in match.group() and (number.written or whole not in (3, 5, 10)))
    ):
        return None
    scored = (
        number.value != int(number.value)
        or not match["of"]
        and re.search(
            r"(?:score|rating|rated|satisfaction|nps|csat)[^.;]{0,30}$", low[max(0, number.start - 50) : number.start]
        )
    )
    if scored:
        return _finish(number.start, match.end("den"), number.value, number.value, f"/{whole}", low, number.written)
    share = (number.value * 100 / whole).quantize(Decimal("0.01"))
    return _finish(number.start, match.end("den"), share, share, "%", low, False)


def _ranged(
    number: _Number, unit: Unit | None, end: int, low: str, seen: str, chinese_text: bool, match: re.Match[str]
) -> Amount | None:
    link = _RANGE.match(seen, end)
    if link is None:
        return None
    text = link.group().strip()
    second = _AMOUNT.match(seen, link.end())
    if second is None or second["sign"] or second["den"]:
        return None
    other = _number(second, low)
    if other is None:
        return None
    ahead = low[max(0, number.start - 40) : number.start]
    if text in ("至", "到", "to", "and"):
        if text == "and" and not re.search(r"between[ ][a-z ]{0,14}$", ahead):
            return None
        if text != "and" and (
            unit is not None
            or re.search(
                r"(?:从|由|自|将|把|为|是)[^,;。]{0,10}$|(?<![a-z])(?:from|increase|reduce|raise|cut|grow|lower|improve|lift|boost|decrease|shorten|drop)[ ][a-z ]{0,40}$",
                ahead,
            )
        ):
            return None
    if other.value <= number.value and not (second["scale"] and not match["scale"]):
        return None
    second_unit = (
        _unit(low, other.end, other.value, chinese_text, second) if not other.fixed else Unit(other.fixed, other.end)
    )
    stop = second_unit.end if second_unit else other.end
    first = number.value
    if not match["scale"] and second["scale"] and number.written:
        first = (
            first * (other.value / (arabic(second["num"]) or 1))
            if other.value > first and arabic(second["num"])
            else first
        )
    if text not in ("-", "~", "--") and second_unit is None:
        return None
    name = number.money or other.money or (second_unit.name if second_unit else (unit.name if unit else ""))
    if unit and second_unit and unit.name != second_unit.name and not number.money:
        return None
    factor = Decimal(second_unit.factor) if second_unit else Decimal(1)
    if (
        text == "-"
        and not second_unit
        and not unit
        and not number.money
        and number.value == int(number.value)
        and len(match.group()) >= 4
    ):
        return None
    if (
        not _VERB_BEFORE.search(ahead)
        and not second_unit
        and not unit
        and not number.money
        and not match["scale"]
        and not second["scale"]
        and not re.search(r"[a-z] $|[一-鿿]$", ahead)
    ):
        return None
    return _finish(
        number.start, stop, first * factor, other.value * factor, name, low, number.written and other.written
    )


def _compound(value: Decimal, unit: Unit, low: str, seen: str, chinese_text: bool) -> tuple[Decimal, Unit] | None:
    total, current = value, unit
    moved = False
    while current.name in _SMALLER:
        gap = re.compile(r"(?:[ ]|[ ]and[ ]|零|又)?(?=[\d一二三四五六七八九十])").match(seen, current.end)
        second = _AMOUNT.match(seen, gap.end() if gap else current.end)
        if second is None or second["sign"] or not (second["num"] or second["cn"]):
            break
        number = _number(second, low)
        following = _unit(low, second.end(), number.value, chinese_text, second) if number else None
        if (
            number is not None
            and following is not None
            and low[second.end() : following.end].strip() == "分"
            and current.name == "h"
        ):
            following = Unit("min", following.end)
        if number is None or following is None:
            break
        step = _STEPS.get((current.name, following.name))
        if step is None:
            break
        total, current, moved = total * step + number.value, following, True
    return (total, current) if moved else None


def _wanted(number: _Number, unit: Unit | None, match: re.Match[str], low: str, chinese_text: bool) -> bool:
    """Whether a number that stands alone so far counts anything."""
    start, end = number.start, number.end
    if number.money:
        return True
    ahead = low[max(0, start - 12) : start]
    if match["cn"]:
        text = match["cn"]
        large = any(char in text for char in "十百千万亿点") and len(text) > 1
        if unit is None:
            return (
                (large or text in ("零", "十", "百"))
                and _VERB_BEFORE.search(ahead) is not None
                or large
                and text[-1] in "万亿"
            )
        if text in ("一", "零", "十", "百", "千") or unit.name in (
            "点",
            "分",
            "级",
            "度",
            "面",
            "层",
            "回",
            "首",
            "方",
            "行",
            "部",
            "步",
            "节",
            "口",
            "项",
            "队",
            "档",
            "阶",
            "级",
        ):
            word = low[end : unit.end]
            if text == "一":
                strong = re.search(
                    r"(?:至少|不少于|仅|只|最多|不超过|新增|增加|减少|至|到|招聘|提前|缩短|不低于)[^,;。]{0,2}$",
                    ahead,
                )
                return strong is not None and unit.name not in ("种", "些") or unit.name in ("x", "h", "min", "s")
            if text == "零":
                return unit.name in ("起", "件", "次")
            return word not in ("面", "方", "度")
        return True
    if match["word"]:
        words = match["word"]
        if unit is None and re.search(r"(?:to|below|under|than) $", ahead):
            ends = re.match(r"$|[.,;)]| (?:by|in|within|before)(?![a-z])", low[end : end + 8])
            return ends is not None and words != "one"
        if unit is None:
            return (
                words == "zero"
                and low[end : end + 1] == " "
                or any(scale in words for scale in ("hundred", "thousand", "million"))
            )
        if words == "one":
            return (
                unit.name in (*DURATIONS, "month", "year", "workday", "%", "pp")
                or re.search(r"(?:least|most|than) $", ahead) is not None
            )
        return True
    value = number.value
    if match["num"] and unit is None:
        following = low[end : end + 1]
        if following and (following.isascii() and following.isalpha() or following in "_@#"):
            return False
        if (
            number.written
            and value == int(value)
            and 1990 <= value <= 2069
            and "," not in match["num"]
            and "." not in match["num"]
        ):
            return False
        if low[max(0, start - 1) : start] in ("-", "/", ".") or following in ("年", "月", "号", "日", "届", "版"):
            return False
        if following == "/" and low[end + 1 : end + 2].isdigit():
            return False
        if following == "-" and low[end + 1 : end + 2].isalnum():
            return False
        if following == "." and low[end + 1 : end + 2] == " " and low[max(0, start - 1) : start] in ("", "\n"):
            return False
    return True


def _bound(low: str, start: int, end: int) -> tuple[Bound, int]:
    """How the number at low[start:end] binds, and where its words end."""
    ahead = low[max(0, start - 18) : start]
    after = low[end : end + 14]
    if match := _GE_AFTER.match(after):
        return "ge", end + match.end()
    if match := _LE_AFTER.match(after):
        return "le", end + match.end()
    if _NOT_LESS.search(ahead):
        return "ge", end
    if _NOT.search(ahead) or _NO_LONGER.search(low, max(0, start - 50), start):
        return "le", end
    if _LE.search(ahead):
        return "le", end
    if _GE.search(ahead):
        return "ge", end
    if _APPROX_AFTER.match(after) or _APPROX.search(ahead):
        return "approx", end
    return "eq", end


def _finish(start: int, end: int, first: Decimal, last: Decimal, unit: str, low: str, written: bool) -> Amount:
    show = written_decimal if written else plain_decimal
    value = show(first) if first == last else f"{show(first)}..{show(last)}"
    bound, _ = _bound(low, start, end)
    return Amount(start, end, value, unit, bound, first, last)
