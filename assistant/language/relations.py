# ruff: noqa: E501
"""Tells what each amount does: starting value, value to reach, change, window; and pairs them.

Knows amounts, verbs and measures by place, in plain text; no calendar and no rules. Looks only at neighbours, so the
work grows with the text and no faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.goals.facts import Change, QuantityRole
from assistant.language.amounts import Amount
from assistant.language.consumed import HIDDEN
from assistant.language.cues import (
    CLAUSE,
    CUE,
    SENTENCE,
    TAIL_BASE,
    TAIL_CHANGE,
    TAIL_LEVEL,
    THAT_TO,
    TIME_UNITS,
    VERB_TO,
    WEIGHT,
)
from assistant.language.mentions import Words
from assistant.language.pairs import pairs, stated
from assistant.language.surroundings import Item, Places, compatible, directly, gather
from assistant.language.units import MONEY

_PER = re.compile(r"(?<![a-z])per $|每$")
"""Before the number of a denominator: complaints per 1,000 deliveries, 每万单."""
_SO_THAT = re.compile(r"so that|such that|until|when|once|(?<![a-z])if ")
_COPULA = re.compile(r"(?<![a-z])(?:is|are|was|were)(?: (?:at|currently|only|just|still))? $")
_MEANS = re.compile(r"(?:预算|经费)(?:为|约|共)?$|(?<![a-z])(?:budget|grant|funding|cost) of (?:up to |about )?$")
"""Before money that the goal may spend."""
_CASES = re.compile(
    r" of (?:all |the )?(?:cases|calls|requests|tickets|orders|visits|enquiries|claims|emails|instances)"
)
_SHARE_DUE = re.compile(r"(?:以上)?(?:都|均)?[在于]\x00|(?:以上)?的[^,;。\d]{1,10}(?:要|须|应|需|得|都)")
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
    changes = pairs(low, items, places, breaks)
    stated(low, items, changes, places, breaks)
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
    if cue == "frm" and amount.unit == "x" and len(between) > 6:
        cue = ""
    if last and cue not in ("level", "arrow") and ("," in between or "、" in between or ")" in between):
        cue = ""
    clause_start = item.lead_start + max((match.end() for match in CLAUSE.finditer(lead)), default=0)
    verb = places.verb(clause_start, amount.start)
    item.metric = places.metric(clause_start, amount.start)
    item.cue, item.cue_place = cue, item.lead_start + (last.start() if last else 0)
    cue_end = item.lead_start + (last.end() if last else 0)
    sentence_start = breaks[item.sentence - 1] + 1 if item.sentence else 0
    if _PER.search(item.lead):
        item.whole = True
        return
    if index and _OF_WHOLE.fullmatch(low, items[index - 1].amount.end, amount.start):
        item.whole = True
        return
    if (
        index
        and amount.unit in MONEY
        and _MEANS.search(lead)
        and any(each.role == "target" for each in items[max(index - 8, 0) : index])
    ):
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
        ("翻", "减半", "砍半", "倍增", "doubl", "halv", "tripl", "quadrupl", "腰斩")
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
            and not (after_verb and verb and verb[1] in ("up", "down") and verb[0] >= cue_end)
        )
        or (
            cue in ("", "target", "base")
            and (
                not last
                or last.group() in ("at", "is at", "are at")
                or (last.group().startswith("to") and _COPULA.search(between) is not None)
            )
            and amount.bound == "eq"
            and _COPULA.search(lead)
            and not _SO_THAT.search(lead)
            and (HIDDEN not in item.tail[:3] or item.tail[:1] in (";", "."))
        )
        or (
            item.tail
            and TAIL_BASE.match(item.tail)
            and (cue in ("", "base", "frm", "window") or (last and last.group() == "at"))
        )
    ):
        item.role = "baseline"
        item.cue = item.cue if cue == "frm" else "base"
    elif cue in ("target", "arrow") and len(between.replace(HIDDEN, "")) <= 20:
        follows = (
            after_verb
            and verb is not None
            and verb[1] in ("up", "down")
            and cue == "target"
            and verb[0] > item.cue_place
        )
        item.role = "change" if follows and verb is not None and directly(low, places, verb, amount) else "target"
    elif cue == "change" or (
        verb is not None and verb[1] in ("up", "down") and (amount.unit == "x" or directly(low, places, verb, amount))
    ):
        item.role = "change"
    elif (
        (item.metric is not None and amount.start - places.metrics[item.metric][1] <= 8)
        or amount.bound in ("ge", "le")
        or (item.metric is not None and amount.unit == "%" and lead.endswith((" of ", " at ")))
        or (verb is not None and verb[2] == "keep" and ".." in amount.value)
        or (amount.unit == "%" and (_of_cases(item) or _dated(items, index)))
    ):
        item.role = "target"
    if item.role == "change" and amount.unit in MONEY and verb and low.startswith("rais", verb[0]) and cue != "change":
        item.role = "target"
    if item.role in ("change", "target"):
        item.way = verb[1] if verb else None
        if last and cue == "change" and last.group() in ("up", "down"):
            item.way = "up" if last.group() == "up" else "down"
    if item.role == "target" and index and (item.cue in ("target", "arrow") or amount.bound in ("ge", "le")):
        _start_before(items, index, places)
    if item.role == "target" and index and THAT_TO.search(low, max(0, amount.start - 24), amount.start):
        _pull_before(items, index)
        return
    if (
        item.role == "target"
        and item.cue != "frm"
        and index
        and not items[index - 1].cue.startswith(("target", "base", "frm"))
    ):
        _pull_baseline(low, items, index, places)


def _of_cases(item: Item) -> bool:
    """Whether it is the share of cases that are to be dealt with so: in 95% of cases, 九成的报修单要."""
    return (
        _CASES.match(item.tail) is not None if item.lead.endswith(" in ") else _SHARE_DUE.match(item.tail) is not None
    )


def _dated(items: list[Item], index: int) -> bool:
    """Whether a share stands behind a colon, or behind a dated target, with its own day: 30% by June, 45% by December."""
    item = items[index]
    if HIDDEN not in item.tail[:2]:
        return False
    staged = (
        index > 0
        and items[index - 1].role == "target"
        and item.lead.strip(HIDDEN + " ,、") in ("", "and", "then", "和", "及", "再")
    )
    return item.lead.endswith((":", ": ")) or staged


def _start_before(items: list[Item], index: int, places: Places) -> None:
    """A bare value right behind its measure, with a value to reach after it, is the starting value."""
    item, previous = items[index], items[index - 1]
    bare = previous.role == "target" and not previous.cue and previous.amount.bound == "eq" and not previous.level
    if not bare or previous.sentence != item.sentence or previous.amount.unit != item.amount.unit:
        return
    if HIDDEN in previous.lead[-8:] or previous.way is not None or previous.metric is None:
        return
    if places.metric(previous.amount.end, item.amount.start) is None:
        previous.role, previous.cue = "baseline", "base"


def _pull_before(items: list[Item], index: int) -> None:
    """In "stood at 9%; trim that to 7%" the value of the sentence before is the starting value."""
    previous = items[index - 1]
    if previous.sentence == items[index].sentence - 1 and previous.amount.unit == items[index].amount.unit:
        previous.role, previous.cue = "baseline", "frm"


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
