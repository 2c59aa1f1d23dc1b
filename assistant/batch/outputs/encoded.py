"""Chooses an encoding that can hold what is written, and writes lines in it byte for byte where it stays.

Knows nothing about formats.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from assistant.batch.outputs.pairing import paired
from assistant.batch.source import Source
from assistant.files.encoding import encoding_name
from assistant.files.streaming import RawLine
from assistant.goals.batch import BatchRow, RowResult

_HOLD_ALL = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_UTF_8_BOM = b"\xef\xbb\xbf"
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """How an output is written.

    Attributes:
        source: what is written anew.
        encoding: Python's name of the output's encoding.
        bom: its byte order mark.
        notices: what to tell about the choice.
    """

    source: Source
    encoding: str
    bom: bytes
    notices: tuple[str, ...] = ()

    def original(self, line: RawLine) -> bytes:
        """Return a line of the input as it stands in the output: byte for byte, unless the encoding had to change."""
        own = self.source.encoding.name
        return line.raw if own == self.encoding else line.raw.decode(own).encode(self.encoding)

    def bytes_of(self, text: str) -> bytes:
        """Return words of ours in the output's encoding."""
        return text.encode(self.encoding)

    def split(self, line: RawLine) -> tuple[bytes, bytes]:
        """Return a line without its end, and its end."""
        raw = self.original(line)
        end = self.bytes_of(line_end(line.text))
        return (raw[: -len(end)], end) if end else (raw, b"")


def line_end(text: str) -> str:
    """Return the line end of a line, '' where it has none."""
    return next((end for end in ("\r\n", "\n", "\r") if text.endswith(end)), "")


def rendered(
    source: Source,
    results: Iterable[RowResult],
    render: Callable[[BatchRow, RowResult], Texts],
    fixed: Texts = (),
) -> tuple[Written, Iterator[tuple[BatchRow, Texts]]]:
    """Return how the output is written, and each row with its texts.

    Where the input's encoding cannot hold a text, the output is UTF-8 with a byte order mark, and that is told.

    Args:
        source: the input.
        results: what became of its rows, in order.
        render: makes the texts of a row.
        fixed: further texts that are written.
    """
    own = source.encoding
    texts = ((row, render(row, result)) for row, result in paired(source.rows(), results))
    if own.name in _HOLD_ALL:
        return Written(source, own.name, own.bom), texts
    kept = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - is read until the output is written
    missing = _missing("".join(fixed), own.name)
    for _, each in texts:
        missing = missing or _missing("".join(each), own.name)
        kept.write(json.dumps(each, ensure_ascii=False) + "\n")
    again = _kept(source, kept)
    if not missing:
        return Written(source, own.name, own.bom), again
    notice = f"Written as UTF-8, since {encoding_name(own.name)} has no sign for {missing!r}; the input was in it."
    return Written(source, "utf-8", _UTF_8_BOM, (notice,)), again


def _kept(source: Source, kept: IO[str]) -> Iterator[tuple[BatchRow, Texts]]:
    with kept:
        kept.seek(0)
        for row, line in zip(source.rows(), kept, strict=False):
            yield row, tuple(json.loads(line))


def _missing(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        return text[error.start]
    return ""
