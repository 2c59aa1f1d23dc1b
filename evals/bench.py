"""Prints the speed of the parts that a person waits for, the bare interpreter beside them.

Run with `make bench`. Each figure is the median of several runs; nothing here judges or fails.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from assistant.goals import Aim

TODAY = date(2026, 11, 21)
AIMS: tuple[tuple[str, str], ...] = (
    ("zh-Hans", "售后组想把退货率降下来，现在12%，希望明年6月底前见效"),
    ("zh-Hant", "人資團隊想讓新人留得久一點，目前到職滿三個月的留任率是85%"),
    ("en", "We want to answer support tickets faster; the first reply takes 9 hours today"),
)


def seconds(run: Callable[[], object], times: int) -> float:
    """Return the median seconds of `run` over `times` calls after one that is not counted."""
    run()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


_BYTECODE = tempfile.TemporaryDirectory(prefix="bench-bytecode-")


def command(*words: str) -> Callable[[], object]:
    """Return a call that runs a command to its end, with bytecode as an installed package has it."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = _BYTECODE.name
    return lambda: subprocess.run(words, check=False, capture_output=True, env=env)


def aim(language: str, text: str) -> Aim:
    """Return one of the aims, cleaned."""
    from assistant.service import make_aim

    return make_aim(text, language=language, today=TODAY)  # type: ignore[arg-type]


def commands() -> None:
    """Print whole-process times."""
    goals = str(Path(sys.executable).with_name("goals"))
    row("bare interpreter (python -c pass)", seconds(command(sys.executable, "-c", "pass"), 7), None)
    row("goals --help", seconds(command(goals, "--help"), 7), 0.3)
    lint = command(goals, "lint", "--text", "Raise NPS from 31 to 40 by 30 June 2027", "--today", "2026-11-21")
    row("goals lint, one goal", seconds(lint, 7), 0.5)


def drafting() -> None:
    """Print the time of offline drafts and of the walk beside a model's own time."""
    from assistant.service import Assistant

    assistant = Assistant()
    assistant.warm()
    for language, text in AIMS:
        request = aim(language, text)
        row(f"offline draft, warm, {language}", seconds(partial(assistant.draft, request, llm="offline"), 15), 0.15)
    overhead()


def overhead() -> None:
    """Print what the pipeline adds to a model that answers after a fixed delay on a local server."""
    from assistant.service import Assistant
    from evals.answers import answer_of
    from tests.llm.server import Answer, ModelServer

    delay = 0.2
    request = aim(*AIMS[2])
    answer = answer_of(Assistant().draft(request, llm="offline"))
    with ModelServer([Answer(json.dumps(answer, ensure_ascii=False), delay=delay)]) as server:
        os.environ.update(GOALS_LLM_BASE_URL=server.base_url, GOALS_LLM_MODEL="fixed", GOALS_LLM_API_KEY="none")
        try:
            assistant = Assistant()
            assistant.warm()
            spent = []
            for _ in range(12):
                start = time.perf_counter()
                result = assistant.draft(request)
                spent.append(time.perf_counter() - start - delay * result.usage.calls)
        finally:
            for name in ("GOALS_LLM_BASE_URL", "GOALS_LLM_MODEL", "GOALS_LLM_API_KEY"):
                os.environ.pop(name)
    row("pipeline beside the model's own time", statistics.median(spent[2:]), 0.06)


def page() -> None:
    """Print the time from the start of the page's process to its first byte, and its memory after a draft."""
    goals = str(Path(sys.executable).with_name("goals"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"GOALS_HOME": os.environ.get("GOALS_HOME", folder)}
        start = time.perf_counter()
        process = subprocess.Popen(
            [goals, "web", "--port", str(port), "--no-open"], env=env, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            while True:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                        answer.read(1)
                    break
                except OSError:
                    if process.poll() is not None or time.perf_counter() - start > 60:
                        print("the page did not start")
                        return
                    time.sleep(0.05)
            row("page, first byte after start", time.perf_counter() - start, 8.0)
            time.sleep(8)
            status = Path(f"/proc/{process.pid}/status").read_text()
            resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
            print(f"{'page, resident memory':<44}{int(resident.split()[1]) / 1024:>9.0f} MB   goal < 700 MB")
        finally:
            process.terminate()
            process.wait(10)


def evaluation() -> None:
    """Print what a run of the evals costs beside its samples, how fast drafts are scored, and the rate at a server."""
    from tests.evals.fakes import FakeSuite, run_fake

    with tempfile.TemporaryDirectory() as folder:
        suite = FakeSuite(lambda case, epoch: 1.0, clusters=500, each=3)
        start = time.perf_counter()
        tally = run_fake(suite, Path(folder) / "fake", at_once=8)
        row("evals, runner's own time a sample", (time.perf_counter() - start) / tally.done, 0.005)
    goals = str(Path(sys.executable).with_name("goals"))
    row("goals eval list", seconds(command(goals, "eval", "list"), 7), 0.5)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        samples = _run(Path(folder), variants=("offline",), epochs=5, limit=200)
        spent = time.perf_counter() - start
        print(f"{'evals, ' + str(samples) + ' offline drafts':<44}{spent:>9.0f} s    goal < 180 s")
    _rates()


def _rates() -> None:
    """Print the share of the ideal rate of calls that runs reach at a local server with a 200 ms answer, 8 at once."""
    from multiprocessing import get_context

    context = get_context("spawn")
    addresses = context.Queue()
    server = context.Process(target=_serve, args=(addresses,), daemon=True)
    server.start()
    os.environ.update(GOALS_LLM_BASE_URL=addresses.get(), GOALS_LLM_API_KEY="none", GOALS_LLM_MODEL="fixed")
    try:
        for variant, epochs in (("freehand", 12), ("prompts", 12)):
            with tempfile.TemporaryDirectory() as folder:
                calls, spent = _timed(Path(folder), variant, epochs)
            reached = calls * _DELAY / 8 / spent
            share(f"evals, {variant} at a 200 ms server, 8 at once", reached, 0.9)
        _at_server()
    finally:
        for name in ("GOALS_LLM_BASE_URL", "GOALS_LLM_MODEL", "GOALS_LLM_API_KEY"):
            os.environ.pop(name)
        server.terminate()
        server.join(10)


_DELAY = 0.2
_BENCH_CASES = 60


def _serve(addresses: Any) -> None:
    """Answer every aim with its offline draft, in the form asked for, in a process of its own."""
    from assistant.service import Assistant
    from evals import drafting_cases
    from evals.answers import answer_of
    from tests.llm.server import Answer, ModelServer

    assistant = Assistant()
    drafts = {
        case.request()[:40]: json.dumps(answer_of(assistant.draft(case.aim(), llm="offline")), ensure_ascii=False)
        for case in drafting_cases.load()[:_BENCH_CASES]
    }

    def answers(body: dict[str, Any]) -> Answer:
        asked = "\n".join(message["content"] for message in body["messages"])
        draft = next((draft for start, draft in drafts.items() if start.split("\n")[0] in asked), "{}")
        text = draft if body.get("response_format") else "Raise CSAT from 82% to 88% by 30 June 2027."
        return Answer(text, delay=_DELAY)

    with ModelServer(answers) as server:
        addresses.put(server.base_url)
        time.sleep(3_600)


def _timed(folder: Path, variant: str, epochs: int) -> tuple[int, float]:
    """Run a variant and return its calls and the wall-clock seconds, start-up left out."""
    from evals import command as evals
    from evals.store import RunStore

    prepared = evals.prepare(
        evals.Options(variants=(variant,), epochs=epochs, limit=_BENCH_CASES, at_once=8, out=folder / "run")
    )
    for suite, _, _ in prepared.parts:
        suite.warm()
    with RunStore(folder / "run") as store:
        tally, summary = evals.run(prepared, store)
    return summary.variants[0].calls, tally.seconds


def _run(folder: Path, **options: Any) -> int:
    """Run the drafting suite and return the number of samples."""
    from evals import command as evals
    from evals.store import RunStore

    prepared = evals.prepare(evals.Options(out=folder / "run", **options))
    with RunStore(folder / "run") as store:
        return evals.run(prepared, store)[0].done


def lists() -> None:
    """Print how fast lists are judged and rewritten, and what the queue leaves of an ideal rate."""
    import resource

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        texts = _rows(10_000)
        path.write_text("id,goal\n" + "".join(f'{n},"{text}"\n' for n, text in enumerate(texts)), "utf-8")
        rate(f"lists, judged only, {len(texts):,} rows", len(texts) / _batch(path, lint_only=True), 1_200)
        path.write_text("id,goal\n" + "".join(f'{n},"{text}"\n' for n, text in enumerate(texts[:300])), "utf-8")
        rate("lists, rewritten offline", 300 / _batch(path, llm="offline"), 15)
        share("lists, a drafter that only waits, 32 at once", _queue(640, 32), 0.93)
    print(
        f"{'lists, resident memory of it all':<44}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>7.0f} MB"
    )


def _rows(count: int) -> list[str]:
    """Return goals of the linter's cases and aims, each with a number of its own."""
    from evals import drafting_cases, lint_cases

    words = [case.text for case in lint_cases.load_cases()] + [case.aim().text for case in drafting_cases.load()]
    short = [word.replace('"', "").replace("\n", " ") for word in words if 8 < len(word) < 200]
    return [f"{short[n % len(short)]} ({n})" for n in range(count)]


def _batch(path: Path, **options: Any) -> float:
    """Run a list and return its wall-clock seconds."""
    from assistant.service import Assistant

    assistant = Assistant()
    assistant.warm()
    prepared = assistant.prepare_batch(path, today=TODAY, **options)
    with prepared.open(path.with_suffix(".out.csv")) as job:
        job.begin(prepared.source, prepared.manifest)
        started = time.perf_counter()
        job.work(prepared.settings, limits=prepared.limits)
        return time.perf_counter() - started


def _queue(count: int, at_once: int) -> float:
    """Return the share of the ideal rate that the queue and the journal leave to rows that wait 200 ms each."""
    import threading

    from assistant.batch import run
    from assistant.batch.journal import Journal
    from assistant.batch.manifest import Manifest
    from tests.batch.doing import Waiting, pairs

    manifest = Manifest(product="bench", input_name="list.csv", input_digest="", today=TODAY, drafter="offline")
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder) / "run", manifest) as journal:
        started = time.perf_counter()
        run.rewrite_all(
            pairs(count), journal, Waiting(_DELAY), today=TODAY, limits=run.Limits(at_once, at_once), rows=count,
            cost=lambda asked, given: 0.0, told=lambda progress: None, stop=threading.Event(),
        )  # fmt: skip
        return count * _DELAY / at_once / (time.perf_counter() - started)


def _at_server() -> None:
    """Print the share of the ideal rate of a list rewritten by a model that answers in 200 ms, 6 at once."""
    from assistant.batch import run
    from assistant.service import Assistant
    from evals import drafting_cases

    assistant = Assistant()
    assistant.warm()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        aims = [case.aim().text.replace('"', "").split("\n")[0] for case in drafting_cases.load()[:_BENCH_CASES]]
        path.write_text("goal\n" + "".join(f'"{aim}"\n' for aim in aims * 6), "utf-8")
        prepared = assistant.prepare_batch(path, today=TODAY)
        with prepared.open(path.with_suffix(".out.csv")) as job:
            job.begin(prepared.source, prepared.manifest)
            seen: list[run.Progress] = []
            started = time.perf_counter()
            job.work(prepared.settings, limits=prepared.limits, told=seen.append)
            spent = time.perf_counter() - started
            calls = job.summary().usage.calls
    share("lists, at a 200 ms server, 6 at once", calls * _DELAY / 6 / spent, 0.9)


def rate(name: str, value: float, goal: float) -> None:
    """Print rows a second."""
    print(f"{name:<44}{value:>7.0f}/s      goal > {goal:,.0f}/s")


def share(name: str, value: float, goal: float) -> None:
    """Print a share of an ideal rate."""
    print(f"{name:<44}{value:>9.0%}      goal > {goal:.0%} of the ideal rate")


def row(name: str, value: float, limit: float | None) -> None:
    """Print one figure in milliseconds with its goal."""
    goal = f"   goal < {limit * 1000:.0f} ms" if limit else ""
    print(f"{name:<44}{value * 1000:>9.1f} ms{goal}", flush=True)


def main() -> None:
    """Print all figures."""
    for part in (commands, drafting, evaluation, lists, page):
        part()


if __name__ == "__main__":
    main()
