"""Builds domain values without checking them again. Only for values that this code itself has just made."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from assistant.goals.base import Model

_Made = TypeVar("_Made", bound=Model)
_set = object.__setattr__


@cache
def _defaults(kind: type[Model]) -> dict[str, Any]:
    """Return the fields of a type in order, with the defaults of those that have one."""
    return {name: field.default for name, field in kind.model_fields.items()}


def made(kind: type[_Made], **values: Any) -> _Made:
    """Return a value of the type, equal to what its constructor would return and serialised the same.

    A goal is judged into dozens of small values; checking each of them takes a tenth of the time, and tells nothing
    where every part was computed here with its type known. What comes from outside (files, models, requests) is always
    checked: use the constructor there. Required fields must all be given, by their own names.
    """
    fields = _defaults(kind).copy()
    fields.update(values)
    new = object.__new__(kind)
    _set(new, "__dict__", fields)
    _set(new, "__pydantic_fields_set__", set(values))
    _set(new, "__pydantic_extra__", None)
    _set(new, "__pydantic_private__", None)
    return new
