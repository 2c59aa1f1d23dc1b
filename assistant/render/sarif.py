"""Shows a lint report as SARIF 2.1.0 for code hosts and editors. Knows nothing about how findings come about."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from assistant import __version__
from assistant.goals.findings import Edit, Finding, LintedGoal, LintReport
from assistant.render.places import Place, Span

_LEVEL: dict[str, str] = {"error": "error", "warning": "warning", "info": "note"}
FINGERPRINT = "goalAndWords/v1"
"""Name of the fingerprint: the rule, the goal's words and the words found, so that it stays when lines move."""


def sarif(report: LintReport, rules: Iterable[Mapping[str, Any]], places: Sequence[Place]) -> dict[str, Any]:
    """Return the report as a SARIF log.

    Args:
        report: the judgement.
        rules: of every rule `id`, `name`, `severity`, `flags` (what it flags), `why`, `fix`, `group`, `preview`, and
            its `page` as Markdown.
        places: where each goal stands, in the order of the report.
    """
    known = list(rules)
    index = {rule["id"]: at for at, rule in enumerate(known)}
    seen: Counter[str] = Counter()
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "goals",
                        "semanticVersion": __version__,
                        "rules": [_rule(rule) for rule in known],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(goal, finding, place, index, seen)
                    for goal, place in zip(report.goals, places, strict=True)
                    for finding in goal.findings
                ],
            }
        ],
    }


def _rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": rule["id"],
        "name": rule["name"],
        "shortDescription": {"text": rule["flags"]},
        "fullDescription": {"text": f"{rule['flags']} {rule['why']}"},
        "help": {"text": f"{rule['why']} {rule['fix']}", "markdown": rule["page"]},
        "defaultConfiguration": {"enabled": not rule["preview"], "level": _LEVEL[rule["severity"]]},
        "properties": {"tags": ["goals", rule["group"], *(["preview"] if rule["preview"] else [])]},
    }


def _result(
    goal: LintedGoal, finding: Finding, place: Place, index: Mapping[str, int], seen: Counter[str]
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.id,
        "level": _LEVEL[finding.severity],
        "message": {"text": f"{finding.message} {finding.help}"},
        "locations": [_location(goal, finding, place)],
        "partialFingerprints": {FINGERPRINT: _fingerprint(goal, finding, seen)},
    }
    if finding.id in index:
        result["ruleIndex"] = index[finding.id]
    fix = _fix(goal, finding, place)
    return result | ({"fixes": [fix]} if fix else {})


def _location(goal: LintedGoal, finding: Finding, place: Place) -> dict[str, Any]:
    logical = {"name": place.inside or goal.id}
    if place.inside:
        logical["fullyQualifiedName"] = f"{place.file}:{place.inside}"
    location: dict[str, Any] = {"logicalLocations": [logical]}
    if not place.in_file:
        return location
    location["physicalLocation"] = {"artifactLocation": {"uri": _uri(place.file)}}
    if not place.inside:
        span = place.span(goal.text, finding.start, finding.end)
        region: dict[str, Any] = _region(span) if span else {"startLine": place.line}
        location["physicalLocation"]["region"] = region | {"snippet": {"text": finding.text}}
    return location


def _fix(goal: LintedGoal, finding: Finding, place: Place) -> dict[str, Any] | None:
    """Return a safe fix; only where the goal's places are the file's own."""
    if finding.fix is None or finding.fix.safety != "safe" or not place.in_file:
        return None
    spans = [(edit, place.span(goal.text, edit.start, edit.end)) for edit in finding.fix.edits]
    replacements = [_replacement(edit, span) for edit, span in spans if span is not None]
    if len(replacements) < len(spans):
        return None
    return {
        "description": {"text": finding.fix.title},
        "artifactChanges": [{"artifactLocation": {"uri": _uri(place.file)}, "replacements": replacements}],
    }


def _replacement(edit: Edit, span: Span) -> dict[str, Any]:
    return {"deletedRegion": _region(span), "insertedContent": {"text": edit.replacement}}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())


def _fingerprint(goal: LintedGoal, finding: Finding, seen: Counter[str]) -> str:
    words = "\n".join([finding.id, "".join(goal.text.split()), "".join(finding.text.split())])
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"
