"""Writes the summary that a CI step shows. Knows nothing about how anything is judged."""

from __future__ import annotations

from assistant.evaluation.results import CheckSummary, GateVerdict, Reason, RunSummary, VariantSummary
from evals.report.plain import escaped

_MARKS = {"pass": "✅ passed", "fail": "❌ failed", "incomplete": "⚠️ incomplete", "inconclusive": "❔ inconclusive"}
_MOST = 20


def markdown(summary: RunSummary, verdict: GateVerdict | None) -> str:
    """Return the run in Markdown: the verdict with its reasons, then a table for each suite and variant."""
    manifest = summary.manifest
    dirty = " with changes" if manifest.dirty else ""
    lines = [f"## Evaluation {manifest.id}", ""]
    if verdict is not None:
        lines += [f"**{_MARKS[verdict.outcome]}**", ""]
        lines += [f"- {escaped(reason_line(reason))}" for reason in verdict.reasons[:_MOST]]
        if len(verdict.reasons) > _MOST:
            lines.append(f"- … and {len(verdict.reasons) - _MOST} more in verdict.json")
        lines.append("")
    for part in summary.variants:
        lines += _variant(part, summary)
    told = f"{summary.finished} of {manifest.planned} samples, {summary.errors} without an answer"
    lines += [f"{told}, {summary.seconds:.0f} s, revision {manifest.revision[:10] or 'unknown'}{dirty}.", ""]
    return "\n".join(lines)


def reason_line(reason: Reason) -> str:
    """Return a reason in one line."""
    place = " · ".join(part for part in (reason.suite, reason.variant, reason.check) if part)
    cases = reason.cases
    shown = f" ({', '.join(cases[:5])}{' …' if len(cases) > 5 else ''})" if cases else ""
    return f"{reason.level}: {place + ': ' if place else ''}{reason.text}{shown}"


def _variant(part: VariantSummary, summary: RunSummary) -> list[str]:
    infos = summary.manifest.suites[part.suite].checks
    languages = list(dict.fromkeys(check.language for check in part.checks))
    rows = {(check.check, check.language): check for check in part.checks}
    lines = [
        f"### {part.suite} · {part.variant}",
        "",
        f"| check | {' | '.join(languages)} | passed |",
        f"|---|{'---|' * len(languages)}---|",
    ]
    for name, info in infos.items():
        cells = [_cell(rows.get((name, language)), language == "all") for language in languages]
        whole = rows.get((name, "all"))
        mark = " **(hard)**" if info.hard else " **(primary)**" if info.primary else ""
        passed = f"{whole.passed} of {whole.total}" if whole else "-"
        lines.append(f"| {info.title or name}{mark} | {' | '.join(cells)} | {passed} |")
    cost = f", cost {part.cost:.4f}" if part.cost else ""
    seconds = f", {part.seconds[0] * 1000:.0f} ms median" if part.seconds else ""
    tokens = f", {part.prompt_tokens} + {part.completion_tokens} tokens" if part.prompt_tokens else ""
    return [*lines, "", f"{part.samples} samples, {part.calls} calls{tokens}{cost}{seconds}.", ""]


def _cell(check: CheckSummary | None, interval: bool) -> str:
    if check is None or check.mean is None:
        return "-"
    return f"{check.mean:.3f}{clipped(check.interval) if interval else ''}"


def clipped(interval: tuple[float, float] | None) -> str:
    """Return an interval of a score as shown: within 0 and 1, where scores lie; '' where there is none."""
    return f" [{max(0.0, interval[0]):.3f}, {min(1.0, interval[1]):.3f}]" if interval else ""
