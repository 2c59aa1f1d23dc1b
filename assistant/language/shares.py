# ruff: noqa: E501
"""Amounts in words and marks: halves and doubles, round tens, shares, ratios, scores.

Knows single amounts; assistant.language.quantities puts them in order.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.goals.facts import Bound
from assistant.language.amounts import CLOCK, EN_FACTORS, OUT_OF, RATIO, SLASH, Amount, Number
from assistant.language.bounds import bound_of
from assistant.language.numerals import chinese, english, plain_decimal, written_decimal
from assistant.language.units import chinese_unit, english_unit


def finish(start: int, end: int, first: Decimal, last: Decimal, unit: str, low: str, written: bool) -> Amount:
    """An amount with its written form and bound."""
    show = written_decimal if written else plain_decimal
    value = show(first) if first == last else f"{show(first)}..{show(last)}"
    bound, _ = bound_of(low, start, end)
    return Amount(start, end, value, unit, bound, first, last)


def special(match: re.Match[str], low: str) -> Amount | None:
    """An amount in words: 一半, 翻番, 数十, double, a third; None where it counts nothing."""
    text, start, end = match.group(), match.start(), match.end()
    sort = match.lastgroup if match.lastgroup != "big" else "about"
    bound: Bound = "eq"
    if sort == "half":
        value, unit = "0.5", "x"
    elif sort == "halfunit":
        named = chinese_unit(low, start + (2 if text[1] == "个" else 1))
        if named is None:
            return None
        value, unit = "0.5", named.name
    elif sort == "twice":
        if text in ("减半", "砍半", "腰斩"):
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
        value = str(base) if text.startswith(("十", "百", "千", "近", "上", "成")) else f"{base}..{base * 9}"
        first, _, last = value.partition("..")
        return Amount(
            start, unit_found.end, value, unit_found.name, "approx", Decimal(first), Decimal(last or first), True
        )
    else:
        if text == "a dozen":
            noun = english_unit(low, end, plural=True)
            return Amount(
                start,
                noun.end if noun else end,
                "12",
                noun.name if noun else "",
                bound_of(low, start, end)[0],
                Decimal(12),
                Decimal(12),
            )
        if text == "no more than one":
            return None
        value, unit = EN_FACTORS.get(text) or EN_FACTORS.get(text[:3], "0.5"), "x"
        if text in ("by half", "in half", "to half", "half of"):
            start, end = (start, end - 3) if text == "half of" else (start + 3, end)
    number_value = Decimal(value)
    return Amount(
        start,
        end,
        value,
        unit,
        bound_of(low, start, end)[0] if sort in ("half", "halfunit", "null", "en") else bound,
        number_value,
        number_value,
    )


def punctuated(number: Number, low: str, seen: str) -> Amount | None:
    """Clock times (an empty amount), ratios, scores and fractions; None where the number is plain."""
    start, end, value = number.start, number.end, number.value
    if CLOCK.match(seen, end):
        named = low[max(0, start - 3) : start].endswith(("比", "≥", "比例", "roi", "ltv"))
        if named or _RATIO_OF.search(low, max(0, start - 24), start) or not (value == int(value) and value <= 24):
            pass
        else:
            return Amount(end, end, "", "", "eq", value, value)
    if (ratio := RATIO.match(seen, end)) and not low.startswith("比", end):
        text = f"{plain_decimal(value)}:{ratio.group(1)}"
        return finish(start, ratio.end(), value, value, "", low, True)._replace(value=text)
    if slash := SLASH.match(seen, end):
        scale = int(slash.group(1))
        if scale in (5, 7, 10, 100) and (value != int(value) or scale in (10, 100) or value >= 3):
            return finish(start, slash.end(), value, value, f"/{scale}", low, True)
        if scale and value == int(value) and value < scale and scale <= 20:
            share = (value / scale).quantize(Decimal("0.0001"))
            return finish(start, slash.end(), share, share, "x", low, False)
    return None


_RATIO_OF = re.compile(
    r"比[例率值]?(?:由|从|自|为|是|约|目前|现)?$|(?<![a-z])ratio (?:of |from |is |at |to )*$|(?:比|ratio)[^,;。]{0,6}\d:\d{1,3}[^,;。\d]{0,8}(?:至|到|为|to )$"
)
"""Before figures that are a ratio and no time of day: 督导比由1:11."""
_STANDS = re.compile(r"(?<![a-z])(?:from|to|than|is|are|was|at|now|currently|only|about|around|today) $")
_LEAST_YEAR = 1_900


def _one_in(number: Number, match: re.Match[str], low: str) -> Amount | None:
    """`1 in 12 learners` is the ratio 1:12, as long as both are figures and the second is no year."""
    first, second = number.value, match["den"]
    if not number.written or not second.isdecimal() or not 0 < first < int(second) < _LEAST_YEAR:
        return None
    if first != 1 and not (first in (2, 3, 4) and _STANDS.search(low, max(0, number.start - 16), number.start)):
        return None
    if low[match.end("den") : match.end("den") + 1] in ("-", "/", ":"):
        return None
    amount = finish(number.start, match.end("den"), first, first, "", low, number.written)
    return amount._replace(value=f"{int(first)}:{second}")


def out_of(number: Number, low: str, seen: str) -> Amount | None:
    """`9 out of 10 customers` is a share; `4.5 out of 5` a score."""
    match = OUT_OF.match(seen, number.end)
    if match is None:
        return None
    if " out " not in match.group() and (one_in := _one_in(number, match, low)) is not None:
        return one_in
    written = match["den"]
    whole = Decimal(written) if written.isdigit() else english([written])
    beyond = whole in (5, 7, 10, 100) and whole is not None and whole < number.value < 2 * whole
    if whole and beyond and " out " in match.group():
        return finish(number.start, match.end("den"), number.value, number.value, f"/{whole}", low, number.written)
    if (
        not whole
        or number.value > whole
        or (" out " not in match.group() and (number.written or whole not in (3, 5, 10)))
    ):
        return None
    scored = number.value != int(number.value) or (
        not match["of"]
        and re.search(
            r"(?:score|rating|rated|satisfaction|nps|csat)[^.;]{0,30}$", low[max(0, number.start - 50) : number.start]
        )
    )
    if scored:
        return finish(number.start, match.end("den"), number.value, number.value, f"/{whole}", low, number.written)
    share = (number.value * 100 / whole).quantize(Decimal("0.01"))
    return finish(number.start, match.end("den"), share, share, "%", low, False)
