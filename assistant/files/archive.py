"""Opens the ZIP archive of an Office file and refuses hostile ones before anything is unpacked.

Knows nothing about what the parts mean.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from assistant.errors import InputError

MAX_UNPACKED = 100_000_000
MAX_RATIO = 100
RATIO_FROM = 10_000_000
MAX_ENTRIES = 2_000
_SMALL_PART = 16_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_AGAIN = "Open it in its own program, save it again, and try that file."


class Archive:
    """A guarded archive."""

    def __init__(self, raw: bytes, name: str) -> None:
        """Look through the directory.

        Raises:
            InputError: damaged or incomplete, protected, or larger inside than any document is.
        """
        self.name = name
        if raw.count(b"PK\x01\x02") > MAX_ENTRIES:
            raise self.refused(f"has more than {MAX_ENTRIES:,} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except _BROKEN:
            raise self.refused("is damaged or was not fully downloaded", "Fetch it again.") from None
        entries = self._zip.infolist()
        self.names = frozenset(entry.filename for entry in entries)
        if len(self.names) < len(entries):
            raise self.refused("names a part twice")
        total = sum(entry.file_size for entry in entries)
        if total > MAX_UNPACKED:
            raise self.refused(f"unpacks to {total:,} bytes; {MAX_UNPACKED:,} are possible", "Split it.")
        if total > RATIO_FROM and total > MAX_RATIO * sum(entry.compress_size for entry in entries):
            raise self.refused(f"unpacks to more than {MAX_RATIO} times its size", "Split it.")
        if any(entry.flag_bits & 1 for entry in entries):
            raise self.refused("is protected by a password", "Save it without a password.")
        end = 0
        for entry in sorted(entries, key=lambda entry: entry.header_offset):
            if entry.header_offset < end:
                raise self.refused("has parts that overlap")
            end = entry.header_offset + entry.compress_size
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels")) and b"<!DOCTYPE" in self._head(entry.filename):
                raise self.refused(f"has a document type in {entry.filename!r}, as no Office program writes")

    def refused(self, why: str, cure: str = _AGAIN) -> InputError:
        """Return the error that says why this file is not read."""
        return InputError(f"{self.name!r} {why}.", cure, name=self.name)

    def read(self, part: str) -> bytes:
        """Return a small part's bytes; nothing where the part is missing.

        Raises:
            InputError: the part is damaged or unusually large.
        """
        if part not in self.names:
            return b""
        pieces, size = [], 0
        for piece in self.chunks(part):
            size += len(piece)
            if size > _SMALL_PART:
                raise self.refused(f"has an unusually large part {part!r}")
            pieces.append(piece)
        return b"".join(pieces)

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield a part's bytes piece by piece.

        Raises:
            InputError: the part is damaged; sizes that were forged show as a wrong checksum.
        """
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(1 << 16):
                    yield piece
        except _BROKEN:
            raise self.refused(f"is damaged (part {part!r})", "Fetch it again.") from None

    def parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read a part as XML; handlers get names without their prefix. A missing part is read as an empty one.

        Raises:
            InputError: the part is no XML or declares a document type.
        """
        if part not in self.names:
            return
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(local(tag), attributes)
        if end is not None:
            close = end
            parser.EndElementHandler = lambda tag: close(local(tag))
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            for piece in self.chunks(part):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise self.refused(f"is damaged (part {part!r}: {error})") from None

    def _head(self, part: str) -> bytes:
        try:
            with self._zip.open(part) as stream:
                return stream.read(1024)
        except _BROKEN:
            raise self.refused(f"is damaged (part {part!r})", "Fetch it again.") from None

    def _refuse_doctype(self, *_: object) -> None:
        raise self.refused("declares a document type, as no Office program writes")


def local(name: str) -> str:
    """Return an XML name without its prefix."""
    return name.rpartition(":")[2]
