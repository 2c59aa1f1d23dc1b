"""Reads goals from plain text and Markdown: lines, list items, tables, labelled goals, objectives with key results.

Headings, prose and page chrome are not goals. Knows nothing about how goals are judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.files.document import Row, Table
from assistant.lint.documents.record import Record
from assistant.lint.documents.table import read_table, with_own_ids
from assistant.lint.form import FIELD_LINE, FIELDS, KEY_RESULT, OBJECTIVE
from assistant.lint.plain import plain

_FLAT = re.compile(r"[ \t]+(?=#{2,6}[ \t]|---(?:[ \t]|$)|[-*][ \t]+(?:\*\*|[^\s*]{2,6}[:：])|\d{1,2}\.[ \t]+\*\*)")
_RULE_LINE = re.compile(r"[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*$")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+")
_ITEM = re.compile(r"[ \t]*(?:[-*+•·▪◦●■◆]|[(（]?\d{1,3}[.、)）](?=[ \t]|[^\d])|[①-⑳])[ \t]*(?:\[[ xX]\][ \t]*)?")
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
    for line in lines:
        line.view = plain(line.text)
        line.sort = "table" if line.table is not None else _sort(line.view)
    blocks = [(sort, _records(sort, block, document, name)) for sort, block in _blocks(lines)]
    found = {sort for sort, records in blocks if records}
    chosen = {"line"}
    if "labelled" in found:
        chosen = {"labelled", "okr"}
    elif found & {"item", "okr", "row"}:
        chosen = {"item", "okr", "row"}
    records = [record for sort, records in blocks if sort in chosen for record in records]
    full = [line for line in lines if line.sort not in ("blank", "rule")]
    if not records and len(full) == 1:
        return _records("line", full, document, name)
    return with_own_ids(records, name)


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
    if _HEADING.match(text):
        return "heading"
    if _CHROME.search(text) and len(text) < 60:
        return "chrome"
    if _ITEM.match(text):
        return "item"
    if _INTRO.match(text) or text.rstrip(" *_").endswith(":"):
        return "prose"
    if len(text) > 80 and len(_SENTENCE_END.findall(text)) >= 2:
        return "prose"
    return "line"


def _blocks(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    at, skipping = 0, False
    while at < len(lines):
        line = lines[at]
        if line.sort in ("heading", "prose") and len(line.text) < 60:
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
                yield "item", [line]
                end = at + 1
            elif fields and line.sort == "field":
                yield "item", [line]
            skipping = False
            at = end
            continue
        if line.sort == "objective" and at + 1 < len(lines):
            end = at + 1
            while end < len(lines) and (
                lines[end].sort == "result" or (lines[end].sort == "blank" and _next_is(lines, end, "result"))
            ):
                end += 1
            if end > at + 1:
                yield "okr", [entry for entry in lines[at:end] if entry.sort != "blank"]
                at = end
                continue
        if line.sort in ("objective", "result"):
            yield "item", [line]
        elif line.sort == "row":
            end = at
            while end < len(lines) and lines[end].sort == "row":
                end += 1
            yield "row", lines[at:end]
            at = end
            continue
        elif line.sort == "table":
            yield "row", [line]
        elif line.sort == "item" and not skipping:
            end = at + 1
            while end < len(lines) and lines[end].sort == "line" and lines[end].text.startswith(("  ", "\t")):
                end += 1
            yield "item", lines[at:end]
            at = end
            continue
        elif line.sort == "line" and not skipping:
            yield "line", [line]
        at += 1


def _next_is(lines: list[Line], at: int, sort: str) -> bool:
    while at < len(lines) and lines[at].sort == "blank":
        at += 1
    return at < len(lines) and lines[at].sort == sort


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
        if len(bars) > 1 and line.text[bars[-1] + 1 :].strip():
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
