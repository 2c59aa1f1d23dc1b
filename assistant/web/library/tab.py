"""Lays the tab of texts out and wires it. Knows nothing about the other tabs or about markup."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.web.arrivals import Arrivals
from assistant.web.backend import Backend
from assistant.web.library import looking, shelves
from assistant.web.library.looking import Books, Looking
from assistant.web.library.page import page
from assistant.web.session import Session
from assistant.web.texts import texts
from assistant.web.visitor import visitor
from assistant.web.work import in_thread
from assistant.web.workspaces import workspace_of

logger = logging.getLogger(__name__)

_SCRIPT = Path(__file__).with_name("events.js").read_text("utf-8")
_AT_ONCE = 8
_SEARCH = 1
"""Place of the part with the search box, which stays as it is while somebody types."""
_NAMES = ("library-choice", "library-search", "library-list", "library-page")


class LibraryTab:
    """The tab's components and what each shows; to be built inside a `gr.Tab`."""

    def __init__(
        self, backend: Backend, arrivals: Arrivals, session: gr.State, quiet: dict[str, Any], seconds: float
    ) -> None:
        """Lay the tab out; `session` holds the interface language, `seconds` is how long an idle tab is remembered."""
        self._backend = backend
        self._arrivals = arrivals
        self._session = session
        self._quiet = quiet | {"concurrency_limit": _AT_ONCE, "concurrency_id": "library"}
        self._books: Books | None = None
        self.looking = gr.State(Looking(), time_to_live=seconds)
        start = self._write(Session(), Looking())
        with gr.Row(elem_id="library"):
            with gr.Column(elem_id="library-left", min_width=0):
                parts = [self._markup(name, each) for name, each in zip(_NAMES[:3], start[:3], strict=True)]
            with gr.Column(elem_id="library-right", min_width=0):
                parts.append(self._markup(_NAMES[3], start[3]))
        self.markups = parts

    @property
    def outputs(self) -> list[Any]:
        """What opening the page and a change of the language update."""
        return [self.looking, *self.markups]

    def wire(self, tab: gr.Tab) -> None:
        """Load when the tab is opened, and answer to what is pressed, searched and dropped."""
        inputs, outputs = [self._session, self.looking], [self.looking, *self.markups]

        async def happened(session: Session, at: Looking, request: gr.Request, event: gr.EventData) -> list[Any]:
            data = event._data if isinstance(event._data, dict) else {}
            act, value = str(data.get("act") or "open"), str(data.get("value", ""))
            who = visitor(request.headers.get("cookie") or "", request.username, request.session_hash)
            workspace = workspace_of(request.username, who.owner)
            try:
                return await in_thread(lambda: self._answer(session, workspace, at, act, value))
            except Exception as error:
                told = at.model_copy(update={"told": looking.complaint(error)})
                return [told, *self._write(session, told)]

        # Of what is typed while a search runs the last counts; a press counts in any case.
        self.markups[_SEARCH].select(happened, inputs, outputs, trigger_mode="always_last", **self._quiet)
        presses = [tab.select, *(markup.click for markup in self.markups)]
        gr.on(presses, happened, inputs, outputs, trigger_mode="multiple", **self._quiet)

    def opened(self) -> Looking:
        """Return the look of a page that is opened."""
        return Looking(ticket=self._arrivals.ticket())

    def redraw(self, session: Session, at: Looking) -> list[Any]:
        """Return all outputs in the session's language."""
        at = at.model_copy(update={"told": None, "language": None})
        return [at, *self._write(session, at)]

    def _answer(self, session: Session, workspace: str, at: Looking, act: str, value: str) -> list[Any]:
        reading = self._backend.reading(workspace)
        fresh = self._books is None
        if self._books is None:
            self._books = looking.books(reading)
        before = self._write(session, at)
        if not at.listed and at.part == "metrics":
            at = at.model_copy(update={"listed": tuple(self._books.metrics)})
        after = looking.acted(reading, self._arrivals, self._books, at, act, value, session.language)
        # The first look after the texts are read writes all: what the browser shows was written before.
        shown = [
            gr.skip() if new == old and not fresh and act != "open" else new
            for new, old in zip(self._write(session, after), before, strict=True)
        ]
        if act == "find":
            shown[_SEARCH] = gr.skip()
        return [after, *shown]

    def _write(self, session: Session, at: Looking) -> list[Any]:
        words = texts(session.language)
        return [
            shelves.choice(at, words),
            shelves.search(at, self._books, words),
            shelves.listing(at, self._books, words),
            page(at, self._books, words),
        ]

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
