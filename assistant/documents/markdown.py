"""Cuts Markdown into lines with their headings; front matter, comments and hidden elements are left out and told.

Knows nothing about cleaning. A line into which a whole text was run together (`… --- ### **Goal 1** - **What** …`) is
cut at its marks again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from assistant.documents.document import Notice, Place
from assistant.documents.piece import Piece, Role, Source
from assistant.documents.plain_text import LONGEST_LATIN_HEADING, lines_of
from assistant.documents.told import NAMED, glimpse, opened, together

_HEADING = re.compile(r"(#{1,6})(?:\s+|(?=\*\*))(\S.*)")
_CLOSING = re.compile(r"\s+#+$")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_RULE = re.compile(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+")
_DEFINED_REMARK = re.compile(r"\[(?://|comment|_)\]:\s*(?:#|<>)\s*(\S.*)", re.I)
_HIDDEN = re.compile(
    r"<(?P<tag>[a-z]{1,8})\b(?=[^<>]{0,300}(?:\shidden\b|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0\b))"
    r"[^<>]{0,300}>(?P<words>[^<]{0,2000})</(?P=tag)\s*>",
    re.I,
)
_RUN_TOGETHER = re.compile(r"\s(?:---\s+)?#{1,6}\s")
_MARK = re.compile(r"\s+---\s+(?=\S)|\s+(?=#{1,6}\s)|\s+(?=(?:-|\d{1,2}\.)\s+\*\*)|(?<=[。；;：:*])\s+(?=-\s)|\s+---$")
_BOLD_TITLE = re.compile(r"(#{1,6}\s+\*\*[^*]{1,80}\*\*)\s+(?=\S)")


_Remark: TypeAlias = tuple[int, list[str]]
_Unseen: TypeAlias = list[tuple[int, str]]


def looks_marked(text: str) -> bool:
    """Tell whether a plain text has Markdown's headings."""
    return re.search(r"(?:^|\n)#{1,6} +\S|\s#{2,6} +\*\*", text) is not None


def read_markdown(text: str, source: Source) -> None:
    """Fill in the source's pieces and notices."""
    lines = lines_of(text)
    start = _front_matter(lines, source)
    fence = ""
    remark: _Remark | None = None
    found: _Unseen = []
    for at in range(start, len(lines)):
        line = lines[at]
        if not fence and (remark or "<!--" in line.text):
            line.text, remark = _without_remarks(line, remark, found)
        marks = _FENCE.match(line.text)
        if fence:
            if marks and line.text.startswith(fence) and not line.text.strip(fence[0]):
                fence = ""
            else:
                source.pieces.append(Piece(line.text, line.first, line.last, role="code"))
        elif marks:
            fence = marks[1]
        else:
            _line(line, source, found)
    if remark:
        found.append((remark[0], "\n".join(remark[1])))
    source.notices += _told(found)


def _front_matter(lines: list[Piece], source: Source) -> int:
    """Return where the text begins, behind the front matter."""
    if not lines or lines[0].text != "---":
        return 0
    for at, line in enumerate(lines[1:60], start=1):
        if line.text in ("---", "..."):
            place = Place("line", 1, at + 1)
            source.notices.append(Notice("left_out", f"Front matter left out ({place.shown('en')}).", place))
            for inner in lines[1:at]:
                key, _, value = inner.text.partition(":")
                if key.strip().lower() == "title":
                    source.title = value.strip().strip("\"'")
            return at + 1
    return 0


def _without_remarks(line: Piece, remark: _Remark | None, found: _Unseen) -> tuple[str, _Remark | None]:
    """Return the line without comments, and the comment that is still open at its end."""
    text, at = line.text, 0
    kept: list[str] = []
    while True:
        if remark is None:
            opens = text.find("<!--", at)
            kept.append(text[at : opens if opens >= 0 else None])
            if opens < 0:
                return "".join(kept), None
            remark, at = (line.first, []), opens + 4
        closes = text.find("-->", at)
        remark[1].append(text[at : closes if closes >= 0 else None])
        if closes < 0:
            return "".join(kept), remark
        found.append((remark[0], "\n".join(remark[1])))
        remark, at = None, closes + 3


def _told(found: _Unseen) -> Iterator[Notice]:
    """Yield what is told of hidden words: the first ones by name, all others by their number."""
    said = [(Place("line", line, line), words.strip()) for line, words in found if words.strip()]
    for place, words in said[:NAMED]:
        yield Notice("hidden", f"{opened(place)}: hidden words left out: “{glimpse(words)}”.", place, words[:200])
    if rest := said[NAMED:]:
        yield together(
            "hidden", f"{len(rest)} more hidden remarks left out", [place for place, _ in rest], rest[0][1][:200]
        )


def _line(line: Piece, source: Source, found: _Unseen) -> None:
    if match := _DEFINED_REMARK.fullmatch(line.text):
        found.append((line.first, match[1].strip("()\"' ")))
        return
    if "<" in line.text:
        found += [(line.first, match["words"]) for match in _HIDDEN.finditer(line.text)]
        line.text = _HIDDEN.sub("", line.text)
    if _RULE.fullmatch(line.text) and line.text:
        _underlined(line, source)
        return
    for part in _parts(line.text):
        heading = _HEADING.fullmatch(part)
        if heading and len(heading[2]) <= 2 * LONGEST_LATIN_HEADING:
            words = _CLOSING.sub("", heading[2]).strip("*_ ").replace("**", "")
            source.pieces.append(Piece(words, line.first, line.last, len(heading[1])))
        else:
            role: Role = "row" if part.startswith("|") else "text"
            if role == "text" or part.strip("|-: "):
                source.pieces.append(Piece(part, line.first, line.last, role=role))


def _underlined(line: Piece, source: Source) -> None:
    """A line of `===` or `---` makes a heading of the line above it; elsewhere it is a rule."""
    above = source.pieces[-1] if source.pieces else None
    if above and above.last == line.first - 1 and above.text and not above.level and above.role == "text":
        short = len(above.text) <= LONGEST_LATIN_HEADING and not above.text.startswith(("-", "*", ">"))
        if line.text.startswith(("=", "--")) and short and " " not in line.text:
            above.level = 1 if line.text.startswith("=") else 2
            return
    source.pieces.append(Piece("", line.first, line.last))


def _parts(text: str) -> list[str]:
    """Return the lines of a text that was run together into one; other lines as they are."""
    if len(text) < 200 or len(_RUN_TOGETHER.findall(text)) < 2:
        return [text]
    parts = []
    for part in _MARK.split(text):
        pieces = _BOLD_TITLE.sub(r"\1\n", part, count=1).split("\n") if part.startswith("#") else [part]
        parts += [piece.strip() for piece in pieces if piece.strip()]
    return parts
