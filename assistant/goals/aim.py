"""What a person brings: the aim, the team, the context. Knows nothing about how it is understood."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from assistant.goals.base import Language, Model
from assistant.goals.followup import Followup

MAX_AIM_CHARACTERS = 8_000
MAX_CONTEXT_CHARACTERS = 40_000


class Team(Model):
    """The team and what surrounds it, each as the person wrote it.

    Attributes:
        profile: function, size, skills, tools.
        org_goals: goals of the organisation, for "relevant".
        improve: areas to improve; for a team without an aim each yields goals.
        resources: means and limits, for "achievable".
    """

    profile: str = ""
    org_goals: tuple[str, ...] = ()
    improve: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


class Aim(Model):
    """One request for goals, cleaned of control characters and direction marks.

    Attributes:
        text: the vague aim; may be empty where the team has areas to improve.
        language: the language to write in.
        context: further texts: figures, constraints, answers given to earlier questions.
        today: the day from which relative dates are counted.
        count: number of goals asked for, 1 to 10; None for one goal an outcome (five for a team without an aim).
        followups: what was asked for after the first draft, in order; a later word replaces an earlier one.
    """

    text: str
    language: Language
    team: Team = Team()
    context: tuple[str, ...] = ()
    today: date
    count: int | None = Field(default=None, ge=1, le=10)
    followups: tuple[Followup, ...] = ()
