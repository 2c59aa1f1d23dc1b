"""Takes out characters that no reader of a goal can see and no file format can store. Knows nothing about files."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """Return the text with a blank for every control character and lone surrogate; the length stays."""
    return _CONTROLS.sub(" ", text)


def count_controls(text: str) -> int:
    """Return how many characters `cleaned` would replace."""
    return sum(1 for _ in _CONTROLS.finditer(text))
