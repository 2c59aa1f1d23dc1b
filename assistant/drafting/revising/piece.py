"""One clause of an instruction with what is read in it. Knows nothing about what it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.drafting.clauses import Clause
from assistant.drafting.revising import pointing
from assistant.drafting.revising.lexicon import Place, load
from assistant.drafting.revising.standing import Standing
from assistant.goals import Facts, Language, Quantity, Time

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[a-z][a-z'-]*|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an instruction.

    Attributes:
        typed: the whole instruction as typed.
        folded: the same, folded for comparison.
        facts: what the language reads in it.
        start, end: the stretch.
        standing: the draft that is spoken of.
        pointed: the goal or key result that the stretch points at.
        key: key of the instruction among the sources.
        present: the language of the draft.
        spoken: the language of the request.
    """

    typed: str
    folded: str
    facts: Facts
    start: int
    end: int
    standing: tuple[Standing, ...]
    pointed: pointing.Pointed
    key: str
    present: Language
    spoken: Language

    @classmethod
    def of(
        cls, typed: str, folded: str, facts: Facts, part: Clause, standing: tuple[Standing, ...], key: str,
        present: Language, spoken: Language,
    ) -> Piece:  # fmt: skip
        """Return the piece for a clause."""
        pointed = pointing.find(typed, folded, part.start, part.end, standing)
        return cls(typed, folded, facts, part.start, part.end, standing, pointed, key, present, spoken)

    def narrowed(self, start: int, end: int) -> Piece:
        """Return a part of this piece."""
        pointed = pointing.find(self.typed, self.folded, start, end, self.standing)
        return replace(self, start=start, end=end, pointed=pointed)

    def places(self, group: str) -> list[Place]:
        """Return where words of a lexicon group stand, outside the words that point at a goal."""
        found = load().places(group, self.folded, self.start, self.end)
        return [place for place in found if not _overlaps(place, self.pointed.spans)]

    def has(self, group: str) -> bool:
        """Tell whether a word of a lexicon group stands here, outside the words that point at a goal."""
        return bool(self.places(group))

    @property
    def quantities(self) -> list[Quantity]:
        """The quantities of this stretch, those that only number a goal left out."""
        return [
            each
            for each in self.facts.quantities
            if self.start <= each.start < self.end and not _overlaps((each.start, each.end), self.pointed.spans)
        ]

    @property
    def times(self) -> list[Time]:
        """The days and periods of this stretch."""
        return [
            each
            for each in self.facts.times
            if self.start <= each.start < self.end
            and each.kind in {"deadline", "window", "past"}
            and (any(each.resolved) or each.certainty == "impossible")
        ]

    @property
    def meant(self) -> tuple[int | None, int | None]:
        """Index of the goal and of the key result that are pointed at; None for a goal's own result.

        A number is taken as it was said, also where there is no such goal.
        """
        at = self.pointed
        if at.measure is not None and at.goal is None and at.key_result is None:
            return at.measure[0], at.measure[1] or None
        goal = at.goal
        if goal is not None:
            goal = len(self.standing) - 1 if goal == pointing.LAST else goal - 1
        result = at.key_result
        if result is not None:
            within = self.standing[goal or 0] if (goal or 0) < len(self.standing) else None
            count = len(within.goal.key_results) if within else 0
            result = (count - 1 if result == pointing.LAST else result - 1) or None
        return goal, result

    @property
    def bare(self) -> bool:
        """Whether nothing is said here: only politeness, or only what is spoken of."""
        return self.leftover([]) == 0

    @property
    def denies(self) -> bool:
        """Whether the clause only says what does not hold: not 82%, 而不是82%."""
        places = load().places("cue.not", self.folded, self.start, self.end)
        return bool(places) and places[0][0] == self.start

    def leftover(self, spans: list[Place], *groups: str) -> int:
        """Return how much is said beyond what was read: Han characters count one, other words two.

        Args:
            spans: places that were read.
            groups: lexicon groups whose words were read.
        """
        read = [*spans, *self.pointed.spans]
        for group in groups:
            read += load().places(group, self.folded, self.start, self.end)
        read += load().places("filler.words", self.folded, self.start, self.end)
        rest = "".join(
            " " if any(start <= at < end for start, end in read) else self.folded[at]
            for at in range(self.start, self.end)
        )
        return len(_HAN.findall(rest)) + 2 * len(_WORD.findall(rest))


def _overlaps(place: Place, spans: tuple[Place, ...]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in spans)
