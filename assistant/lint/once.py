"""A property that is computed once and kept. Knows nothing about what is computed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

_Value = TypeVar("_Value", covariant=True)


class once(Generic[_Value]):  # noqa: N801 (a decorator, like `property`)
    """Like `functools.cached_property`, without its lock, which takes longer than most of what a goal is asked.

    Two threads may both compute a value; they get equal ones, since units are read and never changed.
    """

    def __init__(self, compute: Callable[[Any], _Value]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> _Value: ...
    def __get__(self, instance: object | None, owner: type) -> Self | _Value:
        if instance is None:
            return self
        # In the instance's own dictionary, where the next look finds it before this descriptor.
        value = instance.__dict__[self._name] = self._compute(instance)
        return value
