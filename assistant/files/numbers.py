"""Shows the numbers of a sheet's cells as a person sees them: dates, percentages, plain figures.

Knows nothing about sheets or what the figures mean.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

_BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy-m-d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日",
    32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 36: "yyyy年m月", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
    50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "h:mm", 56: "h:mm:ss",
    57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
"""Formats that files name by number only, in their Chinese and international reading."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_QUOTED = re.compile(r'[\\"]|\[[^\]]*\]')


def format_code(number: int, own: dict[int, str]) -> str:
    """Return the format's code, '' for the general format."""
    return own.get(number) or _BUILT_IN.get(number, "")


def shown(value: str, code: str, from_1904: bool) -> str:
    """Return a stored number in the words of its format: `30%`, `2027-06-30`, `2027年6月`, `12.5`."""
    try:
        number = Decimal(value)
        if not number.is_finite() or abs(number.adjusted()) > 40:
            return value
    except InvalidOperation:
        return value
    tokens = _LITERAL.sub("", code.split(";")[0]).lower()
    if "%" in tokens:
        return f"{_figure(number * 100)}%"
    if re.search(r"[ymdhs]", tokens) and "0" not in tokens.replace("ss.0", "") and "#" not in tokens:
        return _date(number, tokens, _QUOTED.sub("", code), from_1904) or _figure(number)
    return _figure(number)


def _figure(number: Decimal) -> str:
    """Return at most 15 digits, as spreadsheets keep them: 0.30000000000000004 is 0.3."""
    return f"{Decimal(f'{number:.15g}').normalize():f}"


def _date(number: Decimal, tokens: str, code: str, from_1904: bool) -> str:
    serial = float(number)
    if not 0 <= serial < 2_958_466:
        return ""
    clock = re.search(r"[hs]", tokens) is not None
    if serial < 1 and clock:
        moment = datetime(1900, 1, 1) + timedelta(seconds=round(serial * 86400))
        return f"{moment:%H:%M}"
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    moment = start + timedelta(seconds=round(serial * 86400))
    if "d" not in tokens and "y" in tokens and not clock:
        return f"{moment.year}年{moment.month}月" if "年" in code else f"{moment:%Y-%m}"
    day = f"{moment:%Y-%m-%d}"
    return f"{day} {moment:%H:%M}" if clock and (moment.hour or moment.minute) else day
