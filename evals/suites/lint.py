"""The lint suite: labelled goals, judged by the linter. Knows nothing about rules beyond their names."""

from __future__ import annotations

import json
from typing import Any

from assistant.evaluation.samples import Score, Variant
from assistant.goals import LintedGoal
from assistant.lint import lint_text
from evals.lint_cases import Case as Labels
from evals.lint_cases import load_cases
from evals.lint_scoring import TRAITS, Comparison, against, binds, same_days, same_direction, same_role
from evals.suite import Answer, Case, Check, Suite, fingerprint, graded, met, unscored


def rules(labels: Labels, item: Comparison) -> Score:
    """Grade the rules of errors and warnings against the labelled ones: F1 of one goal, 1 where both are empty."""
    count = item.defects.count
    total = 2 * count.right + count.false + count.missed
    why = []
    if item.defects.missed:
        why.append(f"missed: {', '.join(sorted(item.defects.missed))}")
    if item.defects.false:
        why.append(f"false: {', '.join(sorted(item.defects.false))}")
    return graded(2 * count.right / total if total else 1.0, "; ".join(why))


def clean_silence(labels: Labels, item: Comparison) -> Score:
    """Pass when a clean goal has no error."""
    if labels.class_ != "clean":
        return unscored("the goal is not labelled clean")
    errors = [found.rule for found in item.goal.findings if found.severity == "error"]
    return met(not item.hit_at("error"), ", ".join(errors))


def traits(labels: Labels, item: Comparison) -> Score:
    """Grade the share of traits that agree with the labels."""
    return graded(1 - len(item.traits) / len(TRAITS), f"differ: {', '.join(item.traits)}" if item.traits else "")


def reading(labels: Labels, item: Comparison) -> Score:
    """Grade what is read: quantities with role, binding times with days, pairs with direction, against the labels."""
    right = sum(map(same_role, item.quantities.pairs)) + sum(map(same_direction, item.changes.pairs))
    right += sum(same_days(pair) for pair in item.times.pairs if binds(pair))
    right += sum(not binds(pair) for pair in item.times.pairs)
    found = (item.quantities, item.times, item.changes)
    total = sum(len(part.pairs) + len(part.missed) + len(part.false) for part in found)
    if not total:
        return unscored("there is nothing to read")
    wrong = [str(each) for part in found for each in part.missed][:2]
    return graded(right / total, f"missed: {'; '.join(wrong)}" if wrong else "")


class LintSuite(Suite):
    """Goals with the findings, traits and readings of a careful reader."""

    name = "lint"
    kinds = frozenset({"linter"})
    offline_variants = ("linter",)
    checks = (
        Check("rules", "rules of errors and warnings", rules, primary=True),
        Check("clean_silence", "no error on a clean goal", clean_silence),
        Check("traits", "traits", traits),
        Check("reading", "figures, times and pairs", reading),
    )

    def load(self) -> list[Case]:
        """Return the labelled goals; goals that share class and expected rules make a cluster."""
        return [
            Case(
                id=labels.id, version=1, language=labels.language, cluster=_cluster(labels), split=labels.split,
                tags=(labels.class_, *labels.rules), data=labels,
                shown={"text": labels.text, "expected": list(labels.rules)},
                fingerprint=fingerprint(labels.model_dump(mode="json")),
            )
            for labels in load_cases()
        ]  # fmt: skip

    def answer(self, case: Case, variant: Variant, epoch: int) -> Answer:
        """Return the linter's judgement."""
        labels: Labels = case.data
        goal = lint_text(labels.text, today=labels.today, kind=labels.kind, id=labels.id)
        return Answer(output=_output(labels, goal), evidence=against(labels, goal))

    def revive(self, case: Case, output: dict[str, Any]) -> Comparison:
        """Return a stored judgement beside the labels; the linter is not asked again."""
        return against(case.data, LintedGoal.model_validate_json(json.dumps(output["goal"])))


def _cluster(labels: Labels) -> str:
    return f"{labels.class_}:{'+'.join(sorted(labels.rules)) or 'none'}"


def _output(labels: Labels, goal: LintedGoal) -> dict[str, Any]:
    item = against(labels, goal)
    return {
        "kind": "goal",
        "goal": goal.model_dump(mode="json"),
        "rules": {
            "right": sorted(item.defects.right),
            "false": sorted(item.defects.false),
            "missed": sorted(item.defects.missed),
        },
    }
