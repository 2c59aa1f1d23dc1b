# ruff: noqa: E501
"""Finds the starting values, targets and last days that a request states, with their places.

Knows nothing about conflicts between them or about goals. A figure belongs to a wish when its metric is named beside
it, or when it stands in the wish's own stretch of text and its unit fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant import catalogue
from assistant.drafting import conflicts, outcomes, periods, roles, wish_words
from assistant.drafting.fitting import OF_SO_MANY, PEOPLE, TIME_UNITS, decimal, fits, fits_level
from assistant.drafting.outcomes import Wish
from assistant.drafting.spots import AIMED, Spot, is_whole, measured_by, reports_past, spots
from assistant.goals import Direction, Metric, Source, Stated
from assistant.language.units import MONEY

_PAST = re.compile(
    r"去年|前年|上个?季度?|上個?季|(?:上个?月|上個月)(?!(?:底|末)?(?:之|以)?前)|\blast (?:year|quarter|month)\b|\bin 20(?:1\d|2[0-5])\b",
    re.I,
)
_AIM_WORD = re.compile(r"目标|目標|\b(?:target|goal|plan)\b", re.I)
_STEPS = re.compile(
    r"先|再(?:到|升|降|提)|然后|然後|第[一二]步|阶段|階段|分步|逐步|至少|保底|争取|爭取|力争|力爭|挑战|挑戰|冲刺|衝刺|\b(?:first|then|and later|stage|phase|step|interim|on the way|at least|ideally|stretch|eventually)\b",
    re.I,
)
"""Words that make several targets steps on one way, or a floor and a stretch."""
_PART = re.compile(r"\s*(?:的(?!时间|時間|时候|時候)|of\b)")
"""Behind a figure: it is a share of something, not a level."""
_SMALL_TALK = re.compile(
    r"现在|目前|当前|上个?月|上个?季度?|去年|今年|大概|大约|平均|差不多|左右|我们|团队|每[天日周月年季]|基线|现值|数据|数字|一般|只有|超过|将近|水平|应该|回答|答|是|为|有|在|约|的|了|才|就|得|要|到|个|现|共|月|度"
    r"|\b(?:now|today|at|present|currently|it|is|was|it's|its|that's|we|we're|are|were|about|around|roughly|average|averages|on|the|our|last|month|year|quarter|week|per|a|an|each|baseline|value|so|far|think|takes?|of|in|by|to|from|up|right|should|target|goal)\b"
)
TELLS = re.compile(
    r"报表|報表|报告|報告|系统|系統|台账|台帳|[记紀][录錄]|数据|數據|统计|統計|结果|結果|问卷|問卷|后台|後台|口径|口徑|邮件|郵件|财务|財務|另一|[却卻又但说說写寫]|而(?!且)|实际|實際|有人|有的|自己|算|同一|同月"
    r"|\b(?:reports?|system|sheet|dashboard|survey|data|says?|said|shows?|logs?|records?|count|others?|but|while|though|figures?|finance|actually|real(?:ly)?|claims?)\b",
    re.I,
)
"""In a clause: another account of the same thing."""
_COUNTED = re.compile(r"^[\u4e00-\u9fff]{2}(?<!左右)(?<!上下)(?<!以上)(?<!以内)(?<!而已)")
"""What a measure word counts: 48个座位."""
_CONTENT = re.compile(r"[\u4e00-\u9fff]{2}|[a-z]{3,}")
VAGUE = re.compile(r"半天|半日|一半|大半|小半|半|half(?: a day)?", re.I)
"""Figures of speech: 找半天, 做一半."""
_APIECE = re.compile(
    r"(?:每|一)[把个個件台只隻张張本套箱瓶包份条條块塊支辆輛盒袋桶杯](?:的?成本|要|得|卖|賣|值)?\s*_|_\s*(?:each|apiece|a piece|per (?:piece|unit|item|head)|一[把个個件台只隻张張本套箱瓶包份条條])|\bat\s*_\s*each",
    re.I,
)
"""Around a sum: it is what one piece costs."""
_BESIDE = 10
_FEW_WORDS = 1
_FIRST, _CLEAR = 3, 0.2
_NOW = re.compile(r"现在|現在|目前|当前|當前|如今|眼下|\b(?:now|currently|today|at present)\b", re.I)
_NOW_BEHIND = re.compile(r"\s*(?:right )?(?:now|currently|today|at present|at the moment)\b", re.I)
_RECENT = timedelta(days=62)
"""How long ago a period may have ended whose figure has to agree with one without a period."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A starting value with the period and the part of the organisation that it is of."""

    stated: Stated
    ended: date | None
    scope: frozenset[str]
    at: Spot | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The values stated for one wish.

    Attributes:
        baselines: starting values; several contradict each other.
        targets: values to reach, in order of place.
        earlier: values of former periods.
    """

    baselines: list[Stated]
    targets: list[Stated]
    earlier: list[Stated] = field(default_factory=list)


def figures(wish: Wish, wishes: list[Wish], sources: tuple[Source, ...]) -> Figures:
    """Return the values that are stated for a wish, in order of place, aim before context."""
    known: list[_Known] = []
    targets: list[Stated] = []
    aims: list[frozenset[str]] = []
    bare: list[tuple[Stated, _Known]] = []
    same_text = [each for each in wishes if each.source is wish.source]
    stretches = outcomes.territory(same_text, len(wish.source.text))
    left, right = stretches[same_text.index(wish)]
    key = wish.metric.id if wish.metric else wish.name
    for source in sources:
        at_home = source is wish.source
        if not at_home and source.key.split(":")[0] not in {"context", "team"}:
            continue
        found = spots(source)
        for at in found:
            quantity, clause, before = at.quantity, at.clause, at.before
            measured = measured_by(at, wishes)
            named = measured is not None
            if measured is not None and key not in measured:
                continue
            if not named:
                if at_home and not left <= quantity.start < right:
                    continue
                if not at_home and (len(wishes) > 1 or not _answers_for(at, wish)):
                    continue
            vague = VAGUE.fullmatch(source.text, quantity.start, quantity.end) is not None
            if (vague and not roles.of_whole(at)) or not _of_own(at, wish):
                continue
            if conflicts.BUDGETED.search(before) or conflicts.prices(source, clause, quantity):
                continue
            if (
                quantity.unit in MONEY
                and _APIECE.search(_around(at))
                and not (wish.metric and fits(quantity, wish.metric))
            ):
                continue
            if is_whole(source, quantity) or (at.composed and not named):
                continue
            past = _PAST.search(before) is not None or reports_past(at, found)
            if past and _AIM_WORD.search(before):
                continue
            role = "baseline" if past else roles.role(at, wish, named)
            if role is None and not at_home and not named and not AIMED.search(before):
                role = "baseline"
            if role is None or (wish.metric is not None and not _possible(at, wish.metric, named=named)):
                continue
            asked = (
                quantity.role == "change"
                or wish_words.ASKED.search(before) is not None
                or (at_home and (roles.wanted(at) or roles.written(at) or (role == "target" and roles.due(at))))
            )
            if at.foreign and not (at_home and role == "target" and asked):
                continue
            moved = quantity.role in {"other", "window"} and roles.lowers_or_raises(source, clause, quantity)
            stated = Stated(
                slot=role, text=source.text[quantity.start : quantity.end], source=source.key,
                start=quantity.start, end=quantity.end, value=quantity.value, unit=quantity.unit,
                metric_id=wish.metric.id if wish.metric else None,
                is_change=quantity.role == "change" or (role == "target" and moved),
            )  # fmt: skip
            level = stated.model_copy(update={"slot": "baseline", "is_change": False})
            value = _Known(level, _when(at, past), at.scope, at, named)
            if (
                past
                or role == "baseline"
                or (
                    not asked
                    and quantity.role == "target"
                    and quantity.bound not in {"ge", "le"}
                    and roles.reported(at)
                )
            ):
                known.append(value)
            elif asked:
                targets.append(stated)
                aims.append(at.scope)
            else:
                bare.append((stated, value))
    aimed = [target.start for target in targets if target.source == wish.source.key]
    elsewhere = bool(bare) and not known and (bool(targets) or roles.wished_elsewhere(wish, bare[0][0]))
    levels = [
        each
        for each in bare
        if elsewhere or (aimed and each[0].source == wish.source.key and each[0].start < min(aimed))
    ]
    bare = [each for each in bare if each not in levels]
    known = sorted([*known, *(value for _, value in levels)], key=lambda each: _order(each.stated, sources))
    if aims and aims[0] and any(each.scope == aims[0] for each in known):
        known = [each for each in known if each.scope == aims[0]]
    known = [each for each in known if not _of_another(each, known, wish)]
    today = wish.source.facts.today
    present = _present(known, today)
    whole = next((each.scope for each in known if each.stated in present), None)
    earlier = [each.stated for each in known if each.ended and each.ended < today and each.scope == whole]
    earlier = [each for each in earlier if each not in present]
    return Figures(present, [*targets, *(stated for stated, _ in bare)], earlier)


def _around(at: Spot) -> str:
    """Return the words right before and right behind a figure, a mark in its place."""
    start, end = at.quantity.start, at.quantity.end
    return f"{at.source.text[max(at.clause.start, start - _BESIDE) : start]}_{at.source.text[end : end + _BESIDE]}"


def _of_another(value: _Known, known: list[_Known], wish: Wish) -> bool:
    """Whether a value is of another thing that its own clause names: 直销占比22%，经销商返点12%."""
    first, at = known[0], value.at
    if at is None or first.at is None or value is first or value.ended is not None or at.source is not wish.source:
        return False
    if value.stated.unit != first.stated.unit or first.at.clause == at.clause or first.at.source is not at.source:
        return False
    if (value.named and any(name in at.clause.text for name in [wish.name] if name)) or TELLS.search(at.clause.text):
        return False
    own = _topics(at.before)
    return bool(own) and not own & (_topics(first.at.clause.text) | _topics(wish.name))


def _topics(text: str) -> set[str]:
    """Return what a stretch speaks of: its pairs of Chinese characters and its longer English words."""
    bare = _SMALL_TALK.sub(" ", catalogue.fold(text))
    pairs = {run[at : at + 2] for run in re.findall(r"[\u4e00-\u9fff]{2,}", bare) for at in range(len(run) - 1)}
    return pairs | {word.rstrip("s") for word in re.findall(r"[a-z]{4,}", bare)}


def _order(stated: Stated, sources: tuple[Source, ...]) -> tuple[int, int]:
    return next(place for place, source in enumerate(sources) if source.key == stated.source), stated.start


def _possible(at: Spot, metric: Metric, *, named: bool) -> bool:
    """Whether a quantity can belong to a metric; money and heads belong only to what is counted in them."""
    unit = at.quantity.unit
    if not named:
        served = metric.kind == "count" and unit in PEOPLE and roles.wanted(at)
        return served or fits(at.quantity, metric) or _is_share(at, metric) or _leaves_out_unit(at, metric)
    if unit in PEOPLE or at.source.text.startswith("人", at.quantity.end):
        return metric.kind not in {"percent", "duration", "score"}
    return unit not in MONEY or metric.kind in {"money", "ratio"}


def _leaves_out_unit(at: Spot, metric: Metric) -> bool:
    """Whether a bare number is wished for after a length of time: taking 21 days, need 10."""
    lengths = [each for each in at.source.facts.quantities if each.unit in TIME_UNITS and each.end <= at.clause.start]
    return at.quantity.unit == "" and metric.kind == "duration" and bool(lengths) and roles.wanted(at)


def _of_own(at: Spot, wish: Wish) -> bool:
    """Whether the person's own measure can have a figure: a share is no head count, and heads are only counted as heads."""
    if wish.metric is not None or not wish.name:
        return True
    unit = at.quantity.unit
    if wish.name.startswith("share of ") or wish.name.endswith(("比例", "占比", "佔比", "率")):
        return unit in {"%", "pp", "x", ""}
    heads = unit in PEOPLE or at.source.text.startswith("人", at.quantity.end)
    return not heads or wish.name.startswith("number of ") or wish.name.endswith(("数", "數", "量"))


def _is_share(at: Spot, metric: Metric) -> bool:
    """Whether a count is told of so many, as a share is: 14 per hundred, 1 in 12, 每集9个."""
    if metric.kind not in {"percent", "ratio", "score"} or at.quantity.unit in MONEY | TIME_UNITS:
        return False
    return ":" in at.quantity.value or OF_SO_MANY.search(at.clause.text) is not None


def _when(at: Spot, past: bool) -> date | None:
    """Return the last day of the period that a value is of; of the present it is today, None where nothing tells."""
    if _NOW_BEHIND.match(at.source.text, at.quantity.end):
        return at.source.facts.today
    if (day := periods.of(at.source, at.clause, at.quantity)) is not None:
        return day
    if past:
        return date.min
    return at.source.facts.today if _NOW.search(at.before) else None


def _present(known: list[_Known], today: date) -> list[Stated]:
    """Return the values of the latest period for the part that is named first; those without a period may be of it.

    Values of other periods and of other parts of the organisation contradict nothing, but a report of the last weeks
    has to agree with what another text says of the present.
    """
    newest = max((each.ended for each in known if each.ended is not None), default=None)
    current = [each for each in known if each.ended in {None, newest, today}]
    if newest is not None and newest < today - _RECENT and any(each.ended is None for each in known):
        current = [each for each in known if each.ended is None]
    spoken = {each.stated.source for each in current}
    told = newest == today or any(each.ended is None for each in current)
    kept = [
        each
        for each in known
        if each in current
        or (told and each.stated.source not in spoken and each.ended is not None and each.ended >= today - _RECENT)
    ]
    return [each.stated for each in kept if each.scope == kept[0].scope]


def beside(wishes: list[Wish], sources: tuple[Source, ...]) -> list[Stated]:
    """Return starting values of metrics that the aim names beside the wished ones, each metric's first."""
    entries = catalogue.load().metrics
    wished = {wish.metric.id for wish in wishes if wish.metric}
    found: dict[str, Stated] = {}
    for source in sources:
        if source.key != "aim":
            continue
        for at in spots(source):
            measured = measured_by(at, wishes)
            metric = entries.get(measured[0]) if measured else None
            if measured is None or metric is None or wished & set(measured) or metric.id in found:
                continue
            if wish_words.KEPT.search(at.clause.text):
                continue
            told = at.quantity.role == "baseline" or (roles.reported(at) and not wish_words.ASKED.search(at.before))
            if told and fits_level(at.quantity, metric) and not at.foreign:
                start, end = at.quantity.start, at.quantity.end
                found[metric.id] = Stated(
                    slot="baseline", text=source.text[start:end], source=source.key, start=start, end=end,
                    value=at.quantity.value, unit=at.quantity.unit, metric_id=metric.id,
                )  # fmt: skip
    return list(found.values())


def answers(source: Source) -> bool:
    """Whether a context text is short enough to be an answer to a question rather than a report."""
    return len(source.text) <= 60 and len(source.facts.quantities) <= 2


def _answers_for(at: Spot, wish: Wish) -> bool:
    """Whether an unnamed figure of a context can only be the wish's: a short answer, or words near the metric's own."""
    if not answers(at.source) or _PART.match(at.source.text, at.quantity.end):
        return False
    if wish.metric is not None and not (_counts(at, wish.metric) or at.quantity.role == "change"):
        return False
    figures = [*at.source.facts.quantities, *at.source.facts.times]
    rest = "".join(
        letter
        for index, letter in enumerate(catalogue.fold(at.clause.text), at.clause.start)
        if not any(figure.start <= index < figure.end for figure in figures)
    )
    rest = _SMALL_TALK.sub("", rest)
    if len(_CONTENT.findall(rest)) <= _FEW_WORDS:
        return True
    if wish.metric is None:
        return wish.name in at.clause.text
    offers = catalogue.default().suggest(at.clause.text, k=_FIRST)
    return wish.metric.id in {offer.metric for offer in offers if offer.score >= _CLEAR}


def _counts(at: Spot, metric: Metric) -> bool:
    """Whether a quantity can be a level of a metric and what it counts is not something else: 31个人, 84 slots."""
    quantity = at.quantity
    if not fits_level(quantity, metric):
        return False
    if quantity.unit in TIME_UNITS | MONEY | {"", "%"}:
        return True
    if metric.kind in {"score", "ratio", "percent"}:
        return quantity.unit in {"分", "点", metric.unit, "point", "points"}
    noun = at.source.text[quantity.end : at.clause.end]
    counted = quantity.unit if quantity.unit.isascii() else "".join(_COUNTED.findall(catalogue.fold(noun)))
    texts = [" ".join((text.name, text.unit, *text.aliases, *text.outcomes)) for text in metric.text.values()]
    return counted in catalogue.fold(" ".join(texts))


def staged(targets: list[Stated], deadlines: list[Stated], source: Source, direction: Direction) -> bool:
    """Whether several targets are steps on one way: each further on, with a day of its own or told as steps."""
    values = [decimal(each.value) for each in targets]
    known = [value for value in values if value is not None]
    if len(values) < 2 or len(known) < len(values) or len({each.unit for each in targets}) > 1:
        return False
    if len(set(known)) < len(known) or any(each.source != source.key for each in targets):
        return False
    days = {each.value for each in deadlines}
    told = _STEPS.search(source.text, 0, targets[-1].start) is not None
    return (len(days) >= len(values) or told) and known == sorted(known, reverse=direction == "down")
