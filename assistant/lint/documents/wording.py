"""Tells from its words whether a line says all of a goal, only a part of one, or goes on from the line before.

Knows the small words around figures and dates; nothing about lines and lists. Texts are folded.
"""

from __future__ import annotations

import re

_MOVES = re.compile(
    r"(?:(?<![a-z])from|从|由|自)[^\n]{0,12}?\d[^\n]{0,24}?(?:(?<![a-z])to(?![a-z])|到|至|降|升|为|→)[^\n]{0,8}?\d|\d[^\n]{0,8}?(?:→|->)[^\n]{0,8}?\d"
)
_DUE = re.compile(r"(?<![a-z])(?:by|before|until|due)\s|[日月底末年季度]前|[之以]前")
_END_OF = re.compile(r"(?:年|月|季度)(?:底|末)")
_PROMISE = re.compile(r"(?<![a-z])(?:by|before)\s(?:[a-z]+\s){0,3}\d|\d\s{0,3}[年月日季度底末]{1,3}[之以]?前")
_QUESTION = re.compile(r"[#\s\d.]*(?:what|how|why|where|who|when)(?![a-z])")
_DIGIT = re.compile(r"\d")
_GOES_ON = re.compile(r"[ \t]*(?:from|to|by|in|of|and|for|with|at|on|before|until|per|compared|which|that)(?![a-z])")
_ENDS = re.compile(r"[.。!！?？;；:：][ \t*_)）\"”」]*$")
_FIGURE = re.compile(r"[^\d\s]{0,3}\d[^,.;。，；]{0,14}$")
_PART = re.compile(
    r"(?<![a-z])(?:from|to|by|before|until|at least|at most|up to|less than|more than|below|above|under|over|end of"
    r"|the|of|in|on|per|a|and|now|today|currently|q[1-4]|h[12]|fy|mid|early|late|eoy|eom"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
    r"|reduce[ds]?|cut|raise[ds]?|increase[ds]?|(?:st|nd|rd|th)|percent"
    r"|days?|weeks?|months?|years?|hours?|minutes?|points?)(?![a-z])"
    r"|从|由|自|将|把|降低?|提升|提高|增加|增长|减少|缩短|下降|上升|升|到|至|为|达|在|于|不[超低高]过?于?|以[上下内前]|之?前|底|末|中旬|上旬|下旬|第|民国"
    r"|[上下]半年|半年|年度?|季度?|月份?|日|号|天|周|个|小时|分钟|万|亿|元|人|次|家|件|分|点|百分|以|完成|达成|实现|目标"
    r"|[\d一二三四五六七八九十.,:;/%％~～→≥≤<>=+\-–—()（）\s，。；、*_]"
)


def moves(view: str) -> bool:
    """Tell whether words move a figure: from 8% to 5%, 由5升至8."""
    return _MOVES.search(view) is not None


def says_all(view: str) -> bool:
    """Tell whether words say all of a goal: which figure is to move, from where, to where, by when."""
    return moves(view) and _DUE.search(view) is not None


def complete(view: str) -> bool:
    """Tell whether words say what is to be done by when, with a figure or a date."""
    due = _DUE.search(view) or _END_OF.search(view)
    return due is not None and _DIGIT.search(view) is not None and not fragment(view)


def promises(view: str) -> bool:
    """Tell whether a heading says what will be done by when, and does not only name a time: 2027年底前完成改造."""
    if len(view) < 12 or (view.isascii() and len(view.split()) < 5) or _QUESTION.match(view):
        return False
    return _PROMISE.search(view) is not None and not fragment(view.lstrip("# "))


def fragment(words: str) -> bool:
    """Tell whether words only say how far or by when, and not what: `From 8% to 5%`, 2027年6月底前."""
    return bool(words.strip()) and _DIGIT.search(words) is not None and not _PART.sub("", words)


def only_figure(value: str) -> bool:
    """Tell whether a label's value is a figure and no sentence."""
    return _FIGURE.match(value) is not None


def goes_on(before: str, view: str) -> bool:
    """Tell whether a line is the rest of the sentence before it, broken for its length."""
    return _ENDS.search(before) is None and _GOES_ON.match(view) is not None


def title_like(words: str) -> bool:
    """Tell whether an item's words may be a title of the items under it: a few words without a figure."""
    bare = words.strip().strip("*_").strip()
    bold = words.strip().startswith(("**", "__"))
    if bare.endswith((":", "：")):
        return True
    longest, most = (40, 8) if bold else (24, 4)
    return not _DIGIT.search(bare) and len(bare) <= longest and len(bare.split()) <= most
