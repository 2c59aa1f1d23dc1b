"""The walk of an edit: one field in a person's words, what follows from it, the judgement. Knows nothing of the page.

No model is asked. Where the offline drafter wrote the draft and a target, a baseline or a deadline is another now, it
writes the goal anew around it, and what the person wrote themselves stays; else the same figure moves with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.drafting import pipeline, questions, verdict
from assistant.drafting.editing import fields, following, wording
from assistant.drafting.editing.fields import Place
from assistant.drafting.editing.following import Move
from assistant.drafting.grounds import Grounds
from assistant.drafting.outcomes import Suggest
from assistant.drafting.revising import figures as reading
from assistant.drafting.revising import request, telling
from assistant.drafting.revising.planning import Plan, plan
from assistant.drafting.revising.revise import Redraft, kept
from assistant.drafting.revising.sentences import Teller
from assistant.drafting.revising.standing import stand
from assistant.gates.facts import figures_lost
from assistant.goals import (
    Aim,
    Correction,
    Draft,
    DraftResult,
    EditCheck,
    Edited,
    Finding,
    Followup,
    Number,
    Revised,
    SetAside,
    Stated,
)
from assistant.language import read
from assistant.lint.check import lint_records
from assistant.lint.records import read_records

_Value = Literal["target", "baseline", "deadline"]
_VALUES: tuple[_Value, ...] = ("target", "baseline", "deadline")


@dataclass(frozen=True, slots=True)
class _Written:
    """A draft with a person's text in a field, judged by nobody yet."""

    draft: Draft
    numbers: tuple[Number, ...]
    moves: tuple[Move, ...] = ()
    also: tuple[str, ...] = ()
    stale: tuple[Number, ...] = ()


def edit(
    aim: Aim,
    result: DraftResult,
    pointer: str,
    text: str,
    *,
    ground: Callable[[Aim], Grounds],
    redraft: Redraft | None = None,
    suggest: Suggest | None = None,
) -> Revised:
    """Return a draft with one field in a person's words; see `Assistant.edit`.

    Args:
        aim: the request that the draft answers.
        result: the draft.
        pointer: JSON pointer of the field.
        text: what the person typed.
        ground: returns what a draft of a request is judged on.
        redraft: drafts a changed request with the offline drafter; without it, no goal is written anew.
        suggest: ranks catalogue metrics by wording.

    Raises:
        UsageError, EmptyInput, TooLong, NotADay: see `fields.place` and `fields.read`.
    """
    place = fields.place(result, pointer)
    words, value = fields.read(place, text, aim.today)
    said = Teller(result.language)
    own = result.goals[place.goal].key_results
    edited = Edited(
        field=pointer, goal=fields.measure(own[0]), before=place.value, after=value,
        key_result="" if place.key_result is None else fields.measure(own[place.key_result]),
    )  # fmt: skip
    followup = Followup(text=words, edited=edited)
    if wording.confirms(followup) and not _unsettled(result, pointer):
        return Revised(aim=aim, result=result, told=(said.say("told.edited_same"),))
    key = f"{wording.KEY}{len(aim.followups) + 1}"
    written = _written(aim, result, place, followup, key)
    planned = _planned(aim, result, place, written.moves, words, suggest)
    if planned is not None:
        followup = planned.aim.followups[-1].model_copy(update={"edited": edited})
    changed = (planned.aim if planned else aim).model_copy(update={"followups": (*aim.followups, followup)})
    if planned is not None and redraft is not None and result.drafter.kind == "offline":
        standing = stand(request.understand(aim, suggest), result)
        drafted = redraft(changed, kept(planned, standing, result))
        if wording.near(edited, drafted.goals, aim.today):
            told = telling.told(planned, standing, result, drafted)
            return Revised(
                aim=changed, result=drafted, changes=planned.corrections, told=(*_opening(said, place, followup), *told)
            )
    changed, judged = _judged(aim, changed, result, written, ground)
    told = (*_opening(said, place, followup), *_followed(said, written, result, judged))
    changes = planned.corrections if planned is not None else ()
    return Revised(aim=changed, result=judged, changes=changes, told=told)


def check(aim: Aim, result: DraftResult, pointer: str, text: str, suggest: Suggest | None = None) -> EditCheck:
    """Return what the linter says of a goal with a text in one of its fields; see `Assistant.check_edit`.

    Raises:
        UsageError, EmptyInput, TooLong, NotADay: as in `edit`.
    """
    place = fields.place(result, pointer)
    words, value = fields.read(place, text, aim.today)
    own = result.goals[place.goal].key_results
    edited = Edited(field=pointer, goal=fields.measure(own[0]), before=place.value, after=value)
    written = _written(aim, result, place, Followup(text=words, edited=edited), wording.KEY)
    brief = request.understand(aim, suggest)
    card, found = verdict.linted(written.draft.goals[place.goal], place.goal, brief, aim.today)
    here = [each for each in found if each.field == pointer]
    if place.name == "statement":
        here += _hints(value, pointer, {each.id for each in here}, aim)
    known = {_essence(each) for each in result.verdict.findings}
    return EditCheck(
        field=pointer,
        text=value,
        findings=tuple(here),
        elsewhere=tuple(each for each in found if each.field != pointer and _essence(each) not in known),
        score=card.score,
        was=result.verdict.scorecards[place.goal].score,
    )


def _hints(text: str, pointer: str, known: set[str], aim: Aim) -> list[Finding]:
    """Return what could be said better in a sentence by itself, as far as a press can mend it.

    What the sentence lacks may stand in another field, so a blank to fill in is no mending here.
    """
    report = lint_records(read_records(text, "text"), today=aim.today)
    if len(report.goals) != 1 or report.goals[0].text != text:
        return []
    own = [
        each
        for each in report.goals[0].findings
        if each.fix and each.fix.safety != "placeholder" and each.id not in known
    ]
    return [each.model_copy(update={"field": pointer, "severity": "info"}) for each in own]


def _essence(finding: Finding) -> tuple[str, str | None, str]:
    return finding.rule, finding.field, finding.text


def _unsettled(result: DraftResult, pointer: str) -> bool:
    """Whether a field holds a figure that its person can still take for their own."""
    return any(n.field == pointer and n.text and (n.origin == "proposed" or n.tentative) for n in result.numbers)


def _written(aim: Aim, result: DraftResult, place: Place, followup: Followup, key: str) -> _Written:
    """Return the draft with the text in its field, and the same figure moved in the rest of the goal."""
    assert followup.edited is not None
    draft = Draft(
        language=result.language, goals=result.goals, assumptions=result.assumptions,
        monitoring_strategy=result.monitoring_strategy,
    )  # fmt: skip
    before = [each for each in result.numbers if each.field == place.pointer]
    draft, numbers = wording.placed(
        draft, result.numbers, place.goal, place.rest, followup.edited.after, followup, key, aim.today
    )
    moves = following.moved(before, [each for each in numbers if each.field == place.pointer])
    also: list[str] = []
    stale: list[Number] = []
    for move in moves:
        found = following.follow(draft, numbers, place, move, result.language)
        draft, numbers = found.draft, found.numbers
        also += found.also
        stale += found.stale
    return _Written(draft, numbers, moves, tuple(also), tuple(stale))


def _planned(
    aim: Aim, result: DraftResult, place: Place, moves: tuple[Move, ...], words: str, suggest: Suggest | None
) -> Plan | None:
    """Return the request with a new target, baseline or deadline in it; None where the edit gives none."""
    corrections = [each for move in moves if (each := _correction(aim, result, place, move, words)) is not None]
    if not corrections:
        return None
    brief = request.understand(aim, suggest)
    planned = plan(aim, words, tuple(corrections), brief, stand(brief, result), suggest)
    return planned if isinstance(planned, Plan) else None


def _correction(aim: Aim, result: DraftResult, place: Place, move: Move, words: str) -> Correction | None:
    at = _valued(result, place, move)
    if at is None:
        return None
    key_result, slot = at
    number = move.new
    start, end = number.evidence.start or 0, number.evidence.end or len(words)
    quantity = next((each for each in read(words, aim.today).quantities if each.start == start), None)
    target = result.goals[place.goal].key_results[key_result].target
    relative = place.name == "target" and move.old is not None and move.old.text != target
    stated = Stated(
        slot=slot, text=words[start:end], source=f"{wording.KEY}{len(aim.followups) + 1}", start=start, end=end,
        value=number.value, unit=number.unit,
        is_change=slot == "target" and (relative or (quantity is not None and reading.is_difference(quantity))),
    )  # fmt: skip
    return Correction(
        kind=slot, text=words, start=0, end=len(words), goal=place.goal, key_result=key_result or None, named=True,
        value=stated,
    )  # fmt: skip


def _valued(result: DraftResult, place: Place, move: Move) -> tuple[int, _Value] | None:
    """Return the key result and the slot whose value an edit gives: that of the field, or of the figure it moved."""
    slot = next((each for each in _VALUES if each == place.name), None)
    if place.key_result is not None and slot is not None:
        return (place.key_result, slot) if slot != "deadline" or place.key_result == 0 else None
    if move.old is None:
        return None
    rows = range(len(result.goals[place.goal].key_results)) if place.key_result is None else (place.key_result,)
    for row in rows:
        for slot in _VALUES:
            field = f"/goals/{place.goal}/key_results/{row}/{slot}"
            if any(n.field == field and following.same(n, move.old) for n in result.numbers):
                return (row, slot) if slot != "deadline" or row == 0 else None
    return None


def _judged(
    aim: Aim, changed: Aim, result: DraftResult, written: _Written, ground: Callable[[Aim], Grounds]
) -> tuple[Aim, DraftResult]:
    """Return the request and the draft, judged; earlier figures that the edit removed are set aside."""
    cited = tuple(each for each in result.citations if not each.id.startswith("document:"))
    old = Draft(language=result.language, goals=result.goals, assumptions=result.assumptions)
    lost = {(source.key, span) for source, span in figures_lost(ground(aim).case(old, result.numbers, cited))}
    now = ground(changed)
    gone = tuple(
        SetAside(source=source.key, start=span.start, end=span.end)
        for source, span in figures_lost(now.case(written.draft, written.numbers, cited))
        if (source.key, span) not in lost
    )
    if gone:
        followup = changed.followups[-1].model_copy(update={"replaced": gone})
        changed = changed.model_copy(update={"followups": (*changed.followups[:-1], followup)})
        now = ground(changed)
    judged = verdict.judge(now.case(written.draft, written.numbers, cited))
    asked = questions.choose(changed, now.brief)
    if result.drafter.kind == "llm":
        asked = questions.fitted(asked, written.draft.goals, changed.language)
    return changed, result.model_copy(
        update={
            "status": pipeline.status(now.brief, judged), "goals": written.draft.goals, "numbers": written.numbers,
            "questions": asked, "conflicts": now.brief.conflicts, "verdict": judged,
        }
    )  # fmt: skip


def _opening(said: Teller, place: Place, followup: Followup) -> tuple[str, ...]:
    name = said.field(place.pointer)
    if wording.confirms(followup):
        return (said.say("told.edited_confirmed", name=name),)
    return (said.say("told.edited", name=name),)


def _followed(said: Teller, written: _Written, before: DraftResult, after: DraftResult) -> tuple[str, ...]:
    """Say what moved with an edit, what no longer holds, and whether the draft is still ready."""
    told = []
    changes = [(each.old.text, each.new.text) for each in written.moves if each.old and each.old.text != each.new.text]
    if changes and written.also:
        names = said.listed(list(dict.fromkeys(map(said.field, written.also))))
        for old, new in changes:
            told.append(said.say("told.edited_also", old=old, new=new, names=names))
    if changes and written.stale:
        figures = said.listed(list(dict.fromkeys(each.text for each in written.stale)))
        names = said.listed(list(dict.fromkeys(said.field(each.field) for each in written.stale)))
        old = said.listed([old for old, _ in changes])
        told.append(said.say("told.edited_stale", old=old, figures=figures, names=names))
    if before.verdict.ready and not after.verdict.ready:
        told.append(said.say("told.not_ready"))
    return tuple(told)
