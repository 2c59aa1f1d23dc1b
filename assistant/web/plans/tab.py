"""Lays the tab of plans out and wires it. Knows nothing about the other tabs or about markup."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.goals import Aim, Language, Team
from assistant.web import exports
from assistant.web.backend import Backend
from assistant.web.plans import page
from assistant.web.plans.looking import Desk, Form, Looking, complaint
from assistant.web.session import Session, Version
from assistant.web.texts import texts
from assistant.web.work import in_thread

logger = logging.getLogger(__name__)

_SCRIPT = Path(__file__).with_name("events.js").read_text("utf-8")
_AT_ONCE = 8
_LONGEST_TITLE = 80


class PlanTab:
    """The tab's components and what each shows; to be built inside a `gr.Tab`."""

    def __init__(self, backend: Backend, session: gr.State, quiet: dict[str, Any], seconds: float) -> None:
        """Lay the tab out; `session` holds language and draft, `seconds` is how long an idle tab is remembered."""
        self._backend = backend
        self._session = session
        self._quiet = quiet | {"concurrency_limit": _AT_ONCE, "concurrency_id": "plans"}
        self.looking = gr.State(Looking(), time_to_live=seconds)
        start = self._write(Session(), Looking())
        with gr.Row(elem_id="planning"):
            with gr.Column(elem_id="plan-left", min_width=0):
                self._form = self._markup("plan-form-holder", start[0])
            with gr.Column(elem_id="plan-right", min_width=0):
                self._told = self._markup("plan-told", start[1])
                self._shown = self._markup("plan-shown", start[2])
        self.markups = [self._form, self._told, self._shown]

    @property
    def outputs(self) -> list[Any]:
        """What opening the page and a change of the language update."""
        return [self.looking, *self.markups]

    def wire(self, tab: gr.Tab, drafting: Callable[[gr.Request], Awaitable[Backend]]) -> None:
        """Offer the draft's goals when the tab is opened, and answer to what is pressed.

        `drafting` gives what drafts for whoever asks: with their documents, and the model that they connected.
        """
        inputs = [self._session, self.looking]

        async def happened(session: Session, at: Looking, request: gr.Request, event: gr.EventData) -> list[Any]:
            data = event._data if isinstance(event._data, dict) else {}
            act, value, text = (str(data.get(name, "")) for name in ("act", "value", "text"))
            at = at.model_copy(update={"presses": at.presses + 1})
            try:
                planning = (await drafting(request)).planning()
                desk = Desk(planning, self._aim, self._surround, exports.keep)
                form, language = Form.of(data.get("form")), session.language
                after = await in_thread(lambda: desk.acted(at, act, value, text, form, session.version, language))
                after = after.model_copy(update={"presses": at.presses})
                written = await in_thread(lambda: self._write(session, after))
            except Exception as error:
                after = at.model_copy(update={"told": complaint(error)})
                return [after, gr.skip(), page.told(after, texts(session.language)), gr.skip()]
            return [after, gr.skip(), written[1], written[2] if after.plan is not at.plan else gr.skip()]

        presses = [markup.click for markup in self.markups]
        gr.on(presses, happened, inputs, self.outputs, trigger_mode="multiple", **self._quiet)
        tab.select(self._offered, self._session, self._form, **self._quiet)

    def redraw(self, session: Session, at: Looking) -> list[Any]:
        """Return all outputs in the session's language."""
        at = at.model_copy(update={"told": None})
        return [at, *self._write(session, at)]

    def _offered(self, session: Session) -> str:
        kinds = self._backend.planning().plan_kinds()
        return page.form(kinds, texts(session.language), drafted=_title(session.version))

    def _aim(self, text: str, team: Team, notes: tuple[str, ...], language: Language) -> Aim:
        return self._backend.make_aim(text, team=team, context=notes, count=None, interface=language)

    def _surround(self, shown: Version, notes: tuple[str, ...]) -> Aim:
        return self._backend.surroundings(shown.result, shown.aim, notes)

    def _write(self, session: Session, at: Looking) -> list[str]:
        words = texts(session.language)
        outline = self._backend.planning().plan_outline(at.plan) if at.plan is not None else None
        return [self._offered(session), page.told(at, words), page.shown(at, outline, words)]

    @staticmethod
    def _markup(name: str, start: str) -> gr.HTML:
        return gr.HTML(
            start,
            html_template="{{{value}}}",
            js_on_load=_SCRIPT,
            apply_default_css=False,
            elem_id=name,
            elem_classes="gh",
        )


def _title(version: Version | None) -> str:
    """Return what the draft on the other tab is about, '' where there is none."""
    if version is None or not version.result.goals:
        return ""
    words = version.aim.text or version.result.goals[0].title
    return words if len(words) <= _LONGEST_TITLE else f"{words[: _LONGEST_TITLE - 1]}…"
