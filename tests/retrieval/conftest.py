"""A data folder and a small library for every test, and no settings from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.retrieval import Retriever, embedding, index
from tests.retrieval.support import LetterEmbedding, write_library


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith(("GOALS_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GOALS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(index, "shipped_vectors", lambda name: tmp_path / "none.npz")
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_library(tmp_path / "methods")


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> LetterEmbedding:
    made = LetterEmbedding()
    monkeypatch.setattr(embedding, "choose", lambda settings: (made, ""))
    return made


@pytest.fixture
def handle(folder: Path, letters: LetterEmbedding) -> Retriever:
    return Retriever(folder=folder)
