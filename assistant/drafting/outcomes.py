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
from assistant.drafting.listing import TOPICLESS, Stretch, follows_up, stretches
from assistant.goals import Direction, Language, Metric, Source

Suggest = Callable[[str, tuple[str, ...]], list[catalogue.Suggestion]]
"""Ranks catalogue metrics for a text and the team's likeliest functions, best first."""

ASKED = re.compile(
    r"(?:[到至达達升降压壓提增减減]|做到|(?:控制|限制|压缩|壓縮)在|目标|目標|以[内內下上]|不[超低高]\S?)\s*\S{0,3}$"
    r"|(?:要|须|須|应|應|该|該)有\s*(?:至少)?$|(?:希望|想要?|盼|期望|期待|争取|爭取|力争|力爭)[^，。；、\d]{0,14}有\s*$|\b(?:want|love|like|hope for|expect)s?\s+(?:a |an |about |some )?$"
    r"|\b(?:to|target|goal|reach|hit|below|under|above|least|within|ideally|make it)\b[^.;]{0,12}$",
    re.I,
)
"""Words right before a figure that make it the value to reach."""
_REQUEST = re.compile(
    r"请|請|帮|幫|给|給|我们?|我們?|你们?|你們?|您|写|寫|制定|制訂|起草|设定|設定|定一?下?|拟|擬|列出?|做|生成|几个|幾個|一些|一下|一份|点|點|个|個|些"
    r"|年度|季度|团队|團隊|部门|部門|目标|目標|计划|計劃|计畫|計畫|KPI|OKR|SMART|怎么|怎麼|如何|什么|什麼|吗|嗎|呢|吧|啊|的|了|好|你好|您好|谢谢|謝謝|测试|測試"
    r"|\b(?:please|help|me|us|we|i|you|can|could|write|draft|set|make|give|some|a|an|the|our|my|team|goals?|okrs?|kpis?|smart"
    r"|plans?|for|with|to|need|want|would|like|hello|hi|hey|there|thanks|test|testing|good|new|next|this|year|quarter)\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"[\u3400-\u9fff]{2}|[A-Za-z]{3}")
_CONFIDENT = 0.165
"""Score from which a suggestion may stand for an aim; set on the development split of the labelled aims."""
_PART_CONFIDENT = 0.18
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
_AT_WORK = re.compile(
    r"我们|我們|咱们|客户|客戶|部门|部門|公司|员工|員工|同事|同仁|团队|團隊"
    r"|\b(?:we|our|us|team|staff|customers?|clients?|suppliers?|departments?|budget|(?:off-)?contract)\b",
    re.I,
)
_MYSELF = re.compile(r"自己|我(?![们們])|\b(?:I|I'm|I'd|my|myself)\b")
_READ = 160
"""Characters of an aim that are compared as a whole."""
KEPT = re.compile(
    r"保持|维持|維持|不低于|不低於|不[能要得]?(?:下降|降低|变差|變差|掉)|守住|稳[住在]|穩[住在]"
    r"|(?:没问题|沒問題|还可以|還可以|不用[动動改管]|不[动動]它|[暂暫][时時]不[管看])"
    r"|\b(?:keep(?:ing)?|hold(?:ing)?|maintain(?:ing)?|(?:is|are) (?:fine|ok|okay|all right|good enough)|nobody wants|without (?:losing|hurting|lowering|harming|dropping))\b",
    re.I,
)
"""What stands beside these is to stay as it is: a limit of another wish, not one of its own."""
_KEPT_NEAR = 14
_TREND = re.compile(r"\s*(?:也|都|就)?(?:一直|越来越|越來越|老是|不断|不斷)|\s*(?:keeps?|has been|is) \w+ing\b", re.I)
"""Behind a metric named after another one: it is told what comes of it."""
_ALL = re.compile(r"[都均](?:要|想|得|希望|需要)|\b(?:both|all of (?:them|these)|each of them)\b", re.I)
"""What is wished for holds of every metric named before."""
_FOR_THE_SAKE = re.compile(
    r"^(?:好?让|好?讓|这样|這樣|以便|以免|免得|不然|否则|否則|才能)|^(?:so|to|otherwise|or)\b", re.I
)
"""Opens a clause that says what a wish told before is good for."""
_COMPARED = re.compile(r"(?:fewer|less|more|no more|better|faster)\b", re.I)
"""Opens a clause that is a wish without a verb."""
_ROW = 2
"""More like demands than these are wishes of their own, even where nothing in the catalogue is near to one."""
_WISH = re.compile(
    r"想|希望|要(?!\s*[\d一二两三四五六七八九十半])|让|讓|力争|力爭|争取|爭取|把"
    r"|\b(?:want|would like|need|hope|let's|aim|make|keep|get)\b",
    re.IGNORECASE,
)


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
    shared = _ALL.search(source.text)
    for hit in lookup.named(source.text):
        clause = next((part for part in parts if part.start <= hit.start < part.end), None)
        if clause is None or _only_counted(source, hit):
            continue
        metric = _settle(hit.metrics, functions, lookup)
        direction = _direction(source, clause, hit.start)
        wished = (
            hit.kind == "outcome"
            or direction is not None
            or _wishes(clause.text)
            or _aims(source, clause, hit)
            or (shared is not None and hit.end <= shared.start())
        )
        after = next((part for part in parts if part.start > hit.start), None)
        wished = wished or (after is not None and TOPICLESS.fullmatch(after.text) is not None)
        beside = source.text[max(clause.start, hit.start - _KEPT_NEAR) : hit.start], source.text[hit.end : clause.end]
        if candidates and any(KEPT.search(words[:_KEPT_NEAR]) for words in beside):
            wished = False
        if candidates and _TREND.match(source.text[hit.end : clause.end]):
            wished = False
        name = source.text[hit.start : hit.end] if hit.kind == "name" else ""
        candidates.append(_Candidate(clause, metric, name, hit.start, hit.kind == "name", wished, direction))
    chosen = _merge(candidates)
    if not chosen:
        return [] if _asks_only(source.text) else _unnamed(source, parts, functions, suggest)
    wishes = [Wish(source, each.clause, each.metric, each.name, each.start, each.direction) for each in chosen]
    wishes += _further(source, parts, wishes, candidates, functions, suggest)
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


def _aims(source: Source, clause: Clause, hit: catalogue.Hit) -> bool:
    """Whether a value to reach follows the metric in its clause."""
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
        if action.direction and clause.start <= action.start < clause.end and abs(action.start - at) < distance:
            near, distance = action.direction, abs(action.start - at)
    return near


def _asks_only(text: str) -> bool:
    """Whether a text greets or asks for goals and names nothing that should change."""
    return not _CONTENT.search(_REQUEST.sub(" ", text))


def _wishes(text: str) -> bool:
    return _WISH.search(text) is not None


def _unnamed(source: Source, parts: list[Clause], functions: tuple[str, ...], suggest: Suggest) -> list[Wish]:
    """Return wishes of a text that names no metric: several where several clauses are clear, else one for the whole."""
    clear = _clear(source, parts, [], set(), functions, suggest)
    if len(clear) > 1:
        return clear
    wishing = [part for part in parts if _wishes(part.text) or _direction(source, part, part.start) is not None]
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
    if whole is not None and whole.score >= _CONFIDENT:
        return catalogue.load().metrics[whole.metric]
    offers = [offer for part in parts if (offer := _best(source, suggest(part.text, functions))) is not None]
    best = max(offers, key=lambda offer: offer.score, default=None)
    return catalogue.load().metrics[best.metric] if best and best.score >= _PART_CONFIDENT else None


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


def _suggested(text: str, functions: tuple[str, ...], suggest: Suggest, least: float) -> Metric | None:
    best = next(iter(suggest(text, functions)), None)
    return catalogue.load().metrics[best.metric] if best and best.score >= least else None


def _further(
    source: Source,
    parts: list[Clause],
    wishes: list[Wish],
    candidates: list[_Candidate],
    functions: tuple[str, ...],
    suggest: Suggest,
) -> list[Wish]:
    """Return wishes in clauses that name no metric but clearly wish for something else."""
    return _clear(source, parts, wishes, {each.start for each in candidates}, functions, suggest)


def _clear(
    source: Source,
    parts: list[Clause],
    wishes: list[Wish],
    spoken: set[int],
    functions: tuple[str, ...],
    suggest: Suggest,
) -> list[Wish]:
    """Return the wishes of clauses that name no metric: those that are marked as wishes of their own or wish themselves.

    A clause that only tells a trouble counts where a later one adds to it: 上菜慢，结账也老出错.
    """
    known = {wish.metric.id for wish in wishes if wish.metric}
    families = {family for wish in wishes if wish.metric for family in wish.metric.families}
    found: list[Wish] = []
    told: Wish | None = None
    rows = [each for each in stretches(source.text, parts) if _open(source, each, wishes, spoken)]
    alone = {each.part.start for each in rows if not each.marked and not _asks(source, each.part, wishes)}
    row = sum(each.parallel for each in rows) > _ROW
    if not wishes and (len(rows) < 2 or (len(rows) - len(alone) < 2 and not any(each.added for each in rows))):
        return []
    for offer in rows:
        part = offer.part
        if part.start in alone and (wishes or not any(each.added for each in rows)):
            continue
        metric = _suggested(part.text, functions, suggest, offer.least)
        if metric is not None and (
            metric.id in known or (not offer.parallel and not offer.listed and families & set(metric.families))
        ):
            continue
        if metric is None and not offer.listed and not (row and not wishes):
            continue
        wish = Wish(source, part, metric, "", part.start, _direction(source, part, part.start))
        if part.start in alone:
            told = told or wish
            continue
        if metric is not None:
            known.add(metric.id)
            families |= set(metric.families)
        found.append(wish)
        if offer.added and told is not None and told.start < part.start and len(found) == 1 and not wishes:
            found.insert(0, told)
    return found


def _open(source: Source, offer: Stretch, wishes: list[Wish], spoken: set[int]) -> bool:
    """Whether a stretch may be a further wish: no metric is named in it, and it does not only carry on another one."""
    part = offer.part
    if any(part.start <= start < part.end for start in spoken):
        return False
    figured = _has_figures(source, part) and wishes and not offer.parallel
    return offer.listed or not (figured or follows_up(source.text, part))


def _asks(source: Source, part: Clause, wishes: list[Wish]) -> bool:
    """Whether a clause wishes for something by itself: a trouble, its consequence or its use is no wish of its own."""
    if _FOR_THE_SAKE.match(part.text) and wishes:
        return False
    asked = _wishes(part.text) or _COMPARED.match(part.text) is not None
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
