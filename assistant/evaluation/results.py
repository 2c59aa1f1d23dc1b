"""The words for what a run amounts to: summaries of one run, comparisons of two, the verdict of a gate.

Knows nothing about how they are computed or shown.
"""

from __future__ import annotations

from typing import Literal

from assistant.evaluation.samples import Manifest, Suite
from assistant.goals.base import Model

Interval = tuple[float, float]


class CheckSummary(Model):
    """How a check did over the cases of one suite and variant, in one language or in all.

    Attributes:
        mean: mean over cases of the mean over epochs; a sample without an answer counts as 0. None where no case
            could be scored.
        interval: 95 % interval of the mean from clusters, t with clusters - 1 degrees; None under 2 clusters.
        passed, total: samples that pass, and samples that could be scored or have no answer.
        pass_interval: Wilson's interval of `passed` of `total`; None where the total is 0.
        bound: with no failure in `total` samples, the 95 % upper bound of the failure rate, 3 / total; else None.
        unscored: samples that the check could not score; they are in no mean.
    """

    check: str
    language: str
    cases: int
    clusters: int
    mean: float | None
    interval: Interval | None
    passed: int
    total: int
    pass_interval: Interval | None
    bound: float | None
    unscored: int


class VariantSummary(Model):
    """How one variant did in one suite.

    Attributes:
        checks: for `all` and for each language.
        errors: samples without an answer; `stale`: replayed answers of another wording.
        seconds: median and 95th percentile of the wall-clock time of a sample, None without samples.
        cost: sum, None where any part is unknown.
    """

    suite: Suite
    variant: str
    samples: int
    errors: int
    stale: int
    calls: int
    prompt_tokens: int | None
    completion_tokens: int | None
    cost: float | None
    seconds: tuple[float, float] | None
    checks: tuple[CheckSummary, ...]


class RunSummary(Model):
    """What `summary.json` holds.

    Attributes:
        finished: samples that are there, of `manifest.planned`.
        seconds: wall-clock time of the run so far.
    """

    version: Literal[1] = 1
    manifest: Manifest
    finished: int
    errors: int
    stale: int
    seconds: float
    variants: tuple[VariantSummary, ...]

    @property
    def complete(self) -> bool:
        """Whether every planned sample has an answer."""
        return self.finished == self.manifest.planned and not self.errors


class CaseChange(Model):
    """A case whose score moved: the means over epochs before and after, and what the check says now."""

    case: str
    language: str
    before: float
    after: float
    why: str = ""


class CheckComparison(Model):
    """One check, paired by case: candidate minus reference.

    Attributes:
        cases: cases that both have scored; `clusters` of them; `epochs` as (reference, candidate).
        before, after: means over those cases; `delta` is their difference.
        interval: 95 % interval of delta from clusters, t with clusters - 1 degrees; None under 2 clusters.
        p: two-sided sign-flip permutation over clusters; None under 2 clusters.
        up, down, tie: cases that rose, fell, stayed.
        mde: smallest difference found with 80 % power at 5 %; None under 2 clusters.
        errors: samples without an answer, counted as 0, as (reference, candidate).
        unpaired: cases that only one side has or could score.
        outcome: `better` or `worse` where the interval lies on one side of 0 and p < .05; `same` where neither and the
            smallest detectable difference is within the tolerance; else `inconclusive`.
        worst: at most five cases that fell most.
    """

    suite: Suite
    check: str
    reference: str
    candidate: str
    cases: int
    clusters: int
    epochs: tuple[int, int]
    before: float | None
    after: float | None
    delta: float | None
    interval: Interval | None
    p: float | None
    up: int
    down: int
    tie: int
    mde: float | None
    errors: tuple[int, int]
    unpaired: int
    outcome: Literal["better", "worse", "same", "inconclusive"]
    worst: tuple[CaseChange, ...]


class RunComparison(Model):
    """Two runs, or two variants of one.

    Attributes:
        refused: why the two cannot be compared, such as another case set; then there are no checks.
    """

    reference: str
    candidate: str
    tolerance: float
    checks: tuple[CheckComparison, ...]
    refused: tuple[str, ...] = ()


Outcome = Literal["pass", "fail", "incomplete", "inconclusive"]
Level = Literal["fail", "incomplete", "inconclusive", "warning", "note"]


class Reason(Model):
    """One thing that decided a verdict, or that a person should know."""

    level: Level
    suite: str
    variant: str
    check: str
    text: str
    cases: tuple[str, ...] = ()


class GateVerdict(Model):
    """The one object behind the terminal, JSON, JUnit, HTML and the exit code.

    Attributes:
        outcome: the gravest of the reasons; `pass` where none is graver than a warning.
    """

    version: Literal[1] = 1
    run: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    comparisons: tuple[RunComparison, ...] = ()

    def exit_code(self, *, strict: bool = False) -> int:
        """Return 0 pass, 1 failed, 3 incomplete, 4 inconclusive with `strict`, else 0."""
        return {"pass": 0, "fail": 1, "incomplete": 3, "inconclusive": 4 if strict else 0}[self.outcome]
