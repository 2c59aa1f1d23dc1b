"""Writes a run as one JSON document, a row a line, so that it can be read whole or line by line.

The document is an object:

- `version`: 1. It rises when a field goes away or changes its meaning; new fields do not raise it.
- `file`: `name`, `kind` and `sha256` of the input.
- `language`: language of the run's fixed words.
- `summary`: a `BatchSummary`.
- `rows`: in the order of the file, each an object of `row` (a `BatchRow`: the goal as it stands in the file) and
  `result` (a `RowResult`: what became of it). A row that was not reached has the state `pending`.

Every row stands on a line of its own between the line that ends with `"rows":[` and the line `]}`; a line without its
closing comma is a whole JSON value. Knows nothing about how rows are rewritten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from assistant.batch.outputs.pairing import GoalFile, paired
from assistant.goals.base import Language
from assistant.goals.batch import BatchSummary, RowResult

VERSION = 1
_LOOSE = re.compile("[\u2028\u2029\u202a-\u202e\u2066-\u2069\x7f-\x9f\ud800-\udfff]")
"""Characters that could break a line or turn its direction in an editor; they are written as escapes."""


def write(
    source: GoalFile,
    results: Iterable[RowResult],
    summary: BatchSummary,
    target: BinaryIO,
    *,
    language: Language,
    columns: tuple[str, ...] = (),
    as_diff: bool = False,
) -> tuple[str, ...]:
    """Write the run in UTF-8 and return no notices; `columns` and `as_diff` mean nothing here, all fields are told.

    Args:
        source: the file of goals.
        results: results in order of index; rows are written as they come.
        summary: what the run amounts to.
        target: an open stream.
        language: language of the run's fixed words.
        columns: not used.
        as_diff: not used.
    """
    head = {
        "version": VERSION,
        "file": {"name": source.name, "kind": source.kind, "sha256": source.digest},
        "language": language,
        "summary": summary.model_dump(mode="json"),
    }
    target.write(f'{_json(head)[:-1]},"rows":['.encode())
    for at, (row, result) in enumerate(paired(source.rows(), results)):
        line = _json({"row": row.model_dump(mode="json"), "result": result.model_dump(mode="json")})
        target.write((",\n" if at else "\n").encode() + line.encode())
    target.write(b"\n]}\n")
    return ()


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _LOOSE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
