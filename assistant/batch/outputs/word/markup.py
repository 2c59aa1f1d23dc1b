"""Writes paragraphs and tables as WordprocessingML, plainly or as tracked insertions. Knows nothing about goals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from assistant.files.characters import cleaned

AUTHOR = "goal-assistant"
"""Who the tracked insertions are by; they carry no date, since the output depends on nothing but the run."""
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SHOWN_TURN = "\u2426"
"""Stands for a mark that would turn the direction of the words behind it."""
_BREAKS = re.compile("(\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|\t)")
_FONTS = ("ascii", "hAnsi", "eastAsia", "cs", "hint", "asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_LANGUAGES = ("val", "eastAsia", "bidi")
_LINES = ("line", "lineRule")

Properties = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look; `size` is in half points, None as the paragraph has it."""

    text: str
    color: str = ""
    size: int | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph looks.

    Attributes:
        style: id of a style of the document, or ''.
        left: indent in twips, and in hundredths of characters where the document gives it so; None as the style has it.
        hanging: twips by which the first line stands further left.
        bar: colour of a bar at the left, or ''.
        unlisted: whether a list number that comes with the style is switched off.
        before, after: space in twips; None as the style has it.
        properties: `jc`, `bidi` and `spacing` of the paragraph that it stands behind.
        run: fonts, sizes and language of that paragraph's words.
    """

    style: str = ""
    left: tuple[int, int] | None = None
    hanging: int = 0
    bar: str = ""
    unlisted: bool = False
    before: int | None = None
    after: int | None = None
    new_page: bool = False
    keep_next: bool = False
    outline: int | None = None
    properties: Properties = field(default_factory=dict)
    run: Properties = field(default_factory=dict)


class Markup:
    """Writes elements under one prefix.

    Args:
        prefix: prefix of the main namespace where the words go.
        declared: the namespace where the prefix has to be declared anew, else ''.
        strict: whether the document is of the strict form.
        ids: numbers for tracked changes; None where the insertion is not tracked.
    """

    def __init__(self, prefix: str, declared: str, *, strict: bool, ids: Iterator[int] | None) -> None:
        """Keep what every element needs."""
        self._prefix, self._strict, self._ids = prefix, strict, ids
        self._declared = f" xmlns:{prefix}={quoteattr(declared)}" if declared else ""

    def paragraph(self, shape: Shape, pieces: Sequence[Piece]) -> str:
        """Return a paragraph that can stand beside others."""
        return self._paragraph(shape, pieces, self._declared)

    def table(self, rows: Sequence[tuple[str, ...]], widths: Sequence[int]) -> str:
        """Return a table with thin lines, `widths` in twips; the first column is in bold."""
        kind: Literal["left", "start"] = "start" if self._strict else "left"
        end = "end" if self._strict else "right"
        sides = "".join(
            self._el(side, val="single", sz="4", space="0", color="BFBAAE")
            for side in ("top", kind, "bottom", end, "insideH", "insideV")
        )
        head = self._el("tblPr", self._el("tblW", w="5000", type="pct") + self._el("tblBorders", sides))
        grid = self._el("tblGrid", "".join(self._el("gridCol", w=str(width)) for width in widths))
        body = "".join(self._row(row, widths) for row in rows)
        return f"<{self._prefix}:tbl{self._declared}>{head}{grid}{body}</{self._prefix}:tbl>"

    def _row(self, row: tuple[str, ...], widths: Sequence[int]) -> str:
        tracked = self._el("trPr", self._mark()) if self._ids is not None else ""
        shape = Shape(before=30, after=30)
        cells = "".join(
            self._el(
                "tc",
                self._el("tcPr", self._el("tcW", w=str(width), type="dxa"))
                + self._paragraph(shape, [Piece(text, size=20, bold=not at)], ""),
            )
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        return self._el("tr", tracked + cells)

    def _paragraph(self, shape: Shape, pieces: Sequence[Piece], declared: str) -> str:
        mark = self._el("rPr", self._mark()) if self._ids is not None else ""
        properties = self._el("pPr", self._shape(shape) + mark)
        runs = "".join(self._run(piece, shape.run) for piece in pieces if piece.text)
        if self._ids is not None and runs:
            runs = self._el("ins", runs, id=str(next(self._ids)), author=AUTHOR)
        return f"<{self._prefix}:p{declared}>{properties}{runs}</{self._prefix}:p>"

    def _shape(self, shape: Shape) -> str:
        """Return the properties of a paragraph in the order that the standard asks for."""
        side = "start" if self._strict else "left"
        made = self._el("pStyle", val=shape.style) if shape.style else ""
        made += self._el("keepNext") if shape.keep_next else ""
        made += self._el("pageBreakBefore") if shape.new_page else ""
        made += self._el("numPr", self._el("ilvl", val="0") + self._el("numId", val="0")) if shape.unlisted else ""
        if shape.bar:
            made += self._el("pBdr", self._el("left", val="single", sz="18", space="6", color=shape.bar))
        if "bidi" in shape.properties:
            made += self._el("bidi", **_kept(shape.properties["bidi"], ("val",)))
        spacing = _kept(shape.properties.get("spacing", {}), _LINES)
        for name, value in (("before", shape.before), ("after", shape.after)):
            if value is not None:
                spacing |= {name: str(value), f"{name}Autospacing": "0"}
        made += self._el("spacing", **spacing) if spacing else ""
        if shape.left is not None:
            twips, characters = shape.left
            indent = {side: str(twips + shape.hanging)}
            if characters:
                indent[f"{side}Chars"] = str(characters)
            indent |= {"hanging": str(shape.hanging)} if shape.hanging else {"firstLineChars": "0", "firstLine": "0"}
            made += self._el("ind", **indent)
        made += self._el("contextualSpacing", val="0") if shape.after else ""
        if "jc" in shape.properties:
            made += self._el("jc", **_kept(shape.properties["jc"], ("val",)))
        return made + (self._el("outlineLvl", val=str(shape.outline)) if shape.outline is not None else "")

    def _run(self, piece: Piece, run: Properties) -> str:
        look = self._el("rFonts", **_kept(run["rFonts"], _FONTS)) if "rFonts" in run else ""
        look += self._el("b") if piece.bold else ""
        look += self._el("color", val=piece.color) if piece.color else ""
        size = str(piece.size) if piece.size else run.get("sz", {}).get("val", "")
        look += self._el("sz", val=size) + self._el("szCs", val=size) if size else ""
        look += self._el("rtl", **_kept(run["rtl"], ("val",))) if "rtl" in run else ""
        look += self._el("lang", **_kept(run["lang"], _LANGUAGES)) if "lang" in run else ""
        return self._el("r", (self._el("rPr", look) if look else "") + self._words(piece.text))

    def _words(self, text: str) -> str:
        pieces = []
        for piece in _BREAKS.split(text):
            if piece == "\t":
                pieces.append(self._el("tab"))
            elif _BREAKS.fullmatch(piece):
                pieces.append(self._el("br"))
            elif piece:
                shown = escape(_TURNS.sub(_SHOWN_TURN, cleaned(piece)))
                pieces.append(f'<{self._prefix}:t xml:space="preserve">{shown}</{self._prefix}:t>')
        return "".join(pieces)

    def _mark(self) -> str:
        """Return what says that a paragraph mark or row is inserted."""
        return self._el("ins", id=str(next(self._ids)), author=AUTHOR) if self._ids is not None else ""

    def _el(self, name: str, inside: str = "", **attributes: str) -> str:
        given = "".join(f" {self._prefix}:{key}={quoteattr(value)}" for key, value in attributes.items())
        tag = f"{self._prefix}:{name}"
        return f"<{tag}{given}>{inside}</{tag}>" if inside else f"<{tag}{given}/>"


def _kept(attributes: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    return {name: attributes[name] for name in names if name in attributes}
