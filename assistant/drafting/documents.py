# ruff: noqa: E501
"""Takes from the user's documents what a draft may rest on: figures of today, an organisational goal, contradictions.

Knows nothing about how passages are found or goals are written. Only what a document says of a metric by name is taken,
only as a starting value, and always with its place; a plan in a document is nobody's target here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant import catalogue
from assistant.catalogue.lookup import features
from assistant.drafting import conflicts, hearing, voice
from assistant.drafting.clauses import Clause, sentences
from assistant.drafting.fitting import decimal
from assistant.drafting.reported import Report, reports
from assistant.goals import Aim, Brief, Citation, Conflict, ConflictValue, Language, Outcome, Passage, Source, Stated
from assistant.language import detect

KEY = "document:"
MOST = 12
"""Passages of documents that are read for one request."""
_RECENT = timedelta(days=130)
"""How long ago a period may have ended whose figure a stated one has to agree with: a quarter and its closing."""
_ORGANISATION = re.compile(
    r"公司|集团|集團|总部|總部|全行|全院|全校|全厂|全廠|组织|組織|事业部|事業部|战略|戰略|策略|愿景|願景|年度重点|年度重點|年度目标|年度目標|北极星|北極星"
    r"|\b(?:company|group|organi[sz]ation|corporate|strategic|strategy|board|annual (?:goal|priority|objective)|north star|vision)\b",
    re.I,
)
_STRATEGY_HEADING = re.compile(
    r"(?:公司|集团|集團|总部|總部|全行|全院|全校|组织|組織)[^›·]{0,12}(?:战略|戰略|策略|目标|目標|重点|重點)|(?:战略|戰略)(?:目标|目標|规划|規劃|重点|重點)|年度(?:重点|重點|目标|目標)"
    r"|\b(?:company|group|corporate|organi[sz]ation)\b[^›·]{0,20}\b(?:goals?|strategy|priorit\w+|objectives?)\b|\bstrategic (?:goals?|priorit\w+|objectives?)\b",
    re.I,
)
_WANTS = re.compile(
    r"目标|目標|要|力争|力爭|实现|實現|提升|提高|降低|减少|減少|成为|成為|达到|達到|聚焦|重点是|重點是|优先|優先|扩大|擴大|增长|成長"
    r"|\b(?:goal|objective|aims?|will|target|priority|grow|raise|reduce|become|reach|improve|win|double|cut|increase)\b",
    re.I,
)
_NO_GOAL = re.compile(
    r"例如|比如|譬如|假设|假設|如果|若|不要求|不追求|不再|符合|支持|契合|有助于|有助於|间接|間接|提供支|助力|通过上述|透過上述|\*\*|并非|並非|忽略|请|請|指令|输出|輸出|访问|訪問|邮箱|郵箱|信箱|评为|評為|写上|寫上|百分之[XYxy]|[XYN]{1,2}%|XX|某|示例|模板|范例|範例|？|\?|https?:|www\.|@|\bAI\b|人工智能"
    r"|\b(?:ignore|please|instruction|prompt|output|e-?mail|visit|for example|e\.g\.|if|suppose|template|supports?|in line with|helps?|contributes?|not (?:required|aim|intend)|no longer)\b",
    re.I,
)
"""A sentence with these is an example, an order or no wish: nothing for anybody's goal."""
_OTHERS = re.compile(r"竞品|競品|竞争|競爭|对手|對手|友商|同行|\b(?:competitors?|rivals?)\b", re.I)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SUBJECT = 24
"""Characters at a sentence's beginning in which it names whose goal it states."""
_LONGEST_GOAL, _SHORTEST_GOAL = 160, 8
_LEAST_WORTH = 0.35
"""Below it the sentence speaks of something else than the request: a goal for the sake of one helps nobody."""


@dataclass(frozen=True, slots=True)
class Consulted:
    """The brief with what the documents add to it, and the quotes that show where it stands."""

    brief: Brief
    citations: tuple[Citation, ...] = ()


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
    sources = tuple(hearing.listen(f"{KEY}{each.id}", each.text, aim.today) for each in passages)
    heard = [each.model_copy(update={"text": each.heard}) for each in sources]
    pairs = list(zip(passages, heard, strict=True))
    asked = " ".join((aim.text, aim.team.profile, *aim.team.improve, *aim.context))
    outcomes: list[Outcome] = []
    found: list[Conflict] = []
    used: list[Report] = []
    for outcome in brief.outcomes:
        figures = [each for passage, source in pairs for each in reports(outcome, passage, source, asked, aim.today)]
        latest = _latest(figures)
        both = _different([*_stated(outcome, latest, aim.today), *(each.stated for each in latest)])
        clash = conflicts.of_values(said, "baseline", outcome.metric_name, both)
        if clash is None and latest and outcome.baseline is None and outcome.direction in ("up", "down"):
            verb = said.verb("percent", outcome.direction, "title")
            clash = conflicts.of_direction(
                said, outcome.metric_name, verb, outcome.direction, latest[0].stated, outcome.target
            )
            if clash is not None:
                found.append(clash)
                used += latest
                outcomes.append(outcome)
                continue
        if clash is not None:
            found.append(clash.model_copy(update={"message": _placed(said, outcome.metric_name, both, latest)}))
        if (rival := _rivals(outcome, pairs, aim, said)) is not None:
            found.append(rival)
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


def _placed(said: voice.Voice, metric: str, both: list[Stated], latest: list[Report]) -> str:
    """Return the message of a contradiction with the place of every figure that a document gives."""
    places = {each.stated.source: each.passage.source for each in latest}
    quoted = [
        said.get("quote").format(text=each.text)
        + (said.get("bracket").format(text=places[each.source]) if each.source in places else "")
        for each in both
    ]
    return said.get("conflict.baseline").format(metric=metric, values=said.get("conflict.and").join(quoted))


def _stated(outcome: Outcome, latest: list[Report], today: date) -> list[Stated]:
    """Return the person's own figure where a document speaks of the same present."""
    present = any(each.ends is None or today - each.ends <= _RECENT for each in latest)
    return [outcome.baseline] if outcome.baseline is not None and present else []


def _latest(figures: list[Report]) -> list[Report]:
    """Return the figures of the latest period, those without a period where none has one, each document once."""
    days = [each.ends for each in figures if each.ends is not None]
    newest = max(days) if days else None
    kept: dict[tuple[str, Decimal | None], Report] = {}
    for each in figures:
        if each.ends == newest:
            kept.setdefault((each.passage.id.partition("#")[0], decimal(each.stated.value)), each)
    return list(kept.values())


def _different(stated: list[Stated]) -> list[Stated]:
    """Return the statements without those that say the same number again: 82% and 82.0%."""
    kept: dict[tuple[Decimal | None, str | None], Stated] = {}
    for each in stated:
        kept.setdefault((decimal(each.value), each.unit), each)
    return list(kept.values())


def _organisational(
    pairs: list[tuple[Passage, Source]], outcomes: list[Outcome], aim: Aim
) -> tuple[Passage, Clause] | None:
    """Return the sentence of a document that states a goal of the organisation and is nearest to the request."""
    wished = features(catalogue.fold(" ".join((aim.text, *aim.team.improve, *(each.metric_name for each in outcomes)))))
    families = {
        family for each in outcomes if each.metric_id for family in catalogue.load().metrics[each.metric_id].families
    }
    best: tuple[float, Passage, Clause] | None = None
    for place, passage, _, sentence in _goals(pairs, aim):
        if not _readable(sentence.text, aim.language):
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


def _goals(pairs: list[tuple[Passage, Source]], aim: Aim) -> Iterator[tuple[int, Passage, Source, Clause]]:
    """Yield the sentences that state a goal of the organisation, with the rank of their passage."""
    for place, (passage, source) in enumerate(pairs):
        heads = _STRATEGY_HEADING.search(passage.title) is not None
        for sentence in sentences(source.text):
            if not _SHORTEST_GOAL <= len(sentence.text) <= _LONGEST_GOAL or not _WANTS.search(sentence.text):
                continue
            if not heads and not _ORGANISATION.search(sentence.text[:_SUBJECT]):
                continue
            around = f"{passage.title} {sentence.text}"
            if not (_NO_GOAL.search(sentence.text) or _OTHERS.search(around) or _over(around, aim.today)):
                yield place, passage, source, sentence


def _rivals(outcome: Outcome, pairs: list[tuple[Passage, Source]], aim: Aim, said: voice.Voice) -> Conflict | None:
    """Return a conflict where two documents set the organisation different targets for the outcome's metric.

    Targets of different years are stages. A sentence with several targets, or with another metric, tells nothing sure.
    """
    found: dict[tuple[Decimal | None, str], tuple[Stated, Passage]] = {}
    years: dict[int | None, set[tuple[Decimal | None, str]]] = {}
    for _, passage, source, sentence in _goals(pairs, aim):
        hits = [hit for hit in catalogue.default().named(sentence.text) if hit.kind == "name"]
        if outcome.metric_id is None or len(hits) != 1 or hits[0].metrics[0] != outcome.metric_id:
            continue
        aimed = [
            quantity
            for quantity in source.facts.quantities
            if sentence.start <= quantity.start < sentence.end and quantity.role == "target"
        ]
        if len(aimed) != 1 or decimal(aimed[0].value) is None:
            continue
        start, end = aimed[0].start, aimed[0].end
        stated = Stated(
            slot="org_goal", text=source.text[start:end], source=source.key, start=start, end=end,
            value=aimed[0].value, unit=aimed[0].unit,
        )  # fmt: skip
        key = (decimal(aimed[0].value), aimed[0].unit)
        found.setdefault(key, (stated, passage))
        named = _YEAR.findall(f"{sentence.text} {passage.title}")
        years.setdefault(int(named[0]) if named else None, set()).add(key)
    rivals = next((keys for keys in years.values() if len(keys) > 1 and len({unit for _, unit in keys}) == 1), None)
    told = [found[key] for key in found if rivals and key in rivals]
    if len({passage.topic for _, passage in told}) < 2:
        return None
    quoted = [
        said.get("quote").format(text=stated.text) + said.get("bracket").format(text=passage.source)
        for stated, passage in told
    ]
    message = said.get("conflict.target").format(
        metric=outcome.metric_name, values=said.get("conflict.and").join(quoted)
    )
    values = tuple(ConflictValue(text=stated.text, source=stated.source) for stated, _ in told)
    return Conflict(slot="org_goal", values=values, message=message)


def _readable(text: str, language: Language) -> bool:
    """Whether a sentence can stand in a text of the language: a goal is quoted word for word, never translated."""
    found = detect(text)
    return found == language or (found == "zh" and language != "en")


def _over(text: str, today: date) -> bool:
    """Whether a text names years and all of them lie behind: last year's strategy is no goal of this one."""
    years = [int(year) for year in _YEAR.findall(text)]
    return bool(years) and max(years) < today.year
