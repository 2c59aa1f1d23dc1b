"""The labelled questions and the arithmetic of the search evaluation."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from evals import retrieval as evaluation

TOPICS = (
    "smart okr kpi-design weights-and-scoring baseline-and-benchmarks strategy-alignment resource-check "
    "decomposition-wbs raci cascading checkpoints-reviews adjusting-goals incentives enablement-training retrospective "
    "annual-plan career-plan project-plan sales-marketing-plan process-improvement-plan goal-balance common-pitfalls "
    "metrics-customer-service metrics-ecommerce metrics-software metrics-hr metrics-finance"
).split()


def test_questions_cover_every_topic_in_every_language() -> None:
    cases = evaluation.load_cases()
    assert len({case.id for case in cases}) == len({case.question for case in cases}) == len(cases) >= 150
    assert {topic for case in cases for topic in case.topics} == set(TOPICS)
    count = Counter((case.language, case.topics[0]) for case in cases)
    assert set(count) == {(language, topic) for language in ("zh-Hans", "zh-Hant", "en") for topic in TOPICS}
    assert min(count.values()) >= 2


@pytest.mark.parametrize(
    ("found", "right", "recall", "rank", "gain"),
    [
        ("abc", "a", 1, 1, 1),
        ("bac", "a", 1, 0.5, 1 / math.log2(3)),
        ("bbbbba", "a", 0, 1 / 6, 0),
        ("bcd", "a", 0, 0, 0),
        ("", "a", 0, 0, 0),
        ("aab", "ab", 1, 1, (1 + 1 / 2) / (1 + 1 / math.log2(3))),
        ("aac", "ab", 0.5, 1, 1 / (1 + 1 / math.log2(3))),
    ],
)
def test_measures(found: str, right: str, recall: float, rank: float, gain: float) -> None:
    assert evaluation.recall_at(5, found, right) == recall
    assert evaluation.reciprocal_rank(found, right) == rank
    assert evaluation.ndcg_at(5, found, right) == pytest.approx(gain)


def test_means_and_choice_of_cases() -> None:
    cases = [evaluation.Case("1", "en", "x", ("a",)), evaluation.Case("2", "en", "y", ("b", "c"))]
    result = evaluation.score(cases, lambda question: ["a", "b"])
    assert (result.questions, result.recall, result.mrr) == (2, 0.75, 0.75)
    assert evaluation.answerable(cases, ["a", "b"]) == cases[:1]
