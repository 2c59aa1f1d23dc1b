"""The eight kinds of plans, each a type of its own. Know nothing about how they are composed or shown."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from assistant.goals.base import Model
from assistant.goals.plan.analysis import (
    BeforeAfter,
    CalendarEntry,
    Cause,
    Communication,
    Competitor,
    Deliverable,
    FunnelStage,
    Gap,
    LearningStep,
    Persona,
    RankedMeasure,
    ScopeItem,
    Swot,
    Vision,
    WhyChain,
)
from assistant.goals.plan.parts import (
    AdjustmentRule,
    AlertRule,
    BalanceCell,
    BudgetLine,
    Checkpoint,
    Cooperation,
    Dimension,
    KpiRow,
    Node,
    Quarter,
    RaciGrid,
    Retrospective,
    Risk,
    Step,
    Task,
    Track,
)
from assistant.goals.plan.said import Amount, Day, Said

PlanKind = Literal[
    "kpi-contract", "service-loop", "quarterly", "annual", "career", "project", "sales-marketing", "process-improvement"
]
KINDS: tuple[PlanKind, ...] = get_args(PlanKind)


class Watch(Model):
    """How a plan is kept alive: reviews, planned values, alerts, rules for changing it."""

    checkpoints: tuple[Checkpoint, ...] = ()
    alerts: tuple[AlertRule, ...] = ()
    track_days: tuple[Day, ...] = ()
    tracks: tuple[Track, ...] = ()
    adjustments: tuple[AdjustmentRule, ...] = ()


class Alignment(Model):
    """The first of two baselines: what the organisation wants, and which part the team plays in it."""

    wanted: Said
    part: Said
    goal: str


class StatusRow(Model):
    """The second baseline: where a measure stands, where it shall be, and the gap."""

    measure: Said
    now: Amount
    wanted: Amount
    gap: Said
    source: Said


class Resource(Model):
    """A means and its limit."""

    kind: Said
    given: Said
    limit: Said


class KpiContract(Model):
    """Indicators with weights and scoring rules that two parties sign."""

    kind: Literal["kpi-contract"] = "kpi-contract"
    reviewer: Said
    reviewed: Said
    period: Said
    indicators: tuple[KpiRow, ...]
    guardrails: tuple[Step, ...]
    grades: tuple[Step, ...]
    feedback: tuple[Step, ...]
    rewards: tuple[Step, ...]
    improvement: tuple[Step, ...]
    watch: Watch


class ServiceLoop(Model):
    """Six steps: set goals, drive execution, enable, motivate, review, iterate."""

    kind: Literal["service-loop"] = "service-loop"
    decomposition: tuple[Node, ...]
    cascade: tuple[Step, ...]
    tasks: tuple[Task, ...]
    procedure: tuple[Step, ...]
    supervision: tuple[Step, ...]
    enablement: tuple[Step, ...]
    incentives: tuple[Step, ...]
    reviews: tuple[Step, ...]
    iterations: tuple[Step, ...]
    watch: Watch
    retrospective: Retrospective


class Quarterly(Model):
    """A department's quarter from two baselines to the retrospective."""

    kind: Literal["quarterly"] = "quarterly"
    alignment: tuple[Alignment, ...]
    status: tuple[StatusRow, ...]
    resources: tuple[Resource, ...]
    tasks: tuple[Task, ...]
    raci: RaciGrid
    cooperation: tuple[Cooperation, ...]
    risks: tuple[Risk, ...]
    watch: Watch
    balance: tuple[BalanceCell, ...]
    retrospective: Retrospective


class Annual(Model):
    """A department's year."""

    kind: Literal["annual"] = "annual"
    mission: Said
    vision: Said
    alignment: tuple[Alignment, ...]
    dimensions: tuple[Dimension, ...]
    quarters: tuple[Quarter, ...]
    tasks: tuple[Task, ...]
    people: tuple[Step, ...]
    staff: tuple[Resource, ...]
    budget: tuple[BudgetLine, ...]
    tools: tuple[Resource, ...]
    risks: tuple[Risk, ...]
    indicators: tuple[KpiRow, ...]
    watch: Watch


class Career(Model):
    """One person's development."""

    kind: Literal["career"] = "career"
    position: Said
    swot: Swot
    interests: tuple[Step, ...]
    visions: tuple[Vision, ...]
    gaps: tuple[Gap, ...]
    learning: tuple[LearningStep, ...]
    experience: tuple[Step, ...]
    network: tuple[Step, ...]
    habits: tuple[Step, ...]
    tasks: tuple[Task, ...]
    budget: tuple[BudgetLine, ...]
    watch: Watch


class Project(Model):
    """A project from its reason to acceptance."""

    kind: Literal["project"] = "project"
    background: Said
    scope: tuple[ScopeItem, ...]
    deliverables: tuple[Deliverable, ...]
    roles: tuple[Step, ...]
    tasks: tuple[Task, ...]
    raci: RaciGrid
    staff: tuple[Resource, ...]
    budget: tuple[BudgetLine, ...]
    risks: tuple[Risk, ...]
    communication: tuple[Communication, ...]
    quality: tuple[Step, ...]
    acceptance: tuple[Step, ...]
    changes: tuple[Step, ...]
    closing: tuple[Step, ...]
    documents: tuple[Said, ...]
    watch: Watch


class SalesMarketing(Model):
    """A year of selling: market, customers, rivals, strategy, calendar, budget."""

    kind: Literal["sales-marketing"] = "sales-marketing"
    market: tuple[Step, ...]
    personas: tuple[Persona, ...]
    competitors: tuple[Competitor, ...]
    swot: Swot
    strategy: tuple[Step, ...]
    funnel: tuple[FunnelStage, ...]
    forecast: tuple[Quarter, ...]
    calendar: tuple[CalendarEntry, ...]
    team: tuple[Step, ...]
    cooperation: tuple[Cooperation, ...]
    budget: tuple[BudgetLine, ...]
    indicators: tuple[KpiRow, ...]
    tasks: tuple[Task, ...]
    watch: Watch


class ProcessImprovement(Model):
    """A process from its pain to a roll-out."""

    kind: Literal["process-improvement"] = "process-improvement"
    process: tuple[Step, ...]
    problems: tuple[Said, ...]
    pains: tuple[StatusRow, ...]
    whys: tuple[WhyChain, ...]
    causes: tuple[Cause, ...]
    ranking: tuple[RankedMeasure, ...]
    measures: tuple[Step, ...]
    tasks: tuple[Task, ...]
    staff: tuple[Resource, ...]
    budget: tuple[BudgetLine, ...]
    training: tuple[Step, ...]
    risks: tuple[Risk, ...]
    comparison: tuple[BeforeAfter, ...]
    rollout: tuple[Step, ...]
    standards: tuple[Step, ...]
    watch: Watch


Body = Annotated[
    KpiContract | ServiceLoop | Quarterly | Annual | Career | Project | SalesMarketing | ProcessImprovement,
    Field(discriminator="kind"),
]
