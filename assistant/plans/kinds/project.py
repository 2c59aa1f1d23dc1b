"""The project plan: scope, deliverables, work, duties, money, risks, communication, acceptance, changes, closing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.goals.outline import Section
from assistant.goals.plan import Communication, Deliverable, Grade, Plan, Project, Said, ScopeItem, Step, Task
from assistant.plans import analysis, chapters
from assistant.plans.laying import Sheet
from assistant.plans.parts import dangers, duties, footing, money, reviews, work
from assistant.plans.parts.measures import overlap
from assistant.plans.parts.placed import items, steps, whole
from assistant.plans.parts.stages import Stage, stages
from assistant.plans.writing import Writer

_COURSE = (
    Stage("charter", "start", 0.0, 0.04),
    Stage("needs", "start", 0.05, 0.14, ("charter",)),
    Stage("plan", "start", 0.12, 0.18, ("needs",)),
    Stage("design", "design", 0.18, 0.3, ("needs",)),
    Stage("review", "design", 0.32, 0.32, ("design", "plan"), milestone=True),
    Stage("build", "build", 0.33, 0.6, ("review",)),
    Stage("join", "build", 0.6, 0.68, ("build",)),
    Stage("test", "test", 0.68, 0.78, ("join",)),
    Stage("trial", "test", 0.78, 0.86, ("test",)),
    Stage("launch", "launch", 0.86, 0.92, ("trial",)),
    Stage("accept", "launch", 0.93, 0.93, ("launch",), milestone=True),
    Stage("close", "close", 0.94, 1.0, ("accept",)),
)
_ENDING = (
    Stage("accept", "launch", 0.96, 0.96, milestone=True),
    Stage("close", "close", 0.97, 1.0, ("accept",)),
)
_CRITERIA = (
    ("training", r"培训|訓練|training"),
    ("report", r"报告|報告|总结|總結|report"),
    ("record", r"记录|紀錄|纪要|紀要|record|minutes"),
    ("document", r"文档|文件|手册|手冊|说明|說明|指南|document|manual|guide"),
    ("plan", r"计划|計畫|方案|plan"),
    ("system", r"代码|程式|源码|系统|系統|平台|软件|軟體|功能|网站|網站|app|code|system|platform|software|site"),
)
_USUAL: dict[str, tuple[Grade, Grade]] = {
    "creep": ("high", "high"), "misread": ("medium", "high"), "technique": ("medium", "high"),
    "delay": ("high", "medium"), "money": ("medium", "medium"), "quality": ("medium", "high"),
}  # fmt: skip
_BUDGET = ("people", "purchase", "outside", "travel", "training", "reserve")
_PAPERS = ("charter", "needs", "design", "plan", "tests", "changes", "risks", "minutes", "guide", "report")


def compose(w: Writer) -> Project:
    """Return the typed plan."""
    tasks = _tasks(w)
    return Project(
        background=whole(w, "background", "background"),
        scope=_scope(w),
        deliverables=_deliverables(w, tasks),
        roles=_roles(w),
        tasks=tasks,
        raci=duties.raci(w, tasks),
        staff=footing.resources(w, ("people", "tools", "windows", "other")),
        budget=money.budget(w, *_BUDGET),
        risks=(*dangers.usual(w, _USUAL), *dangers.risks(w, lever=False)),
        communication=_communication(w),
        quality=steps(w, "quality", "standard", "self", "defects", "gates", "papers"),
        acceptance=(*_criteria(w), *steps(w, "acceptance", "pre", "joint", "mend", "sign", owner=True)),
        changes=steps(w, "changes", "ask", "weigh", "decide", "record", owner=True),
        closing=steps(w, "closing", "compare", "lessons", "handover", "people", owner=True),
        documents=items(w, "documents") or tuple(w.propose(f"kind.paper.{key}") for key in _PAPERS),
        watch=reviews.watch(w),
    )


def _tasks(w: Writer) -> tuple[Task, ...]:
    """Return the person's own phases with acceptance and closing behind them, else the usual course."""
    own = work.phases(w)
    if not own:
        return stages(w, _COURSE, accepted=True)
    after = max((each.end.day for each in own if each.end.day), default=None)
    return (*own, *stages(w, _ENDING, accepted=True, after=after))


def _scope(w: Writer) -> tuple[ScopeItem, ...]:
    inside = items(w, "scope") or (*(w.goal(f"/goals/{at}/title") for at in range(len(w.g.goals))), w.blank("scope"))
    outside = (*(items(w, "outside") or (w.blank("outside"),)), w.propose("kind.scope.late"))
    return (
        *(ScopeItem(text=each, inside=True) for each in inside),
        *(ScopeItem(text=each, inside=False) for each in outside),
    )


def _deliverables(w: Writer, tasks: Sequence[Task]) -> tuple[Deliverable, ...]:
    told = items(w, "deliverables") + tuple(
        each.deliverable.model_copy() for each in tasks if each.deliverable.origin in {"stated", "document"}
    )
    names = told or tuple(
        w.propose(f"kind.deliverable.{key}") for key in ("plan", "result", "guide", "record", "report")
    )
    days = [each.end.day for each in tasks if each.milestone and each.end.day]
    close = [each.end.day for each in tasks if each.end.day]
    found = []
    for name in names:
        kind = next((key for key, words in _CRITERIA if re.search(words, name.text, re.I)), "other")
        made = next((each for each in tasks if overlap(each.deliverable.text, name.text)), None)
        day = made.end.day if made and made.end.day else close[-1] if kind == "report" else days[-1]
        found.append(
            Deliverable(
                name=name,
                criteria=w.propose(f"kind.criteria.{kind}"),
                accepts=duties.head_of(w),
                due=w.dated_like(made.end) if made else w.day(day),
            )
        )
    return tuple(found)


def _roles(w: Writer) -> tuple[Step, ...]:
    """Return who leads what as it was said, and the usual roles that nobody was named for."""
    told = tuple(
        Step(name=w.stated(each.who, each.source), content=w.stated(each.what, each.source))
        for each in w.g.given.duties
    )
    usual = steps(w, "roles", "sponsor", "manager", "product", "lead", "makers", "testers", "users")
    return (*told, *(each for each in usual if duties.filled(w, each.name) is each.name))


def _criteria(w: Writer) -> tuple[Step, ...]:
    told = items(w, "criteria")
    criteria = told or (w.blank("criteria"),)
    return tuple(
        Step(name=w.propose("kind.column.criteria"), content=each, owner=duties.head_of(w)) for each in criteria
    )


def _communication(w: Writer) -> tuple[Communication, ...]:
    told = tuple(_line(w, "sponsor", content=each) for each in items(w, "reporting"))
    return (_line(w, "daily"), _line(w, "weekly"), *(told or (_line(w, "sponsor"),)), _line(w, "users"))


def _line(w: Writer, key: str, content: Said | None = None) -> Communication:
    words = f"kind.communication.{key}"
    return Communication(
        audience=w.propose(f"{words}.audience"),
        content=content or w.propose(f"{words}.content"),
        way=w.propose(f"{words}.way"),
        rhythm=w.propose(f"{words}.rhythm"),
        owner=duties.filled(w, w.propose(f"{words}.owner", "role")),
    )


def sections(sheet: Sheet, plan: Plan) -> Sequence[Section]:
    """Return the chapters."""
    body = plan.body
    assert isinstance(body, Project)
    inside = [each.text for each in body.scope if each.inside]
    outside = [each.text for each in body.scope if not each.inside]
    scope = sheet.grid(
        "scope", sheet.word("picture.scope"),
        [sheet.quadrant(sheet.word("scope.inside"), inside), sheet.quadrant(sheet.word("scope.outside"), outside)],
    )  # fmt: skip
    delivered = sheet.table(
        "deliverables", ("deliverable", "criteria", "accepts", "due"),
        [[each.name, each.criteria, each.accepts, each.due] for each in body.deliverables],
        widths={"criteria": 2.0, "accepts": 0.7, "due": 0.8},
    )  # fmt: skip
    titles = {"name": sheet.word("column.role"), "content": sheet.word("column.duty")}
    told = sheet.table(
        "communication", ("audience", "content", "way", "rhythm", "owner"),
        [[each.audience, each.content, each.way, each.rhythm, each.owner] for each in body.communication],
        widths={"content": 1.8, "rhythm": 0.8, "owner": 0.8},
    )  # fmt: skip
    return (
        sheet.section("background", [sheet.paragraph(body.background)]),
        chapters.goals(sheet),
        sheet.section("scope", [scope]),
        sheet.section("deliverables", [delivered]),
        chapters.steps(sheet, "roles", body.roles, titles),
        analysis.work(sheet, body.tasks),
        chapters.raci(sheet, body.raci, body.tasks),
        chapters.resources(sheet, body.staff, "staff"),
        analysis.budget(sheet, body.budget),
        chapters.risks(sheet, body.risks),
        sheet.section("communication", [told]),
        chapters.steps(sheet, "quality", body.quality),
        chapters.steps(sheet, "acceptance", body.acceptance),
        sheet.section("changes", [chapters.steps_table(sheet, "changes", body.changes),
                                  *chapters.adjustments(sheet, body.watch).blocks]),
        chapters.watch(sheet, body.watch),
        chapters.steps(sheet, "closing", body.closing),
        sheet.section("documents", [sheet.listing(body.documents)]),
    )  # fmt: skip
