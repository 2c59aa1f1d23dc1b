"""Tells in which part of a text each line stands, and whether that part holds goals, actions or something else.

Headings, numbered titles and lead-ins open parts; what a heading says stands in `headings.toml`. Knows nothing about
goals themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.lint.documents.headings import TABLE
from assistant.lint.documents.lines import BOLD, LEAD_IN, PART, Line, without_mark
from assistant.lint.documents.marks import TITLES
from assistant.lint.documents.wording import fragment

Purpose = Literal["goals", "decisions", "actions", "apart"]
_WORDS = TABLE["sections"]
_GOALS = re.compile(
    r"目标(?!客户|用户|人群|市场|群体|受众)|指标|okr|kpi"
    r"|(?<![a-z])(?:goals?|objectives?|targets?(?! (?:audience|groups?|market|customers?|users?))|key results?)"
    r"(?![a-z])"
)
_REMARK = re.compile(r"\([^()]*\)")


def _any_of(name: str) -> str:
    return "|".join(sorted(set(_WORDS[name]), key=lambda word: (-len(word), word)))


def _made_of(kind: str) -> re.Pattern[str]:
    """Return a pattern of headings made of a kind's words, joined and with qualifiers before them."""
    zh = f"(?:{_any_of('qualifiers_zh')})*(?:{_any_of(f'{kind}_zh')})"
    en = f"(?:(?:{_any_of('qualifiers_en')}) )*(?:{_any_of(f'{kind}_en')})"
    return re.compile(rf"(?:20\d\d年度?)?{zh}(?:(?:[与和及、/,]|以及| ){zh})*|{en}(?:(?: and | & |, |/| / ){en})*")


_DECISIONS = re.compile(rf"(?<![a-z])(?:{_any_of('decisions')})(?![a-z])")
_APART, _ACTIONS = _made_of("background"), _made_of("actions")
_SHORT_TITLE = re.compile(r"(?:20\d\d年?度?)?[^\d,.;:。!?]{2,16}")
_LONGEST = 60
"""Characters of a heading that says what its part holds; longer ones are sentences."""


@dataclass(slots=True, eq=False)
class Chapter:
    """A heading with the lines under it up to the next one.

    Attributes:
        purpose: what it holds by its heading, or by the one above; None where neither says that.
        title: its heading, '' above the first.
        above: the part in which it stands.
    """

    purpose: Purpose | None = None
    title: str = ""
    above: Chapter | None = None


def purpose_of(view: str) -> Purpose | None:
    """Return what a part with this folded heading holds, None where it does not say.

    Decisions may be goals where no other part is headed as such.
    """
    words = " ".join(_REMARK.sub(" ", without_mark(view)).split()).strip(" *_:.。~-")
    if not words or len(words) > _LONGEST:
        return None
    if _GOALS.search(words):
        return "goals"
    if _DECISIONS.search(words):
        return "decisions"
    if _ACTIONS.fullmatch(words):
        return "actions"
    return "apart" if _APART.fullmatch(words) else None


def mark_titles(lines: Sequence[Line]) -> None:
    """Mark the titles of a plain text as headings: 一、总体目标, （一）经济效益, and 措施 on a line of its own.

    Numbered ones are short, say no figure, and something else than the next number stands below them: numbered goals
    come one right after another. At least one of the same rank must say what it holds, or have a list under it.
    """
    full = [line for line in lines if line.sort != "blank"]
    found: dict[int, list[Line]] = {}
    known = set[int]()
    for at, line in enumerate(full):
        above = full[at - 1] if at else None
        below = full[at + 1] if at + 1 < len(full) else None
        followed = below is not None and (below.mark or below.number > line.number + 1)
        if line.sort == "line" and len(line.view) < 20 and followed and purpose_of(line.view) in ("apart", "actions"):
            line.sort, line.level = "bold", BOLD
        if line.sort != "item" or line.rank > TITLES or not _SHORT_TITLE.fullmatch(line.words.strip()):
            continue
        if above is not None and above.sort == "item" and above.rank == line.rank:
            continue
        purpose = purpose_of(line.view)
        if below is None and purpose not in ("apart", "actions"):
            continue
        if below is not None and (
            below.sort == "field" or (below.label and below.label.under) or fragment(below.words)
        ):
            continue
        if below is None or not (below.mark and below.rank <= line.rank):
            found.setdefault(line.rank, []).append(line)
            if purpose or (below is not None and below.mark):
                known.add(line.rank)
    for rank in known:
        for line in found[rank]:
            line.sort, line.level = "heading", PART + rank


def chapters(lines: Sequence[Line]) -> list[Chapter]:
    """Return the part in which each line stands.

    A heading ends those of its own level and below, and what it says holds for those below it, too; of the title of
    the whole document that is true only where it speaks of goals. A lead-in (`Risks:`) counts for the list or the
    paragraph below it.
    """
    found: list[Chapter] = []
    headings = [line for line in lines if line.sort == "heading"]
    alone = headings[0] if headings and all(line.level > headings[0].level for line in headings[1:]) else None
    open_: list[tuple[int, Chapter]] = [(0, Chapter())]
    listing = ""
    depth = (0, 0)
    title: Chapter | None = None
    for line in lines:
        if line.level:
            while len(open_) > 1 and open_[-1][0] >= line.level:
                open_.pop()
            above = open_[-1][1]
            own = "goals" if line.sort in ("goal", "objective") else purpose_of(line.view)
            own = None if line.sort == "title" and own != "goals" else own
            inherited = None if above is title and above.purpose in ("apart", "actions") else above.purpose
            open_.append((line.level, Chapter(own or inherited, line.text.strip(), above)))
            title = open_[-1][1] if line is alone else title
            listing, depth = "", (line.indent, 0)
        elif open_[-1][0] == LEAD_IN and line.sort != "blank":
            sort = "list" if line.mark or (line.indent > 0 and listing == "list") else line.sort
            place = (line.indent, line.rank if line.mark else depth[1])
            if (listing and sort != listing) or place < depth:
                open_.pop()
            elif not listing:
                listing, depth = sort, place
        found.append(open_[-1][1])
    return found
