"""Writes a run's results beneath the goals of plain text and Markdown, and beside those of Markdown tables.

Lines are put in between or lengthened at their end; all that stood there stays byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from assistant.batch.cells import heads
from assistant.batch.outputs.encoded import Texts, Written, line_end, rendered
from assistant.batch.outputs.marked import diff_fence, escaped, table_cell
from assistant.batch.outputs.told import Told, told
from assistant.batch.source import Source
from assistant.files.characters import cleaned
from assistant.files.document import Text
from assistant.files.streaming import RawLine
from assistant.goals.base import Language
from assistant.goals.batch import BatchRow, BatchSummary, RowResult
from assistant.lint.documents.text import table_lines

_ITEM = re.compile(r"(?P<quote>(?:[ \t]*>)*[ \t]*)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap>[ \t]+)(?=\S)")
_BLOCK = re.compile(r"[ \t>]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\||```|~~~|$)")
_QUOTE = re.compile(r"(?:[ \t]*>)*[ \t]*")
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_BAR = re.compile(r"(?<!\\)\|")


def write(
    source: Source,
    results: Iterable[RowResult],
    summary: BatchSummary,
    target: BinaryIO,
    *,
    language: Language,
    columns: tuple[str, ...],
    as_diff: bool = False,
) -> tuple[str, ...]:
    """Write the text with its results and return what to tell about it.

    Args:
        source: the input.
        results: what became of its rows, in order.
        summary: not used.
        target: where to write.
        language: language of headings and fixed words.
        columns: keys of what to add.
        as_diff: show old and new words as a diff instead.
    """
    del summary
    markdown = source.kind == "markdown"
    tables = _tables(source)
    page = _Page(markdown, as_diff, columns, heads(language, columns), heads(language, ("rewritten",))[0])

    def render(row: BatchRow, result: RowResult) -> Texts:
        facts = told(row, result, language, columns)
        if row.line in tables and row.column and not as_diff:
            return page.beside(row, result, facts)
        return page.beneath(row, facts)

    out, texts = rendered(source, results, render, page.titles)
    target.write(out.bom)
    _Writer(out, target, page, tables).write(source, texts)
    return out.notices


def _tables(source: Source) -> dict[int, int]:
    """Return the number of the first line of its table for each line of one."""
    if not isinstance(source.document, Text):
        return {}
    found = {}
    for lines in table_lines(source.document.content):
        found.update(dict.fromkeys(lines, lines[0]))
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    """How what is added looks."""

    markdown: bool
    as_diff: bool
    columns: tuple[str, ...]
    titles: tuple[str, ...]
    rewritten: str

    def beside(self, row: BatchRow, result: RowResult, facts: Told) -> Texts:
        """Return the cells that are put beside a goal of a table; words that stay are Markdown already."""
        return tuple(
            row.text if key == "rewritten" and not result.rewrites else table_cell(_unescaped(value, row.text))
            for key, value in zip(self.columns, facts.cells, strict=True)
        )

    def beneath(self, row: BatchRow, facts: Told) -> Texts:
        """Return the lines that are put beneath a goal, without indent."""
        if self.as_diff:
            if not facts.after:
                return ()
            return diff_fence(row.text, facts.after) if self.markdown else _signed(row.text, facts.after)
        if self.markdown:
            goals = [
                f"**{self.rewritten}**{facts.colon}{table_cell(_unescaped(text, row.text))}" for text in facts.after
            ]
            notes = (f"**{label}**{facts.colon}{escaped(_unescaped(text, row.text))}" for label, text in facts.notes)
            return (*goals, *notes)
        goals = [
            f"{'  ' if at else '→ '}{_line(line)}" for text in facts.after for at, line in enumerate(text.splitlines())
        ]
        return (*goals, *(f"  {label}{facts.colon}{_line(text)}" for label, text in facts.notes))


def _signed(old: str, new: Texts) -> Texts:
    minus = [f"- {_line(line)}" for line in old.splitlines() if line.strip()]
    return (*minus, *(f"+ {_line(line)}" for text in new for line in text.splitlines()))


def _unescaped(words: str, source: str) -> str:
    """Return words of ours with the signs that the goal's Markdown escapes as they show, to be escaped once."""
    for escape in dict.fromkeys(_ESCAPE.findall(source)):
        words = words.replace(escape, escape[1])
    return words


def _line(text: str) -> str:
    return " ".join(cleaned(text).split())


@dataclass(slots=True)
class _Writer:
    """Goes through the lines of the input and puts the results where they belong."""

    out: Written
    target: BinaryIO
    page: _Page
    tables: dict[int, int]
    end: str = "\n"
    pending: list[tuple[BatchRow, Texts, str]] = field(default_factory=list)

    def write(self, source: Source, texts: Iterator[tuple[BatchRow, Texts]]) -> None:
        headings = {use.line for use in source.mapping}
        waiting = next(texts, None)
        cells: dict[int, Texts] = {}
        before = RawLine(b"", "")
        lines = source.lines()
        line = next(lines, None)
        number = 0
        table: list[tuple[int, RawLine]] = []
        while line is not None:
            number += 1
            following = next(lines, None)
            self.end = line_end(line.text) or line_end(before.text) or "\n"
            while waiting is not None and waiting[0].line == number:
                row, added = waiting
                if number in self.tables and row.column:
                    cells[number] = added
                elif added:
                    self.pending.append((row, added, line.text))
                waiting = next(texts, None)
            if number in self.tables:
                table.append((number, line))
                if self.tables.get(number + 1) != self.tables[number]:
                    self._table(table, cells, headings)
                    table, cells = [], {}
            else:
                self.target.write(self.out.original(line))
            self._put(number, line, following)
            before, line = line, following

    def _table(self, lines: list[tuple[int, RawLine]], cells: dict[int, Texts], headings: set[int]) -> None:
        """Write the lines of a table, lengthened where it holds goals."""
        if not any(cells.values()) or self.page.as_diff:
            for _, line in lines:
                self.target.write(self.out.original(line))
            if any(cells.values()):
                self._diffs(lines, cells)
            return
        count = len(self.page.titles)
        width = max(_width(line.text) for _, line in lines)
        for at, (number, line) in enumerate(lines):
            body, end = self.out.split(line)
            text = line.text.rstrip()
            ruled = at + 1 < len(lines) and _RULE.match(lines[at + 1][1].text.rstrip())
            if _RULE.match(text) and at:
                added: Texts = ("---",) * count
            elif number in headings or (at == 0 and ruled):
                added = self.page.titles
            else:
                added = cells.get(number) or ("",) * count
            filled = ("---" if _RULE.match(text) and at else "",) * (width - _width(text)) + added
            closed = _closed(text)
            more = " | ".join(filled)
            tail = len(self.out.bytes_of(line.text[len(text) :].rstrip("\r\n")))
            body = body[: len(body) - tail] if tail else body
            self.target.write(body + self.out.bytes_of(f" {more} |" if closed else f" | {more}") + end)

    def _diffs(self, lines: list[tuple[int, RawLine]], cells: dict[int, Texts]) -> None:
        """Write the changed goals of a table as diffs beneath it."""
        indent = _QUOTE.match(lines[0][1].text)
        lead = indent[0] if indent else ""
        text = self.end.join(
            lead + line for number, _ in lines for line in ("", *cells.get(number, ())) if cells.get(number)
        )
        last = self.out.split(lines[-1][1])[1]
        self.target.write(self.out.bytes_of(("" if last else self.end) + text + (self.end if last else "")))

    def _put(self, number: int, line: RawLine, following: RawLine | None) -> None:
        """Write what belongs beneath the goals that end with a line."""
        done = [each for each in self.pending if _last_line(each[0]) <= number]
        if not done:
            return
        self.pending = [each for each in self.pending if _last_line(each[0]) > number]
        opened = line_end(line.text) != ""
        lines: list[str] = []
        for row, added, first in done:
            lines += self._placed(row, added, first, following)
        if not lines:
            return
        text = self.end.join(lines)
        self.target.write(self.out.bytes_of(text + self.end if opened else self.end + text))

    def _placed(self, row: BatchRow, added: Texts, first: str, following: RawLine | None) -> list[str]:
        """Return the lines beneath a goal with their indents and what keeps them apart from what follows."""
        item = _ITEM.match(first)
        if not self.page.markdown:
            indent = _blank(item[0]) if item else _blank(_QUOTE.match(first)[0])  # type: ignore[index]
            return [f"{indent}    {line}" for line in added]
        apart = following is not None and not _BLOCK.match(following.text.rstrip("\r\n"))
        if item:
            gap = item["gap"] if len(item["gap"].expandtabs(4)) <= 4 else " "
            indent = item["quote"] + _blank(item["mark"] + gap)
            if self.page.as_diff:
                lines = [f"{indent}{line}" for line in added]
            else:
                lines = [f"{indent}- {line}" for line in added]
            return [*lines, indent.rstrip()] if apart else lines
        quote = _QUOTE.match(first)
        lead = quote[0].rstrip() + " " if quote and ">" in quote[0] else ""
        mark = "" if self.page.as_diff else "> "
        lines = [f"{lead}{mark}{line}" + ("" if self.page.as_diff else "  ") for line in added]
        return [lead.rstrip(), *lines, *([lead.rstrip()] if following is not None and following.text.strip() else [])]


def _last_line(row: BatchRow) -> int:
    """Return the number of the line on which a goal ends."""
    return row.line if row.start is None else row.line + row.text.count("\n" if "\n" in row.text else "\r")


def _blank(text: str) -> str:
    return "".join(mark if mark == "\t" else " " for mark in text)


def _closed(text: str) -> bool:
    return text.endswith("|") and not text.endswith("\\|")


def _width(text: str) -> int:
    """Return how many cells a line of a table has."""
    bare = text.strip()
    bars = len(_BAR.findall(bare))
    return bars + 1 - bare.startswith("|") - _closed(bare)
