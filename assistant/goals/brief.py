"""What was understood of an aim: slots filled from the person's own words, gaps, conflicts, questions.

Knows nothing about how slots are found or goals are written.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.goals.base import Language, Model
from assistant.goals.facts import Facts

Slot = Literal["outcome", "metric", "baseline", "target", "deadline", "owner", "org_goal", "resources"]
SourceKey = str
"""Where a text came from: `aim`, `team`, `org_goal:1`, `improve:1`, `resource:1`, `context:1`, `document:ID`."""


class Source(Model):
    """A text that the person gave, with what was read in it."""

    key: SourceKey
    text: str
    facts: Facts


class Stated(Model):
    """A slot's value in the person's words.

    Attributes:
        text: the words, verbatim: `source.text[start:end]`.
        source: key of the text they stand in.
        value: decimal string or ISO date where the slot has one.
        unit: unit as in `Quantity`.
        metric_id: catalogue id that the value belongs to, where known.
        is_change: True for a target given as a difference (提升 15%) rather than a level.
    """

    slot: Slot
    text: str
    source: SourceKey
    start: int
    end: int
    value: str | None = None
    unit: str | None = None
    metric_id: str | None = None
    is_change: bool = False


class ConflictValue(Model):
    """One of the contradicting statements, verbatim, with its source."""

    text: str
    source: SourceKey


class Conflict(Model):
    """Two statements that cannot both hold; never settled silently."""

    slot: Slot
    values: tuple[ConflictValue, ...]
    message: str


class Question(Model):
    """A question worth asking, with the reason it is asked first."""

    slot: Slot
    text: str
    why: str
    options: tuple[str, ...] = ()
    metric_id: str | None = None


class Outcome(Model):
    """One wish that the aim names, with the figures that belong to it.

    Attributes:
        text: the clause in the person's words.
        metric_id: catalogue entry that measures it, or None for an aim outside the catalogue.
        metric_name: the metric as the person named it, else the catalogue's name, else ''.
        metric_stated: True where the person named the metric.
        direction: which way it should move, where told.
    """

    text: str
    source: SourceKey
    start: int
    end: int
    metric_id: str | None = None
    metric_name: str = ""
    metric_stated: bool = False
    direction: Literal["up", "down", "keep"] | None = None
    baseline: Stated | None = None
    target: Stated | None = None
    deadline: Stated | None = None


class Brief(Model):
    """Everything that drafting may use, and what it still misses."""

    language: Language
    sources: tuple[Source, ...]
    outcomes: tuple[Outcome, ...]
    stated: tuple[Stated, ...]
    missing: tuple[Slot, ...]
    conflicts: tuple[Conflict, ...]
    functions: tuple[str, ...] = Field(default=(), description="catalogue functions, likeliest first")
