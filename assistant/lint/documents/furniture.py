"""Tells what stands around goals in mails, minutes, notices and forms: forms of address, endings, signatures, headers.

Knows the words of such lines, which stand in `headings.toml`; nothing about goals.
"""

from __future__ import annotations

import re

from assistant.lint.documents.headings import TABLE

_WORDS = TABLE["furniture"]
_SURE = frozenset(_WORDS["labels"])
_LIKELY = frozenset(_WORDS["labels_together"])
_PERIODS = frozenset(_WORDS["periods"])
_MOST_SIGNED = 8
"""Lines after an ending that may be a signature."""
_LONGEST_NAME = 40


def _any_of(*names: str) -> str:
    return "|".join(word for name in names for word in _WORDS[name])


_GREETING = re.compile(rf"[ \t>]*+(?:{_any_of('greetings_zh', 'greetings_en')})[ \t]*[,:!.。~～👇]*\s*$")
_CLOSING = re.compile(rf"[ \t>]*+(?:{_any_of('closings_zh', 'closings_en')})[ \t]*[,:!.。~～]*\s*$")
_REQUEST = re.compile(rf"[ \t>]*+(?:{_any_of('requests_zh')}|(?:{_any_of('requests_en')})(?![a-z]))")
_DATE = re.compile(
    r"[ \t]*+(?:(?:民国)?\d{2,4} ?[年/.-] ?\d{1,2} ?[月/.-] ?\d{1,2} ?日?"
    r"|[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* 20\d\d)[ \t]*$"
)
_CUT = re.compile(r"[ \t]*-- ?$")


def is_meta(label: str) -> bool:
    """Tell whether a folded label belongs to the head of a mail, a meeting or a form wherever it stands: 主持人."""
    return label in _SURE


def may_be_meta(label: str) -> bool:
    """Tell whether a folded label belongs to such a head where others stand beside it: From, 部门, Team."""
    return label in _LIKELY or label in _SURE


def names_period(label: str) -> bool:
    """Tell whether a folded label at the head of a form says for which time its goals are meant."""
    return label in _PERIODS


def is_furniture(view: str) -> bool:
    """Tell whether a folded line of its own is a form of address, an ending or a bare date."""
    if len(view) > 3 * _LONGEST_NAME:
        return False
    return any(pattern.match(view) for pattern in (_GREETING, _CLOSING, _DATE, _CUT))


def asks(view: str) -> bool:
    """Tell whether a folded line speaks to the reader, as `Please send me your comments` does."""
    return _REQUEST.match(view) is not None or view.rstrip(" *_").endswith("?")


def signs_off(view: str) -> bool:
    """Tell whether below a folded line nothing comes but the names of those who write."""
    return len(view) <= _LONGEST_NAME and (_CLOSING.match(view) is not None or _CUT.match(view) is not None)


def may_be_signed(views: list[str]) -> bool:
    """Tell whether the full lines below an ending are short and few enough for names, offices and numbers."""
    return len(views) <= _MOST_SIGNED and all(len(view.strip()) <= 2 * _LONGEST_NAME for view in views)
