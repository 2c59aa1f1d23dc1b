"""The words that plans are written in: what every kind shares, what one kind adds, and the language's own habits.

Knows nothing about what the words are used for. Keys begin with `plan.` for shared words and with `kind.` for those of
one kind; those of the drafter's voice (`cadence.weekly`, `date.day`) are at hand too.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from assistant.drafting.voice import Voice
from assistant.goals import Language
from assistant.goals.plan import PlanKind


@cache
def load(language: Language, kind: PlanKind) -> Voice:
    """Return the words of a kind in a language, read once a process."""
    voices = resources.files("assistant.drafting").joinpath("voices", f"{language}.toml")
    data = tomllib.loads(voices.read_text("utf-8"))
    return Voice(language, {**data, "plan": _part(language, "shared"), "kind": _part(language, kind)})


def has(kind: PlanKind, language: Language) -> bool:
    """Whether a kind has words in a language."""
    return resources.files("assistant.plans").joinpath("words", language, f"{kind}.toml").is_file()


def _part(language: Language, name: str) -> dict[str, Any]:
    found = resources.files("assistant.plans").joinpath("words", language, f"{name}.toml")
    return tomllib.loads(found.read_text("utf-8")) if found.is_file() else {}
