"""Has the text of a PDF taken out by a process of its own, and stops it when it takes too long.

Knows nothing about the PDF format itself: that is the child's part.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple

from assistant.errors import InputError

STARTING = 15.0
"""Seconds in which the child has to be ready; what the file holds has no part in them."""
PATIENCE = 1.3
"""Seconds for a file, beyond those that its text earns."""
EARNED = 10_000
"""Characters that earn one more second: a long document may take its time, a hostile one brings no text."""
AT_MOST = 20.0
_CHILD = Path(__file__).with_name("pdf_child.py")
_KEPT = ("PATH", "PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_REFUSALS = {
    "encrypted": ("is protected by a password", "Save it without a password."),
    "damaged": ("is damaged or was not fully downloaded", "Fetch it again, or print it to a new PDF."),
    "memory": ("needs more memory than any document of text", "Print it to a new PDF, or copy its text into a file."),
    "time": ("takes too long to read", "Print it to a new PDF, or copy its text into a file."),
    "long": ("has more than 2,000,000 characters", "Split it."),
}


class Page(NamedTuple):
    """A page: its number from 1, the text it shows, and the text it holds without showing it."""

    number: int
    text: str
    unseen: str


class Pdf(NamedTuple):
    """The title in the properties, and all pages."""

    title: str
    pages: list[Page]


def pdf_pages(raw: bytes, name: str) -> Pdf:
    """Return the pages of a PDF.

    Raises:
        InputError: it is protected, damaged, also a ZIP archive, or needs more time or memory than a document does.
    """
    if b"PK\x05\x06" in raw[-66_000:] and zipfile.is_zipfile(BytesIO(raw)):
        raise InputError(f"{name!r} is a PDF and a ZIP archive at once.", "Print it to a new PDF.", name=name)
    title, pages = "", []
    for line in _said(raw, name):
        if "refused" in line:
            raise _refused(str(line["refused"]), name)
        title = line.get("title", title)
        if "page" in line:
            pages.append(Page(line["page"], line["text"], line["unseen"]))
    return Pdf(title, pages)


def _refused(why: str, name: str) -> InputError:
    what, cure = _REFUSALS.get(why, _REFUSALS["damaged"])
    return InputError(f"{name!r} {what}.", cure, name=name)


def _said(raw: bytes, name: str) -> Iterator[dict[str, Any]]:
    """Yield what the child says, until it is done; it is killed whatever happens."""
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
    command = [sys.executable, "-P", "-X", "utf8", str(_CHILD)]
    child = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    try:
        if child.stdin is None or child.stdout is None:
            raise _refused("damaged", name)
        lines: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=_feed, args=(child.stdin, raw), daemon=True).start()
        reading = threading.Thread(target=_collect, args=(child.stdout, lines), daemon=True)
        reading.start()
        yield from _in_time(lines, name)
    finally:
        child.kill()
        child.wait()
        if child.stdout is not None:
            reading.join(5)
            child.stdout.close()


def _in_time(lines: queue.Queue[bytes], name: str) -> Iterator[dict[str, Any]]:
    began, ready, characters = time.monotonic(), 0.0, 0
    while True:
        until = ready + min(PATIENCE + characters / EARNED, AT_MOST) if ready else began + STARTING
        try:
            raw_line = lines.get(timeout=max(until - time.monotonic(), 0.001))
        except queue.Empty:
            raise _refused("time", name) from None
        line = _parsed(raw_line)
        if line is None:
            # The child ended without a word: the system stopped it for its memory or time, or it could not start.
            raise _refused("memory" if ready else "damaged", name)
        if "ready" in line:
            ready = time.monotonic()
        characters += len(line.get("text", ""))
        yield line
        if "done" in line:
            return


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _feed(stream: IO[bytes], raw: bytes) -> None:
    with suppress(OSError, ValueError):
        stream.write(raw)
    with suppress(OSError, ValueError):
        stream.close()


def _collect(stream: IO[bytes], lines: queue.Queue[bytes]) -> None:
    with suppress(OSError, ValueError):
        for line in stream:
            lines.put(line)
    lines.put(b"")
