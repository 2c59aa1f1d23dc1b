"""Finds the last days that a request states, with their places, and those that bind the same thing.

Knows nothing about figures or about goals.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.drafting import conflicts, slots
from assistant.drafting.clauses import clauses
from assistant.drafting.outcomes import Wish
from assistant.drafting.spots import past_labels
from assistant.goals import Quantity, Source, Stated, Time
from assistant.language.calendar import add_months

_SPAN = re.compile(
    r"(?:\d|[一二两三四五六七八九十半]).{0,4}[内內]$|未来|未來|\b(?:within|in|over|next)\b.*\b(?:weeks?|months?|days?|quarters?)",
    re.I,
)
_STEPS = re.compile(r"先|试点|試[点點行]|阶段|階段|分步|逐步|首批|\b(?:first|pilot|then|stage|phase|step)", re.I)
_SAYS = re.compile(
    r"[说說讲講写寫]|要求|要(?=\s*(?:在|于)?\s*\d)|(?:定|给|給|批|标|標)的?是|改口|\b(?:says?|said|wants?|told|wrote|reads?|states?|gave|gives?|puts?)\b",
    re.I,
)
"""In the clause of a day: somebody has said it."""
_AGAINST = re.compile(
    r"[却卻又]|^可(?![以能行用])|但|可是|而(?!且)|不过|不過|反而"
    r"|\b(?:but|though|although|whereas|while|yet|however|then again)\b",
    re.I,
)
"""In the clause of a later day: it is set against one said before."""
_HOPED = re.compile(
    r"希望|想|要|争取|爭取|之前|以前|[前内內底末]|完成|达到|達到|见效|見效|看到|截止|期限"
    r"|\b(?:by|before|within|until|deadline|due|want|hope|need|end of|over the next)\b",
    re.I,
)


_BY = re.compile(r"^(?:by|before|until|no later than)\b|[底末]?(?:之前|以前|前)$", re.I)
_HAD = re.compile(r"[了过過]|已|曾|\b(?:had|was|were|did|got|have|has|already)\b", re.I)
_ASKS = re.compile(
    r"要|得|须|須|必须|必須|争取|爭取|\b(?:must|should|need|want|get|finish|complete|deliver|launch)\b", re.I
)
_DAYS = {"day": 1, "week": 7, "month": 30}
_TO_GO = re.compile(r"\s+(?:to go|left|from now|away)\b", re.I)
_STILL = re.compile(
    r"(?:(?:还有|還有|还剩|還剩|只剩|剩下)|(?:期限|时限|時限|限期|为期|為期|周期定|工期)(?:是|为|為|就|定)?[:：]?)\s*$"
)
"""Beside a span of time: it counts down to a last day."""


def deadlines(sources: tuple[Source, ...], today: date) -> list[Stated]:
    """Return the stated last days, the aim's first."""
    found = []
    for source in sources:
        if source.key.split(":")[0] not in {"aim", "context", "improve"}:
            continue
        reported = past_labels(source)
        for time in source.facts.times:
            if time.start in reported:
                continue
            last = time.resolved[1] or time.resolved[0]
            over = last is not None and last < today and time.kind != "deadline"
            if time.kind == "past" and source.key == "aim" and last is not None and _ends_then(source, time):
                found.append(
                    Stated(
                        slot="deadline", text=source.text[time.start : time.end], source=source.key,
                        start=time.start, end=time.end, value=last.isoformat(),
                    )
                )  # fmt: skip
            if time.kind in {"deadline", "window"} and last is not None and not over and _binds(source, time):
                found.append(
                    Stated(
                        slot="deadline", text=source.text[time.start : time.end], source=source.key,
                        start=time.start, end=time.end, value=last.isoformat(),
                    )
                )  # fmt: skip
        if source.key == "aim":
            for quantity in source.facts.quantities:
                if (last := left(source, quantity)) is not None:
                    found.append(
                        Stated(
                            slot="deadline", text=source.text[quantity.start : quantity.end], source=source.key,
                            start=quantity.start, end=quantity.end, value=last.isoformat(),
                        )
                    )  # fmt: skip
    return found


def _ends_then(source: Source, time: Time) -> bool:
    """Whether words for a past time set a last day: 上个月底之前要降到45天, get it down by the end of last month."""
    if not _BY.search(source.text[time.start : time.end]):
        return False
    clause = next((part for part in clauses(source.text) if part.start <= time.start < part.end), None)
    if clause is None or _HAD.search(clause.text):
        return False
    wanted = any(each.role == "target" and clause.start <= each.start < clause.end for each in source.facts.quantities)
    return wanted or bool(_HOPED.search(clause.text) and _ASKS.search(clause.text))


def left(source: Source, quantity: Quantity) -> date | None:
    """Return the day that a span counts down to: 8 weeks to go, 还有6周, 期限三个月."""
    if quantity.unit not in _DAYS or not quantity.value.isdecimal():
        return None
    if not (_TO_GO.match(source.text, quantity.end) or _STILL.search(source.text, 0, quantity.start)):
        return None
    if quantity.unit == "month":
        return add_months(source.facts.today, int(quantity.value))
    return source.facts.today + timedelta(days=int(quantity.value) * _DAYS[quantity.unit])


def _binds(source: Source, time: Time) -> bool:
    """Whether a date sets the goal's end: in a report or a list of limits only where something is hoped for by then."""
    if not source.key.startswith("context:") or (slots.answers(source) and not source.facts.quantities):
        return True
    clause = next((part for part in clauses(source.text) if part.start <= time.start < part.end), None)
    if clause is None:
        return False
    around = clause.text[: time.end - clause.start + 1]
    return _HOPED.search(around) is not None and not conflicts.REFUSED.search(clause.text)


def nearest(stated: list[Stated], wish: Wish, sole: bool) -> Stated | None:
    """Return the day that ends a wish: the first after it, for a sole wish the last of several steps."""
    after = [each for each in stated if each.start >= wish.clause.start]
    if len({each.value for each in after}) > 1 and not any(_SPAN.search(each.text) for each in after):
        return max(after, key=lambda each: each.value or "") if sole else after[0]
    return next(iter(after), None) or (stated[-1] if stated else None)


def in_order(stated: list[Stated], source: Source) -> list[Stated]:
    """Return the days of steps, each after the one before it: 6月底, 12月底 are of one year where none is named."""
    found: list[Stated] = []
    certain = {time.start for time in source.facts.times if time.certainty != "inferred"}
    for each in stated:
        day = date.fromisoformat(each.value) if each.value else None
        if day and found and each.start not in certain and (found[-1].value or "") > (each.value or ""):
            later = add_months(day, 12)
            each = each.model_copy(update={"value": later.isoformat()}) if later else each
        found.append(each)
    return found


def binding(deadlines: list[Stated], wishes: list[Wish], sources: tuple[Source, ...]) -> list[Stated]:
    """Return the deadlines that bind the same thing.

    Within one text several dates are steps, or belong to several wishes, unless a span (within three months) stands
    against a day or two were said against each other; dates from different texts speak of the same end.
    """
    firsts: list[Stated] = []
    for source in sources:
        own = [each for each in deadlines if each.source == source.key]
        if not own:
            continue
        last = max(own, key=lambda each: each.value or "")
        spans = [each for each in own if _SPAN.search(each.text)]
        if len(wishes) == 1 and len(said := _said(own, source)) > 1:
            firsts += said
        elif len(wishes) == 1 and spans and len(own) > len(spans) and not _STEPS.search(source.text):
            firsts += [spans[0], next(each for each in own if each not in spans)]
        else:
            firsts.append(last)
    return firsts[:1] if len(wishes) > 1 else firsts


def _said(stated: list[Stated], source: Source) -> list[Stated]:
    """Return the days that were said for one finish by two who do not agree: 会上说6月底，邮件里又写9月底."""
    found: list[Stated] = []
    parts = clauses(source.text)
    for each in stated:
        clause = next((part for part in parts if part.start <= each.start < part.end), None)
        if clause is None or not _SAYS.search(clause.text) or _STEPS.search(clause.text):
            continue
        if found and not (_AGAINST.search(clause.text) or source.text[found[-1].end : clause.start].count("；")):
            continue
        found.append(each)
    return found if len({each.value for each in found}) > 1 else []
