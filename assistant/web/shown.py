"""What the box and the labels of the page's own components show of a session. Knows nothing about the layout."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.web.session import Form, Session
from assistant.web.texts import texts


def box(session: Session) -> Any:
    """Return the update of the box: its label, its buttons and what is put back into it."""
    words = texts(session.language)
    first = not session.turns
    update: dict[str, Any] = {
        "label": words.plain("first.label" if first else "chat.label"),
        "placeholder": words.plain("first.placeholder" if first else f"chat.{_wanted(session)}"),
        "submit_btn": False if session.at_work else words.plain("first.send" if first else "chat.send"),
        "stop_btn": words.plain("chat.stop") if session.at_work else False,
    }
    if session.box is not None:
        update["value"] = session.box
    return gr.update(**update)


def _wanted(session: Session) -> str:
    """Return the key of what the box is for now: an answer, a change to the draft, or more about the aim."""
    if session.pending is not None:
        return "placeholder_either" if session.version else "placeholder_answer"
    return "placeholder_change" if session.version else "placeholder"


def labels(session: Session) -> list[Any]:
    """Return the updates of the tabs, the form and its fields, in the order in which the page lists them."""
    words = texts(session.language)
    lines = words.plain("form.lines")
    held: list[dict[str, Any]] = (
        [{} for _ in range(5)] if session.fill is None else [{"value": value} for value in _typed(session.fill)]
    )
    return [
        gr.update(label=words.plain("app.tab_draft")),
        gr.update(label=words.plain("app.tab_check")),
        gr.update(label=words.plain("app.tab_plan")),
        gr.update(label=words.plain("app.tab_batch")),
        gr.update(label=words.plain("app.tab_evals")),
        gr.update(label=words.plain("app.tab_library")),
        gr.update(label=words.plain("form.title")),
        gr.update(label=words.plain("form.profile"), placeholder=words.plain("form.profile_hint"), **held[0]),
        gr.update(label=words.plain("form.org_goals"), placeholder=lines, **held[1]),
        gr.update(label=words.plain("form.improve"), placeholder=lines, **held[2]),
        gr.update(label=words.plain("form.resources"), placeholder=lines, **held[3]),
        gr.update(label=words.plain("form.count"), placeholder=words.plain("form.count_hint"), **held[4]),
        gr.update(value=words.plain("form.again")),
    ]


def _typed(form: Form) -> tuple[str, ...]:
    count = "" if form.count is None else str(form.count)
    return form.profile, form.org_goals, form.improve, form.resources, count
