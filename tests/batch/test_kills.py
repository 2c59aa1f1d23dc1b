"""Killed at random moments, a run loses no row, doubles none, keeps the order and leaves no half of an output."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.batch.source import open_source
from tests.batch import killed_lists
from tests.batch.killed_run import AT_ONCE

ROOT = Path(__file__).parents[2]
FORMATS = tuple(killed_lists.MAKERS)
_USUAL = (".csv",)


def _killed(tmp_path: Path, ending: str, kills: int, rows: int, seed: int) -> None:
    chance = random.Random(seed)
    source, output, calls = tmp_path / f"list{ending}", tmp_path / f"out{ending}", tmp_path / "calls"
    killed_lists.make(source, rows)
    environment = {**os.environ, "GOALS_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.batch.killed_run", str(source), str(output), str(calls)]
    done = 0
    for _ in range(kills):
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        # The clock starts with this process's first call, so that kills hit the work and the writing.
        before = calls.stat().st_size if calls.exists() else -1
        while (
            process.poll() is None
            and (calls.stat().st_size if calls.exists() else -1) == before
            and not output.exists()
        ):
            time.sleep(0.005)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.0, 0.06))
        process.send_signal(signal.SIGKILL)
        _, told = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL), told.decode()
        done += process.returncode == -signal.SIGKILL
        if output.exists():
            killed_lists.check(source, output, rows)
            break
        assert not list(tmp_path.glob("out*")), "a part of an output is not visible under its name"
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120)
    killed_lists.check(source, output, rows)
    assert len(list(open_source(output).rows())) >= rows
    called = [int(line) for line in calls.read_text().split()]
    assert set(called) == set(range(rows))
    assert len(called) <= rows + done * AT_ONCE
    assert done >= min(kills, 2)


@pytest.mark.parametrize(
    "ending", [each if each in _USUAL else pytest.param(each, marks=pytest.mark.wide) for each in FORMATS]
)
def test_a_killed_run_goes_on(tmp_path: Path, ending: str) -> None:
    """Three kills a format here; the slow test below has more than two hundred for each."""
    _killed(tmp_path, ending, 3, 120, seed=len(ending))


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("seed", range(10))
def test_two_hundred_kills_a_format(tmp_path: Path, ending: str, seed: int) -> None:
    _killed(tmp_path, ending, 21, 1_000, seed)
