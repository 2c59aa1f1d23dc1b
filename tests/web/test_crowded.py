"""What is quick does not wait behind drafts, however many wait for their model."""

from __future__ import annotations

import asyncio
import threading

from assistant.web.work import DRAFTS_AT_ONCE, Watch, in_thread, watched


def test_short_work_is_done_while_every_place_for_drafts_is_taken() -> None:
    at_once, over = threading.Semaphore(0), threading.Event()

    def draft(_: Watch) -> str:
        at_once.release()
        over.wait(30)
        return "drafted"

    async def last() -> object:
        return [state async for state in watched(draft, lambda: False)][-1]

    async def crowd() -> None:
        drafts = [asyncio.create_task(last()) for _ in range(DRAFTS_AT_ONCE + 5)]
        try:
            for _ in range(DRAFTS_AT_ONCE):
                assert await asyncio.to_thread(at_once.acquire, True, 20)
            assert await asyncio.wait_for(in_thread(lambda: "done"), 10) == "done"
            assert not at_once.acquire(blocking=False)
        finally:
            over.set()
        assert await asyncio.gather(*drafts) == ["drafted"] * len(drafts)

    asyncio.run(crowd())
