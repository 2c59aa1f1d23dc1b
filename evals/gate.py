"""Decides whether a run may be accepted: one verdict with its reasons for terminal, JSON, JUnit, HTML and exit code.

Knows nothing about how a run came about. A missing, stale or undecided thing never passes for a pass.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from assistant.errors import UsageError
from assistant.evaluation.comparison import compare
from assistant.evaluation.results import CheckComparison, GateVerdict, Level, Outcome, Reason, RunComparison
from assistant.evaluation.samples import CheckInfo, Manifest, Sample, Suite, holds
from evals.report.plain import told

LEAST_DROP = 0.02
"""A significant loss of the primary score below this does not matter."""
MOST_DROP = 0.10
"""A loss of the primary score beyond this fails whatever its significance."""
TOLERANCE = 0.05
"""Largest loss of the primary score that has to be ruled out."""
CONTROLS = frozenset({"freehand", "template"})
"""Kinds of variants that show what the product adds; nobody is shown what they write."""
_SHOWN = 12

Reference = Callable[[Suite, str], "tuple[Manifest, Sequence[Sample]] | None"]
_GRAVE: dict[str, Outcome] = {"fail": "fail", "incomplete": "incomplete", "inconclusive": "inconclusive"}
_RANK: dict[Outcome, int] = {"pass": 0, "inconclusive": 1, "incomplete": 2, "fail": 3}


def judge(
    manifest: Manifest,
    samples: Iterable[Sample],
    reference: Reference,
    *,
    tolerance: float = TOLERANCE,
    allow_stale: bool = False,
    need_reference: bool = False,
) -> GateVerdict:
    """Return the verdict on a run.

    Args:
        manifest: of the run.
        samples: of the run.
        reference: the blessed samples of a suite and variant, None where there are none.
        tolerance: largest loss that has to be ruled out, in points of the score.
        allow_stale: take replayed answers of an older prompt for what they are.
        need_reference: a suite and variant without a reference make the run incomplete, as in CI.

    Raises:
        UsageError: the tolerance is no number from 0.
    """
    if not (math.isfinite(tolerance) and tolerance >= 0):
        raise UsageError(f"The tolerance cannot be '{tolerance}'.", "Use a number from 0, such as 0.05.")
    groups: dict[tuple[Suite, str], list[Sample]] = {}
    for sample in samples:
        groups.setdefault((sample.suite, sample.variant), []).append(sample)
    reasons: list[Reason] = []
    finished = sum(map(len, groups.values()))
    if finished < manifest.planned:
        text = f"{finished} of {manifest.planned} samples are there; go on with --resume"
        reasons.append(Reason(level="incomplete", suite="", variant="", check="", text=text))
    comparisons = []
    judged = 0
    controls = {each.name for each in manifest.variants if each.kind in CONTROLS}
    for (suite, variant), group in groups.items():
        checks = manifest.suites[suite].checks
        if variant in controls:
            text = "a control: shown for comparison, not judged"
            reasons.append(Reason(level="note", suite=suite, variant=variant, check="", text=text))
            continue
        judged += 1
        reasons += _answers(suite, variant, group, allow_stale)
        reasons += _hard(suite, variant, group, checks)
        blessed = reference(suite, variant)
        if blessed is None:
            text = "nothing is blessed yet to compare with; only hard checks were judged"
            level: Level = "incomplete" if need_reference else "warning"
            reasons.append(Reason(level=level, suite=suite, variant=variant, check="", text=text))
            continue
        own = manifest.model_copy(update={"suites": {suite: manifest.suites[suite]}})
        comparison = compare(
            blessed, (own, group), tolerance=tolerance, pairs=[(variant, variant)]
        )  # fmt: skip
        comparisons.append(comparison)
        gone = sorted(set(blessed[0].suites[suite].checks) - set(checks))
        if gone:
            text = f"the reference has checks that the run does not have: {', '.join(gone)}; bless anew"
            reasons.append(Reason(level="incomplete", suite=suite, variant=variant, check="", text=text))
        compared = _compared(suite, variant, comparison, checks, tolerance, group, blessed[1])
        if any(sample.status == "error" for sample in group):
            # Missing answers count as failed, so they may be the whole of a fall: that is for the resumed run to say.
            compared = [
                each.model_copy(update={"level": "incomplete"}) if each.level == "fail" else each for each in compared
            ]
        reasons += compared
    if not judged:
        text = "nothing was judged: the run holds no sample of anybody but controls"
        reasons.append(Reason(level="incomplete", suite="", variant="", check="", text=text))
    found: list[Outcome] = [_GRAVE.get(reason.level, "pass") for reason in reasons]
    outcome: Outcome = max(found, key=lambda level: _RANK[level], default="pass")
    order = ("fail", "incomplete", "inconclusive", "warning", "note")
    reasons.sort(key=lambda reason: order.index(reason.level))
    return GateVerdict(
        run=manifest.id,
        outcome=outcome,
        reasons=tuple(reasons),
        comparisons=tuple(comparisons),
    )


def _answers(suite: Suite, variant: str, group: Sequence[Sample], allow_stale: bool) -> list[Reason]:
    """Return what samples without an answer, and answers of another prompt, mean."""
    reasons = []
    errors = [sample for sample in group if sample.status == "error"]
    if errors:
        kinds: dict[str, int] = {}
        for sample in errors:
            kind = sample.error.kind if sample.error else "?"
            kinds[kind] = kinds.get(kind, 0) + 1
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        first = errors[0].error.message if errors[0].error else ""
        crashed = any(sample.error and sample.error.kind == "crash" for sample in errors)
        text = f"{len(errors)} samples have no answer ({told}); they count as failed. First: {first}"
        reasons.append(
            Reason(
                level="fail" if crashed else "incomplete", suite=suite, variant=variant, check="", text=text,
                cases=_ids(errors),
            )
        )  # fmt: skip
    stale = [sample for sample in group if sample.stale]
    if stale:
        text = f"{len(stale)} recorded answers belong to another wording of the prompt: record again"
        level: Level = "warning" if allow_stale else "incomplete"
        reasons.append(Reason(level=level, suite=suite, variant=variant, check="", text=text, cases=_ids(stale)))
    return reasons


def _hard(suite: Suite, variant: str, group: Sequence[Sample], checks: dict[str, CheckInfo]) -> list[Reason]:
    """Return a reason for each hard check that any case fails."""
    reasons = []
    for name, info in checks.items():
        if not info.hard:
            continue
        failing = [sample for sample in group if sample.status == "scored" and holds(sample, name) is False]
        if failing:
            said = told(failing[0], name)
            text = f"{len(failing)} of {len(group)} cases fail the hard check. First: {said}"
            reasons.append(
                Reason(level="fail", suite=suite, variant=variant, check=name, text=text, cases=_ids(failing))
            )
    return reasons


def _compared(
    suite: Suite, variant: str, comparison: RunComparison, checks: dict[str, CheckInfo], tolerance: float,
    group: Sequence[Sample], reference: Sequence[Sample],
) -> list[Reason]:  # fmt: skip
    """Return what the comparison with the reference means."""

    def reason(level: Level, check: str, text: str, cases: tuple[str, ...] = ()) -> Reason:
        return Reason(level=level, suite=suite, variant=variant, check=check, text=text, cases=cases)

    if comparison.refused:
        return [
            reason("incomplete", "", f"cannot be compared with the reference: {why} Use --rescore, or bless anew.")
            for why in comparison.refused
        ]
    reasons = []
    there = {each.check: each for each in comparison.checks}
    for name, info in checks.items():
        applies = any(holds(sample, name) is not None for sample in (*group, *reference))
        if info.primary and applies and (name not in there or there[name].delta is None):
            reasons.append(reason("inconclusive", name, "no case could be scored on both sides"))
    for each in comparison.checks:
        if each.check not in checks or each.delta is None:
            continue
        info = checks[each.check]
        worst = tuple(change.case for change in each.worst)
        told = told_change(each)
        significant = each.interval is not None and each.interval[1] < 0 and each.p is not None and each.p < 0.05
        if not info.primary:
            if not info.hard and significant and each.delta <= -LEAST_DROP:
                reasons.append(reason("warning", each.check, f"fell: {told}", worst))
            continue
        if (significant and each.delta <= -LEAST_DROP) or each.delta < -MOST_DROP:
            reasons.append(reason("fail", each.check, f"fell: {told}", worst))
        elif each.outcome == "inconclusive":
            few = f"; {each.clusters} clusters" if each.clusters < 6 else ""
            mde = "" if each.mde is None else f", a loss under {each.mde:.3f} cannot be seen"
            reasons.append(reason("inconclusive", each.check, f"too little to tell: {told}{mde}{few}", worst))
        elif each.interval is not None and each.interval[0] < -tolerance:
            text = f"a loss of {tolerance:.2f} is not ruled out: {told}"
            reasons.append(reason("warning", each.check, text, worst))
        else:
            reasons.append(reason("note", each.check, told))
    return reasons


def told_change(each: CheckComparison) -> str:
    """Return a comparison in one line."""
    if each.before is None or each.after is None or each.delta is None:
        return "nothing to compare"
    interval = f" [{each.interval[0]:+.3f}, {each.interval[1]:+.3f}]" if each.interval else ""
    p = f", p = {each.p:.3f}" if each.p is not None else ""
    moved = f"{each.up} up, {each.down} down, {each.tie} as before"
    return f"{each.before:.3f} → {each.after:.3f} ({each.delta:+.3f}{interval}{p}; {moved})"


def _ids(samples: Sequence[Sample]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sample.case for sample in samples))[:_SHOWN]
