"""A year by quarters: where each main measure shall stand at the end of each. Knows nothing about kinds of plans.

Only where both the present value and the target are figures is a way between them worked out, in equal parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from assistant.drafting.offline.schedule import month_end
from assistant.goals.plan import Amount, Quarter, Said
from assistant.plans.labelled import Topic
from assistant.plans.parts.indicators import like
from assistant.plans.parts.measures import mains
from assistant.plans.parts.placed import items
from assistant.plans.writing import Writer

SHOWN = 4
"""Measures that are followed by quarter."""
_TOLD: tuple[Topic, ...] = ("quarter1", "quarter2", "quarter3", "quarter4")


def quarters(w: Writer) -> tuple[Quarter, ...]:
    """Return the quarters of the window with focus, output and targets.

    The focus of a quarter is what the person said of it, else a usual one by its place, at `kind.focus.PLACE`.
    """
    listed = list(_quarters(w.g.span.start, w.g.span.end))
    ways = [_way(w, measure.pointer, measure.result.unit, len(listed)) for measure in list(mains(w))[:SHOWN]]
    found = []
    for at, (first, last) in enumerate(listed):
        place = "last" if at == len(listed) - 1 and at else ("first", "second", "third")[min(at, 2)]
        told = items(w, _TOLD[(last.month - 1) // 3])
        focus = w.propose(f"kind.focus.{place}.text")
        if told:
            focus = told[0]
        found.append(
            Quarter(
                start=w.day(first), end=w.day(last), focus=focus, output=w.propose(f"kind.focus.{place}.made"),
                targets=tuple(w.bare(way[at]) for way in ways),
            )
        )  # fmt: skip
    return tuple(found)


def _quarters(start: date, end: date) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each quarter; a rest of less than a month belongs to the next one."""
    first = start
    while first <= end:
        last = month_end(first.replace(day=1, month=(first.month - 1) // 3 * 3 + 3), 0)
        if (last - first).days < 31:
            last = month_end(last, 3)
        last = min(last, end)
        if 0 < (end - last).days < 31:
            last = end
        yield first, last
        first = date.fromordinal(last.toordinal() + 1)


def _way(w: Writer, pointer: str, unit: str, count: int) -> list[Said]:
    now = w.amount_of_goal(f"{pointer}/baseline", unit, "baseline")
    wanted = w.amount_of_goal(f"{pointer}/target", unit, "target")
    if now.value is None or wanted.value is None or now.unit != wanted.unit:
        last: Said = wanted if wanted else w.blank_amount("target", unit)
        return [*(w.propose("plan.gap.later", "later") for _ in range(count - 1)), last]
    return [*(_point(w, now, wanted, at, count) for at in range(1, count)), wanted.model_copy()]


def _point(w: Writer, now: Amount, wanted: Amount, at: int, count: int) -> Amount:
    first, last = now.value or Decimal(0), wanted.value or Decimal(0)
    places = max(0, *(-int(each.as_tuple().exponent) for each in (first, last)), 1 if abs(last - first) < 10 else 0)
    value = (first + (last - first) * at / count).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).normalize()
    return like(w, wanted, value, f"{now.text} + ({wanted.text} − {now.text}) × {at} ÷ {count}")
