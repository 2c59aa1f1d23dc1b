"""The words of an evaluation run: scores, samples, variants, the manifest. The contract of a run folder.

Knows nothing about how anything is scored or shown.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import Field

from assistant.goals.base import Model

Suite = Literal["drafting", "lint", "retrieval", "injection", "parity"]
SUITES: tuple[Suite, ...] = ("drafting", "lint", "retrieval", "injection", "parity")

VariantKind = Literal["offline", "model", "freehand", "template", "obedient", "linter", "search"]
"""Who answers: the offline drafter, a model through our prompts, the two controls, a scripted model that obeys every
injection, the linter, the search."""


class EvidenceSpan(Model):
    """A place that a score rests on.

    Attributes:
        field: JSON pointer into the output, or the name of a part of the input.
        start, end: code points in that text, end exclusive.
        text: the words there.
    """

    field: str
    start: int
    end: int
    text: str


class Score(Model):
    """What one check says of one sample.

    Attributes:
        value: 0 (worst) to 1; None where the check could not score this sample, which is counted and left out of means.
        passed: whether the check is met; None where it could not score.
        why: one line for the person.
    """

    value: float | None = Field(ge=0, le=1)
    passed: bool | None
    why: str = ""
    spans: tuple[EvidenceSpan, ...] = ()


class SampleError(Model):
    """Why a sample has no answer.

    Attributes:
        kind: stable key, that of a model failure or `crash`.
        message: one line for the person.
    """

    kind: str
    message: str


class Sample(Model):
    """One case answered once by one variant; a line of `samples.jsonl`.

    Attributes:
        key: SHA-256 over suite, case, case version, variant, epoch, prompts and parameters, 64 hexadecimal digits.
        epoch: repetition of the case, from 0.
        cluster: family of cases that belong together; the unit of the statistics.
        status: `scored`, or `error` where no answer came: then every check counts as failed until it is run again.
        scores: by name of the check.
        stale: True where a replayed answer belongs to another wording of the prompt.
        rounds: repair rounds used.
        seconds: wall-clock time of the sample; `model_seconds` is the part spent in model calls.
        cost: in the currency of the prices given; None where a token count or a price is missing.
        input: what the case says, for the report.
        output: what was answered, for the report and for scoring again; its `kind` says how to read it.
    """

    version: Literal[1] = 1
    key: str
    suite: Suite
    case: str
    case_version: int = 1
    variant: str
    epoch: int = 0
    language: str
    cluster: str
    split: str = ""
    tags: tuple[str, ...] = ()
    status: Literal["scored", "error"] = "scored"
    scores: dict[str, Score] = Field(default_factory=dict)
    error: SampleError | None = None
    stale: bool = False
    rounds: int = 0
    calls: int = 0
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cost: float | None = None
    seconds: float = 0.0
    model_seconds: float = 0.0
    input: dict[str, Any] = Field(default_factory=dict)
    output: dict[str, Any] | None = None


def holds(sample: Sample, check: str) -> bool | None:
    """Return whether a check is met by a sample; None where it says that it does not apply.

    The one answer for gate, summary, JUnit and report: a sample without an answer, a score that is not there, and one
    without a verdict are not met.
    """
    score = sample.scores.get(check)
    if sample.status == "error" or score is None:
        return False
    if score.passed is None and score.value is None:
        return None
    return score.passed is True


class Recording(Model):
    """Where replayed answers come from.

    Attributes:
        models: the models that were recorded.
        first, last: UTC times of the first and last recorded answer.
    """

    models: tuple[str, ...]
    first: str
    last: str


class Variant(Model):
    """Who answers in a run.

    Attributes:
        name: as shown and as asked for with `--variant`, such as `offline` or `desk/draft-v2`.
        model: name of the model; None without one.
        prompts: `role/vN` to the SHA-256 of the file.
        recording: set where answers were replayed.
    """

    name: str
    kind: VariantKind
    model: str | None = None
    prompts: dict[str, str] = Field(default_factory=dict)
    recording: Recording | None = None


class CheckInfo(Model):
    """A check as it was when the run was scored.

    Attributes:
        version: raised whenever the check judges differently.
        hard: any failing case fails the gate.
        primary: the graded score that the gate compares.
    """

    version: int
    hard: bool = False
    primary: bool = False
    title: str = ""


class SuiteInfo(Model):
    """The cases and checks of a suite in a run.

    Attributes:
        cases: number of cases chosen; `digest` is the SHA-256 over all of them.
    """

    cases: int
    clusters: int
    digest: str
    checks: dict[str, CheckInfo]


class Manifest(Model):
    """What a run was made of, written before its first sample.

    Attributes:
        id: name of the run's folder.
        revision: git commit, or '' outside a checkout's history; `dirty` where files differed from it.
        knowledge: SHA-256 over the method texts and the metric catalogue.
        code: SHA-256 over everything that drafts, judges and scores, word lists included.
        planned: samples of the whole run.
        digest: SHA-256 over everything that has to be the same for a run to be resumed.
    """

    version: Literal[1] = 1
    id: str
    created: str
    revision: str
    dirty: bool
    suites: dict[Suite, SuiteInfo]
    variants: tuple[Variant, ...]
    epochs: int
    seed: int
    filter: str = ""
    split: str = "all"
    knowledge: str
    code: str = ""
    parameters: dict[str, str | int | float | None] = Field(default_factory=dict)
    packages: dict[str, str] = Field(default_factory=dict)
    planned: int
    digest: str


def sample_key(**parts: Any) -> str:
    """Return the whole SHA-256 of the parts that tell one sample from another; nothing is cut short."""
    text = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
