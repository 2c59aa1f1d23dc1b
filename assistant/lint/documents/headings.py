"""Tells from a column's heading what the column holds: goal, key result, target, deadline, owner and so on.

Knows nothing about rows or cells; traditional characters and full-width forms are folded before words are compared.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from assistant.lint.plain import plain

Role = Literal[
    "goal",
    "objective",
    "result",
    "text",
    "metric",
    "id",
    "kind",
    "baseline",
    "target",
    "unit",
    "start",
    "deadline",
    "owner",
    "weight",
    "monitoring",
    "status",
    "standard",
]
BESIDE: frozenset[Role] = frozenset(
    ("metric", "baseline", "target", "unit", "start", "deadline", "owner", "monitoring", "status", "standard")
)
"""Columns whose cells are read with the goal."""
GROUPS: frozenset[Role] = frozenset(("objective", "kind", "owner", "start", "deadline"))
"""Columns that say which part of a table a goal belongs to, as do those with headings that are not known."""

_TABLE = tomllib.loads(files("assistant.lint.documents").joinpath("headings.toml").read_text("utf-8"))
WORDS: dict[str, Role] = {word: role for role, words in _TABLE["roles"].items() for word in words}
_LAST_WORDS = (*_TABLE["last_words"]["zh"], *(f" {word}" for word in _TABLE["last_words"]["en"]))
_NO_HEAD = re.compile(r"(?:是否|有无|与|对|和)[\u4e00-\u9fff]|(?:is|has|does|why|how) ")
_NUMBER = re.compile(r"[ #]*(?:\d{1,2}|[一二三四五六七八九十#])$")
_QUALIFIER = re.compile(
    r"^(?:(?:\d{2,4}|[一二三四]|本|上|下|每)?(?:年度|半年度|季度|月度|财年|年|季|月|周|期)"
    rf"|q[1-4]|h[12]|fy ?\d{{2,4}}|\d{{4}}|{'|'.join(_TABLE['qualifiers']['words'])})+ *"
)
_REMARK = re.compile(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]")
_BREAK = re.compile(r"[/|\\()\[\]【】〔〕{}、,;:+&\n\t]+")
_SCRIPT_BREAK = re.compile(r"(?<=[\u4e00-\u9fff]) *(?=[a-z])|(?<=[a-z]) *(?=[\u4e00-\u9fff])")
_LONGEST = 40


class Heading(NamedTuple):
    """What a column holds and how sure that is: 3 its very word, 2 its word with a qualifier, 1 by its last word."""

    role: Role
    grade: int


@lru_cache(maxsize=4096)
def heading(head: str) -> Heading | None:
    """Return what a column with this heading holds, or None."""
    if len(head) > _LONGEST:
        return None
    folded = " ".join(plain(head).split()).strip("*_:：.。 ~`\"'★☆※▲%?!")
    if not folded or _NO_HEAD.match(folded):
        return None
    bare = " ".join(_REMARK.sub(" ", folded).split())
    if role := WORDS.get(folded) or WORDS.get(bare):
        return Heading(role, 3)
    pieces = [piece.strip(" .*-–—") for part in _BREAK.split(folded) for piece in _SCRIPT_BREAK.split(part)]
    pieces = [piece for piece in pieces if piece]
    known = [role for piece in pieces if (role := _role(piece))]
    if known and (len(known) == len(pieces) or known[0] == _role(bare)):
        return Heading(_joined(known), 2)
    return _by_last_word(bare) or (Heading(_joined(known), 1) if known else None)


def _role(piece: str) -> Role | None:
    """Return the role of a word without its qualifiers and its number: of `2027年度目标`, `KR1`."""
    bare = _NUMBER.sub("", piece)
    return WORDS.get(piece) or WORDS.get(bare) or WORDS.get(_QUALIFIER.sub("", bare))


def _joined(roles: list[Role]) -> Role:
    """Return the role of a heading that names several: goals and key results in one column are goals."""
    if "result" in roles and ("goal" in roles or "objective" in roles):
        return "goal"
    return roles[0]


def _by_last_word(head: str) -> Heading | None:
    word = next((word for word in _LAST_WORDS if head.endswith(word)), None)
    return Heading(WORDS[word.strip()], 1) if word else None
