"""A run in a process of its own, to be killed: `python -m tests.batch.killed_run INPUT OUTPUT CALLS`.

Rows are done by a rewriter that waits a little and writes a line into the file CALLS for every call, before it answers.
Goes on where an earlier process was killed; exits 0 once the output is there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from assistant.batch import job as jobs
from assistant.batch import preparing, run
from assistant.goals.batch import BatchRow, RowResult
from assistant.goals.findings import LintedGoal
from assistant.settings import Settings
from tests.batch.doing import TODAY, Waiting, done

AT_ONCE = 4


class Counted(Waiting):
    """A rewriter whose calls outlast the process."""

    calls = Path()

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__(0.004, done)

    def rewrite(self, row: BatchRow, before: LintedGoal) -> RowResult:
        """Note the call, then answer."""
        handle = os.open(self.calls, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{row.index}\n".encode())
        os.close(handle)
        return super().rewrite(row, before)


def main(source: str, output: str, calls: str) -> None:
    """Do or go on with the run, and write it."""
    Counted.calls = Path(calls)
    jobs.Rewriter = Counted  # type: ignore[misc, assignment]
    options = preparing.Options(today=TODAY, llm="offline")
    prepared = preparing.prepare(Path(source), options, Settings(), product="test")
    with prepared.open(Path(output)) as job:
        if job.unfinished:
            job.resume(prepared.manifest)
        else:
            job.begin(prepared.source, prepared.manifest)
        job.work(prepared.settings, limits=run.Limits(at_once=AT_ONCE, threads=AT_ONCE))
        job.write(Path(output))


if __name__ == "__main__":
    main(*sys.argv[1:])
