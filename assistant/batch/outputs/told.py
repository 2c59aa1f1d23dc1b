"""What is told beneath a goal, as labelled words: the same in texts and documents. Knows nothing about formats."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.batch.cells import cells, heads, told_apart, words
from assistant.goals.base import Language
from assistant.goals.batch import BatchRow, RowResult


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a row.

    Attributes:
        after: the goals that take the place of its text, told apart where there are several; none otherwise.
        notes: labels and words, in order: one entry a line.
        cells: the same as cells of the added columns.
        colon: what stands between a label and its words.
    """

    after: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    cells: tuple[str, ...]
    colon: str


def told(row: BatchRow, result: RowResult, language: Language, columns: tuple[str, ...]) -> Told:
    """Return what is told of a row.

    Args:
        row: the row.
        result: what became of it.
        language: language of labels and fixed words.
        columns: keys of what is told, in order.
    """
    values = cells(result, language, row.text, columns)
    after = told_apart(result) if "rewritten" in columns else ()
    notes = [
        (title, line)
        for key, title, value in zip(columns, heads(language, columns), values, strict=True)
        if key != "rewritten"
        for line in value.split("\n")
        if line.strip()
    ]
    return Told(after, tuple(notes), values, str(words(language)["punctuation"]["colon"]))
