"""Finds places in the bytes of an XML part and puts new bytes there. Knows nothing about workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from assistant.files.archive import Archive, local


@dataclass(slots=True)
class Element:
    """Where an element stands in the bytes of its part.

    Attributes:
        tag: its name with the prefix.
        start: first byte of its start tag.
        inside: first byte behind its start tag.
        close: first byte of its end tag; `start` where the start tag closes the element.
        end: first byte behind the element.
        children: the elements right under it that were asked for, in order.
    """

    tag: str
    attributes: dict[str, str]
    start: int
    inside: int = 0
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """Return the prefix with its colon, or ''."""
        return self.tag[: len(self.tag) - len(local(self.tag))]

    @property
    def empty(self) -> bool:
        """Tell whether the start tag closes the element."""
        return self.close == self.start


@dataclass(frozen=True, slots=True)
class Splice:
    """New bytes in place of `[start, end)`."""

    start: int
    end: int
    new: bytes


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Return the bytes with the splices made; those at one place follow each other in the order given."""
    pieces, at = [], 0
    for splice in sorted(splices, key=lambda splice: splice.start):
        pieces += [data[at : splice.start], splice.new]
        at = splice.end
    return b"".join([*pieces, data[at:]])


def appended(data: bytes, element: Element, new: str) -> Splice:
    """Return the splice that puts new children behind those that an element has."""
    if not element.empty:
        return Splice(element.close, element.close, new.encode())
    tag = data[element.start : element.end]
    opened = tag.rstrip(b">").rstrip().rstrip(b"/").rstrip() + b">"
    return Splice(element.start, element.end, opened + new.encode() + f"</{element.tag}>".encode())


def tag_end(data: bytes, start: int) -> int:
    """Return where a start tag ends; a quoted value may hold the closing mark."""
    quote = 0
    at = start
    while at < len(data):
        code = data[at]
        if quote:
            quote = 0 if code == quote else quote
        elif code in b"\"'":
            quote = code
        elif code == ord(">"):
            return at + 1
        at += 1
    return len(data)


def closes_itself(data: bytes, inside: int) -> bool:
    """Tell whether a start tag that ends before `inside` is the whole element."""
    return data[inside - 2 : inside] == b"/>"


def outline(data: bytes, archive: Archive, depth: int) -> Element:
    """Return the root element with the elements under it down to a depth, the root being at 1.

    Raises:
        InputError: the part is no XML or is not UTF-8.
    """
    refuse_other_encodings(data, archive)
    parser = expat.ParserCreate()
    stack: list[Element | None] = []
    root: list[Element] = []

    def opened(tag: str, attributes: dict[str, str]) -> None:
        if len(stack) >= depth:
            stack.append(None)
            return
        element = Element(tag, attributes, parser.CurrentByteIndex)
        if stack and (above := stack[-1]) is not None:
            above.children.append(element)
        else:
            root.append(element)
        stack.append(element)

    def closed(_: str) -> None:
        element = stack.pop()
        if element is not None:
            element.inside = tag_end(data, element.start)
            closed_itself = closes_itself(data, element.inside)
            element.close = element.start if closed_itself else parser.CurrentByteIndex
            element.end = element.inside if closed_itself else data.index(b">", element.close) + 1

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parse(parser, data, archive)
    return root[0]


def parse(parser: expat.XMLParserType, data: bytes, archive: Archive) -> None:
    """Read a part.

    Raises:
        InputError: it is no XML.
    """
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise archive.refused(f"is damaged ({error})") from None


def refuse_other_encodings(data: bytes, archive: Archive) -> None:
    """Refuse parts in which bytes cannot be put beside the others.

    Raises:
        InputError: the part is not UTF-8.
    """
    declared = re.match(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""", data[:200])
    other = declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii", b"utf8")
    if other or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise archive.refused("has a part that is not UTF-8")


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """Return a start tag with an attribute set; it is added where the tag has none of that name."""
    pattern = re.compile(rb"(\s" + name.encode() + rb"\s*=\s*)(\"[^\"]*\"|'[^']*')")
    quoted = b'"' + value.encode() + b'"'
    if pattern.search(tag):
        return pattern.sub(lambda match: match[1] + quoted, tag, count=1)
    close = re.search(rb"\s*/?>\s*$", tag)
    at = close.start() if close else len(tag)
    return tag[:at] + f" {name}=".encode() + quoted + tag[at:]
