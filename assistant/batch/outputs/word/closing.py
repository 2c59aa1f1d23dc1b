"""The section at the end of a Word document: counts and scores, questions per owner, findings over the whole list.

Knows nothing about where it goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.batch.cells import words
from assistant.batch.outputs.word.behind import notes, paragraphs
from assistant.batch.outputs.word.looks import Looks
from assistant.batch.outputs.word.markup import Markup, Piece, Shape
from assistant.goals.base import Language
from assistant.goals.batch import BatchRow, BatchSummary, RowResult

_INK = ""
_MUTED = "67635A"
_WIDTHS = (4200, 4200)
_EXCERPT = 60
_SHORT = 24
_LINE, _HANGING = "\n", "\n\u2002\u2002"
_MOST_ROWS = 12
_SEVERITY = {"error": "AE2012", "warning": "6F4A00", "info": "38506C"}


@dataclass(slots=True)
class Told:
    """What the section needs of the rows.

    Attributes:
        names: what each row is called, by index: its own id where it has one, else its beginning.
        asked: rows with questions, by owner, in the order in which owners come.
        lost: rows whose place was not found.
        noted: rows whose notes stand here rather than behind the goal.
    """

    names: dict[int, str] = field(default_factory=dict)
    asked: dict[str, list[tuple[BatchRow, RowResult]]] = field(default_factory=dict)
    lost: list[tuple[BatchRow, RowResult]] = field(default_factory=list)
    noted: list[tuple[BatchRow, RowResult]] = field(default_factory=list)


class Closing:
    """Writes the section."""

    def __init__(self, markup: Markup, looks: Looks, language: Language, columns: tuple[str, ...]) -> None:
        """Keep how it is written."""
        self._markup, self._looks, self._language, self._columns = markup, looks, language, columns
        self._words = words(language)["word"]

    def section(self, summary: BatchSummary, told: Told) -> str:
        """Return the section."""
        title = "judged" if summary.judged and not (summary.rewritten or summary.kept or summary.asked) else "rewritten"
        parts = [self._heading(1, self._words[title]), self._markup.table(self._counts(summary), _WIDTHS)]
        parts.append(self._line(""))
        if summary.stopped:
            parts.append(self._line(self._words["stopped"].format(why=summary.stopped), _SEVERITY["error"]))
        parts += self._whole(summary, told)
        parts += self._questions(told)
        parts += self._rows("lost", told.lost, told)
        parts += self._rows("notes", told.noted, told)
        return "".join(parts)

    def _counts(self, summary: BatchSummary) -> list[tuple[str, str]]:
        told, status = self._words, words(self._language)["status"]
        rows = [(told["total"], str(summary.rows))]
        for key in ("rewritten", "kept", "asked", "judged", "failed", "skipped", "pending"):
            count = getattr(summary, key)
            if count or (key in ("rewritten", "kept", "asked", "failed") and not summary.judged):
                rows.append((status[key], str(count)))
        both = summary.score_after is not None and not summary.judged
        if summary.score_before is not None:
            before = f"{summary.score_before:.0f}"
            rows.append((told["means"], f"{before} → {summary.score_after:.0f}") if both else (told["mean"], before))
            errors = (told["errors_both"], f"{summary.errors_before} → {summary.errors_after}")
            rows.append(errors if both else (told["errors"], str(summary.errors_before)))
        balance = summary.balance.model_dump()
        if any(balance.values()):
            rows.append((told["balance"], told["areas"].format(**balance)))
        return rows

    def _whole(self, summary: BatchSummary, told: Told) -> list[str]:
        if not summary.set_findings:
            return []
        parts = [self._heading(2, self._words["whole"])]
        for finding in summary.set_findings:
            pieces = [Piece("• ", _SEVERITY[finding.severity], bold=True), Piece(finding.message, _INK)]
            concerned = [told.names[index] for index in finding.rows if index in told.names]
            if concerned:
                rows = self._words["separator"].join(concerned[:_MOST_ROWS])
                rest = len(concerned) - _MOST_ROWS
                if rest > 0:
                    rows += self._words["separator"] + self._words["more"].format(count=rest)
                pieces.append(Piece("\n" + self._words["concerns"].format(rows=rows), _MUTED, 18))
            parts.append(self._markup.paragraph(_ITEM, pieces))
        if summary.set_findings_more:
            more = self._words["more"].format(count=summary.set_findings_more)
            parts.append(self._markup.paragraph(_ITEM, [Piece(more, _MUTED, 18)]))
        return parts

    def _questions(self, told: Told) -> list[str]:
        if not told.asked:
            return []
        parts = [self._heading(2, self._words["by_owner"])]
        for owner, rows in told.asked.items():
            shape = Shape(before=160, after=40, keep_next=True)
            parts.append(self._markup.paragraph(shape, [Piece(owner or self._words["nobody"], bold=True)]))
            for row, result in rows:
                pieces = [Piece("• "), Piece(excerpt(row.text), _MUTED), self._id(row, told)]
                pieces += [Piece(_LINE + question.replace(_LINE, _HANGING)) for question in result.questions]
                parts.append(self._markup.paragraph(_ITEM, pieces))
        return parts

    def _rows(self, title: str, rows: Sequence[tuple[BatchRow, RowResult]], told: Told) -> list[str]:
        if not rows:
            return []
        parts = [self._heading(2, self._words[title])]
        for row, result in rows:
            head = [Piece(excerpt(row.text), bold=True), self._id(row, told)]
            if title == "notes":
                head += [Piece("\n"), *notes(row, result, self._language, self._columns, 18)]
                parts.append(self._markup.paragraph(Shape(before=60, after=60), head))
            else:
                parts.append(self._markup.paragraph(Shape(before=60, after=0, keep_next=True), head))
                parts.append(paragraphs(self._markup, Shape(left=(0, 0)), row, result, self._language, self._columns))
        return parts

    @staticmethod
    def _id(row: BatchRow, told: Told) -> Piece:
        return Piece(f" [{row.id}]" if told.names[row.index] == row.id else "", _MUTED, 16)

    def _heading(self, level: int, text: str) -> str:
        style = self._looks.heading(level)
        shape = Shape(
            style=style,
            unlisted=bool(style),
            new_page=level == 1,
            keep_next=True,
            before=None if style else 240,
            after=None if style else 80,
            outline=None if style else level - 1,
        )
        piece = Piece(text) if style else Piece(text, size=36 if level == 1 else 28, bold=True)
        return self._markup.paragraph(shape, [piece])

    def _line(self, text: str, color: str = "") -> str:
        return self._markup.paragraph(Shape(), [Piece(text, color)])


_ITEM = Shape(left=(0, 0), hanging=220, before=40, after=40)


def excerpt(text: str, most: int = _EXCERPT) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def name_of(row: BatchRow, file: str) -> str:
    """Return the row's own id; the number of a paragraph says nothing to a reader, so the beginning stands in."""
    return excerpt(row.text, _SHORT) if row.id.startswith(f"{file}:") else row.id
