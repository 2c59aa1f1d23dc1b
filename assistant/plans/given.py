# ruff: noqa: E501
"""Reads what a person said that bears on a plan rather than on its goals: phases, weights, duties, partners, means.

Knows nothing about kinds of plans. Everything found is quoted with its place; nothing is completed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.drafting.clauses import Clause, clauses, sentences
from assistant.drafting.lines import Figure, Line, quoted
from assistant.goals import Brief, Evidence, Quantity, Source
from assistant.language.units import MONEY
from assistant.plans import allotted
from assistant.plans.allotted import Limit, Sequence, Share

_DELIVERS = re.compile(
    r"(?:输出|輸出|交付|提交|产出|產出|形成|写出|寫出)(?:一?[份套个個])?|\b(?:deliver(?:s|ing)?|hands? over|produc(?:es?|ing)|outputs?)\b(?: the| an?)?\s*",
    re.I,
)
_LEADS = re.compile(
    r"(?P<who>[^\s，。；：:,;（）()、]{1,16}?)(?:来)?(?:主导|主導|牵头|牽頭|负责|負責|承接|承办|承辦|主办|主辦|跟进|跟進|保障|执行|執行|实施|實施)(?P<what>[^，。；,;\n]*)"
    r"|(?P<en>[A-Za-z][\w'’-]*(?: [\w'’-]+){0,3}?) (?:leads?|owns?|is responsible for|runs?|is in charge of|takes?)\b(?P<enwhat>[^,;.\n]*)"
)
_BY = re.compile(
    r"(?:由|责任人|責任人|负责人|負責人|owner|owned by|led by)\s*(?:是|为|為|:|：)?\s*(?P<who>[\u4e00-\u9fff]{2,8}?(?=负责|負責|主导|主導|牵头|牽頭|承接|[，。；,;（(\s]|$)|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)",
    re.I,
)
_HELPS = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{1,8}(?:部门|部門|部|团队|團隊|中心|小组|小組|处|處|科))(?:来)?(?P<what>(?:提供|配合|支持|支援|协助|協助|参与|參與|同步|反馈|回饋|审批|審批|知会|知會)[^，。；,;\n]*)"
    r"|(?P<en>(?:the )?[A-Za-z][\w&'’-]*(?: [a-z&]+){0,2} (?:team|department|desk|office|group)) (?P<enwhat>(?:provides?|supports?|helps?|reviews?|approves?|supplies|joins?|informs?)\b[^,;.\n]*)",
    re.I,
)
_NO_ONE = re.compile(r"^(?:我们|我們|大家|需要|请|請|要|并|並|由|人|we|they|it|who|that|which|and|everyone)$", re.I)
_WEIGHT = re.compile(
    r"权重|權重|比重|(?:各)?占(?:比)?(?=\s*\d)|佔(?:比)?(?=\s*\d)|(?<![a-z])weight(?:s|ed|ing)?(?![a-z])", re.I
)
_BUDGET = re.compile(r"预算|預算|经费|經費|费用|費用|资金|資金|额度|額度|\b(?:budget|funds?|funding|spend)\b", re.I)
_PEOPLE = re.compile(
    r"人手|人力|编制|編制|团队|團隊|\d+\s*(?:人|名|位)|[一二三四五六七八九十两兩]+(?:人|名|位)|\b(?:people|staff|headcount|hires?|engineers?|agents?|members?)\b",
    re.I,
)
_SKILLS = re.compile(
    r"熟悉|擅长|擅長|精通|会用|會用|经验|經驗|\b(?:skilled|experienced?|knows?|good at|trained)\b", re.I
)
_TOOLS = re.compile(
    r"系统|系統|平台|工具|软件|軟體|设备|設備|\b(?:system|tools?|platform|software|CRM|equipment)\b", re.I
)
_AT_MOST = re.compile(
    r"上限|不超过|不超過|最多|至多|以内|以內|不得|不能|不再|没有|沒有|\b(?:at most|up to|no more than|capped?|limit|cannot|no)\b",
    re.I,
)
_TRIM = " \t\u3000()（）[]【】:：,，;；-–—、·"
_OWN_MARK = re.compile(r"[\s(（\[【:：]*$")


@dataclass(frozen=True, slots=True)
class Phase:
    """A dated piece of work that the person named."""

    name: Line
    start: date | None
    end: date
    shown: Figure
    owner: Line | None
    deliverable: Line | None
    source: str


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight with the words that say of what."""

    of: str
    value: Decimal
    shown: Figure


@dataclass(frozen=True, slots=True)
class Duty:
    """Who answers for what."""

    who: Line
    what: Line
    source: str


@dataclass(frozen=True, slots=True)
class Means:
    """Something there is or is not: people, money, tools, time; `limits` where it says how much at most."""

    kind: str
    words: Line
    source: str
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """All of it, in the order in which it was said."""

    phases: tuple[Phase, ...] = ()
    weights: tuple[Weight, ...] = ()
    duties: tuple[Duty, ...] = ()
    partners: tuple[Duty, ...] = ()
    means: tuple[Means, ...] = ()
    shares: tuple[Share, ...] = ()
    sequences: tuple[Sequence, ...] = ()
    limits: tuple[Limit, ...] = ()

    def money(self) -> tuple[Means, ...]:
        """Return what was said of money."""
        return tuple(each for each in self.means if each.kind == "money")


def read_given(brief: Brief) -> Given:
    """Return what the person's texts say for a plan."""
    phases: list[Phase] = []
    weights: list[Weight] = []
    duties: list[Duty] = []
    partners: list[Duty] = []
    means: list[Means] = []
    goals = {(each.source, each.start) for each in brief.stated if each.slot == "deadline"}
    goals |= {(o.source, o.deadline.start) for o in brief.outcomes if o.deadline}
    for source in brief.sources:
        for sentence in sentences(source.text):
            if not source.holds(sentence.start, sentence.end):
                continue
            phases += _phase(source, sentence, goals)
            duties += _duties(source, sentence)
            partners += _partners(source, sentence)
            weights += _weights(source, sentence)
        if source.key.startswith(("resource:", "context:", "team")):
            means += _means(source, whole=source.key.startswith("resource:"))
    own = [source for source in brief.sources if not source.key.startswith("document:")]
    return Given(
        tuple(phases), tuple(weights), tuple(duties), tuple(partners), tuple(means),
        shares=tuple(each for source in own for each in allotted.shares(source)),
        sequences=tuple(each for source in own for each in allotted.sequences(source)),
        limits=tuple(each for source in own for each in allotted.limits(source)),
    )  # fmt: skip


def _phase(source: Source, sentence: Clause, goals: set[tuple[str, int]]) -> Iterator[Phase]:
    if source.key.startswith(("document:", "org_goal", "goals")):
        return
    inside = [t for t in source.facts.times if sentence.start <= t.start and t.end <= sentence.end]
    times = [
        t for t in inside if t.kind in {"window", "deadline"} and t.resolved[1] and (source.key, t.start) not in goals
    ]
    if len(times) != 1 or (times[0].kind == "window" and times[0].resolved[0] == source.facts.today):
        return
    time = times[0]
    end = time.resolved[1]
    before = source.text[sentence.start : time.start]
    delivers = _DELIVERS.search(source.text, time.end, sentence.end)
    owner = _owner_in(source, time.end, sentence.end)
    if not (time.resolved[0] and time.kind == "window") and delivers is None and owner is None:
        return
    if (
        end is None
        or not before.strip(_TRIM)
        or any(
            q.role in {"baseline", "target"}
            and q.end <= time.start
            and q.start >= sentence.start
            and q.unit in {"%", "pp"}
            for q in source.facts.quantities
        )
    ):
        return
    at = sentence.start + len(before) - len(before.lstrip(_TRIM))
    stop = sentence.start + len(_OWN_MARK.sub("", before).rstrip(_TRIM))
    made = None
    if delivers is not None:
        piece = next(c for c in clauses(source.text) if c.start <= delivers.start() < c.end or c.end >= delivers.end())
        made = quoted(source, delivers.end(), max(piece.end, delivers.end()))
    shown = Figure(
        source.text[time.start : time.end],
        None,
        None,
        "stated",
        Evidence(source=source.key, start=time.start, end=time.end),
    )
    start = time.resolved[0] if time.kind == "window" else None
    yield Phase(quoted(source, at, stop), start, end, shown, owner, made or None, source.key)


def _owner_in(source: Source, start: int, end: int) -> Line | None:
    for pattern in (_BY, _LEADS):
        found = pattern.search(source.text, start, end)
        if found is not None:
            group = "who" if found.groupdict().get("who") else "en"
            left, right = found.span(group)
            who = source.text[left:right].strip(_TRIM)
            if who and not _NO_ONE.match(who):
                left += source.text[left:right].index(who)
                return quoted(source, left, left + len(who))
    named = [o for o in source.facts.owners if start <= o.start and o.end <= end and not o.vague]
    return quoted(source, named[0].start, named[0].end) if named else None


def _duties(source: Source, sentence: Clause) -> Iterator[Duty]:
    for clause in clauses(source.text):
        if not sentence.start <= clause.start < sentence.end:
            continue
        found = _LEADS.search(source.text, clause.start, clause.end)
        if found is None:
            continue
        group, what = ("who", "what") if found["who"] else ("en", "enwhat")
        left, right = found.span(group)
        who = source.text[left:right].strip(_TRIM).removeprefix("由")
        if not who or _NO_ONE.match(who) or not found[what].strip(_TRIM):
            continue
        left = source.text.index(who, left)
        start, end = found.span(what)
        yield Duty(quoted(source, left, left + len(who)), _trimmed(source, start, end), source.key)


def _partners(source: Source, sentence: Clause) -> Iterator[Duty]:
    for found in _HELPS.finditer(source.text, sentence.start, sentence.end):
        group, what = ("who", "what") if found["who"] else ("en", "enwhat")
        yield Duty(quoted(source, *found.span(group)), _trimmed(source, *found.span(what)), source.key)


def _weights(source: Source, sentence: Clause) -> Iterator[Weight]:
    if not _WEIGHT.search(source.text, sentence.start, sentence.end):
        return
    at = sentence.start
    for quantity in source.facts.quantities:
        if quantity.unit != "%" or not sentence.start <= quantity.start < sentence.end or ".." in quantity.value:
            continue
        of = _WEIGHT.sub(" ", source.text[at : quantity.start]).strip(_TRIM + "为是各為")
        at = quantity.end
        if of:
            yield Weight(of, Decimal(quantity.value), _shown(source, quantity))


def _means(source: Source, *, whole: bool) -> Iterator[Means]:
    for clause in clauses(source.text):
        if not source.holds(clause.start, clause.end):
            continue
        sums = [q for q in source.facts.quantities if q.unit in MONEY and clause.start <= q.start < clause.end]
        kind = ""
        if (sums and (whole or _BUDGET.search(clause.text))) or (whole and _BUDGET.search(clause.text)):
            kind = "money"
        elif (_PEOPLE.search(clause.text) and (whole or source.key == "team")) or (
            source.key == "team" and _SKILLS.search(clause.text)
        ):
            kind = "people"
        elif whole:
            kind = "tools" if _TOOLS.search(clause.text) else "other"
        if kind:
            limits = _AT_MOST.search(clause.text) is not None
            yield Means(kind, quoted(source, clause.start, clause.end), source.key, limits)


def _trimmed(source: Source, start: int, end: int) -> Line:
    words = source.text[start:end]
    left = start + len(words) - len(words.lstrip(_TRIM))
    return quoted(source, left, max(left, start + len(words.rstrip(_TRIM))))


def _shown(source: Source, quantity: Quantity) -> Figure:
    evidence = Evidence(source=source.key, start=quantity.start, end=quantity.end)
    text = source.text[quantity.start : quantity.end]
    return Figure(text, quantity.value, quantity.unit or None, "stated", evidence)
