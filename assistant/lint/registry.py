"""Finds the rules: one file each under `rules/<group>/`. Knows nothing about what they check."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache

from assistant.errors import UsageError
from assistant.lint import rules as rules_package
from assistant.lint.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, preview ones included, in order of id.

    Raises:
        ValueError: two rules share a name or an id (a mistake in the code).
    """
    found: list[Rule] = []
    for group in pkgutil.iter_modules(rules_package.__path__, rules_package.__name__ + "."):
        package = importlib.import_module(group.name)
        for entry in pkgutil.iter_modules(package.__path__, group.name + "."):
            found.append(importlib.import_module(entry.name).RULE)
    found.sort(key=lambda rule: rule.id)
    if len({rule.name for rule in found}) < len(found) or len({rule.id for rule in found}) < len(found):
        raise ValueError("two rules share a name or an id")
    return tuple(found)


@cache
def _by_key() -> dict[str, Rule]:
    return {key: rule for rule in all_rules() for key in (rule.name, rule.id.lower())}


def find_rule(name: str) -> Rule:
    """Return the rule of that name or id, in any case.

    Raises:
        UsageError: there is none; the error names the nearest.
    """
    rule = _by_key().get(name.strip().lower())
    if rule is None:
        near = difflib.get_close_matches(name.strip().lower(), [rule.name for rule in all_rules()], n=1, cutoff=0.5)
        cure = f"Did you mean {near[0]!r}?" if near else "`goals rule` lists all rules."
        raise UsageError(f"There is no rule {name!r}.", cure, rule=name)
    return rule


def choose(names: Iterable[str]) -> frozenset[str]:
    """Return the names of the rules meant; each entry is a name or id, or several with commas between.

    Raises:
        UsageError: one of them is no rule, or no rule is named at all.
    """
    given = list(names)
    chosen = frozenset(find_rule(part).name for entry in given for part in entry.split(",") if part.strip())
    if not chosen:
        said = ", ".join(map(repr, given)) or "an empty list"
        raise UsageError(f"No rule is named in {said}.", "Name rules as no-deadline,T502; `goals rule` lists them.")
    return chosen
