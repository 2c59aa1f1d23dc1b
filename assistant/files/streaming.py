"""Reads a long text line by line: tells its encoding by its beginning and decodes the rest as it goes.

Knows nothing about what the lines mean.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from assistant.errors import InputError
from assistant.files.characters import cleaned
from assistant.files.encoding import decode, encoding_name

SAMPLE = 1_000_000
"""Bytes by which an encoding is told."""
MAX_LINE = 4_000_000
"""Bytes of a line."""
_CHUNK = 1 << 18
_WIDE = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}


class RawLine(NamedTuple):
    """A line: its bytes, its line end included, and its characters with blanks for control characters."""

    raw: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a text is written, and what to tell about the choice."""

    name: str
    bom: bytes = b""
    notice: str = ""


def first_bytes(path: Path) -> bytes:
    """Return the beginning of a file, cut behind a line or between characters."""
    with path.open("rb") as stream:
        data = stream.read(SAMPLE)
        return data if len(data) < SAMPLE else _cut(data)


def encoding_of(path: Path, name: str) -> Encoding:
    """Tell the encoding by the byte order mark, the beginning, or where characters beyond ASCII begin.

    Raises:
        InputError: as `assistant.files.encoding.decode` does for the part that is looked at.
    """
    sample = first_bytes(path)
    if sample.isascii() and b"\x00" not in sample:
        sample = _first_beyond_ascii(path) or sample
    told = decode(sample, name)
    return Encoding(told.encoding, told.bom, told.notice)


def raw_lines(stream: BinaryIO, encoding: Encoding, name: str, *, any_end: bool = True) -> Iterator[RawLine]:
    r"""Yield the lines behind the byte order mark.

    Args:
        stream: the file from its first byte on.
        encoding: its encoding.
        name: its name, for messages.
        any_end: whether a lone `\r` ends a line, too.

    Raises:
        InputError: a byte that does not fit the encoding, with its line, or an endless line.
    """
    stream.read(len(encoding.bom))
    if encoding.name in _WIDE:
        yield from _wide_lines(stream, encoding.name, name, any_end)
        return
    for number, raw in enumerate(_cut_lines(stream, name, any_end), start=1):
        try:
            text = raw.decode(encoding.name)
        except UnicodeDecodeError as error:
            raise _broken(raw[error.start], encoding.name, number, name) from None
        yield RawLine(raw, cleaned(text))


def _cut_lines(stream: BinaryIO, name: str, any_end: bool) -> Iterator[bytes]:
    rest = b""
    number = 0
    while chunk := stream.read(_CHUNK):
        pieces = _split(rest + chunk, any_end)
        rest = pieces.pop() if not pieces[-1].endswith(b"\n") else b""
        number += len(pieces)
        if len(rest) > MAX_LINE:
            raise _endless(number + 1, name)
        yield from pieces
    if rest:
        yield rest


def _split(data: bytes, any_end: bool) -> list[bytes]:
    if any_end:
        return data.splitlines(keepends=True)
    pieces = data.split(b"\n")
    last = pieces.pop()
    lines = [piece + b"\n" for piece in pieces]
    return [*lines, last] if last else lines


def _wide_lines(stream: BinaryIO, encoding: str, name: str, any_end: bool) -> Iterator[RawLine]:
    """Yield the lines of a text in two or four bytes a character, which decode and encode without loss."""
    reader = io.TextIOWrapper(stream, encoding=encoding, newline="" if any_end else "\n")
    number = 0
    try:
        while line := reader.readline(MAX_LINE):
            number += 1
            if len(line) >= MAX_LINE:
                raise _endless(number, name)
            yield RawLine(line.encode(encoding), cleaned(line))
    except UnicodeDecodeError as error:
        raise _broken(error.object[error.start], encoding, number + 1, name) from None
    finally:
        reader.detach()


def _cut(data: bytes) -> bytes:
    """Return bytes up to a line end, or to a place between the characters of two or four bytes."""
    even = len(data) // 4 * 4
    if b"\x00" in data[:4096] or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        for end in (b"\n\x00", b"\x00\n"):
            at = data.rfind(end, 0, even)
            while at >= 0 and at % 2:
                at = data.rfind(end, 0, at)
            if at >= 0 and (at + 2) % 4 == 0:
                return data[: at + 2]
        return data[:even]
    at = max(data.rfind(b"\n"), data.rfind(b"\r"))
    return data[: at + 1] if at >= 0 else data


def _first_beyond_ascii(path: Path) -> bytes:
    """Return the bytes from the first line on that is not ASCII; nothing where all are."""
    with path.open("rb") as stream:
        while line := stream.readline(MAX_LINE):
            if not line.isascii():
                return _cut(line + stream.read(SAMPLE)) if len(line) < SAMPLE else line
    return b""


def _broken(byte: int, encoding: str, line: int, name: str) -> InputError:
    shown = encoding_name(encoding)
    return InputError(
        f"{name}:{line}: byte 0x{byte:02X} is not {shown}; the file was read as {shown} up to here.",
        "Mend this line, or save the file as UTF-8 again.",
        name=name,
    )


def _endless(line: int, name: str) -> InputError:
    return InputError(f"{name}:{line}: the line has more than {MAX_LINE:,} bytes.", "Break it into lines.", name=name)
