"""The walk of a follow-up: read, check, draft again, keep what was not spoken of, tell.

Knows nothing about how a draft is written or shown. With a model, the model writes the new draft; the request, its
facts and the judgement are the same as without one.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.drafting import intake
from assistant.drafting.editing import wording
from assistant.drafting.outcomes import Suggest
from assistant.drafting.revising import request, telling
from assistant.drafting.revising.keeping import Keep
from assistant.drafting.revising.planning import Plan, Refused, plan
from assistant.drafting.revising.reading import Reading, read
from assistant.drafting.revising.sentences import Teller
from assistant.drafting.revising.standing import Standing, stand
from assistant.errors import TooLong
from assistant.goals import (
    MAX_INSTRUCTION_CHARACTERS,
    Aim,
    DraftResult,
    Explanation,
    Followup,
    Revised,
)

Explain = Callable[[DraftResult, str], Explanation]


Redraft = Callable[[Aim, "Keep | None"], DraftResult]
"""Drafts a changed request, keeping the goals of the earlier draft that were not spoken of."""


def revise(
    aim: Aim,
    result: DraftResult,
    instruction: str,
    *,
    redraft: Redraft,
    explain: Explain,
    suggest: Suggest | None = None,
    free: bool = False,
) -> Revised:
    """Return what an instruction makes of a draft; see `Assistant.revise`.

    Args:
        aim: the request that the draft answers.
        result: the draft.
        instruction: what the person typed.
        redraft: drafts the changed request.
        explain: answers a question about a value.
        suggest: ranks catalogue metrics by wording.
        free: whether the drafter can follow words that no rule reads.

    Raises:
        TooLong: the instruction is longer than its limit.
    """
    if len(instruction) > MAX_INSTRUCTION_CHARACTERS:
        raise TooLong(
            f"The instruction has {len(instruction):,} characters; at most {MAX_INSTRUCTION_CHARACTERS:,} can be read.",
            "Say in a line or two what should change.",
            length=f"{len(instruction):,}",
            limit=f"{MAX_INSTRUCTION_CHARACTERS:,}",
        )
    words = intake.clean(instruction)
    before = request.understand(aim, suggest)
    standing = stand(before, result)
    key = request.key_of(len(aim.followups) + 1)
    reading = read(words, standing, key=key, today=aim.today, present=result.language, spoken=aim.language)
    said = Teller(result.language)
    if not reading.corrections:
        if free and any(map(str.isalnum, words)):
            return _freely(aim, result, words, reading, redraft)
        return Revised(
            aim=aim, result=result, told=(said.not_understood(),), not_understood=True, unread=reading.unread
        )
    if (answer := _without_change(aim, result, reading, standing, said, explain)) is not None:
        return answer
    planned = plan(aim, words, reading.corrections, before, standing, suggest)
    if isinstance(planned, Refused):
        return _refused(aim, result, reading, planned, said)
    if (unmoved := _unmoved(planned, standing)) is not None and len(planned.corrections) == 1:
        return _refused(aim, result, reading, unmoved, said)
    free_rest = free and bool(reading.unread)
    drafted = redraft(planned.aim, None if free_rest else kept(planned, standing, result))
    told = (*telling.told(planned, standing, result, drafted), *_overwritten(aim, result, drafted))
    unread = () if free_rest and drafted.drafter.kind == "llm" else reading.unread
    return Revised(
        aim=planned.aim, result=drafted, changes=planned.corrections,
        told=(*told, *Teller(drafted.language).unread(unread)), unread=unread,
    )  # fmt: skip


def _without_change(
    aim: Aim, result: DraftResult, reading: Reading, standing: tuple[Standing, ...], said: Teller,
    explain: Explain,
) -> Revised | None:  # fmt: skip
    """Return the answer to a question or a step through the versions; None where something shall change."""
    first = reading.corrections[0]
    if all(each.kind == "language" and each.language == result.language for each in reading.corrections):
        return Revised(aim=aim, result=result, changes=reading.corrections, told=(said.say("told.language_same"),))
    if first.kind in {"undo", "redo"}:
        return Revised(aim=aim, result=result, changes=reading.corrections, told=(said.step(first.kind),))
    if first.kind != "explain":
        return None
    goal = first.goal or 0
    if not 0 <= goal < len(standing):
        values = {"number": str(goal + 1), "count": str(len(standing))}
        return _refused(aim, result, reading, Refused("no_such_goal", first, values), said)
    place = min(first.key_result or 0, len(standing[goal].goal.key_results) - 1)
    answer = explain(result, f"/goals/{goal}/key_results/{place}/{first.slot}")
    told = (answer.text, *said.quoted(answer))
    return Revised(aim=aim, result=result, changes=reading.corrections, told=told)


def _refused(aim: Aim, result: DraftResult, reading: Reading, refused: Refused, said: Teller) -> Revised:
    return Revised(
        aim=aim, result=result, changes=reading.corrections, unread=reading.unread, refused=refused.reason,
        told=(said.refused(refused.reason, refused.values),),
    )  # fmt: skip


def _freely(aim: Aim, result: DraftResult, words: str, reading: Reading, redraft: Redraft) -> Revised:
    """Return what a model makes of words that no rule reads; without the model nothing changes."""
    changed = aim.model_copy(update={"followups": (*aim.followups, Followup(text=words))})
    drafted = redraft(changed, None)
    if drafted.drafter.kind != "llm":
        said = Teller(result.language)
        return Revised(
            aim=aim, result=result, told=(said.model_failed(drafted.drafter), said.not_understood()),
            not_understood=True, unread=reading.unread,
        )  # fmt: skip
    told = Teller(drafted.language).rewritten(result, drafted)
    return Revised(aim=changed, result=drafted, told=(told,))


def _overwritten(aim: Aim, before: DraftResult, after: DraftResult) -> tuple[str, ...]:
    """Say which fields that the person wrote themselves were written anew."""
    told = Teller(after.language)
    own = [each.edited for each in aim.followups if each.edited and wording.stands(each.edited, before.goals)]
    gone = [told.field(each.field) for each in own if not wording.near(each, after.goals, aim.today)]
    return (told.say("told.overwritten", names=told.listed(list(dict.fromkeys(gone)))),) if gone else ()


def _unmoved(planned: Plan, standing: tuple[Standing, ...]) -> Refused | None:
    """Return a refusal where more or less ambition was asked of targets that the person set."""
    asked = next((each for each in planned.corrections if each.kind == "ambition"), None)
    if asked is None:
        return None
    meant = [each for place, each in enumerate(standing) if asked.goal in {None, place}]
    stated = [each for each in meant if each.outcome is not None and each.outcome.target is not None]
    if not meant or len(stated) < len(meant):
        return None
    first = stated[0].goal.key_results[0]
    return Refused("stated_target", asked, {"metric": first.metric, "target": first.target or ""})


def kept(planned: Plan, standing: tuple[Standing, ...], result: DraftResult) -> Keep | None:
    """Return the goals that the corrections do not speak of, with their old and new places."""
    if planned.aim.language != result.language:
        return None
    touched: set[int] = set()
    for each in planned.corrections:
        if each.kind in {"goals", "drop_goal", "add_goal"}:
            continue
        touched |= {each.goal} if each.goal is not None else set(range(len(standing)))
    gone = set(planned.aim.followups[-1].dropped)
    staying = [place for place, each in enumerate(standing) if not each.key or each.key not in gone]
    order = [each.key for each in (*planned.brief.outcomes, *planned.brief.further)]
    return Keep(
        before=result,
        offline=tuple(
            (order.index(standing[old].key), old)
            for old in staying
            if old not in touched and standing[old].key in order
        ),
        model=tuple((new, old) for new, old in enumerate(staying) if old not in touched),
    )
