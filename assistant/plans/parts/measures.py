"""The results of the goals as a plan sees them: name, owner, metric, figures. Knows nothing about kinds of plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.drafting.lines import Line
from assistant.goals import Goal, KeyResult, Metric
from assistant.goals.plan import Said
from assistant.plans.writing import Writer


@dataclass(frozen=True, slots=True)
class Measure:
    """A key result with its place and what the catalogue knows of it.

    Attributes:
        main: whether it is its goal's first result, by which the goal is judged.
    """

    goal: Goal
    result: KeyResult
    pointer: str
    metric: Metric | None
    main: bool

    @property
    def seed(self) -> str:
        """What chooses among variants of a sentence."""
        return self.result.metric_id or self.result.metric


def measures(w: Writer, *, guardrails: bool = False) -> Iterator[Measure]:
    """Yield the key results of all goals in order, the guardrails only where asked for.

    What moves first for one goal and is another's main result stands once, as the latter.
    """
    mains = {_key(_first(goal)) for goal in w.g.goals}
    seen = set()
    for index, goal in enumerate(w.g.goals):
        first = True
        for at, result in enumerate(goal.key_results):
            if result.guardrail and not guardrails:
                continue
            main = first and not result.guardrail
            first = first and result.guardrail
            key = _key(result)
            if not main and not result.guardrail and (key in mains or key in seen):
                continue
            seen.add(key)
            yield Measure(goal, result, f"/goals/{index}/key_results/{at}", w.g.metric_of(result), main)


def _first(goal: Goal) -> KeyResult:
    return next((each for each in goal.key_results if not each.guardrail), goal.key_results[0])


def _key(result: KeyResult) -> str:
    return result.metric_id or result.metric.casefold()


def mains(w: Writer) -> Iterator[Measure]:
    """Yield the main result of each goal."""
    return (each for each in measures(w) if each.main)


def name(w: Writer, measure: Measure) -> Line:
    """Return the measure's name as it stands inside a sentence."""
    words = w.g.line(f"{measure.pointer}/metric")
    named = w.book.named(words.text)
    return words if named == words.text else Line((named,))


def owner(w: Writer, measure: Measure) -> Said:
    """Return who answers for a measure: as named, else the usual role as a proposal, else a blank."""
    if measure.result.owner:
        return w.person(measure.result.owner)
    for duty in w.g.given.duties:
        if overlap(duty.what.text, measure.result.metric):
            return w.stated(duty.who, duty.source)
    if measure.metric is not None:
        return w.proposed(measure.metric.text[w.g.language].owner, "role")
    return w.blank("owner")


def overlap(one: str, other: str) -> bool:
    """Whether one of two names contains the other, or both share most of their character pairs."""
    a, b = "".join(one.lower().split()), "".join(other.lower().split())
    if not a or not b:
        return False
    if min(len(a), len(b)) > 1 and (a in b or b in a):
        return True
    first, second = ({x[i : i + 2] for i in range(len(x) - 1)} for x in (a, b))
    return bool(first and second) and 2 * len(first & second) / (len(first) + len(second)) >= 0.6
