"""Writes a run's results into the list they belong to, each kind of file in its own way."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import BinaryIO, Literal, Protocol, cast

from assistant.batch.cells import COLUMNS
from assistant.batch.source import Kind, Source
from assistant.goals.base import Language
from assistant.goals.batch import BatchSummary, RowResult

OutputKind = Literal["same", "json", "report"]
"""The input's own kind, the whole run as JSON, or a report in one HTML file."""
_WRITERS: dict[Kind | OutputKind, str] = {
    "delimited": "delimited",
    "jsonl": "jsonl",
    "text": "text",
    "markdown": "text",
    "workbook": "workbook",
    "word": "word",
    "json": "as_json",
    "report": "report",
}


class _Writer(Protocol):
    def __call__(
        self,
        source: Source,
        results: Iterable[RowResult],
        summary: BatchSummary,
        target: BinaryIO,
        *,
        language: Language,
        columns: tuple[str, ...],
        as_diff: bool,
    ) -> tuple[str, ...]: ...


def write(
    source: Source,
    results: Iterable[RowResult],
    summary: BatchSummary,
    target: BinaryIO,
    *,
    language: Language,
    kind: OutputKind = "same",
    columns: tuple[str, ...] = COLUMNS,
    as_diff: bool = False,
) -> tuple[str, ...]:
    """Write the list anew, in its own kind and with the results in place; return what to tell about it.

    Args:
        source: the list as it was.
        results: what became of its rows, in order of their index.
        summary: what the run amounts to, for kinds that show it.
        target: an open binary file; what is written counts only when this returns.
        language: language of headings and fixed words.
        kind: what is written.
        columns: keys of what to add (`assistant.batch.cells.COLUMNS`).
        as_diff: in texts and documents, show old and new words as a diff.

    Raises:
        InputError: the list is no longer what it was, or cannot be written.
    """
    module = import_module(f"assistant.batch.outputs.{_WRITERS[source.kind if kind == 'same' else kind]}")
    writer = cast("_Writer", module.write)
    return writer(source, results, summary, target, language=language, columns=columns, as_diff=as_diff)
