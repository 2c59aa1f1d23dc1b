"""One goal with all that its card shows, and what every part of the card needs. Knows nothing about the parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.goals import Finding, Goal, Scorecard
from assistant.web import fields
from assistant.web.escape import text
from assistant.web.icons import icon
from assistant.web.marks import Marks
from assistant.web.session import Version
from assistant.web.texts import Texts, long_date

_LONG = ("statement", "specific", "measurable", "achievable", "relevant", "time_bound", "monitoring")
BUSY = ' aria-disabled="true"'
"""What a button carries while it does nothing: it keeps the focus, unlike a disabled one."""


@dataclass(frozen=True)
class Card:
    """One goal of a version with all that its card shows.

    Attributes:
        place: the goal's place, from 0.
        asked: pointers of the values whose explanation is open.
        busy: whether a draft is under way, so that no button does anything.
    """

    version: Version
    place: int
    marks: Marks
    texts: Texts
    asked: tuple[str, ...] = ()
    busy: bool = False

    @property
    def goal(self) -> Goal:
        """The goal itself."""
        return self.version.result.goals[self.place]

    @property
    def field(self) -> str:
        """JSON pointer of the goal."""
        return f"/goals/{self.place}"

    @property
    def scorecard(self) -> Scorecard | None:
        """The goal's marks, where the draft was judged."""
        cards = self.version.result.verdict.scorecards
        return cards[self.place] if self.place < len(cards) else None

    @property
    def findings(self) -> list[Finding]:
        """What the rules found in this goal."""
        found = self.version.result.verdict.findings
        return [f for f in found if (f.field or "").startswith(f"{self.field}/") or f.field == self.field]

    def write(self, words: str, name: str) -> str:
        """Return a field of the goal with its marks, in the draft's language."""
        pointer = f"{self.field}/{name}"
        return self.editable(self.marks.write(words, pointer), pointer)

    def editable(self, markup: str, pointer: str, raw: str | None = None, kind: str = "") -> str:
        """Return the markup of a field that the person can write themselves.

        Args:
            markup: the field as shown.
            pointer: its JSON pointer.
            raw: its text, where the markup shows another; '' for a blank.
            kind: `text` for several lines, `line` for one, `day` for a date; by the field where not given.
        """
        name = text(fields.name(pointer, self.texts, 1))
        kind = kind or ("text" if pointer.rsplit("/", 1)[-1] in _LONG else "line")
        own = "" if raw is None else f' data-raw="{text(raw)}"'
        return (
            f'<span class="ed" data-edit="{text(pointer)}" data-kind="{kind}" data-name="{name}"{own}>{markup}'
            f'<button type="button" class="pen" data-pen tabindex="-1" aria-label="'
            f'{self.texts.html("edit.label", name=fields.name(pointer, self.texts, 1))}"{BUSY if self.busy else ""}>'
            f"{icon('pen', 's')}</button></span>"
        )


def lang(it: Card) -> str:
    """Return the attribute that names the draft's language."""
    return f'lang="{it.version.result.language}"'


def written_day(it: Card, day: date, name: str) -> str:
    """Return a date field written out, as a chip where its origin is known."""
    shown, field = long_date(day, it.version.result.language), f"{it.field}/{name}"
    numbers = it.marks.at(field)
    markup = it.marks.marked(it.marks.chip(shown, numbers[0]) if numbers else f"<b>{text(shown)}</b>", field)
    return it.editable(markup, field, day.isoformat(), "day")


def term(texts: Texts, name: str, classes: str, before: str = "") -> str:
    """Return a word of the method with what it means one step away; `before` is markup ahead of the word."""
    word = texts.html(f"term.{name}")
    return (
        f'<span class="{classes} term" role="button" tabindex="-1" data-hot data-term="{word}" '
        f'data-why="{texts.html(f"term.{name}_why")}" '
        f'aria-label="{word}{texts.html("card.colon")}{texts.html(f"term.{name}_why")}">{before}{word}</span>'
    )
