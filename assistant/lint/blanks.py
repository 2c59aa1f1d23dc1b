"""Fixes that put a visible blank where something is missing, for a person to fill in; never a figure.

Knows the wording per language; nothing about why something is missing.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.goals.base import Language
from assistant.goals.findings import Edit, Fix
from assistant.lint.unit import Unit

Missing = Literal["deadline", "target", "baseline", "owner"]

_TITLE: dict[Language, dict[Missing, str]] = {
    "en": {
        "deadline": "Insert a blank for the deadline",
        "target": "Insert a blank for the value to reach",
        "baseline": "Insert a blank for today's value",
        "owner": "Insert a blank for the owner",
    },
    "zh-Hans": {
        "deadline": "插入期限的空格",
        "target": "插入目标值的空格",
        "baseline": "插入现值的空格",
        "owner": "插入负责人的空格",
    },
    "zh-Hant": {
        "deadline": "插入期限的空格",
        "target": "插入目標值的空格",
        "baseline": "插入現值的空格",
        "owner": "插入負責人的空格",
    },
}
_WORDS: dict[Language, dict[Missing, str]] = {
    "en": {
        "deadline": " (by [deadline])",
        "target": " (target: [target])",
        "baseline": " (now: [baseline])",
        "owner": " (owner: [owner])",
    },
    "zh-Hans": {
        "deadline": "（截止：【截止日期】）",
        "target": "（目标：【目标值】）",
        "baseline": "（目前：【现值】）",
        "owner": "（由【负责人】负责）",
    },
    "zh-Hant": {
        "deadline": "（截止：【截止日期】）",
        "target": "（目標：【目標值】）",
        "baseline": "（目前：【現值】）",
        "owner": "（由【負責人】負責）",
    },
}


_MARK = re.compile(r"[【\[][^】\]]+[】\]]")
_BY: dict[Language, str] = {"en": "by [deadline]", "zh-Hans": "在【截止日期】前", "zh-Hant": "在【截止日期】前"}


def blank(unit: Unit, missing: Missing, at: int | None = None) -> Fix | None:
    """Return a fix that inserts the blank at the place, by default at the unit's end; None where it is there already.

    Args:
        unit: the goal unit.
        missing: what the blank is for.
        at: place in the record's text, code points.
    """
    if unit.scope.draft:
        return None
    words = _WORDS[unit.language][missing]
    mark = _MARK.search(words)
    if mark is not None and mark[0] in unit.text[unit.start : unit.end]:
        return None
    place = unit.body[1] if at is None else at
    edit = Edit(start=place, end=place, replacement=words)
    return Fix(title=_TITLE[unit.language][missing], edits=(edit,), safety="placeholder")


def dated(unit: Unit, start: int, end: int) -> Fix | None:
    """Return a fix that puts a blank date in the place of a soft one, None for drafts."""
    if unit.scope.draft:
        return None
    edit = Edit(start=start, end=end, replacement=_BY[unit.language])
    return Fix(title=_TITLE[unit.language]["deadline"], edits=(edit,), safety="placeholder")
