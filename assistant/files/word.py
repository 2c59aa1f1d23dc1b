"""Reads paragraphs, list items and tables of a .docx in the order of the body. Knows nothing about goals.

Words that a tracked change has deleted and hidden words are left out; inserted ones are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.files.archive import Archive, local
from assistant.files.characters import cleaned
from assistant.files.document import Paragraph, Row, Span, Table, Word

MAX_PARAGRAPHS = 200_000
MAX_PARAGRAPH = 1_000_000
SKIPPED = frozenset({"del", "moveFrom", "drawing", "pict", "object", "Fallback", "rt", "sectPr"})
"""Elements that are left out with all that they hold; those whose name ends in `Change` are, too."""
_HEADING_NAME = re.compile(r"(?:heading|标题|標題|toc) ?([1-9])|(title)", re.I)
TOO_SMALL = 4
"""Half points of a type size that nobody can read."""
OFF = ("0", "false", "off")
"""Values that switch a property off."""


@dataclass(slots=True)
class _Style:
    """A paragraph style: the name and what it says about headings and lists; None where it says nothing."""

    name: str = ""
    parent: str = ""
    heading: int | None = None
    level: int | None = None
    listed: bool | None = None


@dataclass(slots=True)
class _Draft:
    """A paragraph while it is read."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    style: str = ""
    heading: int | None = None
    level: int | None = None
    listed: bool | None = None


@dataclass(slots=True)
class _Grid:
    """A table while it is read; cells that continue a merge keep no value of their own."""

    rows: list[Row] = field(default_factory=list)
    cells: dict[int, str] = field(default_factory=dict)
    number: int = 0
    column: int = 0
    width: int = 1
    merge: str = ""
    lines: list[str] = field(default_factory=list)
    open: dict[int, int] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)


def read_word(archive: Archive, part: str) -> Word:
    """Return the body of a document.

    Raises:
        InputError: the document is damaged or too long.
    """
    reader = _BodyReader(archive, _styles(archive))
    archive.parse(part, reader.start, reader.end, reader.text)
    notices = []
    if reader.deleted:
        notices.append("Words deleted by tracked changes are left out.")
    if reader.hidden:
        notices.append("Hidden words are left out.")
    if reader.boxes:
        notices.append("Text boxes and shapes are left out.")
    return Word(tuple(reader.blocks), tuple(notices))


class _BodyReader:
    """Gathers the blocks of the body from its elements."""

    def __init__(self, archive: Archive, styles: dict[str, _Style]) -> None:
        self.archive, self.styles = archive, styles
        self.blocks: list[Paragraph | Table] = []
        self.grids: list[_Grid] = []
        self.draft: _Draft | None = None
        self.count = 0
        self.skipping = 0
        self.in_run = self.run_hidden = self.wanted = False
        self.deleted = self.hidden = self.boxes = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.skipping or tag in SKIPPED or tag.endswith("Change"):
            self.skipping += 1
            self.boxes = self.boxes or tag == "txbxContent"
            return
        if tag == "p":
            self.count += 1
            if self.count > MAX_PARAGRAPHS:
                raise self.archive.refused(f"has more than {MAX_PARAGRAPHS:,} paragraphs", "Split it.")
            self.draft = _Draft()
        elif tag == "r":
            self.in_run, self.run_hidden = True, False
        elif self.in_run:
            self._in_run(tag, attributes)
        elif self.draft is not None:
            self._in_paragraph(tag, _value(attributes))
        else:
            self._in_table(tag, _value(attributes))

    def _in_run(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "vanish":
            self.run_hidden = self.run_hidden or _value(attributes) not in OFF
        elif tag == "sz" and _value(attributes).isdecimal():
            self.run_hidden = self.run_hidden or int(_value(attributes)) <= TOO_SMALL
        elif tag == "delText":
            self.deleted = True
        elif tag == "t":
            self.wanted = not self.run_hidden
            self.hidden = self.hidden or self.run_hidden
        elif self.draft is not None and not self.run_hidden:
            if tag in ("br", "cr"):
                self.draft.pieces.append("\n")
            elif tag == "tab":
                self.draft.pieces.append("\t")
            elif tag == "noBreakHyphen":
                self.draft.pieces.append("-")

    def _in_paragraph(self, tag: str, value: str) -> None:
        draft = self.draft
        if draft is None:
            return
        if tag == "pStyle":
            draft.style = value
        elif tag == "outlineLvl":
            draft.heading = _heading(value)
        elif tag == "ilvl":
            draft.level = int(value)
        elif tag == "numId":
            draft.listed = value != "0"

    def _in_table(self, tag: str, value: str) -> None:
        if tag == "tbl":
            self.grids.append(_Grid())
        elif self.grids:
            grid = self.grids[-1]
            if tag == "tr":
                grid.cells, grid.number, grid.column = {}, self.count + 1, 0
            elif tag == "tc":
                grid.column += 1
                grid.width, grid.merge, grid.lines = 1, "", []
            elif tag == "gridBefore" and value.isdecimal():
                grid.column += int(value)
            elif tag == "gridSpan" and value.isdecimal():
                grid.width = max(int(value), 1)
            elif tag == "vMerge":
                grid.merge = value or "continue"

    def text(self, text: str) -> None:
        if self.wanted and self.draft is not None:
            self.draft.pieces.append(text)
            self.draft.size += len(text)
            if self.draft.size > MAX_PARAGRAPH:
                raise self.archive.refused(f"has a paragraph of more than {MAX_PARAGRAPH:,} characters", "Split it.")

    def end(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= 1
            self.deleted = self.deleted or tag in ("del", "moveFrom")
            return
        if tag == "t":
            self.wanted = False
        elif tag == "r":
            self.in_run = False
        elif tag == "p":
            self._paragraph()
        elif self.grids:
            self._table_end(tag)

    def _paragraph(self) -> None:
        draft, self.draft = self.draft, None
        text = cleaned("".join(draft.pieces)).strip() if draft else ""
        if draft is None or not text:
            return
        if self.grids:
            self.grids[-1].lines.append(text)
            return
        style = self.styles.get(draft.style, _Style())
        heading = draft.heading if draft.heading is not None else style.heading
        listed = draft.listed if draft.listed is not None else style.listed
        level = (draft.level if draft.level is not None else style.level or 0) if listed and not heading else None
        self.blocks.append(Paragraph(self.count, text, heading or 0, level))

    def _table_end(self, tag: str) -> None:
        grid = self.grids[-1]
        if tag == "tc":
            value = "\n".join(grid.lines)
            if grid.merge != "continue":
                grid.open.pop(grid.column, None)
            if grid.merge == "restart":
                grid.open[grid.column] = grid.number
            elif grid.merge == "continue" and grid.column in grid.open:
                grid.merged.append(Span(grid.column, grid.open[grid.column], grid.number))
                value = ""
            if value:
                grid.cells[grid.column] = value
            grid.column += grid.width - 1
        elif tag == "tr" and grid.cells:
            grid.rows.append(Row(grid.number, grid.cells))
        elif tag == "tbl":
            self.grids.pop()
            if self.grids:
                self.grids[-1].lines += ["\t".join(row.cells.values()) for row in grid.rows]
            elif grid.rows:
                self.blocks.append(Table(tuple(grid.rows), "", tuple(grid.merged)))


def _value(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if local(key) == "val"), "")


def _heading(value: str) -> int:
    """Return the heading level of an outline level; 9 is body text."""
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else 0


def _styles(archive: Archive) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    current = _Style()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal current
        value = _value(attributes)
        if tag == "style":
            current = _Style()
            id = next((text for key, text in attributes.items() if local(key) == "styleId"), "")
            styles[id] = current
        elif tag == "name":
            current.name = value
            if match := _HEADING_NAME.fullmatch(value):
                current.heading = int(match[1] or 1)
        elif tag == "basedOn":
            current.parent = value
        elif tag == "outlineLvl":
            current.heading = _heading(value)
        elif tag == "ilvl" and value.isdecimal():
            current.level = int(value)
        elif tag == "numId":
            current.listed = value != "0"

    archive.parse("word/styles.xml", start)
    return {id: _inherited(style, styles) for id, style in styles.items()}


def _inherited(style: _Style, styles: dict[str, _Style]) -> _Style:
    """Return the style with what it takes over from the ones it is based on."""
    heading, level, listed = style.heading, style.level, style.listed
    seen = {style.name}
    while (parent := styles.get(style.parent)) is not None and parent.name not in seen:
        style = parent
        seen.add(style.name)
        heading = style.heading if heading is None else heading
        level = style.level if level is None else level
        listed = style.listed if listed is None else listed
    return _Style(style.name, "", heading, level, listed)
