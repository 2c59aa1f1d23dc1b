"""Makes the values of a plan: what was said, what is proposed and why, what is blank and who can fill it.

Knows nothing about kinds of plans. Whatever a composer writes goes through here, so that nothing lacks an origin.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from assistant.drafting.lines import Figure, Line, Part, fill, line, quoted
from assistant.drafting.voice import plain
from assistant.goals import Evidence, Origin
from assistant.goals.plan import Amount, Day, Said, SaidFigure
from assistant.plans.ground import Ground

_S = TypeVar("_S", bound=Said)
_RANK: tuple[Origin, ...] = ("proposed", "computed", "knowledge", "document", "stated")


class Writer:
    """Writes values in the plan's language."""

    def __init__(self, ground: Ground) -> None:
        """Take the ground."""
        self.g = ground
        self._people: dict[str, Said] = {}
        self.book = ground.book

    def line(self, key: str, /, **slots: Part) -> Line:
        """Return the words at a key with their slots filled."""
        return fill(self.book.get(key), **slots)

    def why(self, key: str) -> str:
        """Return the reason at `plan.why.KEY`."""
        return self.book.get(f"plan.why.{key}")

    def proposed(self, text: Part, why: str) -> Said:
        """Return words that we suggest; `why` is a key of `plan.why`."""
        return make(Said, line(text), "proposed", Evidence(source="rule", formula=self.why(why)))

    def propose(self, key: str, why: str = "practice", /, **slots: Part) -> Said:
        """Return the words at a key as a suggestion; `why` is a key of `plan.why`."""
        return self.proposed(self.line(key, **slots), why)

    def figure(self, text: str, why: str, value: str | None = None, unit: str | None = None) -> Figure:
        """Return a figure that we suggest, to be put into a line."""
        return Figure(text, value, unit, "proposed", Evidence(source="rule", formula=self.why(why)))

    def said(self, words: Line) -> Said:
        """Return words that a person or their document said, or that were worked out from such.

        The origin is the least certain one of the figures in them; words without figures are the person's own.
        """
        origins = [piece for piece in words.pieces if isinstance(piece, Figure)]
        lowest = min((_RANK.index(each.origin) for each in origins if each.origin in _RANK), default=len(_RANK) - 1)
        evidence = next((each.evidence for each in origins if each.origin == _RANK[lowest]), Evidence(source="aim"))
        return make(Said, words, _RANK[lowest], evidence)

    def stated(self, words: Line, source: str) -> Said:
        """Return words quoted from a person's text."""
        origin: Origin = "document" if source.startswith("document:") else "stated"
        return make(Said, words, origin, Evidence(source=source))

    def computed(self, words: Part, formula: str) -> Said:
        """Return words that follow from others; `formula` says how."""
        return make(Said, line(words), "computed", Evidence(source="rule", formula=formula))

    def blank(self, question: str, how: str = "") -> Said:
        """Return a blank; `question` is a key of `plan.ask` or `kind.ask`, or '' where none is asked."""
        return make(Said, Line(), "unknown", self._asked(question, how), question=question)

    def blank_amount(self, question: str, unit: str = "", how: str = "") -> Amount:
        """Return a blank quantity."""
        return make(Amount, Line(), "unknown", self._asked(question, how), question=question, unit=unit)

    def blank_day(self, question: str) -> Day:
        """Return a blank day."""
        return make(Day, Line(), "unknown", self._asked(question, ""), question=question)

    def goal(self, pointer: str) -> Said:
        """Return a text of the goals; without figures it is the drafter's wording of them, a proposal."""
        words = self.g.line(pointer)
        return self._goal(words).model_copy(update={"repeats": pointer})

    def _goal(self, words: Line) -> Said:
        if any(isinstance(piece, Figure) for piece in words.pieces):
            return self.said(words)
        if len(words.text) > 1:
            for source in self.g.brief.sources:
                at = source.text.find(words.text)
                if at >= 0 and source.holds(at, at + len(words.text)):
                    return self.stated(words, source.key)
        return self.proposed(words, "goals")

    def person(self, named: str) -> Said:
        """Return somebody whom the goals name: stated where a text of the person has the name, else a proposal."""
        if named not in self._people:
            self._people[named] = self._person(named)
        return self._people[named].model_copy()

    def _person(self, named: str) -> Said:
        for source in self.g.sources:
            at = source.text.find(named)
            if at >= 0 and source.holds(at, at + len(named)):
                return self.stated(quoted(source, at, at + len(named)), source.key)
        return self.proposed(named, "role")

    def reason(self, formula: str) -> Evidence:
        """Return what a computed value rests on."""
        return Evidence(source="rule", formula=formula)

    def amount_of_goal(self, pointer: str, unit: str, question: str) -> Amount:
        """Return a baseline or target of the goals, a blank where it is unknown."""
        words = self.g.line(pointer)
        if not words:
            return self.blank_amount(question, unit).model_copy(update={"repeats": pointer})
        base = self.said(words) if any(isinstance(p, Figure) for p in words.pieces) else self.proposed(words, "goals")
        figures = [piece for piece in words.pieces if isinstance(piece, Figure)]
        whole = len(figures) == 1 and figures[0].text == words.text
        value = _decimal(figures[0].value) if whole else None
        shown = (figures[0].unit or unit) if whole else unit
        return Amount(**{**_fields(base), "repeats": pointer}, value=value, unit=shown)

    def day(self, day: date, why: str = "schedule") -> Day:
        """Return a day that we suggest."""
        shown = self.figure(day.isoformat(), why, day.isoformat())
        return make(Day, line(shown), "proposed", shown.evidence, day=day)

    def dated(self, shown: Figure, day: date) -> Day:
        """Return a day whose figure is known."""
        written = Figure(day.isoformat(), day.isoformat(), None, shown.origin, shown.evidence, shown.tentative)
        if shown.origin == "stated" and shown.text != day.isoformat():
            rests = Evidence(source="calendar", formula=f"{shown.text} → {day.isoformat()}")
            written = Figure(day.isoformat(), day.isoformat(), None, "computed", rests, shown.tentative)
        return make(Day, line(written), written.origin, written.evidence, day=day)

    def dated_like(self, day: Day) -> Day:
        """Return a day of the plan anew, to stand in another place too."""
        return day.model_copy()

    def bare(self, value: Said) -> Said:
        """Return a day or quantity as words with their figures, for a field that holds words."""
        return Said(**{name: getattr(value, name) for name in Said.model_fields})

    def amount(self, value: Decimal, unit: str, why: str) -> Amount:
        """Return a quantity that we suggest."""
        shown = self.figure(self.book.number(value, unit), why, plain(value).replace(",", ""), unit or None)
        return make(Amount, line(shown), "proposed", shown.evidence, value=value, unit=unit)

    def worked_out(self, value: Decimal, unit: str, formula: str, *, tentative: bool = False) -> Amount:
        """Return a quantity that follows from others."""
        evidence = Evidence(source="rule", formula=formula)
        shown = Figure(
            self.book.number(value, unit), plain(value).replace(",", ""), unit or None, "computed", evidence, tentative
        )
        return make(Amount, line(shown), "computed", evidence, value=value, unit=unit)

    def worked_out_points(self, value: Decimal, formula: str, *, tentative: bool = False) -> Amount:
        """Return a difference of two percentages, in percentage points."""
        evidence = Evidence(source="rule", formula=formula)
        text = self.book.points(value)
        shown = Figure(text, plain(value).replace(",", ""), "pp", "computed", evidence, tentative)
        return make(Amount, line(shown), "computed", evidence, value=value, unit="pp")

    def _asked(self, question: str, how: str) -> Evidence:
        told = how or (self.ask(question)[0] if question else self.why("later"))
        return Evidence(source="rule", formula=told)

    def ask(self, question: str) -> tuple[str, str]:
        """Return a question's text and why it is asked."""
        for part in ("kind", "plan"):
            try:
                return self.book.get(f"{part}.ask.{question}.text"), self.book.get(f"{part}.ask.{question}.why")
            except KeyError:
                continue
        raise KeyError(question)


def make(kind: type[_S], words: Line, origin: Origin, evidence: Evidence, **other: Any) -> _S:
    """Return a value of the words, its figures placed."""
    placed = tuple(
        SaidFigure(
            text=each.text, value=each.value, unit=each.unit, start=each.start, end=each.end, origin=each.origin,
            tentative=each.tentative, evidence=each.evidence,
        )
        for each in words.numbers("")
    )  # fmt: skip
    return kind(text=words.text, origin=origin, evidence=evidence, figures=placed, **other)


def words_of(said: Said) -> Line:
    """Return a value's words as a line, to be put into another one."""
    pieces: list[str | Figure] = []
    at = 0
    for each in said.figures:
        pieces += [said.text[at : each.start]] if each.start > at else []
        pieces.append(Figure(each.text, each.value, each.unit, each.origin, each.evidence, each.tentative))
        at = each.end
    return Line((*pieces, *([said.text[at:]] if at < len(said.text) else [])))


def _fields(said: Said) -> dict[str, Any]:
    return {name: getattr(said, name) for name in ("text", "origin", "evidence", "figures", "question")}


def _decimal(text: str | None) -> Decimal | None:
    try:
        found = Decimal(text or "")
    except ArithmeticError:
        return None
    return found if found.is_finite() else None
