"""Says whether live models may be called: `GOALS_LLM_LIVE=off`, or `forbid_live()` in a test, allows loopback only.

Knows nothing about requests.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_forbidden: ContextVar[bool] = ContextVar("live_models_forbidden", default=False)


def is_loopback(host: str) -> bool:
    """Return whether `host` is this machine by its very name; nothing is looked up."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def allows(host: str) -> bool:
    """Return whether the model at `host` may be called; an empty host stands for one not known before the call."""
    off = _forbidden.get() or os.environ.get("GOALS_LLM_LIVE", "").strip().lower() in {"off", "0", "no", "false"}
    return not off or is_loopback(host)


@contextmanager
def forbid_live() -> Iterator[None]:
    """Forbid calls beyond loopback inside the `with` block."""
    token = _forbidden.set(True)
    try:
        yield
    finally:
        _forbidden.reset(token)
