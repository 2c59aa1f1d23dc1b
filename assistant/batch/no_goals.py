# ruff: noqa: E501
"""Tells what stands in a goal's cell and is none: a status, a blank, a formula, words to the program, a bare limit.

Knows nothing about what becomes of such a row.
"""

from __future__ import annotations

import re

from assistant.language import orders

_BLANK = re.compile(
    r"^[\W\d_]*(?:无|無|暂无|暫無|没有|沒有|待定|待补充?|待補|未定|同上|略|空|none|nil|n/?a|tbd|tbc|to be (?:defined|determined|confirmed|decided)|pending|ditto|same as above|see above|test|x+)?[\W\d_]*$",
    re.I,
)
_STATUS = re.compile(
    r"^[\W\d_]*(?:(?:已|已经|已經|全部|基本|按时|按時|按期|未|尚未|没|沒)?(?:完成|完工|结案|結案|达成|達成|达标|達標|办结|辦結|关闭|關閉|开始|開始|启动|啟動)(?:了|啦|中)?|(?:正在)?(?:进行|進行|处理|處理|推进|推進|执行|執行|实施|實施)中?|延期|延后|延後|暂停|暫停|取消|已取消|正常|"
    r"done|complete[d]?|finished|closed|achieved|(?:all )?ok(?:ay)?|in progress|on ?going|on track|not started|started|delayed|on hold|cancell?ed|yes|no)[\W\d_]*$",
    re.I,
)
_FORMULA = re.compile(
    r"^\s*[=＝+＋@＠-]\s*(?:[A-Za-z_.]{2,}\s*[(|]|\$?[A-Z]{1,3}\$?\d+\s*[-+*/:!^]\s*\S|\$?[A-Z]{1,3}\$?\d+\s*$)"
    r"|^\s*[=＝]\s*(?:\d[\d.]*\s*[-+*/]|['\"#\[])|\|\s*'[^'\n]*'\s*![A-Za-z]{1,3}\d+"
)
_LIMIT = re.compile(
    r"^\W*(?:(?:please )?(?:do not|don't|never|must not|should not|may not)\b|(?:请|請)?(?:不要|不得|不许|不許|不准许|不准|不可以?|不能|不让|不讓|别让|別讓|严禁|嚴禁|禁止|切勿))",
    re.I,
)
_WORDS_LEFT = 4


def blank(text: str) -> bool:
    """Whether a cell holds a placeholder, a status or too few letters instead of a goal."""
    return bool(_BLANK.match(text) or _STATUS.match(text)) or sum(map(str.isalpha, text)) < 2


def formula(text: str) -> bool:
    """Whether a cell holds what a spreadsheet would run."""
    return _FORMULA.search(text) is not None


def order(text: str) -> bool:
    """Whether a cell holds next to nothing but words to the program that reads it, or something that would run."""
    taken = {place for each in orders.find(text) for place in range(each.start, each.end)}
    return bool(taken) and sum(sign.isalpha() for at, sign in enumerate(text) if at not in taken) < _WORDS_LEFT


def limit(text: str) -> bool:
    """Whether a text only forbids something: a limit to hold, which says nothing of what is to be reached."""
    return _LIMIT.match(text) is not None and not re.search(r"[，。,;；\n]", text.strip().rstrip("。.；;"))
