"""Columns as a person names them: by heading, by the letter of a sheet, or by number.

Knows nothing about what headings mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.errors import InputError
from assistant.files.document import Row
from assistant.files.sheet import column_number
from assistant.lint.plain import plain

ChosenRole = Literal[
    "goal", "owner", "department", "deadline", "metric", "baseline", "target", "weight", "parent", "ignore"
]
_ABOVE = 30
"""Rows in which headings are looked for."""
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_SHOWN = 20


class UnknownColumn(InputError):
    """A table has no column of the name that a person gave."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which columns a person chose.

    Attributes:
        columns: role and how each of its columns was named.
        letters: whether letters name columns, as in sheets.
    """

    columns: Mapping[ChosenRole, tuple[str, ...]] = field(default_factory=dict)
    letters: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything was chosen."""
        return bool(self.columns)


NO_CHOICE = Choice()


def found_columns(choice: Choice, rows: Sequence[Row], name: str) -> tuple[int | None, dict[int, ChosenRole]]:
    """Return the place of the row whose headings were named, None where only numbers were, and roles by column.

    Raises:
        UnknownColumn: a heading that no row near the top has; the headings there are stand in the message.
    """
    width = max((column for row in rows[:_ABOVE] for column in row.cells), default=0)
    named = [text for names in choice.columns.values() for text in names if not _is_number(text, width)]
    best, most = None, 0
    for at, row in enumerate(rows[:_ABOVE]):
        known = {_folded(text) for text in row.cells.values()}
        hits = sum(_folded(text) in known for text in named)
        if hits > most:
            best, most = at, hits
    heads = {} if best is None else {_folded(text): column for column, text in reversed(list(rows[best].cells.items()))}
    columns: dict[int, ChosenRole] = {}
    for role, names in choice.columns.items():
        for text in names:
            number = _numbered(text, choice.letters)
            column = number if _is_number(text, width) else heads.get(_folded(text)) or number
            if column is None or not 1 <= column <= max(width, 1):
                raise _unknown(text, rows, best, name)
            if columns.setdefault(column, role) != role:
                raise InputError(
                    f"Column {text!r} of {name!r} is to be both {columns[column]} and {role}.",
                    "Name it for one of the two.",
                    name=name,
                )
    return best, columns


def _numbered(text: str, letters: bool) -> int | None:
    bare = text.strip()
    if bare.isascii() and bare.isdecimal() and len(bare) < 6:
        return int(bare)
    return column_number(bare.upper()) if letters and _LETTERS.fullmatch(bare) else None


def _is_number(text: str, width: int) -> bool:
    """Tell whether a name is the number of one of the columns; 2027 may be a heading."""
    bare = text.strip()
    return bare.isascii() and bare.isdecimal() and len(bare) < 6 and 1 <= int(bare) <= width


def _unknown(text: str, rows: Sequence[Row], best: int | None, name: str) -> UnknownColumn:
    row = rows[best] if best is not None else max(rows[:_ABOVE], key=lambda row: len(row.cells), default=Row(1, {}))
    heads = listed(row.cells.values())
    return UnknownColumn(
        f"{name!r} has no column {text!r}; its columns are {heads or 'all blank'}.",
        "Name a column by its heading or its number.",
        name=name,
    )


def listed(heads: Iterable[str]) -> str:
    """Return headings for a message."""
    shown = [" ".join(head.split())[:30] for head in heads]
    return ", ".join(map(repr, shown[:_SHOWN])) + (" …" if len(shown) > _SHOWN else "")


def _folded(text: str) -> str:
    return " ".join(plain(text).split()).strip(" :*")
