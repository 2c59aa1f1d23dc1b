"""Judges a draft: the linter on each goal, then every gate. The same judgement for both drafters.

Knows nothing about how the draft came about.
"""

from __future__ import annotations

from assistant import gates
from assistant.goals import Finding, Goal, Scorecard, Verdict
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
    given = {stated.slot for stated in case.brief.stated}
    findings: list[Finding] = []
    cards: list[Scorecard] = []
    for index, goal in enumerate(case.draft.goals):
        card, found, _ = lint_draft_goal(
            fields_of(goal),
            today=case.today,
            has_org_goal="org_goal" in given,
            has_resources="resources" in given or any(source.key == "team" for source in case.brief.sources),
        )
        cards.append(card)
        findings += [each.model_copy(update={"field": f"/goals/{index}{each.field or ''}"}) for each in found]
    results = gates.run(case)
    passed = all(result.passed for result in results if result.name in gates.HARD)
    score = round(sum(card.score for card in cards) / len(cards)) if cards else 0
    ready = passed and bool(cards) and all(card.ready for card in cards)
    return Verdict(ready=ready, score=score, findings=tuple(findings), gates=results, scorecards=tuple(cards))
