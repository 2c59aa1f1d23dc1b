"""Shows a lint report as workflow commands, which GitHub shows beside the lines. Knows nothing about rules."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals.findings import Finding, LintedGoal, LintReport, Severity
from assistant.render.places import Place

_COMMAND: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def github(report: LintReport, places: Sequence[Place]) -> str:
    """Return one command a finding; `places` has one place a goal, in the same order."""
    return "\n".join(
        _command(goal, finding, place)
        for goal, place in zip(report.goals, places, strict=True)
        for finding in goal.findings
    )


def _command(goal: LintedGoal, finding: Finding, place: Place) -> str:
    properties = {**_spot(goal, finding, place), "title": f"{finding.rule} ({finding.id})"}
    known = "line" in properties or not goal.id
    message = f"{'' if known else (place.inside or goal.id) + ': '}{finding.message} {finding.help}"
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMAND[finding.severity]} {said}::{_data(message)}"


def _spot(goal: LintedGoal, finding: Finding, place: Place) -> dict[str, str | int]:
    if not place.in_file:
        return {}
    if place.inside:
        return {"file": place.file}
    span = place.span(goal.text, finding.start, finding.end)
    if span is None:
        return {"file": place.file, "line": place.line}
    lines: dict[str, str | int] = {"file": place.file, "line": span.line, "endLine": span.end_line}
    # The host takes columns only within one line.
    return lines | ({"col": span.column, "endColumn": span.end_column} if span.line == span.end_line else {})


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
