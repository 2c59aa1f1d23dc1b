"""Tells from a column's heading what the column holds: goal, key result, target, deadline, owner and so on.

Knows nothing about rows or cells; traditional characters and full-width forms are folded before words are compared.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from assistant.lint.form import FIELD_LINE, FIELDS
from assistant.lint.plain import plain

Role = Literal[
    "goal",
    "objective",
    "result",
    "work",
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
    "period",
    "specific",
    "aside",
]
BESIDE: frozenset[Role] = frozenset(
    (
        "metric",
        "baseline",
        "target",
        "unit",
        "start",
        "deadline",
        "owner",
        "monitoring",
        "status",
        "standard",
        "period",
        "specific",
    )
)
"""Columns whose cells are read with the goal."""
_MEASURES: frozenset[Role] = frozenset(("goal", "result", "metric"))
GROUPS: frozenset[Role] = frozenset(("objective", "kind", "owner", "start", "deadline", "period"))
"""Columns that say which part of a table a goal belongs to, as do those with headings that are not known."""

TABLE = tomllib.loads(files("assistant.lint.documents").joinpath("headings.toml").read_text("utf-8"))
WORDS: dict[str, Role] = {word: role for role, words in TABLE["roles"].items() for word in words}
_DATED: dict[str, Role] = {word: role for role, words in TABLE["dated"].items() for word in words}
_FORM_WORDS = frozenset(TABLE["form"]["words"])
_TYPED = frozenset(TABLE["typed"]["words"])
_CATEGORIES = frozenset(TABLE["categories"]["words"])
_MASS = frozenset(TABLE["mass"]["units"])
_DEPARTMENTS = frozenset(TABLE["departments"]["words"])
LETTERS: dict[str, Role] = {"s": "specific", "m": "standard", "a": "aside", "r": "aside", "t": "deadline"}
FIELD_ROLES: dict[str, Role] = {
    "specific": "specific",
    "measurable": "standard",
    "achievable": "aside",
    "relevant": "aside",
    "time_bound": "deadline",
    "monitoring": "monitoring",
}
_LAST_WORDS = (*TABLE["last_words"]["zh"], *(f" {word}" for word in TABLE["last_words"]["en"]))
_NO_HEAD = re.compile(r"(?:是否|有无|与|对|和)[\u4e00-\u9fff]|(?:is|has|does|why|how) ")
_NUMBER = re.compile(r"[ #]*(?:\d{1,2}|[一二三四五六七八九十#])$")
_QUALIFIER = re.compile(
    r"^(?:(?:\d{2,4}|[一二三四]|本|上|下|每)?(?:年度|半年度|季度|月度|财年|年|季|月|周|期)"
    rf"|q[1-4]|h[12]|fy ?\d{{2,4}}|\d{{4}}|{'|'.join(TABLE['qualifiers']['words'])})+ *"
)
_REMARK = re.compile(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]")
_BREAK = re.compile(r"[/|\\()\[\]【】〔〕{}、,;:+&\n\t]+")
_PERIOD = (
    r"(?:(?:fy|cy) ?(?:20)?\d\d(?:/\d\d)?|(?:q[1-4]|h[12])[- /]?(?:fy ?)?(?:20)?\d\d|20\d\d[- /]?(?:q[1-4]|h[12])"
    r"|20\d\d ?年? ?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:底|末)?)"
    r"|(?:end (?:of )?)?20\d\d(?:/\d\d)? ?(?:财年|年度|年底|年末|年)?)"
)
_PERIOD_FIRST = re.compile(rf"(?P<period>{_PERIOD})(?!\d)[ _–-]*(?P<rest>\D.*)$")
_PERIOD_LAST = re.compile(
    r"(?P<rest>(?:[^()\[\]【】]|\([^()]*\))*[^\d(\[【 _–-])[ _–-]*"
    rf"(?P<open>[(\[【] *)?(?P<period>{_PERIOD})(?(open) *[)\]】])$"
)
_DIGITS = re.compile(r"\d\d")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LETTER = re.compile(r"[smart] ?[-–—:.] ?(?=\w)")
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
    bare = " ".join(_REMARK.sub(" ", folded).split())
    if role := WORDS.get(folded) or WORDS.get(bare):
        return None if role == "weight" and _weighs(folded) else Heading(role, 3)
    if not folded or _NO_HEAD.match(folded):
        return None
    folded, bare = _LETTER.sub("", folded, count=1), _LETTER.sub("", bare, count=1)
    for form in (folded, bare):
        if (dated := _dated(form)) and (role := _DATED.get(dated["rest"]) or _role(dated["rest"])):
            return Heading(role, 2)
    pieces = [piece.strip(" .*-–—") for part in _BREAK.split(folded) for piece in _SCRIPT_BREAK.split(part)]
    pieces = [piece for piece in pieces if piece]
    pieces = [piece for piece in pieces if piece not in LETTERS] or pieces
    known = [role for piece in pieces if (role := _role(piece))]
    if known and (len(known) == len(pieces) or known[0] == _role(bare)):
        return Heading(_joined(known), 2)
    found = _by_last_word(bare) or (Heading(_joined(known), 1) if known else None)
    return None if found and found.role == "weight" and _weighs(folded) else found


def headings(cells: Mapping[int, str]) -> dict[int, Heading]:
    """Return what the columns of a heading row hold, as far as known; of S, M, A, R and T three must stand there.

    A category such as 一级指标 is the measure itself where no other one stands beside it.
    """
    found = {column: known for column, text in sorted(cells.items()) if (known := heading(text))}
    categories = sorted(column for column, text in cells.items() if _bare(text) in _CATEGORIES)
    if categories:
        others = any(known.role in _MEASURES for column, known in found.items() if column not in categories)
        found = {column: known for column, known in found.items() if column not in categories}
        if not others:
            found[categories[-1]] = Heading("metric", 3)
    letters = {
        column: letter for column, text in cells.items() if (letter := plain(text[:9]).strip(" *_.:")) in LETTERS
    }
    if len(set(letters.values())) < 3:
        return found
    found.update({column: Heading(LETTERS[letter], 3) for column, letter in letters.items()})
    return dict(sorted(found.items()))


def typed(cells: Mapping[int, str]) -> int | None:
    """Return the column that holds the goals' words where another one says what each row is, or None."""
    return next((column for column, text in sorted(cells.items()) if _bare(text) in _TYPED), None)


def names_department(head: str) -> bool:
    """Tell whether a column with this heading holds departments or teams, as 部门 and 责任单位 do."""
    bare = _bare(head)
    return bare in _DEPARTMENTS or any(piece.strip() in _DEPARTMENTS for piece in _BREAK.split(bare))


def _bare(head: str) -> str:
    return " ".join(_REMARK.sub(" ", plain(head[:_LONGEST])).split()).strip("*_:. ")


def fields(cells: Mapping[int, str]) -> dict[int, Heading]:
    """Return what the labels of a form say, as far as known: headings, or labels of a goal's fields."""
    found = {at: known for at, known in headings(cells).items() if known.grade >= 2}
    found.update({at: known for at, text in cells.items() if at not in found and (known := _field(text))})
    if any(known.role == "specific" for known in found.values()):
        found = {at: Heading("standard", 2) if known.role == "metric" else known for at, known in found.items()}
    return dict(sorted(found.items()))


def is_remark(head: str) -> bool:
    """Tell whether the label of a form says nothing of its goal, as 姓名 does and the heading above all labels."""
    return len(head) <= _LONGEST and " ".join(plain(head).split()).strip("*_:. ") in _FORM_WORDS


def _field(head: str) -> Heading | None:
    match = FIELD_LINE.match(f"{plain(head[:_LONGEST]).strip(' :')}:")
    name = next((name for name in FIELDS if match[name]), None) if match else None
    return Heading(FIELD_ROLES[name], 2) if name else None


def label(head: str, role: Role) -> str:
    """Return a heading as it is read before a cell: the year of a figure stands in front, as in `2027 target`."""
    text = " ".join(head.split()).rstrip(":：")
    dated = _dated(plain(text)) if role in ("target", "baseline") else None
    if dated is None:
        return text
    rest, time = (text[slice(*dated.span(part))].strip(" *_") for part in ("rest", "period"))
    if not _HAN.search(rest):
        return f"{time} {rest}"
    if _DATED.get(plain(rest)) == "baseline":
        rest = "现状" if plain(rest) == rest else "現狀"
    return f"{time}年{rest}" if time[-2:].isdecimal() and len(time) == 4 else f"{time}{rest}"


def period(head: str) -> str:
    """Return the year or the part of a year that a heading names, '' where it names none."""
    dated = _dated(plain(" ".join(head.split())))
    return dated["period"].removesuffix("年") if dated else ""


def is_dated(head: str) -> bool:
    """Tell whether only the year makes a heading one of figures: 2026 actual."""
    dated = _dated(plain(" ".join(head.split())))
    return dated is not None and dated["rest"] in _DATED


def _dated(head: str) -> re.Match[str] | None:
    if not _DIGITS.search(head):
        return None
    return _PERIOD_FIRST.match(head) or _PERIOD_LAST.match(head)


def _weighs(head: str) -> bool:
    return any(piece.strip() in _MASS for piece in _BREAK.split(head))


def _role(piece: str) -> Role | None:
    """Return the role of a word without its qualifiers and its number: of `2027年度目标`, `KR1`."""
    bare = _NUMBER.sub("", piece)
    return WORDS.get(piece) or WORDS.get(bare) or WORDS.get(_QUALIFIER.sub("", bare))


def _joined(roles: list[Role]) -> Role:
    """Return the role of a heading that names several: goals and key results in one column are goals."""
    if "result" in roles and ("goal" in roles or "objective" in roles):
        return "goal"
    return next((role for role in roles if role != "period"), roles[0])


def _by_last_word(head: str) -> Heading | None:
    word = next((word for word in _LAST_WORDS if head.endswith(word)), None)
    return Heading(WORDS[word.strip()], 1) if word else None
