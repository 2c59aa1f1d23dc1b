"""Reads option values that several commands share. Knows nothing about the commands."""

from __future__ import annotations

import difflib
from datetime import date

from assistant.errors import UsageError


def choice(option: str, value: str, allowed: tuple[str, ...]) -> str:
    """Return `value` when it is one of `allowed`.

    Raises:
        UsageError: it is not; the message names the nearest.
    """
    if value in allowed:
        return value
    near = difflib.get_close_matches(value, allowed, 1, 0.4)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    raise UsageError(f"{option} cannot be {value!r}.", f"{hint}Use one of: {', '.join(allowed)}.", value=value)


def day(option: str, value: str) -> date | None:
    """Return the day that `value` names, or None for an empty value.

    Raises:
        UsageError: it is no date in the form YYYY-MM-DD.
    """
    if not value:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    # The library also takes 20261121 and 2026-W47-6, in which people seldom mean what it reads.
    if found is None or found.isoformat() != value:
        raise UsageError(f"{option} cannot be {value!r}.", "Write a date as YYYY-MM-DD.", value=value)
    return found
