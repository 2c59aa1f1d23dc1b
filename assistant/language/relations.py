"""Tells what each amount does: starting value, value to reach, change, window; and pairs them.

Knows amounts, verbs and measures by place, in plain text; no calendar and no rules. Looks only at neighbours, so the
work grows with the text and no faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.goals.facts import Change, Direction, QuantityRole
from assistant.language.amounts import Amount
from assistant.language.cues import (
    CLAUSE,
    CUE,
    SENTENCE,
    TAIL_BASE,
    TAIL_CHANGE,
    TAIL_LEVEL,
    TIME_UNITS,
    UP_FROM,
    VERB_TO,
    WEIGHT,
)
from assistant.language.mentions import Words
from assistant.language.surroundings import Item, Places, compatible, directly, gather

_REACH = 6
_OF_WHOLE = re.compile(r" of (?:our |the |all |its |their )?")
"""Between a count and the whole it is taken from: 26 of 30."""


@dataclass
class Relations:
    """Roles by amount, the changes, and the units that an amount takes over from its partner (from 5 to 3 days)."""

    roles: list[QuantityRole] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    units: dict[int, str] = field(default_factory=dict)


def relate(low: str, cues: str, amounts: list[Amount], words: Words, *, chinese_text: bool) -> Relations:
    """Roles and changes of all amounts; in `cues` the times that are no reference are hidden."""
    if not amounts:
        return Relations()
    breaks = [match.start() for match in SENTENCE.finditer(low)]
    places = Places(words)
    items = gather(low, cues, amounts, breaks)
    for index in range(len(items)):
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


def _role(low: str, items: list[Item], index: int, places: Places, breaks: list[int]) -> None:
    item = items[index]
    amount, lead = item.amount, item.lead
    factor = amount.unit in ("%", "x")
    last: re.Match[str] | None = None
    for match in CUE.finditer(lead):
        if last is not None and last.lastgroup == "base" and (match.lastgroup == "window" or match.group() == "at"):
            continue
        last = match
    cue = last.lastgroup or "" if last else ""
    between = lead[last.end() :] if last else ""
    if last and cue not in ("level", "arrow") and ("," in between or "、" in between or ")" in between):
        cue = ""
    clause_start = item.lead_start + max((match.end() for match in CLAUSE.finditer(lead)), default=0)
    verb = places.verb(clause_start, amount.start)
    item.metric = places.metric(clause_start, amount.start)
    item.cue, item.cue_place = cue, item.lead_start + (last.start() if last else 0)
    sentence_start = breaks[item.sentence - 1] + 1 if item.sentence else 0
    if index and _OF_WHOLE.fullmatch(low, items[index - 1].amount.end, amount.start):
        item.paired = True
        return
    if amount.unit in ("%", "") and WEIGHT.search(low, max(sentence_start, amount.start - 40), amount.start):
        return
    level_tail = factor and TAIL_LEVEL.match(item.tail) is not None and cue in ("target", "frm", "")
    if cue == "level" or level_tail:
        if factor:
            item.role, item.level = "target", True
            item.way = verb[1] if verb else None
            return
        cue = "target"
    after_verb = verb is not None and (not cue or verb[0] >= item.cue_place)
    tail_change = TAIL_CHANGE.match(item.tail) if item.tail else None
    if (
        tail_change
        and (tail_change["up"] or tail_change["down"] or tail_change["any"] or item.tail.startswith(("的", "以上的")))
        and cue != "frm"
        and (amount.unit in ("%", "x", "pp") or not item.tail.startswith("的"))
    ):
        item.role = "change"
        item.way = "up" if tail_change["up"] else "down" if tail_change["down"] else (verb[1] if verb else None)
        return
    if amount.unit == "x" and low[amount.start : amount.end].startswith(
        ("翻", "减半", "倍增", "doubl", "halv", "tripl", "quadrupl", "腰斩")
    ):
        item.role = "change"
        item.way = "down" if amount.value.startswith("0") else "up"
        return
    if cue == "window" and amount.unit in TIME_UNITS and len(between) <= 4:
        item.role = "window"
    elif (
        (cue == "frm" and len(between) <= 30)
        or (
            cue == "base"
            and len(between) <= 24
            and not (after_verb and verb and verb[1] in ("up", "down") and verb[0] > item.cue_place)
        )
        or (item.tail and TAIL_BASE.match(item.tail) and cue in ("", "base", "frm"))
    ):
        item.role = "baseline"
    elif cue in ("target", "arrow") and len(between) <= 20:
        follows = (
            after_verb
            and verb is not None
            and verb[1] in ("up", "down")
            and cue == "target"
            and verb[0] > item.cue_place
        )
        item.role = "change" if follows and verb is not None and directly(low, places, verb, amount) else "target"
    elif cue == "change" or (verb is not None and verb[1] in ("up", "down") and directly(low, places, verb, amount)):
        item.role = "change"
    elif (item.metric is not None and amount.start - places.metrics[item.metric][1] <= 8) or amount.bound in (
        "ge",
        "le",
    ):
        item.role = "target"
    if item.role in ("change", "target"):
        item.way = verb[1] if verb else None
        if last and cue == "change" and last.group() in ("up", "down"):
            item.way = "up" if last.group() == "up" else "down"
    if (
        item.role == "target"
        and item.cue != "frm"
        and index
        and not items[index - 1].cue.startswith(("target", "base", "frm"))
    ):
        _pull_baseline(low, items, index, places)


def _pull_baseline(low: str, items: list[Item], index: int, places: Places) -> None:
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
    if (item.cue == "arrow" and len(item.lead.strip()) <= 3) or VERB_TO.fullmatch(item.lead):
        previous.role = "baseline"
        previous.cue = "frm"


def _pairs(low: str, items: list[Item], places: Places, breaks: list[int]) -> list[Change]:
    changes: list[Change] = []
    for index, item in enumerate(items):
        if item.role != "baseline" or item.paired:
            continue
        partner = _partner(low, items, index, places)
        if partner is None:
            partner = _adopted(items, index, places)
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
        if direction is None and (said := UP_FROM.match(low, item.cue_place)):
            direction = "up" if said.group(1) == "up" else "down"
        changes.append(Change(frm=index, to=partner, direction=direction, metric=metric))
        other.metric = metric
        item.metric = metric
    return changes


def _floor(items: list[Item], index: int, breaks: list[int]) -> int:
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


def _metric_of(low: str, items: list[Item], first: int, last: int, floor: int, places: Places) -> int | None:
    start, end = items[first].amount.start, items[last].amount.start
    metric = places.metric(floor, start)
    if metric is None:
        metric = places.metric(items[first].amount.end, end)
    if metric is None:
        tail = low[items[last].amount.end : items[last].amount.end + 60]
        stop = CLAUSE.search(tail)
        metric = places.metric_after(
            items[last].amount.end, items[last].amount.end + (stop.start() if stop else len(tail))
        )
    return metric


def _direction(verb: tuple[int, Direction | None, str] | None, metric: int | None, places: Places) -> Direction | None:
    if verb is not None and verb[1] is not None and verb[2] in ("up", "down"):
        return verb[1]
    if metric is not None and places.metrics[metric][4] is not None:
        return places.metrics[metric][4]
    return verb[1] if verb is not None else None


def _partner(low: str, items: list[Item], index: int, places: Places) -> int | None:
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
            CLAUSE.search(ahead) is not None or places.metric(item.amount.end, items[forward].amount.start) is not None
        )
        return backward if broken and len(gap) <= 12 and CLAUSE.search(gap) is None else forward
    if "," in gap and places.metric(item.amount.end, items[forward].amount.start) is None:
        return forward
    if places.metric(items[backward].amount.end, item.amount.start) is None and len(gap) <= 24:
        return backward
    return forward


def _adopted(items: list[Item], index: int, places: Places) -> int | None:
    """The nearest amount of the same unit that says nothing of itself: beside today's value it is what to reach."""
    item = items[index]
    if item.amount.unit in ("人", "people"):
        return None
    for step in (index - 1, index + 1, index - 2):
        if not 0 <= step < len(items):
            continue
        other = items[step]
        if abs(other.sentence - item.sentence) > 1 or other.role != "other" or other.paired:
            continue
        if item.amount.unit not in ("", other.amount.unit) or abs(other.amount.start - item.amount.start) > 120:
            continue
        if not item.amount.unit and other.amount.unit in ("%", "x", "pp", *TIME_UNITS):
            continue
        first, last = sorted((other.amount.end, item.amount.end))
        if places.metric(first, last) is None:
            other.role = "target"
            return step
    return None


def _near(low: str, items: list[Item], target: int, base: int, places: Places) -> bool:
    """Whether a starting value after its target still speaks of the same measure."""
    own = places.metric(items[target].amount.end, items[base].amount.start)
    if own is None:
        gap = low[items[target].amount.end : items[base].amount.start]
        return len(gap) <= (120 if "(" in gap and ")" not in gap else 60)
    before = items[target].metric
    if before is None:
        return False
    return (
        places.metrics[own][3] == places.metrics[before][3]
        or low[slice(*places.metrics[own][:2])] in low[slice(*places.metrics[before][:2])]
    )


def _stated(low: str, items: list[Item], changes: list[Change], places: Places, breaks: list[int]) -> None:
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
            direction = verb[1] if verb is not None and verb[2] in ("up", "down", "keep") else None
            if direction is None:
                direction = _direction(verb, metric, places)
            changes.append(Change(frm=None, to=index, direction=direction, metric=metric, relative_to_level=item.level))


def _home(
    low: str, items: list[Item], index: int, by_item: dict[int, int], changes: list[Change], places: Places
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
