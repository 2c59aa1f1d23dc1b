"""Tells the title of a document and the lines of its head: 时间：, 负责人： and the like right under it.

Knows what documents are called, which stands in `headings.toml`; nothing about goals themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.lint.documents.furniture import may_be_meta, names_period
from assistant.lint.documents.headings import TABLE
from assistant.lint.documents.labels import Label
from assistant.lint.documents.lines import BOLD, Line, without_mark
from assistant.lint.documents.wording import complete, moves

_WORDS = TABLE["titles"]
_LONGEST = 60
_MOST = 12
"""Lines of a head."""
_ROLES = frozenset(("owner", "deadline", "start", "period", "status", "id"))
"""What the labels of a head speak of, beside those that belong to heads anyway."""
_GOALS_BELOW = frozenset(("objective", "result", "goal", "item", "heading", "row", "table", "bold", "prose"))
_REMARK = re.compile(r"\([^()]*\)")
_BREAK = re.compile(r" [-–—|·] |[–—|·:,、]")
_PERIOD = r"(?:q[1-4]|h[12]|fy|v|[\d./-]|年度?|月|日|第|[一二三四]?季度?|[上下]半年)"
_CLOCK = re.compile(r"\d:\d\d|[上下]午|\d ?点")


def _any_of(*names: str) -> str:
    return "|".join(sorted((word for name in names for word in _WORDS[name]), key=lambda word: (-len(word), word)))


def _named(zh: str, en: str) -> re.Pattern[str]:
    """Return a pattern of the end of a title: what a document is called, and for whom or which time it is."""
    return re.compile(
        rf"(?:(?:{_any_of(zh)})|(?<![a-z])(?:{_any_of(en)})(?: (?:for|of|in) [a-z\d &]{{1,30}})?)(?: ?{_PERIOD})*$"
    )


_DOCUMENT, _PLAN, _MEETING = (_named(f"{name}_zh", f"{name}_en") for name in ("documents", "plans", "meetings"))
_DOES = re.compile(rf"(?: ?{_PERIOD})*[底末]?前? ?(?:{_any_of('verbs_zh')}|(?:{_any_of('verbs_en')}) )")
_HOW = re.compile(r"^\s*(?:大幅度?|显著|进一步|持续|全面|不断|稳步|有效|significantly |further |continuously )?")


def mark_head(lines: Sequence[Line]) -> None:
    """Mark the title of a document and the labelled lines right under it, where goals of their own stand below.

    A plan with an owner may be one of several pieces of work; it heads a document where these labels do not come again.
    """
    full = [line for line in lines if line.sort not in ("blank", "aside", "rule")]
    if len(full) < 2 or full[0].sort not in ("line", "heading", "bold") or full[0].label is not None:
        return
    title = full[0]
    sure = names_document(title.view) or names_meeting(title.view)
    if not sure and not _calls(_PLAN, title.view):
        return
    end = 1
    while end < len(full) and end <= _MOST and _heads(full[end].label):
        end += 1
    head, below = full[1:end], full[end:]
    if not below or (below[0].label is not None and below[0].label.under):
        return
    labels = {line.label.words for line in head if line.label}
    again = any(line.label is not None and line.label.words in labels for line in below)
    alone = not again or (sure and not _is_one_of_several(title, head, below))
    if head and alone and any(line.sort in _GOALS_BELOW or not line.label for line in below):
        for line in head:
            line.sort, line.meta, line.level = "head", True, 0
    elif head or not sure or below[0].sort not in ("objective", "result", "goal", "item"):
        return
    if title.sort == "line":
        title.sort, title.level = "title", BOLD


def _is_one_of_several(title: Line, head: Sequence[Line], below: Sequence[Line]) -> bool:
    """Tell whether another line like the title stands below with the same label under it: both are goals."""
    return any(
        line.sort == title.sort
        and line.level == title.level
        and not line.label
        and under.label is not None
        and head[0].label is not None
        and under.label.words == head[0].label.words
        for line, under in pairwise(below)
    )


def does(view: str) -> bool:
    """Tell whether a folded line begins with what is to be done: improve, 提升."""
    return _DOES.match(_HOW.sub("", view, count=1)) is not None


def names_document(view: str) -> bool:
    """Tell whether a folded title calls a document by what it holds: Product OKRs - Q1 2027, 销售部目标."""
    return _calls(_DOCUMENT, view)


def names_meeting(view: str) -> bool:
    """Tell whether a folded title is one of minutes: 运营部例会纪要."""
    return _calls(_MEETING, view)


def lends_time(line: Line, title: Line | None) -> bool:
    """Tell whether a line above the goals says for which time they are meant: a period, not the hour of a meeting."""
    label = line.label
    if label is None:
        return False
    if names_period(label.words):
        return True
    timed = line.sort == "head" and label.role in ("deadline", "period") and _CLOCK.search(label.value) is None
    return timed and title is not None and not names_meeting(title.view)


def _calls(pattern: re.Pattern[str], view: str) -> bool:
    words = " ".join(_REMARK.sub(" ", without_mark(view)).split()).strip(" *_.。~")
    if not words or len(words) > _LONGEST or moves(words) or complete(words) or _DOES.match(words):
        return False
    return any(pattern.search(piece.strip(" *_-")) for piece in _BREAK.split(words))


def _heads(label: Label | None) -> bool:
    """Tell whether a line with this label may belong to the head of a document."""
    if label is None or not label.value or moves(label.value):
        return False
    return label.role in _ROLES or may_be_meta(label.words) or names_period(label.words)
