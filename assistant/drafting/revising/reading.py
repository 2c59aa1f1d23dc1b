"""Reads an instruction into typed corrections of the draft that stands. Knows nothing about how they are carried out.

Clause by clause: what the clause points at, which kind of change its words ask for, which figure it brings. A clause
of which too much is left over is not understood, so that a remark is never taken for an order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from assistant import language
from assistant.drafting.clauses import Clause, clauses, sentences
from assistant.drafting.revising import asking, pointing
from assistant.drafting.revising.lexicon import Lexicon, Place, fold, load
from assistant.drafting.revising.piece import Piece
from assistant.drafting.revising.standing import Standing
from assistant.goals import Correction, Facts, Language


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of an instruction.

    Attributes:
        corrections: in the order in which they were asked for.
        unread: clauses that could not be read.
        facts: what the language reads in the instruction.
    """

    corrections: tuple[Correction, ...]
    unread: tuple[str, ...]
    facts: Facts


def read(
    instruction: str, standing: tuple[Standing, ...], *, key: str, today: date, present: Language, spoken: Language
) -> Reading:
    """Return the corrections that a cleaned instruction asks for.

    Args:
        instruction: the words.
        standing: the draft that they are said of.
        key: key of the instruction among the request's sources.
        today: the day from which dates count.
        present: the language of the draft.
        spoken: the language of the request, for "in Chinese" without a script.
    """
    lexicon = load()
    folded = fold(instruction)
    pointed = pointing.find(instruction, folded, 0, len(folded), standing).spans
    facts = language.read(_without_digits(instruction, pointed), today)
    found: list[Correction] = []
    unread: list[str] = []
    for sentence in sentences(instruction):
        carried: pointing.Pointed | None = None
        taken_to = sentence.start
        for inner in clauses(sentence.text):
            part = Clause(sentence.start + inner.start, sentence.start + inner.end, inner.text)
            if part.start < taken_to:
                continue
            piece = Piece.of(instruction, folded, facts, part, standing, key, present, spoken)
            if carried is not None and not piece.pointed.anything:
                piece = replace(piece, pointed=replace(carried, spans=piece.pointed.spans))
            added = asking.added(piece, sentence.end)
            read_here = [added] if added else _pieces(piece, lexicon)
            if added:
                taken_to = added.end
            if piece.pointed.anything:
                dropped = any(each.kind in {"drop_goal", "drop_key_result"} for each in read_here)
                carried = None if dropped else piece.pointed
            found += read_here
            if not read_here and not piece.bare and not piece.denies:
                unread.append(part.text)
    return Reading(_settled(found), tuple(unread), facts)


def _without_digits(text: str, spans: tuple[Place, ...]) -> str:
    """Return the text without the digits that number a goal, so that "goal 2 to 78%" is not read as a range."""
    return "".join(
        " " if char.isdigit() and any(start <= at < end for start, end in spans) else char
        for at, char in enumerate(text)
    )


def _pieces(piece: Piece, lexicon: Lexicon) -> list[Correction]:
    """Return what a clause asks for, in several pieces where joining words part it and each piece can be read."""
    at = piece.start
    pieces: list[Piece] = []
    for start, end in [*lexicon.places("joiner.words", piece.folded, piece.start, piece.end), (piece.end, piece.end)]:
        if start > at:
            pieces.append(piece.narrowed(at, start))
        at = end
    pieces = [each for each in pieces if each.typed[each.start : each.end].strip()]
    if len(pieces) > 1:
        split = [asking.understood(each) for each in pieces]
        if all(split):
            return [each for several in split for each in several]
    return asking.understood(piece)


def _settled(found: list[Correction]) -> tuple[Correction, ...]:
    """Return the corrections without repetition: the same thing asked twice, a wish before its figure."""
    kept: list[Correction] = []
    for each in found:
        if each.kind == "ambition" and any(_same_place(each, other, {"target"}) for other in found):
            continue
        if each.kind == "ambition" and any(_same_place(each, other, {"ambition"}) for other in kept):
            continue
        if each.kind in {"explain", "undo", "redo"} and kept:
            continue
        kept.append(each)
    orders = [each for each in kept if each.kind not in {"explain", "undo", "redo"}]
    return tuple(orders or kept)


def _same_place(one: Correction, other: Correction, kinds: set[str]) -> bool:
    same = one.goal is None or other.goal is None or one.goal == other.goal
    return other.kind in kinds and same
