"""What all tests share: an own data folder, no settings from outside, no model beyond this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

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
