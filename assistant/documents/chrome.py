"""Drops the lines that a web page or file-sharing site put around a text. Its words stand in chrome.toml.

Knows nothing about file formats.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from assistant.documents.document import Notice, Place
from assistant.documents.piece import Piece, Source
from assistant.documents.told import glimpse, together
from assistant.language.scripts import characters

LONGEST_LINE = 300
_ANSWERS = "comment and answer lines of a web page"
_LONGEST_LABEL = 40
_REACH = 2
"""So many lines beside a dropped one, labels are dropped too; an avatar's name and slogan make two."""
_HALF: dict[int, str | int] = {0x3000: " ", **{0xFF01 + n: 0x21 + n for n in range(94)}}
_LIST_MARK = re.compile(r"^(?:[-*•·●▪◦‣>]\s*|\(?\d{1,2}[.、)]\s*)*")


class _Words(NamedTuple):
    sure: list[tuple[str, re.Pattern[str]]]
    beside: re.Pattern[str]


class Stripped(NamedTuple):
    """The pieces that are no chrome, what was told, and a title that the dropped lines named."""

    pieces: list[Piece]
    notices: list[Notice]
    title: str


def without_chrome(source: Source) -> Stripped:
    """Return the source's pieces without chrome; rows of tables and code are left alone."""
    pieces = source.pieces
    if not pieces:
        return Stripped([], [], "")
    plain = _plain(pieces)
    kinds = [_line_kind(line) if line else "" for line in plain]
    if any(kinds):
        kinds = _with_neighbours(pieces, plain, kinds)
    found: dict[str, list[tuple[Piece, Place]]] = {}
    for piece, kind in zip(pieces, kinds, strict=True):
        if kind:
            found.setdefault(kind, []).append((piece, source.place(piece)))
    notices = [
        together(
            "chrome",
            f"{len(dropped)} line{'s' if len(dropped) > 1 else ''} left out as {kind}, such as "
            f"“{glimpse(dropped[0][0].text)}”",
            [place for _, place in dropped],
            dropped[0][0].text[:200],
        )
        for kind, dropped in found.items()
    ]
    kept = [piece for piece, kind in zip(pieces, kinds, strict=True) if not kind]
    another = False
    for piece, kind in zip(pieces, kinds, strict=True):
        another = another or kind == _ANSWERS
        if piece.text.strip() and not kind:
            piece.restarts, another = another, False
    title = next((_title(piece) for piece, kind in zip(pieces, kinds, strict=True) if kind and _title(piece)), "")
    return Stripped(kept, notices, title)


def _with_neighbours(pieces: list[Piece], plain: list[str], kinds: list[str]) -> list[str]:
    """Return the kinds with the labels near a dropped line, and the name that an avatar's line repeats."""
    solid = [at for at, piece in enumerate(pieces) if piece.text.strip()]
    fresh = list(kinds)
    for order in (solid, solid[::-1]):
        near, name = 0, ""
        for at in order:
            line = plain[at]
            if kinds[at]:
                near = _REACH
                name = line.removesuffix("的头像") if line.endswith("的头像") else name
            elif near and _kind_beside(line, name):
                fresh[at] = fresh[at] or "labels beside them"
                near = _REACH
            else:
                near -= near > 0
                near = 0 if len(line or pieces[at].text) > _LONGEST_LABEL else near
    return fresh


def _kind_beside(line: str, name: str) -> bool:
    if not line or len(line) > _LONGEST_LABEL:
        return False
    return line == name or _words().beside.fullmatch(line) is not None


@lru_cache(maxsize=4_000)
def _line_kind(line: str) -> str:
    return next((name for name, pattern in _words().sure if pattern.fullmatch(line)), "")


def _title(piece: Piece) -> str:
    match = re.fullmatch(r"\s*(.{2,60})_第 ?\d+ ?[页頁]\s*", piece.text)
    return match[1] if match else ""


def _plain(pieces: list[Piece]) -> list[str]:
    """Return the lines in the form in which the patterns are written; '' for what is no line of prose."""
    lines = [
        piece.text if piece.role == "text" and len(piece.text) <= LONGEST_LINE and "\n" not in piece.text else ""
        for piece in pieces
    ]
    whole = "\n".join(lines).translate(_simpler()).lower()
    return [_LIST_MARK.sub("", " ".join(line.split())) for line in whole.split("\n")]


@lru_cache(maxsize=1)
def _simpler() -> dict[int, str | int]:
    """Return the table that makes characters simplified and marks half-width."""
    return {**{ord(hant): hans for hant, hans in characters().simplify.items()}, **_HALF}


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = tomllib.loads(files("assistant.documents").joinpath("chrome.toml").read_text("utf-8"))
    sure = [(group["name"], re.compile("|".join(f"(?:{p})" for p in group["patterns"]))) for group in raw["sure"]]
    weak = [pattern for group in raw["beside"] for pattern in group["patterns"]]
    return _Words(sure, re.compile("|".join(f"(?:{pattern})" for pattern in weak)))
