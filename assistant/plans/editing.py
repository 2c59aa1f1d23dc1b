"""Changes a plan that stands: one value, all blanks of a question, one section, or its goals. Judged anew each time.

Knows nothing about renderers or models. Whatever is not meant stays as it is; what repeats a goal's figure is changed
with the goal, never apart from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant import language
from assistant.drafting.intake import clean
from assistant.drafting.lines import Figure, quoted
from assistant.errors import DoesNotFit, RepeatsGoal, UsageError
from assistant.goals import Aim, DraftResult, Evidence, Source
from assistant.goals.outline import Grid, Listing, Paragraph, Section, Table, Text
from assistant.goals.plan import Amount, Body, Day, Edit, Plan, Said
from assistant.plans import outlining, pipeline, walking
from assistant.plans.ground import Ground
from assistant.plans.kinds import kind as kinds
from assistant.plans.parts.duties import raci
from assistant.plans.writing import Writer, make

LONGEST = 2_000
"""Code points of one edited value."""
_DEPENDENTS = {"tasks": ("raci",), "indicators": ("guardrails",)}
"""Parts of a body that are composed from another one and go with it."""
_BARE = re.compile(r"\s*(-?\d[\d,]*(?:\.\d+)?)\s*")
_P = TypeVar("_P")


def edit(plan: Plan, field: str, text: str) -> Plan:
    """Return the plan with one value replaced by a person's words, '' to empty it; everything is judged again.

    Args:
        plan: the plan.
        field: JSON pointer of a value under `/body`, `/title`, `/assumptions` or `/window`, or of a plain word under
            `/body` such as a risk's `likelihood`.
        text: the new words; a day for a `Day`, a quantity for an `Amount`.

    Raises:
        UsageError: there is no such value, it repeats a goal, or the words are not of its kind.
    """
    return _edited(plan, ((field, text),))


def answer(plan: Plan, question: str, text: str) -> Plan:
    """Return the plan with every blank of a question filled with the answer.

    Raises:
        UsageError: the plan asks no such question, it fills no blank of the plan's own, or the words do not fit.
    """
    asked = next((each for each in plan.questions if each.key == question), None)
    known = dict(walking.values(plan))
    fields = [field for field in asked.fields if not known[field].repeats] if asked else []
    if not fields:
        if asked is not None and asked.fields:
            raise RepeatsGoal(f"What {question!r} asks is a value of the goals.", "Change the goals; the plan follows.")
        raise UsageError(f"The plan has no blank that {question!r} fills.", "Answer one of its own questions.")
    return _edited(plan, [(field, text) for field in fields])


def redo(plan: Plan, section: str, context: Sequence[str] = ()) -> Plan:
    """Return the plan with one section composed anew, with further words of the person's where there are any.

    Args:
        plan: the plan.
        section: key of a section of its outline.
        context: further texts, read like `--context`; they stay part of the request.

    Raises:
        UsageError: the plan has no such section, or nothing in it is composed.
    """
    parts = parts_of(plan, section)
    if not parts:
        raise UsageError(f"The plan has no section {section!r} that can be written anew.", _sections(plan))
    added = tuple(filter(None, map(clean, context)))
    request = plan.request.model_copy(update={"context": (*plan.request.context, *added)})
    ground = ground_for(plan, request=request)
    _, kind = kinds.find(plan.kind)
    fresh = kind.compose(Writer(ground))
    return put(plan, ground, fresh, parts)


def put(plan: Plan, ground: Ground, fresh: Body, parts: Iterable[str]) -> Plan:
    """Return the plan with some parts of its body taken from a fresh one, those that follow from them too."""
    taken = set(parts) | {each for part in parts for each in _DEPENDENTS.get(part, ())}
    update = {part: getattr(fresh, part) for part in taken if part in type(fresh).model_fields}
    body = plan.body.model_copy(update=update)
    # Emptied rather than left out: the keys of later edits stay what they were.
    edits = tuple(
        each.model_copy(update={"field": "", "text": ""}) if _inside(each.field, taken) else each for each in plan.edits
    )
    changed = plan.model_copy(update={"body": body, "request": ground.aim, "edits": edits})
    return pipeline.judged(changed, _with_edits(ground, edits))


def with_goals(plan: Plan, request: Aim, result: DraftResult) -> Plan:
    """Return the plan composed for other goals; what was changed by hand stays where its place still exists."""
    start, end = (_option(plan, name) for name in ("start", "end"))
    made = pipeline.plan(plan.kind, request, result, start=start, end=end, from_file=plan.goals_given)
    for each in plan.edits:
        try:
            made = edit(made, each.field, each.text) if each.field else made
        except UsageError:
            continue
    return made


def parts_of(plan: Plan, section: str) -> tuple[str, ...]:
    """Return the parts of the body that a section shows; none for a section of goals, assumptions or questions."""
    found = next((each for each in outlining.outline(plan).sections if each.key == section), None)
    if found is None:
        return ()
    known = walking.parts_of(plan.body)
    fields = [text.field.split("/") for text in _texts(found) if text.field and text.field.startswith("/body/")]
    keys = [getattr(block, "key", "") for block in found.blocks]
    return tuple(dict.fromkeys(each for each in (*(steps[2] for steps in fields), *keys) if each in known))


def ground_for(plan: Plan, *, request: Aim | None = None) -> Ground:
    """Return the ground of a plan that stands."""
    start, end = (_option(plan, name) for name in ("start", "end"))
    ground = pipeline.ground_of(
        plan.kind, request or plan.request, plan.draft, start=start, end=end, from_file=plan.goals_given
    )
    return _with_edits(ground, plan.edits)


def _with_edits(ground: Ground, edits: Sequence[Edit]) -> Ground:
    sources = [
        Source(key=f"edit:{at}", text=each.text, facts=language.read(each.text, ground.today))
        for at, each in enumerate(edits, 1)
    ]
    kept = [each for each in ground.brief.sources if not each.key.startswith("edit:")]
    return replace(ground, brief=ground.brief.model_copy(update={"sources": (*kept, *sources)}))


def _edited(plan: Plan, changes: Sequence[tuple[str, str]]) -> Plan:
    known = dict(walking.values(plan))
    ground = ground_for(plan)
    edits = list(plan.edits)
    for field, text in changes:
        text = clean(text)
        if len(text) > LONGEST:
            raise UsageError(f"The new words have {len(text):,} characters.", f"Write at most {LONGEST:,}.")
        old = known.get(field)
        if old is not None and old.repeats:
            raise RepeatsGoal(f"{field} repeats {old.repeats} of the goals.", "Change the goal; the plan follows.")
        edits.append(Edit(field=field, text=text))
        source = Source(key=f"edit:{len(edits)}", text=text, facts=language.read(text, ground.today))
        new = text if old is None else _value(old, source, Writer(ground))
        plan = _set(plan, field, new)
    ground = _with_edits(ground, edits)
    tasks, grid = getattr(plan.body, "tasks", ()), getattr(plan.body, "raci", None)
    if grid is not None and any(field.startswith("/body/tasks/") and field.endswith("/owner") for field, _ in changes):
        body = plan.body.model_copy(update={"raci": raci(Writer(ground), tasks)})
        plan = plan.model_copy(update={"body": body})
    return pipeline.judged(plan.model_copy(update={"edits": tuple(edits)}), ground)


def _value(old: Said, source: Source, w: Writer) -> Said:
    """Return a person's words as a value of the old one's kind."""
    if not source.text:
        blank = type(old)(text="", origin="unknown", evidence=Evidence(source="rule", formula=w.why("later")))
        return blank.model_copy(update={"question": old.question})
    words = quoted(source, 0, len(source.text))
    evidence = Evidence(source=source.key, start=0, end=len(source.text))
    if isinstance(old, Day):
        day = _day(source)
        return w.dated(Figure(source.text, day.isoformat(), None, "stated", evidence), day)
    if isinstance(old, Amount):
        value, unit = _quantity(source, old.unit)
        return make(Amount, words, "stated", evidence, value=value, unit=unit)
    return make(Said, words, "stated", evidence)


def _day(source: Source) -> date:
    days = [day for time in source.facts.times for day in reversed(time.resolved) if day is not None]
    if not days:
        raise DoesNotFit(f"{source.text!r} is no day.", "Write a day such as 2027-03-31.", value=source.text)
    return days[0]


def _quantity(source: Source, unit: str) -> tuple[Decimal | None, str]:
    bare = _BARE.fullmatch(source.text)
    if bare is not None:
        return Decimal(bare[1].replace(",", "")), unit
    found = source.facts.quantities
    if len(found) != 1:
        return None, unit
    try:
        return Decimal(found[0].value), found[0].unit or unit
    except InvalidOperation:
        return None, unit


def _set(plan: Plan, field: str, value: Said | str) -> Plan:
    """Return the plan with a value put at a place that exists, checked against the plan's types."""
    steps = field.strip("/").split("/")
    if steps[0] not in walking.PARTS or (steps[0] != "body" and isinstance(value, str)):
        raise UsageError(
            f"{field!r} is no value of the plan.", "Name a place such as /body/tasks/0/owner.", field=field
        )
    changed: Plan = _put(plan, steps, value, field)
    try:
        body = type(changed.body).model_validate_json(changed.body.model_dump_json())
    except ValidationError as error:
        why = error.errors(include_url=False, include_input=False)[0]["msg"]
        raise DoesNotFit(f"{value!r} does not fit {field}: {why}.", "Use one of the allowed words.") from error
    return changed.model_copy(update={"body": body})


def _put(part: _P, steps: Sequence[str], value: object, field: str) -> _P:
    missing = UsageError(
        f"{field!r} is no value of the plan.", "Name a place such as /body/tasks/0/owner.", field=field
    )
    if not steps:
        # A whole part is no value: only words, and values that hold words, can be put.
        if isinstance(part, BaseModel | tuple) and not (isinstance(part, Said) and isinstance(value, Said)):
            raise missing
        return value  # type: ignore[return-value]
    first, rest = steps[0], steps[1:]
    if isinstance(part, Said):
        raise missing
    if isinstance(part, BaseModel) and first in type(part).model_fields:
        return part.model_copy(update={first: _put(getattr(part, first), rest, value, field)})
    if isinstance(part, tuple) and first.isdecimal() and int(first) < len(part):
        at = int(first)
        return (*part[:at], _put(part[at], rest, value, field), *part[at + 1 :])  # type: ignore[return-value]
    raise missing


def _option(plan: Plan, name: str) -> date | None:
    found = next((each.text for each in plan.sources if each.key == f"option:{name}"), None)
    return date.fromisoformat(found) if found else None


def _inside(field: str, parts: set[str]) -> bool:
    steps = field.split("/")
    return len(steps) > 2 and steps[1] == "body" and steps[2] in parts


def _sections(plan: Plan) -> str:
    keys = [each.key for each in outlining.outline(plan).sections if parts_of(plan, each.key)]
    return f"Use one of: {', '.join(keys)}."


def _texts(section: Section) -> Iterable[Text]:
    for block in section.blocks:
        match block:
            case Paragraph():
                yield block.text
            case Listing():
                yield from block.items
            case Table():
                yield from (cell for row in block.rows for cell in row)
            case Grid():
                yield from (line for each in block.quadrants for line in each.lines)
            case _:
                pass
