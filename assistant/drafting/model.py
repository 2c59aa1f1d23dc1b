"""Writes goals with a language model: prompt, model, parse, judge, at most two rounds of repair.

Knows nothing about endpoints or about how results are shown. One round is a LangChain Runnable, so it composes and
traces like any other chain; failures travel along it as values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant import catalogue, gates, prompting
from assistant.drafting import origins, questions, repair, schema
from assistant.drafting.partial import read_partial
from assistant.drafting.pipeline import Attempt, Delivered, Failed, Judge, Progress
from assistant.goals import (
    Aim,
    Brief,
    Draft,
    DraftResult,
    Followup,
    Language,
    Metric,
    PartialGoal,
    Passage,
    Question,
    Usage,
)
from assistant.llm.extract import ParseProblem, extract
from assistant.llm.types import Completion, Failure, Label, Message, Model, Outcome, Request, StreamingModel

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

Partial = Callable[[tuple[PartialGoal, ...]], None]
"""Hears the goals while they are being written."""
_PARTIAL_EVERY = 40
"""Characters of an answer between two looks at it."""
MOST_CALLS = 3
"""Answers asked for one draft: the first and two repairs."""

_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Round:
    """The result of one answer: a judged attempt, or what to tell the model, or a failure of the door.

    Attributes:
        complaint: why the answer could not be read; '' where it could.
        sent_back: the message that sent the answer back to be repaired; '' where none was sent.
    """

    outcome: Outcome
    attempt: Attempt | None = None
    complaint: str = ""
    sent_back: str = ""


class LanguageModelDrafter:
    """Drafts with one model.

    Attributes:
        trace: the rounds of the last draft, in order.
    """

    def __init__(
        self,
        model: Model,
        *,
        case: str = "",
        epoch: int = 0,
        most_calls: int = MOST_CALLS,
        versions: Mapping[str, str] | None = None,
        partial: Partial | None = None,
    ) -> None:
        """Take the model.

        Args:
            model: anything that answers requests.
            case: name under which answers are recorded; '' for the aim's own text.
            epoch: repetition of the case.
            most_calls: answers asked for one draft, 1 to 3.
            versions: role to version, such as `v2`, where another than the active prompt is meant.
            partial: told the goals as far as they are written, while the first answer grows, and none once no
                answer can be used; a model that cannot stream tells nothing else.
        """
        self._partial = partial
        self._model = model
        self.name = model.name
        self._case = case
        self._epoch = epoch
        self._most_calls = min(max(most_calls, 1), MOST_CALLS)
        self._versions = dict(versions or {})
        self.trace: list[Round] = []

    def write(
        self, aim: Aim, brief: Brief, passages: tuple[Passage, ...], judge: Judge, progress: Progress
    ) -> Delivered | Failed:
        """Return the best of at most three attempts, or why there is none; see `pipeline.ModelDrafter`."""
        return self.answer("draft", values(aim, brief, passages), aim, brief, passages, judge, progress)

    def revising(self, result: DraftResult) -> Reviser:
        """Return a drafter that changes `result` as the last follow-up of its request asks."""
        return Reviser(self, result)

    def answer(
        self, role: str, filling: Mapping[str, str | int], aim: Aim, brief: Brief, passages: tuple[Passage, ...],
        judge: Judge, progress: Progress,
    ) -> Delivered | Failed:  # fmt: skip
        """Ask with the prompt of a role and mend the answer until it is ready or no round brings a gain.

        Args:
            role: the prompt's role, `draft` or `revise`.
            filling: a value for each variable of the prompt.
            aim: the request.
            brief: what was understood of it.
            passages: what may be quoted.
            judge: judges an attempt.
            progress: told each step.
        """
        prompts = prompting.load()
        rendered = prompting.render(prompts.get(role, self._versions.get(role)), filling)
        self.trace = []
        chain = self.chain(aim, brief, passages, judge)
        messages = rendered.messages
        tally = _Tally()
        best: Attempt | None = None
        failure: Failure | None = None
        label = Label(role, rendered.id, rendered.version, self._case or aim.text[:80], self._epoch)
        for number in range(self._most_calls):
            request = Request(
                messages, schema=schema.json_schema(), schema_name="goals", nonce=rendered.nonce, label=label
            )
            done: Round = chain.invoke(request)
            self.trace.append(done)
            tally.add(done.outcome)
            if isinstance(done.outcome, Failure):
                failure = done.outcome
                break
            progress("check")
            attempt = done.attempt
            if attempt is not None:
                better = best is None or repair.problem_count(attempt.verdict) < repair.problem_count(best.verdict)
                if better:
                    best = attempt
                if attempt.verdict.ready or not better:
                    break
            complaint = done.complaint or "\n".join(repair.problems_of(attempt.verdict) if attempt else ())
            if not complaint or number + 1 == self._most_calls:
                break
            progress("repair")
            self.trace[-1] = replace(done, sent_back=complaint)
            mended = prompting.render(
                prompts.get("repair", self._versions.get("repair")), {"problems": complaint}, nonce=rendered.nonce
            )
            messages = (
                *rendered.messages,
                Message("assistant", done.outcome.text),
                Message("user", mended.messages[-1].content),
            )
            # A repair belongs to the prompt whose answer it mends: two versions may share one repair prompt.
            of = f"{mended.id}-of-{rendered.role}-v{rendered.version}"
            label = Label("repair", of, mended.version, label.case, self._epoch, number + 1)
        if best is not None:
            return Delivered(best, tally.usage(), f"{rendered.id} v{rendered.version}")
        if self._partial is not None:
            self._partial(())
        if failure is not None:
            return Failed(failure.kind, str(failure), tally.usage())
        return Failed("schema", "The model's answer did not fit the asked form.", tally.usage())

    def chain(self, aim: Aim, brief: Brief, passages: tuple[Passage, ...], judge: Judge) -> Runnable[Request, Round]:
        """Return one round as a Runnable: model, then parse, then judge."""
        from langchain_core.runnables import RunnableLambda

        def parse(outcome: Outcome) -> Round:
            return _read(outcome, aim, brief, passages, judge)

        return self._link(aim.language) | RunnableLambda(parse, name="parse and judge")

    def _link(self, language: Language) -> Runnable[Request, Outcome]:
        """Return the model as the first link: streamed where somebody looks on."""
        from assistant.llm.langchain import as_runnable, as_streaming_runnable

        partial, shown = self._partial, 0
        if partial is None or not isinstance(self._model, StreamingModel):
            return as_runnable(self._model)

        def told(text: str) -> None:
            nonlocal shown
            # Each look reads the whole answer again, so the looks get rarer as it grows.
            if 0 < len(text) - shown < _PARTIAL_EVERY + shown // 20 or self.trace:
                return
            shown = len(text)
            partial(tuple(goal.model_copy(update={"language": language}) for goal in read_partial(text)))

        return as_streaming_runnable(self._model, told)


class Reviser:
    """Changes a draft that stands, with the model and the loop of a drafter."""

    def __init__(self, drafter: LanguageModelDrafter, result: DraftResult) -> None:
        """Take the drafter and the draft."""
        self._drafter = drafter
        self._result = result
        self.name = drafter.name

    def write(
        self, aim: Aim, brief: Brief, passages: tuple[Passage, ...], judge: Judge, progress: Progress
    ) -> Delivered | Failed:
        """Return the best of at most three attempts, or why there is none; see `pipeline.ModelDrafter`."""
        filling = {**values(aim, brief, passages), **_asked(aim, self._result)}
        return self._drafter.answer("revise", filling, aim, brief, passages, judge, progress)


def _asked(aim: Aim, result: DraftResult) -> dict[str, str | int]:
    """Return what the prompt `revise` needs beside the request: the draft, the instruction and the ones before it."""
    return {
        "present": json.dumps(schema.answer_of(result), ensure_ascii=False, indent=1),
        "instruction": aim.followups[-1].text if aim.followups else _NOTHING,
        "earlier": "\n".join(map(_said, aim.followups[:-1])) or _NOTHING,
    }


def _said(followup: Followup) -> str:
    """Return what was asked for; of a field that the person wrote themselves, which it is and how it reads."""
    edited = followup.edited
    return followup.text if edited is None else f"{edited.field} := {edited.after}"


def _read(outcome: Outcome, aim: Aim, brief: Brief, passages: tuple[Passage, ...], judge: Judge) -> Round:
    if isinstance(outcome, Failure):
        return Round(outcome)
    data = extract(outcome.text)
    if isinstance(data, ParseProblem):
        return Round(outcome, complaint=f"- the answer is not usable: {data.message}")
    written = schema.read_answer(data, aim.language, passages)
    if isinstance(written, str):
        return Round(outcome, complaint=f"- the answer does not fit the schema: {written}")
    numbers = origins.trace(written.draft, brief, written.citations, passages, written.declared, aim.today)
    verdict = judge(written.draft, numbers, written.citations)
    asked = _askable(written, aim, brief, passages)
    return Round(outcome, Attempt(written.draft, numbers, written.citations, verdict, asked))


_OF_QUESTIONS = (
    gates.no_invented_numbers, gates.language_fidelity, gates.harmless_text, gates.no_obeyed_orders,
)  # fmt: skip


def _askable(written: schema.Written, aim: Aim, brief: Brief, passages: tuple[Passage, ...]) -> tuple[Question, ...]:
    """Return the questions of an answer that pass the gates on wording and figures; the others are left out."""
    kept = []
    for each in written.questions:
        words = Draft(language=aim.language, goals=(), assumptions=(each.text, each.why))
        numbers = origins.trace(words, brief, (), passages, written.declared, aim.today)
        case = gates.Case(brief, words, numbers, (), passages, aim.today)
        if each.text.strip() and all(gate(case).passed for gate in _OF_QUESTIONS):
            kept.append(questions.written(each.slot, each.text, each.why, aim))
    return tuple(kept)


class _Tally:
    """Adds up calls and tokens; a sum is None when no answer told."""

    def __init__(self) -> None:
        self._calls = 0
        self._asked: int | None = None
        self._given: int | None = None

    def add(self, outcome: Completion | Failure) -> None:
        self._calls += outcome.calls
        if outcome.prompt_tokens is not None:
            self._asked = (self._asked or 0) + outcome.prompt_tokens
        if outcome.completion_tokens is not None:
            self._given = (self._given or 0) + outcome.completion_tokens

    def usage(self) -> Usage:
        return Usage(calls=self._calls, prompt_tokens=self._asked, completion_tokens=self._given)


def values(aim: Aim, brief: Brief, passages: tuple[Passage, ...]) -> dict[str, str | int]:
    """Return the variables of the prompt `draft`."""
    return {
        "language": aim.language,
        "today": aim.today.isoformat(),
        "count": wanted(aim, brief),
        "aim": aim.text or _NOTHING,
        "team": "\n".join(filter(None, (aim.team.profile, *(f"to improve: {area}" for area in aim.team.improve))))
        or _NOTHING,
        "org_goals": "\n".join(each.text for each in brief.stated if each.slot == "org_goal") or _NOTHING,
        "resources": "\n".join(aim.team.resources) or _NOTHING,
        "context": "\n".join((*aim.context, *_from_documents(brief))) or _NOTHING,
        "understood": _understood(brief),
        "metrics": "\n\n".join(_described(metric, aim.language) for metric in _metrics(brief)) or _NOTHING,
        "passages": "\n\n".join(f"[{passage.id}] {passage.title}\n{passage.text}" for passage in passages) or _NOTHING,
    }


def _from_documents(brief: Brief) -> list[str]:
    """Return what the person's documents say, each with its source."""
    return [f"[{source.key}] {source.text}" for source in brief.sources if source.key.startswith("document:")]


def wanted(aim: Aim, brief: Brief) -> int:
    """Return how many goals a request asks for: as said, else one an outcome, else five for a team."""
    from assistant.drafting.offline.drafter import DEFAULT_TEAM_COUNT

    return aim.count or (max(1, len(brief.outcomes)) if aim.text else DEFAULT_TEAM_COUNT)


def _understood(brief: Brief) -> str:
    lines = []
    for outcome in brief.outcomes:
        figures = [
            f"{slot}: {stated.text}" + (f" ({stated.value})" if slot == "deadline" else "")
            for slot, stated in (
                ("baseline", outcome.baseline),
                ("size of the change" if outcome.target and outcome.target.is_change else "target", outcome.target),
                ("deadline", outcome.deadline),
            )
            if stated
        ]  # fmt: skip
        lines.append(f"outcome: {outcome.text} | metric: {outcome.metric_name or '?'} | {'; '.join(figures) or '-'}")
    lines.append(f"missing: {', '.join(brief.missing) or '-'}")
    lines += [f"conflict: {conflict.message}" for conflict in brief.conflicts]
    return "\n".join(lines)


def _metrics(brief: Brief) -> list[Metric]:
    entries = catalogue.load().metrics
    ids = [outcome.metric_id for outcome in brief.outcomes if outcome.metric_id]
    near = [other for id in ids for other in (*entries[id].drivers[:2], *entries[id].guardrails[:1])]
    return [entries[id] for id in dict.fromkeys((*ids, *near))][:12]


def _described(metric: Metric, language: Language) -> str:
    words = metric.text[language]
    return (
        f"{words.name}: {words.definition} {words.formula} | {metric.direction} | {metric.timing} | "
        f"{words.data_source} | {words.gaming}"
    )
