"""Loads the word lists of each language and finds their words in a text, longest first.

Knows no grammar: which words stand where, and the list each belongs to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from assistant.goals.facts import Direction, HedgeKind

_WORD = re.compile(r"[a-z][a-z'’.]*(?:[-&][a-z0-9.]+)*|\d[\d:/x.-]*")


class Entry(NamedTuple):
    """What a word is: each field is empty where the word is not of that sort."""

    verb: Direction | Literal["reach", "do", "better"] | None = None
    hedges: tuple[HedgeKind, ...] = ()
    metric: Direction | Literal["neutral", "suffix", "never"] | None = None
    owner: Literal["role", "unit", "vague"] | None = None
    stop: bool = False
    base: str = ""


class Hit(NamedTuple):
    """A word of the lists at low[start:end]."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True)
class Phrases:
    """Words by their first two characters (Chinese) or first word (English), with the lengths to try."""

    entries: Mapping[str, Entry]
    lengths: Mapping[str, tuple[int, ...]]
    singles: Mapping[str, Entry]

    def chinese(self, low: str) -> list[Hit]:
        """Hits in Chinese text, leftmost longest; words in Latin letters only where no letter adjoins."""
        hits: list[Hit] = []
        lengths, entries, singles = self.lengths, self.entries, self.singles
        place, end = 0, len(low)
        while place < end:
            tries = lengths.get(low[place : place + 2])
            if tries:
                for length in tries:
                    word = low[place : place + length]
                    entry = entries.get(word)
                    if entry is not None and not _glued(low, place, place + len(word)):
                        hits.append(Hit(place, place + len(word), entry))
                        place += len(word)
                        break
                else:
                    tries = None
                if tries:
                    continue
            entry = singles.get(low[place])
            if entry is not None:
                hits.append(Hit(place, place + 1, entry))
            place += 1
        return hits

    def english(self, low: str) -> list[Hit]:
        """Hits in English text, leftmost longest, whole words only."""
        hits: list[Hit] = []
        done = 0
        lengths, entries = self.lengths, self.entries
        for match in _WORD.finditer(low):
            place = match.start()
            if place < done:
                continue
            word = match.group()
            tries = lengths.get(word) or lengths.get(word.rstrip(".")) or lengths.get(word.split("'")[0])
            if not tries:
                continue
            for length in tries:
                phrase = low[place : place + length]
                entry = entries.get(phrase)
                stop = place + len(phrase)
                if entry is not None and not low[stop : stop + 1].isalnum():
                    hits.append(Hit(place, stop, entry))
                    done = stop
                    break
        return hits


def _glued(low: str, start: int, end: int) -> bool:
    first, last = low[start], low[end - 1]
    if first.isascii() and first.isalnum() and start and low[start - 1].isascii() and low[start - 1].isalnum():
        return True
    return last.isascii() and last.isalnum() and end < len(low) and low[end].isascii() and low[end].isalpha()


@dataclass(frozen=True)
class Lexicon:
    """All lists of one language, ready for look-up."""

    phrases: Phrases
    units: Mapping[str, str]
    unit_lengths: tuple[int, ...]
    persons: frozenset[str]
    consumed: re.Pattern[str]
    festivals: Mapping[str, str]
    nouns: Mapping[str, str]


def _forms(verb: str, irregular: Mapping[str, list[str]]) -> Iterator[str]:
    """The forms of an English verb; of a verb phrase, the forms of its first word."""
    head, _, rest = verb.partition(" ")
    rest = f" {rest}" if rest else ""
    own = irregular.get(head, [])
    stem = head[:-1] if head.endswith("e") else head
    made = [head, *own]
    if head.endswith(("s", "sh", "ch", "x")):
        made.append(head + "es")
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        made += [head[:-1] + "ies", head[:-1] + "ied"]
    else:
        made.append(head + "s")
    if not any(form.endswith("ed") for form in made):
        made.append(stem + "ed")
    if not any(form.endswith("ing") for form in own):
        made.append(stem + "ing")
    return (form + rest for form in made)


def _collect(raw: Mapping[str, Any], language: str) -> dict[str, Entry]:
    found: dict[str, dict[str, Any]] = {}

    def put(words: Iterable[str], **fields: Any) -> None:
        for word in words:
            have = found.setdefault(word, {})
            hedge = fields.get("hedges")
            if hedge:
                have["hedges"] = (
                    *have.get("hedges", ()),
                    *(kind for kind in hedge if kind not in have.get("hedges", ())),
                )
            for name, value in fields.items():
                if name != "hedges":
                    have.setdefault(name, value)

    irregular = raw["verbs"].get("irregular", {})
    for sort in ("up", "down", "keep", "better", "reach", "do"):
        for verb in raw["verbs"][sort]:
            put(_forms(verb, irregular) if language == "en" else [verb], verb=sort, base=verb)
    for kind, words in raw["hedges"].items():
        for word in words:
            put(_forms(word, irregular) if language == "en" and kind == "verb" else [word], hedges=(kind,))
    put(raw["metrics"]["never"], metric="never")
    for sort in ("up", "down", "neutral"):
        put(raw["metrics"][sort], metric=sort)
    put(raw["metrics"]["suffixes"], metric="suffix")
    for sort, name in (("roles", "role"), ("units", "unit"), ("vague", "vague")):
        put(raw["owners"][sort], owner=name)
    put(raw["boundary"].get("inside", []), base="")
    put(raw["boundary"]["words"], stop=True)
    return {word: Entry(**fields) for word, fields in found.items()}


def _phrases(entries: Mapping[str, Entry], language: str) -> Phrases:
    lengths: dict[str, set[int]] = {}
    singles: dict[str, Entry] = {}
    for word, entry in entries.items():
        if language == "zh" and len(word) == 1:
            singles[word] = entry
            continue
        match = _WORD.match(word)
        key = word[:2] if language == "zh" else (match.group() if match else word)
        lengths.setdefault(key, set()).add(len(word))
    return Phrases(entries, {key: tuple(sorted(value, reverse=True)) for key, value in lengths.items()}, singles)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=2)
def lexicon(language: Literal["zh", "en"]) -> Lexicon:
    """The lists of one language, read once."""
    raw = tomllib.loads(files("assistant.language").joinpath(f"lexicons/{language}.toml").read_text(encoding="utf-8"))
    units: dict[str, str] = {}
    for word in raw["units"]["measure"]:
        units[word] = word
    for word in raw["units"]["persons"]:
        units[word] = "人" if language == "zh" else "person"
    for canonical, words in raw["units"]["canonical"].items():
        for word in words:
            units[word] = canonical
    words = _alternatives(raw["consumed"]["words"])
    pattern = (
        rf"(?=[0-9一二两三四五六七八九十百千万零双单唯同进更下上每任逐某这那第首统百亿半])(?:{words})"
        if language == "zh"
        else rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])"
    )
    return Lexicon(
        phrases=_phrases(_collect(raw, language), language),
        units=units,
        unit_lengths=tuple(sorted({len(word) for word in units}, reverse=True)),
        persons=frozenset(raw["units"]["persons"]),
        consumed=re.compile(pattern),
        festivals=raw["festivals"],
        nouns=raw.get("nouns", {}),
    )
