"""Reads Chinese rhythms: 每两周, 逐月, 季度复盘.

Knows what a matched rhythm says; the patterns stand with the others.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.language.numerals import chinese
from assistant.language.periods import Moment


def per(match: re.Match[str]) -> Moment:
    """A rhythm by its period alone: 按月, 季度复盘."""
    unit = {"月": "P1M", "周": "P1W", "季": "P3M", "年": "P1Y", "日": "P1D"}.get(match.group().strip("按逐度")[:1])
    return Moment(*match.span(), "recurrence", iso=f"R/{unit or 'P1M'}")


def every(match: re.Match[str]) -> Moment:
    """A rhythm with 每, its count and unit."""
    unit = match["unit"].rstrip("份度")
    number = match["n"]
    count = Decimal("0.5") if number == "半" else (chinese(number) if number else Decimal(1)) or Decimal(1)
    if unit == "半年" or (number == "半" and unit == "年"):
        iso = "P6M"
    elif unit == "季":
        iso = f"P{int(count) * 3}M"
    elif unit in ("双周", "迭代", "冲刺", "sprint"):
        iso = "P2W"
    elif unit == "学期":
        iso = "P6M"
    else:
        letter = {
            "天": "D",
            "日": "D",
            "工作日": "D",
            "工作天": "D",
            "周": "W",
            "星期": "W",
            "礼拜": "W",
            "月": "M",
            "年": "Y",
            "财年": "Y",
        }[unit]
        iso = f"P{max(int(count), 1)}{letter}"
    return Moment(*match.span(), "recurrence", iso=f"R/{iso}")
