"""Writes the words of a row with its new figures as chips, or with what was found underlined.

Knows nothing about rows or runs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.goals.batch import NewNumber, RowFinding
from assistant.web.escape import text
from assistant.web.texts import Texts

_MOST_OF_IT = 0.9
"""Share of a text from which on a finding is about the whole of it, and no underline helps."""


def chipped(words: str, numbers: Sequence[NewNumber], texts: Texts) -> str:
    """Return a text with its new figures as chips coloured by origin."""
    by_text = {number.text: number for number in numbers if number.text}
    if not by_text:
        return text(words)
    ways = sorted(by_text, key=len, reverse=True)
    pattern = re.compile("|".join(_whole(way) for way in ways))
    out, at = [], 0
    for found in pattern.finditer(words):
        out += [text(words[at : found.start()]), _chip(words, found, by_text[found[0]], texts)]
        at = found.end()
    return "".join((*out, text(words[at:])))


def underlined(words: str, findings: Sequence[RowFinding]) -> str:
    """Return a text with what was found in it underlined, numbered as in the list of findings."""
    places: list[tuple[int, int, int]] = []
    for number, finding in enumerate(findings, 1):
        piece = finding.text
        start = words.find(piece) if piece.strip() else -1
        if start < 0 or len(piece) > _MOST_OF_IT * len(words.strip()):
            continue
        end = start + len(piece)
        if all(end <= low or start >= high for low, high, _ in places):
            places.append((start, end, number))
    out, at = [], 0
    for start, end, number in sorted(places):
        finding = findings[number - 1]
        out += [
            text(words[at:start]),
            f'<span class="find" data-sev="{finding.severity}" data-n="{number}">{text(words[start:end])}</span>',
        ]
        at = end
    return "".join((*out, text(words[at:])))


def _whole(way: str) -> str:
    """Return a pattern that finds a figure, but not as a part of a longer one."""
    before = r"(?<![\d.,])" if way[0].isdigit() else ""
    after = r"(?![\d]|[.,]\d)" if way[-1].isdigit() else ""
    return f"{before}{re.escape(way)}{after}"


def _chip(words: str, found: re.Match[str], number: NewNumber, texts: Texts) -> str:
    label = texts.plain(f"origin.{number.origin}")
    spaced = words[found.start() - 1 : found.start()] == " " or words[found.end() : found.end() + 1] == " "
    said = f"{found[0]}{texts.plain('card.joint')}{label}"
    return (
        f'<span class="num{" sp" if spaced else ""}" role="button" tabindex="-1" data-hot '
        f'data-origin="{number.origin}" data-label="{text(label)}" data-why="{text(number.why)}" '
        f'aria-label="{text(said)}">{text(found[0])}</span>'
    )
