"""Lets many people chat with the real page at once, over a model on this machine, and prints what the page adds.

Run with `python -m evals.load --people 50 --minutes 5` or `make load`. Each person loads the page as a browser's script
does (cookie, heartbeat, queue, event stream), and then: an aim, "skip" where a question comes back, "make it more
ambitious", a new conversation, with a pause before each. The model answers every call after a fixed delay with what
the offline drafter says in the model's form. What counts as the page's own time is the wall time of a message less
that delay for each call that the message led to. Nothing here judges, except that errors end with status 1.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from assistant.goals import Language

MODEL = "fixed"
_BAD = "msg bot bad"
"""Class of a complaint in the conversation."""
_SKIP = 'data-act=\\"skip\\"'
_START_SECONDS = 60
_LOOK_SECONDS = 5


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


@dataclass
class Record:
    """All that was measured: the samples, and the page's memory as (seconds of the monotonic clock, megabytes)."""

    samples: list[Sample] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest of `values` that at least `share` (over 0, to 1) of them do not exceed; NaN for none."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


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


def scripts(count: int, today: date) -> list[Script]:
    """Return `count` scripts with different aims, of three languages in turn; fewer where there are not so many."""
    from assistant.service import Assistant, make_aim
    from assistant.web.session import Form
    from assistant.web.texts import texts
    from evals import drafting_cases
    from evals.answers import answer_of

    assistant, made, seen = Assistant(), [], set()
    assistant.warm()
    for case in drafting_cases.load():
        language, text = case.language, case.input.aim.strip()
        if not text or text in seen:
            continue
        seen.add(text)
        aim = make_aim(text, team=Form().team(), today=today, fallback_language=language)
        draft = assistant.draft(aim, llm="offline")
        wish = texts(language).plain("ask.more")
        revised = assistant.revise(aim, draft, wish, llm="offline").result
        written = (json.dumps(answer_of(each), ensure_ascii=False) for each in (draft, revised))
        if draft.goals:
            made.append(Script(language, aim.text, next(written), wish, next(written)))
        if len(made) == count:
            break
    return made


class Person:
    """Somebody at the page in a browser's tab."""

    def __init__(self, address: str, config: dict[str, Any], answers: Answers, record: Record) -> None:
        """Come to the page at `address`; `config` is what it says of its components and events."""
        self._http = httpx.AsyncClient(base_url=address, timeout=60)
        self._answers, self._record = answers, record
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
        self._record.samples.append(Sample(kind, start, wall, calls, error or _complaint(kind, script, told, calls)))
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
    from assistant.web.texts import texts

    if kind in ("aim", "skip", "wish") and _BAD in told:
        return "the page complains"
    shown = json.dumps(texts(script.language).html("board.fallback", model=MODEL), ensure_ascii=False)[1:-1]
    if shown in told or (kind == "skip" and not calls):
        return "not written by the model"
    return ""


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextlib.contextmanager
def page(base_url: str) -> Iterator[tuple[str, int]]:
    """Serve the real page over the model at `base_url`; gives its address and its process.

    Raises:
        RuntimeError: it does not answer within a minute.
    """
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOALS_LLM", "OPENAI_"))}
    model = {"GOALS_LLM_BASE_URL": base_url, "GOALS_LLM_MODEL": MODEL, "GOALS_LLM_API_KEY": "none"}
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant.cli.main", "web", "--port", str(port), "--no-open"],
        env=kept | model, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    address, started = f"http://127.0.0.1:{port}", time.monotonic()
    try:
        while True:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(address, timeout=30).raise_for_status()
                break
            if process.poll() is not None or time.monotonic() - started > _START_SECONDS:
                raise RuntimeError("The page did not start.")
            time.sleep(0.1)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(20)


def megabytes(pid: int) -> float:
    """Return the resident memory of a process in megabytes."""
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) / 1024


def cpu(pid: int) -> float:
    """Return the seconds of processor time that a process has used."""
    spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


async def crowd(
    address: str, pid: int, said: Sequence[Script], answers: Answers, people: int, think: tuple[float, float],
    warm: float, seconds: float,
) -> tuple[Record, float, float]:  # fmt: skip
    """Let people chat; returns what was measured, when the warm-up ended and the processor time used since.

    Args:
        address: the page's.
        pid: the page's process.
        said: the scripts, dealt out so that no two people share one.
        answers: the model.
        people: how many.
        think: least and most seconds before each message.
        warm: seconds of warm-up.
        seconds: seconds to measure.
    """
    record = Record()
    config = httpx.get(f"{address}/config", timeout=60).raise_for_status().json()
    start = time.monotonic()
    everybody = [
        asyncio.create_task(
            Person(address, config, answers, record).live(said[n::people], think, start + warm + seconds)
        )
        for n in range(people)
    ]
    used = 0.0
    while time.monotonic() < start + warm + seconds:
        if not used and time.monotonic() >= start + warm:
            used = cpu(pid)
        record.memory.append((time.monotonic(), megabytes(pid)))
        await asyncio.sleep(_LOOK_SECONDS)
    spent = cpu(pid) - used
    await asyncio.gather(*everybody)
    return record, start + warm, spent


def report(record: Record, since: float, delay: float, spent: float) -> list[str]:
    """Return the lines that say what was measured.

    Args:
        record: what was measured.
        since: time of the monotonic clock from which samples count.
        delay: seconds that the model takes for one call.
        spent: seconds of the page's processor time.
    """
    counted = [sample for sample in record.samples if sample.at >= since]
    errors = Counter(f"{each.kind}: {each.error}" for each in record.samples if each.error)
    lines = [f"{'messages':<28}{'number':>8}{'calls':>8}{'p50':>10}{'p95':>10}{'p99':>10}{'most':>10}"]
    groups = {"all": counted, "of these, with the model": [each for each in counted if each.calls]}
    groups |= {
        kind: [each for each in counted if each.kind == kind] for kind in ("open", "aim", "skip", "wish", "anew")
    }
    for name, group in groups.items():
        own = [each.own(delay) * 1000 for each in group]
        figures = "".join(f"{quantile(own, share):>7.0f} ms" for share in (0.5, 0.95, 0.99, 1.0))
        lines.append(f"{name:<28}{len(group):>8}{sum(each.calls for each in group):>8}{figures}")
    lines.append(f"errors, warm-up included: {sum(errors.values())}")
    lines += [f"  {count} × {what}" for what, count in errors.most_common(10)]
    memory = [size for at, size in record.memory if at >= since]
    if len(memory) > 1:
        few = max(1, min(3, len(memory) // 2))
        first, last = statistics.median(memory[:few]), statistics.median(memory[-few:])
        lines.append(
            f"memory: {first:.0f} MB, at the end {last:.0f} MB ({last / first - 1:+.1%}), most {max(memory):.0f} MB"
        )
    if counted:
        lines.append(f"processor time of the page: {spent:.0f} s, {spent / len(counted) * 1000:.0f} ms a message")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the crowd and print the report; 1 where there was an error."""
    from tests.llm.server import Answer, ModelServer

    parser = argparse.ArgumentParser(prog="python -m evals.load", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5, help="minutes to measure, after the warm-up")
    parser.add_argument("--warm", type=float, default=1, help="minutes of warm-up, in which memory does not count")
    parser.add_argument("--delay", type=float, default=1, help="seconds that the model takes for a call")
    parser.add_argument(
        "--think", type=float, nargs=2, default=(20, 40), help="least and most seconds before a message"
    )
    parser.add_argument("--aims", type=int, default=3, help="different aims of one person")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    random.seed(chosen.seed)
    with tempfile.TemporaryDirectory(prefix="goals-load-") as folder:
        os.environ["GOALS_HOME"] = folder
        said = scripts(chosen.people * chosen.aims, date.today())
        if len(said) < chosen.people:
            print(f"There are aims for {len(said)} people only.")
            return 2
        answers = Answers(said)
        with (
            ModelServer(lambda body: Answer(answers(body), delay=chosen.delay)) as server,
            page(server.base_url) as (address, pid),
        ):
            print(
                f"{chosen.people} people, {len(said)} aims, "
                f"{chosen.think[0]:g} to {chosen.think[1]:g} s before each message, "
                f"{chosen.minutes:g} minutes after {chosen.warm:g}; the model takes {chosen.delay:g} s a call; "
                f"machine load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            record, since, spent = asyncio.run(
                crowd(
                    address, pid, said, answers, chosen.people, tuple(chosen.think), chosen.warm * 60,
                    chosen.minutes * 60,
                )
            )  # fmt: skip
    print("\n".join(report(record, since, chosen.delay, spent)))
    print(f"calls that no aim was found for: {answers.unknown}; machine load {os.getloadavg()[0]:.1f}")
    return 1 if any(sample.error for sample in record.samples) or answers.unknown else 0


if __name__ == "__main__":
    sys.exit(main())
