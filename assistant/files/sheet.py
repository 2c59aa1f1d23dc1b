"""Places of cells in a sheet and the words they hold in escapes. Knows nothing about whole workbooks."""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Places:
    """Tells row and column of each cell element in turn; files may leave the references out."""

    def __init__(self) -> None:
        """Start before the first row."""
        self.row = 0
        self.column = 0

    def next_row(self, attributes: dict[str, str]) -> None:
        """Note the start of a row."""
        number = attributes.get("r", "")
        self.row = int(number) if number.isdecimal() else self.row + 1
        self.column = 0

    def next_cell(self, attributes: dict[str, str]) -> tuple[int, int]:
        """Note the start of a cell and return its row and column."""
        match = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = column_number(match[1]) if match else self.column + 1
        return self.row, self.column


def column_number(letters: str) -> int:
    """Return the column of its letters: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def corners(reference: str) -> tuple[int, int, int, int] | None:
    """Return top, left, bottom, right of a range such as `A2:B5`, or None."""
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if not start or not end:
        return None
    return int(start[2]), column_number(start[1]), int(end[2]), column_number(end[1])


def unescaped(text: str) -> str:
    """Return the text with the format's `_x000A_` escapes read."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def escaped(text: str) -> str:
    """Return the text as cells store it: words that look like an escape are escaped, and so is a carriage return."""
    return _ESCAPE.sub(lambda match: f"_x005F_{match[0][1:]}", text).replace("\r", "_x000D_")
