"""Profiles: how a kind of document is judged. Knows nothing about rules or about who chooses a profile."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from assistant.errors import UsageError
from assistant.goals.base import Language
from assistant.goals.findings import Severity

_FILE = Path(__file__).with_name("profiles.toml")


@dataclass(frozen=True)
class Profile:
    """What holds for all goals of a document.

    Attributes:
        name: `goal`, `template`, `okr` or `kpi`.
        off: names of rules that are left out.
        severities: severities that differ from the rules' own, by rule name.
        cycle: True where a cycle or period outside the goals' text sets their time.
        fiscal_start: first month of the fiscal year, 1 to 12; None where nobody has said it, so that FY27 stays open.
    """

    name: str = "goal"
    off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    cycle: bool = False
    fiscal_start: int | None = None


@dataclass(frozen=True)
class Portrait:
    """A profile's name and description for people, by language."""

    title: Mapping[Language, str]
    description: Mapping[Language, str]


GOAL = Profile()
"""A list of ordinary goals, each judged by itself."""


@cache
def profiles() -> Mapping[str, Profile]:
    """Return every profile by name, the default first."""
    return {
        name: Profile(name, frozenset(entry["off"]), entry.get("severities", {}), entry.get("cycle", False))
        for name, entry in _data().items()
    }


def find_profile(name: str) -> Profile:
    """Return the profile of that name, in any case.

    Raises:
        UsageError: there is none; the error names the nearest and all there are.
    """
    profile = profiles().get(name.strip().lower())
    if profile is None:
        near = difflib.get_close_matches(name.strip().lower(), profiles(), n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise UsageError(f"There is no profile {name!r}.", f"{hint}Use one of: {', '.join(profiles())}.", profile=name)
    return profile


@cache
def portraits() -> Mapping[str, Portrait]:
    """Return what people read about each profile, by its name."""
    return {name: Portrait(entry["title"], entry["description"]) for name, entry in _data().items()}


def profiles_without(rule: str) -> tuple[str, ...]:
    """Return the names of the profiles that switch that rule off."""
    return tuple(name for name, profile in profiles().items() if rule in profile.off)


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
