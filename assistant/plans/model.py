"""Lets a language model write the words of a plan, part by part; structure, days, sums, owners and weights stay code's.

Knows nothing about endpoints or renderers. A part that fails its checks is sent back once and else stays as the offline
drafter composed it; what a person said is never in the model's hands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant import prompting
from assistant.goals import Drafter, Usage
from assistant.goals.plan import Plan
from assistant.llm.blocking import complete_now
from assistant.llm.extract import ParseProblem, extract
from assistant.llm.types import Failure, Label, Message, Model, Outcome, Request
from assistant.plans import pipeline
from assistant.plans.ground import Ground
from assistant.plans.rewriting import Part, PartAnswer, WrongAnswer, open_parts, put, read_answer, shown
from assistant.plans.writing import Writer

Progress = Callable[[str], None]
MOST_CALLS = 2
"""Answers asked for one part: the first and one repair."""
_NOTHING = "-"
_FATAL = frozenset({"auth", "forbidden", "not_found", "quota", "capped", "not_configured", "network", "tls", "blocked"})
"""Failures after which no further part is asked for."""


@dataclass(frozen=True, slots=True)
class Round:
    """One answer: what came, and why it was sent back; '' where it was taken."""

    part: str
    outcome: Outcome
    complaint: str = ""


class PlanWriter:
    """Writes plans with one model.

    Attributes:
        trace: the rounds of the last plan, in order.
    """

    def __init__(self, model: Model, *, case: str = "", versions: Mapping[str, str] | None = None) -> None:
        """Take the model.

        Args:
            model: anything that answers requests.
            case: name under which answers are recorded; '' for the request's own text.
            versions: role to version, such as `v2`, where another than the active prompt is meant.
        """
        self._model = model
        self.name = model.name
        self._case = case
        self._versions = dict(versions or {})
        self.trace: list[Round] = []

    def write(
        self, plan: Plan, ground: Ground, *, only: Iterable[str] | None = None, progress: Progress | None = None
    ) -> Plan:
        """Return the plan with the words of its open parts written by the model, as far as they pass the checks.

        Args:
            plan: the plan as the offline drafter composed it.
            ground: what it was composed on.
            only: parts to write; all open ones where None.
            progress: told `write` and `check`.
        """
        tell = progress or (lambda step: None)
        self.trace = []
        wanted = None if only is None else set(only)
        left: list[str] = []
        written = 0
        failure: Failure | None = None
        for part in open_parts(plan.body):
            if wanted is not None and part.name not in wanted:
                continue
            if failure is not None and failure.kind in _FATAL:
                left.append(part.name)
                continue
            tell("write")
            changed, failed = self._part(plan, ground, part, tell)
            failure = failed or failure
            if changed is None:
                left.append(part.name)
            else:
                plan, written = changed, written + 1
        return plan.model_copy(
            update={"drafter": self._drafter(plan, ground, written, left, failure), "usage": self._usage(plan.usage)}
        )

    def _part(self, plan: Plan, ground: Ground, part: Part, tell: Progress) -> tuple[Plan | None, Failure | None]:
        """Return the plan with the part written, or None; and the failure of the door, where there was one."""
        rendered = prompting.render(
            prompting.load().get("plan", self._versions.get("plan")), _values(plan, ground, part)
        )
        case = self._case or plan.request.text[:80] or plan.kind
        label = Label(rendered.role, rendered.id, rendered.version, f"{case}|{plan.kind}|{part.name}")
        messages = rendered.messages
        for number in range(MOST_CALLS):
            request = Request(
                messages, schema=PartAnswer.json_schema(), schema_name="plan_part", nonce=rendered.nonce, label=label
            )
            outcome = complete_now(self._model, request)
            if isinstance(outcome, Failure):
                self.trace.append(Round(part.name, outcome))
                return None, outcome
            tell("check")
            changed, complaint = _taken(plan, ground, part, outcome.text)
            self.trace.append(Round(part.name, outcome, complaint))
            if changed is not None:
                return changed, None
            mended = prompting.render(
                prompting.load().get("repair", self._versions.get("repair")), {"problems": complaint},
                nonce=rendered.nonce,
            )  # fmt: skip
            messages = (
                *rendered.messages, Message("assistant", outcome.text), Message("user", mended.messages[-1].content),
            )  # fmt: skip
            label = replace(label, role="repair", prompt=f"{mended.id}-of-plan", round=number + 1)
        return None, None

    def _drafter(
        self, plan: Plan, ground: Ground, written: int, left: Sequence[str], failure: Failure | None
    ) -> Drafter:
        book = ground.book
        why = None
        if failure is not None and not written:
            why = book.get(f"fallback.{pipeline.reason_of(failure.kind)}")
        elif left:
            why = book.get("plan.model.left").format(n=len(left))
        if not written:
            asked = bool(left)
            return Drafter(kind="offline", fallback_from=self.name if asked else None, why=why)
        prompt = prompting.load().get("plan", self._versions.get("plan"))
        return Drafter(kind="llm", model=self.name, prompt=f"{prompt.about.id} v{prompt.about.version}", why=why)

    def _usage(self, before: Usage) -> Usage:
        outcomes = [each.outcome for each in self.trace]
        asked = [each.prompt_tokens for each in outcomes if each.prompt_tokens is not None]
        given = [each.completion_tokens for each in outcomes if each.completion_tokens is not None]
        return Usage(
            calls=before.calls + sum(each.calls for each in outcomes),
            prompt_tokens=(before.prompt_tokens or 0) + sum(asked) if asked else before.prompt_tokens,
            completion_tokens=(before.completion_tokens or 0) + sum(given) if given else before.completion_tokens,
        )


def _taken(plan: Plan, ground: Ground, part: Part, text: str) -> tuple[Plan | None, str]:
    """Return the plan with an answer in it, judged, or None with what is to be said to the model."""
    data = extract(text)
    if isinstance(data, ParseProblem):
        return None, f"- the answer is not usable: {data.message}"
    try:
        answer = read_answer(data, part)
    except WrongAnswer as error:
        return None, f"- the answer does not fit: {error}"
    changed = pipeline.judged(put(plan, part, answer, Writer(ground)), ground)
    known = {(each.rule, each.message) for each in plan.verdict.findings}
    problems = [f"- {gate.name}: {gate.why}" for gate in changed.verdict.gates if not gate.passed]
    problems = [each for each in problems if each not in {f"- {g.name}: {g.why}" for g in plan.verdict.gates}]
    problems += [
        f"- {each.rule}: {each.message} {each.help}"
        for each in changed.verdict.findings
        if each.severity == "error" and (each.rule, each.message) not in known
    ]
    return (None, "\n".join(problems)) if problems else (changed, "")


def _values(plan: Plan, ground: Ground, part: Part) -> dict[str, str | int]:
    """Return the variables of the prompt `plan`."""
    aim = plan.request
    goals = [
        {
            "id": goal.id, "title": goal.title, "statement": goal.statement,
            "key_results": [each.statement for each in goal.key_results], "initiatives": list(goal.initiatives),
        }
        for goal in plan.goals
    ]  # fmt: skip
    rows: Any = shown(part)
    return {
        "language": plan.language,
        "today": plan.today.isoformat(),
        "kind": ground.book.get("kind.name"),
        "part": part.name,
        "start": ground.span.start.isoformat(),
        "end": ground.span.end.isoformat(),
        "open": ", ".join(part.names),
        "goals": json.dumps(goals, ensure_ascii=False, indent=1),
        "aim": aim.text or _NOTHING,
        "team": "\n".join(filter(None, (aim.team.profile, *aim.team.improve))) or _NOTHING,
        "org_goals": "\n".join(aim.team.org_goals) or _NOTHING,
        "resources": "\n".join(aim.team.resources) or _NOTHING,
        "context": "\n".join(aim.context) or _NOTHING,
        "rows": json.dumps(rows, ensure_ascii=False, indent=1),
    }
