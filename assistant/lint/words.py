"""Compiles the word lists of `words.toml` into one pattern each. Knows nothing about what a list is for."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("words.toml")


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _english(word: str) -> str:
    stem = word.rstrip("~")
    return re.escape(stem).replace(r"\ ", r"\s+") + (r"[a-z]*" if word.endswith("~") else "")


def _chinese(word: str) -> str:
    """A verb of one character counts only right before a number: 发20篇, not 开发."""
    if len(word) > 1 or word not in "发办写建打":
        return re.escape(word)
    return rf"(?<![开研出触举承编拨]){word}(?=\s*[\d一二两三四五六七八九十百])"


def alternatives(name: str) -> str:
    """Return a pattern source for the list, longest words first; English words match whole words only."""
    words = _lists()[name]
    parts = []
    if words.get("zh"):
        parts.append("|".join(_chinese(word) for word in sorted(words["zh"], key=len, reverse=True)))
    if words.get("en"):
        english = "|".join(_english(word) for word in sorted(words["en"], key=len, reverse=True))
        parts.append(rf"(?<![a-z0-9])(?:{english})(?![a-z0-9])")
    return "|".join(parts)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the compiled pattern of the list, for use on `Unit.plain`.

    Raises:
        KeyError: there is no such list.
    """
    return re.compile(alternatives(name))


def ends_with(text: str, name: str) -> bool:
    """Tell whether the text ends with a word of the list.

    Raises:
        KeyError: there is no such list.
    """
    last = None
    for last in pattern(name).finditer(text):  # noqa: B007
        pass
    return last is not None and last.end() == len(text)
