"""Examines what drafting rests on and says how to mend what is missing. Knows nothing about how results are shown."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from assistant import __version__, paths
from assistant.errors import AssistantError, StorageError
from assistant.goals import Model
from assistant.settings import Settings, load

if TYPE_CHECKING:
    from assistant.retrieval import Retriever

Mark = Literal["ok", "missing", "broken"]
"""`missing` leaves the product usable without that part; `broken` does not."""


class Check(Model):
    """The state of one part: what was found and, unless all is well, what to do."""

    name: str
    mark: Mark
    what: str
    cure: str = ""


def examine(check_model: bool = True) -> tuple[Check, ...]:
    """Return the state of every part, in the order in which they are needed.

    Args:
        check_model: ask the configured model for one word.
    """
    checks = [Check(name="version", mark="ok", what=f"goal-assistant {__version__}, Python {sys.version.split()[0]}")]
    try:
        settings = load()
    except AssistantError as error:
        return (*checks, Check(name="settings", mark="broken", what=error.what, cure=error.cure))
    from assistant.retrieval import shared

    parts: list[tuple[str, Callable[[], Check]]] = [
        ("data folder", _folder),
        ("catalogue", _catalogue),
        ("method texts", lambda: _texts(shared(settings))),
        ("search", lambda: _search(shared(settings))),
        ("prompts", _prompts),
        ("model", lambda: _model(settings, check_model)),
    ]
    for name, part in parts:
        try:
            checks.append(part())
        except AssistantError as error:
            checks.append(Check(name=name, mark="broken", what=error.what, cure=error.cure))
    return tuple(checks)


def _folder() -> Check:
    try:
        return Check(name="data folder", mark="ok", what=str(paths.home()))
    except StorageError as error:
        what = f"{error.what} Search works from memory and starts more slowly."
        return Check(name="data folder", mark="missing", what=what, cure=error.cure)


def _catalogue() -> Check:
    from assistant import catalogue

    entries = catalogue.load()
    what = f"{len(entries.metrics)} metrics in {len(entries.functions)} functions"
    return Check(name="catalogue", mark="ok", what=what)


def _texts(retriever: Retriever) -> Check:
    problems = retriever.problems()
    what = f"{len(retriever.topics)} topics"
    if problems:
        return Check(name="method texts", mark="missing", what=f"{what}; left out: {'; '.join(problems)}",
                     cure="Correct these files or reinstall; the other texts are used.")  # fmt: skip
    return Check(name="method texts", mark="ok", what=what)


def _search(retriever: Retriever) -> Check:
    if retriever.warning:
        return Check(name="search", mark="missing", what=f"{retriever.mode}; {retriever.warning}",
                     cure="Set GOALS_HOME to a folder that you can write to.")  # fmt: skip
    if retriever.mode.startswith("lexical"):
        return Check(name="search", mark="missing", what=retriever.mode,
                     cure="Search goes by words alone; GOALS_EMBEDDING=openai uses an endpoint.")  # fmt: skip
    return Check(name="search", mark="ok", what=retriever.mode)


def _prompts() -> Check:
    from assistant import prompting

    active = prompting.load().manifest.active
    return Check(name="prompts", mark="ok", what=", ".join(f"{role} {version}" for role, version in active.items()))


def _model(settings: Settings, ask: bool) -> Check:
    if not settings.llm_model or settings.llm_model == "offline":
        return Check(name="model", mark="missing", what="none configured; the offline drafter writes",
                     cure="Set GOALS_LLM_MODEL and GOALS_LLM_BASE_URL (or a key) to let a model write.")  # fmt: skip
    if not ask:
        return Check(name="model", mark="ok", what=f"{settings.llm_model}, not tried")
    from assistant.llm import Failure, check
    from assistant.llm.blocking import run

    outcome = run(lambda: check(settings))
    if isinstance(outcome, Failure):
        return Check(name="model", mark="missing", what=f"{settings.llm_model}: {outcome.what}",
                     cure=f"{outcome.cure} Until then the offline drafter writes.".strip())  # fmt: skip
    return Check(name="model", mark="ok", what=f"{settings.llm_model} answers")
