"""Writes the results of a run into a Word document: each rewrite behind its goal, a summary at the end.

Only the bytes of the main part grow: everything that the document had stays, byte for byte and in its order. Knows
nothing about how goals are rewritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import BinaryIO

from assistant.batch.cells import words
from assistant.batch.outputs.pairing import GoalFile, paired
from assistant.batch.outputs.word.behind import paragraphs, rewrites
from assistant.batch.outputs.word.closing import Closing, Told, name_of
from assistant.batch.outputs.word.goals import GoalPlaces
from assistant.batch.outputs.word.looks import Looks
from assistant.batch.outputs.word.markup import Markup, Shape
from assistant.batch.outputs.word.places import Body, Scope, Spot, read_body
from assistant.files.archive import Archive
from assistant.files.opening import MAIN_WORD
from assistant.files.patching import rezipped
from assistant.goals.base import Language
from assistant.goals.batch import BatchSummary, RowResult


def write(
    source: GoalFile,
    results: Iterable[RowResult],
    summary: BatchSummary,
    target: BinaryIO,
    *,
    language: Language,
    columns: tuple[str, ...],
    as_diff: bool = False,
) -> tuple[str, ...]:
    """Write the document with what became of its goals, and return what to tell the user.

    Args:
        source: the document.
        results: results in order of index.
        summary: what the run amounts to.
        target: an open stream.
        language: language of the labels.
        columns: keys of what is told of each row, as in `assistant.batch.cells`.
        as_diff: put the rewrites in as tracked insertions, which a person can accept one by one; all notes then stand
            at the end of the document, tracked as well.

    Raises:
        InputError: the document is damaged.
    """
    raw = source.raw()
    archive = Archive(raw, source.name)
    part = min(name for name in archive.names if MAIN_WORD.fullmatch(name))
    words_of_body, body = read_body(archive, part)
    document = _Document(archive, part, body, tracked=as_diff)
    told = Told()
    insertions: list[tuple[int, str]] = []
    places = GoalPlaces(body)
    pairs = list(paired(source.rows(), results))
    for at, (row, result) in enumerate(pairs):
        told.names[row.index] = name_of(row, source.name)
        if result.questions and result.verdict != "kept":
            told.asked.setdefault(result.owner or row.owner, []).append((row, result))
        if as_diff and result.state != "skipped" and result.verdict != "kept":
            told.noted.append((row, result))
        spot = places.find(row, pairs[at + 1][0] if at + 1 < len(pairs) else None)
        if spot is None:
            told.lost += [(row, result)] if result.rewrites or not as_diff else []
            continue
        markup = document.markup(spot.scope)
        made = (
            rewrites(markup, document.shape(spot), result)
            if as_diff
            else paragraphs(markup, document.shape(spot), row, result, language, columns)
        )
        insertions.append((spot.end, made))
    closing = Closing(document.markup(body.scope), document.looks, language, columns)
    insertions.append((body.end, closing.section(summary, told)))
    target.write(rezipped(raw, {part: _spliced(words_of_body, insertions, body.encoding)}))
    notice = words(language)["word"]["lost_notice"].format(count=len(told.lost))
    return (notice,) if told.lost else ()


class _Document:
    """How words are written into one document."""

    def __init__(self, archive: Archive, part: str, body: Body, *, tracked: bool) -> None:
        self.looks = Looks(archive, part)
        self._body = body
        self._ids: Iterator[int] | None = count(body.last_id + 1) if tracked else None
        self._writers: dict[tuple[str, str], Markup] = {}

    def markup(self, scope: Scope) -> Markup:
        """Return what writes where the namespaces of `scope` are known."""
        prefix = self._body.prefix(scope)
        key = (prefix or "w", "" if prefix else self._body.namespace)
        if key not in self._writers:
            self._writers[key] = Markup(*key, strict=self._body.strict, ids=self._ids)
        return self._writers[key]

    def shape(self, spot: Spot) -> Shape:
        """Return the look of a paragraph that stands behind another, without a number of its own."""
        return Shape(
            style="" if self.looks.is_heading(spot.style) else spot.style,
            left=self.looks.left(spot),
            unlisted=self.looks.is_listed(spot),
            properties=spot.paragraph,
            run=spot.run,
        )


def _spliced(raw: bytes, insertions: list[tuple[int, str]], encoding: str) -> bytes:
    """Return the bytes with words put in; what the encoding does not have becomes a reference."""
    pieces, at = [], 0
    for place, text in sorted(insertions, key=lambda insertion: insertion[0]):
        pieces += [raw[at:place], text.encode(encoding, "xmlcharrefreplace")]
        at = place
    return b"".join([*pieces, raw[at:]])
