"""The shape of a model's answer and how it becomes a draft. Knows nothing about prompts or endpoints.

Flat, every field required, unknown values null: the form that hosted strict schemas accept.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.goals import Citation, Draft, DraftResult, Goal, KeyResult, Language, Milestone, Objective, Passage, Slot


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class DeclaredFigure(_Answer):
    """A figure or date of the draft that nobody stated, with what it rests on."""

    text: str = Field(description="the figure exactly as written in the goal, with its unit")
    origin: Literal["proposed", "computed"]
    reason: str = Field(description="why this value is proposed, or the formula it was computed by")


class WrittenKeyResult(_Answer):
    """A key result as the model writes it."""

    statement: str
    metric: str
    unit: str
    direction: Literal["up", "down", "keep"]
    baseline: str | None = Field(description="today's value as stated, null when nobody gave it")
    target: str | None
    deadline: str | None = Field(description="YYYY-MM-DD")
    readout: str | None = Field(description="YYYY-MM-DD, day on which the last figure can be read")
    data_source: str
    cadence: str
    owner: str | None = Field(description="only somebody whom the person named, else null")
    kind: Literal["leading", "lagging"]
    guardrail: bool


class WrittenMilestone(_Answer):
    """A dated step."""

    text: str
    date: str = Field(description="YYYY-MM-DD")


class WrittenCitation(_Answer):
    """An exact quote from one of the passages."""

    passage: str = Field(description="id of the passage")
    quote: str = Field(description="copied word for word")


class WrittenGoal(_Answer):
    """A goal as the model writes it."""

    title: str
    statement: str
    specific: str
    measurable: str
    achievable: str
    relevant: str
    time_bound: str
    monitoring: str
    objective: str
    ambition: Literal["committed", "aspirational"]
    key_results: list[WrittenKeyResult]
    initiatives: list[str]
    milestones: list[WrittenMilestone]
    citations: list[WrittenCitation]


class WrittenQuestion(_Answer):
    """What only the person can settle."""

    slot: Slot
    text: str = Field(description="the question as asked")
    why: str = Field(description="what changes with the answer")


class Answer(_Answer):
    """The whole answer."""

    goals: list[WrittenGoal]
    figures: list[DeclaredFigure]
    assumptions: list[str]
    monitoring_strategy: list[str]
    questions: list[WrittenQuestion] = Field(default=[], description="at most three; empty where nothing is open")


class Written(_Answer):
    """A parsed answer: the draft, its quotes and the figures it declared."""

    draft: Draft
    citations: tuple[Citation, ...]
    declared: tuple[DeclaredFigure, ...]
    questions: tuple[WrittenQuestion, ...] = ()


@cache
def json_schema() -> dict[str, Any]:
    """Return the JSON schema of `Answer` for structured output; made once a process and not to be changed.

    Every field is asked for, as strict schemas demand; an answer to an older prompt may lack the questions.
    """
    whole = Answer.model_json_schema()
    whole["required"] = list(whole["properties"])
    del whole["properties"]["questions"]["default"]
    return whole


def answer_of(result: DraftResult) -> dict[str, Any]:
    """Return a result in the shape of an answer, its proposed and computed figures declared."""
    quotes = {cited.id: cited.quote for cited in result.citations}
    declared = {
        number.text: {"text": number.text, "origin": number.origin, "reason": number.evidence.formula or ""}
        for number in result.numbers
        if number.origin in {"proposed", "computed"} and number.text
    }
    goals = []
    for goal in result.goals:
        data = goal.model_dump(mode="json", exclude={"id", "objective", "key_results", "citations"})
        data["objective"], data["ambition"] = goal.objective.text, goal.objective.ambition
        data["key_results"] = [each.model_dump(mode="json", exclude={"id", "metric_id"}) for each in goal.key_results]
        data["citations"] = [{"passage": id, "quote": quotes[id]} for id in goal.citations if id in quotes]
        goals.append(data)
    return {
        "goals": goals,
        "figures": list(declared.values()),
        "assumptions": list(result.assumptions),
        "monitoring_strategy": list(result.monitoring_strategy),
        "questions": [each.model_dump(include={"slot", "text", "why"}) for each in result.questions],
    }


def read_answer(data: dict[str, Any], language: Language, passages: tuple[Passage, ...]) -> Written | str:
    """Return the parsed answer, or in English what is wrong with it, fit to send back to the model.

    Args:
        data: the JSON object of the answer.
        language: the language of the draft.
        passages: the passages that may be quoted.
    """
    try:
        answer = Answer.model_validate(data)
    except ValidationError as error:
        return "; ".join(f"{_place(fault['loc'])}: {fault['msg']}" for fault in error.errors()[:8])
    known = {passage.id: passage for passage in passages}
    citations: dict[str, Citation] = {}
    goals = []
    try:
        for index, each in enumerate(answer.goals, 1):
            for cited in each.citations:
                passage = known.get(cited.passage)
                if passage is not None:
                    citations.setdefault(
                        passage.id,
                        Citation(id=passage.id, topic=passage.topic, source=passage.source, quote=cited.quote),
                    )
            goals.append(_goal(index, each, known.keys() & {cited.passage for cited in each.citations}))
    except ValueError as error:
        return str(error)
    draft = Draft(
        language=language, goals=tuple(goals), assumptions=tuple(answer.assumptions),
        monitoring_strategy=tuple(answer.monitoring_strategy),
    )  # fmt: skip
    return Written(
        draft=draft, citations=tuple(citations.values()), declared=tuple(answer.figures),
        questions=tuple(answer.questions),
    )  # fmt: skip


def _goal(index: int, each: WrittenGoal, cited: set[str]) -> Goal:
    if not each.key_results:
        raise ValueError(f"goals.{index - 1}.key_results: at least 2 key results are needed")
    return Goal(
        id=f"G{index}",
        **each.model_dump(
            include={
                "title", "statement", "specific", "measurable", "achievable", "relevant", "time_bound", "monitoring",
            }
        ),
        objective=Objective(text=each.objective, ambition=each.ambition),
        key_results=tuple(
            KeyResult(
                id=f"G{index}-KR{place}", metric_id=None,
                deadline=_day(result.deadline, f"goals.{index - 1}.key_results.{place - 1}.deadline"),
                readout=_day(result.readout, f"goals.{index - 1}.key_results.{place - 1}.readout"),
                **result.model_dump(exclude={"deadline", "readout"}),
            )
            for place, result in enumerate(each.key_results, 1)
        ),
        initiatives=tuple(each.initiatives),
        milestones=tuple(
            Milestone(
                text=milestone.text,
                date=_day(milestone.date, f"goals.{index - 1}.milestones.{place}.date") or date.min,
            )
            for place, milestone in enumerate(each.milestones)
        ),
        citations=tuple(sorted(cited)),
    )  # fmt: skip


def _day(text: str | None, place: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{place}: {text!r} is no date in the form YYYY-MM-DD") from None


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "answer"
