# ruff: noqa: E501
"""Tells what surrounds a figure: clause, sentence, the measure named beside it, whose it is and of which part.

Knows nothing about the slots that figures fill.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant import catalogue
from assistant.drafting import others, periods
from assistant.drafting.clauses import Clause, clauses, sentences
from assistant.drafting.outcomes import Wish
from assistant.goals import Quantity, Source

AIMED = re.compile(
    r"到|至|达|達|目标|目標|希望|争取|爭取|要|\b(?:to|target|goal|reach|hit|aim|wants?|expects?|requires?|should)\b",
    re.I,
)
"""Words before a figure that aim at it."""
_ASKED_DIRECTLY = re.compile(r"(?:做到|达到|達到|目标|目標|\b(?:reach|hit|target|goal))\W*$", re.I)
_HAPPENED = re.compile(
    r"(?:涨|漲|跌|升|降|掉|增|减|減)(?:到|至|为|為)了?\s*\S{0,6}的|\b(?:was|were|had|stood|rose|fell|grew|went|dropped)\b",
    re.I,
)
"""Words before a labelled figure that tell what has happened."""
_SCOPE = re.compile(
    r"华[东南西北中]|[东南西北中]部?[区店厂仓]|[一二三四五六七八九十\d]+号?(?:线|店|厂|组|车间|门店|校区|班|部|仓|院区|期)|(?:门店|分店|工厂|产线|车间|校区|仓库|院区)[a-z\d一二三四]|[a-z] ?(?:线|店|厂|组|仓|区|班|产品)"
    r"|[\u4e00-\u9fff]{2}[店厂仓院校馆班组](?=\s*(?:是|有|为|现在|目前|只有|才|约)?\s*$)|线上|线下|[白夜早晚日]班|新客|老客|新用户|老用户|国内|海外|ios|安卓|android|小程序|官网|移动端|手机端|pc|门诊|住院|城区|郊区|总部|周末|[\u4e00-\u9fff]{2}(?:校区|院区|分公司|分店|大区|门店)"
    r"|\b(?:north|south|east|west|online|offline|in-store|mobile|desktop|android|(?:day|night|early|late) shift|new customers|returning|domestic|overseas|weekends?"
    r"|(?:site|line|plant|shop|branch|team|shift|ward|region|store|clinic|depot|warehouse) (?:[a-z]|\d+))\b"
)
"""Parts of an organisation or of its customers, folded: a figure of one is not another's."""

_NUMBERING = re.compile(r"(?:^|(?<!\S)|[\s:：;；,，。])\d{1,2}[.)、．）](?!\d)")
"""The number of an item of a list, from the character before it on."""
_BEHIND_SCOPE = re.compile(
    r"^\s*(?:on|in|at|for|among|with|from) (?:the |our |my )?(?P<part>(?!last|this|next|january|february|march|april|may|june|july|august|september|october|november|december|q\d|total|all|average)[a-z][a-z' -]{1,30}?)(?=\s*(?:\band\b|\bbut\b|[,.;)]|$))"
)
"""Behind an English figure: the part that it is of, where another figure is of another part."""
_OF_WHICH = re.compile(
    r"[\u4e00-\u9fff]{0,8}?[，,]?\s*(?:当中|當中|其中|里|裡|中)?(?:就|只|才|竟|居然|都)?(?:有|出了|坏了|壞了)\s*"
)
_INSIDE = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:[里裡中]|当中|當中|其中|的)[\u4e00-\u9fff]{0,10}?(?:只有|[只才就]剩?|仅有?|僅有?)\s*"
)
"""Between a whole and a part of it in one clause: 52个脚本里还在跑的只有19个."""
_OF_ALL = re.compile(r"\bof (?:(?:all )?(?:our|the|those|these)|all)\s*$", re.I)
_OUT_OF = re.compile(r"\s*(?:out )?of (?:the |our |all |all the |those |these )?(?:last |past )?$", re.I)
_STOPS = re.compile(r"[.;!?](?:\s|$)")
_SPANS = frozenset({"day", "workday", "week", "month", "h", "min", "年"})
_COMPOSED = re.compile(
    r"^\s*(?:的人|的)?(?:都)?(?:是|為|为|属于|屬於|来自|來自)(?!因为|因為|正常|去年|今年|[我你])[\u4e00-\u9fff]{2,}"
)
"""Behind a share: what so many are, such as 三成是临时工."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure with the clause and the sentence that it stands in."""

    source: Source
    clause: Clause
    sentence: Clause
    quantity: Quantity

    @property
    def before(self) -> str:
        """The words of the clause before the figure, names of metrics blanked: the "to" of "time to hire" aims at nothing."""
        return blanked(self.clause.text)[: self.quantity.start - self.clause.start]

    @property
    def lead(self) -> str:
        """The words before the figure back to the last mark of a list."""
        return self.before.rpartition("、")[2]

    @property
    def foreign(self) -> bool:
        """Whether the figure is said of somebody else."""
        return others.elses(self.source.text, self.sentence, self.quantity.start, self.quantity.end)

    @property
    def scope(self) -> frozenset[str]:
        """The part of the organisation or of its customers that the words before the figure name."""
        found = _SCOPE.findall(catalogue.fold(self.before))
        behind = catalogue.fold(self.clause.text[self.quantity.end - self.clause.start :])
        if not found and (match := _BEHIND_SCOPE.match(behind)) is not None and self._in_parts:
            found = [match["part"].strip()]
        return frozenset(found)

    @property
    def _in_parts(self) -> bool:
        """Whether another figure of the same unit in the clause has its own part behind it: 17% in Leeds and 31% in York."""
        told = 0
        for each in self.source.facts.quantities:
            if self.clause.start <= each.start < self.clause.end and each.unit == self.quantity.unit:
                told += _BEHIND_SCOPE.match(catalogue.fold(self.source.text[each.end : self.clause.end])) is not None
        return told > 1

    @property
    def composed(self) -> bool:
        """Whether a share tells what so many are and no level of anything: 旺季有三成是临时工."""
        behind = self.source.text[self.quantity.end : self.clause.end]
        return self.quantity.unit == "%" and _COMPOSED.match(behind) is not None


@lru_cache(maxsize=1_024)
def blanked(text: str) -> str:
    """Return a text with the names of catalogue metrics blanked out, every place as before."""
    letters = list(text)
    for hit in catalogue.default().named(text):
        if hit.kind == "name":
            letters[hit.start : hit.end] = "_" * (hit.end - hit.start)
    return "".join(letters)


def spots(source: Source) -> list[Spot]:
    """Return the figures of a text with their surroundings."""
    parts, wholes = clauses(source.text), sentences(source.text)
    found = []
    for quantity in source.facts.quantities:
        if _NUMBERING.match(source.text, max(0, quantity.start - 1)):
            continue
        clause = next((part for part in parts if part.start <= quantity.start < part.end), None)
        if clause is not None:
            sentence = next((part for part in wholes if part.start <= quantity.start < part.end), clause)
            found.append(Spot(source, clause, sentence, quantity))
    return found


def is_whole(source: Source, quantity: Quantity) -> bool:
    """Whether a count is the number out of which the next one is told: 今年9次改版有6次出包, 6 of 9 releases."""
    for other in source.facts.quantities:
        if other.start == quantity.start or not _alike(other.unit, quantity.unit):
            continue
        if other.start >= quantity.end and _INSIDE.fullmatch(source.text, quantity.end, other.start):
            return True
        if (
            other.start >= quantity.end
            and _OF_ALL.search(source.text, 0, quantity.start)
            and not _STOPS.search(source.text, quantity.end, other.start)
        ):
            return True
        if other.start >= quantity.end and _OF_WHICH.fullmatch(source.text, quantity.end, other.start):
            return True
        if other.end <= quantity.start and _OUT_OF.fullmatch(source.text, other.end, quantity.start):
            return True
    return False


def _alike(first: str, second: str) -> bool:
    """Whether two counts can be of the same thing."""
    if {first, second} & {"%", "pp", "x"}:
        return False
    return first == second or "" in {first, second} or {first, second} <= _SPANS


def reports_past(at: Spot, found: list[Spot]) -> bool:
    """Whether a figure is labelled with a period gone by and another one is told or aimed at: 第三季8.1萬，要到11萬."""
    period = periods.label(at.source, at.quantity)
    if period is None or (
        at.quantity.role == "target" and _ASKED_DIRECTLY.search(at.before[: max(0, period.start - at.clause.start)])
    ):
        return False
    if _HAPPENED.search(at.before):
        return True
    return any(
        other.quantity.start > at.quantity.start
        and other.quantity.unit == at.quantity.unit
        and periods.label(other.source, other.quantity) is None
        and AIMED.search(other.before)
        for other in found
    )


def past_labels(source: Source) -> set[int]:
    """Return where the periods stand that label figures of what has been: they are nobody's last day."""
    found = spots(source)
    labels = [periods.label(source, at.quantity) for at in found if reports_past(at, found)]
    return {time.start for time in labels if time is not None}


def measured_by(at: Spot, wishes: list[Wish]) -> tuple[str, ...] | None:
    """Return what the nearest words before the figure in its clause name, else after it.

    The ids of a catalogue metric, the person's own measure, or in a report a measure that nobody wished for.
    """
    source, clause, quantity = at.source, at.clause, at.quantity
    hits = _names(clause.text)
    named = [(clause.start + hit.start, hit.metrics) for hit in hits]
    for wish in wishes:
        if wish.metric is None and wish.name and wish.source is source and wish.name in clause.text:
            named.append((clause.start + clause.text.index(wish.name), (wish.name,)))
    if source.key.startswith("context:"):
        taken = [(clause.start + hit.start, clause.start + hit.end) for hit in hits]
        named += [
            (mention.start, _near(mention.name, wishes))
            for mention in source.facts.metrics
            if clause.start <= mention.start and mention.end <= quantity.start
            and not any(start < mention.end and mention.start < end for start, end in taken)
        ]  # fmt: skip
    before = [(start, keys) for start, keys in named if start <= quantity.start]
    if before:
        return max(before)[1]
    if not named or any(min(named)[0] < other.start < clause.end for other in source.facts.quantities):
        return None
    return min(named)[1]


def _names(text: str) -> list[catalogue.Hit]:
    """Return the metrics that a text names, also where a hyphen joins the words: first-contact resolution."""
    hits = [hit for hit in catalogue.default().named(text) if hit.kind == "name"]
    joined = catalogue.default().named(text.replace("-", " ")) if "-" in text else ()
    return hits + [
        hit for hit in joined
        if hit.kind == "name" and not any(each.start < hit.end and hit.start < each.end for each in hits)
    ]  # fmt: skip


def _near(name: str, wishes: list[Wish]) -> tuple[str, ...]:
    """Return the wished metrics that a measure outside the catalogue may be another name of, else the name itself."""
    offers = {offer.metric for offer in catalogue.default().suggest(name)}
    return tuple(wish.metric.id for wish in wishes if wish.metric and wish.metric.id in offers) or (name,)
