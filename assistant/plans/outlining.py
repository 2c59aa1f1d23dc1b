"""Lays a whole plan out: status, chapters, open questions, calendar, notices. The one thing that renderers are given.

Knows nothing about file formats.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.goals.outline import Event, Outline, Section
from assistant.goals.plan import Plan, Task, Watch
from assistant.plans import book as books
from assistant.plans.kinds import kind as kinds
from assistant.plans.laying import Sheet, fixed

_DASH = {"en": " – ", "zh-Hans": " 至 ", "zh-Hant": " 至 "}


def outline(plan: Plan) -> Outline:
    """Return the plan laid out in its own language; the same plan always gives the same outline."""
    sheet = Sheet(plan, books.load(plan.language, plan.kind))
    _, kind = kinds.find(plan.kind)
    sections = [section for section in kind.sections(sheet, plan) if section.blocks]
    if plan.assumptions:
        sections.append(sheet.section("assumptions", [sheet.listing(plan.assumptions)]))
    if plan.questions:
        sections.append(_questions(sheet, plan))
    return Outline(
        kind=plan.kind,
        language=plan.language,
        title=plan.title.text,
        status=tuple(_status(sheet, plan)),
        sections=tuple(sections),
        events=tuple(_events(sheet, plan)),
        notices=tuple(dict.fromkeys(_notices(plan))),
    )


def _status(sheet: Sheet, plan: Plan) -> Iterator[str]:
    drafter = plan.drafter.model if plan.drafter.kind == "llm" and plan.drafter.model else sheet.word("cover.offline")
    colon = sheet.word("colon")
    window = f"{plan.window.start.text}{_DASH[plan.language]}{plan.window.end.text}"
    yield sheet.word("subtitle")
    yield f"{sheet.word('cover.window')}{colon}{window}"
    yield f"{sheet.word('cover.status')}{colon}{sheet.word(f'status.{plan.status}')}"
    yield f"{sheet.word('cover.made')}{colon}{plan.today.isoformat()} · {sheet.word('cover.drafter')}{colon}{drafter}"


def _questions(sheet: Sheet, plan: Plan) -> Section:
    aside = sheet.book.get("aside")
    lines = [fixed(f"{each.text}{aside.format(text=each.why)}") for each in plan.questions]
    return sheet.section("questions", [sheet.listing(lines, numbered=True)])


def _notices(plan: Plan) -> Iterator[str]:
    yield from (each.message for each in plan.draft.conflicts)
    yield from (each.why for each in plan.verdict.gates if not each.passed)
    for finding in plan.verdict.findings:
        if finding.severity != "info":
            yield f"{finding.message}{'' if plan.language != 'en' else ' '}{finding.help}"


def _events(sheet: Sheet, plan: Plan) -> Iterator[Event]:
    """Yield reviews with their rhythm, milestones and the ends of work."""
    watch: Watch = getattr(plan.body, "watch", Watch())
    last = plan.window.end.day
    for at, point in enumerate(watch.checkpoints):
        days = [each.day for each in point.days if each.day is not None]
        if point.rhythm in {"daily", "weekly", "biweekly"} and days and last is not None:
            yield Event.model_validate(
                {
                    "key": f"check-{at}", "summary": point.name.text, "day": days[0], "rhythm": point.rhythm,
                    "until": last, "description": point.content.text,
                }
            )  # fmt: skip
            continue
        # A review in the middle of each month falls on another working day each time.
        for place, day in enumerate(days):
            yield Event(key=f"check-{at}-{place}", summary=point.name.text, day=day, description=point.content.text)
    tasks: tuple[Task, ...] = getattr(plan.body, "tasks", ())
    for task in tasks:
        if task.end.day is not None:
            key = "milestone" if task.milestone else "due"
            summary = sheet.word(f"event.{key}").format(name=task.name.text)
            yield Event(key=f"task-{task.id}", summary=summary, day=task.end.day, description=task.deliverable.text)
