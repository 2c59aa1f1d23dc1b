"""The walk from goals to a plan: window, given facts, body, questions, checks, gates. Knows nothing about renderers."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date

from assistant import language
from assistant.drafting import pipeline as drafting
from assistant.drafting.revising import request
from assistant.errors import UsageError
from assistant.goals import Aim, Brief, Drafter, DraftResult, Source, Verdict
from assistant.goals.plan import Body, Plan, PlanKind, PlanQuestion, Said, Window
from assistant.goals.plan import Source as PlanSource
from assistant.plans import book as books
from assistant.plans import checks, gating, walking, windows
from assistant.plans.given import read_given
from assistant.plans.ground import Ground
from assistant.plans.kinds import kind as kinds
from assistant.plans.parts.work import team
from assistant.plans.writing import Writer

Progress = Callable[[str], None]


def plan(
    kind: str,
    aim: Aim,
    result: DraftResult,
    *,
    start: date | None = None,
    end: date | None = None,
    from_file: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """Return a plan that carries the goals out.

    Args:
        kind: one of `KINDS`.
        aim: the request: team, context and so on; its text may be empty where the goals come from a file.
        result: the goals.
        start: first day; today where None.
        end: last day; from the goals or the kind where None.
        from_file: whether the goals were taken from a file rather than drafted for this aim.
        progress: told `plan` and `check`.

    Raises:
        UsageError: there is no such kind, there are no goals, or the end lies before the start.
    """
    began = time.perf_counter()
    tell = progress or (lambda step: None)
    name, made = kinds.find(kind)
    if not result.goals:
        raise UsageError("There are no goals to plan for.", "Draft goals first.")
    tell("plan")
    ground = ground_of(name, aim, result, start=start, end=end, from_file=from_file)
    writer = Writer(ground)
    body = made.compose(writer)
    tell("check")
    composed = assemble(name, ground, body, result.drafter)
    spent = {**result.timings, "plan": round(time.perf_counter() - began, 6)}
    return composed.model_copy(update={"timings": spent})


def reason_of(kind: str) -> str:
    """Return the key under which the voice says why a model did not write."""
    return drafting.REASONS.get(kind, "unusable")


def ground_of(
    kind: PlanKind,
    aim: Aim,
    result: DraftResult,
    *,
    start: date | None = None,
    end: date | None = None,
    from_file: bool = False,
) -> Ground:
    """Return what a plan of the kind is composed on."""
    book = books.load(result.language, kind)
    brief = request.understand(aim, None)
    options = [
        Source(key=f"option:{name}", text=day.isoformat(), facts=language.read(day.isoformat(), aim.today))
        for name, day in (("start", start), ("end", end))
        if day is not None
    ]
    brief = brief.model_copy(update={"sources": (*brief.sources, *options)})
    span = windows.decide(kind, result, book, aim.today, start, end)
    return Ground(aim, brief, result, read_given(_without_options(brief)), book, span, from_file)


def _without_options(brief: Brief) -> Brief:
    kept = tuple(each for each in brief.sources if not each.key.startswith("option:"))
    return brief.model_copy(update={"sources": kept})


def assemble(kind: PlanKind, ground: Ground, body: Body, drafter: Drafter) -> Plan:
    """Return the whole plan: its numbers and questions collected, its checks and gates run."""
    writer = Writer(ground)
    span = ground.span
    title = writer.proposed(writer.line("kind.title", team=team(writer), goal=ground.line("/goals/0/title")), "title")
    empty = Verdict(ready=False, score=0, findings=(), gates=(), scorecards=ground.result.verdict.scorecards)
    written = Plan(
        kind=kind,
        status="with_findings",
        language=ground.language,
        title=title,
        today=ground.today,
        window=Window(start=writer.dated(span.start_shown, span.start), end=writer.dated(span.end_shown, span.end)),
        drafter=drafter,
        draft=ground.result,
        goal_numbers=ground.numbers,
        body=body,
        numbers=(),
        questions=(),
        assumptions=tuple(_assumptions(writer)),
        sources=(),
        request=ground.aim,
        goals_given=ground.from_file,
        verdict=empty,
        usage=ground.result.usage,
        timings={},
    )
    return judged(written, ground)


def judged(written: Plan, ground: Ground) -> Plan:
    """Return a plan with numbers, questions, sources, verdict and status as they follow from its values."""
    numbers = tuple(figure.number(pointer) for pointer, value in walking.values(written) for figure in value.figures)
    sources = tuple(PlanSource(key=each.key, text=each.text) for each in ground.sources)
    written = written.model_copy(
        update={"numbers": numbers, "questions": _questions(written, ground), "sources": sources}
    )
    goals = ground.result.verdict
    found = (*goals.findings, *checks.check(written, ground.book))
    own = gating.run(written, ground)
    results = (*goals.gates, *own)
    passed = all(each.passed for each in own) and goals.ready
    ready = passed and not any(each.severity == "error" for each in found)
    verdict = Verdict(ready=ready, score=goals.score, findings=found, gates=results, scorecards=goals.scorecards)
    status = "needs_input" if ground.result.status == "needs_input" else "ready" if ready else "with_findings"
    return written.model_copy(update={"verdict": verdict, "status": status})


def _questions(written: Plan, ground: Ground) -> tuple[PlanQuestion, ...]:
    """Return the questions that fill blanks, those that fill most first, then those of the goals."""
    writer = Writer(ground)
    fields: dict[str, list[str]] = defaultdict(list)
    for pointer, value in walking.values(written):
        if value.blank and value.question:
            fields[value.question].append(pointer)
    asked = []
    for key, where in sorted(fields.items(), key=lambda each: (-len(each[1]), each[0])):
        text, why = writer.ask(key)
        asked.append(PlanQuestion(key=key, text=text, why=why, fields=tuple(where)))
    known = {_SLOTS.get(each.key, each.key) for each in asked}
    for question in ground.result.questions:
        if question.slot not in known or question.slot == "baseline":
            asked.append(
                PlanQuestion(key=f"goals:{question.slot}", text=question.text, why=question.why,
                             options=question.options)
            )  # fmt: skip
    return tuple(asked)


_SLOTS = {"people": "resources", "money": "resources", "tools": "resources"}


def _assumptions(writer: Writer) -> list[Said]:
    found = []
    for at, text in enumerate(writer.g.result.assumptions):
        words = writer.g.line(f"/assumptions/{at}")
        found.append(writer.said(words) if words.numbers("") else writer.proposed(text, "goals"))
    return found
