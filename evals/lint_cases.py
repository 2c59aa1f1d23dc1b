"""Reads the labelled goals of the linter suite and finds the places that their labels name.

Knows nothing about the linter; `evals/cases/LABELLING.md` says what the labels mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from assistant.goals import GoalKind, Language, Model, Traits
from assistant.goals.facts import Direction, QuantityRole, TimeKind

CASES = Path(__file__).parent / "cases" / "lint.jsonl"
EARLIER = CASES.with_name("lint-earlier.jsonl")
"""Goals of earlier rounds: each was measured once before anybody looked, then opened and worked with."""
Class = Literal["clean", "vague", "defect", "tricky"]
Split = Literal["dev", "held"]
Place = tuple[int, int]


class LabelledQuantity(Model):
    """A quantity that a reader sees; `text` as it stands in the goal, the rest as in `goals.Quantity`."""

    text: str
    value: str
    unit: str
    role: QuantityRole


class LabelledTime(Model):
    """A time that a reader sees; `text` as it stands in the goal, the rest as in `goals.Time`."""

    text: str
    kind: TimeKind
    resolved: tuple[date | None, date | None]


class LabelledChange(Model):
    """A pair of starting value and value to reach."""

    frm: str = Field(alias="from")
    to: str
    direction: Direction


class Case(Model):
    """A goal with what a careful reader finds in it. A case without a split belongs to `dev`."""

    id: str
    language: Language
    class_: Class = Field(alias="class")
    today: date
    kind: GoalKind | None
    text: str
    rules: tuple[str, ...]
    maybe: tuple[str, ...]
    traits: Traits
    quantities: tuple[LabelledQuantity, ...]
    times: tuple[LabelledTime, ...]
    changes: tuple[LabelledChange, ...]
    split: Split = "dev"

    def __repr__(self) -> str:
        # A failing test prints its arguments, and the case may be set aside.
        return f"Case({self.id!r})"


class CaseError(ValueError):
    """A case file that cannot be used; the message has a line for each fault."""


def load_cases(paths: Iterable[Path] = (CASES,)) -> list[Case]:
    """Read cases, in order of file and line.

    Raises:
        CaseError: a line is no case. The message gives file, line and key but no label: the case may be set aside.
    """
    cases, faults = [], []
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                cases.append(Case.model_validate_json(line))
            except ValidationError as error:
                for fault in error.errors(include_input=False, include_url=False, include_context=False):
                    key = ".".join(map(str, fault["loc"])) or "line"
                    faults.append(f"{path.name}:{number}: `{key}`: {fault['msg']}")
    if faults:
        raise CaseError("\n".join(faults))
    return cases


def places(case: Case) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Return where the labelled quantities and the labelled times stand, as code points, end exclusive.

    Raises:
        CaseError: the texts do not occur in that order.
    """
    times = _in_order(case.text, [time.text for time in case.times], ())
    quantities = None if times is None else _in_order(case.text, [item.text for item in case.quantities], times)
    if times is None or quantities is None:
        raise CaseError(f"{case.id}: the text of a quantity or time does not occur in the goal, or not in this order")
    return quantities, times


def _in_order(text: str, words: Sequence[str], taken: Sequence[Place]) -> tuple[Place, ...] | None:
    """Return the places of `words`, one after the other, inside as few other numbers, words and `taken` as can be."""

    def cost(start: int, end: int) -> int:
        inside = any(start < last and first < end for first, last in taken)
        return 2 * inside + _cuts(text, start) + _cuts(text, end)

    @cache
    def best(index: int, position: int) -> tuple[int, tuple[Place, ...]] | None:
        if index == len(words):
            return 0, ()
        options = []
        start = text.find(words[index], position)
        while start >= 0:
            end = start + len(words[index])
            if rest := best(index + 1, end):
                options.append((cost(start, end) + rest[0], ((start, end), *rest[1])))
            start = text.find(words[index], start + 1)
        return min(options, default=None)

    found = best(0, 0) if all(words) else None
    return found and found[1]


def _cuts(text: str, at: int) -> bool:
    """Return whether `at` lies within a number or within a word in Latin letters."""
    before, after = text[max(at - 1, 0) : at], text[at : at + 1]
    number = before.isdecimal() and after.isdecimal()
    decimal = before in (".", ",") and after.isdecimal() and text[max(at - 2, 0) : at - 1].isdecimal()
    word = before.isascii() and before.isalpha() and after.isascii() and (after.isalpha() or after.isdecimal())
    return number or decimal or word
