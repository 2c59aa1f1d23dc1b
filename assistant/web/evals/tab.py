"""Lays the tab of evaluation runs out and wires it. Knows nothing about the other tabs or about markup."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import gradio as gr

from assistant.web.backend import Backend
from assistant.web.evals import looking
from assistant.web.evals.compared import compared
from assistant.web.evals.listing import listing
from assistant.web.evals.looking import Looking
from assistant.web.evals.run import run
from assistant.web.session import Session
from assistant.web.texts import Texts, texts
from assistant.web.updates import never_nothing

_PICK = """
const tell = (node) => trigger('click', { act: node.dataset.act, value: node.dataset.value || node.value || '' });
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (button && element.contains(button)) tell(button);
});
element.addEventListener('change', (event) => {
  if (event.target.matches('select[data-act]')) tell(event.target);
});
"""
_AT_ONCE = 4
_PARTS: tuple[tuple[str, Callable[[Looking, Texts], str]], ...] = (
    ("runs", listing),
    ("run", run),
    ("compared", compared),
)


class EvalsTab:
    """The tab's components and what each shows; to be built inside a `gr.Tab`."""

    def __init__(self, backend: Backend, session: gr.State, quiet: dict[str, Any], seconds: float) -> None:
        """Lay the tab out; `session` holds the interface language, `seconds` is how long an idle tab is remembered."""
        self._backend = backend
        self._session = session
        self._quiet = quiet | {"concurrency_limit": _AT_ONCE, "concurrency_id": "evals"}
        self.looking = gr.State(Looking(), time_to_live=seconds)
        start, words = Looking(), texts(Session().language)
        with gr.Row(elem_id="evals"):
            with gr.Column(elem_id="evals-left", min_width=0):
                left = self._markup("runs", listing(start, words))
            with gr.Column(elem_id="evals-right", min_width=0):
                right = [self._markup(name, write(start, words)) for name, write in _PARTS[1:]]
        self.markups = [left, *right]

    def wire(self, tab: gr.Tab) -> None:
        """Read the list whenever the tab is opened, and answer to what is picked in it."""
        inputs, outputs = [self._session, self.looking], [self.looking, *self.markups]

        async def picked(session: Session, at: Looking, event: gr.EventData) -> AsyncIterator[list[Any]]:
            states = _picked(self._backend, at, event._data or {})
            async for update in never_nothing(self._updates(session, at, states), outputs):
                yield update

        # One event for all, so that a browser sends the next pick when the one before is through.
        picks = [tab.select, *(markup.click for markup in self.markups)]
        gr.on(picks, picked, inputs, outputs, trigger_mode="always_last", **self._quiet)

    @staticmethod
    def redraw(session: Session, at: Looking) -> list[str]:
        """Return all markup in the session's language."""
        words = texts(session.language)
        return [write(at, words) for _, write in _PARTS]

    async def _updates(self, session: Session, at: Looking, states: AsyncIterator[Looking]) -> AsyncIterator[list[Any]]:
        shown = self.redraw(session, at)
        async for state in states:
            markups = self.redraw(session, state)
            changed = [gr.skip() if new == old else new for new, old in zip(markups, shown, strict=True)]
            shown = markups
            yield [state, *changed]

    def _markup(self, name: str, start: str) -> gr.HTML:
        return gr.HTML(
            start,
            html_template="{{{value}}}",
            js_on_load=_PICK,
            apply_default_css=False,
            elem_id=f"evals-{name}",
            elem_classes="gh",
        )


async def _picked(backend: Backend, at: Looking, data: dict[str, Any]) -> AsyncIterator[Looking]:
    value = str(data.get("value", ""))
    match data.get("act"):
        case "refresh" | None:
            states = looking.refresh(backend, at)
        case "run":
            states = looking.show(backend, at, value)
        case "against":
            states = looking.compare(backend, at, value)
        case "swap":
            states = looking.swap(backend, at)
        case "old":
            states = looking.choose(backend, at, 0, value)
        case "new":
            states = looking.choose(backend, at, 1, value)
        case _:
            return
    async for state in states:
        yield state
