"""Decides which of the person's words go into which goal, verbatim. Knows nothing about sentences around them.

Every clause that holds a figure or date which no slot has taken finds a place in the goal it bears on; so do the
team's profile, its resources and the organisation's goals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant import catalogue
from assistant.drafting import in_words
from assistant.drafting.clauses import Clause, clauses, sentences
from assistant.drafting.lines import Line, quoted

if TYPE_CHECKING:
    from assistant.goals import Brief, Metric, Outcome, Source, Stated

_MEANS = re.compile(
    r"人|名|编制|編制|预算|預算|经费|經費|万元|萬元|工具|(?:系统|系統|平台)(?![说說显顯])|软件|軟體|加班|采购|採購|招聘|外包|培训|班次|排班|工时|工時"
    r"|\b(?:people|staff|budget|hire|hiring|headcount|tool|system|software|overtime|agents?|engineers?|hours|licen[cs]e)"
    r"|[$£€¥]",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Material:
    """What the person said that belongs to one goal.

    Attributes:
        facts: verbatim words for "specific".
        team: verbatim words for "achievable".
        means: verbatim words for "achievable".
        org_goals: verbatim words for "relevant".
        steps: values on the way to the target, each with its day where one was told.
        earlier: values of former periods.
        beside: today's values of other metrics, named beside the goal's own.
    """

    facts: list[Line] = field(default_factory=list)
    team: list[Line] = field(default_factory=list)
    means: list[Line] = field(default_factory=list)
    org_goals: list[Line] = field(default_factory=list)
    steps: list[tuple[Stated, Stated | None]] = field(default_factory=list)
    earlier: list[Stated] = field(default_factory=list)
    beside: list[Stated] = field(default_factory=list)


def allocate(brief: Brief, outcomes: list[Outcome], metrics: list[Metric]) -> list[Material]:
    """Return the material of each outcome; each piece goes to the outcome whose metric its words are nearest to.

    Args:
        brief: what was understood.
        outcomes: the outcomes that become goals, in order.
        metrics: their metrics, in the same order.
    """
    shares = [Material() for _ in outcomes]
    if not outcomes:
        return shares
    taken = _taken(outcomes)
    for source in brief.sources:
        group = source.key.split(":")[0]
        if group == "team":
            for share in shares[:1] if len(shares) > 2 else shares:
                share.team += _all_of(source)
        elif group == "resource":
            _nearest(source.heard, metrics, shares).means += _all_of(source)
        elif group in {"org_goal", "document", "edit"}:
            continue
        else:
            for start, end in _loose(source, taken):
                text = source.heard[start:end]
                share = _nearest(text, metrics, shares, _home(source, start, outcomes))
                (share.means if _MEANS.search(text) else share.facts).append(_trimmed(source, start, end))
    _share_figures(brief, outcomes, shares)
    _share_goals(brief, metrics, shares)
    _share_means(brief, metrics, shares)
    return shares


def _share_figures(brief: Brief, outcomes: list[Outcome], shares: list[Material]) -> None:
    """Give every value that is no outcome's baseline or target to the outcome of its metric, else where it stands."""
    taken = _taken(outcomes)
    texts = {source.key: source for source in brief.sources}
    for place, each in enumerate(brief.stated):
        if each.slot not in {"baseline", "target"} or (each.source, each.start) in taken:
            continue
        own = [index for index, outcome in enumerate(outcomes) if outcome.metric_id == each.metric_id]
        share = shares[own[0] if len(own) == 1 else _home(texts[each.source], each.start, outcomes)]
        if each.slot == "target":
            after = brief.stated[place + 1] if place + 1 < len(brief.stated) else None
            share.steps.append((each, after if after is not None and after.slot == "deadline" else None))
        elif own:
            share.earlier.append(each)
        else:
            share.beside.append(each)


def _taken(outcomes: list[Outcome]) -> set[tuple[str, int]]:
    """Return the places of all figures that have a slot of their own."""
    slots: list[Stated] = []
    for outcome in outcomes:
        slots += [part for part in (outcome.baseline, outcome.target, outcome.deadline, *outcome.beside) if part]
    return {(part.source, part.start) for part in slots if part.slot in {"baseline", "target", "deadline"}}


def _loose(source: Source, taken: set[tuple[str, int]]) -> list[tuple[int, int]]:
    """Return stretches of clauses with figures that have no slot, or with means; neighbours stay together."""
    stretches: list[tuple[int, int]] = []
    for sentence in sentences(source.heard):
        run: list[Clause] = []
        for part in clauses(sentence.text):
            clause = Clause(sentence.start + part.start, sentence.start + part.end, part.text)
            if _keeps(source, clause, taken):
                run.append(clause)
            elif run:
                stretches.append((run[0].start, run[-1].end))
                run = []
        if run:
            stretches.append((run[0].start, run[-1].end))
    return stretches


def _keeps(source: Source, clause: Clause, taken: set[tuple[str, int]]) -> bool:
    figures = [*source.facts.quantities, *(time for time in source.facts.times if time.kind != "recurrence")]
    here = [figure for figure in figures if clause.start <= figure.start < clause.end]
    places = [figure.start for figure in here]
    places += [level.start for level in in_words.wished(source) if clause.start <= level.start < clause.end]
    if places:
        return any((source.key, place) not in taken for place in places)
    return source.key.startswith("context:") and bool(_MEANS.search(clause.text))


def _trimmed(source: Source, start: int, end: int) -> Line:
    text = source.text
    while end > start and text[end - 1] in " \n。.；;，,":
        end -= 1
    return quoted(source, start, end)


def _all_of(source: Source) -> list[Line]:
    """Return a whole text, in pieces where an order stood in it."""
    return [_trimmed(source, start, end) for start, end in source.stretches]


def _home(source: Source, start: int, outcomes: list[Outcome]) -> int:
    """Return the index of the outcome that the text was speaking of at `start`."""
    home = 0
    for index, outcome in enumerate(outcomes):
        if outcome.source == source.key and outcome.start <= start:
            home = index
    return home


def _nearest(text: str, metrics: list[Metric], shares: list[Material], default: int = 0) -> Material:
    ranked = {each.metric: each.score for each in catalogue.default().suggest(text, k=200)}
    scores = [_reach(metric, ranked) for metric in metrics]
    best = max(range(len(scores)), key=lambda index: (scores[index], index == default))
    return shares[best] if scores[best] > 0 else shares[default]


def _reach(metric: Metric, ranked: dict[str, float]) -> float:
    """Return how near a text is to a metric, its drivers and guardrails."""
    around = [ranked.get(id, 0.0) * 0.6 for id in (*metric.drivers, *metric.guardrails)]
    return max(ranked.get(metric.id, 0.0), *around) if around else ranked.get(metric.id, 0.0)


def _share_goals(brief: Brief, metrics: list[Metric], shares: list[Material]) -> None:
    """Give every goal the organisational goal nearest to it, and every organisational goal at least one goal."""
    texts = {source.key: source for source in brief.sources}
    goals = [each for each in brief.stated if each.slot == "org_goal"]
    if not goals:
        return
    lookup = catalogue.default()
    ranks = [{each.metric: each.score for each in lookup.suggest(goal.text, k=200)} for goal in goals]
    used: set[int] = set()
    for index, (metric, share) in enumerate(zip(metrics, shares, strict=True)):
        scores = [_reach(metric, rank) for rank in ranks]
        best = max(range(len(goals)), key=lambda at: (scores[at], at == index % len(goals)))
        share.org_goals.append(_trimmed(texts[goals[best].source], goals[best].start, goals[best].end))
        used.add(best)
    for index, goal in enumerate(goals):
        if index not in used:
            _nearest(goal.text, metrics, shares, index % len(shares)).org_goals.append(
                _trimmed(texts[goal.source], goal.start, goal.end)
            )


def _share_means(brief: Brief, metrics: list[Metric], shares: list[Material]) -> None:
    """Give a goal without means of its own the resource nearest to it."""
    sources = [source for source in brief.sources if source.key.startswith("resource:") and source.stretches]
    for index, (metric, share) in enumerate(zip(metrics, shares, strict=True)):
        if share.means or not sources:
            continue
        scores = [
            _reach(metric, {each.metric: each.score for each in catalogue.default().suggest(source.heard, k=200)})
            for source in sources
        ]
        best = max(range(len(sources)), key=lambda at: (scores[at], at == index % len(sources)))
        share.means += _all_of(sources[best])
