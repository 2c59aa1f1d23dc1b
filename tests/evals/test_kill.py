"""A run that is killed at any moment goes on and repeats no finished sample."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.evaluation import folder
from tests.llm.server import Answer, ModelServer

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 3
CASES = 36


def run(home: Path, out: Path, url: str, resume: bool) -> subprocess.Popen[bytes]:
    """Start an evaluation of the free-hand control against a local server."""
    environment = os.environ | {
        "GOALS_HOME": str(home), "GOALS_LLM_BASE_URL": url, "GOALS_LLM_API_KEY": "k", "GOALS_LLM_MODEL": "served",
        "GOALS_EMBEDDING": "lexical",
    }  # fmt: skip
    command = [
        str(Path(sys.executable).with_name("goals")), "eval", "run", "--variant", "freehand", "--model", "served",
        "--limit", str(CASES), "--at-once", str(AT_ONCE), *(("--resume", str(out)) if resume else ("-o", str(out))),
    ]  # fmt: skip
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )  # fmt: skip


def killed_until_done(tmp_path: Path, index_home: Path, kills: int, seed: int) -> None:
    random_ = random.Random(seed)
    out = tmp_path / "run"
    text = "Raise CSAT from 82% to 88% by 30 June 2027."
    done = 0
    with ModelServer(lambda body: Answer(text, delay=0.05)) as server:
        for _ in range(kills):
            process = run(index_home, out, server.base_url, resume=out.exists())
            deadline = time.monotonic() + 120
            # The wait for the first new sample makes the kill fall into the run rather than into the start.
            while process.poll() is None and time.monotonic() < deadline and lines(out) <= done:
                time.sleep(0.01)
            time.sleep(random_.uniform(0, 0.15))
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            done = lines(out)
            if done >= CASES:
                break
        last = run(index_home, out, server.base_url, resume=True)
        _, errors = last.communicate(timeout=120)
        assert last.returncode == 0, errors.decode()
        asked = len(server.requests)
    samples = folder.read_samples(out)
    assert len(samples) == len({sample.case for sample in samples}) == CASES
    assert all(sample.status == "scored" for sample in samples)
    whole = [line for line in (out / "samples.jsonl").read_bytes().split(b"\n") if line]
    assert len(whole) == CASES, "no finished sample was made again"
    assert asked <= CASES + kills * AT_ONCE


def lines(out: Path) -> int:
    file = out / "samples.jsonl"
    return file.read_bytes().count(b"\n") if file.exists() else 0


@pytest.mark.wide
@pytest.mark.timeout(600)
def test_a_killed_run_goes_on(tmp_path: Path, index_home: Path) -> None:
    killed_until_done(tmp_path, index_home, kills=2, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_many_kills(tmp_path: Path, index_home: Path) -> None:
    for seed in range(8):
        killed_until_done(tmp_path / str(seed), index_home, kills=10, seed=seed)
