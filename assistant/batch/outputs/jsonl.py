"""Writes a run's results into each object of a file of JSON lines, before its closing brace; all else stays."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any, BinaryIO

from assistant.batch.cells import LETTERS
from assistant.batch.outputs.pairing import paired
from assistant.batch.source import Source
from assistant.files.characters import cleaned
from assistant.goals.base import Language
from assistant.goals.batch import BatchSummary, RowResult

KEY = "rewrite"


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
    """Write the lines with an object `rewrite` in each, `rewrite_2` where that key is taken; return no notices.

    Args:
        source: the input.
        results: what became of its rows, in order.
        summary: not used.
        target: where to write.
        language: not used; keys and words are those of the program.
        columns: which columns to add.
        as_diff: not used.
    """
    del summary, language, as_diff
    by_line = groupby(paired(source.rows(), results), key=lambda pair: pair[0].line)
    following = next(by_line, None)
    goals = source.choice.columns.get("goal", ())
    encoding = source.encoding.name
    target.write(source.encoding.bom)
    for number, line in enumerate(source.lines(), start=1):
        if following is None or following[0] != number:
            target.write(line.raw)
            continue
        found = [(row.column, value_of(result, row.text, columns)) for row, result in following[1]]
        following = next(by_line, None)
        at = line.text.rstrip().rfind("}")
        if not found or at < 0:
            target.write(line.raw)
            continue
        several = any(column for column, _ in found)
        value: Any = {goals[column - 1]: each for column, each in found} if several else found[0][1]
        cut = len(line.raw) - len(line.text[at:].encode(encoding))
        target.write(line.raw[:cut] + _member(line.text, value, encoding).encode(encoding) + line.raw[cut:])
    return ()


def value_of(result: RowResult, text: str, columns: tuple[str, ...]) -> dict[str, Any]:
    """Return what became of a row as an object with the keys of the columns.

    Args:
        result: what became of it.
        text: its own words.
        columns: keys wanted; `standing` has the mark of each letter before and after.
    """
    before, rewrites = result.before, result.rewrites
    scores = [each.standing.score for each in rewrites]
    stays = before is not None and result.verdict in ("kept", "asked")
    after = round(sum(scores) / len(scores)) if scores else before.score if before is not None and stays else None
    several = [{"id": each.id, "text": each.text} for each in rewrites]
    made: dict[str, Any] = {
        "rewritten": several if len(several) > 1 else rewrites[0].text if rewrites else text,
        "status": result.verdict if result.state == "done" and result.verdict else result.state,
        "score_before": before.score if before else None,
        "score_after": after,
        "standing": {
            letter: [getattr(before, field), *(getattr(each.standing, field) for each in rewrites)]
            for letter, field in LETTERS
        }
        if before
        else {},
        "findings": [finding.message for finding in before.findings] if before else [],
        "changes": list(result.changes),
        "questions": list(result.questions),
        "numbers": [each.model_dump() for rewrite in rewrites for each in rewrite.numbers],
        "reason": result.reason,
    }
    return {key: _clean(made[key]) for key in columns}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return {key: _clean(each) for key, each in value.items()} if isinstance(value, dict) else value


def _member(line: str, value: Any, encoding: str) -> str:
    """Return the member to add to a line's object, in the line's own style."""
    key = KEY
    if f'"{KEY}' in line or "\\u" in line:
        taken, nth = json.loads(line), 2
        while key in taken:
            key, nth = f"{KEY}_{nth}", nth + 1
    tight = '":' in line and '": ' not in line
    plain = (line.isascii() and "\\u" in line) or encoding not in ("utf-8", "gb18030")
    marks = (",", ":") if tight else (", ", ": ")
    body = json.dumps({key: value}, ensure_ascii=plain, separators=marks)[1:-1]
    return marks[0] + body
