"""The nouns of an evaluation: case, answer, check, suite.

Knows nothing about any single suite, about models or about where results are kept.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evaluation.samples import CheckInfo, SampleError, Score, Variant, VariantKind
from assistant.evaluation.samples import Suite as SuiteName

SPLITS = ("dev", "held", "all")


@dataclass(frozen=True)
class Case:
    """One question of a suite.

    Attributes:
        cluster: family of cases that belong together, the unit of the statistics.
        split: `dev` to work with, `held` to report on.
        data: what the suite reads in it.
        shown: what a report shows of it.
        fingerprint: SHA-256 of the case with its labels.
    """

    id: str
    version: int
    language: str
    cluster: str
    split: str
    tags: tuple[str, ...]
    data: Any
    shown: dict[str, Any]
    fingerprint: str

    def matches(self, words: str) -> bool:
        """Return whether every word of a filter occurs in the id or is a tag or the language."""
        return all(word in self.id or word in self.tags or word == self.language for word in words.split())


@dataclass
class Answer:
    """What a variant made of a case.

    Attributes:
        output: JSON that a report shows and that `revive` reads; its `kind` says how.
        evidence: what the checks look at.
        error: set where no answer came; such a sample is run again on resuming.
        throttled: tries that the endpoint turned away because it was busy.
    """

    output: dict[str, Any] | None = None
    evidence: Any = None
    error: SampleError | None = None
    stale: bool = False
    rounds: int = 0
    calls: int = 0
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    model_seconds: float = 0.0
    throttled: int = 0


@dataclass(frozen=True)
class Check:
    """A plain deterministic judgement of one sample.

    Attributes:
        function: takes the case's data and the evidence.
        version: raised whenever the check judges differently.
        hard: any failing case fails the gate.
        primary: the graded score that the gate compares.
    """

    name: str
    title: str
    function: Callable[[Any, Any], Score]
    version: int = 1
    hard: bool = False
    primary: bool = False

    @property
    def info(self) -> CheckInfo:
        """The check as a manifest tells it."""
        return CheckInfo(version=self.version, hard=self.hard, primary=self.primary, title=self.title)


class Suite(ABC):
    """Cases, who may answer them, and the checks of an answer."""

    name: SuiteName
    checks: tuple[Check, ...]
    kinds: frozenset[VariantKind]
    """Kinds of variants that can answer; the first ones asked without a model are `offline_variants`."""
    offline_variants: tuple[str, ...]

    @abstractmethod
    def load(self) -> list[Case]:
        """Return all cases in order."""

    def takes(self, case: Case, variant: Variant) -> bool:
        """Return whether a variant answers this kind of case."""
        return True

    @abstractmethod
    def answer(self, case: Case, variant: Variant, epoch: int) -> Answer:
        """Return what a variant makes of a case; may be called from several threads."""

    @abstractmethod
    def revive(self, case: Case, output: dict[str, Any]) -> Any:
        """Return the evidence of a stored output, judged anew by the code of today."""

    def score(self, case: Case, evidence: Any) -> dict[str, Score]:
        """Return the score of every check."""
        return {check.name: check.function(case.data, evidence) for check in self.checks}

    def warm(self) -> None:  # noqa: B027 - most suites have nothing to load
        """Load what answering needs, so that it is in no sample's time."""


def digest_of(cases: Iterable[Case]) -> str:
    """Return the SHA-256 over the fingerprints of cases, in order of id."""
    text = "\n".join(f"{case.id} {case.fingerprint}" for case in sorted(cases, key=lambda case: case.id))
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(row: Any) -> str:
    """Return the SHA-256 of a case as JSON."""
    text = json.dumps(row, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def chosen(cases: Sequence[Case], *, split: str = "all", words: str = "", limit: int | None = None) -> list[Case]:
    """Return the cases of a split that match a filter, at most `limit`."""
    picked = [case for case in cases if split in ("all", case.split) and case.matches(words)]
    return picked[:limit]


def met(passed: bool, why: str = "", **more: Any) -> Score:
    """Return a score of 1 or 0."""
    return Score(value=1.0 if passed else 0.0, passed=passed, why=why, **more)


def graded(value: float, why: str = "", *, full: float = 1.0) -> Score:
    """Return a score that passes from `full` upwards."""
    return Score(value=min(1.0, max(0.0, value)), passed=value >= full, why=why)


def unscored(why: str = "") -> Score:
    """Return the score of a sample that a check cannot judge: it is in no mean, and counted."""
    return Score(value=None, passed=None, why=why)
