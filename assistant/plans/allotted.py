# ruff: noqa: E501
"""Reads who is to reach how much or within what time, and the steps of a procedure, as a person wrote them.

Knows nothing about goals or trees. Everything found is quoted with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.drafting.clauses import Clause, clauses, sentences
from assistant.drafting.lines import Figure, Line, quoted
from assistant.goals import Evidence, Source
from assistant.language.units import DURATIONS, MONEY

Level = Literal["company", "department", "team", "person"]

_COMPANY = re.compile(r"(?:公司|集团|集團|总部|總部|全公司|全社|我司)$|\b(?:company|group|firm)$", re.I)
_DEPARTMENT = re.compile(
    r"(?:事业部|事業部|部门|部門|分公司|大区|大區|区域|區域|部|区|區|中心|处|處)$|\b(?:department|division|region|office)$",
    re.I,
)
_TEAM = re.compile(
    r"(?:团队|團隊|小组|小組|班组|班組|组|組|班|店|门店|門市|产线|產線|线|線|渠道|坐席|座席)$|\b(?:team|desk|squad|store|shop|crew|shift|channel)$",
    re.I,
)
_UNIT = r"(?P<who>[A-Za-z\u4e00-\u9fff0-9]{0,10}?(?:分公司|公司|集团|集團|总部|總部|事业部|事業部|部门|部門|大区|大區|区域|區域|中心|团队|團隊|小组|小組|班组|班組|门店|門市|产线|產線|渠道|部|区|區|组|組|班|店))"
_TAKES = r"(?:各自|分别|分別|要|需要?|应|應|负责|負責|承担|承擔|承接|完成|分担|分擔|贡献|貢獻|做到|达到|達到|实现|實現|目标|目標|为|為|是|占|扛|拿下|[:：]|\s)*"
_BEFORE = re.compile(rf"(?:其中|由|包括|以及|和|与|與)?{_UNIT}{_TAKES}$")
_WHOLE = re.compile(rf"(?P<who>全?公司|集团|集團|本?部门|本?部門)[\u4e00-\u9fff]{{2,8}}?{_TAKES}$")
_PERSON = re.compile(
    r"(?:其中|由)?(?P<who>(?!我们|大家|其中|每人|人均|合计|共计|需要|分别)[\u4e00-\u9fff]{2,3}?)(?:个人)?(?:要|负责|負責|承担|承擔|完成|分担|分擔|扛|[:：])+\s*$"
)
_LISTED = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,3})\s*$")
_ENGLISH = re.compile(
    r"(?:^|and |of which |with )(?:the )?(?P<who>[A-Za-z][\w&'’-]*(?: [\w&'’-]+){0,3}?)\s*(?:takes?|carries|carry|delivers?|contributes?|brings?(?: in)?|closes?|owns?|reaches|does|[:：])?\s*$",
    re.I,
)
_DOES = re.compile(
    r"(?:^|and )(?:the )?(?P<who>(?:[A-Za-z][\w&'’-]* ){1,3}(?:team|department|desk|division|office|squad|crew|shift))"
    r" (?P<what>[a-z][a-z ]{2,40}?)\s*$",
    re.I,
)
"""A unit and what it does, right before the time within which it does it."""
_NOBODY = re.compile(
    r"^(?:we|it|they|which|from|to|by|target|revenue|sales|total|goal|raise|reach|the|is|at least|budget)\b", re.I
)
_CUT = re.compile(r"[、/]|(?<=[\u4e00-\u9fff\d])和|(?<=\s)and(?=\s)")
_ARROW = re.compile(r"\s*(?:→|➜|=>|->|—>)\s*")
_SERVICE = re.compile(r"PT(?P<n>\d+(?:\.\d+)?)(?P<unit>[HM])|P(?P<d>\d+)D")
_UNITS = {"H": "h", "M": "min"}


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody is to reach.

    Attributes:
        level: company, department, team or person, by the words of the name.
        what: the words behind the figure, such as what is done within the time; may be empty.
        additive: whether such figures of several add up to a whole.
    """

    who: Line
    level: Level
    shown: Figure
    value: Decimal
    unit: str
    what: Line
    additive: bool
    source: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Steps of a procedure joined by arrows."""

    steps: tuple[Line, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Limit:
    """What is to be done within a time, by nobody in particular."""

    words: Line
    source: str


def shares(source: Source) -> Iterator[Share]:
    """Yield who is to reach how much, in order."""
    for clause in clauses(source.text):
        if not source.holds(clause.start, clause.end) or _ARROW.search(clause.text):
            continue
        at, last = clause.start, None
        for start, end, value, unit in _figures(source, clause):
            at = max([at, *(m.end() for m in _CUT.finditer(source.text, at, start))])
            found = _who(source.text[at:start], allow_listed=last is not None and last[1] == unit)
            if found is not None:
                who, level = found
                left = source.text.index(who, at)
                does = _DOES.search(source.text, at, start)
                what = _rest(source, end, clause)
                if not what and does is not None and unit in DURATIONS:
                    what = quoted(source, *does.span("what"))
                evidence = Evidence(source=source.key, start=start, end=end)
                shown = Figure(source.text[start:end], str(value), unit, "stated", evidence)
                share = Share(
                    quoted(source, left, left + len(who)), level, shown, value, unit,
                    what, unit in MONEY or adds_up(unit), source.key,
                )  # fmt: skip
                last = (share, unit)
                yield share
            at = end


def _figures(source: Source, clause: Clause) -> list[tuple[int, int, Decimal, str]]:
    found = []
    for each in source.facts.quantities:
        if clause.start <= each.start and each.end <= clause.end and each.role != "window" and each.unit:
            try:
                found.append((each.start, each.end, Decimal(each.value), each.unit))
            except ArithmeticError:
                continue
    for time in source.facts.times:
        match = _SERVICE.fullmatch(time.iso or "")
        if time.kind == "service" and match and clause.start <= time.start and time.end <= clause.end:
            unit = _UNITS.get(match["unit"] or "", "day")
            found.append((time.start, time.end, Decimal(match["n"] or match["d"]), unit))
    return sorted(found)


def _who(before: str, *, allow_listed: bool) -> tuple[str, Level] | None:
    unit = _BEFORE.search(before) or _WHOLE.search(before)
    if unit is not None:
        who = unit["who"].removeprefix("其中").removeprefix("由").strip()
        return (who, level_of(who)) if len(who) > 1 else None
    person = _PERSON.search(before) or (_LISTED.fullmatch(before.strip()) if allow_listed else None)
    if person is not None:
        return person["who"], "person"
    english = (_DOES.search(before) or _ENGLISH.search(before)) if before.isascii() and before.strip() else None
    if english is not None and not _NOBODY.match(english["who"]):
        who = english["who"].strip()
        level = level_of(who)
        named = level == "person" and all(word[:1].isupper() for word in who.split())
        return (who, level) if level != "person" or named else None
    return None


def level_of(who: str) -> Level:
    """Return the level that a name tells: company, department, team, else person."""
    if _COMPANY.search(who):
        return "company"
    if _TEAM.search(who):
        return "team"
    return "department" if _DEPARTMENT.search(who) else "person"


def adds_up(unit: str) -> bool:
    """Whether amounts of a unit add up to a whole: money and things that are counted, not shares, times or scores."""
    return unit not in {"%", "‰", "pp", "x", "分"} and unit not in DURATIONS and unit not in {"point", "star", "倍"}


def _rest(source: Source, start: int, clause: Clause) -> Line:
    stop = min([clause.end, *(m.start() for m in _CUT.finditer(source.text, start, clause.end))])
    words = source.text[start:stop]
    left = start + len(words) - len(words.lstrip())
    return quoted(source, left, max(left, start + len(words.rstrip())))


def sequences(source: Source) -> Iterator[Sequence]:
    """Yield procedures whose steps are joined by arrows, at least three."""
    for sentence in sentences(source.text):
        cuts = list(_ARROW.finditer(source.text, sentence.start, sentence.end))
        if len(cuts) < 2 or not source.holds(sentence.start, sentence.end):
            continue
        edges = [sentence.start, *(edge for cut in cuts for edge in cut.span()), sentence.end]
        first = source.text[edges[0] : edges[1]]
        edges[0] += max(first.rfind("："), first.rfind(":")) + 1
        steps = tuple(quoted(source, left, right) for left, right in zip(edges[::2], edges[1::2], strict=True))
        if all(steps):
            yield Sequence(steps, source.key)


def limits(source: Source) -> Iterator[Limit]:
    """Yield clauses that say what is done within a time and not by whom."""
    taken = {share.shown.evidence.start for share in shares(source)}
    for clause in clauses(source.text):
        times = [
            t for t in source.facts.times if t.kind == "service" and clause.start <= t.start and t.end <= clause.end
        ]
        if len(times) == 1 and times[0].start not in taken and not _ARROW.search(clause.text):
            yield Limit(quoted(source, clause.start, clause.end), source.key)
