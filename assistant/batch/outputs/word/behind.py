"""What stands behind a goal of a Word document: the rewrite and, small, why, questions, origins and scores.

Knows nothing about where it goes.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.batch.cells import cells, words
from assistant.batch.outputs.word.markup import Markup, Piece, Shape
from assistant.goals.base import Language
from assistant.goals.batch import BatchRow, RowResult

LABEL = "2747AD"
_GOAL = "1B3A7A"
_NOTE = "5F5B53"
_COLORS = {"rewritten": LABEL, "kept": "10593A", "asked": "803C00", "judged": "38506C", "failed": "AE2012"}
_NOTE_SIZE = 18
_SMALLEST = 15
_LINE, _HANGING = "\n", "\n\u2002\u2002"
_GAP = 140
"""Twips below what belongs to one goal."""
_TOLD = ("findings", "changes", "questions", "numbers", "reason")
_OF_REWRITES = frozenset({"changes", "numbers"})
_MARKED = {"kept": "√ "}


def paragraphs(
    markup: Markup, shape: Shape, row: BatchRow, result: RowResult, language: Language, columns: tuple[str, ...]
) -> str:
    """Return the paragraphs behind a goal; nothing where the row holds no goal.

    Args:
        markup: writes them.
        shape: look of the goal's own paragraph.
        row: the goal.
        result: what became of it.
        language: language of the labels.
        columns: keys of what is wanted, as in `assistant.batch.cells`.
    """
    if result.state == "skipped":
        return ""
    outcome = _outcome(result)
    shape = _with_bar(shape, _COLORS.get(outcome, "858076"))
    made = "".join(
        markup.paragraph(shape, [*_label(shape, rewritten_label(result, at, language)), Piece(rewrite.text, _GOAL)])
        for at, rewrite in enumerate(result.rewrites)
        if "rewritten" in columns
    )
    return made + markup.paragraph(replace(shape, after=_GAP), notes(row, result, language, columns, _note_size(shape)))


def rewrites(markup: Markup, shape: Shape, result: RowResult) -> str:
    """Return the rewrites alone, looking like the goal."""
    return "".join(markup.paragraph(shape, [Piece(each.text)]) for each in result.rewrites)


def notes(row: BatchRow, result: RowResult, language: Language, columns: tuple[str, ...], size: int) -> list[Piece]:
    """Return the small print of a row: one line for status and scores, one for each thing there is to say."""
    outcome = _outcome(result)
    head = _MARKED.get(outcome, "") + " · ".join(_head(row, result, language, columns))
    pieces = [Piece(head, _COLORS.get(outcome, _NOTE), size, bold=True)]
    if outcome == "kept":
        return pieces
    mark = words(language)["punctuation"]["colon"]
    for column in _TOLD:
        items = _items(result, row, column, language) if column in columns and _says(result, column) else ()
        if not items:
            continue
        label = words(language)["columns"][column]
        several = len(items) > 1 or "\n" in items[0]
        shown = "".join(f"\n– {item.replace(_LINE, _HANGING)}" for item in items) if several else items[0]
        pieces += [Piece(f"\n{label}{mark.rstrip() if several else mark}", _NOTE, size, bold=True)]
        pieces += [Piece(shown, _NOTE, size)]
    return pieces


def _items(result: RowResult, row: BatchRow, column: str, language: Language) -> tuple[str, ...]:
    """Return what a column says, one entry a matter; a question may have its answers on further lines."""
    if column in ("changes", "questions"):
        return result.changes if column == "changes" else result.questions
    (text,) = cells(result, language, row.text, (column,))
    return tuple(text.split("\n")) if text else ()


def rewritten_label(result: RowResult, at: int, language: Language) -> str:
    """Return what stands before a rewrite: the label, and a letter where there are several."""
    label = str(words(language)["word"]["label"])
    letter = result.rewrites[at].id.removeprefix(result.id)
    return f"{label} {letter}" if len(result.rewrites) > 1 else label


def scores(result: RowResult, language: Language) -> str:
    """Return the scores in words, or ''."""
    before, after = cells(result, language, "", ("score_before", "score_after"))
    told = words(language)["word"]
    if not before:
        return ""
    return str(
        told["scores"].format(before=before, after=after) if result.rewrites else told["score"].format(score=before)
    )


def _head(row: BatchRow, result: RowResult, language: Language, columns: tuple[str, ...]) -> list[str]:
    status, standing = cells(result, language, row.text, ("status", "standing"))
    points = scores(result, language) if {"score_before", "score_after"} & set(columns) else ""
    standing = "  ".join(letter.replace(" ", "\u00a0") for letter in standing.split("  "))
    letters = standing if "standing" in columns and result.verdict in ("rewritten", "asked", "judged") else ""
    return [part for part in (status if "status" in columns else "", points, letters) if part]


def _says(result: RowResult, column: str) -> bool:
    """Tell whether a column says something that the reader does not see otherwise."""
    if column == "findings":
        return result.verdict == "judged"
    return column not in _OF_REWRITES or bool(result.rewrites) or (column == "changes" and result.verdict == "asked")


def _outcome(result: RowResult) -> str:
    return result.verdict if result.state == "done" and result.verdict else result.state


def _with_bar(shape: Shape, color: str) -> Shape:
    return replace(shape, bar=color, before=40, after=40)


def _label(shape: Shape, text: str) -> list[Piece]:
    return [Piece(f"{text}  ", LABEL, _note_size(shape), bold=True)]


def _note_size(shape: Shape) -> int:
    """Return a size in half points that is smaller than the paragraph's words."""
    given = shape.run.get("sz", {}).get("val", "")
    return max(_SMALLEST, round(int(given) * 0.82)) if given.isdecimal() and len(given) < 5 else _NOTE_SIZE
