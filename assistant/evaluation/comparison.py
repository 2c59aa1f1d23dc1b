"""Compares two runs, or two variants of one, case by case.

Knows nothing about where runs are kept, what a gate makes of a comparison or how it is shown. What cannot be paired
beyond doubt is refused: a wrong pairing gives numbers that look like any others.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from assistant.errors import UsageError
from assistant.evaluation.results import CaseChange, CheckComparison, RunComparison
from assistant.evaluation.samples import SUITES, Manifest, Sample, Suite
from assistant.evaluation.statistics import Paired, paired
from assistant.evaluation.summary import by_case, case_mean, latest, value_of

Side = tuple[Manifest, Iterable[Sample]]
"""A run: its manifest and its samples."""
Pair = tuple[str, str]
"""The variant of the reference and that of the candidate."""

FEWEST_CLUSTERS = 6
"""With 5 clusters not even a difference in every one of them reaches p < .05: 2 of 32 sign patterns are as extreme."""
_ALPHA = 0.05
_WORST = 5
_NOISE = 1e-9
"""Differences of one case below this are rounding."""


def compare(
    reference: Side,
    candidate: Side,
    *,
    tolerance: float = 0.05,
    pairs: Iterable[Pair] | None = None,
    rescore: bool = False,
) -> RunComparison:
    """Return how the candidate differs from the reference on every check that both have.

    Cases are paired by their means over epochs; a sample without an answer counts as 0. In every suite that both have,
    variants of one name are compared, or the two that are there where each side has exactly one.

    Args:
        reference: the run to compare with.
        candidate: the run in question; may be the same one.
        tolerance: largest difference that does not matter, in points of the score.
        pairs: the variants to compare instead, as (of the reference, of the candidate).
        rescore: both runs were scored again by the checks of today, so that another version of a check in a manifest
            means nothing, and of two case sets the cases that are the same in both are compared.

    Returns:
        The comparison; with `refused` filled and no checks where the two cannot be compared.

    Raises:
        UsageError: the tolerance is no number from 0, or a pair names a variant that its run does not have.
    """
    if not (math.isfinite(tolerance) and tolerance >= 0):
        raise UsageError(f"The tolerance cannot be '{tolerance}'.", "Use a number from 0, such as 0.05.")
    before, after = _Run(*reference), _Run(*candidate)
    asked = tuple(dict.fromkeys(pairs or ()))
    for old, new in asked:
        before.require(old)
        after.require(new)
    refused: list[str] = []
    matches = _matches(before, after, asked, refused)
    suites = list(dict.fromkeys(suite for suite, _ in matches))
    if not rescore:
        refused += [reason for suite in suites for reason in _differences(before, after, suite)]
    for suite, (old, new) in matches:
        same_cases = before.manifest.suites[suite].digest == after.manifest.suites[suite].digest
        refused += _doubts(before.cases(suite, old), after.cases(suite, new), suite, same_cases)
    return RunComparison(
        reference=before.manifest.id,
        candidate=after.manifest.id,
        tolerance=tolerance,
        checks=() if refused else tuple(_checks(before, after, matches, tolerance)),
        refused=tuple(dict.fromkeys(refused)),
    )


class _Run:
    """One side, sorted by suite and variant."""

    def __init__(self, manifest: Manifest, samples: Iterable[Sample]) -> None:
        self.manifest = manifest
        self._samples: dict[tuple[str, str], list[Sample]] = {}
        for sample in latest(samples):
            self._samples.setdefault((sample.suite, sample.variant), []).append(sample)
        self.declared = {variant.name for variant in manifest.variants}

    def require(self, variant: str) -> None:
        known = sorted(self.declared | {name for _, name in self._samples})
        if variant not in known:
            near = difflib.get_close_matches(variant, known, 1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            raise UsageError(
                f"The run {self.manifest.id!r} has no variant {variant!r}.",
                f"{hint}It has: {', '.join(known)}.",
                variant=variant,
            )

    def variants(self, suite: Suite) -> list[str]:
        return [name for of, name in self._samples if of == suite]

    def cases(self, suite: Suite, variant: str) -> dict[str, list[Sample]]:
        return by_case(self._samples[suite, variant])


def _matches(before: _Run, after: _Run, asked: Sequence[Pair], refused: list[str]) -> list[tuple[Suite, Pair]]:
    """Return which variants to compare in which suite; where nothing fits, say so in `refused`."""
    shared = [suite for suite in SUITES if suite in before.manifest.suites and suite in after.manifest.suites]
    found: list[tuple[Suite, Pair]] = []
    for suite in shared:
        old, new = before.variants(suite), after.variants(suite)
        if asked:
            found += [(suite, pair) for pair in asked if pair[0] in old and pair[1] in new]
        elif same := [name for name in old if name in new]:
            found += [(suite, (name, name)) for name in same]
        elif old and new:
            # A variant that a run was to have and has no samples of yet must not be mistaken for its neighbour.
            unborn = {old[0]} & after.declared | {new[0]} & before.declared
            if len(old) == len(new) == 1 and not unborn:
                found.append((suite, (old[0], new[0])))
            else:
                refused.append(
                    f"No variant of the suite '{suite}' is in both runs: the reference has {_list(old)}, the candidate "
                    f"{_list(new)}. Name the two to compare."
                )
    for pair in asked:
        if all(pair != match for _, match in found):
            refused.append(f"The variants {pair[0]!r} and {pair[1]!r} have no suite with samples of both.")
    if not found and not refused:
        refused.append("The two runs have no suite with samples of both.")
    return found


def _differences(before: _Run, after: _Run, suite: Suite) -> Iterator[str]:
    """Yield what was measured differently in a suite."""
    old, new = before.manifest.suites[suite], after.manifest.suites[suite]
    if old.digest != new.digest:
        yield (
            f"The cases of the suite '{suite}' differ: the reference has {old.cases} with the digest "
            f"'{old.digest[:12]}', the candidate {new.cases} with '{new.digest[:12]}'."
        )
    for check, info in new.checks.items():
        if check in old.checks and old.checks[check].version != info.version:
            yield (
                f"The check '{check}' of the suite '{suite}' judges differently: version {old.checks[check].version} "
                f"in the reference, {info.version} in the candidate."
            )


def _doubts(
    old: dict[str, list[Sample]], new: dict[str, list[Sample]], suite: Suite, same_cases: bool
) -> Iterator[str]:
    """Yield why the samples cannot be trusted to be what the manifests say."""
    for side, cases in (("reference", old), ("candidate", new)):
        for case, samples in cases.items():
            if len({sample.epoch for sample in samples}) < len(samples):
                yield f"The {side} has two answers to one epoch of the case {case!r} in the suite '{suite}'."
            if any(_identity(sample) != _identity(samples[0]) for sample in samples):
                yield f"The {side} has two cases called {case!r} in the suite '{suite}'."
    if same_cases:
        for case in old:
            if case in new and _identity(old[case][0]) != _identity(new[case][0]):
                yield (
                    f"The case {case!r} of the suite '{suite}' is not the same in both runs, though their case sets "
                    "have the same digest."
                )


def _identity(sample: Sample) -> tuple[int, str, str]:
    return sample.case_version, sample.language, sample.cluster


def _checks(
    before: _Run, after: _Run, matches: Sequence[tuple[Suite, Pair]], tolerance: float
) -> Iterator[CheckComparison]:
    for suite, pair in matches:
        old, new = before.cases(suite, pair[0]), after.cases(suite, pair[1])
        same_cases = before.manifest.suites[suite].digest == after.manifest.suites[suite].digest
        both = [case for case in sorted(old) if case in new and (same_cases or _same(old[case][0], new[case][0]))]
        for check in after.manifest.suites[suite].checks:
            if check in before.manifest.suites[suite].checks:
                yield _check(suite, check, pair, old, new, both, tolerance)


def _same(old: Sample, new: Sample) -> bool:
    return _identity(old) == _identity(new) and old.input == new.input


def _check(
    suite: Suite,
    check: str,
    pair: Pair,
    old: dict[str, list[Sample]],
    new: dict[str, list[Sample]],
    both: Sequence[str],
    tolerance: float,
) -> CheckComparison:
    changes: list[CaseChange] = []
    unscored = 0
    for case in both:
        before, after = case_mean(old[case], check), case_mean(new[case], check)
        if before is not None and after is not None:
            after = before if abs(after - before) < _NOISE else after
            why = _why(new[case], check)
            changes.append(CaseChange(case=case, language=new[case][0].language, before=before, after=after, why=why))
        unscored += before is None and after is None
    found = None
    if changes:
        clusters = [new[change.case][0].cluster for change in changes]
        found = paired([change.before for change in changes], [change.after for change in changes], clusters)
    fallen = sorted((change for change in changes if change.after < change.before), key=_rise)
    up = sum(change.after > change.before for change in changes)
    return CheckComparison(
        suite=suite,
        check=check,
        reference=pair[0],
        candidate=pair[1],
        cases=len(changes),
        clusters=found.clusters if found else 0,
        epochs=(_epochs(old), _epochs(new)),
        before=found.before if found else None,
        after=found.after if found else None,
        delta=found.delta if found else None,
        interval=found.interval if found else None,
        p=found.p if found else None,
        up=up,
        down=len(fallen),
        tie=len(changes) - up - len(fallen),
        mde=found.mde if found else None,
        errors=(_errors(old), _errors(new)),
        unpaired=len({*old, *new}) - len(changes) - unscored,
        outcome=_outcome(found, tolerance),
        worst=tuple(fallen[:_WORST]),
    )


def _outcome(found: Paired | None, tolerance: float) -> Literal["better", "worse", "same", "inconclusive"]:
    if found is None or found.interval is None or found.p is None or found.mde is None:
        return "inconclusive"
    if found.clusters < FEWEST_CLUSTERS:
        return "inconclusive"
    low, high = found.interval
    if found.p < _ALPHA and low > 0:
        return "better"
    if found.p < _ALPHA and high < 0:
        return "worse"
    return "same" if found.mde <= tolerance else "inconclusive"


def _rise(change: CaseChange) -> tuple[float, str]:
    return change.after - change.before, change.case


def _why(samples: Sequence[Sample], check: str) -> str:
    """Return what is said of the worst epoch."""
    worst = min(
        (sample for sample in samples if value_of(sample, check) is not None),
        key=lambda sample: (value_of(sample, check) or 0.0, sample.epoch),
    )
    if worst.status == "error":
        return worst.error.message if worst.error else ""
    return worst.scores[check].why


def _epochs(cases: dict[str, list[Sample]]) -> int:
    return max(len(samples) for samples in cases.values())


def _errors(cases: dict[str, list[Sample]]) -> int:
    return sum(sample.status == "error" for samples in cases.values() for sample in samples)


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))
