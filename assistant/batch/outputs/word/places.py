"""Finds the paragraphs of a Word document in its bytes, numbered as `assistant.files.word` numbers them.

Knows nothing about results; it tells where words can be put in and how a paragraph looks there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from assistant.files.archive import Archive, local
from assistant.files.characters import cleaned
from assistant.files.word import OFF, SKIPPED, TOO_SMALL

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_CONTROLS = frozenset({"text", "date", "dropDownList", "comboBox", "dataBinding", "picture"})
"""Content controls that hold one value and no further paragraph."""
_PARAGRAPH = frozenset({"ind", "jc", "bidi", "spacing"})
_RUN = frozenset({"rFonts", "sz", "szCs", "rtl", "lang"})
_IDS = re.compile(r"""\bid\s*=\s*["'](\d{1,9})["']""")

Attributes = Mapping[str, str]
Scope = Mapping[str, str]
"""Namespaces by prefix."""


@dataclass(slots=True)
class Spot:
    """A paragraph.

    Attributes:
        number: place among the paragraphs of the body, from 1.
        text: its words without deleted and hidden ones.
        end: byte behind it where another paragraph can stand.
        scope: namespaces known there.
        container: number of the cell or body that holds it.
        cell: row number and column of its cell in the outermost table; None outside tables.
        style: id of its style, or ''.
        numbering: id of its list as given directly ("0" for none), or None.
        level: level in the list.
        paragraph: its own `ind`, `jc`, `bidi` and `spacing`, each with attributes by local name.
        run: fonts, sizes, direction and language of its first words, alike.
        joined: its end is deleted by a tracked change, so that it runs on in the next one.
    """

    number: int
    container: int
    cell: tuple[int, int] | None
    scope: Scope
    text: str = ""
    end: int = 0
    style: str = ""
    numbering: str | None = None
    level: int = 0
    paragraph: dict[str, Attributes] = field(default_factory=dict)
    run: dict[str, Attributes] = field(default_factory=dict)
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of a document.

    Attributes:
        spots: by number, from 1.
        end: byte at which something can be added behind everything else, and the namespaces known there.
        namespace: that of the document's elements.
        encoding: Python's name of the encoding in which words can be put in; others than it has become references.
        last_id: largest number that any element has as its id.
    """

    spots: dict[int, Spot]
    end: int
    scope: Scope
    namespace: str
    encoding: str
    last_id: int

    @property
    def strict(self) -> bool:
        """Tell whether the document keeps to the strict form of the standard."""
        return self.namespace == _STRICT

    def prefix(self, scope: Scope) -> str:
        """Return a prefix of the document's namespace, or '' where the scope has none that attributes could use."""
        return next((prefix for prefix, space in scope.items() if prefix and space == self.namespace), "")


@dataclass(slots=True)
class _Cell:
    """Where the reader stands in a table."""

    row: int = 0
    column: int = 0
    width: int = 1


@dataclass(slots=True)
class _Control:
    """A content control, or the start of a cell, which ends what a control says about the paragraphs inside."""

    scope: Scope
    closed: bool = False
    held: list[Spot] = field(default_factory=list)
    cell: bool = False


def read_body(archive: Archive, part: str) -> tuple[bytes, Body]:
    """Return the bytes of a document's main part and its paragraphs.

    Raises:
        InputError: the part is damaged.
    """
    raw = b"".join(archive.chunks(part))
    return raw, _Reader(raw).read(archive, part)


class _Reader:
    """Notes paragraphs from the events of the parser."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.scopes: list[tuple[int, Scope]] = [(0, {})]
        self.namespace = MAIN
        self.declared = "utf-8"
        self.depth = self.skipping = 0
        self.spots: dict[int, Spot] = {}
        self.spot: Spot | None = None
        self.grids: list[_Cell] = []
        self.containers = [0]
        self.controls: list[_Control] = []
        self.pieces: list[str] = []
        self.run: dict[str, Attributes] = {}
        self.in_run = self.hidden = self.wanted = self.in_properties = self.in_mark = False
        self.in_control = False
        self.body_depth = self.opened = 0
        self.end: int | None = None
        self.end_scope: Scope = {}

    def read(self, archive: Archive, part: str) -> Body:
        parser = self.parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._finish
        parser.CharacterDataHandler = self._text
        parser.XmlDeclHandler = self._declaration
        try:
            parser.Parse(self.raw, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise archive.refused(f"is damaged (part {part!r}: {error})") from None
        encoding = self._encoding()
        found = _IDS.findall(self.raw.decode(encoding, "replace"))
        end = len(self.raw) if self.end is None else self.end
        return Body(
            self.spots, end, self.end_scope, self.namespace, encoding, max((int(number) for number in found), default=0)
        )

    def _encoding(self) -> str:
        if self.raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16-le" if self.raw[0] == 0xFF else "utf-16-be"
        return "utf-8" if self.declared.lower() in ("utf-8", "utf8") else "ascii"

    def _declaration(self, _: str, encoding: str | None, __: int) -> None:
        self.declared = encoding or "utf-8"

    def _scope(self, attributes: Attributes) -> Scope:
        outer = self.scopes[-1][1]
        fresh = {name[6:]: space for name, space in attributes.items() if name == "xmlns" or name.startswith("xmlns:")}
        if fresh:
            self.scopes.append((self.depth, {**outer, **fresh}))
        return outer

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        outer = self._scope(attributes)
        self.depth += 1
        tag = local(name)
        if self.depth == 1:
            self.namespace = self.scopes[-1][1].get(name.rpartition(":")[0], MAIN)
        if self.depth == self.body_depth + 1 and self.body_depth:
            self._top(tag, outer)
        if self.skipping or tag in SKIPPED or tag.endswith("Change"):
            if tag == "del" and self.in_mark and not self.skipping and self.spot is not None:
                self.spot.joined = True
            self.skipping += 1
            return
        if tag == "body":
            self.body_depth = self.depth
        elif tag == "p":
            cell = (self.grids[0].row, self.grids[0].column) if self.grids else None
            self.spot = Spot(len(self.spots) + 1, self.containers[-1], cell, outer)
            self.spots[self.spot.number] = self.spot
            self.pieces, self.run = [], {}
        elif self.spot is not None:
            self._inside(tag, attributes)
        else:
            self._around(tag, attributes, outer)

    def _top(self, tag: str, outer: Scope) -> None:
        """Note where the body ends: at its own section properties, where they come last."""
        if tag == "sectPr":
            self.end, self.end_scope = self.parser.CurrentByteIndex, outer
        else:
            self.end = None

    def _inside(self, tag: str, attributes: dict[str, str]) -> None:
        spot = self.spot
        if spot is None:
            return
        if tag == "pPr":
            self.in_properties = True
        elif tag == "rPr" and self.in_properties:
            self.in_mark = True
        elif tag == "r":
            self.in_run, self.hidden, self.run = True, False, {}
        elif self.in_run:
            self._in_run(tag, attributes)
        elif tag == "pStyle":
            spot.style = _value(attributes)
        elif tag == "numId":
            spot.numbering = _value(attributes)
        elif tag == "ilvl":
            spot.level = int(_value(attributes)) if _value(attributes).isdecimal() else 0
        elif tag in _PARAGRAPH and self.in_properties and not self.in_mark:
            spot.paragraph[tag] = _plain(attributes)

    def _in_run(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "vanish":
            self.hidden = self.hidden or _value(attributes) not in OFF
        elif tag in _RUN:
            self.run[tag] = _plain(attributes)
            size = _value(attributes)
            self.hidden = self.hidden or (tag == "sz" and size.isdecimal() and int(size) <= TOO_SMALL)
        elif tag == "t":
            self.wanted = not self.hidden
        elif tag in ("br", "cr", "tab"):
            self.pieces.append(" ")
        elif tag == "noBreakHyphen":
            self.pieces.append("-")

    def _around(self, tag: str, attributes: dict[str, str], outer: Scope) -> None:
        if tag == "sdt":
            self.controls.append(_Control(outer))
        elif tag == "sdtPr":
            self.in_control = True
        elif self.in_control:
            if tag in _CONTROLS and self.controls:
                self.controls[-1].closed = True
        elif tag == "tbl":
            self.grids.append(_Cell())
        elif self.grids:
            self._in_table(tag, _value(attributes), outer)

    def _in_table(self, tag: str, value: str, outer: Scope) -> None:
        grid = self.grids[-1]
        if tag == "tr":
            grid.row, grid.column = len(self.spots) + 1, 0
        elif tag == "tc":
            grid.column += 1
            grid.width = 1
            self.opened += 1
            self.containers.append(self.opened)
            self.controls.append(_Control(outer, cell=True))
        elif tag == "gridBefore" and value.isdecimal():
            grid.column += int(value)
        elif tag == "gridSpan" and value.isdecimal():
            grid.width = max(int(value), 1)

    def _text(self, text: str) -> None:
        if self.wanted and self.spot is not None and not self.skipping:
            self.pieces.append(text)
            if text.strip() and not self.spot.run:
                self.spot.run = dict(self.run)

    def _finish(self, name: str) -> None:
        tag = local(name)
        if self.scopes[-1][0] == self.depth - 1 and len(self.scopes) > 1:
            self.scopes.pop()
        self.depth -= 1
        if self.skipping:
            self.skipping -= 1
        elif tag == "body":
            if self.end is None:
                self.end, self.end_scope = self.parser.CurrentByteIndex, self.scopes[-1][1]
        elif tag == "p":
            self._paragraph()
        elif self.spot is not None:
            self.wanted = self.wanted and tag != "t"
            self.in_run = self.in_run and tag != "r"
            self.in_properties = self.in_properties and tag != "pPr"
            self.in_mark = self.in_mark and tag != "rPr"
        elif tag == "sdtPr":
            self.in_control = False
        elif tag in ("sdt", "tc") and self.controls:
            for spot in self.controls.pop().held:
                spot.end = self._behind()
            if tag == "tc" and self.grids:
                self.containers.pop()
                self.grids[-1].column += self.grids[-1].width - 1
        elif tag == "tbl" and self.grids:
            self.grids.pop()

    def _paragraph(self) -> None:
        spot, self.spot = self.spot, None
        self.wanted = self.in_run = self.in_properties = self.in_mark = False
        if spot is None:
            return
        spot.text = cleaned("".join(self.pieces)).strip()
        spot.end = self._behind()
        outermost = None
        for control in reversed(self.controls):
            if control.cell:
                break
            outermost = control if control.closed else outermost
        if outermost is not None:
            spot.scope = outermost.scope
            outermost.held.append(spot)

    def _behind(self) -> int:
        """Return the byte behind the end tag at which the parser stands; an empty element counts as one."""
        at = self.parser.CurrentByteIndex
        if self._encoding().startswith("utf-16"):
            mark = ">".encode(self._encoding())
            while self.raw[at : at + 2] != mark:
                at += 2
            return at + 2
        return self.raw.index(b">", at) + 1


def _value(attributes: Attributes) -> str:
    return next((value for key, value in attributes.items() if local(key) == "val"), "")


def _plain(attributes: Attributes) -> Attributes:
    return {local(key): value for key, value in attributes.items() if not key.startswith("xmlns")}
