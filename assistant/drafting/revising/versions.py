"""Steps through the versions of a draft as an instruction asks. Knows nothing about how revisions come about."""

from __future__ import annotations

from assistant.drafting.revising.sentences import Teller
from assistant.goals import History, Revised


def step(history: History, instruction: str, revised: Revised) -> tuple[History, Revised]:
    """Return the versions after a revision, and the revision as it reads from the version that is then current.

    Args:
        history: the versions before.
        instruction: what was typed.
        revised: what was made of it.
    """
    if revised.step is None:
        return history.add(instruction, revised), revised
    moved = history.undo() if revised.step == "undo" else history.redo()
    possible = moved.current != history.current
    key = {"undo": "undone", "redo": "redone"}[revised.step] if possible else f"nothing_to_{revised.step}"
    now = moved.version
    told = (Teller(now.result.language).say(f"told.{key}"),)
    return moved, revised.model_copy(update={"aim": now.aim, "result": now.result, "told": told})
