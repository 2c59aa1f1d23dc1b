"""Traces every figure of a draft that a model wrote to where it comes from. Knows nothing about how it was written.

A figure is stated when the person's texts hold it, from the calendar when a stated period ends there, from a passage
when the passage holds it, computed when two known figures give it; else it is what the model declared: a proposal with
a reason. What is none of these stays without origin, and the gate on invented numbers finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from assistant import gates
from assistant.drafting.schema import DeclaredFigure
from assistant.gates import figures
from assistant.goals import Brief, Citation, Draft, Evidence, Number, Origin, Passage, Quantity, Source
from assistant.language import read
from assistant.language.units import DURATIONS, EXACT, clash

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_RUN = re.compile(r"\d+")
_DIVIDED = re.compile(r"(?P<whole>\d[\d,]*(?:\.\d+)?)[^\d÷/=]{0,16}[÷/] ?(?P<by>\d+) ?= ?(?P<share>\d[\d,]*(?:\.\d+)?)")
"""A division written out; its divisor is a plain number."""
_YEAR = re.compile(r"20\d\d ?年?")
"""A year by itself, named in passing: covered by a listed day in it."""
_ROUNDED = re.compile(r"进位|進位|向上|取整|≈|约|約|rounded|about", re.I)
"""In a formula: the result may be the next whole number, up as well as down."""
_AT = re.compile(r"(?:at|in|on|by|from|to|of|for) ", re.I)
_BLANKS = re.compile(r"[\s,]+")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure as read: its words, value and unit, or the day it names, or the month where it names no day."""

    text: str
    value: Decimal | None
    unit: str
    day: date | None
    month: tuple[date, date] | None = None


def trace(
    draft: Draft,
    brief: Brief,
    citations: tuple[Citation, ...],
    passages: tuple[Passage, ...],
    declared: tuple[DeclaredFigure, ...],
    today: date,
) -> tuple[Number, ...]:
    """Return an entry for every figure of the draft whose origin is known.

    Args:
        draft: what the model wrote.
        brief: the request, with the facts of its sources.
        citations: quotes that the draft names.
        passages: retrieved passages.
        declared: figures that the model says it proposed or computed, with its reasons.
        today: the day of drafting.
    """
    tracer = _Tracer(brief, passages, declared, today)
    case = gates.Case(brief, draft, (), citations, passages, today)
    found = []
    for pointer, text in case.texts():
        for span in figures.find(text, today):
            number = tracer.number(text, span.start, span.end, pointer)
            if number is not None:
                found.append(number)
    return (*found, *_blanks(draft))


def trace_figure(
    text: str, start: int, end: int, brief: Brief, declared: tuple[DeclaredFigure, ...], today: date
) -> Number | None:
    """Return the entry for the figure at a place of any text, its field left empty; None where nothing explains it."""
    return _Tracer(brief, (), declared, today).number(text, start, end, "")


def _blanks(draft: Draft) -> Iterator[Number]:
    for index, goal in enumerate(draft.goals):
        for place, result in enumerate(goal.key_results):
            if result.baseline is None:
                evidence = Evidence(source="rule", formula=result.data_source or "not measured yet")
                yield Number(
                    text="", value=None, unit=None, field=f"/goals/{index}/key_results/{place}/baseline",
                    start=0, end=0, origin="unknown", evidence=evidence,
                )  # fmt: skip


class _Tracer:
    def __init__(
        self, brief: Brief, passages: tuple[Passage, ...], declared: tuple[DeclaredFigure, ...], today: date
    ) -> None:
        self.today = today
        self.brief = brief
        self.passages = passages
        self.declared = {_squeezed(each.text): each for each in declared}
        self.stated: list[tuple[Source, Quantity]] = [
            (source, quantity) for source in brief.sources for quantity in source.facts.quantities
        ]

    def number(self, text: str, start: int, end: int, pointer: str) -> Number | None:
        """Return the entry for the figure at a place, or None where nothing explains it."""
        figure = self._read(text, start, end)
        origin = (
            self._stated(figure)
            or self._day(figure)
            or self._declared(figure)
            or self._part_of_declared(text, start, end, figure)
            or self._known(figure)
            or self._divisor(text, start, end)
        )
        if origin is None:
            return None
        kind, tentative, evidence = origin
        if kind == "stated" and self._borrowed(evidence, pointer):
            tentative = True
        value = str(figure.value) if figure.value is not None else figure.day.isoformat() if figure.day else None
        return Number(
            text=text[start:end], value=value, unit=figure.unit or None, field=pointer, start=start, end=end,
            origin=kind, tentative=tentative, evidence=evidence,
        )  # fmt: skip

    def _read(self, text: str, start: int, end: int) -> _Figure:
        words = text[start:end]
        facts = read(text, self.today)
        day = month = None
        for time in facts.times:
            if (time.start <= start and end <= time.end) or (start <= time.start and time.end <= end):
                day = time.resolved[1] or time.resolved[0]
                month = _month(time.resolved)
        if day is None and (iso := _ISO.fullmatch(words)):
            day = _date(iso.group())
        for quantity in facts.quantities:
            if quantity.start == start:
                return _Figure(words, _decimal(quantity.value), quantity.unit, day, month)
        match = _NUMBER.search(words)
        return _Figure(words, _decimal(match.group()) if match else None, "", day, month)

    def _stated(self, figure: _Figure) -> tuple[Origin, bool, Evidence] | None:
        squeezed = _squeezed(figure.text)
        for source in self.brief.sources:
            at = source.text.find(figure.text)
            while at >= 0 and not source.holds(at, at + len(figure.text)):
                at = source.text.find(figure.text, at + 1)
            if at >= 0 and _whole(source.text, at, at + len(figure.text)):
                return _told(source), False, Evidence(source=source.key, start=at, end=at + len(figure.text))
        for source, quantity in self.stated:
            # "Within 40 days" is read as a time, and is the stated amount of 40 days.
            words = source.text[quantity.start : quantity.end]
            at = figure.text.find(words)
            if at >= 0 and quantity.unit in DURATIONS and _whole(figure.text, at, at + len(words)):
                return _told(source), False, Evidence(source=source.key, start=quantity.start, end=quantity.end)
        if figure.day is not None:
            return None
        for source, quantity in self.stated:
            same = figure.value is not None and _decimal(quantity.value) == figure.value
            told = _squeezed(source.text[quantity.start : quantity.end])
            measured = figure.unit in EXACT and figure.unit != quantity.unit
            if same and (told == squeezed or not (measured or clash(quantity.unit, figure.unit))):
                return _told(source), False, Evidence(source=source.key, start=quantity.start, end=quantity.end)
        return None

    def _day(self, figure: _Figure) -> tuple[Origin, bool, Evidence] | None:
        if figure.day is None:
            return None
        if figure.day == self.today and figure.month is None:
            return "computed", False, Evidence(source="calendar", formula="today")
        for source in self.brief.sources:
            for time in source.facts.times:
                if figure.day in time.resolved:
                    said = source.text[time.start : time.end]
                    named = [figure.day.year, figure.day.month, figure.day.day]
                    # A window that ends on the stated day says more than the person did.
                    if [int(n) for n in _RUN.findall(said)] == named and len(_RUN.findall(figure.text)) <= len(named):
                        return _told(source), False, Evidence(source=source.key, start=time.start, end=time.end)
                    formula = f"{said} → {figure.day.isoformat()}"
                    return "computed", False, Evidence(source="calendar", formula=formula)
                ends = time.resolved[1]
                if figure.month and time.kind == "deadline" and ends and figure.month[0] <= ends <= figure.month[1]:
                    said = source.text[time.start : time.end]
                    return "computed", False, Evidence(source="calendar", formula=f"{said} → {figure.text}")
        return None

    def _declared(self, figure: _Figure) -> tuple[Origin, bool, Evidence] | None:
        declared = self.declared.get(_squeezed(figure.text))
        if declared is None:
            squeezed = _squeezed(figure.text)
            inside = [each for text, each in self.declared.items() if text in squeezed]
            declared = next((each for each in inside if _same_digits(each.text, figure.text)), None)
        if declared is None and figure.day is not None:
            declared = next((each for each in self.declared.values() if self._same_day(each.text, figure.day)), None)
        if declared is None and (month := figure.month) is not None:
            declared = next((each for each in self.declared.values() if self._in_month(each.text, month)), None)
        if declared is None:
            declared = next(
                (each for each in self.declared.values() if figure.value is not None
                 and self._same_value(each.text, figure)), None,
            )  # fmt: skip
        if declared is None and _YEAR.fullmatch(figure.text):
            declared = next((each for text, each in self.declared.items() if figure.text[:4] in text), None)
        return self._as_declared(declared, figure)

    def _part_of_declared(
        self, text: str, start: int, end: int, figure: _Figure
    ) -> tuple[Origin, bool, Evidence] | None:
        """Return what a declared figure says that stands here in whole, such as a span of months, for a part of it."""
        start += len(match.group()) if (match := _AT.match(text, start)) else 0
        for each in self.declared.values():
            at = text.find(each.text) if each.text else -1
            while at >= 0:
                if at <= start and end <= at + len(each.text):
                    return self._as_declared(each, figure)
                at = text.find(each.text, at + 1)
        return None

    def _as_declared(self, declared: DeclaredFigure | None, figure: _Figure) -> tuple[Origin, bool, Evidence] | None:
        if declared is None or not declared.reason.strip():
            return None
        if declared.origin == "computed":
            # "18天里" is read as a time; the declared figure has the amount.
            own = figure if figure.day is None else self._read(declared.text, 0, len(declared.text))
            known = self._given(own.unit) | self._stated_in(declared.reason) | self._worked_out_in(declared)
            if self._computed(own, known, rounded=_ROUNDED.search(declared.reason) is not None) is not None:
                return "computed", False, Evidence(source="rule", formula=declared.reason)
            if self._computed(own, self._offered()) is not None:
                return "computed", True, Evidence(source="rule", formula=declared.reason)
        return "proposed", False, Evidence(source="rule", formula=declared.reason)

    def _same_day(self, text: str, day: date) -> bool:
        if _ISO.fullmatch(text.strip()):
            return _date(text.strip()) == day
        return any(day in time.resolved for time in read(text, self.today).times)

    def _in_month(self, text: str, month: tuple[date, date]) -> bool:
        """Whether a declared day lies in a month that is named without a day."""
        days = [_date(text.strip())] if _ISO.fullmatch(text.strip()) else []
        days += [day for time in read(text, self.today).times for day in time.resolved[1:]]
        return any(day is not None and month[0] <= day <= month[1] for day in days)

    def _same_value(self, text: str, figure: _Figure) -> bool:
        facts = read(text, self.today)
        same = [each for each in facts.quantities if _decimal(each.value) == figure.value]
        if any(not clash(each.unit, figure.unit) for each in same):
            return True
        # A bare number in a formula, or one whose unit is read as part of a time around it.
        return not figure.unit and [_decimal(number) for number in _NUMBER.findall(text)] == [figure.value]

    def _known(self, figure: _Figure) -> tuple[Origin, bool, Evidence] | None:
        """Return the passage that holds the figure, or the two stated figures that give it."""
        for passage in self.passages:
            at = passage.text.find(figure.text)
            if at >= 0 and len(figure.text) > 1 and _whole(passage.text, at, at + len(figure.text)):
                return "knowledge", False, Evidence(source=f"passage:{passage.id}", start=at, end=at + len(figure.text))
        formula = self._computed(figure, self._given(figure.unit))
        return ("computed", False, Evidence(source="rule", formula=formula)) if formula else None

    def _given(self, unit: str) -> set[Decimal]:
        """Return stated values in the figure's own unit; a hundred stands for the whole of percentages."""
        values = {
            _decimal(quantity.value)
            for _, quantity in self.stated
            if quantity.unit == unit or (unit not in EXACT and not clash(quantity.unit, unit))
        }
        known = {value for value in values if value is not None}
        return known | {Decimal(100)} if unit == "%" and known else known

    def _stated_in(self, formula: str) -> set[Decimal]:
        """Return the stated values, in whatever unit, that a formula names: 900,000 ÷ 1,250 = 720 leads."""
        squeezed = _squeezed(formula)
        named = {value for number in _NUMBER.findall(squeezed) if (value := _decimal(number)) is not None}
        found = set()
        for source, quantity in self.stated:
            value = _decimal(quantity.value)
            words = _squeezed(source.text[quantity.start : quantity.end])
            if value is not None and (value in named or words in squeezed):
                found.add(value)
        return found

    def _worked_out_in(self, declared: DeclaredFigure) -> set[Decimal]:
        """Return the figures in a formula that other formulas give from stated values alone."""
        squeezed = _squeezed(declared.reason)
        found = set()
        for text, each in self.declared.items():
            if each is declared or each.origin != "computed" or text not in squeezed:
                continue
            part = self._read(each.text, 0, len(each.text))
            if self._computed(part, self._stated_in(each.reason)) is not None and part.value is not None:
                found.add(part.value)
        return found

    def _offered(self) -> set[Decimal]:
        """Return every value that the person stated or the model declared."""
        texts = [quantity.value for _, quantity in self.stated]
        texts += [match.group() for each in self.declared.values() if (match := _NUMBER.search(each.text))]
        return {value for text in texts if (value := _decimal(text)) is not None}

    def _computed(self, figure: _Figure, known: set[Decimal], *, rounded: bool = False) -> str | None:
        """Return a formula over two of the known values whose result the figure is, as far as its digits tell."""
        if figure.value is None or figure.day is not None:
            return None
        tolerance = Decimal(5).scaleb(min(0, int(figure.value.as_tuple().exponent)) - 1)
        tolerance *= 2 if rounded else 1
        operands = known - {figure.value}
        for first in operands:
            for second in operands - {first}:
                for formula, result in _results(first, second):
                    if abs(result - figure.value) <= tolerance:
                        return f"{formula} = {figure.value}"
        return None

    def _divisor(self, text: str, start: int, end: int) -> tuple[Origin, bool, Evidence] | None:
        """Return the plain divisor of a written division whose other two numbers are known: it only relates them."""
        for written in _DIVIDED.finditer(text):
            if written.span("by") != (start, end):
                continue
            whole, by, share = (_decimal(written[name]) for name in ("whole", "by", "share"))
            known = self._offered()
            if whole in known and share in known and by and whole is not None and whole / by == share:
                return "computed", False, Evidence(source="rule", formula=written[0])
        return None

    def _borrowed(self, evidence: Evidence, pointer: str) -> bool:
        """Whether a figure given for something else stands as this team's own target or baseline."""
        owned = pointer.endswith(("/target", "/baseline"))
        return owned and evidence.source.split(":")[0] in {"org_goal", "team", "resource"}


def _month(resolved: tuple[date | None, date | None]) -> tuple[date, date] | None:
    """Return first and last day of a period that is a whole month."""
    first, last = resolved
    if first is not None and last is None and first.day == 1:
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    whole = first is not None and last is not None and first.day == 1 and (last + timedelta(days=1)).day == 1
    same = first is not None and last is not None and (first.year, first.month) == (last.year, last.month)
    return (first, last) if whole and same and first and last else None


def _told(source: Source) -> Origin:
    """Return who said it: the person, or a document of theirs."""
    return "document" if source.key.startswith("document:") else "stated"


def _results(first: Decimal, second: Decimal) -> Iterator[tuple[str, Decimal]]:
    yield f"{first} + {second}", first + second
    yield f"{first} − {second}", first - second
    yield f"{first} × {second}", first * second
    yield f"{first} × {second}%", first * second / 100
    yield f"{first} × (1 + {second}%)", first * (1 + second / 100)
    yield f"{first} × (1 − {second}%)", first * (1 - second / 100)
    if second:
        yield f"{first} ÷ {second}", first / second
        yield f"{first} ÷ {second} × 100", first / second * 100


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the digits at a place are a whole number, not a part of a longer one."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    joined_left = text[start].isdigit() and (before.isdigit() or (before != "" and before in ".,"))
    joined_right = text[end - 1].isdigit() and after.isdigit()
    return not (joined_left or joined_right)


def _same_digits(one: str, other: str) -> bool:
    return _NUMBER.findall(one) == _NUMBER.findall(other) != []


@lru_cache(maxsize=4_096)
def _squeezed(text: str) -> str:
    return _BLANKS.sub("", text).lower()


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
