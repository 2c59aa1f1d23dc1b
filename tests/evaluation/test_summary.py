"""What a run adds up to, above all that nothing goes missing from it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import StorageError
from assistant.evaluation.results import CheckSummary, RunSummary, VariantSummary
from assistant.evaluation.samples import Manifest, Sample, Score
from assistant.evaluation.statistics import wilson
from assistant.evaluation.summary import summarise
from tests.evaluation.run_samples import failed, manifest, sample, suite


def only(samples: list[Sample], about: Manifest | None = None) -> VariantSummary:
    (variant,) = summarise(about or manifest(planned=len(samples)), samples, 1.0).variants
    return variant


def check(samples: list[Sample], language: str = "all", name: str = "smart_score") -> CheckSummary:
    (found,) = [one for one in only(samples).checks if (one.check, one.language) == (name, language)]
    return found


def test_crashed_cases_stay_in_the_averages() -> None:
    found = check([sample("a"), sample("b"), failed("c"), failed("d")])
    assert found.mean == 0.5
    assert (found.passed, found.total, found.unscored, found.cases, found.clusters) == (2, 4, 0, 4, 4)
    assert found.pass_interval == wilson(2, 4)
    assert found.bound is None
    everything = check([failed("a"), failed("b")], name="schema")
    assert (everything.mean, everything.passed, everything.total) == (0, 0, 2)


def test_leftover_scores_of_an_error_do_not_count() -> None:
    broken = failed("a").model_copy(update={"scores": sample("a").scores})
    assert (check([broken]).mean, check([broken]).passed) == (0, 0)


def test_error_then_success_counts_once() -> None:
    summary = summarise(manifest(planned=1), [failed("a"), sample("a", 0.8)], 1.0)
    assert (summary.finished, summary.errors, summary.complete) == (1, 0, True)
    assert summary.variants[0].checks[0].mean == 0.8


def test_unscored_is_in_no_mean_and_counted() -> None:
    found = check([sample("a", 0.6), sample("b", None), sample("c", None)])
    assert (found.mean, found.cases, found.total, found.passed, found.unscored) == (0.6, 1, 1, 1, 2)
    nothing = check([sample("a", None)])
    assert (nothing.mean, nothing.interval, nothing.pass_interval, nothing.bound) == (None, None, None, None)
    assert (nothing.cases, nothing.clusters, nothing.total, nothing.unscored) == (0, 0, 0, 1)


def test_verdict_that_is_not_there_is_never_a_pass() -> None:
    found = check([sample("a", checks=["schema"]), sample("b")])
    assert (found.passed, found.total, found.unscored) == (1, 2, 0)
    undecided = sample("a", 0.9).model_copy(update={"scores": {"smart_score": Score(value=0.9, passed=None)}})
    assert (check([undecided]).passed, check([undecided]).total) == (0, 1)


def test_epochs_are_averaged_before_cases() -> None:
    samples = [sample("a", 1.0, epoch=epoch) for epoch in range(9)] + [sample("b", 0.0), failed("b", epoch=1)]
    found = check(samples)
    assert (found.mean, found.cases, found.total) == (0.5, 2, 11)
    assert check([sample("a", 1.0), sample("a", None, epoch=1), failed("a", epoch=2)]).mean == 0.5


def test_interval_is_of_clusters() -> None:
    samples = [
        sample(f"{family}-{language}", value, cluster=str(family), language=language)
        for family, value in enumerate([0.2, 0.4, 0.9])
        for language in ("en", "zh-Hans", "zh-Hant")
    ]
    found, one = check(samples), check(samples, "zh-Hans")
    assert (found.cases, found.clusters, one.cases, one.clusters) == (9, 3, 3, 3)
    assert found.interval == pytest.approx(one.interval), "translations that agree make nothing surer"
    assert check(samples[:3]).interval is None


def test_languages_and_bound() -> None:
    samples = [sample("a", language="zh-Hant"), sample("b", language="en"), failed("c", language="zh-Hans")]
    found = [(one.check, one.language, one.total) for one in only(samples).checks]
    assert found == [
        (name, language, 3 if language == "all" else 1)
        for name in ("smart_score", "schema")
        for language in ("all", "zh-Hans", "zh-Hant", "en")
    ]
    assert check([sample(str(n)) for n in range(60)]).bound == 0.05
    assert check([sample("a")]).bound == 1.0


def test_costs_and_times() -> None:
    samples = [
        sample(str(n), seconds=float(n), calls=2, prompt_tokens=10, completion_tokens=5, cost=0.1, stale=n == 1)
        for n in range(1, 11)
    ]
    found = only(samples)
    assert (found.samples, found.calls, found.prompt_tokens, found.completion_tokens) == (10, 20, 100, 50)
    assert (found.errors, found.stale, found.cost) == (0, 1, 1.0)
    assert found.seconds == pytest.approx((5.5, 9.55))
    unknown = only([*samples, sample("x", cost=0.1)])
    assert (unknown.prompt_tokens, unknown.completion_tokens, unknown.cost) == (None, None, pytest.approx(1.1))
    assert only([*samples, sample("x")]).cost is None


def test_suites_and_variants_in_order() -> None:
    about = manifest(variants=("b", "a"), suites={"lint": suite(), "drafting": suite()}, planned=5)
    samples = [sample("x", variant=variant, of=of) for variant in "ab" for of in ("lint", "drafting")]
    summary = summarise(about, samples, 2.5)
    assert [(one.suite, one.variant) for one in summary.variants] == [
        ("drafting", "b"), ("drafting", "a"), ("lint", "b"), ("lint", "a"),
    ]  # fmt: skip
    assert (summary.finished, summary.complete, summary.seconds) == (4, False, 2.5)
    assert RunSummary.model_validate_json(summary.model_dump_json()) == summary
    empty = summarise(about, [], 0.0)
    assert (empty.variants, empty.finished, empty.complete) == ((), 0, False)


@pytest.mark.parametrize("stray", [sample("a", variant="other"), sample("a", of="lint")])
def test_samples_of_another_run_are_refused(stray: Sample) -> None:
    with pytest.raises(StorageError, match=r"The case 'a' of the run '20261121-a'"):
        summarise(manifest(), [stray], 1.0)


outcomes = st.sampled_from([0.0, 0.25, 0.5, 1.0, None, "error"])


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 2)), outcomes, min_size=1),
    st.randoms(use_true_random=False),
)
def test_every_sample_is_accounted_for(table: dict[tuple[int, int], float | str | None], order: random.Random) -> None:
    samples = [
        failed(str(case), epoch=epoch, cluster=str(case // 2))
        if value == "error"
        else sample(str(case), value, epoch=epoch, cluster=str(case // 2))
        for (case, epoch), value in table.items()
    ]
    summary = summarise(manifest(planned=len(samples)), samples, 1.0)
    assert summary.finished == len(samples)
    assert summary.errors == sum(value == "error" for value in table.values())
    for found in summary.variants[0].checks:
        assert found.total + found.unscored == len(samples)
        assert 0 <= found.passed <= found.total - summary.errors
    shuffled = list(samples)
    order.shuffle(shuffled)
    assert summarise(manifest(planned=len(samples)), shuffled, 1.0) == summary
