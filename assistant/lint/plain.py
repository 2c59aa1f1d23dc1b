"""Makes the view of a text that word lists are matched on: same length, folded forms. Knows nothing about words."""

from __future__ import annotations

import unicodedata

from assistant.language.scripts import characters


def _table() -> dict[int, str]:
    table: dict[int, str] = {ord(old): new for old, new in characters().simplify.items()}
    for code in range(0xFF01, 0xFF5F):
        table[code] = unicodedata.normalize("NFKC", chr(code)).lower()
    for code in range(ord("A"), ord("Z") + 1):
        table[code] = chr(code).lower()
    table.update({0x3000: " ", 0xA0: " ", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xFF0C: ",", 0xFF1B: ";"})
    return table


_TABLE = _table()


def plain(text: str) -> str:
    """Return the text with letters lowered, full-width forms narrowed, traditional characters simplified.

    Every character becomes exactly one, so places in the result are places in the text.
    """
    return text.translate(_TABLE)
