# ruff: noqa: E501
"""Reads the unit behind a number: canonical units, currencies, measure words, the noun that English counts.

Knows no numbers: it is handed the place where the number ends.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assistant.language.lexicon import Lexicon, lexicon

CURRENCIES = {
    "nt$": "TWD", "hk$": "HKD", "us$": "USD", "s$": "SGD", "sg$": "SGD", "a$": "AUD", "au$": "AUD", "$": "USD", "£": "GBP", "€": "EUR",
    "¥": "CNY", "₩": "KRW", "₹": "INR", "usd": "USD", "rmb": "CNY", "cny": "CNY", "twd": "TWD", "ntd": "TWD", "hkd": "HKD",
    "chf": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "cad": "CAD", "nzd": "NZD", "myr": "MYR", "thb": "THB",
    "eur": "EUR", "gbp": "GBP", "quid": "GBP", "jpy": "JPY", "sgd": "SGD", "aud": "AUD", "inr": "INR", "人民币": "CNY", "新台币": "TWD", "台币": "TWD",
    "港币": "HKD", "港元": "HKD", "美元": "USD", "美金": "USD", "欧元": "EUR", "日元": "JPY", "英镑": "GBP",
}  # fmt: skip
MONEY = frozenset(CURRENCIES.values())
DURATIONS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "day": 86_400_000, "week": 604_800_000}
"""Milliseconds of the units of time that convert exactly."""

EXACT = MONEY | DURATIONS.keys() | {"%", "pp", "x", "workday", "month", "quarter", "halfyear", "year"}
"""Units with one meaning; any other is a measure word or a noun, and people name one thing by several."""

_PHRASE = re.compile(r"[a-z%]+(?:[- ](?:points?|cent|days?|dollars|sterling))?")
_PER = re.compile(
    r"/(?:[a-z]{1,12}(?![a-z])|天|日|月|年|周|季度?|小时|分钟|秒|班次?|人(?:天|日|月|年|次)?|户|台|件|亩|公顷|头|吨|平方米|平米|坪|次|单|批|千米|公里|百公里|店|床|车|只|株|元|万元|套|箱|个|份|米|升|立方米)"
)
_SECONDS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d+)?$")
"""A plain number before a lone s: 2.4 s."""
_MULTIPLE = re.compile(r"[ ](?:more|higher|larger|faster|as|the|our|its|over|growth|bigger|greater)(?![a-z])")
_TOKEN = re.compile(r"[ -]?([a-z][a-z'’-]*)")
_STOP = frozenset(
    "of in on at to from by for with within and or but as is are be was were will than then if when while per via a an the this that our their "
    "your its each every before after until during over under above below between through out into so not no less fewer least most about around up down across per "
    "currently today now target goal baseline this next last end start quarter month year week day hour minute all who which where can may must should would could has have had".split()
)
_DESCRIBING = frozenset(
    "new additional extra more active qualified paying paid net critical major minor key full net-new enterprise more unique".split()
)


class Unit(NamedTuple):
    """A unit as found: canonical name, end of its word, factor that the number is to be multiplied with."""

    name: str
    end: int
    factor: str = "1"


def clash(one: str, other: str) -> bool:
    """Return whether two units cannot be of one amount: exact ones that differ, or two Chinese measure words.

    An amount without a unit may be of any, and nouns of English are not held against one another: 26 a month may be
    26 bugs.
    """
    if not one or not other or one == other:
        return False
    return one in EXACT or other in EXACT or not (one.isascii() or other.isascii())


_FACTORED = {"quarter": ("month", "3"), "halfyear": ("month", "6")}


def chinese_unit(low: str, place: int) -> Unit | None:
    """The unit at low[place:], an optional space before it; None where none stands there."""
    words = lexicon("zh")
    if place < len(low) and low[place] == " ":
        place += 1
    if place < len(low) and low[place] == "‰":
        return Unit("%", place + 1, "0.1")
    for word in ("个基点", "基点", "bps", "bp"):
        if low.startswith(word, place):
            return Unit("pp", place + len(word), "0.01")
    return _longest(low, place, words)


def _longest(low: str, place: int, words: Lexicon) -> Unit | None:
    for length in words.unit_lengths:
        word = low[place : place + length]
        name = words.units.get(word)
        if name is None or len(word) != length:
            continue
        end = place + length
        if word[-1].isascii() and word[-1].isalpha() and end < len(low) and low[end].isascii() and low[end].isalpha():
            continue
        if name in _FACTORED:
            base, factor = _FACTORED[name]
            return Unit(base, end, factor)
        if name not in MONEY and name not in ("%", "pp", "x") and (per := _PER.match(low, end)):
            return Unit(f"{name}{per.group()}" if name not in DURATIONS else name, per.end())
        return Unit(name, end)
    return None


def english_unit(low: str, place: int, *, plural: bool, loose: bool = True) -> Unit | None:
    """The unit or counted noun at low[place:]; `loose` allows unknown plural nouns (12 engineers)."""
    begin = place
    while place < len(low) and place - begin < 2 and low[place] in " -":
        place += 1
    if place >= len(low):
        return None
    words = lexicon("en")
    if low[place] == "‰":
        return Unit("%", place + 1, "0.1")
    for phrase in ("basis points", "basis point", "bps"):
        if low.startswith(phrase, place):
            return Unit("pp", place + len(phrase), "0.01")
    match = _PHRASE.match(low, place)
    if match is None:
        return _longest(low, place, words) if low[place : place + 1] in "°%" else None
    text = match.group()
    for candidate in (text, text.split(" ")[0], text.split("-")[0]):
        name = words.units.get(candidate)
        if name is None:
            continue
        end = place + len(candidate)
        if candidate == "times" and _MULTIPLE.match(low, end):
            return Unit("x", end)
        if end < len(low) and low[end].isascii() and low[end].isalpha() and candidate != "%":
            continue
        if candidate in ("d", "x", "mo") and place > begin:
            continue
        if candidate == "s" and place > begin and not _SECONDS.search(low, max(begin - 6, 0), begin):
            continue
        if name in _FACTORED:
            return Unit(_FACTORED[name][0], end, _FACTORED[name][1])
        if name == "%" or name in MONEY or name == "pp":
            return Unit(name, end)
        per = re.compile(
            r"/(?:day|week|month|year|hour|h|unit|user|kg|t|km|m2|sqm|employee|order|min|s)(?![a-z])"
        ).match(low, end)
        if per and name not in DURATIONS:
            shown = _singular(candidate) if name == candidate else name
            return Unit(f"{'kWh' if shown == 'kwh' else shown}{per.group()}", per.end())
        shown = _singular(candidate) if name == candidate else name
        return Unit("kWh" if shown == "kwh" else shown, end)
    return _noun(low, begin, plural=plural) if loose else None


def _noun(low: str, place: int, *, plural: bool) -> Unit | None:
    """The noun that a number counts: up to three words, the first plural one ends it."""
    end = place
    for index in range(4):
        match = _TOKEN.match(low, end)
        if match is None or (index == 0 and low[place : place + 1] not in " -"):
            return None
        word = match.group(1)
        if word in _STOP:
            return None
        end = match.end()
        nouns = lexicon("en").nouns
        if word in nouns or word in ("staff", "personnel"):
            return Unit(nouns.get(word, word), end)
        if word in _DESCRIBING:
            continue
        if plural and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous", "'s")) and len(word) > 3:
            return Unit(_singular(word), end)
        if not plural and index == 0:
            return Unit(word, end)
    return None


@lru_cache(maxsize=4096)
def _singular(word: str) -> str:
    """Singular by rule; the word itself where no rule fits."""
    special = lexicon("en").nouns.get(word)
    if special:
        return special
    if word in ("lbs", "kgs", "pts", "ftes", "times", "stars"):
        return {"lbs": "lb", "kgs": "kg", "pts": "point", "ftes": "fte", "times": "time", "stars": "star"}[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word
