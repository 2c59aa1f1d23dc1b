"""Takes out characters that nobody sees: zero-width ones, direction marks, tag characters. Knows nothing about files.

A joiner inside an emoji and the tags of a flag are part of what is seen and stay.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_EMOJI = "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_MODIFIER = "[\ufe0f\U0001f3fb-\U0001f3ff]?"
_SEEN = re.compile(
    f"{_EMOJI}{_MODIFIER}(?:\u200d{_EMOJI}{_MODIFIER})+|\U0001f3f4[\U000e0020-\U000e007e]{{1,8}}\U000e007f"
)
_MARKS = re.compile(
    "(?P<direction>[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c])"
    "|(?P<tag>[\U000e0000-\U000e007f])"
    "|(?P<width>[\u200b-\u200d\u2060-\u2064\ufeff\u180e\u00ad\u034f\u115f\u1160\u3164\uffa0])"
)
_ANY = re.compile(f"(?:{_SEEN.pattern})|(?:{_MARKS.pattern})")
_STACK = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f"
    "\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
KINDS = {
    "width": "invisible character",
    "direction": "direction mark",
    "tag": "invisible tag character",
}


class Taken(NamedTuple):
    """Marks of one kind that were taken out of a text: how many, and what they say or are called."""

    kind: str
    number: int
    words: str


def any_unseen(text: str) -> bool:
    """Tell whether a text has anything for `visible` or `unstacked` to do; it is the quick look at a whole file."""
    return not text.isascii() and (_MARKS.search(text) is not None or _STACK.search(text) is not None)


def visible(text: str) -> tuple[str, list[Taken]]:
    """Return the text as it is seen, and what was taken out."""
    if text.isascii() or not _MARKS.search(text):
        return text, []
    found: dict[str, list[str]] = {}

    def keep(match: re.Match[str]) -> str:
        if match.lastgroup is None:
            return match[0]
        found.setdefault(match.lastgroup, []).append(match[0])
        return ""

    clean = _ANY.sub(keep, text)
    return clean, [Taken(kind, len(marks), _said(kind, marks)) for kind, marks in found.items()]


def unstacked(text: str) -> tuple[str, int]:
    """Return the text with at most four marks over one letter, and how many letters had more."""
    return (text, 0) if text.isascii() else _STACK.subn(r"\1", text)


def _said(kind: str, marks: list[str]) -> str:
    """Return what tag characters spell, and the names of other marks."""
    if kind == "tag":
        return "".join(chr(ord(mark) - 0xE0000) for mark in marks if 0xE0020 <= ord(mark) < 0xE007F)[:200]
    return ", ".join(
        f"U+{ord(mark):04X} {unicodedata.name(mark, '').lower()}".strip() for mark in list(dict.fromkeys(marks))[:4]
    )
