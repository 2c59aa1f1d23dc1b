"""The sentences of a batch run in a language, beside those of the drafter. Knows nothing about rows."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from assistant.drafting.voice import Voice
from assistant.goals import Language


@cache
def load(language: Language) -> Voice:
    """Return the drafter's phrases with those of a batch run under `row`, read once a process."""
    data: dict[str, Any] = {}
    for room in ("assistant.drafting", "assistant.batch"):
        text = resources.files(room).joinpath("voices", f"{language}.toml").read_text("utf-8")
        data |= tomllib.loads(text)
    return Voice(language, data)
