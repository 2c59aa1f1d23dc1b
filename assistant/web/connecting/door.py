"""Lays the form out and wires it. Knows nothing about tabs, markup or models."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.web.connecting import panel
from assistant.web.connecting.looking import Connector, Looking, Told, typed
from assistant.web.session import Session
from assistant.web.texts import texts
from assistant.web.visitor import Visitor
from assistant.web.work import in_thread

logger = logging.getLogger(__name__)

_SCRIPT = Path(__file__).with_name("events.js").read_text("utf-8")
_AT_ONCE = 4


class ConnectDoor:
    """The form's components; to be built below the head of the page."""

    def __init__(self, connector: Connector, session: gr.State, quiet: dict[str, Any], seconds: float) -> None:
        """Lay the form out, closed; `session` holds language and drafter, `seconds` is how long a tab is remembered."""
        self._connector = connector
        self._session = session
        self._quiet = quiet | {"concurrency_limit": _AT_ONCE, "concurrency_id": "connect"}
        self.looking = gr.State(Looking(), time_to_live=seconds)
        with gr.Column(elem_id="connect", min_width=0):
            self._form, self._told = self._markup("connect-form"), self._markup("connect-told")

    @property
    def outputs(self) -> list[Any]:
        """What a change of the language updates."""
        return [self.looking, self._form, self._told]

    def wire(
        self,
        lines: list[Any],
        who: Callable[[gr.Request], Visitor],
        shown: Callable[[Session], list[Any]],
        shows: list[Any],
    ) -> Any:
        """Answer to what is pressed; return the event, for what follows from another drafter.

        Args:
            lines: components with a line that says which drafter is at work, and opens the form.
            who: tells who asks.
            shown: returns the updates of `shows` for a session with another drafter.
            shows: components that name the drafter, the session's state first.
        """
        connector = self._connector
        outputs = [self.looking, self._form, self._told, *shows]

        async def happened(
            session: Session, at: Looking, request: gr.Request, event: gr.EventData
        ) -> AsyncIterator[list[Any]]:
            press, visitor, words = typed(event._data), who(request), texts(session.language)
            nothing = [gr.skip()] * len(shows)
            try:
                if press.act in ("try", "use"):
                    trying = at.model_copy(update={"told": Told(key="connect.trying", tone="info")})
                    yield [gr.skip(), gr.skip(), panel.told(trying, words), *nothing]
                after = await in_thread(lambda: connector.acted(visitor, at, press))
                held = connector.of(visitor)
                # What was typed stays in the browser's own fields, the key above all, until a model is connected.
                same = press.act == "try" or (press.act == "use" and held is None)
                form = gr.skip() if same else panel.form(after, held, connector.permission.given, words)
                drafter = connector.line(visitor)
                line = nothing if drafter == session.drafter else shown(session.model_copy(update={"drafter": drafter}))
                yield [after, form, panel.told(after, words), *line]
            except Exception as error:
                # The trace could hold what was typed, and with it the key.
                logger.error("The form that connects a model could not answer (%s).", type(error).__name__)
                broken = at.model_copy(update={"told": Told(key="error.internal")})
                yield [gr.skip(), gr.skip(), panel.told(broken, words), *nothing]

        presses = [component.click for component in (*lines, self._form)]
        inputs = [self._session, self.looking]
        return gr.on(presses, happened, inputs, outputs, trigger_mode="multiple", **self._quiet)

    def redraw(self, session: Session, at: Looking, who: Visitor) -> list[Any]:
        """Return all outputs in the session's language."""
        words, held = texts(session.language), self._connector.of(who)
        at = at.model_copy(update={"told": None})
        return [at, panel.form(at, held, self._connector.permission.given, words), ""]

    @staticmethod
    def _markup(name: str) -> gr.HTML:
        return gr.HTML(
            "",
            html_template="{{{value}}}",
            js_on_load=_SCRIPT,
            apply_default_css=False,
            elem_id=name,
            elem_classes="gh",
        )
