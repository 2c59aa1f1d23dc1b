"""All desks of this server, each in a folder of its own that only its session can name. Knows nothing about lists."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from assistant import paths
from assistant.web.backend import Backend
from assistant.web.batch.desk import Desk

AT_ONCE = 2
"""Runs under way at the same time; further ones wait."""
_MOST_KEPT = 64
"""Desks with a file; beyond, the one longest untouched is cleared."""
_MOST = 4_096
_IDLE_SECONDS = 12 * 3600


class Desks:
    """Opens, finds and forgets desks; safe to use from several threads."""

    def __init__(self, backend: Backend, drafting: Callable[[str], Backend] | None = None) -> None:
        """Begin without any; `drafting` returns what drafts for an owner, where that is not the same for all."""
        self.slots = threading.Semaphore(AT_ONCE)
        self._backend = backend
        self._drafting = drafting or (lambda _: backend)
        self._lock = threading.Lock()
        self._desks: dict[str, Desk] = {}
        self._folder: Path | None = None
        self._held: FileLock | None = None

    def open(self, owner: str) -> Desk:
        """Return a new desk for a session."""
        self._tidy()
        ticket = secrets.token_urlsafe(24)
        name = secrets.token_hex(12)
        desk = Desk(ticket, owner, self._backend, lambda: self._own(name), self._drafting)
        with self._lock:
            self._desks[ticket] = desk
        return desk

    def find(self, ticket: str, owner: str | None = None) -> Desk | None:
        """Return a desk by its ticket; None where there is none, or it is another browser's.

        Without an `owner` the ticket is enough. A desk that was opened before its browser was known, becomes that of
        the first one to ask.
        """
        desk = self._desks.get(ticket)
        if desk is None or (owner is not None and desk.owner not in ("", owner)):
            return None
        desk.owner = desk.owner or owner or ""
        desk.touched = time.monotonic()
        return desk

    def close(self) -> None:
        """Stop all runs and remove what they left."""
        for desk in list(self._desks.values()):
            desk.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._held is not None:
            self._held.release()
            Path(self._held.lock_file).unlink(missing_ok=True)

    def _own(self, name: str) -> Path:
        folder = self._home() / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _home(self) -> Path:
        with self._lock:
            if self._folder is None:
                shared = paths.home() / "web" / "lists"
                shared.parent.mkdir(mode=0o700, exist_ok=True)
                shared.mkdir(mode=0o700, exist_ok=True)
                _sweep(shared)
                self._folder = shared / secrets.token_hex(12)
                self._held = FileLock(self._folder.with_suffix(".lock"), timeout=0, mode=0o600, thread_local=False)
                self._held.acquire()
                self._folder.mkdir(mode=0o700)
            return self._folder

    def _tidy(self) -> None:
        """Forget desks that nobody has touched for long, and the oldest ones where there are too many."""
        now = time.monotonic()
        with self._lock:
            resting = sorted((desk for desk in self._desks.values() if not desk.busy), key=lambda desk: desk.touched)
            kept = [desk for desk in resting if desk.phase != "empty"]
            gone = {desk.ticket: desk for desk in resting if now - desk.touched > _IDLE_SECONDS}
            gone |= {desk.ticket: desk for desk in kept[: max(0, len(kept) - _MOST_KEPT + 1)]}
            gone |= {desk.ticket: desk for desk in resting[: max(0, len(self._desks) - _MOST + 1)]}
            for ticket in gone:
                del self._desks[ticket]
        for desk in gone.values():
            if desk.phase != "empty":
                desk.clear()


def _sweep(shared: Path) -> None:
    """Remove what servers left that were killed: nobody holds the locks of their folders any more."""
    for lock in shared.glob("*.lock"):
        with contextlib.suppress(Timeout, OSError), FileLock(lock, timeout=0):
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)
