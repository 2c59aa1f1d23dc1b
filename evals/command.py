"""What `goals eval` does: run, compare, bless, gate, score. Knows nothing about the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from assistant.errors import UsageError
from assistant.evaluation import folder as folders
from assistant.evaluation.comparison import compare
from assistant.evaluation.results import GateVerdict, RunComparison, RunSummary
from assistant.evaluation.samples import Manifest, Sample, holds
from assistant.evaluation.samples import Suite as SuiteName
from assistant.evaluation.summary import summarise
from assistant.llm.pacing import Budget
from evals import baselines
from evals import gate as gates
from evals.models import write_recorded_cases
from evals.planning import AT_ONCE_WITH_MODEL, Options, Prepared, prepare
from evals.report.html import write_html
from evals.report.junit import junit
from evals.report.markdown import markdown
from evals.rescoring import rescored
from evals.runner import Tally
from evals.runner import run as run_tasks
from evals.store import JUNIT, MARKDOWN, REPORT, SUMMARY, VERDICT, RunStore, new_id, write_whole
from evals.variants import label_of

__all__ = ["Options", "bless", "compare_runs", "gate", "prepare", "run", "score"]

AT_ONCE = 2
References = dict[tuple[SuiteName, str], tuple[Manifest, tuple[Sample, ...]]]
"""Blessed manifests and samples by suite and variant."""


def run(
    prepared: Prepared, store: RunStore, told: Callable[[Tally], None] = lambda tally: None
) -> tuple[Tally, RunSummary]:
    """Make the samples that are missing, and write down what they amount to.

    Args:
        prepared: the run.
        store: its open folder.
        told: hears of every finished sample.
    """
    manifest = store.begin(prepared.manifest)
    options = prepared.options
    at_once = options.at_once or (AT_ONCE_WITH_MODEL if prepared.models.names else AT_ONCE)
    for suite, _, _ in prepared.parts:
        suite.warm()
    budget = Budget(options.max_cost)
    for sample in store.samples():
        budget.add(sample.cost, called=sample.calls > 0)
    live = bool(prepared.models.names) and options.replay is None
    tally = run_tasks(
        prepared.tasks, store, at_once=at_once, ahead=at_once if live and at_once > 1 else 0, budget=budget,
        cost=prepared.models.settings.cost, told=told,
        release=prepared.models.close,
    )  # fmt: skip
    summary = conclude(store, manifest, tally.seconds)
    if options.record is not None:
        _note_recorded(options.record, prepared, store.samples())
    return tally, summary


def conclude(store: RunStore, manifest: Manifest, seconds: float, verdict: GateVerdict | None = None) -> RunSummary:
    """Write summary, report, JUnit and Markdown of what is there; return the summary."""
    samples = list(store.samples())
    summary = summarise(manifest, samples, seconds)
    write_whole(store.path / SUMMARY, summary.model_dump_json(indent=1) + "\n")
    if verdict is not None:
        write_whole(store.path / VERDICT, verdict.model_dump_json(indent=1) + "\n")
    blessed = _blessed(samples)
    changes = joined(verdict.comparisons if verdict is not None else against(manifest, samples, blessed))
    before = [sample for _, group in blessed.values() for sample in group]
    write_whole(store.path / REPORT, write_html(summary, samples, verdict, changes, before=before))
    write_whole(store.path / JUNIT, junit(manifest, samples, verdict))
    write_whole(store.path / MARKDOWN, markdown(summary, verdict))
    return summary


def gate(
    name: str, *, tolerance: float, allow_stale: bool = False, rescore: bool = False, need_reference: bool = False,
    home: Path | None = None,
) -> tuple[RunSummary, GateVerdict, list[Sample], Path]:  # fmt: skip
    """Judge a run against the blessed references, and write the verdict into its folder.

    With `rescore` a new run is made of its answers and judged, and the references are scored again as well.

    Raises:
        StorageError: the run's files do not belong together, or cannot be read.
    """
    path = score(name)[0] if rescore else folders.find(name)
    manifest, samples = _read(path)
    summarise(manifest, samples, 0.0)
    references = _blessed(samples, home)
    if rescore:
        references = {
            key: (renewed[0], tuple(renewed[1]))
            for key, blessed in references.items()
            for renewed in [rescored(blessed[0], blessed[1])]
        }
    verdict = gates.judge(
        manifest, samples, lambda suite, variant: references.get((suite, variant)), tolerance=tolerance,
        allow_stale=allow_stale, need_reference=need_reference,
    )  # fmt: skip
    with RunStore(path) as store:
        summary = conclude(store, manifest, _seconds(path), verdict)
    return summary, verdict, samples, path


def bless(name: str, home: Path | None = None) -> list[tuple[SuiteName, str, Path, list[str]]]:
    """Make a run the reference of every suite and variant it has but controls; return them with what speaks against.

    Raises:
        UsageError: the run is not whole, or holds answers of another prompt.
    """
    manifest, samples = _read(folders.find(name))
    errors = sum(sample.status == "error" for sample in samples)
    stale = sum(sample.stale for sample in samples)
    if errors or len(samples) < manifest.planned:
        raise UsageError(
            f"The run {manifest.id!r} is not whole: {len(samples)} of {manifest.planned} samples, {errors} without an "
            "answer.",
            "Go on with it by --resume first.",
        )
    if stale:
        raise UsageError(f"{stale} answers of {manifest.id!r} belong to another prompt.", "Record again, then bless.")
    controls = {variant.name for variant in manifest.variants if variant.kind in gates.CONTROLS}
    done = []
    for suite, variant in dict.fromkeys((sample.suite, sample.variant) for sample in samples):
        if variant in controls:
            continue
        group = [sample for sample in samples if (sample.suite, sample.variant) == (suite, variant)]
        hard = [check for check, info in manifest.suites[suite].checks.items() if info.hard]
        failing = [
            f"{check} fails on {count}"
            for check in hard
            if (count := sum(holds(sample, check) is False for sample in group))
        ]
        done.append((suite, variant, baselines.write(manifest, suite, variant, group, home), failing))
    return done


def score(name: str) -> tuple[Path, RunSummary]:
    """Score the answers of a run again with the checks of today, into a new run folder."""
    path = folders.find(name)
    old, samples = _read(path)
    renewed, scored = rescored(old, samples)
    renewed = renewed.model_copy(update={"id": new_id(f"{old.id}-scored-again")})
    with RunStore(path.parent / renewed.id) as store:
        renewed = store.begin(renewed)
        for sample in scored:
            store.append(sample)
        return store.path, conclude(store, renewed, _seconds(path))


def compare_runs(
    reference: str, candidate: str, *, tolerance: float, pairs: Sequence[tuple[str, str]], rescore: bool
) -> tuple[RunComparison, list[str]]:
    """Compare two runs by name; return also what is not whole: then the rest may hide what differs."""
    sides, partial = [], []
    for name in (reference, candidate):
        manifest, samples = _read(folders.find(name))
        errors = sum(sample.status == "error" for sample in samples)
        if errors or len(samples) < manifest.planned:
            partial.append(
                f"{manifest.id} has {len(samples)} of {manifest.planned} samples, {errors} of them without an answer"
            )
        sides.append(rescored(manifest, samples) if rescore else (manifest, samples))
    return compare(sides[0], sides[1], tolerance=tolerance, pairs=pairs or None, rescore=rescore), partial


def against(manifest: Manifest, samples: Sequence[Sample], blessed: References) -> list[RunComparison]:
    """Return what changed since the blessed references."""
    found = []
    for (suite, variant), reference in blessed.items():
        own = manifest.model_copy(update={"suites": {suite: manifest.suites[suite]}})
        group = [sample for sample in samples if (sample.suite, sample.variant) == (suite, variant)]
        found.append(compare(reference, (own, group), tolerance=gates.TOLERANCE, pairs=[(variant, variant)]))
    return found


def joined(found: Sequence[RunComparison]) -> RunComparison | None:
    """Return the comparisons of one run with its references as one."""
    if not found:
        return None
    return found[0].model_copy(
        update={
            "reference": ", ".join(dict.fromkeys(each.reference for each in found)),
            "checks": tuple(check for each in found for check in each.checks),
            "refused": tuple(why for each in found for why in each.refused),
        }
    )


def _read(path: Path) -> tuple[Manifest, list[Sample]]:
    return folders.read_manifest(path), list(folders.read_samples(path))


def _blessed(samples: Sequence[Sample], home: Path | None = None) -> References:
    """Return the references of the suites and variants of a run."""
    return {
        key: blessed
        for key in dict.fromkeys((sample.suite, sample.variant) for sample in samples)
        if (blessed := baselines.read(*key, home)) is not None
    }


def _note_recorded(folder: Path, prepared: Prepared, samples: Iterable[Sample]) -> None:
    """Write down which cases have an answer of each variant."""
    answered = {(sample.suite, sample.variant, sample.case) for sample in samples if sample.status == "scored"}
    for suite, cases, variants in prepared.parts:
        for variant in (each for each in variants if each.model):
            ids = [case.id for case in cases if (suite.name, variant.name, case.id) in answered]
            write_recorded_cases(folder, suite.name, label_of(variant), ids)


def _seconds(path: Path) -> float:
    """Return how long a run took, as its summary says."""
    try:
        return float(json.loads((path / SUMMARY).read_text("utf-8"))["seconds"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0.0
