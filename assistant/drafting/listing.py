# ruff: noqa: E501
"""Splits an aim into stretches that may each be a wish of its own. Knows nothing about metrics but how sure they must be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.drafting.clauses import Clause

_LISTED = re.compile(r"[、/]|\s+(?:and|&)\s+|和|并且?|並且?|以及")
_ADDED = re.compile(r"也要|还要|還要")
"""It joins a second wish to a first one within a clause: 提高转化率也要降低退货率."""
_SHORTEST_WISH = 4
_BOTH = re.compile(
    r"^(?:[这這那])?(?P<zh>[两兩二三四])(?:件事|件|[头頭]|[样樣]|[边邊]|方面|[个個点點项項])?(?:情)?(?:一起|[都均])|^(?:(?:and |so )?(?:we|i|i'd|we'd) (?:\w+ ){1,3}(?:to )?(?:\w+ )?)?(?P<en>both|all three|all four)\b",
    re.I,
)
"""A last clause that counts the wishes told before it."""
_ANNOUNCED = re.compile(
    r"^[^，。,.:：]{0,8}?(?P<zh>[两兩二三四五2-5])\s*(?:件事|[个個](?:目标|目標|方面|重点|重點)|[点點项項条條块塊])[^:：，,]{0,4}[:：，,]\s*"
    r"|^(?:[\w']+ ){0,4}?(?P<en>two|three|four|five|[2-5]) (?:things|goals|priorities|areas|aims|outcomes|targets)\b[^:]{0,20}:\s*",
    re.I,
)
"""Words that announce how many wishes follow."""
_NUMBERS = {"两": 2, "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "two": 2, "three": 3, "four": 4, "five": 5}
_MARKS = (
    re.compile(r"(?:^|(?<=[\s；;，,。]))\d{1,2}[.)、．）](?!\d)"),
    re.compile(r"[；;。]"),
    re.compile(r"[；;。、]|[，,](?=\D)"),
)
"""Marks between announced wishes, the strongest first."""
ADDS = re.compile(
    r"^(?:另外|同时|同時|此外|而且|并且|並且|顺便|順便|还有|還有|还要|還要|其次|以及|也(?!不可能|[没沒]|不[会會]|[是就已无無只]))|^[\u4e00-\u9fff]{1,12}(?:也|还|還)[要想得]|^and (?:raise|cut|win|lower|improve|increase|reduce|shorten|get more|get fewer|have more|have fewer)\b|\b(?:also|plus|as well)\b|\btoo$",
    re.I,
)
"""A clause with these adds a wish to one that was told before."""
_MORE = re.compile(
    r"更|一[点點些]|要[高低快慢多少]|得[快慢多少]|[快少多高低][点點]|[减減降提升增]|[别別](?:再|老)|不要(?:再|老)"
    r"|\b(?:stop|no|more|less|fewer|better|faster|quicker|sooner|higher|lower|happier|cut|raise|reduce|improve|grow|shorten)\b",
    re.I,
)
"""Words of a clause that asks for a change by itself."""
_ORDERED = re.compile(
    r"^(?:and )?(?:please )?(?:raise|cut|keep|reach|grow|win|lower|improve|hold|bring|increase|reduce|halve|double|shorten|stop|serve|recruit|train|open|close|clear|hire|sell|sign|publish|lift|speed up|get)\b",
    re.I,
)
"""An order in English; a row of them is a row of wishes."""
_TOGETHER = re.compile(
    r"(?P<items>[\u4e00-\u9fffA-Za-z]{2,10}(?:、[\u4e00-\u9fffA-Za-z]{2,10})*(?:、|和|跟|与|與|及|还有|還有)[\u4e00-\u9fffA-Za-z]{2,10}?)[都均](?:被|要|想|得|需要|不行|不够|不夠|很差|太|有问题|有問題)"
)
"""Several things of which the same is complained or wished."""
_ITEM = re.compile(r"、|和|跟|与|與|及|还有|還有")
_PARALLEL = 3
_DEMANDED = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}(?:也|还|還)?[要得](?:更|再)?[降升涨漲提减減增缩縮快慢少多高低]")
"""Topic and demand; two such clauses are two wishes, other clauses only from three like ones on."""
_CONTENT = re.compile(r"[\u3400-\u9fff]{2}|[A-Za-z]{3}")
_FIGURES = re.compile(
    r"[\d０-９.．,%％]+\s*[万萬亿億千k]?|[一二三四五六七八九十]+(?=[月成])|[明今]?年|[月底末前内內到至达達做]|上?下?半年?|季度?",
    re.I,
)
TOPICLESS = re.compile(r"(?:要|想|得|希望|需要|尽快|盡快|快)\S{1,5}|(?:[a-z']+ ?){1,2}(?:,? please)?", re.I)
"""A short clause that asks for a change and names nothing: it wishes for what stands before it."""
ABOUT_IT = re.compile(
    r"(?:and |but |so )?(?:(?:i|we) )?(?:(?:do not|don't|never) want (?:it|that|this|them|those)\b.{0,30}|(?:it|that|this) (?:has to|have to|must|should|needs to|cannot|can't) (?:\w+ ?){1,3})|"
    r"(?:and |but |so )?(?:(?:i|we|i'd|we'd) )?(?:want|need|would like|like|get|bring|make|take|cut|raise|see) (?:it|that|this|them|those)\b[^,;]{0,40}",
    re.I,
)
"""A clause that wishes for what was named before."""
_NOT_AGAIN = re.compile(
    r"[也都]?(?:希望|想)?(?:不要|不想|不能|[别別])(?:再|每次|老是?|一直|总是?|總是?)(?:都|再)?\S{1,5}"
)
"""A clause that wants no more of what was told before."""
CERTAIN, LIKELY, _POSSIBLE = 0.25, 0.17, 0.1
"""Scores from which a clause without a metric counts as a wish of its own: by itself, added or in a row of like ones,
in an announced list."""


def _segments(parts: list[Clause]) -> list[Clause]:
    """Return the clauses, those that list several wishes split at their marks."""
    found: list[Clause] = []
    for part in parts:
        for piece in _split(part, _LISTED):
            added = _split(piece, _ADDED)
            both = (
                len(added) > 1
                and _MORE.search(added[0].text)
                and all(len(each.text) >= _SHORTEST_WISH for each in added)
            )
            found += added if both else [piece]
    return [each for each in found if len(each.text) >= _SHORTEST_WISH and not ADDS.fullmatch(each.text.strip())]


def _split(part: Clause, marks: re.Pattern[str]) -> list[Clause]:
    """Return the stretches of a clause between marks."""
    found, at = [], 0
    for mark in [*marks.finditer(part.text), None]:
        end = mark.start() if mark else len(part.text)
        found.append(Clause(part.start + at, part.start + end, part.text[at:end]))
        at = mark.end() if mark else end
    return found


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that may be a wish of its own.

    Attributes:
        part: its place and words.
        least: how sure its metric has to be.
        listed: a list announces it.
        parallel: it is one of a row of like demands.
        added: it joins a wish to what was told before.
    """

    part: Clause
    least: float
    listed: bool = False
    parallel: bool = False
    added: bool = False

    @property
    def marked(self) -> bool:
        """Whether its form alone makes it a wish of its own."""
        return self.listed or self.parallel or self.added


def stretches(text: str, parts: list[Clause]) -> list[Stretch]:
    """Return what may be a wish of its own: the items of an announced list, a row of like demands, else the clauses.

    Args:
        text: the aim.
        parts: its clauses.
    """
    announced = _announced(text)
    if announced:
        return [Stretch(part, _POSSIBLE, listed=True) for part in announced]
    if together := _complained_of(text):
        return [Stretch(part, LIKELY, listed=True) for part in together]
    if counted := _counted(parts):
        return [Stretch(part, _POSSIBLE, listed=True) for part in counted]
    found = _segments(parts)
    ordered = [part for part in found if _ORDERED.match(part.text)]
    if len(ordered) > 1 and len(ordered) >= len(found) - 1 and ordered == found[: len(ordered)]:
        return [Stretch(part, _POSSIBLE, parallel=True) for part in ordered]
    like = _MORE if len(found) >= _PARALLEL else _DEMANDED
    if len(found) > 1 and all(like.search(part.text) for part in found):
        return [Stretch(part, LIKELY, parallel=True) for part in found]
    return [Stretch(part, LIKELY, added=True) if ADDS.search(part.text) else Stretch(part, CERTAIN) for part in found]


def _complained_of(text: str) -> list[Clause]:
    """Return the things of which one clause complains together: 夜市的油烟、停车跟厕所都被骂."""
    match = _TOGETHER.search(text)
    if match is None or text.count("、", match.start("items"), match.end("items")) == 0:
        return []
    items = Clause(match.start("items"), match.end("items"), match["items"])
    return _split(items, _ITEM)


def _counted(parts: list[Clause]) -> list[Clause]:
    """Return the clauses that a last one counts as so many wishes: 房间太吵，早餐也凉，两件事都要改."""
    match = _BOTH.match(parts[-1].text) if len(parts) > 1 else None
    if match is None:
        return []
    wanted = _NUMBERS[match["zh"]] if match["zh"] else {"both": 2, "all three": 3, "all four": 4}[match["en"].lower()]
    return parts[:-1] if len(parts) - 1 == wanted else []


def _announced(text: str) -> list[Clause]:
    """Return the wishes of a list that says how many there are; none where their number does not come out."""
    match = _ANNOUNCED.match(text)
    if match is None:
        return []
    said = (match["zh"] or match["en"]).lower()
    wanted = _NUMBERS.get(said) or int(said)
    rest = Clause(match.end(), len(text), text[match.end() :])
    for marks in _MARKS:
        pieces = [each for each in _split(rest, marks) if len(each.text.strip()) >= _SHORTEST_WISH]
        if len(pieces) == wanted:
            return pieces
    return []


def follows_up(text: str, part: Clause) -> bool:
    """Return whether a clause wishes for what stands before it and names nothing new: 修得太慢，要快点补上."""
    if part.start == 0:
        return False
    if ABOUT_IT.fullmatch(part.text.strip()) or _NOT_AGAIN.fullmatch(part.text.strip()):
        return True
    if ADDS.search(part.text):
        return False
    words = _FIGURES.sub("", part.text).strip()
    return TOPICLESS.fullmatch(words) is not None or not _CONTENT.search(words)
