"""Writes what a run amounts to: figures, scores before and after, what was found between the goals.

Knows nothing about single rows.
"""

from __future__ import annotations

from typing import Any

from assistant.goals.batch import BatchSummary, SetFinding
from assistant.web.batch.desk import Desk
from assistant.web.escape import text
from assistant.web.evals.figures import count
from assistant.web.texts import Texts

_MOST_FINDINGS = 12
_MOST_ROWS = 200
_MOST_NAMED = 4


def overview(desk: Desk, words: Texts) -> str:
    """Return the figures of a run that has ended; '' before."""
    summary, listing = desk.summary, desk.listing
    if summary is None or listing is None:
        return ""
    return (
        f'<section class="panel pad sums" aria-labelledby="sums-title"><div><div class="ph"><span class="step" '
        f'aria-hidden="true">3</span><h2 id="sums-title">{words.html("batch.outcome")}</h2></div>'
        f'<dl class="tiles">{_tiles(summary, words)}</dl></div>{_chart(listing, words)}</section>'
        f"{_between(desk, summary, words)}"
    )


def _tiles(summary: BatchSummary, words: Texts) -> str:
    tiles = [("rows", count(summary.rows), "")]
    tiles += [
        (key, count(n), key)
        for key, n in (
            ("rewritten", summary.rewritten), ("kept", summary.kept), ("asked", summary.asked),
            ("judged", summary.judged), ("failed", summary.failed), ("skipped", summary.skipped),
            ("pending", summary.pending),
        )
        if n
    ]  # fmt: skip
    if summary.score_before is not None:
        tiles.append(("score", _move(summary.score_before, summary.score_after, words), ""))
    after = summary.errors_after if summary.score_after is not None else None
    tiles.append(("errors", _move(summary.errors_before, after, words), ""))
    if summary.questions:
        tiles.append(("questions", count(summary.questions), ""))
    return "".join(f"<div><dt>{words.html(f'batch_tile.{key}')}</dt><dd>{value}</dd></div>" for key, value, _ in tiles)


def _move(before: float, after: float | None, words: Texts) -> str:
    if after is None:
        return f"{before:g}"
    return (
        f'<span class="mut">{before:g}</span> <span aria-hidden="true">→</span>'
        f'<span class="vh">{words.html("batch.to")}</span> {after:g}'
    )


def _chart(listing: Any, words: Texts) -> str:
    """Return how many rows have which score, before and after, as bars with their numbers."""
    before, after = listing.before, listing.after
    if not any(before):
        return ""
    both = any(after)
    most = max(*before, *after, 1)
    step = 100 // len(before)
    cells = ""
    for place, (was, now) in enumerate(zip(before, after, strict=True)):
        high = 100 if place == len(before) - 1 else (place + 1) * step - 1
        bars = _bar("was", was, most) + (_bar("now", now, most) if both else "")
        cells += (
            f'<li role="none"><span class="bars">{bars}</span><span class="sm mut">{place * step}–{high}</span></li>'
        )
    said = "; ".join(
        words.plain("batch.band_both" if both else "batch.band", low=place * step, was=was, now=now)
        for place, (was, now) in enumerate(zip(before, after, strict=True))
    )
    keys = "".join(
        f'<span><i class="{key}"></i>{words.html(f"batch.{key}")}</span>'
        for key in (("was", "now") if both else ("was",))
    )
    return (
        f'<figure class="bands"><ol role="img" aria-label="{words.html("batch.scores")} {text(said)}">{cells}</ol>'
        f'<figcaption class="sm mut">{keys if both else ""}<span>{words.html("batch.scores")}</span></figcaption>'
        "</figure>"
    )


def _bar(kind: str, rows: int, most: int) -> str:
    return f'<span class="{kind}"><b>{count(rows)}</b><i style="height:{round(72 * rows / most)}px"></i></span>'


def _between(desk: Desk, summary: BatchSummary, words: Texts) -> str:
    groups: dict[tuple[str, str], list[SetFinding]] = {}
    for finding in summary.set_findings:
        groups.setdefault((finding.rule, finding.message), []).append(finding)
    if not groups:
        return ""
    gravity = ("error", "warning", "info")
    ranked = sorted(groups.values(), key=lambda group: gravity.index(group[0].severity))
    rows = "".join(_finding(desk, group, words) for group in ranked[:_MOST_FINDINGS])
    more = len(ranked) - _MOST_FINDINGS
    rest = f'<p class="pad sm mut">{words.html("batch.more_findings", n=count(more))}</p>' if more > 0 else ""
    return (
        f'<section class="panel between" aria-labelledby="between-title"><div class="ph pad"><h2 id="between-title">'
        f"{words.html('batch.between')}</h2></div><ul>{rows}</ul>{rest}</section>"
    )


def _finding(desk: Desk, group: list[SetFinding], words: Texts) -> str:
    first = group[0]
    rows = sorted({row for finding in group for row in finding.rows})
    value = ",".join(str(row) for row in rows[:_MOST_ROWS])
    tone = {"error": "error", "warning": "warning"}.get(first.severity, "info")
    return (
        f'<li><span class="st {tone}"><span class="vh">{words.html(f"severity.{first.severity}")}</span></span>'
        f"<p>{_places(desk, rows, words)}{text(first.message)}</p>"
        f'<button type="button" class="btn tiny" data-act="only" data-value="{value}">'
        f"{words.html('batch.show_rows', n=count(len(rows)))}</button></li>"
    )


def _places(desk: Desk, rows: list[int], words: Texts) -> str:
    key = "batch.paragraph" if desk.prepared.source.kind == "word" else "batch.line"
    tags = "".join(
        f'<span class="tag">{f"{text(row.sheet)} · " if row.sheet else ""}{words.html(key, n=row.line)}</span> '
        for row, _ in desk.rows(rows[:_MOST_NAMED])
    )
    return f"{tags}… " if len(rows) > _MOST_NAMED else tags
