"""A value of a plan: its words, where they come from, and the figures in them. Knows nothing about what is planned.

Everything that a reader of a plan sees and that is no fixed word (a title, a heading) is such a value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.goals.base import Model
from assistant.goals.draft import Evidence, Number, Origin


class SaidFigure(Model):
    """A figure or date inside a value's words.

    Attributes:
        text: as written: `said.text[start:end]`.
        start, end: place in the words, code points, end exclusive.
        tentative: a stated figure in a role that we propose, or a computed one that rests on a proposal.
    """

    text: str
    value: str | None
    unit: str | None
    start: int
    end: int
    origin: Origin
    tentative: bool = False
    evidence: Evidence

    def number(self, field: str) -> Number:
        """Return the figure as an entry of `Plan.numbers`, for the JSON pointer of its value."""
        return Number(
            text=self.text, value=self.value, unit=self.unit, field=field, start=self.start, end=self.end,
            origin=self.origin, tentative=self.tentative, evidence=self.evidence,
        )  # fmt: skip


class Said(Model):
    """Words with their origin; a blank where nobody knows yet.

    Attributes:
        text: the words; '' for a blank.
        origin: where the words as a whole come from; `unknown` for a blank.
        evidence: what they rest on; for a proposal its formula holds the reason, for a blank how it is found out.
        figures: every figure and date in the words, in order.
        question: key of the question in `Plan.questions` that fills a blank; '' where none is asked.
        repeats: JSON pointer of the goals' text that these words repeat, such as `/goals/0/title` in the draft; '' for
            words of the plan's own. Changing one means changing the goal.
    """

    text: str
    origin: Origin
    evidence: Evidence
    figures: tuple[SaidFigure, ...] = ()
    question: str = ""
    repeats: str = ""

    @property
    def blank(self) -> bool:
        """Whether nobody has said it yet."""
        return not self.text

    def __bool__(self) -> bool:
        """Whether there are words."""
        return bool(self.text)


class Day(Said):
    """A day as written in ISO form; `day` is None for a blank."""

    day: date | None = None


class Amount(Said):
    """A quantity as written.

    Attributes:
        value: the number alone; None for a blank or for words that are no single number.
        unit: as in `Quantity`: `%`, `pp`, an ISO currency or a measure word; '' where none.
    """

    value: Decimal | None = None
    unit: str = ""
