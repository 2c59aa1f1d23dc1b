"""Pairs starting values with the values to reach, and gives stated differences to the pairs they belong to.

Knows amounts with their roles and what stands around them; roles are given before, by assistant.language.relations.
"""

from __future__ import annotations

import re

from assistant.goals.facts import Change, Direction
from assistant.language.consumed import HIDDEN
from assistant.language.cues import CLAUSE, REFERENCE, THAT_TO, UP_FROM
from assistant.language.surroundings import Item, Places, compatible
from assistant.language.unsaid import adopt_starts, adopt_target, of_one_measure

_REACH = 6
_OWN_NOUN = re.compile(r" (?:fewer|more|less|additional|higher|lower) (?!than|by|in|on|compared)[a-z]")
"""A change with a noun of its own (10% fewer promotion days) belongs to no pair of another measure."""

_OBJECT = re.compile(r" (?:(?:of|in|from|worth of) )?(?:our |the |new |all )?")
"""Between a value and the measure that it counts: $250,000 in donations."""

_PURPOSE = re.compile(r"[ ]*(?:为了?(?!将|把)|以便|(?:in order )?to |so as to |for )")
"""Opens a clause that says what a change is for."""

_PLACE = re.compile(r"(?:第|(?<![a-z])(?:place|position|rank|number|no\.?)[ ]?#?)$")
"""Before a place in an order: moving up makes it smaller."""

_LINKED = re.compile(r"主要靠|靠|依靠|so that|which |thereby|leading to|in turn|带动|从而|因此|使得|进而")
"""Before a change that is the consequence of a pair and not its difference."""


def pairs(low: str, items: list[Item], places: Places, breaks: list[int]) -> list[Change]:
    """Changes from every starting value to its value to reach, and to further stages of it; roles may follow."""
    changes: list[Change] = []
    adopt_starts(low, items, places, breaks)
    for index, item in enumerate(items):
        if item.role != "baseline" or item.paired:
            continue
        partner = _partner(low, items, index, places, breaks)
        if partner is None:
            partner = adopt_target(items, index, places)
        if partner is None:
            continue
        other = items[partner]
        item.paired = other.paired = True
        first, last = min(index, partner), max(index, partner)
        floor = _floor(items, first, breaks)
        metric = _metric_of(low, items, first, last, floor, places)
        between = places.verb(items[first].amount.end, items[last].amount.start)
        ahead = _governing(low, floor, items[first].amount.start, metric, places)
        way = between if between and partner > index else ahead or between
        direction = _direction(way, metric, places)
        asked = way is not None and way[2] in ("up", "down")
        if not asked and (said := UP_FROM.search(low, max(floor, item.cue_place - 5), item.amount.start)):
            direction = "up" if said.group(1) == "up" else "down"
        if direction == "up" and _PLACE.search(low, max(items[first].amount.start - 12, 0), items[first].amount.start):
            direction = "down"
        changes.append(Change(frm=index, to=partner, direction=direction, metric=metric))
        other.metric = metric
        item.metric = metric
        changes.extend(_stages(items, index, partner, direction, metric, places))
    return changes


def _governing(
    low: str, floor: int, first: int, metric: int | None, places: Places
) -> tuple[int, Direction | None, str] | None:
    """The verb ahead of a pair that speaks of it: not one that states a purpose, nor one before a colon."""
    verb = places.verb(floor, first)
    if verb is None:
        return None
    named = places.metrics[metric][0] if metric is not None else first
    gap = low[verb[0] : min(named, first)]
    if ":" in gap:
        return None
    if "," in gap:
        opens = max((match.end() for match in CLAUSE.finditer(low, floor, verb[0])), default=floor)
        if _PURPOSE.match(low, opens):
            return None
    return verb


def _stages(
    items: list[Item], base: int, first: int, direction: Direction | None, metric: int | None, places: Places
) -> list[Change]:
    """Further targets of the same measure beside the first one: each counts from the same starting value."""
    found: list[Change] = []
    ways = (1,) if first > base else (-1, 1)
    for way in ways:
        step = first + way
        while 0 <= step < len(items) and step != base:
            other, near = items[step], items[step - way]
            start, end = sorted((other.amount.end, near.amount.end))
            dated = HIDDEN in (other.lead if way > 0 else near.lead)  # where a time that binds is hidden
            if not dated or other.paired or other.whole or other.level or other.amount.unit == "x":
                break
            listed = way < 0 or other.lead.strip(HIDDEN + " ,、") in ("", "and", "then", "和", "及", "再")
            if other.role != "target" and not (listed and other.role == "other" and other.amount.unit):
                break
            if other.amount.unit != items[first].amount.unit or other.sentence != items[first].sentence:
                break
            if end - start > 60 or places.metric(start, end) is not None:
                break
            other.role, other.paired, other.metric = "target", True, metric
            found.append(Change(frm=base, to=step, direction=direction, metric=metric))
            step += way
    return found


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
    counted = items[first].amount.unit == "%" and low.startswith(" of ", items[first].amount.end)
    if metric is None and not counted:
        metric = places.metric(items[first].amount.end, end)
    if metric is None:
        if items[last].amount.unit == "%" and low.startswith(" of ", items[last].amount.end):
            return None
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


def _partner(low: str, items: list[Item], index: int, places: Places, breaks: list[int]) -> int | None:
    item = items[index]
    forward = backward = None
    for step in range(index + 1, min(len(items), index + _REACH)):
        other = items[step]
        if other.whole:
            continue
        labelled = (
            all(_beside(each, item) for each in items[index + 1 : step])
            and (
                item.cue == "base"
                or (item.cue == "frm" and THAT_TO.search(low, max(0, other.amount.start - 24), other.amount.start))
            )
            and other.cue == "target"
            and other.sentence == item.sentence + 1
        )
        if not (other.sentence == item.sentence or labelled) or other.role == "baseline":
            break
        if labelled and not of_one_measure(low, item, other, places, breaks):
            break
        if other.role == "target" and not other.paired and not other.level:
            between = low[item.amount.end : other.amount.start]
            alike = compatible(item.amount.unit, other.amount.unit)
            if alike and item.cue != "frm" and "、" in between:
                break  # items of one list: 进了23个部门、开了64个窗口
            if alike or (item.cue == "frm" and "," not in between):
                forward = step
            break
    for step in range(index - 1, max(-1, index - _REACH), -1):
        other = items[step]
        if other.whole:
            continue
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


def _beside(item: Item, of: Item) -> bool:
    """Whether an amount says nothing of the other's measure: a denominator, a limit in another unit."""
    return item.whole or (item.role == "other" and not compatible(item.amount.unit, of.amount.unit))


def _near(low: str, items: list[Item], target: int, base: int, places: Places) -> bool:
    """Whether a starting value after its target still speaks of the same measure."""
    own = places.metric(items[target].amount.end, items[base].amount.start)
    end = items[target].amount.end
    if own is not None and _OBJECT.fullmatch(low, end, places.metrics[own][0]):
        own = None
    if own is None:
        gap = low[items[target].amount.end : items[base].amount.start]
        return len(gap) <= (120 if "(" in gap and ")" not in gap else 80)
    before = items[target].metric
    if before is None:
        return False
    return (
        places.metrics[own][3] == places.metrics[before][3]
        or low[slice(*places.metrics[own][:2])] in low[slice(*places.metrics[before][:2])]
    )


def stated(low: str, items: list[Item], changes: list[Change], places: Places, breaks: list[int]) -> None:
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
    compared = REFERENCE in item.lead[-12:]
    if _OWN_NOUN.match(low, item.amount.end) or _LINKED.search(item.lead):
        return None
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
        if compared and REFERENCE not in items[pair.frm].lead + items[pair.frm].tail:
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
