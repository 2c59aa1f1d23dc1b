"""Reads `goals: ignore rule-name` remarks at a line's end and blanks what is markup. Knows nothing about rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

_REMARK = re.compile(
    r"(?:<!--|#|//|\[|\(|【|（)\s*goals\s*[:：]\s*ignore(?P<names>[ \t]+[A-Za-z0-9,，、 \t-]*?)?\s*"
    r"(?:-->|\]|\)|】|）|(?=\n|$))"
)
_MARKUP = re.compile(r"\*\*|__|`|(?m:^[ \t]*(?:#{1,6}|>|[-*+•])(?=[ \t]))")

_NUMBER = re.compile(
    r"^[ \t#*_-]*(?:smart[ \t]*)?(?:目标|目標|goal)[ \t]*#?\d{1,3}(?=[*_]{0,2}[ \t]*[:：])",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Rules to leave out on one line, `[start, end)` of the text; no names means all."""

    start: int
    end: int
    names: frozenset[str]

    def covers(self, rule: str, id: str, place: int) -> bool:
        """Tell whether a finding of that rule at that place is to be left out."""
        return self.start <= place <= self.end and (not self.names or rule in self.names or id.lower() in self.names)


def remarks(text: str) -> list[Remark]:
    """Return the remarks of a text, each for its line; in a text of one line for all of it."""
    found = []
    for match in _REMARK.finditer(text) if "goals" in text else ():
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        names = re.split(r"[\s,，、]+", (match["names"] or "").strip().lower())
        found.append(Remark(start, len(text) if end < 0 else end, frozenset(name for name in names if name)))
    return found


def readable(text: str) -> str:
    """Return the text with remarks and markup replaced by as many blanks, so that places stay the same."""
    if "goals" in text:
        text = _REMARK.sub(lambda match: " " * len(match[0]), text)
    text = _NUMBER.sub(lambda match: " " * len(match[0]), text)
    return _MARKUP.sub(lambda match: " " * len(match[0]), text)
