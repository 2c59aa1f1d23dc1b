"""What reading a text yields: quantities, times, metrics and their relations, each with its place.

Every `start` and `end` counts code points of the text that was read, end exclusive. Knows nothing about how the text
is read or judged.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from assistant.goals.base import Model, TextLanguage

Bound = Literal["ge", "le", "eq", "approx"]
QuantityRole = Literal["baseline", "target", "change", "window", "other"]
TimeKind = Literal["deadline", "window", "recurrence", "service", "past"]
TimeCertainty = Literal["exact", "inferred", "ambiguous", "impossible", "open"]
Direction = Literal["up", "down", "keep"]
HedgeKind = Literal["quantifier", "escape", "deadline", "verb", "unverifiable", "assumption", "owner"]


class Span(Model):
    """A place in a text; the text there is `text[start:end]`."""

    start: int
    end: int


class Quantity(Span):
    """A number with its unit.

    Attributes:
        value: decimal string; a range is `"18..20"`, a ratio `"1:3"`.
        unit: `%`, `pp`, `x`, an ISO currency, `ms s min h day workday week month year`, else the measure word, or ''.
        bound: how the number binds: at least, at most, exactly, about.
        role: what the number does in its sentence.
    """

    value: str
    unit: str
    bound: Bound
    role: QuantityRole


class Time(Span):
    """A point, period or rhythm.

    Attributes:
        kind: `deadline` and `window` bind a goal; `recurrence` and `service` do not; `past` lies before `today` by
            nature (上季度, last year) and serves as a reference period.
        resolved: first and last day, either may be None; both None for recurrence and service.
        iso: `R/P1M` for recurrence, `PT24H` for service, else None.
        assumption: how an incomplete date was completed ("2027, the next June"), else None.
        certainty: `exact` as written; `inferred` where the year or the like was completed; `ambiguous` where two
            readings are fair (03/04/2027, a fiscal year); `impossible` where no such date exists (30 February, Q5) or a
            period ends before it starts;
            `open` where it hangs on an event that the text does not date (within 3 months of launch).
    """

    kind: TimeKind
    resolved: tuple[date | None, date | None]
    iso: str | None = None
    assumption: str | None = None
    certainty: TimeCertainty = "exact"


class MetricMention(Span):
    """A named measure. `head` is the noun that decides polarity (处理率 in 投诉处理率)."""

    name: str
    head: str = ""
    polarity: Direction | None = None


class OwnerMention(Span):
    """A person, role or unit that answers for something; `vague` for 相关部门 and the like."""

    name: str
    vague: bool = False


class Action(Span):
    """A verb that changes or does something; `direction` where the verb has one (提升 up, 降低 down)."""

    verb: str
    direction: Direction | None = None


class Hedge(Span):
    """A word that weakens: degree words, escape clauses, soft deadlines, unverifiable sources, assumptions."""

    kind: HedgeKind


class Placeholder(Span):
    """A blank that somebody forgot to fill: X%, TBD, [数值], 负责人A."""


class Change(Model):
    """A from→to pair, with the change the text itself states (`stated`), all as indexes into `Facts.quantities`.

    Attributes:
        frm: index of the starting value, or None where only the change is stated.
        to: index of the value to reach, or None.
        stated: index of the stated difference, or None.
        direction: the direction that the verb, or else the metric, asks for; None where nothing tells.
        metric: index into `Facts.metrics`, or None.
        relative_to_level: True for 减少至当前水平的50%, where `to` is a factor of the present level.
    """

    frm: int | None = None
    to: int | None = None
    stated: int | None = None
    direction: Direction | None = None
    metric: int | None = None
    relative_to_level: bool = False


class Facts(Model):
    """Everything read from one text, in order of place."""

    text: str
    language: TextLanguage
    today: date
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    metrics: tuple[MetricMention, ...] = ()
    owners: tuple[OwnerMention, ...] = ()
    actions: tuple[Action, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    changes: tuple[Change, ...] = ()
