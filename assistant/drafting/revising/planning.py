"""Turns corrections into a request that holds them, or says why they cannot hold. Knows nothing about wording.

Whatever cannot hold is refused as a whole: half of an instruction is nobody's wish.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant import catalogue
from assistant.drafting.fitting import decimal, fits
from assistant.drafting.offline.terms import NUMERAL
from assistant.drafting.outcomes import Suggest
from assistant.drafting.revising import request
from assistant.drafting.revising.standing import Standing
from assistant.goals import Aim, Brief, Correction, Followup, KeyResult, Metric, Outcome, Quantity, Stated

MOST_GOALS = 10
FEWEST_RESULTS, MOST_RESULTS = 2, 5


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a correction changes nothing: the key of a sentence and what fills it."""

    reason: str
    correction: Correction
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A request with the corrections in it, as understood."""

    aim: Aim
    brief: Brief
    corrections: tuple[Correction, ...]


def plan(
    aim: Aim, instruction: str, corrections: tuple[Correction, ...], before: Brief, standing: tuple[Standing, ...],
    suggest: Suggest | None,
) -> Plan | Refused:  # fmt: skip
    """Return the request with an instruction in it.

    Args:
        aim: the request before.
        instruction: the words.
        corrections: what was read in them.
        before: the brief of the request before.
        standing: the draft that the corrections speak of.
        suggest: ranks catalogue metrics by wording.
    """
    settled = []
    for each in corrections:
        placed = _placed(each, standing)
        if isinstance(placed, Refused):
            return placed
        if (problem := _impossible(placed, aim, standing)) is not None:
            return problem
        settled.append(placed)
    dropped = _dropped(settled, standing)
    if len(dropped) >= len(standing) and dropped:
        return Refused("last_goal", next(each for each in settled if each.kind in {"drop_goal", "goals"}))
    count, more = _count(settled, standing, len(dropped))
    if count > MOST_GOALS:
        last = next(each for each in reversed(settled) if each.kind in {"goals", "add_goal"})
        return Refused("too_many_goals", last, {"most": str(MOST_GOALS)})
    beyond = tuple(each.key for each in standing if not each.asked and each.key and each.key not in dropped)
    followup = Followup(
        text=instruction, corrections=tuple(settled), dropped=tuple(dropped), further=beyond if standing else None
    )
    language = next((each.language for each in reversed(settled) if each.language), aim.language)
    changed = aim.model_copy(update={"followups": (*aim.followups, followup), "language": language})
    if count != len(standing) or more or aim.count is not None:
        changed = changed.model_copy(update={"count": count})
    after = request.understand(changed, suggest)
    problem = _clash(settled, before, after)
    return problem or Plan(changed, after, tuple(settled))


def _placed(each: Correction, standing: tuple[Standing, ...]) -> Correction | Refused:
    """Return a correction with the wish and the measure that it means."""
    if each.goal is not None and not 0 <= each.goal < len(standing):
        values = {"number": str(each.goal + 1), "count": str(len(standing))}
        return Refused("no_such_goal", each, values)
    if each.kind == "drop_goal" and each.goal is None and len(standing) == 1:
        return Refused("last_goal", each)
    if each.kind == "drop_goal" and each.goal is None:
        return Refused("which_goal", each, {"count": str(len(standing))})
    if each.goal is None:
        return each
    goal = standing[each.goal]
    update: dict[str, object] = {"outcome": goal.key}
    needs_wish = each.kind not in {"explain", "drop_goal", "goals", "add_goal", "language", "undo", "redo"}
    if needs_wish and not goal.key:
        return Refused("not_ours", each, {"number": str(each.goal + 1)})
    if each.key_result is not None:
        results = goal.goal.key_results
        if not 0 <= each.key_result < len(results):
            values = {"number": str(each.key_result + 1), "count": str(len(results))}
            return Refused("no_such_result", each, values)
        update["metric_id"] = results[each.key_result].metric_id
        if each.kind in {"target", "baseline", "drop_key_result"} and results[each.key_result].metric_id is None:
            return Refused("not_ours", each, {"number": str(each.goal + 1)})
        if each.kind == "target" and results[each.key_result].guardrail:
            return Refused("guardrail_target", each, {"metric": results[each.key_result].metric})
    each = each.model_copy(update=update)
    if each.value is not None and each.kind in {"target", "baseline"} and not each.value.is_change:
        each = each.model_copy(update={"value": _in_full(each.value, goal, each.key_result or 0, each.kind)})
    return each


def _in_full(value: Stated, goal: Standing, place: int, kind: str) -> Stated:
    """Return a bare number with the unit in which the key result is counted."""
    if value.unit or value.formula:
        return value
    result = goal.goal.key_results[place]
    for other in ("target", "baseline"):
        figure, text = goal.figure(other, place), getattr(result, other) or ""
        if figure and figure.unit and figure.text == text and len(NUMERAL.findall(text)) == 1:
            shown = NUMERAL.sub(lambda match: value.text, text)
            return value.model_copy(update={"unit": figure.unit, "shown": shown})
    if result.unit == "%":
        return value.model_copy(update={"unit": "%", "shown": f"{value.text}%"})
    return value


def _impossible(each: Correction, aim: Aim, standing: tuple[Standing, ...]) -> Refused | None:
    """Return why a correction cannot be done whatever else was said; None where it can."""
    if each.kind == "deadline":
        if each.value is None or each.value.value is None:
            return Refused("no_such_day", each, {"day": each.value.text if each.value else each.text})
        if date.fromisoformat(each.value.value) <= aim.today:
            return Refused("past_day", each, {"day": each.value.text})
    if each.kind == "key_results" and each.number is not None and not FEWEST_RESULTS <= each.number <= MOST_RESULTS:
        return Refused("results_number", each, {"fewest": str(FEWEST_RESULTS), "most": str(MOST_RESULTS)})
    if each.kind == "drop_key_result":
        results = standing[each.goal or 0].goal.key_results
        if len(results) <= FEWEST_RESULTS:
            return Refused("results_number", each, {"fewest": str(FEWEST_RESULTS), "most": str(MOST_RESULTS)})
        if each.key_result is None:
            return Refused("own_result", each)
    if each.kind == "goals" and each.number is not None and not 1 <= each.number <= MOST_GOALS:
        return Refused("too_many_goals" if each.number else "last_goal", each, {"most": str(MOST_GOALS)})
    if each.kind in {"target", "baseline"} and each.value is not None and each.goal is not None:
        goal = standing[each.goal]
        return _misfit(each, each.value, goal.goal.key_results[each.key_result or 0], _metric(each, goal))
    return None


def _metric(each: Correction, goal: Standing) -> Metric | None:
    return catalogue.load().metrics.get(each.metric_id) if each.metric_id else goal.metric


def _misfit(each: Correction, value: Stated, result: KeyResult, metric: Metric | None) -> Refused | None:
    """Return a refusal where a figure is not of the measure, or beyond what the measure can be."""
    if metric is None:
        return None
    quantity = Quantity(
        start=value.start, end=value.end, value=value.value or "0", unit=value.unit or "", bound="eq", role="target"
    )
    if not fits(quantity, metric) and not value.is_change:
        return Refused("unit", each, {"metric": result.metric, "value": value.text, "unit": result.unit or metric.unit})
    number = decimal(value.value)
    if number is None or value.is_change or (value.unit or "") not in {metric.unit, ""}:
        return None
    for limit, over in ((metric.maximum, True), (metric.minimum, False)):
        if limit is not None and (number > limit if over else number < limit):
            return Refused("limit", each, {"metric": result.metric, "value": value.shown or value.text})
    return None


def _dropped(settled: list[Correction], standing: tuple[Standing, ...]) -> list[str]:
    """Return the keys of the goals that go: those named, and for a smaller number the last ones."""
    places = [each.goal for each in settled if each.kind == "drop_goal" and each.goal is not None]
    wanted = next((each.number for each in settled if each.kind == "goals"), None)
    if wanted is not None:
        staying = [place for place in range(len(standing)) if place not in places]
        places += staying[wanted:]
    return [standing[place].key or f"goal:{place}" for place in dict.fromkeys(places)]


def _count(settled: list[Correction], standing: tuple[Standing, ...], gone: int) -> tuple[int, bool]:
    """Return how many goals there are afterwards, and whether that is a number of its own."""
    added = sum(each.kind == "add_goal" for each in settled)
    wanted = next((each.number for each in settled if each.kind == "goals"), None)
    left = len(standing) - gone
    return (max(wanted, left) if wanted is not None else left) + added, bool(added or gone or wanted is not None)


def _clash(settled: list[Correction], before: Brief, after: Brief) -> Refused | None:
    """Return what contradicts once the corrections are in the request."""
    known = {conflict.message for conflict in before.conflicts}
    for each in settled:
        if each.kind == "add_goal":
            old = {outcome.key for outcome in before.outcomes} | {outcome.key for outcome in before.further}
            new = [outcome for outcome in after.outcomes if outcome.key not in old]
            if not new:
                return Refused("goal_exists", each, {"topic": each.value.text if each.value else ""})
        if each.kind in {"target", "baseline"}:
            for outcome in (*after.outcomes, *after.further):
                if outcome.key == each.outcome and each.metric_id is None and _wrong_side(outcome):
                    values = {
                        "metric": outcome.metric_name,
                        "target": _shown(outcome.target), "baseline": _shown(outcome.baseline),
                    }  # fmt: skip
                    return Refused(f"wrong_side_{outcome.direction}", each, values)
                beside = outcome.key == each.outcome and each.metric_id is not None
                if beside and (problem := _wrong_side_beside(each, outcome, after)) is not None:
                    return problem
    fresh = next((conflict for conflict in after.conflicts if conflict.message not in known), None)
    if fresh is not None:
        return Refused("conflict", settled[-1], {"message": fresh.message})
    return None


def _wrong_side(outcome: Outcome) -> bool:
    """Whether a target is no better than its baseline."""
    return _no_better(outcome.baseline, outcome.target, outcome.direction or "")


def _no_better(baseline: Stated | None, target: Stated | None, direction: str) -> bool:
    if baseline is None or target is None or target.is_change or (baseline.unit or "") != (target.unit or ""):
        return False
    before, after = decimal(baseline.value), decimal(target.value)
    if before is None or after is None:
        return False
    return (direction == "up" and after <= before) or (direction == "down" and after >= before)


def _wrong_side_beside(each: Correction, outcome: Outcome, after: Brief) -> Refused | None:
    metric = catalogue.load().metrics.get(each.metric_id or "")
    said = [*outcome.beside, *after.stated]
    target, baseline = (
        next((figure for figure in said if figure.slot == slot and figure.metric_id == each.metric_id), None)
        for slot in ("target", "baseline")
    )
    if metric is None or not _no_better(baseline, target, metric.direction):
        return None
    name = metric.text[after.language].name
    values = {"metric": name, "target": _shown(target), "baseline": _shown(baseline)}
    return Refused(f"wrong_side_{metric.direction}", each, values)


def _shown(stated: Stated | None) -> str:
    return (stated.shown or stated.text) if stated else ""
