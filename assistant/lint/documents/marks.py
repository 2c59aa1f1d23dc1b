"""Marks of lists and outlines before the words of a line: bullets, numbers, 一、 and （一）, boxes to tick.

Knows how deep a mark stands among the others; nothing about what the words after it say. Patterns are for folded texts.
"""

from __future__ import annotations

import re

_FORMAL = "壹贰叁参肆伍陆柒捌玖拾"
NUMERALS = f"一二三四五六七八九十{_FORMAL}"
_YEAR = r"(?:19|20)\d\d ?[年/.-]|1[0-4]\d ?年|\d{1,2} ?月"
"""What may follow a number's dot without a blank, since nobody writes a decimal so: 2.2027年, 3.6月底前."""
BULLET = r"[-*+•·]"
NUMBER = rf"\(?\d{{1,2}}[.、)]|[{NUMERALS}]{{1,3}}、|\([{NUMERALS}]{{1,3}}\)|[①-⑳]"
ITEM = re.compile(
    r"[ \t]*+(?:>[ \t]*+){0,8}(?:"
    rf"(?P<part>[{_FORMAL}]{{1,3}}、)"
    rf"|(?P<chapter>[{NUMERALS}]{{1,3}}、(?![{NUMERALS}]?[线级类等期]))"
    rf"|(?P<clause>\([{NUMERALS}]{{1,3}}\)|第[{NUMERALS}]{{1,2}}[,、])"
    rf"|(?P<number>\d{{1,3}}(?:、|\.(?=[ \t]|[^\d\s]|{_YEAR})|\)(?=[ \t]|\S))|[ⅰ-ⅻⅠ-Ⅻ][.、])"
    r"|(?P<bracket>\(\d{1,2}\)(?=\s|\S)|\(?[a-h]\)(?=[ \t]))"
    r"|(?P<circle>[①-⑳]|\d\ufe0f?\u20e3|🔟)"
    r"|(?P<bullet>[•·▪◦●■◆★☆►▶➢➤✓✔→](?!\d)|[-*+–—](?=[ \t])|-(?=[^\W\d])|\*(?=[^\s*])(?![^\n]*\*))"
    r")[ \t]*+(?:\[[ xX]\][ \t]*+)?"
)
"""A list mark with the quote marks and blanks around it."""
_RANKS = ("part", "chapter", "clause", "number", "bracket", "circle", "bullet")
TITLES = 2
"""The lowest rank that numbered titles of a plain text have."""
SEVERAL = 4
"""The rank of numbers of several levels."""
_LEVELS = re.compile(r"[ \t]*+(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?:[ \t、]+(?=\S)|(?=[\u4e00-\u9fff]))")
_FIRST_NUMBER = re.compile(r"[ \t]*+(\d{1,2})[.、)]")


def rank(mark: re.Match[str]) -> int:
    """Return how deep a mark of this sort usually stands: 壹、 0, 一、 1, （一） 2, `1.` 3, `(1)` 4, ① 5, bullets 6."""
    return next(at for at, name in enumerate(_RANKS) if mark[name])


def levels(views: list[str]) -> dict[int, int]:
    """Return where the words begin behind numbers such as 1.1 and 2.3, by place of the line.

    Such a number is a mark where it goes on from the one before it (`1.` or 1.1) or is gone on from: a line that
    begins with 1.5 million is no item.
    """
    found: dict[int, int] = {}
    last: tuple[int, ...] = ()
    waiting: tuple[int, tuple[int, ...], int] | None = None
    for at, view in enumerate(views):
        if match := _LEVELS.match(view):
            number = tuple(map(int, match["number"].split(".")))
            if _follows(last, number):
                found[at] = match.end()
                if waiting and waiting[1] == last:
                    found[waiting[0]] = waiting[2]
            waiting = (at, number, match.end())
            last = number
        elif first := _FIRST_NUMBER.match(view):
            last, waiting = (int(first[1]),), None
    return found


def _follows(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Tell whether a number of several levels comes right after another: 1 → 1.1 → 1.2 → 2.1."""
    if not last:
        return False
    if number == (*last, 1):
        return True
    depth = len(number)
    if len(last) < depth:
        return False
    same = last[: depth - 1] == number[:-1] and last[depth - 1] + 1 == number[-1]
    return same or (number[-1] == 1 and depth > 1 and _follows(last[: depth - 1], number[:-1]))
