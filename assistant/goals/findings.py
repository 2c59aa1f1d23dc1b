"""What judging a goal yields: findings, traits, scorecard. The JSON of `goals lint` is made of these.

Knows nothing about the rules.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field

from assistant.goals.base import Model, TextLanguage
from assistant.goals.facts import Direction, MetricMention, OwnerMention, Quantity, Time

Severity = Literal["error", "warning", "info"]
Mark = Literal["pass", "warn", "fail", "todo"]
GoalKind = Literal["aim", "smart_goal", "objective", "key_result", "initiative"]
FixSafety = Literal["safe", "suggested", "placeholder"]


class Edit(Model):
    """Replace `text[start:end]` by `replacement`; code points, end exclusive."""

    start: int
    end: int
    replacement: str


class Fix(Model):
    """A way to mend a finding. Only `safe` ones are applied without being asked for; none inserts a figure."""

    title: str
    edits: tuple[Edit, ...]
    safety: FixSafety


class Finding(Model):
    """One defect, with its place.

    Attributes:
        rule: name of the rule, stating the bad pattern.
        id: letter and three digits.
        start, end: place in the goal's text, code points, end exclusive.
        text: the words at that place.
        message: what is wrong, in the text's language and script.
        help: what to do, in the same language.
        field: JSON pointer of the draft's field, for findings in a draft.
    """

    rule: str
    id: str
    severity: Severity
    start: int
    end: int
    text: str
    message: str
    help: str
    fix: Fix | None = None
    field: str | None = None


class Traits(Model):
    """What holds of a goal; None where the text cannot tell or the trait does not apply."""

    specific: bool | None
    measurable: bool | None
    time_bound: bool | None
    has_baseline: bool | None
    has_target: bool | None
    has_metric: bool | None
    outcome_not_activity: bool | None
    consistent: bool | None


class Scorecard(Model):
    """A mark per letter and the score.

    `score` = 100 × (pass + 0.5 warn) / letters that are not todo. `ready` = no error finding and none of specific,
    measurable, time_bound, consistent at fail.
    """

    specific: Mark
    measurable: Mark
    achievable: Mark
    relevant: Mark
    time_bound: Mark
    consistent: Mark
    score: int
    ready: bool


class ShownChange(Model):
    """A from→to pair as shown in results: `from`, `to` and `stated` are decimal strings like `Quantity.value`."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True, validate_by_alias=True)

    frm: str | None = Field(alias="from")
    to: str | None
    direction: Direction | None
    stated: str | None


class ShownFacts(Model):
    """The part of `Facts` that results show."""

    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    metrics: tuple[MetricMention, ...]
    owners: tuple[OwnerMention, ...]
    changes: tuple[ShownChange, ...]


class Part(Model):
    """A key result or numbered part inside a record."""

    start: int
    end: int
    kind: GoalKind
    traits: Traits


class LintedGoal(Model):
    """The judgement of one input record."""

    id: str
    text: str
    language: TextLanguage
    kind: GoalKind
    traits: Traits
    facts: ShownFacts
    scorecard: Scorecard
    findings: tuple[Finding, ...]
    parts: tuple[Part, ...] = ()


class LintReport(Model):
    """The judgement of all records, in order."""

    version: Literal[1] = 1
    today: date
    goals: tuple[LintedGoal, ...]
