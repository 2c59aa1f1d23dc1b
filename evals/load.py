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

import httpx

from evals.crowd import MODEL, Answers, Person, Sample, Script

_START_SECONDS = 60
_LOOK_SECONDS = 5


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
            Person(address, config, answers, record.samples).live(said[n::people], think, start + warm + seconds)
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
