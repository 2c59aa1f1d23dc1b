"""Finds the starting values, targets and last days that a request states, with their places.

Knows nothing about conflicts between them or about goals. A figure belongs to a wish when its metric is named beside
it, or when it stands in the wish's own stretch of text and its unit fits.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from assistant import catalogue
from assistant.drafting import conflicts, outcomes
from assistant.drafting.clauses import Clause, clauses
from assistant.drafting.outcomes import Wish
from assistant.goals import Direction, Metric, Quantity, Slot, Source, Stated, Time

_PRESENT = re.compile(
    r"现在|現在|目前|当前|當前|现值|現值|如今|眼下|上个?月|上個月|上季|去年"
    r"|\b(?:now|currently|today|at present|is|are|was|were|stands at|last)\b",
    re.I,
)
_TODAY = re.compile(
    r"现在|現在|目前|当前|當前|现值|現值|只有|才|已|仅|僅|实际|實際|这个季度|這一季|本季|本月"
    r"|\b(?:now|currently|today|at present)\b",
    re.I,
)
_PAST = re.compile(
    r"去年|前年|上个?季度?|上個?季|上个?月|上個月|\blast (?:year|quarter|month)\b|\bin 20(?:1\d|2[0-5])\b",
    re.I,
)
_ACTUAL = re.compile(r"实际|實際|\bactual(?:ly)?\b", re.I)
_AIM_WORD = re.compile(r"目标|目標|\b(?:target|goal|plan)\b", re.I)
_WHOLE = 100
_REACHED = re.compile(r"[到至达達]\s*$|目标|目標|希望|争取|爭取|\b(?:to|target|goal|reach|hit|aim)\b", re.I)
_REPORTED = re.compile(
    r"(?:是|为|為|在|平均|约|約|有)\s*$"
    r"|\b(?:is|was|are|were|at|costs?(?: us)?|takes?|averages?|runs? at|stands? at|about)\s*$",
    re.I,
)
"""Words right before a figure that report how things are."""
_COMPLAINT = re.compile(r"太|过[高低慢长]|過[高低慢長]|抱怨|反映|只有|才|慢|\b(?:too|only|slow|poor|complain)", re.I)
_SPAN = re.compile(
    r"(?:\d|[一二两三四五六七八九十半]).{0,4}[内內]$|未来|未來|\b(?:within|in|over|next)\b.*\b(?:weeks?|months?|days?|quarters?)",
    re.I,
)
_STEPS = re.compile(r"先|试点|試[点點行]|阶段|階段|分步|逐步|首批|\b(?:first|pilot|then|stage|phase|step)", re.I)
_HOPED = re.compile(
    r"希望|想|要|争取|爭取|之前|以前|[前内內底末]|完成|达到|達到|见效|見效|看到|截止|期限"
    r"|\b(?:by|before|within|until|deadline|due|want|hope|need|end of|over the next)\b",
    re.I,
)
_AIMED = re.compile(r"到|至|达|達|目标|目標|希望|争取|爭取|要|\b(?:to|target|goal|reach|hit|aim)\b", re.I)


def figures(
    wish: Wish, place: int, wishes: list[Wish], sources: tuple[Source, ...]
) -> tuple[list[Stated], list[Stated]]:
    """Return the stated baselines and targets of a wish, in order of place, aim before context."""
    baselines: list[Stated] = []
    targets: list[Stated] = []
    bare: list[Stated] = []
    history: list[Stated] = []
    same_text = [each for each in wishes if each.source is wish.source]
    stretches = outcomes.territory(same_text, len(wish.source.text))
    left, right = stretches[same_text.index(wish)]
    for source in sources:
        at_home = source is wish.source
        if not at_home and not source.key.startswith("context:"):
            continue
        parts = clauses(source.text)
        for quantity in source.facts.quantities:
            clause = next((part for part in parts if part.start <= quantity.start < part.end), None)
            if clause is None:
                continue
            measured = _measured_by(source, clause, quantity, wishes)
            named = measured is not None
            if named and measured != (wish.metric.id if wish.metric else wish.name):
                continue
            if not named:
                if at_home and not left <= quantity.start < right:
                    continue
                if not at_home and (len(wishes) > 1 or not _answers(source)):
                    continue
            past = _PAST.search(clause.text[: quantity.start - clause.start]) is not None
            if past and _AIM_WORD.search(clause.text[: quantity.start - clause.start]):
                continue
            role = "baseline" if past else _role(quantity, source, clause, wish, named)
            if role is None or (wish.metric is not None and not named and not fits(quantity, wish.metric)):
                continue
            moved = quantity.role in {"other", "window"} and _lowers_or_raises(source, clause, quantity)
            stated = Stated(
                slot=role, text=source.text[quantity.start : quantity.end], source=source.key,
                start=quantity.start, end=quantity.end, value=quantity.value, unit=quantity.unit,
                metric_id=wish.metric.id if wish.metric else None,
                is_change=quantity.role == "change" or (role == "target" and moved),
            )  # fmt: skip
            before = clause.text[: quantity.start - clause.start]
            reported = _REPORTED.search(before) or _COMPLAINT.search(clause.text)
            if past:
                history.append(stated)
            elif role == "baseline":
                baselines.append(stated)
            elif quantity.role == "change" or outcomes.ASKED.search(before):
                targets.append(stated)
            elif quantity.role == "target" and reported:
                baselines.append(stated.model_copy(update={"slot": "baseline"}))
            else:
                bare.append(stated)
    baselines = baselines or history[-1:]
    if not baselines and not targets and bare and _wished_elsewhere(wish, bare[0]):
        return [each.model_copy(update={"slot": "baseline"}) for each in bare], []
    if not baselines and targets and bare:
        return [each.model_copy(update={"slot": "baseline"}) for each in bare], targets
    return baselines, [*targets, *bare]


def _wished_elsewhere(wish: Wish, figure: Stated) -> bool:
    """Whether the change is wished for in another clause than the one that holds the figure: 缺货率6.8%，要降下来."""
    if figure.source != wish.source.key:
        return False
    moving = [action for action in wish.source.facts.actions if action.direction in {"up", "down"}]
    own = next((part for part in clauses(wish.source.text) if part.start <= figure.start < part.end), None)
    inside = [action for action in moving if own and own.start <= action.start < own.end]
    return bool(moving) and not inside


def _measured_by(source: Source, clause: Clause, quantity: Quantity, wishes: list[Wish]) -> str | None:
    """Return the catalogue id or own measure named nearest before the quantity in its clause, else after it."""
    lookup = catalogue.default()
    named = [(clause.start + hit.start, hit.metrics[0]) for hit in lookup.named(clause.text) if hit.kind == "name"]
    for wish in wishes:
        if wish.metric is None and wish.name and wish.source is source and wish.name in clause.text:
            named.append((clause.start + clause.text.index(wish.name), wish.name))
    before = [(start, key) for start, key in named if start <= quantity.start]
    if before:
        return max(before)[1]
    return min(named)[1] if named else None


def _answers(source: Source) -> bool:
    """Whether a context text is short enough to be an answer to a question rather than a report."""
    return len(source.text) <= 60 and len(source.facts.quantities) <= 2


def _role(quantity: Quantity, source: Source, clause: Clause, wish: Wish, named: bool) -> Slot | None:
    before = clause.text[: quantity.start - clause.start]
    if _ACTUAL.search(before):
        return "baseline"
    if quantity.role == "baseline" or (quantity.role == "target" and _tells_today(before)):
        return "baseline"
    if quantity.role == "target" and not source.key.startswith("aim") and not _AIMED.search(before):
        return "baseline"
    if quantity.role in {"target", "change"}:
        return "target"
    if quantity.role in {"other", "window"} and _TODAY.search(clause.text) and not _REACHED.search(before):
        return "baseline"
    if quantity.role in {"other", "window"} and not outcomes.ASKED.search(before):
        if _REPORTED.search(before) or _COMPLAINT.search(clause.text):
            return "baseline"
        if quantity.unit in {"%", "x"} and _lowers_or_raises(source, clause, quantity):
            return "target"
        dated = any(clause.start <= time.start < clause.end for time in source.facts.times if time.kind == "deadline")
        if source is wish.source and dated and quantity.unit == "%":
            return "target"
    if quantity.role in {"other", "window"} and (named or source.key.startswith(("context:", "improve:"))):
        if _PRESENT.search(clause.text) and not _AIMED.search(before):
            return "baseline"
        if named and wish.source is not source:
            return "baseline"
        if source.key.startswith("improve:") and not _REACHED.search(before):
            return "baseline"
    return None


def _lowers_or_raises(source: Source, clause: Clause, quantity: Quantity) -> bool:
    """Whether a change verb stands before the figure in its clause with no "to" between: 减少投诉30%."""
    return any(
        action.direction in {"up", "down"} and clause.start <= action.start < quantity.start
        for action in source.facts.actions
    )


def _tells_today(before: str) -> bool:
    """Whether the words before a figure say how things are, with nothing aimed at in between."""
    match = _TODAY.search(before)
    return match is not None and not _REACHED.search(before[match.end() :])


def fits(quantity: Quantity, metric: Metric) -> bool:
    """Whether a quantity's unit can belong to a metric that it was not named beside."""
    unit = quantity.unit
    if metric.kind == "percent":
        value = decimal(quantity.value)
        return unit in {"%", "pp", "x"} or (unit == "" and value is not None and value <= _WHOLE)
    if metric.kind == "duration":
        return unit in {"ms", "s", "min", "h", "day", "workday", "week", "month", "year", "%", "x"}
    if unit in {"%", "pp"}:
        return quantity.role in {"change", "other"} or metric.kind in {"score", "ratio"}
    return unit not in {"人", "名", "位", "people"} or metric.unit in {"人", "people", "person"}


def staged(targets: list[Stated], deadlines: list[Stated], direction: Direction) -> bool:
    """Whether several targets are steps on one way: each further on and each with a day of its own."""
    values = [decimal(each.value) for each in targets]
    days = {each.value for each in deadlines}
    if len(values) < 2 or len(days) < len(values) or len({each.unit for each in targets}) > 1:
        return False
    known = [value for value in values if value is not None]
    return len(known) == len(values) and known == sorted(known, reverse=direction == "down")


def deadlines(sources: tuple[Source, ...], today: date) -> list[Stated]:
    """Return the stated last days, the aim's first."""
    found = []
    for source in sources:
        if source.key.split(":")[0] not in {"aim", "context", "improve"}:
            continue
        for time in source.facts.times:
            last = time.resolved[1] or time.resolved[0]
            over = last is not None and last < today and time.kind != "deadline"
            if time.kind in {"deadline", "window"} and last is not None and not over and _binds(source, time):
                found.append(
                    Stated(
                        slot="deadline", text=source.text[time.start : time.end], source=source.key,
                        start=time.start, end=time.end, value=last.isoformat(),
                    )
                )  # fmt: skip
    return found


def _binds(source: Source, time: Time) -> bool:
    """Whether a date sets the goal's end: in a report or a list of limits only where something is hoped for by then."""
    if not source.key.startswith("context:") or _answers(source):
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


def binding(deadlines: list[Stated], wishes: list[Wish], sources: tuple[Source, ...]) -> list[Stated]:
    """Return the deadlines that bind the same thing.

    Within one text several dates are steps, or belong to several wishes, unless a span (within three months) stands
    against a day; dates from different texts speak of the same end.
    """
    firsts: list[Stated] = []
    for source in sources:
        own = [each for each in deadlines if each.source == source.key]
        if not own:
            continue
        last = max(own, key=lambda each: each.value or "")
        spans = [each for each in own if _SPAN.search(each.text)]
        if len(wishes) == 1 and spans and len(own) > len(spans) and not _STEPS.search(source.text):
            firsts += [spans[0], next(each for each in own if each not in spans)]
        else:
            firsts.append(last)
    return firsts[:1] if len(wishes) > 1 else firsts


def decimal(text: str | None) -> Decimal | None:
    """Return a stated value as a number; None for ranges, ratios and nothing."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
