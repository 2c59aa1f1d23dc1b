"""How a plan is kept alive: reviews with their days, alerts, rules for changing it, the closing retrospective.

Knows nothing about kinds of plans.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.drafting.lines import Line, joined
from assistant.goals.plan import AdjustmentRule, AlertRule, Checkpoint, Retrospective, Said, Watch
from assistant.goals.plan.said import Amount
from assistant.plans import windows
from assistant.plans.parts.duties import head_of
from assistant.plans.parts.measures import measures, name, owner
from assistant.plans.writing import Writer, make, words_of

_BELOW = Decimal(80)
_RUNNING = Decimal(2)
_NAMED = 4
"""Measures that a sentence names before it says "and others"."""


def watch(w: Writer) -> Watch:
    """Return weekly figures, monthly reviews, a close, alerts for what is read often, and rules for changes."""
    return Watch(checkpoints=checkpoints(w), alerts=alerts(w), adjustments=adjustments(w))


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
