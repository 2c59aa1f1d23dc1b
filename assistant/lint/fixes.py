"""Applies the fixes of findings to texts and files, and changes nothing else. Knows nothing about why a fix is safe."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.files.document import Document, Text, Workbook
from assistant.goals.findings import Edit, Finding, Fix, FixSafety, LintedGoal
from assistant.lint.documents.record import Record

SAFE: frozenset[FixSafety] = frozenset({"safe"})
_SIGN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s"{}\[\],:]+')


@dataclass(frozen=True, slots=True)
class _Change:
    """The edits to one record, and how many fixes they are."""

    record: Record
    edits: tuple[Edit, ...]
    fixes: int


def edits_of(findings: Iterable[Finding], safeties: Collection[FixSafety]) -> list[Edit]:
    """Return the edits of the fixes of these safeties in order of place; of overlapping fixes the first one's."""
    return [edit for fix in _chosen(findings, safeties) for edit in sorted(fix.edits, key=lambda edit: edit.start)]


def safe_edits(findings: Iterable[Finding]) -> list[Edit]:
    """Return the edits of safe fixes in order of place; of overlapping fixes the first one's."""
    return edits_of(findings, SAFE)


def fixed(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with edits applied; they are in order of place and do not overlap."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*pieces, text[at:]])


def fixed_document(
    document: str,
    records: Sequence[Record],
    goals: Sequence[LintedGoal],
    safeties: Collection[FixSafety] = SAFE,
) -> tuple[str, int]:
    """Return a text with all fixes of these safeties applied, and how many fixes that were.

    Raises:
        InputError: the records stand in cells and the table cannot be cut as it was when they were read.
    """
    changes = _changes(records, goals, safeties)
    return _in_text(document, changes), sum(change.fixes for change in changes)


def mended(
    document: Document,
    raw: bytes,
    records: Sequence[Record],
    goals: Sequence[LintedGoal],
    safeties: Collection[FixSafety] = SAFE,
) -> tuple[bytes, int]:
    """Return the file's bytes with fixes applied, and how many fixes that were.

    Nothing else changes: texts keep encoding, byte order mark and line ends; of a CSV only the goal's cell changes, of
    a line of JSON only the value of `text`, of a workbook only the goal's cell. Cells with a formula are left alone.

    Args:
        document: what `assistant.files.open_document` made of `raw`.
        raw: the file's bytes.
        records: the document's records.
        goals: their judgements, in the same order.
        safeties: which fixes to apply.

    Raises:
        InputError: a Word document would have to change, or the file's encoding has no sign for a character.
    """
    changes = _changes(records, goals, safeties)
    if not changes:
        return raw, 0
    if isinstance(document, Text):
        return _encoded(document, raw, changes), sum(change.fixes for change in changes)
    if isinstance(document, Workbook):
        return _in_workbook(document, raw, changes)
    raise InputError("Fixes are not written into Word documents.", "Mend the words by hand, or save it as text.")


def _chosen(findings: Iterable[Finding], safeties: Collection[FixSafety]) -> list[Fix]:
    """Return the fixes of the given safeties in order of place; of overlapping ones the first."""
    chosen: list[Fix] = []
    taken = -1
    fixes = [
        (finding.id, finding.fix)
        for finding in findings
        if finding.fix and finding.fix.edits and finding.fix.safety in safeties
    ]
    for _, fix in sorted(fixes, key=_place):
        if min(edit.start for edit in fix.edits) >= taken:
            chosen.append(fix)
            taken = max(edit.end for edit in fix.edits)
    return chosen


def _place(entry: tuple[str, Fix]) -> tuple[int, int, str]:
    """Return where a fix belongs; at one place in order of the rules' ids, which puts the value before the date."""
    id, fix = entry
    return min(edit.start for edit in fix.edits), max(edit.end for edit in fix.edits), id


def _changes(records: Sequence[Record], goals: Sequence[LintedGoal], safeties: Collection[FixSafety]) -> list[_Change]:
    changes = []
    for record, goal in zip(records, goals, strict=True):
        inside = [
            finding
            for finding in goal.findings
            if finding.fix and all(edit.end <= len(record.text) for edit in finding.fix.edits)
        ]
        if fixes := _chosen(inside, safeties):
            changes.append(_Change(record, tuple(edits_of(inside, safeties)), len(fixes)))
    return changes


def _encoded(document: Text, raw: bytes, changes: Sequence[_Change]) -> bytes:
    body = raw[len(document.bom) :].decode(document.encoding)
    if body.encode(document.encoding) != raw[len(document.bom) :]:
        raise InputError("The text would not stay the same byte by byte.", "Save it as UTF-8 and try again.")
    text = _in_text(body, changes)
    try:
        return document.bom + text.encode(document.encoding)
    except UnicodeEncodeError as error:
        from assistant.files.encoding import encoding_name

        name = encoding_name(document.encoding)
        raise InputError(
            f"{text[error.start]!r} cannot be written in {name}.", "Save the file as UTF-8 and try again."
        ) from None


def _in_text(text: str, changes: Sequence[_Change]) -> str:
    """Return the text with the changes at the records' places, in their cells, or in their lines of JSON."""
    edits: list[Edit] = []
    cells: dict[tuple[int, int], _Change] = {}
    lines: dict[int, _Change] = {}
    for change in changes:
        record = change.record
        if record.start is not None:
            edits += [_moved(edit, record.start, escape="|" if record.column else "") for edit in change.edits]
        elif record.column:
            cells[record.line, record.column] = change
        else:
            lines[record.line] = change
    if cells:
        edits += _cell_edits(text, cells)
    if lines:
        edits += _line_edits(text, lines)
    return fixed(text, sorted(edits, key=lambda edit: edit.start))


def _moved(edit: Edit, by: int, escape: str = "") -> Edit:
    fresh = edit.replacement.replace(escape, f"\\{escape}") if escape else edit.replacement
    return Edit(start=edit.start + by, end=edit.end + by, replacement=fresh)


def _in_value(value: str, change: _Change) -> str:
    """Return a cell's value with the edits made to the goal that stands in it between blanks."""
    lead = len(value) - len(value.lstrip())
    return fixed(value, [_moved(edit, lead) for edit in change.edits])


def _cell_edits(text: str, cells: Mapping[tuple[int, int], _Change]) -> list[Edit]:
    from assistant.files.delimited import written
    from assistant.lint.documents.delimited import cut

    separator, rows = cut(text, "The table")
    edits = []
    for row in rows:
        for column, cell in enumerate(row.cells, start=1):
            if change := cells.get((row.number, column)):
                quoted = text.startswith('"', cell.start)
                fresh = written(_in_value(cell.value, change), separator, quoted)
                edits.append(Edit(start=cell.start, end=cell.end, replacement=fresh))
    return edits


def _line_edits(text: str, lines: Mapping[int, _Change]) -> list[Edit]:
    edits = []
    at = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if (change := lines.get(number)) and (place := _text_value(line)):
            old = line[place[0] : place[1]]
            fresh = fixed(json.loads(old, strict=False), change.edits)
            plain = old.isascii() or any("\ud800" <= mark <= "\udfff" for mark in fresh)
            edits.append(
                Edit(start=at + place[0], end=at + place[1], replacement=json.dumps(fresh, ensure_ascii=plain))
            )
        at += len(line) + 1
    return edits


def _text_value(line: str) -> tuple[int, int] | None:
    """Return the place of the value of `text` in a line of JSON, quotes included; the last one counts."""
    depth, key, place = 0, "", None
    after_colon = False
    for match in _SIGN.finditer(line):
        sign = match[0]
        if sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
        elif depth == 1 and sign == ":":
            after_colon = True
            continue
        elif depth == 1 and sign.startswith('"'):
            if after_colon and key == "text":
                place = match.span()
            elif not after_colon:
                key = json.loads(sign, strict=False)
        after_colon = False
    return place


def _in_workbook(document: Workbook, raw: bytes, changes: Sequence[_Change]) -> tuple[bytes, int]:
    from assistant.files.patching import with_cells

    values = {
        (sheet.name, row.number, column): value
        for sheet in document.sheets
        for row in sheet.rows
        for column, value in row.cells.items()
    }
    places = {(change.record.sheet, change.record.line, change.record.column): change for change in changes}
    cells = {place: _in_value(values[place], change) for place, change in places.items() if place in values}
    data, written = with_cells(raw, "The workbook", cells)
    return data, sum(places[place].fixes for place in written)
