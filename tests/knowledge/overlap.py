"""Finds runs of characters that a text shares with documents which were read but may not be quoted.

Knows only hashes of those documents, never their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from assistant.language import to_hans

RUN = 14
"""Characters, white space left out, that make a shared run."""

DIGEST = 8
"""Bytes of one hash."""

TABLE = Path(__file__).resolve().parent.parent / "data" / "source_shingles.bin"
_WIDTH = 4
_SPACE = re.compile(r"\s+")


def flatten(text: str) -> str:
    """`text` without white space and in one script, so that a converted sentence is still the same sentence."""
    return to_hans(_SPACE.sub("", text))


def shingles(flat: str) -> Iterator[bytes]:
    """The hash of every run in a flattened text, in order."""
    raw = flat.encode("utf-32-le")
    for start in range(0, len(raw) - (RUN - 1) * _WIDTH, _WIDTH):
        yield blake2b(raw[start : start + RUN * _WIDTH], digest_size=DIGEST).digest()


@lru_cache(maxsize=1)
def known() -> frozenset[bytes]:
    """The hashes of the documents' runs."""
    raw = TABLE.read_bytes()
    return frozenset(raw[start : start + DIGEST] for start in range(0, len(raw), DIGEST))


def shared(text: str) -> list[str]:
    """The runs of `text` that the documents have too."""
    flat, marks = flatten(text), known()
    return [flat[place : place + RUN] for place, mark in enumerate(shingles(flat)) if mark in marks]
