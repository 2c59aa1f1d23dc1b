# ruff: noqa: E501
"""Finds the wishes in an aim and the metric that measures each. Knows nothing about figures or sentences to write.

A metric that the person named wins; then one whose usual outcome the person's words are; then the catalogue entry
nearest in wording; an aim that nothing in the catalogue is near to keeps its own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant import catalogue
from assistant.drafting.clauses import Clause, clauses
from assistant.drafting.listing import ABOUT_IT, ADDS, CERTAIN, LIKELY, TOPICLESS, Stretch, follows_up, stretches
from assistant.drafting.wish_words import (
    ALL,
    ASKED,
    COMPARED,
    FOR_THE_SAKE,
    GOES_ON,
    KEPT,
    MEANS,
    PEOPLE,
    PEOPLE_DO,
    TREND,
    asks_only,
    wishes_in,
)
from assistant.goals import Direction, Language, Metric, Source

Suggest = Callable[[str, tuple[str, ...]], list[catalogue.Suggestion]]
"""Ranks catalogue metrics for a text and the team's likeliest functions, best first."""

_CONFIDENT = {True: 0.17, False: 0.19}
"""Score from which a suggestion may stand for an aim, by whether it is Chinese; set on labelled aims, opened ones only."""
_FITTING = 0.85
"""What of that score is enough for a metric that can have the unit of the figures in the aim."""
_PART_CONFIDENT = {True: 0.2, False: 0.24}
"""Score from which what a single clause suggests may stand for an aim that as a whole is near to nothing."""
_MISFIT = 0.55
"""Weight of an offer that speaks against what is known of the wish."""
_TELLING: dict[str, frozenset[str]] = {
    **dict.fromkeys(("ms", "s", "min", "h", "day", "workday"), frozenset({"duration"})),
    **dict.fromkeys(("分", "点", "point", "star"), frozenset({"score", "percent", "ratio", "count"})),
    **dict.fromkeys(("CNY", "TWD", "HKD", "USD", "EUR", "GBP"), frozenset({"money", "ratio"})),
    "%": frozenset({"percent", "score", "ratio"}),
}
"""The kinds of metric that a unit can belong to."""
_ROW = 2
"""More like demands than these are wishes of their own, even where nothing in the catalogue is near to one."""
_KEPT_NEAR = 14
_HAN = re.compile(r"[\u3400-\u9fff]")
_AT_WORK = re.compile(
    r"我们|我們|咱们|客户|客戶|部门|部門|公司|员工|員工|同事|同仁|团队|團隊"
    r"|\b(?:we|our|us|team|staff|customers?|clients?|suppliers?|departments?|budget|(?:off-)?contract)\b",
    re.I,
)
_MYSELF = re.compile(r"自己|我(?![们們])|\b(?:I|I'm|I'd|my|myself)\b")
_READ = 160
"""Characters of an aim that are compared as a whole."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One outcome that a text names.

    Attributes:
        source: the text it stands in.
        clause: its place and words.
        metric: the catalogue entry, or None.
        name: the metric as the person wrote it, '' where they did not.
        start: place from which figures that follow belong to this wish.
        direction: which way it should move, where a verb tells.
    """

    source: Source
    clause: Clause
    metric: Metric | None
    name: str
    start: int
    direction: Direction | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    clause: Clause
    metric: Metric
    name: str
    start: int
    named: bool
    wished: bool
    direction: Direction | None


def find(source: Source, functions: tuple[str, ...], suggest: Suggest, language: Language) -> list[Wish]:
    """Return the wishes of one text, in order of place, at most one a metric.

    Args:
        source: the text with its facts.
        functions: functions of the team, likeliest first; they settle names that several metrics share.
        suggest: ranks metrics for a text that names none.
        language: the language of the draft.
    """
    lookup = catalogue.default()
    parts = clauses(source.text)
    candidates: list[_Candidate] = []
    shared = ALL.search(source.text)
    for hit in lookup.named(source.text):
        clause = next((part for part in parts if part.start <= hit.start < part.end), None)
        if clause is None or _only_counted(source, hit) or _acting(source, clause, hit):
            continue
        metric = _settle(hit.metrics, functions, lookup)
        direction = _direction(source, clause, hit.start)
        wished = (
            hit.kind == "outcome"
            or direction is not None
            or wishes_in(clause.text)
            or _aims(source, clause, hit)
            or (shared is not None and hit.end <= shared.start())
        )
        after = next((part for part in parts if part.start > hit.start), None)
        wished = wished or (after is not None and _wished_after(source, clause, after, lookup))
        beside = source.text[max(clause.start, hit.start - _KEPT_NEAR) : hit.start], source.text[hit.end : clause.end]
        if candidates and any(KEPT.search(words[:_KEPT_NEAR]) for words in beside):
            wished = False
        if candidates and TREND.match(source.text[hit.end : clause.end]):
            wished = False
        name = source.text[hit.start : hit.end] if hit.kind == "name" else ""
        candidates.append(_Candidate(clause, metric, name, hit.start, hit.kind == "name", wished, direction))
    chosen = _merge(candidates)
    if not chosen:
        return [] if asks_only(source.text) else _unnamed(source, parts, functions, suggest)
    wishes = [Wish(source, each.clause, each.metric, each.name, each.start, each.direction) for each in chosen]
    spoken = {each.start for each in candidates}
    wishes += _clear(source, parts, wishes, spoken, functions, suggest, firm=any(each.wished for each in chosen))
    return sorted(wishes, key=lambda wish: wish.start)


def area(source: Source, functions: tuple[str, ...], suggest: Suggest) -> Wish:
    """Return the one wish of an area to improve: what it names, else what its whole text is nearest to."""
    parts = clauses(source.text)
    lookup = catalogue.default()
    named = next((hit for hit in lookup.named(source.text) if hit.kind == "name"), None)
    whole = Clause(0, len(source.text), source.text)
    if named is not None:
        clause = next((part for part in parts if part.start <= named.start < part.end), whole)
        metric: Metric | None = _settle(named.metrics, functions, lookup)
        name = source.text[named.start : named.end]
        return Wish(source, clause, metric, name, 0, _direction(source, clause, named.start))
    metric = _nearest(source, parts, functions, suggest)
    return Wish(source, parts[0] if parts else whole, metric, "", 0, None)


def _only_counted(source: Source, hit: catalogue.Hit) -> bool:
    """Whether a name is what a figure happens to count, not what it aims at: 40 new logos next year is aimed at."""
    for each in source.facts.quantities:
        if each.start < hit.start and hit.end <= each.end:
            aimed = each.role == "target" and hit.end == each.end and " " in source.text[hit.start : hit.end]
            return not (aimed and hit.kind == "name")
    return False


def _acting(source: Source, clause: Clause, hit: catalogue.Hit) -> bool:
    """Whether a name of people is said to do something: new customers take five weeks."""
    words = source.text[hit.start : hit.end]
    behind = source.text[hit.end : clause.end]
    return hit.kind == "name" and PEOPLE.search(words) is not None and PEOPLE_DO.match(behind) is not None


def _wished_after(source: Source, clause: Clause, after: Clause, lookup: catalogue.Lookup) -> bool:
    """Whether the clause behind a metric wishes for it: it names nothing, or it names the value to reach."""
    if TOPICLESS.fullmatch(after.text):
        return True
    if any(after.start <= hit.start < after.end for hit in lookup.named(source.text)):
        return False
    told, wanted = (
        any(
            part.start <= each.start < part.end and each.role not in {"window", "other"}
            for each in source.facts.quantities
        )
        for part in (clause, after)
    )
    return told and wanted and (wishes_in(after.text) or after.text.lower().startswith("make it"))


def _aims(source: Source, clause: Clause, hit: catalogue.Hit) -> bool:
    """Whether a value to reach follows the metric in its clause, or counts it: 40 new logos."""
    if any(
        hit.start <= each.end <= hit.end and each.start < hit.start and each.role == "target"
        for each in source.facts.quantities
    ):
        return True
    reached = {change.to for change in source.facts.changes if change.frm is not None}
    return any(
        hit.end <= quantity.start < clause.end
        and (
            quantity.role == "change"
            or place in reached
            or ASKED.search(source.text[clause.start : hit.start] + "_" + source.text[hit.end : quantity.start])
        )
        for place, quantity in enumerate(source.facts.quantities)
    )


def _settle(ids: tuple[str, ...], functions: tuple[str, ...], lookup: catalogue.Lookup) -> Metric:
    """Return the metric of the likeliest function among those that share a name."""
    metrics = [lookup.catalogue.metrics[id] for id in ids]
    rank = {function: place for place, function in enumerate(functions)}
    return min(metrics, key=lambda metric: rank.get(metric.function, len(rank)))


def _merge(candidates: list[_Candidate]) -> list[_Candidate]:
    """Join candidates that mean the same wish: same metric, or a named metric of an unnamed wish's family."""
    kept: list[_Candidate] = []
    for each in candidates:
        twin = next((at for at, other in enumerate(kept) if _same(other, each)), None)
        if twin is None:
            kept.append(each)
            continue
        other = kept[twin]
        better = each if each.named and not other.named else other
        kept[twin] = replace(
            better,
            clause=other.clause if other.wished else each.clause,
            start=min(other.start, each.start),
            wished=other.wished or each.wished,
            direction=other.direction or each.direction,
        )
    wished = [each for each in kept if each.wished]
    return wished or kept[:1]


def _same(first: _Candidate, second: _Candidate) -> bool:
    if first.metric.id == second.metric.id:
        return True
    if first.named == second.named or first.metric.direction != second.metric.direction:
        return False
    named = first if first.named else second
    kin = bool(set(first.metric.families) & set(second.metric.families))
    told = not named.wished and first.metric.function == second.metric.function
    return kin or told


def _direction(source: Source, clause: Clause, at: int) -> Direction | None:
    """Return the direction of the change verb nearest to `at` within the clause."""
    near: Direction | None = None
    distance = len(source.text) + 1
    for action in source.facts.actions:
        going_on = action.direction == "keep" and GOES_ON.match(source.text, action.end)
        if (
            action.direction
            and not going_on
            and clause.start <= action.start < clause.end
            and abs(action.start - at) < distance
        ):
            near, distance = action.direction, abs(action.start - at)
    return near


def _unnamed(source: Source, parts: list[Clause], functions: tuple[str, ...], suggest: Suggest) -> list[Wish]:
    """Return wishes of a text that names no metric: several where several clauses are clear, else one for the whole."""
    clear = _clear(source, parts, [], set(), functions, suggest)
    if len(clear) > 1:
        return clear
    wishing = [part for part in parts if wishes_in(part.text) or _direction(source, part, part.start) is not None]
    plain = [part for part in parts if not _has_figures(source, part)]
    clause = next(iter([*wishing, *plain, *parts]), Clause(0, len(source.text), source.text))
    return [
        Wish(
            source, clause, _nearest(source, parts, functions, suggest), "", 0, _direction(source, clause, clause.start)
        )
    ]


def _nearest(source: Source, parts: list[Clause], functions: tuple[str, ...], suggest: Suggest) -> Metric | None:
    """Return the metric that the whole text is near to, else the one nearest to a clause, else None."""
    whole = _best(source, suggest(source.text[:_READ], functions))
    chinese = _HAN.search(source.text) is not None
    if whole is not None and whole.score >= _CONFIDENT[chinese] * (_FITTING if _carries(source, whole) else 1):
        return catalogue.load().metrics[whole.metric]
    offers = [offer for part in parts if (offer := _best(source, suggest(part.text, functions))) is not None]
    best = max(offers, key=lambda offer: offer.score, default=None)
    return catalogue.load().metrics[best.metric] if best and best.score >= _PART_CONFIDENT[chinese] else None


def _best(source: Source, offers: list[catalogue.Suggestion]) -> catalogue.Suggestion | None:
    """Return the likeliest offer: one that cannot carry the text's figures, or measures one's own life, counts less."""
    entries = catalogue.load().metrics
    figures = [each for each in source.facts.quantities if each.role not in {"change", "window"}]
    told = [each.unit for each in figures if each.unit in _TELLING]
    weighed = []
    for offer in offers:
        metric = entries[offer.metric]
        doubt = 1.0 if not told or any(metric.kind in _TELLING[unit] for unit in told) else _MISFIT
        if (
            metric.function == "personal-development"
            and _AT_WORK.search(source.text)
            and not _MYSELF.search(source.text)
        ):
            doubt *= _MISFIT
        weighed.append(offer._replace(score=offer.score * doubt))
    return max(weighed, key=lambda offer: offer.score, default=None)


def _carries(source: Source, offer: catalogue.Suggestion) -> bool:
    """Whether the text has a figure whose unit tells its kind, and the offered metric is of that kind."""
    kind = catalogue.load().metrics[offer.metric].kind
    told = [
        each.unit for each in source.facts.quantities if each.role not in {"change", "window"} and each.unit in _TELLING
    ]
    return any(each != "%" and kind in _TELLING[each] for each in told)


def _suggested(text: str, functions: tuple[str, ...], suggest: Suggest, least: float) -> Metric | None:
    best = next(iter(suggest(text, functions)), None)
    return catalogue.load().metrics[best.metric] if best and best.score >= least else None


def _clear(
    source: Source,
    parts: list[Clause],
    wishes: list[Wish],
    spoken: set[int],
    functions: tuple[str, ...],
    suggest: Suggest,
    *,
    firm: bool = True,
) -> list[Wish]:
    """Return the wishes of clauses that name no metric: those that are marked as wishes of their own or wish themselves.

    A clause that only tells a trouble counts where a later one adds to it: 上菜慢，结账也老出错.
    """
    known = {wish.metric.id for wish in wishes if wish.metric}
    families = {family for wish in wishes if wish.metric for family in wish.metric.families}
    owners = {wish.metric.function for wish in wishes if wish.metric}
    found: list[Wish] = []
    told: Wish | None = None
    rows = [each for each in stretches(source.text, parts) if _open(source, each, wishes, spoken)]
    alone = {each.part.start for each in rows if not each.marked and not _asks(source, each.part, wishes)}
    row = sum(each.parallel for each in rows) > _ROW
    joined = _joined(parts)
    if not wishes and (len(rows) < 2 or (len(rows) - len(alone) < 2 and not any(each.added for each in rows))):
        return []
    for offer in rows:
        part = offer.part
        first = joined is not None and part.end <= joined.start
        if part.start in alone and not first and (wishes or not any(each.added for each in rows)):
            continue
        least = min(offer.least, LIKELY) if first else offer.least
        metric = _suggested(part.text, functions, suggest, least)
        if metric is not None and (metric.id in known or (not offer.marked and families & set(metric.families))):
            other = firm and metric.function not in owners and _suggested(part.text, functions, suggest, CERTAIN)
            if metric.id in known or not other:
                continue
        if metric is None and not offer.listed and not (row and not wishes):
            continue
        wish = Wish(source, part, metric, "", part.start, _direction(source, part, part.start))
        if part.start in alone and not (first and wishes and metric is not None):
            told = told or wish
            continue
        if metric is not None:
            known.add(metric.id)
            families |= set(metric.families)
            owners.add(metric.function)
        found.append(wish)
        if offer.added and told is not None and told.start < part.start and len(found) == 1 and not wishes:
            found.insert(0, told)
    return found


def _joined(parts: list[Clause]) -> Clause | None:
    """Return the clause that adds a wish to what stands right before it, if there is one."""
    return next((part for part in parts[1:] if ADDS.search(part.text)), None)


def _open(source: Source, offer: Stretch, wishes: list[Wish], spoken: set[int]) -> bool:
    """Whether a stretch may be a further wish: no metric is named in it, and it does not only carry on another one."""
    part = offer.part
    if any(part.start <= start < part.end for start in spoken):
        return False
    after = next((each for each in clauses(source.text) if each.start >= part.end), None)
    figured = (
        _has_figures(source, part) and wishes and not offer.parallel and not (after and ABOUT_IT.match(after.text))
    )
    return offer.listed or not (figured or (not offer.parallel and follows_up(source.text, part)))


def _asks(source: Source, part: Clause, wishes: list[Wish]) -> bool:
    """Whether a clause wishes for something by itself: a trouble, its consequence or its use is no wish of its own."""
    if (FOR_THE_SAKE.match(part.text) and wishes) or MEANS.match(part.text):
        return False
    after = next((each for each in clauses(source.text) if each.start >= part.end), None)
    asked = (
        (after is not None and ABOUT_IT.match(after.text) is not None)
        or wishes_in(part.text)
        or COMPARED.match(part.text) is not None
    )
    return asked or _direction(source, part, part.start) is not None


def _has_figures(source: Source, part: Clause) -> bool:
    figures = [*source.facts.quantities, *source.facts.times]
    return any(part.start <= figure.start < part.end for figure in figures)


def territory(wishes: list[Wish], length: int) -> list[tuple[int, int]]:
    """Return for each wish of one text the stretch whose figures are its own: from its place to the next wish's."""
    starts = [wish.start for wish in wishes]
    borders = [min(wish.clause.start, wish.start) for wish in wishes]
    borders[0:1] = [0]
    return [*pairwise(borders), (borders[-1], length)] if starts else []
