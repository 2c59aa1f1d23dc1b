"""Lays a draft out in tables: key results, milestones, figures with origin, questions.

Cells are legible text or dates; what kind of file they end up in is not known here.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.goals import DraftResult, Evidence, Goal, KeyResult
from assistant.render.draft_markdown import words
from assistant.render.legible import legible
from assistant.render.origin_marks import kind_of

Cell = str | date
Table = tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]
"""Headings and rows of the same width."""

GOAL_COLUMNS = (
    "goal", "title", "statement", "objective", "id", "key_result", "metric", "direction", "baseline", "target",
    "deadline", "readout", "data_source", "cadence", "owner", "kind", "guardrail",
)  # fmt: skip


def goal_rows(result: DraftResult) -> Table:
    """Return one row a key result; what is unknown is a blank cell."""
    label = words(result.language)
    rows = [
        tuple(_key_result(number, goal, at, label)[name] for name in GOAL_COLUMNS)
        for number, goal in enumerate(result.goals, 1)
        for at in range(len(goal.key_results))
    ]
    return tuple(label["headings"][name] for name in GOAL_COLUMNS), tuple(rows)


def milestone_rows(result: DraftResult) -> Table:
    """Return one row a milestone."""
    label = words(result.language)
    rows = tuple(
        (str(number), legible(goal.title), each.date, legible(each.text))
        for number, goal in enumerate(result.goals, 1)
        for each in goal.milestones
    )
    return tuple(label["headings"][name] for name in ("goal", "title", "date", "text")), rows


def number_rows(result: DraftResult) -> Table:
    """Return one row a figure or date: where it stands, its words, its origin, what it rests on and how."""
    label = words(result.language)
    rows = tuple(
        (
            place(each.field, result, label),
            legible(each.text) or label["unknown"],
            label["origins"][kind_of(each)],
            evidence(each.evidence, label),
            legible(each.evidence.formula or ""),
            each.field,
        )
        for each in result.numbers
    )
    columns = ("where", "figure", "origin", "evidence", "formula", "field")
    return tuple(label["headings"][name] for name in columns), rows


def question_rows(result: DraftResult) -> Table:
    """Return one row for each contradiction and open question."""
    label = words(result.language)
    rows = [
        (legible(each.message), label["conflict"], " / ".join(legible(value.text) for value in each.values))
        for each in result.conflicts
    ]
    rows += [
        (legible(each.text), legible(each.why), " / ".join(legible(option) for option in each.options))
        for each in result.questions
    ]
    return tuple(label["headings"][name] for name in ("question", "why", "options")), tuple(rows)


def place(pointer: str, result: DraftResult, label: dict[str, Any]) -> str:
    """Return a field of a draft in words: `Goal 1 · G1-KR2 · Target`."""
    steps = pointer.strip("/").split("/")
    names = {**label["headings"], **label["parts"], "milestones": label["milestone"]}
    out = []
    for at, step in enumerate(steps):
        if step == "goals":
            continue
        if not step.isdecimal():
            out += [names.get(step, step)] if step != "key_results" else []
            continue
        owner, index = steps[at - 1], int(step)
        if owner == "goals":
            out.append(label["export"]["where"].format(n=index + 1))
        elif owner == "key_results" and steps[0] == "goals":
            out.append(_id(result, int(steps[1]), index))
        else:
            out[-1] += f" {index + 1}"
    return legible(" · ".join(out))


def evidence(found: Evidence, label: dict[str, Any]) -> str:
    """Return what a figure rests on, in words."""
    kind, _, rest = found.source.partition(":")
    pattern = label["evidence"].get(kind)
    return legible(pattern.replace("{n}", rest).strip() if pattern else found.source)


def key_result_name(goal: int, goal_id: str, at: int, each: KeyResult) -> str:
    """Return how a key result is called in tables and notices: its id, behind the goal's where it does not tell."""
    return legible(each.id if goal_id and each.id.startswith(goal_id) else f"{goal_id or f'G{goal}'}-{each.id or at}")


def _id(result: DraftResult, goal: int, at: int) -> str:
    try:
        whole = result.goals[goal]
        return key_result_name(goal + 1, whole.id, at + 1, whole.key_results[at])
    except IndexError:
        return f"KR{at + 1}"


def _key_result(number: int, goal: Goal, at: int, label: dict[str, Any]) -> dict[str, Cell]:
    each = goal.key_results[at]
    return {
        "goal": str(number),
        "title": legible(goal.title),
        "statement": legible(goal.statement),
        "objective": legible(goal.objective.text),
        "id": key_result_name(number, goal.id, at + 1, each),
        "key_result": legible(each.statement),
        "metric": legible(each.metric),
        "direction": label["metric"][each.direction],
        "baseline": legible(each.baseline or ""),
        "target": legible(each.target or ""),
        "deadline": each.deadline or "",
        "readout": each.readout or "",
        "data_source": legible(each.data_source),
        "cadence": legible(each.cadence),
        "owner": legible(each.owner or ""),
        "kind": label["kinds"][each.kind],
        "guardrail": label["export"]["yes"] if each.guardrail else "",
    }
