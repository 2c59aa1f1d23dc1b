"""Shows a lint report as text with carets under each finding. Knows nothing about rules.

A caret line is aligned for terminals in which Chinese characters take two columns.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from assistant.goals.findings import Finding, LintedGoal, LintReport, Severity
from assistant.render.places import Place

_MARKS = {"pass": "✓", "warn": "~", "fail": "✗", "todo": "·"}
_LETTERS = (
    ("S", "specific"),
    ("M", "measurable"),
    ("A", "achievable"),
    ("R", "relevant"),
    ("T", "time_bound"),
    ("C", "consistent"),
)
_WIDTH = 100
_CONTROL = dict.fromkeys((*range(32), 127, *range(128, 160)), "�") | {
    9: " ",
    **dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�"),
}


def lint_text(report: LintReport, places: Sequence[Place] = ()) -> str:
    """Return the report for a terminal: each goal's findings with their place, then the tally.

    Args:
        report: the judgement.
        places: where each goal stands, in the order of the report; empty where only ids are known.
    """
    known = places or [Place()] * len(report.goals)
    blocks = [_goal(goal, place) for goal, place in zip(report.goals, known, strict=True)]
    return "\n\n".join([*blocks, _tally(report)])


def counted(report: LintReport) -> list[tuple[str, str, Severity, int]]:
    """Return name, id and severity of what was found, and how often, most frequent first."""
    found = Counter((item.rule, item.id, item.severity) for goal in report.goals for item in goal.findings)
    rows = [(rule, id, severity, count) for (rule, id, severity), count in found.items()]
    return sorted(rows, key=lambda row: (-row[3], row[1], row[2]))


def statistics_text(report: LintReport) -> str:
    """Return how often each rule found something, then the tally."""
    rows = counted(report)
    wide = len(str(rows[0][3])) if rows else 0
    lines = [f"{count:>{wide}}  {rule} ({id})  {severity}" for rule, id, severity, count in rows]
    return "\n".join([*lines, _tally(report)])


def width(text: str) -> int:
    """Return how many columns a terminal gives the text."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(char) in ("Cf", "Me", "Mn")
        else 2
        if unicodedata.east_asian_width(char) in ("W", "F")
        else 1
        for char in text
    )


def _goal(goal: LintedGoal, place: Place) -> str:
    card = goal.scorecard
    letters = " ".join(f"{letter}{_MARKS[getattr(card, name)]}" for letter, name in _LETTERS)
    state = "ready" if card.ready else "not ready"
    where = place.shown(goal.text, 0)
    named = "" if where.startswith(f"{goal.id}:") else goal.id
    head = " ".join(_clean(word) for word in (where, named) if word)
    lines = [f"{head + ': ' if head else ''}{letters}  {card.score}/100  {state}"]
    if not goal.findings:
        lines.append("  " + _short(_clean(goal.text.strip().replace("\n", " "))))
    for finding in goal.findings:
        lines += _finding(goal, finding, place)
    return "\n".join(lines)


def _finding(goal: LintedGoal, finding: Finding, place: Place) -> list[str]:
    shown, start = _window(goal.text, finding)
    before = shown[: max(finding.start - start, 0)]
    words = shown[len(before) : max(min(finding.end - start, len(shown)), len(before))]
    where = _clean(place.shown(goal.text, finding.start))
    named = f"{finding.severity}: {finding.rule} ({finding.id})"
    return [
        f"  {shown}",
        "  " + " " * width(before) + "^" * max(width(words), 1),
        f"    {where + ': ' if where else ''}{named}: {_clean(finding.message)}",
        f"    {_clean(finding.help)}",
    ]


def _window(text: str, finding: Finding) -> tuple[str, int]:
    """Return the part of the finding's line that shows it, and where that starts in the text."""
    start = text.rfind("\n", 0, finding.start) + 1
    end = text.find("\n", finding.start)
    end = len(text) if end < 0 else end
    if end - start <= _WIDTH:
        return _clean(text[start:end]), start
    first = max(start, min(finding.start - 30, end - _WIDTH))
    last = min(end, first + _WIDTH)
    cut = first > start
    return ("…" if cut else "") + _clean(text[first:last]) + ("…" if last < end else ""), first - cut


def _clean(text: str) -> str:
    return text.translate(_CONTROL)


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _tally(report: LintReport) -> str:
    counts: dict[Severity, int] = {"error": 0, "warning": 0, "info": 0}
    for goal in report.goals:
        for finding in goal.findings:
            counts[finding.severity] += 1
    goals = len(report.goals)
    ready = sum(goal.scorecard.ready for goal in report.goals)
    said = ", ".join(f"{count} {name}{'s' if count != 1 and name != 'info' else ''}" for name, count in counts.items())
    return f"{goals} goal{'s' if goals != 1 else ''}, {ready} ready; {said}."
