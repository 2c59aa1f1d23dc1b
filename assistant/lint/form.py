# ruff: noqa: E501
"""Tells from its form what a record is: an objective with key results, labelled fields, numbered parts, or one line.

Knows nothing about what the words mean beyond their labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.goals.findings import GoalKind

_BULLET = r"[ \t]*(?:[-*+•·>]|#{1,6}|\d{1,2}[.、)])?[ \t]*(?:\[[ x]\][ \t]*)?[*_]{0,2}"
_END = r"(?:[】\]][ \t]*:?|[*_]{0,2}[ \t]*:[*_]{0,2})"
FIELDS: dict[str, str] = {
    "specific": "目标内容|具体目标|具体内容|具体性|具体的|具体|明确性|明确|specific",
    "measurable": "目标数值|目标值|量化标准|现况|现状|现值|基线|可衡量标准|可衡量性|可衡量的|可衡量|可量化|可度量|衡量标准|衡量指标|measurable|measure",
    "achievable": "可行性|资源|可实现性|可实现的|可实现|可达成性|可达成|可达到|achievable|attainable",
    "relevant": "关联目标|对应目标|意义|相关性|相关的|相关|关联性|relevant|relevance",
    "time_bound": "时间框架|时间限制|时限性|有时限|时限|截止时间|截止日期|截止日|完成时间|完成日期|完成期限|到期日|执行期间|期限|期程|时程|时间"
    "|time[- ]?bound|timely|time ?frame|timeline|target date|due date|due|by when|deadline",
    "monitoring": "衡量方式|追踪频率|检视频率|监控方式|监控方法|监控|跟踪方式|追踪方式|monitoring|how (?:it is )?monitored|tracking",
}
"""Labels of a goal's fields, as they stand in a folded text."""
FIELD_LINE = re.compile(
    rf"(?P<lead>{_BULLET})[【\[]?(?:[smart]\s*[-–—(]\s*)?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in FIELDS.items())
    + rf")(?:\s*\([a-z \-]+\))?\s*{_END}"
)
_FIELD = re.compile(rf"(?:^|(?<=[\n\s。；;.!]))(?:{FIELD_LINE.pattern})")
_ASIDE = frozenset({"achievable", "relevant", "monitoring"})
KEY_RESULT = re.compile(
    rf"(?:(?<=^)|(?<=[\n;。.:,\s]))(?:{_BULLET})"
    r"(?P<label>kr\s*\d*(?:\.\d+)?|关键[结成]果\s*[\d一二三四五]*|key results?\s*\d*)(?:\s*\([^)\n]{1,12}\))?"
    r"[*_]{0,2}[ \t]*(?::|[-–—.、)](?=\s))[*_]{0,2}[ \t]*"
)
OBJECTIVE = re.compile(
    rf"(?:{_BULLET})(?P<label>o\s*\d*|objective\s*\d*|(?:smart\s*)?目标\s*[\d一二三四五六七八九十]*)"
    r"(?:\s*\([^)\n]{1,24}\)|\s+(?:for )?[hq]?\d[^:\n]{0,12})?[*_]{0,2}[ \t]*:[*_]{0,2}[ \t]*"
)
_STRICT_OBJECTIVE = re.compile(r"(?:o\s*\d*|objective\s*\d*)$")
_ITEM_LINE = re.compile(r"(?<=\n)[ \t]*(?:[-*+•]|\(?\d{1,2}[.)、])[ \t]*")
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=[\s;。:,]))(?:\(?[1-9][)、]|[①-⑨])\s*")


@dataclass(frozen=True, slots=True)
class Outline:
    """The form of a record.

    Attributes:
        kind: kind told by the form, or None.
        start: where the goal's words begin, after a label.
        parts: key results or numbered parts as (start, end, kind).
        fields: names of labelled fields that hold words.
        aside: places of fields that do not say what is to be reached: resources, reasons, monitoring.
    """

    kind: GoalKind | None
    start: int
    parts: tuple[tuple[int, int, GoalKind], ...] = ()
    fields: frozenset[str] = frozenset()
    aside: tuple[tuple[int, int], ...] = ()


def outline(text: str) -> Outline:
    """Return the form of one record's text, given as folded by `plain`."""
    fields, aside = _fields(text)
    if len(fields) >= 2:
        return Outline("smart_goal", 0, (), fields, aside)
    results = list(KEY_RESULT.finditer(text))
    objective = OBJECTIVE.match(text)
    if results and not (len(results) == 1 and results[0].start() == 0 and not objective):
        ends = [match.start() for match in results[1:]] + [len(text)]
        parts: tuple[tuple[int, int, GoalKind], ...] = tuple(
            (match.end(), max(end, match.end()), "key_result") for match, end in zip(results, ends, strict=True)
        )
        return Outline(
            "objective", objective.end() if objective else 0, tuple(p for p in parts if text[p[0] : p[1]].strip())
        )
    if results:
        return Outline("key_result", results[0].end())
    if objective:
        strict = bool(_STRICT_OBJECTIVE.fullmatch(objective["label"].strip()))
        items = list(_ITEM_LINE.finditer(text, objective.end())) if strict else []
        if len(items) >= 2:
            ends = [item.start() for item in items[1:]] + [len(text)]
            listed: tuple[tuple[int, int, GoalKind], ...] = tuple(
                (item.end(), end, "key_result") for item, end in zip(items, ends, strict=True)
            )
            return Outline("objective", objective.end(), listed)
        return Outline("objective" if strict else None, objective.end())
    return Outline(None, 0, _numbered(text))


def _fields(text: str) -> tuple[frozenset[str], tuple[tuple[int, int], ...]]:
    if ":" not in text:
        return frozenset(), ()
    marks = [(match.start(), match.end(), _label(match)) for match in _FIELD.finditer(text)]
    if not marks:
        return frozenset(), ()
    ends = [mark[0] for mark in marks[1:]] + [len(text)]
    held = {label for (_, start, label), end in zip(marks, ends, strict=True) if text[start:end].strip(" \t\n*_-")}
    aside = tuple((start, end) for (_, start, label), end in zip(marks, ends, strict=True) if label in _ASIDE)
    return frozenset(held), aside


def _label(match: re.Match[str]) -> str:
    return next(name for name in FIELDS if match[name])


def _numbered(text: str) -> tuple[tuple[int, int, GoalKind], ...]:
    marks = list(_NUMBERED.finditer(text))
    if len(marks) < 2:
        return ()
    ends = [match.start() for match in marks[1:]] + [len(text)]
    return tuple(
        (match.end(), end, "smart_goal")
        for match, end in zip(marks, ends, strict=True)
        if text[match.end() : end].strip()
    )
