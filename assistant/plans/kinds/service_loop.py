"""The loop of service management: set goals, drive, enable, motivate, review, iterate; each step leads to the next."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals.outline import Section
from assistant.goals.plan import Plan, ServiceLoop, Step
from assistant.plans import chapters
from assistant.plans.laying import Sheet
from assistant.plans.parts import reviews, work
from assistant.plans.parts.cascade import decomposition
from assistant.plans.parts.duties import head_of
from assistant.plans.parts.measures import mains, name, owner
from assistant.plans.writing import Writer

_TOLD = ("meeting", "talk", "board")
_PROCEDURE = ("take", "sort", "handle", "answer", "file")
_SUPERVISION = ("overdue", "round", "raise")
_INCENTIVES = ("tied", "praise", "honour", "growth")
_REVIEWS = ("case", "data", "share")
_ITERATIONS = ("choose", "trial", "keep")


def compose(w: Writer) -> ServiceLoop:
    """Return the typed loop."""
    return ServiceLoop(
        decomposition=decomposition(w),
        cascade=_steps(w, "told", _TOLD),
        tasks=work.tasks(w),
        procedure=_procedure(w),
        supervision=(*_supervision(w), *_steps(w, "supervision", _SUPERVISION)),
        enablement=tuple(_enablement(w)),
        incentives=(*_steps(w, "incentive", _INCENTIVES), _bonus(w)),
        reviews=_steps(w, "review", _REVIEWS),
        iterations=_steps(w, "iteration", _ITERATIONS),
        watch=reviews.watch(w),
        retrospective=reviews.retrospective(w),
    )


def _steps(w: Writer, part: str, keys: Sequence[str]) -> tuple[Step, ...]:
    return tuple(
        Step(
            name=w.propose(f"kind.{part}.{key}.name"),
            content=w.propose(f"kind.{part}.{key}.text"),
            owner=head_of(w),
            when=w.propose(f"kind.{part}.{key}.when"),
        )
        for key in keys
    )


def _procedure(w: Writer) -> tuple[Step, ...]:
    """Return the steps of the procedure: as told with arrows, else general ones, each with the time told for it."""
    told = [
        Step(
            name=w.stated(step, sequence.source), content=w.propose("kind.procedure.told"),
            owner=w.blank("owner"), when=w.blank("limits"),
        )
        for sequence in w.g.given.sequences
        for step in sequence.steps
    ]  # fmt: skip
    if not told:
        told = [
            Step(
                name=w.propose(f"kind.procedure.{key}.name"), content=w.propose(f"kind.procedure.{key}.text"),
                owner=w.blank("owner"), when=w.blank("limits"),
            )
            for key in _PROCEDURE
        ]  # fmt: skip
    limits = [
        Step(
            name=w.propose("kind.procedure.limit"), content=w.stated(each.words, each.source), owner=w.blank("owner"),
            when=w.propose("kind.procedure.as_told"),
        )
        for each in w.g.given.limits
    ]  # fmt: skip
    return (*told, *limits)


def _supervision(w: Writer) -> list[Step]:
    """Return how work is followed with each tool that there is; a blank where none was named."""
    tools = [each for each in w.g.given.means if each.kind == "tools"]
    if not tools:
        return [
            Step(
                name=w.propose("kind.supervision.tool.name"), content=w.blank("tools"), owner=head_of(w),
                when=w.propose("kind.supervision.tool.when"),
            )
        ]  # fmt: skip
    return [
        Step(
            name=w.stated(each.words, each.source), content=w.propose("kind.supervision.tool.text"),
            owner=head_of(w), when=w.propose("kind.supervision.tool.when"),
        )
        for each in tools
    ]  # fmt: skip


def _enablement(w: Writer) -> list[Step]:
    """Return training for each measure that moves first, the knowledge base, and powers at the front."""
    found = []
    for measure in mains(w):
        found.append(
            Step(
                name=w.propose("kind.enable.training.name", metric=name(w, measure)),
                content=w.propose("kind.enable.training.text", metric=name(w, measure)),
                owner=owner(w, measure),
                when=w.propose("kind.enable.training.when"),
            )
        )
    for key, question in (("knowledge", ""), ("powers", "powers"), ("tools", "tools")):
        found.append(
            Step(
                name=w.propose(f"kind.enable.{key}.name"), content=w.propose(f"kind.enable.{key}.text"),
                owner=head_of(w), when=w.propose(f"kind.enable.{key}.when"),
                output=w.blank(question) if question else None,
            )
        )  # fmt: skip
    return found


def _bonus(w: Writer) -> Step:
    return Step(
        name=w.propose("kind.incentive.bonus.name"),
        content=w.propose("kind.incentive.bonus.text"),
        owner=head_of(w),
        when=w.propose("kind.incentive.bonus.when"),
        output=w.blank("reward_money"),
    )


def sections(sheet: Sheet, plan: Plan) -> Sequence[Section]:
    """Return the six steps, then what watches over them."""
    body = plan.body
    assert isinstance(body, ServiceLoop)
    goals = chapters.goals(sheet)
    told = chapters.steps_table(sheet, "cascade", body.cascade)
    work_blocks = chapters.tasks(sheet, body.tasks).blocks
    return (
        sheet.section("set", [*goals.blocks, *chapters.decomposition(sheet, body.decomposition), told]),
        sheet.section(
            "drive",
            [
                *work_blocks,
                chapters.steps_table(sheet, "procedure", body.procedure),
                chapters.steps_table(sheet, "supervision", body.supervision),
            ],
        ),
        sheet.section("enable", [chapters.steps_table(sheet, "enablement", body.enablement)]),
        sheet.section("motivate", [chapters.steps_table(sheet, "incentives", body.incentives)]),
        sheet.section("review", [chapters.steps_table(sheet, "reviews", body.reviews)]),
        sheet.section("iterate", [chapters.steps_table(sheet, "iterations", body.iterations)]),
        chapters.watch(sheet, body.watch),
        chapters.adjustments(sheet, body.watch),
        chapters.retrospective(sheet, body.retrospective),
    )
