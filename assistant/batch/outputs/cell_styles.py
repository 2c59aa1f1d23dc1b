"""Adds cell formats to a workbook's style sheet and leaves those that are there alone. Knows nothing about goals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.batch.outputs.splicing import Element, Splice, appended, outline, spliced, with_attribute
from assistant.files.archive import Archive, local

Look = Literal[
    "text", "good", "warn", "bad", "plain", "head", "figure", "title", "label", "muted", "note", "link", "number",
    "share",
]  # fmt: skip
Setting = Literal["beside", "page", "table"]
"""Where a cell stands: beside others of its row, on a page of figures, or in a table of ours."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
    '</fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
).encode()
"""The style sheet of a workbook that has none."""
FILLS = {
    "good": "FFC6EFCE",
    "warn": "FFFFEB9C",
    "bad": "FFFFC7CE",
    "plain": "FFF2F2F2",
    "head": "FFDDE6F3",
    "figure": "FFDDE6F3",
}
COLOURS = {"good": "FF006100", "warn": "FF7F4A00", "bad": "FF9C0006", "plain": "FF404040", "muted": "FF595959",
           "link": "FF0563C1", "title": "FF1F3864", "head": "FF1F3864", "figure": "FF1F3864"}  # fmt: skip
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
          "colors", "extLst")  # fmt: skip
_FIRST = {
    "fonts": '<{p}font><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',
    "fills": '<{p}fill><{p}patternFill patternType="none"/></{p}fill>'
    '<{p}fill><{p}patternFill patternType="gray125"/></{p}fill>',
    "borders": "<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>",
    "cellXfs": '<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
}
_FIRST_COUNT = {"fonts": 1, "fills": 2, "borders": 1, "cellXfs": 1}
_PERCENT = 9
"""The number format that the file format gives to whole percents."""
_WRAPS = re.compile(rb"""\bwrapText\s*=\s*["'](?:1|true)["']""")
_KEPT = ("family", "charset", "scheme")
_CENTRED = frozenset(("good", "warn", "bad", "plain", "number", "share", "figure"))
ON_ONE_LINE = frozenset(("title", "muted", "note"))
"""Looks of words that run on over the blank cells beside them."""
_BOLD = frozenset(("head", "figure", "title", "label"))
_LARGER = {"title": 6.0}


@dataclass(frozen=True, slots=True)
class _Format:
    """A cell format that is there: numbers of its font and border, and whether words go on below in the cell."""

    font: int
    border: int
    wraps: bool = False


class StyleSheet:
    """The formats of a workbook; new ones are made as they are asked for."""

    def __init__(self, data: bytes, archive: Archive) -> None:
        """Look through the formats that are there.

        Raises:
            InputError: the part is no XML or is not UTF-8.
        """
        self._data = data or EMPTY
        self._root = outline(self._data, archive, 3)
        self._prefix = self._root.prefix
        self._sections = {local(child.tag): child for child in self._root.children}
        self._formats = [
            _Format(
                _number(xf.attributes, "fontId"),
                _number(xf.attributes, "borderId"),
                _WRAPS.search(self._data, xf.start, xf.end) is not None,
            )
            for xf in self._children("cellXfs")
        ] or [_Format(0, 0)]
        self._added: dict[str, list[str]] = {name: [] for name in _FIRST}
        self._places: dict[tuple[str, str], int] = {}
        self._looks: dict[tuple[Look, int, bool, Setting], int] = {}

    def look(self, look: Look, base: int = 0, *, quoted: bool = False, setting: Setting = "beside") -> int:
        """Return the number of a format.

        Args:
            look: what it looks like.
            base: format of a cell beside it, from which font, size and borders are taken.
            quoted: the words begin like a formula and stay words when someone edits the cell.
            setting: where the cell stands.
        """
        key = (look, base, quoted, setting)
        if key not in self._looks:
            self._looks[key] = self._format(look, base, quoted, setting)
        return self._looks[key]

    def wraps(self, number: int) -> bool:
        """Tell whether words go on below in cells of a format that was there."""
        return number < len(self._formats) and self._formats[number].wraps

    def font(self, base: int = 0) -> tuple[str, str]:
        """Return name, as XML has it, and size of the font of a format."""
        beside = self._formats[base] if base < len(self._formats) else self._formats[0]
        words = self._font_words(beside.font)
        return _value(words, "name") or "Calibri", _value(words, "sz") or "11"

    def rendered(self) -> bytes:
        """Return the style sheet with the new formats behind those that were there."""
        splices = []
        for name, new in self._added.items():
            if not new:
                continue
            section = self._sections.get(name)
            if section is None:
                splices.append(self._section(name, new))
                continue
            splice = appended(self._data, section, "".join(new))
            count = str(len(section.children) + len(new))
            if section.empty:
                head, _, rest = splice.new.partition(b">")
                splices.append(Splice(splice.start, splice.end, with_attribute(head + b">", "count", count) + rest))
            else:
                tag = self._data[section.start : section.inside]
                splices += [Splice(section.start, section.inside, with_attribute(tag, "count", count)), splice]
        return spliced(self._data, splices)

    def _children(self, name: str) -> list[Element]:
        section = self._sections.get(name)
        return section.children if section else []

    def _format(self, look: Look, base: int, quoted: bool, setting: Setting) -> int:
        p = self._prefix
        beside = self._formats[base] if base < len(self._formats) else self._formats[0]
        font = self._add("fonts", self._font(look, beside.font))
        fill = 0
        if colour := FILLS.get(look):
            fill = self._add(
                "fills",
                f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/><{p}bgColor indexed="64"/>'
                f"</{p}patternFill></{p}fill>",
            )
        border = beside.border
        if look in ("head", "figure") and not base:
            border = self._line_below("thin", "FF8EA9DB")
        elif setting == "table" and look not in ON_ONE_LINE:
            border = self._line_below("thin", "FFD9D9D9")
        across = "center" if look in _CENTRED else "left"
        down = "center" if setting == "page" or look in ("head", "figure", "title") else "top"
        wrap = "" if look in ON_ONE_LINE else ' wrapText="1"'
        style = ' xfId="0"' if "cellStyleXfs" in self._sections else ""
        number = _PERCENT if look == "share" else 0
        quote = ' quotePrefix="1"' if quoted else ""
        return self._add(
            "cellXfs",
            f'<{p}xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}"{style}{quote}'
            f' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<{p}alignment horizontal="{across}" vertical="{down}"{wrap}/></{p}xf>',
        )

    def _line_below(self, kind: str, colour: str) -> int:
        p = self._prefix
        return self._add(
            "borders",
            f'<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom style="{kind}"><{p}color rgb="{colour}"/></{p}bottom>'
            f"<{p}diagonal/></{p}border>",
        )

    def _font(self, look: Look, base: int) -> str:
        """Return a font of the family and size of another."""
        p = self._prefix
        words = self._font_words(base)
        name = _value(words, "name") or "Calibri"
        size = float(_value(words, "sz") or 11) + _LARGER.get(look, 0.0)
        bold = f"<{p}b/>" if look in _BOLD else ""
        colour = f'<{p}color rgb="{COLOURS[look]}"/>' if look in COLOURS else ""
        line = f"<{p}u/>" if look == "link" else ""
        kept = "".join(f'<{p}{key} val="{value}"/>' for key in _KEPT if (value := _value(words, key)))
        return f'<{p}font>{bold}{line}<{p}sz val="{size:g}"/>{colour}<{p}name val="{name}"/>{kept}</{p}font>'

    def _font_words(self, number: int) -> str:
        fonts = self._children("fonts")
        like = fonts[number] if number < len(fonts) else None
        return self._data[like.start : like.end].decode("utf-8", "replace") if like else ""

    def _add(self, section: str, element: str) -> int:
        key = (section, element)
        if key not in self._places:
            there = len(self._children(section)) if section in self._sections else _FIRST_COUNT[section]
            self._places[key] = there + len(self._added[section])
            self._added[section].append(element)
        return self._places[key]

    def _section(self, name: str, new: list[str]) -> Splice:
        """Return a section that the style sheet lacks, where the order of sections wants it."""
        p = self._prefix
        count = _FIRST_COUNT[name] + len(new)
        whole = f'<{p}{name} count="{count}">{_FIRST[name].format(p=p)}{"".join(new)}</{p}{name}>'
        later = _ORDER[_ORDER.index(name) + 1 :]
        for child in self._root.children:
            if local(child.tag) in later:
                return Splice(child.start, child.start, whole.encode())
        return appended(self._data, self._root, whole)


def _number(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "0")
    return int(value) if value.isdecimal() else 0


def _value(element: str, name: str) -> str:
    """Return the value of a font's property as it is escaped in the part."""
    match = re.search(rf"""<(?:[\w.-]+:)?{name}\s[^>]*?\bval\s*=\s*["']([^"']*)["']""", element)
    return match[1] if match else ""
