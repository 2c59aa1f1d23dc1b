"""Splits a text into clauses and sentences with their places. Knows nothing about their meaning."""

from __future__ import annotations

import re
from typing import NamedTuple

_BREAK = re.compile(r"[，；。！？\n]+|[,;!?](?=\s|[\u3400-\u9fff]|$)|(?<=[\u3400-\u9fff%]),|\.(?=\s|$)")
_SENTENCE = re.compile(r"[。！？；\n]+|[!?;](?=\s|$)|\.(?=\s|$)")
_EDGE = " \t\u3000·•-–—*"


class Clause(NamedTuple):
    """A stretch of a text between marks, without them: `text[start:end]`."""

    start: int
    end: int
    text: str


def clauses(text: str) -> list[Clause]:
    """Return the clauses of `text`; a comma inside a number and a point inside a decimal do not split."""
    return _split(text, _BREAK)


def sentences(text: str) -> list[Clause]:
    """Return the sentences of `text`; clauses joined by commas stay together."""
    return _split(text, _SENTENCE)


def _split(text: str, border: re.Pattern[str]) -> list[Clause]:
    found, at = [], 0
    for match in [*border.finditer(text), None]:
        end = match.start() if match else len(text)
        start = at
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if end > start:
            found.append(Clause(start, end, text[start:end]))
        if match:
            at = match.end()
    return found
