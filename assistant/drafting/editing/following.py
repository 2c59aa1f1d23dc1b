"""What a new figure changes beside the field that it was written in: the same figure elsewhere in the goal.

One number has one place of truth: where a person gives another target, the sentences that name it say so too. What was
worked out from the old figure no longer holds and loses its origin, so that the gates find it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.drafting import voice
from assistant.drafting.editing import fields
from assistant.goals import Draft, Language, Number
from assistant.language.units import clash

_VALUES = ("target", "baseline")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Move:
    """A figure that took the place of another.

    Attributes:
        old: the figure that stood there; None where there was a blank.
        new: the figure that stands there now.
    """

    old: Number | None
    new: Number


@dataclass(frozen=True, slots=True)
class Followed:
    """A goal after its other fields have followed a figure.

    Attributes:
        also: pointers of the fields that took the new figure.
        stale: figures that were worked out from the old one.
    """

    draft: Draft
    numbers: tuple[Number, ...]
    also: tuple[str, ...] = ()
    stale: tuple[Number, ...] = ()


def moved(before: Iterable[Number], after: Iterable[Number]) -> tuple[Move, ...]:
    """Return the figures of a field that took the place of others, in order; () where that cannot be told.

    Args:
        before: the figures of the field as it was.
        after: those of the field as it is.
    """
    old, new = [each for each in before if each.text], list(after)
    if [each.text for each in old] == [each.text for each in new]:
        pairs = zip(old, new, strict=True)
        return tuple(Move(one, other) for one, other in pairs if one.origin != other.origin)
    gone, came = _others(old, new), _others(new, old)
    if not old and len(came) == 1:
        return (Move(None, came[0]),)
    if len(gone) == len(came) and all(map(_alike, gone, came)):
        return tuple(map(Move, gone, came))
    return tuple(
        Move(each, fits[0])
        for each in gone
        if len(fits := [other for other in came if _of_a_kind(each, other)]) == 1
        and sum(_of_a_kind(other, fits[0]) for other in gone) == 1
    )


def _others(some: list[Number], rest: list[Number]) -> list[Number]:
    """Return the figures that stand in one list and not, as often, in another."""
    left = Counter(map(_amount, rest))
    found = []
    for each in some:
        if left[_amount(each)]:
            left[_amount(each)] -= 1
        else:
            found.append(each)
    return found


def _amount(number: Number) -> tuple[str | None, ...]:
    return (number.value, number.unit) if number.value is not None else (number.text,)


def _of_a_kind(one: Number, other: Number) -> bool:
    return _is_day(one) == _is_day(other) and one.unit == other.unit


def _alike(one: Number, other: Number) -> bool:
    return _is_day(one) == _is_day(other) and not clash(one.unit or "", other.unit or "")


def follow(draft: Draft, numbers: tuple[Number, ...], place: fields.Place, move: Move, language: Language) -> Followed:
    """Return a draft in whose goal the same figure moved everywhere.

    Args:
        draft: the draft with the new text in its field.
        numbers: its numbers.
        place: that field.
        move: what moved there.
        language: the language of the draft.
    """
    old = move.old
    if old is None:
        return Followed(draft, numbers)
    also: list[str] = []
    stale: list[Number] = []
    kept: list[Number] = []
    texts: dict[str, list[tuple[Number, str]]] = {}
    for each in numbers:
        here = each.field.startswith(f"/goals/{place.goal}/") and each.field != place.pointer
        if here and same(each, old) and _may_follow(each.field, place):
            texts.setdefault(each.field, []).append((each, _written(each, move.new, language)))
        elif here and each.origin == "computed" and old.text != move.new.text and _rests_on(each, old):
            stale.append(each)
        else:
            kept.append(each)
    for field, changes in texts.items():
        draft, kept = _rewritten(draft, kept, field, changes, move.new)
        also.append(field)
    return Followed(draft, tuple(kept), tuple(also), tuple(stale))


def _rewritten(
    draft: Draft, numbers: list[Number], field: str, changes: list[tuple[Number, str]], new: Number
) -> tuple[Draft, list[Number]]:
    _, _, at, rest = field.split("/", 3)
    goals = list(draft.goals)
    text = fields.get(goals[int(at)], rest) or ""
    here = [each for each in numbers if each.field == field]
    others = [each for each in numbers if each.field != field]
    for number, words in sorted(changes, key=lambda change: -change[0].start):
        by = len(words) - (number.end - number.start)
        text = f"{text[: number.start]}{words}{text[number.end :]}"
        here = [
            each.model_copy(update={"start": each.start + by, "end": each.end + by})
            if each.start >= number.end
            else each
            for each in here
        ]
        update = {"text": words, "field": field, "start": number.start, "end": number.start + len(words)}
        here.append(new.model_copy(update=update))
    goals[int(at)] = fields.put(goals[int(at)], rest, text)
    return draft.model_copy(update={"goals": tuple(goals)}), [*others, *sorted(here, key=lambda each: each.start)]


def same(one: Number, other: Number) -> bool:
    """Tell whether two figures are one, by origin and amount."""
    if one.origin != other.origin or one.evidence.source != other.evidence.source:
        return False
    return one.text == other.text or (one.value is not None and (one.value, one.unit) == (other.value, other.unit))


def _may_follow(field: str, place: fields.Place) -> bool:
    """Whether a field can mean the same figure: the target of another key result is one of its own."""
    parts = field.split("/")
    if parts[3] != "key_results" or parts[5] not in _VALUES:
        return True
    return place.key_result is None or int(parts[4]) == place.key_result


def _written(old: Number, new: Number, language: Language) -> str:
    """Return the new figure as it is written where the old one stands."""
    if not _is_day(new) or new.value is None:
        return new.text
    if _ISO.fullmatch(old.text):
        return new.value
    return voice.load(language).day(fields.day(new.value))


def _rests_on(each: Number, old: Number) -> bool:
    formula = each.evidence.formula or ""
    figures = {form for form in (old.text, old.value) if form}
    return any(re.search(rf"(?<![\d.]){re.escape(form)}(?![\d.]*\d)", formula) for form in figures)


def _is_day(number: Number) -> bool:
    return number.value is not None and _ISO.fullmatch(number.value) is not None
