"""Keeps what a tab does and brings it back: session in, session out. Knows nothing about components or markup."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from assistant.errors import StorageError
from assistant.web import drafts, exports
from assistant.web.session import Form, Session, Shelf, Turn
from assistant.web.store import CutOff, Notice, Record, Store
from assistant.web.visitor import Visitor

logger = logging.getLogger(__name__)

_T = TypeVar("_T")


class Keeper:
    """Stands between the tabs and the file of conversations; without a file, every tab remembers for itself."""

    def __init__(self, store: Store | None) -> None:
        """Keep in `store`."""
        self._store = store
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keep")
        self._tabs: dict[str, tuple[str, str]] = {}
        self._told: set[tuple[str, str]] = set()

    async def arrive(self, visitor: Visitor, session: Session, wanted: str) -> Session:
        """Return what a freshly loaded page shows: its own conversation `wanted`, or for a new tab the last one.

        A conversation that is open in another tab stays there.
        """
        if not self._keeps(visitor):
            return session
        shelf = await self._shelf(visitor.owner)
        if not wanted:
            elsewhere = {id for tab, (owner, id) in self._tabs.items() if owner == visitor.owner and tab != visitor.tab}
            last = shelf.kept[0].id if shelf.kept else ""
            wanted = "" if last in elsewhere else last
        found = await self._shown(visitor, session, shelf, wanted)
        # What is typed while the page loads stays.
        return found.model_copy(update={"box": found.box or None})

    async def show(self, visitor: Visitor, session: Session, id: str) -> Session:
        """Put another conversation of the browser in the place of the one in the tab."""
        if not self._keeps(visitor):
            return session
        return await self._shown(visitor, session, await self._shelf(visitor.owner), id)

    async def begin(self, visitor: Visitor, session: Session) -> Session:
        """Give a session without words a name, and the list of the conversations there are."""
        if not self._keeps(visitor):
            return session
        return self._placed(visitor, session, secrets.token_hex(16), await self._shelf(visitor.owner))

    async def rest(self, visitor: Visitor, session: Session) -> Session:
        """Keep a session at rest."""
        return await self._kept(visitor, session, None)

    async def forget(self, visitor: Visitor, session: Session, id: str | None) -> Session:
        """Delete a conversation of the browser, or all; the tab's own words go where they are among them."""
        owner, store = visitor.owner, self._store
        if not self._keeps(visitor) or store is None:
            return session
        notice: Notice = ""
        try:
            await self._in_turn(lambda: store.forget(owner, id))
        except StorageError as error:
            notice = _unusable(error)
        shelf = await self._shelf(owner, notice)
        if notice or id not in (None, session.id):
            return session.model_copy(update={"shelf": shelf})
        empty = _blank(session).model_copy(update={"fill": Form()})
        return self._placed(visitor, empty, secrets.token_hex(16), shelf)

    async def states(
        self, visitor: Visitor, before: Session, text: str, form: Form, states: AsyncIterator[Session]
    ) -> AsyncIterator[Session]:
        """Yield the states, each answer once it is kept; `text` and `form` are what was sent.

        The first state of a request under way is kept as well, so that a reload can tell that it was cut off.
        """
        rest = before.model_copy(update={"shelf": before.shelf.model_copy(update={"notice": ""})})
        place = _place(rest)
        working = False
        async for state in states:
            state = state.model_copy(update=place)
            if state.at_work and not working:
                cut = CutOff(run=state.run, text=text, form=form)
                kept = await self._kept(visitor, rest.model_copy(update=place | {"turns": state.turns}), cut)
                place = _place(kept)
            elif not state.at_work:
                state = rest = await self._kept(visitor, state, None)
                place = _place(rest)
            working = state.at_work
            yield state.model_copy(update=place)

    def leave(self, tab: str) -> None:
        """Take note that a tab was closed or loaded anew."""
        self._tabs.pop(tab, None)

    def _keeps(self, visitor: Visitor) -> bool:
        return self._store is not None and bool(visitor.owner)

    async def _shown(self, visitor: Visitor, session: Session, shelf: Shelf, id: str) -> Session:
        store, record, notice = self._store, None, shelf.notice
        if store is not None and id:
            try:
                record = await self._in_turn(lambda: store.load(visitor.owner, id))
            except StorageError as error:
                notice = _unusable(error)
            except ValueError:
                logger.warning("A conversation was written by another version and is not shown.")
                notice = "unreadable"
        shelf = shelf.model_copy(update={"notice": notice})
        if record is None:
            # Never under the old name: another tab may still hold the words that were deleted under it.
            return self._placed(visitor, _blank(session), secrets.token_hex(16), shelf)
        found = _reopened(record).model_copy(update={"language": session.language, "drafter": session.drafter})
        return self._placed(visitor, found, found.id, shelf)

    def _placed(self, visitor: Visitor, session: Session, id: str, shelf: Shelf) -> Session:
        self._tabs[visitor.tab] = (visitor.owner, id)
        return session.model_copy(update={"id": id, "shelf": shelf})

    async def _kept(self, visitor: Visitor, session: Session, cut: CutOff | None) -> Session:
        store, owner = self._store, visitor.owner
        if store is None or not owner or not session.turns:
            return session
        if not session.id:
            session = self._placed(visitor, session, secrets.token_hex(16), session.shelf)
        try:
            saved = await self._in_turn(lambda: store.save(owner, Record(session=session, under_way=cut)))
        except StorageError as error:
            shelf = session.shelf.model_copy(update={"notice": _unusable(error)})
            return session.model_copy(update={"shelf": shelf})
        notice = saved.notice or session.shelf.notice
        return session.model_copy(update={"revision": saved.revision, "shelf": await self._shelf(owner, notice)})

    async def _shelf(self, owner: str, notice: str = "") -> Shelf:
        store = self._store
        if store is None:
            return Shelf()
        try:
            kept = await self._in_turn(lambda: store.listing(owner))
        except StorageError as error:
            return Shelf(on=True, notice=_unusable(error))
        if store.aside and (owner, store.aside) not in self._told:
            self._told.add((owner, store.aside))
            notice = notice or store.aside
        return Shelf(on=True, kept=kept, notice=notice)

    async def _in_turn(self, work: Callable[[], _T]) -> _T:
        """Return what work with the file returns; one at a time, and never behind a draft."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)


def _place(session: Session) -> dict[str, object]:
    return {"id": session.id, "revision": session.revision, "shelf": session.shelf}


def _blank(session: Session) -> Session:
    return Session(language=session.language, drafter=session.drafter, box="")


def _reopened(record: Record) -> Session:
    """Return a kept conversation as a page shows it; a request that was cut off is told and ready to be repeated."""
    cut = record.under_way
    versions = tuple(
        each.model_copy(update={"export_key": exports.keep(each.result, each.export_key)})
        for each in record.session.versions
    )
    session = record.session.model_copy(update={"versions": versions})
    if cut is None:
        return session.model_copy(update={"box": "", "fill": session.form})
    drafts.give_up(cut.run)
    key = "chat.cut_off" if cut.text.strip() else "chat.cut_off_press"
    told = session.saying(Turn(role="assistant", kind="error", key=key))
    return told.model_copy(update={"box": cut.text, "fill": cut.form})


def _unusable(error: StorageError) -> Notice:
    logger.warning("%s", error)
    return "unusable"
