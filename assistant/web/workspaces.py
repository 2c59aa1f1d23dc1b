"""Says whose documents a session reads: those of its login, else of its browser. Knows nothing of documents."""

from __future__ import annotations

import hashlib

NOBODY = ""
"""The workspace of a browser that keeps no cookie: it has none."""


def workspace_of(user: str | None, owner: str) -> str:
    """Return the name of a workspace, from which neither the login nor the browser can be told.

    Args:
        user: the login, None where the page has no accounts.
        owner: what names the browser, '' where it keeps no cookie; see `visitor.Visitor`.
    """
    if not user and not owner:
        return NOBODY
    kind, whose = ("login", user) if user else ("browser", owner)
    return f"{kind}-{hashlib.sha256(f'{kind}:{whose}'.encode()).hexdigest()[:40]}"
