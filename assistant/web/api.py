"""Names the page's endpoints for programs: what `gradio_client` lists and calls. Knows nothing about the page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.errors import AssistantError
from assistant.tools import Tools
from assistant.web.backend import Backend

_AT_ONCE = 4
"""Calls of programs under way at once, so that the people at the page are served beside them."""


def tools(backend: Backend) -> Tools:
    """Return the calls over the page's assistant: with the drafter of its settings, and nobody's documents."""
    return Tools(
        lint=lambda text, today: backend.lint(text, today=today),
        draft=backend.draft,
        search=lambda question, k, language: backend.reading("").search(question, k, language, "methods"),
    )


def add_endpoints(calls: Tools) -> None:
    """Add the calls to the page that is being laid out; all go through its queue."""
    for call in calls.all:
        api(_telling(call), api_name=call.__name__, concurrency_limit=_AT_ONCE, concurrency_id="api")


def _telling(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return the call with errors for people as the page's own, whose words reach the client."""

    @functools.wraps(call)
    def told(*args: Any, **values: Any) -> Any:
        try:
            return call(*args, **values)
        except AssistantError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return told
