"""What drafting yields: goals, the origin of every number, citations and the verdict. The JSON of `goals draft`.

Knows nothing about who drafts or how.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from assistant.goals.base import Language, Model, TextLanguage
from assistant.goals.brief import Conflict, Question
from assistant.goals.facts import Direction
from assistant.goals.findings import Finding, Scorecard

Origin = Literal["stated", "document", "knowledge", "computed", "proposed", "unknown"]
DraftStatus = Literal["ready", "with_findings", "needs_input", "refused"]


class Passage(Model):
    """A retrieved piece of a method text or of the user's document.

    Attributes:
        id: stable chunk id, `smart.zh-Hans#3`.
        topic: topic key, or the document's name.
        source: what the text rests on, or the document's place.
        score: fused rank score; larger is better, comparable within one query only.
    """

    id: str
    topic: str
    title: str
    language: TextLanguage
    score: float
    source: str
    text: str


class Citation(Model):
    """An exact quote of a passage: `quote` occurs verbatim in the passage of that id."""

    id: str
    topic: str
    source: str
    quote: str


class Objective(Model):
    """A qualitative objective without figures."""

    text: str
    ambition: Literal["committed", "aspirational"]


class KeyResult(Model):
    """A measurable result.

    Attributes:
        metric_id: catalogue id, or None.
        baseline: today's value as shown, or None where it is unknown.
        target: value to reach as shown, or None for a milestone or a target that waits for the baseline.
        deadline: ISO date as shown.
        readout: day on which the last period's figure is read; not a second deadline.
        guardrail: True where it protects against gaming rather than measures success.
    """

    id: str
    statement: str
    metric: str
    metric_id: str | None
    unit: str
    direction: Direction
    baseline: str | None
    target: str | None
    deadline: date | None
    readout: date | None
    data_source: str
    cadence: str
    owner: str | None
    kind: Literal["leading", "lagging"]
    guardrail: bool = False


class Milestone(Model):
    """A dated step on the way, with what "done" means."""

    text: str
    date: date


class Goal(Model):
    """One goal: a SMART statement, its five parts, its OKR and the work that moves it."""

    id: str
    title: str
    statement: str
    specific: str
    measurable: str
    achievable: str
    relevant: str
    time_bound: str
    monitoring: str
    objective: Objective
    key_results: tuple[KeyResult, ...] = Field(min_length=1)
    initiatives: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    citations: tuple[str, ...] = ()


class PartialGoal(Model):
    """A goal while a model is writing it: shown ahead, judged by nobody yet.

    Attributes:
        language: the language that it is written in; None where that is not known.
    """

    title: str
    statement: str
    key_results: tuple[str, ...]
    language: Language | None = None


class Evidence(Model):
    """What a number rests on.

    Attributes:
        source: a text of the person's by its `SourceKey`, such as `aim`, `context:1`, `edit:1` (a field that they wrote
            themselves) or `document:ID`; else `passage:ID`, `calendar` or `rule`.
        start, end: place in that source, code points, end exclusive; None for calendar and rule.
        formula: how it was computed or why it is proposed.
    """

    source: str
    start: int | None = None
    end: int | None = None
    formula: str | None = None


class Number(Model):
    """A figure or date of the draft with its origin.

    Attributes:
        text: as written in the field.
        field: JSON pointer into the result, `/goals/0/key_results/0/target`.
        start, end: place in that field's text, code points, end exclusive.
        tentative: a stated number in a role that we propose, or a computed one that rests on a proposal.
    """

    text: str
    value: str | None
    unit: str | None
    field: str
    start: int
    end: int
    origin: Origin
    tentative: bool = False
    evidence: Evidence


class GateResult(Model):
    """The outcome of one runtime check on a draft."""

    name: str
    passed: bool
    why: str


class Verdict(Model):
    """What linter and gates say of a draft; `ready` only when nothing blocks.

    Attributes:
        score: mean of the goals' scores, 0 to 100.
        findings: as in linting, each with the JSON pointer of its field.
        scorecards: one a goal, in order.
    """

    ready: bool
    score: int
    findings: tuple[Finding, ...]
    gates: tuple[GateResult, ...]
    scorecards: tuple[Scorecard, ...]


class Drafter(Model):
    """Who wrote: the model's name, or the offline drafter; what it fell back from and why."""

    kind: Literal["offline", "llm"]
    model: str | None = None
    prompt: str | None = None
    fallback_from: str | None = None
    why: str | None = None


class Usage(Model):
    """Model calls of one draft; token counts are None where the endpoint does not tell."""

    calls: int = 0
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class Draft(Model):
    """The written part of a result: what a drafter produces and gates judge."""

    language: Language
    goals: tuple[Goal, ...]
    assumptions: tuple[str, ...] = ()
    monitoring_strategy: tuple[str, ...] = ()


class DraftResult(Model):
    """The result of one request; see `goals draft`."""

    version: Literal[1] = 1
    status: DraftStatus
    language: Language
    drafter: Drafter
    goals: tuple[Goal, ...]
    numbers: tuple[Number, ...]
    questions: tuple[Question, ...]
    conflicts: tuple[Conflict, ...]
    citations: tuple[Citation, ...]
    assumptions: tuple[str, ...]
    monitoring_strategy: tuple[str, ...]
    verdict: Verdict
    usage: Usage
    timings: dict[str, float]
