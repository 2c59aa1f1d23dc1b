"""Finds amounts in plain text: numerals with their units, ranges, ratios, multiples, and how each binds.

Knows no dates (they are hidden before) and not what an amount is for: the relations tell that.
Choices of form: a compound duration is one amount in its smallest unit (2分45秒 is 165 s); a share written in words
or as a fraction is a factor (一半 is 0.5 x, 1/3 is 0.3333 x); "nine out of ten" is 90 %; 4.2/5 is 4.2 with unit "/5";
1:3 keeps its colon; quarters become months; a plain 万 without a money noun is a count.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.language.amounts import (
    ABOUT_PAIR,
    AMOUNT,
    MOST,
    PAIR_BEFORE,
    RANGE,
    REACHED_BEFORE,
    SCALES,
    SMALLER,
    SPECIAL,
    STEPS,
    VERB_BEFORE,
    Amount,
    Number,
)
from assistant.language.numerals import (
    EN_SCALES,
    arabic,
    chinese,
    english,
)
from assistant.language.shares import finish, out_of, punctuated, special
from assistant.language.units import CURRENCIES, DURATIONS, MONEY, Unit, chinese_unit, english_unit


def find(low: str, seen: str, *, chinese_text: bool) -> list[Amount]:
    """All amounts of `seen` (plain text with dates and names hidden), in order; `low` is the text for context."""
    found: list[Amount] = []
    done = 0
    specials = [(match.start(), match) for match in SPECIAL.finditer(seen)]
    next_special = tried = 0
    for match in AMOUNT.finditer(seen):
        tried += 1
        if len(found) >= MOST or tried > 4 * MOST:
            return found
        while next_special < len(specials) and specials[next_special][0] <= match.start():
            start, worded = specials[next_special]
            next_special += 1
            if start >= done and (amount := special(worded, low)):
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
    for start, worded in specials[next_special:]:
        if start >= done and (amount := special(worded, low)):
            found.append(amount)
            done = amount.end
    return found


def _number(match: re.Match[str], low: str) -> Number | None:
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
        value, fixed = value * {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}[match["per"][0]], "%"
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
                value, written = base * SCALES[text], False
                if match["rest"]:
                    value += Decimal(match["rest"]) * SCALES[match["restscale"]]
    elif match["cn"]:
        if ABOUT_PAIR.fullmatch(match["cn"]):
            return None
        found = chinese(match["cn"])
        if found is None:
            return None
        value = found
    else:
        words = [word for word in re.split(r"[ -]", match["word"]) if word]
        found = english(words)
        if found is None or (
            words[0] in EN_SCALES and words[0] != "dozen" and not low[:start].endswith(("a ", "several "))
        ):
            return None
        value = found
    if match["sign"] == "-":
        value = -value
    return Number(start, end, value, money, written, fixed)


def _plain_scale(low: str, match: re.Match[str]) -> bool:
    """Whether a bare m, b or w behind digits is a scale: upper-case use is lost here, so metres must say so."""
    return match["scale"].strip() != "m" or not re.match(
        r"[ ]?(?:deep|long|wide|high|tall|above|height)", low[match.end("scale") :]
    )


def _amount(number: Number, match: re.Match[str], low: str, seen: str, chinese_text: bool) -> Amount | None:
    start, end, value = number.start, number.end, number.value
    before = low[max(0, start - 2) : start]
    if before.endswith("第") or (
        number.written and before[-1:].isascii() and before[-1:].isalpha() and not number.money
    ):
        return None
    approximate = False
    if number.fixed:
        return finish(start, end, value, value, number.fixed, low, number.written)
    if number.written and (special := punctuated(number, low, seen)) is not None:
        return special if special.end > special.start else None
    if share := out_of(number, low, seen):
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
    if (half and low[unit_at + 2 : unit_at + 4] in ("小时", "钟头")) or (
        half and low[unit_at + 2 : unit_at + 3] in ("月",)
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
    if unit and unit.name in SMALLER and (compound := _compound(value, unit, low, seen, chinese_text)):
        total, unit = compound
        return finish(start, unit.end, total, total, unit.name, low, False)
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
    amount = finish(start, stop, value, value, name, low, written)
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


def _ranged(
    number: Number, unit: Unit | None, end: int, low: str, seen: str, chinese_text: bool, match: re.Match[str]
) -> Amount | None:
    link = RANGE.match(seen, end)
    if link is None:
        return None
    text = link.group().strip()
    second = AMOUNT.match(seen, link.end())
    if second is None or second["sign"] or second["den"]:
        return None
    other = _number(second, low)
    if other is None:
        return None
    ahead = low[max(0, number.start - 40) : number.start]
    if text in ("至", "到", "to", "and"):
        if text == "and" and not re.search(r"between[ ][a-z ]{0,14}$", ahead):
            return None
        reached = text in ("至", "到") and REACHED_BEFORE.search(ahead) is not None
        if text != "and" and not reached and (unit is not None or PAIR_BEFORE.search(ahead)):
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
        not VERB_BEFORE.search(ahead)
        and not second_unit
        and not unit
        and not number.money
        and not match["scale"]
        and not second["scale"]
        and not re.search(r"[a-z] $|[一-鿿]$", ahead)
    ):
        return None
    return finish(number.start, stop, first * factor, other.value * factor, name, low, number.written and other.written)


def _compound(value: Decimal, unit: Unit, low: str, seen: str, chinese_text: bool) -> tuple[Decimal, Unit] | None:
    total, current = value, unit
    moved = False
    while current.name in SMALLER:
        gap = re.compile(r"(?:[ ]|[ ]and[ ]|零|又)?(?=[\d一二三四五六七八九十])").match(seen, current.end)
        second = AMOUNT.match(seen, gap.end() if gap else current.end)
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
        step = STEPS.get((current.name, following.name))
        if step is None:
            break
        total, current, moved = total * step + number.value, following, True
    return (total, current) if moved else None


_OFFICE = ("组", "部", "课", "科", "处", "队", "室", "班", "股")
_COUNTS_BEFORE = re.compile(
    r"[增设开有立成共分的了到至达为每前后第及和与、建扩减缩留由从自招组派持]$|^$|[^\u4e00-\u9fff]$"
)


def _names_a_unit(low: str, start: int, unit: Unit) -> bool:
    """Whether numeral and word name a part of an organisation behind its name, as in 仓储二组, 销售三部, 五股."""
    if low[unit.end - 1 : unit.end] not in _OFFICE or unit.name not in _OFFICE:
        return False
    return unit.name == "股" or _COUNTS_BEFORE.search(low[max(start - 1, 0) : start]) is None


def _wanted(number: Number, unit: Unit | None, match: re.Match[str], low: str, chinese_text: bool) -> bool:
    """Whether a number that stands alone so far counts anything."""
    start, end = number.start, number.end
    if number.money:
        return True
    ahead = low[max(0, start - 12) : start]
    if match["cn"]:
        text = match["cn"]
        large = any(char in text for char in "十百千万亿点") and len(text) > 1
        if text == "百" and low.startswith(("百分点", "百分比", "百分数", "百分率"), start):
            return False
        if len(text) == 1 and unit is not None and _names_a_unit(low, start, unit):
            return False
        if unit is None:
            told = VERB_BEFORE.search(ahead) is not None or (large and ahead.endswith(("从", "由", "自")))
            return ((large or text in ("零", "十", "百")) and told) or (large and text[-1] in "万亿")
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
                return (strong is not None and unit.name not in ("种", "些")) or unit.name in ("x", "h", "min", "s")
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
            return (words == "zero" and low[end : end + 1] == " ") or any(
                scale in words for scale in ("hundred", "thousand", "million")
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
        if following and ((following.isascii() and following.isalpha()) or following in "_@#"):
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
