"""A run as a person sees it: a list opened and looked at, begun or gone on with, done, and written out.

Everything a run needs lies in its folder (a copy of the input, the journal), so writing it out asks nobody anything and
can be repeated. Knows nothing about the command line or the page.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from assistant.batch import outputs, run
from assistant.batch.cells import COLUMNS, JUDGED_COLUMNS
from assistant.batch.journal import FILE, Journal
from assistant.batch.judging import judged
from assistant.batch.listing import Listing
from assistant.batch.manifest import Manifest, changed
from assistant.batch.rewriting import Rewriter
from assistant.batch.source import Source, open_source
from assistant.batch.summary import summarise, with_pending
from assistant.batch.target import check_target, kind_of
from assistant.batch.together import Together
from assistant.batch.watching import WatchedModel
from assistant.errors import InputError, JobBusy, StorageError, UsageError
from assistant.files.saving import replacing
from assistant.goals.base import Language
from assistant.goals.batch import BatchSummary, RowResult
from assistant.llm import Model, SharedLoop, open_model
from assistant.llm.batch_file import BatchFileModel
from assistant.llm.closing import ClosingModel
from assistant.settings import Settings

_LOOKED_AT = 200
"""Rows by which the language of the headings is told."""


class Job:
    """One run in its folder, held by one process at a time."""

    def __init__(self, folder: Path) -> None:
        """Take hold of a folder.

        Raises:
            JobBusy: another process works on it.
            StorageError: the folder cannot be made.
        """
        self.folder = folder
        try:
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{str(folder)!r} cannot be made ({error.strerror}).", "Check GOALS_HOME.") from None
        self._lock = FileLock(folder.with_suffix(".lock"), timeout=0, mode=0o600, thread_local=False)
        owner = folder.with_suffix(".pid")
        try:
            self._lock.acquire()
        except Timeout:
            pid = owner.read_text("utf-8").strip() if owner.exists() else "?"
            raise JobBusy(
                f"Another process ({pid}) is at work on this run.", "Wait for it, or choose another output.", pid=pid
            ) from None
        owner.write_text(str(os.getpid()), "utf-8")
        self._journal: Journal | None = None
        self._source: Source | None = None

    def __enter__(self) -> Job:
        """Return the job."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of it."""
        self.close()

    def close(self) -> None:
        """Close the journal and let go of the folder; what is finished stays."""
        if self._journal is not None:
            self._journal.close()
        self._lock.release()

    @property
    def unfinished(self) -> bool:
        """Whether an earlier run in this folder has rows left."""
        if not (self.folder / FILE).exists():
            return False
        with Journal(self.folder) as journal:
            return journal.noted("complete") != "yes"

    def begin(self, source: Source, manifest: Manifest) -> None:
        """Begin anew with a copy of the input; what an earlier run left is dropped.

        Raises:
            StorageError: the folder cannot be written.
            InputError: the input was changed meanwhile.
        """
        try:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            copy = self._copy(source.name)
            shutil.copyfile(source.path, copy)
            copy.chmod(0o600)
        except OSError as error:
            raise StorageError(
                f"The input cannot be copied into {str(self.folder)!r} ({error.strerror}).", "Make room."
            ) from None
        if hashlib.sha256(copy.read_bytes()).hexdigest() != manifest.input_digest:
            raise InputError(f"{source.name!r} was changed while it was being read.", "Start again.", name=source.name)
        self._open(manifest)

    def resume(self, manifest: Manifest) -> None:
        """Go on with the run that is there.

        Raises:
            UsageError: there is none, or it was made of something else; the message says of what.
            StorageError: the journal is damaged.
        """
        if not (self.folder / FILE).exists():
            raise UsageError("There is no run of this output to go on with.", "Begin one, without --resume.")
        with Journal(self.folder) as journal:
            before = journal.manifest
        if differences := changed(before, manifest):
            raise UsageError(
                f"The run cannot be gone on with: {', '.join(differences)} changed since.",
                "Undo the change, or begin anew with --new.",
            )
        self._open(before)

    @property
    def source(self) -> Source:
        """The copy of the input."""
        if self._source is None:
            raise StorageError("The run has not been begun.")
        return self._source

    @property
    def journal(self) -> Journal:
        """The open journal."""
        if self._journal is None:
            raise StorageError("The run has not been begun.")
        return self._journal

    def work(
        self,
        settings: Settings,
        *,
        model: Model | None = None,
        limits: run.Limits,
        told: run.Told = lambda progress: None,
        stop: threading.Event | None = None,
    ) -> run.Progress:
        """Do all rows that are not finished.

        Args:
            settings: the endpoint and its prices.
            model: a model in place of the configured one.
            limits: what may be taken.
            told: hears of progress.
            stop: ends the run when set.

        Raises:
            StorageError: the journal cannot be written.
        """
        from assistant.service import Assistant

        stop = stop or threading.Event()
        today, drafter = self.journal.manifest.today, self.journal.manifest.drafter
        if drafter == "linter":
            progress, together = run.judge_only(
                self.source.pairs(), self.journal, today=today, limits=limits, rows=self.source.count, told=told,
                stop=stop,
            )  # fmt: skip
        else:
            shared = self._shared(settings, drafter, model, limits.at_once)
            watched = WatchedModel(shared) if shared is not None else None
            rewriter = Rewriter(
                Assistant(settings, model=watched), today=today, llm="offline" if watched is None else None,
                org_goals=self.journal.manifest.org_goals, resources=self.journal.manifest.resources,
            )  # fmt: skip
            together = None
            try:
                progress = run.rewrite_all(
                    self.source.pairs(), self.journal, rewriter, today=today, limits=limits, rows=self.source.count,
                    cost=settings.cost, told=told, stop=stop, release=shared.close if shared else lambda: None,
                )  # fmt: skip
            finally:
                if shared is not None:
                    shared.close()
        self.journal.note("stopped", progress.stopped)
        if not progress.stopped and not progress.left:
            # Failed rows are tried again by --resume: a new run would pay for the others a second time.
            self.journal.note("complete", "" if progress.failed else "yes")
            if together is not None:
                self.journal.note("together", together.kept())
        return progress

    def exchange(
        self, settings: Settings, *, requests: Path | None, answers: Path | None, limits: run.Limits,
        told: run.Told = lambda progress: None, stop: threading.Event | None = None,
    ) -> tuple[run.Progress, int, int]:  # fmt: skip
        """Do the rows that a file answers, and write the questions of the others, for a hosted batch service.

        Args:
            settings: how long answers may be.
            requests: where to write what is still to be asked, None for nowhere.
            answers: what the service gave back, None for nothing yet.
            limits: as in `work`.
            told: as in `work`.
            stop: as in `work`.

        Returns:
            The progress, how many requests were answered, and how many were written.

        Raises:
            UsageError: no model writes in this run.
            InputError: a file cannot be read or written.
            StorageError: the journal cannot be written.
        """
        drafter = self.journal.manifest.drafter
        if drafter in ("linter", "offline"):
            raise UsageError("Requests are for a model, and none is chosen.", "Name one with --llm or GOALS_LLM_MODEL.")
        model = BatchFileModel(drafter, max_tokens=settings.llm_max_tokens, answers=answers)
        progress = self.work(settings, model=model, limits=limits, told=told, stop=stop)
        if requests is not None:
            with replacing(requests) as stream:
                stream.writelines(f"{line}\n".encode() for line in model.requests())
        return progress, model.answered, model.missing

    def results(self) -> Iterator[RowResult]:
        """Yield a result for every row, in order; `pending` where there is none yet."""
        return with_pending(self.journal.results(), self.source.rows())

    def some(self, indexes: Collection[int]) -> dict[int, RowResult]:
        """Return what is known of some rows, by index."""
        return self.journal.some(indexes)

    def listing(self) -> Listing:
        """Return the rows for looking through, as they stand now."""
        return Listing(self.source.rows, self)

    def summary(self) -> BatchSummary:
        """Return what the run amounts to so far."""
        together = self._together()
        return summarise(
            self.results(), findings=tuple(together.findings), more=together.more, balance=together.balance,
            stopped=self.journal.noted("stopped"),
        )  # fmt: skip

    def write(self, target: Path, *, as_diff: bool = False) -> tuple[str, ...]:
        """Write the list with what became of it; the file is there in whole or not at all.

        Args:
            target: `.json` and `.html` give the whole run as JSON and as a report; else the input's own kind.
            as_diff: texts and Word documents show the rewrites as changes.

        Returns:
            What is to be told about the file.

        Raises:
            InputError: the file cannot be written.
            UsageError: the ending is not that of the input's kind.
        """
        check_target(target, self.source)
        columns = JUDGED_COLUMNS if self.journal.manifest.drafter == "linter" else COLUMNS
        with replacing(target) as stream:
            return outputs.write(
                self.source, self.results(), self.summary(), stream, language=self.language(), kind=kind_of(target),
                columns=columns, as_diff=as_diff,
            )  # fmt: skip

    def language(self) -> Language:
        """Return the language of the added headings: the one chosen, else that of most rows."""
        chosen = self.journal.manifest.language
        if chosen != "auto":
            return chosen  # type: ignore[return-value]
        counts = Counter(result.language for result in islice(self.journal.results(), _LOOKED_AT))
        return counts.most_common(1)[0][0] if counts else "en"

    def _open(self, manifest: Manifest) -> None:
        self._journal = Journal(self.folder, manifest)
        self._source = open_source(
            self._copy(manifest.input_name), name=manifest.input_name, columns=dict(manifest.columns),  # type: ignore[arg-type]
            sheet=manifest.sheet,
        )  # fmt: skip

    def _copy(self, name: str) -> Path:
        return self.folder / f"input{Path(name).suffix.lower()[:8]}"

    def _together(self) -> Together:
        if kept := self.journal.noted("together"):
            return Together.of(kept)
        together = Together()
        for part, far in judged(self.source.pairs(), self.journal.manifest.today):
            for row, _, noted in part:
                together.add(row.index, noted, far=far)
        self.journal.note("together", together.kept())
        return together

    @staticmethod
    def _shared(settings: Settings, drafter: str, model: Model | None, at_once: int) -> SharedLoop | None:
        if drafter == "offline":
            return None
        opened = model or open_model(settings, drafter)
        return SharedLoop(ClosingModel(opened), at_once=at_once) if opened is not None else None
