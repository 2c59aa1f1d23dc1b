"""Walks through every value of a plan with its JSON pointer. Knows nothing about what the values mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel

from assistant.goals.plan import Body, Said

if TYPE_CHECKING:
    from assistant.goals.plan import Plan

PARTS = ("title", "window", "body", "assumptions")
"""Fields of a plan whose values are its own; its goals have entries of their own."""


def values(plan: Plan) -> Iterator[tuple[str, Said]]:
    """Yield pointer and value, in the order of the fields."""
    for name in PARTS:
        yield from within(getattr(plan, name), f"/{name}")


def within(part: object, pointer: str) -> Iterator[tuple[str, Said]]:
    """Yield the values inside a part of a plan."""
    if isinstance(part, Said):
        yield pointer, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from within(getattr(part, name), f"{pointer}/{name}")
    elif isinstance(part, tuple):
        for at, each in enumerate(part):
            yield from within(each, f"{pointer}/{at}")


def parts_of(body: Body) -> tuple[str, ...]:
    """Return the names of a body's fields, without its kind."""
    return tuple(name for name in type(body).model_fields if name != "kind")
