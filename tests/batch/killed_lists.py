"""Lists in every format for the kill tests, and what has to hold of their outputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl


def _goal(number: int) -> str:
    return f"Improve delivery of region {number}"


def _csv(path: Path, rows: int, separator: str = ",") -> None:
    lines = [separator.join(("id", "goal", "owner"))]
    lines += [separator.join((f"G{number}", _goal(number), f"team {number % 7}")) for number in range(rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _tsv(path: Path, rows: int) -> None:
    _csv(path, rows, "\t")


def _jsonl(path: Path, rows: int) -> None:
    path.write_text("".join(json.dumps({"id": f"G{n}", "text": _goal(n)}) + "\n" for n in range(rows)), "utf-8")


def _text(path: Path, rows: int) -> None:
    path.write_text("".join(f"{_goal(number)}\n" for number in range(rows)), "utf-8")


def _markdown(path: Path, rows: int) -> None:
    path.write_text("# Goals\n\n" + "".join(f"- {_goal(number)}\n" for number in range(rows)), "utf-8")


def _workbook(path: Path, rows: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "goal", "owner"])
    for number in range(rows):
        sheet.append([f"G{number}", _goal(number), f"team {number % 7}"])
    book.save(path)


def _word(path: Path, rows: int) -> None:
    document = docx.Document()
    document.add_heading("Goals", 1)
    for number in range(rows):
        document.add_paragraph(_goal(number), style="List Bullet")
    document.save(str(path))


MAKERS: dict[str, Callable[[Path, int], None]] = {
    ".csv": _csv,
    ".tsv": _tsv,
    ".jsonl": _jsonl,
    ".txt": _text,
    ".md": _markdown,
    ".xlsx": _workbook,
    ".docx": _word,
}


def make(path: Path, rows: int) -> None:
    """Write a list of as many goals in the format of the ending."""
    MAKERS[path.suffix](path, rows)


def _words(path: Path) -> str:
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return "\n".join("\t".join(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True))
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    return path.read_text("utf-8-sig")


def check(source: Path, output: Path, rows: int) -> None:
    """Every goal stands once as it was, in order, with its own rewrite behind it."""
    text = _words(output)
    at = 0
    for number in range(rows):
        rewrite = f"{_goal(number)}!"
        place = text.find(rewrite, at)
        assert place >= 0, f"the rewrite of row {number} is missing or out of order"
        assert text.rfind(_goal(number), at, place) >= 0 or _goal(number) in text[at:place], f"row {number} is missing"
        assert text.count(rewrite) == 1, f"row {number} was rewritten twice"
        at = place + len(rewrite)
    assert _words(source).count("Improve delivery") == rows
