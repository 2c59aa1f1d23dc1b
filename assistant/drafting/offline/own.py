"""Makes a metric of a measure that only the person knows. Knows nothing about how it was found.

The catalogue's words are missing, so the definition is left to the person and the work is what helps any measure.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.goals import Metric, MetricText, Outcome, Step
from assistant.goals.metric import MetricKind

if TYPE_CHECKING:
    from assistant.drafting.voice import Voice

FUNCTION = "own"
_DURATIONS = frozenset({"ms", "s", "min", "h", "day", "workday", "week", "month", "year"})
_POINTS = frozenset({"分", "point", "points", "star"})
_MONEY = frozenset({"CNY", "TWD", "HKD", "USD", "EUR", "GBP", "JPY", "SGD", "AUD", "INR", "KRW"})


def _is_rhythm(outcome: Outcome) -> bool:
    """Whether the measure says how often something is done."""
    return outcome.metric_name.endswith(("频率", "頻率", "frequency"))


def measure(outcome: Outcome, voice: Voice) -> Metric:
    """Return a metric for the outcome's own measure, with words in the voice's language only."""
    given = outcome.baseline or outcome.target
    unit = given.unit or "" if given and not given.is_change else ""
    kind: MetricKind = "count"
    if (
        unit in {"%", "pp"}
        or (outcome.metric_name.endswith(("率", "比例", "rate", "share", "margin")) and not _is_rhythm(outcome))
        or outcome.metric_name.lower().startswith(("share of", "percentage of", "proportion of"))
    ):
        kind, unit = "percent", "%"
    elif unit in _DURATIONS:
        kind = "duration"
    elif unit in _POINTS:
        kind = "score"
    elif unit in _MONEY:
        kind = "money"
    direction = outcome.direction or "up"
    step = Step(kind="points", value=Decimal(5)) if kind == "percent" else Step(kind="relative", value=Decimal(10))
    words = MetricText(
        name=outcome.metric_name,
        aliases=(),
        outcomes=(),
        unit=unit if kind == "percent" else "",
        definition=voice.get("own_definition"),
        formula=voice.get("own_formula"),
        data_source=voice.get("own.data_source"),
        owner=voice.get("own.owner"),
        baseline_question=voice.get("question.baseline.own").format(metric=voice.named(outcome.metric_name)),
        gaming=voice.get("own.gaming"),
        objectives=voice.variants("own.objectives"),
        initiatives=voice.variants("own.initiatives"),
    )
    return Metric(
        id=FUNCTION, function=FUNCTION, families=(FUNCTION,), kind=kind, unit=unit, direction=direction,
        timing="lagging", cadence="monthly", readout_lag_days=5, step=step, drivers=("planned-steps-on-time",),
        guardrails=("perceived-improvement",), text={voice.language: words},
    )  # fmt: skip
