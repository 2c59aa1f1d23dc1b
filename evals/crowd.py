"""People at the page without browsers: what they say, how the page's own protocol carries it, what the model answers.

Knows nothing about figures.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from assistant.goals import Language
from assistant.web.texts import texts

MODEL = "fixed"
_BAD = "msg bot bad"
"""Class of a complaint in the conversation."""
_SKIP = 'data-act=\\"skip\\"'


@dataclass(frozen=True, slots=True)
class Script:
    """What a person says and what the model answers.

    Attributes:
        language: language of the words and of the page.
        text: the aim.
        draft: the model's answer to it, as JSON text.
        wish: the follow-up.
        revised: the model's answer to that.
    """

    language: Language
    text: str
    draft: str
    wish: str
    revised: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One message.

    Attributes:
        kind: `open`, `aim`, `skip`, `wish` or `anew`.
        at: seconds of the monotonic clock at which it was sent.
        wall: seconds until the page had all of the answer.
        calls: calls of the model meanwhile.
        error: what went wrong; '' for nothing.
    """

    kind: str
    at: float
    wall: float
    calls: int
    error: str = ""

    def own(self, delay: float) -> float:
        """Return the seconds that are not the model's, which takes `delay` seconds a call."""
        return self.wall - self.calls * delay


class Answers:
    """The model: answers the script whose aim stands in the prompt, and counts the calls for each."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        """Know these scripts; a longer aim goes before a shorter one that it holds."""
        self._scripts = sorted(scripts, key=lambda script: -len(script.text))
        self.calls: Counter[str] = Counter()
        self.unknown = 0

    def __call__(self, body: dict[str, Any]) -> str:
        """Return the answer to a request's body."""
        asked = "\n".join(str(message["content"]) for message in body["messages"])
        for script in self._scripts:
            if script.text in asked:
                self.calls[script.text] += 1
                return script.revised if f">{script.wish}<" in asked.replace("\n", "") else script.draft
        self.unknown += 1
        return "{}"


class Person:
    """Somebody at the page in a browser's tab."""

    def __init__(self, address: str, config: dict[str, Any], answers: Answers, samples: list[Sample]) -> None:
        """Come to the page at `address`; `samples` takes what was measured."""
        self._http = httpx.AsyncClient(base_url=address, timeout=60)
        self._answers, self._samples = answers, samples
        self._tab = f"{random.getrandbits(64):016x}"
        names = {each["id"]: each["props"].get("elem_id") or "" for each in config["components"]}
        self._events: dict[tuple[str, str], int] = {}
        for each in config["dependencies"]:
            for target, event in each["targets"] if each["backend_fn"] else ():
                self._events.setdefault((event, names.get(target, "")), each["id"])

    async def live(self, mine: Sequence[Script], think: tuple[float, float], until: float) -> None:
        """Go through the scripts again and again until that time of the monotonic clock.

        Args:
            mine: what to say.
            think: least and most seconds before each message.
            until: time of the monotonic clock after which nothing more is begun.
        """

        async def pause() -> bool:
            wait = random.uniform(*think)
            await asyncio.sleep(min(wait, max(0.0, until - time.monotonic())))
            return time.monotonic() < until

        await asyncio.sleep(random.uniform(0, think[1]))
        beat = asyncio.create_task(self._beat())
        try:
            (await self._http.get("/")).raise_for_status()
            await self._say("open", mine[0], "load", "", [mine[0].language, ""])
            turn = 0
            while await pause():
                script = mine[turn % len(mine)]
                turn += 1
                told = await self._say("aim", script, "submit", "box", [None, *[""] * 5, script.text])
                if _SKIP in told:
                    if not await pause():
                        break
                    await self._say("skip", script, "click", "said", [None, *[""] * 5], {"act": "skip", "value": ""})
                if not await pause():
                    break
                await self._say("wish", script, "submit", "box", [None, *[""] * 5, script.wish])
                if not await pause():
                    break
                await self._say("anew", script, "clear", "head", [None], {"act": "new", "value": ""})
        finally:
            beat.cancel()
            with contextlib.suppress(asyncio.CancelledError, httpx.HTTPError):
                await beat
            await self._http.aclose()

    async def _beat(self) -> None:
        """Hold the connection by which the page knows that the tab is open."""
        with contextlib.suppress(httpx.HTTPError):
            async with self._http.stream("GET", f"/gradio_api/heartbeat/{self._tab}", timeout=None) as stream:
                async for _ in stream.aiter_bytes():
                    pass

    async def _say(
        self, kind: str, script: Script, event: str, component: str, data: list[Any], press: Any = None
    ) -> str:
        """Send one message and take note of how it went; returns all that the page was told."""
        before, start, error, told = self._answers.calls[script.text], time.monotonic(), "", ""
        try:
            told = await self._fire(self._events[event, component], data, press)
        except (httpx.HTTPError, RuntimeError) as problem:
            error = f"{type(problem).__name__}: {problem}"[:200]
        wall = time.monotonic() - start
        calls = self._answers.calls[script.text] - before
        self._samples.append(Sample(kind, start, wall, calls, error or _complaint(kind, script, told, calls)))
        return told

    async def _fire(self, event: int, data: list[Any], press: Any) -> str:
        body = {"fn_index": event, "data": data, "session_hash": self._tab, "trigger_id": None, "event_data": press}
        (await self._http.post("/gradio_api/queue/join", json=body)).raise_for_status()
        told = []
        async with self._http.stream("GET", f"/gradio_api/queue/data?session_hash={self._tab}") as stream:
            async for line in stream.aiter_lines():
                if not line.startswith("data: "):
                    continue
                told.append(line)
                if '"process_completed"' in line:
                    if not json.loads(line[6:])["success"]:
                        raise RuntimeError("the event failed")
                    return "".join(told)
        raise RuntimeError("the stream ended early")


def _complaint(kind: str, script: Script, told: str, calls: int) -> str:
    """Return what is wrong with an answer that came: a complaint, or a draft that the model did not write."""
    if kind in ("aim", "skip", "wish") and _BAD in told:
        return "the page complains"
    shown = json.dumps(texts(script.language).html("board.fallback", model=MODEL), ensure_ascii=False)[1:-1]
    if shown in told or (kind == "skip" and not calls):
        return "not written by the model"
    return ""
