"""Parts what a person said of the plan from what they said of the goals: a phase's last day is no second deadline.

Knows nothing about kinds of plans. Every place stays where it was: what is left out is blanked, not cut.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.drafting.clauses import sentences
from assistant.drafting.lines import Figure, Line
from assistant.drafting.revising import request
from assistant.goals import Aim, Source
from assistant.plans.given import Given, read_given
from assistant.plans.labelled import Topic, told

_APART: tuple[Topic, ...] = (
    "vision", "mission", "horizon", "outside", "deliverables", "criteria", "steps", "competitors", "mentor",
    "strengths", "weaknesses", "opportunities", "threats", "quarter1", "quarter2", "quarter3", "quarter4",
)  # fmt: skip
"""Labels under which nothing is said of a goal: a vision's five years are no second deadline."""


def for_goals(aim: Aim) -> Aim:
    """Return the request as the goals are drafted for: without sentences of its context that only a plan takes up."""
    brief = request.understand(aim, None)
    given = read_given(brief)
    contexts = list(aim.context)
    for source in brief.sources:
        kind, _, number = source.key.partition(":")
        if kind != "context" or not number.isdecimal() or int(number) > len(contexts):
            continue
        text = source.text
        for start, end in _sentences(source, given):
            text = text[:start] + " " * (end - start) + text[end:]
        contexts[int(number) - 1] = text
    return aim.model_copy(update={"context": tuple(contexts)})


def _sentences(source: Source, given: Given) -> Iterator[tuple[int, int]]:
    """Yield the sentences in which phases, weights, shares, limits or procedures stand."""
    places = {start for start in _places(given) if start[0] == source.key}
    places |= {(each.source, each.start) for topic in _APART for each in told((source,), topic)}
    for sentence in sentences(source.text):
        if any(sentence.start <= at < sentence.end for _, at in places):
            yield sentence.start, sentence.end


def _places(given: Given) -> Iterator[tuple[str, int]]:
    for phase in given.phases:
        yield from _of(phase.shown)
    for weight in given.weights:
        yield from _of(weight.shown)
    for share in given.shares:
        if share.level != "company":
            yield from _of(share.shown)
    for sequence in given.sequences:
        for step in sequence.steps:
            yield from _in(step)
    for limit in given.limits:
        yield from _in(limit.words)


def _in(line: Line) -> Iterator[tuple[str, int]]:
    for piece in line.pieces:
        if isinstance(piece, Figure):
            yield from _of(piece)


def _of(figure: Figure) -> Iterator[tuple[str, int]]:
    if figure.evidence.start is not None:
        yield figure.evidence.source, figure.evidence.start
