"""Chooses the questions worth asking: at most three, the one that would change most first.

Knows nothing about how answers are read. Nothing is asked that was already said.
"""

from __future__ import annotations

import re

from assistant import catalogue
from assistant.drafting import voice
from assistant.drafting.offline import schedule
from assistant.goals import Aim, Brief, Goal, Language, Outcome, Question, Slot

MOST = 3
_NAME_ENDS = re.compile(r"[（(：:=＝,，;；]")
_SHORT_TERM_MONTHS = 3
_PERSONAL = "personal-development"
_OF_A_TEAM = frozenset({"org_goal", "resources"})
"""What only a team is asked: one person's own plan serves no company goal and needs no staff."""


def choose(aim: Aim, brief: Brief, most: int = MOST) -> tuple[Question, ...]:
    """Return up to `most` questions: conflicts first, then outcome, baseline, target, deadline, goal, resources."""
    said = voice.load(aim.language)
    asked: list[Question] = []
    for conflict in brief.conflicts:
        text = said.get("question.conflict.text").format(message=conflict.message)
        options = tuple(dict.fromkeys(value.text for value in conflict.values))
        asked.append(Question(slot=conflict.slot, text=text, why=said.get("question.conflict.why"), options=options))
    settled = {conflict.slot for conflict in brief.conflicts} | (_OF_A_TEAM if _own_plan(aim, brief) else set())
    for slot in ("outcome", "baseline", "target", "deadline", "org_goal", "resources"):
        if slot in brief.missing and slot not in settled:
            asked.append(_question(slot, aim, brief, said))
    return tuple(asked[:most])


def _question(slot: Slot, aim: Aim, brief: Brief, said: voice.Voice) -> Question:
    outcome = _lacking(slot, brief)
    metric = catalogue.load().metrics.get(outcome.metric_id) if outcome and outcome.metric_id else None
    if metric is None and outcome is not None:
        metric = catalogue.load().metrics.get("perceived-improvement")
    words = metric.text[aim.language] if metric else None
    seed = metric.id if metric else next((each.metric_id or "" for each in brief.outcomes), "")
    why = said.variant(f"question.{slot}.why", seed)
    if slot == "baseline" and outcome is not None and outcome.metric_id is None and outcome.metric_name:
        text = said.get("question.baseline.own").format(metric=said.named(outcome.metric_name))
    elif slot == "baseline" and words is not None:
        text = words.baseline_question
    else:
        own = outcome.metric_name if outcome and outcome.metric_id is None else ""
        name = own or (words.name if words else "")
        name = said.named(name) if name else ""
        text = said.variant(f"question.{slot}.text", seed).format(metric=name)
    return Question(
        slot=slot, text=text, why=why, options=_options(slot, aim, said), metric_id=metric.id if metric else None
    )


def fitted(asked: tuple[Question, ...], goals: tuple[Goal, ...], language: Language) -> tuple[Question, ...]:
    """Return the questions as they fit what a model wrote, which may measure another thing than was understood.

    A question for a figure of a metric that no key result has is put for the first result's own metric, or left out
    where that has the figure.
    """
    results = [each for goal in goals for each in goal.key_results if not each.guardrail]
    measured = {each.metric_id for each in results}
    said = voice.load(language)
    kept = []
    for question in asked:
        if question.slot not in {"baseline", "target"} or not results or question.metric_id in measured:
            kept.append(question)
            continue
        lacking = next((each for each in results if getattr(each, question.slot) is None), None)
        if question.slot == "target" and lacking is None:
            lacking = results[0]
        if lacking is None:
            continue
        name = said.named(_NAME_ENDS.split(lacking.metric, maxsplit=1)[0].strip())
        text = (
            said.get("question.baseline.own")
            if question.slot == "baseline"
            else said.variant("question.target.text", lacking.metric)
        ).format(metric=name)
        kept.append(question.model_copy(update={"text": text, "metric_id": lacking.metric_id}))
    return tuple(kept)


def joined(asked: tuple[Question, ...], own: tuple[Question, ...], brief: Brief) -> tuple[Question, ...]:
    """Return the questions about conflicts, then a writer's own; those of `asked` where it has none of its own.

    A writer has read the whole request, and so asks what is open in this draft rather than what a slot lacks; whether
    something contradicts is told by code and never left to it.
    """
    if not own:
        return asked
    slots = {conflict.slot for conflict in brief.conflicts}
    first = asked[: len(brief.conflicts)] if slots else ()
    return (*first, *(each for each in own if each.slot not in slots))[:MOST]


def written(slot: Slot, text: str, why: str, aim: Aim) -> Question:
    """Return a question that a writer put, with the answers that are offered for its slot."""
    return Question(slot=slot, text=text, why=why, options=_options(slot, aim, voice.load(aim.language)))


def _own_plan(aim: Aim, brief: Brief) -> bool:
    """Whether one person plans for themselves, going by what is measured."""
    metrics = catalogue.load().metrics
    found = [metrics[each.metric_id] for each in brief.outcomes if each.metric_id and each.metric_id in metrics]
    return bool(found) and not aim.team.profile and all(metric.function == _PERSONAL for metric in found)


def _lacking(slot: Slot, brief: Brief) -> Outcome | None:
    """Return the first outcome that lacks the slot."""
    if slot not in {"baseline", "target"}:
        return None
    return next((each for each in brief.outcomes if getattr(each, slot) is None), None)


def _options(slot: Slot, aim: Aim, said: voice.Voice) -> tuple[str, ...]:
    if slot == "baseline":
        return (said.get("question.options.unknown"),)
    if slot == "target":
        return (said.get("question.options.suggested"),)
    if slot == "deadline":
        days = (
            schedule.month_end(aim.today, _SHORT_TERM_MONTHS),
            schedule.month_end(aim.today, schedule.HALF_YEAR),
            schedule.month_end(aim.today.replace(month=12, day=1), 0),
        )
        later = [day for day in dict.fromkeys(days) if (day - aim.today).days > 20]
        return tuple(said.day(day) for day in later)
    if slot == "org_goal":
        return (said.get("question.options.no_org_goal"),)
    if slot == "resources":
        return (said.get("question.options.same_people"),)
    return ()
