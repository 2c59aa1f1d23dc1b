"""Finds the words by which a sentence may order: to write, to ignore, to be another, and what they speak of.

Knows nothing about how many of them make an order.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+(?:['’/-][a-z0-9]+)*|\d+(?:/\d+)?")
"""A word in letters that are no Chinese, Japanese or Korean ones, or a number."""
_GAP = 16
_ORDERING = frozenset(
    "please and then just only must shall should will to now also first always not don't never you or instead so tool"
    " writer is nothing".split()
)
_COMMANDING = frozenset("please then just must shall should now to you also always instead".split())
_TOLD = frozenset({"removed", "deleted", "redacted", "struck"})
_COMMANDED = re.compile(r"(?:请|先|就|你|您|要|须|必须|务必|现在|另外|并|也|可以|应|[一]律|都)$")
_VERBS = frozenset({"write", "output", "claim", "tell", "remove", "rate", "send", "tool", "override"})
_CLAUSE = re.compile(r"[,，:、]")


class _Entry(NamedTuple):
    """A word of the lists; `tail` follows `head` within the clause where there is one."""

    head: str
    tail: str
    sign: str


class _Lists(NamedTuple):
    """Words by their first Latin word and by their first two characters."""

    latin: dict[str, list[_Entry]]
    han: dict[str, list[_Entry]]


def find(text: str) -> defaultdict[str, list[tuple[int, int]]]:
    """Return where the words of each list stand in a text, those that order only where they can order."""
    lists = _lists()
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    before = ""
    last = 0
    for match in WORD.finditer(text):
        entries = lists.latin.get(match.group())
        place = match.start()
        if entries:
            for entry in entries:
                end = _end(text, place, entry)
                whole = end and (not text[end : end + 1].isalnum() or not text[end - 1].isascii())
                if whole and (entry.sign not in _VERBS or _orders_here(text, place, last, before, entry)):
                    found[entry.sign].append((place, end))
        before, last = match.group(), match.end()
    for place in range(len(text)):
        if text[place] < "\u2e80":
            continue
        for key in (text[place : place + 2], text[place]):
            for entry in lists.han.get(key, ()):
                end = _end(text, place, entry)
                if not end or (entry.sign == "override" and not _commanded(text, place)):
                    continue
                if entry.sign != "write" or not text[end : end + 1].isdigit():
                    found[entry.sign].append((place, end))
            if len(key) == 1:
                break
    for places in found.values():
        places.sort()
    return found


def _end(text: str, place: int, entry: _Entry) -> int:
    """Return where an entry that begins at a place ends, 0 where it does not stand there."""
    if not text.startswith(entry.head, place):
        return 0
    end = place + len(entry.head)
    if not entry.tail:
        return end
    after = text[end : end + _GAP + len(entry.tail)]
    at = after.find(entry.tail)
    return end + at + len(entry.tail) if at >= 0 and not _CLAUSE.search(after[:at]) else 0


def _orders_here(text: str, place: int, last: int, before: str, entry: _Entry) -> bool:
    """Whether an English verb can be an order where it stands: at a clause's start or after a word such as "must"."""
    verb = entry.head.split()[0]
    if (entry.sign == "write" and verb.endswith("s")) or verb in _TOLD:
        return True
    between = text[last:place]
    if not before or between.strip(" \"'") or not between.isspace():
        return True
    return before in (_COMMANDING if entry.sign == "override" else _ORDERING)


def _commanded(text: str, place: int) -> bool:
    """Whether a Chinese verb can be an order where it stands: at the start of a clause or after a word such as 请."""
    before = text[max(0, place - 3) : place].rstrip(" \"'")
    return not before or not (before[-1].isalnum()) or _COMMANDED.search(before) is not None


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    raw = tomllib.loads(files("assistant.language").joinpath("lexicons/orders.toml").read_text(encoding="utf-8"))
    lists = _Lists({}, {})
    for words in raw.values():
        for sign, entries in words.items():
            for entry in entries:
                head, _, tail = (part.strip() for part in entry.partition("…"))
                first = WORD.match(head)
                where, key = (lists.latin, first.group()) if first else (lists.han, head[:2])
                where.setdefault(key, []).append(_Entry(head, tail, sign))
    return lists


@lru_cache(maxsize=1)
def latin_words() -> frozenset[str]:
    """Return every Latin word of the lists: how orders are given, not what they want said."""
    entries = [entry for listed in _lists().latin.values() for entry in listed]
    return frozenset(word for entry in entries for word in WORD.findall(f"{entry.head} {entry.tail}"))


@lru_cache(maxsize=4_096)
def is_listed(run: str) -> bool:
    """Whether a run of Han characters lies within an entry of the lists, or holds one of two characters or more."""
    return any(
        run in entry.head or (len(entry.head) > 1 and entry.head in run)
        for listed in _lists().han.values()
        for entry in listed
    )  # fmt: skip
