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
LEFT = re.compile(
    r"\s*(?:能花|可花|可用|能用|可以花|可动用|可動用|的?(?:预算|預算|额度|額度))|\s*(?:is |are )?(?:all )?(?:left|available|to spend)\b(?! in stock)",
    re.I,
)
"""Right behind a sum: so much may be spent."""
_PRICED = re.compile(
    r"(?:每|一)[台套个個部张張辆輛件]\s*$|单价\s*$|單價\s*$|\b(?:at|for|costing|costs?|priced at)\s*$", re.I
)
"""Right before a sum in a clause that buys: it is a price."""
_ROUND_SUM = re.compile(r"[万萬千亿億]|\d\s*[km]$", re.I)
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
    return between(slot, both, message)


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
        return between("target", [baseline, target], message)
    return None


def of_deadlines(voice: Voice, stated: list[Stated], today: date) -> list[Conflict]:
    """Return conflicts of deadlines: two different last days, or one that has passed."""
    found = []
    days = {each.value for each in stated}
    if len(days) > 1:
        one_each = [next(each for each in stated if each.value == day) for day in sorted(filter(None, days))]
        message = voice.get("conflict.deadline").format(values=values(voice, one_each))
        found.append(between("deadline", one_each, message))
    for each in stated:
        if each.value and date.fromisoformat(each.value) < today:
            message = voice.get("conflict.past_deadline").format(values=values(voice, [each]))
            found.append(between("deadline", [each], message))
    return found


def of_budget(voice: Voice, sources: tuple[Source, ...], stated: list[Stated]) -> Conflict | None:
    """Return a conflict where something to be bought costs more than the resources allow.

    Args:
        voice: the sentences of the language.
        sources: what was written.
        stated: values that fill a slot; they are no prices.
    """
    taken = {(each.source, each.start) for each in stated}
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
            cost = number(quantity.value) * _pieces(source, clause, quantity)
            short = [
                each
                for each, period in limits
                if each.unit == quantity.unit
                and period == _period(clause.text)
                and Decimal(0) < number(each.value or "") < cost
            ]
            if short:
                both = [short[0], _money(source, quantity)]
                return between("resources", both, voice.get("conflict.budget").format(values=values(voice, both)))
    return None


def budgeted(source: Source, quantity: Quantity) -> bool:
    """Whether a sum is told as what may be spent."""
    if not _is_sum(source, quantity):
        return False
    left = LEFT.match(source.text, quantity.end) is not None
    return left or BUDGETED.search(source.text, 0, quantity.start) is not None


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
    return number(counted[-1].value) if counted and number(counted[-1].value) > 0 else Decimal(1)


def _money(source: Source, quantity: Quantity) -> Stated:
    text = source.text[quantity.start : quantity.end]
    return Stated(
        slot="resources", text=text, source=source.key, start=quantity.start, end=quantity.end,
        value=quantity.value, unit=quantity.unit,
    )  # fmt: skip


def number(value: str) -> Decimal:
    """Return a value as a number; 0 where it is none, such as a range."""
    try:
        return Decimal(value)
    except ArithmeticError:
        return Decimal(0)


def between(slot: Slot, stated: list[Stated], message: str) -> Conflict:
    """Return the conflict between statements of one slot."""
    return Conflict(
        slot=slot, values=tuple(ConflictValue(text=each.text, source=each.source) for each in stated), message=message
    )
