"""Builds domain values without checking them again. Only for values that this code itself has just made."""

from __future__ import annotations

from typing import Any, TypeVar

from assistant.goals.base import Model

_Made = TypeVar("_Made", bound=Model)
_new = object.__new__
_set_given, _set_extra, _set_private = (
    Model.__mro__[1].__dict__[f"__pydantic_{name}__"].__set__ for name in ("fields_set", "extra", "private")
)


def made(kind: type[_Made], /, **values: Any) -> _Made:
    """Return a value of the type, equal to what its constructor would return and serialised the same.

    A goal is judged into dozens of small values; checking each of them takes a tenth of the time, and tells nothing
    where every part was computed here with its type known. What comes from outside (files, models, requests) is always
    checked: use the constructor there.

    Args:
        kind: the type; one without validators of its own.
        values: all its fields, those with defaults too, by their own names and in the order of the type.
    """
    value = _new(kind)
    value.__dict__.update(values)
    _set_given(value, set(values))
    _set_extra(value, None)
    _set_private(value, None)
    return value
