# ruff: noqa: E501
"""Takes from the user's documents what a draft may rest on: figures of today, an organisational goal, contradictions.

Knows nothing about how passages are found or goals are written. Only what a document says of a metric by name is taken,
only as a starting value, and always with its place; a plan in a document is nobody's target here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant import catalogue
from assistant.catalogue.lookup import features
from assistant.drafting import conflicts, voice
from assistant.drafting.clauses import Clause, sentences
from assistant.drafting.slots import decimal, fits
from assistant.goals import Aim, Brief, Citation, Conflict, Outcome, Passage, Quantity, Source, Stated, Time
from assistant.language import read
from assistant.language.calendar import add_months

KEY = "document:"
MOST = 12
"""Passages of documents that are read for one request."""
_RECENT = timedelta(days=130)
"""How long ago a period may have ended whose figure a stated one has to agree with: a quarter and its closing."""
_ACTUAL = re.compile(
    r"(?:实际|實際|实绩|實績|现值|現值|现状|現狀|现况|現況|当前|當前|目前|完成值|达成值|達成值|结果|結果|基线|基線)[值数數]?[^，。；;\n写寫改设設填提升降到至]{0,6}$"
    r"|\b(?:actual|current(?:ly)?|now|today|baseline|result|achieved|reached|came in at|was|were|stood at|ended at|is at)\b(?:(?! to )[^.;\n]){0,12}$",
    re.I,
)
_PLANNED = re.compile(
    r"(?:目标|目標|计划|計畫|計劃|预算|預算|力争|力爭|要|将|將|提升到|提高到|达到|達到|降到|降至|提升至)[值为為:：]?[^，。；;\n]{0,8}$"
    r"|\b(?:target|goal|plan(?:ned)?|budget|aim|to reach|should|will|must|by)\b[^.;\n]{0,14}$",
    re.I,
)
_ORDERED = re.compile(
    r"(?:写成|寫成|写为|寫為|改成|改为|改為|设为|設為|填为|填為|填成|输出|輸出)[^，。；;\n]{0,4}$|\b(?:write|set|output|put|say)\b[^.;\n]{0,24}$",
    re.I,
)
"""Before a figure that a text tells its reader to write: no report."""
_ORGANISATION = re.compile(
    r"公司|集团|集團|总部|總部|全行|全院|全校|全厂|全廠|组织|組織|事业部|事業部|战略|戰略|策略|愿景|願景|年度重点|年度重點|年度目标|年度目標|北极星|北極星"
    r"|\b(?:company|group|organi[sz]ation|corporate|strategic|strategy|board|annual (?:goal|priority|objective)|north star|vision)\b",
    re.I,
)
_WANTS = re.compile(
    r"目标|目標|要|力争|力爭|实现|實現|提升|提高|降低|减少|減少|成为|成為|达到|達到|聚焦|重点是|重點是|优先|優先|扩大|擴大|增长|成長"
    r"|\b(?:goal|objective|aims?|will|target|priority|grow|raise|reduce|become|reach|improve|win|double|cut|increase)\b",
    re.I,
)
_LINE = re.compile(r"[^\n]+")
_ROW = re.compile(r"[^;:：；\n]{1,40}[:：] ?[^;；\n]*(?:[;；] ?[^;:：；\n]{1,40}[:：] ?[^;；\n]*)+")
_LONGEST_GOAL, _SHORTEST_GOAL = 160, 8
_LEAST_WORTH = 0.35
"""Below it the sentence speaks of something else than the request: a goal for the sake of one helps nobody."""


@dataclass(frozen=True, slots=True)
class Consulted:
    """The brief with what the documents add to it, and the quotes that show where it stands."""

    brief: Brief
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure of a metric in a document, with the last day of its period where one is named."""

    stated: Stated
    passage: Passage
    sentence: Clause
    ends: date | None


def consult(brief: Brief, passages: tuple[Passage, ...], aim: Aim) -> Consulted:
    """Return the brief with today's values, an organisational goal and contradictions found in documents.

    A figure that the person gave stays theirs; where a document says another one of the present, both are told as a
    conflict. Of several periods the latest counts; two documents that differ on one period are a conflict, too.

    Args:
        brief: what the person said.
        passages: passages of their documents, best first.
        aim: the request.
    """
    if not passages:
        return Consulted(brief)
    said = voice.load(aim.language)
    sources = tuple(
        Source(key=f"{KEY}{each.id}", text=each.text, facts=read(each.text, aim.today)) for each in passages
    )
    pairs = list(zip(passages, sources, strict=True))
    outcomes: list[Outcome] = []
    found: list[Conflict] = []
    used: list[_Found] = []
    for outcome in brief.outcomes:
        figures = [figure for passage, source in pairs for figure in _figures(outcome, passage, source, aim.today)]
        latest = _latest(figures)
        both = [*_stated(outcome, latest, aim.today), *(each.stated for each in latest)]
        clash = conflicts.of_values(said, "baseline", outcome.metric_name, both)
        if clash is not None:
            found.append(clash.model_copy(update={"message": _placed(said, outcome.metric_name, both, latest)}))
        if outcome.baseline is None and latest:
            outcome = outcome.model_copy(update={"baseline": latest[0].stated})
        used += latest if clash is not None or outcome.baseline in [each.stated for each in latest] else []
        outcomes.append(outcome)
    stated = [*brief.stated, *(each.stated for each in used if each.stated in [o.baseline for o in outcomes])]
    quotes = [(each.passage, each.sentence.text) for each in used]
    if "org_goal" in brief.missing and (goal := _organisational(pairs, outcomes, aim)) is not None:
        passage, sentence = goal
        stated.append(
            Stated(
                slot="org_goal",
                text=sentence.text,
                source=f"{KEY}{passage.id}",
                start=sentence.start,
                end=sentence.end,
            )
        )
        quotes.append((passage, sentence.text))
    keys = {each.source for each in stated} | {value.source for each in found for value in each.values}
    given = {each.slot for each in stated}
    missing = tuple(
        slot
        for slot in brief.missing
        if not (slot == "org_goal" and "org_goal" in given)
        and not (slot == "baseline" and all(each.baseline is not None for each in outcomes))
    )
    return Consulted(
        brief.model_copy(
            update={
                "sources": (*brief.sources, *(source for source in sources if source.key in keys)),
                "outcomes": tuple(outcomes),
                "stated": tuple(stated),
                "missing": missing,
                "conflicts": (*brief.conflicts, *found),
            }
        ),
        tuple(
            dict.fromkeys(
                Citation(id=passage.id, topic=passage.topic, source=passage.source, quote=quote)
                for passage, quote in quotes
            )
        ),
    )


def _placed(said: voice.Voice, metric: str, both: list[Stated], latest: list[_Found]) -> str:
    """Return the message of a contradiction with the place of every figure that a document gives."""
    places = {each.stated.source: each.passage.source for each in latest}
    quoted = [
        said.get("quote").format(text=each.text)
        + (said.get("bracket").format(text=places[each.source]) if each.source in places else "")
        for each in both
    ]
    return said.get("conflict.baseline").format(metric=metric, values=said.get("conflict.and").join(quoted))


def _stated(outcome: Outcome, latest: list[_Found], today: date) -> list[Stated]:
    """Return the person's own figure where a document speaks of the same present."""
    present = any(each.ends is None or today - each.ends <= _RECENT for each in latest)
    return [outcome.baseline] if outcome.baseline is not None and present else []


def _latest(figures: list[_Found]) -> list[_Found]:
    """Return the figures of the latest period, those without a period where none has one, each document once."""
    days = [each.ends for each in figures if each.ends is not None]
    newest = max(days) if days else None
    kept: dict[tuple[str, str | None], _Found] = {}
    for each in figures:
        if each.ends == newest:
            kept.setdefault((each.passage.id.partition("#")[0], each.stated.value), each)
    return list(kept.values())


def _figures(outcome: Outcome, passage: Passage, source: Source, today: date) -> list[_Found]:
    """Return the figures that a passage gives of the outcome's metric as it is or was."""
    found = []
    metric = catalogue.load().metrics.get(outcome.metric_id or "")
    for sentence in _statements(source.text):
        places = _named(outcome, sentence)
        if not places:
            continue
        inside = [q for q in source.facts.quantities if sentence.start <= q.start < sentence.end]
        for quantity in inside:
            before = source.text[sentence.start : quantity.start]
            if not _its_own(quantity, places, sentence, outcome) or (metric and not fits(quantity, metric)):
                continue
            ends = _period(source, sentence, quantity, passage, today)
            if not _reports(quantity, before, ends) or decimal(quantity.value) is None:
                continue
            if ends is not None and ends > today:
                continue
            stated = Stated(
                slot="baseline", text=source.text[quantity.start : quantity.end], source=source.key,
                start=quantity.start, end=quantity.end, value=quantity.value, unit=quantity.unit,
                metric_id=outcome.metric_id,
            )  # fmt: skip
            found.append(_Found(stated, passage, sentence, ends))
            break
    return found


def _named(outcome: Outcome, sentence: Clause) -> list[int]:
    """Return where a sentence names the outcome's metric, as places in it."""
    if outcome.metric_id is None:
        name = outcome.metric_name
        return [sentence.text.index(name)] if name and name in sentence.text else []
    hits = catalogue.default().named(sentence.text)
    return [hit.start for hit in hits if hit.kind == "name" and outcome.metric_id in hit.metrics]


def _its_own(quantity: Quantity, places: list[int], sentence: Clause, outcome: Outcome) -> bool:
    """Whether no other metric is named between the outcome's metric and the quantity."""
    at = quantity.start - sentence.start
    before = [place for place in places if place <= at]
    if not before:
        return False
    others = [
        hit.start
        for hit in catalogue.default().named(sentence.text)
        if hit.kind == "name" and outcome.metric_id not in hit.metrics and max(before) < hit.start < at
    ]
    return not others


def _reports(quantity: Quantity, before: str, ends: date | None) -> bool:
    """Whether the figure tells how things are or were, and not what is planned."""
    if quantity.role == "change" or _ORDERED.search(before):
        return False
    if quantity.role == "baseline" or _ACTUAL.search(before):
        return True
    if _PLANNED.search(before):
        return False
    return ends is not None


def _statements(text: str) -> list[Clause]:
    """Return the sentences of a text; a row of a table, told as `heading: value; heading: value`, is one."""
    found: list[Clause] = []
    for line in _LINE.finditer(text):
        if _ROW.fullmatch(line[0]):
            found.append(Clause(line.start(), line.end(), line[0]))
        else:
            start = line.start()
            found += [Clause(start + each.start, start + each.end, each.text) for each in sentences(line[0])]
    return found


def _period(source: Source, sentence: Clause, quantity: Quantity, passage: Passage, today: date) -> date | None:
    """Return the last day of the period that dates a figure: in its sentence, else in the headings above it."""
    reach = sentence.end if _ROW.fullmatch(sentence.text) else quantity.end
    own = [time for time in source.facts.times if sentence.start <= time.start < reach]
    heads = [day for time in read(passage.title, today).times if (day := _ended(time, today)) is not None]
    days = [day for time in own if (day := _ended(time, today)) is not None]
    return days[-1] if days else max(heads) if heads else None


def _ended(time: Time, today: date) -> date | None:
    """Return the last day of a period; a report that names a quarter without its year means the last one."""
    last = time.resolved[1]
    if last is not None and last > today and time.certainty == "inferred":
        return add_months(last, -12)
    return last


def _organisational(
    pairs: list[tuple[Passage, Source]], outcomes: list[Outcome], aim: Aim
) -> tuple[Passage, Clause] | None:
    """Return the sentence of a document that states a goal of the organisation and is nearest to the request."""
    wished = features(catalogue.fold(" ".join((aim.text, *aim.team.improve, *(each.metric_name for each in outcomes)))))
    families = {
        family for each in outcomes if each.metric_id for family in catalogue.load().metrics[each.metric_id].families
    }
    best: tuple[float, Passage, Clause] | None = None
    for place, (passage, source) in enumerate(pairs):
        heads = _ORGANISATION.search(passage.title) is not None
        for sentence in sentences(source.text):
            if not _SHORTEST_GOAL <= len(sentence.text) <= _LONGEST_GOAL or not _WANTS.search(sentence.text):
                continue
            if not heads and not _ORGANISATION.search(sentence.text):
                continue
            theirs = features(catalogue.fold(sentence.text))
            shared = sum(1 for feature in theirs if feature in wished) / (len(theirs) or 1) ** 0.5
            near = {
                family
                for hit in catalogue.default().named(sentence.text)
                for id in hit.metrics
                for family in catalogue.load().metrics[id].families
            }
            worth = shared + 0.5 * bool(near & families) + 0.2 / (1 + place)
            if best is None or worth > best[0]:
                best = (worth, passage, sentence)
    if best is None or best[0] < _LEAST_WORTH:
        return None
    return best[1], best[2]
