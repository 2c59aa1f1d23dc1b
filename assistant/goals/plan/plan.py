"""A plan: its goals, its typed body, the origin of every figure, its questions, its verdict. The JSON of `goals plan`.

Knows nothing about who composed it or how it is shown.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from assistant.goals.aim import Aim
from assistant.goals.base import Language, Model
from assistant.goals.draft import Drafter, DraftResult, Goal, Number, Usage, Verdict
from assistant.goals.plan.bodies import Body, PlanKind
from assistant.goals.plan.said import Day, Said

PlanStatus = Literal["ready", "with_findings", "needs_input"]


class Window(Model):
    """First and last day of a plan."""

    start: Day
    end: Day


class PlanQuestion(Model):
    """A question whose answer fills blanks of the plan.

    Attributes:
        key: stable name, which the blanks carry.
        why: what the answer changes.
        fields: JSON pointers of the blanks that it fills; none for a question of the goals' draft.
        options: answers to choose from.
    """

    key: str
    text: str
    why: str
    fields: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


class Source(Model):
    """A text that the person gave, so that what a plan says they said can be looked up.

    Attributes:
        key: as in `Evidence.source`: `aim`, `team`, `context:1` and so on.
    """

    key: str
    text: str


class Edit(Model):
    """A value that a person changed: where, and their words; '' for a value that they emptied."""

    field: str
    text: str


class Plan(Model):
    """The result of one request; see `goals plan`.

    Attributes:
        kind: which of the eight.
        status: `ready` when linter and gates pass and nothing contradicts; blanks alone do not prevent it.
        drafter: who wrote the plan; the draft has who wrote the goals.
        draft: the goals that the plan carries out, as in `goals draft`.
        goal_numbers: the origin of every figure of the goals, each resting on one of `sources`; the pointers begin with
            `/goals` and lead into `draft`.
        body: the typed plan.
        numbers: every figure and date of the plan beside its goals, with origin; the pointers begin with `/title`,
            `/window`, `/body` or `/assumptions`.
        questions: those that fill blanks, the most blanks first, then those of the goals.
        sources: what the person said.
        request: what the plan was composed for, so that a part of it can be composed again.
        goals_given: whether the goals were taken from a file rather than drafted for the request.
        edits: what was changed by hand since, in order; the words are sources too, `edit:1` and so on.
        verdict: findings of goals and plan, and the gates.
    """

    version: Literal[1] = 1
    kind: PlanKind
    status: PlanStatus
    language: Language
    title: Said
    today: date
    window: Window
    drafter: Drafter
    draft: DraftResult
    goal_numbers: tuple[Number, ...]
    body: Body
    numbers: tuple[Number, ...]
    questions: tuple[PlanQuestion, ...]
    assumptions: tuple[Said, ...]
    sources: tuple[Source, ...]
    request: Aim
    goals_given: bool = False
    edits: tuple[Edit, ...] = ()
    verdict: Verdict
    usage: Usage
    timings: dict[str, float]

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals that the plan carries out."""
        return self.draft.goals
