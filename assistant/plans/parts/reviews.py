"""How a plan is kept alive: reviews with their days, alerts, rules for changing it, the closing retrospective.

Knows nothing about kinds of plans.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.drafting.lines import Line, joined
from assistant.drafting.voice import plain
from assistant.goals.plan import AdjustmentRule, AlertRule, Checkpoint, Day, Retrospective, Said, Track, Watch
from assistant.goals.plan.said import Amount
from assistant.plans import windows
from assistant.plans.parts.duties import head_of
from assistant.plans.parts.indicators import like
from assistant.plans.parts.measures import measures, name, owner
from assistant.plans.writing import Writer, make, words_of

_BELOW = Decimal(80)
_RUNNING = Decimal(2)
_WEEKLY_UP_TO = 190
"""Days of a plan whose figures are read each week; those of a longer one are read each month."""
_NAMED = 4
"""Measures that a sentence names before it says "and others"."""


def watch(w: Writer) -> Watch:
    """Return weekly figures, monthly reviews, a close, alerts for what is read often, and rules for changes."""
    days, followed = tracks(w)
    return Watch(
        checkpoints=checkpoints(w), alerts=alerts(w), track_days=days if followed else (), tracks=followed,
        adjustments=adjustments(w),
    )  # fmt: skip


def tracks(w: Writer) -> tuple[tuple[Day, ...], tuple[Track, ...]]:
    """Return the days on which figures are read, and for each figure with a start and an end what it is planned to be.

    Planned values lie on the straight line from baseline to target; they are worked out from a way that we propose.
    """
    span, language = w.g.span, w.g.language
    whole = (span.end - span.start).days
    every: windows.Rhythm = "weekly" if whole <= _WEEKLY_UP_TO else "monthly"
    days = windows.rhythm(span, every, language)
    found = []
    for each in measures(w):
        start = w.amount_of_goal(f"{each.pointer}/baseline", each.result.unit, "baseline")
        end = w.amount_of_goal(f"{each.pointer}/target", each.result.unit, "target")
        if start.value is None or end.value is None or start.unit != end.unit or start.value == end.value:
            continue
        planned = []
        for day in days:
            passed = (day - span.start).days
            value = start.value + (end.value - start.value) * passed / whole
            formula = f"{plain(start.value)} + ({plain(end.value)} − {plain(start.value)}) × {passed} ÷ {whole}"
            planned.append(like(w, end, _four_digits(value), formula))
        found.append(
            Track(
                measure=w.goal(f"{each.pointer}/metric"), direction=each.result.direction, planned=tuple(planned)
            )
        )  # fmt: skip
    return tuple(w.day(day) for day in days), tuple(found)


def _four_digits(value: Decimal) -> Decimal:
    """Return a value with four digits that matter; a plan's pace is known no finer."""
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 3)) + 0 if value else value


def checkpoints(w: Writer) -> tuple[Checkpoint, ...]:
    """Return the dashboard each week, the review in the middle of each month, the close on the last day."""
    span, language = w.g.span, w.g.language
    named = [name(w, each) for each in measures(w)]
    shown: Line = joined(named[:_NAMED], w.book.get("list_comma"))
    more = Line((*shown.pieces, w.book.get("plan.watch.more"))) if len(named) > _NAMED else shown
    weekly = windows.rhythm(span, "weekly", language)
    monthly = windows.rhythm(span, "monthly", language)
    found = [
        Checkpoint(
            name=w.propose("plan.watch.dashboard"), rhythm="weekly",
            content=w.propose("plan.watch.dashboard_content", metrics=more), owner=_reports(w),
            output=w.propose("plan.watch.dashboard_output"), days=tuple(w.day(each) for each in weekly[:1]),
        ),
        Checkpoint(
            name=w.propose("plan.watch.review"), rhythm="monthly", content=w.propose("plan.watch.review_content"),
            owner=head_of(w), output=w.propose("plan.watch.review_output"),
            days=tuple(w.day(each) for each in monthly),
        ),
        Checkpoint(
            name=w.propose("plan.watch.final"), rhythm="once", content=w.propose("plan.watch.final_content"),
            owner=head_of(w), output=w.propose("plan.watch.final_output"),
            days=(w.day(windows.inside(span, span.end, language)),),
        ),
    ]  # fmt: skip
    return tuple(each for each in found if each.days)


def _reports(w: Writer) -> Said:
    """Return who brings the figures: the owner of the first measure."""
    first = next(measures(w), None)
    return owner(w, first) if first is not None else w.blank("owner")


def alerts(w: Writer) -> tuple[AlertRule, ...]:
    """Return an alert for every result that counts: below a share of the plan for some periods running."""
    found = []
    for each in measures(w):
        if each.result.direction == "keep":
            continue
        threshold = w.amount(_BELOW, "%", "alert")
        shown = w.figure(w.book.get("plan.watch.two_weeks"), "alert", str(_RUNNING), "week")
        periods = make(Amount, Line((shown,)), "proposed", shown.evidence, value=_RUNNING, unit="week")
        called = name(w, each)
        text = w.propose(
            "plan.watch.alert", "alert", metric=called, periods=words_of(periods), threshold=words_of(threshold)
        )
        days = w.figure(w.book.get("plan.watch.two_days"), "alert", "2", "workday")
        found.append(
            AlertRule(
                watches=w.goal(f"{each.pointer}/metric"), text=text, threshold=threshold, periods=periods,
                action=w.propose("plan.watch.alert_action", "alert", days=days),
            )
        )  # fmt: skip
    return tuple(found)


def adjustments(w: Writer) -> tuple[AdjustmentRule, ...]:
    """Return the rules by which the plan may be changed."""
    return tuple(
        AdjustmentRule(
            trigger=w.propose(f"plan.adjust.{key}"), action=w.propose(f"plan.adjust.{key}_action"), decides=head_of(w)
        )
        for key in ("outside", "inside", "met", "alerted")
    )


def retrospective(w: Writer) -> Retrospective:
    """Return the four quadrants with a prompt each, to be answered at the end."""
    keys = ("went_well", "to_improve", "chances", "risks")
    return Retrospective.model_validate({key: (w.propose(f"plan.retro.{key}_prompt", "prompt"),) for key in keys})
