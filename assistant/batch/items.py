"""Tells whether every item of a row's list is taken up by the goals that take the row's place.

Knows nothing about how goals are written: words of a model and words by rule are held to the same.
"""

from __future__ import annotations

import re
from itertools import pairwise

_BORDER = re.compile(
    r"[\n;；]|(?<![\d.])(?:(?<=[\s，,。、])|^)(?=(?:[(（]\d{1,2}[)）]|\d{1,2}[.、)）．](?!\d)|[①-⑳])\s*\D)"
)
_MARK = re.compile(
    r"^\s*(?:[(（]?\d{1,2}[.、)）．:：](?!\d)|[①-⑳]|[-*•·]|[（(]?[一二三四五六七八九十]{1,2}[)）、.])\s*"
)
_SAYS_LITTLE = re.compile(
    r"提升|提高|加强|加強|强化|強化|优化|優化|改善|改进|改進|推进|推進|推动|推動|完善|促进|促進|增强|增強|深化|落实|落實|持续|持續|全面|进一步|進一步|不断|不斷|大幅|显著|顯著|降低|减少|減少|增加|工作|能力|水平|水準|[的与與和及了]"
)
_SMALL = frozenset(
    "the and for with from into our their its all any more less than improve improved improving increase reduce raise"
    " lower strengthen enhance optimise optimize better boost drive this that will each per are new make work".split()
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]{2,}|[A-Z][A-Z0-9]+|\d[\d.,]*")
_STEM = 5


def listed(text: str) -> list[str]:
    """Return the items of a numbered or separated list, without their marks; none where a text is one statement."""
    cuts = [0, *(match.start() for match in _BORDER.finditer(text)), len(text)]
    found = [_MARK.sub("", text[start:end].strip(" \t\n;；")).strip() for start, end in pairwise(cuts)]
    items = [each for each in found if sum(map(str.isalpha, each)) >= 2]
    return items if len(items) > 1 else []


def missing(text: str, rewrites: list[str]) -> list[str]:
    """Return the items that no rewrite takes up, in order.

    An item is taken up where a rewrite says a word of it, or where a rewrite that says no item's words can stand for
    it: 提升效率 may have become a goal on tasks done a week.

    Args:
        text: the row's own words.
        rewrites: all goals that take the row's place.
    """
    items = [(item, _telling(item)) for item in listed(text)]
    said = [set(_telling(each)) for each in rewrites]
    unsaid = [item for item, words in items if words and not any(words & each for each in said)]
    free = sum(not any(words & each for _, words in items) for each in said)
    return unsaid if len(unsaid) > free else []


def _telling(words: str) -> set[str]:
    """Return the words by which an item is known again: pairs of Chinese signs, stems of words, figures."""
    runs = _HAN.findall(_SAYS_LITTLE.sub(" ", words)) or _HAN.findall(words)
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    stems = {
        each.casefold().rstrip(".,")[:_STEM] for each in _WORD.findall(words) if each.casefold() not in _SMALL
    }  # fmt: skip
    return pairs | stems
