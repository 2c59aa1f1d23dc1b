"""Reads the new figure, day or name that an instruction brings. Knows nothing about the kind of change it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from assistant.drafting.fitting import decimal
from assistant.drafting.offline.terms import NUMERAL
from assistant.drafting.revising.lexicon import Place, load
from assistant.drafting.revising.piece import Piece
from assistant.drafting.voice import plain
from assistant.goals import Quantity, Slot, Stated
from assistant.language.calendar import add_months

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_EDGE = " \t\u3000“”\"'「」：:,，。.!！?？"
_LONGEST_NAME = 40
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'’&/()（）·-])*")
_POINT_UNITS = frozenset({"pp", "point", "points", "分", "点", "點"})


@dataclass(frozen=True, slots=True)
class Shift:
    """A length of time by which a day moves, with its place."""

    place: Place
    number: Decimal
    unit: str


def level(piece: Piece, slot: Slot, quantity: Quantity, *, is_change: bool = False) -> Stated:
    """Return a quantity as the value of a slot."""
    return Stated(
        slot=slot, text=piece.typed[quantity.start : quantity.end], source=piece.key, start=quantity.start,
        end=quantity.end, value=quantity.value, unit=quantity.unit, is_change=is_change,
    )  # fmt: skip


def named(piece: Piece, slot: Slot, start: int, end: int) -> Stated:
    """Return words of the instruction as the value of a slot."""
    return Stated(slot=slot, text=piece.typed[start:end], source=piece.key, start=start, end=end)


def moved(piece: Piece, quantity: Quantity, goal: int, result: int, up: bool) -> Stated | None:
    """Return the target that lies a stated difference beyond the present one; None where it is no plain level."""
    standing = piece.standing[goal]
    present, text = standing.level("target", result), standing.goal.key_results[result].target
    size = decimal(quantity.value)
    if present is None or size is None or not text or len(NUMERAL.findall(text)) != 1:
        return None
    value = present + size if up else present - size
    shown = NUMERAL.sub(lambda match: _scaled(match.group(), present, value), text)
    figure = standing.figure("target", result)
    said = piece.typed[quantity.start : quantity.end]
    return level(piece, "target", quantity).model_copy(
        update={
            "value": plain(value).replace(",", ""), "unit": figure.unit if figure else None, "shown": shown,
            "formula": f"{text} {'+' if up else '−'} {said} = {shown}",
            "tentative": figure is not None and (figure.origin == "proposed" or figure.tentative),
        }
    )  # fmt: skip


def is_difference(quantity: Quantity) -> bool:
    """Tell whether a quantity can only be a difference."""
    return quantity.unit == "pp" or quantity.role == "change"


def same_measure(quantity: Quantity, unit: str | None) -> bool:
    """Tell whether a difference can be added to a level in `unit`."""
    if quantity.unit in _POINT_UNITS and unit in {"%", "pp", "", "分", *_POINT_UNITS}:
        return True
    return quantity.unit in {unit or "", ""}


def day(piece: Piece) -> Stated | None:
    """Return the last day named; of two the second replaces the first. A day that no calendar has is without value."""
    for time in reversed(piece.times):
        last = None if time.certainty == "impossible" else time.resolved[1] or time.resolved[0]
        return Stated(
            slot="deadline", text=piece.typed[time.start : time.end], source=piece.key, start=time.start,
            end=time.end, value=last.isoformat() if last else None,
        )  # fmt: skip
    return None


def shift(piece: Piece) -> Shift | None:
    """Return the length of time that is named: two months, 三周, 半年."""
    for match in _lengths().finditer(piece.folded, piece.start, piece.end):
        said = match["number"]
        number = Decimal("0.5") if match["half"] else Decimal(load().numbers.get(said) or said)
        unit = next(name for name in ("day", "week", "month", "quarter", "year") if match[name])
        if unit == "month" and number == Decimal("0.5"):
            return Shift(match.span(), Decimal(2), "week")
        return Shift(match.span(), number, unit)
    return None


def shifted(piece: Piece, by: Shift, old: date, words: Place, *, later: bool) -> Stated | None:
    """Return the day that lies `by` after or before an old one, in the words at `words`; None beyond the calendar."""
    sign = 1 if later else -1
    try:
        if by.unit in _DAYS:
            new: date | None = old + timedelta(days=sign * int(by.number * _DAYS[by.unit]))
        else:
            months = sign * int(by.number * _MONTHS[by.unit])
            new = add_months(old, months)
            if new is not None and (old + timedelta(days=1)).day == 1:
                new = _month_end(new)
    except (OverflowError, ValueError):
        new = None
    if new is None:
        return None
    start, end = words
    said = piece.typed[start:end]
    return Stated(
        slot="deadline", text=said, source=piece.key, start=start, end=end, value=new.isoformat(),
        formula=f"{old.isoformat()}，{said} → {new.isoformat()}" if piece.present != "en"
        else f"{old.isoformat()}, {said} → {new.isoformat()}",
    )  # fmt: skip


def owner(piece: Piece) -> tuple[Stated, Place] | None:
    """Return who is named as owner, and the words that name them."""
    lexicon = load()
    for pattern in lexicon.owners:
        match = pattern.search(piece.folded[: piece.end], piece.start)
        if match is None:
            continue
        start, end = match.span("who")
        while end > start and (tail := _tail(piece, start, end)):
            end -= tail
        while start < end and piece.typed[start] in _EDGE:
            start += 1
        name = piece.typed[start:end]
        if len(name) <= _LONGEST_NAME and _NAME.fullmatch(name):
            return Stated(slot="owner", text=name, source=piece.key, start=start, end=end), match.span()
    return None


def _tail(piece: Piece, start: int, end: int) -> int:
    """Return the length of the mark or the closing word that a name ends with; 0 where it ends with neither."""
    if piece.typed[end - 1] in _EDGE:
        return 1
    places = load().places("owner.trailing", piece.folded, start, end)
    return max((last - first for first, last in places if last == end), default=0)


def _scaled(written: str, present: Decimal, value: Decimal) -> str:
    """Return a value written in the scale of the present figure, such as 万."""
    shown = Decimal(written.replace(",", ""))
    scale = present / shown if shown else Decimal(1)
    return plain(value / scale if scale >= 1 else value)


def _month_end(day: date) -> date:
    following = add_months(day.replace(day=1), 1)
    return following - timedelta(days=1) if following else day


@cache
def _lengths() -> re.Pattern[str]:
    lexicon = load()
    numbers = "|".join(sorted(map(re.escape, lexicon.numbers), key=len, reverse=True))
    half = lexicon.groups["span.half"].pattern
    units = "|".join(
        f"(?P<{unit}>{lexicon.groups[f'span.{unit}'].pattern})" for unit in ("quarter", "day", "week", "month", "year")
    )
    return re.compile(rf"(?:(?P<half>{half})|(?P<number>\d{{1,3}}|{numbers}))\s*(?:个|-)?\s*(?:{units})")
