"""Starts page servers from one process that has loaded what they need, since loading takes far longer than serving.

Reads a line of JSON for each server from its input, forks, and answers with the number of the new process.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import select
import signal
import subprocess
import sys
from pathlib import Path

from assistant.web import stubs

ROOT = Path(__file__).parents[2]


class Forked:
    """A process that the nursery started, with as much of `subprocess.Popen` as a server needs."""

    def __init__(self, pid: int, said: Path) -> None:
        self.pid = pid
        self._said = said
        self._handle = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """Return None while the process runs."""
        if self._handle < 0:
            return 0
        ended = select.select([self._handle], [], [], 0)[0]
        return 0 if ended else None

    def terminate(self) -> None:
        """Ask the process to end."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, signal.SIGTERM)

    def communicate(self, timeout: float) -> tuple[None, bytes]:
        """Wait for the end and return what was written to the error stream."""
        if self._handle >= 0 and not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self.pid), timeout)
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
        return None, self._said.read_bytes()


class Nursery:
    """The process that forks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.nursery"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._count = 0

    def start(self, module: str, words: list[str], environment: dict[str, str]) -> Forked:
        """Run a module as `python -m` does, in a process of its own."""
        self._count += 1
        said = self._folder / f"said-{self._count}"
        assert self._process.stdin is not None and self._process.stdout is not None
        order = {"module": module, "words": words, "environment": environment, "said": str(said)}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Forked(int(self._process.stdout.readline()), said)

    def close(self) -> None:
        """End the process; the servers it started live on."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(20)


def _load() -> None:
    """Import what every page server imports, and nothing that starts a thread."""
    stubs.leave_alone()
    for name in ("fastapi", "uvicorn", "assistant.service", "assistant.web.app", "tests.web.sample"):
        importlib.import_module(name)


def _serve(order: dict[str, object]) -> None:
    """Become the server that was asked for."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    said = os.open(str(order["said"]), os.O_WRONLY | os.O_CREAT, 0o600)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream, file in ((0, nothing), (1, nothing), (2, said)):
        os.dup2(file, stream)
    os.environ.clear()
    os.environ.update(order["environment"])  # type: ignore[call-overload]
    sys.argv = [str(order["module"]), *order["words"]]  # type: ignore[misc]
    runpy.run_module(str(order["module"]), run_name="__main__", alter_sys=True)


def _main() -> None:
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            _serve(json.loads(line))
            return
        print(pid, flush=True)


if __name__ == "__main__":
    _main()
