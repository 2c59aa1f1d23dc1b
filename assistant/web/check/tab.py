"""Lays the tab of checks out and wires it. Knows nothing about the other tabs or about markup."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.web.arrivals import Arrivals
from assistant.web.backend import Backend
from assistant.web.check import editor, looking
from assistant.web.check.goals import goals
from assistant.web.check.looking import Looking
from assistant.web.check.together import together
from assistant.web.session import Session
from assistant.web.texts import Texts, texts
from assistant.web.work import in_thread

logger = logging.getLogger(__name__)

_SCRIPT = Path(__file__).with_name("events.js").read_text("utf-8")
_AT_ONCE = 16
_LONGEST = looking.MAX_CHARACTERS + 1
_PARTS: tuple[tuple[str, Callable[[Looking, Texts], str]], ...] = (
    ("check-top", editor.top),
    ("paste", editor.paste),
    ("check-foot", editor.foot),
    ("together", together),
    ("found", goals),
)
_BOX = 1
"""Place of the part with the text box, which is written anew only with the language."""


class CheckTab:
    """The tab's components and what each shows; to be built inside a `gr.Tab`."""

    def __init__(
        self, backend: Backend, arrivals: Arrivals, session: gr.State, quiet: dict[str, Any], seconds: float
    ) -> None:
        """Lay the tab out; `session` holds the interface language, `seconds` is how long an idle tab is remembered."""
        self._backend = backend
        self._arrivals = arrivals
        self._session = session
        self._quiet = quiet | {"concurrency_limit": _AT_ONCE, "concurrency_id": "check"}
        self.looking = gr.State(Looking(), time_to_live=seconds)
        start, words = Looking(), texts(Session().language)
        with gr.Row(elem_id="checking"):
            with gr.Column(elem_id="pasted", min_width=0):
                with gr.Column(elem_id="editor", min_width=0):
                    parts = [self._markup(name, write(start, words)) for name, write in _PARTS[:3]]
                parts.append(self._markup(_PARTS[3][0], together(start, words)))
            with gr.Column(elem_id="judged", min_width=0):
                parts.append(self._markup(_PARTS[4][0], goals(start, words)))
        self.markups = parts

    @property
    def outputs(self) -> list[Any]:
        """What opening the page and a change of the language update."""
        return [self.looking, *self.markups]

    def wire(self) -> None:
        """Answer to what is typed, pressed and dropped."""
        inputs, outputs = [self._session, self.looking], [self.looking, *self.markups]

        async def happened(session: Session, at: Looking, event: gr.EventData) -> list[Any]:
            data = event._data if isinstance(event._data, dict) else {}
            act, value = str(data.get("act", "")), str(data.get("value", ""))
            text = str(data.get("text", ""))[:_LONGEST]
            try:
                lists = self._backend.lists()
                after = await in_thread(
                    lambda: looking.acted(lists, self._arrivals, at, act, value, text, date.today())
                )
                return self._updates(session, at, after)
            except Exception:
                logger.exception("The page could not answer in the tab of checks.")
                return [gr.skip()] * len(outputs)

        # Of what is typed while a list is judged the last counts; a press counts in any case.
        self.markups[_BOX].select(happened, inputs, outputs, trigger_mode="always_last", **self._quiet)
        presses = [markup.click for markup in self.markups]
        gr.on(presses, happened, inputs, outputs, trigger_mode="multiple", **self._quiet)

    def opened(self) -> Looking:
        """Return the look of a page that is opened."""
        return Looking(ticket=self._arrivals.ticket())

    @staticmethod
    def redraw(session: Session, at: Looking) -> list[Any]:
        """Return all outputs in the session's language."""
        words = texts(session.language)
        at = at.model_copy(update={"put": None, "told": None})
        return [at, *(write(at, words) for _, write in _PARTS)]

    @staticmethod
    def _updates(session: Session, at: Looking, after: Looking) -> list[Any]:
        words = texts(session.language)
        shown = []
        for place, (_, write) in enumerate(_PARTS):
            markup = write(after, words)
            shown.append(gr.skip() if place == _BOX or markup == write(at, words) else markup)
        return [after, *shown]

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
