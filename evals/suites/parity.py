"""The parity suite: the same goal or aim in three languages gets the same verdict. Knows nothing about any language.

A sample is a whole cluster, so its language is `all`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from assistant import catalogue
from assistant.evaluation.samples import Score, Variant
from assistant.goals import DraftResult
from assistant.lint import lint_text
from assistant.service import Assistant
from evals import drafting_cases
from evals.drafting_cases import DraftingCase, read_rows
from evals.suite import Answer, Case, Check, Suite, fingerprint, graded, unscored

FILE = Path(__file__).parent.parent / "cases" / "parity.jsonl"

Seen = dict[str, dict[str, Any]]
"""By language, what was seen of the goal or draft: one entry for each thing that has to agree."""


def same_verdict(case: Any, seen: Seen) -> Score:
    """Grade the share of things that all languages agree on."""
    if len(seen) < 2:
        return unscored("one language only")
    names = sorted(set().union(*seen.values()))
    differ = [name for name in names if len({_plain(each.get(name)) for each in seen.values()}) > 1]
    shown = [f"{name}: {', '.join(f'{lang} {each.get(name)}' for lang, each in seen.items())}" for name in differ]
    return graded(1 - len(differ) / len(names), "; ".join(shown[:2]))


def as_labelled(case: Any, seen: Seen) -> Score:
    """Grade the share of labelled traits, over all languages, that the linter sees as a careful reader does."""
    if not isinstance(case, dict) or "same" not in case:
        return unscored("no labels")
    pairs = [(f"{language} {name}", each.get(name), wanted) for language, each in seen.items()
             for name, wanted in case["same"].items() if name in each]  # fmt: skip
    wrong = [name for name, found, wanted in pairs if found is not wanted]
    return graded(1 - len(wrong) / len(pairs), "; ".join(wrong[:4])) if pairs else unscored("nothing labelled")


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


class ParitySuite(Suite):
    """Clusters of goals for the linter, clusters of aims for the offline drafter."""

    name = "parity"
    kinds = frozenset({"linter", "offline"})
    offline_variants = ("linter", "offline")
    checks = (
        Check("same_verdict", "the same in three languages", same_verdict, primary=True),
        Check("as_labelled", "as a careful reader sees it", as_labelled),
    )

    def __init__(self, assistant: Assistant | None = None) -> None:
        """Take the assistant that drafts."""
        self._assistant = assistant or Assistant()

    def load(self) -> list[Case]:
        """Return a case for each cluster."""
        goals: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in read_rows(FILE):
            goals[str(row["cluster"])].append(row)
        aims: dict[str, list[DraftingCase]] = defaultdict(list)
        for case in drafting_cases.load():
            aims[case.cluster].append(case)
        cases = [
            _case(f"goal.{name}", rows[0]["split"], rows[0]["tags"], {"goals": rows, "same": rows[0]["same"]},
                  {row["language"]: row["text"] for row in rows})
            for name, rows in goals.items()
        ]  # fmt: skip
        return cases + [
            _case(f"aim.{name}", group[0].split, group[0].tags, {"aims": group},
                  {case.language: case.request() for case in group})
            for name, group in aims.items()
        ]  # fmt: skip

    def warm(self) -> None:
        """Load what drafting needs."""
        self._assistant.warm()

    def takes(self, case: Case, variant: Variant) -> bool:
        """Return whether the variant answers this kind of case."""
        return ("goals" in case.data) == (variant.kind == "linter")

    def answer(self, case: Case, variant: Variant, epoch: int) -> Answer:
        """Return what is seen in each language."""
        if variant.kind == "linter":
            seen = {row["language"]: _linted(row["text"], row["today"]) for row in case.data["goals"]}
        else:
            seen = {
                each.language: _drafted(self._assistant.draft(each.aim(), llm="offline"))
                for each in case.data["aims"]
            }  # fmt: skip
        return Answer(output={"kind": "parity", "seen": seen}, evidence=seen)

    def revive(self, case: Case, output: dict[str, Any]) -> Seen:
        """Return what was seen."""
        seen: Seen = output["seen"]
        return seen


def _case(id: str, split: str, tags: Any, data: dict[str, Any], texts: dict[str, str]) -> Case:
    return Case(
        id=id, version=1, language="all", cluster=id, split=split, tags=tuple(tags), data=data, shown=texts,
        fingerprint=fingerprint([id, texts, data.get("same")]),
    )  # fmt: skip


def _linted(text: str, today: str) -> dict[str, Any]:
    goal = lint_text(text, today=date.fromisoformat(today))
    card = goal.scorecard.model_dump()
    return {
        "rules": sorted({found.rule for found in goal.findings if found.severity != "info"}),
        "score": card.pop("score"),
        "ready": card.pop("ready"),
    } | goal.traits.model_dump()


def _drafted(result: DraftResult) -> dict[str, Any]:
    metrics = catalogue.load().metrics
    led = [goal.key_results[0] for goal in result.goals]
    return {
        "status": result.status,
        "goals": len(result.goals),
        "families": sorted(metrics[each.metric_id].families[0] if each.metric_id else "own" for each in led),
        "baselines": sum(each.baseline is not None for each in led),
        "conflicts": sorted({conflict.slot for conflict in result.conflicts}),
        "questions": sorted({question.slot for question in result.questions}),
    }
