"""Tells in which encoding a text is written and decodes it. Knows nothing about formats or meaning.

Order: byte order mark, strict UTF-8, UTF-16 by its zero bytes, then GB18030 against Big5 by how common the characters
are that each reading gives. Detectors made for long web pages call a short Chinese heading Korean.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from assistant.errors import InputError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_NAMES = {"gb18030": "GB18030", "cp950": "Big5", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE"}
_SAVE = "Save it as UTF-8 and try again."
_MARKS = frozenset("，。：；（）、“”《》！？％—…～「」『』·•【】")
_TONED = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")
_CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SAMPLE = 4_000
_PLAUSIBLE = 0.45
_MARGIN = 1.5
"""By how many certain characters a reading must lead; below it a person decides."""
_PIECE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def encoding_name(encoding: str) -> str:
    """Return the name by which people know one of Python's encodings."""
    return _NAMES.get(encoding, encoding.upper())


class Decoded(NamedTuple):
    """A text, its encoding and byte order mark, and what to tell about the choice."""

    text: str
    encoding: str
    bom: bytes
    notice: str = ""


def decode(raw: bytes, name: str) -> Decoded:
    """Return the text in the encoding that fits.

    Raises:
        InputError: a broken byte in UTF-8 (with its line), two encodings that fit equally well, or no text at all.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            try:
                return Decoded(raw[len(bom) :].decode(encoding), encoding, bom)
            except UnicodeDecodeError as error:
                raise _broken(raw[len(bom) :], error, name) from None
    if _CONTROL_BYTE.search(raw) and (wide := _utf_16(raw)):
        return wide
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _chinese(raw, error, name)
    if any(ch > "\u00ff" for ch in text) and not any(_weight(ch, "gb18030") for ch in text[:_SAMPLE] if ch > "\x7f"):
        reading = _reading(raw, "gb18030")
        if reading and reading.share >= 0.8:
            return _chosen(reading)
    return Decoded(text, "utf-8", b"")


class _Reading(NamedTuple):
    text: str
    encoding: str
    weight: float
    share: float


def _chinese(raw: bytes, fault: UnicodeDecodeError, name: str) -> Decoded:
    high = len(raw.translate(None, bytes(range(128))))
    whole = sum(map(len, _PIECE.findall(raw)))
    readings = [r for r in (_reading(raw, "gb18030"), _reading(raw, "cp950")) if r and r.share >= _PLAUSIBLE]
    if whole >= 0.5 * high and not any(reading.share >= 0.9 for reading in readings):
        raise _broken(raw, fault, name)
    if not readings:
        raise InputError(f"{name!r} is not text in UTF-8, GB18030 or Big5.", _SAVE, name=name)
    best = max(readings, key=lambda reading: reading.weight)
    for other in readings:
        if other is not best and best.weight - other.weight < _MARGIN and other.text != best.text:
            raise InputError(
                f"{name!r} can be read as {_NAMES[best.encoding]} ({_glimpse(best.text)}) "
                f"and as {_NAMES[other.encoding]} ({_glimpse(other.text)}).",
                _SAVE,
                name=name,
            )
    return _chosen(best)


def _chosen(reading: _Reading) -> Decoded:
    name = _NAMES[reading.encoding]
    return Decoded(reading.text, reading.encoding, b"", f"Read as {name}, by its characters: {_glimpse(reading.text)}.")


def _glimpse(text: str) -> str:
    for line in text.splitlines():
        if not line.isascii():
            return repr(line.strip()[:20])
    return repr(text.strip()[:20])


def _reading(raw: bytes, encoding: str) -> _Reading | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    weights = [_weight(ch, encoding) for ch in text[: 50 * _SAMPLE] if ch > "\x7f"][:_SAMPLE]
    total = sum(weights)
    return _Reading(text, encoding, total, total / len(weights) if weights else 1.0)


@lru_cache(maxsize=20_000)
def _weight(character: str, encoding: str) -> float:
    """Return how likely a character is in office Chinese, from 0 to 1."""
    hans, hant = _common()
    if character in _MARKS or character in hant or (encoding == "gb18030" and character in hans):
        return 1.0
    if "\u4e00" <= character <= "\u9fff":
        lead, trail = character.encode(encoding, "replace").ljust(2)[:2]
        frequent = (0xB0 <= lead <= 0xD7 and trail >= 0xA1) if encoding == "gb18030" else 0xA4 <= lead <= 0xC6
        return 0.4 if frequent else 0.0
    if "\uff01" <= character <= "\uff5e":
        return 0.7
    return 0.7 if encoding == "gb18030" and character in _TONED else 0.0


@lru_cache(maxsize=1)
def _common() -> tuple[frozenset[str], frozenset[str]]:
    hans, hant = Path(__file__).with_name("common.txt").read_text("utf-8").split()
    return frozenset(hans), frozenset(hant)


def _utf_16(raw: bytes) -> Decoded | None:
    """Return the text if it reads as UTF-16 without a byte order mark."""
    readings = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        likely = sum(
            (ch.isprintable() or ch in "\t\r\n") if ch.isascii() else _weight(ch, "gb18030") > 0.3 for ch in sample
        )
        readings.append((likely / max(len(sample), 1), text, encoding))
    if not readings or (best := max(readings))[0] < 0.85:
        return None
    return Decoded(best[1], best[2], b"", f"Read as {_NAMES[best[2]]}; the file has no byte order mark.")


def _broken(raw: bytes, error: UnicodeDecodeError, name: str) -> InputError:
    encoding = error.encoding.upper()
    newline = "\n".encode(error.encoding)
    line = raw.count(newline, 0, error.start) + 1
    return InputError(
        f"{name}:{line}: byte 0x{raw[error.start]:02X} is not {encoding}; the rest of the file is.",
        f"Mend this line, or save the file as {encoding} again.",
        name=name,
    )


def is_common(character: str) -> bool:
    """Tell whether a character is one that office texts in either script use all the time."""
    hans, hant = _common()
    return character in hans or character in hant or character in _MARKS
