"""Leaves one finding for one cause: the table of rules that speak for others. Knows nothing about how rules check."""

from __future__ import annotations

from assistant.goals.findings import Finding

SPEAKS_FOR: dict[str, frozenset[str]] = {
    "no-metric": frozenset({"no-target", "no-baseline", "current-value-missing"}),
    "placeholder": frozenset({"no-target", "no-metric", "vague-verb", "current-value-missing"}),
    "vague-quantifier": frozenset({"no-target"}),
    "vague-deadline": frozenset({"no-deadline", "recurrence-only"}),
    "recurrence-only": frozenset({"no-deadline"}),
    "past-deadline": frozenset({"no-deadline", "year-inferred", "ambiguous-period"}),
    "impossible-date": frozenset({"no-deadline", "year-inferred", "past-deadline"}),
    "ambiguous-period": frozenset({"no-deadline", "year-inferred"}),
    "direction-contradiction": frozenset({"already-met", "polarity", "percent-or-points"}),
    "percent-equals-points": frozenset({"arithmetic-mismatch", "percent-or-points"}),
    "unit-conflict": frozenset({"direction-contradiction", "arithmetic-mismatch", "already-met"}),
    "no-baseline": frozenset({"current-value-missing"}),
    "assumed-baseline": frozenset({"current-value-missing"}),
    "impossible-value": frozenset({"absolute-target", "current-value-missing"}),
    "result-without-number": frozenset({"no-metric", "no-target", "activity-not-outcome", "no-baseline"}),
    "activity-not-outcome": frozenset({"current-value-missing", "vague-verb"}),
    "proxy-mismatch": frozenset({"activity-not-outcome", "current-value-missing", "no-metric", "no-target"}),
    "ambiguous-multiple": frozenset({"arithmetic-mismatch"}),
}
"""For each rule, those whose findings on the same unit have the same cause."""


def settle(findings: list[Finding]) -> list[Finding]:
    """Drop the findings of one unit for which another one of it speaks; an info finding speaks for nothing."""
    silent = {quiet for finding in findings if finding.severity != "info" for quiet in SPEAKS_FOR.get(finding.rule, ())}
    return [finding for finding in findings if finding.rule not in silent]
