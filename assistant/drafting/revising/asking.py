"""Tells which kind of change a clause asks for. Knows nothing about whether it can be done.

The kinds are tried in order, those that only few words can mean first; the first that leaves little unread wins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.drafting.revising import counting, figures, pointing
from assistant.drafting.revising.lexicon import Place, languages, load
from assistant.drafting.revising.piece import Piece
from assistant.drafting.revising.valued import correction, deadline, pair, value
from assistant.goals import Correction, Language, Quantity, Slot
from assistant.language import detect

_NOUN = 2
"""Characters of the Chinese word for a goal; longer words that begin with it mean a value."""
_REST = 2
"""Han characters, or twice the words, that may be left unread in an order."""
_REST_OF_NAMED = 6
"""The same where somebody is named as owner."""
_REST_OF_QUESTION = 8

Reader = Callable[[Piece], list[Correction]]


def understood(piece: Piece) -> list[Correction]:
    """Return the corrections that a clause asks for; [] where it is not understood."""
    readers: tuple[Reader, ...] = (
        _step_back, _question, _language, _dropped, counting.counts, pair, _owner, deadline, value, _ambition,
    )  # fmt: skip
    return next((found for reader in readers if (found := reader(piece))), [])


def added(piece: Piece, end: int) -> Correction | None:
    """Return the wish for a further goal; what it is about may go on to the end of the sentence.

    Args:
        piece: the clause.
        end: where its sentence ends.
    """
    lexicon = load()
    piece = replace(piece, pointed=pointing.Pointed())
    verb = next(iter(piece.places("cue.add")), None)
    if verb is None or (piece.quantities[:1] and piece.quantities[0].start < verb[0]):
        return None
    longer = [p for p in lexicon.places("slot.target", piece.folded, piece.start, piece.end) if p[1] - p[0] > _NOUN]
    nouns = [
        place
        for place in lexicon.places("slot.goal", piece.folded, piece.start, piece.end)
        if not any(start <= place[0] < end for start, end in longer)
    ]
    noun = next((place for place in nouns if place[0] >= verb[1]), None)
    if noun is None or piece.leftover([verb, noun]) == 0 or counting.counts(piece):
        return None
    before = replace(piece, end=verb[0])
    if before.leftover([], "joiner.words", "cue.again", "cue.only") > _REST:
        return None
    between = replace(piece, start=verb[1], end=noun[0])
    start, stop = (noun[1], end) if between.leftover([], *_UNITS) == 0 else (verb[1], noun[0])
    start, stop = _trimmed(piece, start, stop)
    if start >= stop:
        return None
    if stop < noun[0] and any(piece.end <= each.start < end for each in _moves(piece)):
        stop = end
    text = piece.typed[piece.start : max(noun[1], stop)]
    return Correction(
        kind="add_goal", text=text, start=piece.start, end=piece.start + len(text),
        value=figures.named(piece, "outcome", start, stop),
    )  # fmt: skip


_UNITS = ("number.counted", "cue.again", "topic.lead")


def _moves(piece: Piece) -> list[Quantity]:
    """Return the values to reach of the instruction's pairs of figures: from 20 to 30."""
    quantities = piece.facts.quantities
    return [quantities[each.to] for each in piece.facts.changes if each.frm is not None and each.to is not None]


def _trimmed(piece: Piece, start: int, stop: int) -> Place:
    """Return the topic without the words that lead to it and particles at either end."""
    lexicon = load()
    while True:
        while start < stop and not piece.folded[start].isalnum():
            start += 1
        while start < stop and not (piece.folded[stop - 1].isalnum() or piece.folded[stop - 1] in "%)"):
            stop -= 1
        heads = [
            place
            for group in ("topic.lead", "number.counted")
            for place in lexicon.places(group, piece.folded, start, stop)
            if place[0] == start
        ]
        tails = [p for p in lexicon.places("topic.tail", piece.folded, start, stop) if p[1] == stop]
        if not heads and not tails:
            return start, stop
        start = max([start, *(place[1] for place in heads)])
        stop = min([stop, *(place[0] for place in tails)])
        if start >= stop:
            return start, start


def _step_back(piece: Piece) -> list[Correction]:
    for kind in ("redo", "undo"):
        group = f"cue.{kind}"
        said_more = piece.quantities or piece.times or piece.pointed.anything
        if piece.has(group) and not said_more and piece.leftover([], group, "cue.drop", "cue.set", "cue.undo") <= 1:
            return [correction(piece, "redo" if kind == "redo" else "undo")]
    return []


def _question(piece: Piece) -> list[Correction]:
    if not piece.has("cue.why"):
        return []
    slots: tuple[Slot, ...] = ("baseline", "deadline", "owner", "metric", "target")
    slot = next((each for each in slots if piece.has(f"slot.{each}")), None)
    if slot is None and not piece.pointed.anything and piece.leftover([], "cue.why", "cue.set") > _REST:
        return []
    if piece.leftover([], "cue.why", "cue.set", "cue.use", *(f"slot.{each}" for each in slots)) > _REST_OF_QUESTION:
        return []
    goal, result = piece.meant
    return [
        correction(piece, "explain", slot=slot or "target", goal=goal or 0, key_result=result, named=goal is not None)
    ]


def _language(piece: Piece) -> list[Correction]:
    named = [each for each in languages(piece.folded, load()) if piece.start <= each[1][0] < piece.end]
    if not named or piece.quantities or piece.times:
        return []
    wanted = named[-1][0]
    if piece.leftover([each[1] for each in named], "cue.use", "joiner.words", "cue.again", "count.other") > 0:
        return []
    return [correction(piece, "language", language=wanted or _script(piece))]


def _script(piece: Piece) -> Language:
    """Return the script that "in Chinese" means: the draft's, the request's, else as the words are written."""
    if piece.present != "en":
        return piece.present
    if piece.spoken != "en":
        return piece.spoken
    return "zh-Hant" if detect(piece.typed) == "zh-Hant" else "zh-Hans"


def _dropped(piece: Piece) -> list[Correction]:
    if not piece.has("cue.drop") or piece.quantities or piece.times:
        return []
    if not piece.pointed.anything:
        noun = _has_goal_noun(piece) and piece.leftover([], "cue.drop", "slot.goal") == 0
        return [correction(piece, "drop_goal", goal=0 if len(piece.standing) == 1 else None)] if noun else []
    if piece.leftover([], "cue.drop", "slot.goal", "slot.key_result", "slot.metric") > _REST:
        return []
    goal, result = piece.meant
    single = piece.pointed.key_result is not None or (result and not _has_goal_noun(piece))
    if single:
        return [correction(piece, "drop_key_result", goal=goal or 0, key_result=result, named=goal is not None)]
    return [correction(piece, "drop_goal", goal=goal, named=True)]


def _has_goal_noun(piece: Piece) -> bool:
    return bool(load().places("slot.goal", piece.folded, piece.start, piece.end))


def _owner(piece: Piece) -> list[Correction]:
    found = figures.owner(piece)
    if found is None:
        return []
    said, place = found
    goal, _ = piece.meant
    if piece.leftover([place], "slot.owner", "cue.set", "slot.goal") > _REST_OF_NAMED:
        return []
    return [correction(piece, "owner", value=said, goal=goal, named=goal is not None)]


def _ambition(piece: Piece) -> list[Correction]:
    if piece.quantities or piece.times:
        return []
    goal, _ = piece.meant
    steps = {"cue.up": 1, "cue.down": -1}
    if piece.standing:
        falling = piece.standing[min(goal or 0, len(piece.standing) - 1)].direction == "down"
        level = -1 if falling else 1
        steps |= {"cue.level_up": level, "cue.level_down": -level}
        if piece.has("slot.target"):
            steps |= {"cue.raise": level, "cue.lower": -level}
    longest: tuple[int, int] = (0, 0)
    for group, step in steps.items():
        for start, end in piece.places(group):
            if end - start > longest[0]:
                longest = (end - start, step)
    if not longest[1]:
        return []
    rest = piece.leftover([], *steps, "slot.target", "cue.set", "cue.again", "count.other")
    if rest > _REST:
        return []
    return [correction(piece, "ambition", number=longest[1], goal=goal, named=goal is not None)]
