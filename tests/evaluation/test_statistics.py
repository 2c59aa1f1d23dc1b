"""Intervals, p and rates against tables, published examples, plain enumeration and simulation."""

from __future__ import annotations

import itertools
import math
import random
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluation.statistics import cluster_mean, mde, paired, rule_of_three, sign_flip, wilson
from tests.conftest import tries

DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
"""Darwin's maize, crossed minus self-fertilised, in eighths of an inch: Fisher, The Design of Experiments, 1935."""

numbers = st.one_of(st.fractions(-1, 1, max_denominator=12).map(float), st.floats(-1, 1, allow_nan=False), st.just(0.0))
rows = st.lists(st.tuples(numbers, numbers, st.integers(0, 9)), min_size=1, max_size=40)
many_clusters = st.lists(st.tuples(numbers, numbers, st.integers(0, 60)), min_size=30, max_size=80)


def enumerated(differences: list[Fraction], clusters: list[int]) -> Fraction:
    """The definition in so many words, in exact arithmetic."""
    sums = [sum(d for d, c in zip(differences, clusters, strict=True) if c == name) for name in sorted(set(clusters))]
    observed = abs(sum(sums))
    patterns = list(itertools.product((1, -1), repeat=len(sums)))
    extreme = sum(abs(sum(s * x for s, x in zip(signs, sums, strict=True))) >= observed for signs in patterns)
    return Fraction(extreme, len(patterns))


@settings(max_examples=tries(60), deadline=None)
@given(st.lists(st.tuples(st.fractions(-1, 1, max_denominator=6), st.integers(0, 8)), min_size=1, max_size=24))
def test_sign_flip_is_the_exact_enumeration(pairs: list[tuple[Fraction, int]]) -> None:
    differences, clusters = [d for d, _ in pairs], [c for _, c in pairs]
    assert sign_flip([float(d) for d in differences], clusters) == float(enumerated(differences, clusters))


def test_sign_flip_of_fourteen_clusters_is_exact() -> None:
    exact = enumerated([Fraction(d) for d in DARWIN[:14]], list(range(14)))
    assert sign_flip(DARWIN[:14], range(14)) == float(exact)
    padded = [*DARWIN[:14], 0, 0, 1, -1]
    assert sign_flip(padded, [*range(14), 20, 21, 22, 22]) == float(exact), "clusters of sum 0 change nothing"


def test_sign_flip_by_draws_meets_fishers_count() -> None:
    # Fisher counted 863 of 32,768 sums at or beyond 314 on one side.
    exact = 2 * 863 / 32_768
    assert sum(DARWIN) == 314
    assert sign_flip(DARWIN, range(15)) == pytest.approx(exact, abs=4 * math.sqrt(exact / 10_000))
    assert sign_flip(DARWIN, range(15)) == sign_flip(DARWIN, range(15))
    assert sign_flip(DARWIN, range(15), seed=1) != sign_flip(DARWIN, range(15))
    assert sign_flip([1.0] * 40, range(40), draws=2_500) == 1 / 2_501, "no draw is as extreme; p is never 0"


@pytest.mark.parametrize(("clusters", "p"), [(1, 1.0), (2, 0.5), (5, 0.0625), (6, 0.03125), (10, 2 / 1024)])
def test_least_p_of_few_clusters(clusters: int, p: float) -> None:
    assert sign_flip([0.1] * clusters, range(clusters)) == p


def test_nothing_differs() -> None:
    assert sign_flip([0.0] * 30, range(30)) == sign_flip([], []) == 1.0
    found = paired([0.5] * 8, [0.5] * 8, range(8))
    assert (found.delta, found.interval, found.p, found.mde) == (0, (0, 0), 1, 0)


def test_rounding_is_no_difference() -> None:
    # 0.3 - 0.2 and 0.1 - 0.2 leave -2.8e-17; six clusters of that would have p = 2/64.
    found = paired([0.2, 0.2] * 6, [0.3, 0.1] * 6, [name for name in range(6) for _ in range(2)])
    assert found.p == 1.0
    assert sign_flip([0.1, 0.2, -0.3], "abc") == 1.0


def test_epochs_and_translations_add_no_weight() -> None:
    once = sign_flip([0.1, 0.2, -0.1, 0.3, 0.1, 0.2], range(6))
    assert sign_flip([0.1, 0.2, -0.1, 0.3, 0.1, 0.2] * 3, [*range(6)] * 3) == once


def test_mean_and_interval_as_published_for_darwin() -> None:
    # In inches: mean 2.617, standard error 1.218, 95 % from 0.004 to 5.23.
    found = cluster_mean([d / 8 for d in DARWIN], range(15))
    assert (found.clusters, found.n) == (15, 15)
    assert found.mean == pytest.approx(2.617, abs=5e-4)
    assert found.se == pytest.approx(1.218, abs=5e-4)
    assert found.interval == pytest.approx((0.004, 5.23), abs=5e-3)


def test_clusters_as_computed_by_hand() -> None:
    # Mean 0.5; residual sums -0.7, 0.1, 0.6; sqrt(3 / 2 * 0.86) / 6; t(2) = 4.303.
    found = cluster_mean([0.0, 0.3, 0.5, 0.6, 1.0, 0.6], ["a", "a", "b", "b", "c", "c"])
    se = math.sqrt(1.5 * 0.86) / 6
    assert found.mean == pytest.approx(0.5)
    assert found.se == pytest.approx(se)
    assert found.interval == pytest.approx((0.5 - 4.303 * se, 0.5 + 4.303 * se), abs=1e-4)
    assert found.interval and found.interval[0] < 0 and found.interval[1] > 1, "nothing is clipped"


def test_one_cluster_has_no_error() -> None:
    found = cluster_mean([0.2, 0.4], ["a", "a"])
    assert (found.interval, found.se, found.clusters, found.n) == (None, None, 1, 2)
    both = paired([0.2, 0.4], [0.4, 0.4], ["a", "a"])
    assert (both.interval, both.p, both.mde) == (None, None, None)
    assert both.delta == pytest.approx(0.1)


# Quantiles of t from the usual table: two-sided 5 %, and 80 % one-sided.
@pytest.mark.parametrize(
    ("degrees", "upper", "power"),
    [(1, 12.706, 1.376), (5, 2.571, 0.920), (10, 2.228, 0.879), (19, 2.093, 0.861), (30, 2.042, 0.854)],
)
def test_mde_from_the_table_of_t(degrees: int, upper: float, power: float) -> None:
    assert mde(1.0, degrees + 1) == pytest.approx(upper + power, abs=2e-3)
    assert mde(0.02, degrees + 1) == pytest.approx(0.02 * (upper + power), abs=1e-4)
    assert mde(1.0, degrees + 1, power=0.5) == pytest.approx(upper, abs=1e-3)


def test_wilson_at_the_ends_and_beyond() -> None:
    # Newcombe 1998, Table I, method 3; more of it stands in tests/lint.
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    for hits, total in [(1, 0), (0, 0), (-1, 5), (6, 5)]:
        with pytest.raises(ValueError, match=f"{hits} of {total}"):
            wilson(hits, total)


@given(st.integers(1, 10_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_wilson_holds_the_share_and_mirrors(pair: tuple[int, int]) -> None:
    hits, total = pair
    low, high = wilson(hits, total)
    assert 0 <= low <= hits / total <= high <= 1
    assert wilson(total - hits, total) == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_rule_of_three() -> None:
    assert rule_of_three(14) == pytest.approx(0.214, abs=5e-4)  # 0 of 14, the example of Hanley & Lippman-Hand
    assert [rule_of_three(total) for total in (0, 1, 2, 3, 4, 300)] == [1, 1, 1, 1, 0.75, 0.01]
    for total in range(30, 2_000):
        exact = 1 - 0.05 ** (1 / total)
        assert exact < rule_of_three(total) < 1.06 * exact
    with pytest.raises(ValueError, match="-1 trials"):
        rule_of_three(-1)


@settings(max_examples=tries(25), deadline=None)
@given(st.one_of(rows, many_clusters), st.randoms(use_true_random=False))
def test_paired_does_not_depend_on_order_names_or_side(
    table: list[tuple[float, float, int]], order: random.Random
) -> None:
    before, after, clusters = zip(*table, strict=True)
    found = paired(before, after, clusters, draws=500)
    back = paired(after, before, clusters, draws=500)
    assert back.delta == -found.delta
    assert (back.p, back.mde) == (found.p, found.mde)
    shuffled = order.sample(table, len(table))
    olds, news, names = zip(*shuffled, strict=True)
    assert paired(olds, news, [f"family {9 - name}" for name in names], draws=500) == found
    assert found.delta == pytest.approx(found.after - found.before, abs=1e-9)
    if found.interval is not None:
        assert found.interval[0] <= found.delta <= found.interval[1]
        assert back.interval == (-found.interval[1], -found.interval[0])
        assert found.p is not None and 0 < found.p <= 1
        assert found.mde is not None and found.mde >= (found.interval[1] - found.interval[0]) / 2
    assert (found.interval is None) == (found.p is None) == (found.mde is None) == (len(set(clusters)) < 2)


@settings(max_examples=tries(15), deadline=None)
@given(st.one_of(rows, many_clusters))
def test_p_is_a_probability(table: list[tuple[float, float, int]]) -> None:
    differences, clusters = [row[0] for row in table], [row[2] for row in table]
    p = sign_flip(differences, clusters, draws=200)
    assert 0 < p <= 1
    assert sign_flip([-d for d in differences], clusters, draws=200) == p


def test_lengths_have_to_agree() -> None:
    for call in (
        lambda: cluster_mean([0.1, 0.2], ["a"]),
        lambda: sign_flip([0.1], ["a", "b"]),
        lambda: paired([0.1, 0.2], [0.1], ["a", "b"]),
        lambda: paired([0.1, 0.2], [0.1, 0.1], ["a"]),
        lambda: cluster_mean([], []),
        lambda: sign_flip([0.1], ["a"], draws=0),
        lambda: mde(0.1, 1),
    ):
        with pytest.raises(ValueError):
            call()


def test_loads_without_the_slow_half_of_scipy() -> None:
    script = "import sys, assistant.evaluation.statistics; print('scipy.stats' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@pytest.mark.slow
def test_false_alarms_stay_at_their_level() -> None:
    """20 families in three languages, intra-cluster correlation one half, no true difference."""
    repetitions, families, languages = 2_000, 20, 3
    most = 0.05 + 3 * math.sqrt(0.05 * 0.95 / repetitions)
    random = np.random.default_rng(20_261_121)
    together = [family for family in range(families) for _ in range(languages)]
    alone = list(range(families * languages))
    alarms = dict.fromkeys(["p", "t", "p alone", "t alone"], 0)
    for repetition in range(repetitions):
        shared = np.repeat(random.normal(0, 0.1, families), languages)
        differences = (shared + random.normal(0, 0.1, families * languages)).tolist()
        for clusters, kind in ((together, ""), (alone, " alone")):
            alarms["p" + kind] += sign_flip(differences, clusters, seed=repetition, draws=999) <= 0.05
            low, high = cluster_mean(differences, clusters).interval or (0, 0)
            alarms["t" + kind] += not low <= 0 <= high
    rates = {kind: count / repetitions for kind, count in alarms.items()}
    assert max(rates["p"], rates["t"]) <= most, rates
    assert min(rates["p alone"], rates["t alone"]) > 2 * most, rates
