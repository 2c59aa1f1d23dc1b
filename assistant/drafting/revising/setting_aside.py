"""Says which stretch of a text a later word takes the place of. Knows nothing about why it was said."""

from __future__ import annotations

from assistant.drafting.revising.lexicon import fold, load
from assistant.goals import Change, Facts, SetAside, Source, Stated

_NEAR = 12


def of(old: Stated, new: Stated | None, source: Source | None = None) -> SetAside:
    """Return the stretch of an old statement; the new one stands in its place where both are of one kind.

    Args:
        old: what no longer counts.
        new: what counts now.
        source: the text of the old statement; words such as "by" around a day go with it.
    """
    alike = new is not None and old.slot in {"target", "baseline"} and old.is_change == new.is_change
    start, end = old.start, old.end
    if old.slot == "deadline" and source is not None:
        start, end = _with_surroundings(source.text, start, end)
    return SetAside(source=old.source, start=start, end=end, instead=new if alike else None)


def passed_on(each: SetAside, old: Stated, new: Stated) -> SetAside:
    """Return a stretch in whose place an old statement stood, with the new one there."""
    instead = each.instead
    if instead is None or (instead.source, instead.start) != (old.source, old.start):
        return each
    return each.model_copy(update={"instead": new if instead.is_change == new.is_change else None})


def _with_surroundings(text: str, start: int, end: int) -> tuple[int, int]:
    lexicon, folded = load(), fold(text)
    begin = len(folded[:start].rstrip())
    near = lexicon.places("around.before", folded, max(0, begin - _NEAR), begin)
    before = [place for place in near if place[1] == begin]
    after = [place for place in lexicon.places("around.after", folded, end, end + 2) if place[0] == end]
    return (before[0][0] if before else start), (after[0][1] if after else end)


def without(source: Source, set_aside: list[SetAside]) -> Source:
    """Return a text with what no longer counts marked in it and taken out of its facts."""
    own = tuple(dict.fromkeys(each for each in set_aside if each.source == source.key))
    if own == source.set_aside:
        return source
    marked = source.model_copy(update={"set_aside": own})
    return marked.model_copy(update={"facts": _facts(source.facts, marked)})


def _facts(facts: Facts, marked: Source) -> Facts:
    kept = [place for place, each in enumerate(facts.quantities) if marked.holds(each.start, each.end)]
    moved = {old: new for new, old in enumerate(kept)}
    changes = [_moved(change, moved) for change in facts.changes if _whole(change, moved)]
    return facts.model_copy(
        update={
            "quantities": tuple(facts.quantities[place] for place in kept),
            "times": tuple(each for each in facts.times if marked.holds(each.start, each.end)),
            "changes": tuple(changes),
        }
    )


def _whole(change: Change, moved: dict[int, int]) -> bool:
    return all(place is None or place in moved for place in (change.frm, change.to, change.stated))


def _moved(change: Change, moved: dict[int, int]) -> Change:
    places = {"frm": change.frm, "to": change.to, "stated": change.stated}
    update = {name: moved[place] for name, place in places.items() if place is not None}
    return change.model_copy(update=update)
