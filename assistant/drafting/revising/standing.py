"""How a draft stands before it is changed: each goal with its wish, its measures and today's figures.

Knows nothing about instructions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant import catalogue
from assistant.drafting.fitting import decimal
from assistant.goals import Brief, Direction, DraftResult, Goal, Language, Metric, Number, Outcome


@dataclass(frozen=True, slots=True)
class Standing:
    """One goal as it stands.

    Attributes:
        goal: the goal.
        outcome: the wish behind it; None for one that a model added.
        asked: True where the person wished for it, False where it was added beyond the wishes.
        metric: the catalogue entry of its own result, or None.
        numbers: figures of its key results by place and field, such as (0, "target").
    """

    goal: Goal
    outcome: Outcome | None
    asked: bool
    metric: Metric | None
    numbers: dict[tuple[int, str], Number]

    @property
    def key(self) -> str:
        """The wish's key; '' where there is no wish."""
        return self.outcome.key if self.outcome else ""

    @property
    def direction(self) -> Direction:
        """Which way the goal's own result shall move."""
        return (self.outcome.direction if self.outcome else None) or self.goal.key_results[0].direction

    @property
    def deadline(self) -> date | None:
        """The last day of the goal."""
        return self.goal.key_results[0].deadline

    def figure(self, field: str, place: int = 0) -> Number | None:
        """Return the figure of a key result's field; None where it has no value."""
        found = self.numbers.get((place, field))
        return found if found and found.value else None

    def level(self, field: str, place: int = 0) -> Decimal | None:
        """Return the value of a key result's field as a number, where the field is that figure and nothing else."""
        figure = self.figure(field, place)
        text = getattr(self.goal.key_results[place], field)
        return decimal(figure.value) if figure and figure.text == text else None


def stand(brief: Brief, result: DraftResult) -> tuple[Standing, ...]:
    """Return the goals of a result, each with the wish that it was written for."""
    entries = catalogue.load().metrics
    found = []
    for index, goal in enumerate(result.goals):
        outcome, asked = _behind(index, goal, brief, result)
        id = goal.key_results[0].metric_id or (outcome.metric_id if outcome else None)
        numbers: dict[tuple[int, str], Number] = {}
        for number in result.numbers:
            parts = number.field.split("/")
            if parts[1:4] == ["goals", str(index), "key_results"] and parts[5] in {"target", "baseline"}:
                numbers.setdefault((int(parts[4]), parts[5]), number)
        found.append(Standing(goal, outcome, asked, entries.get(id or ""), numbers))
    return tuple(found)


def _behind(index: int, goal: Goal, brief: Brief, result: DraftResult) -> tuple[Outcome | None, bool]:
    """Return the wish behind a goal and whether the person had it.

    The offline drafter keeps the order of the wishes; a model may not, so there the measure decides first.
    """
    outcomes = brief.outcomes
    own = goal.key_results[0]
    if result.drafter.kind == "llm":
        names = {own.metric.casefold(), goal.title.casefold()}
        for outcome in outcomes:
            known = {outcome.metric_name.casefold()} | _names(outcome.metric_id, result.language)
            if any(name and name in said for name in known for said in names):
                return outcome, True
        return (outcomes[index], True) if len(outcomes) == len(result.goals) else (None, False)
    if index < len(outcomes):
        return outcomes[index], True
    return (further(own.metric_id, result.language, outcomes) if own.metric_id else None), False


def _names(id: str | None, language: Language) -> set[str]:
    metric = catalogue.load().metrics.get(id or "")
    return {metric.text[language].name.casefold()} if metric else set()


def further(id: str, language: Language, outcomes: tuple[Outcome, ...]) -> Outcome | None:
    """Return the wish of a goal that was added beyond the person's own; None for an unknown metric."""
    metric = catalogue.load().metrics.get(id)
    if metric is None:
        return None
    name = metric.text[language].name
    deadline = next((outcome.deadline for outcome in outcomes if outcome.deadline), None)
    return Outcome(
        text=name, source="team", start=0, end=0, metric_id=id, metric_name=name, direction=metric.direction,
        deadline=deadline,
    )  # fmt: skip
