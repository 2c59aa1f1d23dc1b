"""What a kind of plan is made of, and where it is found. Knows nothing about any single kind.

A kind is a module of this package named after it: `compose(writer)` returns its typed body, `sections(sheet, plan)` its
chapters in reading order. Its words are `words/<language>/<kind>.toml`; `name` and `title` are required there.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from typing import Protocol, cast

from assistant.errors import UsageError
from assistant.goals.outline import Section
from assistant.goals.plan import KINDS, Body, Plan, PlanKind
from assistant.plans.laying import Sheet
from assistant.plans.writing import Writer


class Kind(Protocol):
    """A module of this package."""

    def compose(self, w: Writer) -> Body:
        """Return the typed body."""
        ...

    def sections(self, sheet: Sheet, plan: Plan) -> Sequence[Section]:
        """Return the chapters, unnumbered."""
        ...


def find(kind: str) -> tuple[PlanKind, Kind]:
    """Return a kind of plan by name.

    Raises:
        UsageError: there is none of that name.
    """
    if kind not in available():
        raise UsageError(f"There is no kind of plan {kind!r}.", f"Use one of: {', '.join(available())}.", value=kind)
    found: PlanKind = next(each for each in KINDS if each == kind)
    return found, cast(Kind, importlib.import_module(_module(found)))


def available() -> tuple[PlanKind, ...]:
    """Return the kinds that can be composed, in their order."""
    return tuple(kind for kind in KINDS if importlib.util.find_spec(_module(kind)) is not None)


def _module(kind: PlanKind) -> str:
    return f"assistant.plans.kinds.{kind.replace('-', '_')}"
