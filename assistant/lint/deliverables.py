# ruff: noqa: E501
"""Tells what a goal hands over and what it names: things whose completion can be seen, and the object it is about.

Knows words and the clause they stand in; nothing about values, rules or scores.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.language.later import later
from assistant.lint.actions import marked
from assistant.lint.slices import within
from assistant.lint.words import alternatives, ends_with, pattern

if TYPE_CHECKING:
    from assistant.lint.unit import Unit

_MAKER = later(rf"(?:{alternatives('deliverable')})(?!{alternatives('deliverable_no')})")
_NO_THING = later(rf"\s+(?:[a-z-]+\s+){{0,2}}(?:{alternatives('deliverable_no')})")
_NO_EVENT = (
    r"(?:improv|increas|reduc|strengthen|enhanc|optimi[sz]|streamlin|boost|rais|lower|engag|motivat|align|focus|committ|valu|satisf|satisfi"
    r"|skill|trust|need|bas|relat|us|advanc|coordinat|continu|dedicat|experienc|qualif|qualifi|sustain|balanc|empower|expect|requir|involv"
    r"|interest|inspir|energi[sz]|inform|connect|respect|support|appreciat|challeng|stretch|excit|delight|pleas|proceed|exceed|succeed|speed"
    r"|spe|fe|ne|see|inde|agre|lik|defin|set|clos|own|know|kn|down|gr)(?:ed|own)(?![a-z])"
)
_DONE = later(
    rf"(?:{alternatives('done')}|(?<![a-z])(?!{_NO_EVENT})[a-z]{{3,}}(?:ed|own))(?=\s*(?:$|[,.;:)\n]|(?:and|or|by|in|at|on|across|for|from|before|until|with|within|throughout|to|of|during)(?![a-z])))"
)
_WORD = later(r"[\u4e00-\u9fff]+|[a-z][a-z'’-]+|[A-Za-z0-9]{2,}")
_HAN = later(r"[\u4e00-\u9fff]")
_ASKED = later(
    r"(?:^|[\n,;:.(\-–•*]\s*|(?<![a-z])(?:to|and|or|will|we|must|should|shall|then|fully|successfully|team|please|kr\d?|has|have|is|are|be|get|gets|by|department|office|unit|it)\s+|[’']ll\s+)$"
)
"""Before a word that is a verb there: documents at a goal's start or after "to" are written, elsewhere they are papers."""
_VAGUE_THING = later(
    r"[了的]?(?:工作更|(?:工作)?做得|更|好(?!评|友)|优质|优秀|一流|满意的|出色|完善的|健全的|良好|有效的|有竞争力)"
)
_MERELY_BETTER = later(
    rf"(?<![a-z])(?:better|good|great|nicer?|excellent|world-class|best-in-class|cutting-edge|state-of-the-art|leading)(?![a-z])|{alternatives('comparative')}"
)
_EVENT = later(
    r"(?<![a-z])(?:topping out|handover|hand-over|go-live|completion|opening|launch|delivery|relocation|signing|certification"
    r"|accreditation|installation|migration|roll-?out|commissioning|decommissioning|acceptance|publication|approval|transfer|closure) of(?![a-z])"
)
_LEAST_HAN, _LEAST_WORDS = 4, 1
"""Characters or words that must be left of a goal, once its empty words are gone, for it to name an object."""


def found(unit: Unit) -> list[tuple[int, int]]:
    """Return the places of things whose completion can be verified: a launch, a certificate, a move."""
    makers = list(_MAKER.finditer(unit.plain, unit.start, unit.end))
    places = [match.span() for match in makers if _makes(unit, match)]
    if unit.facts.language == "en":
        places += [match.span() for match in _EVENT.finditer(unit.plain, unit.start, unit.end)]
        places += [match.span() for match in _DONE.finditer(unit.plain, unit.start, unit.end) if _is_done(unit, match)]
        places.sort()
    if (not places and not makers and _plain_milestone(unit)) or (not places and _action_with_a_day(unit)):
        places = [unit.body]
    return places


def _action_with_a_day(unit: Unit) -> bool:
    """Tell whether the unit is an item of work by its mark, with a day: done or not done will be seen then."""
    if marked(unit) is None or not unit.deadlines or not names_object(unit):
        return False
    hedged = any(hedge.kind in ("quantifier", "verb") for hedge in unit.facts.hedges)
    return not hedged and not unit.unverifiable and not any(unit.has(name) for name in ("change", "comparative"))


def _plain_milestone(unit: Unit) -> bool:
    """Tell whether the goal names a thing and a day and asks for nothing to be better: it will be seen on that day."""
    if unit.kind in ("objective", "initiative") or not (unit.deadlines or unit.kind == "key_result"):
        return False
    if unit.facts.metrics or unit.services or unit.scope.draft:
        return False
    if any(hedge.kind in ("quantifier", "verb") for hedge in unit.facts.hedges):
        return False
    if unit.unverifiable or any(unit.has(name) for name in ("change", "activity", "comparative", "idle")):
        return False
    return names_object(unit, least_words=2)


def _makes(unit: Unit, match: re.Match[str]) -> bool:
    start, end = match.span()
    if any(metric.start <= start and end <= metric.end for metric in unit.metrics_near(start - 40, end)):
        return False
    if match[0].isascii():
        opens = not unit.plain[unit.start : start].strip()
        asked = opens or _ASKED.search(unit.plain, max(unit.start, start - 24), start)
        if not asked and not match[0].endswith("ed"):
            return False
        return not _NO_THING.match(unit.plain, end, unit.end) and _thing_named(unit, start, end)
    return _object_of(unit, start, end)


def _own_clause(unit: Unit, at: int) -> tuple[int, int]:
    first, last = unit.clause(at)
    return max(first, unit.start), min(last, unit.end)


def _thing_named(unit: Unit, start: int, end: int) -> bool:
    """Tell whether an English verb at the place has an object or subject that could be handed over."""
    first, last = _own_clause(unit, start)
    after = unit.timeless(end, last)
    if _MERELY_BETTER.search(unit.plain, end, last) and not within(unit.facts.quantities, first, last):
        return False
    rest = after if _WORD.search(after) else unit.timeless(first, start)
    for name in ("weak", "construct", "deliverable_no", "nothing"):
        rest = pattern(name).sub(" ", rest)
    return _WORD.search(rest) is not None


def _is_done(unit: Unit, match: re.Match[str]) -> bool:
    first, _ = unit.clause(match.start())
    return len(_WORD.findall(unit.plain, first, match.start())) >= 1


def _object_of(unit: Unit, start: int, end: int) -> bool:
    """Tell whether a Chinese verb at the place has a nameable thing before or after it."""
    first, last = _own_clause(unit, start)
    after = unit.timeless(end, last).strip("了的 ,，。.;；、:\n")
    before = unit.timeless(first, start).strip(" ,，。.;；、:\n")
    if any(after.startswith(word) for word in ("以", "为", "时", "至", "到")):
        after = ""
    thing = after or before
    if _VAGUE_THING.match(unit.plain, end) and not within(unit.facts.quantities, first, last):
        return False
    if unit.plain[end:last].rstrip(" ,，。.;；、:\n").endswith(("优化", "提升", "改善", "完善")):
        return False
    return len(thing) >= 2 and not ends_with(thing, "construct")


def only_papers(unit: Unit) -> bool:
    """Tell whether what is handed over is a paper: done or not can be seen, but nothing need change."""
    return bool(unit.deliverables) and unit.has("paper") and not unit.states


def names_object(unit: Unit, least_words: int = _LEAST_WORDS) -> bool:
    """Tell whether something nameable is left of the goal without its verbs of change, hedges, ideas and filler."""
    if unit.has("construct") or unit.has("soft"):
        return False
    view = unit.timeless(unit.start, unit.end if unit.scope.own is None else min(unit.end, unit.scope.own))
    for name in ("change", "construct", "weak", "filler", "weak_deadline"):
        view = pattern(name).sub(" ", view)
    if _HAN.search(view):
        return sum(len(word) for word in re.findall(r"[\u4e00-\u9fffa-z0-9]{2,}", view)) >= _LEAST_HAN
    return sum(not word.isdigit() for word in _WORD.findall(view)) >= least_words
