"""What the styles and lists of a Word document say about indents and headings. Knows nothing about results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from assistant.batch.outputs.word.places import Spot
from assistant.files.archive import Archive, local

_HEADING = re.compile(r"(?:heading|标题|標題) ?([1-9])", re.I)
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|cm|mm|in|pc|pi)?")
_TWIPS = {None: 1.0, "pt": 20.0, "cm": 567.0, "mm": 56.7, "in": 1440.0, "pc": 240.0, "pi": 240.0}
_CHARACTER = 210
"""Twips of a character of the usual size, for indents that are given in characters."""
_DEEPEST = 20_000

Indent = Mapping[str, str]


@dataclass(slots=True)
class _Style:
    name: str = ""
    parent: str = ""
    indent: dict[str, str] = field(default_factory=dict)
    numbering: str | None = None
    level: int = 0
    outline: int | None = None


class Looks:
    """The styles and lists of a document."""

    def __init__(self, archive: Archive, part: str) -> None:
        """Read them; a document without has none.

        Raises:
            InputError: a part is damaged.
        """
        folder = PurePosixPath(part).parent
        self._styles: dict[str, _Style] = {}
        self._default = ""
        self._lists: dict[str, dict[int, dict[str, str]]] = {}
        self._numbers: dict[str, str] = {}
        self._read_styles(archive, str(folder / "styles.xml"))
        self._read_lists(archive, str(folder / "numbering.xml"))

    def heading(self, level: int) -> str:
        """Return the id of the document's style for headings of a level, or ''."""
        for id, style in self._styles.items():
            match = _HEADING.fullmatch(style.name)
            if match and int(match[1]) == level:
                return id
        return ""

    def is_heading(self, id: str) -> bool:
        """Tell whether a style makes headings, which would put a paragraph into the table of contents."""
        return any(style.outline is not None or _HEADING.fullmatch(style.name) for style in self._chain(id))

    def is_listed(self, spot: Spot) -> bool:
        """Tell whether a paragraph has a number or bullet, of its own or from its style."""
        return bool(spot.numbering) or any(style.numbering for style in self._chain(spot.style))

    def left(self, spot: Spot) -> tuple[int, int]:
        """Return where the words of a paragraph start: twips, and hundredths of characters where it is given so."""
        layers: list[Indent] = [spot.paragraph.get("ind", {})]
        if spot.numbering not in (None, "", "0"):
            layers.append(self._list_indent(spot.numbering or "", spot.level))
        for style in self._chain(spot.style):
            layers.append(style.indent)
            if style.numbering and spot.numbering is None:
                layers.append(self._list_indent(style.numbering, style.level))
        twips, characters = _first(layers, ("left", "start"), ("leftChars", "startChars"))
        more, more_characters = _first(layers, ("firstLine",), ("firstLineChars",), stop=("hanging", "hangingChars"))
        if characters or more_characters:
            characters += more_characters
            return max(0, min(twips + more, _DEEPEST)) or max(0, characters * _CHARACTER // 100), max(0, characters)
        return max(0, min(twips + max(more, 0), _DEEPEST)), 0

    def _chain(self, id: str) -> list[_Style]:
        found: list[_Style] = []
        id = id or self._default
        while (style := self._styles.get(id)) is not None and style not in found and len(found) < 30:
            found.append(style)
            id = style.parent
        return found

    def _list_indent(self, number: str, level: int) -> Indent:
        return self._lists.get(self._numbers.get(number, ""), {}).get(level, {})

    def _read_styles(self, archive: Archive, part: str) -> None:
        current = _Style()

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal current
            given = {local(key): value for key, value in attributes.items()}
            value = given.get("val", "")
            if tag == "style":
                current = _Style()
                if given.get("type", "paragraph") == "paragraph":
                    self._styles[given.get("styleId", "")] = current
                    if given.get("default", "0") in ("1", "true", "on"):
                        self._default = given.get("styleId", "")
            elif tag == "name" and not current.name:
                current.name = value
            elif tag == "basedOn":
                current.parent = value
            elif tag == "ind":
                current.indent = given
            elif tag == "numId":
                current.numbering = value
            elif tag == "ilvl" and value.isdecimal():
                current.level = int(value)
            elif tag == "outlineLvl" and value.isdecimal() and int(value) < 9:
                current.outline = int(value)

        archive.parse(part, start)

    def _read_lists(self, archive: Archive, part: str) -> None:
        levels: dict[int, dict[str, str]] = {}
        level, number = 0, ""

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal levels, level, number
            given = {local(key): value for key, value in attributes.items()}
            if tag == "abstractNum":
                levels = self._lists.setdefault(given.get("abstractNumId", ""), {})
            elif tag == "lvl":
                level = int(given["ilvl"]) if given.get("ilvl", "").isdecimal() else 0
            elif tag == "ind":
                levels[level] = given
            elif tag == "num":
                levels, number = {}, given.get("numId", "")
            elif tag == "abstractNumId":
                self._numbers[number] = given.get("val", "")

        archive.parse(part, start)


def _first(
    layers: list[Indent], lengths: tuple[str, ...], characters: tuple[str, ...], stop: tuple[str, ...] = ()
) -> tuple[int, int]:
    """Return the first indent that any layer gives, in twips and in hundredths of characters."""
    for layer in layers:
        in_characters = next((_whole(layer[name]) for name in characters if name in layer), 0)
        length = next((_twips(layer[name]) for name in lengths if name in layer), None)
        if in_characters:
            return length or 0, in_characters
        if length is not None or any(name in layer for name in stop):
            return length or 0, 0
    return 0, 0


def _whole(value: str) -> int:
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else 0


def _twips(value: str) -> int:
    match = _LENGTH.fullmatch(value.strip())
    return round(float(match[1]) * _TWIPS[match[2]]) if match and len(value) < 20 else 0
