"""The annual plan of a department: mission, alignment, five sides, quarters, months, means, risks, indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, get_args

from assistant.drafting.offline.schedule import month_end
from assistant.goals.outline import Piece, Section, Table, Text
from assistant.goals.plan import Annual, Checkpoint, Dimension, Grade, Plan, Said, Step, Task, Watch
from assistant.plans import analysis, chapters, windows
from assistant.plans.laying import Sheet
from assistant.plans.parts import dangers, footing, indicators, money, path, reviews, work
from assistant.plans.parts.duties import head_of
from assistant.plans.parts.measures import Measure, mains
from assistant.plans.parts.placed import items, steps, whole
from assistant.plans.writing import Writer

Side = Literal["growth", "efficiency", "quality", "innovation", "team"]
_SIDES: tuple[Side, ...] = get_args(Side)
_QUALITY = frozenset({"customer-service", "healthcare", "education", "hospitality", "public-sector", "security",
                      "legal-compliance"})  # fmt: skip
_INNOVATION = frozenset({"rnd", "product", "software", "data-analytics"})
_USUAL: dict[str, tuple[Grade, Grade]] = {
    "technology": ("medium", "high"), "people": ("medium", "high"), "market": ("medium", "medium"),
    "operation": ("medium", "medium"), "compliance": ("low", "high"),
}  # fmt: skip


def compose(w: Writer) -> Annual:
    """Return the typed plan."""
    rows, _ = indicators.rows(w)
    return Annual(
        mission=whole(w, "mission", "mission"),
        vision=whole(w, "vision", "vision"),
        alignment=footing.alignment(w),
        dimensions=_dimensions(w),
        quarters=path.quarters(w),
        tasks=work.tasks(w),
        people=(*steps(w, "people", "need"), *_training(w), *steps(w, "people", "skills", "cover", "keep")),
        staff=footing.resources(w, ("people", "windows")),
        budget=money.budget(w, "people", "training", "purchase", "travel", "outside", "reserve"),
        tools=footing.resources(w, ("tools", "other")),
        risks=(*dangers.usual(w, _USUAL, mitigated=True),),
        indicators=rows,
        watch=_watch(w),
    )


def _training(w: Writer) -> tuple[Step, ...]:
    return tuple(Step(name=w.propose("kind.people.told.name"), content=each) for each in items(w, "training"))


def _dimensions(w: Writer) -> tuple[Dimension, ...]:
    placed: dict[Side, list[tuple[str, Said]]] = {side: [] for side in _SIDES}
    for index, measure in enumerate(mains(w)):
        placed[_side(measure)].append((measure.goal.id, w.goal(f"/goals/{index}/title")))
    return tuple(
        Dimension(area=side, goals=tuple(id for id, _ in goals), text=tuple(text for _, text in goals))
        for side, goals in placed.items()
    )


def _side(measure: Measure) -> Side:
    """Return the side of a goal: by its area, which a metric's function makes finer."""
    area = footing.area_of(measure)
    function = measure.metric.function if measure.metric else ""
    if area == "team":
        return "team"
    if area == "risk" or function in _QUALITY:
        return "quality"
    if function in _INNOVATION:
        return "innovation"
    return "growth" if area == "growth" else "efficiency"


def _watch(w: Writer) -> Watch:
    """Return the common rhythm and a review at the end of each quarter."""
    days = windows.rhythm(w.g.span, "quarterly", w.g.language)
    quarterly = Checkpoint(
        name=w.propose("kind.review.name"), rhythm="quarterly", content=w.propose("kind.review.text"),
        owner=head_of(w), output=w.propose("kind.review.made"), days=tuple(w.day(each) for each in days),
    )  # fmt: skip
    common = reviews.watch(w)
    if not days:
        return common
    points = (*common.checkpoints[:-1], quarterly, *common.checkpoints[-1:])
    return common.model_copy(update={"checkpoints": points})


def sections(sheet: Sheet, plan: Plan) -> Sequence[Section]:
    """Return the chapters."""
    body = plan.body
    assert isinstance(body, Annual)
    purpose = sheet.form(
        "purpose", [(sheet.word("form.mission"), body.mission), (sheet.word("form.vision"), body.vision)]
    )
    sides = [
        sheet.quadrant(sheet.word(f"side.{each.area}"), each.text, lack=sheet.word("area.none"))
        for each in body.dimensions
    ]
    followed = [analysis.quarters(sheet, body.quarters)] if body.quarters else []
    return (
        sheet.section("purpose", [purpose]),
        chapters.alignment(sheet, body.alignment),
        chapters.goals(sheet),
        sheet.section("dimensions", [sheet.grid("dimensions", sheet.word("picture.dimensions"), sides)]),
        *followed,
        sheet.section("months", [_months(sheet, plan, body.tasks)]),
        chapters.tasks(sheet, body.tasks),
        chapters.steps(sheet, "people", body.people),
        chapters.resources(sheet, body.staff, "staff"),
        analysis.budget(sheet, body.budget),
        chapters.resources(sheet, body.tools, "tools"),
        chapters.risks(sheet, body.risks),
        sheet.section(
            "indicators", [*chapters.indicators(sheet, body.indicators), *chapters.scoring(sheet, body.indicators)]
        ),
        chapters.watch(sheet, body.watch),
        chapters.adjustments(sheet, body.watch),
    )


def _months(sheet: Sheet, plan: Plan, tasks: Sequence[Task]) -> Table:
    """Return what begins, goes on and ends in each month."""
    rows = []
    for first, last in _calendar(plan.window.start.day, plan.window.end.day):
        begun = [each.name for each in tasks if each.start.day and first <= each.start.day <= last]
        due = [each.deliverable for each in tasks if each.end.day and first <= each.end.day <= last]
        if begun or due:
            month = Text(pieces=(Piece(words=first.isoformat()[:7], mark="computed"),))
            rows.append([month, sheet.joined(begun), sheet.joined(due)])
    return sheet.table("months", ("month", "begins", "due"), rows, names_first=True, widths={"month": 0.4})


def _calendar(start: date | None, end: date | None) -> Iterator[tuple[date, date]]:
    first = start
    while first is not None and end is not None and first <= end:
        last = min(month_end(first, 0), end)
        yield first, last
        first = date.fromordinal(last.toordinal() + 1)
