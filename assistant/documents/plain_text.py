"""Cuts plain text into lines and finds the headings that people write without marks: 一、…, （二）…, 1. Title, 篇一：….

Knows nothing about Markdown's marks or about cleaning.
"""

from __future__ import annotations

import re

from assistant.documents.piece import Piece

_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_N = "[一二三四五六七八九十百]{1,3}"
_D = r"[一二三四五六七八九十百\d]{1,4}"
_KINDS = (
    (2, re.compile(rf"篇\s?{_N}\s*[:：]|第\s?{_D}\s?[章篇编編部][\s:：]?|(?:chapter|part)\s+\w+\b", re.I)),
    (3, re.compile(rf"{_N}\s?[、.．]|第\s?{_D}\s?[节節][\s:：]?|(?:section|appendix)\s+\w+\b|[IVX]{{1,5}}\.\s")),
    (4, re.compile(rf"[(（]\s?{_N}\s?[)）]")),
    (5, re.compile(r"[A-H][.、．]\s?(?=\S)")),
    (6, re.compile(r"\d{1,2}(?:[.、．]\s?(?!\d)|(?:\.\d{1,2}){1,3}\.?\s)\s*(?=\S)")),
)
_ENDS = frozenset("。！？；，、.!?;,…~～")
_SAYS = re.compile(r"[。！？；!?;|%％]|[:：].{12}|\. ")
LONGEST_HEADING = 40
LONGEST_LATIN_HEADING = 80


def lines_of(text: str) -> list[Piece]:
    """Return one piece a line; blank lines are kept as blank pieces."""
    return [Piece(line.strip(), number, number) for number, line in enumerate(_BREAK.split(text), start=1)]


def mark_headings(pieces: list[Piece]) -> None:
    """Give a level to the pieces that look like headings; numbered lines one after another are a list."""
    solid = [piece for piece in pieces if piece.text.strip()]
    kinds = [_kind(piece) for piece in solid]
    for at, (piece, kind) in enumerate(zip(solid, kinds, strict=True)):
        listed = kind in kinds[max(at - 1, 0) : at] or kind in kinds[at + 1 : at + 2]
        if kind and not listed and at + 1 < len(solid) and _short(piece.text) and not _SAYS.search(_unnumbered(piece)):
            piece.level = kind
    _mark_title(pieces, solid)


def _kind(piece: Piece) -> int:
    if piece.role != "text" or piece.level:
        return 0
    return next((level for level, pattern in _KINDS if pattern.match(piece.text)), 0)


def _short(text: str) -> bool:
    longest = LONGEST_LATIN_HEADING if text.isascii() else LONGEST_HEADING
    return "\n" not in text and 2 <= len(text) <= longest and text[-1] not in _ENDS


def _unnumbered(piece: Piece) -> str:
    """Return a heading's words without its number."""
    match = next((found for _, pattern in _KINDS if (found := pattern.match(piece.text))), None)
    return piece.text[match.end() :] if match else piece.text


def _mark_title(pieces: list[Piece], solid: list[Piece]) -> None:
    """The first line is the title of a text when it is short and a blank line or a paragraph follows."""
    if (
        len(solid) < 3
        or not _short(solid[0].text)
        or re.search("[。！？；!?;|]", solid[0].text)
        or solid[0].role != "text"
        or solid[0].level
        or _kind(solid[0])
    ):
        return
    first, second = solid[0], solid[1]
    at = pieces.index(first)
    apart = at + 1 < len(pieces) and not pieces[at + 1].text.strip()
    paragraphs = any(len(piece.text) > 60 for piece in solid[1:])
    headed = any(piece.level for piece in solid[1:])
    if not re.match(r"[-*•·●▪+>]|\d+[.、)）]", first.text) and (
        len(second.text) > 40 or (apart and (paragraphs or headed)) or second.level
    ):
        first.level = 1
