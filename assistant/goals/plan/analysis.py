"""Parts that look into a matter before it is planned: strengths, markets, causes. Know nothing about kinds of plans."""

from __future__ import annotations

from typing import Literal

from assistant.goals.base import Model
from assistant.goals.plan.said import Amount, Day, Said

CauseKind = Literal["man", "machine", "material", "method", "environment", "measurement"]
Grade = Literal["high", "medium", "low"]


class Swot(Model):
    """Strengths, weaknesses, opportunities, threats."""

    strengths: tuple[Said, ...]
    weaknesses: tuple[Said, ...]
    opportunities: tuple[Said, ...]
    threats: tuple[Said, ...]


class Gap(Model):
    """An ability, where it is, where it shall be, and how that shows."""

    ability: Said
    now: Said
    wanted: Said
    proof: Said


class LearningStep(Model):
    """A step of a learning path: what is learnt, how, how much, by when, and how it shows.

    Attributes:
        form: course, practice, reading, project, mentor.
    """

    skill: Said
    form: Said
    content: Said
    effort: Amount
    start: Day
    end: Day
    proof: Said


class Vision(Model):
    """Where somebody or something is headed: a horizon and the state wished for."""

    horizon: Said
    state: Said


class Persona(Model):
    """A group of customers."""

    name: Said
    traits: Said
    needs: Said
    channels: Said
    decides: Said


class Competitor(Model):
    """A rival offer as far as it is known."""

    name: Said
    strengths: Said
    weaknesses: Said
    answer: Said


class FunnelStage(Model):
    """A stage from stranger to customer.

    Attributes:
        count: how many reach it.
        rate: share of the stage before, in percent.
    """

    name: Said
    count: Amount
    rate: Amount
    lever: Said


class CalendarEntry(Model):
    """An activity on the calendar."""

    name: Said
    theme: Said
    channel: Said
    start: Day
    end: Day
    target: Amount
    budget: Amount
    owner: Said


class Why(Model):
    """One step of a chain of five whys."""

    question: Said
    answer: Said


class WhyChain(Model):
    """From a symptom to its root."""

    problem: Said
    steps: tuple[Why, ...]
    root: Said


class Cause(Model):
    """A possible cause under one of man, machine, material, method, environment, measurement."""

    kind: CauseKind
    text: Said
    check: Said


class RankedMeasure(Model):
    """A measure with its impact and ease, and the place that follows from them."""

    name: Said
    impact: Grade | None
    ease: Grade | None
    reason: Said
    rank: int | None


class BeforeAfter(Model):
    """A figure before and after a change: the after wished for, and the one that is measured then."""

    measure: Said
    before: Amount
    after: Amount
    actual: Amount
    source: Said
    gain: Said


class ScopeItem(Model):
    """Something that is in scope or explicitly not."""

    text: Said
    inside: bool


class Deliverable(Model):
    """What is handed over, what it must satisfy, who accepts it."""

    name: Said
    criteria: Said
    accepts: Said
    due: Day


class Communication(Model):
    """Who is told what, how and how often."""

    audience: Said
    content: Said
    way: Said
    rhythm: Said
    owner: Said
