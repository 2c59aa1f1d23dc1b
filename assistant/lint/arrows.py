"""Pairs two values that an arrow joins, as in "churn 5% → 8%". Knows nothing about other ways to write a change."""

from __future__ import annotations

import re

from assistant.goals.facts import Change, Facts
from assistant.lint.slices import within

_ARROW = re.compile(r"\s*(?:→|->|=>|⇒|➔|➜|—>|-->)\s*")


def with_arrows(facts: Facts) -> Facts:
    """Return the facts with every pair of values around an arrow as a change from the first to the second."""
    if not any(mark in facts.text for mark in ("→", ">", "⇒", "➔", "➜")):
        return facts
    quantities = list(facts.quantities)
    about: dict[int, list[Change]] = {}
    for change in facts.changes:
        for index in {change.frm, change.to, change.stated} - {None}:
            about.setdefault(index or 0, []).append(change)
    dropped: set[int] = set()
    added: list[Change] = []
    for first in range(len(quantities) - 1):
        second = first + 1
        if not _ARROW.fullmatch(facts.text, quantities[first].end, quantities[second].start):
            continue
        known = [*about.get(first, ()), *about.get(second, ())]
        if any(change.frm == first and change.to == second for change in known):
            continue
        dropped.update(id(change) for change in known)
        start = quantities[first].start
        before = [action.direction for action in within(facts.actions, start - 60, start) if action.direction]
        added.append(
            Change(
                frm=first,
                to=second,
                direction=next((c.direction for c in known if c.direction), before[-1] if before else None),
                metric=next((c.metric for c in known if c.metric is not None), None),
            )
        )
        quantities[first] = quantities[first].model_copy(update={"role": "baseline"})
        quantities[second] = quantities[second].model_copy(update={"role": "target"})
    kept = [change for change in facts.changes if id(change) not in dropped]
    return facts.model_copy(update={"quantities": tuple(quantities), "changes": (*kept, *added)})
