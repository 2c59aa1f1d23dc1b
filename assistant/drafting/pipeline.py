"""The walk of an aim: brief, questions, passages, draft, gate, repair, result. Knows nothing about how it is shown.

The same walk serves both drafters; a model that fails is replaced by the offline drafter, and the result says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from assistant.drafting import citing, grounds, hearing, questions, verdict, voice
from assistant.drafting.editing import wording
from assistant.drafting.grounds import Search as Search
from assistant.drafting.offline import drafter as offline
from assistant.drafting.outcomes import Suggest
from assistant.drafting.revising import keeping
from assistant.drafting.revising.keeping import Keep
from assistant.goals import (
    Aim,
    Brief,
    Citation,
    Draft,
    Drafter,
    DraftResult,
    DraftStatus,
    Language,
    Number,
    Passage,
    Question,
    Usage,
    Verdict,
)

Progress = Callable[[str], None]
"""Told the key of each step as it begins: read, brief, search, write, check, repair, done."""

PASSAGES = 8


@dataclass(frozen=True, slots=True)
class Attempt:
    """One judged draft."""

    draft: Draft
    numbers: tuple[Number, ...]
    citations: tuple[Citation, ...]
    verdict: Verdict
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A model drafter gave up.

    Attributes:
        kind: stable key of the failure.
        why: one line for the person.
    """

    kind: str
    why: str
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a model drafter delivered: its best attempt and what it took."""

    attempt: Attempt
    usage: Usage
    prompt: str


class ModelDrafter(Protocol):
    """Writes with a model and repairs until the verdict is ready or no round brings a gain."""

    name: str

    def write(
        self, aim: Aim, brief: Brief, passages: tuple[Passage, ...], judge: Judge, progress: Progress
    ) -> Delivered | Failed:
        """Return the best attempt, or why there is none."""
        ...


class ModelReviser(ModelDrafter, Protocol):
    """Also writes a new version of a draft that stands."""

    def revising(self, result: DraftResult) -> ModelDrafter:
        """Return a drafter that changes `result` as the last follow-up of the request asks."""
        ...


Judge = Callable[[Draft, tuple[Number, ...], tuple[Citation, ...]], Verdict]


@dataclass(slots=True)
class _Clock:
    """Seconds spent in each step."""

    spent: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.spent[step] = round(self.spent.get(step, 0.0) + now - self._since, 6)
        self._since = now


def draft(
    aim: Aim,
    *,
    search: Search,
    documents: Search | None = None,
    suggest: Suggest | None = None,
    model: ModelDrafter | None = None,
    keep: Keep | None = None,
    progress: Progress | None = None,
) -> DraftResult:
    """Return goals for a request; always some, with blanks and questions where things are unknown.

    Args:
        aim: the cleaned request.
        search: finds passages of the method texts.
        documents: finds passages of the person's own documents; None where there are none.
        suggest: ranks catalogue metrics by wording; default: by shared words.
        model: writes with a model; None for the offline drafter.
        keep: goals of an earlier draft that shall stand as they were.
        progress: told each step as it begins.
    """
    tell = progress or (lambda step: None)
    clock = _Clock()
    tell("read")
    ground = grounds.understood(aim, documents, suggest)
    brief, heard = ground.brief, ground.heard
    tell("brief")
    asked = questions.choose(aim, brief)
    clock.lap("brief")
    tell("search")
    passages = tuple(search(ground.query(), PASSAGES, aim.language))
    ground = ground.with_passages(passages)
    clock.lap("search")

    def judge(written: Draft, numbers: tuple[Number, ...], citations: tuple[Citation, ...]) -> Verdict:
        return verdict.judge(ground.case(written, numbers, citations))

    tell("write")
    delivered = model.write(heard, brief, passages, judge, tell) if model is not None else None
    clock.lap("model")
    if isinstance(delivered, Delivered):
        attempt, usage = _kept(delivered.attempt, keep, judge, by_model=True), delivered.usage
        attempt = _in_own_words(attempt, aim, judge)
        drafter = Drafter(kind="llm", model=model.name if model else None, prompt=delivered.prompt)
        asked = questions.joined(questions.fitted(asked, attempt.draft.goals, aim.language), attempt.questions, brief)
    else:
        attempt = _kept(_offline(heard, brief, passages, judge, suggest, tell), keep, judge, by_model=False)
        attempt = _in_own_words(attempt, aim, judge)
        usage = delivered.usage if delivered else Usage()
        drafter = Drafter(
            kind="offline",
            fallback_from=model.name if model and delivered else None,
            why=_why(delivered, aim.language) if isinstance(delivered, Failed) else None,
        )
    clock.lap("write")
    tell("done")
    clock.spent["total"] = round(sum(clock.spent.values()), 6)
    return DraftResult(
        status=status(brief, attempt.verdict),
        language=aim.language,
        drafter=drafter,
        goals=attempt.draft.goals,
        numbers=attempt.numbers,
        questions=asked,
        conflicts=brief.conflicts,
        citations=(*attempt.citations, *ground.own),
        assumptions=_with_notice(attempt.draft.assumptions, hearing.notice(brief, ground.found, aim.language)),
        monitoring_strategy=attempt.draft.monitoring_strategy,
        verdict=attempt.verdict,
        usage=usage,
        timings=clock.spent,
    )


def _with_notice(assumptions: tuple[str, ...], notice: str | None) -> tuple[str, ...]:
    return assumptions if notice is None or notice in assumptions else (*assumptions, notice)


def _kept(attempt: Attempt, keep: Keep | None, judge: Judge, *, by_model: bool) -> Attempt:
    """Return the attempt with the goals that shall stand as they were, unless it is the worse for it."""
    if keep is None:
        return attempt
    pairs = keep.model if by_model else keep.offline
    parts = keeping.put_back(attempt.draft, attempt.numbers, attempt.citations, keep.before, pairs)
    kept = Attempt(*parts, judge(*parts), attempt.questions)
    return kept if kept.verdict.ready or not attempt.verdict.ready else attempt


def _in_own_words(attempt: Attempt, aim: Aim, judge: Judge) -> Attempt:
    """Return the attempt with the fields that the person wrote themselves in their words."""
    draft, numbers = wording.put_back(attempt.draft, attempt.numbers, aim)
    if draft == attempt.draft and numbers == attempt.numbers:
        return attempt
    return Attempt(draft, numbers, attempt.citations, judge(draft, numbers, attempt.citations))


REASONS = {
    "auth": "auth", "forbidden": "auth", "network": "unreachable", "timeout": "unreachable", "redirect": "unreachable",
    "rate_limited": "busy", "server": "busy", "quota": "quota", "capped": "quota", "refusal": "refused",
    "filtered": "refused", "not_found": "setup", "bad_request": "setup", "context_length": "setup",
    "not_configured": "setup", "tls": "unreachable",
}  # fmt: skip


def _why(failed: Failed, language: Language) -> str:
    """Return why the model did not write, in the person's language."""
    return voice.load(language).get(f"fallback.{REASONS.get(failed.kind, 'unusable')}")


def _offline(
    aim: Aim, brief: Brief, passages: tuple[Passage, ...], judge: Judge, suggest: Suggest | None, tell: Progress
) -> Attempt:
    drafted = offline.write(aim, brief, suggest)
    written, citations = citing.cite(drafted.draft, passages)
    tell("check")
    return Attempt(written, drafted.numbers, citations, judge(written, drafted.numbers, citations))


def status(brief: Brief, judged: Verdict) -> DraftStatus:
    """Return what a draft amounts to with a verdict."""
    if brief.conflicts or "outcome" in brief.missing:
        return "needs_input"
    return "ready" if judged.ready else "with_findings"
