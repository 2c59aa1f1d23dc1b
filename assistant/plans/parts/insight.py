"""Strengths, weaknesses, opportunities and threats as they were said. Knows nothing about kinds of plans."""

from __future__ import annotations

from assistant.goals.plan import Swot
from assistant.plans.labelled import Topic
from assistant.plans.parts.placed import some
from assistant.plans.writing import Writer

QUARTERS: tuple[Topic, ...] = ("strengths", "weaknesses", "opportunities", "threats")


def swot(w: Writer) -> Swot:
    """Return the four fields; one that nobody filled holds a blank and where to look, at `kind.prompt.FIELD`."""
    return Swot.model_validate({key: some(w, key, key, f"kind.prompt.{key}") for key in QUARTERS})
