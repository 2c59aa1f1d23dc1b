"""Pairs two values that an arrow joins, as in "churn 5% → 8%". Knows nothing about other ways to write a change."""

from __future__ import annotations

import re

from assistant.goals.facts import Change, Facts

_ARROW = re.compile(r"\s*(?:→|->|=>|⇒|➔|➜|—>|-->)\s*")


def with_arrows(facts: Facts) -> Facts:
    """Return the facts with every pair of values around an arrow as a change from the first to the second."""
    if not any(mark in facts.text for mark in ("→", ">", "⇒", "➔", "➜")):
        return facts
    quantities, changes = list(facts.quantities), list(facts.changes)
    for first in range(len(quantities) - 1):
        second = first + 1
        if not _ARROW.fullmatch(facts.text, quantities[first].end, quantities[second].start):
            continue
        known = [change for change in changes if {first, second} & {change.frm, change.to, change.stated}]
        if any(change.frm == first and change.to == second for change in known):
            continue
        direction = next((change.direction for change in known if change.direction), None)
        metric = next((change.metric for change in known if change.metric is not None), None)
        if direction is None:
            start = quantities[first].start
            before = [a.direction for a in facts.actions if start - 60 <= a.start < start and a.direction]
            direction = before[-1] if before else None
        changes = [change for change in changes if change not in known]
        changes.append(Change(frm=first, to=second, direction=direction, metric=metric))
        quantities[first] = quantities[first].model_copy(update={"role": "baseline"})
        quantities[second] = quantities[second].model_copy(update={"role": "target"})
    return facts.model_copy(update={"quantities": tuple(quantities), "changes": tuple(changes)})
