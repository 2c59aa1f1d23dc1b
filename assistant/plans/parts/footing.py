"""Where a plan stands: what the organisation wants, where the measures are, what means there are, what is balanced.

Knows nothing about work or reviews.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.catalogue.balance import area_of_metric, area_of_words
from assistant.drafting.lines import quoted
from assistant.goals import Stated
from assistant.goals.plan import Alignment, BalanceArea, BalanceCell, Resource, Said, StatusRow
from assistant.plans.parts.indicators import like
from assistant.plans.parts.measures import Measure, mains, measures, overlap
from assistant.plans.writing import Writer, make, words_of

MEANS = ("people", "money", "tools", "windows", "other")
AREAS: tuple[BalanceArea, ...] = ("growth", "efficiency", "risk", "team")


def alignment(w: Writer) -> tuple[Alignment, ...]:
    """Return for each goal the organisation's goal that it serves, and the part that the team plays."""
    found = []
    for measure in mains(w):
        near = wanted_for(w, measure)
        area = area_of(measure) or "efficiency"
        found.append(
            Alignment(
                wanted=_quoted(w, near) if near else w.blank("org_goal"),
                part=w.propose(f"plan.place.{area}", "kind"),
                goal=measure.goal.id,
            )
        )
    return tuple(found)


def wanted_for(w: Writer, measure: Measure) -> Stated | None:
    """Return the organisation's goal that a goal serves: the one it names, else the first; None where none is told."""
    wanted = [each for each in w.g.brief.stated if each.slot == "org_goal"]
    text = f"{measure.goal.title} {measure.result.metric} {measure.goal.relevant}"
    near = next((each for each in wanted if each.text in text or overlap(each.text, text)), None)
    return near or (wanted[0] if wanted else None)


def area_of(measure: Measure) -> BalanceArea | None:
    """Return the area of a goal by its metric, else by its words."""
    by_metric = area_of_metric(measure.result.metric_id) if measure.result.metric_id else None
    return by_metric or area_of_words(f"{measure.goal.title} {measure.goal.statement}")


def _quoted(w: Writer, stated: Stated) -> Said:
    source = next(each for each in w.g.brief.sources if each.key == stated.source)
    return w.stated(quoted(source, stated.start, stated.end), source.key)


def status(w: Writer) -> tuple[StatusRow, ...]:
    """Return for each result where it stands, where it shall be, and the gap where both are figures."""
    found = []
    for each in measures(w):
        now = w.amount_of_goal(f"{each.pointer}/baseline", each.result.unit, "baseline")
        wanted = w.amount_of_goal(f"{each.pointer}/target", each.result.unit, "target")
        gap: Said
        if now.value is not None and wanted.value is not None and now.unit == wanted.unit:
            distance = abs(wanted.value - now.value)
            formula = f"{wanted.text} − {now.text}" if wanted.value >= now.value else f"{now.text} − {wanted.text}"
            tentative = "proposed" in {now.origin, wanted.origin}
            unit = now.unit
            if unit == "%":
                amount = w.worked_out_points(distance, formula, tentative=tentative)
            else:
                amount = like(w, wanted, distance, formula, tentative=tentative)
            words = w.line("plan.gap.computed", gap=words_of(amount))
            gap = make(Said, words if distance else w.line("plan.gap.reached"), "computed", amount.evidence)
        else:
            gap = w.propose("plan.gap.later", "later")
        found.append(
            StatusRow(
                measure=w.goal(f"{each.pointer}/metric"), now=now, wanted=wanted, gap=gap,
                source=w.goal(f"{each.pointer}/data_source"),
            )
        )  # fmt: skip
    return tuple(found)


def resources(w: Writer, kinds: Sequence[str] = MEANS) -> tuple[Resource, ...]:
    """Return means as they were told, each kind with a blank where nothing was.

    Args:
        w: the writer.
        kinds: of `people`, `money`, `tools`, `windows`, `other`, those that are asked for here.
    """
    found = []
    for kind in kinds:
        told = [each for each in w.g.given.means if each.kind == kind]
        for each in told:
            found.append(
                Resource(
                    kind=w.propose(f"plan.kinds.{kind}", "kind"),
                    given=w.blank(kind) if each.limits and kind != "other" else w.stated(each.words, each.source),
                    limit=w.stated(each.words, each.source)
                    if each.limits and kind != "other"
                    else w.blank("people" if kind == "other" else kind),
                )
            )
        if not told and kind != "other":
            found.append(
                Resource(kind=w.propose(f"plan.kinds.{kind}", "kind"), given=w.blank(kind), limit=w.blank(kind))
            )
    return tuple(found)


def balance(w: Writer) -> tuple[BalanceCell, ...]:
    """Return the four areas with the goals that stand in each."""
    placed: dict[BalanceArea, list[tuple[str, Said]]] = {area: [] for area in AREAS}
    for index, measure in enumerate(mains(w)):
        placed[area_of(measure) or "efficiency"].append((measure.goal.id, w.goal(f"/goals/{index}/title")))
    return tuple(
        BalanceCell(area=area, goals=tuple(id for id, _ in goals), text=tuple(text for _, text in goals))
        for area, goals in placed.items()
    )
