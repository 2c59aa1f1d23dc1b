"""Gates: what the person stated is still there, and nobody was named whom they did not name.

Know nothing about sentences.
"""

from __future__ import annotations

import re

from assistant.gates import figures
from assistant.gates.case import Case
from assistant.goals import Brief, GateResult, Source, Span, Stated

_SHOWN = 3


def facts_kept(case: Case) -> GateResult:
    """Pass when every figure that the person gave stands verbatim in some goal; a date may stand written out.

    What a later word replaced need not stand anywhere. A figure of the context that bears on no goal may stand among
    the assumptions, where it is said to be set aside.
    """
    lost = [f"{source.text[span.start : span.end]!r} of {source.key}" for source, span in figures_lost(case)]
    why = "every stated figure is kept" if not lost else "lost: " + "; ".join(lost[:_SHOWN])
    return GateResult(name="facts_kept", passed=not lost, why=why)


def figures_lost(case: Case) -> list[tuple[Source, Span]]:
    """Return the figures that the person gave and the draft does not keep, each with its text; see `facts_kept`.

    Those of documents need not stand in a goal, nor those of a field that the person wrote themselves: it holds them,
    or was written anew since.
    """
    texts = [(pointer, text) for pointer, text in case.texts()]
    in_goals = _squeezed("\n".join(text for pointer, text in texts if pointer.startswith("/goals/")))
    anywhere = in_goals + _squeezed("\n".join(text for pointer, text in texts if pointer.startswith("/assumptions/")))
    lost = []
    for source in case.brief.sources:
        if source.key.startswith(("document:", "edit:")):
            continue
        written = anywhere if source.key.startswith("context:") else in_goals
        days = {
            (time.start, time.end): {day.isoformat() for day in time.resolved if day is not None}
            for time in source.facts.times
        }
        for span in figures.find(source.text, case.today):
            if not source.holds(span.start, span.end):
                continue
            words = source.text[span.start : span.end]
            written_out = any(day in written for day in days.get((span.start, span.end), ()))
            if _squeezed(words) not in written and not written_out:
                lost.append((source, span))
    return lost


def goals_as_stated(case: Case) -> GateResult:
    """Pass when a from→to pair of the aim stands as baseline and target of a key result, not only in the prose.

    A pair with a conflict is the person's to settle first; of several steps the last may stand for all. Two figures
    that only stand one after the other, with no word that moves them and no slot that either fills, are no pair.
    """
    disputed = {value.text for conflict in case.brief.conflicts for value in conflict.values}
    shown = [
        _squeezed(f"{result.baseline or ''} {result.target or ''} {result.statement}")
        for goal in case.draft.goals
        for result in goal.key_results
    ]
    missing = []
    for source in case.brief.sources:
        if source.key != "aim":
            continue
        slotted = {each.start for each in _slots(case.brief) if each.source == source.key}
        for change in source.facts.changes:
            if change.frm is None or change.to is None:
                continue
            starts = {source.facts.quantities[place].start for place in (change.frm, change.to)}
            if change.direction is None and not starts & slotted:
                continue
            pair = [source.facts.quantities[place] for place in (change.frm, change.to)]
            words = [source.text[each.start : each.end] for each in pair]
            if disputed & set(words):
                continue
            later = [
                source.text[each.start : each.end]
                for each in source.facts.quantities
                if each.role == "target" and each.start >= pair[1].start and each.unit == pair[1].unit
            ]
            taken = [text for text in shown if _squeezed(words[0]) in text]
            if not any(_squeezed(word) in text for text in taken for word in [words[1], *later]):
                missing.append(" → ".join(words))
    why = (
        "every stated goal is a key result" if not missing else "no key result takes up: " + "; ".join(missing[:_SHOWN])
    )
    return GateResult(name="goals_as_stated", passed=not missing, why=why)


def _slots(brief: Brief) -> list[Stated]:
    """Return every starting value and target that was understood."""
    own = [part for each in brief.outcomes for part in (each.baseline, each.target) if part is not None]
    return [*own, *(each for each in brief.stated if each.slot in {"baseline", "target"})]


def no_invented_owners(case: Case) -> GateResult:
    """Pass when every owner of a key result stands in the person's own words."""
    said = _squeezed("\n".join(source.heard for source in case.brief.sources))
    strangers = [
        f"{result.owner!r} of {result.id}"
        for goal in case.draft.goals
        for result in goal.key_results
        if result.owner and _squeezed(result.owner) not in said
    ]
    why = "every owner was named" if not strangers else "nobody named " + "; ".join(dict.fromkeys(strangers[:_SHOWN]))
    return GateResult(name="no_invented_owners", passed=not strangers, why=why)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()
