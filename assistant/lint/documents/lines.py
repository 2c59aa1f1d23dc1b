"""Cuts a text into lines and tells what sort each is: heading, item, field, key result, row, title, prose, code.

Knows the marks of Markdown and the labels of goals; nothing about which lines make a goal together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.files.document import Table
from assistant.lint.documents.furniture import is_furniture, is_meta, may_be_meta, may_be_signed, signs_off
from assistant.lint.documents.labels import Label, fields_without_colon, label_of
from assistant.lint.documents.marks import ITEM, SEVERAL, levels, rank
from assistant.lint.documents.wording import moves, only_figure
from assistant.lint.form import BARE_OBJECTIVE, FIELD_LINE, KEY_RESULT, OBJECTIVE, RESULTS_HEAD, unbroken
from assistant.lint.plain import plain

PART, BOLD, LEAD_IN = 7, 10, 11
"""Levels of what opens a part of a text, below the six of Markdown: 壹、 with 一、 and （一） below it, a line in bold,
`Risks:`."""
_FLAT = re.compile(r"[ \t]+(?=#{2,6}[ \t]|---(?:[ \t]|$)|[-*][ \t]+(?:\*\*|[^\s*]{2,6}[:：])|\d{1,2}\.[ \t]+\*\*)")
_RULE_LINE = re.compile(r"[ \t]*+(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,}|={3,}[ \t]*+)$")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+")
_HEADING_NUMBER = re.compile(r"[ \t]*+\d{1,2}(?:\.\d{1,2}){0,3}[.、]?[ \t]+(?=\D)")
_OBJECTIVE_HEAD = re.compile(r"[ \t#*_]*+(?:objective|目标)[ \t]{0,3}\d{0,2}[ \t*_]*+$")
_SIGNS = re.compile(r"[ \t]*+(?P<signs>#{1,6})[ \t]+")
_STRUCK = re.compile(r"~~.+~~\s*(?:\([^()]{1,12}\)\s*)?$")
_BOLD = re.compile(r"[ \t]*+(?:\*\*[^*]+\*\*|__[^_]+__|\*[^*]+\*)[ \t]*+:?[ \t]*+$")
_TITLE = re.compile(
    r"[ \t]*+(?:(?:(?:our|my|the|team|department|20\d\d|fy ?\d\d|[qh]\d)(?: (?!its|their|all)[a-z0-9&]+){0,2} "
    r"|[a-z]+ team )"
    r"(?:goals|targets|objectives|okrs|kpis)(?: (?:for|in) [a-z0-9 ]{1,16}| 20\d\d| [qh]\d[ \d]*)?"
    r"(?: ?[-–—:|] ?[a-z0-9&][a-z0-9& ]{0,30})?"
    r"|(?:[一二三四五六七八九十]{1,3}、)?(?:20\d\d年?(?:度|第?.季度?|上半年|下半年|q\d)?)?"
    r"(?!实现|达成|完成|超额|制定|落实|优化|提升|明确|聚焦|做好|抓好|推进|争取|确保|力争)"
    r"(?:[\u4e00-\u9fff]{0,6}(?:部|组|科|处|课|室|中心|团队|公司|部门|年度|季度|月度|销售|服务|工作|业务|个人|经营))?"
    r"(?:20\d\d年?)?(?:目标|计划|指标|okr|kpi)(?:清单|一览|汇总|表)?"
    r"(?: ?\([^()\n]{1,16}\)| ?[-–—] ?[\u4e00-\u9fff]{1,10})?)[ \t]*+$"
)
"""A line that only says whose goals follow, and of which time."""
_FENCE = re.compile(r"[ \t>]*+(?P<mark>`{3,}|~{3,})")
_FRONT = re.compile(r"[\w-]+[ \t]*:")
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-{2,}:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)+\|?[ \t]*+$")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_GOAL_HEAD = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]*|[-*+•][ \t]+|\d{1,2}[.、)][ \t]*)?[*_]{0,2}"
    r"(?:(?:smart[ \t]*)?目标[ \t]*(?:\d{1,2}|[一二三四五六七八九十]{1,3})|(?:smart[ \t]+)?goal[ \t]*#?\d{1,2}"
    r"|(?:kpi|(?:考核|绩效)?指标)[ \t]*(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?=[*_ \t]*:))"
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
    r"^\s*(?:以下是|以下为|以下|如下|[通透]过以上|[通透]过上述|实施以上|综上|总之|(?:说明|备注|注) ?:"
    r"|the following|these goals|this document|note:|below (?:is|are)|in summary|overview)"
)
_SENTENCE_END = re.compile(r"[。！？!?](?=.)|[.](?=\s+[A-Z])")


@dataclass(slots=True, eq=False)
class Line:
    """A line, or a piece of a flattened one, `[start, end)` of the document; or a table that stands in its place.

    Attributes:
        number: its number in the document.
        view: the text, folded.
        sort: what it is by itself.
        mark: where its words begin behind a list mark, 0 where it has none.
        rank: how deep such a mark usually stands.
        indent: how far it is indented.
        level: of what opens a part of the text: 1 to 6 for headings, PART and the two below it for numbered titles,
            BOLD and LEAD_IN; else 0.
        label: the label before its words, or None.
        meta: whether it belongs to the head of a mail, a meeting or a form.
    """

    start: int
    end: int
    number: int
    text: str
    view: str = ""
    sort: str = ""
    table: Table | None = None
    mark: int = 0
    rank: int = 0
    indent: int = 0
    level: int = 0
    label: Label | None = None
    meta: bool = False

    @property
    def words(self) -> str:
        """The folded words behind a list mark."""
        return self.view[self.mark :]


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
    """Fill in what can be told of each line: its folded view, its mark, its label, its sort and its level."""
    for line in lines:
        line.view = unbroken(plain(line.text))
    views = [line.view for line in lines]
    deep, spelled = levels(views), fields_without_colon(views)
    for at, line in enumerate(lines):
        line.indent = len(line.text) - len(line.text.lstrip(" \t\u3000>"))
        if mark := ITEM.match(line.view):
            line.mark, line.rank = mark.end(), rank(mark)
        if at in deep:
            line.mark, line.rank = deep[at], SEVERAL
        line.label = spelled.get(at) or label_of(line.view, line.mark)
        line.sort = "table" if line.table is not None else "field" if at in spelled else _sort(line)
    _set_aside(lines)
    _mark_headed_objectives(lines)
    _mark_lead_ins(lines)
    for at, line in enumerate(lines):
        known = at and line.sort == lines[at - 1].sort == "row"
        if at and not known and line.sort != "aside" and "|" in lines[at - 1].text and _TABLE_RULE.match(line.text):
            _mark_rows(lines, at)
    _mark_signature(lines)
    _mark_meta(lines)
    for line in lines:
        line.level = _level(line)


def _mark_headed_objectives(lines: list[Line]) -> None:
    """Mark as objectives the words above key results that say so without a colon: O1 Grow, or a line `Objective`."""
    full = [line for line in lines if line.sort != "blank"]
    for above, below in pairwise(full):
        titled = above.sort in ("heading", "bold") and below.sort in ("item", "result")
        if (titled or (above.sort == "line" and below.sort == "result")) and BARE_OBJECTIVE.match(above.view):
            above.sort = "objective"
    for at, line in enumerate(full):
        if line.sort in ("line", "heading", "bold") and _OBJECTIVE_HEAD.match(line.view):
            below_it = [other.sort for other in full[at + 1 : at + 4]]
            if "results" in below_it and "objective" not in below_it and below_it[0] != "item":
                line.sort = "objective"


def _mark_meta(lines: list[Line]) -> None:
    """Mark the lines of heads, `From: …` or 部门：…: those that are sure by their label, and likely ones in a row."""
    run: list[Line] = []

    def settle() -> None:
        together = len(run) > 1 and not any(line.label and moves(line.label.value) for line in run)
        for line in run:
            line.meta = together or (line.label is not None and is_meta(line.label.words))
        run.clear()

    for line in lines:
        likely = line.label is not None and line.sort != "aside" and may_be_meta(line.label.words)
        if likely and line.label is not None and not _is_level(line.label):
            run.append(line)
        elif line.sort != "blank":
            settle()
    settle()


def _is_level(label: Label) -> bool:
    """Tell whether a label such as From or To stands before a figure."""
    return label.role in ("baseline", "target") and only_figure(label.value)


def _mark_lead_ins(lines: list[Line]) -> None:
    """Mark as a lead-in what is no objective since no words stand behind it: 目标： over a list of goals."""
    full = [line for line in lines if line.sort != "blank"]
    for above, below in pairwise(full):
        label = above.label
        empty = label is not None and not label.value and not label.numbered
        if above.sort == "objective" and empty and below.sort == "item" and not above.mark:
            above.sort = "prose"


def _mark_signature(lines: list[Line]) -> None:
    """Mark the names below the last ending of a letter, which stands by itself."""
    below: list[Line] = []
    for at in range(len(lines) - 1, 0, -1):
        line = lines[at]
        apart = lines[at - 1].sort in ("blank", "furniture", "prose")
        if apart and line.sort == "furniture" and signs_off(line.view):
            for other in below:
                other.sort = "furniture"
        if line.sort != "blank":
            below.append(line)
        if line.sort not in ("blank", "line", "furniture", "prose", "bold", "rule", "chrome") or line.mark:
            return
        if not may_be_signed([other.view for other in below]):
            return


def _level(line: Line) -> int:
    signs = _SIGNS.match(line.view)
    if signs and line.sort in ("heading", "goal", "objective", "field"):
        return signs.end("signs") - signs.start("signs")
    if line.sort in ("bold", "prose") and _leads_on(line):
        return LEAD_IN
    own = line.sort == "bold" or (line.sort in ("goal", "objective") and not line.mark)
    return BOLD if own else 0


def _leads_on(line: Line) -> bool:
    """Tell whether a line only leads in what stands below it: `Risks:`, `**措施**：`."""
    return not line.mark and line.view.rstrip(" *_").endswith(":")


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


def _sort(line: Line) -> str:
    text = line.view
    if not text.strip("\ufeff \t\u3000"):
        return "blank"
    if _RULE_LINE.match(text):
        return "rule"
    if FIELD_LINE.match(text):
        return "field"
    if _GOAL_HEAD.match(text):
        return "goal"
    if RESULTS_HEAD.match(text):
        return "results"
    if KEY_RESULT.match(text):
        return "result"
    if text.lstrip().startswith("|") and text.count("|") >= 2:
        return "row"
    if OBJECTIVE.match(text):
        return "objective"
    if _HEADING.match(text):
        return "heading"
    if _CHROME.search(text) and len(text) < 60:
        return "chrome"
    if line.mark:
        return "struck" if _STRUCK.match(text, line.mark) else "item"
    if is_furniture(text):
        return "furniture"
    if _BOLD.match(text) or _TITLE.match(text):
        return "bold"
    if _INTRO.match(text) or text.rstrip(" *_").endswith(":"):
        return "prose"
    if len(text) > 80 and len(_SENTENCE_END.findall(text)) >= 2:
        return "prose"
    return "line"


def after_head(text: str) -> str:
    """Return what stands behind a numbered label such as `Goal 3:`."""
    match = _GOAL_HEAD.match(text)
    return text[match.end() :].strip(" *_\t") if match else ""


def without_mark(view: str) -> str:
    """Return the words of a folded heading behind its marks and its number."""
    if mark := _HEADING.match(view):
        view = view[mark.end() :]
    if mark := ITEM.match(view) or _HEADING_NUMBER.match(view):
        view = view[mark.end() :]
    return view.lstrip(" \t*_")


def mark_length(line: Line) -> int:
    """Return the length of what stands before the goal's words: list mark, quote mark, goal number."""
    if line.sort == "goal":
        match = _GOAL_HEAD.match(line.view)
    elif line.sort == "heading":
        return len(line.view) - len(without_mark(line.view))
    elif line.sort == "item":
        return line.mark
    elif line.sort in ("result", "objective"):
        return 0
    else:
        match = _QUOTE.match(line.text)
    return match.end() if match else 0
