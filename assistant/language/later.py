"""Patterns that are compiled when first used and run only where they can match. Knows nothing about their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


class _Needing:
    """Stands for a pattern that is looked for only in texts with one of the strings that each of its matches needs."""

    def __init__(self, source: str, flags: int, needs: tuple[str, ...]) -> None:
        self.needs = needs
        self._real = cast("re.Pattern[str]", _Later(source, flags))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def _vain(self, text: str) -> bool:
        for need in self.needs:  # noqa: SIM110 (a generator would cost as much as the search)
            if need in text:
                return False
        return True

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        return None if self._vain(text) else self._real.search(text, *span)

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        return None if self._vain(text) else self._real.match(text, *span)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        return iter(()) if self._vain(text) else self._real.finditer(text, *span)


def later(source: str, flags: int = 0, needs: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Return a pattern like `re.compile`, compiled when first used.

    Half of the linter's patterns look at words that one goal does not have, and compiling takes as long as all else.

    Args:
        source: the pattern.
        flags: as for `re.compile`.
        needs: strings of which at least one stands in the text wherever the pattern matches. Most patterns match in
            one goal of a hundred, and finding a string takes a fraction of trying a pattern at every place.
    """
    return cast("re.Pattern[str]", _Needing(source, flags, needs) if needs else _Later(source, flags))
