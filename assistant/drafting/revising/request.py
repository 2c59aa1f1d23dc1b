"""Understands a request with everything that was asked for since: the brief of the aim, then one follow-up on another.

Knows nothing about drafts. A later word replaces an earlier one, which is set aside and raises no conflict.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from assistant import language
from assistant.drafting import brief as briefing
from assistant.drafting import hearing
from assistant.drafting.outcomes import Suggest
from assistant.drafting.revising import setting_aside
from assistant.drafting.revising.standing import further
from assistant.drafting.revising.state import State
from assistant.gates import figures
from assistant.goals import Aim, Brief, Correction, Followup, Outcome, SetAside, Source, Stated, Team
from assistant.goals.brief import blanked

KEY = "followup:"
EDIT = "edit:"
_SLOTS = ("baseline", "target", "deadline")
_REMEMBERED = 128
"""Requests of which the brief is kept: questions, draft and revision ask for the same one, one after the other."""


def key_of(number: int) -> str:
    """Return the source key of the follow-up with a number, from 1."""
    return f"{KEY}{number}"


@lru_cache(maxsize=_REMEMBERED)
def understand(aim: Aim, suggest: Suggest | None = None) -> Brief:
    """Return the brief of a request with its follow-ups.

    Args:
        aim: the cleaned request.
        suggest: ranks catalogue metrics by wording; see `brief.build`.
    """
    brief = briefing.build(aim, suggest)
    for number, followup in enumerate(aim.followups, 1):
        key = key_of(number) if followup.edited is None else f"{EDIT}{number}"
        brief = _follow(brief, followup, key, aim, suggest)
    return brief


def _follow(brief: Brief, followup: Followup, key: str, aim: Aim, suggest: Suggest | None) -> Brief:
    source = _heard(key, followup, aim)
    state = State.of(brief, aim.language).with_source(source)
    if followup.further is not None:
        known = {each.key: each for each in state.further}
        made = [known.get(id) or further(id, aim.language, tuple(state.outcomes)) for id in followup.further]
        falling = [each for each in state.further if each.key in followup.dropped]
        state = replace(state, further=[*filter(None, made), *falling])
    for correction in followup.corrections:
        _apply(state, correction, source, aim, suggest)
    state.drop(followup.dropped)
    state.set_aside += followup.replaced if followup.edited else _unused(source, followup, aim)
    return state.brief()


def _heard(key: str, followup: Followup, aim: Aim) -> Source:
    """Return the text of a follow-up; what its corrections take from it counts, whatever stands around it."""
    if followup.edited is not None:
        # What a person writes into a goal is the goal, whatever it reads like.
        return Source(key=key, text=followup.text, facts=language.read(followup.text, aim.today))
    source = hearing.listen(key, followup.text, aim.today)
    values = [each.value for each in followup.corrections if each.value is not None]
    kept = tuple(
        each for each in source.set_aside if not any(v.start < each.end and each.start < v.end for v in values)
    )
    if kept == source.set_aside:
        return source
    facts = language.read(blanked(source.text, kept), aim.today)
    return source.model_copy(update={"set_aside": kept, "facts": facts})


def _apply(state: State, correction: Correction, source: Source, aim: Aim, suggest: Suggest | None) -> None:
    value = correction.value
    kind = correction.kind
    if kind in _SLOTS and value is not None:
        if correction.metric_id is not None:
            _beside(state, correction, value)
        else:
            state.replace_value(value.slot, value, correction.outcome)
    elif kind == "owner" and value is not None:
        state.name_owner(value, correction.outcome)
    elif kind == "key_results" and correction.number is not None:
        count = correction.number
        state.change(correction.outcome, lambda each: each.model_copy(update={"key_results": count}))
    elif kind == "drop_key_result" and correction.metric_id is not None:
        id = correction.metric_id
        state.change(correction.outcome, lambda each: each.model_copy(update={"without": (*each.without, id)}))
    elif kind == "ambition" and correction.number is not None:
        step = correction.number
        state.change(correction.outcome, lambda each: _stepped(each, step))
    elif kind == "add_goal" and value is not None:
        add(state, value, aim, suggest)


def _stepped(outcome: Outcome, step: int) -> Outcome:
    """Return a wish with more or less ambition; a target that the person set is theirs."""
    return outcome if outcome.target is not None else outcome.model_copy(update={"step": outcome.step + step})


def _beside(state: State, correction: Correction, value: Stated) -> None:
    """Put a figure of a key result beside the goal's own."""
    slot, id = value.slot, correction.metric_id
    value = value.model_copy(update={"metric_id": id})
    wished = {each.metric_id for each in (*state.outcomes, *state.further)}
    for old in [each for each in state.stated if each.slot == slot and each.metric_id == id and id not in wished]:
        state.stated.remove(old)
        state.set_aside.append(setting_aside.of(old, value))

    def put(outcome: Outcome) -> Outcome:
        old = [each for each in outcome.beside if (each.slot, each.metric_id) == (slot, id)]
        state.set_aside += [setting_aside.of(each, value) for each in old]
        others = tuple(each for each in outcome.beside if each not in old)
        return outcome.model_copy(update={"beside": (*others, value)})

    state.change(correction.outcome, put)


def add(state: State, topic: Stated, aim: Aim, suggest: Suggest | None) -> None:
    """Add the wishes that the words of a follow-up name, with what they state."""
    team = Team(profile=aim.team.profile)
    inner = briefing.build(
        aim.model_copy(update={"text": topic.text, "team": team, "context": (), "followups": ()}), suggest
    )
    known = {each.key for each in (*state.outcomes, *state.further)}
    shared = next((each.deadline for each in state.outcomes if each.deadline), None)

    def placed(stated: Stated | None) -> Stated | None:
        if stated is None or stated.source != "aim":
            return None
        move = {"source": topic.source, "start": stated.start + topic.start, "end": stated.end + topic.start}
        return stated.model_copy(update=move)

    for outcome in inner.outcomes:
        new = outcome.model_copy(
            update={
                "source": topic.source, "start": outcome.start + topic.start, "end": outcome.end + topic.start,
                "baseline": placed(outcome.baseline), "target": placed(outcome.target),
                "deadline": placed(outcome.deadline) or shared,
            }
        )  # fmt: skip
        if new.key not in known:
            state.outcomes.append(new)
    state.stated += [each for each in map(placed, inner.stated) if each and each.slot in _SLOTS]
    state.conflicts += inner.conflicts


def _unused(source: Source, followup: Followup, aim: Aim) -> list[SetAside]:
    """Return the figures of a follow-up that state nothing of the work: numbers of goals, counts, amounts of a move."""
    values = [each.value for each in followup.corrections if each.value is not None]
    kept = [(each.start, each.end) for each in values if each.shown is None or each.formula is None]
    return [
        SetAside(source=source.key, start=span.start, end=span.end)
        for span in figures.find(source.text, aim.today)
        if not any(start <= span.start < end for start, end in kept)
    ]
