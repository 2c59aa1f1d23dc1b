# ruff: noqa: E501
"""Finds the measure that a person names beside figures and that the catalogue does not know.

Knows nothing about goals. What the person counts comes before what the catalogue would guess: a guess keeps its place
only where it is firm, its unit can carry the figures and it moves the way the person wants.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import catalogue
from assistant.drafting import slots
from assistant.drafting.clauses import Clause, clauses
from assistant.drafting.outcomes import Suggest, Wish
from assistant.goals import Change, Direction, Quantity, Source
from assistant.language.units import DURATIONS

_FIRM = 0.3
"""Score from which a guess may carry figures that were given for a measure in other words."""
_LONGEST_NAME = 12
_SHORT = 4
"""A predicate of fewer characters leaves out what is done: its object stands before the figure."""
_DOING = re.compile(
    r"\s*的?(?P<whole>[\u4e00-\u9fff]{2,4}?)(?P<doing>(?:正?在|会|會|已|能|愿意|願意|有|没|沒|按|用)[\u4e00-\u9fffA-Za-z]{1,12})$"
    r"|\s+of (?:our |the |all )?(?P<whole_en>[a-z]+(?: [a-z]+)?) (?P<does>(?:use|file|have|open|reply|complete|finish|renew|buy|return|come|take"
    r"|read|log|pass|show|do|get|answer|submit|attend|turn|set|sign|report|know|keep|join|vote)\b[^,;.]{1,40})$"
)
"""Behind a share: whose share it is and what they do."""
_CAN_DO = re.compile(
    r"(?:最多(?:只?能)?|只能)(?P<zh>[\u4e00-\u9fff])\s*$|\bcan (?:only |just )?(?:do|run|swim|ride|walk|row|cycle)\s*$",
    re.I,
)
"""Right before a figure: what one can do today."""
_CAN_NEAR = 16
_FAR = re.compile(r"公里|千米|米|公尺|里|miles?|km|k|m|met(?:re|er)s?|yards?", re.I)
_TAKES = re.compile(
    r"(?P<zh>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z ]{1,20}?)\s*(?:现在|現在|目前|平均)*(?:要|得|需要?|花)\s*$"
    r"|(?:our |the )?(?P<en>[a-z][a-z' -]{2,40}?) (?:currently |now )?(?:takes?|needs?)(?: us| about| around)*\s*$",
    re.I,
)
"""Right before a duration: what takes it."""
_LEAD = re.compile(r"(?:只有|仅有?|僅有?|才有?|大约|大約|约|約|目前|现在|現在|有|[，,\s])+$|^(?:我们|我們)")
_HANDLED = re.compile(r"[把将將]")
_NOUN = re.compile(
    r"^(?:我们|我們|请|請)?(?:要|想|希望|争取|爭取)?(?:把|将|將|让|讓|使)?(?:提升|提高|增加|降低|减少|減少|缩短|縮短|压缩|壓縮)?"
    r"(?P<zh>[\u3400-\u9fffA-Za-z]{2,16}?)(?:要|能)?(?:从|由|目前|现在|現在)"
    r"|\b(?:raise|cut|reduce|improve|bring|move|get|take|grow|increase|lower|shorten|lift)\s+(?:the\s+|our\s+)?"
    r"(?P<verb>[a-z][a-z' -]{2,50}?)\s+(?:from|to|by)\b|^(?:our\s+|the\s+)?(?P<lead>[a-z][a-z' -]{2,50}?)\s+from\b",
    re.IGNORECASE,
)


def settle(wishes: list[Wish], source: Source, functions: tuple[str, ...], suggest: Suggest) -> list[Wish]:
    """Return the wishes of a text, each measured by what the person named beside its figures.

    Args:
        wishes: as found by name and by meaning.
        source: their text.
        functions: functions of the team.
        suggest: ranks catalogue metrics for a text.
    """
    settled = list(wishes)
    hits = catalogue.default().named(source.text)
    for change in source.facts.changes:
        figures = _figures(source, change)
        if not figures:
            continue
        clause = _clause(source, figures[0])
        noun = _noun(source, change, figures[0], clause)
        if noun is None or any(hit.start < noun.end and noun.start < hit.end for hit in hits):
            continue
        direction = change.direction or _way(source, change)
        own = Wish(source, clause, None, noun.text, noun.start, direction)
        guess = next((at for at, wish in enumerate(settled) if not wish.name), None)
        if guess is None:
            if all(wish.name != noun.text for wish in settled):
                settled.append(own)
        elif not _holds(settled[guess], figures, direction, functions, suggest):
            settled[guess] = replace(own, start=min(settled[guess].start, own.start))
    if len(settled) == 1 and not settled[0].name:
        settled = [_told(settled[0], source, functions, suggest)]
    return sorted(settled, key=lambda wish: wish.start)


def _told(wish: Wish, source: Source, functions: tuple[str, ...], suggest: Suggest) -> Wish:
    """Return the wish measured by what its figure is said to be: what one can do, a share, the time that it takes."""
    if (ability := _ability(source)) is not None:
        return replace(wish, metric=None, name=ability, direction="up")
    own = None
    if (share := _share(source)) is not None:
        own = replace(wish, metric=None, name=share)
    elif (wish.metric is None or wish.metric.kind != "duration") and (length := _length(source)) is not None:
        own = replace(wish, metric=None, name=length, direction=wish.direction or "down")
    if own is None or wish.metric is None:
        return own or wish
    scores = [offer.score for offer in suggest(source.text, functions) if offer.metric == wish.metric.id]
    return wish if scores and scores[0] >= _FIRM else own


def _share(source: Source) -> str | None:
    """Return a name for the share that a text states of those who do something: 只有11%的客户在用."""
    for quantity in source.facts.quantities:
        clause = _clause(source, quantity)
        behind = source.text[quantity.end : clause.end]
        if quantity.unit == "%" and (match := _DOING.match(behind)) is not None:
            if match["whole_en"]:
                return f"share of {match['whole_en']} that {match['does']}"
            lead = _LEAD.sub("", source.text[clause.start : quantity.start]).strip()
            lead = lead if len(lead) <= _LONGEST_NAME and len(match["doing"]) < _SHORT else ""
            return f"{lead}{match['doing']}的{match['whole']}比例"
    return None


def _ability(source: Source) -> str | None:
    """Return a name for what a text says one can do at most today: 最多能跑6公里."""
    for quantity in source.facts.quantities:
        match = _CAN_DO.search(source.text[max(0, quantity.start - _CAN_NEAR) : quantity.start])
        if match is None or quantity.unit in {*DURATIONS, "workday", "", "%", "pp", "x"}:
            continue
        far = _FAR.fullmatch(quantity.unit) is not None
        if match["zh"]:
            kind = ("距離" if far else "數量") if source.facts.language == "zh-Hant" else ("距离" if far else "数量")
            return f"一次能{match['zh']}的{kind}"
        return f"{'distance' if far else 'amount'} in one go"
    return None


def _length(source: Source) -> str | None:
    """Return a name for the time that something is said to take: 各单位的申请要4天才能给."""
    for quantity in source.facts.quantities:
        clause = _clause(source, quantity)
        taken = _TAKES.match(source.text[clause.start : quantity.start])
        if quantity.unit in DURATIONS and taken is not None:
            if taken["en"]:
                return f"time for {taken['en'].strip()}"
            space = " " if taken["zh"].strip()[-1].isascii() else ""
            return f"{taken['zh'].strip()}{space}{'所需時間' if source.facts.language == 'zh-Hant' else '所需时间'}"
    return None


def _figures(source: Source, change: Change) -> list[Quantity]:
    """Return the figures of a change that say what is wanted, in order of place."""
    if change.to is None and change.stated is None:
        return []
    places = [place for place in (change.frm, change.to, change.stated) if place is not None]
    return [source.facts.quantities[place] for place in sorted(places)]


def _clause(source: Source, figure: Quantity) -> Clause:
    parts = clauses(source.text)
    whole = Clause(0, len(source.text), source.text)
    return next((part for part in parts if part.start <= figure.start < part.end), whole)


def _noun(source: Source, change: Change, figure: Quantity, clause: Clause) -> Clause | None:
    """Return the words that name what the figures measure: a measure read before them, else the clause's subject."""
    before = [
        mention for mention in source.facts.metrics if clause.start <= mention.start and mention.end <= figure.start
    ]
    if change.metric is not None and source.facts.metrics[change.metric].end <= figure.start:
        before.append(source.facts.metrics[change.metric])
    match = _NOUN.search(source.text[clause.start : figure.start])
    subject = None
    if match is not None:
        name = next(name for name in ("zh", "verb", "lead") if match[name])
        start, end = match.span(name)
        start = max([start, *(mark.end() for mark in _HANDLED.finditer(match.string, start, end))])
        subject = Clause(clause.start + start, clause.start + end, match.string[start:end])
    if not before:
        return subject
    nearest = before[-1]
    if subject is not None and subject.end == nearest.end and len(subject.text) <= _LONGEST_NAME:
        return subject
    return Clause(nearest.start, nearest.end, source.text[nearest.start : nearest.end])


def _way(source: Source, change: Change) -> Direction | None:
    """Return the direction that two levels give."""
    if change.frm is None or change.to is None:
        return None
    first, last = (slots.decimal(source.facts.quantities[place].value) for place in (change.frm, change.to))
    if first is None or last is None or first == last:
        return None
    return "up" if last > first else "down"


def _holds(
    wish: Wish, figures: list[Quantity], direction: Direction | None, functions: tuple[str, ...], suggest: Suggest
) -> bool:
    """Whether a guessed metric may keep the figures."""
    if wish.metric is None:
        return False
    if not all(slots.fits(figure, wish.metric) for figure in figures):
        return False
    if direction and wish.metric.direction != "keep" and direction != wish.metric.direction:
        return False
    scores = [offer.score for offer in suggest(wish.source.text, functions) if offer.metric == wish.metric.id]
    return bool(scores) and scores[0] >= _FIRM
