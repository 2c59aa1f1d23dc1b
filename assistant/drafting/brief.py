"""Understands a request: what was said for each slot, what is missing, what contradicts.

Knows nothing about how goals are written. Slots are filled only from the person's own words.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from assistant import catalogue, language
from assistant.drafting import conflicts, outcomes, voice
from assistant.drafting.clauses import Clause, clauses
from assistant.drafting.outcomes import Suggest, Wish
from assistant.goals import Aim, Brief, Conflict, Direction, Metric, Outcome, Quantity, Slot, Source, Stated, Time

_TEAM_NOUN = re.compile(
    r"(?:团队|團隊|小组|小組|[组組部队隊科室课課处處]|中心|班|team|squad|group|department|desk|unit|crew|office)$", re.I
)
_SUBJECT = re.compile(
    r"(?:我们|我們|咱们|本)?(?P<team>[\u4e00-\u9fffA-Za-z]{1,10}?(?:团队|團隊|小组|小組|组|組|部门|部門|部|中心|科|处|處|班))"
    r"(?=想|要|希望|需要|打算|计划|計劃|今年|明年|准备|準備|得|目前|现在|現在)"
    r"|(?:(?:the|our)\s+)?(?P<team_en>[A-Za-z][A-Za-z &-]{1,30}?\s(?:team|squad|group|department|desk))"
    r"(?=\s(?:wants?|needs?|would|should|has|have|is|must|plans?|hopes?))",
    re.I,
)
_PRESENT = re.compile(
    r"现在|現在|目前|当前|當前|现值|現值|如今|眼下|上个?月|上個月|上季|去年"
    r"|\b(?:now|currently|today|at present|is|are|was|were|stands at|last)\b",
    re.I,
)
_TODAY = re.compile(r"现在|現在|目前|当前|當前|现值|現值|只有|才|已|仅|僅|\b(?:now|currently|today|at present)\b", re.I)
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


def read_sources(aim: Aim) -> tuple[Source, ...]:
    """Read every text once; keys are `aim`, `team`, `org_goal:1`, `improve:1`, `resource:1`, `context:1`."""
    texts = [("aim", aim.text), ("team", aim.team.profile)]
    for key, group in (
        ("org_goal", aim.team.org_goals), ("improve", aim.team.improve),
        ("resource", aim.team.resources), ("context", aim.context),
    ):  # fmt: skip
        texts += [(f"{key}:{number}", text) for number, text in enumerate(group, 1)]
    return tuple(Source(key=key, text=text, facts=language.read(text, aim.today)) for key, text in texts if text)


def build(aim: Aim, suggest: Suggest | None = None) -> Brief:
    """Return the brief of a request.

    Args:
        aim: the cleaned request.
        suggest: ranks catalogue metrics by wording for aims that name none; default: the catalogue's own ranking.
    """
    suggest = suggest or catalogue.default().suggest
    sources = read_sources(aim)
    said = voice.load(aim.language)
    functions = _functions(aim)
    wishes = _wishes(sources, functions, suggest, aim)
    deadlines = _deadlines(sources, aim.today)
    found: list[Conflict] = []
    results = []
    for place, wish in enumerate(wishes):
        result, clash = _outcome(wish, place, wishes, sources, deadlines, said)
        results.append(result)
        found += clash
    found += conflicts.of_deadlines(said, _binding(deadlines, wishes, sources), aim.today)
    headcount = conflicts.of_headcount(said, sources)
    owner = _owner(sources)
    stated = [
        *filter(None, [owner]),
        *(part for each in results for part in (each.baseline, each.target, each.deadline) if part),
        *_whole(sources, "org_goal", "org_goal"),
        *_whole(sources, "resource", "resources"),
    ]
    missing = _missing(results, stated)
    return Brief(
        language=aim.language,
        sources=sources,
        outcomes=tuple(results),
        stated=tuple(stated),
        missing=missing,
        conflicts=(*found, *filter(None, [headcount])),
        functions=functions,
    )


def _functions(aim: Aim) -> tuple[str, ...]:
    lookup = catalogue.default()
    profile = lookup.functions(aim.team.profile)
    everything = lookup.functions(" ".join((aim.text, *aim.team.improve, *aim.context, *aim.team.org_goals)))
    return tuple(dict.fromkeys((*profile, *everything)))[:4]


def _wishes(sources: tuple[Source, ...], functions: tuple[str, ...], suggest: Suggest, aim: Aim) -> list[Wish]:
    """Return the wishes of the aim, else one an area to improve."""
    wishes: list[Wish] = []
    for source in sources:
        if source.key == "aim" or (source.key.startswith("improve:") and not aim.text):
            if source.key == "aim":
                found = outcomes.find(source, functions, suggest, aim.language)
            else:
                found = [outcomes.area(source, functions, suggest)]
            known = {wish.metric.id for wish in wishes if wish.metric}
            wishes += [wish for wish in found if wish.metric is None or wish.metric.id not in known]
    return wishes


def _outcome(
    wish: Wish, place: int, wishes: list[Wish], sources: tuple[Source, ...], deadlines: list[Stated], said: voice.Voice
) -> tuple[Outcome, list[Conflict]]:
    """Return one outcome with the figures that belong to it, and what contradicts in them."""
    baselines, targets = _figures(wish, place, wishes, sources)
    direction: Direction = wish.direction or (wish.metric.direction if wish.metric else "up")
    if wish.metric is None:
        # A stand-in measures the wish; the person's figures are of something else and stay as facts.
        baselines, targets = [], []
    if wish.metric and wish.metric.direction != "keep" and direction != wish.metric.direction and not targets:
        direction = wish.metric.direction
    if direction == "keep" and not baselines and not targets:
        direction = "up"
    name = wish.name or (wish.metric.text[said.language].name if wish.metric else "")
    kind = wish.metric.kind if wish.metric else "percent"
    own = [each for each in deadlines if each.source == wish.source.key]
    staged = _staged(targets, own, direction)
    if staged:
        targets = targets[::-1]
    found = [
        conflicts.of_values(said, "baseline", name, baselines),
        None if staged else conflicts.of_values(said, "target", name, targets),
        conflicts.of_direction(
            said, name, said.verb(kind, direction, "title"), direction,
            baselines[0] if baselines else None, targets[0] if targets else None,
        ),
    ]  # fmt: skip
    deadline = (own[-1] if staged else _nearest(own, wish, len(wishes) == 1)) or next(iter(deadlines), None)
    outcome = Outcome(
        text=wish.clause.text, source=wish.source.key, start=wish.clause.start, end=wish.clause.end,
        metric_id=wish.metric.id if wish.metric else None, metric_name=name, metric_stated=bool(wish.name),
        direction=direction, baseline=baselines[0] if baselines else None, target=targets[0] if targets else None,
        deadline=deadline,
    )  # fmt: skip
    return outcome, [each for each in found if each]


def _staged(targets: list[Stated], deadlines: list[Stated], direction: Direction) -> bool:
    """Whether several targets are steps on one way: each further on and each with a day of its own."""
    values = [decimal(each.value) for each in targets]
    days = {each.value for each in deadlines}
    if len(values) < 2 or len(days) < len(values) or len({each.unit for each in targets}) > 1:
        return False
    known = [value for value in values if value is not None]
    return len(known) == len(values) and known == sorted(known, reverse=direction == "down")


def _figures(
    wish: Wish, place: int, wishes: list[Wish], sources: tuple[Source, ...]
) -> tuple[list[Stated], list[Stated]]:
    """Return the stated baselines and targets of a wish, in order of place, aim before context."""
    baselines: list[Stated] = []
    targets: list[Stated] = []
    bare: list[Stated] = []
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
            metric = _metric_of(source, clause, quantity)
            if metric is not None and (wish.metric is None or metric.id != wish.metric.id):
                continue
            if metric is None:
                if at_home and not left <= quantity.start < right:
                    continue
                if not at_home and (len(wishes) > 1 or not _answers(source)):
                    continue
            role = _role(quantity, source, clause, wish, metric is not None)
            if role is None or not _fits(quantity, wish.metric, metric is not None):
                continue
            stated = Stated(
                slot=role, text=source.text[quantity.start : quantity.end], source=source.key,
                start=quantity.start, end=quantity.end, value=quantity.value, unit=quantity.unit,
                metric_id=wish.metric.id if wish.metric else None, is_change=quantity.role == "change",
            )  # fmt: skip
            if role == "baseline":
                baselines.append(stated)
            elif quantity.role == "change" or outcomes.ASKED.search(clause.text[: quantity.start - clause.start]):
                targets.append(stated)
            elif quantity.role == "target" and _REPORTED.search(clause.text[: quantity.start - clause.start]):
                baselines.append(stated.model_copy(update={"slot": "baseline"}))
            elif quantity.role == "target" and _COMPLAINT.search(clause.text):
                baselines.append(stated.model_copy(update={"slot": "baseline"}))
            else:
                bare.append(stated)
    if not baselines and targets and bare:
        return [each.model_copy(update={"slot": "baseline"}) for each in bare], targets
    return baselines, [*targets, *bare]


def _metric_of(source: Source, clause: Clause, quantity: Quantity) -> Metric | None:
    """Return the catalogue metric named nearest before the quantity in its clause, else after it."""
    lookup = catalogue.default()
    hits = [hit for hit in lookup.named(clause.text) if hit.kind == "name"]
    before = [hit for hit in hits if clause.start + hit.start <= quantity.start]
    chosen = before[-1] if before else (hits[0] if hits else None)
    return lookup.catalogue.metrics[chosen.metrics[0]] if chosen else None


def _answers(source: Source) -> bool:
    """Whether a context text is short enough to be an answer to a question rather than a report."""
    return len(source.text) <= 60 and len(source.facts.quantities) <= 2


def _role(quantity: Quantity, source: Source, clause: Clause, wish: Wish, named: bool) -> Slot | None:
    before = clause.text[: quantity.start - clause.start]
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


def _tells_today(before: str) -> bool:
    """Whether the words before a figure say how things are, with nothing aimed at in between."""
    match = _TODAY.search(before)
    return match is not None and not _REACHED.search(before[match.end() :])


def _fits(quantity: Quantity, metric: Metric | None, named: bool) -> bool:
    """Whether a quantity's unit can belong to the metric; head counts and money do not measure a percentage."""
    if metric is None or named:
        return True
    if metric.kind == "percent":
        return quantity.unit in {"%", "pp", "x", ""}
    if metric.kind == "duration":
        return quantity.unit in {"ms", "s", "min", "h", "day", "workday", "week", "month", "year", "%", "x"}
    return quantity.unit not in {"人", "名", "位", "people"} or metric.unit in {"人", "people", "person"}


def _deadlines(sources: tuple[Source, ...], today: date) -> list[Stated]:
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


def _nearest(stated: list[Stated], wish: Wish, sole: bool) -> Stated | None:
    """Return the day that ends a wish: the first after it, for a sole wish the last of several steps."""
    after = [each for each in stated if each.start >= wish.clause.start]
    if len({each.value for each in after}) > 1 and not any(_SPAN.search(each.text) for each in after):
        return max(after, key=lambda each: each.value or "") if sole else after[0]
    return next(iter(after), None) or (stated[-1] if stated else None)


def _binding(deadlines: list[Stated], wishes: list[Wish], sources: tuple[Source, ...]) -> list[Stated]:
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


def _owner(sources: tuple[Source, ...]) -> Stated | None:
    """Return the team or role that the aim or the profile names."""
    for source in sources:
        if source.key == "team":
            first = next(iter(clauses(source.text)), None)
            if first and len(first.text) <= 40 and _TEAM_NOUN.search(first.text):
                return Stated(slot="owner", text=first.text, source="team", start=first.start, end=first.end)
    for source in sources:
        if source.key == "aim" and (subject := _SUBJECT.match(source.text)):
            start, end = subject.span("team" if subject["team"] else "team_en")
            return Stated(slot="owner", text=source.text[start:end], source="aim", start=start, end=end)
    for source in sources:
        if source.key in {"aim", "team"} or source.key.startswith("context:"):
            for owner in source.facts.owners:
                if not owner.vague:
                    text = source.text[owner.start : owner.end]
                    return Stated(slot="owner", text=text, source=source.key, start=owner.start, end=owner.end)
    return None


def _whole(sources: tuple[Source, ...], key: str, slot: Slot) -> list[Stated]:
    return [
        Stated(slot=slot, text=source.text, source=source.key, start=0, end=len(source.text))
        for source in sources
        if source.key.startswith(f"{key}:")
    ]


def _missing(results: list[Outcome], stated: list[Stated]) -> tuple[Slot, ...]:
    given = {each.slot for each in stated}
    missing: list[Slot] = []
    if not results:
        missing.append("outcome")
    if any(each.metric_id is None for each in results):
        missing.append("metric")
    if any(each.baseline is None for each in results):
        missing.append("baseline")
    if any(each.target is None for each in results):
        missing.append("target")
    if any(each.deadline is None for each in results):
        missing.append("deadline")
    missing += [slot for slot in ("org_goal", "resources", "owner") if slot not in given]
    return tuple(missing)


def decimal(text: str | None) -> Decimal | None:
    """Return a stated value as a number; None for ranges, ratios and nothing."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
