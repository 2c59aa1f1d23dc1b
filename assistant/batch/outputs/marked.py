"""Makes words safe inside Markdown: they show as they are, and never become a link, a picture or HTML.

Knows nothing about goals.
"""

from __future__ import annotations

import re

from assistant.files.characters import cleaned

_SIGNS = re.compile(r"[\\`*_\[\]<>|~&@#$^]")
_ADDRESS = re.compile(r"(?<=:)//|(?<=[A-Za-z])://|\bwww\.", re.I)
_TICKS = re.compile(r"`{3,}")


def escaped(text: str) -> str:
    """Return words on one line in which no sign means anything to Markdown."""
    line = " ".join(cleaned(text).split())
    return _ADDRESS.sub(lambda match: match[0].replace("/", "\\/").replace(".", "\\."), _SIGNS.sub(r"\\\g<0>", line))


def table_cell(text: str) -> str:
    """Return words for a cell of a table, their lines kept apart."""
    return "<br>".join(escaped(line) for line in text.splitlines() if line.strip())


def diff_fence(old: str, new: tuple[str, ...]) -> tuple[str, ...]:
    """Return a fenced diff of words, as lines."""
    body = [f"- {line.strip()}" for line in cleaned(old).splitlines() if line.strip()]
    body += [f"+ {' '.join(line.split())}" for text in new for line in cleaned(text).splitlines()]
    longest = max((len(ticks) for line in body for ticks in _TICKS.findall(line)), default=2)
    fence = "`" * (longest + 1)
    return (f"{fence}diff", *body, fence)
