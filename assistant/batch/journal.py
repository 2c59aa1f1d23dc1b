"""The journal of a run: what became of every row, kept so that killing the process at any moment loses no answer.

SQLite with a write-ahead log and full synchronisation: a row is there in whole once `record` has returned. Knows
nothing about files of goals or how rows are rewritten. A power cut is the disk's matter; a killed process is ours.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from pydantic import ValidationError

from assistant.batch.manifest import Manifest
from assistant.errors import StorageError
from assistant.goals.batch import RowResult, RowState

FILE = "journal.sqlite"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS rows (
  place INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('done', 'failed', 'skipped')),
  attempts INTEGER NOT NULL DEFAULT 1,
  result TEXT NOT NULL
) STRICT;
"""
_RECORD = """
INSERT INTO rows (place, state, result) VALUES (?, ?, ?)
ON CONFLICT (place) DO UPDATE SET state = excluded.state, result = excluded.result, attempts = attempts + 1
WHERE rows.state = 'failed'
"""
"""A row that is done or skipped stays as it is, whoever answers again."""


class Kept(NamedTuple):
    """A result as the journal holds it: the index of its row, its state, and the whole as JSON."""

    place: int
    state: RowState
    text: str


def kept(result: RowResult) -> Kept:
    """Return a result as the journal holds it."""
    return Kept(result.index, result.state, result.model_dump_json())


class Journal:
    """The open journal of one run; for one process and one thread at a time."""

    def __init__(self, folder: Path, manifest: Manifest | None = None) -> None:
        """Open the journal of a folder, or begin one where a manifest is given and there is none.

        Raises:
            StorageError: the journal is damaged, missing, or cannot be written; a damaged one is kept beside itself.
        """
        self.path = folder / FILE
        new = not self.path.exists()
        if new and manifest is None:
            raise StorageError(f"There is no journal in {str(folder)!r}.", "Begin anew, without --resume.")
        try:
            if new:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.path.touch(mode=0o600)
            self._store = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
            self._store.execute("PRAGMA journal_mode = WAL")
            self._store.execute("PRAGMA synchronous = FULL")
            if not new:
                self._check()
            self._store.executescript(_TABLES)
            if manifest is not None and self._meta("manifest") is None:
                self.note("manifest", manifest.model_dump_json())
            self.manifest = Manifest.model_validate_json(self._meta("manifest") or "", strict=False)
        except (sqlite3.DatabaseError, ValidationError, OSError) as error:
            raise self._broken(error) from None

    def __enter__(self) -> Journal:
        """Return the journal."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file; what was recorded stays."""
        with contextlib.suppress(sqlite3.Error):
            self._store.close()

    def record(self, results: Iterable[RowResult]) -> None:
        """Keep results; once this returns they outlast the process. A row that is done keeps its first result.

        Raises:
            StorageError: the disk is full or cannot be written.
        """
        self.keep([kept(each) for each in results if each.state != "pending"])

    def keep(self, rows: Sequence[Kept]) -> None:
        """Keep results that are finished and written already; see `record`."""
        if not rows:
            return
        try:
            self._store.execute("BEGIN IMMEDIATE")
            self._store.executemany(_RECORD, rows)
            self._store.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            with contextlib.suppress(sqlite3.Error):
                self._store.execute("ROLLBACK")
            raise StorageError(
                f"The journal {str(self.path)!r} cannot be written ({error}).",
                "Make room or correct its rights, then go on with --resume; what was finished is kept.",
            ) from None

    def finished(self) -> frozenset[int]:
        """Return the indexes of the rows that need no further work."""
        return frozenset(row[0] for row in self._all("SELECT place FROM rows WHERE state != 'failed'"))

    def results(self) -> Iterator[RowResult]:
        """Yield what is known of rows, in order of their index."""
        for (text,) in self._all("SELECT result FROM rows ORDER BY place"):
            try:
                yield RowResult.model_validate_json(text, strict=False)
            except ValidationError as error:
                raise self._broken(error) from None

    def some(self, indexes: Iterable[int]) -> dict[int, RowResult]:
        """Return what is known of some rows, by index."""
        found: dict[int, RowResult] = {}
        for index in indexes:
            for (text,) in self._all("SELECT result FROM rows WHERE place = ?", index):
                try:
                    found[index] = RowResult.model_validate_json(text, strict=False)
                except ValidationError as error:
                    raise self._broken(error) from None
        return found

    def note(self, name: str, value: str) -> None:
        """Keep a remark on the run by its name; the last one counts."""
        self._store.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str:
        """Return a remark, '' where there is none."""
        return self._meta(name) or ""

    def attempts(self, index: int) -> int:
        """Return how often a row was answered."""
        return next((int(row[0]) for row in self._all("SELECT attempts FROM rows WHERE place = ?", index)), 0)

    def _meta(self, name: str) -> str | None:
        row = self._store.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def _all(self, query: str, *values: int) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._store.execute(query, values)
        except sqlite3.DatabaseError as error:
            raise self._broken(error) from None

    def _check(self) -> None:
        """Find damage before anything is believed; SQLite itself reads on in files that were cut short."""
        pages, size = (self._store.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        log = self.path.with_name(FILE + "-wal")
        if not (log.exists() and log.stat().st_size) and self.path.stat().st_size != pages * size:
            raise sqlite3.DatabaseError("its size is not what it says")
        told = self._store.execute("PRAGMA quick_check(1)").fetchone()[0]
        if told != "ok":
            raise sqlite3.DatabaseError(told)

    def _broken(self, error: Exception) -> StorageError:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
        kept = ""
        with contextlib.suppress(OSError, AttributeError):
            self.close()
        with contextlib.suppress(OSError):
            copy = self.path.with_suffix(".damaged")
            if isinstance(error, sqlite3.DatabaseError | ValidationError) and self.path.exists() and not copy.exists():
                shutil.copyfile(self.path, copy)
                kept = f" A copy is kept as {str(copy)!r}."
        return StorageError(
            f"The journal {str(self.path)!r} cannot be used ({why}).{kept}", "Begin anew, without --resume."
        )
