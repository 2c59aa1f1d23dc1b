"""Keeps the conversations of browsers in one SQLite file. Knows nothing about cookies, components or markup.

A row belongs to an owner, which names a browser (and, with accounts, a person) without giving its token away. What is
deleted is overwritten in the file; what the disk under it keeps is beyond this module.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.errors import StorageError
from assistant.goals.base import Model
from assistant.web.session import Form, Kept, Session

logger = logging.getLogger(__name__)

FILE = "sessions.sqlite3"
SCHEMA = 1
_LOCK = "sessions.lock"
KEEP_SECONDS = 30 * 24 * 3600
MAX_BYTES = 4_000_000
MAX_OF_A_BROWSER = 50
MAX_IN_ALL = 2_000
MAX_TITLE = 120
_WAIT_SECONDS = 10
_SWEEP_SECONDS = 3_600
_PASSING = {
    "language",
    "drafter",
    "shelf",
    "revision",
    "box",
    "fill",
    "run",
    "steps",
    "writing",
    "written",
    "written_in",
}
"""Fields of a session that belong to a look at it and not to the conversation."""
_TABLE = """CREATE TABLE sessions (
    owner TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, used REAL NOT NULL, title TEXT NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (owner, id)) WITHOUT ROWID"""

Notice = Literal["", "damaged", "newer", "unusable", "conflict", "gone", "too_long", "unreadable"]
"""What a person has to be told about their conversations; '' for nothing."""


class CutOff(Model):
    """A request that was under way when the conversation was kept.

    Attributes:
        run: names the work under way.
        text: what was typed; '' where a button was pressed.
        form: the form as it was sent.
    """

    run: str
    text: str = ""
    form: Form = Form()


class Record(Model):
    """A conversation as it is kept; `session` stands as it was before the request that is `under_way`."""

    session: Session
    under_way: CutOff | None = None

    def to_json(self) -> str:
        """Return the record without what belongs to one look at the page.

        Raises:
            ValueError: a text holds what UTF-8 cannot write.
        """
        return self.model_dump_json(exclude={"session": _PASSING})


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of keeping a conversation: its revision now, and what the person has to be told."""

    revision: int
    notice: Notice = ""


class Store:
    """The file of conversations; for any number of threads and processes."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Use the file in `folder`, which is made with the first conversation; `clock` returns seconds since 1970."""
        self.file = folder / FILE
        self._clock = clock
        self._swept = 0.0
        self._lock = threading.Lock()
        self._checked = False
        self.aside: Notice = ""
        """What was wrong with a file that was set aside since the start; '' for none."""

    def save(self, owner: str, record: Record) -> Saved:
        """Keep a conversation whole or not at all, and let go of what is too old or too much.

        The last writer wins; it is told where it wrote over another's words. What was deleted stays deleted.

        Raises:
            StorageError: the file cannot be written.
        """
        session = record.session
        try:
            body = record.to_json()
        except ValueError:
            return Saved(session.revision, "unreadable")
        if len(body.encode()) > MAX_BYTES:
            return Saved(session.revision, "too_long")
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            row = db.execute("SELECT revision FROM sessions WHERE owner = ? AND id = ?", (owner, session.id)).fetchone()
            if row is None and session.revision:
                db.execute("ROLLBACK")
                return Saved(session.revision, "gone")
            before = row[0] if row else 0
            values = (owner, session.id, before + 1, self._clock(), _title(record), body)
            db.execute("INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?, ?, ?)", values)
            self._make_room(db, owner)
            db.execute("COMMIT")
        return Saved(before + 1, "conflict" if before != session.revision else "")

    def load(self, owner: str, id: str) -> Record | None:
        """Return a conversation of an owner; None where there is none of that id.

        Raises:
            StorageError: the file cannot be read.
            ValueError: the conversation was written by another version of the product.
        """
        with self._open() as db:
            row = db.execute(
                "SELECT body, revision FROM sessions WHERE owner = ? AND id = ? AND used > ?",
                (owner, id, self._clock() - KEEP_SECONDS),
            ).fetchone()
        if row is None:
            return None
        record = Record.model_validate_json(row[0])
        session = record.session.model_copy(update={"id": id, "revision": row[1]})
        return record.model_copy(update={"session": session})

    def listing(self, owner: str) -> tuple[Kept, ...]:
        """Return the conversations of an owner, the one used last first.

        Raises:
            StorageError: the file cannot be read.
        """
        with self._open() as db:
            rows = db.execute(
                "SELECT id, title, used FROM sessions WHERE owner = ? AND used > ? ORDER BY used DESC, id",
                (owner, self._clock() - KEEP_SECONDS),
            ).fetchall()
        return tuple(Kept(id=id, title=title, used=used) for id, title, used in rows)

    def forget(self, owner: str, id: str | None = None) -> None:
        """Delete a conversation of an owner, or all of them, from the file and from its log.

        Raises:
            StorageError: the file cannot be written.
        """
        with self._open() as db:
            if id is None:
                db.execute("DELETE FROM sessions WHERE owner = ?", (owner,))
            else:
                db.execute("DELETE FROM sessions WHERE owner = ? AND id = ?", (owner, id))
            _empty_log(db)

    def _make_room(self, db: sqlite3.Connection, owner: str) -> None:
        now = self._clock()
        oldest = "SELECT owner, id FROM sessions {} ORDER BY used DESC, id LIMIT -1 OFFSET ?"
        db.execute(
            f"DELETE FROM sessions WHERE (owner, id) IN ({oldest.format('WHERE owner = ?')})",  # noqa: S608
            (owner, MAX_OF_A_BROWSER),
        )
        if now - self._swept < _SWEEP_SECONDS and not _too_many(db):
            return
        db.execute("DELETE FROM sessions WHERE used <= ?", (now - KEEP_SECONDS,))
        db.execute(f"DELETE FROM sessions WHERE (owner, id) IN ({oldest.format('')})", (MAX_IN_ALL,))  # noqa: S608
        self._swept = now

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock:
                self._prepare()
            with closing(self._connect()) as db:
                yield db
        except (sqlite3.Error, OSError) as error:
            # A damage that shows only now is met at the next use, which checks the whole file again.
            self._checked = False
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise StorageError(
                f"The conversations of the page cannot be kept ({why}).",
                f"Check the folder {str(self.file.parent)!r}.",
                folder=str(self.file.parent),
            ) from error

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.file, timeout=_WAIT_SECONDS, isolation_level=None)
        try:
            for pragma in ("secure_delete = ON", "temp_store = MEMORY", "journal_mode = WAL", "synchronous = FULL"):
                db.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            db.close()
            raise
        return db

    def _prepare(self) -> None:
        """Make the file where there is none; move one that cannot be used out of the way."""
        if self._checked and self.file.exists():
            return
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file.parent.chmod(0o700)
        with _one_at_a_time(self.file.with_name(_LOCK)):
            self._drop_old_copies()
            notice = self._fault() if self.file.exists() else ""
            if notice:
                self._move_aside(notice)
            self.file.touch(mode=0o600)
            self.file.chmod(0o600)
            with closing(self._connect()) as db:
                db.execute("BEGIN IMMEDIATE")
                if db.execute("PRAGMA user_version").fetchone()[0] == 0:
                    db.execute(_TABLE)
                    db.execute(f"PRAGMA user_version = {SCHEMA}")
                db.execute("COMMIT")
        self._checked = True

    def _fault(self) -> Notice:
        try:
            with closing(self._connect()) as db:
                # No other process may write between two questions, or their answers would not fit each other.
                db.execute("BEGIN IMMEDIATE")
                version = db.execute("PRAGMA user_version").fetchone()[0]
                if version not in (0, SCHEMA):
                    return "newer"
                sound = db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok" and self._whole(db)
                if sound and version == SCHEMA:
                    db.execute("SELECT owner, id, revision, used, title, body FROM sessions LIMIT 1").fetchall()
                return "" if sound and (version or not _tables(db)) else "damaged"
        except sqlite3.OperationalError as error:
            if "no such" in str(error):
                return "damaged"
            raise
        except sqlite3.DatabaseError:
            return "damaged"

    def _whole(self, db: sqlite3.Connection) -> bool:
        """Whether the file is as long as it says; SQLite itself takes a cut last page for zeros."""
        log = self.file.with_name(self.file.name + "-wal")
        if log.exists() and log.stat().st_size:
            return True
        pages, size = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        return self.file.stat().st_size >= int(pages) * int(size)

    def _move_aside(self, notice: Notice) -> None:
        logger.warning("The file of conversations is %s and was set aside.", notice)
        for end in ("", "-wal", "-shm"):
            part = self.file.with_name(self.file.name + end)
            with contextlib.suppress(FileNotFoundError):
                part.replace(self.file.with_name(f"{self.file.name}.{notice}{end}"))
        self.aside = notice

    def _drop_old_copies(self) -> None:
        """Remove what was set aside once nothing in it would have been kept any longer."""
        for kind in ("damaged", "newer"):
            for copy in self.file.parent.glob(f"{FILE}.{kind}*"):
                with contextlib.suppress(OSError):
                    if copy.stat().st_mtime < self._clock() - KEEP_SECONDS:
                        copy.unlink()


@contextmanager
def _one_at_a_time(file: Path) -> Iterator[None]:
    """Keep other processes from making or moving the file meanwhile, where the system can."""
    with file.open("a") as lock:
        file.chmod(0o600)
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _title(record: Record) -> str:
    """Return what a list calls the conversation: its aim, or the team's first words."""
    session = record.session
    said = session.aim.strip() or (record.under_way.text.strip() if record.under_way else "")
    form = session.form if session.started or record.under_way is None else record.under_way.form
    for words in (said, form.improve, form.org_goals, form.profile, *(turn.text for turn in session.turns)):
        line = " ".join(words.split())
        if line:
            return line if len(line) <= MAX_TITLE else line[: MAX_TITLE - 1] + "…"
    return ""


def _too_many(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT count(*) FROM sessions").fetchone()[0] > MAX_IN_ALL)


def _tables(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _empty_log(db: sqlite3.Connection) -> None:
    """Write the log into the file and cut it to nothing, as what was deleted still stands in it.

    Raises:
        sqlite3.OperationalError: another process reads for longer than the wait.
    """
    if db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise sqlite3.OperationalError("what was deleted is still in use by another process")
