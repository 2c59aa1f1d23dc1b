"""Joins lines to blocks, one a goal: an item with its fields, a labelled goal, an objective with its key results.

Knows sorts of lines and how they stand to each other; nothing about records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lint.documents.lines import ITEM, Line, after_head, field_label, indent, is_field, mark_length
from assistant.lint.form import FIELD_LINE, FIELDS, heads_results

_DIGIT = re.compile(r"\d")
_GOES_ON = re.compile(r"[ \t]*(?:from|to|by|in|of|and|for|with|at|on|before|until|per|compared|which|that)(?![a-z])")
_ENDS = re.compile(r"[.。!！?？;；:：][ \t*_)）\"”」]*$")
_MOVES = re.compile(r"(?:(?<![a-z])from|从|由|自)[^\n]{0,12}\d[^\n]{0,24}(?:(?<![a-z])to|到|至|降|升)[^\n]{0,8}\d")
_DUE = re.compile(r"(?<![a-z])(?:by|before|until)\s|[日月底末年季]前|[之以]前")
_MOST_BETWEEN = 8
"""Lines from an objective on within which its first key result stands."""
_OTHER_SECTION = re.compile(
    r"监控|追踪策略|跟踪策略|背景|说明|备注|附录|参考|风险(?:与(?:保障|应对|对策|挑战))?$|回顾$|待定问题|未决问题|链接$"
    r"|参会人|与会人|议程$|术语|词汇表"
    r"|monitoring|background|notes?$|appendix|references|introduction|context|(?:^|[# ])risks?(?: and [a-z]+)?$|links?$"
    r"|questions?$|attendees$|participants$|agenda$|glossary"
)


def cut_blocks(lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Yield the blocks of lines whose sorts are known, each with its own sort.

    `labelled`, `okr`, `item`, `row` and `whole` are goals, `line` may be one, and `skipped` stands in a section of
    something else.
    """
    at, skipping = 0, False
    following = _next_full(lines)
    while at < len(lines):
        line = lines[at]
        end = at + 1
        if line.sort in ("heading", "prose", "bold") and len(line.text) < 60:
            skipping = _OTHER_SECTION.search(line.view.rstrip(" *_:")) is not None
        last = _results_end(lines, following, at) if line.sort in ("goal", "objective") else 0
        if last > end:
            end = last
            yield "okr", [entry for entry in lines[at:end] if entry.sort != "blank"]
        elif line.sort in ("goal", "field"):
            end = _labelled_end(lines, at)
            body = [entry for entry in lines[at:end] if entry.sort not in ("blank", "rule", "heading")]
            fields = sum(entry.sort == "field" for entry in body)
            results = any(entry.sort == "result" for entry in body)
            if fields >= 2:
                yield "labelled", body
            elif results:
                yield "okr", body
            elif line.sort == "goal" and after_head(line.view):
                end = _item_end(lines, following, at)
                yield "item", lines[at:end]
            elif fields and line.sort == "field":
                yield "item", [line]
            skipping = False
        elif line.sort in ("objective", "result"):
            end = _item_end(lines, following, at)
            yield "item", lines[at:end]
        elif line.sort == "row":
            while end < len(lines) and lines[end].sort == "row":
                end += 1
            yield "row", lines[at:end]
        elif line.sort == "table":
            yield "row", [line]
        elif line.sort == "heading" and not skipping and _is_goal(lines, following, at):
            end = _item_end(lines, following, at)
            yield "item", lines[at:end]
        elif line.sort == "item":
            end = _item_end(lines, following, at)
            if skipping:
                yield "skipped", lines[at:end]
            elif not _leads_in(lines, at, following[end]):
                yield "item", lines[at:end]
        elif line.sort == "line" and not skipping:
            end = _item_end(lines, following, at)
            whole = any(map(is_field, lines[at + 1 : end])) or (_MOVES.search(line.view) and _DUE.search(line.view))
            yield "whole" if whole else "line", lines[at:end]
        at = end


def _next_full(lines: list[Line]) -> list[int]:
    """Return for every line, and for the end, the next line from there that is not blank."""
    following = [len(lines)] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        following[at] = following[at + 1] if lines[at].sort == "blank" else at
    return following


def _results_end(lines: list[Line], following: list[int], at: int) -> int:
    """Return where the key results under an objective end: labelled ones, or items of a list below it.

    A few words about the objective, or its owner, may stand between.
    """
    listed = heads_results(lines[at].view)
    bullet = ITEM.match(lines[at].text) is not None
    end = probe = at + 1
    while (full := following[probe]) < len(lines):
        line = lines[full]
        item = line.sort == "item" and listed and (not bullet or indent(line) > indent(lines[at]))
        if line.sort in ("result", "results") or (item and not is_field(line)):
            end = probe = full + 1 if line.sort == "results" else _item_end(lines, following, full)
        elif end == at + 1 and full - at <= _MOST_BETWEEN and (line.sort in ("line", "prose") or is_field(line)):
            probe = full + 1
        else:
            break
    return end


def _item_end(lines: list[Line], following: list[int], at: int) -> int:
    """Return where an item ends: its further lines, and the fields under it, each once, belong to it."""
    headed = lines[at].view.lstrip().startswith("#")
    seen: set[str] = set()
    end = at + 1
    while (full := following[end]) < len(lines):
        line = lines[full]
        deeper = indent(line) > indent(lines[at])
        label = field_label(line)
        if label:
            if label in seen or (full > end and not (headed or deeper)):
                break
            seen.add(label)
        elif full > end or line.sort != "line" or not (deeper or _goes_on(lines[full - 1], line)):
            break
        end = full + 1
    return end


def _goes_on(before: Line, line: Line) -> bool:
    """Tell whether a line is the rest of the sentence before it, broken for its length."""
    return _ENDS.search(before.text) is None and _GOES_ON.match(line.text) is not None


def _is_goal(lines: list[Line], following: list[int], at: int) -> bool:
    """Tell whether a heading is itself a goal: it moves a figure, or the items under it are its fields."""
    if _MOVES.search(lines[at].view):
        return True
    first = lines[following[at + 1]] if following[at + 1] < len(lines) else None
    return first is not None and first.sort in ("item", "field") and is_field(first)


def _leads_in(lines: list[Line], at: int, following: int) -> bool:
    """Tell whether an item only introduces the items that are indented under it."""
    if following >= len(lines) or indent(lines[following]) <= indent(lines[at]):
        return False
    view = lines[at].view.rstrip(" *_")
    title = not _DIGIT.search(view[mark_length(lines[at]) :]) and len(view) <= 24 and len(view.split()) <= 4
    return (title or view.endswith(":")) and lines[following].sort in ("item", "field", "result")


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
            or (
                line.sort in ("line", "item")
                and end > at
                and not is_field(line)
                and not (seen and line.text.startswith(("  ", "\t")))
            )
        ):
            break
        end += 1
    while end > at + 1 and lines[end - 1].sort == "blank":
        end -= 1
    return end
