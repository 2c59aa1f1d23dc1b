"""Shows a lint report as SARIF 2.1.0 for code hosts and editors. Knows nothing about how findings come about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from assistant import __version__
from assistant.goals.findings import Finding, LintedGoal, LintReport, Severity

_LEVEL: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_FILE_LINE = re.compile(r"(?P<file>.+):(?P<line>\d+)$")


def sarif(
    report: LintReport, rules: Iterable[Mapping[str, str]], places: Mapping[str, tuple[str, int]] | None = None
) -> dict[str, Any]:
    """Return the report as a SARIF log.

    Args:
        report: the judgement.
        rules: `id`, `name`, `severity` and `text` (what it flags) of every rule.
        places: file and line per goal id, where the id does not tell them.
    """
    known = list(rules)
    index = {rule["id"]: at for at, rule in enumerate(known)}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "goals",
                        "version": __version__,
                        "rules": [_rule(rule) for rule in known],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(goal, finding, index, places or {}) for goal in report.goals for finding in goal.findings
                ],
            }
        ],
    }


def _rule(rule: Mapping[str, str]) -> dict[str, Any]:
    level = {"error": "error", "warning": "warning"}.get(rule["severity"], "note")
    return {
        "id": rule["id"],
        "name": rule["name"],
        "shortDescription": {"text": rule["text"]},
        "defaultConfiguration": {"level": level},
    }


def _result(
    goal: LintedGoal, finding: Finding, index: Mapping[str, int], places: Mapping[str, tuple[str, int]]
) -> dict[str, Any]:
    match = _FILE_LINE.match(goal.id)
    file, line = places.get(goal.id) or ((match["file"], int(match["line"])) if match else ("", 1))
    before = goal.text[: finding.start]
    at = {"startLine": line + before.count("\n")}
    location: dict[str, Any] = {"logicalLocations": [{"name": goal.id, "kind": "member"}]}
    if file and file != "-":
        location["physicalLocation"] = {
            "artifactLocation": {"uri": file},
            "region": {**at, "snippet": {"text": finding.text}},
        }
    return {
        "ruleId": finding.id,
        "ruleIndex": index.get(finding.id, -1),
        "level": _LEVEL[finding.severity],
        "message": {"text": f"{finding.message} {finding.help}"},
        "locations": [location],
    }
