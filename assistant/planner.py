"""Plans, outlines and changes of plans: the part of the façade that goes from goals to documents.

Knows nothing about how results are shown.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.errors import UsageError
from assistant.goals import Aim, DraftResult, Revised
from assistant.library import Library

if TYPE_CHECKING:
    from assistant.goals.outline import Outline
    from assistant.goals.plan import Plan, PlanKind
    from assistant.llm import Model
    from assistant.render.export import Export
    from assistant.render.plan.export import PlanFormat

Progress = Callable[[str], None]


class Planner(Library):
    """Composes and changes plans."""

    @abstractmethod
    def draft(self, aim: Aim, *, llm: str | None = None, progress: Progress | None = None) -> DraftResult:
        """Return goals for a request."""

    @abstractmethod
    def revise(
        self, aim: Aim, result: DraftResult, instruction: str, *, llm: str | None = None,
        progress: Progress | None = None,
    ) -> Revised:  # fmt: skip
        """Return what an instruction makes of a draft."""

    def plan(
        self,
        kind: str,
        aim: Aim,
        goals: DraftResult | None = None,
        *,
        start: date | None = None,
        end: date | None = None,
        llm: str | None = None,
        progress: Progress | None = None,
    ) -> Plan:
        """Return a whole plan; see `goals plan`.

        Args:
            kind: one of `assistant.goals.plan.KINDS`.
            aim: the request, from `make_aim`, or from `make_surroundings` where the goals are given.
            goals: the goals to carry out; drafted for the aim where None.
            start: first day; the aim's day where None.
            end: last day; from the goals or the kind where None.
            llm: as in `draft`.
            progress: told the steps of drafting, then `plan` and `check`.

        Raises:
            UsageError: there is no such kind, there are no goals, or the window is no window.
        """
        from assistant.plans import parting, pipeline
        from assistant.plans.kinds.kind import find

        find(kind)
        result = goals or self.draft(parting.for_goals(aim), llm=llm, progress=progress)
        plan = pipeline.plan(kind, aim, result, start=start, end=end, from_file=goals is not None, progress=progress)
        return self._written(plan, llm, progress=progress)

    def _written(
        self, plan: Plan, llm: str | None, *, only: Sequence[str] | None = None, progress: Progress | None = None
    ) -> Plan:
        """Return a plan with its words written by the model, where there is one."""
        model = self._open(llm)
        if model is None:
            return plan
        from assistant.plans import editing
        from assistant.plans.model import PlanWriter

        return PlanWriter(model).write(plan, editing.ground_for(plan), only=only, progress=progress)

    @abstractmethod
    def _open(self, llm: str | None) -> Model | None:
        """Return the model that writes, None for the offline drafter."""

    def plan_outline(self, plan: Plan) -> Outline:
        """Return a plan laid out for reading: what every renderer and the page are given."""
        from assistant.plans import outlining

        return outlining.outline(plan)

    def plan_kinds(self) -> tuple[PlanKind, ...]:
        """Return the kinds of plans that can be composed."""
        from assistant.plans.kinds import kind

        return kind.available()

    def export_plan(self, plan: Plan, format: PlanFormat, *, today: date) -> Export:
        """Return a plan as a file: md, docx, xlsx, html, json or ics; see `render.plan.export`.

        Raises:
            UsageError: there is no such format.
        """
        from assistant.render.plan.export import export_plan

        return export_plan(plan, self.plan_outline(plan), format, today=today)

    def edit_plan(self, plan: Plan, field: str, text: str) -> Plan:
        """Return the plan with one value replaced by a person's words, judged again; see `plans.editing.edit`.

        Raises:
            UsageError: there is no such value, it repeats a goal, or the words are not of its kind.
        """
        from assistant.plans import editing

        return editing.edit(plan, field, text)

    def answer_plan(self, plan: Plan, question: str, text: str) -> Plan:
        """Return the plan with all blanks of one of its questions filled; see `plans.editing.answer`.

        Raises:
            UsageError: it asks no such question, or the words do not fit.
        """
        from assistant.plans import editing

        return editing.answer(plan, question, text)

    def redo_section(self, plan: Plan, section: str, context: Sequence[str] = (), *, llm: str | None = None) -> Plan:
        """Return the plan with one section of its outline written anew; see `plans.editing.redo`.

        Raises:
            UsageError: it has no such section.
        """
        from assistant.plans import editing

        parts = editing.parts_of(plan, section)
        return self._written(editing.redo(plan, section, context), llm, only=parts)

    def revise_plan(
        self, plan: Plan, instruction: str, *, llm: str | None = None, progress: Progress | None = None
    ) -> tuple[Plan, Revised]:
        """Return the plan after its goals were changed as told, and what was changed; the whole plan follows its goals.

        Goals that came from a file are changed there; then the instruction changes nothing and says so.

        Raises:
            UsageError: the goals came from a file.
        """
        from assistant.plans import editing, parting

        if plan.goals_given:
            raise UsageError("The goals came from a file.", "Change them there and plan again.")
        request = parting.for_goals(plan.request)
        revised = self.revise(request, plan.draft, instruction, llm=llm, progress=progress)
        if revised.result is plan.draft:
            return plan, revised
        asked = revised.aim.model_copy(update={"context": plan.request.context})
        return self._written(editing.with_goals(plan, asked, revised.result), llm, progress=progress), revised
