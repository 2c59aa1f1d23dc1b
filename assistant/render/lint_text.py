"""Shows a lint report as text with carets under each finding. Knows nothing about rules.

A caret line is aligned for terminals in which Chinese characters take two columns.
"""

from __future__ import annotations

import unicodedata

from assistant.goals.findings import Finding, LintedGoal, LintReport, Severity

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


def lint_text(report: LintReport) -> str:
    """Return the report for a terminal: each goal's findings with their place, then the tally."""
    blocks = [_goal(goal) for goal in report.goals]
    return "\n\n".join([*blocks, _tally(report)])


def width(text: str) -> int:
    """Return how many columns a terminal gives the text."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Me")
        else 2
        if unicodedata.east_asian_width(char) in ("W", "F")
        else 1
        for char in text
    )


def _goal(goal: LintedGoal) -> str:
    card = goal.scorecard
    letters = " ".join(f"{letter}{_MARKS[getattr(card, name)]}" for letter, name in _LETTERS)
    state = "ready" if card.ready else "not ready"
    lines = [f"{_clean(goal.id) + ': ' if goal.id else ''}{letters}  {card.score}/100  {state}"]
    if not goal.findings:
        lines.append("  " + _short(_clean(goal.text.strip().replace("\n", " "))))
    shown = None
    for finding in goal.findings:
        line = _line(goal.text, finding)
        if line != shown:
            lines.append("  " + _window(goal.text, line, finding)[0])
            shown = line if len(goal.text) <= _WIDTH else None
        lines += _finding(goal.text, line, finding)
    return "\n".join(lines)


def _line(text: str, finding: Finding) -> tuple[int, int]:
    start = text.rfind("\n", 0, finding.start) + 1
    end = text.find("\n", finding.start)
    return start, len(text) if end < 0 else end


def _window(text: str, line: tuple[int, int], finding: Finding) -> tuple[str, int]:
    """Return the part of the line that shows the finding, and where it starts in the text."""
    start, end = line
    if end - start <= _WIDTH:
        return _clean(text[start:end]), start
    first = max(start, min(finding.start - 30, end - _WIDTH))
    last = min(end, first + _WIDTH)
    return ("…" if first > start else "") + _clean(text[first:last]) + ("…" if last < end else ""), first - (
        1 if first > start else 0
    )


def _finding(text: str, line: tuple[int, int], finding: Finding) -> list[str]:
    shown, start = _window(text, line, finding)
    before = shown[: max(finding.start - start, 0)]
    words = shown[len(before) : max(min(finding.end - start, len(shown)), len(before))]
    caret = "  " + " " * width(before) + "^" * max(width(words), 1)
    says = f"    {finding.severity}: {finding.rule} ({finding.id}): {_clean(finding.message)}"
    return [caret, says, f"    {_clean(finding.help)}"]


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
