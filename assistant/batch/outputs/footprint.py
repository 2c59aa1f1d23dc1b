"""Tells how far to the right tables and pictures of a sheet reach. Knows nothing about cells."""

from __future__ import annotations

from assistant.batch.outputs.package import Package
from assistant.batch.outputs.splicing import Element, outline
from assistant.files.archive import local
from assistant.files.sheet import corners

_WIDE, _HIGH = 609_600, 190_500
"""A column and a row of usual size, in English metric units."""


def last_column(package: Package, part: str, top: int, bottom: int) -> int:
    """Return the last column that a table takes up, or a picture or chart beside rows `top` to `bottom`; 0 for none.

    Raises:
        InputError: a part is no XML or is not UTF-8.
    """
    last = 0
    for table in package.related(part, "table"):
        if data := package.read(table):
            place = corners(outline(data, package.archive, 1).attributes.get("ref", ""))
            last = max(last, place[3] if place else 0)
    for drawing in package.related(part, "drawing"):
        if data := package.read(drawing):
            for anchor in outline(data, package.archive, 4).children:
                last = max(last, _reach(anchor, data, top, bottom))
    return last


def _reach(anchor: Element, data: bytes, top: int, bottom: int) -> int:
    """Return the last column of a picture, or 0 where it stands above or below the rows."""
    start = _corner(anchor, data, "from")
    if start is None:
        return 0
    end = _corner(anchor, data, "to")
    if end is None:
        size = next((child.attributes for child in anchor.children if local(child.tag) == "ext"), {})
        wide, high = (int(size.get(key, "0")) if size.get(key, "0").isdecimal() else 0 for key in ("cx", "cy"))
        end = start[0] + wide // _WIDE, start[1] + high // _HIGH
    return end[0] + 1 if start[1] + 1 <= bottom and end[1] + 1 >= top else 0


def _corner(anchor: Element, data: bytes, name: str) -> tuple[int, int] | None:
    """Return column and row, from 0, of a corner."""
    for child in anchor.children:
        if local(child.tag) == name:
            values = {local(each.tag): data[each.inside : each.close].strip() for each in child.children}
            column, row = values.get("col", b""), values.get("row", b"")
            return (int(column), int(row)) if column.isdigit() and row.isdigit() else None
    return None
