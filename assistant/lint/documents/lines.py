"""Cuts a text into lines and tells what sort each is: heading, item, field, key result, row, title, prose, code.

Knows the marks of Markdown and the labels of goals; nothing about which lines make a goal together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.files.document import Table
from assistant.lint.documents.headings import BESIDE, heading
from assistant.lint.form import FIELD_LINE, KEY_RESULT, OBJECTIVE
from assistant.lint.plain import plain

_FLAT = re.compile(r"[ \t]+(?=#{2,6}[ \t]|---(?:[ \t]|$)|[-*][ \t]+(?:\*\*|[^\s*]{2,6}[:：])|\d{1,2}\.[ \t]+\*\*)")
_RULE_LINE = re.compile(r"[ \t]*+(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,}|={3,}[ \t]*+)$")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+")
ITEM = re.compile(
    r"[ \t]*+(?:>[ \t]*+){0,8}(?:[•·▪◦●■◆]|[-*+](?=[ \t])|-(?=[^\W\d])|\*(?=[^\s*])(?![^\n]*\*)"
    r"|[(（]?\d{1,3}(?:、|[.)）](?=[ \t]|[^\d]))|[①-⑳])[ \t]*+(?:\[[ xX]\][ \t]*+)?"
)
_STRUCK = re.compile(r"~~.+~~\s*$")
_BOLD = re.compile(r"[ \t]*+(?:\*\*[^*]+\*\*|__[^_]+__|\*[^*]+\*)[ \t]*+:?[ \t]*+$")
_TITLE = re.compile(
    r"[ \t]*+(?:(?:(?:our|my|the|team|department|20\d\d|fy ?\d\d|[qh]\d)(?: (?!its|their|all)[a-z0-9&]+){0,2} "
    r"|[a-z]+ team )"
    r"(?:goals|targets|objectives|okrs|kpis)(?: (?:for|in) [a-z0-9 ]{1,16}| 20\d\d| [qh]\d[ \d]*)?"
    r"|(?:[一二三四五六七八九十]{1,3}、)?(?:20\d\d年?(?:度|第?.季度?|上半年|下半年|q\d)?)?"
    r"(?!实现|达成|完成|超额|制定|落实|优化|提升|明确|聚焦|做好|抓好|推进|争取|确保|力争)"
    r"(?:[\u4e00-\u9fff]{0,6}(?:部|组|科|处|课|室|中心|团队|公司|部门|年度|季度|月度|销售|服务|工作|业务|个人|经营))?"
    r"(?:20\d\d年?)?(?:目标|计划|指标|okr|kpi)(?:清单|一览|汇总|表)?)[ \t]*+$"
)
"""A line that only says whose goals follow, and of which time."""
_RESULTS_HEAD = re.compile(r"[ \t#*_]*+(?:key results?|krs?|关键[结成]果)[ \t*_]*+:?[ \t*_]*+$")
_FENCE = re.compile(r"[ \t>]*+(?P<mark>`{3,}|~{3,})")
_FRONT = re.compile(r"[\w-]+[ \t]*:")
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-{2,}:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)+\|?[ \t]*+$")
_LABELLED_ITEM = re.compile(
    r"[ \t]*+(?:[-*+•][ \t]*+)?[*_]{0,2}(?P<label>[^:\n]{1,24}):[*_]{0,2}[ \t]*+(?P<value>[^\n]*)"
)
_NOTE_LABEL = re.compile(
    r"(?:数据)?来源|备注|说明|理由|原因|措施|举措|行动|支持|data source|source|notes?|why|reason|initiatives?|actions?"
)
"""Labels of a goal's lines that no table has a column for."""
_BARE_OBJECTIVE = re.compile(r"[ \t#*_>-]*+o\d{1,2}(?:\.\d)?[ \t*_]++(?=[^\s\d])")
_FIGURE = re.compile(r"[^\d\s]{0,3}\d[^,.;。，；]{0,14}$")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_GOAL_HEAD = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]*|[-*+•][ \t]+|\d{1,2}[.、)][ \t]*)?[*_]{0,2}"
    r"(?:(?:smart[ \t]*)?目标[ \t]*(?:\d{1,2}|[一二三四五六七八九十]{1,3})|(?:smart[ \t]+)?goal[ \t]*#?\d{1,2})"
    r"[*_]{0,2}[ \t]*(?:[:.、\-–—][*_]{0,2}|$|(?=[ \t]))"
)
_CHROME = re.compile(
    r"共\d+条回复|\d+条评论|我来回[复覆]|^\s*(?:点赞|收藏|转发|分享|评论|回复|登录|注册|上一篇|下一篇|目录|返回顶部|按赞|留言)\s*$"
    r"|copyright|all rights reserved|cookie"
    r"|^\s*(?:share|like|reply|comments?|log ?in|sign ?up|next|previous|menu|home)\s*$"
    r"|^\s*(?:作者|来源|发布于|阅读|page|第)\s*\d*\s*(?:页|of\s+\d+)?\s*:?\s*\d*\s*$"
    r"|^\s*\d+\s*(?:个月|天|小时|分钟|年)前\s*$"
)
_INTRO = re.compile(
    r"^\s*(?:以下是|以下为|以下|如下|[通透]过以上|[通透]过上述|实施以上|综上|总之|说明|备注|注:"
    r"|the following|these goals|this document|note:|below (?:is|are)|in summary|overview)"
)
_SENTENCE_END = re.compile(r"[。！？!?](?=.)|[.](?=\s+[A-Z])")


@dataclass(slots=True)
class Line:
    """A line, or a piece of a flattened one, `[start, end)` of the document; or a table that stands in its place."""

    start: int
    end: int
    number: int
    text: str
    view: str = ""
    sort: str = ""
    table: Table | None = None


def cut_lines(document: str) -> Iterator[Line]:
    """Yield the lines of a text; one that holds several headings, as copied pages do, is cut at them."""
    at = 0
    mark = "\n" if "\n" in document else "\r"
    for number, raw in enumerate(document.split(mark), start=1):
        line = raw.rstrip("\r")
        cuts = [0]
        if "#" in line and re.search(r"[ \t]#{2,6}[ \t]", line):
            cuts += [match.end() for match in _FLAT.finditer(line)]
        for first, last in zip(cuts, [*cuts[1:], len(line)], strict=True):
            piece = line[first:last]
            yield Line(at + first, at + last, number, piece)
        at += len(raw) + 1


def tell_sorts(lines: list[Line]) -> None:
    """Fill in the folded view and the sort of each line."""
    for line in lines:
        line.view = plain(line.text)
        line.sort = "table" if line.table is not None else _sort(line.view)
    _set_aside(lines)
    for above, below in pairwise([line for line in lines if line.sort != "blank"]):
        if below.sort == "result" and above.sort in ("line", "heading", "bold") and _BARE_OBJECTIVE.match(above.view):
            above.sort = "objective"
    for at, line in enumerate(lines):
        known = at and line.sort == lines[at - 1].sort == "row"
        if at and not known and line.sort != "aside" and "|" in lines[at - 1].text and _TABLE_RULE.match(line.text):
            _mark_rows(lines, at)


def _set_aside(lines: list[Line]) -> None:
    """Take what is no text of the document out: front matter, fenced code, comments of several lines."""
    end = _front_matter(lines)
    for line in lines[:end]:
        line.sort = "aside"
    at, hopeless = end, set[str]()
    while at < len(lines):
        last = _aside_end(lines, at, hopeless)
        for line in lines[at : last + 1]:
            line.sort = "aside"
        at = max(last, at) + 1


def _front_matter(lines: list[Line]) -> int:
    if len(lines) < 3 or lines[0].text.strip("\ufeff \t") != "---" or not _FRONT.match(lines[1].text):
        return 0
    return next((at + 1 for at in range(1, min(len(lines), 200)) if lines[at].text.strip() in ("---", "...")), 0)


def _aside_end(lines: list[Line], at: int, hopeless: set[str]) -> int:
    """Return the last line of the code or comment that begins at a line, -1 where none begins or it never ends.

    `hopeless` holds the ends that were looked for in vain, so that each is looked for once.
    """
    text = lines[at].text
    if fence := _FENCE.match(text):
        mark = fence["mark"]
    elif text.lstrip().startswith("<!--"):
        if "-->" in text:
            return at if text.rstrip().endswith("-->") else -1
        mark = "-->"
    else:
        return -1
    if mark in hopeless:
        return -1
    for number in range(at + 1, len(lines)):
        other = lines[number].text
        if mark in other if mark == "-->" else other.strip(" \t>").startswith(mark):
            return number
    hopeless.add(mark)
    return -1


def _mark_rows(lines: list[Line], at: int) -> None:
    """Mark the rows of the table whose rule stands at a line; its rows need no outer bars."""
    end = at + 1
    while end < len(lines) and "|" in lines[end].text:
        end += 1
    for line in lines[at - 1 : end]:
        line.sort = "row"


def _sort(text: str) -> str:
    if not text.strip("\ufeff \t\u3000"):
        return "blank"
    if _RULE_LINE.match(text):
        return "rule"
    if FIELD_LINE.match(text):
        return "field"
    if _GOAL_HEAD.match(text):
        return "goal"
    if KEY_RESULT.match(text):
        return "result"
    if text.lstrip().startswith("|") and text.count("|") >= 2:
        return "row"
    if OBJECTIVE.match(text):
        return "objective"
    if _RESULTS_HEAD.match(text):
        return "results"
    if _HEADING.match(text):
        return "heading"
    if _CHROME.search(text) and len(text) < 60:
        return "chrome"
    if mark := ITEM.match(text):
        return "struck" if _STRUCK.match(text, mark.end()) else "item"
    if _BOLD.match(text) or _TITLE.match(text):
        return "bold"
    if _INTRO.match(text) or text.rstrip(" *_").endswith(":"):
        return "prose"
    if len(text) > 80 and len(_SENTENCE_END.findall(text)) >= 2:
        return "prose"
    return "line"


def is_field(line: Line) -> bool:
    """Tell whether a line is a field of the goal above it."""
    return bool(field_label(line))


def field_label(line: Line) -> str:
    """Return the label of a line that is a field of the goal above it: its owner, its deadline, its bare target value.

    '' where it is none.
    """
    if line.sort not in ("field", "item", "line", "bold", "objective", "prose"):
        return ""
    found = _LABELLED_ITEM.match(line.view)
    if found is None:
        return ""
    label = found["label"].strip(" *_")
    known = heading(label)
    headed = line.view.lstrip().startswith("#")
    bare = known is not None and known.role == "goal" and not headed and _FIGURE.match(found["value"]) is not None
    if line.sort == "field" or bare or (known is not None and known.role in BESIDE) or _NOTE_LABEL.fullmatch(label):
        return label
    return ""


def after_head(text: str) -> str:
    """Return what stands behind a numbered label such as `Goal 3:`."""
    match = _GOAL_HEAD.match(text)
    return text[match.end() :].strip(" *_\t") if match else ""


def mark_length(line: Line) -> int:
    """Return the length of what stands before the goal's words: list mark, quote mark, goal number."""
    if line.sort == "goal":
        match = _GOAL_HEAD.match(line.view)
    elif line.sort == "heading":
        match = _HEADING.match(line.view)
    elif line.sort == "item":
        match = ITEM.match(line.text)
    elif line.sort in ("result", "objective"):
        return 0
    else:
        match = _QUOTE.match(line.text)
    return match.end() if match else 0


def indent(line: Line) -> int:
    """Return how far a line is indented."""
    return len(line.text) - len(line.text.lstrip(" \t\u3000>"))
