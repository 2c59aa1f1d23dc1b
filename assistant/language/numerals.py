"""Turns written numerals into decimals: Arabic, Chinese, mixed, English words.

Knows numerals only: no units, no sentences. Input is plain form: lower case, simplified, half-width.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

CN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "廿": 20}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_PART = re.compile(r"\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万亿兆点]")

EN_DIGITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
EN_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
EN_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "dozen": 12}


def plain_decimal(value: Decimal) -> str:
    """`value` without exponent and without trailing zeros behind the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def written_decimal(value: Decimal) -> str:
    """`value` without exponent, its written decimals kept (3.0 stays 3.0: the last digit tells the tolerance)."""
    return format(value, "f")


def arabic(text: str) -> Decimal | None:
    """The value of digits with optional thousands separators."""
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def chinese(text: str) -> Decimal | None:
    """The value of a Chinese or mixed numeral (三点五亿, 两千三, 2万5千, 二〇二七), None where it is none."""
    parts = _PART.findall(text)
    if not parts or "".join(parts) != text:
        return None
    if "点" in parts:
        return _with_point(parts)
    if len(parts) > 1 and all(part in CN_DIGITS for part in parts):
        return Decimal("".join(str(CN_DIGITS[part]) for part in parts))
    total = section = Decimal(0)
    number: Decimal | None = None
    last_unit = 0
    zero = False
    for part in parts:
        if part in _SMALL:
            section += (Decimal(1) if number is None else number) * _SMALL[part]
            number, last_unit = None, _SMALL[part]
        elif part in _LARGE:
            section += number or 0
            if not section and not total:
                return None
            if _LARGE[part] > last_unit and total and section == 0:
                total *= _LARGE[part]
            else:
                total += section * _LARGE[part]
            section, number, last_unit = Decimal(0), None, _LARGE[part]
        else:
            zero = part in ("零", "〇")
            number = Decimal(CN_DIGITS[part]) if part in CN_DIGITS else Decimal(part)
    if number is not None:
        colloquial = last_unit >= 100 and not zero and parts[-1] in CN_DIGITS and parts[-2] not in ("零", "〇")
        section += number * (last_unit // 10) if colloquial else number
    return total + section


def _with_point(parts: list[str]) -> Decimal | None:
    place = parts.index("点")
    whole = chinese("".join(parts[:place])) if place else None
    digits: list[str] = []
    rest = parts[place + 1 :]
    while rest and rest[0] in CN_DIGITS:
        digits.append(str(CN_DIGITS[rest.pop(0)]))
    if whole is None or not digits:
        return None
    value = Decimal(f"{whole}.{''.join(digits)}")
    for part in rest:
        scale = _SMALL.get(part) or _LARGE.get(part)
        if scale is None:
            return None
        value *= scale
    return value


def english(words: list[str]) -> Decimal | None:
    """The value of number words (["twenty", "five"], ["two", "hundred"]), None where they make no number."""
    total = current = 0
    seen = False
    for word in words:
        if word in EN_DIGITS:
            current += EN_DIGITS[word]
        elif word in EN_TENS:
            current += EN_TENS[word]
        elif word in ("hundred", "dozen"):
            current = (current or 1) * EN_SCALES[word]
        elif word in EN_SCALES:
            total += (current or 1) * EN_SCALES[word]
            current = 0
        elif word in ("a", "and"):
            continue
        else:
            return None
        seen = True
    return Decimal(total + current) if seen else None
