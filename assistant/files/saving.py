"""Writes a file so that it is there in whole or not at all. Knows nothing about what it holds."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from assistant.errors import InputError


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Replace the file's bytes; an existing file keeps its mode, a link keeps pointing where it did.

    Raises:
        InputError: the folder or file cannot be written.
    """
    with replacing(path) as stream:
        stream.write(data)


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Give a stream whose bytes take the file's place at the end, as `write_atomically` does; not after an error.

    Raises:
        InputError: the folder or file cannot be written.
    """
    import tempfile

    target = Path(path).resolve()
    part = ""
    try:
        handle, part = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(part).chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        Path(part).replace(target)
        _settle(target.parent)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(f"{str(path)!r} cannot be written ({why}).", "Check its rights and the space left.") from None
    finally:
        if part:
            Path(part).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _settle(folder: Path) -> None:
    """Make the renaming itself last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
