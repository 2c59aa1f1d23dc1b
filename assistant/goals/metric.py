"""An entry of the metric catalogue. Knows nothing about files or look-up."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from assistant.goals.base import Language, Model
from assistant.goals.facts import Direction

MetricKind = Literal["percent", "score", "duration", "count", "money", "ratio"]
StepKind = Literal["relative", "points", "absolute"]
Cadence = Literal["daily", "weekly", "biweekly", "monthly", "quarterly", "yearly"]


class Step(Model):
    """A rule-of-thumb improvement for one period of about half a year; never a benchmark.

    `relative` is a percentage of the baseline, `points` percentage points, `absolute` in the metric's own unit.
    """

    kind: StepKind
    value: Decimal = Field(gt=0)


class MetricText(Model):
    """All words of a metric in one language.

    Attributes:
        name: as it stands in a sentence, lower case in English unless a proper name.
        aliases: what people type, most usual first.
        outcomes: how a vague aim names the wish behind it (让客户更满意).
        unit: measure word or unit as written after a number; '' where none.
        definition: one sentence: what is counted, over whom, when.
        formula: numerator ÷ denominator in words.
        data_source: where the figure usually stands.
        owner: usual owner role.
        baseline_question: the question that asks for today's value.
        gaming: the usual way to look better without being better.
        objectives: qualitative objective sentences without figures.
        initiatives: pieces of work that move the metric.
    """

    name: str
    aliases: tuple[str, ...]
    outcomes: tuple[str, ...]
    unit: str
    definition: str
    formula: str
    data_source: str
    owner: str
    baseline_question: str
    gaming: str
    objectives: tuple[str, ...] = Field(min_length=2)
    initiatives: tuple[str, ...] = Field(min_length=3)


class Metric(Model):
    """A measure with its legal range, direction, companions and words in every language."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    function: str
    families: tuple[str, ...] = Field(min_length=1)
    kind: MetricKind
    unit: str
    direction: Direction
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    timing: Literal["leading", "lagging"]
    cadence: Cadence
    readout_lag_days: int = Field(ge=0, le=120)
    step: Step
    drivers: tuple[str, ...] = ()
    guardrails: tuple[str, ...] = Field(min_length=1)
    text: dict[Language, MetricText]


class Function(Model):
    """A business function: `customer-service`, `software`, with the words by which people name it."""

    id: str
    name: dict[Language, str]
    aliases: dict[Language, tuple[str, ...]]
    metrics: tuple[Metric, ...]
