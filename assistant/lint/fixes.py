"""Applies the safe fixes of findings to texts and documents. Knows nothing about why a fix is safe."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from assistant.goals.findings import Edit, Finding, LintedGoal
from assistant.lint.documents.record import Record


def safe_edits(findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits of safe fixes in order of place; of overlapping fixes the first one's."""
    edits: list[Edit] = []
    taken = -1
    fixes = [finding.fix for finding in findings if finding.fix is not None and finding.fix.safety == "safe"]
    for fix in sorted(fixes, key=lambda fix: (min(edit.start for edit in fix.edits), max(e.end for e in fix.edits))):
        if min(edit.start for edit in fix.edits) >= taken:
            edits.extend(sorted(fix.edits, key=lambda edit: edit.start))
            taken = max(edit.end for edit in fix.edits)
    return edits


def fixed(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with edits applied; they are in order of place and do not overlap."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*pieces, text[at:]])


def fixed_document(document: str, records: Sequence[Record], goals: Sequence[LintedGoal]) -> tuple[str, int]:
    """Return the document with all safe fixes applied, and how many edits that were.

    Records that do not stand verbatim in the document are rewritten only in lines of JSON.
    """
    edits: list[Edit] = []
    lines: dict[int, str] = {}
    for record, goal in zip(records, goals, strict=True):
        own = safe_edits(goal.findings)
        if not own:
            continue
        if record.start is None:
            lines[record.line] = fixed(record.text, own)
            continue
        edits += [Edit(start=e.start + record.start, end=e.end + record.start, replacement=e.replacement) for e in own]
    if lines:
        return _fixed_lines(document, lines), len(lines)
    return fixed(document, sorted(edits, key=lambda edit: edit.start)), len(edits)


def _fixed_lines(document: str, texts: dict[int, str]) -> str:
    rows = document.split("\n")
    for number, text in texts.items():
        row = rows[number - 1]
        try:
            entry = json.loads(row.removeprefix("\ufeff"))
        except ValueError:
            continue
        entry["text"] = text
        end = "\r" if row.endswith("\r") else ""
        ascii_only = row.isascii()
        tight = '": ' not in row
        separators = (",", ":") if tight else (", ", ": ")
        rows[number - 1] = json.dumps(entry, ensure_ascii=ascii_only, separators=separators) + end
    return "\n".join(rows)
