"""Understands a request: what was said for each slot, what is missing, what contradicts.

Knows nothing about how goals are written. Slots are filled only from the person's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant import catalogue
from assistant.drafting import (
    conflicts,
    fitting,
    headcount,
    hearing,
    last_days,
    outcomes,
    own_measure,
    paired,
    slots,
    voice,
    worded,
)
from assistant.drafting.clauses import clauses
from assistant.drafting.outcomes import Suggest, Wish
from assistant.goals import Aim, Brief, Conflict, Direction, Outcome, Slot, Source, Stated

_TEAM_NOUN = re.compile(
    r"(?:团队|團隊|小组|小組|[组組部队隊科室课課处處]|中心|班|team|squad|group|department|desk|unit|crew|office)$", re.I
)
_NAMED_OWNER = re.compile(
    r"(?:负责人|負責人)(?:是|为|為|[:：])?\s*(?P<after>[\u4e00-\u9fff]{2,4}?)(?=[，。；,;]|$)"
    r"|由(?P<by>[\u4e00-\u9fff]{2,8}?)(?:负责|負責)|(?:^|[，。；,;])(?P<before>[\u4e00-\u9fff]{2,3})(?:负责|負責)(?=[，。；,;]|$)"
    r"|\b(?:owner|owned by|led by)[:\s]+(?P<en>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
)
_SUBJECT = re.compile(
    r"(?:我们|我們|咱们|本)?(?P<team>[\u4e00-\u9fffA-Za-z]{1,10}?(?:团队|團隊|小组|小組|组|組|部门|部門|部|中心|科|处|處|班))"
    r"(?=想|要|希望|需要|打算|计划|計劃|今年|明年|准备|準備|得|目前|现在|現在)"
    r"|(?:(?:the|our)\s+)?(?P<team_en>[A-Za-z][A-Za-z &-]{1,30}?\s(?:team|squad|group|department|desk))"
    r"(?=\s(?:wants?|needs?|would|should|has|have|is|must|plans?|hopes?))",
    re.I,
)


def read_sources(aim: Aim) -> tuple[Source, ...]:
    """Read every text once; keys are `aim`, `team`, `org_goal:1`, `improve:1`, `resource:1`, `context:1`."""
    texts = [("aim", aim.text), ("team", aim.team.profile)]
    for key, group in (
        ("org_goal", aim.team.org_goals), ("improve", aim.team.improve),
        ("resource", aim.team.resources), ("context", aim.context),
    ):  # fmt: skip
        texts += [(f"{key}:{number}", text) for number, text in enumerate(group, 1)]
    return tuple(hearing.listen(key, text, aim.today) for key, text in texts if text)


def build(aim: Aim, suggest: Suggest | None = None) -> Brief:
    """Return the brief of a request.

    Args:
        aim: the cleaned request.
        suggest: ranks catalogue metrics by wording for aims that name none; default: the catalogue's own ranking.
    """
    suggest = suggest or catalogue.default().suggest
    given = read_sources(aim)
    sources = tuple(each.model_copy(update={"text": each.heard}) if each.set_aside else each for each in given)
    aim = hearing.heard(aim)
    said = voice.load(aim.language)
    functions = _functions(aim)
    wishes = _wishes(sources, functions, suggest, aim)
    deadlines = last_days.deadlines(sources, aim.today)
    found: list[Conflict] = []
    results = []
    around: list[Stated] = []
    for wish in wishes:
        read = _outcome(wish, wishes, sources, deadlines, said)
        results.append(read.outcome)
        around += read.around
        found += read.conflicts
    found += conflicts.of_deadlines(said, last_days.binding(deadlines, wishes, sources), aim.today)
    values = [part for each in results for part in (each.baseline, each.target, each.deadline) if part] + around
    found += filter(None, [headcount.of_headcount(said, sources), conflicts.of_budget(said, sources, values)])
    owner = _owner(sources)
    stated = [
        *filter(None, [owner]),
        *values,
        *slots.beside(wishes, sources),
        *_whole(given, "org_goal", "org_goal"),
        *_whole(given, "resource", "resources"),
    ]
    missing = _missing(results, stated)
    return Brief(
        language=aim.language,
        sources=given,
        outcomes=tuple(results),
        stated=tuple(stated),
        missing=missing,
        conflicts=tuple(found),
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
                found = own_measure.settle(found, source, functions, suggest)
            else:
                found = [outcomes.area(source, functions, suggest)]
            known = {wish.metric.id for wish in wishes if wish.metric}
            wishes += [wish for wish in found if wish.metric is None or wish.metric.id not in known]
    return wishes


@dataclass(frozen=True, slots=True)
class _Read:
    """One outcome, the steps and former values stated around it, and what contradicts in its figures."""

    outcome: Outcome
    around: list[Stated]
    conflicts: list[Conflict]


def _outcome(
    wish: Wish, wishes: list[Wish], sources: tuple[Source, ...], deadlines: list[Stated], said: voice.Voice
) -> _Read:
    figures = paired.first(slots.figures(wish, wishes, sources), wish.source)
    baselines, targets = figures.baselines, figures.targets
    if not baselines and not targets:
        today, wanted = worded.rates(wish)
        if today and wanted:
            baselines, targets = [today], [wanted]
    if not baselines and (taken := worded.baseline(wish)) is not None:
        baselines = [taken]
    if not targets and (told := worded.target(wish, baselines)) is not None:
        targets = [told]
        deadlines = [
            each for each in deadlines if each.source != told.source or not each.start <= told.start < each.end
        ]
    direction: Direction = wish.direction or (wish.metric.direction if wish.metric else "up")
    if wish.metric is None and not wish.name:
        # A stand-in measures the wish; the person's figures are of something else and stay as facts.
        baselines, targets = [], []
    if wish.metric and wish.metric.direction != "keep" and direction != wish.metric.direction and not targets:
        direction = wish.metric.direction
    if (wish.metric is None or direction == "keep") and baselines and targets:
        before, after = fitting.level(baselines[0]), fitting.level(targets[0])
        if before is not None and after is not None and not targets[0].is_change and before != after:
            direction = "up" if after > before else "down"
    if direction == "keep" and not baselines and not targets:
        direction = "up"
    name = wish.name or (wish.metric.text[said.language].name if wish.metric else "")
    kind = wish.metric.kind if wish.metric else "percent"
    own = [each for each in deadlines if each.source == wish.source.key]
    staged = slots.staged(targets, own, wish.source, direction)
    own = last_days.in_order(own, wish.source) if staged else own
    around = figures.earlier if baselines else []
    if staged:
        around = [*around, *_steps(targets[:-1], own[:-1] if len(own) == len(targets) else [])]
        targets = targets[::-1]
    found = [
        conflicts.of_values(said, "baseline", name, baselines),
        None if staged else conflicts.of_values(said, "target", name, targets),
        conflicts.of_direction(
            said, name, said.verb(kind, direction, "title"), direction,
            baselines[0] if baselines else None, targets[0] if targets else None,
        ),
    ]  # fmt: skip
    last = own[-1] if staged and own else last_days.nearest(own, wish, len(wishes) == 1)
    outcome = Outcome(
        text=wish.clause.text, source=wish.source.key, start=wish.clause.start, end=wish.clause.end,
        metric_id=wish.metric.id if wish.metric else None, metric_name=name, metric_stated=bool(wish.name),
        direction=direction, baseline=baselines[0] if baselines else None, target=targets[0] if targets else None,
        deadline=last or next(iter(deadlines), None),
    )  # fmt: skip
    return _Read(outcome, around, [each for each in found if each])


def _steps(targets: list[Stated], days: list[Stated]) -> list[Stated]:
    """Return the steps on the way to the last target, each with its day behind it where every step has one."""
    return [part for pair in zip(targets, days, strict=True) for part in pair] if days else targets


def _owner(sources: tuple[Source, ...]) -> Stated | None:
    """Return the team or role that the aim or the profile names."""
    for source in sources:
        if source.key in {"aim", "team"} or source.key.startswith("context:"):
            for match in _NAMED_OWNER.finditer(source.text):
                start, end = match.span(next(name for name in ("after", "by", "before", "en") if match[name]))
                return Stated(slot="owner", text=source.text[start:end], source=source.key, start=start, end=end)
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
        Stated(slot=slot, text=source.text[start:end], source=source.key, start=start, end=end)
        for source in sources
        if source.key.startswith(f"{key}:")
        for start, end in source.stretches
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
