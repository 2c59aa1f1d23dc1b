"""Cleans what a reader handed on: unseen characters, glosses, page chrome, repeated lines; reports damage.

Whatever is taken out is told with its place. Damaged words are reported and left as they stand. Knows nothing about
file formats.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from assistant.documents.chrome import without_chrome
from assistant.documents.damage import damaged
from assistant.documents.document import Notice, Place
from assistant.documents.glosses import any_gloss, without_glosses
from assistant.documents.invisible import KINDS, any_unseen, unstacked, visible
from assistant.documents.piece import Source
from assistant.documents.repeats import without_repeats
from assistant.documents.told import glimpse, listed, opened, together

MOST_DAMAGE = 20
"""So many damaged runs are named one by one; a file that is damaged throughout gets one notice for the rest."""


def clean(source: Source) -> None:
    """Clean the source's pieces in place and add what is to be told to its notices."""
    if any_unseen(_whole(source)):
        _without_unseen(source)
    if any_gloss(_whole(source)):
        _without_glosses(source)
    stripped = without_chrome(source)
    source.pieces = stripped.pieces
    source.title = source.title or stripped.title
    source.notices += stripped.notices
    source.pieces, notices = without_repeats(source)
    source.notices += notices
    source.notices += _damage(source)


def _without_unseen(source: Source) -> None:
    counts: dict[str, int] = {}
    places: dict[str, list[Place]] = {}
    words: dict[str, str] = {}
    stacked: list[Place] = []
    for piece in source.pieces:
        piece.text, taken = visible(piece.text)
        for kind, count, said in taken:
            counts[kind] = counts.get(kind, 0) + count
            places.setdefault(kind, []).append(source.place(piece))
            words[kind] = words.get(kind) or said
        piece.text, marked = unstacked(piece.text)
        stacked += [source.place(piece)] * bool(marked)
    for kind, count in counts.items():
        said = f" that spell “{glimpse(words[kind])}”" if kind == "tag" and words[kind] else ""
        what = f"{count} {KINDS[kind]}{'s' if count > 1 else ''}{said} taken out"
        source.notices.append(together("hidden", what, places[kind], words[kind]))
    if stacked:
        source.notices.append(together("cut", "Marks piled up over letters were cut to four", stacked))


def _without_glosses(source: Source) -> None:
    count, places, first = 0, [], ""
    for piece in source.pieces:
        piece.text, found = without_glosses(piece.text)
        if found:
            count += len(found)
            places.append(source.place(piece))
            first = first or found[0]
    if count:
        what = f"{count} pronunciation gloss{'es' if count > 1 else ''} such as “{first}” taken out"
        source.notices.append(together("gloss", what, places, first))


def _whole(source: Source) -> str:
    return "\n".join(piece.text for piece in source.pieces)


def _damage(source: Source) -> list[Notice]:
    starts = [0, *accumulate(len(piece.text) + 1 for piece in source.pieces)]
    found = [
        (source.place(source.pieces[bisect_right(starts, damage.start) - 1]), damage.words)
        for damage in damaged(_whole(source))
    ]
    notices = [
        Notice("mojibake", f"{opened(place)}: “{_readable(words)}” was decoded wrongly.", place, words[:200])
        for place, words in found[:MOST_DAMAGE]
    ]
    rest = [place for place, _ in found[MOST_DAMAGE:]]
    if rest:
        text = f"{len(rest)} more runs were decoded wrongly ({listed(rest)}); open the source with the right encoding."
        notices.append(Notice("mojibake", text, rest[0]))
    return notices


def _readable(words: str) -> str:
    """Return words that can be printed: characters without a sign of their own by number."""
    return glimpse("".join(f"U+{ord(ch):04X} " if "\ue000" <= ch <= "\uf8ff" else ch for ch in words))
