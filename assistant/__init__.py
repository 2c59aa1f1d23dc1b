"""Goal drafting assistant: vague team aims in, goals a team can be held to out.

`from assistant import Assistant` is the whole Python API: lint, draft, revise, search; docs/python.md shows it. Names
load on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.goals import DraftResult, LintReport, Passage, Team
    from assistant.service import Assistant, make_aim

__version__ = "0.1.0"

__all__ = ["Assistant", "DraftResult", "LintReport", "Passage", "Team", "__version__", "make_aim"]

_PLACES = {
    "Assistant": "assistant.service",
    "make_aim": "assistant.service",
    "DraftResult": "assistant.goals",
    "LintReport": "assistant.goals",
    "Passage": "assistant.goals",
    "Team": "assistant.goals",
}


def __getattr__(name: str) -> Any:
    """Load a public name from where it lives."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PLACES[name]), name)
