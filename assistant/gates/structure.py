"""Gates on structure: complete goals, sensible dates, exact citations. Know nothing about wording."""

from __future__ import annotations

from assistant.gates import figures
from assistant.gates.case import Case
from assistant.goals import GateResult

_SHOWN = 3


def schema(case: Case) -> GateResult:
    """Pass when every goal has 2 to 5 key results, no empty part, a unique id and an objective without figures."""
    faults = []
    ids = [goal.id for goal in case.draft.goals]
    if not ids:
        faults.append("there is no goal")
    if len(set(ids)) != len(ids):
        faults.append("two goals share an id")
    for goal in case.draft.goals:
        if not 2 <= len(goal.key_results) <= 5:
            faults.append(f"{goal.id} has {len(goal.key_results)} key results, not 2 to 5")
        if figures.find(goal.objective.text, case.today):
            faults.append(f"the objective of {goal.id} holds a figure")
        for name in (
            "title",
            "statement",
            "specific",
            "measurable",
            "achievable",
            "relevant",
            "time_bound",
            "monitoring",
        ):
            if not getattr(goal, name).strip():
                faults.append(f"{goal.id} has no text for {name}")
        if not goal.objective.text.strip():
            faults.append(f"{goal.id} has no text for its objective")
        results = [result.id for result in goal.key_results]
        if len(set(results)) != len(results):
            faults.append(f"two key results of {goal.id} share an id")
        faults += [
            f"{result.id} has no text for its {name}"
            for result in goal.key_results
            for name in ("statement", "metric")
            if not getattr(result, name).strip()
        ]
    why = "complete" if not faults else "; ".join(faults[:_SHOWN])
    return GateResult(name="schema", passed=not faults, why=why)


def dates_in_order(case: Case) -> GateResult:
    """Pass when milestones lie between today and the last read-out, and no read-out lies before its deadline."""
    faults = []
    for goal in case.draft.goals:
        days = [result.deadline for result in goal.key_results if result.deadline]
        ends = days + [result.readout for result in goal.key_results if result.readout]
        # A result without a date, as where two dates are in dispute, leaves the end open.
        open_end = any(result.deadline is None for result in goal.key_results if not result.guardrail)
        for milestone in goal.milestones:
            if ends and not open_end and milestone.date > max(ends):
                faults.append(f"a milestone of {goal.id} ({milestone.date}) lies after its end ({max(ends)})")
            if milestone.date < case.today and not (days and max(days) < case.today):
                faults.append(f"a milestone of {goal.id} ({milestone.date}) lies in the past")
        for result in goal.key_results:
            if result.readout and result.deadline and result.readout < result.deadline:
                faults.append(f"{result.id} is read before it ends")
    why = "dates are in order" if not faults else "; ".join(faults[:_SHOWN])
    return GateResult(name="dates_in_order", passed=not faults, why=why)


def citation_valid(case: Case) -> GateResult:
    """Pass when every quote stands word for word in the passage it names, and every cited id has a quote."""
    texts = {passage.id: passage.text for passage in case.passages}
    wrong = [each.id for each in case.citations if not each.quote.strip() or each.quote not in texts.get(each.id, "")]
    named = {each.id for each in case.citations}
    wrong += [id for goal in case.draft.goals for id in goal.citations if id not in named]
    why = "every quote is exact" if not wrong else "not found: " + ", ".join(wrong[:_SHOWN])
    return GateResult(name="citation_valid", passed=not wrong, why=why)
