"""One person's list on this server: the file, what is chosen for it, the run, and what came of it.

Everything lies in the folder of the person's session. Knows nothing about the page's components or markup.
"""

from __future__ import annotations

import secrets
import shutil
import threading
import time
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any, Literal

from assistant.errors import NoGoalColumn
from assistant.goals.batch import BatchRow, BatchSummary, RowResult
from assistant.web.backend import Backend
from assistant.web.batch.troubles import Trouble, trouble_of

Phase = Literal["empty", "ready", "waiting", "running", "over"]
Who = Literal["configured", "offline", "lint"]
Output = Literal["own", "html", "json"]

ROLES = ("goal", "owner", "department", "deadline", "metric", "baseline", "target", "weight", "parent")
"""What a person may say that a column holds; `ignore` says that it is not read."""
IGNORED = "ignore"
ENDINGS = (".csv", ".tsv", ".xlsx", ".docx", ".md", ".markdown", ".txt", ".jsonl", ".ndjson")
_MOST_GOALS = 20
_LONGEST_GOALS = 4_000
_LOOK_SECONDS = 0.2


class Desk:
    """What one session works on. Safe to use from several threads.

    Attributes:
        ticket: what names the desk to its own session; a secret.
        owner: the browser whose session it is, and the account at it; '' until the browser is known.
        phase: `over` is a run that has ended, whether done, stopped or broken.
        trouble: what went wrong last, None where nothing did.
        prepared: the list as it was read, None before.
        sheets: the names of all visible sheets that hold goals; () outside workbooks.
        guessed: whether no heading told where the goals are, so that a column was taken by its texts.
        progress: how far the run is, None before its first sign.
        summary, listing: what came of the run; None before its end.
    """

    def __init__(
        self,
        ticket: str,
        owner: str,
        backend: Backend,
        folder: Callable[[], Path],
        drafting: Callable[[str], Backend] | None = None,
    ) -> None:
        """Make an empty desk.

        Args:
            ticket: see the attributes.
            owner: see the attributes.
            backend: runs lists.
            folder: asked for where to keep things once there is something to keep.
            drafting: returns what drafts for an owner, where that is not `backend` for all.
        """
        self.ticket, self.owner = ticket, owner
        self.touched = time.monotonic()
        self.phase: Phase = "empty"
        self.trouble: Trouble | None = None
        self.prepared: Any = None
        self.sheets: tuple[str, ...] = ()
        self.sheet = ""
        self.columns: dict[str, str] = {}
        self.guessed = False
        self.who: Who = "configured"
        self.org_goals = ""
        self.progress: Any = None
        self.summary: BatchSummary | None = None
        self.listing: Any = None
        self._backend = backend
        self._drafting = drafting or (lambda _: backend)
        self._folder = folder
        self._lock = threading.RLock()
        self._name = ""
        self._file: Path | None = None
        self._job: Any = None
        self._made: set[str] = set()
        self._stop = threading.Event()

    @property
    def busy(self) -> bool:
        """Whether a run is under way or waits for its turn."""
        return self.phase in ("waiting", "running")

    @property
    def stopping(self) -> bool:
        """Whether the run was told to stop."""
        return self._stop.is_set()

    def place(self, ending: str) -> Path:
        """Return where the next upload may be written; nothing of a person's is in the path."""
        return self._folder() / f"list-{secrets.token_hex(4)}{ending}"

    def receive(self, file: Path, name: str) -> None:
        """Take an uploaded file and read it; what was on the desk before goes."""
        with self._lock:
            if self.busy:
                file.unlink(missing_ok=True)
                return
            self.clear(but=file)
            self._file, self._name = file, name
            self._read()
            if self.prepared is None:
                trouble = self.trouble
                self.clear()
                self.trouble = trouble

    def refuse(self, key: str) -> None:
        """Take note that a file did not arrive."""
        with self._lock:
            if not self.busy:
                self.trouble = Trouble(key)

    @property
    def tables(self) -> tuple[tuple[Any, ...], ...]:
        """What the columns are read as, table by table; () where the list has none."""
        parts: dict[tuple[str, int], list[Any]] = {}
        for use in self.prepared.source.mapping if self.prepared is not None else ():
            parts.setdefault((use.table, use.line), []).append(use)
        return tuple(tuple(part) for part in parts.values())

    def role_of(self, use: Any) -> str:
        """Return what a column is read as; '' where it is not read."""
        return use.role or ""

    def choose_role(self, table: int, column: int, role: str) -> None:
        """Read the list again with another meaning of a column; where that cannot be, the reading before stays.

        Args:
            table: place of the column's table among `tables`.
            column: the column's number there.
            role: one of `ROLES`, or `IGNORED`.
        """
        with self._lock:
            tables = self.tables
            if self.phase != "ready" or role not in (*ROLES, IGNORED) or not 0 <= table < len(tables):
                return
            use = next((each for each in tables[table] if each.column == column), None)
            if use is None:
                return
            chosen = self._chosen()
            if role == "goal" and "goal" not in chosen.values():
                chosen |= {self._named(each): "goal" for each in tables[table] if each.role == "goal"}
            if role not in ("goal", IGNORED):
                others = [each for each in tables[table] if each is not use and self.role_of(each) == role]
                chosen = {name: other for name, other in chosen.items() if other != role}
                chosen |= {self._named(each): IGNORED for each in others}
            chosen[self._named(use)] = role
            before, self.columns = (self.columns, self.prepared), _columns(chosen)
            if self._read() and self._taken(table, column, role):
                self.guessed = False
            else:
                self.columns, self.prepared = before

    def choose_sheet(self, sheet: str) -> None:
        """Read one sheet only, or all for ''; what was said of the columns is dropped."""
        with self._lock:
            if self.phase != "ready" or sheet not in ("", *self.sheets):
                return
            before = self.sheet, self.columns, self.prepared
            self.sheet, self.columns = sheet, {}
            if not self._read():
                self.sheet, self.columns, self.prepared = before

    def start(self, slots: threading.Semaphore) -> None:
        """Begin the run in a thread of its own, once there is a slot."""
        with self._lock:
            if self.phase != "ready":
                return
            try:
                self.prepared = self._prepared()
                self._job = self._backend.open_list(self._folder() / f"run-{secrets.token_hex(4)}")
                self._job.begin(self.prepared.source, self.prepared.manifest)
            except Exception as error:
                self.trouble = trouble_of(error)
                self._close()
                return
            self._go(slots)

    def go_on(self, slots: threading.Semaphore) -> None:
        """Go on with the run; no row that is finished is done again."""
        with self._lock:
            if self.phase == "over" and self._job is not None:
                self._go(slots)

    def cancel(self) -> None:
        """Ask the run to stop; what is finished is kept."""
        self._stop.set()

    def reopen(self) -> None:
        """Go back to what is chosen for the list; the run is dropped."""
        with self._lock:
            if self.phase == "over":
                self._close()
                self.phase, self.trouble = "ready", None

    def clear(self, *, but: Path | None = None) -> None:
        """Drop the file and the run, except a file that has just come."""
        with self._lock:
            if self.busy:
                return
            self._close()
            if self._file is not None:
                for left in self._folder().iterdir():
                    if left == but:
                        continue
                    shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
            self._file, self._name, self.prepared = None, "", None
            self.phase, self.trouble = "empty", None
            self.sheets, self.sheet, self.columns, self.guessed = (), "", {}, False

    def close(self) -> None:
        """Stop the run and let go of it; the folder is the caller's."""
        self._stop.set()
        if self._lock.acquire(timeout=_LOOK_SECONDS):
            try:
                self._close() if not self.busy else None
            finally:
                self._lock.release()

    def found(self, outcome: str, text: str, only: Collection[int]) -> tuple[int, ...]:
        """Return the rows that are looked for."""
        with self._lock:
            return tuple(self.listing.found(outcome, text, only)) if self.listing is not None else ()

    def rows(self, indexes: Collection[int]) -> tuple[tuple[BatchRow, RowResult], ...]:
        """Return rows with what became of them."""
        with self._lock:
            return tuple(self.listing.rows(indexes)) if self.listing is not None else ()

    def write(self, output: Output) -> tuple[Path, str] | None:
        """Return a file of what came of the run and the name to give it; None where there is nothing to write.

        Raises:
            AssistantError: it cannot be written.
        """
        with self._lock:
            if self.phase != "over" or self._job is None:
                return None
            source = self.prepared.source
            own, kind = Path(source.name), source.kind
            ending = {"html": ".html", "json": ".json"}.get(output) or {"text": ".txt"}.get(kind) or own.suffix.lower()
            file = self._folder() / f"out-{output}{ending}"
            if output not in self._made:
                self._job.write(file)
                file.chmod(0o600)
                self._made.add(output)
            return file, f"{own.stem}-goals{ending}"

    def _read(self) -> bool:
        self.trouble = None
        try:
            self.prepared = self._prepared()
        except NoGoalColumn as error:
            if self.phase == "ready" or not self._guess():
                self.trouble = trouble_of(error)
                return False
        except Exception as error:
            self.trouble = trouble_of(error)
            return False
        if not self.sheets:
            self.sheets = tuple(dict.fromkeys(use.table for use in self.prepared.source.mapping if use.table))
        self.phase = "ready"
        return True

    def _taken(self, table: int, column: int, role: str) -> bool:
        """Tell whether a column is read as it was chosen to be; the only goals there are cannot be anything else."""
        after = next((each for part in self.tables[table : table + 1] for each in part if each.column == column), None)
        now = (after.role if after is not None else None) or IGNORED
        if now == role:
            return True
        self.trouble = Trouble("no_goals" if now == "goal" else "columns")
        return False

    def _guess(self) -> bool:
        """Take the column with the longest texts for the goals where no heading tells."""
        try:
            first = self._prepared({"goal": "1"})
            uses = first.source.mapping
            self.columns = {"goal": self._named(max(uses, key=lambda use: len(use.sample)))}
            self.prepared = self._prepared()
        except Exception:
            self.columns = {}
            return False
        self.guessed = True
        return True

    def _prepared(self, columns: dict[str, str] | None = None) -> Any:
        if self._file is None:
            raise FileNotFoundError("There is no list.")
        goals = [line.strip() for line in self.org_goals[:_LONGEST_GOALS].splitlines() if line.strip()]
        return self._drafting(self.owner).prepare_list(
            self._file,
            name=self._name,
            today=date.today(),
            columns=self.columns if columns is None else columns,
            sheet=self.sheet,
            offline=self.who == "offline",
            lint_only=self.who == "lint",
            org_goals=tuple(goals[:_MOST_GOALS]),
        )

    def _named(self, use: Any) -> str:
        return str(use.heading if self._by_key else use.column)

    @property
    def _by_key(self) -> bool:
        return self.prepared is not None and self.prepared.source.kind == "jsonl"

    def _chosen(self) -> dict[str, str]:
        return {name: role for role, names in self.columns.items() for name in names.split(",")}

    def _go(self, slots: threading.Semaphore) -> None:
        self._stop.clear()
        self._made.clear()
        self.phase, self.trouble, self.progress, self.summary, self.listing = "waiting", None, None, None, None
        threading.Thread(target=self._run, args=(slots,), name="list", daemon=True).start()

    def _run(self, slots: threading.Semaphore) -> None:
        trouble = None
        try:
            while not slots.acquire(timeout=_LOOK_SECONDS):
                if self._stop.is_set():
                    break
            else:
                try:
                    self.phase = "running"
                    self._job.work(
                        self.prepared.settings, limits=self.prepared.limits, told=self._hear, stop=self._stop
                    )
                finally:
                    slots.release()
        except Exception as error:
            trouble = trouble_of(error)
        with self._lock:
            try:
                self.summary, self.listing = self._job.summary(), self._job.listing()
            except Exception as error:
                trouble = trouble or trouble_of(error)
            self.trouble, self.touched, self.phase = trouble, time.monotonic(), "over"

    def _hear(self, progress: Any) -> None:
        self.progress = progress

    def _close(self) -> None:
        if self._job is not None:
            self._job.close()
        self._job = self.progress = self.summary = self.listing = None
        self._made.clear()
        self._stop.clear()


def _columns(chosen: dict[str, str]) -> dict[str, str]:
    """Return role and columns, several for the goals and for what is not read."""
    columns: dict[str, str] = {}
    for name, role in chosen.items():
        columns[role] = f"{columns[role]},{name}" if role in columns else name
    return columns
