# ruff: noqa: E501
"""Finds statements that cannot both hold. Knows nothing about how they should be settled."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from assistant.drafting.clauses import Clause, clauses, sentences
from assistant.drafting.voice import Voice
from assistant.goals import Conflict, ConflictValue, Direction, Quantity, Slot, Source, Stated
from assistant.language.units import MONEY

_MORE_PEOPLE = re.compile(
    r"(?:增加|增聘|新增|招聘|招募|再招|加派|扩招|擴編|补充|補充|多)[^，。；,;]{0,6}?(?:\d+|[一二两三四五六七八九十]+)\s*(?:名|个|個|位)?"
    r"[^，。；,;]{0,4}(?:人|客服|员|員|工程师|工程師|同事|同仁|编制|編制|操作工|技工|普工|护士|護士|司机|司機)"
    r"|\bneed\b[^.;,]{0,12}\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:more|extra|additional|new) [a-z]+"
    r"|\b(?:hire|hiring|recruit|add|bring in)\b[^.;,]{0,20}\b(?:\d+|two|three|four|five)\b[^.;,]{0,20}"
    r"\b(?:people|staff|agents?|engineers?|nurses?|reps?|headcount|persons?|colleagues)\b",
    re.IGNORECASE,
)
_NO_PEOPLE = re.compile(
    r"(?:不|没有|沒有|无|無)(?:能|可|会|會|让|讓|准|準|给|給|再)*(?:加|增|招|增加|新增|扩|擴|补|補)[^，。；,;]{0,2}(?:人|编|編|员|員)|不[让讓准準]再?[招增加补補]|人手不变|人力不變|[编編]制(?:不变|不變|冻结|凍結|已满|已滿)|(?:人事|人力|员额|員額)(?:冻结|凍結)|(?:暂停|暫停|停止|冻结|凍結)(?:招聘|招人|招募)|遇缺不[补補]"
    r"|\b(?:no|without)\s+(?:new|extra|additional|more)\s+(?:people|staff|hires?|headcount|hiring)\b"
    r"|\b(?:cannot|can't|can not)\s+(?:hire|add people)\b|\bhiring (?:freeze|is (?:frozen|stopped))\b|\bheadcount (?:is |stays )?(?:frozen|flat|fixed|capped)\b|\bno hiring\b",
    re.IGNORECASE,
)


_ASSIGNED = re.compile(
    r"(?:安排|排|派|抽|配|投入|需要|需|得有|要有?)[^，。；,;]{0,3}?(?:\d+|[一二两三四五六七八九十]+)\s*(?:名|个|個|位)?[^，。；,;]{0,2}人"
    r"|\b(?:put|assign|staff|schedule|have|needs?|takes?)\b[^.;,]{0,12}\b\d+\b\s+(?:people|staff|agents?|engineers?|nurses?|persons?)",
    re.IGNORECASE,
)
_BUYS = re.compile(
    r"买|買|购|購|采买|採買|花|投入|投资|投資|报价|報價|要价|添置|添購|[换換]一?[套台批]|更换|更換|换装|外包|聘请|聘請|租|上(?:一套|一台|线|線)|引进|引進|导入|導入"
    r"|\b(?:buy|buying|purchase|order|spend|invest|hire|lease|rent|licen[cs]e|subscribe|install|replace|quote[ds]?|costs?|priced|outsource|get)\b",
    re.I,
)
_RATE = re.compile(
    r"(?:每个?|每個|/|按)(?P<zh>[年季月周日天])|[年季月周]度|\b(?:per|each|a|every) (?P<en>year|quarter|month|week|day)\b|\b(?:year|quarter|month|week|dai)ly\b",
    re.I,
)
"""A budget by the month says nothing of what one purchase may cost."""
_EACH = re.compile(r"每|单价|單價|一[台套个個部张張]|\b(?:each|apiece|per|a piece)\b", re.I)
_NEAR = 8
BUDGETED = re.compile(
    r"(?:预算|預算|经费|經費|拨款|撥款|额度|額度)\S{0,2}?(?:就|只|才|仅|僅)?(?:有|是|为|為|剩|批了?|核了?|给了?|給了?|拨了?|撥了?)?\s*[:：]?\s*$"
    r"|\b(?:budget|allowance|funds? available)\b(?: left)?(?: of| is| was| stands at| comes to|:)?(?: only| just)?\s*$|\b(?:may|can) spend (?:up to |at most |only )?$",
    re.I,
)
"""Right before a sum: so much may be spent."""
_PRICED = re.compile(
    r"(?:每|一)[台套个個部张張辆輛件]\s*$|单价\s*$|單價\s*$|\b(?:at|for|costing|costs?|priced at)\s*$", re.I
)
"""Right before a sum in a clause that buys: it is a price."""
_ROUND_SUM = re.compile(r"[万萬千亿億]|\d\s*[km]$", re.I)
_SHIFTS = re.compile(
    r"(?P<n>[\d两兩二三四])\s*班(?:倒|制|轮|輪|次)?[^。；;]{0,12}?每班(?:至少|最少|都?要|需要?|得有|得|安排|派|配)*\s*(?P<each>\d+|[一二两兩三四五六七八九十])\s*[个個名位]?(?:人|员|員|同事|同仁|客服|护士|護士|师傅|師傅)?"
    r"|\b(?P<each_en>\d+|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ ){1,2}(?:on|for|in|per) each of (?:the |our )?(?P<n_en>\d|two|three|four|five) shifts"
    r"|\b(?P<n_more>\d|two|three|four|five) shifts (?:of|with) (?:at least )?(?P<each_more>\d+|two|three|four|five|six|seven|eight|nine|ten) ",
    re.I,
)
"""A plan of shifts with people on each."""
_IN_ALL = re.compile(
    r"(?:一共|总共|總共|全部|全组|全組|加起来|加起來|手上|现有|現有|只有|就|才)[^，。；,;\d]{0,6}(?P<zh>\d+)\s*[个個名位]?(?:人|员|員|同事|同仁|客服|护士|護士|师傅|師傅)"
    r"|\b(?:we (?:only |just )?(?:have|are)|there are|only|just)\s+(?:only |just )?(?P<en>\d+)(?: of us| \w+ in (?:all|total)| people| staff| agents| nurses)"
    r"|\b(?P<total>\d+) \w+ in (?:all|total)",
    re.I,
)
"""How many people there are."""
_COUNTS = {
    **{word: place for place, word in enumerate("零一二三四五六七八九十")}, "两": 2, "兩": 2,
    **{word: place for place, word in enumerate("zero one two three four five six seven eight nine ten".split())},
}  # fmt: skip
REFUSED = re.compile(
    r"不[能会會再可]?[^，。；,;]{0,2}(?:加|增|招|采购|採購|买|買|换|換)|\b(?:no|not|without|cannot|can't)\b", re.I
)
"""A clause that refuses something; a date in it limits the refusal, not the goal."""


def values(voice: Voice, stated: list[Stated]) -> str:
    """Return the contradicting words, quoted and joined, as the message shows them."""
    return voice.get("conflict.and").join(voice.get("quote").format(text=each.text) for each in stated)


def of_values(voice: Voice, slot: Slot, metric: str, stated: list[Stated]) -> Conflict | None:
    """Return a conflict where one slot of one metric was given two different values in the same unit."""
    first = stated[0] if stated else None
    differing = [each for each in stated[1:] if first and each.unit == first.unit and each.value != first.value]
    if first is None or not differing:
        return None
    both = [first, *differing]
    message = voice.get(f"conflict.{slot}").format(metric=metric, values=values(voice, both))
    return _conflict(slot, both, message)


def of_direction(
    voice: Voice, metric: str, verb: str, direction: Direction, baseline: Stated | None, target: Stated | None
) -> Conflict | None:
    """Return a conflict where the target lies on the wrong side of the baseline."""
    if not baseline or not target or baseline.unit != target.unit or not baseline.value or not target.value:
        return None
    try:
        before, after = Decimal(baseline.value), Decimal(target.value)
    except ArithmeticError:
        return None
    if (direction == "up" and after < before) or (direction == "down" and after > before):
        message = voice.get("conflict.direction").format(
            metric=metric, verb=verb.lower() if voice.language == "en" else verb,
            target=target.text, baseline=baseline.text,
        )  # fmt: skip
        return _conflict("target", [baseline, target], message)
    return None


def of_deadlines(voice: Voice, stated: list[Stated], today: date) -> list[Conflict]:
    """Return conflicts of deadlines: two different last days, or one that has passed."""
    found = []
    days = {each.value for each in stated}
    if len(days) > 1:
        one_each = [next(each for each in stated if each.value == day) for day in sorted(filter(None, days))]
        message = voice.get("conflict.deadline").format(values=values(voice, one_each))
        found.append(_conflict("deadline", one_each, message))
    for each in stated:
        if each.value and date.fromisoformat(each.value) < today:
            message = voice.get("conflict.past_deadline").format(values=values(voice, [each]))
            found.append(_conflict("deadline", [each], message))
    return found


def of_means(voice: Voice, sources: tuple[Source, ...], stated: list[Stated]) -> list[Conflict]:
    """Return conflicts of a plan with what there is for it: people, and money.

    Args:
        voice: the sentences of the language.
        sources: what was written.
        stated: values that fill a slot; they are no prices.
    """
    taken = {(each.source, each.start) for each in stated}
    return [each for each in (of_headcount(voice, sources), _of_budget(voice, sources, taken)) if each]


def of_headcount(voice: Voice, sources: tuple[Source, ...]) -> Conflict | None:
    """Return a conflict where one text refuses more people and another plans them."""
    more, none = _first(_MORE_PEOPLE, sources), _first(_NO_PEOPLE, sources)
    if more is None or none is None:
        return _of_team_size(voice, sources)
    message = voice.get("conflict.headcount").format(values=values(voice, [none, more]))
    return _conflict("resources", [none, more], message)


def _of_team_size(voice: Voice, sources: tuple[Source, ...]) -> Conflict | None:
    """Return a conflict where a plan needs more people at once than the team has."""
    if (shifts := _of_shifts(voice, sources)) is not None:
        return shifts
    team, size = _size(sources)
    if team is None or size is None:
        return None
    have = Stated(
        slot="resources", text=team.text[size.start : size.end], source=team.key, start=size.start, end=size.end
    )
    for source in sources:
        if source is team or source.key.startswith("org_goal"):
            continue
        for match in _ASSIGNED.finditer(source.text):
            planned = next((q for q in source.facts.quantities if match.start() <= q.start < match.end()), None)
            if planned and _number(planned.value) > _number(size.value) > 0:
                need = Stated(
                    slot="resources", text=match.group(), source=source.key, start=match.start(), end=match.end()
                )
                message = voice.get("conflict.headcount").format(values=values(voice, [have, need]))
                return _conflict("resources", [have, need], message)
    return None


def _of_shifts(voice: Voice, sources: tuple[Source, ...]) -> Conflict | None:
    """Return a conflict where the people on all shifts together are more than there are."""
    for source in sources:
        match = _SHIFTS.search(source.text)
        if match is None:
            continue
        shifts = match["n"] or match["n_en"] or match["n_more"]
        each = match["each"] or match["each_en"] or match["each_more"]
        needed = _count(shifts) * _count(each)
        for other in sources:
            for told in _IN_ALL.finditer(other.text):
                if 0 < _count(told["zh"] or told["en"] or told["total"]) < needed:
                    both = [
                        Stated(
                            slot="resources",
                            text=found.group().strip(),
                            source=key,
                            start=found.start(),
                            end=found.start() + len(found.group().rstrip()),
                        )
                        for found, key in ((told, other.key), (match, source.key))
                    ]
                    return _conflict(
                        "resources", both, voice.get("conflict.headcount").format(values=values(voice, both))
                    )
    return None


def _count(word: str) -> int:
    """Return a small number written in digits or as a word."""
    return int(word) if word.isdecimal() else _COUNTS.get(word.lower(), 0)


def _size(sources: tuple[Source, ...]) -> tuple[Source | None, Quantity | None]:
    """Return how many people there are, from the team's profile or else from the resources, and where it says so."""
    for source in sources:
        if source.key.split(":")[0] in {"team", "resource"}:
            for quantity in source.facts.quantities:
                if _is_people(source, quantity.start, quantity.end):
                    return source, quantity
    return None, None


def _of_budget(voice: Voice, sources: tuple[Source, ...], taken: set[tuple[str, int]]) -> Conflict | None:
    """Return a conflict where something to be bought costs more than the resources allow."""
    limits = [
        (_money(source, quantity), _period(source.text))
        for source in sources
        for quantity in source.facts.quantities
        if (source.key.startswith("resource:") and quantity.unit in MONEY) or budgeted(source, quantity)
    ]
    for source in sources:
        if not source.key.startswith(("aim", "context:", "improve:")):
            continue
        for quantity in source.facts.quantities:
            clause = next((part for part in clauses(source.text) if part.start <= quantity.start < part.end), None)
            whole = next((part for part in sentences(source.text) if part.start <= quantity.start < part.end), clause)
            if not _is_sum(source, quantity) or clause is None or whole is None or not _BUYS.search(whole.text):
                continue
            if budgeted(source, quantity):
                continue
            if REFUSED.search(clause.text) or (source.key, quantity.start) in taken:
                continue
            cost = _number(quantity.value) * _pieces(source, clause, quantity)
            short = [
                each
                for each, period in limits
                if each.unit == quantity.unit
                and period == _period(clause.text)
                and Decimal(0) < _number(each.value or "") < cost
            ]
            if short:
                both = [short[0], _money(source, quantity)]
                return _conflict("resources", both, voice.get("conflict.budget").format(values=values(voice, both)))
    return None


def budgeted(source: Source, quantity: Quantity) -> bool:
    """Whether a sum is told as what may be spent."""
    return _is_sum(source, quantity) and BUDGETED.search(source.text, 0, quantity.start) is not None


def prices(source: Source, clause: Clause, quantity: Quantity) -> bool:
    """Whether a sum is the price of something to be bought, so that no metric can have it as its value."""
    before = source.text[clause.start : quantity.start]
    bought = _BUYS.search(source.text[: quantity.start]) is not None and _PRICED.search(before) is not None
    return (
        bought
        and _is_sum(source, quantity)
        and _EACH.search(source.text[max(clause.start, quantity.start - _NEAR) : quantity.end + _NEAR]) is not None
    )


def _is_sum(source: Source, quantity: Quantity) -> bool:
    """Whether a quantity is money, also where only its size tells: 预算200万."""
    words = source.text[quantity.start : quantity.end]
    return quantity.unit in MONEY or (quantity.unit == "" and _ROUND_SUM.search(words) is not None)


def _period(text: str) -> str:
    """Return by which period money is counted: 每月, a quarter; '' for a sum in all."""
    match = _RATE.search(text)
    return match.group().lower().lstrip("每个個/按") if match else ""


def _pieces(source: Source, clause: Clause, price: Quantity) -> Decimal:
    """Return how many pieces are bought at a price each: 3台，每台12万."""
    if not _EACH.search(source.text[max(clause.start, price.start - _NEAR) : price.end + _NEAR]):
        return Decimal(1)
    counted = [q for q in source.facts.quantities if q.unit not in MONEY and q.end <= price.start]
    return _number(counted[-1].value) if counted and _number(counted[-1].value) > 0 else Decimal(1)


def _money(source: Source, quantity: Quantity) -> Stated:
    text = source.text[quantity.start : quantity.end]
    return Stated(
        slot="resources", text=text, source=source.key, start=quantity.start, end=quantity.end,
        value=quantity.value, unit=quantity.unit,
    )  # fmt: skip


def _is_people(source: Source, start: int, end: int) -> bool:
    return bool(re.search(r"人|名|位|people|staff|members?|engineers?|agents?|nurses?", source.text[start : end + 12]))


def _number(value: str) -> Decimal:
    try:
        return Decimal(value)
    except ArithmeticError:
        return Decimal(0)


def _first(pattern: re.Pattern[str], sources: tuple[Source, ...]) -> Stated | None:
    for source in sources:
        match = pattern.search(source.text)
        if match and not (pattern is _MORE_PEOPLE and _NO_PEOPLE.search(source.text, match.start(), match.end())):
            return Stated(slot="resources", text=match.group(), source=source.key, start=match.start(), end=match.end())
    return None


def _conflict(slot: Slot, stated: list[Stated], message: str) -> Conflict:
    return Conflict(
        slot=slot, values=tuple(ConflictValue(text=each.text, source=each.source) for each in stated), message=message
    )
