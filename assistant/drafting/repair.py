"""Writes the one message that sends a draft back: what is wrong, where, and how to mend it.

Knows nothing about models; the trace of a draft shows the same words.
"""

from __future__ import annotations

from assistant import gates
from assistant.goals import Verdict

MOST_PROBLEMS = 20


def problems_of(verdict: Verdict) -> tuple[str, ...]:
    """Return one line a problem: failed hard gates, then errors, then warnings that keep a letter at fail."""
    lines = [
        f"- check {gate.name}: {gate.why}" for gate in verdict.gates if not gate.passed and gate.name in gates.HARD
    ]
    for severity in ("error", "warning"):
        lines += [
            f"- {finding.rule} at {finding.field}: “{finding.text[:120]}”. {finding.message} {finding.help}".strip()
            for finding in verdict.findings
            if finding.severity == severity
        ]
    return tuple(lines[:MOST_PROBLEMS])


def problem_count(verdict: Verdict) -> int:
    """Return how many things keep a draft from being ready; 0 for a ready one."""
    failed = sum(1 for gate in verdict.gates if not gate.passed and gate.name in gates.HARD)
    errors = sum(1 for finding in verdict.findings if finding.severity == "error")
    unready = sum(1 for card in verdict.scorecards if not card.ready)
    return failed * 3 + errors + unready
