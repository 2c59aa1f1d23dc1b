"""What a gate looks at. Knows nothing about any single gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.goals import Brief, Citation, Draft, Number, Passage


@dataclass(frozen=True, slots=True)
class Case:
    """A draft with everything it may rest on.

    Attributes:
        brief: the request as understood, with its sources.
        draft: the written goals.
        numbers: origin of every figure.
        citations: quotes that the draft names.
        passages: what was retrieved for it.
        today: the day of drafting.
        looked_at: texts of documents that were looked at, whether or not the brief took anything from them.
    """

    brief: Brief
    draft: Draft
    numbers: tuple[Number, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    today: date
    looked_at: tuple[str, ...] = ()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield JSON pointer and text of every text field; see `texts_of`."""
        return texts_of(self.draft)


def texts_of(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield JSON pointer and text of every text field that a reader sees, dates in ISO form included."""
    for at, goal in enumerate(draft.goals):
        root = f"/goals/{at}"
        for name in _PARTS:
            yield f"{root}/{name}", getattr(goal, name)
        yield f"{root}/objective/text", goal.objective.text
        for place, result in enumerate(goal.key_results):
            for name in ("statement", "metric", "baseline", "target", "deadline", "readout", "data_source"):
                value = getattr(result, name)
                if value is not None:
                    yield f"{root}/key_results/{place}/{name}", str(value)
        for place, text in enumerate(goal.initiatives):
            yield f"{root}/initiatives/{place}", text
        for place, milestone in enumerate(goal.milestones):
            yield f"{root}/milestones/{place}/text", milestone.text
            yield f"{root}/milestones/{place}/date", milestone.date.isoformat()
    for place, text in enumerate(draft.assumptions):
        yield f"/assumptions/{place}", text
    for place, text in enumerate(draft.monitoring_strategy):
        yield f"/monitoring_strategy/{place}", text


_PARTS = (
    "title", "statement", "specific", "measurable", "achievable", "relevant", "time_bound", "monitoring",
)  # fmt: skip
