"""Works out how high a row has to be for its wrapped words. Knows nothing about files.

Programs do this themselves when a cell is edited, but not all of them when a file is opened.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

MOST = 409.0
"""Points that a row can be high."""
_LINE = 1.4
"""Height of a line over the size of its font, in the fonts that people use for Chinese."""

_USUAL = 11
"""Points of the font in whose digits widths of columns are mostly counted."""
_MARGIN = 0.7
"""Characters of a column's width that stay free."""


def height(cells: Iterable[tuple[str, float]], size: float) -> float:
    """Return the points that a row needs.

    Args:
        cells: words of each wrapped cell, and the width of its column in characters.
        size: of the font, in points.
    """
    most = max((lines(text, width * _USUAL / size) for text, width in cells), default=1)
    return min(MOST, round(most * size * _LINE + 1, 1))


def lines(text: str, width: float) -> int:
    """Return the lines that words take up in a column; a character of full width counts as two."""
    room = max(width - _MARGIN, 1)
    return sum(max(1, math.ceil(_units(line) / room)) for line in text.split("\n"))


def _units(line: str) -> float:
    """Return the width of a line in digits, all characters beyond ASCII being about as wide as Chinese ones."""
    return (len(line) + len(line.encode("utf-8", "surrogatepass"))) / 2
