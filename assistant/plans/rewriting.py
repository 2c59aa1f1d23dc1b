"""Which words of a plan may be written anew by somebody else, and how their answer is put in. Knows no models.

Open are suggestions in sentences: what is done, why, how, what comes of it. Closed are what a person said, what repeats
a goal, days, amounts, and everybody's names and roles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.drafting import origins
from assistant.drafting.lines import Figure, Line
from assistant.drafting.schema import DeclaredFigure
from assistant.gates import figures
from assistant.goals import Evidence
from assistant.goals.plan import Body, Plan, RaciGrid, Said, Task
from assistant.plans import walking
from assistant.plans.parts.duties import raci
from assistant.plans.writing import Writer, make

_CLOSED_PARTS = frozenset({"indicators", "alignment", "status", "resources", "balance", "decomposition", "budget"})
_CLOSED = frozenset({"owner", "decides", "partner", "accepts", "kind", "period", "measure", "phase", "audience"})
LONGEST = 600
"""Code points of one value."""
_MORE = 6
"""Rows that an answer may add to a part."""


class WrongAnswer(ValueError):
    """An answer does not fit its part; the message can be sent back."""


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class WrittenValue(_Answer):
    """One open value of a row."""

    name: str = Field(description="name of an open field")
    text: str


class WrittenRow(_Answer):
    """A row: one that stands, or a new one like it."""

    row: int = Field(description="number of the row that it is, or that a new one is modelled on")
    new: bool = Field(description="true for a row beside those that stand")
    values: list[WrittenValue]


class PartAnswer(_Answer):
    """The whole answer for one part."""

    rows: list[WrittenRow]
    figures: list[DeclaredFigure]

    @staticmethod
    @cache
    def json_schema() -> dict[str, Any]:
        """Return the JSON schema for structured output; made once a process and not to be changed."""
        return PartAnswer.model_json_schema()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a body with its rows and the names of the fields that are open in any of them."""

    name: str
    rows: tuple[BaseModel, ...]
    names: tuple[str, ...]


def open_parts(body: Body) -> tuple[Part, ...]:
    """Return the parts of a body that have open words, in order."""
    found = []
    for name in walking.parts_of(body):
        rows = getattr(body, name)
        if name in _CLOSED_PARTS or not isinstance(rows, tuple) or not rows:
            continue
        if not all(isinstance(row, BaseModel) and not isinstance(row, Said) for row in rows):
            continue
        names = [field for field in type(rows[0]).model_fields if any(is_open(row, field) for row in rows)]
        if names:
            found.append(Part(name, rows, tuple(names)))
    return tuple(found)


def is_open(row: BaseModel, field: str) -> bool:
    """Whether a field of a row holds words that may be written anew."""
    value = getattr(row, field)
    return type(value) is Said and value.origin == "proposed" and not value.repeats and field not in _CLOSED


def shown(part: Part) -> list[dict[str, Any]]:
    """Return the rows as somebody who writes them is shown them: what is fixed, what is open."""
    rows = []
    for at, row in enumerate(part.rows):
        fixed = {
            name: value.text
            for name in type(row).model_fields
            if isinstance(value := getattr(row, name), Said) and value.text and not is_open(row, name)
        }
        open_ = {name: getattr(row, name).text for name in part.names if is_open(row, name)}
        if isinstance(row, Task):
            fixed |= {"id": row.id, "goal": row.goal}
        rows.append({"row": at, "fixed": fixed, "open": open_})
    return rows


def read_answer(data: Any, part: Part) -> PartAnswer:
    """Return an answer that fits its part.

    Raises:
        WrongAnswer: it does not; the message says where.
    """
    try:
        answer = PartAnswer.model_validate(data)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:6]]
        raise WrongAnswer("; ".join(faults)) from error
    if len(answer.rows) > len(part.rows) + _MORE:
        raise WrongAnswer(f"{len(answer.rows)} rows; write at most {len(part.rows) + _MORE}")
    if not answer.rows:
        raise WrongAnswer("there are no rows")
    for at, row in enumerate(answer.rows):
        if not 0 <= row.row < len(part.rows):
            raise WrongAnswer(f"rows.{at}.row: there is no row {row.row}")
        for value in row.values:
            if value.name not in part.names:
                raise WrongAnswer(f"rows.{at}: {value.name!r} is not an open field; open are {', '.join(part.names)}")
            if not value.text.strip():
                raise WrongAnswer(f"rows.{at}.{value.name}: the text is empty")
            if len(value.text) > LONGEST:
                raise WrongAnswer(f"rows.{at}.{value.name}: longer than {LONGEST} characters")
    return answer


def put(plan: Plan, part: Part, answer: PartAnswer, w: Writer) -> Plan:
    """Return the plan with an answer's words in place, not judged yet; what hangs on the part follows.

    A row that the answer leaves out goes, unless a person's words stand in it or other work needs it.
    """
    taken: dict[int, BaseModel] = {}
    made: list[tuple[int, BaseModel]] = []
    ids = {row.id for row in part.rows if isinstance(row, Task)}
    for row in answer.rows:
        base = part.rows[row.row]
        fresh = row.new or row.row in taken
        written = _filled(base, row, answer, w, plan, fresh=fresh)
        if fresh and isinstance(written, Task):
            written = written.model_copy(update={"id": _free(written.id, ids), "milestone": False})
        if not fresh:
            taken[row.row] = written
        made.append((row.row, written))
    needed = {need for _, row in made if isinstance(row, Task) for need in row.needs}
    for at, stood in enumerate(part.rows):
        kept = _told(stood) or (isinstance(stood, Task) and (stood.id in needed or stood.milestone))
        if at not in taken and kept:
            made.append((at, stood))
    rows = tuple(row for _, row in sorted(made, key=lambda each: each[0]))
    body = plan.body.model_copy(update={part.name: _linked(rows)})
    grid: RaciGrid | None = getattr(body, "raci", None)
    if part.name == "tasks" and grid is not None:
        body = body.model_copy(update={"raci": raci(w, getattr(body, "tasks", ()))})
    return plan.model_copy(update={"body": body})


def _filled(base: BaseModel, row: WrittenRow, answer: PartAnswer, w: Writer, plan: Plan, *, fresh: bool) -> BaseModel:
    update: dict[str, Said] = {}
    for value in row.values:
        old = getattr(base, value.name)
        if is_open(base, value.name) and value.text != old.text:
            update[value.name] = _said(value.text.strip(), answer, w, plan)
        elif fresh and type(old) is Said and not is_open(base, value.name):
            # A new row is modelled on one in which a person's words stand; those are not its own.
            update[value.name] = _said(value.text.strip(), answer, w, plan)
    return base.model_copy(update=update)


def _said(text: str, answer: PartAnswer, w: Writer, plan: Plan) -> Said:
    """Return words as a proposal, every figure in them with the origin that can be shown."""
    known = {number.text: number for number in plan.goal_numbers if number.origin != "unknown"}
    pieces: list[str | Figure] = []
    at = 0
    for span in figures.find(text, plan.today):
        words = text[span.start : span.end]
        number = known.get(words) or origins.trace_figure(
            text, span.start, span.end, w.g.brief, tuple(answer.figures), plan.today
        )
        if number is None:
            continue
        pieces += [text[at : span.start]] if span.start > at else []
        pieces.append(Figure(words, number.value, number.unit, number.origin, number.evidence, number.tentative))
        at = span.end
    pieces += [text[at:]] if at < len(text) else []
    return make(Said, Line(tuple(pieces)), "proposed", Evidence(source="rule", formula=w.why("model")))


def _told(row: BaseModel) -> bool:
    """Whether a person's own words stand in a row, its owner aside."""
    values = [getattr(row, name) for name in type(row).model_fields if name not in _CLOSED]
    return any(
        isinstance(value, Said) and value.origin in {"stated", "document"} and not value.repeats for value in values
    )


def _free(id: str, ids: set[str]) -> str:
    stem, _, _ = id.rpartition(".")
    at = 1
    while (name := f"{stem or id}.{at}") in ids:
        at += 1
    ids.add(name)
    return name


def _linked(rows: Sequence[BaseModel]) -> tuple[BaseModel, ...]:
    """Return rows none of which needs one that is gone."""
    ids = {row.id for row in rows if isinstance(row, Task)}
    return tuple(
        row.model_copy(update={"needs": tuple(need for need in row.needs if need in ids)})
        if isinstance(row, Task)
        else row
        for row in rows
    )
