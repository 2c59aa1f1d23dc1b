"""What a rule is: its name, its documentation, its words and its check. Knows nothing about any particular rule.

A rule's name states the bad pattern, so that "ignore no-deadline" reads as a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from assistant.goals.base import Language
from assistant.goals.findings import Fix, Mark, Severity

if TYPE_CHECKING:
    from assistant.lint.goalset import GoalSet, Member
    from assistant.lint.unit import Unit

Letter = Literal["specific", "measurable", "achievable", "relevant", "time_bound", "consistent"]


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's documentation in one language; the headings are the same for every rule."""

    flags: str
    why: str
    example: str
    better: str
    fix: str


@dataclass(frozen=True, slots=True)
class Say:
    """Message and help as templates; `{name}` is filled from `Hit.values`."""

    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule found its pattern.

    Attributes:
        start, end: place in the record's text, code points, end exclusive.
        values: words for the message.
        severity: where it differs from the rule's own.
        say: key of another wording in `Rule.says`, '' for the usual one.
        marks: marks that this hit puts on letters, where they differ from the rule's own.
    """

    start: int
    end: int
    values: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    say: str = ""
    fix: Fix | None = None
    marks: Mapping[Letter, Mark] | None = None


def no_check(unit: Unit) -> Iterable[Hit]:
    """Find nothing: what a rule for lists does in single goals."""
    return ()


@dataclass(slots=True, eq=False)
class Rule:
    """One rule.

    Attributes:
        name: the bad pattern, in lower case with hyphens.
        id: letter and three digits; never reused.
        severity: of its findings unless a hit says otherwise.
        marks: what a finding does to the letters of the scorecard; info findings mark nothing.
        pages: documentation per language.
        says: wordings per key and language; the key '' is the usual one.
        sources: what the rule rests on.
        preview: True where precision is not shown yet; such a rule is off unless selected by name.
        contradiction: True where a finding means that the goal contradicts itself.
        check: finds the pattern in one goal unit.
        check_set: finds it between the goals of a list, each hit with the goal that it is placed on; None for rules
            that look at single goals only.
    """

    name: str
    id: str
    group: str
    severity: Severity
    marks: Mapping[Letter, Mark]
    pages: Mapping[Language, Page]
    says: Mapping[str, Mapping[Language, Say]]
    sources: tuple[str, ...]
    preview: bool = False
    contradiction: bool = False
    check: Callable[[Unit], Iterable[Hit]] = no_check
    check_set: Callable[[GoalSet], Iterable[tuple[Member, Hit]]] | None = None

    def checks(self, function: Callable[[Unit], Iterator[Hit]]) -> Callable[[Unit], Iterator[Hit]]:
        """Register `function` as this rule's logic; use as a decorator."""
        self.check = function
        return function

    def checks_set(
        self, function: Callable[[GoalSet], Iterator[tuple[Member, Hit]]]
    ) -> Callable[[GoalSet], Iterator[tuple[Member, Hit]]]:
        """Register `function` as this rule's logic for lists; use as a decorator."""
        self.check_set = function
        return function
