"""Adds up a run. Knows nothing about journals or files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.goals.batch import Balance, BatchRow, BatchSummary, RowResult, SetFinding, Standing
from assistant.goals.draft import Usage


def with_pending(results: Iterable[RowResult], rows: Iterable[BatchRow]) -> Iterator[RowResult]:
    """Yield a result for every row, in order: what is known, `pending` where nothing is."""
    known = iter(results)
    following = next(known, None)
    for row in rows:
        while following is not None and following.index < row.index:
            following = next(known, None)
        if following is not None and following.index == row.index:
            yield following
        else:
            yield RowResult(index=row.index, id=row.id, state="pending", owner=row.owner)


def summarise(
    results: Iterable[RowResult],
    *,
    findings: tuple[SetFinding, ...] = (),
    more: int = 0,
    balance: Balance | None = None,
    stopped: str = "",
) -> BatchSummary:
    """Return what a run amounts to.

    Args:
        results: one for every row.
        findings: what was found between the rows.
        more: how much more was found than is told one by one.
        balance: the grid of the list.
        stopped: why the run ended early, or ''.
    """
    counts = dict.fromkeys(
        ("rows", "done", "failed", "skipped", "pending", "rewritten", "kept", "asked", "judged", "questions"), 0
    )
    before, after, errors_before, errors_after = _Mean(), _Mean(), 0, 0
    usage = Usage(calls=0)
    for each in results:
        counts["rows"] += 1
        counts[each.state] += 1
        counts["questions"] += len(each.questions)
        usage = _added(usage, each.usage)
        if each.state != "done" or each.verdict is None:
            continue
        counts[each.verdict] += 1
        if each.before is None:
            continue
        before.add(each.before.score)
        errors_before += _errors(each.before)
        if each.verdict == "judged":
            continue
        standings = [rewrite.standing for rewrite in each.rewrites] or [each.before]
        after.add(sum(standing.score for standing in standings) / len(standings))
        errors_after += sum(_errors(standing) for standing in standings)
    return BatchSummary(
        **counts, score_before=before.value, score_after=after.value, errors_before=errors_before,
        errors_after=errors_after, set_findings=findings, set_findings_more=more, balance=balance or Balance(),
        usage=usage, stopped=stopped,
    )  # fmt: skip


class _Mean:
    def __init__(self) -> None:
        self._sum, self._count = 0.0, 0

    def add(self, value: float) -> None:
        self._sum += value
        self._count += 1

    @property
    def value(self) -> float | None:
        return round(self._sum / self._count, 1) if self._count else None


def _errors(standing: Standing) -> int:
    return sum(finding.severity == "error" for finding in standing.findings)


def _added(one: Usage, other: Usage) -> Usage:
    def both(a: int | None, b: int | None) -> int | None:
        return a if b is None else b if a is None else a + b

    return Usage(
        calls=one.calls + other.calls,
        prompt_tokens=both(one.prompt_tokens, other.prompt_tokens),
        completion_tokens=both(one.completion_tokens, other.completion_tokens),
    )
