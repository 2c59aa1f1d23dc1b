"""Shows what was taken out of a goal and what is new in it, as runs of words. Knows nothing about files."""

from __future__ import annotations

import difflib
import re

from assistant.batch.outputs.markup import Run

_PIECE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|\s+|\w+|.", re.S)
_MOST = 4_000
"""Pieces from which on the texts are shown whole, one after the other: comparing them takes too long."""

_LEAST = 4
"""Characters that stay between two changes at the least: shorter pieces in common are chance."""


def runs(before: str, after: str, font: str, size: str) -> tuple[Run, ...]:
    """Return the words of both texts in one line of runs; Chinese is compared by character, other text by word.

    Args:
        before: the goal as it was.
        after: the goal as it is now.
        font: name of the font.
        size: its size in points.
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if len(old) + len(new) > _MOST:
        return _some([Run(before, font, size, deleted=True), Run(after, font, size, inserted=True)])
    found: list[Run] = []
    gone, fresh = "", ""
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = "".join(old[a:b])
        if kind == "equal" and (len(same.strip()) >= _LEAST or not (gone or fresh)):
            found += [Run(gone, font, size, deleted=True), Run(fresh, font, size, inserted=True), Run(same, font, size)]
            gone = fresh = ""
        else:
            gone += same
            fresh += "".join(new[c:d])
    return _some([*found, Run(gone, font, size, deleted=True), Run(fresh, font, size, inserted=True)])


def _some(found: list[Run]) -> tuple[Run, ...]:
    return tuple(run for run in found if run.text)
