"""The words and small reckonings that every layout of a plan shares. Knows nothing about file formats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from assistant.goals import Language
from assistant.goals.outline import Gantt, Mark, Outline, Table, Text, Tracker
from assistant.render.draft_markdown import words
from assistant.render.legible import legible


class Words:
    """The labels of a language, as a plan needs them."""

    def __init__(self, language: Language) -> None:
        """Load the labels of a language."""
        label = words(language)
        self.colon: str = label["colon"]
        self.open: str = label["open"]
        self.close: str = label["close"]
        self._tags: dict[str, str] = label["tags"]
        self._origins: dict[str, str] = label["origins"]
        self._plan: dict[str, Any] = label["plan"]

    def __getitem__(self, key: str) -> str:
        """Return a label of the plan's own."""
        return str(self._plan[key])

    def tag(self, mark: Mark | None) -> str:
        """Return the tag that follows a figure, '' without a mark."""
        return self._tags[mark] if mark else ""

    def legend(self, outline: Outline) -> str:
        """Return what the tags of a plan mean, '' where it has none."""
        return " · ".join(f"{self._tags[mark].strip()} {self._origins[mark]}" for mark in outline.marks)


def pieces(line: Text, said: Words) -> list[tuple[str, str]]:
    """Return the words of a line with the tag behind each piece."""
    return [(legible(piece.words), said.tag(piece.mark)) for piece in line.pieces]


def heads(table: Table, said: Words) -> tuple[str, ...]:
    """Return the headings of a table, each with the tag that holds for its column."""
    marks = table.marks or (None,) * len(table.headings)
    return tuple(head + said.tag(mark) for head, mark in zip(table.headings, marks, strict=True))


def percent(value: Decimal | None, said: Words) -> str:
    """Return a weight as shown."""
    return said["unset"] if value is None else f"{plain(value)}%"


def plain(value: Decimal) -> str:
    """Return a number without trailing zeros or an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def alert_rule(tracker: Tracker, said: Words, key: str = "alert_rule") -> str:
    """Return when a tracker raises its alert, in the words of a label."""
    return said[key].replace("{threshold}", plain(tracker.threshold)).replace("{running}", str(tracker.running))


def number(value: Decimal | None) -> str:
    """Return a value of a table, a dash where there is none."""
    return plain(value) if value is not None else "–"


def shown_days(tracker: Tracker, most: int) -> range:
    """Return the places of at most `most` days of a tracker, evenly apart, the last one among them."""
    step = max(1, -(-len(tracker.days) // most))
    return range(len(tracker.days) - 1, -1, -step)[::-1]


def weeks(chart: Gantt) -> Iterator[date]:
    """Yield the Mondays from the one on or before the chart's start to the last before its end."""
    day = chart.start - timedelta(days=chart.start.weekday())
    while day <= chart.end:
        yield day
        day += timedelta(days=7)


def steps(chart: Gantt, most: int) -> list[tuple[date, date]]:
    """Return a chart's window cut into at most `most` spans of whole weeks, first and last day of each inclusive."""
    starts = list(weeks(chart))
    width = -(-len(starts) // most)
    firsts = starts[::width]
    return [(first, first + timedelta(days=7 * width - 1)) for first in firsts]
