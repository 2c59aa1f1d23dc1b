"""Writes cells of a sheet as XML: words as text, never as formulas, and numbers. Knows nothing about goals."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.sax.saxutils import escape

from assistant.files.characters import cleaned
from assistant.files.patching import MAX_CELL
from assistant.files.sheet import column_letters, escaped

_LEADS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a cell that look alike: deleted ones are struck through, new ones are underlined.

    `font` is the font's name as XML has it, `size` its points.
    """

    text: str
    font: str
    size: str
    deleted: bool = False
    inserted: bool = False


Value: TypeAlias = str | int | float | tuple[Run, ...]


@dataclass(slots=True)
class Clipper:
    """Shortens words that no cell can hold, with a mark that says so, and remembers where.

    Attributes:
        mark: stands where words were cut off.
        cut: references of the cells that were shortened.
    """

    mark: str
    cut: list[str] = field(default_factory=list)

    def clip(self, text: str, place: str) -> str:
        """Return the words, shortened at the edge of a character as readers see it where they are too long."""
        if len(text) <= MAX_CELL // 2 or _units(text) <= MAX_CELL:
            return text
        self.cut.append(place)
        room = MAX_CELL - _units(self.mark)
        return whole_characters(text, room) + self.mark


def whole_characters(text: str, room: int) -> str:
    """Return the longest beginning of at most `room` UTF-16 units that ends between characters as readers see them."""
    end = used = 0
    while end < len(text) and used + _units(text[end]) <= room:
        used += _units(text[end])
        end += 1
    while 0 < end < len(text) and _joined(text, end):
        end -= 1
    return text[:end]


def _joined(text: str, at: int) -> bool:
    """Tell whether the code points before and after a place are parts of one character."""
    before, after = text[at - 1], text[at]
    if after == _JOINER or before == _JOINER or unicodedata.category(after).startswith("M"):
        return True
    if (
        "\U0001f3fb" <= after <= "\U0001f3ff"
        or "\U000e0020" <= after <= "\U000e007f"
        or (before, after) == ("\r", "\n")
    ):
        return True
    return _is_flag(before) and _is_flag(after)


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def leads_formula(value: Value) -> bool:
    """Tell whether words begin as formulas do; cells with them keep their quote when someone edits them."""
    return isinstance(value, str) and value.startswith(_LEADS)


def text_of(value: Value) -> str:
    """Return the words of a cell as they are seen."""
    return "".join(run.text for run in value) if isinstance(value, tuple) else str(value)


def cell(prefix: str, row: int, column: int, value: Value, style: int, clipper: Clipper, place: str = "") -> str:
    """Return a cell element.

    Args:
        prefix: of the sheet's elements, with its colon, or ''.
        row: from 1.
        column: from 1.
        value: words, runs of words, or a number.
        style: number of the cell format.
        clipper: shortens words that are too long.
        place: name of the sheet, for the clipper.
    """
    reference = f"{column_letters(column)}{row}"
    head = f'<{prefix}c r="{reference}" s="{style}"'
    if isinstance(value, int | float):
        return f"{head}><{prefix}v>{value}</{prefix}v></{prefix}c>"
    where = f"{place}!{reference}"
    if isinstance(value, tuple):
        inside = "".join(_run(prefix, run) for run in _clipped(value, clipper, where))
    elif value:
        inside = _words(prefix, clipper.clip(plain(value), where))
    else:
        return f"{head}/>"
    return f'{head} t="inlineStr"><{prefix}is>{inside}</{prefix}is></{prefix}c>'


def plain(text: str) -> str:
    """Return the text as a cell can hold it: without control characters, lines ending in a line feed."""
    return cleaned(text.replace("\r\n", "\n").replace("\r", "\n"))


def _clipped(runs: tuple[Run, ...], clipper: Clipper, place: str) -> tuple[Run, ...]:
    if sum(_units(run.text) for run in runs) <= MAX_CELL:
        return runs
    whole = "".join(run.text for run in runs if not run.deleted)
    return (Run(clipper.clip(whole, place), runs[0].font, runs[0].size),)


def _run(prefix: str, run: Run) -> str:
    p = prefix
    look = "FF9C0006" if run.deleted else "FF006100" if run.inserted else ""
    line, under = f"<{p}strike/>" if run.deleted else "", f"<{p}u/>" if run.inserted else ""
    colour = f'<{p}color rgb="{look}"/>' if look else ""
    style = f'<{p}rFont val="{run.font}"/>{line}{colour}<{p}sz val="{run.size}"/>{under}'
    return f"<{p}r><{p}rPr>{style}</{p}rPr>{_words(p, plain(run.text))}</{p}r>"


def _words(prefix: str, text: str) -> str:
    return f'<{prefix}t xml:space="preserve">{escape(escaped(text))}</{prefix}t>'
