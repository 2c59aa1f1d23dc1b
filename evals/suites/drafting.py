"""The drafting suite: aims to goals, by the offline drafter, by models through our prompts, and by two controls.

Knows nothing about runs. Brief and passages of an aim are worked out once and shared by all variants and epochs.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assistant import gates, prompting
from assistant.drafting import brief, origins, verdict
from assistant.drafting.model import LanguageModelDrafter, Round
from assistant.drafting.pipeline import Attempt, Delivered, Failed, Judge, Progress
from assistant.drafting.repair import problem_count
from assistant.drafting.schema import json_schema, read_answer
from assistant.evaluation.samples import SampleError, Variant
from assistant.goals import Aim, Brief, Draft, DraftResult, Language, Passage, Usage, Verdict
from assistant.llm import Completion, Failure, Message, Model, Outcome, ParseProblem, Request, complete_now, extract
from assistant.llm.types import Label
from assistant.service import Assistant
from evals import drafting_cases
from evals.checks import facts, numbers, repairs, substance, wording
from evals.checks.drafted import Drafted, Told
from evals.drafting_cases import DraftingCase
from evals.models import Models
from evals.suite import Answer, Case, Check, Suite, fingerprint

NO_ANSWER = frozenset(
    {
        "auth", "forbidden", "not_found", "redirect", "rate_limited", "quota", "bad_request", "server", "network",
        "timeout", "tls", "cancelled", "blocked", "not_configured", "not_recorded", "capped",
    }
)  # fmt: skip
"""Failures that say nothing about the model's skill: the sample has no answer and is run again on resuming."""

LANGUAGE_NAMES: dict[Language, str] = {
    "zh-Hans": "Simplified Chinese (zh-Hans)",
    "zh-Hant": "Traditional Chinese, Taiwan usage (zh-Hant)",
    "en": "English",
}


class DraftingSuite(Suite):
    """Aims and what a draft of them must and must not say."""

    name = "drafting"
    kinds = frozenset({"offline", "model", "freehand", "template"})
    offline_variants = ("offline",)
    checks = (
        Check("smart_score", "the linter's score", wording.smart_score, primary=True),
        Check("ready", "ready drafts", wording.ready),
        Check("no_error_in_ready", "no error in a ready draft", wording.no_error_in_ready, hard=True),
        Check("facts_kept", "stated facts kept verbatim", facts.facts_kept, hard=True),
        Check("no_invented_numbers", "no figure without origin", numbers.no_invented_numbers, hard=True),
        Check("origin_complete", "every origin holds", numbers.origin_complete, hard=True),
        Check("no_baseline_made_up", "no baseline where none was given", facts.no_baseline_made_up, hard=True),
        Check("language_fidelity", "language and script", wording.language_fidelity, hard=True),
        Check("schema", "the asked form", substance.schema, hard=True),
        Check("citation_valid", "exact quotes", substance.citation_valid, hard=True),
        Check("harmless_text", "no links or markup", wording.harmless_text, hard=True),
        Check("no_obeyed_orders", "no order in the material obeyed", wording.no_obeyed_orders, hard=True),
        Check("no_invented_owners", "no invented owner", substance.no_invented_owners, hard=True),
        Check("dates_in_order", "dates in order", substance.dates_in_order),
        Check("goals_as_stated", "stated pairs taken up", substance.goals_as_stated),
        Check("figures_placed", "stated figures in their place", facts.figures_placed),
        Check("metric_family", "the metric family", substance.metric_family),
        Check("goals_counted", "the number of goals", substance.goals_counted),
        Check("conflict_raised", "conflicts raised, and only those", substance.conflict_raised),
        Check("repair_gain", "problems mended by repair", repairs.repair_gain),
        Check("repair_told", "the model is told every problem", repairs.repair_told, hard=True),
    )

    def __init__(self, models: Models, assistant: Assistant | None = None) -> None:
        """Take the models of the run and the assistant that drafts."""
        self._models = models
        self._assistant = assistant or Assistant()
        self._prepared: dict[str, Prepared] = {}
        self._lock = threading.Lock()

    def load(self) -> list[Case]:
        """Return the aims."""
        return [
            Case(
                id=case.id, version=case.version, language=case.language, cluster=case.cluster, split=case.split,
                tags=case.tags, data=case, shown=case.input.model_dump(mode="json"),
                fingerprint=fingerprint(case.model_dump(mode="json")),
            )
            for case in drafting_cases.load()
        ]  # fmt: skip

    def warm(self) -> None:
        """Load catalogue, index and vectors."""
        self._assistant.warm()

    def answer(self, case: Case, variant: Variant, epoch: int) -> Answer:
        """Return the draft, or the plain text of the free-hand control."""
        aim: Aim = case.data.aim()
        prepared = self.prepared(case.id, aim)
        if variant.kind == "offline":
            result = prepared.assistant.draft(aim, llm="offline")
            drafted = Drafted(prepared.brief, result, passages=prepared.found())
            return Answer(output=_output(drafted), evidence=drafted)
        model = self._models.get(variant.model or "")
        if variant.kind == "freehand":
            return self._freehand(case.data, model, variant, epoch, prepared)
        writer: TemplateDrafter | LanguageModelDrafter = (
            TemplateDrafter(model, case.data, epoch)
            if variant.kind == "template"
            else LanguageModelDrafter(model, case=case.id, epoch=epoch, versions=_versions(variant))
        )
        result = prepared.assistant.draft(aim, writer=writer)
        return written(prepared, result, writer.trace)

    def revive(self, case: Case, output: dict[str, Any]) -> Drafted:
        """Return a stored answer, its verdict made anew."""
        data: DraftingCase = case.data
        prepared = self.prepared(case.id, data.aim())
        rounds = tuple(
            Told(told["problems"], tuple(tuple(words) for words in told["wrong"]), told["sent_back"])
            for told in output.get("rounds", ())
        )
        if output["kind"] == "text":
            return Drafted(prepared.said, text=output["text"])
        if output.get("result") is None:
            return Drafted(prepared.brief, rounds=rounds, failure=output["failure"])
        result = DraftResult.model_validate_json(json.dumps(output["result"]))
        passages = tuple(
            found for id in output["passages"] if (found := self._assistant.passage(id)) is not None
        )  # fmt: skip
        judged = rejudged(result, prepared.brief, passages, data)
        return Drafted(prepared.brief, judged, passages=passages, rounds=rounds)

    def prepared(self, id: str, aim: Aim) -> Prepared:
        """Return what every answer to an aim shares."""
        with self._lock:
            if id not in self._prepared:
                self._prepared[id] = Prepared(self._assistant, aim)
            return self._prepared[id]

    def _freehand(self, case: DraftingCase, model: Model, variant: Variant, epoch: int, prepared: Prepared) -> Answer:
        request = _control(case, "freehand", epoch, None)
        outcome = complete_now(model, request)
        answer = _used([outcome])
        if isinstance(outcome, Failure):
            if outcome.kind in NO_ANSWER:
                answer.error = SampleError(kind=outcome.kind, message=str(outcome))
                return answer
            answer.evidence = Drafted(prepared.said, failure=str(outcome))
            answer.output = {"kind": "draft", "result": None, "failure": str(outcome), "passages": []}
            return answer
        answer.evidence = Drafted(prepared.said, text=outcome.text)
        answer.output = {"kind": "text", "text": outcome.text}
        return answer


class Prepared:
    """What all variants and epochs share of one aim: the brief, and the passages that were found for it."""

    def __init__(self, assistant: Assistant, aim: Aim) -> None:
        """Take the assistant that understands and searches."""
        self._assistant = assistant
        self._aim = aim
        self._lock = threading.Lock()
        self._passages: dict[tuple[Any, ...], list[Passage]] = {}
        self.assistant = _Remembering(assistant, self)

    @cached_property
    def brief(self) -> Brief:
        """The request as understood."""
        return self._assistant.brief(self._aim)

    @cached_property
    def said(self) -> Brief:
        """What the person said, with metrics by their words alone: enough for plain text, and quick."""
        return brief.build(self._aim)

    def search(self, *asked: Any) -> list[Passage]:
        """Return the passages for a question, searched once."""
        with self._lock:
            if asked not in self._passages:
                self._passages[asked] = self._assistant.search(*asked)
            return self._passages[asked]

    def found(self) -> tuple[Passage, ...]:
        """Return every passage that was found, in order, once each."""
        passages = {passage.id: passage for found in self._passages.values() for passage in found}
        return tuple(passages.values())


class _Remembering(Assistant):
    """An assistant that searches once for each aim; everything else is that of the one it stands for."""

    def __init__(self, assistant: Assistant, prepared: Prepared) -> None:
        super().__init__(assistant.settings, retriever=assistant.retriever)
        self._prepared = prepared
        self.__dict__["ranker"] = assistant.ranker

    def search(self, *asked: Any, **more: Any) -> list[Passage]:
        return self._prepared.search(*asked, *more.values())


@dataclass
class TemplateDrafter:
    """The control that has the form of the answer, and neither our prose nor passages nor repair.

    Attributes:
        trace: the one round.
    """

    model: Model
    case: DraftingCase
    epoch: int
    trace: list[Round] = field(default_factory=list)
    name: str = field(init=False)

    def __post_init__(self) -> None:
        """Take the model's name."""
        self.name = self.model.name

    def write(
        self, aim: Aim, brief: Brief, passages: tuple[Passage, ...], judge: Judge, progress: Progress
    ) -> Delivered | Failed:
        """Return the one attempt, or why there is none; see `pipeline.ModelDrafter`."""
        outcome = complete_now(self.model, _control(self.case, "template", self.epoch, json_schema()))
        self.trace = [Round(outcome)]
        usage = Usage(
            calls=outcome.calls, prompt_tokens=outcome.prompt_tokens, completion_tokens=outcome.completion_tokens
        )
        if isinstance(outcome, Failure):
            return Failed(outcome.kind, str(outcome), usage)
        data = extract(outcome.text)
        if isinstance(data, ParseProblem):
            return Failed("schema", data.message, usage)
        read = read_answer(data, aim.language, ())
        if isinstance(read, str):
            return Failed("schema", read, usage)
        figures = origins.trace(read.draft, brief, read.citations, (), read.declared, aim.today)
        attempt = Attempt(read.draft, figures, read.citations, judge(read.draft, figures, read.citations))
        return Delivered(attempt, usage, "template")


def written(prepared: Prepared, result: DraftResult, rounds: list[Round]) -> Answer:
    """Return the answer of a model: what it delivered, that it failed, or that none came.

    An endpoint that fails between two rounds leaves a draft that nobody repaired, which is no fair answer. A repair
    that was never recorded is something else: the code asks for it now and did not then, so the sample is judged by
    what there is, and is stale.
    """
    answer = _used([each.outcome for each in rounds])
    failed = next((each.outcome for each in rounds if isinstance(each.outcome, Failure)), None)
    if failed is not None and failed.kind == "not_recorded" and len(rounds) > 1:
        answer.stale, failed = True, None
    if failed is not None and failed.kind in NO_ANSWER:
        answer.error = SampleError(kind=failed.kind, message=str(failed))
        return answer
    told = tuple(_told(each) for each in rounds)
    if result.drafter.kind == "llm":
        answer.evidence = Drafted(prepared.brief, result, passages=prepared.found(), rounds=told)
    else:
        why = str(failed) if failed is not None else "the model's answer did not fit the asked form"
        answer.evidence = Drafted(prepared.brief, rounds=told, failure=why)
    answer.output = _output(answer.evidence)
    answer.output["answers"] = [
        each.outcome.text if isinstance(each.outcome, Completion) else str(each.outcome) for each in rounds
    ]
    return answer


def rejudged(result: DraftResult, brief: Brief, passages: tuple[Passage, ...], case: DraftingCase) -> DraftResult:
    """Return a stored draft with the verdict of today's linter and gates."""
    draft = Draft(
        language=result.language, goals=result.goals, assumptions=result.assumptions,
        monitoring_strategy=result.monitoring_strategy,
    )  # fmt: skip
    judged: Verdict = verdict.judge(gates.Case(brief, draft, result.numbers, result.citations, passages, case.today))
    waiting = bool(brief.conflicts) or "outcome" in brief.missing
    status = "needs_input" if waiting else "ready" if judged.ready else "with_findings"
    return result.model_copy(update={"verdict": judged, "status": status, "conflicts": brief.conflicts})


def _control(case: DraftingCase, role: str, epoch: int, schema: dict[str, Any] | None) -> Request:
    """Return the one request of a control."""
    prompt = prompting.load().get(role)
    aim = case.aim()
    rendered = prompting.render(
        prompt,
        {
            "language": LANGUAGE_NAMES[case.language],
            "today": aim.today.isoformat(),
            "count": case.input.count or case.goals or 5,
            "request": case.request(),
        },
    )
    messages: tuple[Message, ...] = rendered.messages
    return Request(
        messages, schema=schema, schema_name="goals" if schema else "answer", nonce=rendered.nonce,
        label=Label(role, rendered.id, rendered.version, case.id, epoch),
    )  # fmt: skip


def _output(drafted: Drafted) -> dict[str, Any]:
    """Return an answer as JSON."""
    return {
        "kind": "draft",
        "result": drafted.result.model_dump(mode="json") if drafted.result else None,
        "failure": drafted.failure,
        "passages": [passage.id for passage in drafted.passages],
        "rounds": [
            {"problems": told.problems, "wrong": [list(words) for words in told.wrong], "sent_back": told.sent_back}
            for told in drafted.rounds
        ],
    }


def _told(each: Round) -> Told:
    """Return a round as the checks see it."""
    if each.attempt is None:
        return Told(None, (), each.sent_back)
    judged = each.attempt.verdict
    wrong: list[tuple[str, ...]] = [
        (gate.name, gate.why) for gate in judged.gates if gate.name in gates.HARD and not gate.passed
    ]
    wrong += [
        (finding.rule, finding.text[:120], finding.message, finding.help)
        for finding in judged.findings
        if finding.severity == "error"
    ]
    return Told(problem_count(judged), tuple(wrong), each.sent_back)


def _used(outcomes: list[Outcome]) -> Answer:
    """Return an answer that holds what the calls took."""
    answer = Answer(rounds=max(0, len(outcomes) - 1))
    for outcome in outcomes:
        answer.calls += outcome.calls
        answer.model_seconds += outcome.seconds
        answer.throttled += outcome.throttled
        answer.stale = answer.stale or outcome.stale
    answer.prompt_tokens = _sum([outcome.prompt_tokens for outcome in outcomes])
    answer.completion_tokens = _sum([outcome.completion_tokens for outcome in outcomes])
    return answer


def _sum(counts: list[int | None]) -> int | None:
    """Return the sum, None where any part is unknown: a part that is left out would make a cost look known."""
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _versions(variant: Variant) -> dict[str, str]:
    """Return role to version of a variant's prompts."""
    return dict(key.split("/") for key in variant.prompts)
