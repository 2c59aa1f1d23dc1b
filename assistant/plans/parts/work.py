"""Lays out the work: what the person named, else a first reading, trials, a check half-way and a close for each goal.

Knows nothing about roles or kinds of plans. No day lies outside the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.drafting.lines import Line, Part
from assistant.goals.plan import Day, Said, Task
from assistant.plans import windows
from assistant.plans.given import Phase
from assistant.plans.parts.measures import Measure, mains, name, overlap, owner
from assistant.plans.writing import Writer

_TRIALS = 3
_UNITS = frozenset("team department desk division office unit group crew squad board committee lab".split())
"""Common nouns by which a unit goes: in an English sentence they take an article."""


def tasks(w: Writer) -> tuple[Task, ...]:
    """Return the tasks of the plan in order of their goals, the person's own phases first."""
    found = list(phases(w))
    for index, measure in enumerate(mains(w)):
        found += _of_goal(w, index, measure, trials=not found or not w.g.given.phases)
    return tuple(found)


def phases(w: Writer) -> tuple[Task, ...]:
    """Return the phases that the person named, each after the one that ended before it."""
    return tuple(_chained([_phase(w, at, each) for at, each in enumerate(w.g.given.phases, 1)]))


def _phase(w: Writer, number: int, phase: Phase) -> Task:
    start = phase.start or w.g.span.start
    near = next((m for m in mains(w) if overlap(phase.name.text, m.result.metric)), None)
    return Task(
        id=f"P{number}",
        goal=near.goal.id if near else w.g.goals[0].id if len(w.g.goals) == 1 else "",
        name=w.stated(phase.name, phase.source),
        why=w.propose("plan.task.phase_why"),
        where=w.propose("plan.task.try_where", team=team(w)),
        how=w.propose("plan.task.phase_how"),
        owner=w.stated(phase.owner, phase.source) if phase.owner else w.blank("owner"),
        start=w.dated(phase.shown, start) if phase.start else w.day(start),
        end=w.dated(phase.shown, phase.end),
        deliverable=w.stated(phase.deliverable, phase.source)
        if phase.deliverable
        else w.propose("plan.task.phase_made"),
    )


def _chained(found: list[Task]) -> list[Task]:
    """Return the phases with the one before each as what it needs, where it ended by then."""
    chained: list[Task] = []
    for task in found:
        before = [each for each in chained if each.end.day and task.start.day and each.end.day < task.start.day]
        chained.append(task.model_copy(update={"needs": (before[-1].id,)}) if before else task)
    return chained


def _of_goal(w: Writer, index: int, measure: Measure, *, trials: bool) -> Iterator[Task]:
    span, language = w.g.span, w.g.language
    known = measure.result.baseline is not None
    called = name(w, measure)
    first = windows.inside(span, span.start, language)
    measured = windows.share(span, 0.2, language)
    middle = windows.share(span, 0.5, language)
    closing = windows.share(span, 0.9, language)
    last = windows.inside(span, span.end, language)
    key = f"T{index + 1}"
    who = owner(w, measure)
    formula = measure.metric.text[language].formula if measure.metric else w.book.get("own_formula")

    def task(at: int, part: str, text: Said, start: date, end: date, needs: tuple[str, ...], **where: Said) -> Task:
        return Task(
            id=f"{key}.{at}", goal=measure.goal.id, name=text,
            why=where.get("why") or w.propose(f"plan.task.{part}_why", metric=called),
            where=where.get("where") or w.propose("plan.task.meeting_where"),
            how=w.propose(f"plan.task.{part}_how", metric=called, formula=formula),
            owner=who.model_copy(), start=day(start), end=day(max(start, end)),
            deliverable=w.propose(f"plan.task.{part}_made", metric=called),
            needs=needs,
        )  # fmt: skip

    def day(value: date) -> Day:
        return w.day(value)

    opening = w.propose(f"plan.task.{'confirm' if known else 'measure'}", metric=called)
    yield task(1, "measure", opening, first, measured, (), where=w.goal(f"{measure.pointer}/data_source"))
    at, done = 2, [f"{key}.1"]
    pointer = measure.pointer.split("/key_results/")[0]
    for place in range(min(_TRIALS, len(measure.goal.initiatives)) if trials else 0):
        start, end = (first, middle) if place == 0 else (measured, middle) if place == 1 else (middle, closing)
        where = w.propose("plan.task.try_where", team=team(w))
        needs = () if place == 0 else (f"{key}.1",)
        yield task(at, "try", w.goal(f"{pointer}/initiatives/{place}"), start, end, needs, where=where)
        done.append(f"{key}.{at}")
        at += 1
    check = task(at, "check", w.propose("plan.task.check", metric=called), middle, middle, (f"{key}.1",))
    yield check.model_copy(update={"milestone": True})
    yield task(at + 1, "close", w.propose("plan.task.close", metric=called), closing, last, (*done[1:], check.id))


def team(w: Writer) -> Part:
    """Return the team as it stands in a sentence: as named, else "our team"."""
    named = next((each for each in w.g.brief.stated if each.slot == "owner"), None)
    if named is None:
        return Line((w.book.get("plan.task.team"),))
    first, last = named.text.split()[0].casefold(), named.text.split()[-1].casefold()
    if w.g.language == "en" and last in _UNITS and first not in {"the", "our", "my", "a"}:
        return Line(("the ", named.text))
    return Line((named.text,))
