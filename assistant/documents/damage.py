"""Finds words that were decoded wrongly. Changes nothing and knows nothing about files.

Besides replacement characters and the usual garbage, it finds Chinese in which one lost byte has shifted those behind
it: the bytes of such a run, put in step again, read as common characters, which by chance almost never happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from assistant.files.encoding import is_common

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_BOPOMOFO = "\u3105-\u312f"
_LOST = re.compile("\ufffd+|(?:锟斤拷?|烫烫烫|屯屯屯)+|[\ue000-\uf8ff]{3,}")
_WESTERN = re.compile(r"(?:[\u00c3-\u00ef][\u0080-\u00bf\u2013-\u2122\u0152-\u0178\u02c6\u02dc]{1,2}){3,}")
_ACCENTS = re.compile(r"[\u0080-\u024f\u02c6\u02dc\u2013-\u2122]{2,}")
_SHIFTED = re.compile(
    rf"(?P<lost>[??]{{1,3}})(?=[^\x00-\x7f]{{2}})"
    rf"|(?=[{_HAN}]{{1,6}}[{_BOPOMOFO}]\^)"
    rf"|(?<![{_BOPOMOFO}])(?=[{_HAN}][{_BOPOMOFO}][{_HAN}]{{2}})"
)
_RUN = re.compile(rf"[{_HAN}{_BOPOMOFO}\u3040-\u30ff\u0391-\u03c9\u0401-\u0451\u2500-\u257f]+")
_LONGEST = 16
MOST_LOOKED_AT = 20_000
"""Places that may be the beginning of a shifted run; a text with more is damaged throughout, and that was seen."""


class Damage(NamedTuple):
    """A damaged run: its place in the text and its words."""

    start: int
    end: int
    words: str


def damaged(text: str) -> list[Damage]:
    """Return the damaged runs of a text, in order, without overlaps."""
    if text.isascii():
        return []
    found: list[Damage] = []
    end = 0
    for start, stop in sorted(_candidates(text)):
        if start >= end:
            found.append(Damage(start, stop, text[start:stop]))
            end = stop
    return found


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_LOST, _WESTERN):
        yield from (match.span() for match in pattern.finditer(text))
    for match in _ACCENTS.finditer(text):
        if _is_utf_8(match[0][:200], "cp1252") or _is_utf_8(match[0][:200], "latin-1"):
            yield match.span()
    for match in islice(_SHIFTED.finditer(text), MOST_LOOKED_AT):
        if length := _shifted(text[match.end() : match.end() + _LONGEST], bool(match["lost"])):
            yield match.end(), match.end() + length
    for match in _RUN.finditer(text):
        if _foreign(match[0]):
            yield match.span()


def _is_utf_8(run: str, encoding: str) -> bool:
    """Tell whether the run's bytes in a Western encoding are valid UTF-8, which real accented words never are."""
    try:
        run.encode(encoding).decode("utf-8")
    except UnicodeError:
        return False
    return True


def _shifted(run: str, lost: bool) -> int:
    """Return how many characters at the run's beginning read as common ones once the bytes are in step; 0 for none.

    A stray `^` or letter belongs to the run: it is the second half of a character.
    """
    best = 0
    odd = 0
    for length, character in enumerate(run, start=1):
        if character < "\x80":
            if "@" <= character <= "~" and length > 1:
                best = _in_step(run[:length], odd) or best
            break
        odd += not is_common(character)
        if length >= 3 and lost:
            best = _in_step(run[:length], odd) or best
    return best


def _in_step(run: str, odd: int) -> int:
    """Return the run's length if its bytes, but for the first, are common characters and many of its own are not."""
    try:
        raw = run.encode("gbk")
    except UnicodeEncodeError:
        return 0
    body = raw[1:] if len(raw) % 2 else raw[1:-1]
    try:
        fresh = body.decode("gbk")
    except UnicodeDecodeError:
        return 0
    whole = len(raw) % 2 == 1
    enough = 2 if whole else 3
    if len(fresh) < enough or not all(map(is_common, fresh)) or odd * 2 < len(run) - whole:
        return 0
    return len(run)


def _foreign(run: str) -> bool:
    """Tell whether the run is UTF-8 that was read as GBK or Big5: no common characters, and it reads back as some."""
    return len(run) >= 3 and _reads_back(run[:60])


@lru_cache(maxsize=10_000)
def _reads_back(run: str) -> bool:
    if sum(map(is_common, run)) * 3 > len(run):
        return False
    for encoding in ("gb18030", "cp950"):
        try:
            raw = run.encode(encoding)
        except UnicodeEncodeError:
            continue
        fresh = raw.decode("utf-8", "ignore")
        if len(fresh.encode()) >= len(raw) - 3 and sum(map(is_common, fresh)) * 2 >= len(fresh) > 1:
            return True
    return False
