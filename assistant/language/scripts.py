"""Tells the language and script of a text and maps traditional characters to simplified ones.

Knows single characters only: no phrases, no vocabulary, no goals.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from assistant.goals.base import TextLanguage
from assistant.language.later import later

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LATIN_WORDS = later(r"(?<![a-z])[a-z]{2,}(?![a-z])", re.IGNORECASE)
_HAN_ANY = later(f"[{HAN}\U00020000-\U0003ffff]")


class Characters(NamedTuple):
    """The character tables: traditional → simplified, and the characters that only one script has."""

    simplify: dict[str, str]
    only_hant: frozenset[str]
    only_hans: frozenset[str]


@lru_cache(maxsize=1)
def characters() -> Characters:
    """The tables, read once."""
    raw = files("assistant.language").joinpath("data/characters.txt").read_text(encoding="utf-8")
    hant, hans, only_hant, only_hans = (line for line in raw.splitlines() if not line.startswith("#"))
    return Characters(dict(zip(hant, hans, strict=True)), frozenset(only_hant), frozenset(only_hans))


def has_han(text: str) -> bool:
    """Whether any Chinese character occurs."""
    return _HAN_ANY.search(text) is not None


def detect(text: str) -> TextLanguage:
    """The language of `text`: English without Han, else Chinese by the characters that only one script has.

    `zh` where no character tells; the script with more evidence where both occur, Simplified on a tie.
    """
    if text.isascii() or not has_han(text) or _mostly_latin(text):
        return "en"
    tables = characters()
    distinct = set(text)
    hant_seen, hans_seen = distinct & tables.only_hant, distinct & tables.only_hans
    if not hant_seen and not hans_seen:
        return "zh"
    if not hans_seen:
        return "zh-Hant"
    if not hant_seen:
        return "zh-Hans"
    hant = sum(text.count(char) for char in hant_seen)
    hans = sum(text.count(char) for char in hans_seen)
    return "zh-Hant" if hant > hans else "zh-Hans"


def _mostly_latin(text: str) -> bool:
    """Whether Han characters are only quoted in English: more words than a few of them, twice as many as of more."""
    words = len(_LATIN_WORDS.findall(text))
    if words < 6:
        return False
    han = len(_HAN_ANY.findall(text))
    return words > (han if han <= 12 else 2 * han)


def to_hans(text: str) -> str:
    """`text` with every traditional character replaced by its usual simplified form, same length."""
    simplify = characters().simplify
    return "".join([simplify.get(char, char) for char in text])


def wrong_characters(text: str, language: TextLanguage) -> tuple[tuple[int, str], ...]:
    """The characters of `text` that `language` does not use, with their places.

    For a Chinese script these are the characters that only the other script has; for English, every Han character;
    for `zh`, where either script will do, the characters of the script with less evidence.
    """
    tables = characters()
    if language == "en":
        return tuple((match.start(), match.group()) for match in _HAN_ANY.finditer(text))
    if language == "zh":
        language = "zh-Hant" if detect(text) == "zh-Hant" else "zh-Hans"
    wrong = tables.only_hant if language == "zh-Hans" else tables.only_hans
    return tuple((place, char) for place, char in enumerate(text) if char in wrong)


def is_script(text: str, language: TextLanguage) -> bool:
    """Whether `text` has no character that is wrong for `language`."""
    return not wrong_characters(text, language)
