"""Measures the offline drafter on labelled aims: facts, figures, conflicts, metrics, places; by language.

Knows nothing about how goals are written. Run it with `python -m evals.drafting [FILE …]`.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.samples import Score
from assistant.goals import LANGUAGES, KeyResult
from assistant.service import Assistant
from evals import drafting_cases
from evals.checks import facts, numbers, substance, wording
from evals.checks.drafted import Drafted
from evals.drafting_cases import FILE, DraftingCase, has_token
from evals.lint_cases import CaseError
from evals.suite import graded, met, unscored

ALL = "all"


def figures_in_field(case: DraftingCase, answer: Drafted) -> Score:
    """Grade the share of labelled baselines and targets in their own field, those of one metric in one key result.

    Stricter than `figures_placed`: a statement is no field, and a baseline and a target of one metric have to meet. A
    figure that is labelled once under several metrics may stand in any of their key results. Of staged targets the
    last has to be in the field, the others may stand in that key result's statement.
    """
    result = answer.result
    if result is None or case.conflicts:
        return unscored("what contradicts itself is not placed")
    keys = list(dict.fromkeys(value.metric for value in (*case.baseline, *case.target)))
    if not keys:
        return unscored("no baseline or target was stated")
    results = [each for goal in result.goals for each in goal.key_results]
    total, placed, wrong = 0, 0, []
    for key in keys:
        wanted = _wanted(case, key)
        kept = max((_placed(each, wanted) for each in results), key=len, default=[])
        total, placed = total + len(wanted), placed + len(kept)
        wrong += [f"{slot} {value}" for slot, value in wanted if (slot, value) not in kept]
    return graded(placed / total, "not in its field: " + ", ".join(wrong) if wrong else "")


def _wanted(case: DraftingCase, metric: str) -> list[tuple[str, str]]:
    """Return slot and words of what is stated of one metric; targets before the last one are steps."""
    targets = [value.value for value in case.target if value.metric == metric]
    wanted = [("baseline", value.value) for value in case.baseline if value.metric == metric]
    return wanted + [("step", value) for value in targets[:-1]] + [("target", value) for value in targets[-1:]]


def _placed(result: KeyResult, wanted: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return which of the stated values stand in the fields of a key result."""
    texts = {"baseline": result.baseline, "target": result.target, "step": f"{result.target} {result.statement}"}
    return [(slot, value) for slot, value in wanted if has_token(texts[slot] or "", value)]


def deadline_kept(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when a labelled last day is the deadline of some key result."""
    if answer.result is None or case.deadline is None or case.conflicts:
        return unscored("no day was stated, or two that contradict each other")
    days = {each.deadline for goal in answer.result.goals for each in goal.key_results}
    shown = ", ".join(sorted(day.isoformat() for day in days if day))
    return met(case.deadline in days, f"{case.deadline}, not {shown}")


def conflict_missed(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when every labelled conflict is raised; only of aims that have one."""
    return substance.conflict_raised(case, answer) if case.conflicts else unscored("nothing contradicts itself")


def conflict_false(case: DraftingCase, answer: Drafted) -> Score:
    """Pass when nothing is raised where nothing contradicts itself; only of aims without a conflict."""
    return unscored("there is a conflict") if case.conflicts else substance.conflict_raised(case, answer)


CHECKS: dict[str, tuple[str, Callable[[DraftingCase, Drafted], Score]]] = {
    "facts_kept": ("stated facts kept verbatim", facts.facts_kept),
    "no_invented_numbers": ("no figure without origin", numbers.no_invented_numbers),
    "origin_complete": ("every origin holds", numbers.origin_complete),
    "no_baseline_made_up": ("no baseline where none was given", facts.no_baseline_made_up),
    "conflict_missed": ("conflicts raised where there are any", conflict_missed),
    "conflict_false": ("nothing raised where there are none", conflict_false),
    "metric_family": ("metric family", substance.metric_family),
    "goals_counted": ("as many goals as outcomes", substance.goals_counted),
    "figures_placed": ("stated figures in some field", facts.figures_placed),
    "figures_in_field": ("stated figures in the right field", figures_in_field),
    "deadline_kept": ("deadline as stated", deadline_kept),
    "goals_as_stated": ("stated pairs taken up", substance.goals_as_stated),
    "ready": ("ready, or waiting where it should", wording.ready),
    "no_error_in_ready": ("no error in a ready draft", wording.no_error_in_ready),
    "language_fidelity": ("language and script", wording.language_fidelity),
    "harmless_text": ("no links or markup", wording.harmless_text),
    "smart_score": ("the linter's score", wording.smart_score),
}
"""Title and function of every check, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An aim with its draft, every check's score and the milliseconds that the draft took."""

    case: DraftingCase
    answer: Drafted
    scores: dict[str, Score]
    milliseconds: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how the offline drafter does on labelled aims: mean of each check by language, and aims scored."""
    parser = argparse.ArgumentParser(prog="python -m evals.drafting", description=main.__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="labelled aims, in place of the project's")
    parser.add_argument("--split", choices=("dev", "held", ALL), default=ALL, help="part of the set (all)")
    parser.add_argument(
        "--filter", default="", metavar="WORDS", help="only aims with these words in id, tags, language"
    )
    parser.add_argument("--misses", nargs="*", choices=tuple(CHECKS), metavar="CHECK", help="also list failing aims")
    parser.add_argument("--json", action="store_true", help="print the means and counts as JSON")
    chosen = parser.parse_args(arguments)
    try:
        cases = [case for file in chosen.files or [FILE] for case in drafting_cases.load(file)]
    except (CaseError, OSError) as error:
        parser.error(str(error))
    samples = run([case for case in cases if _chosen(case, chosen.split, chosen.filter)])
    if chosen.json:
        print(json.dumps(means(samples), ensure_ascii=False, indent=2, default=dataclasses.asdict))
        return
    print(table(samples))
    if chosen.misses is not None:
        print("\n".join(["", *misses(samples, chosen.misses or list(CHECKS))]))


def _chosen(case: DraftingCase, split: str, words: str) -> bool:
    inside = all(word in case.id or word in case.tags or word == case.language for word in words.split())
    return split in {ALL, case.split} and inside


def run(cases: Sequence[DraftingCase], assistant: Assistant | None = None) -> list[Sample]:
    """Draft every aim by rule and score it; loading is in no draft's time."""
    drafter = assistant or Assistant()
    if cases:
        drafter.warm()
    samples = []
    for case in cases:
        aim = case.aim()
        started = time.perf_counter()
        result = drafter.draft(aim, llm="offline")
        spent = (time.perf_counter() - started) * 1000
        answer = Drafted(drafter.brief(aim), result)
        scores = {name: check(case, answer) for name, (_, check) in CHECKS.items()}
        samples.append(Sample(case, answer, scores, spent))
    return samples


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a check, 0 to 1, None of nothing; how many aims passed, of how many that were scored."""

    mean: float | None
    passed: int
    scored: int


def means(samples: Sequence[Sample]) -> dict[str, dict[str, Mean]]:
    """Return the mean of every check, by language and of all."""
    return {
        name: {language: _mean(_spoken(samples, language), name) for language in (*LANGUAGES, ALL)} for name in CHECKS
    }


def _mean(samples: Sequence[Sample], name: str) -> Mean:
    scores = [score for sample in samples if (score := sample.scores[name]).value is not None]
    values = [score.value for score in scores if score.value is not None]
    return Mean(statistics.fmean(values) if values else None, sum(bool(score.passed) for score in scores), len(scores))


def table(samples: Sequence[Sample]) -> str:
    """Return a Markdown table of means, each with the aims that pass of those scored."""
    head = ["check", *LANGUAGES, ALL]
    rows = [head, ["---"] * len(head)]
    for name, row in means(samples).items():
        rows.append([CHECKS[name][0], *(_cell(row[language]) for language in (*LANGUAGES, ALL))])
    times = [[sample.milliseconds for sample in _spoken(samples, language)] for language in (*LANGUAGES, ALL)]
    rows.append(["ms a draft, median", *(f"{statistics.median(each):.0f}" if each else "" for each in times)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _cell(of: Mean) -> str:
    return "" if of.mean is None else f"{of.mean:.3f} ({of.passed}/{of.scored})"


def misses(samples: Sequence[Sample], names: Sequence[str]) -> list[str]:
    """Return one block for each aim that fails one of the checks: its text, then why."""
    blocks = []
    for sample in samples:
        failed = [(name, sample.scores[name]) for name in names if sample.scores[name].passed is False]
        if failed:
            lines = [f"{sample.case.id}: {sample.case.request()!r}"]
            blocks.append("\n".join([*lines, *(f"  {name}: {score.why}" for name, score in failed)]))
    return [f"{len(blocks)} of {len(samples)} aims fail a check", *blocks]


def _spoken(samples: Sequence[Sample], language: str) -> list[Sample]:
    return [sample for sample in samples if language in {ALL, sample.case.language}]


if __name__ == "__main__":
    main()
