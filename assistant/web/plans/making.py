"""What the tab of plans needs of the assistant. Knows nothing about the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from assistant.goals import Aim, DraftResult, Revised
from assistant.goals.outline import Outline
from assistant.goals.plan import Plan, PlanKind

if TYPE_CHECKING:
    from assistant.render.export import Export
    from assistant.render.plan.export import PlanFormat


class Planning(Protocol):
    """Makes and changes plans; see `assistant.planner.Planner` for what each does and its errors."""

    def plan(
        self,
        kind: str,
        aim: Aim,
        goals: DraftResult | None = None,
        *,
        start: date | None = None,
        end: date | None = None,
    ) -> Plan:
        """Return a whole plan."""
        ...

    def plan_outline(self, plan: Plan) -> Outline:
        """Return a plan laid out for reading."""
        ...

    def plan_kinds(self) -> tuple[PlanKind, ...]:
        """Return the kinds that can be composed."""
        ...

    def edit_plan(self, plan: Plan, field: str, text: str) -> Plan:
        """Return the plan with one value replaced."""
        ...

    def answer_plan(self, plan: Plan, question: str, text: str) -> Plan:
        """Return the plan with the blanks of a question filled."""
        ...

    def redo_section(self, plan: Plan, section: str, context: Sequence[str] = ()) -> Plan:
        """Return the plan with one section composed anew."""
        ...

    def revise_plan(self, plan: Plan, instruction: str) -> tuple[Plan, Revised]:
        """Return the plan after its goals were changed as told."""
        ...

    def export_plan(self, plan: Plan, format: PlanFormat, *, today: date) -> Export:
        """Return a plan as a file."""
        ...
