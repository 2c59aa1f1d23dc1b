"""Reads the remarks by which a document speaks to the linter, and blanks what is markup. Knows nothing about rules.

At a line's end: `goals: ignore rule-name`. On a line of its own, for the whole document: `goals: profile NAME` and
`goals: ignore-file rule-name`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = r"(?:<!--|#|//|\[|\(|【|（)"
_CLOSE = r"(?:-->|\]|\)|】|）)"
_NAMES = r"(?P<names>[ \t]+[A-Za-z0-9,，、 \t-]*?)?"
_REMARK = re.compile(rf"{_OPEN}\s*goals\s*[:：]\s*ignore{_NAMES}\s*(?:{_CLOSE}|(?=\n|$))")
_FILE_REMARK = re.compile(
    rf"^[ \t\ufeff]*{_OPEN}[ \t]*goals[ \t]*[:：][ \t]*"
    rf"(?:profile[ \t]+(?P<profile>[\w-]+?)|ignore-file{_NAMES})[ \t]*{_CLOSE}?[ \t]*\r?$",
    re.MULTILINE,
)
_MARKUP = re.compile(r"\*\*|`|(?m:^[ \t]*(?:#{1,6}|>|[-*+•])(?=[ \t]))")
_MARKUP_SIGN = re.compile(r"[*`#>+•-]")
_UNDERLINED = re.compile(r"__(?=[^\s_])([^_\n]{1,200})(?<=[^\s_])__")
"""Bold words between double underscores; two underscores by themselves are a blank to fill in."""
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
        found.append(Remark(start, len(text) if end < 0 else end, _names(match)))
    return found


def named_profile(document: str) -> str | None:
    """Return the profile that the document names for itself, as written; the first one counts."""
    found = _FILE_REMARK.finditer(document) if "goals" in document else ()
    return next((match["profile"] for match in found if match["profile"]), None)


def ignored_in_file(document: str) -> frozenset[str] | None:
    """Return the names and ids of rules that the document leaves out; empty for all rules, None for no such remark."""
    found = _FILE_REMARK.finditer(document) if "goals" in document else ()
    entries = [_names(match) for match in found if not match["profile"]]
    if not entries:
        return None
    return frozenset().union(*entries) if all(entries) else frozenset()


def line_remarks(document: str) -> Iterator[tuple[int, frozenset[str], bool]]:
    """Yield the line of each `goals: ignore`, the names it gives, and whether it stands on that line alone."""
    for number, line in enumerate(document.split("\n") if "goals" in document else (), start=1):
        for match in _REMARK.finditer(line):
            rest = line[: match.start()] + line[match.end() :]
            yield number, _names(match), not rest.strip(" \t\r\ufeff-*+•|")


def is_remark(text: str) -> bool:
    """Tell whether the text is nothing but remarks to the linter."""
    return "goals" in text and not readable(text).strip("\ufeff \t\r\n")


def readable(text: str) -> str:
    """Return the text with remarks and markup replaced by as many blanks, so that places stay the same."""
    if "goals" in text:
        for pattern in (_FILE_REMARK, _REMARK):
            text = pattern.sub(_blanked, text)
    if "目" in text or "oal" in text.lower():
        text = _NUMBER.sub(_blanked, text)
    if "__" in text:
        text = _UNDERLINED.sub(r"  \1  ", text)
    return _MARKUP.sub(_blanked, text) if _MARKUP_SIGN.search(text) else text


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _names(match: re.Match[str]) -> frozenset[str]:
    return frozenset(name for name in re.split(r"[\s,，、]+", (match["names"] or "").lower()) if name)
