"""Lays the tab of whole lists out and wires it. Knows nothing about the other tabs or about markup."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.web.batch import looking
from assistant.web.batch.desk import Desk
from assistant.web.batch.desks import Desks
from assistant.web.batch.intake import intake
from assistant.web.batch.looking import Looking
from assistant.web.batch.overview import overview
from assistant.web.batch.rows import rows
from assistant.web.batch.running import running
from assistant.web.session import Session
from assistant.web.texts import texts
from assistant.web.visitor import Visitor
from assistant.web.work import in_thread

logger = logging.getLogger(__name__)

_SCRIPT = Path(__file__).with_name("batch.js").read_text("utf-8")
_AT_ONCE = 8
_LOOK_SECONDS = 0.6
_RUN = 1
"""Place of the part that changes while a run is under way."""
_PARTS: tuple[tuple[str, Callable[[Desk, Looking, Session], str]], ...] = (
    ("list", lambda desk, at, session: intake(desk, texts(session.language))),
    ("run", lambda desk, at, session: running(desk, session.drafter, texts(session.language))),
    ("sums", lambda desk, at, session: overview(desk, texts(session.language))),
    ("rows", lambda desk, at, session: rows(desk, at, texts(session.language))),
)


class BatchTab:
    """The tab's components and what each shows; to be built inside a `gr.Tab`."""

    def __init__(self, desks: Desks, session: gr.State, quiet: dict[str, Any], seconds: float) -> None:
        """Lay the tab out; `session` holds the language and the drafter, `seconds` is how long it is remembered."""
        self._desks = desks
        self._session = session
        self._quiet = quiet | {"concurrency_limit": _AT_ONCE, "concurrency_id": "batch"}
        self.looking = gr.State(Looking(), time_to_live=seconds)
        with gr.Column(elem_id="batch", min_width=0):
            with gr.Row(elem_id="batch-top"):
                self.markups = [self._markup(name) for name, _ in _PARTS[:2]]
            self.markups += [self._markup(name) for name, _ in _PARTS[2:]]
        self.timer = gr.Timer(_LOOK_SECONDS, active=False)

    @property
    def outputs(self) -> list[Any]:
        """What every answer updates."""
        return [self.looking, self.timer, *self.markups]

    def wire(self, who: Callable[[gr.Request], Visitor]) -> None:
        """Answer to what is pressed and picked, and look at the run while there is one; `who` tells who asks."""
        inputs = [self._session, self.looking]

        async def pressed(session: Session, at: Looking, request: gr.Request, event: gr.EventData) -> list[Any]:
            data = event._data or {}
            act, value = str(data.get("act", "")), str(data.get("value", ""))
            owner = who(request).owner
            try:
                if act == "known":
                    at = looking.found(self._desks, at, value, owner)
                elif (desk := self._desks.find(at.ticket, owner)) is not None:
                    at = await in_thread(lambda: looking.acted(self._desks, desk, at, act, value))
                return await self._updates(session, at, owner, silent=act in ("goals", "who"))
            except Exception:
                logger.exception("The page could not do what was pressed in the tab of lists.")
                return self._nothing()

        async def look(session: Session, at: Looking) -> list[Any]:
            desk = self._desks.find(at.ticket)
            if desk is None:
                return self._nothing()
            if desk.busy:
                shown = [gr.skip()] * len(_PARTS)
                shown[_RUN] = _PARTS[_RUN][1](desk, at, session)
                return [gr.skip(), gr.skip(), *shown]
            return await self._updates(session, at.model_copy(update={"shown": ()}), desk.owner)

        # One event for all, so that a browser sends the next press when the one before is through.
        presses = [each.click for each in self.markups]
        gr.on(presses, pressed, inputs, self.outputs, trigger_mode="always_last", **self._quiet)
        self.timer.tick(look, inputs, self.outputs, **self._quiet)

    async def open(self, session: Session, who: Visitor) -> list[Any]:
        """Return all outputs for a session that begins."""
        return await self.redraw(session, Looking(ticket=self._desks.open(who.owner).ticket), who)

    async def redraw(self, session: Session, at: Looking, who: Visitor) -> list[Any]:
        """Return all outputs in the session's language."""
        try:
            return await self._updates(session, at.model_copy(update={"shown": ()}), who.owner)
        except Exception:
            logger.exception("The page could not show a list.")
            return self._nothing()

    async def _updates(self, session: Session, at: Looking, owner: str, *, silent: bool = False) -> list[Any]:
        found = self._desks.find(at.ticket, owner)
        desk = found or self._desks.open(owner)
        if found is None:
            at = Looking(ticket=desk.ticket)
        written = await in_thread(lambda: [write(desk, at, session) for _, write in _PARTS])
        prints = tuple(hash(markup) for markup in written)
        before = at.shown or (None,) * len(written)
        shown = [
            gr.skip() if silent or new == old else markup
            for markup, new, old in zip(written, prints, before, strict=True)
        ]
        return [at.model_copy(update={"shown": prints}), gr.Timer(active=desk.busy), *shown]

    def _nothing(self) -> list[Any]:
        return [gr.skip()] * len(self.outputs)

    def _markup(self, name: str) -> gr.HTML:
        return gr.HTML(
            "",
            html_template="{{{value}}}",
            js_on_load=_SCRIPT,
            apply_default_css=False,
            elem_id=f"batch-{name}",
            elem_classes="gh",
        )
