"""What the tab of plans remembers, and what happens in it: state in, state out. Knows nothing about markup.

The form in the browser is the master: every event brings what stands in it along.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from typing import Literal

from assistant.errors import AssistantError, DoesNotFit, InputError, RepeatsGoal
from assistant.goals import Aim, Language, Team
from assistant.goals.base import Model
from assistant.goals.plan import KINDS, Plan
from assistant.web.plans.making import Planning
from assistant.web.session import Turn, Version

logger = logging.getLogger(__name__)

MOST_TEXT = 8_000
_MOST_EARLIER = 12
Source = Literal["aim", "draft"]
MakeAim = Callable[[str, Team, tuple[str, ...], Language], Aim]
"""Cleans and checks what was typed: words, team, context, the interface's language."""
Surround = Callable[[Version, tuple[str, ...]], Aim]
"""Returns the request of a plan whose goals are there: the draft's version, and what else is known."""


class Form(Model):
    """The form as filled in.

    Attributes:
        kind: key of the kind of plan.
        source: from an aim, or from the goals that the tab of drafts shows.
        text: the aim.
        notes: what else is known: phases, people, weights, partners, one a line.
        start, end: days as the browser gives them, `2027-01-31`, or ''.
    """

    kind: str = "quarterly"
    source: Source = "aim"
    text: str = ""
    notes: str = ""
    start: str = ""
    end: str = ""

    @classmethod
    def of(cls, told: object) -> Form:
        """Return the form of what the browser sent; what is not as it should be is left out."""
        given = told if isinstance(told, dict) else {}
        words = {name: str(given.get(name, ""))[:MOST_TEXT] for name in ("text", "notes", "start", "end")}
        kind = str(given.get("kind", ""))
        return cls(
            kind=kind if kind in KINDS else "quarterly",
            source="draft" if given.get("source") == "draft" else "aim",
            **words,
        )


class Looking(Model):
    """Everything of one browser tab; replaced, never changed.

    Attributes:
        plan: the plan that is shown.
        key: name under which it can be had as a file.
        earlier: the plans before it, the latest last.
        told: what a press came to.
        step: counts what was made, so that the page brings it into sight once.
        presses: counts what was pressed, so that the page hears every answer.
    """

    plan: Plan | None = None
    key: str = ""
    earlier: tuple[Plan, ...] = ()
    told: Turn | None = None
    step: int = 0
    presses: int = 0


class Desk:
    """Answers what is pressed, with what the assistant makes of it."""

    def __init__(self, planning: Planning, aim: MakeAim, surround: Surround, keep: Callable[[Plan], str]) -> None:
        """Take what makes plans and requests, and what keeps a plan to be fetched as a file."""
        self._planning = planning
        self._aim = aim
        self._surround = surround
        self._keep = keep

    def acted(
        self, at: Looking, act: str, value: str, text: str, form: Form, shown: Version | None, language: Language
    ) -> Looking:
        """Return the state after a press.

        Args:
            at: the state before.
            act: `make`, `edit`, `answer`, `redo`, `revise` or `undo`.
            value: the field, question or section that it is about.
            text: the words typed for it.
            form: what stands in the form.
            shown: the version that the tab of drafts shows.
            language: of the interface.
        """
        text = text[:MOST_TEXT]
        try:
            match act:
                case "make":
                    return self._made(at, form, shown, language)
                case "undo" if at.earlier:
                    *older, last = at.earlier
                    return self._shown(at, last, "plans.undone", earlier=tuple(older))
                case "edit" if at.plan:
                    return self._shown(at, self._planning.edit_plan(at.plan, value, text), "plans.changed")
                case "answer" if at.plan:
                    return self._shown(at, self._planning.answer_plan(at.plan, value, text), "plans.filled")
                case "redo" if at.plan:
                    context = (text,) if text.strip() else ()
                    return self._shown(at, self._planning.redo_section(at.plan, value, context), "plans.redone")
                case "revise" if at.plan:
                    return self._revised(at, at.plan, text)
        except Exception as error:
            return at.model_copy(update={"told": complaint(error)})
        return at.model_copy(update={"told": None})

    def _made(self, at: Looking, form: Form, shown: Version | None, language: Language) -> Looking:
        notes = tuple(line.strip() for line in form.notes.splitlines() if line.strip())
        start, end = _day(form.start), _day(form.end)
        if form.source == "draft":
            if shown is None:
                return at.model_copy(update={"told": _trouble("plans.no_draft")})
            aim = self._surround(shown, notes)
            plan = self._planning.plan(form.kind, aim, shown.result, start=start, end=end)
        else:
            if not form.text.strip():
                return at.model_copy(update={"told": _trouble("plans.no_aim")})
            aim = self._aim(form.text, Team(), notes, language)
            plan = self._planning.plan(form.kind, aim, start=start, end=end)
        return self._shown(at, plan, "plans.made")

    def _revised(self, at: Looking, plan: Plan, text: str) -> Looking:
        if not text.strip():
            return at.model_copy(update={"told": _trouble("plans.no_words")})
        if plan.goals_given:
            return at.model_copy(update={"told": _trouble("plans.goals_elsewhere")})
        after, revised = self._planning.revise_plan(plan, text)
        if after is plan:
            told = Turn(role="assistant", kind="unchanged", lines=revised.told, language=plan.language)
            return at.model_copy(update={"told": told})
        return self._shown(at, after, "plans.changed")

    def _shown(self, at: Looking, plan: Plan, told: str, earlier: tuple[Plan, ...] | None = None) -> Looking:
        before = earlier if earlier is not None else (*at.earlier, *([at.plan] if at.plan else []))[-_MOST_EARLIER:]
        return Looking(
            plan=plan, key=self._keep(plan), earlier=before, told=Turn(role="assistant", key=told), step=at.step + 1
        )


def complaint(error: Exception) -> Turn:
    """Return an error as a message of the tab; what is no fault of the person's goes into the log."""
    if isinstance(error, InputError):
        return _trouble("plans.unusable", reason=str(error))
    if isinstance(error, RepeatsGoal):
        return _trouble("plans.of_goals")
    if isinstance(error, DoesNotFit):
        return _trouble("plans.does_not_fit")
    if isinstance(error, AssistantError):
        return _trouble("plans.refused", reason=str(error))
    logger.error("The page could not make a plan.", exc_info=error)
    return _trouble("plans.failed")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _trouble(key: str, **values: str) -> Turn:
    return Turn(role="assistant", kind="error", key=key, values=values)
