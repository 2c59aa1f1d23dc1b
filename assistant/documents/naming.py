"""Makes of a file's name one that may be shown. Knows nothing about the file."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST_NAME = 120
_LONGEST_ENDING = 12
_ODD = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown_name(name: str) -> str:
    """Return the name without folders, control, direction and invisible characters, at most 120 long.

    A long name keeps its ending; `document` where nothing remains.
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(" " if ch in "\t\r\n" else ch for ch in last if ch in "\t\r\n" or _shows(ch))
    plain = " ".join(plain.split())
    if not plain.strip(". "):
        return "document"
    if len(plain) > LONGEST_NAME:
        ending = ending_of(plain)
        ending = ending if len(ending) <= _LONGEST_ENDING else ""
        plain = plain[: LONGEST_NAME - len(ending) - 1].rstrip() + "…" + ending
    return plain


def ending_of(name: str) -> str:
    """Return the ending in small letters, with its dot; '' where there is none."""
    return PurePosixPath(name).suffix.lower()


def without_ending(name: str) -> str:
    """Return the name as a title."""
    return PurePosixPath(name).stem or name


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in _ODD
