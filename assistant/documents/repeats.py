"""Keeps a line that every page repeats once: running headers and footers, and drops page numbers.

Knows nothing about file formats. A line that says something each time it stands there stays: an owner, a status, a
list item, a heading, a line with a colon.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from assistant.documents.document import Notice
from assistant.documents.piece import Piece, Source
from assistant.documents.told import glimpse, together

TIMES = 3
_APART = 8
"""Lines between two repetitions; what stands closer together is a list or a table."""
_LONGEST = 60
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—·•]\s*\d{1,4}\s*[-–—·•]|第\s*\d{1,4}\s*[页頁](?:\s*[,，/／]?\s*共\s*\d{1,4}\s*[页頁])?"
    r"|(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?)",
    re.I,
)
_SAYS = re.compile(r"[:：;；|=。！？!?%％]|^\s*(?:[-*+•·#>(（]|\d+\s*[.、)）])")
_ENOUGH = re.compile(
    r"[\u3400-\u9fff].*[\u3400-\u9fff].*[\u3400-\u9fff].*[\u3400-\u9fff].*[\u3400-\u9fff]|\w+\W+\w+\W+\w+"
)


def without_repeats(source: Source) -> tuple[list[Piece], list[Notice]]:
    """Return the pieces without page numbers and with repeated lines once, and what to tell."""
    seen: dict[str, list[int]] = defaultdict(list)
    numbers: list[int] = []
    solid = [at for at, piece in enumerate(source.pieces) if piece.text.strip()]
    for order, at in enumerate(solid):
        piece = source.pieces[at]
        line = " ".join(piece.text.split())
        if piece.role != "text" or piece.level or len(line) > _LONGEST:
            continue
        if _PAGE_NUMBER.fullmatch(line):
            numbers.append(at)
        elif not _SAYS.search(line) and _ENOUGH.search(line):
            seen[_DIGITS.sub("0", line)].append(order)
    dropped: set[int] = set()
    notices = []
    for orders in seen.values():
        places = [solid[order] for order in orders]
        if _runs_on(orders) and _counts_up([source.pieces[at].text for at in places]):
            dropped.update(places[1:])
            first = source.pieces[places[0]]
            notices.append(
                together(
                    "repeated",
                    f"“{glimpse(first.text)}” stands {len(places)} times and is kept once",
                    [source.place(source.pieces[at]) for at in places],
                    first.text.strip()[:200],
                )
            )
    if len(numbers) >= TIMES:
        dropped.update(numbers)
        told = [source.place(source.pieces[at]) for at in numbers]
        words = source.pieces[numbers[0]].text.strip()
        notices.append(together("repeated", f"{len(numbers)} page numbers left out", told, words))
    return [piece for at, piece in enumerate(source.pieces) if at not in dropped], notices


def _runs_on(orders: list[int]) -> bool:
    return len(orders) >= TIMES and all(b - a > _APART for a, b in pairwise(orders))


def _counts_up(texts: list[str]) -> bool:
    """Tell whether the lines are the same but for one number that grows, as a page number does."""
    rows = [tuple(map(int, _DIGITS.findall(text[:_LONGEST]))) for text in texts]
    changing = [column for column in zip(*rows, strict=True) if len(set(column)) > 1]
    return not changing or (len(changing) == 1 and all(a < b for a, b in pairwise(changing[0])))
