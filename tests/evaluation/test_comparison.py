"""Pairs, outcomes, and everything that must not be compared."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.evaluation.comparison import Side, compare
from assistant.evaluation.results import CheckComparison, RunComparison
from assistant.evaluation.samples import CheckInfo, Sample
from tests.evaluation.run_samples import CHECKS, failed, manifest, sample, suite


def side(samples: Sequence[Sample], id: str = "run", **more: Any) -> Side:
    variants = tuple(dict.fromkeys(one.variant for one in samples)) or ("offline",)
    return manifest(id, variants=variants, **more), samples


def values(*of: float | None, variant: str = "offline") -> list[Sample]:
    return [sample(f"case-{n}", value, variant=variant) for n, value in enumerate(of)]


def first(found: RunComparison) -> CheckComparison:
    assert not found.refused
    return found.checks[0]


def test_better_worse_same_and_inconclusive() -> None:
    low, high = side(values(*[0.4] * 4, *[0.5] * 4), "old"), side(values(*[0.7] * 4, *[0.9] * 4), "new")
    found = first(compare(low, high))
    assert (found.outcome, found.cases, found.clusters, found.epochs) == ("better", 8, 8, (1, 1))
    assert (found.up, found.down, found.tie, found.unpaired, found.worst) == (8, 0, 0, 0, ())
    assert found.delta == pytest.approx(0.35)
    assert found.p == 2 / 2**8
    assert first(compare(high, low)).outcome == "worse"
    slight = side(values(0.41, 0.39, 0.4, 0.41, 0.5, 0.49, 0.5, 0.51), "new")
    assert first(compare(low, slight)).outcome == "same"
    assert first(compare(low, slight, tolerance=0.001)).outcome == "inconclusive"
    mixed = side(values(0.9, 0.1, 0.9, 0.1, 0.5, 0.5, 0.5, 0.5), "new")
    assert first(compare(low, mixed)).outcome == "inconclusive"


@pytest.mark.parametrize(("clusters", "outcome"), [(1, "inconclusive"), (5, "inconclusive"), (6, "better")])
def test_few_clusters_show_nothing(clusters: int, outcome: str) -> None:
    found = first(compare(side(values(*[0.2] * clusters)), side(values(*[0.9] * clusters))))
    assert found.outcome == outcome
    if clusters == 1:
        assert (found.interval, found.p, found.mde) == (None, None, None)


@pytest.mark.parametrize(("clusters", "outcome"), [(5, "inconclusive"), (6, "same"), (40, "same")])
def test_nothing_at_all_differs(clusters: int, outcome: str) -> None:
    found = first(compare(side(values(*[0.3] * clusters)), side(values(*[0.3] * clusters)), tolerance=0))
    assert (found.outcome, found.delta, found.mde, found.p, found.tie) == (outcome, 0, 0, 1, clusters)


def test_rounding_is_a_tie() -> None:
    old = [sample(f"{n}", value, epoch=epoch) for n in range(8) for epoch, value in enumerate((0.1, 0.2))]
    new = [sample(f"{n}", value, epoch=epoch) for n in range(8) for epoch, value in enumerate((0.15, 0.15))]
    found = first(compare(side(old), side(new), tolerance=0))
    assert (found.tie, found.outcome, found.delta) == (8, "same", 0)


def test_crashed_cases_count_as_zero() -> None:
    new = [failed(f"case-{n}") if n < 6 else sample(f"case-{n}", 1.0) for n in range(8)]
    found = first(compare(side(values(*[0.9] * 8)), side(new)))
    assert (found.cases, found.after, found.errors, found.unpaired) == (8, 0.25, (0, 6), 0)
    assert (found.down, found.up) == (6, 2)
    assert [change.why for change in found.worst] == ["No answer."] * 5


def test_error_then_success_under_the_same_key() -> None:
    new = [failed("case-0"), *values(*[0.9] * 8)]
    found = first(compare(side(values(*[0.9] * 8)), side(new)))
    assert (found.tie, found.errors) == (8, (0, 0))


def test_unscored_and_absent_cases_are_unpaired() -> None:
    old = values(0.5, None, 0.5, None, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)
    new = values(0.5, 0.5, None, None, 0.5, 0.5, 0.5, 0.5, 0.5)
    found = first(compare(side(old), side(new)))
    assert (found.cases, found.clusters, found.unpaired) == (6, 6, 3)
    assert found.outcome == "same"
    assert first(compare(side(old), side(new[:-1]))).outcome == "inconclusive", "5 clusters are left"
    nothing = first(compare(side(values(None, None)), side(values(0.5, 0.5))))
    assert (nothing.cases, nothing.before, nothing.delta, nothing.unpaired) == (0, None, None, 2)
    assert nothing.outcome == "inconclusive"


def test_epochs_are_averaged_before_pairing() -> None:
    old = values(*[0.5] * 8)
    new = [sample(f"case-{n}", value, epoch=epoch) for n in range(8) for epoch, value in enumerate((0.2, 0.8, 0.5))]
    found = first(compare(side(old), side(new)))
    assert (found.cases, found.clusters, found.epochs, found.delta, found.tie) == (8, 8, (1, 3), 0, 8)


def test_translations_do_not_make_it_surer() -> None:
    def cases(values: Sequence[float], languages: Sequence[str]) -> Side:
        return side(
            [sample(f"{n}-{to}", v, cluster=str(n), language=to) for n, v in enumerate(values) for to in languages]
        )

    before, after = [0.5] * 7, [0.6, 0.7, 0.4, 0.6, 0.9, 0.5, 0.6]
    one = first(compare(cases(before, ["en"]), cases(after, ["en"])))
    three = first(compare(cases(before, ["en", "zh-Hans", "zh-Hant"]), cases(after, ["en", "zh-Hans", "zh-Hant"])))
    assert (one.cases, three.cases, one.clusters, three.clusters) == (7, 21, 7, 7)
    assert three.p == one.p
    assert three.interval == pytest.approx(one.interval)
    assert three.mde == pytest.approx(one.mde)


def test_worst_cases_say_why() -> None:
    new = [sample("case-0", 0.9), sample("case-0", 0.1, epoch=1), *values(0.9, 0.3, 0.8, 0.6, 0.5, 0.4, 0.2, 0.1)[1:]]
    found = first(compare(side(values(*[0.7] * 8)), side(new)))
    assert [change.case for change in found.worst] == ["case-7", "case-6", "case-1", "case-5", "case-0"]
    assert found.worst[-1].why == "case-0 has 0.1"
    assert (found.worst[-1].before, found.worst[-1].after) == (0.7, 0.5)


def test_checks_that_both_have() -> None:
    fewer = {"drafting": suite(checks={"smart_score": CHECKS["smart_score"]})}
    found = compare(side(values(0.5)), side(values(0.5), suites=fewer))
    assert [one.check for one in found.checks] == ["smart_score"]
    assert [one.check for one in compare(side(values(0.5)), side(values(0.5))).checks] == ["smart_score", "schema"]


# What must be refused.


def refusal(found: RunComparison) -> str:
    assert found.checks == ()
    return "\n".join(found.refused)


def test_another_case_set_is_refused() -> None:
    other = side(values(*[0.5] * 8), suites={"drafting": suite("cases-2")})
    said = refusal(compare(side(values(*[0.5] * 8)), other))
    assert "suite 'drafting' differ" in said and "'cases-1'" in said and "'cases-2'" in said


def test_another_version_of_a_check_is_refused_by_name() -> None:
    newer = {"drafting": suite(checks={**CHECKS, "schema": CheckInfo(version=3)})}
    said = refusal(compare(side(values(0.5)), side(values(0.5), suites=newer)))
    assert "'schema'" in said and "version 1 in the reference, 3 in the candidate" in said
    assert "smart_score" not in said
    assert len(compare(side(values(0.5)), side(values(0.5), suites=newer), rescore=True).checks) == 2


def test_rescored_runs_of_two_case_sets_pair_only_the_same_cases() -> None:
    old = values(*[0.5] * 9)
    new = [one.model_copy(update={"input": {"aim": one.case}}) if one.case == "case-0" else one for one in old]
    new[1] = new[1].model_copy(update={"case_version": 2})
    new[2] = new[2].model_copy(update={"cluster": "case-8"})
    new.append(sample("new"))
    found = first(compare(side(old), side(new, suites={"drafting": suite("cases-2")}), rescore=True))
    assert (found.cases, found.unpaired) == (6, 4)


@pytest.mark.parametrize("change", [{"case_version": 2}, {"language": "zh-Hans"}, {"cluster": "other"}])
@pytest.mark.parametrize("rescore", [False, True])
def test_cases_that_differ_under_one_digest_are_refused(change: dict[str, Any], rescore: bool) -> None:
    old = values(*[0.5] * 8)
    new = [old[0].model_copy(update=change), *old[1:]]
    assert "'case-0'" in refusal(compare(side(old), side(new), rescore=rescore))


def test_two_answers_to_one_epoch_are_refused() -> None:
    twice = [*values(*[0.5] * 8), sample("case-3", 1.0, run="other prompt")]
    assert "candidate has two answers to one epoch of the case 'case-3'" in refusal(
        compare(side(values(*[0.5] * 8)), side(twice))
    )


def test_one_name_for_two_cases_is_refused() -> None:
    twice = [sample("a", language="en"), sample("a", language="zh-Hans", epoch=1)]
    assert "reference has two cases called 'a'" in refusal(compare(side(twice), side(values(0.5))))


def test_runs_without_a_suite_in_common_are_refused() -> None:
    lint = side([sample("a", of="lint")], suites={"lint": suite()})
    assert "no suite" in refusal(compare(side(values(0.5)), lint))
    assert "no suite" in refusal(compare(side(values(0.5)), side([])))


# Which variants are compared.


def pairs_of(found: RunComparison) -> list[tuple[str, str]]:
    assert not found.refused
    return list(dict.fromkeys((one.reference, one.candidate) for one in found.checks))


def test_variants_of_one_name_are_compared() -> None:
    old = side(values(0.5, variant="a") + values(0.6, variant="b") + values(0.7, variant="gone"))
    new = side(values(0.5, variant="b") + values(0.6, variant="a") + values(0.7, variant="new"))
    assert pairs_of(compare(old, new)) == [("a", "a"), ("b", "b")]


def test_single_variants_are_compared_whatever_their_names() -> None:
    old, new = side(values(0.5, variant="v1")), side(values(0.5, variant="v2"))
    assert pairs_of(compare(old, new)) == [("v1", "v2")]
    two = side(values(0.5, variant="v2") + values(0.5, variant="v3"))
    assert "'v2', 'v3'" in refusal(compare(old, two))


def test_variant_without_samples_yet_is_not_mistaken_for_its_neighbour() -> None:
    half = manifest(variants=("v1", "v2")), values(0.5, variant="v2")
    assert "Name the two to compare" in refusal(compare(side(values(0.5, variant="v1")), half))
    assert pairs_of(compare(side(values(0.5, variant="v1")), half, pairs=[("v1", "v2")])) == [("v1", "v2")]


def test_two_variants_of_one_run() -> None:
    run = side(values(*[0.3] * 8, variant="v1") + values(*[0.6] * 8, variant="v2"))
    found = compare(run, run, pairs=[("v1", "v2"), ("v1", "v2")])
    assert pairs_of(found) == [("v1", "v2")]
    assert first(found).delta == pytest.approx(0.3)


def test_pairs_that_cannot_be() -> None:
    run = side(values(0.5, variant="offline"))
    with pytest.raises(UsageError, match=r"no variant 'ofline'. Did you mean 'offline'"):
        compare(run, run, pairs=[("offline", "ofline")])
    apart = (
        manifest(variants=("a", "b"), suites={"drafting": suite(), "lint": suite()}),
        [sample("x", variant="a"), sample("x", variant="b", of="lint")],
    )
    assert "'a' and 'b' have no suite" in refusal(compare(apart, apart, pairs=[("a", "a"), ("a", "b")]))


@pytest.mark.parametrize("tolerance", [-0.01, math.nan, math.inf])
def test_tolerance_has_to_be_a_number(tolerance: float) -> None:
    with pytest.raises(UsageError, match="tolerance"):
        compare(side(values(0.5)), side(values(0.5)), tolerance=tolerance)


OPPOSITE = {"better": "worse", "worse": "better", "same": "same", "inconclusive": "inconclusive"}
score = st.one_of(st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 1.0]), st.none())
table = st.lists(st.tuples(score, score, st.integers(0, 11)), min_size=1, max_size=30)


@settings(max_examples=80, deadline=None)
@given(table, st.randoms(use_true_random=False))
def test_sides_and_order_change_nothing_but_signs(
    rows: list[tuple[float | None, float | None, int]], order: random.Random
) -> None:
    old = [sample(f"{n:02}", row[0], cluster=str(row[2])) for n, row in enumerate(rows)]
    new = [sample(f"{n:02}", row[1], cluster=str(row[2])) for n, row in enumerate(rows)]
    found = compare(side(old), side(new))
    one, back = first(found), first(compare(side(new), side(old)))
    assert (one.before, one.after, one.p, one.mde) == (back.after, back.before, back.p, back.mde)
    assert (one.up, one.down, one.tie, one.unpaired) == (back.down, back.up, back.tie, back.unpaired)
    assert one.outcome == OPPOSITE[back.outcome]
    assert one.up + one.down + one.tie == one.cases
    if one.delta is not None:
        assert back.delta == -one.delta
        assert one.interval is None or one.interval[0] <= one.delta <= one.interval[1]
    order.shuffle(old)
    order.shuffle(new)
    assert compare(side(old), side(new)) == found
    assert RunComparison.model_validate_json(found.model_dump_json()) == found
