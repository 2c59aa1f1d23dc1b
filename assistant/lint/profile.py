"""Profiles: how a kind of document is judged. Knows nothing about rules or about who chooses a profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.goals.findings import Severity


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


GOAL = Profile()
"""A list of ordinary goals, each judged by itself."""
