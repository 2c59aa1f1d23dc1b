# ruff: noqa: E501
"""Names measures that only the person knows: how often something is done, the share of those that do it, what is counted.

Knows nothing about wishes or slots.
"""

from __future__ import annotations

import re

from assistant import catalogue
from assistant.drafting import in_words
from assistant.drafting.clauses import Clause, clauses
from assistant.goals import Metric, Quantity, Source
from assistant.language.units import DURATIONS

_LEAD_EN = re.compile(
    r"^(?:(?:we|i|please|let's|want|would like|need|to|would|should|move|get|take|bring|make|change|switch|turn|run|do|have|hold|send|publish|carry out|our|the|a|an|my|this) )+",
    re.I,
)
_BEHIND_EN = re.compile(
    r"(?: (?:goes?|is|are|was|were|gets?|comes?|runs?|happens?|takes? place|done|sent|held|published|updated|out|only|just|now|currently|at present|from|to|about|still|place|up|:))+$",
    re.I,
)
_WORDS_EN = re.compile(r"[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,5}", re.I)
_LEAD_ZH = re.compile(r"^(?:我们|我們|咱们|请|請|希望|想要?|把|将|將|让|讓|目前|现在|現在|的|要)+")
_BEHIND_ZH = re.compile(r"(?:目前|现在|現在|都?是|只有?|只能|才|大概|一般|平均|从|從|由|差不多|还是|還是|，|,|\s)+$")
_CAN_DO = re.compile(
    r"(?:最多(?:只?能)?|只能)(?P<zh>[\u4e00-\u9fff])\s*$|\bcan (?:only |just )?(?:do|run|swim|ride|walk|row|cycle)\s*$",
    re.I,
)
"""Right before a figure: what one can do today."""
_CAN_NEAR = 16
_FAR = re.compile(r"公里|千米|米|公尺|里|miles?|km|k|m|met(?:re|er)s?|yards?", re.I)
_LETTERS = 4
_SHORTEST, _LONGEST_ZH, _LONGEST_WORDS = 2, 12, 5
_WHOLE_ZH = re.compile(
    r"(?P<whole>[\u4e00-\u9fffA-Za-z]{2,9}?)(?:里头|裡頭|里面|裡面|当中|當中|之中|[里裡中])?(?:大概|大约|大約|目前|现在|現在)?(?:只有|仅有?|僅有?|才有?|[就有]|占了?|佔了?)(?:差不多|将近|將近|约|約|不到)?\s*$"
)
"""Right before a share: those that it is a share of."""
_DOING_ZH = re.compile(r"\s*(?:的?人)?(?P<doing>(?!的|左右|以上|以下|多)[\u4e00-\u9fff]{2,14})$")
"""Right behind a share: what they do."""
_NOUN_ZH = re.compile(r"\s*(?P<noun>[\u4e00-\u9fff]{2,8})(?=$|[，。；,;、])")
_NO_NOUN = re.compile(
    r"左右|以上|以下|不到|要|想|太|得|都|(?:没|沒|还|還)(?![\u4e00-\u9fff]{1,3}的)|就|才|[了着著过過的]$"
)
_VAGUE_LEAD = re.compile(
    r"(?:我们|我們|咱们|手[上头頭]|现在|現在|目前|一共|总共|總共|还有?|還有?|有|积压|積壓|桌上|这边|這邊|里|裡)+|[\u4e00-\u9fff]{2,4}[里裡上]还?還?(?:有|积压了?|積壓了?|压着|壓著)"
)
"""Before a count: it says who has them or where, not what they are."""


def often(source: Source) -> str | None:
    """Return a name for how often something is done, where a text tells the present and the wished rhythm."""
    pair = in_words.frequency(source)
    if pair is None:
        return None
    first = min(pair, key=lambda level: level.start)
    clause = clause_of(source, first.start)
    before = source.text[clause.start : first.start].strip()
    if source.facts.language != "en":
        name = _BEHIND_ZH.sub("", _LEAD_ZH.sub("", before)).strip()
        ending = "頻率" if source.facts.language == "zh-Hant" else "频率"
        return (
            f"{name}{ending}" if _SHORTEST <= len(name) <= _LONGEST_ZH and not _figures(source, clause, first) else None
        )
    name = _LEAD_EN.sub("", _BEHIND_EN.sub("", before)).strip()
    if not _WORDS_EN.fullmatch(name) or len(name.split()) > _LONGEST_WORDS:
        return None
    single = name[:-1] if name.endswith("s") and not name.endswith("ss") else name
    return f"{single[:1].lower()}{single[1:]} frequency"


def speaks_of(name: str, metric: Metric) -> bool:
    """Whether a catalogue metric's words hold what a rhythm is of: releases, not newsletters, are deployed."""
    words = catalogue.fold(" ".join(" ".join((each.name, *each.aliases)) for each in metric.text.values()))
    subject = catalogue.fold(name).removesuffix("频率").removesuffix(" frequency")
    if subject.isascii():
        return any(len(word) >= _LETTERS and word in words for word in subject.split())
    return any(subject[at : at + 2] in words for at in range(len(subject) - 1))


def share(source: Source, quantity: Quantity) -> str | None:
    """Return a name for a share told behind its whole and before what they do: 新员工里只有一半学完安全课."""
    clause = clause_of(source, quantity.start)
    if source.facts.language == "en" or quantity.unit not in {"%", "x"}:
        return None
    whole = _WHOLE_ZH.search(source.text[clause.start : quantity.start])
    doing = _DOING_ZH.match(source.text[quantity.end : clause.end])
    if whole is None or doing is None:
        return None
    of, does = _LEAD_ZH.sub("", whole["whole"]), doing["doing"]
    for time in source.facts.times:
        if doing.start("doing") <= time.start < doing.end("doing") + quantity.end:
            does = re.sub(f"[在于於]?{re.escape(source.text[time.start : time.end])}[内內]?", "", does)
    told = any(quantity.end <= each.start < clause.end for each in source.facts.quantities)
    return f"{does}的{of}比例" if len(of) >= _SHORTEST and len(does) >= _SHORTEST and not told else None


def counted(source: Source, quantity: Quantity) -> str | None:
    """Return what a Chinese figure counts where nothing before it names it: 手上有23张逾期发票."""
    clause = clause_of(source, quantity.start)
    if source.facts.language == "en" or not _VAGUE_LEAD.fullmatch(source.text[clause.start : quantity.start].strip()):
        return None
    noun = _NOUN_ZH.match(source.text, quantity.end, clause.end)
    if noun is None or _NO_NOUN.search(noun["noun"]):
        return None
    return noun["noun"] + ("數量" if source.facts.language == "zh-Hant" else "数量")


def ability(source: Source) -> str | None:
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


def _figures(source: Source, clause: Clause, but: in_words.Level | Quantity) -> bool:
    """Whether another figure or date stands in a clause, so that a name made of its words would hold it."""
    figures = [*source.facts.quantities, *(time for time in source.facts.times if time.kind != "recurrence")]
    return any(
        clause.start <= each.start < clause.end and not (each.start < but.end and but.start < each.end)
        for each in figures
    )


def clause_of(source: Source, place: int) -> Clause:
    """Return the clause that holds a place, the whole text where none does."""
    whole = Clause(0, len(source.text), source.text)
    return next((part for part in clauses(source.text) if part.start <= place < part.end), whole)
