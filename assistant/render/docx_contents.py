"""Writes a Word table of contents as a field whose result already stands there. Knows nothing about plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def mark_heading(heading: Any, name: str) -> None:
    """Put a bookmark round the words of a heading."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(int(name.removeprefix("_Toc"))))
    start.set(qn("w:name"), name)
    properties = heading._p.pPr
    properties.addnext(start)
    heading._p.append(end)


def write_contents(paragraphs: Sequence[Any], titles: Sequence[str], marks: Sequence[str]) -> None:
    """Fill a paragraph for each title with a link to its bookmark, all of them the result of one field."""
    if not paragraphs:
        return
    first, last = paragraphs[0]._p, paragraphs[-1]._p
    for run in (_character("begin"), _instruction('TOC \\o "1-1" \\h \\z \\u'), _character("separate")):
        first.append(run)
    for paragraph, title, mark in zip(paragraphs, titles, marks, strict=True):
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), mark)
        link.set(qn("w:history"), "1")
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = title
        run.append(text)
        link.append(run)
        paragraph._p.append(link)
    last.append(_character("end"))


def _character(kind: str) -> Any:
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    return run


def _instruction(words: str) -> Any:
    run, text = OxmlElement("w:r"), OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {words} "
    run.append(text)
    return run
