"""A suite that answers what a test tells it to, for tests of the runner and the gate."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.evaluation.samples import Manifest, Score, SuiteInfo, Variant
from assistant.llm.pacing import Budget
from evals.runner import Tally, plan, run
from evals.store import RunStore
from evals.suite import Answer, Case, Check, Suite, digest_of, fingerprint, graded, met

OFFLINE = Variant(name="offline", kind="offline")


def value_check(data: Any, evidence: float) -> Score:
    return graded(evidence)


def hard_check(data: Any, evidence: float) -> Score:
    return met(evidence > 0.1, f"value {evidence}")


class FakeSuite(Suite):
    """Answers with a number for each case; `answers` may return an `Answer` or raise."""

    name = "drafting"
    kinds = frozenset({"offline"})
    offline_variants = ("offline",)
    checks = (
        Check("value", "the value", value_check, primary=True),
        Check("hard", "not nearly nothing", hard_check, hard=True),
    )

    def __init__(self, answers: Callable[[Case, int], float | Answer], clusters: int = 10, each: int = 3) -> None:
        self._answers = answers
        self._size = (clusters, each)
        self.asked: list[str] = []

    def load(self) -> list[Case]:
        clusters, each = self._size
        return [
            Case(
                id=f"c{cluster}.{number}", version=1, language=("zh-Hans", "zh-Hant", "en")[number % 3],
                cluster=f"c{cluster}", split="dev", tags=("fake",), data=(cluster, number), shown={"text": "x"},
                fingerprint=fingerprint([cluster, number]),
            )
            for cluster in range(clusters)
            for number in range(each)
        ]  # fmt: skip

    def answer(self, case: Case, variant: Variant, epoch: int) -> Answer:
        self.asked.append(f"{case.id}#{epoch}")
        made = self._answers(case, epoch)
        return made if isinstance(made, Answer) else Answer(output={"kind": "text", "text": str(made)}, evidence=made)

    def revive(self, case: Case, output: dict[str, Any]) -> float:
        return float(output["text"])


def manifest_of(suite: FakeSuite, epochs: int = 1, id: str = "run") -> Manifest:
    cases = suite.load()
    return Manifest(
        id=id, created="2026-01-01T00:00:00Z", revision="", dirty=False,
        suites={
            "drafting": SuiteInfo(
                cases=len(cases), clusters=len({case.cluster for case in cases}), digest=digest_of(cases),
                checks={check.name: check.info for check in suite.checks},
            )
        },
        variants=(OFFLINE,), epochs=epochs, seed=1, knowledge="", planned=len(cases) * epochs, digest="d",
    )  # fmt: skip


def run_fake(
    suite: FakeSuite, folder: Path, *, epochs: int = 1, at_once: int = 2, max_cost: float | None = None,
    told: Callable[[Tally], None] = lambda tally: None,
) -> Tally:  # fmt: skip
    tasks = plan([(suite, suite.load(), (OFFLINE,))], epochs, {})
    with RunStore(folder) as store:
        store.begin(manifest_of(suite, epochs))
        return run(
            tasks, store, at_once=at_once, budget=Budget(max_cost),
            cost=lambda asked, given: None if asked is None else asked / 1000, told=told,
        )  # fmt: skip


def slowly(value: float, seconds: float) -> float:
    time.sleep(seconds)
    return value
