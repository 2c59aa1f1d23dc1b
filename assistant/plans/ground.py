"""What a plan is composed on: the goals, the person's texts, the window, the words. Knows nothing about kinds.

Goals that come as a file bring no texts that they rest on; then their own words stand for those, under the key `goals`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assistant import catalogue, gates, language
from assistant.drafting.lines import Figure, Line
from assistant.drafting.voice import Voice
from assistant.gates import figures
from assistant.goals import Aim, Brief, Draft, DraftResult, Evidence, Goal, KeyResult, Language, Metric, Number, Source
from assistant.plans.given import Given

GOALS = "goals"
_QUOTING = frozenset({"stated", "document", "knowledge"})


@dataclass(frozen=True)
class Span:
    """First and last day of a plan, each with the figure as it is written."""

    start: date
    end: date
    start_shown: Figure
    end_shown: Figure


@dataclass(frozen=True)
class Ground:
    """Everything that composing may use.

    Attributes:
        aim: the request.
        brief: what was understood of it.
        result: the goals, drafted or taken from a file.
        given: what the person said that bears on a plan: phases, weights, money, people.
        book: the words of the kind.
        span: the window.
        from_file: whether the goals were taken rather than drafted.
    """

    aim: Aim
    brief: Brief
    result: DraftResult
    given: Given
    book: Voice
    span: Span
    from_file: bool = False
    metrics: Mapping[str, Metric] = field(default_factory=lambda: catalogue.load().metrics)

    @property
    def language(self) -> Language:
        """The language of the plan."""
        return self.result.language

    @property
    def today(self) -> date:
        """The day from which dates count."""
        return self.aim.today

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals that the plan carries out."""
        return self.result.goals

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The person's texts, and the goals' own where those came as a file or rest on texts that are not at hand."""
        text = self._joined[0]
        own = Source(key=GOALS, text=text, facts=language.read(text, self.today))
        return (*self.brief.sources, own)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Every figure of the goals with its origin, each resting on a text that is at hand.

        A figure that a file's numbers do not list was written into it by a person: it is stated there.
        """
        found = [self._rested(number) for number in self.result.numbers]
        listed: dict[str, list[Number]] = defaultdict(list)
        for number in found:
            listed[number.field].append(number)
        for pointer, text in gates.texts_of(self._draft) if self.from_file else ():
            for span in figures.find(text, self.today):
                if any(each.start < span.end and span.start < each.end for each in listed[pointer]):
                    continue
                found.append(
                    Number(
                        text=text[span.start : span.end],
                        value=None,
                        unit=None,
                        field=pointer,
                        start=span.start,
                        end=span.end,
                        origin="stated",
                        evidence=self._own_place(pointer, span.start, span.end),
                    )
                )
        return tuple(found)

    def line(self, pointer: str) -> Line:
        """Return a text of the goals with its figures, by its JSON pointer; an empty line where there is none."""
        text = self._texts.get(pointer, "")
        pieces: list[str | Figure] = []
        at = 0
        for number in sorted(self._by_field.get(pointer, ()), key=lambda each: each.start):
            if number.start < at or not number.text or text[number.start : number.end] != number.text:
                continue
            pieces += [text[at : number.start]] if number.start > at else []
            pieces.append(
                Figure(number.text, number.value, number.unit, number.origin, number.evidence, number.tentative)
            )
            at = number.end
        return Line((*pieces, *([text[at:]] if at < len(text) else [])))

    def metric_of(self, result: KeyResult) -> Metric | None:
        """Return the catalogue's metric of a key result, None for a measure of the person's own."""
        return self.metrics.get(result.metric_id or "")

    def sets(self, number: Number) -> bool:
        """Whether a figure is one that a person or their document gave."""
        return number.origin in {"stated", "document"} and not number.tentative

    @cached_property
    def _draft(self) -> Draft:
        return Draft(
            language=self.result.language, goals=self.result.goals, assumptions=self.result.assumptions,
            monitoring_strategy=self.result.monitoring_strategy,
        )  # fmt: skip

    @cached_property
    def _texts(self) -> dict[str, str]:
        return dict(gates.texts_of(self._draft))

    @cached_property
    def _by_field(self) -> dict[str, list[Number]]:
        found: dict[str, list[Number]] = defaultdict(list)
        for number in self.numbers:
            found[number.field].append(number)
        return found

    @cached_property
    def _joined(self) -> tuple[str, dict[str, int]]:
        """Return all texts of the goals in one, and where each begins."""
        places, parts, at = {}, [], 0
        for pointer, text in self._texts.items():
            places[pointer] = at
            parts.append(text)
            at += len(text) + 1
        return "\n".join(parts), places

    def _own_place(self, pointer: str, start: int, end: int) -> Evidence:
        base = self._joined[1].get(pointer, 0)
        return Evidence(source=GOALS, start=base + start, end=base + end)

    def _rested(self, number: Number) -> Number:
        """Return the number with evidence that can be looked up here."""
        if number.origin not in _QUOTING:
            return number
        said = next((each for each in self.brief.sources if each.key == number.evidence.source), None)
        start, end = number.evidence.start, number.evidence.end
        if said is not None and start is not None and end is not None and end <= len(said.text) and not self.from_file:
            return number
        return number.model_copy(update={"evidence": self._own_place(number.field, number.start, number.end)})
