"""The words by which instructions are known, from words/*.toml, and how they are found in a text.

Knows nothing about drafts. Texts are compared letter by letter after folding: small letters, half-width marks,
simplified characters, so that every place found is a place in the text as typed.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant import catalogue
from assistant.goals import Language

_LATIN = re.compile(r"[a-z0-9]")

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The instruction words of all languages.

    Attributes:
        words: the words of each group, as they stand in the files.
        groups: pattern of each group, such as `slot.target` or `cue.drop`; one alternative a word, the longest first.
        numbers: word → number.
        owners: patterns in which `who` is somebody named as owner.
    """

    words: dict[str, tuple[str, ...]]
    groups: dict[str, re.Pattern[str]]
    numbers: dict[str, int]
    owners: tuple[re.Pattern[str], ...]

    def open(self, group: str) -> str:
        """Return a pattern for the words of a group that may stand right before a letter or digit, such as `kr2`."""
        return "|".join(sorted(map(re.escape, self.words[group]), key=len, reverse=True))

    def places(self, group: str, text: str, start: int = 0, end: int | None = None) -> list[Place]:
        """Return where words of a group stand in a folded text, none overlapping, in order."""
        return [match.span() for match in self.groups[group].finditer(text, start, len(text) if end is None else end)]

    def has(self, group: str, text: str, start: int = 0, end: int | None = None) -> bool:
        """Tell whether a word of the group stands there."""
        return self.groups[group].search(text, start, len(text) if end is None else end) is not None


@cache
def load() -> Lexicon:
    """Return the lexicon, read once a process."""
    words: dict[str, list[str]] = {}
    numbers: dict[str, int] = {}
    owners: list[re.Pattern[str]] = []
    for name in ("zh", "en"):
        raw = tomllib.loads(resources.files(__package__).joinpath("words", f"{name}.toml").read_text("utf-8"))
        for number, spoken in raw.pop("number").items():
            numbers |= dict.fromkeys(spoken, int(number))
        about_owners = raw.pop("owner")
        owners += [re.compile(pattern) for pattern in about_owners.pop("patterns")]
        raw["owner"] = about_owners
        for table, groups in raw.items():
            for group, each in groups.items():
                words.setdefault(f"{table}.{group}", []).extend(each)
    words["number.counted"] = [
        f"{number}{measure}" for number in numbers for measure in words["count.measure"] if not number.isascii()
    ]
    patterns = {group: _pattern(each) for group, each in words.items()}
    return Lexicon({group: tuple(each) for group, each in words.items()}, patterns, numbers, tuple(owners))


def fold(text: str) -> str:
    """Return the text in the form that words are compared in, of the same length."""
    return catalogue.fold(text).replace("’", "'")


def languages(text: str, lexicon: Lexicon) -> list[tuple[Language | None, Place]]:
    """Return the languages that a folded text names with their places; None for Chinese without a script."""
    found: list[tuple[Language | None, Place]] = []
    codes: tuple[tuple[str, Language | None], ...] = (
        ("zh-Hans", "zh-Hans"), ("zh-Hant", "zh-Hant"), ("en", "en"), ("zh", None),
    )  # fmt: skip
    for code, language in codes:
        for place in lexicon.places(f"language.{code}", text):
            if not any(start <= place[0] < end for _, (start, end) in found):
                found.append((language, place))
    return found


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Return one pattern for words; Latin ones must stand alone."""
    if not words:
        return re.compile(r"(?!)")
    parts = []
    for word in sorted(set(words), key=lambda each: (-len(each), each)):
        escaped = r"\s+".join(re.escape(part) for part in word.split())
        left = r"(?<![a-z0-9])" if _LATIN.match(word[0]) else ""
        right = r"(?![a-z0-9])" if _LATIN.match(word[-1]) else ""
        parts.append(f"{left}{escaped}{right}")
    return re.compile("|".join(parts))
