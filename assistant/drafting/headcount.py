# ruff: noqa: E501
"""Finds plans that need more people than there are. Knows nothing about other contradictions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.drafting.clauses import clauses
from assistant.drafting.conflicts import between, number, values
from assistant.drafting.voice import Voice
from assistant.goals import Conflict, Quantity, Source, Stated

_MORE_PEOPLE = re.compile(
    r"(?:(?:招|聘)(?:聘|募|进|進|到)?\s*(?:\d+|[一二两兩三四五六七八九十]+)\s*[名位个個](?!月|季|星期|年|小时|小時|班|学期|學期)|(?:增编|增編|加派|增加|新增|增设|增設|补充|補充|多[请請配派])\s*(?:\d+|[一二两兩三四五六七八九十]+)\s*[名位])"
    r"(?!客|会员|會員|学|學|用户|用戶|患者|病|住民|读者|讀者|粉)[\u4e00-\u9fff]{0,8}"
    r"|(?:增加|增聘|新增|招聘|招募|再招|加派|扩招|擴編|补充|補充|多)[^，。；,;]{0,6}?(?:\d+|[一二两三四五六七八九十]+)\s*(?:名|个|個|位)?"
    r"[^，。；,;]{0,4}(?:人|客服|员|員|工程师|工程師|同事|同仁|编制|編制|操作工|技工|普工|护士|護士|司机|司機)"
    r"|(?:再|多|另|新)(?:添|加|补|補|请|請|找|配|雇|僱|要)\s*(?:\d+|[一二两兩三四五六七八九十]+)\s*(?:[名位]|[个個](?!月|季|星期|年|小时|小時|班|学期|學期))(?!客|会员|會員|学|學|用户|用戶|患者|病|住民|读者|讀者|粉)[\u4e00-\u9fff]{0,8}"
    r"|\b(?:hire|recruit|add|bring in|take on|get|employ)\b[^.;,]{0,12}\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:more|extra|additional|new) (?:[a-z-]+ )?(?!customers|members|users|orders|offers|papers|letters|computers|servers|printers|scanners|suppliers|partners|readers|buyers|subscribers|donors|followers)[a-z-]*(?:ers|ors|ists|ants|ians|nurses|clerks|reps|people|staff)\b"
    r"|\bneed\b[^.;,]{0,12}\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:more|extra|additional|new) [a-z]+"
    r"|\b(?:hire|hiring|recruit|recruiting|take on|bring on) (?:another )?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten) (?:more |extra |additional |new )?(?:[a-z-]+ )?[a-z]+"
    r"|\b(?:hire|hiring|recruit|add|bring in)\b[^.;,]{0,20}\b(?:\d+|two|three|four|five)\b[^.;,]{0,20}"
    r"\b(?:people|staff|agents?|engineers?|nurses?|reps?|headcount|persons?|colleagues)\b",
    re.IGNORECASE,
)
_NO_PEOPLE = re.compile(
    r"(?:不|没有|沒有|无|無)(?:能|可|会|會|让|讓|准|準|给|給|再)*(?:加|增|招|增加|新增|扩|擴|补|補)[^，。；,;]{0,2}(?:人|编|編|员|員)|不[让讓准準]再?[招增加补補]|人手不变|人力不變|[编編]制(?:不变|不變|冻结|凍結|已满|已滿)|(?:人事|人力|员额|員額)(?:冻结|凍結)|(?:暂停|暫停|停止|冻结|凍結)(?:招聘|招人|招募)|遇缺不[补補]"
    r"|(?:一|半)[个個]?(?:人|[编編]制|名额|名額|员额|員額)(?:都|也)(?:不|没|沒|加不|招不|补不|補不)|[编編]制[已也都全被]*(?:冻结|凍結|锁死|鎖死|满了|滿了)|(?:不再|不得|停止|暂停|暫停)(?:增聘|增员|增員|扩编|擴編|招人|招新|进人|進人)"
    r"|\b(?:no|without)\s+(?:new|extra|additional|more)\s+(?:people|staff|hires?|headcount|hiring)\b"
    r"|\b(?:cannot|can't|can not)\s+(?:hire|add people)\b|\bhiring (?:freeze|is (?:frozen|stopped))\b|\bheadcount (?:is |stays )?(?:frozen|flat|fixed|capped)\b|\bno hiring\b|\bhiring (?:is |has been )?(?:on hold|paused)\b|\b(?:can't|cannot|can not) afford (?:another|a (?:second|third|fourth|new)|any more) (?:person|hire|post|colleague|people|one)\b",
    re.IGNORECASE,
)


_ASSIGNED = re.compile(
    r"(?:安排|排|派|抽|配|投入|需要|需|得有|要有?|站|放)[^，。；,;]{0,3}?(?:\d+|[一二两兩三四五六七八九十]+)\s*(?:[名位](?![次数數])|[个個](?=[^，。；,;]{0,2}人|[\u4e00-\u9fff]{0,3}[员員师師工安士手]))"
    r"|(?:安排|排|派|抽|配|投入|需要|需|得有|要有?)[^，。；,;]{0,3}?(?:\d+|[一二两兩三四五六七八九十]+)\s*人"
    r"|\b(?:wants?|wanted|require)\s+(?:at least )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:[a-z-]+ )?[a-z]+(?=\s(?:on|at|per|for each|in each|behind|during)\b)"
    r"|\b(?:put|assign|staff|schedule|have|needs?|takes?|dedicate|post|place|station|deploy|allocate|use|keep)\b[^.;,]{0,12}\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b\s+(?:[a-z-]+ )?[a-z]+",
    re.IGNORECASE,
)
"""A plan that takes so many people."""
_SPREAD = re.compile(
    r"每(?:一)?[个個间間条條]?(?P<zh>楼层|樓層|[层層区區店厂廠线線组組栋棟台班站仓倉院室])[楼樓]?[^，。；,;\d一二两兩三四五六七八九十]{0,8}$"
)
_SPREAD_EN = re.compile(
    r"^\s*(?:[a-z-]+ )?(?:on|in|at|for|to|per)? ?(?:each|every|per) (?:of the )?(?P<en>[a-z]+)", re.I
)
"""Beside the people of a plan: they are wanted in every one of several places."""
_ROLE = re.compile(r"[\u4e00-\u9fff]{0,4}?[人员員师師工安士手]")
_OF_ONE_TRADE = re.compile(
    r"[\u4e00-\u9fff](?:(?<![人成])员|(?<![人成])員|师|師|工(?!作)|管(?!理)|护士|護士)(?:一共|总共|總共|共|只有|就|有|现有|現有)*\s*[\d一二两兩三四五六七八九十]"
)
"""People of one trade are not all the people that there are."""
_IN_TOTAL = re.compile(
    r"一共|总共|總共|[共就才只]|全部|加起来|加起來|现有|現有|手上|\bin (?:all|total)\b|\b(?:only|just|have|we are|there are|altogether)\b",
    re.I,
)
"""Words around a number that is all there is."""
_SERVED = re.compile(
    r"住民|客户|客戶|病人|患者|病患|学生|學生|[会會][员員]|用户|用戶|居民|老人|个案|個案|\b(?:customers?|clients?|patients?|students?|residents?|users?|pupils?|guests?)\b",
    re.I,
)
"""People that a team serves: they are none of its own."""
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


def of_headcount(voice: Voice, sources: tuple[Source, ...]) -> Conflict | None:
    """Return a conflict where one text refuses more people and another plans them."""
    more, none = _first(_MORE_PEOPLE, sources), _first(_NO_PEOPLE, sources)
    if more is None or none is None:
        return _of_shifts(voice, sources) or _of_team_size(voice, sources)
    message = voice.get("conflict.headcount").format(values=values(voice, [none, more]))
    return between("resources", [none, more], message)


@dataclass(frozen=True, slots=True)
class _Heads:
    """A number of people, what they are called and where it says so."""

    source: Source
    quantity: Quantity
    noun: str

    def stated(self, start: int, end: int) -> Stated:
        text = self.source.text[start:end].strip()
        return Stated(slot="resources", text=text, source=self.source.key, start=start, end=start + len(text))


def _of_team_size(voice: Voice, sources: tuple[Source, ...]) -> Conflict | None:
    """Return a conflict where a plan needs more people at once than there are of them."""
    team = _size(sources)
    for source in sources:
        if source.key.startswith("org_goal"):
            continue
        for match in _ASSIGNED.finditer(source.text):
            planned = next((q for q in source.facts.quantities if match.start() <= q.start < match.end()), None)
            if planned is None:
                continue
            plan = _Heads(source, planned, _called(source, planned))
            needed = number(planned.value) * _places(source, planned)
            have = _all_of(plan, sources) or (team if team and team.source is not source and _is_plain(plan) else None)
            if have is not None and needed > number(have.quantity.value) > 0:
                both = [
                    have.stated(have.quantity.start, have.quantity.end),
                    plan.stated(match.start(), _end(plan)),
                ]
                return between("resources", both, voice.get("conflict.headcount").format(values=values(voice, both)))
    return None


def _end(plan: _Heads) -> int:
    """Return where the words for planned people end: 排2名照服员|巡房."""
    name = _ROLE.match(plan.source.text, plan.quantity.end)
    return name.end() if name else plan.quantity.end


def _called(source: Source, quantity: Quantity) -> str:
    """Return what counted people are called: the noun of an English figure, two characters behind a Chinese one."""
    if quantity.unit.isascii() and quantity.unit:
        return quantity.unit.lower()
    noun = re.match(r"\s*[\u4e00-\u9fff]{2}", source.text[quantity.end :])
    return "人" if noun is None or source.text.startswith("人", quantity.end) else noun.group().strip()


def _is_plain(plan: _Heads) -> bool:
    """Whether a plan says that what it counts are people."""
    return _is_people(plan.source, plan.quantity.start, plan.quantity.end)


def _places(source: Source, planned: Quantity) -> Decimal:
    """Return in how many places a plan wants so many people: 每层楼2名，一共5层."""
    match = _SPREAD.search(source.text[: planned.start]) or _SPREAD_EN.match(source.text[planned.end :])
    if match is None:
        return Decimal(1)
    place = match.group(1).lower()
    for quantity in source.facts.quantities:
        behind = source.text[quantity.end - 1 :].lower() if not place.isascii() else quantity.unit.lower()
        counted = (
            re.match(rf".?[个個]?{place[-1]}", behind) is not None
            if not place.isascii()
            else behind == place.rstrip("s")
        )
        if quantity is not planned and counted and number(quantity.value) > 1:
            return number(quantity.value)
    return Decimal(1)


def _all_of(plan: _Heads, sources: tuple[Source, ...]) -> _Heads | None:
    """Return how many there are in all of the people that a plan takes, where a text says so by their name."""
    for source in sources:
        for quantity in source.facts.quantities:
            if source is plan.source and quantity.start == plan.quantity.start:
                continue
            clause = next((part for part in clauses(source.text) if part.start <= quantity.start < part.end), None)
            if clause is None or not _IN_TOTAL.search(clause.text) or _ASSIGNED.search(clause.text):
                continue
            named = (
                quantity.unit.lower() == plan.noun
                if plan.noun.isascii()
                else plan.noun != "人" and plan.noun in clause.text and _heads_zh(source, quantity)
            )
            if named:
                return _Heads(source, quantity, plan.noun)
    return None


def _heads_zh(source: Source, quantity: Quantity) -> bool:
    return re.match(r"\s*[名位个個人]", source.text[quantity.end - 1 :]) is not None or quantity.unit == "人"


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
                    return between(
                        "resources", both, voice.get("conflict.headcount").format(values=values(voice, both))
                    )
    return None


def _count(word: str) -> int:
    """Return a small number written in digits or as a word."""
    return int(word) if word.isdecimal() else _COUNTS.get(word.lower(), 0)


def _size(sources: tuple[Source, ...]) -> _Heads | None:
    """Return how many people there are, from the team's profile or else from the resources, and where it says so."""
    for source in sources:
        if source.key.split(":")[0] in {"team", "resource"}:
            for quantity in source.facts.quantities:
                clause = next((part for part in clauses(source.text) if part.start <= quantity.start < part.end), None)
                if clause is not None and (_SERVED.search(clause.text) or _OF_ONE_TRADE.search(clause.text)):
                    continue
                if _is_people(source, quantity.start, quantity.end):
                    return _Heads(source, quantity, "人")
    return None


def _is_people(source: Source, start: int, end: int) -> bool:
    return bool(re.search(r"人|名|位|people|staff|members?|engineers?|agents?|nurses?", source.text[start : end + 12]))


def _first(pattern: re.Pattern[str], sources: tuple[Source, ...]) -> Stated | None:
    for source in sources:
        match = pattern.search(source.text)
        if match and pattern is _MORE_PEOPLE and _SERVED.search(match.group()):
            continue
        if match and not (pattern is _MORE_PEOPLE and _NO_PEOPLE.search(source.text, match.start(), match.end())):
            return Stated(slot="resources", text=match.group(), source=source.key, start=match.start(), end=match.end())
    return None
