"""What `goals batch` says: the columns, the estimate, progress, the result. Knows nothing about how rows are done."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import typer

from assistant.errors import UsageError
from assistant.goals.batch import BatchSummary

_EVERY = 10.0
"""Seconds between two lines of progress where nobody looks at a terminal."""
_ROLES = ("goal", "owner", "department", "deadline", "metric", "baseline", "target", "weight", "parent", "ignore")


def columns_of(given: Iterable[str]) -> dict[str, str]:
    """Return role and column of options such as `goal=C` or `owner=负责人`.

    Raises:
        UsageError: an option has no `=`, or names no role.
    """
    columns: dict[str, str] = {}
    for each in given:
        role, sign, column = each.partition("=")
        role = role.strip()
        if not sign or not column.strip() or role not in _ROLES:
            raise UsageError(
                f"--column cannot be {each!r}.", f"Write ROLE=COLUMN with a role of: {', '.join(_ROLES)}.", value=each
            )
        columns[role] = f"{columns[role]},{column.strip()}" if role in columns else column.strip()
    return columns


def preview(prepared: Any) -> str:
    """Return what the list is read as, for a person to confirm."""
    source = prepared.source
    lines = [f"{source.name}: {source.count} {'goal' if source.count == 1 else 'goals'}, {source.kind}"]
    lines += [f"  note: {notice}" for notice in source.notices]
    tables: dict[tuple[str, int], list[Any]] = {}
    for use in source.mapping:
        tables.setdefault((use.table, use.line), []).append(use)
    for (table, line), uses in tables.items():
        if table or len(tables) > 1:
            lines.append(f"  sheet {table!r}:" if table else f"  table at line {line}:")
        for use in uses:
            place = use.letter or str(use.column)
            role = use.role or "–"
            sample = f"  e.g. {use.sample}" if use.sample else ""
            lines.append(f"    {place:>3}  {role:<11} {use.heading or '(no heading)'}{sample}")
    return "\n".join(lines)


def told(summary: BatchSummary) -> str:
    """Return what a run amounts to, in a few lines."""
    parts = [
        f"{count} {name}"
        for name, count in (
            ("rewritten", summary.rewritten), ("left as they are", summary.kept), ("need an answer", summary.asked),
            ("checked", summary.judged), ("failed", summary.failed), ("skipped", summary.skipped),
            ("not processed", summary.pending),
        )
        if count
    ]  # fmt: skip
    lines = [f"{summary.rows} rows: {', '.join(parts) or 'nothing to do'}."]
    if summary.score_before is not None and summary.score_after is not None:
        lines.append(
            f"Score {summary.score_before:g} → {summary.score_after:g}, "
            f"errors {summary.errors_before} → {summary.errors_after}, questions {summary.questions}."
        )
    elif summary.score_before is not None:
        lines.append(f"Score {summary.score_before:g}, errors {summary.errors_before}.")
    if summary.set_findings:
        more = summary.set_findings_more
        rest = f", of which {len(summary.set_findings)} are told one by one" if more else ""
        lines.append(f"Between the goals: {len(summary.set_findings) + more} findings{rest}.")
    usage = summary.usage
    if usage.calls:
        tokens = f", {usage.prompt_tokens} + {usage.completion_tokens} tokens" if usage.prompt_tokens else ""
        lines.append(f"{usage.calls} calls to the model{tokens}.")
    return "\n".join(lines)


class ProgressLine:
    """Tells how far a run is: one living line on a terminal, else a line every ten seconds. Writes to stderr."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Choose how to tell."""
        self._quiet = quiet
        self._live = sys.stderr.isatty()
        self._told = time.monotonic()
        self._width = 0

    def __call__(self, progress: Any) -> None:
        """Hear how far a run is."""
        now = time.monotonic()
        if self._quiet or (progress.left and now - self._told < (0.1 if self._live else _EVERY)):
            return
        self._told = now
        text = progress_line(progress)
        if self._live:
            print("\r" + text.ljust(self._width), end="", file=sys.stderr, flush=True)
            self._width = len(text)
        elif progress.done:
            print(text, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self._live and self._width:
            print(file=sys.stderr)


def progress_line(progress: Any) -> str:
    """Return done, rate, errors, cost and time left."""
    done = progress.before + progress.done
    share = done / progress.rows if progress.rows else 1.0
    bar = "█" * int(20 * share) + "░" * (20 - int(20 * share))
    parts = [f"{bar} {done}/{progress.rows}", f"{progress.rate:.1f}/s", f"{progress.failed} failed"]
    if progress.cost:
        parts.append(f"cost {progress.cost:.4f}")
    elif progress.cost is None:
        parts.append("cost unknown")
    if progress.seconds_left is not None and progress.left:
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        parts.append(f"{minutes}:{seconds:02} left")
    return "  ".join(parts)


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C or a request to end sets; a second one ends the process at once."""
    stop = threading.Event()

    def heard(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise typer.Exit(3)
        stop.set()
        typer.echo("\nstopping; what is finished is kept (again to end at once)", err=True)

    before: dict[signal.Signals, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, heard)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
