"""A plan as its readers see it: sections of words, lists, tables and pictures, in one language, ready to be laid out.

Every kind of plan becomes an outline, and every format is laid out from an outline alone, so that a new kind needs no
new format and a new format no new kind. Knows nothing about how plans are made or files are written.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from assistant.goals.base import Language, Model

Mark = Literal["stated", "document", "knowledge", "computed", "proposed", "unknown", "stated_tentative",
               "computed_tentative"]  # fmt: skip
"""Where a figure comes from, as the labels name it; `_tentative` where it is used in a role that is a proposal."""

Rhythm = Literal["daily", "weekly", "biweekly", "monthly", "quarterly", "half-yearly", "yearly"]


class Piece(Model):
    """Words, and the mark that follows them; None where they end on no figure that needs one."""

    words: str
    mark: Mark | None = None


class Text(Model):
    """A line of words.

    Attributes:
        pieces: the words in order.
        blank: nobody has said it yet: the words then say what belongs here, and are shown as a blank to fill in.
        field: JSON pointer of the plan's value that this is, where a person may change it; None elsewhere.
    """

    pieces: tuple[Piece, ...]
    blank: bool = False
    field: str | None = None

    @property
    def plain(self) -> str:
        """Return the words without marks."""
        return "".join(piece.words for piece in self.pieces)


def text(words: str, mark: Mark | None = None, *, field: str | None = None) -> Text:
    """Return a line of one piece."""
    return Text(pieces=(Piece(words=words, mark=mark),), field=field)


def blank(words: str, *, field: str | None = None) -> Text:
    """Return a blank with the words that say what belongs into it."""
    return Text(pieces=(Piece(words=words, mark="unknown"),), blank=True, field=field)


class Paragraph(Model):
    """A paragraph; `name` stands in front of it in bold, '' for none."""

    block: Literal["paragraph"] = "paragraph"
    name: str = ""
    text: Text


class Listing(Model):
    """A list of lines; `name` stands above it, '' for none."""

    block: Literal["list"] = "list"
    name: str = ""
    items: tuple[Text, ...]
    numbered: bool = False


class Table(Model):
    """A table.

    Attributes:
        key: stable name within the plan, such as `tasks`; names a sheet of the workbook.
        name: caption, '' where the section's title says it.
        headings: one a column.
        rows: cells of each row, as many as headings.
        widths: how wide the columns are beside each other; empty for all alike.
        names_first: the first column names its row.
        marks: one a column: the mark of all its cells, shown once at its heading; empty for none.
    """

    block: Literal["table"] = "table"
    key: str
    name: str = ""
    headings: tuple[str, ...] = Field(min_length=1)
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...] = ()
    names_first: bool = False
    marks: tuple[Mark | None, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Table:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("a row has not as many cells as there are headings")
        if self.widths and len(self.widths) != len(self.headings):
            raise ValueError("there are not as many widths as headings")
        if self.marks and len(self.marks) != len(self.headings):
            raise ValueError("there are not as many marks as headings")
        return self


class Branch(Model):
    """A node of a tree: its words, a smaller second line or '', and what hangs below it."""

    words: str
    note: str = ""
    mark: Mark | None = None
    branches: tuple[Branch, ...] = ()


class Tree(Model):
    """A picture: an OKR tree or a decomposition from company to person."""

    block: Literal["tree"] = "tree"
    key: str
    name: str
    roots: tuple[Branch, ...] = Field(min_length=1)


class Bar(Model):
    """A line of a Gantt chart: from `start` to `end`, both inclusive; a milestone where they are the same day."""

    words: str
    start: date
    end: date
    lane: str = ""
    proposed: bool = False

    @model_validator(mode="after")
    def _forward(self) -> Bar:
        if self.end < self.start:
            raise ValueError("a bar ends before it starts")
        return self


class Gantt(Model):
    """A picture: what is done when, within a window."""

    block: Literal["gantt"] = "gantt"
    key: str
    name: str
    start: date
    end: date
    bars: tuple[Bar, ...] = Field(min_length=1)


class Weight(Model):
    """A part of a whole and its weight in percent; None where it is not set."""

    words: str
    percent: Decimal | None
    mark: Mark | None = None


class Weights(Model):
    """A picture: how weights share a whole; `whole` is False where each is a share of the first, as in a funnel."""

    block: Literal["weights"] = "weights"
    key: str
    name: str
    parts: tuple[Weight, ...] = Field(min_length=1)
    whole: bool = True


class Duty(Model):
    """What a task asks of each person: R, A, C, I, two of them as in `R/A`, or ''."""

    task: str
    codes: tuple[str, ...]


class Raci(Model):
    """A picture: who does, answers for, is asked about and is told of each task."""

    block: Literal["raci"] = "raci"
    key: str
    name: str
    people: tuple[str, ...] = Field(min_length=1)
    duties: tuple[Duty, ...]

    @model_validator(mode="after")
    def _whole(self) -> Raci:
        if any(len(duty.codes) != len(self.people) for duty in self.duties):
            raise ValueError("a task has not as many codes as there are people")
        return self


class Quadrant(Model):
    """A field of a grid with its lines; `lack` is said where it has none, `mark` is the mark of all its lines."""

    name: str
    mark: Mark | None = None
    lines: tuple[Text, ...] = ()
    lack: str = ""


class Grid(Model):
    """A picture of fields side by side, two in a row: a balance grid, SWOT, a retrospective."""

    block: Literal["grid"] = "grid"
    key: str
    name: str
    quadrants: tuple[Quadrant, ...] = Field(min_length=1)


class Scored(Model):
    """A line of a score sheet that computes: reached share of the way from `floor` to `target`, times the weight.

    Attributes:
        direction: `up` and `down` score the way from the floor to the target; `keep` scores all or nothing.
        floor: value that scores 0, usually the baseline; None leaves an empty cell to fill in.
        target: value that scores 100; None as above.
        weight: percent of the whole; None as above.
        cap: most that a line may score, in percent of its weight.
    """

    name: str
    unit: str
    direction: Literal["up", "down", "keep"]
    floor: Decimal | None
    target: Decimal | None
    weight: Decimal | None
    cap: Decimal = Decimal(100)


class ScoreSheet(Model):
    """A table in which the actual values are filled in and the scores compute; formulas only in a workbook."""

    block: Literal["scores"] = "scores"
    key: str
    name: str
    lines: tuple[Scored, ...] = Field(min_length=1)


class Tracked(Model):
    """A figure that is watched: its planned value on each day of a tracker, None where the plan names none."""

    name: str
    unit: str
    direction: Literal["up", "down", "keep"]
    planned: tuple[Decimal | None, ...]


class Tracker(Model):
    """A table in which actual values are filled in beside the plan, and which raises an alert by itself.

    Attributes:
        days: days on which the figures are read, oldest first.
        lines: figures, each with as many planned values as there are days.
        threshold: share of the plan, in percent, below which a value counts as behind.
        running: how many values behind in a row raise the alert.
    """

    block: Literal["tracker"] = "tracker"
    key: str
    name: str
    days: tuple[date, ...] = Field(min_length=1)
    lines: tuple[Tracked, ...] = Field(min_length=1)
    threshold: Decimal = Decimal(80)
    running: int = 2

    @model_validator(mode="after")
    def _whole(self) -> Tracker:
        if any(len(line.planned) != len(self.days) for line in self.lines):
            raise ValueError("a figure has not as many planned values as there are days")
        return self


Block = Annotated[
    Paragraph | Listing | Table | Tree | Gantt | Weights | Raci | Grid | ScoreSheet | Tracker,
    Field(discriminator="block"),
]


class Section(Model):
    """A part of a plan that stands by itself and can be written anew alone; `key` stays the same in every language."""

    key: str
    title: str
    blocks: tuple[Block, ...]


class Event(Model):
    """A day of the plan for a calendar.

    Attributes:
        key: stable name within the plan, so that a later export moves the event instead of adding to it.
        rhythm: how it repeats, None for once.
        until: last day on which it may repeat; needed with a rhythm.
    """

    key: str
    summary: str
    day: date
    rhythm: Rhythm | None = None
    until: date | None = None
    description: str = ""

    @model_validator(mode="after")
    def _ends(self) -> Event:
        if self.rhythm is not None and self.until is None:
            raise ValueError("an event that repeats needs a last day")
        return self


class Outline(Model):
    """A whole plan, ready to be laid out.

    Attributes:
        kind: key of the kind of plan.
        title: heading of the document.
        status: lines below it: whether it is ready, who wrote it, for which window.
        sections: in reading order.
        events: for the calendar.
        notices: findings and blanks that a reader has to know before using it, most urgent first.
    """

    kind: str
    language: Language
    title: str
    status: tuple[str, ...]
    sections: tuple[Section, ...]
    events: tuple[Event, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return the kinds of marks that occur in texts, each once, in the order in which they occur."""
        found: dict[Mark, None] = {}
        for section in self.sections:
            for block in section.blocks:
                found |= dict.fromkeys(mark for mark in _heads(block) if mark)
                for each in _texts(block):
                    found |= dict.fromkeys(piece.mark for piece in each.pieces if piece.mark)
        return tuple(found)


def _heads(block: Block) -> tuple[Mark | None, ...]:
    match block:
        case Table(marks=marks):
            return marks
        case Grid(quadrants=quadrants):
            return tuple(quadrant.mark for quadrant in quadrants)
        case _:
            return ()


def _texts(block: Block) -> tuple[Text, ...]:
    match block:
        case Paragraph(text=line):
            return (line,)
        case Listing(items=items):
            return items
        case Table(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case Grid(quadrants=quadrants):
            return tuple(line for quadrant in quadrants for line in quadrant.lines)
        case _:
            return ()
