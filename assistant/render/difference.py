"""Shows what mending a document changes, by lines or by cells and paragraphs. Knows nothing about fixes."""

from __future__ import annotations

import difflib
from collections.abc import Mapping


def text_difference(before: str, after: str, name: str) -> str:
    """Return the unified diff of a text; '' where nothing changed."""
    lines = difflib.unified_diff(_lines(before), _lines(after), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def inside_difference(before: Mapping[str, str], after: Mapping[str, str], name: str) -> str:
    """Return a line for each changed cell or paragraph, under the file's name; '' where nothing changed.

    Args:
        before: words by the name of their place, such as `Goals!B7`.
        after: the same after mending.
        name: the file.
    """
    changed = [
        f"{spot}: {_flat(words)} → {_flat(after[spot])}\n"
        for spot, words in before.items()
        if spot in after and after[spot] != words
    ]
    return "".join([f"{name}\n", *changed]) if changed else ""


def _lines(text: str) -> list[str]:
    """Return the lines with their ends; only a line feed ends one."""
    pieces = text.split("\n")
    return [piece + "\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


def _flat(words: str) -> str:
    return words.replace("\n", "⏎")
