"""Keeps an index on disk: written whole into a new folder, switched at once, checked byte for byte before use.

Knows nothing about what the files mean.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

MANIFEST = "manifest.json"
_BUILDING = "building-"
_OPEN = "open-"


def is_whole(folder: Path, fingerprint: str) -> bool:
    """Return whether the folder holds exactly the files that were written for this fingerprint."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        return bool(manifest["fingerprint"] == fingerprint and manifest["files"] == _digests(folder))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


@contextmanager
def new_folder(root: Path, fingerprint: str) -> Iterator[Path]:
    """Give an empty folder to fill; on leaving, sign it, flush it to disk and put it in place in one step.

    When the block raises, nothing is put in place and the folder is removed. Call it only under `writer`.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=root))
    try:
        yield building
        manifest = {"fingerprint": fingerprint, "files": _digests(building)}
        (building / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
        for path in [*building.rglob("*"), building]:
            _flush(path)
        target = root / fingerprint
        if target.exists():
            target.rename(root / f"{building.name}-replaced")
        building.rename(target)
        _flush(root)
    finally:
        shutil.rmtree(building, ignore_errors=True)
        shutil.rmtree(root / f"{building.name}-replaced", ignore_errors=True)


def _flush(path: Path) -> None:
    if os.name != "posix" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def writer(root: Path, seconds: float) -> Iterator[None]:
    """Hold the right to write below `root`, alone among all processes.

    Raises:
        OSError: another process has held it for all these seconds, or the lock cannot be written.
    """
    lock = FileLock(root / "write.lock", timeout=seconds, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise OSError(f"another process has been building the index for {seconds:.0f} seconds") from error
    try:
        yield
    finally:
        lock.release()


def sweep(root: Path, keep: str) -> None:
    """Remove indexes of other fingerprints and what dead processes left. Call it only under `writer`."""
    for path in root.iterdir():
        if path.name in (keep, "write.lock"):
            continue
        if path.name.startswith(_OPEN):
            _remove_if_dead(path.with_suffix(""))
        elif path.is_dir():
            # The one writer is this process, so every unfinished folder belongs to a dead one.
            shutil.rmtree(path, ignore_errors=True)


def _remove_if_dead(copy: Path) -> None:
    lock_file = copy.with_suffix(".lock")
    lock = FileLock(lock_file, timeout=0, mode=0o600)
    with suppress(Timeout, OSError), lock:
        shutil.rmtree(copy, ignore_errors=True)
        lock_file.unlink(missing_ok=True)


class PrivateCopy:
    """A copy of a folder for this process alone, removed when it is closed or, after a kill, by the next sweep."""

    def __init__(self, root: Path, source: Path) -> None:
        """Copy `source` below `root`.

        Raises:
            OSError: it cannot be copied.
        """
        descriptor, name = tempfile.mkstemp(prefix=_OPEN, suffix=".lock", dir=root)
        os.close(descriptor)
        self._lock_file = Path(name)
        self._lock = FileLock(self._lock_file, timeout=0, mode=0o600, thread_local=False)
        self.path = self._lock_file.with_suffix("")
        try:
            self._lock.acquire()
            shutil.copytree(source, self.path)
            self.path.chmod(0o700)
        except (OSError, Timeout) as error:
            self.close()
            raise OSError(f"the index cannot be copied ({error})") from error

    def close(self) -> None:
        """Remove the copy."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.release()
        self._lock_file.unlink(missing_ok=True)
