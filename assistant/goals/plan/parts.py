"""Parts that plans are made of: indicators, tasks, roles, risks, reviews, sums. Know nothing about kinds of plans."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.goals.base import Model
from assistant.goals.facts import Direction
from assistant.goals.plan.said import Amount, Day, Said

ScoreForm = Literal["between", "from_zero", "to_double", "change", "pass_fail"]
"""How an indicator is scored: in proportion between baseline and target; from nothing to the target and from twice the
target down to it where no baseline is known; by the share of the wanted change; met or not."""
BalanceArea = Literal["growth", "efficiency", "risk", "team"]
RaciLetter = Literal["R", "A", "C", "I"]


class WorkedExample(Model):
    """A score computed for one possible result, so that nobody has to guess how the rule is meant."""

    actual: Amount
    score: Amount
    formula: Said


class ScoringRule(Model):
    """How a result becomes points.

    Attributes:
        text: the rule in words.
        form: its arithmetic.
        zero: the result that earns no points, where the form has one.
        full: the result (or the change) that earns 100 points.
        least, most: bounds of the points.
    """

    text: Said
    form: ScoreForm
    zero: Amount | None = None
    full: Amount | None = None
    least: Amount | None = None
    most: Amount | None = None
    examples: tuple[WorkedExample, ...] = ()


class KpiRow(Model):
    """One indicator of a contract.

    Attributes:
        key_result: id of the key result that it measures.
        weight: percent of the whole.
        guardrails: what must not get worse while it improves, in words.
    """

    key_result: str
    name: Said
    definition: Said
    formula: Said
    source: Said
    direction: Direction
    baseline: Amount
    target: Amount
    weight: Amount
    scoring: ScoringRule
    period: Said
    owner: Said
    guardrails: tuple[Said, ...] = ()


class Task(Model):
    """A piece of work with its 5W1H.

    Attributes:
        id: stable within the plan, `T1`, `T1.2` below a task.
        goal: id of the goal that it serves, '' where it serves all.
        name: what is done.
        why, where, how: the rest of 5W1H; who and when are `owner`, `start` and `end`.
        needs: ids of the tasks that must be finished before.
        phase: name of the phase, where the plan has phases.
        milestone: True for a point in time rather than work.
    """

    id: str
    goal: str = ""
    phase: Said | None = None
    name: Said
    why: Said
    where: Said
    how: Said
    owner: Said
    start: Day
    end: Day
    deliverable: Said
    accepted: Said | None = None
    needs: tuple[str, ...] = ()
    milestone: bool = False


class RaciEntry(Model):
    """What one role does in one task."""

    role: int = Field(ge=0, description="index into the grid's roles")
    letters: tuple[RaciLetter, ...] = Field(min_length=1)


class RaciRow(Model):
    """Who is responsible, accountable, consulted and informed for a task."""

    task: str
    entries: tuple[RaciEntry, ...]


class RaciGrid(Model):
    """Roles and what each does in each task; every task has exactly one A."""

    roles: tuple[Said, ...]
    rows: tuple[RaciRow, ...]


class Risk(Model):
    """Something that may go wrong, and what is done about it.

    Attributes:
        likelihood, impact: `high`, `medium`, `low`, or None where nobody has judged it.
        prevention: what makes it less likely.
        mitigation: what makes it hurt less; None where prevention says both.
        fallback: what is done when it happens.
        signal: how it is noticed.
    """

    text: Said
    kind: Said | None = None
    likelihood: Literal["high", "medium", "low"] | None = None
    impact: Literal["high", "medium", "low"] | None = None
    prevention: Said
    mitigation: Said | None = None
    fallback: Said
    signal: Said
    owner: Said


class Checkpoint(Model):
    """A meeting or reading that recurs, with its days.

    Attributes:
        rhythm: `daily`, `weekly`, `biweekly`, `monthly`, `quarterly` or `once`.
        days: its days inside the window, the first ones where they are many.
    """

    name: Said
    rhythm: Literal["daily", "weekly", "biweekly", "monthly", "quarterly", "once"]
    content: Said
    owner: Said
    output: Said
    days: tuple[Day, ...] = ()


class AlertRule(Model):
    """When a figure calls for help.

    Attributes:
        watches: what is watched.
        threshold: percent of the plan below which it counts.
        periods: how many periods running.
        action: what happens then, by whom.
    """

    watches: Said
    text: Said
    threshold: Amount
    periods: Amount
    action: Said


class Track(Model):
    """What a figure is planned to be on each day on which it is read, so that "behind plan" can be told.

    Attributes:
        planned: one value for each of `Watch.track_days`.
    """

    measure: Said
    direction: Direction
    planned: tuple[Amount, ...]


class AdjustmentRule(Model):
    """When a plan may be changed and how."""

    trigger: Said
    action: Said
    decides: Said


class BudgetLine(Model):
    """Money for one thing; a blank amount where nobody has said it."""

    item: Said
    amount: Amount
    purpose: Said
    owner: Said | None = None


class BalanceCell(Model):
    """One area of the balance grid with the goals that stand in it; empty goals mean that nothing covers it."""

    area: BalanceArea
    goals: tuple[str, ...]
    text: tuple[Said, ...]


class Quarter(Model):
    """A quarter of a year's plan.

    Attributes:
        focus: what matters most in it.
        output: what is there at its end.
        targets: where each followed measure shall stand then, in the order of the plan's main measures.
    """

    start: Day
    end: Day
    focus: Said
    output: Said
    targets: tuple[Said, ...] = ()


class Dimension(Model):
    """One of five sides of a department's year, with the goals that stand in it; empty where none does."""

    area: Literal["growth", "efficiency", "quality", "innovation", "team"]
    goals: tuple[str, ...]
    text: tuple[Said, ...]


class Node(Model):
    """A node of a decomposition: company, department, team or person.

    Attributes:
        level: which of them.
        name: who.
        measure: what they answer for.
        value: how much of it; a parent's value is the sum of its children's where `sums` says so.
        sums: whether the children's values must add up to this one's.
    """

    level: Literal["company", "department", "team", "person"]
    name: Said
    measure: Said
    value: Amount
    sums: bool = False
    children: tuple[Node, ...] = ()


class Step(Model):
    """A line of a procedure, a programme or a set of rules, with who does it and when."""

    name: Said
    content: Said
    owner: Said | None = None
    when: Said | None = None
    output: Said | None = None


class Cooperation(Model):
    """What is needed from whom, and how it is arranged."""

    partner: Said
    need: Said
    way: Said
    when: Said


class Retrospective(Model):
    """Four quadrants: what went well, what to improve, chances, risks; each entry a prompt or what was said."""

    went_well: tuple[Said, ...]
    to_improve: tuple[Said, ...]
    chances: tuple[Said, ...]
    risks: tuple[Said, ...]
