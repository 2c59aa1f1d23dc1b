"""Shows a run in the terminal: progress while it goes on, a terse result at the end, everything with `-v`.

Knows nothing about how anything is judged.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from types import TracebackType

from assistant.evaluation.results import CheckSummary, GateVerdict, RunComparison, RunSummary, VariantSummary
from assistant.evaluation.samples import Sample, holds
from evals.gate import told_change
from evals.report.markdown import clipped, reason_line
from evals.report.plain import line, told
from evals.runner import Tally

_EVERY = 10.0
"""Seconds between two lines of progress where nobody looks at a terminal."""


class Progress:
    """Tells how far a run is: one living line on a terminal, else a line every ten seconds. Writes to stderr."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Choose how to tell."""
        self._quiet = quiet
        self._live = sys.stderr.isatty()
        self._told = 0.0
        self._width = 0

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the line."""
        if self._live and self._width:
            print(file=sys.stderr)

    def __call__(self, tally: Tally) -> None:
        """Hear of a finished sample."""
        now = time.monotonic()
        last = not tally.left
        if self._quiet or (not last and now - self._told < (0.1 if self._live else _EVERY)):
            return
        self._told = now
        text = progress_line(tally)
        if self._live:
            print("\r" + text.ljust(self._width), end="", file=sys.stderr, flush=True)
            self._width = len(text)
        elif tally.done:
            print(text, file=sys.stderr, flush=True)


def progress_line(tally: Tally) -> str:
    """Return how far a run is: done, rate, errors, cost, time left."""
    done = tally.before + tally.done
    rate = tally.done / tally.seconds if tally.seconds else 0.0
    parts = [
        f"{done}/{tally.planned}",
        f"{rate:.1f}/s",
        f"{tally.errors} without an answer",
        f"{tally.at_once} at once",
    ]
    if tally.budget.spent:
        parts.append(f"cost {'' if tally.budget.known else 'at least '}{tally.budget.spent:.4f}")
    if tally.seconds_left is not None and tally.left:
        parts.append(f"{_clock(tally.seconds_left)} left")
    return "  ".join(parts)


def result(summary: RunSummary, verdict: GateVerdict | None, samples: Iterable[Sample], *, verbose: bool) -> str:
    """Return the result of a run: a line for each variant and what failed; with `verbose` every check and failure."""
    lines: list[str] = []
    for part in summary.variants:
        infos = summary.manifest.suites[part.suite].checks
        whole = {check.check: check for check in part.checks if check.language == "all"}
        primary = next((name for name, info in infos.items() if info.primary), "")
        hard = [name for name, info in infos.items() if info.hard]
        failed = [name for name in hard if whole[name].passed < whole[name].total]
        head = f"{part.suite} · {part.variant}: {_score(whole.get(primary))} {infos[primary].title if primary else ''}"
        lines.append(f"{head}, {_counts(part)}")
        if hard and not failed:
            lines.append(f"  {len(hard)} hard checks passed")
        lines += [
            f"  FAILED {name}: {whole[name].total - whole[name].passed} of {whole[name].total}" for name in failed
        ]
        if verbose:
            lines += [f"  {name:22}{_score(check)}  {check.passed}/{check.total}" for name, check in whole.items()]
            lines += _languages(part)
    if verbose:
        lines += [
            f"  {sample.suite} · {sample.variant} · {sample.case} · {name}: {line(told(sample, name))}"
            for sample in samples
            for name in sample.scores
            if holds(sample, name) is False
        ]
    if verdict is not None:
        lines += ["", f"verdict: {verdict.outcome}", *(f"  {line(reason_line(each), 600)}" for each in verdict.reasons)]
    return "\n".join(lines)


def comparison(found: RunComparison, partial: Sequence[str], *, verbose: bool) -> str:
    """Return what differs between two runs; `partial` says which of them is not whole."""
    if found.refused:
        return "\n".join(["The two cannot be compared:", *(f"  {line(why)}" for why in found.refused)])
    lines = [f"{found.reference} → {found.candidate}", *(f"NOT WHOLE: {line(why)}" for why in partial)]
    moved = 0
    for each in found.checks:
        if not verbose and not (each.up or each.down or each.unpaired):
            continue
        moved += 1
        lines.append(f"{each.suite} · {each.candidate} · {each.check}: {each.outcome}, {told_change(each)}")
        detail = f"{each.cases} cases in {each.clusters} clusters, epochs {each.epochs[0]} and {each.epochs[1]}"
        mde = f", smallest difference to be seen {each.mde:.3f}" if each.mde is not None else ""
        errors = f", without an answer {each.errors[0]} and {each.errors[1]}" if any(each.errors) else ""
        unpaired = f", {each.unpaired} cases on one side only" if each.unpaired else ""
        lines.append(f"    {detail}{mde}{errors}{unpaired}")
        lines += [
            f"    {change.case}: {change.before:.2f} → {change.after:.2f} {line(change.why)}".rstrip()
            for change in each.worst
        ]
    if not moved:
        lines.append("nothing differs")
    return "\n".join(lines)


def _languages(part: VariantSummary) -> list[str]:
    names = [check.language for check in part.checks if check.language != "all"]
    primary = part.checks[0].check
    return [
        f"    {check.language}: {check.check} {_score(check)}"
        for check in part.checks
        if check.language in names and check.check == primary
    ]


def _score(check: CheckSummary | None) -> str:
    if check is None or check.mean is None:
        return "-"
    return f"{check.mean:.3f}{clipped(check.interval)}"


def _counts(part: VariantSummary) -> str:
    told = [f"{part.samples} samples"]
    if part.errors:
        told.append(f"{part.errors} without an answer")
    if part.stale:
        told.append(f"{part.stale} stale")
    if part.calls:
        told.append(f"{part.calls} calls")
    if part.cost:
        told.append(f"cost {part.cost:.4f}")
    return ", ".join(told)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"
