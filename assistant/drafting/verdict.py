"""Judges a draft: the linter on each goal, then every gate. The same judgement for both drafters.

Knows nothing about how the draft came about.
"""

from __future__ import annotations

from datetime import date

from assistant import gates
from assistant.goals import Brief, Finding, Goal, Scorecard, Verdict
from assistant.lint.drafts import lint_draft_goal


def fields_of(goal: Goal) -> dict[str, str]:
    """Return the texts of a goal that are read together as one unit, by their pointer within the goal."""
    fields = {
        name: getattr(goal, name)
        for name in ("statement", "specific", "measurable", "achievable", "relevant", "time_bound", "monitoring")
    }
    for index, result in enumerate(goal.key_results):
        fields[f"key_results/{index}/statement"] = result.statement
    return fields


def judge(case: gates.Case) -> Verdict:
    """Return the verdict: ready only when every scorecard is ready and every hard gate has passed."""
    findings: list[Finding] = []
    cards: list[Scorecard] = []
    for index, goal in enumerate(case.draft.goals):
        card, found = linted(goal, index, case.brief, case.today)
        cards.append(card)
        findings += found
    results = gates.run(case)
    passed = all(result.passed for result in results if result.name in gates.HARD)
    score = round(sum(card.score for card in cards) / len(cards)) if cards else 0
    ready = passed and bool(cards) and all(card.ready for card in cards)
    return Verdict(ready=ready, score=score, findings=tuple(findings), gates=results, scorecards=tuple(cards))


def linted(goal: Goal, place: int, brief: Brief, today: date) -> tuple[Scorecard, list[Finding]]:
    """Return what the linter says of one goal, findings with their place in the draft.

    Args:
        goal: the goal.
        place: its index in the draft.
        brief: the request, which may name goals of the organisation and resources.
        today: the day from which dates are judged.
    """
    given = {stated.slot for stated in brief.stated}
    card, found, _ = lint_draft_goal(
        fields_of(goal),
        today=today,
        has_org_goal="org_goal" in given,
        has_resources="resources" in given or any(source.key == "team" for source in brief.sources),
    )
    return card, [each.model_copy(update={"field": f"/goals/{place}{each.field or ''}"}) for each in found]
