"""Reads goals from long plain texts window by window, so that memory stays flat.

A window ends where a goal of its own begins. A list reads as it does whole; what one end of a long text says about the
other (a list far below that makes lines far above remarks) is not known here. Knows nothing about files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.lint.documents.labels import label_of
from assistant.lint.documents.record import Record
from assistant.lint.documents.text import read_with_unread
from assistant.lint.documents.wording import fragment, goes_on
from assistant.lint.plain import plain

WINDOW = 2_000
"""Lines after which a window ends as soon as it can."""
_LONGEST = 4
"""How many times longer it gets where no place to end is found."""


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a text: its goals, and lines beside them that may be meant as such and are not."""

    records: tuple[Record, ...]
    unread: tuple[int, ...]


def windows(lines: Iterable[str], name: str, size: int = WINDOW) -> Iterator[Window]:
    """Yield the windows of a text.

    Args:
        lines: its lines with their line ends.
        name: the file's name.
        size: lines of a window.
    """
    waiting: list[str] = []
    first, start, title = 1, 0, ""
    for line in lines:
        if len(waiting) >= size and (_begins(waiting[-1], line) or len(waiting) >= _LONGEST * size):
            window, title = _read(waiting, name, first, start, title)
            yield window
            first += len(waiting)
            start += sum(map(len, waiting))
            waiting = []
        waiting.append(line)
    if waiting:
        yield _read(waiting, name, first, start, title)[0]


def _begins(above: str, line: str) -> bool:
    """Tell whether a goal of its own begins with a line."""
    if not line.strip() or line[0] in " \t\u3000>|":
        return False
    view = plain(line)
    label = label_of(view, 0)
    if label is not None and label.under:
        return False
    return not above.strip() or not (fragment(view) or goes_on(plain(above), view))


def _read(lines: list[str], name: str, first: int, start: int, title: str) -> tuple[Window, str]:
    found, unread, _ = read_with_unread("".join(lines), name)
    records = []
    inherited = title
    for record in found:
        inherited = "" if record.title else inherited
        title = record.title or title
        line = record.line + first - 1
        records.append(
            replace(
                record,
                id=f"{name}:{line}" if record.id == f"{name}:{record.line}" else record.id,
                line=line,
                start=None if record.start is None else record.start + start,
                title=record.title or inherited,
            )
        )
    return Window(tuple(records), tuple(number + first - 1 for number in unread)), title
