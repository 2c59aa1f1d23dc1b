"""Patterns that are compiled when first used. Knows nothing about what they match."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags")


class _Later:
    """Stands for a pattern; its methods become those of the compiled pattern with the first call of any of them."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        # In the instance's own dictionary, so that every further call is as fast as on a pattern.
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return self.__dict__[name]


def later(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern like `re.compile`, compiled when first used.

    Half of the linter's patterns look at words that one goal does not have, and compiling takes as long as all else.
    """
    return cast("re.Pattern[str]", _Later(source, flags))
