"""The gate: one verdict, and nothing that is missing, stale or undecided passes for a pass."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from assistant.evaluation import folder
from assistant.evaluation.results import GateVerdict
from assistant.evaluation.samples import Manifest, Sample, SampleError, Score
from assistant.evaluation.summary import summarise
from evals import gate
from evals.report import terminal
from evals.report.junit import junit
from evals.report.markdown import markdown
from evals.suite import Answer, Case
from tests.evals.fakes import FakeSuite, manifest_of, run_fake

Values = Callable[[Case, int], float | Answer]


def noisy(seed: int, lift: float = 0.0, noise: float = 0.02) -> Values:
    """A score for each case: the same hardness in every run, noise of its own."""

    def value(case: Case, epoch: int) -> float:
        hardness = random.Random(case.id).uniform(0.4, 0.8)
        return min(1.0, max(0.12, hardness + lift + random.Random(f"{seed}{case.id}{epoch}").gauss(0, noise)))

    return value


def judged(tmp_path: Path, reference: Values | None, candidate: Values, **options: object) -> GateVerdict:
    """Run both and ask the gate."""
    blessed = None
    if reference is not None:
        old = FakeSuite(reference, clusters=20)
        run_fake(old, tmp_path / "old")
        blessed = (manifest_of(old, id="old"), folder.read_samples(tmp_path / "old"))
    new = FakeSuite(candidate, clusters=20)
    run_fake(new, tmp_path / "new")
    samples = folder.read_samples(tmp_path / "new")
    return gate.judge(manifest_of(new), samples, lambda suite, variant: blessed, **options)  # type: ignore[arg-type]


def test_the_same_again_passes(tmp_path: Path) -> None:
    verdict = judged(tmp_path, noisy(1), noisy(1))
    assert (verdict.outcome, verdict.exit_code()) == ("pass", 0)


def test_a_rise_passes(tmp_path: Path) -> None:
    assert judged(tmp_path, noisy(1), noisy(2, 0.05)).outcome == "pass"


def test_a_significant_fall_fails(tmp_path: Path) -> None:
    verdict = judged(tmp_path, noisy(1), noisy(2, -0.05))
    assert (verdict.outcome, verdict.exit_code()) == ("fail", 1)
    reason = next(each for each in verdict.reasons if each.level == "fail")
    assert reason.check == "value" and "p = " in reason.text and reason.cases


def test_a_significant_fall_too_small_to_matter_does_not_fail(tmp_path: Path) -> None:
    assert judged(tmp_path, noisy(1, noise=0.001), noisy(2, -0.01, noise=0.001)).outcome == "pass"


def test_a_great_fall_fails_even_where_it_is_not_significant(tmp_path: Path) -> None:
    def one_cluster_gone(case: Case, epoch: int) -> float:
        return 0.15 if case.cluster in {"c0", "c1", "c2", "c3"} else noisy(1)(case, epoch)

    verdict = judged(tmp_path, lambda case, epoch: 0.9, one_cluster_gone)
    assert verdict.outcome == "fail"


def test_too_much_noise_is_inconclusive_and_never_a_pass(tmp_path: Path) -> None:
    verdict = judged(tmp_path, noisy(1, noise=0.2), noisy(2, noise=0.2))
    assert verdict.outcome == "inconclusive"
    assert (verdict.exit_code(), verdict.exit_code(strict=True)) == (0, 4)


def test_too_few_clusters_are_inconclusive(tmp_path: Path) -> None:
    suites = []
    for name, seed in (("old", 1), ("new", 2)):
        suite = FakeSuite(noisy(seed), clusters=5)
        run_fake(suite, tmp_path / name)
        suites.append((manifest_of(suite, id=name), folder.read_samples(tmp_path / name)))
    verdict = gate.judge(suites[1][0], suites[1][1], lambda suite, variant: suites[0])
    assert verdict.outcome == "inconclusive"


def test_any_case_that_fails_a_hard_check_fails(tmp_path: Path) -> None:
    verdict = judged(tmp_path, noisy(1), lambda c, e: 0.05 if c.id == "c4.2" else noisy(1)(c, e))
    assert verdict.outcome == "fail"
    assert next(each for each in verdict.reasons if each.check == "hard").cases == ("c4.2",)


def test_a_hard_check_without_a_verdict_is_not_met(tmp_path: Path) -> None:
    new = FakeSuite(noisy(1), clusters=20)
    run_fake(new, tmp_path)
    for broken in ({"value": Score(value=1.0, passed=True)}, {"hard": Score(value=1.0, passed=None)}):
        samples = [
            sample.model_copy(update={"scores": broken}) if sample.case == "c1.1" else sample
            for sample in folder.read_samples(tmp_path)
        ]
        verdict = gate.judge(manifest_of(new), samples, lambda suite, variant: None)
        assert (verdict.outcome, verdict.reasons[0].check) == ("fail", "hard")


def test_without_a_reference_it_says_so(tmp_path: Path) -> None:
    verdict = judged(tmp_path, None, noisy(1))
    assert verdict.outcome == "pass"
    assert any("nothing is blessed" in reason.text for reason in verdict.reasons)


def test_a_missing_answer_is_incomplete_and_counts_as_failed(tmp_path: Path) -> None:
    def down(case: Case, epoch: int) -> float | Answer:
        if case.id == "c1.0":
            return Answer(error=SampleError(kind="timeout", message="no answer in 60 s"))
        return noisy(1)(case, epoch)

    verdict = judged(tmp_path, noisy(1), down)
    assert (verdict.outcome, verdict.exit_code()) == ("incomplete", 3)
    change = next(each for each in verdict.comparisons[0].checks if each.check == "value")
    assert change.errors == (0, 1)
    assert change.delta is not None and change.delta < 0


def test_a_crash_fails(tmp_path: Path) -> None:
    def crash(case: Case, epoch: int) -> float:
        if case.id == "c1.0":
            raise ValueError("broken")
        return noisy(1)(case, epoch)

    assert judged(tmp_path, noisy(1), crash).outcome == "fail"


def test_stale_answers_are_incomplete_unless_allowed(tmp_path: Path) -> None:
    def stale(case: Case, epoch: int) -> Answer:
        value = noisy(1)(case, epoch)
        assert isinstance(value, float)
        return Answer(output={"kind": "text", "text": "x"}, evidence=value, stale=True)

    verdict = judged(tmp_path / "a", noisy(1), stale)
    assert (verdict.outcome, verdict.exit_code()) == ("incomplete", 3)
    assert "record again" in verdict.reasons[0].text
    assert judged(tmp_path / "b", noisy(1), stale, allow_stale=True).outcome == "pass"


def test_a_run_that_is_not_whole_is_incomplete(tmp_path: Path) -> None:
    suite = FakeSuite(noisy(1), clusters=20)
    run_fake(suite, tmp_path)
    some = folder.read_samples(tmp_path)[:-1]
    assert gate.judge(manifest_of(suite), some, lambda s, v: None).outcome == "incomplete"


@pytest.mark.parametrize("change", ["cases", "version", "gone"])
def test_other_cases_or_checks_are_refused(tmp_path: Path, change: str) -> None:
    suite = FakeSuite(noisy(1), clusters=20)
    run_fake(suite, tmp_path)
    manifest, samples = manifest_of(suite), folder.read_samples(tmp_path)
    info = manifest.suites["drafting"]
    checks = dict(info.checks)
    if change == "version":
        checks["value"] = checks["value"].model_copy(update={"version": 2})
    if change == "gone":
        checks["older"] = checks["value"]
    other = info.model_copy(update={"digest": "x" if change == "cases" else info.digest, "checks": checks})
    blessed = manifest.model_copy(update={"suites": {"drafting": other}})
    verdict = gate.judge(manifest, samples, lambda s, v: (blessed, samples))
    assert verdict.outcome == "incomplete"


VERDICTS: list[tuple[str, Values]] = [
    ("pass", noisy(1)),
    ("fail", noisy(2, -0.06)),
    ("inconclusive", noisy(3, noise=0.25)),
    ("incomplete", lambda c, e: Answer(error=SampleError(kind="server", message="503 <busy>"))),
]


@pytest.mark.parametrize(("outcome", "candidate"), VERDICTS, ids=[name for name, _ in VERDICTS])
def test_every_output_tells_the_same_verdict(tmp_path: Path, outcome: str, candidate: Values) -> None:
    suite = FakeSuite(candidate, clusters=20)
    run_fake(suite, tmp_path / "new")
    old = FakeSuite(noisy(1), clusters=20)
    run_fake(old, tmp_path / "old")
    manifest: Manifest = manifest_of(suite)
    samples: tuple[Sample, ...] = folder.read_samples(tmp_path / "new")
    blessed = (manifest_of(old), folder.read_samples(tmp_path / "old"))
    verdict = gate.judge(manifest, samples, lambda s, v: blessed)
    summary = summarise(manifest, samples, 1.0)
    assert verdict.outcome == outcome
    assert verdict.exit_code(strict=True) == {"pass": 0, "fail": 1, "incomplete": 3, "inconclusive": 4}[outcome]
    assert f"verdict: {outcome}" in terminal.result(summary, verdict, samples, verbose=False)
    assert GateVerdict.model_validate_json(verdict.model_dump_json()) == verdict
    words = {"pass": "passed", "fail": "failed", "incomplete": "incomplete", "inconclusive": "inconclusive"}
    assert f"{words[outcome]}**" in markdown(summary, verdict)
    tree = ET.fromstring(junit(manifest, samples, verdict))
    gates = tree.find("testsuite[@name='gate']")
    assert gates is not None
    assert (gates.get("failures") == "0") == (outcome == "pass")


def test_junit_tells_the_reason(tmp_path: Path) -> None:
    def bad(case: Case, epoch: int) -> float | Answer:
        if case.id == "c0.0":
            return 0.0
        if case.id == "c0.1":
            return Answer(error=SampleError(kind="server", message="status 503 \x00<html>"))
        return 0.9

    suite = FakeSuite(bad)
    run_fake(suite, tmp_path)
    tree = ET.fromstring(junit(manifest_of(suite), folder.read_samples(tmp_path), None))
    failure, error = tree.find(".//failure"), tree.find(".//error")
    assert failure is not None and "hard: value 0.0" in (failure.get("message") or "")
    assert error is not None and "status 503" in (error.get("message") or "")


@pytest.mark.slow
def test_false_alarms_of_the_gate_stay_near_nominal(tmp_path: Path) -> None:
    """Two runs of the same thing, cases in clusters of three with their own noise: how often does the gate fail?"""
    repetitions, alarms = 2_000, 0
    suite = FakeSuite(lambda case, epoch: 0.5, clusters=20)
    run_fake(suite, tmp_path)
    manifest, samples = manifest_of(suite), folder.read_samples(tmp_path)
    random_ = random.Random(5)

    def drawn() -> list[Sample]:
        shared = {f"c{number}": random_.gauss(0, 0.03) for number in range(20)}
        return [
            sample.model_copy(
                update={
                    "scores": {
                        "value": Score(
                            value=min(1.0, max(0.0, 0.6 + shared[sample.cluster] + random_.gauss(0, 0.03))), passed=True
                        ),
                        "hard": Score(value=1.0, passed=True),
                    }
                }
            )
            for sample in samples
        ]

    for _ in range(repetitions):
        reference = (manifest, drawn())
        verdict = gate.judge(manifest, drawn(), lambda s, v, known=reference: known)  # type: ignore[misc]
        alarms += verdict.outcome == "fail"
    # Only falls alarm: half of 5 %. Three binomial standard errors above.
    assert alarms / repetitions <= 0.025 + 3 * (0.025 * 0.975 / repetitions) ** 0.5
