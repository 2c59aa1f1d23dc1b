"""Reads an outline: every text with the section it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.goals.outline import Grid, Listing, Outline, Paragraph, Table, Text


def texts_of(outline: Outline) -> Iterator[tuple[str, Text]]:
    """Yield section key and text, in reading order."""
    for section in outline.sections:
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield section.key, block.text
                case Listing():
                    yield from ((section.key, item) for item in block.items)
                case Table():
                    yield from ((section.key, cell) for row in block.rows for cell in row)
                case Grid():
                    yield from ((section.key, line) for each in block.quadrants for line in each.lines)
                case _:
                    pass
