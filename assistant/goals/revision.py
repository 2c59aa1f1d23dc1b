"""What a follow-up yields, why a value is what it is, and the versions of a draft.

Knows nothing about how instructions are read or drafts are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from assistant.goals.aim import Aim
from assistant.goals.base import Model
from assistant.goals.brief import Slot
from assistant.goals.draft import DraftResult, Goal, Origin
from assistant.goals.findings import Finding
from assistant.goals.followup import Correction


class Revised(Model):
    """The result of one follow-up.

    Attributes:
        aim: the request with the correction in it; the old one where nothing changed.
        result: the draft, judged; the old one where nothing changed.
        changes: what was understood, in order; those of a refused instruction too.
        told: what changed and what followed from it, or why nothing did, in the draft's language.
        not_understood: True where no part of the instruction could be read.
        unread: the parts that could not be read, verbatim.
        refused: key of the reason where the instruction cannot hold; '' otherwise.
    """

    aim: Aim
    result: DraftResult
    changes: tuple[Correction, ...] = ()
    told: tuple[str, ...] = ()
    not_understood: bool = False
    unread: tuple[str, ...] = ()
    refused: str = ""

    @property
    def step(self) -> Literal["undo", "redo"] | None:
        """The step through the versions that was asked for, if one was: the holder of the history takes it."""
        kinds = {each.kind for each in self.changes}
        return "undo" if "undo" in kinds else "redo" if "redo" in kinds else None


class Explanation(Model):
    """Why a value of a draft is what it is.

    Attributes:
        pointer: JSON pointer of the value.
        slot: what kind of value it is.
        text: the explanation, whole sentences in the draft's language.
        origin: where the value comes from; None for a metric.
        quote: the sentence of a passage that bears on it, verbatim; '' where there is none.
        source: where that sentence stands; '' where there is none.
    """

    pointer: str
    slot: Slot
    text: str
    origin: Origin | None = None
    quote: str = ""
    source: str = ""


class EditCheck(Model):
    """What the linter says of a goal while one of its fields is being written.

    Attributes:
        field: JSON pointer of the field.
        text: the text that was judged, as it would be kept.
        findings: what it finds in the field, places in `text`.
        elsewhere: what it finds in the goal's other fields and did not find before, each with its field.
        score: the goal's score with the text, 0 to 100.
        was: the score as the draft stands.
    """

    field: str
    text: str
    findings: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...]
    score: int
    was: int


class FieldChange(Model):
    """One field that differs between two versions.

    Attributes:
        field: JSON pointer in the later version, for what was removed in the earlier one.
        kind: what happened to it.
        before, after: its text; None where it was not there.
    """

    field: str
    kind: Literal["added", "removed", "changed"]
    before: str | None = None
    after: str | None = None


class Version(Model):
    """A draft with the request that it answers.

    Attributes:
        instruction: what was asked for to get it; '' for the first draft.
        told: what changed.
    """

    aim: Aim
    result: DraftResult
    instruction: str = ""
    told: tuple[str, ...] = ()


class History(Model):
    """The versions of a draft in order, and which of them is current. Replaced, never changed."""

    versions: tuple[Version, ...]
    current: int = 0

    @classmethod
    def begin(cls, aim: Aim, result: DraftResult) -> History:
        """Return the history of a first draft."""
        return cls(versions=(Version(aim=aim, result=result),))

    @property
    def version(self) -> Version:
        """The current version."""
        return self.versions[self.current]

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier version."""
        return self.current > 0

    @property
    def can_redo(self) -> bool:
        """Whether a version was undone and not replaced since."""
        return self.current + 1 < len(self.versions)

    def add(self, instruction: str, revised: Revised) -> History:
        """Return the history with a revision as its newest version; what was undone before falls away.

        A revision that changed nothing leaves the history as it is.
        """
        if (revised.aim, revised.result) == (self.version.aim, self.version.result):
            return self
        new = Version(aim=revised.aim, result=revised.result, instruction=instruction, told=revised.told)
        kept = self.versions[: self.current + 1]
        return History(versions=(*kept, new), current=len(kept))

    def undo(self) -> History:
        """Return the history one version back; the same where there is none."""
        return self.model_copy(update={"current": max(0, self.current - 1)})

    def redo(self) -> History:
        """Return the history one version on; the same where there is none."""
        return self.model_copy(update={"current": min(len(self.versions) - 1, self.current + 1)})

    def compare(self, before: int, after: int) -> tuple[FieldChange, ...]:
        """Return the fields in which two versions differ, by their places from 0.

        Goals are matched by what they measure, so that a goal is not taken for another when one before it was dropped.
        """
        return tuple(differences(self.versions[before].result, self.versions[after].result))


def differences(before: DraftResult, after: DraftResult) -> Iterator[FieldChange]:
    """Yield the fields in which two results differ: those of the later one in order, then what was removed."""
    pairs = _pairs(before.goals, after.goals)
    matched = {old for old, _ in pairs if old is not None}
    for old, new in pairs:
        one = dict(_texts(before.goals[old])) if old is not None else {}
        other = dict(_texts(after.goals[new]))
        yield from _changes(one, other, f"/goals/{old}", f"/goals/{new}")
    for index, goal in enumerate(before.goals):
        if index not in matched:
            yield from _changes(dict(_texts(goal)), {}, f"/goals/{index}", f"/goals/{index}")
    for name in ("assumptions", "monitoring_strategy"):
        one, other = (
            {f"/{place}": text for place, text in enumerate(getattr(result, name))} for result in (before, after)
        )
        yield from _changes(one, other, f"/{name}", f"/{name}")


def _pairs(before: tuple[Goal, ...], after: tuple[Goal, ...]) -> list[tuple[int | None, int]]:
    free = list(range(len(before)))
    pairs: list[tuple[int | None, int]] = []
    for index, goal in enumerate(after):
        old = next((at for at in free if _measure(before[at]) == _measure(goal)), None)
        if old is None and len(before) == len(after) and index in free:
            old = index
        if old is not None:
            free.remove(old)
        pairs.append((old, index))
    return pairs


def _measure(goal: Goal) -> str:
    return goal.key_results[0].metric_id or goal.key_results[0].metric


def _changes(one: dict[str, str], other: dict[str, str], before: str, after: str) -> Iterator[FieldChange]:
    for field, text in other.items():
        if field not in one:
            yield FieldChange(field=after + field, kind="added", after=text)
        elif one[field] != text:
            yield FieldChange(field=after + field, kind="changed", before=one[field], after=text)
    for field, text in one.items():
        if field not in other:
            yield FieldChange(field=before + field, kind="removed", before=text)


def _texts(goal: Goal) -> Iterator[tuple[str, str]]:
    """Yield the fields of a goal that a reader sees, by the rest of their pointer."""
    for name in (
        "title", "statement", "specific", "measurable", "achievable", "relevant", "time_bound", "monitoring",
    ):  # fmt: skip
        yield f"/{name}", getattr(goal, name)
    yield "/objective/text", goal.objective.text
    for place, result in enumerate(goal.key_results):
        for name in (
            "statement", "metric", "baseline", "target", "deadline", "readout", "data_source", "cadence", "owner",
        ):  # fmt: skip
            value = getattr(result, name)
            if value is not None:
                yield f"/key_results/{place}/{name}", str(value)
    for place, text in enumerate(goal.initiatives):
        yield f"/initiatives/{place}", text
    for place, milestone in enumerate(goal.milestones):
        yield f"/milestones/{place}/text", milestone.text
        yield f"/milestones/{place}/date", milestone.date.isoformat()
