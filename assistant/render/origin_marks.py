"""Cuts a text of a draft behind its figures and names each figure's origin. Knows nothing about file formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.goals import DraftResult, Number

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*|-[A-Za-z]+(?:-[A-Za-z]+)*")
"""Letters that belong to the figure before them: 8th, 24-hour."""
_NEAR = 12
"""Characters behind a figure in which the text itself may say that it is a proposal."""


def kind_of(number: Number) -> str:
    """Return the key under which labels hold the origin of a number."""
    return (
        f"{number.origin}_tentative" if number.tentative and number.origin in {"stated", "computed"} else number.origin
    )


def kinds_in(result: DraftResult, label: dict[str, Any]) -> list[str]:
    """Return the keys of the origins that a draft has, in the order of the labels."""
    used = {kind_of(number) for number in result.numbers}
    return [kind for kind in label["tags"] if kind in used]


def pieces(
    result: DraftResult, field: str, text: str, label: dict[str, Any], seen: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield the text piece by piece, each with the tag that follows it, or ''.

    Args:
        result: the draft that the text is of.
        field: JSON pointer of the text.
        text: the text itself.
        label: labels of the draft's language.
        seen: figures that were tagged already and need no tag again; added to.
    """
    at = 0
    for number in sorted((n for n in result.numbers if n.field == field and n.text), key=lambda n: n.start):
        near = text[number.end : number.end + _NEAR]
        said = number.origin == "proposed" and re.search(label["says_proposed"], near) is not None
        tag = "" if number.text in seen or said else label["tags"][kind_of(number)]
        if tag:
            seen.add(number.text)
        joined = _WORD.match(text, number.end) if text[number.end - 1 : number.end].isdigit() else None
        end = joined.end() if joined else number.end
        yield text[at:end], tag
        at = end
    if at < len(text):
        yield text[at:], ""
