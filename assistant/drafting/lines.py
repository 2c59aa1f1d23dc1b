"""Text with figures that know their origin: composed from templates, quoted from sources.

Knows nothing about goals or languages beyond the spacing between Han characters and Latin ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.goals import Evidence, Number, Origin, SetAside, Source, Stated

if TYPE_CHECKING:
    from collections.abc import Iterable

_SLOT = re.compile(r"\{([a-z_]+)\}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z0-9%$£€]")
_SENTENCE_BREAK = re.compile(r"(?:^|[.!?] )$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or date as shown, with its origin; fields as in `goals.Number`."""

    text: str
    value: str | None
    unit: str | None
    origin: Origin
    evidence: Evidence
    tentative: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A text made of plain pieces and figures."""

    pieces: tuple[str | Figure, ...] = ()

    @property
    def text(self) -> str:
        """The text as shown."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def numbers(self, field: str) -> list[Number]:
        """Return every figure with its place in this line, for the JSON pointer `field`."""
        found, at = [], 0
        for piece in self.pieces:
            if isinstance(piece, str):
                at += len(piece)
                continue
            end = at + len(piece.text)
            found.append(
                Number(
                    text=piece.text, value=piece.value, unit=piece.unit, field=field, start=at, end=end,
                    origin=piece.origin, tentative=piece.tentative, evidence=piece.evidence,
                )
            )  # fmt: skip
            at = end
        return found

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return any(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


Part = str | Figure | Line


def line(*parts: Part) -> Line:
    """Join parts; between a Han character and a Latin one at a seam, a space is put as print does."""
    pieces: list[str | Figure] = []
    last = ""
    for part in parts:
        for piece in part.pieces if isinstance(part, Line) else (part,):
            text = piece if isinstance(piece, str) else piece.text
            if not text:
                continue
            if last and _needs_space(last, text[0]):
                pieces.append(" ")
            pieces.append(piece)
            last = text[-1]
    return Line(_merged(pieces))


def _needs_space(left: str, right: str) -> bool:
    return bool((_HAN.match(left) and _LATIN.match(right)) or (_LATIN.match(left) and _HAN.match(right)))


def _merged(pieces: Iterable[str | Figure]) -> tuple[str | Figure, ...]:
    merged: list[str | Figure] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        else:
            merged.append(piece)
    return tuple(merged)


def fill(template: str, **slots: Part) -> Line:
    """Fill the `{slots}` of a template in one pass; text in braces that a slot brings in is left alone.

    A slot at the start of an English sentence is given a capital letter.

    Raises:
        KeyError: the template names a slot that was not given.
    """
    parts: list[Part] = []
    at = 0
    for match in _SLOT.finditer(template):
        before = template[at : match.start()]
        parts.append(before)
        value = slots[match.group(1)]
        if _SENTENCE_BREAK.search(template[: match.start()]):
            value = _capitalised(value)
        parts.append(value)
        at = match.end()
    parts.append(template[at:])
    return line(*parts)


def _capitalised(part: Part) -> Part:
    if isinstance(part, Line):
        if not part.pieces or isinstance(part.pieces[0], Figure):
            return part
        return Line((part.pieces[0][:1].upper() + part.pieces[0][1:], *part.pieces[1:]))
    return part[:1].upper() + part[1:] if isinstance(part, str) else part


def joined(parts: Iterable[Part], separator: str) -> Line:
    """Join parts with a separator."""
    out: list[Part] = []
    for part in parts:
        if out:
            out.append(separator)
        out.append(part)
    return line(*out)


def quoted(source: Source, start: int, end: int, *, tentative: bool = False) -> Line:
    """Return `source.text[start:end]` verbatim, every figure and date in it marked as stated, with its place.

    Where a later word of the person took the place of a figure, that word stands there; an order is left out.
    """
    spans: list[tuple[int, int, str | None, str | None]] = []
    facts = source.facts
    for quantity in facts.quantities:
        spans.append((quantity.start, quantity.end, quantity.value, quantity.unit))
    for time in facts.times:
        spans.append((time.start, time.end, None, None))
    for match in re.finditer(r"\d+(?:[.,]\d+)*", source.text):
        spans.append((match.start(), match.end(), match.group().replace(",", ""), None))
    replaced = {(each.start, each.end): _instead(each) for each in source.set_aside}
    spans = [span for span in spans if source.holds(span[0], span[1])]
    spans += [(left, right, None, None) for left, right in replaced]
    origin: Origin = "document" if source.key.startswith("document:") else "stated"
    pieces: list[str | Figure] = []
    at = start
    for left, right, value, unit in sorted(spans, key=lambda span: (span[0], -span[1])):
        if left < at or left >= end:
            continue
        right = min(right, end)
        pieces.append(source.text[at:left])
        if (left, right) in replaced:
            instead = replaced[left, right]
            pieces += [instead] if instead is not None else []
            at = right
            continue
        evidence = Evidence(source=source.key, start=left, end=right)
        pieces.append(Figure(source.text[left:right], value, unit, origin, evidence, tentative))
        at = right
    pieces.append(source.text[at:end])
    return Line(_merged(piece for piece in pieces if not isinstance(piece, str) or piece))


def _instead(each: SetAside) -> str | Figure | None:
    """Return what stands in the place of a stretch that is set aside."""
    if each.kind == "payload":
        return "…"
    return stated(each.instead) if each.instead is not None else None


def stated(said: Stated) -> Figure:
    """Return a figure in the person's own words, or worked out from them and an earlier value."""
    text = said.shown or said.text
    if said.formula is not None:
        rests = Evidence(source="rule", formula=said.formula)
        return Figure(text, said.value, said.unit, "computed", rests, said.tentative)
    origin: Origin = "document" if said.source.startswith("document:") else "stated"
    evidence = Evidence(source=said.source, start=said.start, end=said.end)
    return Figure(text, said.value, said.unit, origin, evidence)
