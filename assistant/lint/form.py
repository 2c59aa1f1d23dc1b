# ruff: noqa: E501
"""Tells from its form what a record is: an objective with key results, labelled fields, numbered parts, or one line.

Knows nothing about what the words mean beyond their labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.goals.findings import GoalKind
from assistant.language.later import later
from assistant.lint.documents.marks import BULLET, ITEM, NUMBER

_BULLET = rf"[ \t]*+(?:>[ \t]*+)?(?:#{{1,6}}[ \t]*+)?(?:{BULLET}|{NUMBER})?[ \t]*+(?:\[[ x]\][ \t]*+)?[*_]{{0,4}}"
_STARTS = r"(?:^|(?<=[\n。；;.:!,])|(?<=\s)(?=\S))"
"""Where a label may begin. Of a run of blanks only its last place counts, and blanks are never given back: a text of
blanks alone is read in one pass."""
_END = r"(?:[】\]][ \t]{0,3}:?|[*_]{0,2}[ \t]{0,3}:[*_]{0,2})"
FIELDS: dict[str, str] = {
    "specific": "目标内容|具体目标|具体内容|具体性|具体的|具体|明确性|明确|specific",
    "measurable": "目标数值|目标值|量化标准|现况|现状|现值|基线|可衡量标准|可衡量性|可衡量的|可衡量|可量化|可度量|衡量标准|衡量指标|measurable|measure",
    "achievable": "可行性|资源|可实现性|可实现的|可实现|可达成性|可达成|可达到|achievable|attainable",
    "relevant": "关联目标|对应目标|意义|相关性|相关的|相关|关联性|relevant|relevance",
    "time_bound": "时间框架|时间限制|时限性|有时限|时限|截止时间|截止日期|截止日|截止|完成时间|完成日期|完成期限|到期日|执行期间|期限|期程|时程|时间"
    "|time[- ]?bound|timely|time ?frame|timeline|target date|due date|due|by when|deadline",
    "monitoring": "衡量方式|追踪频率|检视频率|监控方式|监控方法|监控|跟踪方式|追踪方式|monitoring|how (?:it is )?monitored|tracking",
}
"""Labels of a goal's fields, as they stand in a folded text."""
FIELD_LINE = later(
    rf"(?P<lead>{_BULLET})[【\[]?(?:[smart]\s{{0,3}}[-–—(]\s{{0,3}})?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in FIELDS.items())
    + rf")\)?(?:\s{{0,3}}\([a-z \-]{{1,30}}\))?\s{{0,3}}{_END}"
)
LETTER = later(
    rf"(?:^|(?<=\n)){_BULLET}(?P<letter>[smart])[*_]{{0,2}}(?:\s{{0,3}}\([^)\n]{{1,20}}\))?[*_]{{0,2}}[ \t]{{0,3}}"
    r"(?::[*_]{0,2}|[-–—](?=[ \t]))"
)
"""A line marked by a letter of SMART alone, which says something only beside the others."""
LETTER_FIELDS = {"s": "specific", "m": "measurable", "a": "achievable", "r": "relevant", "t": "time_bound"}
HEADED_FIELD = later(
    rf"(?:^|(?<=\n))[ \t]*+(?:#{{1,6}}[ \t]++[*_]{{0,2}}|[*_]{{2}})(?:{NUMBER})?[ \t]*+(?:[smart]\s{{0,3}}[-–—(]\s{{0,3}})?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in FIELDS.items())
    + r")\)?(?:\s{0,3}\([a-z \-]{1,30}\))?[*_]{0,2}[ \t]*+(?=\n|$)"
)
"""A heading or a line in bold that is nothing but a field's label, whose value stands below it."""
_SPLIT_LETTER = later(r"([*_]{2})([smart])\1(?=[a-z])")
_FIELD = later(rf"{_STARTS}(?:{FIELD_LINE.pattern})")
_ASIDE = frozenset({"achievable", "relevant", "monitoring"})
KEY_RESULT = later(
    rf"{_STARTS}(?:{_BULLET})[【\[]?"
    r"(?P<label>kr[ \t-]{0,3}\d{0,4}(?:[.-]\d{1,4})?|关键[结成]果[ \t]{0,3}[\d一二三四五]{0,4}|[结成]果[ \t]?[\d一二三四五]{1,2}"
    r"|key results?[ \t]{0,3}\d{0,4})"
    r"(?:\s{0,3}\([^)\n]{1,12}\))?(?:[】\]]:?|[*_]{0,2}[ \t]{0,3}(?::|、|[-–—.)](?=\s)))[*_]{0,2}[ \t]*+"
    rf"|(?:^|(?<=\n)){_BULLET}(?P<bare>kr\s?\d{{1,2}}(?:\.\d{{1,2}})?)[*_]{{0,2}}[ \t]++(?=[^\s:\-–—.、)(])"
)
OBJECTIVE = later(
    rf"(?:{_BULLET})[【\[]?(?P<label>(?:目标[ \t]?)?(?:objective|o)[ \t-]{{0,3}}(?P<nth>\d{{1,4}})?"
    r"|(?:smart\s{0,3})?目标\s{0,3}[\d一二三四五六七八九十]{0,4})"
    r"(?:\s{0,3}\([^)\n]{1,24}\)|\s{1,3}(?:for )?[hq]?\d[^:\n]{0,12})?"
    r"(?:[】\]]:?|[*_]{0,2}[ \t]{0,3}(?::|(?(nth)(?:[.、)](?=[\s\u4e00-\u9fff])|[-–—](?=\s))|(?!))))[*_]{0,2}[ \t]*+"
)
BARE_OBJECTIVE = later(r"[ \t#*_>-]*+o\d{1,2}(?:\.\d)?[ \t*_]++(?=[^\s\d])")
"""An objective without a colon, as results or a list below it show."""
_STRICT_OBJECTIVE = later(r"(?:目标\s*)?(?:objective|o)[\s-]*\d*$")
_HEADED = later(r"[ \t#*_]*+(?:objective|目标)[ \t]{0,3}\d{0,2}[ \t*_]*+:?[ \t*_]*+\n")
RESULTS_HEAD = later(r"(?:^|(?<=\n))[ \t#*_>+-]*+(?:key results?|krs?|关键[结成]果)[ \t*_]*+:?[ \t*_]*+(?=$|\n)")
"""A line that only says that key results follow."""
_OWN_LINE = later(
    r"[*_]{0,2}(?:负责人|责任人|负责|主责|状态|权重|行动|行动计划|措施|举措|备注|owner|lead|status|weight|actions?|notes?|dri)"
    r"[*_]{0,2}[ \t]{0,3}:"
)
"""A list item that speaks of the objective as a whole and is no key result of it."""
_ITEM_LINE = later(rf"(?<=\n){ITEM.pattern}")
_FIGURE = later(r"(?<![hq\d])\d+(?:\.\d+)?(?![\d.]|\s*(?:年|月|日|号|季))(?!(?<=20\d\d)(?!\d))")
_NUMBER_MARK = later(r"[)、①-⑨]")
_NUMBERED = later(r"(?:(?<=^)|(?<=[\s;。:,]))(?:\(?[1-9][)、]|[①-⑨])\s*+")


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
    text = unbroken(text)
    fields, aside = _fields(text)
    if len(fields) >= 2:
        return Outline("smart_goal", 0, (), fields, aside)
    objective = OBJECTIVE.match(text)
    if objective is None and (headed := _HEADED.match(text)) and (head := RESULTS_HEAD.search(text, headed.end())):
        return Outline("objective", headed.end(), _listed(text, head.end()))
    results = list(KEY_RESULT.finditer(text))
    if objective and heads_results(text) and len(results) <= 1:
        listed = _listed(text, results[0].end() if results else objective.end())
        if len(listed) >= 2 and (not results or listed[0][0] - results[0].end() < 12):
            return Outline("objective", objective.end(), listed)
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
    if objective is None and (bare := BARE_OBJECTIVE.match(text)) and len(listed := _listed(text, bare.end())) >= 2:
        return Outline("objective", bare.end(), listed)
    if objective:
        strict = bool(_STRICT_OBJECTIVE.fullmatch(objective["label"].strip()))
        return Outline("objective" if strict else None, objective.end())
    return Outline(None, 0, _numbered(text))


def unbroken(text: str) -> str:
    """Return a folded text with its words whole where only their first letter is bold: `**S**pecific`."""
    return _SPLIT_LETTER.sub(r"\1\1\2", text) if "*" in text or "_" in text else text


def heads_results(text: str) -> bool:
    """Tell whether a folded text begins with an objective under which list items are key results.

    A label for objectives says so; 目标 does where no figure but a date follows in its line, for then it is no goal
    with a list of steps.
    """
    objective = OBJECTIVE.match(text)
    if objective is None:
        return False
    if _STRICT_OBJECTIVE.fullmatch(objective["label"].strip()):
        return True
    return _FIGURE.search(text.partition("\n")[0], objective.end()) is None


def _listed(text: str, at: int) -> tuple[tuple[int, int, GoalKind], ...]:
    items = list(_ITEM_LINE.finditer(text, at))
    if not items:
        return ()
    ends = [item.start() for item in items[1:]] + [len(text)]
    return tuple(
        (item.end(), end, "key_result")
        for item, end in zip(items, ends, strict=True)
        if not FIELD_LINE.match(text, item.end()) and not _OWN_LINE.match(text, item.end())
    )


def _fields(text: str) -> tuple[frozenset[str], tuple[tuple[int, int], ...]]:
    marks = [(match.start(), match.end(), _label(match)) for match in _FIELD.finditer(text)] if _may_label(text) else []
    marks = sorted(
        {start: (start, end, label) for start, end, label in (*_letters(text), *_headed(text), *marks)}.values()
    )
    if not marks:
        return frozenset(), ()
    ends = [mark[0] for mark in marks[1:]] + [len(text)]
    held = {label for (_, start, label), end in zip(marks, ends, strict=True) if text[start:end].strip(" \t\n*_-")}
    aside = tuple((start, end) for (_, start, label), end in zip(marks, ends, strict=True) if label in _ASIDE)
    return frozenset(held), aside


def _may_label(text: str) -> bool:
    return ":" in text or "】" in text or "]" in text


def _letters(text: str) -> list[tuple[int, int, str]]:
    """Return the lines marked by letters of SMART, where at least three of the letters stand there."""
    if text.count("\n") < 2:
        return []
    found = [(match.start(), match.end(), match["letter"]) for match in LETTER.finditer(text)]
    if len({letter for *_, letter in found}) < 3:
        return []
    return [(start, end, LETTER_FIELDS[letter]) for start, end, letter in found]


def _headed(text: str) -> list[tuple[int, int, str]]:
    """Return the headings that name fields, where at least three stand there."""
    if "#" not in text and "**" not in text and "__" not in text:
        return []
    found = [(match.start(), match.end(), _label(match)) for match in HEADED_FIELD.finditer(text)]
    return found if len({label for *_, label in found}) >= 3 else []


def _label(match: re.Match[str]) -> str:
    return next(name for name in FIELDS if match[name])


def _numbered(text: str) -> tuple[tuple[int, int, GoalKind], ...]:
    if _NUMBER_MARK.search(text) is None:
        return ()
    marks = list(_NUMBERED.finditer(text))
    if len(marks) < 2:
        return ()
    ends = [match.start() for match in marks[1:]] + [len(text)]
    return tuple(
        (match.end(), end, "smart_goal")
        for match, end in zip(marks, ends, strict=True)
        if text[match.end() : end].strip()
    )
