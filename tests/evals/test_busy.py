"""A busy endpoint: fewer samples at once, none lost; and a recording's key holds all that tells two apart."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from assistant.evaluation import folder
from assistant.llm.recorded import path_of
from assistant.llm.types import Label
from evals import command
from evals.runner import Tally
from evals.store import RunStore
from tests.evals.test_drafting_checks import offline, scores_of, spoilt
from tests.llm.server import Answer, ModelServer, Raw


def test_busy_answers_halve_what_is_under_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = Raw([b'{"error": {"message": "slow down"}}'], status=429, headers={"retry-after-ms": "30"})
    seen: list[int] = []

    def answers(body: dict[str, object]) -> Answer | Raw:
        seen.append(1)
        return busy if len(seen) <= 6 else Answer("Raise CSAT from 82% to 88% by 30 June 2027.")

    with ModelServer(answers) as server:
        monkeypatch.setenv("GOALS_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("GOALS_LLM_API_KEY", "k")
        monkeypatch.setenv("GOALS_EMBEDDING", "lexical")
        prepared = command.prepare(
            command.Options(variants=("freehand",), models=("m",), limit=40, at_once=8, out=tmp_path)
        )
        limits: list[int] = []

        def told(tally: Tally) -> None:
            limits.append(tally.at_once)

        with RunStore(tmp_path) as store:
            tally, _ = command.run(prepared, store, told)
    assert (tally.done, tally.errors) == (40, 0)
    assert min(limits) <= 4 < max(limits[len(limits) // 2 :])
    assert len(folder.read_samples(tmp_path)) == 40


def test_labels_that_differ_in_anything_have_their_own_file(tmp_path: Path) -> None:
    labels = [
        Label(role, prompt, version, case, epoch, round)
        for role, prompt, version, case, epoch, round in product(
            ("draft", "repair"), ("a", "b"), (1, 2), ("c", "C", "客", "x" * 200, "x" * 201), (0, 1), (0, 1)
        )
    ]
    assert len({path_of(tmp_path, label) for label in labels}) == len(labels) == 160


def test_a_figure_that_is_nearly_right_is_wrong() -> None:
    """A likeness of 0.89 between 120 and 150 is no faithfulness."""

    def nearly(answer: dict[str, object]) -> None:
        goal = answer["goals"][0]  # type: ignore[index]
        for field in ("statement", "specific", "measurable"):
            goal[field] = goal[field].replace("57 days", "58 days")

    bad = spoilt(nearly)
    assert bad != offline()
    scores, _ = scores_of([bad, bad, bad])
    assert scores["no_invented_numbers"].passed is False
