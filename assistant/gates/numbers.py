"""Gate: every figure of the draft has an origin, and the origin holds. Knows nothing about who drafted.

A stated figure must stand at its evidence's place, a computed or proposed one must say how or why.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from unicodedata import normalize

from assistant.gates import figures
from assistant.gates.case import Case
from assistant.goals import GateResult, Number
from assistant.language import read
from assistant.language.units import clash

_SHOWN = 3
_NEAR = 12
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def no_invented_numbers(case: Case) -> GateResult:
    """Pass when each figure of each text field lies within the place of an entry of `numbers` that says its origin."""
    known: dict[str, list[Number]] = defaultdict(list)
    for number in case.numbers:
        if number.origin != "unknown":
            known[number.field].append(number)
    loose = []
    for pointer, text in case.texts():
        for span in figures.find(text, case.today):
            covers = [n for n in known[pointer] if n.start < span.end and span.start < n.end]
            left = _uncovered(text, span.start, span.end, covers)
            if left:
                loose.append(f"{text[span.start : span.end]!r} in {pointer} ({_around(text, span.start, span.end)})")
    why = "every figure has an origin" if not loose else "no origin: " + "; ".join(loose[:_SHOWN])
    return GateResult(name="no_invented_numbers", passed=not loose, why=why)


def _around(text: str, start: int, end: int) -> str:
    """Return the words around a place, so that a lone digit can be found."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return f"…{before}{text[start:end]}{after}…"


def _uncovered(text: str, start: int, end: int, covers: list[Number]) -> bool:
    """Whether a digit or numeral of the span lies outside all entries."""
    if not covers:
        return True
    if any(number.start <= start and end <= number.end for number in covers):
        return False
    return any(
        character.isdigit() and not any(number.start <= at < number.end for number in covers)
        for at, character in enumerate(text[start:end], start)
    )


def origins_hold(case: Case) -> GateResult:
    """Pass when each entry of `numbers` is where it says and rests on what it says."""
    texts = dict(case.texts())
    sources = {source.key: source.text for source in case.brief.sources}
    sources |= {f"passage:{passage.id}": passage.text for passage in case.passages}
    broken = []
    for number in case.numbers:
        if number.origin == "unknown" and not number.text:
            continue
        if texts.get(number.field, "")[number.start : number.end] != number.text:
            broken.append(f"{number.text!r} is not at its place in {number.field}")
        elif number.origin in {"stated", "document", "knowledge"}:
            evidence = number.evidence
            said = sources.get(evidence.source, "")[evidence.start or 0 : evidence.end or 0]
            if not said or not _agrees(number, said, case.today):
                broken.append(f"{number.text!r} is not what {evidence.source} says")
        elif not (number.evidence.formula or "").strip():
            broken.append(f"{number.text!r} has no formula or reason")
    why = "every origin holds" if not broken else "; ".join(broken[:_SHOWN])
    return GateResult(name="origin_complete", passed=not broken, why=why)


def _agrees(number: Number, said: str, today: date) -> bool:
    """Whether the words at the evidence's place carry the number: the same words, or the same amount in its unit."""
    if said == number.text:
        return True
    given = _digits(said)
    if number.value and _ISO.fullmatch(number.value):
        return bool(given) and set(given) <= set(_digits(number.value))
    written, spoken = _amounts(number.text, today), _amounts(said, today)
    if len(written) == len(spoken) == 1 and clash(written[0][1], spoken[0][1]):
        return False
    return (given == _digits(number.text) and bool(given)) or written == spoken != []


def _amounts(text: str, today: date) -> list[tuple[str, str]]:
    return [(quantity.value, quantity.unit) for quantity in read(text, today).quantities]


def _digits(text: str) -> list[str]:
    return [
        match.replace(",", "").lstrip("0") or "0"
        for match in re.findall(r"\d[\d,]*(?:\.\d+)?", normalize("NFKC", text))
    ]
