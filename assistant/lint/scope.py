"""What surrounds a goal unit: its cycle, its parents, what is known of its document. Knows nothing about its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.goals.findings import GoalKind


@dataclass(frozen=True)
class Scope:
    """What surrounds a unit and changes how it is judged.

    Attributes:
        kind: kind as given or told by the record's form; None where neither tells.
        inherited_deadline: True where a cycle or parent outside the unit sets the time.
        has_org_goal, has_resources: whether relevance and achievability have something to be judged by.
        draft: True for the fields of a draft, where marked blanks are honest unknowns.
        labelled: True for a goal of labelled fields over several lines.
        results: places of an objective's key results.
        cycle: first and last day of the cycle of the objective above, as far as it is known.
        fiscal_start: first month of the fiscal year, None where nobody has said it.
        own: where the record's own words end and those beside it begin; None where there are none.
    """

    kind: GoalKind | None = None
    inherited_deadline: bool = False
    has_org_goal: bool = False
    has_resources: bool = False
    draft: bool = False
    labelled: bool = False
    results: tuple[tuple[int, int], ...] = ()
    cycle: tuple[date | None, date | None] = (None, None)
    fiscal_start: int | None = None
    own: int | None = None
