"""One goal of a document before it is judged. Knows nothing about formats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.goals.findings import GoalKind


@dataclass(frozen=True, slots=True)
class Record:
    """A goal as it stands in a document.

    Attributes:
        id: the record's own id, else `NAME:LINE`.
        text: the goal's words.
        kind: kind as given, or None.
        today: the day to judge it by as given, or None.
        line: line of the document on which it starts, from 1.
        start: place of `text` in the document in code points; None where it does not stand there verbatim.
    """

    id: str
    text: str
    kind: GoalKind | None = None
    today: date | None = None
    line: int = 1
    start: int | None = None
