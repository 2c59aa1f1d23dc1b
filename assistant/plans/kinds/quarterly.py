"""The quarterly plan of a department: two baselines, means, work, duties, risks, reviews, balance."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.goals.outline import Section
from assistant.goals.plan import Plan, Quarterly
from assistant.plans import chapters
from assistant.plans.laying import Sheet
from assistant.plans.parts import dangers, duties, footing, reviews, work
from assistant.plans.writing import Writer


def compose(w: Writer) -> Quarterly:
    """Return the typed plan."""
    tasks = work.tasks(w)
    return Quarterly(
        alignment=footing.alignment(w),
        status=footing.status(w),
        resources=footing.resources(w),
        tasks=tasks,
        raci=duties.raci(w, tasks),
        cooperation=duties.cooperation(w),
        risks=dangers.risks(w),
        watch=reviews.watch(w),
        balance=footing.balance(w),
        retrospective=reviews.retrospective(w),
    )


def sections(sheet: Sheet, plan: Plan) -> Sequence[Section]:
    """Return the chapters."""
    body = plan.body
    assert isinstance(body, Quarterly)
    return (
        chapters.alignment(sheet, body.alignment),
        chapters.status(sheet, body.status),
        chapters.resources(sheet, body.resources),
        chapters.goals(sheet),
        chapters.tasks(sheet, body.tasks),
        chapters.raci(sheet, body.raci, body.tasks),
        chapters.cooperation(sheet, body.cooperation),
        chapters.risks(sheet, body.risks),
        chapters.watch(sheet, body.watch),
        chapters.adjustments(sheet, body.watch),
        chapters.balance(sheet, body.balance),
        chapters.retrospective(sheet, body.retrospective),
    )
