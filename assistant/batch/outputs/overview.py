"""Says what the sheets at the end of a workbook hold: summary, questions per owner, what was found between goals.

Knows nothing about how a sheet is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.batch.cells import LETTERS, words
from assistant.batch.outputs.cell_styles import Look
from assistant.batch.outputs.charts import Chart, Series
from assistant.batch.outputs.new_sheets import NewSheet, place_in, quoted
from assistant.batch.outputs.outcome import Outcome
from assistant.files.sheet import column_letters
from assistant.goals.base import Language
from assistant.goals.batch import BatchSummary

GOOD, FAIR = 80, 60
"""Scores from which a goal is shown as good and as fair."""
_BANDS = ((80, 100), (60, 79), (40, 59), (20, 39), (0, 19))
_STATUS: dict[str, Look] = {
    "rewritten": "good", "kept": "good", "asked": "warn", "judged": "plain", "failed": "bad", "skipped": "plain",
    "pending": "plain",
}  # fmt: skip
_BAR = {"good": "70AD47", "warn": "F0B429", "bad": "D0504B", "plain": "A6A6A6"}
_BEFORE, _AFTER = "B4BCC8", "4472C4"
_MOST_IDS = 30
_SHORT = 30
"""Characters of a link that fit on one line: LibreOffice does not wrap them."""
_AREAS = ("growth", "efficiency", "risk", "team", "other")
_LEVELS: dict[str, Look] = {"error": "bad", "warning": "warn", "info": "plain"}


def score_look(score: int) -> Look:
    """Return how a score is coloured."""
    return "good" if score >= GOOD else "warn" if score >= FAIR else "bad"


def status_look(outcome: Outcome) -> Look:
    """Return how the status of a row is coloured."""
    result = outcome.result
    return _STATUS[result.verdict if result.state == "done" and result.verdict else result.state]


def summary_sheet(
    name: str,
    file: str,
    done: Sequence[Outcome],
    summary: BatchSummary,
    language: Language,
    columns: tuple[str, ...],
) -> tuple[NewSheet, tuple[Chart, ...]]:
    """Return the sheet of figures, its charts, and how to read the workbook."""
    say = words(language)["summary"]
    judged = "score_after" not in columns
    sheet = NewSheet(name, [30, 12, 12, 3, *[10.0] * 6, 2, *[10.0] * 6], frozen=2, tab="FF4472C4")
    sheet.put(1, 1, say["title_judged" if judged else "title"], "title")
    sheet.heights[1] = 30
    sheet.put(2, 1, "  ·  ".join([file, *_writers(done, say)]), "muted")
    row, outcome_chart = _outcomes(sheet, 4, summary, language, judged)
    row = _quality(sheet, row + 1, summary, say, judged)
    row, score_chart = _bands(sheet, row + 1, done, say, judged)
    if summary.stopped:
        row += 1
        sheet.put(row, 1, say["stopped"], "label")
        sheet.put(row, 2, summary.stopped, "note")
        row += 1
    _legend(sheet, max(row + 1, 24), language, columns)
    return sheet, (score_chart, outcome_chart)


def _writers(done: Sequence[Outcome], say: Mapping[str, str]) -> list[str]:
    """Return who wrote the rewrites: the model's name or the offline drafter, and how many."""
    drafters = (each.result.drafter for each in done if each.result.rewrites)
    counts = Counter((each.kind, each.model or "", each.fallback_from or "") for each in drafters if each)
    lines = []
    for (kind, model, instead), count in counts.most_common():
        key = "by_model" if kind == "llm" and model else "instead" if instead else "by_offline"
        lines.append(_filled(say[key], n=count, model=model if key == "by_model" else instead))
    return lines


def _filled(text: str, **values: object) -> str:
    """Return the words with the values in place of `{name}`; braces in values mean nothing."""
    pieces = text.split("{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        key, _, rest = piece.partition("}")
        filled += [str(values[key]), rest]
    return "".join(filled)


def _outcomes(sheet: NewSheet, row: int, summary: BatchSummary, language: Language, judged: bool) -> tuple[int, Chart]:
    say, status = words(language)["summary"], words(language)["status"]
    shown = ("judged", "failed") if judged else ("rewritten", "kept", "asked", "failed")
    counts = {key: int(getattr(summary, key)) for key in _STATUS}
    keys = [key for key in _STATUS if key in shown or counts[key]]
    sheet.put(row, 1, say["outcome"], "head")
    sheet.put(row, 2, say["count"], "figure")
    first = row + 1
    for row, key in enumerate(keys, start=first):
        sheet.put(row, 1, _capital(status[key]), "text")
        sheet.put(row, 2, counts[key], _STATUS[key])
    chart = Chart(
        say["outcome_chart"],
        tuple(_capital(status[key]) for key in keys),
        _range(sheet.name, 1, first, row),
        (
            Series(
                say["count"],
                _range(sheet.name, 2, first - 1, first - 1),
                tuple(counts[key] for key in keys),
                _range(sheet.name, 2, first, row),
                tuple(_BAR[_STATUS[key]] for key in keys),
            ),
        ),
        ((11, 3), (17, 20)),
        across=True,
    )
    row += 1
    sheet.put(row, 1, say["rows"], "label")
    sheet.put(row, 2, summary.rows, "number")
    return row + 1, chart


def _quality(sheet: NewSheet, row: int, summary: BatchSummary, say: Mapping[str, str], judged: bool) -> int:
    sheet.put(row, 1, say["quality"], "head")
    sheet.put(row, 2, say["before"], "figure")
    means = [("scores", summary.score_before, summary.score_after)]
    errors = ("errors", summary.errors_before, summary.errors_after)
    if not judged:
        sheet.put(row, 3, say["after"], "figure")
    for key, before, after in [*means, errors]:
        row += 1
        sheet.put(row, 1, say[key], "text")
        for column, value in enumerate((before,) if judged else (before, after), start=2):
            if value is None:
                continue
            look: Look = score_look(round(value)) if key == "scores" else "number"
            sheet.put(row, column, round(value, 1), look)
    between = len(summary.set_findings) + summary.set_findings_more
    for key, value in (("open", summary.questions), ("between", between)):
        if key == "open" and judged and not value:
            continue
        row += 1
        sheet.put(row, 1, say[key], "text")
        sheet.put(row, 2, value, "number")
    return row + 1


def _bands(
    sheet: NewSheet, row: int, done: Sequence[Outcome], say: Mapping[str, str], judged: bool
) -> tuple[int, Chart]:
    kinds = (("before", _BEFORE), ("after", _AFTER))[: 1 if judged else 2]
    pairs = [each.scores() for each in done]
    labels = tuple(f"{low}–{high}" for low, high in reversed(_BANDS))
    first = row + 1
    sheet.put(row, 1, say["bands"], "head")
    for at, label in enumerate(labels, start=first):
        sheet.put(at, 1, label, "text")
    series = []
    for place, (key, colour) in enumerate(kinds):
        column = place + 2
        scores = [score for pair in pairs if (score := pair[place]) is not None]
        counts = tuple(sum(low <= score <= high for score in scores) for low, high in reversed(_BANDS))
        sheet.put(row, column, say[key], "figure")
        for at, count in enumerate(counts, start=first):
            sheet.put(at, column, count, "number")
        span = _range(sheet.name, column, first, first + len(labels) - 1)
        series.append(Series(say[key], _range(sheet.name, column, row, row), counts, span, (colour,)))
    chart = Chart(
        say["score_chart_judged" if judged else "score_chart"],
        labels,
        _range(sheet.name, 1, first, first + len(labels) - 1),
        tuple(series),
        ((4, 3), (10, 20)),
    )
    return first + len(labels), chart


def _legend(sheet: NewSheet, row: int, language: Language, columns: tuple[str, ...]) -> None:
    """Put down what marks, letters, colours and the added columns mean."""
    all_words = words(language)
    say, marks = all_words["summary"], all_words["marks"]
    heads = {**all_words["columns"], "difference": all_words["sheets"]["difference"]}
    parts: list[tuple[str, list[tuple[str, str, Look]]]] = [
        ("columns", [(heads[key], say[f"{key}_means"], "text") for key in columns]),
        ("marks", [(marks[key], say[key], "text") for key in ("pass", "warn", "fail", "todo")]),
        ("letters", [(letter, say[key], "text") for letter, key in LETTERS]),
        ("colours", [("", say[f"{look}_means"], look) for look in ("good", "warn", "bad")]),
    ]
    sheet.put(row, 1, say["reading"], "title")
    sheet.heights[row] = 30
    for key, lines in parts:
        row += 2
        for column in range(1, 18):
            sheet.put(row, column, say[key] if column == 1 else "", "head")
        for sign, meaning, look in lines:
            row += 1
            sheet.put(row, 1, sign, look)
            sheet.put(row, 2, meaning, "note")


def questions_sheet(name: str, done: Sequence[Outcome], language: Language) -> NewSheet | None:
    """Return the sheet of open questions, sorted by owner; None where there are none."""
    say = words(language)["sheets"]
    asked = [each for each in done if each.result.questions]
    if not asked:
        return None
    sheet = NewSheet(name, [18, 22, 56, 72], frozen=4, filtered=(4, 4), table=True, tab="FFF0B429")
    sheet.put(1, 1, say["questions_title"], "title")
    sheet.heights[1] = 30
    sheet.put(2, 1, say["questions_note"], "muted")
    for column, key in enumerate(("owner", "row", "goal", "question"), start=1):
        sheet.put(4, column, say[key], "head")
    row = 4
    for each in sorted(asked, key=lambda each: (not each.owner, each.owner.casefold(), each.row.index)):
        place = each.row
        for at, question in enumerate(each.result.questions):
            row += 1
            sheet.put(row, 1, each.owner or say["no_owner"], "text")
            link = place_in(place.sheet, place.line, max(place.column, 1)) if place.sheet and not at else ""
            sheet.put(row, 2, place.id, "link" if link else "text", link)
            sheet.put(row, 3, place.text, "text")
            sheet.put(row, 4, question, "text")
    return sheet


def findings_sheet(name: str, done: Sequence[Outcome], summary: BatchSummary, language: Language) -> NewSheet:
    """Return the sheet of what was found between the goals, with the balance grid beside it."""
    say = words(language)["sheets"]
    sheet = NewSheet(name, [10, 22, 34, 72, 3, 16, 10, 10], frozen=3, table=True, tab="FFA6A6A6")
    sheet.put(1, 1, say["findings_title"], "title")
    sheet.heights[1] = 30
    for column, key in enumerate(("severity", "rule", "rows", "message"), start=1):
        sheet.put(3, column, say[key], "head")
    rows = {each.row.index: each.row for each in done}
    ranked = sorted(summary.set_findings, key=lambda finding: (list(_LEVELS).index(finding.severity), finding.rows))
    row = 3
    for finding in ranked:
        row += 1
        there = [rows[index] for index in finding.rows if index in rows]
        ids = say["separator"].join(each.id for each in there[:_MOST_IDS])
        if len(there) > _MOST_IDS:
            ids += " " + _filled(say["more"], n=len(there))
        link = place_in(there[0].sheet, there[0].line, max(there[0].column, 1)) if there and there[0].sheet else ""
        link = link if len(ids) <= _SHORT else ""
        sheet.put(row, 1, say[finding.severity], _LEVELS[finding.severity])
        sheet.put(row, 2, finding.rule, "text")
        sheet.put(row, 3, ids, "link" if link else "text", link)
        sheet.put(row, 4, finding.message, "text")
    if not ranked:
        sheet.put(4, 1, say["nothing"], "note")
    _balance(sheet, summary, say)
    return sheet


def _balance(sheet: NewSheet, summary: BatchSummary, say: Mapping[str, Any]) -> None:
    counts = {area: int(getattr(summary.balance, area)) for area in _AREAS}
    total = sum(counts.values())
    if not total:
        return
    for column, key in enumerate(("balance", "count", "share"), start=6):
        sheet.put(3, column, say[key], "head" if key == "balance" else "figure")
    for row, area in enumerate(_AREAS, start=4):
        sheet.put(row, 6, say[area], "text")
        sheet.put(row, 7, counts[area], "number" if counts[area] or area == "other" else "warn")
        sheet.put(row, 8, round(counts[area] / total, 4), "share")
    gaps = [say[area] for area in _AREAS[:-1] if not counts[area]]
    if gaps:
        sheet.put(4 + len(_AREAS), 6, _filled(say["gaps"], areas=say["separator"].join(gaps)), "note")


def _range(sheet: str, column: int, first: int, last: int) -> str:
    letters = column_letters(column)
    end = f":${letters}${last}" if last > first else ""
    return f"{quoted(sheet)}!${letters}${first}{end}"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
