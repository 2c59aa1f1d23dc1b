"""How sure a mean, a difference or a rate is when cases come in clusters. Knows nothing about cases, checks or runs.

Cases of one family (the same aim in three languages) rise and fall together, so the cluster is the unit everywhere:
standard errors follow Miller 2024, *Adding Error Bars to Evals* (arXiv 2411.00640). Clusters are few, so intervals take
Student's t with clusters - 1 degrees and not the normal distribution, which is too sure of itself on small evaluations
(Bowyer et al. 2025, arXiv 2503.01747). Order of cases, names of clusters and which side is called *before* change
nothing but the sign, to the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

LEVEL = 0.95
EXACT_CLUSTERS = 14
DRAWS = 10_000
_BLOCK = 1_000
"""Draws held in memory at once."""
_TIE = 1e-10
"""Share of all that differs within which two sums are the same but for rounding."""
_Z = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """A mean over cases and how sure it is.

    Attributes:
        mean: over cases, each with the same weight.
        interval: 95 % interval, not clipped to any range; None under 2 clusters.
        se: standard error that allows for clusters; None under 2 clusters.
        clusters, n: number of clusters and of cases.
    """

    mean: float
    interval: tuple[float, float] | None
    se: float | None
    clusters: int
    n: int


@dataclass(frozen=True)
class Paired:
    """What changed between two measurements of the same cases.

    Attributes:
        before, after: means over cases.
        delta: mean of after minus before.
        interval: 95 % interval of delta; None under 2 clusters.
        p: two-sided, from `sign_flip`; None under 2 clusters.
        mde: smallest difference found with 80 % power at 5 %; None under 2 clusters.
        clusters, n: number of clusters and of cases.
    """

    before: float
    after: float
    delta: float
    interval: tuple[float, float] | None
    p: float | None
    mde: float | None
    clusters: int
    n: int


def mean(values: Sequence[float]) -> float:
    """Return the mean, rounded once, so that the order of the values does not matter.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("There is no mean of nothing.")
    return math.fsum(values) / len(values)


def cluster_mean(values: Sequence[float], clusters: Sequence[Hashable]) -> Estimate:
    """Return the mean over cases with its cluster-robust standard error and interval.

    The error is sqrt(G / (G - 1) * sum over clusters of (sum of residuals)²) / n for G clusters and n cases (Miller
    2024, with the usual correction for few clusters); the interval takes t with G - 1 degrees.

    Args:
        values: one per case.
        clusters: the cluster of each case.

    Raises:
        ValueError: there are no values, or not one cluster for each.
    """
    centre = mean(values)
    sums = _sums([value - centre for value in values], clusters)
    count, n = len(sums), len(values)
    if count < 2:
        return Estimate(centre, None, None, count, n)
    se = math.sqrt(count / (count - 1) * math.fsum(part * part for part in sums)) / n
    half = _quantile(count - 1, (1 + LEVEL) / 2) * se
    return Estimate(centre, (centre - half, centre + half), se, count, n)


def sign_flip(
    differences: Sequence[float], clusters: Sequence[Hashable], *, seed: int = 0, draws: int = DRAWS
) -> float:
    """Return the two-sided p that the differences are centred on 0, from flipping the sign of whole clusters.

    The randomisation test that Smucker et al. 2007 (*A Comparison of Statistical Significance Tests for Information
    Retrieval Evaluation*, CIKM) advise for paired scores, with a cluster's sum as the unit. Up to 14 clusters every
    combination of signs is counted, the observed one included; beyond, p = (b + 1) / (m + 1) for b of m seeded draws
    at least as extreme. A cluster that sums to 0 has no sign to flip and does not count towards the 14.

    Args:
        differences: one per case.
        clusters: the cluster of each case.
        seed: of the draws.
        draws: number of draws where not every combination is counted.

    Returns:
        A p above 0 and up to 1; 1 where no cluster differs.

    Raises:
        ValueError: not one cluster for each difference, or no draws.
    """
    if draws < 1:
        raise ValueError(f"A permutation test needs at least one draw, not {draws}.")
    sums = _sums(differences, clusters)
    slack = _TIE * math.fsum(abs(difference) for difference in differences)
    # Flipping is symmetric, so only magnitudes matter; sorted, they draw alike whatever the clusters are called.
    magnitudes = np.array(sorted(abs(part) for part in sums if abs(part) > slack), dtype=np.float64)
    if not magnitudes.size:
        return 1.0
    least = abs(math.fsum(sums)) - slack
    if magnitudes.size <= EXACT_CLUSTERS:
        totals = np.zeros(1)
        for magnitude in magnitudes:
            totals = np.concatenate((totals + magnitude, totals - magnitude))
        return int(np.count_nonzero(np.abs(totals) >= least)) / totals.size
    random, extreme = np.random.default_rng(seed), 0
    for start in range(0, draws, _BLOCK):
        size = (min(_BLOCK, draws - start), magnitudes.size)
        signs = 2.0 * random.integers(0, 2, size, dtype=np.int8) - 1.0
        extreme += int(np.count_nonzero(np.abs(signs @ magnitudes) >= least))
    return (extreme + 1) / (draws + 1)


def paired(
    before: Sequence[float],
    after: Sequence[float],
    clusters: Sequence[Hashable],
    *,
    seed: int = 0,
    draws: int = DRAWS,
) -> Paired:
    """Return how the same cases differ between two measurements; `seed` and `draws` as for `sign_flip`.

    Differences of single cases, not of two means, are what has an error: what makes a case hard is in both sides and
    cancels out (Miller 2024).

    Args:
        before: one value per case.
        after: one value per case, in the same order.
        clusters: the cluster of each case.
        seed: of the draws.
        draws: number of draws.

    Raises:
        ValueError: there are no cases, or the three are not of one length.
    """
    differences = [new - old for old, new in zip(before, after, strict=True)]
    found = cluster_mean(differences, clusters)
    return Paired(
        before=mean(before),
        after=mean(after),
        delta=found.mean,
        interval=found.interval,
        p=None if found.se is None else sign_flip(differences, clusters, seed=seed, draws=draws),
        mde=None if found.se is None else mde(found.se, found.clusters),
        clusters=found.clusters,
        n=found.n,
    )


def mde(se: float, clusters: int, alpha: float = 0.05, power: float = 0.8) -> float:
    """Return the smallest true difference that a two-sided test at `alpha` finds with `power`.

    (t(1 - alpha / 2) + t(power)) * se with clusters - 1 degrees: the power analysis of Miller 2024, with t for the
    normal distribution because clusters are few.

    Raises:
        ValueError: under 2 clusters there is no error to measure with.
    """
    if clusters < 2:
        raise ValueError(f"A detectable difference needs at least 2 clusters, not {clusters}.")
    return (_quantile(clusters - 1, 1 - alpha / 2) + _quantile(clusters - 1, power)) * se


def wilson(hits: int, total: int, z: float = _Z) -> tuple[float, float]:
    """Return the score interval of a proportion (Wilson 1927, JASA 22), at 95 % unless `z` says otherwise.

    It takes the trials to be independent, which epochs of one case are not.

    Raises:
        ValueError: there are no trials, or not between 0 and `total` hits.
    """
    if not 0 <= hits <= total or not total:
        raise ValueError(f"{hits} of {total} is no proportion.")
    share, square = hits / total, z * z
    centre = (share + square / (2 * total)) / (1 + square / total)
    half = z / (1 + square / total) * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    # At the ends the bound is the proportion itself; rounding would put it a hair inside.
    return max(0.0, centre - half) if hits else 0.0, min(1.0, centre + half) if hits < total else 1.0


def rule_of_three(total: int) -> float:
    """Return the 95 % upper bound of a rate of which no event was seen in `total` trials: 3 / total, at most 1.

    Hanley & Lippman-Hand 1983, *If Nothing Goes Wrong, Is Everything All Right?* (JAMA 249). No trials bound nothing,
    which is 1.

    Raises:
        ValueError: `total` is negative.
    """
    if total < 0:
        raise ValueError(f"There cannot be {total} trials.")
    return min(1.0, 3 / total) if total else 1.0


def _sums(values: Iterable[float], clusters: Sequence[Hashable]) -> list[float]:
    """Return the sum of each cluster."""
    parts: dict[Hashable, list[float]] = {}
    for value, cluster in zip(values, clusters, strict=True):
        parts.setdefault(cluster, []).append(value)
    return [math.fsum(part) for part in parts.values()]


def _quantile(degrees: int, share: float) -> float:
    """Return the quantile of Student's t."""
    return float(stdtrit(degrees, share))
