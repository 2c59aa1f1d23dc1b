"""The sentences that the product itself says in a language, and how that language writes dates and numbers.

Knows nothing about metrics or goals.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from assistant.drafting.lines import Figure, Line, Part, fill
from assistant.goals import Evidence, Language

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_COUNT_NOUNS = frozenset(
    "rate time score share ratio cost value number length level count index size gap backlog".split()
)
_SHARES = re.compile(
    r"\b(?:on (?:time|schedule)|on-time starts|kept|reviewed and corrected|definitions|case outcomes|"
    r"experiment records)$"
)
"""Ends of names that list what is counted where the figure is its share."""


class Voice:
    """The sentences of one language."""

    def __init__(self, language: Language, data: dict[str, Any]) -> None:
        """Hold the parsed phrase file."""
        self.language = language
        self._data = data

    def get(self, key: str) -> str:
        """Return the one text at a dotted key."""
        value: Any = self._data
        for part in key.split("."):
            value = value[part]
        if not isinstance(value, str):
            raise TypeError(f"phrase {key!r} has variants")
        return value

    def variant(self, key: str, seed: str) -> str:
        """Return the variant of a dotted key that `seed` selects; the same seed always selects the same one."""
        value: Any = self._data
        for part in key.split("."):
            value = value[part]
        if isinstance(value, str):
            return value
        chosen: str = value[_spread(f"{key}|{seed}") % len(value)]
        return chosen

    def variants(self, key: str) -> tuple[str, ...]:
        """Return all variants at a dotted key."""
        value: Any = self._data
        for part in key.split("."):
            value = value[part]
        return (value,) if isinstance(value, str) else tuple(value)

    def pick(self, texts: tuple[str, ...], seed: str) -> str:
        """Return the text that `seed` selects; the same seed always selects the same one."""
        return texts[_spread(seed) % len(texts)]

    def say(self, key: str, seed: str = "", **slots: Part) -> Line:
        """Return the phrase at `key` with its slots filled."""
        return fill(self.variant(key, seed), **slots)

    def verb(self, kind: str, direction: str, form: str) -> str:
        """Return a change verb; `form` is `title`, `to` or `by`."""
        found: str = self._data["verbs"][kind][direction][form]
        return found

    def day(self, day: date) -> str:
        """Return a day as it is written in a sentence."""
        return self._dated("date.day", day)

    def month(self, day: date) -> str:
        """Return the month of a day as it is written in a sentence."""
        return self._dated("date.month", day)

    def _dated(self, key: str, day: date) -> str:
        return self.get(key).format(y=day.year, m=day.month, d=day.day, month_name=_MONTHS[day.month - 1])

    def number(self, value: Decimal, unit: str) -> str:
        """Return a number with its unit as written in this language: `86%`, `2 小时`, `4 hours`."""
        text = plain(value)
        if not unit:
            return text
        if unit in {"%", "‰"}:
            return f"{text}{unit}"
        if self.language == "en" and text != "1" and re.fullmatch(r"[a-z]{3,}", unit) and not unit.endswith("s"):
            unit = f"{unit}s"
        return f"{text} {unit}"

    def points(self, value: Decimal) -> str:
        """Return a difference in percentage points; one point stands in the singular where there is one."""
        key = "point" if value == 1 and "point" in self._data else "points"
        return self.get(key).format(n=plain(value))

    def named(self, metric: str) -> str:
        """Return a metric's name as it stands inside a sentence; English takes an article where it needs one."""
        if self.language != "en":
            return metric
        if _SHARES.search(metric) and not metric.lower().startswith(("share of", "the share")):
            return f"the share of {metric}"
        last = metric.split(" (")[0].split()[-1].lower()
        needs = last in _COUNT_NOUNS or metric.lower().startswith(("number of", "share of"))
        needs = needs and not metric.lower().startswith("time to ")
        return f"the {metric}" if needs and not metric.startswith(("the ", "The ")) else metric


def _spread(text: str) -> int:
    """Return a number that depends on every letter; a checksum would take the same variant at many keys."""
    return int.from_bytes(hashlib.blake2s(text.encode(), digest_size=4).digest())


def plain(value: Decimal) -> str:
    """Return a decimal without exponent and trailing zeros, with thousands marks from 10,000 on."""
    text = format(value.normalize(), "f") if value else "0"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, rest = text.partition(".")
    if len(whole.lstrip("-")) >= 5:
        whole = f"{int(whole):,}"
    return f"{whole}.{rest}" if rest else whole


def proposed(text: str, rule: str, value: str | None = None, unit: str | None = None) -> Figure:
    """Return a figure that we suggest; `rule` says why."""
    return Figure(text, value, unit, "proposed", Evidence(source="rule", formula=rule))


@cache
def load(language: Language) -> Voice:
    """Return the phrases of a language, read once a process."""
    text = resources.files("assistant.drafting").joinpath("voices", f"{language}.toml").read_text("utf-8")
    return Voice(language, tomllib.loads(text))
