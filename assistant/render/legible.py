"""Makes any text safe to store in a file that people open. Knows nothing about drafts or file formats."""

from __future__ import annotations

from assistant.files.characters import cleaned

_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "␦")
"""Marks that turn the direction of what follows, and so can make a text read as another."""
FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What makes a spreadsheet program read a cell as a formula."""


def legible(text: str) -> str:
    """Return the text with blanks for control characters, `␦` for marks that turn its direction, and plain breaks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return cleaned(plain).translate(_TURNING)


def one_line(text: str) -> str:
    """Return the legible text on one line."""
    return " ".join(legible(text).split())
