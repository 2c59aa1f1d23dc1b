"""Lays the page out and wires it. Knows nothing about goals beyond passing sessions to what writes the markup."""

from __future__ import annotations

import asyncio
import logging
import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

from collections.abc import AsyncIterator, Callable
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.goals import LANGUAGES
from assistant.tools import Tools
from assistant.web import drafts, handlers, writing
from assistant.web.api import add_endpoints
from assistant.web.arrivals import Arrivals
from assistant.web.backend import Backend
from assistant.web.batch.desks import Desks
from assistant.web.batch.looking import Looking as ListLooking
from assistant.web.batch.tab import BatchTab
from assistant.web.board import board
from assistant.web.check.tab import CheckTab
from assistant.web.connecting.door import ConnectDoor
from assistant.web.connecting.looking import Connector
from assistant.web.connecting.looking import Looking as ConnectLooking
from assistant.web.earlier import earlier, notice
from assistant.web.evals.looking import Looking
from assistant.web.evals.tab import EvalsTab
from assistant.web.keeping import Keeper
from assistant.web.library.tab import LibraryTab
from assistant.web.plans.looking import Looking as PlanLooking
from assistant.web.plans.tab import PlanTab
from assistant.web.pressing import press as pressed
from assistant.web.session import Form, Session
from assistant.web.shown import box, labels
from assistant.web.talk import examples, head, hero, promises, swap, talk
from assistant.web.texts import interface_language, texts
from assistant.web.updates import never_nothing
from assistant.web.visitor import Visitor, visitor
from assistant.web.work import DRAFTS_AT_ONCE, in_thread
from assistant.web.workspaces import workspace_of

logger = logging.getLogger(__name__)

_PRESS = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (!button || !element.contains(button)) return;
  const name = { language: 'select', new: 'clear' }[button.dataset.act] || 'click';
  trigger(name, { act: button.dataset.act, value: button.dataset.value || '' });
});
element.addEventListener('goals:tell', (event) => trigger(event.detail.name, event.detail.data));
"""
_ARRIVE = """
(language) => {
  try { return [language, sessionStorage.getItem('goals-session') || '']; } catch { return [language, '']; }
}
"""
"""Adds the name of the conversation that this tab shows, which only the tab remembers."""
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_CHECKS_AT_ONCE = 16
_EVENTS_AT_ONCE = DRAFTS_AT_ONCE + 32
"""Events of all kinds under way at the same time: where every place for drafts is taken, other tabs still answer."""
_WAITING = 64
_STATE_SECONDS = 12 * 3600
_LAST_LOOK_SECONDS = 0.4


def _markup(write: Callable[[Session], str], session: Session, id: str) -> gr.HTML:
    return gr.HTML(
        write(session),
        html_template="{{{value}}}",
        js_on_load=_PRESS,
        apply_default_css=False,
        elem_id=id,
        elem_classes="gh",
    )


class Page:
    """The page's components and what each shows of a session."""

    def __init__(
        self,
        backend: Backend,
        arrivals: Arrivals,
        connector: Connector,
        keeper: Keeper | None = None,
        desks: Desks | None = None,
        calls: Tools | None = None,
    ) -> None:
        """Lay out and wire a page.

        Args:
            backend: what all tabs share.
            arrivals: the files that they send.
            connector: lets visitors connect a model of their own.
            keeper: what brings conversations back; without it, a reload begins anew.
            desks: the lists that are handed in.
            calls: what programs may call; None for nothing.
        """
        self._backend = backend
        self._keeper = keeper or Keeper(None)
        self._desks = desks or Desks(backend)
        self._connector = connector
        start = Session()
        words = texts(start.language)
        with gr.Blocks(
            title=words.plain("app.title"), analytics_enabled=False, fill_width=True, delete_cache=(600, 3600)
        ) as self.blocks:
            self._session = gr.State(start, time_to_live=_STATE_SECONDS)
            self._language = gr.BrowserState(None, storage_key="goals-language", secret="not-a-secret")  # noqa: S106
            self._wanted = gr.Textbox(visible=False)
            self._head = _markup(head, start, "head")
            self._door = ConnectDoor(self._connector, self._session, _QUIET, _STATE_SECONDS)
            self._notice = _markup(notice, start, "notice")
            with gr.Tabs(elem_id="tabs"):
                with gr.Tab(words.plain("app.tab_draft"), id="draft") as self._draft_tab:
                    self._lay_out_draft(start)
                with gr.Tab(words.plain("app.tab_check"), id="check") as self._check_tab:
                    self._check = CheckTab(backend, arrivals, self._session, _QUIET, _STATE_SECONDS)
                with gr.Tab(words.plain("app.tab_plan"), id="plan-tab") as self._plan_tab:
                    self._plans = PlanTab(backend, self._session, _QUIET, _STATE_SECONDS)
                with gr.Tab(words.plain("app.tab_batch"), id="batch-tab") as self._batch_tab:
                    self._batch = BatchTab(self._desks, self._session, _QUIET, _STATE_SECONDS)
                with gr.Tab(words.plain("app.tab_evals"), id="evals") as self._evals_tab:
                    self._evals = EvalsTab(backend, self._session, _QUIET, _STATE_SECONDS)
                with gr.Tab(words.plain("app.tab_library"), id="library-tab") as self._library_tab:
                    self._library = LibraryTab(backend, arrivals, self._session, _QUIET, _STATE_SECONDS)
            self._wire()
            if calls is not None:
                add_endpoints(calls)
        self.blocks.max_threads = _EVENTS_AT_ONCE
        self.blocks.queue(max_size=_WAITING, default_concurrency_limit=DRAFTS_AT_ONCE, api_open=False)

    def _lay_out_draft(self, start: Session) -> None:
        self._hero = _markup(hero, start, "hero")
        self._swap = _markup(swap, start, "swap")
        with gr.Row(elem_id="stage"):
            with gr.Column(elem_id="left", min_width=0):
                with gr.Column(elem_id="talk", min_width=0):
                    self._talk = _markup(talk, start, "said")
                    self._box = gr.Textbox(
                        elem_id="box", lines=1, max_lines=8, submit_btn=True, autofocus=True, show_label=True
                    )
                self._examples = _markup(examples, start, "examples")
                with gr.Accordion("", open=False, elem_id="form") as self._form:
                    self._profile = gr.Textbox(lines=2, max_lines=6, elem_classes="field")
                    self._org_goals = gr.Textbox(lines=2, max_lines=8, elem_classes="field")
                    self._improve = gr.Textbox(lines=2, max_lines=8, elem_classes="field")
                    self._resources = gr.Textbox(lines=2, max_lines=8, elem_classes="field")
                    self._count = gr.Textbox(lines=1, max_lines=1, elem_classes="field")
                    self._again = gr.Button(elem_id="again", size="sm")
                self._earlier = _markup(earlier, start, "earlier")
            with gr.Column(elem_id="board", min_width=0):
                self._board = _markup(board, start, "drafted")
                self._carrier = _markup(writing.carrier, start, "edit-words")
                self._live = _markup(lambda _: "", start, "edit-live")
        self._promises = _markup(promises, start, "promises")

    @property
    def _markups(self) -> list[tuple[gr.HTML, Callable[[Session], str]]]:
        return [
            (self._head, head),
            (self._notice, notice),
            (self._earlier, earlier),
            (self._hero, hero),
            (self._swap, swap),
            (self._talk, talk),
            (self._examples, examples),
            (self._board, board),
            (self._carrier, writing.carrier),
            (self._promises, promises),
        ]

    @property
    def _labelled(self) -> list[Any]:
        form = [self._profile, self._org_goals, self._improve, self._resources, self._count]
        tabs = [self._draft_tab, self._check_tab, self._plan_tab, self._batch_tab, self._evals_tab, self._library_tab]
        return [*tabs, self._form, *form, self._again]

    @property
    def _outputs(self) -> list[Any]:
        return [self._session, *(component for component, _ in self._markups), self._box, *self._labelled]

    def _updates(self, session: Session, before: Session | None) -> list[Any]:
        """Return what changes on the page between two sessions, in the order of the outputs."""
        shown = []
        for _, write in self._markups:
            markup = write(session)
            shown.append(gr.skip() if before is not None and markup == write(before) else markup)
        same_words = before is not None and before.language == session.language
        quiet = same_words and session.fill is None
        captions = [gr.skip()] * len(self._labelled) if quiet else labels(session)
        return [session.model_copy(update={"box": None, "fill": None}), *shown, box(session), *captions]

    def _wire(self) -> None:
        form = [self._profile, self._org_goals, self._improve, self._resources, self._count]
        inputs = [self._session, *form]
        page, keeper = self._updates, self._keeper

        async def open_page(language: str | None, wanted: str, request: gr.Request) -> list[Any]:
            tongue = interface_language(language or request.headers.get("accept-language"))
            session = Session(language=tongue, drafter=self._connector.line(_who(request)))
            session = await keeper.arrive(_who(request), session, wanted or "")
            tabs = [
                *self._evals.redraw(session, Looking()),
                *self._check.redraw(session, self._check.opened()),
                *self._library.redraw(session, self._library.opened()),
                *self._plans.redraw(session, PlanLooking()),
                *await self._batch.open(session, _who(request)),
            ]
            return [*page(session, None), *tabs]

        async def redraw_lists(session: Session, at: ListLooking, request: gr.Request) -> list[Any]:
            return await self._batch.redraw(session, at, _who(request))

        def redraw_door(session: Session, at: ConnectLooking, request: gr.Request) -> list[Any]:
            return self._door.redraw(session, at, _who(request))

        async def shown(session: Session, states: AsyncIterator[Session]) -> AsyncIterator[list[Any]]:
            before = session
            async for state in states:
                yield page(state, before)
                before = state

        async def send(session: Session, request: gr.Request, *values: Any) -> AsyncIterator[list[Any]]:
            form, now = _form(values), self._now(session, request)
            states = handlers.send(await self._drafting(request), now, values[-1], form)
            states = keeper.states(_who(request), now, values[-1], form, states)
            async for update in never_nothing(shown(session, states), self._outputs):
                yield update

        async def draft_again(session: Session, request: gr.Request, *values: Any) -> AsyncIterator[list[Any]]:
            async for update in send(session, request, *values, ""):
                yield update

        async def press(
            session: Session,
            request: gr.Request,
            profile: str,
            org_goals: str,
            improve: str,
            resources: str,
            count: str,
            event: gr.EventData,
        ) -> AsyncIterator[list[Any]]:
            form = _form((profile, org_goals, improve, resources, count))
            now = self._now(session, request)
            states = pressed(await self._drafting(request), now, form, event._data or {})
            states = keeper.states(_who(request), now, "", form, states)
            async for update in never_nothing(shown(session, states), self._outputs):
                yield update

        async def check(session: Session, event: gr.EventData) -> Any:
            data = event._data if isinstance(event._data, dict) else {}
            pointer, typed = writing.readable(data.get("value"), data.get("text"))
            return await writing.check(self._backend, session, pointer, typed, str(data.get("ask"))[:20])

        def choose_language(session: Session, event: gr.EventData) -> list[Any]:
            wanted = str((event._data or {}).get("value"))
            language = next((code for code in LANGUAGES if code == wanted), session.language)
            return [*page(session.model_copy(update={"language": language}), session), language]

        async def at_rest(session: Session, who: Visitor) -> Session:
            return await keeper.rest(who, drafts.stop(session)) if session.at_work else session

        async def start_anew(session: Session, request: gr.Request) -> list[Any]:
            who = _who(request)
            left = await at_rest(session, who)
            return page(await keeper.begin(who, handlers.start_anew(left)), session)

        async def shelve(session: Session, request: gr.Request, event: gr.EventData) -> list[Any]:
            who, data = _who(request), event._data or {}
            act, id = data.get("act"), str(data.get("value", ""))
            left = await at_rest(session, who)
            if act == "open":
                left = await keeper.show(who, left, id)
            elif act in ("drop", "forget") and id:
                left = await keeper.forget(who, left, id)
            elif act == "erase":
                left = await keeper.forget(who, left, None)
            return page(left, session)

        async def stop(session: Session, request: gr.Request) -> list[Any]:
            return page(await at_rest(session, _who(request)), session)

        async def stopped(session: Session) -> list[Any]:
            # A last look at the draft may have been on its way when it was stopped: the page is shown at rest again.
            await asyncio.sleep(_LAST_LOOK_SECONDS)
            return page(drafts.stop(session), None)

        def leave(request: gr.Request) -> None:
            keeper.leave(_who(request).tab)

        drafting: list[Any] = [
            self._box.submit(send, [*inputs, self._box], self._outputs, **_QUIET),
            self._again.click(draft_again, inputs, self._outputs, **_QUIET),
            self._talk.click(press, inputs, self._outputs, **_QUIET),
            self._board.click(press, inputs, self._outputs, **_QUIET),
        ]
        self._board.select(
            check, self._session, self._live, trigger_mode="multiple", concurrency_limit=_CHECKS_AT_ONCE,
            concurrency_id="edit", **_QUIET,
        )  # fmt: skip
        self._box.stop(stop, self._session, self._outputs, cancels=drafting, **_QUIET).then(
            stopped, self._session, self._outputs, **_QUIET
        )
        self._head.clear(start_anew, self._session, self._outputs, cancels=drafting, **_QUIET)
        self._earlier.click(shelve, self._session, self._outputs, cancels=drafting, **_QUIET)
        choice = self._head.select(choose_language, self._session, [*self._outputs, self._language], **_QUIET)
        choice.then(self._evals.redraw, [self._session, self._evals.looking], self._evals.markups, **_QUIET)
        choice.then(redraw_lists, [self._session, self._batch.looking], self._batch.outputs, **_QUIET)
        choice.then(redraw_door, [self._session, self._door.looking], self._door.outputs, **_QUIET)
        lines = [(self._head, head), (self._promises, promises)]
        connected = self._door.wire(
            [each for each, _ in lines],
            _who,
            lambda session: [session, *(write(session) for _, write in lines)],
            [self._session, *(each for each, _ in lines)],
        )
        connected.then(redraw_lists, [self._session, self._batch.looking], self._batch.outputs, **_QUIET)
        for tab in (self._check, self._library, self._plans):
            choice.then(tab.redraw, [self._session, tab.looking], tab.outputs, **_QUIET)
        others = (self._check, self._library, self._plans, self._batch)
        tabs = [*self._evals.markups, *(each for tab in others for each in tab.outputs)]
        self.blocks.load(open_page, [self._language, self._wanted], [*self._outputs, *tabs], js=_ARRIVE, **_QUIET)
        self._evals.wire(self._evals_tab)
        self._batch.wire(_who)
        self._check.wire()
        self._library.wire(self._library_tab)
        self._plans.wire(self._plan_tab, self._drafting)
        self.blocks.unload(leave)

    def _now(self, session: Session, request: gr.Request) -> Session:
        """Return the session with who writes now: the model may have been connected or let go in another tab."""
        return session.model_copy(update={"drafter": self._connector.line(_who(request))})

    async def _drafting(self, request: gr.Request) -> Backend:
        """Return what drafts for whoever asks; where their documents cannot be read, what drafts without them."""
        who = _who(request)
        found = await self._with_documents(request)
        return found if self._connector.of(who) is None else await in_thread(lambda: self._connector.over(who, found))

    async def _with_documents(self, request: gr.Request) -> Backend:
        workspace = workspace_of(request.username, _who(request).owner)
        try:
            return await in_thread(lambda: self._backend.within(workspace))
        except AssistantError:
            logger.exception("The page could not read a workspace.")
            return self._backend


def _who(request: gr.Request) -> Visitor:
    return visitor(request.headers.get("cookie") or "", request.username, request.session_hash)


def _form(values: tuple[Any, ...]) -> Form:
    profile, org_goals, improve, resources, count = values[:5]
    return Form(
        profile=profile or "",
        org_goals=org_goals or "",
        improve=improve or "",
        resources=resources or "",
        count=_count(str(count or "").strip()),
    )


def _count(typed: str) -> int | None:
    """Return the number typed; 0, which nobody may ask for, where it is none."""
    return None if not typed else int(typed) if typed.isdecimal() and len(typed) < 4 else 0
