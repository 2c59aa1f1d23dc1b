"""Adds up one run: how every variant did on every check, in all languages and in each.

Knows nothing about where samples are kept, other runs or how a summary is shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from assistant.errors import StorageError
from assistant.evaluation.results import CheckSummary, RunSummary, VariantSummary
from assistant.evaluation.samples import SUITES, Manifest, Sample, Suite, holds
from assistant.evaluation.statistics import cluster_mean, mean, rule_of_three, wilson
from assistant.goals.base import LANGUAGES

ALL = "all"
"""What stands for every language in a `CheckSummary`."""


def summarise(manifest: Manifest, samples: Iterable[Sample], seconds: float) -> RunSummary:
    """Return what a run amounts to so far.

    A sample without an answer counts as 0 and as not passed for every check of its suite. Of several samples with one
    key the last counts.

    Args:
        manifest: of the run.
        samples: of the run, in any order.
        seconds: wall-clock time of the run so far.

    Raises:
        StorageError: a sample belongs to a suite or a variant that the manifest does not have.
    """
    kept = latest(samples)
    groups: dict[tuple[Suite, str], list[Sample]] = {
        (suite, variant.name): [] for suite in SUITES if suite in manifest.suites for variant in manifest.variants
    }
    for sample in kept:
        if (sample.suite, sample.variant) not in groups:
            raise StorageError(
                f"The case {sample.case!r} of the run {manifest.id!r} is of the suite {sample.suite!r} and the variant "
                f"{sample.variant!r}, which its manifest does not have.",
                "Files of two runs were mixed: start the run again.",
                run=manifest.id,
                case=sample.case,
            )
        groups[sample.suite, sample.variant].append(sample)
    return RunSummary(
        manifest=manifest,
        finished=len(kept),
        errors=_errors(kept),
        stale=sum(sample.stale for sample in kept),
        seconds=seconds,
        variants=tuple(_variant(manifest, group) for group in groups.values() if group),
    )


def latest(samples: Iterable[Sample]) -> list[Sample]:
    """Return the samples with the last of each key only."""
    return list({sample.key: sample for sample in samples}.values())


def value_of(sample: Sample, check: str) -> float | None:
    """Return what a sample counts for a check: 0 without an answer or a score, None where the check does not apply."""
    if holds(sample, check) is None:
        return None
    score = sample.scores.get(check)
    return 0.0 if sample.status == "error" or score is None or score.value is None else score.value


def case_mean(samples: Sequence[Sample], check: str) -> float | None:
    """Return the mean of a case over its epochs, None where none of them could be scored."""
    values = [value for sample in samples if (value := value_of(sample, check)) is not None]
    return mean(values) if values else None


def by_case(samples: Iterable[Sample]) -> dict[str, list[Sample]]:
    """Return the epochs of every case."""
    cases: dict[str, list[Sample]] = {}
    for sample in samples:
        cases.setdefault(sample.case, []).append(sample)
    return cases


def _variant(manifest: Manifest, samples: Sequence[Sample]) -> VariantSummary:
    suite = samples[0].suite
    languages = {sample.language for sample in samples}
    known = [language for language in LANGUAGES if language in languages]
    checks = manifest.suites[suite].checks
    return VariantSummary(
        suite=suite,
        variant=samples[0].variant,
        samples=len(samples),
        errors=_errors(samples),
        stale=sum(sample.stale for sample in samples),
        calls=sum(sample.calls for sample in samples),
        prompt_tokens=_total([sample.prompt_tokens for sample in samples]),
        completion_tokens=_total([sample.completion_tokens for sample in samples]),
        cost=_sum([sample.cost for sample in samples]),
        seconds=_times([sample.seconds for sample in samples]),
        checks=tuple(
            _check(check, language, [sample for sample in samples if language in (ALL, sample.language)])
            for check in checks
            for language in (ALL, *known, *sorted(languages - set(known)))
        ),
    )


def _check(check: str, language: str, samples: Sequence[Sample]) -> CheckSummary:
    means: list[float] = []
    clusters: list[str] = []
    for epochs in by_case(samples).values():
        value = case_mean(epochs, check)
        if value is not None:
            means.append(value)
            clusters.append(epochs[0].cluster)
    found = cluster_mean(means, clusters) if means else None
    counted = [sample for sample in samples if value_of(sample, check) is not None]
    total, passed = len(counted), sum(_passes(sample, check) for sample in counted)
    return CheckSummary(
        check=check,
        language=language,
        cases=len(means),
        clusters=found.clusters if found else 0,
        mean=found.mean if found else None,
        interval=found.interval if found else None,
        passed=passed,
        total=total,
        pass_interval=wilson(passed, total) if total else None,
        bound=rule_of_three(total) if total and passed == total else None,
        unscored=len(samples) - total,
    )


def _passes(sample: Sample, check: str) -> bool:
    return holds(sample, check) is True


def _errors(samples: Iterable[Sample]) -> int:
    return sum(sample.status == "error" for sample in samples)


def _total(counts: Sequence[int | None]) -> int | None:
    """Return the sum, None where any part is unknown."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _sum(amounts: Sequence[float | None]) -> float | None:
    """Return the sum, None where any part is unknown."""
    known = [amount for amount in amounts if amount is not None]
    return math.fsum(known) if len(known) == len(amounts) else None


def _times(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    median, high = np.quantile(seconds, [0.5, 0.95])
    return float(median), float(high)
