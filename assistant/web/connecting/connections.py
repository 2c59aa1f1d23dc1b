"""Keeps each visitor's model: in memory, and in a private file where that is asked for. Knows nothing about the page.

A connection belongs to an owner, which names a browser and, with accounts, the person at it. Nobody else's is found.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from assistant.errors import StorageError, UsageError
from assistant.web.connecting.connection import Connection, connection

logger = logging.getLogger(__name__)

KEPT_SECONDS = 12 * 3600
"""How long one that is not stored is remembered after its last use."""
STORED_SECONDS = 30 * 24 * 3600
"""How long a stored one is kept after its last use: as long as the browser's cookie."""
_MOST = 1_000
_MOST_BYTES = 10_000
_OWNER = re.compile(r"[0-9a-f]{64}")


class Connections:
    """The connections of all visitors; safe to use from several threads."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Keep what is to be stored in `folder`, made with the first; `clock` returns seconds since 1970."""
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[float, Connection]] = OrderedDict()
        self._sweep()

    def of(self, owner: str) -> Connection | None:
        """Return the owner's connection, None where there is none."""
        if not _OWNER.fullmatch(owner):
            return None
        with self._lock:
            now = self._clock()
            while self._held and now - next(iter(self._held.values()))[0] > KEPT_SECONDS:
                self._held.popitem(last=False)
            _, found = self._held.pop(owner, (0.0, None))
            found = found or self._read(owner)
            if found is not None:
                self._hold(owner, found)
            return found

    def put(self, owner: str, made: Connection) -> None:
        """Take a connection in place of the owner's former one; `made.stored` says whether it is stored as well.

        Raises:
            StorageError: it cannot be stored; it is kept in memory all the same.
            UsageError: nobody has that name.
        """
        if not _OWNER.fullmatch(owner):
            raise UsageError("The browser is not known.", "Let it keep cookies of this page.")
        with self._lock:
            self._hold(owner, made)
            if not made.stored:
                self._file(owner).unlink(missing_ok=True)
                return
            try:
                self._write(owner, made)
            except OSError as error:
                self._hold(owner, Connection(made.address, made.model, made.key))
                raise StorageError("The key cannot be stored.", "It is used until the page is closed.") from error

    def drop(self, owner: str) -> None:
        """Forget the owner's connection, in memory and in its file.

        Raises:
            StorageError: the file cannot be deleted.
        """
        if not _OWNER.fullmatch(owner):
            return
        with self._lock:
            self._held.pop(owner, None)
            try:
                self._file(owner).unlink(missing_ok=True)
            except OSError as error:
                raise StorageError("The stored key cannot be deleted.", "Delete its file by hand.") from error

    def _hold(self, owner: str, made: Connection) -> None:
        self._held.pop(owner, None)
        self._held[owner] = (self._clock(), made)
        while len(self._held) > _MOST:
            self._held.popitem(last=False)

    def _file(self, owner: str) -> Path:
        return self._folder / f"{owner}.json"

    def _read(self, owner: str) -> Connection | None:
        path = self._file(owner)
        try:
            if self._clock() - path.stat().st_mtime > STORED_SECONDS or path.stat().st_size > _MOST_BYTES:
                path.unlink(missing_ok=True)
                return None
            held = json.loads(path.read_text("utf-8"))
            found = connection(str(held["address"]), str(held["model"]), str(held["key"]), stored=True)
            os.utime(path, (self._clock(), self._clock()))
            return found
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, UsageError) as error:
            # What it holds is not told: a key may stand in it.
            logger.warning("A stored connection cannot be read (%s) and is passed over.", type(error).__name__)
            return None

    def _write(self, owner: str, made: Connection) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        body = {"address": made.address, "model": made.model, "key": made.key.get_secret_value()}
        new = self._folder / f".{secrets.token_hex(8)}"
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(body, file)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._file(owner))
        except OSError:
            new.unlink(missing_ok=True)
            raise
        now = self._clock()
        os.utime(self._file(owner), (now, now))

    def _sweep(self) -> None:
        """Delete what was stored and not used for long, and what a broken write left."""
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                old = self._clock() - path.stat().st_mtime > STORED_SECONDS
                if path.name.startswith(".") or (path.suffix == ".json" and old):
                    path.unlink(missing_ok=True)
