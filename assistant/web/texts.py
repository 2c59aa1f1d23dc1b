"""The page's own words in every interface language. Knows nothing about where they are shown."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from assistant.goals import LANGUAGES, Language
from assistant.web.escape import text

_FOLDER = Path(__file__).parent / "strings"
_MONTHS = "January February March April May June July August September October November December".split()


class Texts:
    """The strings of one interface language, looked up by dotted key."""

    def __init__(self, language: Language, strings: dict[str, str]) -> None:
        """Hold the flat table of one language."""
        self.language = language
        self._strings = strings

    def __contains__(self, key: str) -> bool:
        return key in self._strings

    def plain(self, key: str, **values: object) -> str:
        """Return the string with `{name}` replaced by values; values are never read as templates.

        Raises:
            KeyError: no such key, or a value that the string asks for is missing.
        """
        found = self._strings[key]
        return found.format_map({name: str(value) for name, value in values.items()}) if "{" in found else found

    def html(self, key: str, **values: object) -> str:
        """Return the string like `plain`, encoded for the page."""
        return text(self.plain(key, **values))


def _flatten(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat


@cache
def texts(language: Language) -> Texts:
    """Return the strings of an interface language."""
    with (_FOLDER / f"{language}.toml").open("rb") as file:
        return Texts(language, _flatten(tomllib.load(file)))


def interface_language(wanted: str | None) -> Language:
    """Choose the interface language from a stored choice or an `Accept-Language` header; English where nothing fits."""
    for part in (wanted or "").split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("zh"):
            traditional = any(mark in tag for mark in ("hant", "tw", "hk", "mo"))
            return "zh-Hant" if traditional else "zh-Hans"
        if tag.startswith("en"):
            return "en"
    return "en"


def long_date(day: date, language: str) -> str:
    """Return a date as it is written in running text."""
    if language.startswith("zh"):
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_time(moment: datetime, language: str, year: int) -> str:
    """Return a day and time as a list shows it; its year only where that is not `year`."""
    if language.startswith("zh"):
        shown = f"{moment.month} 月 {moment.day} 日 {moment:%H:%M}"
        return shown if moment.year == year else f"{moment.year} 年 {shown}"
    shown = f"{moment.day} {_MONTHS[moment.month - 1][:3]}"
    return f"{shown if moment.year == year else f'{shown} {moment.year}'}, {moment:%H:%M}"


__all__ = ["LANGUAGES", "Texts", "interface_language", "long_date", "short_time", "texts"]
