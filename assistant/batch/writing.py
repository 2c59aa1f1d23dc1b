"""Chooses who writes a run into a file: one writer a kind, loaded when it is needed. Knows nothing about formats."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import BinaryIO, Literal, Protocol, cast

from assistant.batch.source import Source
from assistant.goals.base import Language
from assistant.goals.batch import BatchSummary, RowResult

OutputKind = Literal["same", "json", "report"]
_WRITERS = {
    "delimited": "delimited",
    "jsonl": "jsonl",
    "text": "text",
    "markdown": "text",
    "workbook": "workbook",
    "word": "word",
    "json": "as_json",
    "report": "report",
}


class Writer(Protocol):
    """Writes results into a stream; the same results give the same bytes."""

    def __call__(
        self, source: Source, results: Iterable[RowResult], summary: BatchSummary, target: BinaryIO, /, *,
        language: Language, columns: tuple[str, ...], as_diff: bool = False,
    ) -> tuple[str, ...]:  # fmt: skip
        """Write, and return what is to be told."""
        ...


def writer_of(source: Source, kind: OutputKind) -> Writer:
    """Return the writer of a kind of output; `same` is the input's own."""
    module = importlib.import_module(f"assistant.batch.outputs.{_WRITERS[source.kind if kind == 'same' else kind]}")
    return cast("Writer", module.write)
