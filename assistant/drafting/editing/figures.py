"""The figures of a field that a person wrote: theirs where they are new, as before where they stood there already.

Knows nothing about other fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from assistant import language
from assistant.gates import figures
from assistant.goals import Evidence, Number

_UNTRACED = ("owner", "cadence")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def of(field: str, text: str, words: str, source: str, today: date, kept: Iterable[Number] = ()) -> tuple[Number, ...]:
    """Return an entry for every figure of a field.

    Args:
        field: JSON pointer of the field.
        text: what it holds.
        words: the person's words, which stand in `source`; where the field holds a day, they name it.
        source: key of the words.
        today: the day from which relative dates count.
        kept: figures that the field held before; one that still stands there keeps its origin.
    """
    if field.rsplit("/", 1)[-1] in _UNTRACED:
        return ()
    if text != words and _ISO.fullmatch(text):
        return (_day(field, text, words, source),)
    free = [each for each in kept if each.text]
    found = []
    for span in figures.find(text, today):
        shown = text[span.start : span.end]
        value, unit = read(text, span.start, span.end, today)
        old = next((each for each in free if each.text == shown), None) or next(
            (each for each in free if value is not None and (each.value, each.unit) == (value, unit)), None
        )
        if old is not None:
            free.remove(old)
            found.append(old.model_copy(update={"text": shown, "field": field, "start": span.start, "end": span.end}))
            continue
        said = _said(words, shown, span.start)
        if said is None:
            continue
        evidence = Evidence(source=source, start=said[0], end=said[1])
        found.append(
            Number(
                text=shown, value=value, unit=unit, field=field, start=span.start, end=span.end, origin="stated",
                evidence=evidence,
            )
        )  # fmt: skip
    return tuple(found)


def read(text: str, start: int, end: int, today: date) -> tuple[str | None, str | None]:
    """Return value and unit of the figure at a place; of a day its ISO form and no unit."""
    facts = language.read(text, today)
    for time in facts.times:
        if time.start < end and start < time.end and (day := time.resolved[1] or time.resolved[0]):
            return day.isoformat(), None
    for quantity in facts.quantities:
        if quantity.start == start:
            return quantity.value, quantity.unit or None
    match = re.search(r"\d[\d,]*(?:\.\d+)?", text[start:end])
    return (match.group().replace(",", "") if match else None), None


def differing(before: str, after: str, today: date) -> Iterator[tuple[str, str]]:
    """Yield the figures by which two texts differ, old and new, where they differ in nothing else."""
    one, other = figures.find(before, today), figures.find(after, today)
    if len(one) != len(other):
        return
    if _blanked(before, today) != _blanked(after, today):
        return
    for old, new in zip(one, other, strict=True):
        pair = before[old.start : old.end], after[new.start : new.end]
        if pair[0] != pair[1]:
            yield pair


def _said(words: str, shown: str, at: int) -> tuple[int, int] | None:
    """Return where the words hold a figure, of one that was given its unit the number alone."""
    match = re.search(r"\d[\d,]*(?:\.\d+)?", shown)
    for form in filter(None, (shown, match and match.group())):
        start = at if words.startswith(form, at) else words.find(form)
        if start >= 0:
            return start, start + len(form)
    return None


def _blanked(text: str, today: date) -> str:
    for span in reversed(figures.find(text, today)):
        text = f"{text[: span.start]}\0{text[span.end :]}"
    return text


def _day(field: str, text: str, words: str, source: str) -> Number:
    if _digits(words) and set(_digits(words)) <= set(_digits(text)):
        evidence = Evidence(source=source, start=0, end=len(words))
        return Number(
            text=text, value=text, unit=None, field=field, start=0, end=len(text), origin="stated", evidence=evidence
        )
    evidence = Evidence(source="calendar", formula=f"{words} → {text}")
    return Number(
        text=text, value=text, unit=None, field=field, start=0, end=len(text), origin="computed", evidence=evidence
    )


def _digits(text: str) -> list[int]:
    return [int(match) for match in re.findall(r"\d+", text)]
