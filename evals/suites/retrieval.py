"""The retrieval suite: questions and the method topics that answer them. Knows nothing about how the search works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast, get_args

from assistant.evaluation.samples import Score, Variant
from assistant.retrieval.retriever import Half
from assistant.service import Assistant
from evals import retrieval as measures
from evals.suite import Answer, Case, Check, Suite, fingerprint, graded

FILES = ("retrieval.jsonl", "retrieval-fresh.jsonl", "retrieval-situations.jsonl")
_SETS = {"retrieval.jsonl": "dev", "retrieval-fresh.jsonl": "held", "retrieval-situations.jsonl": "dev"}


def recall(case: measures.Case, found: Sequence[str]) -> Score:
    """Grade the share of right topics among the first five passages."""
    return graded(measures.recall_at(measures.K, found, case.topics), _shown(found))


def reciprocal_rank(case: measures.Case, found: Sequence[str]) -> Score:
    """Grade with 1 ÷ place of the first right passage."""
    return graded(measures.reciprocal_rank(found, case.topics), _shown(found))


def ndcg(case: measures.Case, found: Sequence[str]) -> Score:
    """Grade with the discounted gain of the first five passages."""
    return graded(measures.ndcg_at(measures.K, found, case.topics), _shown(found))


def _shown(found: Sequence[str]) -> str:
    return "found: " + ", ".join(found[: measures.K])


class RetrievalSuite(Suite):
    """Questions in three languages with their topics."""

    name = "retrieval"
    kinds = frozenset({"search"})
    offline_variants = ("hybrid", "dense", "lexical")
    checks = (
        Check("recall_at_5", "right topics among five", recall, primary=True),
        Check("reciprocal_rank", "place of the first right one", reciprocal_rank),
        Check("ndcg_at_5", "order of the first five", ndcg),
    )

    def __init__(self, assistant: Assistant | None = None) -> None:
        """Take the assistant whose search is measured."""
        self._assistant = assistant or Assistant()

    def load(self) -> list[Case]:
        """Return the questions of all sets; a topic is a cluster."""
        return [
            Case(
                id=each.id, version=1, language=each.language, cluster=each.topics[0], split=_SETS[name],
                tags=(name.removesuffix(".jsonl"), *each.topics), data=each,
                shown={"question": each.question, "expected": list(each.topics)},
                fingerprint=fingerprint([each.id, each.language, each.question, each.topics]),
            )
            for name in FILES
            for each in measures.load_cases(measures.CASES.with_name(name))
        ]  # fmt: skip

    def warm(self) -> None:
        """Load the index."""
        self._assistant.retriever.warm()

    def answer(self, case: Case, variant: Variant, epoch: int) -> Answer:
        """Return the passages found by the whole search or by one half."""
        half = cast(Half, variant.name)
        assert half in get_args(Half)
        passages = self._assistant.retriever.search(case.data.question, measures.K, half=half)
        output = {
            "kind": "passages",
            "passages": [{"id": each.id, "topic": each.topic, "score": each.score} for each in passages],
        }
        return Answer(output=output, evidence=[each.topic for each in passages])

    def revive(self, case: Case, output: dict[str, Any]) -> list[str]:
        """Return the topics that were found."""
        return [each["topic"] for each in output["passages"]]
