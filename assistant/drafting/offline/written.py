"""One goal on its way: its texts as lines, the rest as plain values. Knows nothing about how they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.drafting.lines import Line


@dataclass(slots=True)
class Written:
    """The fields of one goal.

    Attributes:
        lines: texts by the last parts of their JSON pointers.
        key_results: what a key result holds beside its texts, in order.
        milestone_dates: days of the milestones, in order.
        initiatives: how many there are.
        assumptions: what has to hold for this goal.
        blanks: pointer of each value that nobody knows yet, with the way to measure it.
    """

    lines: dict[str, Line] = field(default_factory=dict)
    key_results: list[dict[str, object]] = field(default_factory=list)
    milestone_dates: list[date] = field(default_factory=list)
    initiatives: int = 0
    assumptions: list[Line] = field(default_factory=list)
    blanks: list[tuple[str, str]] = field(default_factory=list)
