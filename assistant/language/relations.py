"""Tells what each amount does: starting value, value to reach, change, window; and pairs them.

Knows amounts, verbs and measures by place, in plain text; no calendar and no rules. Looks only at neighbours, so the
work grows with the text and no faster.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from assistant.goals.facts import Change, Direction, QuantityRole
from assistant.language.mentions import Words
from assistant.language.quantities import Amount
from assistant.language.units import DURATIONS

REFERENCE = "\x01"
"""Stands in the cues where a past time is hidden."""

_SENTENCE = re.compile(r"[。;!?\n；]|\.(?= |$)")
_CLAUSE = re.compile(r"[,;。!?\n:]|\.(?= |$)")
_CUE = re.compile(
    r"(?P<level>(?:达到|至|到|为)(?:\x01+|当前|目前|现有|现在|原来|原有|原先|去年同期|去年|上年|今年|现状|同期|基准年?|基线|基期|行业平均|\d{4}年)[^,;。\d]{0,8}?(?:的|之)?(?:约|近)?$)"
    r"|(?P<arrow>(?:→|-+>|=+>|⇒|>>)[ ]?$)"
    r"|(?P<frm>从(?![业而事])|由(?![于此])|(?<![各来])自(?![动己主身然营有助媒查评我习律行信愿])|(?<![a-z])(?:from|up from|down from)(?![a-z]))"
    r"|(?P<base>\x01+|当前|目前|现有|现在|现状|现为|现行|基准值?|基线|基期|原来|原有|原先|原为|去年同期|去年|上年同期|上季度?|上个?月|上一?年度?|起点|起始值?|初始值?|今天|今为|今是|眼下|期初|已达|(?<=[,(])[现今]|(?<![a-z])(?:currently|current(?:ly)?|today(?:'s)?|right now|now|baseline|previously|at present|presently|versus|vs\.?|compared (?:to|with)|last (?:year|quarter|month)(?:'s)?|was|were|starting (?:at|point)|status quo|against|actual|as-is|as is|existing)(?![a-z]))"
    r"|(?P<target>至(?![少今多])|(?<![收得接遇感看听])到(?![位货期岗课店场访家底])|达到|达成(?!率)|达(?![成标到])|突破|升为|降为|减为|缩为|缩短为|调整为|提高为|提升为|改为|变为|目标值?(?:为|是|定为|设为|设定为)?|(?<!假)设定?为|定为|控制在|保持在|维持在|稳定在|压缩在|不低于|不高于|不超过|不少于|不多于|[≥≤]|>=|<=|(?<![a-z])(?:to(?! (?:be|a|the|have|get|do|ensure|make)(?![a-z]))|reach(?:es|ed|ing)?|hit|achiev(?:e|es|ed|ing)|attain|target(?:ing|ed)?(?: of| is| value)?|goal(?: is| of)?|at least|at most|no more than|no less than|under|below|above|over|exceed(?:s|ing)?|maintain|keep|stay|remain|surpass|within|less than|more than|fewer than|aim(?:ing)? for|wants?|to a|to the)(?![a-z]))"
    r"|(?P<change>(?:增|降|升|减|涨|跌)幅(?:度)?(?:为|达到?|约|至少|在)?|同比|环比|年均|年增|月增|年复合|(?<![a-z])(?:by(?! (?:\d{4}(?!\d)|q\d|h\d|[a-z]+ \d{4}))|an? additional|another|a further|extra|plus)(?![a-z]))"
    r"|(?P<window>为期|历时|持续|为时|周期为|(?<![a-z])(?:for|lasting|takes?|spend|exercising|work(?:ing)?|practi[cs]ing)(?![a-z]))"
)
_TAIL_BASE = re.compile(
    r"[ ]?[(]?(?:现状|基准|当前|目前|(?:today|currently|now|at present|last (?:year|quarter|month)|baseline|at baseline|in 20(?:1\d|2[0-5]))(?![a-z]))"
)
_TAIL_CHANGE = re.compile(
    r"(?:的(?:增长|提升|增幅|下降|降幅|提高|降低|增量|改善|涨幅|成长)|以上的(?:增长|提升|降幅|成长)|[ -](?:year[- ]on[- ]year |yoy |annual |relative |quarterly |further |overall )?(?P<up>increases?|growth|rise|uplift|lift|gains?|higher|more|jump|boost)?(?P<down>reductions?|drop|decrease|decline|cut|lower|fewer|less|shorter|savings?)?(?P<any>improvements?|better|faster|change)?(?![a-z]))"
)
_TAIL_LEVEL = re.compile(
    r"[ ](?:of )?(?:today's|the current|current|present|its current|their current|our current|last year's|the original|the baseline|baseline|the 20\d\d|20\d\d|of what)(?![a-z])"
)
_WEIGHT = re.compile(r"权重|比重分配|(?<![a-z])(?:weight(?:s|ed|ing)?|weighted at)(?![a-z])")
_UP_FROM = re.compile(r"(up|down) from")
_VERB_TO = re.compile(
    r"(?:的)?[^,;。:()、\n]{0,6}?(?:至|到|为|→|-+>|=+>|[ ]to[ ](?:under |below |above |at least |over |about |around )?)[ ]?(?:约|至少|少于|不超过|不低于)?$"
)
_TIME_UNITS = frozenset((*DURATIONS, "month", "year", "workday"))
_REACH = 6


@dataclass
class _Item:
    """An amount with what its surroundings say."""

    amount: Amount
    sentence: int
    lead: str
    lead_start: int
    tail: str
    role: QuantityRole = "other"
    cue: str = ""
    cue_place: int = -1
    level: bool = False
    way: Direction | None = None
    metric: int | None = None
    paired: bool = False


@dataclass
class Relations:
    """Roles by amount, the changes, and the units that an amount takes over from its partner (from 5 to 3 days)."""

    roles: list[QuantityRole] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)


class _Places:
    """Sorted places of verbs and measures, for look-up between two points."""

    def __init__(self, words: Words) -> None:
        self.verbs = [action for action in words.actions if action[4] != "do"]
        self.verb_starts = [action[0] for action in self.verbs]
        self.metrics = words.metrics
        self.metric_ends = [metric[1] for metric in words.metrics]

    def verb(self, start: int, end: int) -> tuple[int, Direction | None, str] | None:
        """The last verb with a direction that begins in [start, end)."""
        index = bisect_left(self.verb_starts, end) - 1
        best: tuple[int, Direction | None, str] | None = None
        while index >= 0 and self.verb_starts[index] >= start:
            action = self.verbs[index]
            if action[3] in ("up", "down"):
                return action[0], action[3], action[4]
            if best is None and action[4] in ("keep", "better"):
                best = action[0], action[3], action[4]
            index -= 1
        return best

    def metric(self, start: int, end: int) -> int | None:
        """The last measure that ends in (start, end]."""
        index = bisect_right(self.metric_ends, end) - 1
        if index >= 0 and self.metrics[index][0] >= start:
            return index
        return None

    def metric_after(self, start: int, end: int) -> int | None:
        """The first measure that begins in [start, end)."""
        index = bisect_left(self.metric_ends, start)
        while index < len(self.metrics) and self.metrics[index][0] < start:
            index += 1
        return index if index < len(self.metrics) and self.metrics[index][0] < end else None


def relate(low: str, cues: str, amounts: list[Amount], words: Words, *, chinese_text: bool) -> Relations:
    """Roles and changes of all amounts; in `cues` the times that are no reference are hidden."""
    if not amounts:
        return Relations()
    breaks = [match.start() for match in _SENTENCE.finditer(low)]
    places = _Places(words)
    items = _items(low, cues, amounts, breaks)
    for index, item in enumerate(items):
        _role(low, items, index, places, breaks)
    changes = _pairs(low, items, places, breaks)
    _stated(low, items, changes, places, breaks)
    changes.sort(key=lambda change: min(index for index in (change.frm, change.to, change.stated) if index is not None))
    units: dict[int, str] = {}
    for change in changes:
        if change.frm is None or change.to is None:
            continue
        one, two = items[change.frm].amount.unit, items[change.to].amount.unit
        if one != two and "" in (one, two) and items[change.frm].cue == "frm" and abs(change.to - change.frm) == 1:
            units[change.frm if not one else change.to] = one or two
    return Relations([item.role for item in items], changes, units)


def _items(low: str, cues: str, amounts: list[Amount], breaks: list[int]) -> list[_Item]:
    items: list[_Item] = []
    for index, amount in enumerate(amounts):
        sentence = bisect_left(breaks, amount.start)
        floor = breaks[sentence - 1] + 1 if sentence else 0
        if index and amounts[index - 1].end > floor:
            floor = amounts[index - 1].end
        start = max(floor, amount.start - 60)
        following = amounts[index + 1].start if index + 1 < len(amounts) else len(low)
        items.append(
            _Item(
                amount, sentence, cues[start : amount.start], start, cues[amount.end : min(following, amount.end + 28)]
            )
        )
    return items


def _role(low: str, items: list[_Item], index: int, places: _Places, breaks: list[int]) -> None:
    item = items[index]
    amount, lead = item.amount, item.lead
    factor = amount.unit in ("%", "x")
    last: re.Match[str] | None = None
    for match in _CUE.finditer(lead):
        last = match
    cue = last.lastgroup or "" if last else ""
    between = lead[last.end() :] if last else ""
    if last and cue not in ("level", "arrow") and ("," in between or "、" in between or ")" in between):
        cue = ""
    clause_start = item.lead_start + max((match.end() for match in _CLAUSE.finditer(lead)), default=0)
    verb = places.verb(clause_start, amount.start)
    item.metric = places.metric(clause_start, amount.start)
    item.cue, item.cue_place = cue, item.lead_start + (last.start() if last else 0)
    sentence_start = breaks[item.sentence - 1] + 1 if item.sentence else 0
    if amount.unit in ("%", "") and _WEIGHT.search(low, max(sentence_start, amount.start - 60), amount.start):
        return
    level_tail = factor and _TAIL_LEVEL.match(item.tail) is not None and cue in ("target", "frm", "")
    if cue == "level" or level_tail:
        if factor:
            item.role, item.level = "target", True
            item.way = verb[1] if verb else None
            return
        cue = "target"
    after_verb = verb is not None and (not cue or verb[0] >= item.cue_place)
    tail_change = _TAIL_CHANGE.match(item.tail) if item.tail else None
    if (
        tail_change
        and (tail_change["up"] or tail_change["down"] or tail_change["any"] or item.tail.startswith(("的", "以上的")))
        and cue not in ("frm",)
    ):
        if not (amount.unit not in ("%", "x", "pp") and item.tail.startswith("的")):
            item.role = "change"
            item.way = "up" if tail_change["up"] else "down" if tail_change["down"] else (verb[1] if verb else None)
            return
    if amount.unit == "x" and low[amount.start : amount.end].startswith(
        ("翻", "减半", "倍增", "doubl", "halv", "tripl", "quadrupl", "腰斩")
    ):
        item.role = "change"
        item.way = "down" if amount.value.startswith("0") else "up"
        return
    if cue == "window" and amount.unit in _TIME_UNITS and len(between) <= 4:
        item.role = "window"
    elif cue == "frm" and len(between) <= 30:
        item.role = "baseline"
    elif (
        cue == "base"
        and len(between) <= 24
        and not (after_verb and verb and verb[1] in ("up", "down") and verb[0] > item.cue_place)
    ):
        item.role = "baseline"
    elif item.tail and _TAIL_BASE.match(item.tail) and cue in ("", "base", "frm"):
        item.role = "baseline"
    elif cue in ("target", "arrow") and len(between) <= 20:
        follows = (
            after_verb
            and verb is not None
            and verb[1] in ("up", "down")
            and cue == "target"
            and verb[0] > item.cue_place
        )
        item.role = "change" if follows and _directly(low, places, verb, amount) else "target"
    elif cue == "change":
        item.role = "change"
    elif verb is not None and verb[1] in ("up", "down") and _directly(low, places, verb, amount):
        item.role = "change"
    elif item.metric is not None and amount.start - places.metrics[item.metric][1] <= 8:
        item.role = "target"
    elif amount.bound in ("ge", "le"):
        item.role = "target"
    if item.role in ("change", "target"):
        item.way = verb[1] if verb else None
    if (
        item.role == "target"
        and item.cue != "frm"
        and index
        and not items[index - 1].cue.startswith(("target", "base", "frm"))
    ):
        _pull_baseline(low, items, index, places)


def _pull_baseline(low: str, items: list[_Item], index: int, places: _Places) -> None:
    """In `65%提高到75%` and `45 → 55` the bare number before is the starting value."""
    item, previous = items[index], items[index - 1]
    if (
        previous.sentence != item.sentence
        or previous.role not in ("other", "target")
        or previous.amount.bound in ("ge", "le")
    ):
        return
    if places.metric(previous.amount.end, item.amount.start) is not None:
        return
    if not compatible(previous.amount.unit, item.amount.unit):
        return
    if item.cue == "arrow" and len(item.lead.strip()) <= 3 or _VERB_TO.fullmatch(item.lead):
        previous.role = "baseline"
        previous.cue = "frm"


def _directly(low: str, places: _Places, verb: tuple[int, Direction | None, str], amount: Amount) -> bool:
    """Whether nothing but small words stands between a verb and the amount that it changes by."""
    index = bisect_left(places.verb_starts, verb[0])
    end = places.verbs[index][1]
    gap = low[end : amount.start]
    if re.fullmatch(
        r"[ ]?(?:了|约|大约|近|至少|不少于|不低于|幅度?|率|比例|超过|超|达|达到|的|以上|平均|超过了|不超过|另外|by|an?|about|at least|another|around|roughly|approximately|nearly|over|more than|up|the|[ :])*[ ]?",
        gap,
    ):
        return True
    metric = places.metric(end, amount.start)
    if metric is None:
        return False
    name = places.metrics[metric]
    rest = low[end : name[0]] + low[name[1] : amount.start]
    return (
        amount.unit in ("%", "pp", "x") and re.fullmatch(r"[ ]?(?:了|约|近|至少|the|our|by|[ ])*[ ]?", rest) is not None
    )


def compatible(one: str, other: str) -> bool:
    """Whether two units can stand in one pair without a conflict."""
    return (
        one == other or (one in DURATIONS and other in DURATIONS) or {one, other} <= _TIME_UNITS or "" in (one, other)
    )


def _pairs(low: str, items: list[_Item], places: _Places, breaks: list[int]) -> list[Change]:
    changes: list[Change] = []
    for index, item in enumerate(items):
        if item.role != "baseline" or item.paired:
            continue
        partner = _partner(low, items, index, places)
        if partner is None:
            continue
        other = items[partner]
        item.paired = other.paired = True
        first, last = min(index, partner), max(index, partner)
        floor = _floor(items, first, breaks)
        metric = _metric_of(low, items, first, last, floor, places)
        between = places.verb(items[first].amount.end, items[last].amount.start)
        way = between if between and partner > index else places.verb(floor, items[first].amount.start) or between
        direction = _direction(way, metric, places)
        if direction is None and (said := _UP_FROM.match(low, item.cue_place)):
            direction = "up" if said.group(1) == "up" else "down"
        changes.append(Change(frm=index, to=partner, direction=direction, metric=metric))
        other.metric = metric
        item.metric = metric
    return changes


def _floor(items: list[_Item], index: int, breaks: list[int]) -> int:
    """Where the surroundings of an amount begin: the sentence, or the end of the last amount of another pair."""
    sentence = items[index].sentence
    floor = breaks[sentence - 1] + 1 if sentence else 0
    for step in range(index - 1, max(-1, index - _REACH), -1):
        previous = items[step]
        if previous.sentence != sentence:
            break
        if previous.role in ("target", "baseline"):
            return max(floor, previous.amount.end)
    return max(floor, items[index].amount.start - 400)


def _metric_of(low: str, items: list[_Item], first: int, last: int, floor: int, places: _Places) -> int | None:
    start, end = items[first].amount.start, items[last].amount.start
    metric = places.metric(floor, start)
    if metric is None:
        metric = places.metric(items[first].amount.end, end)
    if metric is None:
        tail = low[items[last].amount.end : items[last].amount.end + 60]
        stop = _CLAUSE.search(tail)
        metric = places.metric_after(
            items[last].amount.end, items[last].amount.end + (stop.start() if stop else len(tail))
        )
    return metric


def _direction(verb: tuple[int, Direction | None, str] | None, metric: int | None, places: _Places) -> Direction | None:
    if verb is not None and verb[1] is not None and verb[2] in ("up", "down"):
        return verb[1]
    if metric is not None and places.metrics[metric][4] is not None:
        return places.metrics[metric][4]
    return verb[1] if verb is not None else None


def _partner(low: str, items: list[_Item], index: int, places: _Places) -> int | None:
    item = items[index]
    forward = backward = None
    for step in range(index + 1, min(len(items), index + _REACH)):
        other = items[step]
        labelled = (
            step == index + 1 and item.cue == "base" and other.cue == "target" and other.sentence == item.sentence + 1
        )
        if not (other.sentence == item.sentence or labelled) or other.role == "baseline":
            break
        if labelled and places.metric(item.amount.end, other.amount.start) is not None:
            break
        if other.role == "target" and not other.paired and not other.level:
            if item.cue == "frm" or compatible(item.amount.unit, other.amount.unit):
                forward = step
            break
    for step in range(index - 1, max(-1, index - _REACH), -1):
        other = items[step]
        if other.sentence < item.sentence - 1 or other.role == "baseline" or other.paired:
            break
        if other.sentence != item.sentence and (
            item.cue == "frm" or low[item.lead_start : item.amount.start].count(",")
        ):
            break
        if other.role == "target" and not other.level and compatible(item.amount.unit, other.amount.unit):
            backward = step
            break
        if (
            other.role == "other"
            and other.amount.unit == item.amount.unit
            and "(" in item.lead
            and ")" not in item.lead
        ):
            other.role = "target"
            backward = step
            break
        if other.role == "target":
            break
    if backward is None or forward is None:
        if forward is None and backward is not None and not _near(low, items, backward, index, places):
            return None
        return forward if forward is not None else backward
    gap = low[items[backward].amount.end : item.amount.start]
    ahead = low[item.amount.end : items[forward].amount.start]
    if "(" in gap and ")" not in gap:
        return backward
    if item.cue == "frm":
        broken = (
            _CLAUSE.search(ahead) is not None or places.metric(item.amount.end, items[forward].amount.start) is not None
        )
        return backward if broken and len(gap) <= 12 and _CLAUSE.search(gap) is None else forward
    if "," in gap and places.metric(item.amount.end, items[forward].amount.start) is None:
        return forward
    if places.metric(items[backward].amount.end, item.amount.start) is None and len(gap) <= 24:
        return backward
    return forward


def _near(low: str, items: list[_Item], target: int, base: int, places: _Places) -> bool:
    """Whether a starting value after its target still speaks of the same measure."""
    own = places.metric(items[target].amount.end, items[base].amount.start)
    if own is None:
        return items[base].amount.start - items[target].amount.end <= 60
    before = items[target].metric
    if before is None:
        return False
    return (
        places.metrics[own][3] == places.metrics[before][3]
        or low[slice(*places.metrics[own][:2])] in low[slice(*places.metrics[before][:2])]
    )


def _stated(low: str, items: list[_Item], changes: list[Change], places: _Places, breaks: list[int]) -> None:
    """Adds stated differences to the pairs they belong to, and lone changes and lone targets."""
    by_item: dict[int, int] = {}
    for place, change in enumerate(changes):
        for index in (change.frm, change.to):
            if index is not None:
                by_item[index] = place
    for index, item in enumerate(items):
        if item.role != "change":
            continue
        home = _home(low, items, index, by_item, changes, places)
        if home is not None:
            pair = changes[home]
            metric = pair.metric if pair.metric is not None else item.metric
            changes[home] = pair.model_copy(update={"stated": index, "metric": metric})
            continue
        floor = _floor(items, index, breaks)
        metric = item.metric if item.metric is not None else _metric_of(low, items, index, index, floor, places)
        if metric is None and index and items[index - 1].sentence == item.sentence:
            metric = items[index - 1].metric
        verb = places.verb(floor, item.amount.start)
        direction = item.way or _direction(verb, metric, places)
        following = index + 1
        to = None
        if (
            following < len(items)
            and items[following].role == "target"
            and not items[following].paired
            and items[following].sentence == item.sentence
        ):
            gap = low[item.amount.end : items[following].amount.start]
            if len(gap) <= 10 and places.metric(item.amount.end, items[following].amount.start) is None:
                to = following
                items[following].paired = True
        changes.append(Change(frm=None, to=to, stated=index, direction=direction, metric=metric))
    for index, item in enumerate(items):
        if item.role == "target" and not item.paired:
            floor = _floor(items, index, breaks)
            verb = places.verb(floor, item.amount.start)
            metric = item.metric if item.metric is not None else _metric_of(low, items, index, index, floor, places)
            if verb is None and not item.level:
                continue
            direction: Direction | None = verb[1] if verb is not None and verb[2] in ("up", "down", "keep") else None
            if direction is None:
                direction = _direction(verb, metric, places)
            changes.append(Change(frm=None, to=index, direction=direction, metric=metric, relative_to_level=item.level))


def _home(
    low: str, items: list[_Item], index: int, by_item: dict[int, int], changes: list[Change], places: _Places
) -> int | None:
    item = items[index]
    for step in (1, -1, 2, -2):
        other = index + step
        if not 0 <= other < len(items) or items[other].sentence != item.sentence or other not in by_item:
            continue
        if abs(step) == 2 and items[index + step // 2].role != "change":
            continue
        place = by_item[other]
        pair = changes[place]
        if pair.stated is not None or pair.frm is None or pair.to is None:
            continue
        unit = items[pair.frm].amount.unit
        if item.amount.unit not in ("%", "pp", "x") and not compatible(item.amount.unit, unit):
            continue
        if pair.metric is not None and item.metric is not None and item.metric != pair.metric:
            one, two = places.metrics[item.metric], places.metrics[pair.metric]
            names = low[one[0] : one[1]], low[two[0] : two[1]]
            if names[0] not in names[1] and names[1] not in names[0]:
                continue
        first, last = min(pair.frm, pair.to), max(pair.frm, pair.to)
        if (
            step > 0
            and places.metric(item.amount.end, items[first].amount.start) is not None
            and item.metric is not None
            and pair.metric is not None
            and item.metric != pair.metric
        ):
            continue
        if not first < index < last:
            start, end = (
                (item.amount.end, items[first].amount.start)
                if index < first
                else (items[last].amount.end, item.amount.start)
            )
            if end - start > 80:
                continue
        return place
    return None
