"""What was understood of an aim: slots filled from the person's own words, gaps, conflicts, questions.

Knows nothing about how slots are found or goals are written.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.goals.base import Language, Model
from assistant.goals.facts import Facts

Slot = Literal["outcome", "metric", "baseline", "target", "deadline", "owner", "org_goal", "resources"]
SourceKey = str
"""Where a text came from: `aim`, `team`, `org_goal:1`, `improve:1`, `resource:1`, `context:1`, `followup:1`, `edit:1`
or `document:ID`; follow-ups and edited fields are counted together."""


class Stated(Model):
    """A slot's value in the person's words.

    Attributes:
        text: the words, verbatim: `source.text[start:end]`.
        source: key of the text they stand in.
        value: decimal string or ISO date where the slot has one.
        unit: unit as in `Quantity`.
        metric_id: catalogue id that the value belongs to, where known.
        is_change: True for a target given as a difference (提升 15%) rather than a level.
        formula: how the value was worked out from the words and an earlier value; None where they say it themselves.
        shown: how a value that was worked out is written; None for `text`.
        tentative: True for a value that was worked out from one that we propose.
    """

    slot: Slot
    text: str
    source: SourceKey
    start: int
    end: int
    value: str | None = None
    unit: str | None = None
    metric_id: str | None = None
    is_change: bool = False
    formula: str | None = None
    shown: str | None = None
    tentative: bool = False


class SetAside(Model):
    """A stretch of a source that binds nothing: a later word replaced it, or it speaks of the draft, not of the work.

    Attributes:
        kind: `order` for words addressed to the program that writes; `payload` for a link, an address or markup,
            which no draft repeats; else `replaced`.
        instead: the words that stand in its place when its surroundings are quoted; None where nothing does.
    """

    source: SourceKey
    start: int
    end: int
    instead: Stated | None = None
    kind: Literal["replaced", "order", "payload"] = "replaced"


def blanked(text: str, set_aside: tuple[SetAside, ...]) -> str:
    """Return a text with orders and payloads blanked out, every place as before."""
    for each in set_aside:
        if each.kind != "replaced":
            blank = "\n" if each.kind == "order" else " "
            text = text[: each.start] + blank * (each.end - each.start) + text[each.end :]
    return text


class Source(Model):
    """A text that the person gave, with what was read in it.

    Attributes:
        facts: what was read, without what is set aside.
        set_aside: stretches that no longer count.
    """

    key: SourceKey
    text: str
    facts: Facts
    set_aside: tuple[SetAside, ...] = ()

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a stretch still counts."""
        return not any(start < each.end and each.start < end for each in self.set_aside)

    @property
    def heard(self) -> str:
        """The text with orders and payloads blanked out, every place as before."""
        return blanked(self.text, self.set_aside)

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """Where the text says something between orders, without space at its edges."""
        orders = sorted((each.start, each.end) for each in self.set_aside if each.kind == "order")
        if not orders:
            return ((0, len(self.text)),)
        found, heard = [], self.heard
        starts, ends = [0, *(end for _, end in orders)], [*(start for start, _ in orders), len(heard)]
        for start, end in zip(starts, ends, strict=True):
            words = heard[start:end]
            if any(map(str.isalnum, words)):
                found.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
        return tuple(found)


class ConflictValue(Model):
    """One of the contradicting statements, verbatim, with its source."""

    text: str
    source: SourceKey


class Conflict(Model):
    """Two statements that cannot both hold; never settled silently."""

    slot: Slot
    values: tuple[ConflictValue, ...]
    message: str


class Question(Model):
    """A question worth asking, with the reason it is asked first."""

    slot: Slot
    text: str
    why: str
    options: tuple[str, ...] = ()
    metric_id: str | None = None


class Outcome(Model):
    """One wish that the aim names, with the figures that belong to it.

    Attributes:
        text: the clause in the person's words.
        metric_id: catalogue entry that measures it, or None for an aim outside the catalogue.
        metric_name: the metric as the person named it, else the catalogue's name, else ''.
        metric_stated: True where the person named the metric.
        direction: which way it should move, where told.
        owner: who answers for this wish alone, where told.
        step: steps towards more (1) or less (-1) ambition than usual, for proposed values.
        key_results: number of key results asked for; None for the usual ones.
        beside: figures of key results beside the wish's own, by slot and `metric_id`.
        without: metrics that shall be no key results.
    """

    text: str
    source: SourceKey
    start: int
    end: int
    metric_id: str | None = None
    metric_name: str = ""
    metric_stated: bool = False
    direction: Literal["up", "down", "keep"] | None = None
    baseline: Stated | None = None
    target: Stated | None = None
    deadline: Stated | None = None
    owner: Stated | None = None
    step: int = 0
    key_results: int | None = None
    beside: tuple[Stated, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells this wish from the others of its request: its metric, else its place."""
        return self.metric_id or f"{self.source}@{self.start}"


class Brief(Model):
    """Everything that drafting may use, and what it still misses.

    Attributes:
        further: goals beyond the wishes that an earlier draft already has, in order.
        dropped: keys of wishes and ids of metrics that shall not become goals.
    """

    language: Language
    sources: tuple[Source, ...]
    outcomes: tuple[Outcome, ...]
    stated: tuple[Stated, ...]
    missing: tuple[Slot, ...]
    conflicts: tuple[Conflict, ...]
    functions: tuple[str, ...] = Field(default=(), description="catalogue functions, likeliest first")
    further: tuple[Outcome, ...] = ()
    dropped: tuple[str, ...] = ()
