"""Joins lines to blocks, one a goal: an item with its fields, a labelled goal, an objective with its key results.

Knows sorts of lines and how they stand to each other; nothing about records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.lint.documents.chapters import Chapter, purpose_of
from assistant.lint.documents.labels import CONTENT
from assistant.lint.documents.lines import LEAD_IN, Line, after_head
from assistant.lint.documents.marks import SEVERAL, TITLES
from assistant.lint.documents.wording import (
    complete,
    fragment,
    goes_on,
    moves,
    only_figure,
    promises,
    says_all,
    title_like,
)
from assistant.lint.form import heads_results

_MOST_BETWEEN = 8
"""Lines from an objective on within which its first key result stands."""


@dataclass(slots=True, eq=False)
class Block:
    """Lines that belong together.

    Attributes:
        sort: `labelled`, `okr`, `item`, `row` and `whole` are goals, `line` may be one, `note` says something beside
            goals and is none, and `meta` belongs to the head of a mail, a meeting or a form.
        lines: its lines without blank ones at the end.
        chapter: the part of the text in which it stands.
    """

    sort: str
    lines: list[Line]
    chapter: Chapter


def cut_blocks(lines: list[Line], chapters: Sequence[Chapter]) -> Iterator[Block]:
    """Yield the blocks of lines whose sorts are known."""
    at = 0
    following = _next_full(lines)
    while at < len(lines):
        sort, end = _block(lines, following, at, chapters)
        if sort:
            body = lines[at:end]
            if sort in ("labelled", "okr"):
                left_out = ("blank", "rule", "heading") if sort == "labelled" else ("blank",)
                body = [line for line in body if line.sort not in left_out]
            yield Block(sort, body, chapters[at])
        at = end


def _block(lines: list[Line], following: list[int], at: int, chapters: Sequence[Chapter]) -> tuple[str, int]:
    """Return the sort of the block that begins at a line, '' where it is none, and where it ends."""
    line, end = lines[at], at + 1
    if line.sort in ("goal", "objective") and (last := _results_end(lines, following, at)) > end:
        return "okr", last
    if line.sort in ("goal", "field"):
        return _labelled(lines, following, at)
    if line.sort in ("objective", "result"):
        return "item", _goal_end(lines, following, at)
    if line.sort == "row":
        while end < len(lines) and lines[end].sort == "row":
            end += 1
        return "row", end
    if line.sort == "table":
        return "row", end
    if line.sort == "heading":
        stands_apart = chapters[at].purpose in ("apart", "actions")
        if not stands_apart and _is_goal(lines, following, at):
            return "item", _family_end(lines, following, at)[1]
        return "", end
    if line.sort == "item":
        if _stands_beside(line):
            return "note", _goal_end(lines, following, at)
        last, kids = _kids(lines, following, at, end)
        if any(kid.sort == "result" for kid in kids):
            return "okr", last
        kept, last = _family_end(lines, following, at)
        return ("item", last) if kept else ("", end)
    if line.sort in ("line", "bold", "prose") and not line.level:
        return _line(lines, following, at)
    return "", end


def _line(lines: list[Line], following: list[int], at: int) -> tuple[str, int]:
    line = lines[at]
    if line.sort != "line":
        return "", at + 1
    if _stands_beside(line):
        return ("meta" if line.meta else "note"), at + 1
    end = _goal_end(lines, following, at)
    whole = any(other.label and other.label.under for other in lines[at + 1 : end]) or says_all(line.view)
    return ("whole" if whole else "line"), end


def _labelled(lines: list[Line], following: list[int], at: int) -> tuple[str, int]:
    """Return the sort and the end of a block that begins with a numbered goal or with a field."""
    line = lines[at]
    end = _goal_end(lines, following, at)
    body = lines[at:end]
    content = sum(entry.label is not None and (entry.sort == "field" or entry.label.under) for entry in body)
    if any(entry.sort == "result" for entry in body):
        return "okr", end
    if content >= 2 and (line.sort == "goal" or any(entry.label and entry.label.role in CONTENT for entry in body)):
        return "labelled", end
    if line.sort == "goal":
        return ("item", end) if after_head(line.view) else ("", at + 1)
    if line.label and line.label.role in CONTENT and line.label.value:
        return "item", end
    return ("meta" if line.meta else "note"), end


def _next_full(lines: list[Line]) -> list[int]:
    """Return for every line, and for the end, the next line from there that is not blank."""
    following = [len(lines)] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        following[at] = following[at + 1] if lines[at].sort == "blank" else at
    return following


def _deeper(line: Line, above: Line) -> bool:
    """Tell whether a line stands under another by its indent, or by its mark as ① stands under 1."""
    if line.indent != above.indent:
        return line.indent > above.indent
    return bool(line.mark and above.mark) and line.rank > above.rank


def _stands_beside(line: Line) -> bool:
    """Tell whether a line that is joined to no goal is labelled as something that no goal begins with: an owner."""
    label = line.label
    if label is None or moves(label.value):
        return False
    return line.meta or (label.role not in ("", "kind", "id", "metric", "meta") and label.role not in CONTENT)


def field_of(line: Line, *, above: Line) -> str:
    """Return the label of a line that is a field of the goal above it: its owner, its deadline, its bare target value.

    '' where it is none.
    """
    label = line.label
    if label is None or line.sort not in ("field", "item", "line", "bold", "objective", "prose"):
        return ""
    named = label.role in ("goal", "objective")
    bare = named and label.value and not line.view.lstrip().startswith("#") and only_figure(label.value)
    own = above.label
    further = (
        named
        and not label.numbered
        and own is not None
        and own.role in ("goal", "objective")
        and own.words != label.words
        and line.sort == "line"
    )
    return label.words if line.sort == "field" or label.under or bare or further else ""


def _results_end(lines: list[Line], following: list[int], at: int) -> int:
    """Return where the key results under an objective end: labelled ones, or items of a list below it.

    A few words about the objective, or its owner, may stand between; its owner and deadline may stand below, too.
    """
    listed = heads_results(lines[at].view) or ":" not in lines[at].view
    end = probe = at + 1
    while (full := following[probe]) < len(lines):
        line = lines[full]
        bullet = lines[at].mark
        item = line.sort == "item" and listed and (not bullet or _deeper(line, lines[at]))
        field = field_of(line, above=lines[at])
        if line.sort in ("result", "results") or (item and not field):
            end = probe = full + 1 if line.sort == "results" else _goal_end(lines, following, full)
        elif end > at + 1 and field and not line.mark and not line.level:
            end = probe = full + 1
        elif end == at + 1 and full - at <= _MOST_BETWEEN and (line.sort in ("line", "prose") or field):
            probe = full + 1
        else:
            break
    return end


def _goal_end(lines: list[Line], following: list[int], at: int) -> int:
    """Return where a goal ends: its further lines and the fields under it belong to it, each label once.

    Labels of notes and actions may come again. The fields of a numbered or labelled goal may stand apart.
    """
    first = lines[at]
    headed = first.view.lstrip().startswith("#")
    loose = headed or first.sort in ("goal", "field")
    labelled = first.sort == "field" and first.label is not None
    seen = {first.label.words} if labelled and first.label else set()
    end = _value_end(lines, following, at) if labelled else at + 1
    if first.sort == "goal" and not moves(first.view) and (full := following[end]) < len(lines):
        stated = lines[full].sort == "line" and lines[full].label is None and moves(lines[full].view)
        end = full + 1 if stated else end
    while (full := following[end]) < len(lines):
        line = lines[full]
        gap = full > end
        deeper = _deeper(line, first)
        label = field_of(line, above=first)
        if line.level and (not label or _lists_actions(line)):
            break
        if label:
            again = label in seen and line.label is not None and line.label.role not in ("note", "aside")
            listed = line.mark and not first.mark and says_all(first.view)
            if again or (gap and not (loose or deeper or listed)):
                break
            seen.add(label)
            end = _value_end(lines, following, full)
        elif not gap and (
            (line.sort == "line" and (deeper or goes_on(lines[full - 1].view, line.view) or fragment(line.view)))
            or (seen and _goes_on_below(lines, following, full, first, seen))
        ):
            end = full + 1
        else:
            break
    return end


def _lists_actions(line: Line) -> bool:
    """Tell whether a label leads in a list of actions or remarks: `**措施**：`."""
    return line.label is not None and line.label.role == "note" and not line.label.value


def _value_end(lines: list[Line], following: list[int], at: int) -> int:
    """Return where the value of a field ends that stands on the lines below its label, or goes on there."""
    field = lines[at]
    open_ = field.label is not None and not field.label.value
    headed = open_ and ":" not in field.view
    end = at + 1
    while (full := following[end]) < len(lines):
        line = lines[full]
        if headed and not line.level and line.sort in ("line", "item", "prose"):
            end = full + 1
            continue
        under = line.indent > field.indent
        listed = open_ and line.sort == "item" and not field.mark
        if line.label is not None and (line.label.under or line.sort == "field"):
            break
        if full > end or line.level or not ((under and line.sort in ("line", "item")) or listed):
            break
        end = full + 1
    return end


def _goes_on_below(lines: list[Line], following: list[int], at: int, first: Line, seen: set[str]) -> bool:
    """Tell whether a line with a label that is not known stands between the fields of one goal."""
    line = lines[at]
    label = line.label
    if label is None or not label.value or label.role or line.sort not in ("line", "item") or label.numbered:
        return False
    below = following[at + 1]
    if below > at + 1 or below >= len(lines) or bool(lines[below].mark) != bool(line.mark):
        return False
    further = field_of(lines[below], above=first)
    return bool(further) and further not in seen


def _is_goal(lines: list[Line], following: list[int], at: int) -> bool:
    """Tell whether a heading is itself a goal: it says all of one, or the lines under it are its fields."""
    line = lines[at]
    if moves(line.view) or (promises(line.view) and purpose_of(line.view) is None):
        return True
    first = lines[following[at + 1]] if following[at + 1] < len(lines) else None
    if first is None or first.label is None or first.sort not in ("item", "field"):
        return False
    return bool(first.label.value) and bool(field_of(first, above=line))


def _family_end(lines: list[Line], following: list[int], at: int) -> tuple[bool, int]:
    """Return whether an item or heading is a goal, and where it ends.

    Fields and bare figures or dates under it are its own, and so are steps under a goal that says all of one. Where
    goals stand under it, a short item is only their title.
    """
    first = lines[at]
    headed = first.sort == "heading"
    end = at + 1
    while not headed and (full := following[end]) == end < len(lines) and lines[full].sort == "line":
        line = lines[full]
        if line.label or not (line.indent > first.indent or goes_on(lines[full - 1].view, line.view)):
            break
        end = full + 1
    last, kids = _kids(lines, following, at, end)
    if not kids:
        return True, _goal_end(lines, following, at)
    goal_labels = [line.label.words for line in kids if line.label and line.label.role in ("goal", "objective")]
    single = len(goal_labels) == 1
    own = [line for line in kids if _is_field(line, first, single) or fragment(line.words)]
    fields = set(map(id, own))
    others = (line for line in kids if id(line) not in fields)
    goals = [line for line in others if complete(line.words) or line.sort in ("result", "goal")]
    title = not headed and _leads_in(first, kids[0])
    if not goals:
        if title and (not own or len(kids) - len(own) > max(len(own), 1)):
            return False, at + 1
        steps = headed or kids[0].indent > first.indent
        if own or (steps and (complete(first.words) or moves(first.words))):
            return True, max(last, _goal_end(lines, following, at))
    if title:
        return False, at + 1
    return True, _goal_end(lines, following, at)


def _is_field(line: Line, above: Line, single: bool) -> bool:
    named = line.label is not None and line.label.role in ("goal", "objective") and single
    return named or bool(field_of(line, above=above))


def _kids(lines: list[Line], following: list[int], at: int, start: int) -> tuple[int, list[Line]]:
    """Return the end of what stands under an item or a heading, and the uppermost lines of it."""
    first = lines[at]
    headed = first.sort == "heading"
    end = start
    found: list[Line] = []
    while (full := following[end]) < len(lines):
        line = lines[full]
        under = line.level == LEAD_IN and not headed and line.indent > first.indent
        if line.level and not under:
            break
        if line.sort not in ("item", "field", "line", "objective", "result", "goal", "prose", "bold"):
            break
        if headed and not line.mark:
            break
        if not headed and not _deeper(line, first):
            break
        found.append(line)
        end = full + 1
    least = min((line.indent for line in found), default=0)
    top = [line for line in found if line.indent == least]
    rank = min((line.rank for line in top if line.mark), default=0)
    return end, [line for line in top if not line.mark or line.rank == rank]


def _leads_in(item: Line, below: Line) -> bool:
    """Tell whether an item may only be the title of the items under it."""
    if below.indent > item.indent or item.rank <= TITLES or below.rank == SEVERAL:
        return title_like(item.words)
    return item.words.rstrip(" *_").endswith(":") or (item.words.startswith(("**", "__")) and title_like(item.words))
