"""Drops page numbers and running headers and footers from the edges of a PDF's pages, and tells of it.

Knows nothing about paragraphs or how the text was taken out of the file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from assistant.documents.document import Notice, Place
from assistant.documents.told import glimpse, together

_EDGE = 2
"""Lines at the top and bottom of a page among which headers and footers stand; one of each on a short page."""
_SHORT_PAGE = 6
_PAGES = 3
_LONGEST = 80
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?:[-–—]\s*)?(?:page\s*|p\.\s*)?(?:第\s*)?(\d{1,4})(?:\s*[页頁])?(?:\s*(?:/|of|,|，|共)+\s*\d{1,4})?"
    r"(?:\s*[页頁])?(?:\s*[-–—])?",
    re.I,
)


class _Edge(NamedTuple):
    """A line at the edge of a page: the page's number, and the line's place in it."""

    page: int
    at: int
    line: str


def without_edges(pages: list[tuple[int, list[str]]]) -> list[Notice]:
    """Drop the page numbers, and running headers and footers but for the first, in place; return what to tell."""
    edges = [edge for page, lines in pages for edge in _edges(page, lines)]
    numbers = _numbers(edges)
    running = _running([edge for edge in edges if edge not in numbers])
    dropped = {(edge.page, edge.at) for edge in numbers}
    notices = []
    if numbers:
        found = sorted(numbers)
        notices.append(together("repeated", f"{len(found)} page numbers left out", _places(found), found[0].line))
    for found in running:
        dropped.update((edge.page, edge.at) for edge in found[1:])
        what = f"“{glimpse(found[0].line)}” stands at the edge of {len(found)} pages and is kept once"
        notices.append(together("repeated", what, _places(found), found[0].line))
    for page, lines in pages:
        lines[:] = [line for at, line in enumerate(lines) if (page, at) not in dropped]
    return notices


def _edges(page: int, lines: list[str]) -> Iterator[_Edge]:
    wide = _EDGE if len(lines) > _SHORT_PAGE else 1
    places = {*range(min(wide, len(lines))), *range(max(len(lines) - wide, 0), len(lines))}
    for at in sorted(places):
        if len(lines[at]) <= _LONGEST and re.search(r"\w", lines[at]):
            yield _Edge(page, at, lines[at])


def _numbers(edges: list[_Edge]) -> set[_Edge]:
    """Return the lines that hold nothing but a number that grows with the pages."""
    apart: dict[int, list[_Edge]] = defaultdict(list)
    for edge in edges:
        if match := _NUMBER.fullmatch(edge.line):
            apart[int(match[1]) - edge.page].append(edge)
    runs = [found for found in apart.values() if len({edge.page for edge in found}) > 1]
    longest: list[_Edge] = max(runs, key=len, default=[])
    return set(longest)


def _running(edges: list[_Edge]) -> list[list[_Edge]]:
    """Return the lines of each header or footer: the same words on several pages, whose numbers stay or grow along."""
    groups: dict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        groups[_DIGITS.sub("0", edge.line)].append(edge)
    found = []
    for group in groups.values():
        pages = Counter(edge.page for edge in group)
        rows = [[(int(n), int(n) - edge.page) for n in _DIGITS.findall(edge.line)] for edge in group]
        steady = all(
            len({kept for kept, _ in column}) == 1 or len({grown for _, grown in column}) == 1
            for column in zip(*rows, strict=True)
        )
        if len(pages) >= _PAGES and steady:
            found.append(group)
    return found


def _places(edges: list[_Edge]) -> list[Place]:
    return [Place("page", edge.page, edge.page) for edge in edges]
