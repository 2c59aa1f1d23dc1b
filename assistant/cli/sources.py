"""Collects what a command is to read: files, folders, a pipe. Knows nothing about what stands in them."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError

_MOST = 60_000_001
"""Bytes that are read of a source: one more than any reader takes, so that an endless one ends."""


@dataclass(frozen=True)
class Source:
    """One thing to read.

    Attributes:
        name: path as given, or as found below a folder that was given; `-` for the pipe.
        raw: its bytes.
        named: False where it was found in a folder.
    """

    name: str
    raw: bytes
    named: bool = True

    @property
    def folder(self) -> Path:
        """The folder it stands in; for the pipe the current one."""
        return Path() if self.name == "-" else Path(self.name).parent


def gather(paths: Iterable[str], endings: Collection[str]) -> tuple[list[Source], list[str]]:
    """Return the sources behind the paths, each file once, and what in folders cannot be read.

    Args:
        paths: files, folders, and `-` for the pipe.
        endings: endings of the files to take from folders, such as `.md`; hidden files and folders are left out.

    Raises:
        InputError: a path that was named cannot be read; all of these are told at once.
    """
    found: dict[str, Source] = {}
    faults: list[str] = []
    unread: list[str] = []
    for path in paths:
        closed: list[str] = []
        names = list(_below(path, endings, closed)) if path != "-" and Path(path).is_dir() else [path]
        unread += closed
        if not names and not closed:
            faults.append(f"{path!r} holds no file that can be read ({', '.join(sorted(endings))})")
        for name in names:
            try:
                raw = _bytes(name)
            except OSError as error:
                (faults if name == path else unread).append(_unreadable(name, error))
                continue
            found.setdefault(os.path.realpath(name), Source(name, raw, name == path))
    if faults:
        raise InputError(f"{'; '.join(faults)}.", "Check the path.")
    return list(found.values()), unread


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(_MOST)
    with Path(name).open("rb") as stream:
        return stream.read(_MOST)


def _unreadable(name: str, error: OSError) -> str:
    return f"{name!r} cannot be read ({error.strerror})"


def _waits(parent: str, name: str) -> bool:
    """Tell whether a file is a pipe, socket or device, which may never give anything."""
    try:
        return not stat.S_ISREG(Path(parent, name).stat().st_mode)
    except OSError:
        return False


def _below(folder: str, endings: Collection[str], closed: list[str]) -> Iterator[str]:
    """Yield the files below a folder; folders that cannot be entered are told in `closed`."""

    def tell(error: OSError) -> None:
        closed.append(_unreadable(str(error.filename), error))

    for parent, folders, files in os.walk(folder, onerror=tell):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in endings and not _waits(parent, name):
                yield str(Path(parent, name))
