"""What all tests share: an own data folder, no settings from outside, no model beyond this machine."""

from __future__ import annotations

import os

# The runner already starts as many processes as there are cores; threads of arithmetic beside them only wait busily.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings as examples

# The usual run tries the same examples every time, so that a change is blamed only for what it does; `make prove` draws
# new ones. No deadline, since other work on the machine would count.
examples.register_profile("same", derandomize=True, deadline=None)
examples.register_profile("prove", deadline=None, max_examples=500, print_blob=True)
examples.load_profile("same")


def tries(usual: int) -> int:
    """Return how many examples a property is tried on: as many as given, ten times as many by `make prove`."""
    return usual * (10 if examples.get_current_profile_name() == "prove" else 1)


SETTINGS = [name for name in os.environ if name.startswith(("GOALS_LLM", "GOALS_EMBEDDING", "GOALS_WEB", "OPENAI_"))]
os.environ["GOALS_LLM_LIVE"] = "off"
for _name in SETTINGS:
    del os.environ[_name]


@pytest.fixture(scope="session")
def index_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that keeps its index for the whole run, so that it is built once."""
    return tmp_path_factory.mktemp("goals-home")


@pytest.fixture(autouse=True)
def own_home(index_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test works in the run's own data folder, never in the person's."""
    monkeypatch.setenv("GOALS_HOME", str(index_home))
    yield


Within = Callable[..., AbstractContextManager[None]]


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.slow)], ids=["untimed", "timed"])
def within(request: pytest.FixtureRequest) -> Within:
    """Hold a block against the clock: `with within(2)` for seconds that a person would feel.

    Only `make prove` does so, since whatever else runs on the machine counts as well. `surely` is held in every run:
    far from both the right time and the time of a wrong program.
    """

    @contextmanager
    def block(
        seconds: float, surely: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> Iterator[None]:
        began = clock()
        yield
        spent = clock() - began
        assert surely is None or spent < surely
        assert not request.param or spent < seconds

    return block
