"""The plan of selling and marketing: market, customers, rivals, strategy, funnel, calendar, money, path, measures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.goals.outline import Bar, Gantt, Section, Table, Weight, Weights
from assistant.goals.plan import CalendarEntry, Competitor, FunnelStage, Persona, Plan, SalesMarketing, Step
from assistant.plans import analysis, chapters, windows
from assistant.plans.labelled import Topic
from assistant.plans.laying import Sheet
from assistant.plans.parts import duties, funnel, indicators, insight, money, path, reviews, work
from assistant.plans.parts.placed import items, steps, whole
from assistant.plans.writing import Writer

_MARKET: tuple[Topic, ...] = ("market", "trends")
_STRATEGY: tuple[Topic, ...] = ("positioning", "product", "price", "channels", "promotion", "service")
_CALENDAR = (
    ("warm", 0.0, 0.15),
    ("launch", 0.16, 0.3),
    ("season", 0.45, 0.6),
    ("final", 0.75, 0.95),
    ("content", 0.0, 1.0),
)
_BUDGET = ("ads", "events", "content", "travel", "research", "training", "tools")


def compose(w: Writer) -> SalesMarketing:
    """Return the typed plan."""
    rows, _ = indicators.rows(w)
    return SalesMarketing(
        market=tuple(
            Step(name=w.propose(f"kind.market.{key}"), content=each)
            for key in _MARKET
            for each in items(w, key) or (w.blank(key),)
        ),
        personas=_personas(w),
        competitors=tuple(
            Competitor(name=each, strengths=w.blank("rival"), weaknesses=w.blank("rival"), answer=w.blank("rival"))
            for each in items(w, "competitors") or (w.blank("competitors"),)
        ),
        swot=insight.swot(w),
        strategy=_strategy(w),
        funnel=funnel.stages(w),
        forecast=path.quarters(w),
        calendar=_calendar(w),
        team=steps(w, "team", "staff", "training", "process", "pay"),
        cooperation=duties.cooperation(w),
        budget=money.budget(w, *_BUDGET),
        indicators=rows,
        tasks=work.tasks(w),
        watch=reviews.watch(w),
    )


def _personas(w: Writer) -> tuple[Persona, ...]:
    return tuple(
        Persona(
            name=each, traits=w.blank("persona"), needs=whole(w, "needs", "persona"), channels=w.blank("persona"),
            decides=w.blank("persona"),
        )
        for each in items(w, "customers") or (w.blank("customers"),)
    )  # fmt: skip


def _strategy(w: Writer) -> tuple[Step, ...]:
    """Return for each side what was said; where nothing was, what has to be decided."""
    found = []
    for key in _STRATEGY:
        told = items(w, key)
        for each in told or (w.propose(f"kind.strategy.{key}.text"),):
            found.append(Step(name=w.propose(f"kind.strategy.{key}.name"), content=each))
    return tuple(found)


def _calendar(w: Writer) -> tuple[CalendarEntry, ...]:
    """Return the person's own dated activities, else a usual year; the content goes on all the time."""
    own = tuple(
        CalendarEntry(
            name=task.name.model_copy(), theme=w.blank("activity"), channel=w.blank("activity"),
            start=task.start.model_copy(), end=task.end.model_copy(), target=w.blank_amount("activity"),
            budget=w.blank_amount("spending"), owner=task.owner.model_copy(),
        )
        for task in work.phases(w)
    )  # fmt: skip
    usual = [each for each in _CALENDAR if not own or each[0] == "content"]
    return (
        *own,
        *(
            CalendarEntry(
                name=w.propose(f"kind.calendar.{key}.name"), theme=w.propose(f"kind.calendar.{key}.text"),
                channel=w.propose(f"kind.calendar.{key}.channel"),
                start=w.day(windows.share(w.g.span, start, w.g.language)),
                end=w.day(windows.share(w.g.span, end, w.g.language)),
                target=w.blank_amount("activity"), budget=w.blank_amount("spending"),
                owner=duties.filled(w, w.propose(f"kind.calendar.{key}.owner", "role")),
            )
            for key, start, end in usual
        ),
    )  # fmt: skip


def sections(sheet: Sheet, plan: Plan) -> Sequence[Section]:
    """Return the chapters."""
    body = plan.body
    assert isinstance(body, SalesMarketing)
    personas = sheet.table(
        "personas", ("customer", "traits", "needs_of", "channels", "decides_how"),
        [[each.name, each.traits, each.needs, each.channels, each.decides] for each in body.personas],
    )  # fmt: skip
    rivals = sheet.table(
        "competitors", ("rival", "strengths", "weaknesses", "answer"),
        [[each.name, each.strengths, each.weaknesses, each.answer] for each in body.competitors],
    )  # fmt: skip
    calendar = sheet.table(
        "calendar", ("activity", "theme", "channels", "start", "end", "target", "amount", "owner"),
        [[each.name, each.theme, each.channel, each.start, each.end, each.target, each.budget, each.owner]
         for each in body.calendar],
        widths={"theme": 1.6, "start": 1.15, "end": 1.15},
    )  # fmt: skip
    shown = _bars(sheet, body.calendar)
    return (
        chapters.steps(sheet, "market", body.market),
        sheet.section("personas", [personas]),
        sheet.section("competitors", [rivals, analysis.swot(sheet, body.swot)]),
        chapters.goals(sheet),
        analysis.quarters(sheet, body.forecast, "forecast"),
        chapters.steps(sheet, "strategy", body.strategy),
        sheet.section("funnel", _funnel(sheet, body.funnel)),
        sheet.section("calendar", [shown, calendar]),
        chapters.steps(sheet, "team", body.team),
        *([chapters.cooperation(sheet, body.cooperation)] if body.cooperation else []),
        analysis.budget(sheet, body.budget),
        chapters.tasks(sheet, body.tasks),
        sheet.section(
            "indicators", [*chapters.indicators(sheet, body.indicators), *chapters.scoring(sheet, body.indicators)]
        ),
        chapters.watch(sheet, body.watch),
        chapters.adjustments(sheet, body.watch),
    )


def _funnel(sheet: Sheet, rows: Sequence[FunnelStage]) -> list[Weights | Table]:
    """Return the picture of what is left of the first stage, where counts tell it, and the table."""
    listed = [[each.name, each.count, each.rate, each.lever] for each in rows]
    table = sheet.table("funnel", ("stage", "count", "rate", "lever"), listed, names_first=True, widths={"lever": 2.0})
    first = next((each.count.value for each in rows if each.count.value), None)
    shares = [
        Weight(
            words=each.name.text,
            percent=(each.count.value / first * 100).quantize(Decimal("0.1")) if first and each.count.value else None,
            mark="computed" if first and each.count.value else "unknown",
        )
        for each in rows
    ]
    known = [each for each in shares if each.percent is not None]
    picture = [Weights(key="funnel", name=sheet.word("picture.funnel"), parts=tuple(shares), whole=False)]
    return [*(picture if len(known) > 1 else []), table]


def _bars(sheet: Sheet, rows: Sequence[CalendarEntry]) -> Gantt | None:
    bars = tuple(
        Bar(
            words=each.name.text, start=each.start.day, end=each.end.day, lane=each.owner.text,
            proposed="proposed" in {each.start.origin, each.end.origin},
        )
        for each in rows
        if each.start.day and each.end.day and each.start.day <= each.end.day
    )  # fmt: skip
    if not bars:
        return None
    return Gantt(
        key="calendar-picture", name=sheet.word("picture.calendar"), start=min(each.start for each in bars),
        end=max(each.end for each in bars), bars=bars,
    )  # fmt: skip
