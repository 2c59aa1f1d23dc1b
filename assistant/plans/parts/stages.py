"""Lays out work that follows a usual course, stage by stage, each after those that it needs. Knows no kinds.

The words of a stage stand at `kind.stage.KEY`: name, why, where, how, made, owner, and accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.goals.plan import Task
from assistant.plans import windows
from assistant.plans.parts.duties import filled
from assistant.plans.writing import Writer


@dataclass(frozen=True, slots=True)
class Stage:
    """A piece of work in its usual place.

    Attributes:
        phase: key of its phase at `kind.phase.KEY`.
        start, end: where it lies in the window, 0 to 1.
        needs: keys of the stages that must be finished before.
        milestone: whether it is a point in time.
    """

    key: str
    phase: str
    start: float
    end: float
    needs: tuple[str, ...] = ()
    milestone: bool = False


def stages(
    w: Writer, course: Sequence[Stage], *, accepted: bool = False, after: date | None = None
) -> tuple[Task, ...]:
    """Return the stages as tasks, numbered by phase; none starts before what it needs has ended.

    Args:
        w: the writer.
        course: the stages, those that others need first.
        accepted: whether they say when they count as done.
        after: day by which other work has ended.
    """
    found: list[Task] = []
    ids: dict[str, str] = {}
    ends: dict[str, date] = {}
    phases = list(dict.fromkeys(each.phase for each in course))
    counts = dict.fromkeys(phases, 0)
    for each in course:
        counts[each.phase] += 1
        needs = tuple(need for need in each.needs if need in ids)
        start = windows.share(w.g.span, each.start, w.g.language)
        before = [*(ends[need] for need in needs), *([after] if after else [])]
        if before and start <= max(before):
            start = windows.inside(w.g.span, max(before) + timedelta(days=1), w.g.language)
        end = start if each.milestone else max(start, windows.share(w.g.span, each.end, w.g.language))
        ids[each.key] = f"T{phases.index(each.phase) + 1}.{counts[each.phase]}"
        ends[each.key] = end
        words = f"kind.stage.{each.key}"
        name = w.propose(f"{words}.name")
        found.append(
            Task(
                id=ids[each.key], phase=w.propose(f"kind.phase.{each.phase}"), name=name,
                why=w.propose(f"{words}.why"), where=w.propose(f"{words}.where"), how=w.propose(f"{words}.how"),
                owner=filled(w, w.propose(f"{words}.owner", "role"), name), start=w.day(start), end=w.day(end),
                deliverable=w.propose(f"{words}.made"),
                accepted=w.propose(f"{words}.accepted") if accepted else None,
                needs=tuple(ids[need] for need in needs), milestone=each.milestone,
            )
        )  # fmt: skip
    return tuple(found)
