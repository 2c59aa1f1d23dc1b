"""Reads goals from plain text and Markdown: lines, list items, tables, labelled goals, objectives with key results.

Headings, prose, page chrome, code, comments and front matter are not goals. Knows nothing about how goals are judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.files.document import Row, Table
from assistant.lint.documents.headings import BESIDE, heading
from assistant.lint.documents.record import Record
from assistant.lint.documents.table import read_table, with_own_ids
from assistant.lint.form import FIELD_LINE, FIELDS, KEY_RESULT, OBJECTIVE, heads_results
from assistant.lint.plain import plain

_FLAT = re.compile(r"[ \t]+(?=#{2,6}[ \t]|---(?:[ \t]|$)|[-*][ \t]+(?:\*\*|[^\s*]{2,6}[:：])|\d{1,2}\.[ \t]+\*\*)")
_RULE_LINE = re.compile(r"[ \t]*+(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,}|={3,}[ \t]*+)$")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+")
_ITEM = re.compile(
    r"[ \t]*+(?:>[ \t]*+){0,8}(?:[•·▪◦●■◆]|[-*+](?=[ \t])|-(?=[^\W\d])|\*(?=[^\s*])(?![^\n]*\*)"
    r"|[(（]?\d{1,3}[.、)）](?=[ \t]|[^\d])|[①-⑳])[ \t]*+(?:\[[ xX]\][ \t]*+)?"
)
_STRUCK = re.compile(r"~~.+~~\s*$")
_BOLD = re.compile(r"[ \t]*+(?:\*\*[^*]+\*\*|__[^_]+__|\*[^*]+\*)[ \t]*+:?[ \t]*+$")
_RESULTS_HEAD = re.compile(r"[ \t#*_]*+(?:key results?|krs?|关键[结成]果)[ \t*_]*+:?[ \t*_]*+$")
_FENCE = re.compile(r"[ \t>]*+(?P<mark>`{3,}|~{3,})")
_FRONT = re.compile(r"[\w-]+[ \t]*:")
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-{2,}:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)+\|?[ \t]*+$")
_LABELLED_ITEM = re.compile(
    r"[ \t]*+(?:[-*+•][ \t]*+)?[*_]{0,2}(?P<label>[^:\n]{1,24}):[*_]{0,2}[ \t]*+(?P<value>[^\n]*)"
)
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
_OTHER_SECTION = re.compile(
    r"监控|追踪策略|跟踪策略|背景|说明|备注|附录|参考"
    r"|monitoring|background|notes?$|appendix|references|introduction|context"
)
_BAR = re.compile(r"(?<!\\)\|")
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


def read(document: str, name: str) -> list[Record]:
    """Return the goals of a text, in order."""
    return read_lines(list(_lines(document)), document, name)


def read_lines(lines: list[Line], document: str, name: str) -> list[Record]:
    """Return the goals of lines; `document` holds their text at their places."""
    _tell_sorts(lines)
    blocks = [(sort, _records(sort, block, document, name)) for sort, block in _blocks(lines)]
    chosen = _chosen(lines, blocks)
    records = [record for sort, records in blocks if sort in chosen for record in records]
    if not records:
        full = [line for line in lines if line.sort not in ("blank", "rule", "aside")]
        whole = [line for line in full if line.sort == "bold"] or (full if len(full) == 1 else [])
        records = [record for line in whole for record in _records("line", [line], document, name)]
    return with_own_ids(records, name)


def unread(document: str) -> list[int]:
    """Return the numbers of lines that may be meant as goals, but stand beside a list and are not read as such."""
    return unread_lines(list(_lines(document)), document)


def unread_lines(lines: list[Line], document: str) -> list[int]:
    """Return what `unread` does, for lines."""
    _tell_sorts(lines)
    blocks = [(sort, block, _records(sort, block, document, "")) for sort, block in _blocks(lines)]
    if "line" in _chosen(lines, [(sort, records) for sort, _, records in blocks]):
        return []
    return sorted({block[0].number for sort, block, records in blocks if sort == "line" and records})


def _chosen(lines: list[Line], blocks: list[tuple[str, list[Record]]]) -> set[str]:
    """Return the sorts of blocks that are goals.

    Beside lists, tables and labelled goals a line of its own is a title or a remark, unless such lines are the bulk of
    a text without headings: a list in which somebody put a mark before one goal.
    """
    count: Counter[str] = Counter()
    for sort, records in blocks:
        count[sort] += len(records)
    marked = count["item"] + count["okr"] + count["row"]
    headed = any(line.sort == "heading" for line in lines)
    if count["line"] > marked and not count["labelled"] and not headed:
        return {"line", "item", "okr", "row"}
    return {"labelled", "item", "okr", "row"} if marked or count["labelled"] else {"line"}


def _tell_sorts(lines: list[Line]) -> None:
    for line in lines:
        line.view = plain(line.text)
        line.sort = "table" if line.table is not None else _sort(line.view)
    _set_aside(lines)
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


def _records(sort: str, block: list[Line], document: str, name: str) -> list[Record]:
    if sort == "row":
        return _from_table(block, name)
    record = _record(document, block, name)
    return [record] if record else []


def _lines(document: str) -> Iterator[Line]:
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
    if mark := _ITEM.match(text):
        return "struck" if _STRUCK.match(text, mark.end()) else "item"
    if _BOLD.match(text):
        return "bold"
    if _INTRO.match(text) or text.rstrip(" *_").endswith(":"):
        return "prose"
    if len(text) > 80 and len(_SENTENCE_END.findall(text)) >= 2:
        return "prose"
    return "line"


def _blocks(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    at, skipping = 0, False
    following = _next_full(lines)
    while at < len(lines):
        line = lines[at]
        end = at + 1
        if line.sort in ("heading", "prose", "bold") and len(line.text) < 60:
            skipping = bool(_OTHER_SECTION.search(line.view))
        if line.sort in ("goal", "field"):
            end = _labelled_end(lines, at)
            body = [entry for entry in lines[at:end] if entry.sort not in ("blank", "rule", "heading")]
            fields = sum(entry.sort == "field" for entry in body)
            results = any(entry.sort == "result" for entry in body)
            if fields >= 2:
                yield "labelled", body
            elif results:
                yield "okr", body
            elif line.sort == "goal" and _after_head(line.view):
                end = at + 1
                yield "item", [line]
            elif fields and line.sort == "field":
                yield "item", [line]
            skipping = False
        elif line.sort == "objective" and (last := _results_end(lines, following, at)) > end:
            end = last
            yield "okr", [entry for entry in lines[at:end] if entry.sort != "blank"]
        elif line.sort in ("objective", "result"):
            end = _item_end(lines, at) if line.sort == "objective" else end
            yield "item", lines[at:end]
        elif line.sort == "row":
            while end < len(lines) and lines[end].sort == "row":
                end += 1
            yield "row", lines[at:end]
        elif line.sort == "table":
            yield "row", [line]
        elif line.sort == "item" and not skipping:
            end = _item_end(lines, at)
            if not _leads_in(lines, at, following[end]):
                yield "item", lines[at:end]
        elif line.sort == "line" and not skipping:
            yield "line", [line]
        at = end


def _next_full(lines: list[Line]) -> list[int]:
    """Return for every line, and for the end, the next line from there that is not blank."""
    following = [len(lines)] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        following[at] = following[at + 1] if lines[at].sort == "blank" else at
    return following


def _results_end(lines: list[Line], following: list[int], at: int) -> int:
    """Return where the key results under an objective end: labelled ones, or items of a list below it."""
    listed = heads_results(lines[at].view)
    bullet = _ITEM.match(lines[at].text) is not None
    end = at + 1
    while (full := following[end]) < len(lines):
        line = lines[full]
        item = line.sort == "item" and listed and (not bullet or _indent(line) > _indent(lines[at]))
        if not (line.sort in ("result", "results") or item):
            break
        end = _item_end(lines, full) if item else full + 1
    return end


def _item_end(lines: list[Line], at: int) -> int:
    """Return where an item ends: its further lines and the fields that are indented under it belong to it."""
    end = at + 1
    while end < len(lines):
        line = lines[end]
        deeper = _indent(line) > _indent(lines[at])
        if not deeper or not (line.sort in ("line", "field") or _is_field(line.view)):
            break
        end += 1
    return end


def _is_field(view: str) -> bool:
    """Tell whether an item is a field of the goal above it: its owner, its deadline, its bare target value."""
    found = _LABELLED_ITEM.match(view)
    known = heading(found["label"].strip(" *_")) if found else None
    if found is None or known is None:
        return False
    return known.role in BESIDE or (known.role == "goal" and _FIGURE.match(found["value"]) is not None)


def _leads_in(lines: list[Line], at: int, following: int) -> bool:
    """Tell whether an item only introduces the items that are indented under it."""
    if following >= len(lines) or not lines[at].view.rstrip(" *_").endswith(":"):
        return False
    return lines[following].sort in ("item", "field", "result") and _indent(lines[following]) > _indent(lines[at])


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip(" \t\u3000>"))


def _labelled_end(lines: list[Line], at: int) -> int:
    """Return where a labelled goal ends: at the next goal, a repeated field, a rule or text without label."""
    seen: set[str] = set()
    end = at
    while end < len(lines):
        line = lines[end]
        if line.sort == "field":
            match = FIELD_LINE.match(line.view)
            label = next((name for name in FIELDS if match and match[name]), "")
            if label in seen:
                break
            seen.add(label)
        elif (
            (line.sort == "goal" and end > at)
            or (line.sort in ("rule", "heading", "prose", "chrome", "objective", "row") and end > at)
            or (line.sort in ("line", "item") and end > at and not (seen and line.text.startswith(("  ", "\t"))))
        ):
            break
        end += 1
    while end > at + 1 and lines[end - 1].sort == "blank":
        end -= 1
    return end


def _after_head(text: str) -> str:
    match = _GOAL_HEAD.match(text)
    return text[match.end() :].strip(" *_\t") if match else ""


def _from_table(lines: list[Line], name: str) -> list[Record]:
    """Return the goals of a table: one that stands in place of a line, or rows of Markdown with their places."""
    if lines[0].table is not None:
        return read_table(lines[0].table, name)
    rows, places = [], {}
    for line in lines:
        if not set(line.text) - set("|-: \t"):
            continue
        bars = [match.start() for match in _BAR.finditer(line.text)]
        if not bars or line.text[: bars[0]].strip():
            bars.insert(0, -1)
        if line.text[bars[-1] + 1 :].strip():
            bars.append(len(line.text))
        cells = {}
        for column, (left, right) in enumerate(pairwise(bars), start=1):
            cell = line.text[left + 1 : right]
            if cell.strip():
                cells[column] = cell
                places[line.number, column] = line.start + left + 1 + len(cell) - len(cell.lstrip())
        rows.append(Row(line.number, cells))
    return [
        replace(record, start=places[record.line, record.column])
        for record in read_table(Table(tuple(row for row in rows if row.cells)), name)
    ]


def _record(document: str, lines: list[Line], name: str) -> Record | None:
    start, end = lines[0].start, lines[-1].end
    if len(lines) == 1 or lines[0].sort == "item":
        mark = _mark(lines[0])
        start += mark
    text = document[start:end]
    start += len(text) - len(text.lstrip("\ufeff \t\u3000"))
    text = document[start:end].rstrip()
    return Record(f"{name}:{lines[0].number}", text, None, None, lines[0].number, start) if text else None


def _mark(line: Line) -> int:
    """Return the length of what stands before the goal's words: list mark, quote mark, goal number."""
    if line.sort == "goal":
        match = _GOAL_HEAD.match(line.view)
    elif line.sort == "item":
        match = _ITEM.match(line.text)
    elif line.sort in ("result", "objective"):
        return 0
    else:
        match = _QUOTE.match(line.text)
    return match.end() if match else 0
