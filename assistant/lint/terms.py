"""Settles how one document is judged, from all who have a say: command line, its own remark, project file, defaults.

Knows nothing about reading documents or about rules' logic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.errors import UsageError
from assistant.goals.findings import GoalKind
from assistant.lint.profile import GOAL, Profile, find_profile
from assistant.lint.registry import all_rules, choose, find_rule
from assistant.lint.suppression import ignored_in_file, line_remarks, named_profile

if TYPE_CHECKING:
    from assistant.lint.configuration import Configuration


@dataclass(frozen=True)
class Wishes:
    """What the command line says; None where it says nothing."""

    select: frozenset[str] | None = None
    ignore: frozenset[str] | None = None
    profile: str | None = None
    kind: GoalKind | None = None
    fail_on: str | None = None


@dataclass(frozen=True)
class Terms:
    """How one document is judged: what `lint_records` takes, and from which severity on its findings count."""

    profile: Profile = GOAL
    kind: GoalKind | None = None
    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    fail_on: str = "error"


def remark_slips(document: str) -> Iterator[tuple[int, str]]:
    """Yield what remarks at lines say in vain, with the line: a rule that does not exist, a line without a goal."""
    for line, names, alone in line_remarks(document):
        if alone:
            yield (
                line,
                "`goals: ignore` on a line of its own leaves nothing out; put it at the end of the goal's line, "
                "or write `goals: ignore-file`.",
            )
        for name in sorted(names):
            try:
                find_rule(name)
            except UsageError as error:
                yield line, str(error)


def settle_terms(wishes: Wishes, configuration: Configuration, name: str, document: str) -> Terms:
    """Return how a document is judged.

    The command line beats a remark in the document, that beats what the project file says of this file, that beats
    what it says of all, and that beats the defaults. A rule named with `--select` is judged even where the profile or
    the project file leaves it out; a remark in the document itself still holds.

    Args:
        wishes: what the command line says.
        configuration: what the project file says.
        name: the document's path, for the project file's patterns and for errors.
        document: its text, '' where it has none that could hold remarks.

    Raises:
        UsageError: the document names a profile or rule that does not exist.
    """
    own = configuration.for_file(name)
    asked = wishes.select or frozenset()
    try:
        named = named_profile(document) if wishes.profile is None else wishes.profile
        profile = find_profile(named or own.profile or configuration.profile or GOAL.name)
        silenced = ignored_in_file(document)
        silent = choose(silenced) if silenced else frozenset()
    except UsageError as error:
        raise UsageError(f"{name}: {error.what}", error.cure, path=name) from None
    if silenced is not None and not silenced:
        silent = frozenset(rule.name for rule in all_rules())
    ignored = wishes.ignore
    if ignored is None:
        ignored = ((configuration.ignore or frozenset()) | own.ignore) - asked
    return Terms(
        profile=replace(
            profile,
            off=(profile.off | configuration.off) - asked,
            severities={**profile.severities, **configuration.severities},
            fiscal_start=configuration.fiscal_start,
        ),
        kind=wishes.kind or own.kind,
        select=configuration.select if wishes.select is None else wishes.select,
        ignore=ignored | silent,
        fail_on=wishes.fail_on or configuration.fail_on or "error",
    )
