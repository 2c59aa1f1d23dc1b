"""Lays out a Word document: styles, fonts for Chinese, tables with repeated headings, page numbers.

Text comes in pieces, each with a tag that follows it as a small raised mark, or ''. Knows nothing about goals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.goals import Language
from assistant.render.docx_contents import mark_heading, write_contents
from assistant.render.legible import legible, one_line

Pieces = Sequence[tuple[str, str]]

_FONTS: dict[Language, str] = {"zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei", "en": "Microsoft YaHei"}
_TONGUES: dict[Language, tuple[str, str]] = {
    "zh-Hans": ("en-US", "zh-CN"),
    "zh-Hant": ("en-US", "zh-TW"),
    "en": ("en-US", "zh-CN"),
}
_DARK, _GREY = RGBColor(0x1F, 0x38, 0x64), RGBColor(0x59, 0x59, 0x59)
_SIZES = {"Normal": 10.5, "Title": 20, "Heading 1": 15, "Heading 2": 11.5, "Intense Quote": 11.5}
_NARROW = 1.4
"""Width in centimetres below which a column's letters are small."""
_MARK, _NOTE = "Origin mark", "Note"
_FIELD = re.compile(r"\{(page|pages)\}")
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


class Page:
    """A document under construction."""

    def __init__(self, language: Language, title: str, footer: str, today: date) -> None:
        """Begin a document.

        Args:
            language: which fonts and spelling its Chinese has.
            title: title in the file's properties.
            footer: line at the foot of every page, with `{page}` and `{pages}`.
            today: day in the file's properties.
        """
        self._document: Any = Document()
        self._marks: list[str] = []
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(2)
        self._styles(language)
        self._footer(section, footer)
        properties = self._document.core_properties
        properties.title, properties.author, properties.language = title, "goal-assistant", language
        properties.created = properties.modified = datetime(today.year, today.month, today.day)
        properties.comments = properties.last_modified_by = ""

    def title(self, text: str) -> None:
        """Write the document's title."""
        self._document.add_paragraph(one_line(text), style="Title")

    def heading(self, text: str, level: int) -> None:
        """Write a heading of level 1 or 2."""
        heading = self._document.add_heading(one_line(text), level)
        if level == 1 and self._marks:
            mark_heading(heading, self._marks.pop(0))

    def contents(self, heading: str, titles: Sequence[str]) -> None:
        """Write a table of contents that leads to the headings of level 1 that follow, titled as given and in order.

        It stands finished but for page numbers, which a word processor fills in when the table is brought up to date.
        """
        self._document.add_paragraph(style=_NOTE).add_run(heading).bold = True
        self._marks = [f"_Toc{at:08d}" for at in range(1, len(titles) + 1)]
        lines = [self._document.add_paragraph() for _ in titles]
        write_contents(lines, [one_line(title) for title in titles], self._marks)
        self._document.add_paragraph(style=_NOTE)

    def header(self, text: str) -> None:
        """Write a line at the head of every page."""
        paragraph = self._document.sections[0].header.paragraphs[0]
        paragraph.style = self._document.styles[_NOTE]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.add_run(one_line(text))

    def turn(self, *, landscape: bool) -> None:
        """Go on upon a new page that lies or stands; nothing happens where the present one does so already."""
        section = self._document.sections[-1]
        if landscape == (section.page_width > section.page_height):
            return
        new = self._document.add_section(WD_SECTION.NEW_PAGE)
        new.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        new.page_width, new.page_height = section.page_height, section.page_width

    def statement(self, pieces: Pieces) -> None:
        """Write what a goal says, set off from the text around it."""
        self._write(self._document.add_paragraph(style="Intense Quote"), pieces)

    def note(self, pieces: Pieces) -> None:
        """Write a small line about the document itself."""
        self._write(self._document.add_paragraph(style=_NOTE), pieces)

    def labelled(self, name: str, colon: str, pieces: Pieces) -> None:
        """Write a paragraph behind a bold name."""
        paragraph = self._document.add_paragraph()
        paragraph.add_run(f"{name}{colon}").bold = True
        self._write(paragraph, pieces)

    def item(self, pieces: Pieces, *, numbered: bool = False, depth: int = 0) -> None:
        """Write a line of a list, further in for each `depth`; a document has one numbered list."""
        paragraph = self._document.add_paragraph(style="List Number" if numbered else "List Bullet")
        if depth:
            paragraph.paragraph_format.left_indent = Cm(0.63 + 0.75 * depth)
        self._write(paragraph, pieces)

    def paragraph(self, pieces: Pieces) -> None:
        """Write a paragraph."""
        self._write(self._document.add_paragraph(), pieces)

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[Pieces]],
        widths: Sequence[float],
        *,
        names_first: bool = False,
        fills: Mapping[tuple[int, int], str] | None = None,
    ) -> None:
        """Write a table whose heading row is repeated on every page and whose rows stay whole.

        Args:
            headings: words of the heading row.
            rows: pieces of each cell.
            widths: of the columns, in centimetres.
            names_first: the first column names its row.
            fills: colours of cells, six hexadecimal digits by row and column from 0, the heading row not counted.
        """
        table = self._document.add_table(rows=1 + len(rows), cols=len(headings), style="Table Grid")
        table.autofit = False
        sizes = [9.0 if width >= _NARROW else 6.5 for width in widths]
        for cell, text, size in zip(table.rows[0].cells, headings, sizes, strict=True):
            _shaded(cell)
            self._cell(cell, [(text, "")], bold=True, size=size)
        for row, cells in zip(table.rows[1:], rows, strict=True):
            for at, (cell, pieces) in enumerate(zip(row.cells, cells, strict=True)):
                self._cell(cell, pieces, bold=names_first and at == 0, size=sizes[at])
        for (row, column), colour in (fills or {}).items():
            _shaded(table.cell(row + 1, column), colour)
        for at, width in enumerate(widths):
            table.columns[at].width = Cm(width)
            for cell in table.column_cells(at):
                cell.width = Cm(width)
        for at, row in enumerate(table.rows):
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if at == 0:
                properties.append(OxmlElement("w:tblHeader"))
        self._document.add_paragraph(style=_NOTE)

    def save(self, target: BinaryIO) -> None:
        """Write the document out."""
        self._document.save(target)

    def _cell(self, cell: Any, pieces: Pieces, *, bold: bool, size: float) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        self._write(paragraph, pieces, bold=bold, size=size)

    def _write(self, paragraph: Any, pieces: Pieces, *, bold: bool = False, size: float | None = None) -> None:
        for text, tag in pieces:
            run = paragraph.add_run(legible(text))
            run.bold = bold or None
            if size is not None:
                run.font.size = Pt(size)
            if tag:
                paragraph.add_run(tag.strip(), style=_MARK)

    def _styles(self, language: Language) -> None:
        styles = self._document.styles
        styles.add_style(_MARK, WD_STYLE_TYPE.CHARACTER)
        styles[_MARK].font.superscript = True
        styles[_MARK].font.color.rgb = _GREY
        styles.add_style(_NOTE, WD_STYLE_TYPE.PARAGRAPH)
        styles[_NOTE].base_style = styles["Normal"]
        styles[_NOTE].font.size, styles[_NOTE].font.color.rgb = Pt(9), _GREY
        styles[_NOTE].paragraph_format.space_after = Pt(2)
        for name in (*_SIZES, "List Bullet", "List Number", _NOTE, _MARK):
            style = styles[name]
            _fonts(style, _FONTS[language])
            if name in _SIZES:
                style.font.size = Pt(_SIZES[name])
            if name in ("Title", "Heading 1", "Heading 2", "Intense Quote"):
                style.font.color.rgb = _DARK
        styles["Intense Quote"].font.italic = False
        styles["Intense Quote"].paragraph_format.left_indent = Cm(0.4)
        styles["Intense Quote"].paragraph_format.right_indent = Cm(0.4)
        styles["Normal"].paragraph_format.space_after = Pt(4)
        for tongue in self._document.styles.element.iter(qn("w:lang")):
            tongue.set(qn("w:val"), _TONGUES[language][0])
            tongue.set(qn("w:eastAsia"), _TONGUES[language][1])

    def _footer(self, section: Any, line: str) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.style = self._document.styles[_NOTE]
        for at, part in enumerate(_FIELD.split(line)):
            if at % 2:
                _field(paragraph, {"page": "PAGE", "pages": "NUMPAGES"}[part])
            else:
                paragraph.add_run(part)


def _fonts(style: Any, chinese: str) -> None:
    """Set the fonts by name: those of the template's theme would win over the name and have no Chinese."""
    style.font.name = "Calibri"
    fonts = style.element.rPr.rFonts
    for name in _THEMED:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:eastAsia"), chinese)


def _shaded(cell: Any, colour: str = "DDE6F3") -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
