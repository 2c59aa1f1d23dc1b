"""Writes run folders: the manifest first, then a line for each sample as it is finished, the results at the end.

Knows nothing about suites. What a kill leaves behind is a whole run up to a cut last line, which resuming takes away.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from assistant.errors import StorageError, UsageError
from assistant.evaluation import folder as folders
from assistant.evaluation.samples import Manifest, Sample

MANIFEST, SAMPLES, LOCK = "manifest.json", "samples.jsonl", ".lock"
SUMMARY, VERDICT, REPORT, JUNIT, MARKDOWN = "summary.json", "verdict.json", "report.html", "junit.xml", "summary.md"


class RunStore:
    """One run folder, open for writing by one process."""

    def __init__(self, path: Path) -> None:
        """Take the folder; nothing is written yet."""
        self.path = path
        self._lock = FileLock(path / LOCK, timeout=0)

    def __enter__(self) -> RunStore:
        """Create and lock the folder.

        Raises:
            StorageError: the folder cannot be written.
            UsageError: another process is writing this run.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.acquire()
        except Timeout:
            raise UsageError(
                f"The run {str(self.path)!r} is being written by another process.", "Wait for it."
            ) from None
        except OSError as error:
            raise StorageError(
                f"The run folder {str(self.path)!r} cannot be written ({error.strerror}).", "Choose another with --out."
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close and unlock."""
        self.close()
        self._lock.release()

    def begin(self, manifest: Manifest) -> Manifest:
        """Write the manifest of a new run, or check it against the one that is resumed, which is returned.

        Raises:
            UsageError: the folder holds a run of other cases, prompts, models or parameters.
        """
        file = self.path / MANIFEST
        if file.exists():
            known = folders.read_manifest(self.path)
            if known.digest != manifest.digest:
                raise UsageError(
                    f"The run {known.id!r} was made of something else: {', '.join(_differences(known, manifest))}.",
                    "Start a new run, or take the same options, prompts, cases and code as before.",
                )
            manifest = known
        else:
            write_whole(file, manifest.model_dump_json(indent=1) + "\n")
        _mend(self.path / SAMPLES)
        return manifest

    def finished(self) -> dict[str, Sample]:
        """Return the samples that are there, by key; those without an answer are left out, to be run again."""
        if not (self.path / SAMPLES).exists():
            return {}
        return {each.key: each for each in folders.read_samples(self.path) if each.status == "scored"}

    def samples(self) -> Iterator[Sample]:
        """Yield the samples that are there."""
        if (self.path / SAMPLES).exists():
            yield from folders.read_samples(self.path)

    def append(self, sample: Sample) -> None:
        """Add a finished sample; it is out of this process when the call returns.

        Raises:
            StorageError: the line cannot be written, as on a full disk.
        """
        line = sample.model_dump_json(exclude_defaults=True).encode("utf-8", "replace") + b"\n"
        try:
            with (self.path / SAMPLES).open("ab", buffering=0) as out:
                start = out.tell()
                if out.write(line) != len(line):
                    out.truncate(start)
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise StorageError(
                f"A sample cannot be written to {str(self.path / SAMPLES)!r} ({error.strerror}).",
                "Make room, then go on with --resume.",
            ) from error

    def close(self) -> None:
        """Make sure that what was written reaches the disk."""
        file = self.path / SAMPLES
        if file.exists():
            with file.open("rb") as handle:
                os.fsync(handle.fileno())


def write_whole(file: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}.tmp")
    try:
        with beside.open("w", encoding="utf-8", errors="replace") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StorageError(
            f"{str(file)!r} cannot be written ({error.strerror}).", "Make room or choose --out."
        ) from error


def new_id(label: str) -> str:
    """Return the name of a new run: UTC time, what it is about, four random digits."""
    short = re.sub(r"[^A-Za-z0-9.]+", "-", label).strip("-")[:40] or "run"
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{short}-{secrets.token_hex(2)}"


def _mend(file: Path) -> None:
    """Take away a last line that was cut by a kill."""
    if not file.exists():
        return
    with file.open("rb+") as handle:
        size = handle.seek(0, os.SEEK_END)
        at = size
        while at:
            step = min(65_536, at)
            handle.seek(at - step)
            piece = handle.read(step)
            end = piece.rfind(b"\n")
            if end >= 0:
                at = at - step + end + 1
                break
            at -= step
        if at != size:
            handle.truncate(at)


def _differences(known: Manifest, wanted: Manifest) -> list[str]:
    """Return in words what differs between two manifests."""
    parts = []
    if known.suites != wanted.suites:
        parts.append("the cases or checks")
    if [v.model_dump(exclude={"recording"}) for v in known.variants] != [
        v.model_dump(exclude={"recording"}) for v in wanted.variants
    ]:
        parts.append("the variants or prompts")
    if known.parameters != wanted.parameters:
        parts.append("the parameters")
    if (known.epochs, known.seed) != (wanted.epochs, wanted.seed):
        parts.append("epochs or seed")
    if known.knowledge != wanted.knowledge:
        parts.append("the knowledge")
    if known.code != wanted.code:
        parts.append("the code")
    return parts or ["the chosen cases"]
