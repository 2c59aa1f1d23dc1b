"""Turns a result back into the answer a model would have given, for scripted models."""

from __future__ import annotations

from typing import Any

from assistant.goals import DraftResult


def answer_of(result: DraftResult) -> dict[str, Any]:
    """Return the JSON answer that says what `result` says, its proposals and computed figures declared."""
    quotes = {cited.id: cited.quote for cited in result.citations}
    declared = {
        number.text: {
            "text": number.text,
            "origin": number.origin,
            "reason": number.evidence.formula or "as discussed",
        }
        for number in result.numbers
        if number.origin in {"proposed", "computed"}
    }
    goals = []
    for goal in result.goals:
        data = goal.model_dump(mode="json", exclude={"id", "objective", "key_results", "citations"})
        data["objective"] = goal.objective.text
        data["ambition"] = goal.objective.ambition
        data["key_results"] = [each.model_dump(mode="json", exclude={"id", "metric_id"}) for each in goal.key_results]
        data["citations"] = [{"passage": id, "quote": quotes[id]} for id in goal.citations]
        goals.append(data)
    return {
        "goals": goals,
        "figures": list(declared.values()),
        "assumptions": list(result.assumptions),
        "monitoring_strategy": list(result.monitoring_strategy),
    }
