"""Reads the aims of the drafting suite with their labels; `evals/cases/README.md` says what the labels mean.

Knows nothing about drafts.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError

from assistant.goals import Aim, Language, Slot, Team
from assistant.goals.base import Model
from assistant.service import make_aim
from evals.lint_cases import CaseError

FILE = Path(__file__).parent / "cases" / "drafting.jsonl"


class Input(Model):
    """What the person gives."""

    aim: str
    team: str
    org_goals: tuple[str, ...]
    improve: tuple[str, ...]
    resources: tuple[str, ...]
    context: tuple[str, ...]
    count: int | None = Field(ge=1, le=10)


class LabelledValue(Model):
    """A value stated in a role; `metric` is a catalogue id, or words of the input."""

    metric: str
    value: str


class DraftingCase(Model):
    """An aim with what a draft of it must and must not say."""

    id: str
    version: int = Field(ge=1)
    language: Language
    cluster: str
    split: str = Field(pattern="^(dev|held)$")
    tags: tuple[str, ...]
    today: date
    input: Input
    must_keep: tuple[str, ...]
    must_not_state: tuple[str, ...]
    families: tuple[tuple[str, ...], ...]
    metrics: tuple[tuple[str, ...], ...]
    goals: int | None
    baseline: tuple[LabelledValue, ...]
    target: tuple[LabelledValue, ...]
    deadline: date | None
    conflicts: tuple[Slot, ...]

    def aim(self) -> Aim:
        """Return the request as the product takes it."""
        given = self.input
        return make_aim(
            given.aim,
            language=self.language,
            team=Team(
                profile=given.team, org_goals=given.org_goals, improve=given.improve, resources=given.resources
            ),
            context=given.context,
            today=self.today,
            count=given.count,
        )  # fmt: skip

    def request(self) -> str:
        """Return everything the person gives as one text, as it would be typed into a chat."""
        given = self.input
        parts = [given.aim, given.team, *given.org_goals, *given.improve, *given.resources, *given.context]
        return "\n".join(part for part in parts if part)


def read_rows(file: Path) -> list[dict[str, object]]:
    """Return the JSON objects of a file, one a line.

    Raises:
        CaseError: a line is not JSON.
    """
    rows = []
    for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except ValueError as error:
            raise CaseError(f"{file.name}:{number}: {error}") from None
    return rows


@cache
def load(file: Path = FILE) -> tuple[DraftingCase, ...]:
    """Read the cases.

    Raises:
        CaseError: a line is no case; every fault is named with file and line.
    """
    cases, faults = [], []
    for number, line in enumerate(file.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            cases.append(DraftingCase.model_validate_json(line))
        except ValidationError as error:
            faults += [
                f"{file.name}:{number}: `{'.'.join(map(str, fault['loc'])) or 'line'}`: {fault['msg']}"
                for fault in error.errors(include_input=False, include_url=False)
            ]
    if faults:
        raise CaseError("\n".join(faults))
    return tuple(cases)


def has_token(text: str, token: str) -> bool:
    """Return whether `token` occurs in `text` as a token: `10%` not in `110%`, `3` neither in `38` nor in `3.5`."""
    left = right = ""
    if token[:1].isdecimal():
        left = r"(?<![0-9０-９])(?<![0-9０-９][.,．])"
    elif token[:1].isascii() and token[:1].isalpha():
        left = "(?<![A-Za-z])"
    if token[-1:].isdecimal():
        right = r"(?![0-9０-９])(?![.,．][0-9０-９])"
    elif token[-1:].isascii() and token[-1:].isalpha():
        right = "(?![A-Za-z])"
    return re.search(f"{left}{re.escape(token)}{right}", text) is not None
